"""The warm launcher: a small process that has `qntx` loaded already, and forks a child for each handler. Linux.

The app starts this file once for each interpreter. It has one thread and holds nothing of the app but one socket,
whose end means that the app is gone. It confines itself before the first fork; each child then confines itself
further, like a handler that was started the long way. A few children are forked ahead and wait.

A request brings descriptors: the run's status socket, then what the child needs. On the status socket go back the
child's number with a pidfd, and at its end the wait status, which only this process, its parent, can know.
"""

from __future__ import annotations

import _socket
import functools
import gc
import json
import os
import select
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, NoReturn

    Become = Callable[[int, Any, Sequence[int], Sequence[int], float], NoReturn]

_REQUEST_BYTES = 64
_ORDERS_BYTES = 1 << 17
_MOST_DESCRIPTORS = 8
_INT_BYTES = 4
_OPEN_FILES = 4096
_FIRST_FREE = 16
"""What a handler gets has its places below; here only blanks are there, so that it can be moved at once."""
_KILL = 9
_PAUSE_MS = 5
_BUSY_S = 0.05
"""Beside other runs a child is likely to be asked soon; a rehearsal would only take the processor from them."""
_WITHOUT_NETWORK = 4
_REHEARSALS = 12
"""So often the interpreter looks at code until it leaves it as it has become; each child would pay for a change."""


class Waiting:
    """A child that was forked ahead."""

    def __init__(self, pid: int, sock: Any) -> None:
        self.pid = pid
        self.pidfd = os.pidfd_open(pid)
        self.sock = sock


class Launcher:
    """Forks children and tells how they ended.

    Args:
        control: The socket to the app.
        ahead: How many children wait.
        rules: Makes descriptors of rules that a child will put on; each child needs its own.
        become: What a child does: takes the launcher's number, either a socket, from which its request will come,
            or the descriptors of one, its rules, and how long it waits to be asked before it rehearses; runs one
            handler, never returns.
    """

    def __init__(self, control: Any, ahead: int, rules: Callable[[], Sequence[int]], become: Become) -> None:
        self._control = control
        self._ahead = ahead
        self._make_rules = rules
        self._rules: Sequence[int] | None = None
        self._become = become
        self._own = os.getpid()
        self._waiting: list[Waiting] = []
        self._running: dict[int, tuple[int, Any, Sequence[int]]] = {}
        self._poll = select.poll()
        self._poll.register(control.fileno(), select.POLLIN)

    def serve(self) -> None:
        """Answer requests until the app is gone, which ends every child as well."""
        while True:
            if self._rules is None:  # not at once: whoever asked for a child comes first
                self._rules = self._make_rules()
            ready = self._poll.poll(self._patience_ms())
            if not ready:
                self._waiting.append(self._fork_ahead())
            for fd, _ in ready:
                if fd in self._running:
                    self._tell_end(fd)
                elif not self._take_request():
                    self._end_all()
                    return

    def _end_all(self) -> None:
        for pid in [child.pid for child in self._waiting] + [run[0] for run in self._running.values()]:
            os.kill(pid, _KILL)
            os.waitpid(pid, 0)

    def _patience_ms(self) -> int | None:
        """How long to wait before forking ahead: not beside a handler that has just started, if another waits."""
        if len(self._waiting) >= self._ahead:
            return None
        return _PAUSE_MS if self._waiting else 0

    def _take_request(self) -> bool:
        data, fds = receive(self._control, _REQUEST_BYTES)
        if not data:
            return False
        status = _socket.socket(_socket.AF_UNIX, _socket.SOCK_SEQPACKET, 0, fds.pop(0))
        pid, pidfd = self._hand_over(data, fds) or self._fork_now(fds)
        self._running[pidfd] = (pid, status, fds)
        self._poll.register(pidfd, select.POLLIN)
        try:
            send(status, pid.to_bytes(_INT_BYTES, "little"), [pidfd])
        except OSError:  # the app has given this run up
            os.kill(pid, _KILL)
        return True

    def _hand_over(self, data: bytes, fds: Sequence[int]) -> tuple[int, int] | None:
        """Give a request to a child that waits; its number and pidfd, None when none waits."""
        while self._waiting:
            child = self._waiting.pop()
            try:
                send(child.sock, data, fds)
            except OSError:  # it was killed while it waited
                os.close(child.pidfd)
                os.waitpid(child.pid, 0)
                continue
            finally:
                child.sock.close()
            return child.pid, child.pidfd
        return None

    def _tell_end(self, pidfd: int) -> None:
        """Say how a child ended, and only then let go of its pipes: the app wakes once, not for each of them."""
        pid, status, fds = self._running.pop(pidfd)
        _, ended = os.waitpid(pid, 0)
        try:
            status.send(ended.to_bytes(_INT_BYTES, "little"))
        except OSError:  # nobody waits for it any more
            return
        finally:
            self._poll.unregister(pidfd)
            status.close()
            for fd in (pidfd, *fds):
                os.close(fd)

    def _fork_now(self, fds: Sequence[int]) -> tuple[int, int]:
        """A child for a request that is there already, which it inherits."""
        pid = os.fork()
        if pid == 0:
            self._become(self._own, None, fds, self._rules or (), 0.0)
        self._rules_are_used()
        return pid, os.pidfd_open(pid)

    def _fork_ahead(self) -> Waiting:
        ours, theirs = _socket.socketpair(_socket.AF_UNIX, _socket.SOCK_SEQPACKET)
        pid = os.fork()
        if pid == 0:
            self._become(self._own, theirs, (), self._rules or (), _BUSY_S if self._running else 0.0)
        theirs.close()
        self._rules_are_used()
        return Waiting(pid, ours)

    def _rules_are_used(self) -> None:
        """A child has taken them; no other may share them."""
        for fd in self._rules or ():
            os.close(fd)
        self._rules = None


def receive(sock: Any, most_bytes: int) -> tuple[bytes, list[int]]:
    """One datagram with its descriptors; empty when the other side is gone."""
    space = _socket.CMSG_SPACE(_MOST_DESCRIPTORS * _INT_BYTES)
    data, extras, _, _ = sock.recvmsg(most_bytes, space)
    raw = b"".join(value for _, _, value in extras)
    return data, [int.from_bytes(raw[at : at + 4], sys.byteorder) for at in range(0, len(raw), _INT_BYTES)]


def send(sock: Any, data: bytes, fds: Sequence[int]) -> None:
    """One datagram with descriptors."""
    raw = b"".join(fd.to_bytes(_INT_BYTES, sys.byteorder) for fd in fds)
    sock.sendmsg([data], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, raw)])


def _become(
    ready: Any, parent: int, sock: Any, fds: Sequence[int], rules: Sequence[int], within_s: float
) -> NoReturn:
    """In the child: get ready, wait for a request, put its descriptors where a handler has them, run."""
    code = 1
    try:
        ready.die_with(parent)
        os.setsid()
        if sock is not None:
            _close_all_but(sock.fileno(), *rules)
            if not _asked(sock, within_s):
                ready.rehearse()
                gc.collect()
                gc.freeze()
            _, fds = receive(sock, _REQUEST_BYTES)
        if fds:
            ready.fds = _place([*fds, *rules])[len(fds) :]
            code = sys.modules["qntx._run"].run_forked(ready, len(fds) > _WITHOUT_NETWORK)
    except BaseException:  # noqa: BLE001 - it must not go on as a second launcher
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(code)


def _asked(sock: Any, within_s: float) -> bool:
    return bool(select.select([sock.fileno()], [], [], within_s)[0])


def _close_all_but(*fds: int) -> None:
    """Let go of the launcher's socket, and of what runs of others have open."""
    start = _FIRST_FREE
    for fd in sorted(fds):
        os.closerange(start, fd)
        start = fd + 1
    os.closerange(start, _OPEN_FILES)


def _place(fds: Sequence[int]) -> Sequence[int]:
    """Output, errors, the two pipes to the app, the way to the network: from 1 on; everything else is closed."""
    for number, fd in enumerate(fds, start=1):
        os.dup2(fd, number, inheritable=number < 3)
    os.closerange(len(fds) + 1, _OPEN_FILES)
    return range(1, len(fds) + 1)


def _keep_places_free(control_fd: int) -> int:
    """Put blanks wherever descriptors of a run have to go, so that they come elsewhere. Returns its new number."""
    moved = os.open(os.devnull, os.O_RDONLY)
    while moved < _FIRST_FREE:
        moved = os.dup(moved)
    os.dup2(control_fd, moved, inheritable=False)
    os.dup2(0, control_fd, inheritable=False)
    return moved


def main() -> None:
    """Load everything, confine this process, serve."""
    import resource

    os.environ.pop("LD_BIND_NOW", None)
    folder = __file__.rpartition("/")[0]
    sys.path.append(folder)
    for name in ("qntx._run", "qntx._ready", "qntx._plain", "_sitebuiltins", "atexit", "datetime"):
        __import__(name)
    sys.path.remove(folder)
    most = min(_OPEN_FILES, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    control = _socket.socket(fileno=_keep_places_free(int(sys.argv[1])))
    said = json.loads(receive(control, _ORDERS_BYTES)[0] or b"null")
    if said is None:
        return
    sys.modules["qntx._confine"].confine(said["orders"])
    sys.modules["qntx._run"].get_ready()
    ready = sys.modules["qntx._ready"].Ready(said["ready"])
    for _ in range(_REHEARSALS):
        ready.rehearse()
    gc.collect()
    gc.freeze()
    Launcher(control, said["ahead"], ready.rules, functools.partial(_become, ready)).serve()


if __name__ == "__main__":
    main()
