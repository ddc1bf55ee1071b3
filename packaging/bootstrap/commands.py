"""The words after `qntx.py`: run, test, setup, lock."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from bootstrap import environment, system_packages
from bootstrap.environment import Layout
from bootstrap.trouble import EXIT_ENVIRONMENT, SetupError

ROOT = Path(__file__).resolve().parents[2]
USAGE = """usage: python3 packaging/qntx.py run [ARGS...]    set up if needed, then open the window
       python3 packaging/qntx.py test [ARGS...]   set up, then every check; ARGS go to pytest
       python3 packaging/qntx.py setup            set up only
       python3 packaging/qntx.py lock             write requirements.lock again (needs uv)
"""
CHECKS = (
    ("ruff", ("-m", "ruff", "check", ".")),
    ("mypy", ("-m", "mypy")),
    ("lint-imports", ("-c", "from importlinter.cli import lint_imports_command as check; check()")),
)
MOST_WORKERS = 4
LOCK_COMMAND = (
    "pip compile pyproject.toml --extra plugins --extra remote --group dev --universal --python-version 3.11 "
    "--generate-hashes "
    "--no-annotate --no-config --no-emit-index-url --no-emit-find-links --quiet "
    "--output-file requirements.lock --custom-compile-command"
)


def main(arguments: Sequence[str]) -> int:
    """Carry out one command; return the exit code."""
    verbs = {"run": run, "test": test, "setup": setup, "lock": lock}
    if not arguments or arguments[0] in ("-h", "--help"):
        print(USAGE, end="", file=sys.stdout if arguments else sys.stderr)
        return 0 if arguments else 2
    verb = verbs.get(arguments[0])
    if verb is None:
        print(f"There is no command {arguments[0]!r}.\n{USAGE}", end="", file=sys.stderr)
        return 2
    try:
        return verb(Layout(ROOT), list(arguments[1:]))
    except SetupError as error:
        print(f"{error.message}\n{error.hint}", file=sys.stderr)
        return EXIT_ENVIRONMENT
    except KeyboardInterrupt:
        return 130


def setup(layout: Layout, arguments: Sequence[str]) -> int:
    """Make everything ready, open nothing."""
    if arguments:
        print(USAGE, end="", file=sys.stderr)
        return 2
    make_ready(layout)
    print("Ready. Open the window with: python3 packaging/qntx.py run")
    return 0


def make_ready(layout: Layout) -> None:
    """Bring the Python packages and the system libraries."""
    environment.ensure(layout)
    system_packages.ensure_libraries(os.environ, layout.log)


def run(layout: Layout, arguments: Sequence[str]) -> int:
    """Open the window; on POSIX this process becomes it, so that signals and the exit code are its own."""
    check_display(os.environ, arguments)
    make_ready(layout)
    command = [str(layout.windowed_python), "-m", "qntx_desktop", *arguments]
    environ = environment.clean_environ()
    if sys.platform == "win32":
        return subprocess.call(command, env=environ)
    sys.stdout.flush()
    sys.stderr.flush()
    return os.execve(command[0], command, environ)


def check_display(environ: Mapping[str, str], arguments: Sequence[str]) -> None:
    """Refuse early where a window could not be shown.

    Raises:
        SetupError: Linux without a display server.
    """
    if not sys.platform.startswith("linux") or {"-h", "--help", "--version"} & set(arguments):
        return
    if not any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        raise SetupError(
            "There is no screen here: neither DISPLAY nor WAYLAND_DISPLAY is set.",
            "Run this in a desktop session; without one, `python3 packaging/qntx.py setup` and then "
            "`.venv/bin/qntx` work in the terminal.",
        )


def test(layout: Layout, arguments: Sequence[str]) -> int:
    """Run every check, pytest last so that its summary closes the output; 0 only if all of them passed."""
    make_ready(layout)
    system_packages.offer_programs(layout.log)
    failed = [name for name, words in CHECKS if not passes(layout, name, words)]
    if failed:
        print(f"== FAILED before the tests: {', '.join(failed)}", flush=True)
    print("== pytest", flush=True)
    words = [str(layout.python), "-m", "pytest", "-n", str(workers()), "--dist", "loadfile", *arguments]
    code = subprocess.call(words, cwd=layout.root, env=environment.clean_environ())
    return code or (1 if failed else 0)


def workers() -> int:
    """How many processes share the tests: most of them wait for a process that they started."""
    return min(os.cpu_count() or 1, MOST_WORKERS)


def passes(layout: Layout, name: str, words: Sequence[str]) -> bool:
    """Run one check under its own heading; return whether it passed."""
    print(f"== {name}", flush=True)
    command = [str(layout.python), *words]
    return subprocess.call(command, cwd=layout.root, env=environment.clean_environ()) == 0


def lock(layout: Layout, arguments: Sequence[str]) -> int:
    """Write requirements.lock from pyproject.toml, for all platforms and Python versions at once.

    Raises:
        SetupError: There is no uv to do it with.
    """
    uv = shutil.which("uv") or shutil.which("uv", path=str(layout.python.parent))
    if uv is None:
        raise SetupError("uv is needed to write the lock file.", f"Run: {layout.python} -m pip install uv")
    words = [uv, *LOCK_COMMAND.split(), "python3 packaging/qntx.py lock", *arguments]
    return subprocess.call(words, cwd=layout.root)
