"""How jobs read in the Pulse panel and in the status bar.

Pure; any thread.
"""

from __future__ import annotations

from collections.abc import Sequence

from qntx_desktop.model.job import JobStatus
from qntx_desktop.model.pulse import Mark, PulseRow, PulseState, PulseTotals, Timeline
from qntx_desktop.model.schedule import MissedSlot, Schedule, ScheduleState, SlotFate
from qntx_desktop.ui import told
from qntx_desktop.ui.glyphs.kind import Chip
from qntx_desktop.ui.glyphs.run_words import FAILED, RUNNING, WAITING, run_chip
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.wording import DOT, clock, count, counted, duration, one_line, percent, when

STATES = {
    PulseState.RUNNING: tr("running"),
    PulseState.PENDING: tr("queued"),
    PulseState.WAITING: tr("waiting"),
    PulseState.COMPLETED: tr("done"),
    PulseState.FAILED: tr("failed"),
    PulseState.CANCELLED: tr("cancelled"),
}
TRIGGERS = {
    "manual": tr("by hand"),
    "cli": tr("command line"),
    "schedule": tr("schedule"),
    "webhook": tr("webhook"),
    "api": "API",
    "meld": tr("meld"),
    "retry": tr("retry"),
    "orphan": tr("run again after a crash"),
}
_FATES = {
    SlotFate.SKIPPED: tr("skipped, as it was set"),
    SlotFate.MERGED: tr("one run stands for it"),
    SlotFate.WAITING: tr("its run comes later"),
    SlotFate.CAUGHT_UP: tr("it had its run later"),
    SlotFate.DROPPED: tr("too many were missed"),
    SlotFate.JOINED: tr("the run before was still going"),
}
SCRIPTS = tr("scripts")
"""The lane of runs without a handler."""


def state_chip(row: PulseRow) -> Chip:
    """The chip of a row: for a job that ended the word of its state, the figures stand in columns of their own."""
    state = row.state
    if state is PulseState.WAITING:
        return Chip(tr("waiting"), "wait", WAITING)
    if state is PulseState.RUNNING:
        share = percent(row.progress_current, row.progress_total)
        return Chip(tr("stopping") if row.cancel_requested else share or tr("running"), "run", RUNNING)
    if state is PulseState.CANCELLED and (row.error or {}).get("code") == "superseded":
        return Chip(tr("replaced"), "plain", run_chip("cancelled", None, None).symbol)
    chip = run_chip(str(row.status), None, row.error)
    return chip if state is PulseState.FAILED else Chip(STATES[state], chip.tone, chip.symbol)


def command_words(row: PulseRow) -> str:
    """What a row runs: its command, else its handler or type."""
    return one_line(row.command) or row.handler_type or row.type


def trigger_words(trigger: str) -> str:
    """What asked for a run, in words."""
    return TRIGGERS.get(trigger, one_line(trigger, 40))


def duration_words(row: PulseRow) -> str:
    """How long a run took; empty while it runs, because nothing here counts seconds by itself."""
    return duration(row.duration_ms) if row.ended else ""


def handler_words(row: PulseRow) -> str:
    """`csv v2`, or `csv` before it is known which version runs."""
    if not row.handler_type:
        return ""
    return f"{row.handler_type} v{row.handler_version}" if row.handler_version else row.handler_type


def mark_words(mark: Mark) -> str:
    """`csv: 12 runs done, 12:02:10 to 12:02:40`."""
    lane = mark.lane or SCRIPTS
    states = {"completed": tr("done")} | {word: tr(word) for word in ("failed", "cancelled", "interrupted")}
    span = clock(mark.start_us)
    if mark.end_us - mark.start_us > 1_000_000:
        span = tr("{since} to {until}").format(since=span, until=clock(mark.end_us))
    return f"{lane}: {counted(mark.count, 'run')} {states.get(mark.status, mark.status)}, {span}"


def missed_words(slot: MissedSlot) -> str:
    """Why a slot had no run of its own in time."""
    more = tr(" ({count} in a row)").format(count=count(slot.count)) if slot.count > 1 else ""
    return f"{_FATES[slot.fate]}{more}"


def totals_words(totals: PulseTotals) -> str:
    """What goes on, on one line: `1 running · 2 queued · 1 waiting`; `nothing runs` when nothing does."""
    queued = totals.of(JobStatus.PENDING) - totals.waiting
    parts = [
        f"{count(number)} {word}"
        for number, word in (
            (totals.of(JobStatus.RUNNING), tr("running")),
            (queued, tr("queued")),
            (totals.waiting, tr("waiting")),
        )
        if number > 0
    ]
    return DOT.join(parts) or tr("nothing runs")


def ended_words(line: Timeline) -> str:
    """How the runs on the line of time ended: `1,203 done · 3 failed · 2 missed`; a + when there were more."""
    ended = {JobStatus.COMPLETED: 0, JobStatus.FAILED: 0, JobStatus.CANCELLED: 0}
    for mark in line.marks:
        if mark.status in ended:
            ended[JobStatus(mark.status)] += mark.count
    more = "" if line.complete else "+"
    words = (STATES[PulseState(str(status))] for status in ended)
    parts = [f"{count(number)}{more} {word}" for number, word in zip(ended.values(), words, strict=True) if number]
    parts += [tr("{gaps} missed").format(gaps=count(len(line.gaps)))] * bool(line.gaps)
    return DOT.join(parts)


def schedules_words(schedules: Sequence[Schedule], now_us: int) -> tuple[str, ...]:
    """`next today 12:05` and `2 schedules paused`; empty without schedules."""
    active = [each for each in schedules if each.state is ScheduleState.ACTIVE]
    due = [each.next_run_at_us for each in active if each.next_run_at_us is not None]
    paused = len(schedules) - len(active)
    told = [tr("next {min}").format(min=when(min(due), now_us))] if due else []
    return (*told, *[tr("{schedules} paused").format(schedules=counted(paused, 'schedule'))] * bool(paused))


def held_words(totals: PulseTotals) -> str:
    """Why jobs wait, one reason a line."""
    held = ((each, one_line(told.said(each.message, each.code))) for each in totals.held)
    return "\n".join(f"{counted(each.count, 'job')}: {reason or each.code}" for each, reason in held)


def unseen_words(totals: PulseTotals) -> str:
    """`▲ 3 unseen`; empty when every failure was seen."""
    return (
        tr("{FAILED} {unseen} unseen").format(FAILED=FAILED, unseen=count(totals.unseen))
        if totals.unseen
        else ""
    )
