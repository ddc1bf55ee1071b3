"""The virtual environment `.venv`: made from the lock file, repaired when half made, else left alone.

A stamp in it says that it is complete and from what it was made; reading that is all a later start does. One
set-up runs at a time; pip inherits the lock, so that a set-up killed in the middle keeps others out until its
pip has ended too.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bootstrap import system_packages
from bootstrap.trouble import SetupError

STAMP_FORMAT = "1"
NEEDED_BYTES = 1_300_000_000
OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True)
class Layout:
    """Where things stand under the project's root folder."""

    root: Path

    @property
    def venv(self) -> Path:
        """The virtual environment."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def windowed_python(self) -> Path:
        """The interpreter that opens no console window of its own (differs on Windows only)."""
        return self.venv / "Scripts/pythonw.exe" if os.name == "nt" else self.python

    @property
    def stamp(self) -> Path:
        """Present when the environment is complete; holds what it was made from."""
        return self.venv / ".qntx-complete"

    @property
    def unfinished(self) -> Path:
        """Present while the environment is being made for the first time."""
        return self.venv / ".qntx-unfinished"

    @property
    def lock(self) -> Path:
        """The pinned requirements."""
        return self.root / "requirements.lock"

    @property
    def log(self) -> Path:
        """Everything that pip and the system's installer said."""
        return self.root / ".venv-setup.log"

    @property
    def guard(self) -> Path:
        """Held by the one set-up that runs."""
        return self.root / ".venv.lock"


def python_version(layout: Layout) -> str:
    """Return `major.minor` as the environment's own configuration has it, '' if that cannot be read."""
    try:
        lines = (layout.venv / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    for line in lines:
        key, _, value = line.partition("=")
        if key.strip() in ("version", "version_info"):
            return ".".join(value.strip().split(".")[:2])
    return ""


def fingerprint(layout: Layout) -> str:
    """Return the digest of all that decides what is installed: lock, project file, Python, place."""
    digest = hashlib.sha256()
    for part in (layout.lock, layout.root / "pyproject.toml"):
        digest.update(part.read_bytes())
    # The place counts because scripts and the editable install hold absolute paths.
    digest.update(f"{STAMP_FORMAT}\n{python_version(layout)}\n{layout.root}".encode())
    return digest.hexdigest()


def is_complete(layout: Layout) -> bool:
    """Say whether the environment is there, whole, and made from today's lock file."""
    try:
        stamp = layout.stamp.read_text(encoding="utf-8")
    except OSError:
        return False
    return layout.python.exists() and stamp == fingerprint(layout)


def is_usable(layout: Layout) -> bool:
    """Say whether the environment's interpreter runs, is new enough and has pip; if not it is made anew."""
    if layout.unfinished.exists() or not layout.python.exists():
        return False
    check = f"import pip, sys; sys.exit(sys.version_info[:2] < {OLDEST_PYTHON})"
    try:
        return (
            subprocess.call([str(layout.python), "-c", check], stderr=subprocess.DEVNULL, env=clean_environ())
            == 0
        )
    except OSError:
        return False


def clean_environ() -> dict[str, str]:
    """Return the environment for children, without what would lead another Python astray."""
    astray = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV")
    return {key: value for key, value in os.environ.items() if key not in astray}


@contextlib.contextmanager
def only_one(layout: Layout) -> Iterator[int]:
    """Hold the set-up guard and yield its file descriptor; wait, and say so, while another has it."""
    with layout.guard.open("a+b") as guard:
        if not _try_guard(guard.fileno()):
            print("Another set-up of this folder is running; waiting for it.", file=sys.stderr, flush=True)
            _wait_guard(guard.fileno())
        yield guard.fileno()


if sys.platform == "win32":
    import msvcrt

    def _try_guard(descriptor: int) -> bool:
        os.lseek(descriptor, 0, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _wait_guard(descriptor: int) -> None:
        # LK_LOCK gives up after ten seconds; set-up may take minutes.
        while not _try_guard(descriptor):
            with contextlib.suppress(OSError):
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
                return

else:
    import fcntl

    def _try_guard(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _wait_guard(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def ensure(layout: Layout) -> None:
    """Bring the environment to what the lock file says; quick and silent when it is there already.

    Raises:
        SetupError: No venv module, no room on the disk, or pip failed.
    """
    if is_complete(layout):
        return
    with only_one(layout) as guard:
        if is_complete(layout):
            return
        layout.log.write_bytes(b"")
        layout.stamp.unlink(missing_ok=True)
        if not is_usable(layout):
            remake(layout, guard)
        install_locked(layout, guard)
        layout.unfinished.unlink(missing_ok=True)
        write_stamp(layout)


def write_stamp(layout: Layout) -> None:
    """Write the stamp in one step, so that it is either whole or not there."""
    draft = layout.stamp.with_suffix(".new")
    draft.write_text(fingerprint(layout), encoding="utf-8")
    draft.replace(layout.stamp)


def remake(layout: Layout, guard: int) -> None:
    """Make an empty environment, after removing what is left of an unusable one."""
    system_packages.ensure_venv_modules(layout.log)
    free_bytes = shutil.disk_usage(layout.root).free
    if free_bytes < NEEDED_BYTES:
        raise SetupError(
            f"Set-up needs {NEEDED_BYTES // 1_000_000:,} MB of disk; {free_bytes // 1_000_000:,} are free.",
            "Free some room and run this again.",
        )
    clear_leftovers(layout)
    layout.venv.mkdir()
    layout.unfinished.touch()
    print("Making a virtual environment in .venv", file=sys.stderr, flush=True)
    run_logged(
        layout,
        guard,
        [sys.executable, "-m", "venv", str(layout.venv)],
        "The virtual environment was not made",
    )


def clear_leftovers(layout: Layout) -> None:
    """Remove an unusable `.venv`, but nothing that never was a virtual environment."""
    if layout.venv.is_symlink() or layout.venv.is_file():
        raise SetupError(f"{layout.venv} is not a folder.", "Move it away and run this again.")
    if not layout.venv.exists():
        return
    ours = (layout.venv / "pyvenv.cfg").exists() or layout.unfinished.exists()
    if not ours and any(layout.venv.iterdir()):
        raise SetupError(f"{layout.venv} is not a virtual environment.", "Move it away and run this again.")
    shutil.rmtree(layout.venv)


def install_locked(layout: Layout, guard: int) -> None:
    """Install exactly what the lock file names, each by its hash, then the project itself in place."""
    pip = [str(layout.python), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    print(
        "Installing packages (the first time about 250 MB; later starts are quick)",
        file=sys.stderr,
        flush=True,
    )
    locked = ["--require-hashes", "--only-binary", ":all:", "-r", str(layout.lock)]
    run_logged(layout, guard, [*pip, *locked], "The packages were not installed")
    project = ["--no-deps", "--no-build-isolation", "--no-index", "--editable", str(layout.root)]
    run_logged(layout, guard, [*pip, *project], "The project itself was not installed")


def run_logged(layout: Layout, guard: int, command: Sequence[str], failure: str) -> None:
    """Run `command` with its output in the log.

    Raises:
        SetupError: It failed; the message ends with the last error line it gave.
    """
    shared = () if os.name == "nt" else (guard,)
    with layout.log.open("ab") as log:
        code = subprocess.call(
            list(command),
            cwd=layout.root,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=clean_environ(),
            pass_fds=shared,
        )
    if code != 0:
        raise SetupError(f"{failure}: {last_error(layout.log)}", f"Everything it said is in {layout.log}")


def last_error(log: Path) -> str:
    """Return the last line of `log` that names an error, else its last line."""
    lines = [
        line.strip()
        for line in log.read_text(encoding="utf-8", errors="replace").splitlines()
        if line.strip()
    ]
    errors = [line for line in lines if line.lower().startswith(("error:", "oserror", "fatal:"))]
    return (errors or lines or ["it said nothing"])[-1]
