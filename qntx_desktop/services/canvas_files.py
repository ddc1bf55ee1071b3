"""Canvases as files: `.qntxcanvas` text, and PNG pictures that carry the canvas they show.

Any thread but the GUI's. Files are written beside their place first and moved there whole.
"""

from __future__ import annotations

import contextlib
import os
import re
import struct
import tempfile
import zlib
from pathlib import Path

from qntx_desktop.model import canvas_file
from qntx_desktop.model.canvas_file import CanvasText
from qntx_desktop.model.errors import ErrFileNotFound, ErrInvalidPayload
from qntx_desktop.model.ix import is_git_address, quote_token

MOST_BYTES = 256 * 1024 * 1024
PNG_SIGN = b"\x89PNG\r\n\x1a\n"
KEYWORD = canvas_file.FORMAT.encode("ascii")
_TYPE = re.compile(r"[a-z][a-z0-9]{0,30}")


def write_file(path: str, content: bytes) -> str:
    """Write a file whole or not at all.

    Returns:
        The path.

    Raises:
        ErrFileNotFound: It cannot be written there.
    """
    place = Path(path)
    try:
        handle, unfinished = tempfile.mkstemp(prefix=".qntx-", dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(unfinished).chmod(0o644)
            Path(unfinished).replace(place)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(unfinished).unlink()
            raise
    except OSError as error:
        raise ErrFileNotFound(path, error.strerror or str(error)) from error
    return path


def read_canvas(path: str) -> CanvasText:
    """The canvas that a `.qntxcanvas` file, or a picture made here, holds.

    Raises:
        ErrFileNotFound: It cannot be read, or is too large.
        ErrInvalidPayload: It holds no canvas that this version can read.
    """
    try:
        if Path(path).stat().st_size > MOST_BYTES:
            raise ErrFileNotFound(path, f"is larger than {MOST_BYTES:,} bytes")
        content = Path(path).read_bytes()
    except OSError as error:
        raise ErrFileNotFound(path, error.strerror or str(error)) from error
    return canvas_of(content)


def canvas_of(content: bytes) -> CanvasText:
    """The canvas that the content of such a file holds.

    Raises:
        ErrInvalidPayload: It holds no canvas that this version can read.
    """
    if content.startswith(PNG_SIGN):
        return canvas_file.read(taken_out(content))
    try:
        return canvas_file.read(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ErrInvalidPayload("canvas", "file", "is not UTF-8") from error


def holds_canvas(path: str) -> bool:
    """True when a dropped file is a canvas: by its name, or a picture that carries one."""
    if path.lower().endswith((canvas_file.SUFFIX, ".qntx")):
        return True
    if not path.lower().endswith(".png"):
        return False
    try:
        read_canvas(path)
    except (ErrFileNotFound, ErrInvalidPayload):
        return False
    return True


def command_for(address: str) -> str:
    """The IX command that ingests a dropped file, folder or address."""
    if "://" in address:
        suffix = address.partition("?")[0].rpartition("/")[2].rpartition(".")[2].lower()
        named = "." in address.rpartition("/")[2] and suffix != "git" and _TYPE.fullmatch(suffix)
        if is_git_address(address) and not named:
            return f"ix {quote_token(address)}"
        return f"ix {suffix if named else 'url'} {quote_token(address)}"
    path = Path(address)
    if path.is_dir():
        return (
            f"ix git {quote_token(address)}"
            if (path / ".git").exists()
            else f"ix folder {quote_token(address)}"
        )
    suffix = path.suffix[1:].lower()
    return f"ix {suffix if _TYPE.fullmatch(suffix) else 'file'} {quote_token(address)}"


def put_in(picture: bytes, text: str) -> bytes:
    """A PNG with a text in it, compressed, before its end; other programs show the picture as before."""
    end = picture.rindex(b"IEND") - 4
    body = KEYWORD + b"\0\1\0\0\0" + zlib.compress(text.encode("utf-8", "surrogatepass"))
    chunk = struct.pack(">I", len(body)) + b"iTXt" + body + struct.pack(">I", zlib.crc32(b"iTXt" + body))
    return picture[:end] + chunk + picture[end:]


def taken_out(picture: bytes) -> str:
    """The text that `put_in` put there.

    Raises:
        ErrInvalidPayload: There is none, or it is broken or larger than `MOST_BYTES` when unpacked.
    """
    at = len(PNG_SIGN)
    while at + 12 <= len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        name, body = picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        if name == b"iTXt" and body.startswith(KEYWORD + b"\0\1\0\0\0"):
            return _inflated(body[len(KEYWORD) + 5 :])
        at += 12 + length
    raise ErrInvalidPayload("canvas", "file", "is a picture without a canvas in it")


def _inflated(packed: bytes) -> str:
    opener = zlib.decompressobj()
    try:
        text = opener.decompress(packed, MOST_BYTES)
        if not opener.eof:
            raise ErrInvalidPayload("canvas", "file", "the canvas in the picture is cut off or too large")
        return text.decode("utf-8", "surrogatepass")
    except (zlib.error, UnicodeDecodeError) as error:
        raise ErrInvalidPayload("canvas", "file", f"the canvas in the picture is broken: {error}") from error
