"""The life of one plugin: start, handshake, health, restart with back-off, end with its whole group.

Owns one thread, `plugin-NAME`, from `start` until it is told to end. Other threads read its state and borrow its
client. Everything that a plugin says is taken as a stranger's word.

Source: the plugin protocol, launch.
"""

from __future__ import annotations

import logging
import os
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qntx_desktop import __version__
from qntx_desktop.model.clock import now_us
from qntx_desktop.model.errors import ErrCancelled, ErrPluginUnavailable, ErrUnexpected, QntxError
from qntx_desktop.model.plugin import Announcement, Era, Live, Plugin, PluginState
from qntx_desktop.model.semver import meets
from qntx_desktop.services.plugin_log import PluginLog

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from qntx_desktop.engines.plugins.answers import Answers
    from qntx_desktop.engines.plugins.client import PluginClient
    from qntx_desktop.engines.plugins.desk import Desk
    from qntx_desktop.engines.plugins.process import PluginProcess

_log = logging.getLogger(__name__)

ANNOUNCED_PORT = "QNTX_PLUGIN_PORT="
KEPT_PROBLEMS = 20
CANCEL_LOOK_S = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long each step may take, in seconds."""

    ready_s: float = 5.0
    ask_s: float = 1.0
    ask_again_s: float = 0.1
    port_s: float = 2.0
    initialize_s: float = 30.0
    health_every_s: float = 10.0
    health_s: float = 5.0
    shutdown_s: float = 3.0
    term_s: float = 3.0
    backoff_s: float = 10.0
    most_backoff_s: float = 640.0
    steady_s: float = 60.0
    """After so long without trouble the next back-off is the shortest again."""


class Surroundings:
    """What a life needs from the host; filled by `plugin_host`."""

    folder: Path
    patience: Callable[[], Patience]
    environment: Callable[[str], Mapping[str, str]]
    config: Callable[[Plugin], Mapping[str, str]]
    desk: Callable[[Life], Desk]
    hold_port: Callable[[int], AbstractContextManager[None]]
    take_port: Callable[[], AbstractContextManager[int]]
    note: Callable[[Life], None]
    announced: Callable[[Life, Announcement], None]
    seen_era: Callable[[Life, Era], None]
    end_strays: Callable[[str], object]


class Life:
    """One plugin, from the wish that it runs to the wish that it does not."""

    def __init__(self, plugin: Plugin, around: Surroundings, log: PluginLog) -> None:
        self.name = plugin.name
        self.generation = plugin.generation
        self.log = log
        self.plugin = plugin
        self.state = PluginState.STARTING
        self.error: QntxError | None = None
        self.live = Live(host_pid=os.getpid())
        self.problems: list[str] = []
        self.introduced = False
        """Whether this start of it has announced what it has."""
        self._around = around
        self._changed = threading.Condition()
        self._ending = False
        self._client: PluginClient | None = None
        self._port: int | None = None
        self._thread = threading.Thread(target=self._run, name=f"plugin-{plugin.name}")

    def start(self) -> None:
        """Begin, on a thread of its own."""
        self._thread.start()

    def ask_to_end(self) -> None:
        """Have it end soon."""
        with self._changed:
            self._ending = True
            self._changed.notify_all()

    def join(self) -> None:
        """Wait until nothing of it is left."""
        self._thread.join()
        self.log.close()

    @property
    def over(self) -> bool:
        """Whether its thread has ended."""
        return not self._thread.is_alive()

    def client(self, wait_s: float, cancelled: Callable[[], bool] = lambda: False) -> PluginClient:
        """What asks the plugin; waits while it starts.

        Raises:
            ErrPluginUnavailable: It does not run, or not soon enough.
            ErrCancelled: Somebody gave up meanwhile.
        """
        end = time.monotonic() + wait_s
        with self._changed:
            while self._client is None and self.state is PluginState.STARTING and not self._ending:
                if cancelled():
                    raise ErrCancelled("cancelled")
                if time.monotonic() >= end:
                    break
                self._changed.wait(CANCEL_LOOK_S)
            if self._client is not None and not self._ending:
                return self._client
            raise self._why_not()

    def _why_not(self) -> QntxError:
        if self._ending:
            return ErrPluginUnavailable(self.name, "it is being ended.")
        if isinstance(self.error, ErrPluginUnavailable):
            return self.error
        return ErrPluginUnavailable(self.name, "it has not started yet.")

    # The thread

    def _run(self) -> None:
        failures = 0
        while not self._ending:
            began, error = time.monotonic(), self._once()
            if self._told_to_end():
                break
            if time.monotonic() - began > self._around.patience().steady_s:
                failures = 0
            final = bool(error.details.get("final"))
            patience = self._around.patience()
            pause_s = min(patience.backoff_s * 2**min(failures, 30), patience.most_backoff_s)
            failures += 1
            at_us = None if final else now_us() + int(pause_s * 1_000_000)
            self.live = Live(host_pid=self.live.host_pid, restarts=self.live.restarts + 1, restart_at_us=at_us)
            self._stand(PluginState.FAILED if final else PluginState.RESTARTING, error)
            with self._changed:
                self._changed.wait_for(lambda: self._ending, timeout=None if final else pause_s)

    def _told_to_end(self) -> bool:
        with self._changed:
            return self._ending

    def _once(self) -> ErrPluginUnavailable:
        """One start and all that follows it; why it is over."""
        self.introduced, self.problems = False, []
        self._stand(PluginState.STARTING, self.error)
        try:
            with ExitStack() as stack:
                return self._live(stack)
        except ErrPluginUnavailable as error:
            return error
        except QntxError as error:
            return ErrPluginUnavailable(self.name, error.message, hint=error.hint, final=True)
        except Exception as error:  # noqa: BLE001 - a defect of ours must end this start, not the app
            _log.exception("plugin %s stumbled", self.name)
            return ErrPluginUnavailable(self.name, ErrUnexpected(str(error)).message)

    def _live(self, stack: ExitStack) -> ErrPluginUnavailable:
        self._check_library()
        token = secrets.token_urlsafe(32)
        answers = self._answering(token, stack)  # first, so that it ends last: a plugin may ask until its end
        process = self._started(stack)
        client = self._handshake(process, stack)
        self._introduce(client, f"127.0.0.1:{answers.port}", token)
        stack.callback(self._say_goodbye, client, process)
        with self._changed:
            self._client = client
            self._changed.notify_all()
        stack.callback(self._withdraw)
        self._stand(PluginState.READY, None)
        return self._watch(client, process)

    def _check_library(self) -> None:
        try:
            from qntx_desktop.engines.plugins import client as _client  # noqa: F401 - is the library here at all
        except ImportError as error:
            raise ErrPluginUnavailable(
                self.name,
                f"this installation cannot speak to plugins ({error.name} is missing).",
                hint="Install it with: pip install 'qntx-desktop[plugins]'",
                final=True,
            ) from None

    def _started(self, stack: ExitStack) -> PluginProcess:
        from qntx_desktop.engines.plugins.process import PluginProcess

        port = stack.enter_context(self._around.take_port())
        stack.callback(self._around.end_strays, f"plugin-{self.name}")
        command = [self.plugin.path, "--port", str(port), *self.plugin.args]
        self._port = None
        folder = self._around.folder
        folder.mkdir(parents=True, exist_ok=True)
        process = PluginProcess(
            command, self._around.environment(self.name), folder, self._heard, self.log.settle, self._wake
        )
        stack.callback(self._end, process)
        process.wait_known(self._around.patience().ready_s)
        self.live = replace(self.live, pid=process.pid, port=port, restart_at_us=None)
        return process

    def _heard(self, stream: str, line: str) -> None:
        if stream == "stdout" and line.startswith(ANNOUNCED_PORT):
            text = line.removeprefix(ANNOUNCED_PORT).strip()
            if text.isascii() and text.isdigit() and 0 < int(text) < 65_536:
                self._port = int(text)
        self.log.add(stream, line)

    def _handshake(self, process: PluginProcess, stack: ExitStack) -> PluginClient:
        """Ask who is there until the plugin answers, at the port that it was given or the one that it tells."""
        from qntx_desktop.engines.plugins.client import CallError, PluginClient

        patience, began = self._around.patience(), time.monotonic()
        given = self.live.port or 0
        client, said, name, reason = None, None, "", "it does not answer."
        try:
            while time.monotonic() - began < patience.ready_s:
                self._check_alive(process)
                port = self._port or given
                if client is None or client.port != port:
                    if client is not None:
                        client.close()
                    client = PluginClient(port, mend=self.plugin.shim)
                try:
                    said = client.metadata(patience.ask_s)
                    name = said.name
                except CallError as error:
                    reason = f"it does not answer: {error.reason}"
                    if error.kind == "unimplemented":
                        break
                else:
                    # Somebody else may listen there; the plugin has so long to name its port.
                    waits = self._port is None and time.monotonic() - began < patience.port_s
                    if name == self.name or not waits:
                        break
                self._pause(patience.ask_again_s, process)
        except BaseException:
            if client is not None:
                client.close()
            raise
        if client is None or said is None:
            if client is not None:
                client.close()
            raise ErrPluginUnavailable(self.name, reason)
        stack.callback(client.close)
        self.live = replace(self.live, port=client.port)
        stack.enter_context(self._around.hold_port(client.port))
        self._check_identity(said)
        return client

    def _check_alive(self, process: PluginProcess) -> None:
        if self._ending:
            raise ErrPluginUnavailable(self.name, "it is being ended.")
        if process.refused:
            raise ErrPluginUnavailable(self.name, f"it cannot be started: {process.refused}", final=True)
        if process.ended.is_set():
            raise ErrPluginUnavailable(self.name, f"it ended at its start {_with_code(process.code)}.")

    def _check_identity(self, said: Any) -> None:
        if said.name != self.name:
            raise ErrPluginUnavailable(
                self.name,
                f"what answers calls itself '{said.name[:80]}'.",
                hint=f"Add it under that name: qntx plugin add {self.plugin.path} --name NAME",
                final=True,
            )
        try:
            fits = meets(__version__, said.qntx_version)
        except ValueError as error:
            self._complain(f"its constraint on the host's version was passed over: {error}")
            fits = True
        if not fits and not self.plugin.any_version:
            raise ErrPluginUnavailable(
                self.name,
                f"it asks for a host {said.qntx_version[:80]}, this is {__version__}.",
                hint=f"Start it all the same: qntx plugin set {self.name} any-version on",
                final=True,
            )
        self._said = said

    def _answering(self, token: str, stack: ExitStack) -> Answers:
        from qntx_desktop.engines.plugins.answers import Answers
        from qntx_desktop.engines.plugins.eras import Spelling

        spelling = Spelling(self.plugin.era, self.plugin.seen_era, lambda era: self._around.seen_era(self, era))
        answers = Answers(self._around.desk(self), spelling, token, mend=self.plugin.shim)
        stack.callback(answers.close)
        stack.enter_context(self._around.hold_port(answers.port))
        return answers

    def _introduce(self, client: PluginClient, address: str, token: str) -> None:
        """Hand it what it needs, and hear what it announces; it may call back before it answers."""
        from qntx_desktop.engines.plugins.announcing import announcement_of
        from qntx_desktop.engines.plugins.client import CallError, Endpoints

        patience, endpoints = self._around.patience(), Endpoints(address=address, token=token)
        try:
            answered = client.initialize(endpoints, self._around.config(self.plugin), patience.initialize_s)
        except CallError as error:
            raise ErrPluginUnavailable(self.name, f"it failed at Initialize: {error.reason}") from None
        schema = None
        try:
            schema = client.config_schema(patience.health_s)
        except CallError as error:
            if error.kind != "unimplemented":
                self._complain(f"its settings cannot be read: {error.reason}")
        said = announcement_of(self._said, answered, schema)
        self.plugin = replace(self.plugin, announced=replace(said, problems=(*said.problems, *self.problems)))
        self._around.announced(self, self.plugin.announced)
        self.introduced = True

    def _complain(self, problem: str) -> None:
        self.problems = [*self.problems, problem][-KEPT_PROBLEMS:]

    def _watch(self, client: PluginClient, process: PluginProcess) -> ErrPluginUnavailable:
        """Ask for its health until it ends, is told to, or fails twice in a row."""
        from qntx_desktop.engines.plugins.client import CallError

        patience, bad = self._around.patience(), 0
        while True:
            self._pause(patience.health_every_s, process)
            if self._ending:
                return ErrPluginUnavailable(self.name, "it is being ended.")
            if process.ended.is_set():
                return ErrPluginUnavailable(self.name, f"it ended by itself {_with_code(process.code)}.")
            try:
                said = client.health(patience.health_s)
                well, reason = bool(said.healthy), str(said.message)[:200] or "it says that it is not healthy"
            except CallError as error:
                well, reason = error.kind == "unimplemented", error.reason
            bad = 0 if well else bad + 1
            if bad >= 2:
                return ErrPluginUnavailable(self.name, f"it failed two checks of its health: {reason}")

    def _pause(self, at_most_s: float, process: PluginProcess) -> None:
        """Wait a while, or until it is told to end, or its process has ended."""
        with self._changed:
            self._changed.wait_for(lambda: self._ending or process.ended.is_set(), timeout=at_most_s)

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def _withdraw(self) -> None:
        with self._changed:
            self._client = None
            self._changed.notify_all()

    def _say_goodbye(self, client: PluginClient, process: PluginProcess) -> None:
        from qntx_desktop.engines.plugins.client import CallError

        if not process.ended.is_set():
            with suppress(CallError):  # it is ended anyway
                client.shutdown(self._around.patience().shutdown_s)

    def _end(self, process: PluginProcess) -> None:
        process.terminate()
        process.ended.wait(self._around.patience().term_s)
        process.close()
        self.live = replace(self.live, pid=None, port=None)

    def _stand(self, state: PluginState, error: QntxError | None) -> None:
        with self._changed:
            self.state, self.error = state, error
            self._changed.notify_all()
        self._around.note(self)


def _with_code(code: int | None) -> str:
    if code is None:
        return "for reasons unknown"
    return f"with exit code {code}" if code >= 0 else f"by signal {-code}"
