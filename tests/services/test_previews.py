"""The beginning of a file: pictures, texts, folders, and everything that is none of them."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest

from qntx_desktop.model.errors import ErrFileNotFound
from qntx_desktop.services import previews
from qntx_desktop.services.previews import FileForm, is_picture, read_head

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR"


def test_a_text_is_read_as_lines_and_says_when_there_is_more(tmp_path: Path) -> None:
    place = tmp_path / "a.csv"
    place.write_bytes("\ufeffname\tage\r\nzoë\t4\n".encode())
    head = read_head("a.csv", str(tmp_path))
    assert (head.form, head.cut, head.size_bytes) == (FileForm.TEXT, False, place.stat().st_size)
    assert head.lines == ("name    age", "zoë 4")
    place.write_text("é" * 300_000, "utf-8")
    long = read_head(str(place))
    assert (long.form, long.cut) == (FileForm.TEXT, True)
    place.write_text("x" * 9_000 + "\n" + "y\n" * 9_000, "utf-8")
    many = read_head(str(place))
    assert many.cut
    assert len(many.lines) == previews.MOST_LINES
    assert len(many.lines[0]) == previews.MOST_LINE_CHARS


def test_an_empty_file_is_an_empty_text_and_bytes_are_binary(tmp_path: Path) -> None:
    place = tmp_path / "a"
    place.write_bytes(b"")
    assert (read_head(str(place)).form, read_head(str(place)).lines) == (FileForm.TEXT, ())
    for content in (b"a\0b", b"\xff\xfe\xfa" * 9):
        place.write_bytes(content)
        assert read_head(str(place)).form is FileForm.BINARY


def test_a_picture_comes_whole_unless_it_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "no-name-that-says-it"
    place.write_bytes(PNG + b"x" * 100_000)
    head = read_head(str(place))
    assert (head.form, head.picture_form, len(head.picture)) == (FileForm.PICTURE, "png", len(PNG) + 100_000)
    assert is_picture(str(place))
    monkeypatch.setattr(previews, "MOST_PICTURE_BYTES", 1_000)
    assert read_head(str(place)).picture == b""


def test_a_folder_lists_its_names_folders_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a.txt").write_text("x")
    head = read_head(".", str(tmp_path))
    assert (head.form, head.lines, head.size_bytes, head.cut) == (FileForm.FOLDER, ("a.txt", "b/"), 2, False)
    monkeypatch.setattr(previews, "MOST_NAMES", 1)
    assert read_head(str(tmp_path)).cut
    assert not is_picture(str(tmp_path))


@pytest.mark.parametrize("path", ["missing", "a\0b", "x" * 5_000])
def test_what_is_not_there_is_said(tmp_path: Path, path: str) -> None:
    with pytest.raises(ErrFileNotFound):
        read_head(path, str(tmp_path))


def test_a_pipe_or_a_device_is_never_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (str(tmp_path / "pipe"), "/dev/zero"):
        with pytest.raises(ErrFileNotFound, match="neither a file nor a folder"):
            read_head(path)
        assert not is_picture(path)
    assert not is_picture("https://example.org/a.png")
