"""What a revision holds, kept beside its folder as JSON: for telling what changed, and for not writing it again.

Runs in the git process. Standard library only.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

LINK, LARGE = "link", "lfs"
DECLARES = "declares "


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of a revision.

    Args:
        sha: Its blob.
        mtime_ns: As it was written; another one means that somebody has changed the file since.
        word: `link`, `lfs`, `declares TYPE` or nothing.
    """

    sha: str
    mtime_ns: int
    size_bytes: int
    executable: bool
    word: str = ""

    def told(self) -> tuple[str, int, int, bool, str]:
        """All of it, in the order of the arguments."""
        return self.sha, self.mtime_ns, self.size_bytes, self.executable, self.word


@dataclass(frozen=True, slots=True)
class Shelf:
    """A revision that is there already: its folder, and what it holds by path."""

    folder: Path | None = None
    files: Mapping[str, Kept] = field(default_factory=dict)

    def find(self, path: str, sha: str, executable: bool) -> Kept | None:
        """A file that holds the same, as it was written then; None: it has to be written."""
        kept = self.files.get(path)
        if self.folder is None or kept is None or kept.word == LINK:
            return None
        if (kept.sha, kept.executable) != (sha, executable):
            return None
        try:
            found = os.lstat(f"{self.folder}/{path}")
        except OSError:  # somebody has removed it
            return None
        as_written = stat.S_ISREG(found.st_mode) and found.st_mtime_ns == kept.mtime_ns
        return kept if as_written and found.st_size == kept.size_bytes else None

    def share(self, path: str, target: str) -> bool:
        """Give a file that was found one more name, in the new revision; False: it cannot have one."""
        try:
            os.link(f"{self.folder}/{path}", target)
        except OSError:  # no such names here, or too many of them
            return False
        return True


def read(parent: Path, folder: str | None) -> Shelf:
    """The revision in a folder; an empty one when there is none, or when it cannot be told what it holds."""
    if not folder:
        return Shelf()
    try:
        told = json.loads((parent / f"{folder}.json").read_text("utf-8"))
        return Shelf(parent / folder, {path: Kept(*each) for path, each in told.items()})
    except (OSError, ValueError, TypeError, AttributeError):
        return Shelf()


def write(path: Path, files: Mapping[str, Kept]) -> None:
    """Keep what a revision holds."""
    path.write_text(json.dumps({name: each.told() for name, each in files.items()}), "utf-8")


def changes(before: Mapping[str, Kept], after: Mapping[str, Kept]) -> list[tuple[str, str]]:
    """What differs between two revisions: `+`, `~` or `-` and the path, by path."""
    found = [("+", path) for path in after if path not in before]
    found += [("~", path) for path in after if path in before and before[path].sha != after[path].sha]
    found += [("-", path) for path in before if path not in after]
    return sorted(found, key=lambda pair: pair[1])
