"""Writes a tree that was looked at into a new folder: our own writer, no filter, no hook, no command.

Runs in the git process. The folder gets its name by one rename, after everything in it is on the disk.
"""

from __future__ import annotations

import ctypes
import json
import os
import secrets
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from qntx_desktop.engines.git.tree import Entry, Plan, check_link, shown
from qntx_desktop.engines.git.trouble import TroubleError
from qntx_desktop.model.inline import declared_type

MAX_FILE_BYTES = 50 << 20
MAX_TOTAL_BYTES = 500 << 20
MAX_SCRIPT_BYTES = 500_000
_LFS = b"version https://git-lfs.github.com/spec/v1\n"
_TOLD_EVERY = 200

Progress = Callable[[float, "float | None", str], None]
Manifest = dict[str, str]


@dataclass(frozen=True, slots=True)
class Exported:
    """A folder that is complete; `manifest` maps each path to its blob."""

    folder: str
    files: int
    size_bytes: int
    notes: list[str]
    declared: dict[str, str]
    manifest: Manifest


def export(
    commit: str, plan: Plan, blob_of: Callable[[bytes], bytes], parent: Path, progress: Progress
) -> Exported:
    """Write every file of a plan.

    Args:
        blob_of: Gives the content of a blob.
        parent: Where the new folder is made.

    Raises:
        TroubleError: A file is too large, or a link leads outside; nothing stays.
        OSError: It cannot be written; nothing stays.
    """
    part = parent / f"part-{secrets.token_hex(8)}"
    name = f"{commit[:16]}-{secrets.token_hex(4)}"
    try:
        part.mkdir(mode=0o700, parents=True)
        written = _write_all(part, plan, blob_of, progress)
        (parent / f"{name}.json").write_text(json.dumps(written.manifest), "utf-8")
        _settle(part, plan)
        part.rename(parent / name)
        sync_path(parent)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return Exported(
        name, written.files, written.size_bytes, written.notes, written.declared, written.manifest
    )


def _write_all(part: Path, plan: Plan, blob_of: Callable[[bytes], bytes], progress: Progress) -> Exported:
    for folder in plan.folders:
        (part / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    total, links, large = 0, list[str](), list[str]()
    declared: dict[str, str] = {}
    manifest: Manifest = {}
    for number, entry in enumerate(sorted(plan.entries, key=lambda each: each.path), start=1):
        content = blob_of(entry.sha)
        total += len(content)
        _check_size(entry, len(content), total)
        if entry.link:
            check_link(entry.path, content)
            links.append(entry.path)
        elif content.startswith(_LFS):
            large.append(entry.path)
        elif entry.path.endswith(".py") and len(content) <= MAX_SCRIPT_BYTES and b"script_type" in content:
            found = declared_type(content.decode(errors="replace"))
            if found is not None:
                declared.setdefault(found, entry.path)
        _write(part / entry.path, content, executable=entry.executable and not entry.link)
        manifest[entry.path] = entry.sha.decode()
        if number % _TOLD_EVERY == 0:
            progress(number, len(plan.entries), "Writing files")
    notes = [
        *_said(plan.submodules, "submodule was left out", "submodules were left out"),
        *_said(large, "file lies in LFS and is only a pointer", "files lie in LFS and are only pointers"),
        *_said(links, "link is kept as the text it holds", "links are kept as the text they hold"),
    ]
    return Exported("", len(plan.entries), total, notes, declared, manifest)


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


def _write(path: Path, content: bytes, *, executable: bool) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    fd = os.open(path, flags, 0o755 if executable else 0o644)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(fd, view) :]
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


def changes(before: Manifest, after: Manifest) -> list[tuple[str, str]]:
    """What differs between two revisions: `+`, `~` or `-` and the path, by path."""
    found = [("+" if path not in before else "~", path) for path in after if before.get(path) != after[path]]
    found += [("-", path) for path in before if path not in after]
    return sorted(found, key=lambda pair: pair[1])
