"""The one way to make a label: what it shows is plain text, never markup.

Qt main thread. Imports little, because the bars of the window are made of these before its first paint: the names
in `Qt` are not used there, since the first of them makes Python types of all, a tenth of the way to that paint.
"""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

LEAST_PX = 28
PLAIN_TEXT = 0
"""`Qt.TextFormat.PlainText`, as a property takes it."""


def plain_label(text: str = "", part: str = "", *, wrap: bool = False, tone: str = "") -> QLabel:
    """A label that shows text as it stands.

    Args:
        part: What the style sheet of the window knows it by.
        tone: What the style sheet of panels knows it by: `dim`, `bad` or `heading`.
    """
    label = QLabel()
    label.setProperty("textFormat", PLAIN_TEXT)
    label.setText(text)
    label.setWordWrap(wrap)
    if part:
        label.setProperty("part", part)
    if tone:
        label.setProperty("tone", tone)
    return label


class GivingLabel(QLabel):
    """A plain label of one line that gives way: it ends in an ellipsis, and its tool tip begins with all of it."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._own_tip, self._short = "", False
        self.setProperty("textFormat", PLAIN_TEXT)
        self.setText(text)

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        wanted = self.sizeHint()
        return QSize(min(LEAST_PX, wanted.width()), wanted.height())

    def setToolTip(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Say more than the label does."""
        self._own_tip = text
        self._tell()

    def _tell(self) -> None:
        tip = self._own_tip
        if self._short:
            from qntx_desktop.ui.wording import plain_tip  # late: seldom needed

            tip = "<br>".join(part for part in (plain_tip(self.text()), tip) if part)
        if tip != self.toolTip():
            super().setToolTip(tip)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what there is room for."""
        short = self.width() < self.sizeHint().width()
        if short != self._short:
            self._short = short
            self._tell()
        if not short:
            super().paintEvent(event)
            return
        from PySide6.QtCore import Qt  # late: see above

        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, shown)
        painter.end()
