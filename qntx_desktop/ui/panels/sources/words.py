"""How code sources and their syncs read: chips and lines. Pure; any thread."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from qntx_desktop.model.job import Job, JobStatus
from qntx_desktop.model.source import Source
from qntx_desktop.ui import told
from qntx_desktop.ui.glyphs.kind import Chip
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.wording import DOT, count, counted, duration, one_line, percent, size, when

SHORT = 12
"""So many digits of a commit are shown."""
TRIGGERS = {
    "manual": tr("you"),
    "cli": tr("command line"),
    "schedule": tr("interval"),
    "webhook": tr("webhook"),
    "api": "API",
}
STATES = {
    "completed": tr("new files"),
    "unchanged": tr("nothing new"),
    "failed": tr("failed"),
    "cancelled": tr("cancelled"),
    "accepted": tr("accepted"),
    "rolled_back": tr("went back"),
}
_FOLLOWED = {"branch": tr("branch"), "tag": tr("tag"), "commit": tr("commit")}


def state_chip(source: Source, job: Job | None) -> Chip:
    """The one word about a source."""
    if job is not None and not job.ended:
        if job.status is JobStatus.PENDING:
            return Chip(tr("waiting"), "wait", "◷")
        return Chip(percent(job.progress_current, job.progress_total) or tr("syncing"), "run", "◐")
    if source.last_sync_error is not None:
        return Chip(tr("failed"), "bad", "▲")
    if source.held is not None:
        return Chip(tr("to review"), "wait", "◷")
    if not source.enabled:
        return Chip(tr("disabled"), "plain", "○")
    if not source.syncable:
        return Chip(tr("manual"), "plain")
    if source.revision is None:
        return Chip(tr("not synced"), "wait", "○")
    return Chip(source.revision.commit[:SHORT], "ok", "●")


def list_line(source: Source, now_us: int) -> str:
    """The second line of a row."""
    if not source.syncable:
        return tr("your own files")
    parts = [
        tr("never synced")
        if source.last_sync_at_us is None
        else tr("synced {last_sync_at_us}").format(last_sync_at_us=when(source.last_sync_at_us, now_us))
    ]
    if source.next_sync_at_us is not None and source.enabled:
        parts.append(tr("next {next_words}").format(next_words=next_words(source.next_sync_at_us, now_us)))
    return DOT.join(parts)


def next_words(at_us: int, now_us: int) -> str:
    """When a source is synced by itself: `in 4 min`, `now`."""
    left_s = (at_us - now_us) // 1_000_000
    if left_s > 120:
        left_s = left_s // 60 * 60
    if left_s < 60:
        return tr("in {time}").format(time=f"{left_s} s") if left_s > 0 else tr("now")
    return tr("in {time}").format(time=duration(left_s * 1000))


def follows(source: Source) -> str:
    """What a git source follows."""
    settings = source.settings
    for what in ("branch", "tag", "commit"):
        if settings.get(what):
            value = str(settings[what])
            return f"{_FOLLOWED[what]} {one_line(value[:SHORT] if what == 'commit' else value, 80)}"
    return tr("the default branch")


def facts(source: Source, folder: str, now_us: int) -> str:
    """What there is to know about a source, in lines."""
    if not source.syncable:
        return tr("Your own files, in {folder}").format(folder=folder)
    lines = [f"{one_line(str(source.settings.get('url', '')), 300)}{DOT}{follows(source)}"]
    if source.revision is not None:
        shown = source.revision
        lines.append(
            tr("{commit}{DOT}{files}, {size_bytes}{DOT}since {created_at_us}").format(
                commit=shown.commit[:SHORT],
                DOT=DOT,
                files=counted(shown.files, "file"),
                size_bytes=size(shown.size_bytes),
                created_at_us=when(shown.created_at_us, now_us),
            )
        )
    how = list_line(source, now_us)
    if source.sync.interval_seconds:
        how += tr("{DOT}every {interval_seconds}").format(
            DOT=DOT, interval_seconds=duration(source.sync.interval_seconds * 1000)
        )
        how += "" if source.enabled else tr(" when enabled")
    if source.failures > 1:
        how += tr("{DOT}failed {failures} times, so it is asked less often").format(
            DOT=DOT, failures=count(source.failures)
        )
    lines.append(how)
    if source.sync.webhook_enabled:
        open_to = "" if source.has_webhook_secret else tr(", without a secret: anyone who reaches the port may ask")
        lines.append(tr("Webhooks may ask for a sync{open_to}.").format(open_to=open_to))
    lines += map(told.said, source.revision.notes) if source.revision is not None else []
    return "\n".join(lines)


def trouble(error: Mapping[str, Any]) -> str:
    """Why the last sync failed, and what to do."""
    return f"▲ {told.message(error) or tr('The sync failed.')}\n{told.hint(error)}".strip()


def sync_row(row: Mapping[str, Any], now_us: int) -> tuple[str, str, str, str, str]:
    """A line of the history: when, what came of it, what changed, who asked, how long."""
    began = int(datetime.fromisoformat(row["started_at"]).timestamp() * 1_000_000)
    changes = ""
    if row["status"] == "completed":
        changes = f"+{count(row['added'] or 0)}  ~{count(row['changed'] or 0)}  −{count(row['removed'] or 0)}"
    asked = TRIGGERS.get(row["trigger"], one_line(str(row["trigger"]), 40))
    state = STATES.get(row["status"], str(row["status"]))
    return when(began, now_us), state, changes, asked, duration(row["duration_ms"])


def sync_details(row: Mapping[str, Any]) -> str:
    """Everything about one sync, in lines."""
    lines = []
    if row.get("error"):
        lines.append(trouble(row["error"]))
    ends = [str(each)[:SHORT] for each in (row.get("from_commit"), row.get("to_commit")) if each]
    if ends:
        lines.append(" → ".join(dict.fromkeys(ends)))
    if row.get("received_bytes"):
        lines.append(tr("{row} received").format(row=size(row['received_bytes'])))
    lines += [told.said(str(note)) for note in row.get("notes") or ()]
    lines += [f"{sign} {one_line(str(path), 300)}" for sign, path in row.get("paths") or ()]
    return "\n".join(lines)
