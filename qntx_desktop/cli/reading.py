"""What a call reads from outside: code from files and stdin, JSON from options.

Main thread.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from qntx_desktop.model.errors import ErrFileNotFound, ErrSyntax
from qntx_desktop.model.handler import MAX_CODE_BYTES
from qntx_desktop.model.strict_json import NotStrictJson, read_json

__all__ = ["MAX_CODE_BYTES", "NotStrictJson", "read_code", "read_json_object"]

STDIN = "-"
_MOST_JSON_BYTES = 16 << 20


def read_code(name: str) -> str:
    """The text of a code file, or of stdin for `-`.

    Raises:
        ErrFileNotFound: There is no such file, it is a folder, or it cannot be read.
        ErrSyntax: It is not UTF-8 text, or too long; `line` and `column` name the place.
    """
    content = _stdin() if name == STDIN else _file(name)
    if len(content) > MAX_CODE_BYTES:
        raise ErrSyntax(f"the file is longer than {MAX_CODE_BYTES:,} bytes", 1, 1)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line, column = before.count(b"\n") + 1, len(before) - (before.rfind(b"\n") + 1) + 1
        what = f"byte 0x{content[error.start]:02x} is not UTF-8 text"
        raise ErrSyntax(what, line, column) from None


def read_text(name: str, most_bytes: int) -> str:
    """The text of a file, or of stdin for `-`; a byte over the limit is left for the reader of it to refuse.

    Raises:
        ErrFileNotFound: There is no such file, it cannot be read, or it is no UTF-8 text.
    """
    content = _stdin(most_bytes) if name == STDIN else _file(name, most_bytes)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ErrFileNotFound(name, f"byte {error.start + 1:,} is not UTF-8 text") from None


def _stdin(most_bytes: int = MAX_CODE_BYTES) -> bytes:
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise ErrFileNotFound(STDIN, "stdin is closed")
    try:
        content: bytes = stream.read(most_bytes + 1)
    except OSError as error:
        raise ErrFileNotFound(STDIN, _reason(error)) from None
    return content


def _file(name: str, most_bytes: int = MAX_CODE_BYTES) -> bytes:
    try:
        with Path(name).open("rb") as file:
            if stat.S_ISCHR(os.fstat(file.fileno()).st_mode):
                raise ErrFileNotFound(name, "it is a device, not a file")
            return file.read(most_bytes + 1)
    except IsADirectoryError:
        raise ErrFileNotFound(name, "it is a folder, not a file") from None
    except OSError as error:
        raise ErrFileNotFound(name, _reason(error)) from None
    except ValueError:
        raise ErrFileNotFound(name, "it cannot be the name of a file") from None


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    text = error.strerror or type(error).__name__
    return text[0].lower() + text[1:]


def read_moment(text: str) -> int:
    """Microseconds since 1970 UTC of an ISO 8601 time; without a zone it is local, as all times that qntx shows.

    Raises:
        ValueError: It is none.
    """
    from datetime import datetime

    from qntx_desktop.model.clock import from_iso

    moment = datetime.fromisoformat(text)
    try:
        return from_iso((moment if moment.tzinfo is not None else moment.astimezone()).isoformat())
    except (OverflowError, OSError):  # the first and the last year, where zones lead out of the calendar
        raise ValueError(text) from None


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """A file to be read more than once, stdin for `-`.

    Raises:
        ErrFileNotFound: There is no such file, it is a folder, or it cannot be read.
    """
    import tempfile

    if name != STDIN:
        with _opened(name) as file:
            yield file
        return
    with tempfile.TemporaryFile() as file:
        stream = getattr(sys.stdin, "buffer", None)
        if stream is None:
            raise ErrFileNotFound(STDIN, "stdin is closed")
        try:
            while content := stream.read(1 << 20):
                file.write(content)
        except OSError as error:
            raise ErrFileNotFound(STDIN, _reason(error)) from None
        yield file


def _opened(name: str) -> BinaryIO:
    try:
        file = Path(name).open("rb")  # noqa: SIM115 - the caller closes it
    except IsADirectoryError:
        raise ErrFileNotFound(name, "it is a folder, not a file") from None
    except OSError as error:
        raise ErrFileNotFound(name, _reason(error)) from None
    except ValueError:
        raise ErrFileNotFound(name, "it cannot be the name of a file") from None
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise ErrFileNotFound(name, "it is no regular file; pipe it in, and name -")
    return file


def read_json_object(text: str) -> dict[str, Any]:
    """A JSON object, read strictly; `-` is the one on stdin.

    Raises:
        NotStrictJson: It is none.
        ErrFileNotFound: Stdin cannot be read.
    """
    value = read_json(read_text(STDIN, _MOST_JSON_BYTES) if text == STDIN else text)
    if not isinstance(value, dict):
        raise NotStrictJson(f"it must be an object, not {_kind(value)}")
    return value


def _kind(value: object) -> str:
    names = {list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
