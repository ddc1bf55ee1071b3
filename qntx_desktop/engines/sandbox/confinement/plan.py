"""What one run is confined to, and the orders its process carries out on itself before the script starts. Pure.

The process receives finished bytes and knows nothing of the reasons: see `sdk/qntx/_confine.py`. An order that
cannot be carried out ends the process; it never runs with less than was ordered.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qntx_desktop.engines.sandbox.confinement import landlock, seccomp
from qntx_desktop.engines.sandbox.confinement.system_paths import SYSTEM_WRITE


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """Which parts of the confinement are used; all that work here, unless a test takes some away.

    Args:
        landlock_abi: 0 to do without; a number below the kernel's own acts like an older kernel.
        seccomp: Whether system calls are filtered.
    """

    landlock_abi: int
    seccomp: bool

    @property
    def names(self) -> tuple[str, ...]:
        """For people: `landlock 7`, `seccomp`."""
        named = [f"landlock {self.landlock_abi}"] if self.landlock_abi else []
        return (*named, "seccomp") if self.seccomp else tuple(named)


def orders(
    *,
    read: Sequence[str],
    write: Sequence[str],
    layers: Layers,
    work_dir: str,
    listed: Sequence[str] = (),
    forks: bool = False,
) -> dict[str, Any] | None:
    """What the process has to do to itself; None when there is nothing.

    Args:
        read: All that it may read, its interpreter included.
        write: What it may change besides its work folder.
        listed: Folders whose names it may list.
        forks: It is the warm launcher, not a handler.
    """
    if not (layers.landlock_abi or layers.seccomp):
        return None
    found: dict[str, Any] = {"writable": [work_dir, *write]}
    if layers.landlock_abi:
        found["ruleset"] = landlock.ruleset(layers.landlock_abi).hex()
        found["rules"] = landlock.rules(layers.landlock_abi, read, (*SYSTEM_WRITE, work_dir, *write), listed)
        found["file_rights"] = landlock.FILE_RIGHTS
    if layers.seccomp:
        part: seccomp.Part = "launcher" if forks else "all"
        found["filter"], found["pid_offsets"] = _filter(layers.landlock_abi or 3, part)
    return found


def orders_ahead(common: Sequence[str], layers: Layers) -> dict[str, Any]:
    """What a child of the warm launcher can do to itself before it knows its run.

    Args:
        common: What every run may read, its interpreter included.
        layers: With the filter; without it nobody is forked ahead.
    """
    folders, _ = _split(tuple(common))
    found = orders(read=folders, write=(), layers=layers, work_dir=os.devnull)
    if found is None:
        raise ValueError("nothing is to be done ahead")
    found["filter"], found["pid_offsets"] = _filter(layers.landlock_abi or 3, "rest")
    return found


def orders_of_run(
    *, common: Sequence[str], read: Sequence[str], layers: Layers, work_dir: str, listed: Sequence[str] = ()
) -> dict[str, Any]:
    """The rest of it: what is this run's own. Its process sees by itself where its work folder really is."""
    _, files = _split(tuple(common))
    return {
        "rules": landlock.rules(layers.landlock_abi, (*files, *read), (work_dir,), listed),
    }


@functools.lru_cache(maxsize=32)
def _split(common: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stays where it is, and plain files, which systems replace when they are brought up to date."""
    files = tuple(path for path in common if os.path.isfile(path))  # noqa: PTH113 - paths come and go as text
    return tuple(path for path in common if path not in files), files


@functools.cache
def _filter(landlock_abi: int, part: seccomp.Part) -> tuple[str, tuple[int, ...]]:
    program = seccomp.program(os.uname().machine, landlock_abi=landlock_abi, part=part)
    return program.code.hex(), program.pid_offsets
