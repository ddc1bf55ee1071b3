"""The host: keeps the enabled plugins running in the process that runs the jobs of the home, and hands them jobs.

`tend` is called by the runner's thread and never waits; each plugin has a thread of its own (`plugin_life`). Jobs
come on the lanes of their plugin, one lane for each, so that one that hangs holds up nobody else's.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from qntx_desktop.model.errors import ErrPluginNotFound, ErrPluginUnavailable, QntxError
from qntx_desktop.model.events import Attested, Event, PluginChanged, PluginLogged, Publish, StoreChangedElsewhere
from qntx_desktop.model.plugin import Announcement, Era, Plugin, PluginLine, PluginState
from qntx_desktop.model.schedule import ScheduleState
from qntx_desktop.services.jobs.plugin_job import PluginJob
from qntx_desktop.services.network import Network
from qntx_desktop.services.options import Options
from qntx_desktop.services.plugin_life import Life, Patience, Surroundings
from qntx_desktop.services.plugin_log import PluginLog, log_path
from qntx_desktop.services.plugin_runs import PluginRuns
from qntx_desktop.services.plugin_watchers import PluginWatchers
from qntx_desktop.services.queue import Queue
from qntx_desktop.services.secrets import Secrets
from qntx_desktop.store import plugins, schedules
from qntx_desktop.store.database import Database, Tx

_log = logging.getLogger(__name__)

SECRET_PREFIX = "secret:"
MOST_TYPES = 400
"""So many handlers of all plugins together can be claimed: one statement of the store names them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a plugin answered to a job, as it came: nothing of it is checked yet."""

    success: bool
    error: str
    result: bytes
    progress: tuple[int, int]
    cost: float
    lines: tuple[tuple[str, str, str], ...]
    """Level, message and stage of each."""


class PluginHost:
    """Starts and ends plugins as the store says. Nothing runs before `begin`."""

    def __init__(
        self,
        *,
        db: Database,
        home_id: str,
        folder: Path,
        logs: Path,
        network: Network,
        secrets: Secrets,
        options: Callable[[], Options],
        queue: Callable[[], Queue],
        publish: Publish,
        patience: Patience | None = None,
    ) -> None:
        self._db = db
        self._home_id = home_id
        self._folder = folder
        self._logs = logs
        self._network = network
        self._secrets = secrets
        self._options = options
        self._queue = queue
        self._publish = publish
        self._patience = patience
        self._guard = threading.RLock()
        self._lives: dict[str, Life] = {}
        self._ending: list[Life] = []
        self._runs: dict[str, PluginRuns] = {}
        self._leads = self._eager = False
        self._look = self._has_new = True
        self._tending = False
        self._watchers = PluginWatchers(db, lambda request: queue().enqueue(request))

    @property
    def leads(self) -> bool:
        """Whether this process runs the plugins of the home."""
        return self._leads

    @property
    def when_away(self) -> str:
        """What becomes of a job whose plugin does not run: `wait` or `fail`."""
        return str(self._options().get("plugins.when_away"))

    @property
    def job_timeout_s(self) -> float:
        """How long a job of a plugin may take."""
        return float(self._options().get("plugins.job_timeout_s"))

    def on_event(self, event: Event) -> None:
        """Look again when plugins were changed; called for every event."""
        if isinstance(event, (PluginChanged, StoreChangedElsewhere)):
            with self._guard:
                self._look = True
        if isinstance(event, (Attested, StoreChangedElsewhere)):
            self._has_new = True

    def begin(self, *, eager: bool) -> None:
        """Run the plugins of the home from now on.

        Args:
            eager: Start all that are enabled; else each when a job needs it.
        """
        self._db.write(plugins.nobody_runs_them)
        with self._guard:
            self._leads, self._eager, self._look = True, eager, True

    def tend(self) -> Sequence[PluginJob] | None:
        """Start and end what the store says.

        Returns:
            The jobs that plugins can be given, None when nothing has changed.
        """
        with self._guard:
            if not (self._leads and self._look):
                return None
            self._look, self._tending = False, True
        try:
            with self._db.read() as connection:
                found = plugins.every(connection)
        except BaseException:
            self._look = True
            raise
        with self._guard:
            if self._eager:
                for plugin in found:
                    if plugin.enabled:
                        self._alive(plugin)
            wanted = {plugin.name for plugin in found if plugin.enabled}
            for name in [name for name in self._lives if name not in wanted]:
                self._let_end(name)
                self._watchers.forget(name)
            self._ending = [life for life in self._ending if not life.over]
            self._tending = False
        self._watchers.watch(found)
        types = [PluginJob(job_type) for plugin in found for job_type in plugin.job_types]
        if len(types) > MOST_TYPES:
            _log.warning("%d handlers of plugins; the first %d are served", len(types), MOST_TYPES)
        return types[:MOST_TYPES]

    def serve_watchers(self) -> None:
        """Make jobs of new attestations that plugins asked to be told of."""
        if self._leads and self._has_new:
            self._has_new = False
            if self._watchers.look():
                self._has_new = True

    def end(self) -> None:
        """End all plugins and wait until nothing of them is left. Calling it twice is allowed."""
        with self._guard:
            was, self._leads = self._leads, False
            for name in list(self._lives):
                self._let_end(name)
            ending, self._ending = self._ending, []
        for life in ending:
            life.join()
        if was:
            self._write(plugins.nobody_runs_them)

    def execute(
        self,
        name: str,
        *,
        handler: str,
        job_id: str,
        payload: bytes,
        timeout_s: float,
        cancelled: Callable[[], bool],
        on_begun: Callable[[Callable[[], None]], None],
    ) -> Reply:
        """Have a plugin run a job.

        Args:
            on_begun: Gets what cancels the call.

        Raises:
            ErrPluginUnavailable: It does not run; the job has not begun.
            CallError: It did not answer well (`engines.plugins.client`).
            ErrCancelled: `cancelled` while it was waited for.
        """
        client = self._life(name).client(self.longest_start_s, cancelled)
        said = client.execute(
            job_id=job_id, handler=handler, payload=payload, timeout_s=timeout_s, on_begun=on_begun
        )
        return Reply(
            success=bool(said.success),
            error=_text(said.error),
            result=bytes(said.result),
            progress=(int(said.progress_current), int(said.progress_total)),
            cost=float(said.cost_actual),
            lines=tuple(
                (_text(line.level), _text(line.message), _text(line.stage)) for line in said.log_entries
            ),
        )

    def handle_http(
        self, name: str, method: str, path: str, headers: Mapping[str, list[str]], body: bytes, timeout_s: float
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        """Have a plugin answer a request.

        Raises:
            ErrPluginNotFound, ErrPluginUnavailable: It does not run here.
            CallError: It did not answer well.
        """
        return self._life(name).client(self.longest_start_s).handle_http(method, path, headers, body, timeout_s)

    def runs(self, name: str) -> PluginRuns:
        """The jobs of a plugin that run now."""
        with self._guard:
            return self._runs.setdefault(name, PluginRuns())

    def version(self, name: str) -> str:
        """The version of a running plugin, empty when it is not known."""
        with self._guard:
            life = self._lives.get(name)
        return life.plugin.announced.version if life is not None else ""

    def lines(self, name: str, after_seq: int = 0) -> tuple[PluginLine, ...] | None:
        """The newest lines of a plugin that was started here, None when it was not."""
        with self._guard:
            life = self._lives.get(name)
        return life.log.lines(after_seq) if life is not None else None

    def wait(self, name: str, cancelled: Callable[[], bool] = lambda: False) -> None:
        """Start a plugin if need be, and wait until it is ready.

        Raises:
            ErrPluginNotFound, ErrPluginUnavailable: It cannot be.
            ErrCancelled: `cancelled` meanwhile.
        """
        self._life(name).client(self.longest_start_s, cancelled)

    # Inside

    @property
    def longest_start_s(self) -> float:
        """How long a start may take until it is given up."""
        patience = self.patience()
        return patience.ready_s + patience.initialize_s + patience.health_s

    def patience(self) -> Patience:
        """How long each step may take."""
        if self._patience is not None:
            return self._patience
        return Patience(ready_s=float(self._options().get("plugins.start_timeout_s")))

    def _life(self, name: str) -> Life:
        with self._guard:
            known = self._lives.get(name)
            if known is not None and self._leads and not (self._look or self._tending):
                return known  # nothing was said of plugins since it was begun
        with self._db.read() as connection:
            plugin = plugins.get(connection, name)
        if plugin is None:
            raise ErrPluginNotFound(name)
        if not plugin.enabled:
            hint = f"Enable it: qntx plugin enable {name}"
            raise ErrPluginUnavailable(name, "it is disabled.", hint=hint, final=True)
        with self._guard:
            if not self._leads:
                raise ErrPluginUnavailable(name, "this process does not run the plugins of this home.")
            return self._alive(plugin)

    def _alive(self, plugin: Plugin) -> Life:
        """The life of a plugin, begun if need be, anew if that was wished. The guard is held."""
        life = self._lives.get(plugin.name)
        if life is not None and life.generation != plugin.generation:
            self._let_end(plugin.name)
            life = None
        if life is None:
            before = [each for each in self._ending if each.name == plugin.name]
            log = PluginLog(
                plugin.name,
                log_path(self._logs, plugin.name),
                lambda: self._publish(PluginLogged(name=plugin.name)),
            )
            life = Life(plugin, self._surroundings(before), log)
            self._lives[plugin.name] = life
            life.start()
        return life

    def _let_end(self, name: str) -> None:
        life = self._lives.pop(name)
        life.ask_to_end()
        self._ending.append(life)

    def _surroundings(self, before: Sequence[Life]) -> Surroundings:
        from qntx_desktop.engines.plugins.places import environment_of
        from qntx_desktop.engines.sandbox.strays import end_marked
        from qntx_desktop.services.plugin_desk import PluginDesk

        around = Surroundings()
        around.folder = self._folder
        around.patience = self.patience
        around.environment = lambda name: environment_of(name, self._home_id)
        around.config = self._config
        around.desk = lambda life: PluginDesk(self._db, self._queue, life, self.runs(life.name))
        around.hold_port = self._network.hold
        around.take_port = lambda: self._port(before)
        around.note = self._note
        around.announced = self._announced
        around.seen_era = self._seen_era
        around.end_strays = lambda run_id: end_marked(self._home_id, run_id)
        return around

    def _port(self, before: Sequence[Life]) -> AbstractContextManager[int]:
        """A free port, once those that had the plugin's place before have gone."""
        from qntx_desktop.engines.plugins.places import claimed_port

        for life in before:
            life.join()
        return claimed_port()

    def _config(self, plugin: Plugin) -> Mapping[str, str]:
        """Its settings, defaults first, with the values of the secrets that are named."""
        told = {each.name: each.default for each in plugin.announced.fields if each.default}
        for key, value in plugin.config.items():
            if value.startswith(SECRET_PREFIX):
                name = value.removeprefix(SECRET_PREFIX)
                told[key] = self._secrets.tell(name, (name,))
            else:
                told[key] = value
        return told

    def _note(self, life: Life) -> None:
        """Store how a plugin stands; jobs that wait for it go on when it is ready."""
        state, error = life.state, life.error

        def work(tx: Tx) -> None:
            stored = plugins.get(tx.connection, life.name)
            if stored is None or not stored.enabled or stored.generation != life.generation:
                return
            plugins.set_state(tx, life.name, state, error=error.to_json() if error else None, live=life.live)
            if state is PluginState.READY:
                plugins.let_go(tx, life.name)

        self._write(work)

    def _announced(self, life: Life, said: Announcement) -> None:
        def work(tx: Tx) -> None:
            if plugins.get(tx.connection, life.name) is not None:
                plugins.set_announced(tx, life.name, said)
                _make_schedules(tx, life.name, said)

        if said.watchers:
            self._watchers.introduce(life.name)
        self._write(work)

    def _seen_era(self, life: Life, era: Era) -> None:
        life.plugin = replace(life.plugin, seen_era=era)
        self._write(lambda tx: plugins.set_seen_era(tx, life.name, era))

    def _write(self, work: Callable[[Tx], Any]) -> None:
        try:
            self._db.write(work)
        except QntxError as error:  # such as a full disk: the plugin runs all the same
            _log.warning("how a plugin stands could not be stored: %s", error)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _make_schedules(tx: Tx, name: str, said: Announcement) -> None:
    """Make the schedules that a plugin asks for, each once; one that a person removed stays away."""
    from qntx_desktop.services.plugin_desk import make_schedule

    kept = plugins.kept(tx.connection, name)
    made: dict[str, Any] = dict(kept.get("schedules", {}))
    for each in said.schedules:
        if each.handler in made:
            continue
        schedule = make_schedule(tx, f"{name}/{each.handler}", each.interval_s, {})
        if not each.enabled:
            schedules.set_state(tx, schedule.id, ScheduleState.PAUSED)
        made[each.handler] = schedule.id
    plugins.keep(tx, name, {**kept, "schedules": made})
