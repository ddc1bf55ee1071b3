"""One child process with its pipes, its group and its end. Lives in the launching thread; hides subprocess.

The parent-death signal fires when the *thread* that spawned ends, so that thread stays until the child is gone.
The child's number is given back only at the very end (`waitid` with WNOWAIT): until then its group can be signalled
without hitting a stranger.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from qntx_desktop.engines.sandbox.pipes import Wake
from qntx_desktop.model.errors import ErrUnexpected

_WINDOWS = sys.platform == "win32"


class Child:
    """A started process.

    Args:
        command: The first words; the numbers of the pipes and of this process are added.
        environment: All variables the child gets.
        folder: Where it starts.
        broker_fd: The child's way to the network broker, which it gets under the same number; None for none.

    Raises:
        ErrUnexpected: The system refuses to start it.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: dict[str, str],
        folder: Path,
        broker_fd: int | None = None,
    ) -> None:
        self._wake = Wake()
        self._lock = threading.Lock()
        self._ended = False
        self.messages_fd, send_fd = os.pipe()
        receive_fd, self.answers_fd = os.pipe()
        lifeline_fd, self._lifeline_fd = os.pipe()
        theirs = (send_fd, receive_fd, lifeline_fd)
        try:
            self._process = _start(command, theirs, environment, folder, broker_fd)
        except OSError as error:
            for fd in (self.messages_fd, self.answers_fd, self._lifeline_fd):
                os.close(fd)
            self._wake.close()
            raise ErrUnexpected(
                f"a process cannot be started: {error.strerror or error}", type(error).__name__
            ) from error
        finally:
            for fd in theirs:
                os.close(fd)
        self._job = _hold(self._process)
        self._waiter = threading.Thread(target=self._await_end, name="handler-waiter", daemon=True)
        self._waiter.start()

    @property
    def pid(self) -> int:
        """Its process id, which is also its group's and session's."""
        return self._process.pid

    @property
    def ended_fd(self) -> int:
        """Becomes readable when the process itself has ended."""
        return self._wake.fd

    @property
    def ended(self) -> bool:
        """True as soon as the process itself has ended; others of its group may live."""
        return self._ended

    begun = None
    """It has begun when it is made; see `WarmChild.begun`."""
    came_to_nothing = False

    @property
    def nobody_writes(self) -> bool:
        """Others may have its pipes as long as these are open."""
        return False

    def take_outputs(self) -> tuple[int, int]:
        """The reading ends of stdout and stderr; the caller closes them."""
        out, err = self._process.stdout, self._process.stderr
        if out is None or err is None:
            raise ErrUnexpected("a process was started without pipes")
        pair = (os.dup(out.fileno()), os.dup(err.fileno()))
        out.close()
        err.close()
        return pair

    def new_pidfd(self) -> int:
        """A descriptor of the process itself, which the caller closes; its number is still its own. Linux."""
        return os.pidfd_open(self._process.pid)

    def terminate(self) -> bool:
        """Ask the whole group to end, also when it is stopped; False if the child had ended already."""
        with self._lock:
            if self._ended:
                return False
            if _WINDOWS:  # there is no polite signal for a process without console; the kill follows
                return True
            self._signal(signal.SIGTERM)
            self._signal(signal.SIGCONT)
            return True

    def kill(self) -> None:
        """End the whole group at once."""
        with self._lock:
            if not _WINDOWS:
                self._signal(signal.SIGKILL)
            elif self._job is not None:
                self._job.terminate()
            else:
                self._process.kill()

    def wait(self) -> None:
        """Wait until the process itself has ended."""
        self._waiter.join()

    def close(self) -> int:
        """Wait for the end, give number and pipes back. Returns the exit code, negative for a signal."""
        self._waiter.join()
        code = self._process.wait()
        for fd in (self.messages_fd, self.answers_fd, self._lifeline_fd):
            os.close(fd)
        self._wake.close()
        if self._job is not None:
            self._job.close()
        return code

    def _signal(self, number: signal.Signals) -> None:
        try:
            os.killpg(self._process.pid, number)
        except (ProcessLookupError, PermissionError):  # nobody is left (macOS says "not permitted" of corpses)
            return

    def _await_end(self) -> None:
        if sys.platform == "linux":
            os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOWAIT)
        else:
            self._process.wait()
        with self._lock:
            self._ended = True
        self._wake.ring()


def _start(
    command: Sequence[str],
    theirs: tuple[int, int, int],
    environment: dict[str, str],
    folder: Path,
    broker_fd: int | None,
) -> subprocess.Popen[bytes]:
    words = [*command, *map(str, _inheritable(theirs)), str(os.getpid())]
    passed = theirs if broker_fd is None else (*theirs, broker_fd)
    extra: dict[str, object] = {"pass_fds": passed, "start_new_session": True}
    if sys.platform == "win32":
        startup = subprocess.STARTUPINFO(lpAttributeList={"handle_list": _inheritable(theirs)})
        extra = {"startupinfo": startup, "creationflags": subprocess.CREATE_NO_WINDOW}
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        cwd=folder,
        env=environment,
        close_fds=True,
        **extra,
    )


def _inheritable(descriptors: tuple[int, int, int]) -> list[int]:
    """What the child knows the pipes by: descriptors, on Windows inheritable handles."""
    if sys.platform == "win32":
        import msvcrt

        handles = [msvcrt.get_osfhandle(fd) for fd in descriptors]
        for handle in handles:
            os.set_handle_inheritable(handle, True)
        return handles
    return list(descriptors)


class _Job(Protocol):
    """A Windows job object; see `windows_job`."""

    def terminate(self) -> None: ...

    def close(self) -> None: ...


def _hold(process: subprocess.Popen[bytes]) -> _Job | None:
    if sys.platform == "win32":
        from qntx_desktop.engines.sandbox.windows_job import Job

        return Job(int(process._handle))
    return None
