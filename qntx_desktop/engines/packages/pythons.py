"""Which Python on this machine meets what code requires. Any thread; asks interpreters once per process."""

from __future__ import annotations

import functools
import subprocess
import sys

from qntx_desktop.engines.interpreter import clean_environment, interpreter
from qntx_desktop.engines.packages.uv_tool import call_uv
from qntx_desktop.model.errors import ErrPythonRequired, ErrUnexpected
from qntx_desktop.model.package_lock import Fetch
from qntx_desktop.model.python_version import Version, meets

OLDEST: Version = (3, 11)
"""What runs inside handlers needs this Python."""
_ASK_S = 20.0
_QUESTION = "import sys; print(*sys.version_info[:3])"


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
        ended = subprocess.run(
            [python, "-I", "-S", "-c", _QUESTION],
            capture_output=True,
            env=clean_environment(),
            timeout=_ASK_S,
            check=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        return tuple(map(int, ended.stdout.split()))
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise ErrUnexpected(f"{python} does not say its version: {error}", "python") from error


@functools.lru_cache(maxsize=32)
def _another(requires: str) -> str | None:
    words = ["python", "find", "--system", "--no-project", requires]
    ended = call_uv(words, None, Fetch(offline=True))
    found = ended.out.strip()
    return found if ended.code == 0 and found else None
