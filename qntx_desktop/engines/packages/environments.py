"""Environments of locked packages, made once, checked before use, offline for ever after. Any thread; blocks.

An environment is a folder named after its lock and its Python. It is made beside its place and renamed there when
it is whole, so a kill leaves nothing half-made behind; two processes that make the same one end up with one. Before
its first use in a process the names and sizes of its files are compared with what was installed; a damaged one is
made again. One that nobody has used for a month is removed, unless it is to be kept; what was fetched stays in the
cache, from which it is made again without network.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import shutil
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from qntx_desktop.engines.interpreter import interpreter
from qntx_desktop.engines.packages.pythons import python_for
from qntx_desktop.engines.packages.uv_tool import NO_SOLUTION, call_uv
from qntx_desktop.engines.process_life import lives
from qntx_desktop.model.errors import (
    ErrDiskFull,
    ErrHomeUnusable,
    ErrPackagesMissing,
    ErrPackagesUnresolved,
    ErrPythonRequired,
)
from qntx_desktop.model.package_lock import Environment, Fetch, PackageLock
from qntx_desktop.model.permissions import package_name

_LIST = "qntx-files.json"
_NEW = ".new-"
_USED = "qntx-used"
UNUSED_S = 30 * 86_400.0
_NOTED_S = 86_400.0
_COMPILE = ["pip", "compile", "-q", "--generate-hashes", "--no-header", "--no-annotate", "--only-binary", ":all:"]
_INSTALL = ["pip", "install", "-q", "--require-hashes", "--no-deps", "--only-binary", ":all:"]
_INSTALL += ["--compile-bytecode", "--link-mode", "copy"]
"""Copied, not linked: what damages an environment must not reach uv's cache, from which it is made again."""
_OFFLINE = "The app is offline."
_ENOSPC = {28, 122}
_log = logging.getLogger(__name__)


def damaged(root: Path) -> tuple[int, tuple[str, ...]]:
    """How many environments there are, and the names of those whose files are not what was installed."""
    folders = _folders(root)
    return len(folders), tuple(each.name for each in folders if not _is_sound(each, read_all=True))


class Environments:
    """The environments of one home.

    Args:
        root: Where they lie; made when needed.
        index: Address of the package index; empty: uv's own default.
    """

    def __init__(self, root: Path, index: Callable[[], str] = lambda: "") -> None:
        self._root = root
        self._cache = root / "cache"
        self._index = index
        self._making = threading.Lock()
        self._sound: dict[str, Environment] = {}
        self._noted: dict[str, float] = {}

    def python_for(self, requires_python: str) -> Environment | None:
        """A Python without packages that meets a condition; None: the one that runs handlers anyway.

        Raises:
            ErrPythonRequired: There is none here.
        """
        python = python_for(requires_python)[0]
        return None if python == interpreter() else Environment(python=python)

    def resolve(self, wanted: Sequence[str], requires_python: str, fetch: Fetch) -> PackageLock:
        """Choose the newest packages that meet dependencies, and pin them with their hashes.

        Raises:
            ErrPackagesUnresolved: No choice meets them.
            ErrPackagesMissing: The index cannot be reached, and what is here does not do.
            ErrPythonRequired: No Python here meets the condition.
            ErrCancelled: It was stopped.
        """
        self._make_room()
        python, version = python_for(requires_python)
        fetch.say(f"Choosing packages: {', '.join(map(package_name, wanted))}")
        # What uv remembers of the index is asked for again: whoever adds a package wants the newest.
        fresh = [] if fetch.offline else ["--refresh"]
        words = [*_COMPILE, *fresh, "--python", python, *self._from(), "-"]
        ended = call_uv(words, self._cache, fetch, "\n".join(wanted) + "\n")
        if ended.code == 0:
            return PackageLock(text=ended.out, python=".".join(map(str, version[:2])))
        if ended.code == NO_SOLUTION and not fetch.offline:
            raise ErrPackagesUnresolved(wanted, ended.reason)
        reason = _OFFLINE if fetch.offline else ended.reason
        raise ErrPackagesMissing([package_name(each) for each in wanted], reason)

    def open(self, lock: PackageLock, fetch: Fetch) -> Environment:
        """The environment of a lock, made if it is not there or damaged.

        Raises:
            ErrPackagesMissing: A package is not on this machine and cannot be fetched.
            ErrPythonRequired: The Python it was made for is gone.
            ErrCancelled: It was stopped.
            ErrDiskFull, ErrHomeUnusable: It cannot be made.
        """
        python, version = self._python_of(lock)
        key = _key(lock, python, version)
        known = self._sound.get(key)
        if known is not None and Path(known.python).exists():
            self._note_use(key)
            return known
        with self._making:
            folder = self._root / key
            if not _is_sound(folder):
                self._make(folder, python, lock, fetch)
            found = _environment(folder)
            self._sound[key] = found
            self._noted.pop(key, None)
            self._note_use(key)
            return found

    def tidy(self, kept: Iterable[PackageLock], unused_s: float = UNUSED_S) -> tuple[str, ...]:
        """Remove environments that nobody has used for long.

        Args:
            kept: Locks whose environments stay in any case.
            unused_s: For how long, by the wall clock; a clock that is wrong costs making them again, no more.

        Returns:
            The names of those that are gone.
        """
        needed = {key for lock in kept if (key := self._name_of(lock)) is not None}
        idle = [each for each in _folders(self._root) if each.name not in needed and _is_idle(each, unused_s)]
        return tuple(each.name for each in idle if self._remove(each))

    def _name_of(self, lock: PackageLock) -> str | None:
        try:
            return _key(lock, *self._python_of(lock))
        except ErrPythonRequired:  # its Python is gone; so is what it was made for
            return None

    def _remove(self, folder: Path) -> bool:
        away = self._root / f"{_NEW}{os.getpid()}-{uuid.uuid4().hex[:8]}.old"
        with self._making:
            self._sound.pop(folder.name, None)
            try:
                folder.rename(away)
            except OSError as error:
                _log.warning("the environment %s cannot be removed: %s", folder.name, error)
                return False
        shutil.rmtree(away, ignore_errors=True)
        return True

    def _note_use(self, key: str) -> None:
        """Leave the time of a use where every process finds it, once a day."""
        now = time.monotonic()
        if now - self._noted.get(key, -_NOTED_S) >= _NOTED_S:
            self._noted[key] = now
            with contextlib.suppress(OSError):  # a home that cannot be written is not tidied either
                (self._root / key / _USED).touch()

    def _python_of(self, lock: PackageLock) -> tuple[str, tuple[int, ...]]:
        try:
            return python_for(f"=={lock.python}.*")
        except ErrPythonRequired:
            # Wheels without compiled parts fit any Python; those with them are refused by their hashes.
            return python_for(f">={lock.python}")

    def _make(self, folder: Path, python: str, lock: PackageLock, fetch: Fetch) -> None:
        self._make_room()
        self._sweep()
        new = self._root / f"{_NEW}{os.getpid()}-{uuid.uuid4().hex[:8]}"
        try:
            made = call_uv(["venv", "-q", "--no-project", "--python", python, str(new)], self._cache, fetch)
            if made.code != 0:
                raise ErrHomeUnusable(str(self._root), made.reason)
            self._install(new, lock, fetch)
            (new / _LIST).write_text(json.dumps(_files(new)), encoding="utf-8")
            if folder.exists():  # damaged
                folder.rename(new.with_name(f"{new.name}.old"))
            new.rename(folder)
        except OSError as error:
            if _is_sound(folder):  # another process was faster
                return
            if error.errno in _ENOSPC:
                raise ErrDiskFull(str(self._root)) from error
            raise ErrHomeUnusable(str(self._root), error.strerror or type(error).__name__) from error
        finally:
            shutil.rmtree(new, ignore_errors=True)
            shutil.rmtree(new.with_name(f"{new.name}.old"), ignore_errors=True)

    def _install(self, new: Path, lock: PackageLock, fetch: Fetch) -> None:
        pins = lock.pins
        fetch.say(f"Installing {', '.join(pins)}")
        words = [*_INSTALL, "--python", str(_python_in(new)), *self._from(), "-r", "-"]
        here = Fetch(say=fetch.say, cancelled=fetch.cancelled, offline=True)
        if call_uv(words, self._cache, here, lock.text).code == 0:
            return
        missing = self._missing(lock, words, here)
        if fetch.offline:
            raise ErrPackagesMissing(missing or pins, _OFFLINE)
        fetch.say(f"Fetching {', '.join(missing or pins)}")
        ended = call_uv(words, self._cache, fetch, lock.text)
        if ended.code != 0:
            raise ErrPackagesMissing(missing or pins, ended.reason)

    def _missing(self, lock: PackageLock, words: Sequence[str], here: Fetch) -> list[str]:
        """The pins that cannot be installed from this machine alone."""
        blocks = lock.text.replace("\\\n", " ").splitlines()
        lines = [line for line in blocks if "==" in line]
        return [
            pin
            for pin, line in zip(lock.pins, lines, strict=True)
            if call_uv([*words, "--dry-run"], self._cache, here, line + "\n").code != 0
        ]

    def _from(self) -> list[str]:
        index = self._index()
        return ["--default-index", index] if index else []

    def _make_room(self) -> None:
        try:
            self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise ErrHomeUnusable(str(self._root), error.strerror or type(error).__name__) from error

    def _sweep(self) -> None:
        """Remove what processes that were killed left half-made."""
        for left in self._root.glob(f"{_NEW}*"):
            pid = left.name.removeprefix(_NEW).partition("-")[0]
            if pid.isdecimal() and not lives(int(pid), untold=True):
                _log.info("removing %s, left by process %s", left.name, pid)
                shutil.rmtree(left, ignore_errors=True)


def _folders(root: Path) -> list[Path]:
    """The environments that are there."""
    if not root.is_dir():
        return []
    return [each for each in sorted(root.iterdir()) if each.name != "cache" and not each.name.startswith(_NEW)]


def _is_idle(folder: Path, unused_s: float) -> bool:
    for path in (folder / _USED, folder):
        with contextlib.suppress(OSError):
            return time.time() - path.stat().st_mtime > unused_s
    return False


def _key(lock: PackageLock, python: str, version: tuple[int, ...]) -> str:
    said = json.dumps([lock.text, python, version])
    return hashlib.sha256(said.encode()).hexdigest()[:24]


def _python_in(folder: Path) -> Path:
    return folder / "Scripts" / "python.exe" if os.name == "nt" else folder / "bin" / "python"


def _packages_in(folder: Path) -> Path:
    if os.name == "nt":
        return folder / "Lib" / "site-packages"
    return next(iter(folder.glob("lib/python3.*/site-packages")), folder / "lib" / "site-packages")


def _environment(folder: Path) -> Environment:
    return Environment(python=str(_python_in(folder)), site_paths=(str(_packages_in(folder)),))


def _files(folder: Path) -> dict[str, list[Any]]:
    """Size and SHA-256 of each file of the packages, by its path in the environment."""
    files = (path for path in sorted(_packages_in(folder).rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): [path.stat().st_size, _digest(path)] for path in files}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _is_sound(folder: Path, *, read_all: bool = False) -> bool:
    """Whether an environment is there with all its files, each of its size and, if asked, of its content."""
    try:
        listed = json.loads((folder / _LIST).read_text(encoding="utf-8"))
        return _python_in(folder).exists() and all(
            (folder / name).stat().st_size == size and (not read_all or _digest(folder / name) == digest)
            for name, (size, digest) in listed.items()
        )
    except (OSError, ValueError, TypeError, AttributeError):
        return False
