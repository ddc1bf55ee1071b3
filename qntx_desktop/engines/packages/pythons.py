"""Which Python on this machine meets what code requires. Any thread; asks interpreters once per process."""

from __future__ import annotations

import functools
import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from qntx_desktop.engines.interpreter import clean_environment, interpreter
from qntx_desktop.engines.packages.uv_tool import call_uv
from qntx_desktop.model.errors import ErrPythonRequired, ErrUnexpected
from qntx_desktop.model.package_lock import Fetch
from qntx_desktop.model.python_version import Version, meets

OLDEST: Version = (3, 11)
"""What runs inside handlers needs this Python."""
_ASK_S = 20.0


def python_for(requires: str) -> tuple[str, Version]:
    """A Python that meets a condition: the app's own if it does, else another one that is installed.

    Args:
        requires: As `Permissions.requires_python`; empty: the app's own.

    Returns:
        Its path and its version.

    Raises:
        ErrPythonRequired: There is none here.
    """
    own = interpreter()
    version = version_of(own)
    if meets(version, requires):
        return own, version
    found = _another(requires)
    if found is not None:
        other = version_of(found)
        if other >= OLDEST and meets(other, requires):
            return found, other
    raise ErrPythonRequired(requires, ".".join(map(str, version)))


@functools.lru_cache(maxsize=32)
def version_of(python: str) -> Version:
    """The version of an interpreter.

    Raises:
        ErrUnexpected: It cannot be asked.
    """
    if python in (sys.executable, getattr(sys, "_base_executable", "")) and not getattr(sys, "frozen", False):
        return sys.version_info[:3]
    try:
        return tuple(map(int, _ask(python, "print(*sys.version_info[:3])").split()))
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise ErrUnexpected(f"{python} does not say its version: {error}", "python") from error


@functools.lru_cache(maxsize=32)
def _another(requires: str) -> str | None:
    """A Python on this machine that meets a condition; the newest is listed first."""
    ended = call_uv(["python", "list", "--only-installed", "--output-format", "json"], None, Fetch(offline=True))
    try:
        listed = json.loads(ended.out)
        return next(filter(None, (_usable(each, requires) for each in listed)), None)
    except (ValueError, TypeError, KeyError):
        return None


def _usable(listed: Mapping[str, Any], requires: str) -> str | None:
    parts = listed["version_parts"]
    version = (int(parts["major"]), int(parts["minor"]), int(parts["patch"]))
    if listed["implementation"] != "cpython" or version < OLDEST or not meets(version, requires):
        return None
    try:
        # What is listed may be a script that starts another program, which no sandbox would let it do.
        real = _ask(str(listed["path"]), "print(getattr(sys, '_base_executable', '') or sys.executable)").strip()
        return real if version_of(real) == version else None
    except (OSError, subprocess.SubprocessError, ErrUnexpected):
        return None


def _ask(python: str, question: str) -> str:
    ended = subprocess.run(
        [python, "-I", "-S", "-c", f"import sys; {question}"],
        capture_output=True,
        env=clean_environment(),
        timeout=_ASK_S,
        check=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    return ended.stdout.decode("utf-8", "replace")
