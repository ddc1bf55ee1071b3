"""The beginning of a file, for a glyph that shows it: bytes of a picture, lines of a text, names in a folder.

Any thread but the GUI's. Reads only ordinary files and folders, and never more than it says: a canvas from
elsewhere may name any path, also a device that never ends.
"""

from __future__ import annotations

import itertools
import os
import stat
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from qntx_desktop.model.errors import ErrFileNotFound

MOST_PICTURE_BYTES = 64 * 1024 * 1024
MOST_TEXT_BYTES = 64 * 1024
MOST_LINES, MOST_LINE_CHARS, MOST_NAMES = 400, 400, 200
_SIGNS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
)
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class FileForm(StrEnum):
    """What a file is, by its content."""

    PICTURE = "picture"
    TEXT = "text"
    FOLDER = "folder"
    BINARY = "binary"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileHead:
    """What was read.

    Args:
        size_bytes: Of the file; of a folder, the number of names read.
        lines: Of a text, or the names in a folder; folders end in `/`.
        cut: There is more than `lines`.
        picture: The whole file of a picture; empty when it is larger than `MOST_PICTURE_BYTES`.
        picture_form: `png`, `jpeg`, `gif` or `bmp`.
    """

    path: str
    form: FileForm
    size_bytes: int
    modified_us: int
    lines: tuple[str, ...] = ()
    cut: bool = False
    picture: bytes = b""
    picture_form: str = ""


def read_head(path: str, base: str = "", most_text_bytes: int = MOST_TEXT_BYTES) -> FileHead:
    """The beginning of a file or folder.

    Args:
        base: Where a relative path starts.
        most_text_bytes: How much of a text is read.

    Raises:
        ErrFileNotFound: There is none, it cannot be read, or it is a device.
    """
    whole = Path(base, Path(path).expanduser()) if base else Path(path).expanduser()
    try:
        if whole.is_dir():
            return _folder(whole)
        handle = os.open(whole, _READ)
        with os.fdopen(handle, "rb") as file:
            facts = os.fstat(handle)
            if not stat.S_ISREG(facts.st_mode):
                raise ErrFileNotFound(str(whole), "is neither a file nor a folder")
            start = file.read(most_text_bytes)
            form = picture_form(start)
            if not form:
                return _text(whole, facts, start)
            small = facts.st_size <= MOST_PICTURE_BYTES
            picture = start + file.read(MOST_PICTURE_BYTES - len(start)) if small else b""
    except (OSError, ValueError) as error:
        raise ErrFileNotFound(str(whole), _reason(error)) from error
    return FileHead(
        path=str(whole),
        form=FileForm.PICTURE,
        size_bytes=facts.st_size,
        modified_us=facts.st_mtime_ns // 1_000,
        picture=picture,
        picture_form=form,
    )


def is_picture(path: str) -> bool:
    """True when a dropped file is a picture that can be shown, by its first bytes."""
    if "://" in path or not Path(path).is_file():
        return False
    try:
        with Path(path).open("rb") as file:
            return bool(picture_form(file.read(16)))
    except OSError:
        return False


def picture_form(start: bytes) -> str:
    """Which kind of picture begins so; empty for anything else."""
    return next((form for sign, form in _SIGNS if start.startswith(sign)), "")


def _folder(path: Path) -> FileHead:
    facts = path.stat()
    with os.scandir(path) as entries:
        found = list(itertools.islice(entries, MOST_NAMES + 1))
    names = sorted(f"{_shown(each.name)}/" if each.is_dir() else _shown(each.name) for each in found[:MOST_NAMES])
    return FileHead(
        path=str(path),
        form=FileForm.FOLDER,
        size_bytes=len(names),
        modified_us=facts.st_mtime_ns // 1_000,
        lines=tuple(names),
        cut=len(found) > MOST_NAMES,
    )


def _text(path: Path, facts: os.stat_result, start: bytes) -> FileHead:
    """A text when it reads as UTF-8 and holds no zero byte; a character cut in two at the end does not count."""
    whole = len(start) >= facts.st_size
    lines: list[str] = []
    form = FileForm.BINARY
    if b"\0" not in start:
        try:
            text = start.decode("utf-8-sig", "strict" if whole else "ignore")
        except UnicodeDecodeError:
            text = ""
        if text or not start:
            form, lines = FileForm.TEXT, text.splitlines()
    if form is FileForm.TEXT and not whole and lines:
        lines.pop()
    return FileHead(
        path=str(path),
        form=form,
        size_bytes=facts.st_size,
        modified_us=facts.st_mtime_ns // 1_000,
        lines=tuple(line[:MOST_LINE_CHARS].expandtabs(4) for line in lines[:MOST_LINES]),
        cut=not whole or len(lines) > MOST_LINES,
    )


def _shown(name: str) -> str:
    """A name of any bytes as text that can be painted."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    return (error.strerror if isinstance(error, OSError) else "") or str(error) or "cannot be read"
