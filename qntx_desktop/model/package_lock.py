"""Exactly which packages a piece of code runs with. Pure; any thread."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_PIN = re.compile(r"(?m)^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==(\S+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageLock:
    """Pins with hashes, in the form of a requirements file.

    Args:
        text: One pin a package, each with the hashes of its files.
        python: The version of Python it was made for, such as `3.12`.
    """

    text: str
    python: str

    @property
    def pins(self) -> tuple[str, ...]:
        """`httpx==0.28.1` of each package, in order."""
        return tuple(f"{name}=={version}" for name, version in _PIN.findall(self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """How packages may be got, and who is told about it.

    Args:
        say: Told what is going on, in a few words.
        cancelled: Asked often; True stops it.
        offline: Use only what is on this machine.
    """

    say: Callable[[str], None] = lambda _words: None
    cancelled: Callable[[], bool] = lambda: False
    offline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """A Python to run with, and the folders of its packages, absolute."""

    python: str
    site_paths: tuple[str, ...] = ()
