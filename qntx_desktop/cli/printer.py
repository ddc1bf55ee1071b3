"""Where answers go: one JSON document or readable text on stdout, everything else on stderr.

Main thread only, but for `progress` and `clear_line`, which any thread may call. Colours and progress lines
appear on a terminal alone; NO_COLOR and TERM=dumb are heeded.
"""

from __future__ import annotations

import errno
import io
import json
import os
import sys
from typing import Any, TextIO

from qntx_desktop.cli.cells import cut, lines_shown
from qntx_desktop.model.errors import Family, QntxError

_STYLES = {"dim": "2", "bold": "1", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}
_ASCII = str.maketrans({"·": "-", "…": "~", "━": "#", "─": "-", "⨳": "ix", "—": "-", "–": "-"})


class OutputClosed(Exception):
    """Whoever read our stdout is gone; there is nobody to tell anything."""


class ErrOutputFailed(QntxError):
    """The answer could not be written, such as into a file on a full disk."""

    code = "output_failed"
    family = Family.ENVIRONMENT

    def __init__(self, reason: str) -> None:
        super().__init__(
            message=f"The answer could not be written: {reason}",
            hint="What was asked for is done; see where the output goes.",
            details={"reason": reason},
        )


class Printer:
    """Stdout and stderr of one call."""

    def __init__(self, out: TextIO, err: TextIO, *, as_json: bool = False) -> None:
        self.as_json = as_json
        self.answered = False
        self._out = out
        self._err = err
        self._line_shown = False
        for stream in (out, err):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")

    @property
    def columns(self) -> int | None:
        """Width of the terminal in cells; None when stdout is no terminal, so that nothing is cut."""
        if not _is_terminal(self._out):
            return None
        try:
            return int(os.environ.get("COLUMNS") or 0) or _cells_of(self._out)
        except ValueError:
            return _cells_of(self._out)

    @property
    def live(self) -> bool:
        """Whether progress lines make sense: a person watches stderr."""
        return _is_terminal(self._err) and os.environ.get("TERM") != "dumb"

    @property
    def stderr(self) -> TextIO:
        """Where everything goes that is no answer."""
        return self._err

    def document(self, value: Any) -> None:
        """Print the one JSON document of this call."""
        self.answered = True
        self.text(self.as_document(value))

    def as_document(self, value: Any) -> str:
        """Spell a JSON document: indented for a person, on one line for a program."""
        indent = 2 if _is_terminal(self._out) else None
        return json.dumps(value, ensure_ascii=not _is_unicode(self._out), indent=indent, allow_nan=False)

    def text(self, text: str, *, end: str = "\n") -> None:
        """Write to stdout, as it is.

        Raises:
            OutputClosed: The reader is gone.
            ErrOutputFailed: The text could not be written, such as on a full disk.
        """
        self.clear_line()
        try:
            self._out.write(text + end)
            self._out.flush()
        except BrokenPipeError:
            raise OutputClosed from None
        except OSError as error:
            if error.errno == errno.EINVAL and os.name == "nt":  # how Windows says that a pipe is closed
                raise OutputClosed from None
            raise ErrOutputFailed(error.strerror or str(error)) from error

    def foreign(self, text: str, *, on_stderr: bool = False) -> None:
        """Write what a script printed, or code: as it is, but on a terminal without what could drive that."""
        if _is_terminal(self._err if on_stderr else self._out):
            text = lines_shown(text)
        if on_stderr:
            self.note(text.removesuffix("\n"))
        else:
            self.text(text, end="" if text.endswith("\n") else "\n")

    def readable(self, text: str) -> None:
        """Write readable text to stdout; signs that the stream cannot spell become plain ones."""
        self.text(text if _is_unicode(self._out) else text.translate(_ASCII))

    def note(self, text: str) -> None:
        """Say something beside the answer, on stderr; a closed stderr is nobody's concern."""
        self.clear_line()
        self._say(text + "\n")

    def progress(self, text: str) -> None:
        """Show a line on stderr that the next output replaces; nothing unless a person watches."""
        if self.live:
            self._line_shown = True
            self._say("\r\x1b[K" + cut(text, _cells_of(self._err) - 1))

    def clear_line(self) -> None:
        """Take away the progress line."""
        if self._line_shown:
            self._line_shown = False
            self._say("\r\x1b[K")

    def styled(self, text: str, *styles: str, on_stderr: bool = False) -> str:
        """Colour a text where colours are wanted."""
        if not styles or not _wants_colour(self._err if on_stderr else self._out):
            return text
        codes = ";".join(_STYLES[style] for style in styles)
        return f"\x1b[{codes}m{text}\x1b[0m"

    def _say(self, text: str) -> None:
        try:
            self._err.write(text if _is_unicode(self._err) else text.translate(_ASCII))
            self._err.flush()
        except (OSError, ValueError):
            self._line_shown = False


def standard_printer() -> Printer:
    """The printer of this process; a stream that was closed before the start goes nowhere."""
    for descriptor in (0, 1, 2):
        _fill(descriptor)
    return Printer(_whole(sys.stdout or _nowhere()), sys.stderr or _nowhere())


def _whole(stream: TextIO) -> TextIO:
    """A stream that writes all it is given, or fails.

    Under PYTHONUNBUFFERED a text stream has no buffer, and CPython drops in silence what a single write to the
    system leaves over: a reader that leaves half-way would look like success.
    """
    raw = getattr(stream, "buffer", None)
    if not isinstance(raw, io.RawIOBase):
        return stream
    buffered = io.BufferedWriter(io.FileIO(raw.fileno(), "w", closefd=False))
    return io.TextIOWrapper(buffered, encoding=stream.encoding, errors=stream.errors)


def silence_stdout() -> None:
    """Let what is still buffered for a closed pipe go nowhere, or the interpreter complains when it ends."""
    try:
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, sys.stdout.fileno())
        os.close(sink)
    except (OSError, ValueError, AttributeError):
        sys.stdout = _nowhere()


def _fill(descriptor: int) -> None:
    """Occupy a closed standard descriptor: else the next file opened, such as the database, would take it."""
    try:
        os.fstat(descriptor)
    except OSError:
        os.open(os.devnull, os.O_RDWR)


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - lives as long as the process


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except ValueError:
        return False


def _is_unicode(stream: TextIO) -> bool:
    return (getattr(stream, "encoding", None) or "").lower().replace("-", "").startswith("utf")


def _wants_colour(stream: TextIO) -> bool:
    if not _is_terminal(stream) or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return os.name != "nt" or bool(os.environ.get("WT_SESSION") or os.environ.get("TERM"))


def _cells_of(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80  # some terminals do not tell
    except (OSError, ValueError):
        return 80
