"""Where answers go, and what happens when nobody takes them."""

from __future__ import annotations

import errno
import io
import json
import os

import pytest

from qntx_desktop.cli.printer import ErrOutputFailed, OutputClosed, Printer


class Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def __init__(self, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(), encoding=encoding, newline="")

    def isatty(self) -> bool:
        return True

    def said(self) -> str:
        self.flush()
        return self.buffer.getvalue().decode(self.encoding)  # type: ignore[attr-defined]


class File(Terminal):
    """A stream that says it is none."""

    def isatty(self) -> bool:
        return False


def test_what_a_script_printed_cannot_drive_a_terminal_and_is_whole_in_a_pipe() -> None:
    text = "a\tb\r\n\x1b]52;c;eA==\x07 \u202eabc\x9b31m é 👨\u200d👩"
    terminal, pipe = Terminal(), File()
    Printer(terminal, terminal).foreign(text)
    Printer(terminal, terminal).foreign(text + "\n", on_stderr=True)
    spelled = "a\tb\n\\x1b]52;c;eA==\\x07 \\u202eabc\\x9b31m é 👨\u200d👩\n"
    assert terminal.said() == spelled * 2
    Printer(pipe, pipe).foreign(text)
    assert pipe.said() == text + "\n"


class Closed(File):
    """A pipe whose reader is gone."""

    def write(self, text: str) -> int:
        raise BrokenPipeError


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252"])
def test_a_document_is_one_line_of_json_in_any_encoding(encoding: str) -> None:
    out = File(encoding)
    value = {"name": "Zoë 李雷", "half": "\ud800", "nul": "\0"}
    Printer(out, File()).document(value)
    assert json.loads(out.said()) == value
    assert out.said().count("\n") == 1


def test_a_document_on_a_terminal_is_laid_out() -> None:
    out = Terminal()
    Printer(out, File()).document({"a": [1]})
    assert out.said() == '{\n  "a": [\n    1\n  ]\n}\n'


def test_nan_never_leaves_as_json() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        Printer(File(), File()).document({"a": float("nan")})


@pytest.mark.parametrize(
    ("variable", "value", "coloured"), [("X", "", True), ("NO_COLOR", "1", False), ("TERM", "dumb", False)]
)
def test_colour_only_where_it_is_wanted(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, coloured: bool
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(variable, value)
    printer = Printer(Terminal(), File())
    assert (printer.styled("x", "red") == "\x1b[31mx\x1b[0m") is coloured
    assert printer.styled("x", "red", on_stderr=True) == "x"


def test_progress_is_for_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    watched, piped = Terminal(), File()
    printer = Printer(File(), watched)
    printer.progress("csv v2 · 5 of 10")
    printer.note("done")
    assert watched.said() == "\r\x1b[Kcsv v2 · 5 of 10\r\x1b[Kdone\n"
    Printer(Terminal(), piped).progress("csv v2")
    assert piped.said() == ""


def test_plain_signs_where_the_stream_knows_no_others() -> None:
    out = File("ascii")
    Printer(out, File()).readable("csv v1 · Zoë …")
    assert out.said() == "csv v1 - Zo\\xeb ~\n"


def test_a_closed_pipe_is_told() -> None:
    with pytest.raises(OutputClosed):
        Printer(Closed(), File()).text("x")


class Full(File):
    """A file on a full disk."""

    def write(self, text: str) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_is_no_closed_pipe() -> None:
    with pytest.raises(ErrOutputFailed, match="space"):
        Printer(Full(), File()).text("x")
