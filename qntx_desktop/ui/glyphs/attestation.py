"""The attestation glyph: one claim kept on the canvas; it never changes, so the card holds the claim itself.

Qt main thread; holds no state. Its content may come from a file: nothing in it is trusted to be of a type.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from qntx_desktop.model.glyph import KIND_ATTESTATION, Glyph
from qntx_desktop.ui.glyphs.kind import RIGHT, Button, Chip, EditorSpec, Hotspot, Port
from qntx_desktop.ui.glyphs.live import Live
from qntx_desktop.ui.glyphs.paint import draw_wrapped, wrapped
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import LINE_PX, PADDING_PX, Theme, ui_font
from qntx_desktop.ui.wording import one_line

ROWS = (("subjects", tr("about")), ("predicates", tr("is")), ("contexts", tr("of")), ("actors", tr("by")))
LABEL_PX = 56.0
MOST_LINES = 3


class AttestationKind:
    """One attestation."""

    name = KIND_ATTESTATION
    symbol = "⍟"
    label = tr("Attestation")
    in_palette = False
    default_size = (320.0, 176.0)
    min_size = (200.0, 112.0)

    def new_content(self) -> Mapping[str, Any]:
        """Nothing; it is made from an attestation."""
        return {"attestation": {}}

    def title(self, glyph: Glyph) -> str:
        """Its subjects."""
        return _terms(glyph, "subjects") or tr("attestation")

    def chips(self, glyph: Glyph, live: Live) -> tuple[Chip, ...]:
        """None."""
        return ()

    def buttons(self, glyph: Glyph, live: Live) -> tuple[Button, ...]:
        """The whole of it, and the menu, which the canvas adds."""
        asid = _text(_claim(glyph).get("id"))
        if not asid:
            return ()
        tip = tr("Show all of it (Enter)")
        return (Button(f"open_attestation:{asid}", text=tr("Open"), tooltip=tip),)

    def footer(self, glyph: Glyph, live: Live) -> tuple[str, ...]:
        """Its number, and when it was made."""
        claim = _claim(glyph)
        return (
            _text(claim.get("id")) or tr("no number"),
            RIGHT + _text(claim.get("timestamp"))[:19].replace("T", " "),
        )

    def ports(self, glyph: Glyph, live: Live) -> tuple[Port, ...]:
        """None."""
        return ()

    def height_for(self, glyph: Glyph, live: Live) -> float | None:
        """Any; long terms are cut off with an ellipsis."""
        return None

    def paint_body(self, painter: QPainter, rect: QRectF, glyph: Glyph, live: Live, theme: Theme) -> None:
        """Who is what, of what, by whom."""
        y, width = rect.top() + PADDING_PX / 2, rect.width() - 2 * PADDING_PX
        for name, word in ROWS:
            terms = _terms(glyph, name)
            if not terms or y + LINE_PX > rect.bottom():
                continue
            place = QPointF(rect.left() + PADDING_PX, y)
            draw_wrapped(painter, place, (word,), theme.dim, ui_font(), LABEL_PX)
            lines = wrapped(terms, width - LABEL_PX, "ui", MOST_LINES)
            y += draw_wrapped(
                painter, place + QPointF(LABEL_PX, 0), lines, theme.text, ui_font(), width - LABEL_PX
            )

    def hotspots(self, rect: QRectF, glyph: Glyph, live: Live) -> tuple[Hotspot, ...]:
        """None; the button opens it."""
        return ()

    def editor(self, glyph: Glyph) -> EditorSpec | None:
        """Nothing: what was attested does not change."""
        return None


def _claim(glyph: Glyph) -> Mapping[str, Any]:
    claim = glyph.content.get("attestation")
    return claim if isinstance(claim, Mapping) else {}


def _text(value: object) -> str:
    return one_line(value, 80) if isinstance(value, str) else ""


def _terms(glyph: Glyph, name: str) -> str:
    terms = _claim(glyph).get(name)
    if not isinstance(terms, (list, tuple)):
        return ""
    return one_line(", ".join(each for each in terms if isinstance(each, str)), 400)
