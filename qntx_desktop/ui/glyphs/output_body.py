"""What a run wrote and how it failed, painted: the exception first, then as much of the end as fits.

Qt main thread. Nothing is left out in silence: lines above and bytes that were dropped are counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from qntx_desktop.model.job import Execution, ExecutionStatus
from qntx_desktop.ui import told
from qntx_desktop.ui.glyphs.code_body import line_height
from qntx_desktop.ui.glyphs.paint import draw_line, draw_wrapped, inner_width, wrapped
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import PADDING_PX, Theme, fact_font, mono_font, ui_font
from qntx_desktop.ui.wording import counted, one_line, size

MOST_READ_CHARS = 40_000
_GAP_PX = 8.0


@dataclass(frozen=True, slots=True)
class OutputLine:
    """One line to paint; `tone` is `out`, `err` or `note`."""

    text: str
    tone: str


def has_output(run: Execution) -> bool:
    """Whether there is anything to show."""
    dropped = run.stdout_dropped_bytes or run.stderr_dropped_bytes
    return bool(run.stdout.strip() or run.stderr.strip() or run.error or dropped)


def output_lines(run: Execution, most: int) -> list[OutputLine]:
    """The end of stdout and then of stderr in at most `most` lines, with what is missing in words.

    Args:
        most: At least 2.
    """
    lines: list[OutputLine] = []
    streams = (
        ("stdout", run.stdout, run.stdout_dropped_bytes, "out"),
        ("stderr", _own_stderr(run), run.stderr_dropped_bytes, "err"),
    )
    for name, text, dropped, tone in streams:
        written = text.rstrip("\n")
        if written:
            lines.extend(OutputLine(_shown(line), tone) for line in written[-MOST_READ_CHARS:].splitlines())
        if dropped:
            lines.append(
                OutputLine(tr("{dropped} of {name} dropped").format(dropped=size(dropped), name=name), "note")
            )
    earlier = sum(text.count("\n", 0, max(0, len(text) - MOST_READ_CHARS)) for _, text, _, _ in streams)
    hidden = len(lines) - most
    if hidden > 0 or earlier:
        keep = max(1, most - 1)
        above = len(lines) - min(keep, len(lines)) + earlier
        lines = [OutputLine(tr("… {lines} above").format(lines=counted(above, 'line')), "note"), *lines[-keep:]]
    return lines


def _own_stderr(run: Execution) -> str:
    """stderr without the traceback that is told as the failure already."""
    traceback = str(((run.error or {}).get("details") or {}).get("traceback") or "").strip()
    text = run.stderr.strip("\n")
    return text[: -len(traceback)].rstrip() if traceback and text.endswith(traceback) else text


def _shown(line: str) -> str:
    return one_line(line.expandtabs(4), 300)


def paint_output(painter: QPainter, rect: QRectF, run: Execution, theme: Theme) -> None:
    """Paint the failure, if any, and the output below it."""
    painter.fillRect(rect, QColor(theme.code))
    left, width = rect.left() + PADDING_PX, inner_width(rect.width())
    y = rect.top() + _GAP_PX
    if run.error:
        stopped = run.status is ExecutionStatus.CANCELLED  # somebody wanted that: nothing to be alarmed about
        tone = theme.text if stopped else theme.failed
        y += _paint_failure(painter, QRectF(left, y, width, rect.bottom() - y), run.error, theme, tone)
    pitch = line_height()
    fitting = int((rect.bottom() - y - 4) / pitch)
    if fitting < 1:
        return
    colours = {"out": theme.text, "err": theme.waiting, "note": theme.dim}
    for line in output_lines(run, max(2, fitting))[-fitting:]:
        font = fact_font() if line.tone == "note" else mono_font()
        draw_line(painter, QRectF(left, y, width, pitch), line.text, colours[line.tone], font)
        y += pitch


def _paint_failure(
    painter: QPainter, area: QRectF, error: Mapping[str, Any], theme: Theme, tone: str
) -> float:
    """Message, the end of the traceback, hint; gives back the height used."""
    y = area.top()
    message = wrapped(told.message(error) or tr("It failed."), area.width(), "ui", 3)
    y += draw_wrapped(painter, QPointF(area.left(), y), message, tone, ui_font(), area.width())
    hint = told.hint(error)
    if hint:
        lines = wrapped(hint, area.width(), "ui", 2)
        y += draw_wrapped(painter, QPointF(area.left(), y), lines, theme.dim, ui_font(), area.width())
    pitch = line_height()
    for line in traceback_excerpt(error, max(0, int((area.bottom() - y - _GAP_PX) / pitch))):
        draw_line(painter, QRectF(area.left(), y, area.width(), pitch), line, theme.dim, mono_font())
        y += pitch
    return y - area.top() + _GAP_PX


def traceback_excerpt(error: Mapping[str, Any], most: int) -> list[str]:
    """The last lines of the traceback, without the message that is shown already."""
    text = str((error.get("details") or {}).get("traceback") or "").strip("\n")
    lines = [_shown(line) for line in text[-8_000:].splitlines()]
    if lines and lines[0].startswith("Traceback"):
        lines = lines[1:]
    exception = str((error.get("details") or {}).get("exception") or "")
    if lines and exception and lines[-1].startswith(exception):
        lines = lines[:-1]
    most = min(most, 6)
    return lines[-most:] if most else []
