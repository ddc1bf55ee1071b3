"""Find and end processes that a run left behind, wherever they have gone. Any thread; Linux, through /proc.

A process belongs to a run if its environment carries the run's marker, if it lives in the run's session, or if it
stands in the run's work folder. One that sheds all three (a new session, an empty environment, another folder) is
not found; the sandbox proper will hold it. Elsewhere than on Linux the group and the lifeline have to do.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

MARKER = "QNTX_RUN"
_ENVIRONMENT_BYTES = 1 << 16
_PATIENCE_S = 10.0
_CLEAN_LOOKS = 10
_PAUSE_S = 0.002
_LONGEST_PAUSE_S = 0.05

Belongs = Callable[[int], bool]


def marker(home_id: str, run_id: str) -> str:
    """The value of the marker variable of a run."""
    return f"{home_id}:{run_id}"


def end_run(home_id: str, run_id: str, session: int, work_dir: Path) -> int:
    """End every process of one run, the started one excepted (it is a corpse that holds its number).

    Returns:
        How many were found.
    """
    wanted = f"{MARKER}={marker(home_id, run_id)}".encode()
    folder = os.path.realpath(work_dir)

    def belongs(pid: int) -> bool:
        if pid == session:
            return False
        return _carries(pid, wanted, whole=True) or _lives_in(pid, session) or _stands_in(pid, folder)

    return _end_all(belongs)


def reap_strays(home_id: str) -> int:
    """End every process that an earlier run of this home left, and wait until none is there.

    Called under the home's lock before the first job is claimed, so that no job runs twice at once.

    Returns:
        How many were found.
    """
    wanted = f"{MARKER}={home_id}:".encode()
    return _end_all(lambda pid: _carries(pid, wanted, whole=False))


def end_marked(home_id: str, run_id: str) -> int:
    """End every process that carries the mark of `run_id`, such as what a plugin left behind.

    Returns:
        How many were found.
    """
    wanted = f"{MARKER}={marker(home_id, run_id)}".encode()
    return _end_all(lambda pid: _carries(pid, wanted, whole=True))


def _end_all(belongs: Belongs) -> int:
    """Kill until a look round finds nobody, and no process was made anywhere during that look.

    One that forks and ends at once can hop past a look: gone before it is seen, its child not listed yet. On a
    machine that makes processes all the time, several looks in a row that find nobody have to do.
    """
    if sys.platform != "linux":
        return 0
    found: set[int] = set()
    started = time.monotonic()
    pause_s = _PAUSE_S
    clean = 0
    while True:
        newest = _newest_task()
        left = [pid for pid in _pids() if belongs(pid) and _kill(pid, belongs)]
        clean = 0 if left else clean + 1
        quiet = clean > 0 and newest == _newest_task()
        if quiet or clean >= _CLEAN_LOOKS or time.monotonic() - started > _PATIENCE_S:
            return len(found)
        if left and found.issuperset(left):
            time.sleep(pause_s)
            pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)
        found.update(left)


def _newest_task() -> bytes:
    """Number of the task that was made last, on the whole machine."""
    return Path("/proc/loadavg").read_bytes().rpartition(b" ")[2]


def _pids() -> Iterator[int]:
    own = os.getpid()
    with os.scandir("/proc") as entries:
        for entry in entries:
            if entry.name.isdecimal() and int(entry.name) != own:
                yield int(entry.name)


def _kill(pid: int, belongs: Belongs) -> bool:
    """Kill a process that still is the one that was looked at; False if it has gone."""
    try:
        handle = os.pidfd_open(pid)
    except OSError:
        return False
    try:
        if belongs(pid):
            signal.pidfd_send_signal(handle, signal.SIGKILL)
            return True
        return False
    except OSError:
        return False
    finally:
        os.close(handle)


def _carries(pid: int, wanted: bytes, *, whole: bool) -> bool:
    """Whether the environment of a process has an entry equal to, or starting with, `wanted`."""
    try:
        fd = os.open(f"/proc/{pid}/environ", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        environment = b"\0" + os.read(fd, _ENVIRONMENT_BYTES) + b"\0"
    except OSError:
        return False
    finally:
        os.close(fd)
    return b"\0" + wanted + (b"\0" if whole else b"") in environment


def _lives_in(pid: int, session: int) -> bool:
    """Whether a living process belongs to a session; a corpse does not count, for it cannot be killed again."""
    try:
        if os.getsid(pid) != session:
            return False
        line = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return False
    return line.rpartition(b")")[2].split()[0] not in (b"Z", b"X")


def _stands_in(pid: int, folder: str) -> bool:
    try:
        place = os.readlink(f"/proc/{pid}/cwd")  # noqa: PTH115 - called for each process of the machine
    except OSError:
        return False
    return place == folder or place.startswith((f"{folder}/", f"{folder} (deleted)"))
