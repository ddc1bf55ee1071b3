"""Code from files and stdin, JSON from options: what is no code or no JSON is named."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from qntx_desktop.cli.reading import MAX_CODE_BYTES, NotStrictJson, read_code, read_json_object
from qntx_desktop.model.errors import ErrFileNotFound, ErrSyntax


def test_code_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "h.py"
    path.write_bytes("\ufeffprint('Zoë')\r\n".encode())
    assert read_code(str(path)) == "print('Zoë')\r\n"


def test_code_from_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("# Zoë\n".encode())))
    assert read_code("-") == "# Zoë\n"


def test_stdin_may_be_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(ErrFileNotFound, match="stdin is closed"):
        read_code("-")


@pytest.mark.parametrize("name", ["absent.py", ".", "a\0b", "absent/h.py", "x" * 5_000, "", "/dev/zero"])
def test_what_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    if name.startswith("/dev") and not Path(name).exists():
        pytest.skip("no such device on this platform")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ErrFileNotFound) as refused:
        read_code(name)
    assert refused.value.details["path"] == name
    assert refused.value.details["reason"]


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything"
)
def test_an_unreadable_file(tmp_path: Path) -> None:
    path = tmp_path / "h.py"
    path.write_text("print(1)")
    path.chmod(0)
    with pytest.raises(ErrFileNotFound, match="permission denied"):
        read_code(str(path))


def test_a_binary_file_is_no_code(tmp_path: Path) -> None:
    path = tmp_path / "h.py"
    path.write_bytes(b"print(1)\nx = '\xff\xd8'\n")
    with pytest.raises(ErrSyntax) as refused:
        read_code(str(path))
    assert (refused.value.details["line"], refused.value.details["column"]) == (2, 6)
    assert "0xff" in refused.value.message


def test_an_enormous_file_is_no_code(tmp_path: Path) -> None:
    path = tmp_path / "h.py"
    with path.open("wb") as file:
        file.truncate(MAX_CODE_BYTES + 1)
    with pytest.raises(ErrSyntax, match="longer than 500,000 bytes"):
        read_code(str(path))


@pytest.mark.parametrize("text", ["[]", "1", '"x"', "null", "true", "nonsense"])
def test_only_objects_are_objects(text: str) -> None:
    with pytest.raises(NotStrictJson):
        read_json_object(text)
