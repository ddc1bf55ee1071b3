"""Warm launchers: one small process for each interpreter, from which handlers are forked in a few milliseconds.

Any thread may start a child. A launcher that is gone is replaced by the next request, and whoever gets none starts
a process the long way: absence only costs speed. Linux, where system calls can be filtered.

The app knows a child by a pidfd and learns its exit status from the launcher, which is code of ours and the child's
parent; the child has no descriptor that leads there.
"""

from __future__ import annotations

import json
import logging
import os
import select
import signal
import socket
import subprocess
import threading
import weakref
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from qntx_desktop.engines.interpreter import clean_environment, start_of_command
from qntx_desktop.engines.interpreter import interpreter as bundled
from qntx_desktop.engines.sandbox import strays
from qntx_desktop.engines.sandbox.confinement.plan import Layers, orders, orders_ahead
from qntx_desktop.engines.sandbox.confinement.system_paths import readable
from qntx_desktop.engines.sandbox.work_folder import SpareFolders

AHEAD = 2
MOST_LAUNCHERS = 4
_ANSWERS_S = 10.0
_ENDS_S = 5.0
_INT_BYTES = 4
_log = logging.getLogger(__name__)


class NoLauncherError(Exception):
    """There is no launcher for this run; start it the long way."""


class WarmLaunchers:
    """The launchers of one app.

    Args:
        home_id: Marks their processes like those of runs, so that a later start of the app finds and ends them.
        work_dir: The folder of all work folders; nothing else can be written by what they start.
        ahead: How many children each keeps waiting.
        first: Which request for an interpreter starts its launcher: who runs one handler only needs none.

    Attributes:
        spares: Work folders for handlers that start here.
    """

    def __init__(self, home_id: str, work_dir: Path, *, ahead: int = AHEAD, first: int = 2) -> None:
        self._home_id = home_id
        self._work_dir = work_dir
        self._ahead = ahead
        self._first = first
        self._requests: Counter[tuple[str | None, Layers]] = Counter()
        self._lock = threading.Lock()
        self._launchers: dict[tuple[str | None, Layers], _Launcher] = {}
        self._closed = False
        self.spares = SpareFolders(work_dir)

    def start(self, interpreter: str | None, layers: Layers, broker_fd: int | None) -> WarmChild:
        """Start a child, which then waits for its first message.

        Args:
            interpreter: The Python of an environment; None: the one without packages.
            layers: How it is confined.
            broker_fd: Its way to the network; None for none.

        Raises:
            NoLauncherError: There is none, and none can be started.
        """
        for _ in range(2):  # the first may have died since it was used last
            launcher = self._launcher(interpreter, layers)
            try:
                return launcher.start(broker_fd, partial(self._forget, launcher))
            except ConnectionError as error:
                _log.warning("a warm launcher is gone: %s", error)
                self._forget(launcher)
            except OSError as error:  # want of descriptors here: the launcher and what runs in it go on
                raise NoLauncherError(f"a warm launcher cannot be asked: {error}") from error
        raise NoLauncherError("no warm launcher answers")

    def pids(self) -> list[int]:
        """Process ids of the launchers that are there."""
        with self._lock:
            return [launcher.pid for launcher in self._launchers.values()]

    def close(self) -> None:
        """End them all, and what still runs in them; none is started any more."""
        with self._lock:
            self._closed = True
            launchers = list(self._launchers.values())
            self._launchers.clear()
        for launcher in launchers:
            launcher.close()
        self.spares.close()

    def _launcher(self, interpreter: str | None, layers: Layers) -> _Launcher:
        key = (interpreter, layers)
        with self._lock:
            if self._closed:
                raise NoLauncherError("the app is closing")
            self._requests[key] += 1
            if self._requests[key] < self._first:
                raise NoLauncherError("one handler alone starts as fast without")
            found = self._launchers.pop(key, None)
            try:
                launcher = found or self._new(interpreter, layers)
            except OSError as error:
                raise NoLauncherError(f"no warm launcher can be started: {error}") from error
            self._launchers[key] = launcher  # the one used last is last
            retired = self._retired()
        if retired is not None:
            retired.close()
        return launcher

    def _retired(self) -> _Launcher | None:
        """The one that was not used for longest, if there are many and it has nothing to do."""
        if len(self._launchers) > MOST_LAUNCHERS:
            for key, each in list(self._launchers.items())[:-1]:
                if each.idle:
                    return self._launchers.pop(key)
        return None

    def _new(self, interpreter: str | None, layers: Layers) -> _Launcher:
        self._work_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        said = {
            "orders": orders(
                read=("/",), write=(), layers=layers, work_dir=os.path.realpath(self._work_dir), forks=True
            ),
            "ahead": self._ahead,
            "ready": orders_ahead(readable(interpreter or bundled()), layers),
        }
        environment = clean_environment(
            QNTX_RUN=strays.marker(self._home_id, "launcher"),
            MALLOC_ARENA_MAX="2",
            LD_BIND_NOW="1",  # look all functions of libraries up before the first fork, not in each child
        )
        return _Launcher(start_of_command("warm.py", interpreter), environment, said)

    def _forget(self, launcher: _Launcher) -> None:
        with self._lock:
            for key in [key for key, each in self._launchers.items() if each is launcher]:
                del self._launchers[key]
        launcher.close()


class _Launcher:
    """One launcher process."""

    def __init__(self, command: Sequence[str], environment: dict[str, str], said: Mapping[str, object]) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        unread, output = os.pipe()  # a pipe, because Python's streams remember what kind of file they write to
        try:
            with theirs:
                self._process = subprocess.Popen(
                    [*command, str(theirs.fileno())],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    cwd="/",
                    env=environment,
                    pass_fds=(theirs.fileno(),),
                    start_new_session=True,
                )
            self._control.send(json.dumps(said).encode())
            self._children: weakref.WeakSet[WarmChild] = weakref.WeakSet()
        except BaseException:
            self._control.close()
            raise
        finally:
            os.close(unread)
            os.close(output)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def idle(self) -> bool:
        """True when none of its children runs."""
        return not any(child.running for child in self._children)

    def start(self, broker_fd: int | None, lost: Callable[[], None]) -> WarmChild:
        """Ask for a child.

        Args:
            lost: Called when it turns out later that the launcher does not answer.

        Raises:
            ConnectionError: The launcher is gone.
            OSError: It cannot be asked.
        """
        pipes = _Pipes()
        try:
            status, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        except BaseException:
            pipes.close_ours()
            pipes.close_theirs()
            raise
        try:
            with theirs:
                fds = [theirs.fileno(), *pipes.theirs, *([] if broker_fd is None else [broker_fd])]
                socket.send_fds(self._control, [b"run"], fds)
        except BaseException:
            status.close()
            pipes.close_ours()
            raise
        finally:
            pipes.close_theirs()
        child = WarmChild(status, pipes, lost)
        self._children.add(child)
        return child

    def close(self) -> None:
        """End it and its children."""
        self._control.close()
        try:
            self._process.wait(_ENDS_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class _Pipes:
    """Output, errors, messages and answers of one child."""

    def __init__(self) -> None:
        made: list[int] = []
        try:
            for _ in range(4):
                made += os.pipe()
        except OSError:
            for fd in made:
                os.close(fd)
            raise
        self.out_fd, out, self.err_fd, err, self.messages_fd, messages, answers, self.answers_fd = made
        self.theirs = (out, err, messages, answers)

    def close_theirs(self) -> None:
        for fd in self.theirs:
            os.close(fd)

    def close_ours(self) -> None:
        for fd in (self.out_fd, self.err_fd, self.messages_fd, self.answers_fd):
            os.close(fd)


class WarmChild:
    """A child of a launcher, with the face of `process.Child`.

    The launcher says when it has begun, and how it has ended. The first is only listened to when somebody wants to
    know, because the app would wake once more for it; until then `ended_fd` must not be looked at.

    Args:
        lost: Called when the launcher does not say a word.

    Attributes:
        came_to_nothing: Whether it has never begun.
    """

    def __init__(self, status: socket.socket, pipes: _Pipes, lost: Callable[[], None]) -> None:
        self.messages_fd = pipes.messages_fd
        self.answers_fd = pipes.answers_fd
        self.ended_fd = status.fileno()
        self.came_to_nothing = False
        self._outputs = (pipes.out_fd, pipes.err_fd)
        self._status = status
        self._lost = lost
        self._lock = threading.Lock()
        self._pid = 0
        self._pidfd = -1
        self._heard = False
        self._code: int | None = None
        self._was_told = False

    def begun(self) -> None:
        """Wait until it has begun; any thread."""
        with self._lock:
            if self._heard:
                return
            self._heard = True
            try:
                self._status.settimeout(_ANSWERS_S)
                raw, pidfds, _, _ = socket.recv_fds(self._status, _INT_BYTES, 1)
                self._status.settimeout(None)
            except OSError as error:
                _log.warning("a warm launcher does not answer: %s", error)
                raw, pidfds = b"", []
            if pidfds:
                self._pid, self._pidfd = int.from_bytes(raw, "little"), pidfds[0]
                return
            self.came_to_nothing = True
            with suppress(OSError):
                self._status.shutdown(socket.SHUT_RDWR)  # now it is readable
        self._lost()

    @property
    def pid(self) -> int:
        """Its process id; 0 if it came to nothing."""
        self.begun()
        return self._pid

    @property
    def running(self) -> bool:
        """True until its end was noticed."""
        return self._code is None

    @property
    def nobody_writes(self) -> bool:
        """True when its end was told: it was alone, and the launcher, which may hold the pipes, never writes."""
        return self._was_told

    def say_first(self, message: bytes) -> bytes:
        """Put its first message into its pipe, as far as there is room; returns the rest.

        A pipe may hold little: the kernel makes them small when all programs of a person together have many.
        """
        os.set_blocking(self.answers_fd, False)
        try:
            return message[os.write(self.answers_fd, message) :]
        except BlockingIOError:
            return message
        except BrokenPipeError:  # nobody has begun and nobody will; `wait` says so
            return b""

    def give_up(self) -> None:
        """End it and give everything back, before its outputs were taken over."""
        self.kill()
        for fd in self._outputs:
            os.close(fd)
        self.close()

    def take_outputs(self) -> tuple[int, int]:
        """The reading ends of stdout and stderr; the caller closes them."""
        return self._outputs

    def new_pidfd(self) -> int:
        """A descriptor of the process, which the caller closes."""
        self.begun()
        return os.dup(self._pidfd)

    def terminate(self) -> bool:
        """Ask it to end, also when it is stopped; False if it had ended already."""
        self.begun()
        if self.came_to_nothing or select.select([self._pidfd], [], [], 0)[0]:
            return False
        return self._signal(signal.SIGTERM) and self._signal(signal.SIGCONT)

    def kill(self) -> None:
        """End it at once; it cannot have started others."""
        self.begun()
        if not (self._was_told or self.came_to_nothing):
            self._signal(signal.SIGKILL)

    def wait(self) -> None:
        """Wait until it has ended."""
        if self._code is None:
            self.begun()
            raw = self._told()
            self._was_told = bool(raw)
            # Without a word the launcher is gone, and the kernel has killed its children with it.
            self._code = os.waitstatus_to_exitcode(int.from_bytes(raw, "little")) if raw else -signal.SIGKILL

    def close(self) -> int:
        """Wait for the end, give everything back. Returns the exit code, negative for a signal."""
        self.wait()
        for fd in (self.messages_fd, self.answers_fd, *([] if self.came_to_nothing else [self._pidfd])):
            os.close(fd)
        self._status.close()
        return -signal.SIGKILL if self._code is None else self._code

    def _told(self) -> bytes:
        try:
            return self._status.recv(_INT_BYTES)
        except OSError:
            return b""

    def _signal(self, number: signal.Signals) -> bool:
        try:
            signal.pidfd_send_signal(self._pidfd, number)
        except ProcessLookupError:
            return False
        return True
