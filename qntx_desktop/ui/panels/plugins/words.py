"""How plugins read: chips, lines, facts. Pure; any thread."""

from __future__ import annotations

import json
from collections.abc import Sequence

from qntx_desktop.model.job import Job, JobStatus
from qntx_desktop.model.plugin import ConfigField, Era, Plugin, PluginLine, PluginState
from qntx_desktop.ui.glyphs.kind import Chip
from qntx_desktop.ui.wording import DOT, clock, counted, duration, failure, one_line, when

_CHIPS = {
    PluginState.FOUND: Chip("not added", "plain", "○"),
    PluginState.DISABLED: Chip("disabled", "plain", "○"),
    PluginState.STOPPED: Chip("stopped", "wait", "○"),
    PluginState.STARTING: Chip("starting", "run", "◐"),
    PluginState.READY: Chip("ready", "ok", "●"),
    PluginState.RESTARTING: Chip("restarting", "wait", "◷"),
    PluginState.FAILED: Chip("failed", "bad", "▲"),
}
ERAS = (
    (Era.AUTO, "As it is seen to speak"),
    (Era.CURRENT, "As today: milliseconds, structured attributes"),
    (Era.LEGACY, "As before February 2026: seconds, attributes as text"),
)
_STATUS = {
    JobStatus.PENDING: "waits",
    JobStatus.RUNNING: "runs",
    JobStatus.COMPLETED: "done",
    JobStatus.FAILED: "failed",
    JobStatus.CANCELLED: "cancelled",
}


def state_chip(plugin: Plugin) -> Chip:
    """The one word about a plugin."""
    if not plugin.enabled and plugin.state is not PluginState.FOUND:
        return _CHIPS[PluginState.DISABLED]
    return _CHIPS[plugin.state]


def list_line(plugin: Plugin) -> str:
    """The second line of a row."""
    if plugin.state is PluginState.FOUND:
        return "in the plugins folder"
    parts = [f"v{plugin.announced.version}"] if plugin.announced.version else []
    return DOT.join((*parts, counted(len(plugin.handlers), "handler")))


def facts(plugin: Plugin, now_us: int) -> str:
    """What there is to know, in lines."""
    said, live = plugin.announced, plugin.live
    lines = [one_line(said.description, 300)]
    who = [f"version {said.version}"] if said.version else []
    who += [f"by {one_line(said.author, 80)}"] if said.author else []
    who += [one_line(said.license, 60)] if said.license else []
    lines.append(DOT.join(who))
    lines.append(" ".join((plugin.path, *plugin.args)))
    runs = [f"process {live.pid}"] if live.pid is not None else []
    runs += [f"port {live.port}"] if live.port is not None else []
    runs += [f"restarted {counted(live.restarts, 'time')}"] if live.restarts else []
    if plugin.changed_at_us:
        runs.append(f"since {when(plugin.changed_at_us, now_us)}")
    lines.append(DOT.join(runs))
    return "\n".join(line for line in lines if line)


def trouble(plugin: Plugin, now_us: int) -> str:
    """What is wrong with it, and what follows; empty when nothing is."""
    if plugin.error is None or plugin.state is PluginState.READY or not plugin.enabled:
        return ""
    lines = [f"▲ {one_line(str(plugin.error.get('message') or failure(plugin.error)), 500)}"]
    hint = str(plugin.error.get("hint") or "")
    lines += [hint] if hint else []
    at_us = plugin.live.restart_at_us
    if plugin.state is PluginState.RESTARTING and at_us is not None:
        left_s = max(0, at_us - now_us) // 1_000_000
        lines.append(f"It is started again in {left_s:,} s." if left_s else "It is started again now.")
    return "\n".join(lines)


def handler_row(plugin: Plugin, name: str) -> tuple[str, str, str]:
    """A handler: its name, how it is started, by itself when."""
    how = f"ix {name[3:]}" if name.startswith("ix.") else f"job {plugin.name}/{name}"
    by_itself = [
        f"every {duration(each.interval_s * 1000)}{'' if each.enabled else ', once its schedule is switched on'}"
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
    return f"for new {one_line(' and '.join(wanted), 80)}"


def era_line(plugin: Plugin) -> str:
    """Which era it speaks."""
    spoken = "before February 2026" if plugin.speaks is Era.LEGACY else "today's"
    if plugin.era is not Era.AUTO:
        return f"It is answered in {spoken} spelling, as you said."
    if plugin.seen_era is None:
        return "It has not attested anything yet; it is answered in today's spelling."
    return f"It was seen to speak {spoken} spelling, and is answered so."


def job_row(job: Job, now_us: int) -> tuple[str, str, str, str, str]:
    """A job: number, handler, when it was asked for, how it stands, how long it took or what went wrong."""
    took = ""
    if job.started_at_us is not None and job.completed_at_us is not None:
        took = duration((job.completed_at_us - job.started_at_us) / 1000)
    said = failure(job.error) if job.error is not None else job.waiting_message or took
    handler = job.type.partition("/")[2]
    return str(job.id), handler, when(job.created_at_us, now_us), _STATUS[job.status], one_line(said or "", 200)


def log_text(lines: Sequence[PluginLine]) -> str:
    """The log as it is shown: of a line in JSON its message, and what stands beside it."""
    return "\n".join(f"{clock(line.at_us)} {_MARKS.get(line.level, ' ')} {_message(line.text)}" for line in lines)


_MARKS = {"warning": "!", "error": "▲", "debug": "·"}
_KNOWN = ("message", "msg", "level", "time", "timestamp", "ts")


def _message(text: str) -> str:
    if not text.startswith("{"):
        return text
    try:
        shape = json.loads(text)
    except (ValueError, RecursionError):
        return text
    said = shape.get("message", shape.get("msg")) if isinstance(shape, dict) else None
    if not isinstance(said, str):
        return text
    trace = shape.pop("traceback", None)
    more = " ".join(f"{name}={value}" for name, value in shape.items() if name not in _KNOWN)
    indented = "".join(f"\n    {line}" for line in trace.splitlines()) if isinstance(trace, str) else ""
    return (f"{said}  {more}" if more else said) + indented


def field_hint(field: ConfigField) -> str:
    """What stands under a setting: what it is for and what it takes."""
    parts = [one_line(field.description, 300)] if field.description else []
    parts += [f"at least {field.minimum:g}"] if field.minimum is not None else []
    parts += [f"at most {field.maximum:g}"] if field.maximum is not None else []
    parts += [f"looks like {one_line(field.pattern, 80)}"] if field.pattern else []
    parts += ["several, with commas between"] if field.type == "array" else []
    parts += ["needed"] if field.required else []
    parts += [f"▲ {one_line(field.problem, 200)}"] if field.problem else []
    return DOT.join(parts)
