"""Canvas files: whole or not at all, pictures that carry a canvas, commands for what is dropped."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from qntx_desktop.model import canvas_file
from qntx_desktop.model.errors import ErrFileNotFound, ErrInvalidPayload
from qntx_desktop.model.glyph import Glyph
from qntx_desktop.model.ix import parse_ix
from qntx_desktop.services.canvas_files import (
    PNG_SIGN,
    command_for,
    holds_canvas,
    put_in,
    read_canvas,
    taken_out,
    write_file,
)

GLYPH = Glyph(id=1, kind="note", x=0, y=0, width=9, height=9, content={"text": "é"})
TEXT = canvas_file.written("n", [GLYPH], ())


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


PICTURE = (
    PNG_SIGN
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(b"\0\0"))
    + chunk(b"IEND", b"")
)


def test_a_file_and_a_picture_bring_the_canvas_back(tmp_path: Path) -> None:
    for name, content in (("a.qntxcanvas", TEXT.encode()), ("a.PNG", put_in(PICTURE, TEXT))):
        path = write_file(str(tmp_path / name), content)
        assert holds_canvas(path)
        assert read_canvas(path).glyphs == (GLYPH,)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.PNG", "a.qntxcanvas"]


def test_what_holds_no_canvas_is_named(tmp_path: Path) -> None:
    good = put_in(PICTURE, TEXT)
    packed = good.index(b"iTXt") + 4 + len(canvas_file.FORMAT) + 5
    cases = {
        "plain.png": PICTURE,
        "broken.png": good[: packed + 4] + b"\0\0" + good[packed + 6 :],
        "cut.png": good[: packed + 10],
        "bytes.qntxcanvas": b"\xff\xfe",
        "other.qntxcanvas": b"{}",
        "deep.qntxcanvas": b"[" * 100_000,
    }
    for name, content in cases.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(ErrInvalidPayload):
            read_canvas(str(path))
    assert not holds_canvas(str(tmp_path / "plain.png"))
    with pytest.raises(ErrFileNotFound):
        read_canvas(str(tmp_path / "missing.qntxcanvas"))
    with pytest.raises(ErrFileNotFound):
        read_canvas(str(tmp_path))


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    with pytest.raises(ErrFileNotFound):
        write_file(str(tmp_path / "missing" / "a.qntxcanvas"), b"x")
    (tmp_path / "taken").mkdir()
    with pytest.raises(ErrFileNotFound):
        write_file(str(tmp_path / "taken"), b"x")
    assert [each.name for each in tmp_path.iterdir()] == ["taken"]


def test_the_text_of_a_picture_survives_half_characters() -> None:
    assert taken_out(put_in(PICTURE, "a\ud800")) == "a\ud800"


def test_what_is_dropped_becomes_a_command_that_can_be_read(tmp_path: Path) -> None:
    repository = tmp_path / "repo"
    (repository / ".git").mkdir(parents=True)
    wanted = {
        str(tmp_path / "a b.CSV"): "csv",
        str(tmp_path / "README"): "file",
        str(tmp_path / "x.7z"): "file",
        str(repository): "git",
        str(tmp_path): "folder",
        "https://example.org/data.json?x=1": "json",
        "https://example.org/someone/code.git": "git",
    }
    for address, script_type in wanted.items():
        command = parse_ix(command_for(address))
        assert command.script_type == script_type, address
