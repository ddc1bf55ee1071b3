"""Plugins as people see them: added, looked at, enabled, set up, restarted, removed. Any thread but the GUI's.

What is said here stands in the store; the process that runs the jobs of the home does it (`plugin_host`) and notes
how each plugin stands. `PluginChanged` and `PluginLogged` tell of it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from qntx_desktop.engines.plugins import places
from qntx_desktop.engines.process_life import lives
from qntx_desktop.model.errors import (
    ErrActiveJobExists,
    ErrDuplicateName,
    ErrInvalidPlugin,
    ErrPluginNotFound,
    ErrPluginUnavailable,
    error_from_json,
)
from qntx_desktop.model.events import Event, PluginChanged, StoreChangedElsewhere
from qntx_desktop.model.job import Job, JobFilter, JobStatus
from qntx_desktop.model.plugin import (
    Era,
    Plugin,
    PluginLine,
    PluginState,
    check_config,
    check_name,
    is_name,
    name_of_program,
)
from qntx_desktop.services.plugin_host import PluginHost
from qntx_desktop.services.plugin_log import KEPT_LINES, read_log
from qntx_desktop.services.ports import HomeLock
from qntx_desktop.store import jobs, plugins, schedules
from qntx_desktop.store.database import Database, Tx

SETTLED = (PluginState.READY, PluginState.FAILED, PluginState.RESTARTING, PluginState.DISABLED)
LOOK_S = 0.2
HTTP_S = 30.0
PASSED_ON_S = 5.0
"""How long another process may take until it notices what was asked for."""


class PluginReader:
    """What can be asked without changing anything.

    Args:
        folder: Where programs are looked for, and where plugins start.
    """

    def __init__(self, db: Database, folder: Path, logs: Path) -> None:
        self._db = db
        self._folder = folder
        self._logs = logs

    @property
    def folder(self) -> Path:
        """Where programs are found without being added by their path."""
        return self._folder

    def list(self) -> tuple[Plugin, ...]:
        """All that were added, by name, then those that lie in the plugins folder and were not."""
        with self._db.read() as connection:
            added = tuple(_standing(each) for each in plugins.every(connection))
        known = {each.name for each in added}
        found = [
            Plugin(name=name, path=str(path), enabled=False, state=PluginState.FOUND)
            for name, path in places.programs_in(self._folder).items()
            if name not in known
        ]
        return (*added, *found)

    def get(self, name: str) -> Plugin:
        """One of them.

        Raises:
            ErrPluginNotFound: There is none of this name.
        """
        with self._db.read() as connection:
            found = plugins.get(connection, name)
        if found is not None:
            return _standing(found)
        for each in self.list():
            if each.name == name:
                return each
        raise ErrPluginNotFound(name)

    def logs(self, name: str, limit: int = KEPT_LINES) -> tuple[PluginLine, ...]:
        """The newest lines of a plugin's log file, oldest first; it outlives the plugin.

        Raises:
            ErrPluginNotFound: There is none of this name, and no log of one.
        """
        try:
            self.get(name)
        except ErrPluginNotFound:
            if not is_name(name) or not (lines := read_log(self._logs, name, limit)):
                raise
            return lines
        return read_log(self._logs, name, limit)

    def jobs(self, name: str, limit: int = 50) -> tuple[Job, ...]:
        """The newest jobs of a plugin.

        Raises:
            ErrPluginNotFound: There is none of this name.
        """
        plugin = self.get(name)
        with self._db.read() as connection:
            found = [
                job
                for job_type in plugin.job_types
                for job in jobs.list_jobs(connection, JobFilter(type=job_type, limit=limit))
            ]
        return tuple(sorted(found, key=lambda job: -job.id)[:limit])


class Plugins(PluginReader):
    """The plugins of a home."""

    def __init__(
        self, db: Database, folder: Path, logs: Path, host: Callable[[], PluginHost]
    ) -> None:
        super().__init__(db, folder, logs)
        self._host = host
        self._changed = threading.Condition()

    def on_event(self, event: Event) -> None:
        """Wake who waits for a plugin; called for every event."""
        if isinstance(event, (PluginChanged, StoreChangedElsewhere)):
            with self._changed:
                self._changed.notify_all()

    def add(
        self, program: str, args: Sequence[str] = (), *, name: str | None = None, enabled: bool = True
    ) -> Plugin:
        """Add a plugin; adding says yes to it, so it is enabled unless told.

        Args:
            program: The path of its program, or a name that is looked for.

        Raises:
            ErrInvalidPlugin: There is no such program, it cannot be executed, or the name breaks the rule.
            ErrDuplicateName: There is one of this name.
        """
        path = places.find_program(program, self._folder)
        called = check_name(name or name_of_program(path.name))
        made = self._db.write(lambda tx: plugins.insert(tx, called, str(path), args, enabled=enabled))
        if made is None:
            raise ErrDuplicateName(called, "A plugin")
        return made

    def enable(self, name: str, enabled: bool = True) -> Plugin:
        """Have it run, or not; one that lies in the plugins folder is added by this.

        Raises:
            ErrPluginNotFound: There is none of this name.
        """
        plugin = self.get(name)
        if plugin.state is PluginState.FOUND:
            return self.add(plugin.path, name=name, enabled=enabled)
        self._db.write(lambda tx: plugins.set_enabled(tx, plugin, enabled))
        return self.get(name)

    def restart(self, name: str) -> Plugin:
        """Have it end and start anew.

        Raises:
            ErrPluginNotFound: There is none of this name.
        """
        self._added(name)
        self._db.write(lambda tx: plugins.ask_restart(tx, name))
        return self.get(name)

    def configure(self, name: str, config: Mapping[str, str]) -> Plugin:
        """Replace its settings and start it anew; a value `secret:NAME` stands for a kept secret.

        Raises:
            ErrPluginNotFound: There is none of this name.
            ErrInvalidPlugin: A value is not what the plugin declares.
        """
        plugin = self._added(name)
        check_config(name, plugin.announced.fields, config)
        return self._set(replace(plugin, config=dict(config)))

    def set_up(
        self, name: str, *, era: Era | None = None, shim: bool | None = None, any_version: bool | None = None
    ) -> Plugin:
        """Say how it is spoken to, and start it anew; None leaves a switch as it is.

        Raises:
            ErrPluginNotFound: There is none of this name.
        """
        plugin = self._added(name)
        return self._set(
            replace(
                plugin,
                era=plugin.era if era is None else era,
                shim=plugin.shim if shim is None else shim,
                any_version=plugin.any_version if any_version is None else any_version,
            )
        )

    def remove(self, name: str) -> Plugin:
        """Forget a plugin and end it; its schedules go, its jobs and attestations stay.

        Raises:
            ErrPluginNotFound: There is none of this name.
            ErrActiveJobExists: A job of it runs.
        """
        plugin = self._added(name)

        def work(tx: Tx) -> None:
            for job_type in plugin.job_types:
                wanted = JobFilter(status=JobStatus.RUNNING, type=job_type, limit=1)
                for job in jobs.list_jobs(tx.connection, wanted):
                    raise ErrActiveJobExists(job.id, f"Plugin '{name}'")
            for schedule in schedules.every(tx.connection):
                if schedule.type.startswith(f"{name}/"):
                    schedules.remove(tx, schedule.id)
            plugins.remove(tx, name)

        self._db.write(work)
        return plugin

    def introduce(self, name: str, lock: HomeLock) -> Plugin:
        """Have a plugin started and say what it announces; here and now if no process runs the jobs of this home.

        Raises:
            ErrPluginNotFound: There is none of this name.
            ErrPluginUnavailable: It does not run; it stays added all the same.
        """
        host = self._host()
        if host.leads or lock.held or not lock.acquire():
            return self.settled(name, host.longest_start_s + PASSED_ON_S)
        try:
            host.begin(eager=False)
            host.wait(name)
        finally:
            host.end()
            lock.release()
        return self.get(name)

    def settled(self, name: str, timeout_s: float) -> Plugin:
        """Wait until a plugin runs, has failed or is known not to run now; for the command line.

        Raises:
            ErrPluginNotFound: There is none of this name.
            ErrPluginUnavailable: It does not run.
        """
        end = time.monotonic() + timeout_s
        plugin = self.get(name)
        while plugin.enabled and plugin.state not in SETTLED and time.monotonic() < end:
            with self._changed:
                self._changed.wait(LOOK_S)
            plugin = self.get(name)
        if plugin.state is PluginState.READY or not plugin.enabled:
            return plugin
        if plugin.error is not None:
            raise error_from_json(plugin.error)
        raise ErrPluginUnavailable(name, "it has not started yet.")

    def live_lines(self, name: str, after_seq: int = 0) -> tuple[PluginLine, ...]:
        """The newest lines, from memory where this process runs the plugin; `after_seq` continues.

        Raises:
            ErrPluginNotFound: There is none of this name.
        """
        found = self._host().lines(name, after_seq)
        return found if found is not None else tuple(each for each in self.logs(name) if each.seq > after_seq)

    def handle_http(
        self, name: str, method: str, path: str, headers: Mapping[str, list[str]], body: bytes
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        """Have a plugin answer a request that came to `/api/<name>/...`.

        Returns:
            Status, headers and body.

        Raises:
            ErrPluginNotFound: There is none of this name.
            ErrPluginUnavailable: It does not run here, or does not answer.
        """
        from qntx_desktop.engines.plugins.client import CallError

        try:
            return self._host().handle_http(name, method, path, headers, body, HTTP_S)
        except CallError as error:
            reason = "it answers no requests." if error.kind == "unimplemented" else f"it failed: {error.reason}"
            raise ErrPluginUnavailable(name, reason) from None

    def _set(self, plugin: Plugin) -> Plugin:
        self._db.write(lambda tx: plugins.set_settings(tx, plugin))
        return self.get(plugin.name)

    def _added(self, name: str) -> Plugin:
        plugin = self.get(name)
        if plugin.state is PluginState.FOUND:
            raise ErrInvalidPlugin(name, "name", "it was not added yet", f"Add it: qntx plugin enable {name}")
        return plugin


def _standing(plugin: Plugin) -> Plugin:
    """A plugin whose host is gone does not run, whatever was noted last."""
    live = (PluginState.STARTING, PluginState.READY, PluginState.RESTARTING)
    if plugin.state not in live or _runs(plugin.live.host_pid):
        return plugin
    return replace(plugin, state=PluginState.STOPPED)


def _runs(pid: int | None) -> bool:
    return pid is not None and lives(pid, untold=False)  # no plugin is started where that cannot be told
