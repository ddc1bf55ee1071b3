"""Give up, for good, everything that the script has no business with. The last thing that happens before it starts.

Main thread of the handler's process, while it is the only one; Linux. The app has worked out the orders (paths,
rights, a filter in machine form); here they are handed to the kernel and nothing is decided. What cannot be carried
out raises, and the script does not start.

Speaks to the kernel through the C half of ctypes, because ctypes itself costs 3 ms.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_BELOW_PATH = 1
_SET_NO_NEW_PRIVS, _SET_SECCOMP, _FILTER_MODE = 38, 22, 2
_CAPABILITY_VERSION = 0x20080522
_O_PATH = 0x200000
_IS_FOLDER, _KIND = 0o040000, 0o170000
_INSTRUCTION_BYTES = 8


class NotConfinedError(Exception):
    """The kernel did not take an order; the message names it."""


class Kernel:
    """The few functions of the C library that are needed."""

    def __init__(self) -> None:
        import _ctypes

        own = _ctypes.dlopen(None, 0)  # type: ignore[arg-type]  # None is this process, as for dlopen(3)
        self._call = _ctypes.call_function
        self._at = {name: _ctypes.dlsym(own, name) for name in ("syscall", "prctl", "capset")}

    def call(self, order: str, name: str, *args: int | bytes | None) -> int:
        """Call a function; `order` says what for if it fails."""
        result: int = self._call(self._at[name], args)
        if result < 0:
            raise NotConfinedError(f"this handler could not be confined: {order} failed")
        return result


def confine(orders: dict[str, Any]) -> None:
    """Carry out the orders, files first, because the filter refuses what comes before it.

    Raises:
        NotConfinedError: An order failed.
    """
    kernel = Kernel()
    kernel.call("giving up privileges", "prctl", _SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    drop_capabilities(kernel)
    if "ruleset" in orders:
        restrict_files(kernel, bytes.fromhex(orders["ruleset"]), orders["rules"], orders["file_rights"])
    if "filter" in orders:
        filter_calls(kernel, bytes.fromhex(orders["filter"]), orders["pid_offsets"])


def drop_capabilities(kernel: Kernel) -> None:
    """Keep none of the powers of root; nothing changes for anybody else."""
    head = _CAPABILITY_VERSION.to_bytes(4, "little") + bytes(4)
    kernel.call("dropping capabilities", "capset", head, bytes(24))


def restrict_files(kernel: Kernel, ruleset: bytes, rules: Sequence[tuple[str, int]], file_rights: int) -> None:
    """Allow what the rules say below their paths, and nothing else; a path that is not there is left out."""
    ruleset_fd = begin_ruleset(kernel, ruleset)
    add_rules(kernel, ruleset_fd, rules, file_rights)
    close_ruleset(kernel, ruleset_fd)


def begin_ruleset(kernel: Kernel, ruleset: bytes) -> int:
    """A descriptor of rules that do not hold yet."""
    return kernel.call("making a ruleset", "syscall", _CREATE_RULESET, ruleset, len(ruleset), 0)


def add_rules(kernel: Kernel, ruleset_fd: int, rules: Sequence[tuple[str, int]], file_rights: int) -> None:
    """Allow something below each path; one that is not there is left out."""
    for path, rights in rules:
        try:
            fd = os.open(path, _O_PATH | os.O_CLOEXEC)
        except (OSError, ValueError):
            continue
        if os.fstat(fd).st_mode & _KIND != _IS_FOLDER:
            rights &= file_rights
        rule = rights.to_bytes(8, "little") + fd.to_bytes(4, "little")
        kernel.call(f"a rule for {path}", "syscall", _ADD_RULE, ruleset_fd, _BELOW_PATH, rule, 0)
        os.close(fd)


def close_ruleset(kernel: Kernel, ruleset_fd: int) -> None:
    """Let the rules hold from now on, and nothing besides."""
    kernel.call("restricting files", "syscall", _RESTRICT_SELF, ruleset_fd, 0)
    os.close(ruleset_fd)


def filled(program: bytes, pid_offsets: Sequence[int]) -> bytes:
    """The filter with this process's number where it is asked for."""
    own = os.getpid().to_bytes(4, "little")
    code = bytearray(program)
    for offset in pid_offsets:
        code[offset : offset + 4] = own
    return bytes(code)


def filter_calls(kernel: Kernel, program: bytes, pid_offsets: Sequence[int]) -> None:
    """Put a filter before every system call, now and in all threads to come."""
    code = filled(program, pid_offsets)
    address = id(code) + bytes.__basicsize__ - 1  # where CPython keeps the bytes of a bytes object
    head = (len(code) // _INSTRUCTION_BYTES).to_bytes(8, "little") + address.to_bytes(8, "little")
    kernel.call("filtering system calls", "prctl", _SET_SECCOMP, _FILTER_MODE, head, 0, 0)
