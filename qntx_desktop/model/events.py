"""Facts that the rest of the app hears about: frozen, in the past tense, published after commit only.

Pure; published by the store after each commit, delivered by whatever bus the app wires (a Qt signal in the
window, a plain list of callables in the CLI and tests).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # an event names them only; a call that reads jobs needs no canvas
    from qntx_desktop.model.diff import CanvasDiff
    from qntx_desktop.model.errors import QntxError
    from qntx_desktop.model.handler import HandlerVersion
    from qntx_desktop.model.job import Job, LogLine, RecoveryReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base of all facts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attested(Event):
    """Attestations were stored; `count` of them, the last with id `last_id`."""

    count: int
    last_id: str
    execution_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobChanged(Event):
    """A job was made or changed state, progress or waiting reason."""

    job: Job


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLogged(Event):
    """A run wrote a log line."""

    line: LogLine


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlerSaved(Event):
    """A new version of a handler became the newest active one."""

    handler: HandlerVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlerRetired(Event):
    """A type lost its active versions."""

    script_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlerAllowed(Event):
    """Code from elsewhere may run from now on; `key` is its attestation, the type is empty for other code."""

    script_type: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleChanged(Event):
    """A schedule was made, changed, removed, or had a slot; `glyph_id` is that of its glyph, if any."""

    schedule_id: int
    glyph_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CanvasChanged(Event):
    """A diff reached the store. `origin` names who made it, so that the maker can ignore the echo."""

    canvas_id: int
    diff: CanvasDiff
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CanvasesChanged(Event):
    """A canvas was made, named, deleted or restored, or a place on one was kept or forgotten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobsRecovered(Event):
    """A start found jobs of a process that was lost."""

    report: RecoveryReport


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceChanged(Event):
    """A code source was made, changed, synced or removed."""

    source_id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginChanged(Event):
    """A plugin was added, changed, started, ended or removed."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginLogged(Event):
    """A plugin wrote lines; told at most a few times a second for each plugin."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreChangedElsewhere(Event):
    """Another process committed to the store; views read again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePaused(Event):
    """The queue stopped claiming because of `error` (None: it goes on again)."""

    error: QntxError | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunnerRole(Event):
    """Whether this process runs the jobs of the home (`active`) or another one does."""

    active: bool


Publish = Callable[[Event], None]
