"""The error glyph: a failure kept on the canvas, whole, with what can be done about it.

Qt main thread; holds no state. Its content may come from a file: nothing in it is trusted to be of a type.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from qntx_desktop.model.glyph import KIND_ERROR, Glyph
from qntx_desktop.ui import told
from qntx_desktop.ui.glyphs.code_body import line_height
from qntx_desktop.ui.glyphs.kind import RIGHT, Button, Chip, EditorSpec, Hotspot, Port
from qntx_desktop.ui.glyphs.live import Live
from qntx_desktop.ui.glyphs.output_body import traceback_excerpt
from qntx_desktop.ui.glyphs.paint import (
    BUTTON_PX,
    button_width,
    draw_button,
    draw_line,
    draw_wrapped,
    inner_width,
    wrapped,
)
from qntx_desktop.ui.glyphs.run_words import FAILED
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import PADDING_PX, Theme, mono_font, ui_font
from qntx_desktop.ui.wording import count, failure, one_line, stamp

CREATE, FIX = tr("Create handler"), tr("Go to the code")
MISSING = "no_ingest_script"
MOST_CHARS = 400_000
_AIR_PX = 8.0
_LAST_US = 253_402_300_799_000_000
"""The end of the year 9999: what lies behind is no time."""


class ErrorKind:
    """A failure."""

    name = KIND_ERROR
    symbol = "⚠"
    label = tr("Error")
    in_palette = False
    default_size = (400.0, 208.0)
    min_size = (240.0, 112.0)

    def new_content(self) -> Mapping[str, Any]:
        """Nothing; it is made from a failure."""
        return {"error": {}, "command": "", "job_id": None, "at_us": None}

    def title(self, glyph: Glyph) -> str:
        """What failed."""
        return one_line(_text(glyph.content.get("command")), 120) or tr("error")

    def chips(self, glyph: Glyph, live: Live) -> tuple[Chip, ...]:
        """In a word or two how."""
        return (Chip(failure(error_of(glyph)), "bad", FAILED),)

    def buttons(self, glyph: Glyph, live: Live) -> tuple[Button, ...]:
        """Run it again, copy it, read all of it."""
        return (
            Button("run", symbol="▶", tooltip=tr("Run it again (Ctrl+Enter)")),
            Button("open_error", symbol="⤢", tooltip=tr("Read all of it (Enter)"), framed=False),
        )

    def footer(self, glyph: Glyph, live: Live) -> tuple[str, ...]:
        """The code of the error, and when it happened."""
        at_us = glyph.content.get("at_us")
        known = isinstance(at_us, int) and 0 < at_us < _LAST_US
        day = stamp(at_us) if known else ""  # type: ignore[arg-type]
        return (one_line(_text(error_of(glyph).get("code")), 60) or tr("no code"), RIGHT + day)

    def ports(self, glyph: Glyph, live: Live) -> tuple[Port, ...]:
        """None."""
        return ()

    def height_for(self, glyph: Glyph, live: Live) -> float | None:
        """Any; the end of the traceback is shown as far as it fits."""
        return None

    def paint_body(self, painter: QPainter, rect: QRectF, glyph: Glyph, live: Live, theme: Theme) -> None:
        """Message, hint, the end of the traceback, and the step that helps."""
        error, width = error_of(glyph), inner_width(rect.width())
        left, y = rect.left() + PADDING_PX, rect.top() + _AIR_PX
        bottom = _offer_rect(rect, glyph).top() - _AIR_PX if offer_of(glyph) else rect.bottom() - _AIR_PX
        message = wrapped(told.message(error)[:MOST_CHARS] or tr("It failed."), width, "ui", 4)
        y += draw_wrapped(painter, QPointF(left, y), message, theme.failed, ui_font(), width)
        hint = told.hint(error)[:MOST_CHARS]
        if hint:
            y += draw_wrapped(
                painter, QPointF(left, y), wrapped(hint, width, "ui", 2), theme.dim, ui_font(), width
            )
        pitch = line_height()
        for line in traceback_excerpt(error, max(0, int((bottom - y) / pitch))):
            draw_line(painter, QRectF(left, y, width, pitch), line, theme.dim, mono_font())
            y += pitch
        if offer_of(glyph):
            draw_button(painter, _offer_rect(rect, glyph), offer_of(glyph), theme.accent)

    def hotspots(self, rect: QRectF, glyph: Glyph, live: Live) -> tuple[Hotspot, ...]:
        """The step that helps."""
        offer = offer_of(glyph)
        return (Hotspot("fix_error", _offer_rect(rect, glyph), "button", offer),) if offer else ()

    def editor(self, glyph: Glyph) -> EditorSpec | None:
        """Nothing: what happened does not change."""
        return None


def error_of(glyph: Glyph) -> Mapping[str, Any]:
    """The error; `details` is always a mapping, its traceback a text."""
    found = glyph.content.get("error")
    error = dict(found) if isinstance(found, Mapping) else {}
    details = error.get("details")
    error["details"] = dict(details) if isinstance(details, Mapping) else {}
    for name in ("traceback", "exception"):
        if not isinstance(error["details"].get(name), str):
            error["details"].pop(name, None)
    return error


def script_type_of(glyph: Glyph) -> str:
    """The type that nothing knew, when that was the failure."""
    error = error_of(glyph)
    return _text(error["details"].get("script_type")) if error.get("code") == MISSING else ""


def line_of(glyph: Glyph) -> int | None:
    """The line of the code (from 1) that failed."""
    line = error_of(glyph)["details"].get("line")
    return line if isinstance(line, int) and line > 0 else None


def offer_of(glyph: Glyph) -> str:
    """The step that helps, in words; empty without one."""
    if script_type_of(glyph):
        return CREATE
    line = line_of(glyph)
    return tr("{FIX}, line {line}").format(FIX=FIX, line=count(line)) if line else ""


def whole_text(glyph: Glyph) -> str:
    """Everything as text, to read, copy or send."""
    error = error_of(glyph)
    details = error["details"]
    parts = [
        _text(glyph.content.get("command")),
        told.message(error)[:MOST_CHARS],
        told.hint(error)[:MOST_CHARS],
        _text(details.get("traceback")).strip("\n"),
        "\n".join(f"{key}: {value}" for key, value in details.items() if key not in ("traceback",)),
        f"code: {_text(error.get('code'))}",
    ]
    return "\n\n".join(part for part in parts if part)[:MOST_CHARS]


def _text(value: object) -> str:
    return value[:MOST_CHARS] if isinstance(value, str) else ""


def _offer_rect(rect: QRectF, glyph: Glyph) -> QRectF:
    width = min(button_width(offer_of(glyph)), inner_width(rect.width()))
    top = rect.bottom() - BUTTON_PX - _AIR_PX
    return QRectF(rect.left() + PADDING_PX, top, width, BUTTON_PX)
