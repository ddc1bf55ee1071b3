"""How a run reads in a chip: a symbol, a tone and a word for each state. One place for glyphs and panels.

Pure; any thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qntx_desktop.model.job import PYTHON_SCRIPT, Execution, Job
from qntx_desktop.model.schedule import ScheduleState, short_phrase
from qntx_desktop.ui import told
from qntx_desktop.ui.glyphs.kind import Button, Chip
from qntx_desktop.ui.glyphs.live import Live
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.wording import DOT, count, counted, duration, failure, one_line, percent, run_time

DONE, FAILED, WAITING, RUNNING, STOPPED, LOST, UNSAVED = "✓", "▲", "◷", "◐", "■", "◌", "●"


def run_chip(status: str, duration_ms: object, error: object) -> Chip:
    """The chip of a run by its status alone, as lists show it."""
    took = duration(float(duration_ms)) if isinstance(duration_ms, (int, float)) else ""
    if status == "completed":
        return Chip(took or tr("done"), "ok", DONE)
    if status == "failed":
        return Chip(failure(error if isinstance(error, Mapping) else None), "bad", FAILED)
    if status == "running":
        return Chip(tr("running"), "run", RUNNING)
    if status == "pending":
        return Chip(tr("queued"), "wait", WAITING)
    if status == "interrupted":
        return Chip(tr("interrupted"), "wait", LOST)
    return Chip(tr("cancelled"), "plain", STOPPED)


def failed_words(error: Mapping[str, Any] | None) -> str:
    """`failed · line 12`, `failed · out of time`, or just `failed`."""
    word = failure(error)
    return word if word == tr("failed") else f"{tr('failed')}{DOT}{word}"


def job_chip(job: Job, execution: Execution | None, total: int | None) -> Chip:
    """The chip of a glyph that has a job.

    Args:
        total: How many attestations the run made.
    """
    status = str(job.status)
    if status == "pending":
        return Chip(tr("waiting") if job.waiting_code else tr("queued"), "wait", WAITING)
    if status == "running":
        return Chip(_running_words(job), "run", RUNNING)
    if status == "completed":
        return Chip(_done_words(execution, total), "ok", DONE)
    if status == "failed":
        return Chip(failed_words(job.error), "bad", FAILED)
    replaced = (job.error or {}).get("code") == "superseded"
    return Chip(tr("replaced") if replaced else tr("cancelled"), "plain", STOPPED)


def _running_words(job: Job) -> str:
    if job.cancel_requested:
        return tr("stopping")
    share = percent(job.progress_current, job.progress_total)
    if share:
        return share
    return f"{tr('running')}{DOT}{count(job.progress_current)}" if job.progress_current else tr("running")


def _done_words(execution: Execution | None, total: int | None) -> str:
    if execution is None:
        return tr("done")
    made = count(max(total or 0, execution.attestation_count))
    took = duration(execution.duration_ms)
    version = f"{DOT}v{execution.handler_version}" if execution.handler_version else ""
    return (tr("{made} in {took}").format(made=made, took=took) if took else made) + version


def progress_words(job: Job) -> tuple[str, ...]:
    """`410 of 1,000` and the message of a running job, as far as there are any."""
    if str(job.status) != "running":
        return ()
    parts = []
    if job.progress_total:
        parts.append(
            tr("{progress_current} of {progress_total}").format(
                progress_current=count(job.progress_current), progress_total=count(job.progress_total)
            )
        )
    elif job.progress_current:
        parts.append(count(job.progress_current))
    if job.progress_message:
        own = job.type != PYTHON_SCRIPT  # what a script says of itself is the person's own text
        parts.append(one_line(told.said(job.progress_message) if own else job.progress_message, 80))
    return tuple(parts)


def waiting_words(job: Job) -> str:
    """Why a pending job does not start; empty when it just waits for its turn."""
    if str(job.status) != "pending" or not job.waiting_code:
        return ""
    return one_line(told.said(job.waiting_message, job.waiting_code))


def run_buttons(job: Job | None) -> tuple[Button, ...]:
    """Run, or stop while something runs or waits."""
    if job is None or job.ended:
        return (Button("run", symbol="▶", tooltip=tr("Run (Ctrl+Enter)")),)
    if job.cancel_requested:
        return (Button("cancel", symbol="■", tooltip=tr("Stopping …"), enabled=False),)
    return (Button("cancel", symbol="■", tooltip=tr("Stop (Ctrl+.)")),)


def schedule_button(live: Live) -> Button:
    """The clock."""
    tip = (
        tr("Schedule: {schedule_phrase}").format(schedule_phrase=live.schedule_phrase)
        if live.schedule is not None
        else tr("Run again and again")
    )
    return Button("schedule", symbol=WAITING, tooltip=tip, primary=live.schedule is not None)


def schedule_words(live: Live, now_us: int) -> tuple[str, ...]:
    """`every 5 minutes` and `next 12:05`; nothing for a glyph without a schedule."""
    schedule = live.schedule
    if schedule is None:
        return ()
    phrase = one_line(live.schedule_phrase or short_phrase(schedule.timing), 60)
    if schedule.state is ScheduleState.PAUSED:
        return (phrase, tr("paused"))
    if schedule.next_run_at_us is None:
        return (phrase, tr("never again"))
    return (phrase, tr("next {next_run_at_us}").format(next_run_at_us=run_time(schedule.next_run_at_us, now_us)))


def connections_words(run: Execution) -> str:
    """`3 connections`, `1 of 3 connections refused`; empty when the run reached for nobody."""
    total = len(run.connections)
    refused = sum(not each.allowed for each in run.connections)
    if not refused:
        return counted(total, "connection") if total else ""
    return tr("{refused} of {total} refused").format(refused=count(refused), total=counted(total, 'connection'))


def attestations_words(total: int) -> str:
    """`3,000 attestations`."""
    return counted(total, "attestation")

