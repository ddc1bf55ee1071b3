"""Copying files and whole folders of the computer into a manual source. Any thread but the GUI's; blocks.

All of it is looked at before the first file is written, so that what cannot be copied leaves nothing half there.
Links are never followed: what they lead to was not chosen.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from qntx_desktop.model.errors import ErrInvalidSource
from qntx_desktop.services.source_files import MAX_FILE_BYTES, SourceFiles

MOST_FILES = 2_000
MOST_BYTES = 200 << 20
_LEFT_OUT = frozenset({".git", "__pycache__"})
"""Folders that no source shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What was copied; `left_out` are links and what is no file."""

    files: int
    size_bytes: int
    left_out: int


def copy_in(files: SourceFiles, wanted: Iterable[tuple[Path, str]], *, replace: bool = False) -> Copied:
    """Copy files and folders into a source.

    Args:
        wanted: What to copy, and its path there: of the file, or of the folder that takes what is in a folder.
        replace: Files that are there already are replaced.

    Raises:
        ErrInvalidSource: One cannot be read, is too large or there already, or there are too many; none was copied.
        ErrPathOutsideSource: A name in it cannot be one in a source; none was copied.
        ErrDiskFull: No room; those before it are there.
    """
    planned: dict[str, Path] = {}
    left_out, size_bytes = 0, 0
    for place, target in (pair for chosen, path in wanted for pair in _walk(chosen, path)):
        if place.is_symlink() or not place.is_file():
            left_out += 1
            continue
        size_bytes += _size_of(place, target)
        if target in planned or (files.stamp(target) is not None and not replace):
            raise ErrInvalidSource("path", f"{target} exists already.", "Rename one of them.")
        planned[target] = place
        if len(planned) > MOST_FILES or size_bytes > MOST_BYTES:
            reason = f"There are more than {MOST_FILES:,} files or {MOST_BYTES >> 20:,} MB to copy."
            raise ErrInvalidSource("path", reason, "Copy a smaller folder, or put it there yourself.")
    for target, place in planned.items():
        files.write(target, _content(place, target))
    return Copied(files=len(planned), size_bytes=size_bytes, left_out=left_out)


def _walk(chosen: Path, path: str) -> Iterator[tuple[Path, str]]:
    """A file itself, which may be named by a link, or all that lies in a folder, by path."""
    chosen = chosen.resolve()
    if not chosen.is_dir():
        if not chosen.is_file():
            raise ErrInvalidSource("path", f"{chosen.name} is no file or folder.")
        yield chosen, path
        return
    top = "" if path == "." else path.strip("/")
    for here, folders, names in os.walk(chosen, onerror=_refuse):
        folders[:] = sorted(each for each in folders if each not in _LEFT_OUT)
        linked = [each for each in folders if Path(here, each).is_symlink()]
        inside = Path(here).relative_to(chosen).as_posix()
        start = "/".join(part for part in (top, "" if inside == "." else inside) if part)
        for name in sorted([*names, *linked]):
            yield Path(here, name), f"{start}/{name}" if start else name


def _refuse(error: OSError) -> None:
    raise ErrInvalidSource("path", f"{Path(str(error.filename)).name}: {error.strerror}") from error


def _size_of(place: Path, target: str) -> int:
    size_bytes = place.stat().st_size
    if size_bytes > MAX_FILE_BYTES:
        raise ErrInvalidSource("path", f"{target} is larger than {MAX_FILE_BYTES >> 20} MB.")
    return size_bytes


def _content(place: Path, target: str) -> bytes:
    try:
        return place.read_bytes()
    except OSError as error:
        raise ErrInvalidSource("path", f"{target}: {error.strerror or type(error).__name__}") from error
