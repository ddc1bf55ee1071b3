"""The first attestations of a run as a painted table; whole rows only, each a place to press.

Qt main thread.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from qntx_desktop.model.attestation import Attestation
from qntx_desktop.ui.glyphs.paint import draw_line, draw_rule
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import PADDING_PX, Theme, fact_font
from qntx_desktop.ui.wording import run_time, terms

ROW_PX = 26.0
COLUMNS = ((tr("subject"), 0.34), (tr("predicate"), 0.24), (tr("context"), 0.24), (tr("when"), 0.18))
_GAP_PX = 10.0


def rows_that_fit(rect: QRectF, total: int) -> int:
    """How many whole rows fit below the header; one row's room is kept for "open all" when there are more."""
    room = int((rect.height() - ROW_PX + 0.5) // ROW_PX)
    return max(0, room if total <= room else room - 1)


def row_rects(rect: QRectF, here: int, total: int) -> list[QRectF]:
    """The rectangles of the rows that are painted."""
    shown = min(here, rows_that_fit(rect, total))
    return [
        QRectF(rect.left(), rect.top() + ROW_PX * (number + 1), rect.width(), ROW_PX) for number in range(shown)
    ]


def paint_table(
    painter: QPainter,
    rect: QRectF,
    rows: tuple[Attestation, ...],
    total: int,
    now_us: int,
    theme: Theme,
) -> None:
    """Paint header and rows."""
    header = QRectF(rect.left(), rect.top(), rect.width(), ROW_PX)
    _paint_row(painter, header, tuple(name for name, _ in COLUMNS), (theme.dim,) * 4)
    draw_rule(painter, rect, header.bottom() - 1, theme)
    for row, area in zip(rows, row_rects(rect, len(rows), total), strict=False):
        cells = (
            terms(row.subjects),
            terms(row.predicates),
            terms(row.contexts),
            run_time(row.timestamp_us, now_us or row.timestamp_us),
        )
        _paint_row(painter, area, cells, (theme.text, theme.text, theme.text, theme.dim))
        draw_rule(painter, rect, area.bottom() - 1, theme)


def _paint_row(painter: QPainter, area: QRectF, cells: tuple[str, ...], colours: tuple[str, ...]) -> None:
    inner = area.adjusted(PADDING_PX, 0, -PADDING_PX, 0)
    left = inner.left()
    for text, colour, (_, share) in zip(cells, colours, COLUMNS, strict=True):
        width = inner.width() * share
        draw_line(painter, QRectF(left, area.top(), width - _GAP_PX, area.height()), text, colour, fact_font())
        left += width
