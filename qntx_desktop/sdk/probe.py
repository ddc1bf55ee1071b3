"""Confine this process like a handler's, then try everything that must be refused. Standard library only.

The app starts this file in a process to throw away: orders on stdin, on stdout one object `{"open": [...]}` with
the denials that do not hold. A try that fails for another reason than a refusal counts as open.
"""

from __future__ import annotations

# What is tried are the system calls, by their plain names.
# ruff: noqa: PTH101, PTH102, PTH108, PTH123, PTH208, PTH211
import ctypes
import errno
import json
import os
import signal
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_REFUSALS = (errno.EPERM, errno.EACCES, errno.ENOSYS)
_CALLS = {
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "perf_event_open": (298, 241),
    "bpf": (321, 280),
    "keyctl": (250, 219),
    "io_uring_setup": (425, 425),
    "unshare": (272, 97),
    "chroot": (161, 51),
    "kexec_load": (246, 104),
    "memfd_create": (319, 279),
    "shmget": (29, 194),
}
_NEW_USER_NAMESPACE = 0x10000000
_library = ctypes.CDLL(None, use_errno=True)


def main() -> None:
    """Read orders, carry them out, try, print."""
    said = json.loads(sys.stdin.buffer.read())
    folder = __file__.rpartition("/")[0]
    sys.path.append(folder)
    import socket

    __import__("qntx._confine")
    if said["orders"] is not None:
        sys.modules["qntx._confine"].confine(said["orders"])
    found = [name for name, tries in _tries(said["work"], said["outside"], socket).items() if _any_open(tries)]
    json.dump({"open": found}, sys.stdout)


def _any_open(tries: list[Callable[[], Any]]) -> bool:
    return any(_is_open(one) for one in tries)


def _is_open(one: Callable[[], Any]) -> bool:
    try:
        one()
    except OSError as error:
        return error.errno not in _REFUSALS
    return True


def _tries(work: str, outside: str, socket: Any) -> dict[str, list[Callable[[], Any]]]:
    kept, readable = f"{outside}/kept", f"{outside}/readable"
    return {
        "read": [
            lambda: open(kept).close(),
            lambda: os.listdir(outside),
            lambda: open("/proc/self/environ").close(),
            lambda: os.listdir("/proc"),
        ],
        "write": [
            lambda: open(kept, "a").close(),
            lambda: open(f"{outside}/new", "x").close(),
            lambda: os.truncate(readable, 0),
            lambda: os.close(os.open(readable, os.O_RDONLY | os.O_TRUNC)),
            lambda: os.mkdir(f"{outside}/folder"),
            lambda: os.symlink("kept", f"{outside}/link"),
            lambda: os.unlink(kept),
            lambda: _crossing(os.rename, readable, f"{work}/moved"),
            lambda: _crossing(os.link, readable, f"{work}/linked"),
        ],
        "network": [
            lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM).close(),
            lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).close(),
            lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW).close(),
        ],
        "local_sockets": [
            lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).close(),
            lambda: [each.close() for each in socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)],
        ],
        "processes": [_fork, lambda: os.execv(f"{outside}/absent", ["absent"])],
        "signals": [lambda: os.kill(os.getppid(), 0), lambda: os.kill(-1, 0)],
        "spying": [
            lambda: _call("ptrace", 0, 0, 0, 0),
            lambda: _call("process_vm_readv", os.getppid(), 0, 0, 0, 0, 0),
            lambda: _call("perf_event_open", 0, 0, 0, 0, 0),
            lambda: _call("bpf", 0, 0, 0),
            lambda: _call("keyctl", 0, -3, 0),
            lambda: _call("io_uring_setup", 1, 0),
        ],
        "system": [
            lambda: _call("unshare", _NEW_USER_NAMESPACE),
            lambda: _call("chroot", work.encode()),
            lambda: _call("kexec_load", 0, 0, 0, 0),
        ],
        "shared_memory": [lambda: _call("memfd_create", b"x", 0), lambda: _call("shmget", 0, 4096, 0o600)],
        "metadata": [
            lambda: os.chmod(work, 0o700),
            lambda: os.utime(kept),
            lambda: os.chown(kept, -1, -1),
            lambda: os.setxattr(work, "user.qntx", b"1"),
        ],
    }


def _crossing(move: Callable[[str, str], None], source: str, target: str) -> None:
    try:
        move(source, target)
    except OSError as error:
        if error.errno == errno.EXDEV:  # Landlock calls a forbidden move between folders one between disks
            raise PermissionError(errno.EPERM, error.strerror) from None
        raise


def _fork() -> None:
    if os.fork() == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    os.wait()


def _call(name: str, *args: int | bytes) -> None:
    ctypes.set_errno(0)
    if _library.syscall(_CALLS[name][os.uname().machine != "x86_64"], *args) < 0:
        raise OSError(ctypes.get_errno(), name)


if __name__ == "__main__":
    main()
