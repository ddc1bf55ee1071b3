"""Which Python runs handlers, and how it is started. Any thread; hides `sys.executable` from everybody else.

In a frozen app `sys.executable` is the app itself, and starting it would open a second window.
"""

from __future__ import annotations

import functools
import logging
import os
import py_compile
import shutil
import sys
from pathlib import Path

from qntx_desktop.model.errors import ErrUnexpected

FLAGS = ("-I", "-S", "-B", "-X", "utf8")
"""Isolated, without site-packages, writing no bytecode, UTF-8 everywhere."""

_KEPT_VARIABLES = ("LANG", "LANGUAGE", "TZ", "SYSTEMROOT")
_log = logging.getLogger(__name__)


def interpreter() -> str:
    """Path of the Python that runs handlers.

    Raises:
        ErrUnexpected: The app is frozen, brings no Python beside it, and the system has none.
    """
    if getattr(sys, "frozen", False):
        beside = Path(sys.executable).parent / "python" / ("python.exe" if os.name == "nt" else "bin/python3")
        found = str(beside) if beside.is_file() else shutil.which("python3")
        if found is None:
            raise ErrUnexpected("there is no Python to run handlers with", "interpreter")
        return found
    base: str = getattr(sys, "_base_executable", "") or sys.executable
    if os.name == "nt" and base.lower().endswith("pythonw.exe"):
        return f"{base[: -len('pythonw.exe')]}python.exe"
    return base


def sdk_folder() -> Path:
    """Where the code lies that runs inside handler processes."""
    return Path(__file__).resolve().parents[1] / "sdk"


def start_of_command(script: str, python: str | None = None) -> list[str]:
    """The first words of a command line that runs `script` of the SDK folder.

    Args:
        python: The interpreter of an environment; None: the one without packages.
    """
    compile_sdk()
    return [python or interpreter(), *FLAGS, str(sdk_folder() / script)]


@functools.cache
def compile_sdk() -> None:
    """Compile the SDK once per app start: its processes write no bytecode and would compile it each time."""
    for path in sorted((sdk_folder() / "qntx").glob("*.py")):
        try:
            py_compile.compile(str(path), doraise=True, quiet=2)
        except (OSError, py_compile.PyCompileError) as error:  # a read-only installation is only slower
            _log.debug("no bytecode for %s: %s", path.name, error)
            return


def clean_environment(**own: str) -> dict[str, str]:
    """The few variables a handler's process gets: language, time zone, PATH, and `own` first."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    kept |= {name: value for name, value in os.environ.items() if name.startswith("LC_")}
    return {**own, "PATH": os.defpath if os.name != "nt" else os.environ.get("PATH", ""), **kept}
