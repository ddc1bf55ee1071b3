"""Watchers: a plugin's handler runs for each new attestation that it asked to be told of.

Called by the runner's thread, but for `introduce`. Looks at what was stored since the last look, whoever stored it.
What a plugin attests itself is never told to it, or it would answer itself for ever. What comes faster than a
watcher allows waits here.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from qntx_desktop.model.attestation import Attestation
from qntx_desktop.model.job import JobRequest, Priority, Trigger
from qntx_desktop.model.plugin import Plugin, Watcher
from qntx_desktop.store import attestations
from qntx_desktop.store.database import Database

_log = logging.getLogger(__name__)

PAGE = 500
MOST_WAITING = 10_000
"""So many attestations wait for one watcher at most; then the oldest are passed over, and the log says so."""
AGAIN_S = 0.25

Enqueue = Callable[[JobRequest], object]


@dataclass(slots=True)
class _Line:
    waiting: deque[Attestation] = field(default_factory=lambda: deque(maxlen=MOST_WAITING))
    room: float = 0.0
    at: float = field(default_factory=time.monotonic)
    passed_over: int = 0


class PluginWatchers:
    """Looks for new attestations and makes jobs of them."""

    def __init__(self, db: Database, enqueue: Enqueue) -> None:
        self._db = db
        self._enqueue = enqueue
        self._guard = threading.Lock()
        self._seen = 0
        self._from: dict[str, int] = {}
        self._lines: dict[tuple[str, str], _Line] = {}
        self._watched: tuple[tuple[str, Watcher], ...] = ()

    def watch(self, plugins: Sequence[Plugin]) -> None:
        """Serve the watchers of these from now on."""
        watched = [
            (plugin.name, watcher)
            for plugin in plugins
            if plugin.enabled
            for watcher in plugin.announced.watchers
            if watcher.per_second and watcher.handler in plugin.handlers
        ]
        for name in {name for name, _ in watched}:
            self.introduce(name)
        with self._guard:
            if watched and not self._watched:
                self._seen = min(self._from[name] for name, _ in watched)
            self._watched = tuple(watched)
        keys = {(name, watcher.id) for name, watcher in watched}
        self._lines = {key: line for key, line in self._lines.items() if key in keys}

    def introduce(self, name: str) -> None:
        """A plugin announces its watchers: what is attested from now on counts. Any thread."""
        with self._guard, self._db.read() as connection:
            self._from.setdefault(name, attestations.total(connection))

    def forget(self, name: str) -> None:
        """A plugin was ended by a person: what comes until it is started again does not count for it."""
        with self._guard:
            self._from.pop(name, None)

    def look(self) -> bool:
        """Make the jobs that are due.

        Returns:
            Whether some wait for their turn; then it must be called again soon.
        """
        if not self._watched:
            return False
        while True:
            with self._db.read() as connection:
                found = attestations.since(connection, self._seen, PAGE)
            for each in found:
                self._seen = each.seq
                for name, watcher in self._watched:
                    if each.seq > self._from.get(name, each.seq) and _wants(name, watcher, each):
                        self._put(name, watcher, each)
            if len(found) < PAGE:
                break
        waiting = [self._fire(name, watcher) for name, watcher in self._watched]
        return any(waiting)

    def _put(self, name: str, watcher: Watcher, found: Attestation) -> None:
        line = self._lines.setdefault((name, watcher.id), _Line(room=watcher.per_second))
        if len(line.waiting) == MOST_WAITING:
            line.passed_over += 1
            if line.passed_over == 1 or line.passed_over % MOST_WAITING == 0:
                _log.warning("watcher %s of plugin %s: %d passed over", watcher.id, name, line.passed_over)
        line.waiting.append(found)

    def _fire(self, name: str, watcher: Watcher) -> bool:
        line = self._lines.get((name, watcher.id))
        if line is None:
            return False
        now = time.monotonic()
        line.room = min(float(watcher.per_second), line.room + (now - line.at) * watcher.per_second)
        line.at = now
        while line.waiting and line.room >= 1:
            line.room -= 1
            self._enqueue(
                JobRequest(
                    type=f"{name}/{watcher.handler}",
                    payload=line.waiting.popleft().to_json(),
                    priority=Priority.NORMAL,
                    trigger=Trigger.PLUGIN,
                )
            )
        return bool(line.waiting)


def _wants(name: str, watcher: Watcher, found: Attestation) -> bool:
    if found.actors and found.actors[0].startswith(f"plugin:{name}@"):
        return False
    return all(
        not wanted or {each.casefold() for each in wanted} & {each.casefold() for each in said}
        for wanted, said in (
            (watcher.subjects, found.subjects),
            (watcher.predicates, found.predicates),
            (watcher.contexts, found.contexts),
            (watcher.actors, found.actors),
        )
    )
