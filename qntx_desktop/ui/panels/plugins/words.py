"""How plugins read: chips, lines, facts. Pure; any thread."""

from __future__ import annotations

from collections.abc import Sequence

from qntx_desktop.model.job import Job, JobStatus
from qntx_desktop.model.plugin import ConfigField, Era, Plugin, PluginLine, PluginState
from qntx_desktop.ui import told
from qntx_desktop.ui.glyphs.kind import Chip
from qntx_desktop.ui.text import figure, tr
from qntx_desktop.ui.wording import DOT, clock, count, counted, duration, failure, one_line, when

_CHIPS = {
    PluginState.FOUND: Chip(tr("not added"), "plain", "○"),
    PluginState.DISABLED: Chip(tr("disabled"), "plain", "○"),
    PluginState.STOPPED: Chip(tr("stopped"), "wait", "○"),
    PluginState.STARTING: Chip(tr("starting"), "run", "◐"),
    PluginState.READY: Chip(tr("ready"), "ok", "●"),
    PluginState.RESTARTING: Chip(tr("restarting"), "wait", "◷"),
    PluginState.FAILED: Chip(tr("failed"), "bad", "▲"),
}
ERAS = (
    (Era.AUTO, tr("As it is seen to speak")),
    (Era.CURRENT, tr("As today: milliseconds, structured attributes")),
    (Era.LEGACY, tr("As before February 2026: seconds, attributes as text")),
)
_STATUS = {
    JobStatus.PENDING: tr("waits"),
    JobStatus.RUNNING: tr("runs"),
    JobStatus.COMPLETED: tr("done"),
    JobStatus.FAILED: tr("failed"),
    JobStatus.CANCELLED: tr("cancelled"),
}


def state_chip(plugin: Plugin) -> Chip:
    """The one word about a plugin."""
    if not plugin.enabled and plugin.state is not PluginState.FOUND:
        return _CHIPS[PluginState.DISABLED]
    return _CHIPS[plugin.state]


def list_line(plugin: Plugin) -> str:
    """The second line of a row."""
    if plugin.state is PluginState.FOUND:
        return tr("in the plugins folder")
    parts = [f"v{plugin.announced.version}"] if plugin.announced.version else []
    return DOT.join((*parts, counted(len(plugin.handlers), "handler")))


def facts(plugin: Plugin, now_us: int) -> str:
    """What there is to know, in lines."""
    said, live = plugin.announced, plugin.live
    lines = [one_line(said.description, 300)]
    who = [tr("version {version}").format(version=said.version)] if said.version else []
    who += [tr("by {author}").format(author=one_line(said.author, 80))] if said.author else []
    who += [one_line(said.license, 60)] if said.license else []
    lines.append(DOT.join(who))
    lines.append(" ".join((plugin.path, *plugin.args)))
    runs = [tr("process {pid}").format(pid=live.pid)] if live.pid is not None else []
    runs += [tr("port {port}").format(port=live.port)] if live.port is not None else []
    runs += [tr("restarted {times}").format(times=counted(live.restarts, 'time'))] if live.restarts else []
    if plugin.changed_at_us:
        runs.append(tr("since {changed_at_us}").format(changed_at_us=when(plugin.changed_at_us, now_us)))
    lines.append(DOT.join(runs))
    return "\n".join(line for line in lines if line)


def trouble(plugin: Plugin, now_us: int) -> str:
    """What is wrong with it, and what follows; empty when nothing is."""
    if plugin.error is None or plugin.state is PluginState.READY or not plugin.enabled:
        return ""
    lines = [f"▲ {one_line(told.message(plugin.error) or failure(plugin.error), 500)}"]
    stays = plugin.error.get("code") != "plugin_unavailable" or (plugin.error.get("details") or {}).get("final")
    hint = told.hint(plugin.error) if stays else ""  # it would name the log, which stands beside it
    lines += [hint] if hint else []
    at_us = plugin.live.restart_at_us
    if plugin.state is PluginState.RESTARTING and at_us is not None:
        left_s = max(0, at_us - now_us) // 1_000_000
        lines.append(
            tr("It is started again in {left_s} s.").format(left_s=count(left_s))
            if left_s
            else tr("It is started again now.")
        )
    return "\n".join(lines)


def handler_row(plugin: Plugin, name: str) -> tuple[str, str, str]:
    """A handler: its name, how it is started, by itself when."""
    how = (
        f"ix {name[3:]}"
        if name.startswith("ix.")
        else tr("job {name}/{name2}").format(name=plugin.name, name2=name)
    )
    by_itself = [
        tr("every {time}").format(time=duration(each.interval_s * 1000))
        + ("" if each.enabled else tr(", once its schedule is switched on"))
        for each in plugin.announced.schedules
        if each.handler == name
    ]
    by_itself += [_watch(each) for each in plugin.announced.watchers if each.handler == name]
    return name, how, ", ".join(by_itself)


def _watch(watcher: object) -> str:
    wanted = [
        " or ".join(getattr(watcher, part))
        for part in ("subjects", "predicates", "contexts", "actors")
        if getattr(watcher, part)
    ]
    return tr("for new {join}").format(join=one_line(' and '.join(wanted), 80))


def era_line(plugin: Plugin) -> str:
    """Which era it speaks."""
    spoken = tr("before February 2026") if plugin.speaks is Era.LEGACY else tr("today's")
    if plugin.era is not Era.AUTO:
        return tr("It is answered in {spoken} spelling, as you said.").format(spoken=spoken)
    if plugin.seen_era is None:
        return tr("It has not attested anything yet; it is answered in today's spelling.")
    return tr("It was seen to speak {spoken} spelling, and is answered so.").format(spoken=spoken)


def job_row(job: Job, now_us: int) -> tuple[str, str, str, str, str]:
    """A job: number, handler, when it was asked for, how it stands, how long it took or what went wrong."""
    took = ""
    if job.started_at_us is not None and job.completed_at_us is not None:
        took = duration((job.completed_at_us - job.started_at_us) / 1000)
    waits = told.said(job.waiting_message, job.waiting_code or "")
    said = failure(job.error) if job.error is not None else waits or took
    handler = job.type.partition("/")[2]
    return str(job.id), handler, when(job.created_at_us, now_us), _STATUS[job.status], one_line(said or "", 200)


def log_text(lines: Sequence[PluginLine]) -> str:
    """The log as it is shown: of a line in JSON its message, and what stands beside it."""
    return "\n".join(f"{clock(line.at_us)} {_MARKS.get(line.level, ' ')} {line.words}" for line in lines)


_MARKS = {"warning": "!", "error": "▲", "debug": "·"}


def field_hint(field: ConfigField) -> str:
    """What stands under a setting: what it is for and what it takes."""
    parts = [one_line(field.description, 300)] if field.description else []
    if field.minimum is not None:
        parts.append(tr("at least {minimum}").format(minimum=figure(f"{field.minimum:g}")))
    if field.maximum is not None:
        parts.append(tr("at most {maximum}").format(maximum=figure(f"{field.maximum:g}")))
    parts += [tr("looks like {pattern}").format(pattern=one_line(field.pattern, 80))] if field.pattern else []
    parts += [tr("several, with commas between")] if field.type == "array" else []
    parts += [tr("needed")] if field.required else []
    parts += [f"▲ {one_line(field.problem, 200)}"] if field.problem else []
    return DOT.join(parts)
