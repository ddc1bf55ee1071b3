"""A small chart a handler: how long its last runs took, which failed, how many of all did.

Qt main thread. Painted only.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from qntx_desktop.model.pulse import HandlerFigures
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme, fact_font
from qntx_desktop.ui.wording import DOT, count, counted, duration

ROW_PX, BAR_PX, GAP_PX = 40, 5, 2


class FiguresView(QWidget):
    """The handlers with most runs, one below the other."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._figures: tuple[HandlerFigures, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Durations and failures of the handlers"))

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of another theme."""
        self._theme = theme
        self.update()

    def show_figures(self, figures: tuple[HandlerFigures, ...]) -> None:
        """Show these handlers."""
        if figures == self._figures:
            return
        self._figures = figures
        self.setFixedHeight(self.sizeHint().height())
        self.setAccessibleDescription(
            "; ".join(f"{each.handler_type}: {figures_words(each)}" for each in figures)
        )
        self.update()

    def sizeHint(self) -> QSize:
        """As tall as its handlers."""
        return QSize(240, max(1, len(self._figures)) * ROW_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A name, its figures, and a bar for each of the last runs."""
        painter = QPainter(self)
        painter.setFont(fact_font())
        for place, figures in enumerate(self._figures):
            self._paint_handler(painter, QRectF(0, place * ROW_PX, self.width(), ROW_PX - 6), figures)
        painter.end()

    def _paint_handler(self, painter: QPainter, area: QRectF, figures: HandlerFigures) -> None:
        metrics = QFontMetricsF(painter.font())
        bars = len(figures.durations_ms) * (BAR_PX + GAP_PX)
        room = max(60.0, area.width() - bars - 10)
        painter.setPen(QColor(self._theme.text))
        name = metrics.elidedText(figures.handler_type, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(area.left(), area.top(), room, 17), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(QColor(self._theme.failed if figures.failed else self._theme.dim))
        words = metrics.elidedText(figures_words(figures), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(area.left(), area.top() + 17, room, 17), Qt.AlignmentFlag.AlignVCenter, words)
        self._paint_bars(painter, QRectF(area.right() - bars, area.top(), bars, area.height()), figures)

    def _paint_bars(self, painter: QPainter, area: QRectF, figures: HandlerFigures) -> None:
        longest = max((each for each in figures.durations_ms if each is not None), default=0.0) or 1.0
        for place, took in enumerate(figures.durations_ms):
            # A failed run is a short bar that hangs from the top: told apart by place, not by colour alone.
            tall = max(2.0, area.height() * (took / longest)) if took is not None else area.height() / 3
            top = area.bottom() - tall if took is not None else area.top()
            colour = self._theme.done if took is not None else self._theme.failed
            left = area.left() + place * (BAR_PX + GAP_PX)
            painter.fillRect(QRectF(left, top, BAR_PX, tall), QColor(colour))


def figures_words(figures: HandlerFigures) -> str:
    """`120 runs · 3 failed · 0.8 s`: the last is the middle duration of the runs that are drawn."""
    parts = [counted(figures.runs, "run")]
    if figures.failed:
        parts.append(tr("{failed} failed").format(failed=count(figures.failed)))
    if figures.median_ms is not None:
        parts.append(duration(figures.median_ms))
    return DOT.join(parts)
