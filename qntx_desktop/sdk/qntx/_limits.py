"""What the handler's process takes upon itself before the script starts: limits, and death with the app.

Main thread of the handler's process. Written for Linux; macOS gets the lifeline instead of the parent-death signal,
Windows the app's job object besides.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

LOST_APP_EXIT = 70
_PR_SET_PDEATHSIG = 1
_SIGKILL = 9
_SPARE_BYTES = 48 << 20
_RESERVE_BYTES = 4 << 20

reserve: bytes | None = None
"""Address space, never touched, that is given up when memory has run out, so that the report can begin."""


def die_with(parent: int, lifeline_fd: int) -> None:
    """Arrange that this process ends when the app does, even if the app is killed.

    Args:
        parent: The process id of the app.
        lifeline_fd: A pipe that nobody writes to; its end means that the app has gone.
    """
    if not (sys.platform == "linux" and _set_parent_death_signal()):
        from _thread import start_new_thread  # only where it is needed

        start_new_thread(_await_end, (lifeline_fd,))
    if sys.platform != "win32" and os.getppid() != parent:
        os._exit(LOST_APP_EXIT)


def apply(limits: dict[str, Any]) -> None:
    """Set resource limits by the name of their constant, such as `{"RLIMIT_AS": 536870912}`.

    The hard limit of memory is a little higher, so that running out of it can still be reported.
    """
    try:
        import resource  # not on Windows
    except ImportError:
        return
    for name, wanted in limits.items():
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        ceiling = resource.getrlimit(kind)[1]
        value = wanted if ceiling == resource.RLIM_INFINITY else min(wanted, ceiling)
        hard = value + _SPARE_BYTES if name == "RLIMIT_AS" and value == wanted else value
        if ceiling != resource.RLIM_INFINITY:
            hard = min(hard, ceiling)
        try:
            resource.setrlimit(kind, (value, hard))
        except (OSError, ValueError) as error:  # macOS refuses RLIMIT_AS; docs/handlers.md says so
            if sys.platform == "linux":
                raise SystemExit(f"the limit {name} cannot be set: {error}") from None


def put_by() -> None:
    """Put the reserve by, where memory has a limit.

    Not in a process that forks handlers: to whoever has given so much back the C library gives the next from a
    place where all of it is touched.
    """
    global reserve
    if sys.platform != "win32":
        reserve = bytes(_RESERVE_BYTES)


def spare_memory() -> None:
    """Raise the limit of memory to its hard value, so that a report can be made after running out."""
    try:
        import resource  # not on Windows

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    except (ImportError, OSError, ValueError):
        return


def end_with_parent(call: Callable[..., int], parent: int) -> None:
    """The same as `die_with` for who has the way to the kernel already; Linux.

    Args:
        call: `_confine.Kernel.call`, which raises what goes wrong.
    """
    call("ending with the launcher", "prctl", _PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(LOST_APP_EXIT)


def _set_parent_death_signal() -> bool:
    try:  # ctypes itself costs 3 ms; its C half has all that one call needs
        import _ctypes

        own = _ctypes.dlopen(None, 0)  # type: ignore[arg-type]  # None is this process, as for dlopen(3)
        address = _ctypes.dlsym(own, "prctl")
        return bool(_ctypes.call_function(address, (_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)) == 0)
    except (ImportError, AttributeError, OSError):
        return False


def _await_end(lifeline_fd: int) -> None:
    try:
        while os.read(lifeline_fd, 1):
            continue
    finally:
        os._exit(LOST_APP_EXIT)
