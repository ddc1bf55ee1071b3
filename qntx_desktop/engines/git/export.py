"""Writes a tree that was looked at into a new folder: our own writer, no filter, no hook, no command.

Runs in the git process. The folder gets its name by one rename, after everything in it is on the disk.
"""

from __future__ import annotations

import ctypes
import os
import secrets
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from qntx_desktop.engines.git.kept import DECLARES, LARGE, LINK, Kept, Shelf, write
from qntx_desktop.engines.git.survey import BlobOf, Survey, survey
from qntx_desktop.engines.git.tree import Plan, shown

_TOLD_EVERY = 200

Progress = Callable[[float, "float | None", str], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """A folder that is complete; `held` is what is in it, by path."""

    folder: str
    files: int
    size_bytes: int
    notes: list[str]
    declared: dict[str, str]
    held: dict[str, Kept]


def export(
    commit: str,
    plan: Plan,
    blob_of: BlobOf,
    parent: Path,
    before: Shelf,
    progress: Progress,
) -> Exported:
    """Look at every file of a plan, then write them all.

    Args:
        blob_of: Gives the content of a blob.
        parent: Where the new folder is made.
        before: The revision that is there: a file of it that did not change is shared, not written again.

    Raises:
        TroubleError: A file is too large, or a link leads outside; nothing was written.
        OSError: It cannot be written; nothing stays.
    """
    part = parent / f"part-{secrets.token_hex(8)}"
    name = f"{commit[:16]}-{secrets.token_hex(4)}"
    seen = survey(plan, blob_of, before)
    try:
        part.mkdir(mode=0o700, parents=True)
        written = _write_all(part, plan, seen, blob_of, before, progress)
        write(parent / f"{name}.json", written.held)
        _settle(part, plan)
        part.rename(parent / name)
        sync_path(parent)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return replace(written, folder=name)


def _write_all(
    part: Path, plan: Plan, seen: Survey, blob_of: BlobOf, before: Shelf, progress: Progress
) -> Exported:
    for folder in plan.folders:
        (part / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    files: dict[str, Kept] = {}
    for number, (entry, word) in enumerate(seen.words, start=1):
        target, kept = f"{part}/{entry.path}", seen.shared.get(entry.path)
        if kept is None or not before.share(entry.path, target):
            content = seen.content(entry.sha, blob_of)
            executable = entry.executable and not entry.link
            mtime_ns = _write(target, content, executable=executable)
            kept = Kept(entry.sha.decode(), mtime_ns, len(content), executable, word)
        files[entry.path] = kept
        if number % _TOLD_EVERY == 0:
            progress(number, len(plan.entries), "Writing files")
    return Exported("", len(files), seen.size_bytes, _notes(plan, files), _declared(files), files)


def _declared(files: dict[str, Kept]) -> dict[str, str]:
    """The file that serves each type: the first by name that declares it."""
    found: dict[str, str] = {}
    for path, kept in files.items():
        if kept.word.startswith(DECLARES):
            found.setdefault(kept.word.removeprefix(DECLARES), path)
    return found


def _notes(plan: Plan, files: dict[str, Kept]) -> list[str]:
    links, large = ([path for path, kept in files.items() if kept.word == word] for word in (LINK, LARGE))
    return [
        *_said(plan.submodules, "submodule was left out", "submodules were left out"),
        *_said(large, "file lies in LFS and is only a pointer", "files lie in LFS and are only pointers"),
        *_said(links, "link is kept as the text it holds", "links are kept as the text they hold"),
    ]


def _said(paths: list[str], one: str, many: str) -> list[str]:
    if not paths:
        return []
    return [f"{len(paths):,} {one if len(paths) == 1 else many}: {shown(paths[0])}"]


def _write(path: str, content: bytes, *, executable: bool) -> int:
    """Write a new file; returns its time, by which it is known again."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    fd = os.open(path, flags, 0o755 if executable else 0o644)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(fd, view) :]
        return os.fstat(fd).st_mtime_ns
    finally:
        os.close(fd)


def _settle(part: Path, plan: Plan) -> None:
    """Have everything on the disk before it gets its name; one call for all where there is one."""
    if sys.platform == "linux" and _syncfs(part):
        return
    for entry in plan.entries:
        sync_path(part / entry.path)
    for folder in ("", *plan.folders):
        sync_path(part / folder)


def _syncfs(folder: Path) -> bool:
    fd = os.open(folder, os.O_RDONLY)
    try:
        return bool(ctypes.CDLL(None, use_errno=True).syncfs(fd) == 0)
    except AttributeError:  # a C library without it
        return False
    finally:
        os.close(fd)


def sync_path(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk; Windows has no such call for folders."""
    if os.name == "nt" and path.is_dir():
        return
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
