"""A plugin: a program that announces handlers and runs their jobs. What is set, announced and known of it.

Pure values; any thread.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath
from typing import Any

from qntx_desktop.model.clock import iso
from qntx_desktop.model.errors import ErrInvalidPlugin

MAX_HANDLERS = 64
MAX_SCHEDULES = 64
MAX_WATCHERS = 64
MAX_FIELDS = 200
MAX_TEXT_CHARS = 2_000
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_HANDLER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")
_SUFFIXES = (".exe", ".py", ".sh", ".js", ".mjs")


class PluginState(StrEnum):
    """How a plugin stands."""

    FOUND = "found"
    """It lies in the plugins folder; nobody has said yes to it."""
    DISABLED = "disabled"
    STOPPED = "stopped"
    """Enabled, but nobody runs the jobs of this home now."""
    STARTING = "starting"
    READY = "ready"
    RESTARTING = "restarting"
    """It broke; it is started again at `restart_at`."""
    FAILED = "failed"
    """It cannot run as it is; somebody has to do something."""


class Era(StrEnum):
    """How attestations are spelled: milliseconds and a Struct, or as before February 2026 seconds and JSON text."""

    AUTO = "auto"
    CURRENT = "current"
    LEGACY = "legacy"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigField:
    """One setting that a plugin declares; `problem` says what of the declaration made no sense."""

    name: str
    type: str = "string"
    description: str = ""
    default: str = ""
    required: bool = False
    minimum: float | None = None
    maximum: float | None = None
    pattern: str = ""
    element_type: str = ""
    problem: str = ""

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncedSchedule:
    """A schedule that a plugin asks for."""

    handler: str
    interval_s: int
    enabled: bool = True
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watcher:
    """Attestations that a plugin wants a handler of its run for."""

    id: str
    handler: str
    subjects: tuple[str, ...] = ()
    predicates: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    per_second: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What a plugin said of itself when it started."""

    version: str = ""
    description: str = ""
    author: str = ""
    license: str = ""
    handlers: tuple[str, ...] = ()
    schedules: tuple[AnnouncedSchedule, ...] = ()
    watchers: tuple[Watcher, ...] = ()
    fields: tuple[ConfigField, ...] = ()
    problems: tuple[str, ...] = ()
    """What of it was left out, in sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """What is known of its process; `host_pid` is that of the app which started it."""

    pid: int | None = None
    port: int | None = None
    host_pid: int | None = None
    restarts: int = 0
    restart_at_us: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """A plugin as it is set up and as it stands.

    Args:
        era: Pinned by the person, `auto` unless told; `seen_era` is what it was seen to speak.
        shim: Whether its HTTP/2 is repaired on the way.
        any_version: Start it whatever host version it asks for.
        config: Its settings; a value `secret:NAME` stands for a kept secret.
        generation: Grows with each wish to start it anew.
    """

    name: str
    path: str
    args: tuple[str, ...] = ()
    enabled: bool = True
    era: Era = Era.AUTO
    seen_era: Era | None = None
    shim: bool = False
    any_version: bool = False
    config: Mapping[str, str] = field(default_factory=dict)
    generation: int = 0
    announced: Announcement = field(default_factory=Announcement)
    state: PluginState = PluginState.STOPPED
    error: Mapping[str, Any] | None = None
    live: Live = field(default_factory=Live)
    added_at_us: int = 0
    changed_at_us: int = 0

    @property
    def handlers(self) -> tuple[str, ...]:
        """The names of its handlers."""
        return self.announced.handlers

    @property
    def job_types(self) -> tuple[str, ...]:
        """The job types that it runs, `plugin/handler`."""
        return tuple(f"{self.name}/{handler}" for handler in self.announced.handlers)

    @property
    def speaks(self) -> Era:
        """The era that it is answered in."""
        return self.era if self.era is not Era.AUTO else self.seen_era or Era.CURRENT

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        said = self.announced
        return {
            "name": self.name,
            "path": self.path,
            "args": list(self.args),
            "enabled": self.enabled,
            "state": str(self.state),
            "error": dict(self.error) if self.error is not None else None,
            "version": said.version,
            "description": said.description,
            "author": said.author,
            "license": said.license,
            "handlers": list(said.handlers),
            "job_types": list(self.job_types),
            "schedules": [
                {"handler": each.handler, "interval_seconds": each.interval_s} for each in said.schedules
            ],
            "watchers": [{"id": each.id, "handler": each.handler} for each in said.watchers],
            "settings": [each.to_json() for each in said.fields],
            "config": dict(self.config),
            "problems": list(said.problems),
            "era": str(self.speaks),
            "era_setting": str(self.era),
            "shim": self.shim,
            "any_version": self.any_version,
            "pid": self.live.pid,
            "port": self.live.port,
            "restarts": self.live.restarts,
            "restart_at": iso(self.live.restart_at_us),
            "added_at": iso(self.added_at_us),
            "changed_at": iso(self.changed_at_us),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginLine:
    """One line that a plugin wrote to `stdout` or `stderr`; `level` is that of a JSON line, else by the stream."""

    plugin: str
    seq: int
    at_us: int
    stream: str
    level: str
    text: str

    @property
    def words(self) -> str:
        """For people: of a line in JSON its message, what stands beside it, and a traceback on lines of its own."""
        return _words(self.text)

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {
            "at": iso(self.at_us),
            "stream": self.stream,
            "level": self.level,
            "text": self.text,
        }


_OF_EVERY_LINE = ("message", "msg", "level", "time", "timestamp", "ts")


def _words(text: str) -> str:
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
    more = " ".join(f"{name}={value}" for name, value in shape.items() if name not in _OF_EVERY_LINE)
    indented = "".join(f"\n    {line}" for line in trace.splitlines()) if isinstance(trace, str) else ""
    return (f"{said}  {more}" if more else said) + indented


def name_of_program(path: str) -> str:
    """The name that a program's file suggests: `qntx-weather-plugin.py` is `weather`."""
    name = PurePath(path).name.lower()
    for suffix in _SUFFIXES:
        name = name.removesuffix(suffix)
    return name.removeprefix("qntx-").removesuffix("-plugin")


def is_name(name: str) -> bool:
    """Whether a plugin may be called that."""
    return _NAME.fullmatch(name) is not None


def check_name(name: str) -> str:
    """Refuse what cannot be the name of a plugin.

    Raises:
        ErrInvalidPlugin: It breaks the rule.
    """
    if not is_name(name):
        raise ErrInvalidPlugin(
            name[:80], "name", "is 1 to 64 small letters, digits, hyphens and underscores", "Give one with --name."
        )
    return name


def is_handler_name(name: str) -> bool:
    """Whether a handler may be called that."""
    return _HANDLER.fullmatch(name) is not None


def split_type(job_type: str) -> tuple[str, str] | None:
    """The plugin and the handler of a job type `plugin/handler`; None for the types of the app."""
    name, slash, handler = job_type.partition("/")
    if not slash or not _NAME.fullmatch(name) or not is_handler_name(handler):
        return None
    return name, handler


def check_config(plugin: str, fields: Sequence[ConfigField], config: Mapping[str, str]) -> None:
    """Compare settings with what the plugin declares; what it does not declare is allowed.

    Raises:
        ErrInvalidPlugin: With the field.
    """
    by_name = {each.name: each for each in fields}
    for name, value in config.items():
        if name in by_name and not value.startswith("secret:"):
            reason = _fault(by_name[name], value)
            if reason:
                raise ErrInvalidPlugin(plugin, name, reason)


def _fault(declared: ConfigField, value: str) -> str:
    if declared.type == "number":
        try:
            number = float(value)
        except ValueError:
            return "is a number"
        if not math.isfinite(number):
            return "is a finite number"
        if declared.minimum is not None and number < declared.minimum:
            return f"is at least {declared.minimum:g}"
        if declared.maximum is not None and number > declared.maximum:
            return f"is at most {declared.maximum:g}"
    elif declared.type == "boolean" and value not in ("true", "false"):
        return "is true or false"
    elif declared.type == "string" and declared.pattern and not _looks_like(declared.pattern, value):
        return f"looks like {declared.pattern}"
    return ""


def _looks_like(pattern: str, value: str) -> bool:
    """Patterns of strangers can take for ever: only short values are compared."""
    return len(value) > 200 or re.search(pattern, value) is not None
