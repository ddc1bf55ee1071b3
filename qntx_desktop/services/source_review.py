"""What another revision of a source would change: which files, and line by line.

Any thread but the GUI's. Both revisions lie on the disk; nothing is fetched.
"""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from qntx_desktop.model.errors import ErrFileNotFound, ErrInvalidSource
from qntx_desktop.model.source import Revision, Source
from qntx_desktop.services.source_files import SourceFiles, is_binary
from qntx_desktop.services.sources import Sources

MAX_COMPARED_BYTES = 1 << 20
MAX_LINES = 5_000
_ADDED, _CHANGED, _REMOVED = "added", "changed", "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """A file that differs; `kind` is `added`, `changed` or `removed`."""

    path: str
    kind: str

    def to_json(self) -> dict[str, Any]:
        """JSON-ready."""
        return {"path": self.path, "kind": self.kind}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDiff:
    """One file, line by line as in a unified diff; `note` says why there are no lines, or not all."""

    path: str
    kind: str
    lines: tuple[str, ...] = ()
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        """JSON-ready."""
        return {"path": self.path, "kind": self.kind, "lines": list(self.lines), "note": self.note}


class SourceReview:
    """Compares revisions of sources."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources

    def other(self, name: str, commit: str | None = None) -> Revision:
        """The revision to look at: the one that waits for review, or the one of a commit.

        Raises:
            ErrSourceNotFound: There is no such source.
            ErrInvalidSource: None waits, or that commit is not on the disk.
        """
        source = self._sources.get(name)
        if commit is not None:
            return self._sources.revision(name, commit)
        if source.held is None:
            raise ErrInvalidSource(
                "revision", f"No revision of '{source.name}' waits.", "Name a commit to compare with."
            )
        return source.held

    def changes(self, name: str, commit: str | None = None) -> tuple[FileChange, ...]:
        """Which files would differ if that revision took the place of the current one, by path.

        Raises:
            ErrSourceNotFound, ErrInvalidSource: As `other`.
        """
        source, other = self._sources.get(name), self.other(name, commit)
        before, after = _manifest(self._root(source, source.revision)), _manifest(self._root(source, other))
        paths = sorted(path for path in {*before, *after} if before.get(path) != after.get(path))
        return tuple(FileChange(path=path, kind=_kind(path in before, path in after)) for path in paths)

    def diff(self, name: str, path: str, commit: str | None = None) -> FileDiff:
        """One file of `changes`, line by line.

        Raises:
            ErrSourceNotFound, ErrInvalidSource: As `other`.
            ErrPathOutsideSource, ErrFileNotFound: Neither revision has such a file.
        """
        source, other = self._sources.get(name), self.other(name, commit)
        old, new = (_content(self._root(source, each), path) for each in (source.revision, other))
        if old is None and new is None:
            raise ErrFileNotFound(path, "neither revision has such a file")
        kind = _kind(old is not None, new is not None)
        if is_binary(old or b"") or is_binary(new or b""):
            return FileDiff(path=path, kind=kind, note="a binary file")
        if max(len(old or b""), len(new or b"")) > MAX_COMPARED_BYTES:
            return FileDiff(path=path, kind=kind, note=f"more than {MAX_COMPARED_BYTES:,} bytes, not compared")
        lines = tuple(islice(_lines(path, old, new), MAX_LINES + 1))
        cut = f"only the first {MAX_LINES:,} lines" if len(lines) > MAX_LINES else ""
        return FileDiff(path=path, kind=kind, lines=lines[:MAX_LINES], note=cut)

    def _root(self, source: Source, revision: Revision | None) -> Path | None:
        return self._sources.places.revision(source.id, revision.folder) if revision is not None else None


def _lines(path: str, old: bytes | None, new: bytes | None) -> Iterator[str]:
    names = ["/dev/null" if raw is None else f"{side}/{path}" for side, raw in (("a", old), ("b", new))]
    texts = [(raw or b"").decode().splitlines() for raw in (old, new)]
    return difflib.unified_diff(texts[0], texts[1], names[0], names[1], lineterm="")


def _kind(before: bool, after: bool) -> str:
    if before and after:
        return _CHANGED
    return _REMOVED if before else _ADDED


def _content(root: Path | None, path: str) -> bytes | None:
    if root is None:
        return None
    try:
        with SourceFiles(root).locate(path).open("rb") as file:
            return file.read(MAX_COMPARED_BYTES + 1)
    except ErrFileNotFound:
        return None
    except OSError as error:
        raise ErrFileNotFound(path, error.strerror or type(error).__name__) from error


def _manifest(root: Path | None) -> dict[str, str]:
    """What each file holds, by path; kept beside a revision when it was written."""
    if root is None:
        return {}
    try:
        return dict(json.loads(root.with_name(f"{root.name}.json").read_text("utf-8")))
    except (OSError, ValueError):
        files = SourceFiles(root)
        return {each.path: _blob(root / each.path) for each in files.tree()}


def _blob(path: Path) -> str:
    """The name that git gives to the content of a file."""
    raw = path.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest()
