"""The port: run one script in a process of its own, from its start to its last trace. Blocks the caller.

Whatever the script does, `launch` comes back within the time limit and a few seconds, with every process of the run
ended, its work folder removed and its output bounded.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from qntx_desktop.engines.interpreter import clean_environment, interpreter, start_of_command
from qntx_desktop.engines.sandbox import strays, work_folder
from qntx_desktop.engines.sandbox.adviser import Adviser
from qntx_desktop.engines.sandbox.broker import Broker
from qntx_desktop.engines.sandbox.cancel import CancelReason, CancelToken
from qntx_desktop.engines.sandbox.capture import Capture
from qntx_desktop.engines.sandbox.confinement.plan import Layers, orders, orders_of_run
from qntx_desktop.engines.sandbox.confinement.probe import report, was_found, working_layers
from qntx_desktop.engines.sandbox.confinement.system_paths import readable
from qntx_desktop.engines.sandbox.cutter import shut_down
from qntx_desktop.engines.sandbox.ending import Ending
from qntx_desktop.engines.sandbox.frames import BrokenFrameError, FrameReader, pack
from qntx_desktop.engines.sandbox.masking import Masker
from qntx_desktop.engines.sandbox.messages import Conversation, Sink
from qntx_desktop.engines.sandbox.pipes import Inbox, Outbox
from qntx_desktop.engines.sandbox.process import Child
from qntx_desktop.engines.sandbox.quota import Quota
from qntx_desktop.engines.sandbox.rlimits import limits_for
from qntx_desktop.engines.sandbox.strays import reap_strays
from qntx_desktop.engines.sandbox.warm import NoLauncherError, WarmChild, WarmLaunchers
from qntx_desktop.engines.sandbox.watchdog import Watchdog
from qntx_desktop.model.connection import Connection, NetworkRules
from qntx_desktop.model.errors import ErrCancelled
from qntx_desktop.model.ix import read_options
from qntx_desktop.model.job import ExecutionStatus, Outcome
from qntx_desktop.model.permissions import Hosts

__all__ = ["CancelReason", "CancelToken", "RunSpec", "Sink", "launch", "reap_strays", "sandbox_level"]

_PIPE_ENDS_S = 2.0
_log = logging.getLogger(__name__)
_MAX_REST_BYTES = 2 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSpec:
    """What to run.

    Args:
        code: Python source.
        filename: How tracebacks name it, such as `csv.py`.
        timeout_s: Wall-clock limit in seconds.
        memory_bytes: Address-space limit in bytes.
        work_dir: Made by `launch` and removed by it, with all that is in it.
        home_id: Same for all runs of one home; marks its processes.
        masker: Knows the secrets that this run was given; hides them in all that it prints, logs and fails with.
        interpreter: The Python of an environment; None: the one without packages.
        site_paths: Folders of packages, put behind the standard library.
        read_paths: Existing files and folders that it may read besides, as real paths.
        list_paths: Existing folders whose names it may list.
        write_paths: Existing files and folders that it may write and read besides.
        network: `host:port` texts that it may connect to, or True for any.
        hands_over: Whether the app connects for it and hands the socket over, or only says whether it may connect.
        is_offline: Asked before each connection; True refuses it.
        own_ports: Ports of this app on the loopback; never connected to, whatever was declared.
        tell_secret: Gives the value of a secret that it asks for by name, or raises why not.
        layers: What holds it; None: all that works on this computer.
    """

    code: str
    filename: str
    command: str
    script_type: str
    args: tuple[str, ...]
    timeout_s: float
    memory_bytes: int
    work_dir: Path
    run_id: str
    home_id: str
    last_run_us: int | None = None
    state: Mapping[str, Any] = field(default_factory=dict)
    payload: Any = None
    upstream: Mapping[str, Any] | None = None
    masker: Masker = field(default_factory=Masker)
    interpreter: str | None = None
    site_paths: tuple[str, ...] = ()
    read_paths: tuple[Path, ...] = ()
    list_paths: tuple[Path, ...] = ()
    write_paths: tuple[Path, ...] = ()
    network: Hosts = ()
    hands_over: bool = sys.platform != "win32"
    is_offline: Callable[[], bool] = lambda: False
    own_ports: Callable[[], frozenset[int]] = frozenset
    tell_secret: Callable[[str], str] | None = None
    layers: Layers | None = None


def launch(spec: RunSpec, sink: Sink, cancel: CancelToken, warm: WarmLaunchers | None = None) -> Outcome:
    """Run a script and wait for its end.

    Args:
        warm: Launchers to fork from, which is much faster than starting an interpreter.

    Returns:
        Status, output, duration, and the error if it did not end well; nothing the script does raises here.

    Raises:
        ErrDiskFull: No room for the work folder.
        ErrHomeUnusable: The work folder cannot be made.
        ErrUnexpected: No process can be started.
    """
    if cancel.requested:
        return Outcome(status=ExecutionStatus.CANCELLED, error=ErrCancelled(cancel.reason or "cancelled").to_json())
    started = time.perf_counter()
    made = forked = False

    def make_folder() -> None:
        nonlocal made
        if not made:
            if warm is None or not warm.spares.take(spec.work_dir):
                work_folder.make(spec.work_dir)
            made = True

    try:
        for way in (warm, warm, None):
            with _Run(spec, sink, cancel, way, make_folder) as run:
                run.converse()
            if not run.came_to_nothing:  # else its launcher was gone before it was there
                break
        forked = run.forked
        return run.outcome((time.perf_counter() - started) * 1000)
    finally:
        if made and (warm is None or not forked or not warm.spares.keep(spec.work_dir)):
            work_folder.remove(spec.work_dir)


class _Run:
    """One process and everything around it, in the order of a run: start, converse, end, outcome."""

    def __init__(
        self,
        spec: RunSpec,
        sink: Sink,
        cancel: CancelToken,
        warm: WarmLaunchers | None,
        make_folder: Callable[[], None],
    ) -> None:
        self._spec = spec
        self._make_folder = make_folder
        self._cancel = cancel
        self._layers = spec.layers or working_layers()
        self._broker = _broker_for(spec, sink)
        broker_fd = self._broker.child_fd if self._broker else None
        self._first_message = b""
        try:
            self._child = self._start(warm, broker_fd)
        except BaseException:
            if self._broker:
                self._broker.close()
            raise
        quota = Quota(spec.work_dir, lambda: self._child.pid, writes_elsewhere=bool(spec.write_paths))
        self._watchdog = Watchdog(self._child, spec.timeout_s, quota.excess)
        out_fd, err_fd = self._child.take_outputs()
        self._out = Capture(out_fd, "handler-stdout")
        self._err = Capture(err_fd, "handler-stderr")
        self._inbox = Inbox(self._child.messages_fd, self._child.ended_fd, self._child.begun)
        if os.name != "nt":
            for capture in (self._out, self._err):
                self._inbox.beside(capture.fd, capture.take, can_wait=True)
        if self._broker:
            self._broker.handed_over()
            self._inbox.beside(self._broker.fd, self._broker.begin)
            if sys.platform == "linux":
                self._broker.may_cut(self._shut_down)
        self._outbox = Outbox(self._child.answers_fd, self._child.ended_fd, self._child.begun)
        self._frames = FrameReader()
        adviser = None if self._broker else Adviser(_rules(spec), _ledger_to(spec, sink))
        self._conversation = Conversation(sink, self._outbox, spec.masker, adviser, spec.tell_secret)
        self._broken = ""
        self._code = 0

    @property
    def forked(self) -> bool:
        """Whether it came from a warm launcher: then nobody else can have been in its folder."""
        return isinstance(self._child, WarmChild)

    @property
    def came_to_nothing(self) -> bool:
        """Whether nobody has begun to run it."""
        return self._child.came_to_nothing

    def _start(self, warm: WarmLaunchers | None, broker_fd: int | None) -> Child | WarmChild:
        """Fork from a warm launcher, or start an interpreter.

        What may write elsewhere is started the long way: a launcher has given that up for all its children.
        """
        spec = self._spec
        if warm is not None and self._layers.seccomp and not spec.write_paths:
            try:
                return self._informed(warm.start(spec.interpreter, self._layers, broker_fd))
            except NoLauncherError as error:
                _log.debug("started without a warm launcher: %s", error)
        self._make_folder()
        variables = clean_environment(**_own_variables(spec))
        start = _start_message(spec, _orders(spec, self._layers), variables) | {"broker_fd": broker_fd}
        self._first_message = pack(start)
        return Child(start_of_command("boot.py", spec.interpreter), variables, spec.work_dir, broker_fd)

    def _informed(self, child: WarmChild) -> WarmChild:
        """Prepare, while it is forked or wakes, what a child needs to know, and tell it."""
        spec = self._spec
        try:
            self._make_folder()
            message = pack(_start_message(spec, _orders_of_run(spec, self._layers), _own_variables(spec)))
            self._first_message = child.say_first(message)
        except BaseException:
            child.give_up()
            raise
        return child

    def _shut_down(self, inodes: Collection[int]) -> Collection[int]:
        """End connections that the process has. Broker's thread, which ends before the process is given back."""
        pidfd = self._child.new_pidfd()
        try:
            return shut_down(self._child.pid, pidfd, inodes)
        finally:
            os.close(pidfd)

    def __enter__(self) -> Self:
        self._cancel.on_cancel(self._watchdog.cancel)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:  # a defect of ours: do not wait for the script's own end
            self._child.kill()
        self._end()

    def converse(self) -> None:
        """Hand over the script, then answer messages until the process ends."""
        try:
            self._outbox.write(self._first_message)
            while chunk := self._inbox.read():
                for message in self._frames.feed(chunk):
                    self._conversation.handle(message)
        except BrokenFrameError as error:
            self._broken = str(error)
            self._child.kill()

    def outcome(self, duration_ms: float) -> Outcome:
        """How it ended."""
        ending = Ending(
            code=self._code,
            stopped_for=self._watchdog.stopped_for,
            cancel_reason=self._cancel.reason or "cancelled",
            broken=self._broken,
            failure=self._conversation.failure,
            source=self._spec.code,
            timeout_s=self._spec.timeout_s,
            memory_bytes=self._spec.memory_bytes,
            confined=bool(self._layers.names),
        )
        status, error = ending.judge()
        masker = self._spec.masker
        return Outcome(
            status=status,
            exit_code=ending.exit_code,
            stdout=self._out.text(masker),
            stderr=self._err.text(masker),
            stdout_dropped_bytes=self._out.dropped_bytes,
            stderr_dropped_bytes=self._err.dropped_bytes,
            duration_ms=duration_ms,
            error=masker.json(error.to_json()) if error else None,
            cost=self._conversation.cost,
            sandbox=report(self._spec.layers).level.value,
            state_json=self._conversation.state_json if status is ExecutionStatus.COMPLETED else None,
        )

    def _end(self) -> None:
        """Wait for the process, end whatever it left, read what is still in the pipes, give everything back."""
        self._child.wait()
        self._watchdog.close()
        self._cancel.forget(self._watchdog.cancel)
        self._child.kill()
        if self._broker:
            self._broker.close()
        if not self._layers.seccomp:  # with the filter nobody can have been started
            strays.end_run(self._spec.home_id, self._spec.run_id, self._child.pid, self._spec.work_dir)
        self._read_rest()
        for capture in (self._out, self._err):
            if self._child.nobody_writes:
                capture.take_rest()
            else:
                capture.finish(_PIPE_ENDS_S)
            capture.close()
        self._code = self._child.close()
        self._conversation.finish()

    def _read_rest(self) -> None:
        """What the process had sent before its end; requests are left, for nobody waits for their answer."""
        if self._broken or os.name == "nt":
            return
        left_bytes = _MAX_REST_BYTES
        try:
            while left_bytes > 0 and (chunk := self._inbox.read_now()):
                left_bytes -= len(chunk)
                for message in self._frames.feed(chunk):
                    self._conversation.handle(message, answer=False)
        except BrokenFrameError as error:
            self._broken = str(error)


def _own_variables(spec: RunSpec) -> dict[str, str]:
    """Of the environment, what a warm launcher does not have already."""
    folder = str(spec.work_dir.absolute())
    return {
        "QNTX_RUN": strays.marker(spec.home_id, spec.run_id),
        "HOME": folder,
        "TMPDIR": os.path.join(folder, work_folder.TEMPORARY),  # noqa: PTH118 - for each run
        "MALLOC_ARENA_MAX": "2",  # each further arena of glibc takes 64 MB of the address space
    }


def _broker_for(spec: RunSpec, sink: Sink) -> Broker | None:
    """The run's way to the network; none where sockets cannot be handed over, then it is advised."""
    return Broker(_rules(spec), _ledger_to(spec, sink)) if spec.hands_over else None


def _rules(spec: RunSpec) -> NetworkRules:
    return NetworkRules(hosts=spec.network, is_offline=spec.is_offline, own_ports=spec.own_ports)


def _ledger_to(spec: RunSpec, sink: Sink) -> Callable[[Connection], None]:
    def heard(connection: Connection) -> None:
        sink.connected(replace(connection, host=spec.masker.text(connection.host)))

    return heard


def _start_message(
    spec: RunSpec, confined: dict[str, Any] | None, variables: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "code": spec.code,
        "filename": spec.filename,
        "command": spec.command,
        "script_type": spec.script_type,
        "args": list(spec.args),
        "options": read_options(spec.args),
        "last_run_us": spec.last_run_us,
        "state": dict(spec.state),
        "payload": spec.payload,
        "upstream": spec.upstream,
        "site_paths": list(spec.site_paths),
        "folder": str(spec.work_dir.absolute()),
        "environment": variables,
        "limits": limits_for(spec.memory_bytes, spec.timeout_s),
        "orders": confined,
    }


def _orders(spec: RunSpec, layers: Layers) -> dict[str, Any] | None:
    return orders(
        read=(*_common(spec), *_own_read(spec)),
        write=tuple(map(str, spec.write_paths)),
        listed=tuple(map(str, spec.list_paths)),
        layers=layers,
        work_dir=os.path.realpath(spec.work_dir),
    )


def _orders_of_run(spec: RunSpec, layers: Layers) -> dict[str, Any]:
    return orders_of_run(
        common=_common(spec),
        read=_own_read(spec),
        listed=tuple(map(str, spec.list_paths)),
        layers=layers,
        work_dir=str(spec.work_dir.absolute()),
    )


def _common(spec: RunSpec) -> tuple[str, ...]:
    return readable(spec.interpreter or interpreter())


def _own_read(spec: RunSpec) -> tuple[str, ...]:
    return (*spec.site_paths, *map(str, spec.read_paths))


def sandbox_level() -> str:
    """The level of confinement that runs have on this computer; the first call tries it out."""
    return report().level.value


def level_is_known() -> bool:
    """Whether `sandbox_level` answers at once."""
    return was_found()
