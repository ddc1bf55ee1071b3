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
from qntx_desktop.engines.git.tree import Entry, Plan, check_link, shown
from qntx_desktop.engines.git.trouble import TroubleError
from qntx_desktop.model.inline import declared_type

MAX_FILE_BYTES = 50 << 20
MAX_TOTAL_BYTES = 500 << 20
MAX_SCRIPT_BYTES = 500_000
_LFS = b"version https://git-lfs.github.com/spec/v1\n"
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
    blob_of: Callable[[bytes], bytes],
    parent: Path,
    before: Shelf,
    progress: Progress,
) -> Exported:
    """Write every file of a plan.

    Args:
        blob_of: Gives the content of a blob.
        parent: Where the new folder is made.
        before: The revision that is there: a file of it that did not change is shared, not written again.

    Raises:
        TroubleError: A file is too large, or a link leads outside; nothing stays.
        OSError: It cannot be written; nothing stays.
    """
    part = parent / f"part-{secrets.token_hex(8)}"
    name = f"{commit[:16]}-{secrets.token_hex(4)}"
    try:
        part.mkdir(mode=0o700, parents=True)
        written = _write_all(part, plan, blob_of, before, progress)
        write(parent / f"{name}.json", written.held)
        _settle(part, plan)
        part.rename(parent / name)
        sync_path(parent)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return replace(written, folder=name)


def _write_all(
    part: Path, plan: Plan, blob_of: Callable[[bytes], bytes], before: Shelf, progress: Progress
) -> Exported:
    for folder in plan.folders:
        (part / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    total = 0
    files: dict[str, Kept] = {}
    for number, entry in enumerate(sorted(plan.entries, key=lambda each: each.path), start=1):
        target, executable = f"{part}/{entry.path}", entry.executable and not entry.link
        kept = None if entry.link else before.share(entry.path, entry.sha.decode(), executable, target)
        content = b"" if kept is not None else blob_of(entry.sha)
        size_bytes = len(content) if kept is None else kept.size_bytes
        total += size_bytes
        _check_size(entry, size_bytes, total)
        if kept is None:
            word = _word(entry, content)
            mtime_ns = _write(target, content, executable=executable)
            kept = Kept(entry.sha.decode(), mtime_ns, size_bytes, executable, word)
        files[entry.path] = kept
        if number % _TOLD_EVERY == 0:
            progress(number, len(plan.entries), "Writing files")
    return Exported("", len(files), total, _notes(plan, files), _declared(files), files)


def _word(entry: Entry, content: bytes) -> str:
    """What is to be said of a file."""
    if entry.link:
        check_link(entry.path, content)
        return LINK
    if content.startswith(_LFS):
        return LARGE
    if entry.path.endswith(".py") and len(content) <= MAX_SCRIPT_BYTES and b"script_type" in content:
        found = declared_type(content.decode(errors="replace"))
        return f"{DECLARES}{found}" if found is not None else ""
    return ""


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


def _check_size(entry: Entry, size_bytes: int, total_bytes: int) -> None:
    if size_bytes > MAX_FILE_BYTES:
        reason = f"'{shown(entry.path)}' has {size_bytes:,} bytes, at most {MAX_FILE_BYTES:,}."
        raise TroubleError("too_large", reason, shown(entry.path))
    if total_bytes > MAX_TOTAL_BYTES:
        raise TroubleError(
            "too_large", f"The files have more than {MAX_TOTAL_BYTES:,} bytes.", shown(entry.path)
        )


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
