"""The files of one folder of code: its tree, search, reading, and writing where it may be written.

Any thread but the GUI's. Every path is checked before it is used and never leaves the folder, also not through a
link. What is written is whole or not there: beside the old file first, then in its place.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qntx_desktop.model.errors import (
    ErrDiskFull,
    ErrFileNotFound,
    ErrInvalidSource,
    ErrPathOutsideSource,
    ErrStaleFile,
)

MAX_FILE_BYTES = 10 << 20
"""The largest file that is written or shown here."""
MAX_SEARCHED_BYTES = 1 << 20
MAX_PATH_CHARS = 400
MAX_LISTED = 100_000
_SNIFF_BYTES = 8_192
_PART = ".qntx-part-"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntry:
    """A file of a source; `path` has forward slashes."""

    path: str
    size_bytes: int

    def to_json(self) -> dict[str, Any]:
        """JSON-ready."""
        return {"path": self.path, "size_bytes": self.size_bytes}


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A line that a search found; `line` counts from 1."""

    path: str
    line: int
    text: str

    def to_json(self) -> dict[str, Any]:
        """JSON-ready."""
        return {"path": self.path, "line": self.line, "text": self.text}


def is_binary(raw: bytes) -> bool:
    """Whether content is shown as "binary file" rather than as text."""
    head = raw[:_SNIFF_BYTES]
    if b"\0" in head:
        return True
    try:
        raw.decode()
    except UnicodeDecodeError:
        return True
    return False


class SourceFiles:
    """The files under `root`, which nobody leaves."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def tree(self) -> list[FileEntry]:
        """All files by path; links and what cannot be read are left out."""
        return sorted(self._walk(self._root, ""), key=lambda entry: entry.path)[:MAX_LISTED]

    def find_names(self, text: str, limit: int = 100) -> list[FileEntry]:
        """Files whose path holds the characters of `text` in this order, the closest first."""
        scored = [(score, entry) for entry in self.tree() if (score := _score(entry.path, text)) is not None]
        return [entry for _, entry in sorted(scored, key=lambda pair: (pair[0], pair[1].path))[:limit]]

    def find_content(self, text: str, limit: int = 200) -> list[Match]:
        """Lines that hold `text`, capitals ignored, in text files of up to 1 MiB."""
        wanted, found = text.casefold(), list[Match]()
        for entry in self.tree():
            if not wanted or entry.size_bytes > MAX_SEARCHED_BYTES:
                continue
            try:
                raw = self._place(entry.path).read_bytes()
            except OSError:  # gone or closed since it was listed: nothing of it is found
                continue
            if is_binary(raw):
                continue
            for number, line in enumerate(raw.decode().splitlines(), start=1):
                if wanted in line.casefold():
                    found.append(Match(path=entry.path, line=number, text=line.strip()[:300]))
                    if len(found) >= limit:
                        return found
        return found

    def locate(self, path: str) -> Path:
        """Where a file lies.

        Raises:
            ErrPathOutsideSource: The path leaves the folder.
            ErrFileNotFound: There is no such file.
        """
        place = self._place(path)
        if not place.is_file():
            raise ErrFileNotFound(path, "there is no such file in the source")
        return place

    def read(self, path: str, limit_bytes: int = MAX_FILE_BYTES) -> bytes:
        """The content of a file.

        Raises:
            ErrPathOutsideSource, ErrFileNotFound: As `locate`; also when it is too large.
        """
        place = self.locate(path)
        try:
            with place.open("rb") as file:
                raw = file.read(limit_bytes + 1)
        except OSError as error:
            raise ErrFileNotFound(path, error.strerror or type(error).__name__) from error
        if len(raw) > limit_bytes:
            raise ErrFileNotFound(path, f"it has more than {limit_bytes:,} bytes, the most that is read here")
        return raw

    def stamp(self, path: str) -> str | None:
        """What changes whenever the file does, however that happens; None: there is no such file.

        Raises:
            ErrPathOutsideSource: The path leaves the folder.
        """
        try:
            state = self._place(path).stat()
        except OSError:  # not there, or not to be looked at: whoever reads it is told why
            return None
        return f"{state.st_mtime_ns}-{state.st_size}-{state.st_ino}"

    def write(self, path: str, raw: bytes, *, unless_changed: str | None = None) -> None:
        """Put content into a file, new or not, at once and durably.

        Args:
            unless_changed: The `stamp` of what was read; None: whatever is there is replaced.

        Raises:
            ErrStaleFile: Somebody else changed or removed it since.
            ErrPathOutsideSource: The path leaves the folder.
            ErrInvalidSource: Too large, or a folder stands there.
            ErrDiskFull: No room; the old content stays.
        """
        if len(raw) > MAX_FILE_BYTES:
            raise ErrInvalidSource("file", f"{path} has {len(raw):,} bytes, at most {MAX_FILE_BYTES:,}.")
        place = self._place(path)
        if unless_changed is not None and self.stamp(path) != unless_changed:
            raise ErrStaleFile(path)
        part = place.with_name(f"{_PART}{secrets.token_hex(8)}")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with part.open("xb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
            part.replace(place)
            _sync_folder(place.parent)
        except OSError as error:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            raise _refusal(path, error) from error

    def rename(self, path: str, new_path: str) -> None:
        """Give a file another path; nothing is overwritten.

        Raises:
            ErrPathOutsideSource, ErrFileNotFound: As `locate`.
            ErrInvalidSource: Something stands there already.
        """
        place, target = self.locate(path), self._place(new_path)
        if os.path.lexists(target) and not _same_file(place, target):
            raise ErrInvalidSource("path", f"{new_path} exists already.", "Choose another name.")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            place.rename(target)
            _sync_folder(target.parent)
        except OSError as error:
            raise _refusal(new_path, error) from error
        self._drop_empty(place.parent)

    def delete(self, path: str) -> None:
        """Delete a file, and the folders that are empty then.

        Raises:
            ErrPathOutsideSource, ErrFileNotFound: As `locate`.
        """
        place = self.locate(path)
        try:
            place.unlink()
        except OSError as error:
            raise _refusal(path, error) from error
        self._drop_empty(place.parent)

    def _walk(self, folder: Path, prefix: str) -> Iterator[FileEntry]:
        waiting = [(folder, prefix)]
        while waiting:
            here, start = waiting.pop()
            with contextlib.suppress(OSError), os.scandir(here) as entries:
                for entry in entries:
                    if entry.name.startswith(_PART) or entry.name in (".git", "__pycache__"):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((Path(entry.path), f"{start}{entry.name}/"))
                    elif entry.is_file(follow_symlinks=False):
                        yield FileEntry(path=f"{start}{entry.name}", size_bytes=entry.stat().st_size)

    def _place(self, path: str) -> Path:
        if not path or len(path) > MAX_PATH_CHARS:
            raise ErrPathOutsideSource(path[:80], "it is empty" if not path else "it is too long")
        if not path.isprintable():
            raise ErrPathOutsideSource(ascii(path)[1:-1], "it holds a control character")
        if "\\" in path or path.startswith("/") or (len(path) > 1 and path[1] == ":"):
            raise ErrPathOutsideSource(path, "it is absolute, or has a backslash")
        parts = path.split("/")
        if any(part in ("", ".", "..") or part.startswith(_PART) for part in parts):
            raise ErrPathOutsideSource(path, "it has an empty part, . or ..")
        if any(part.casefold().rstrip(". ") == ".git" for part in parts):
            raise ErrPathOutsideSource(path, "it lies in a .git folder")
        place = self._root.joinpath(*parts)
        try:
            resolved = place.resolve()
            inside = resolved.is_relative_to(self._root.resolve())
        except (OSError, RuntimeError) as error:
            raise ErrPathOutsideSource(path, "it cannot be resolved") from error
        if not inside:
            raise ErrPathOutsideSource(path, "a link leads outside")
        return place

    def _drop_empty(self, folder: Path) -> None:
        while folder != self._root:
            try:
                folder.rmdir()
            except OSError:  # not empty: it stays, and so do those above it
                return
            folder = folder.parent


def _same_file(one: Path, other: Path) -> bool:
    """Whether two spellings name one file, as where capitals do not count."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def _refusal(path: str, error: OSError) -> ErrDiskFull | ErrInvalidSource:
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ErrDiskFull(path)
    return ErrInvalidSource("path", f"{path}: {error.strerror or type(error).__name__}")


def _sync_folder(folder: Path) -> None:
    """Make a rename survive a power cut; a platform that cannot is only less safe."""
    with contextlib.suppress(OSError):
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def _score(path: str, text: str) -> int | None:
    """How far apart the characters of `text` stand in `path`; None when they do not all stand there in order."""
    folded, at, score = path.casefold(), -1, 0
    for character in text.casefold():
        found = folded.find(character, at + 1)
        if found < 0:
            return None
        score += found - at - 1
        at = found
    return score + len(path) - at
