"""What painted rows of two lines have in common: their height, their ground, how a selected one looks.

Qt main thread.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qntx_desktop.ui.theme import Theme

ROW_PX = 52
SIDE_PX = 8
GAP_PX = 8


class ListRow(QStyledItemDelegate):
    """Paints rows of a list; whoever inherits paints the words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All rows are equally high."""
        return QSize(0, ROW_PX)

    def lines_of(self, area: QRectF) -> tuple[QRectF, QRectF]:
        """Where the two lines of a row stand."""
        inner = area.adjusted(SIDE_PX, 6, -SIDE_PX, -6)
        above = QRectF(inner.left(), inner.top(), inner.width(), 20)
        return above, QRectF(inner.left(), inner.top() + 21, inner.width(), 18)

    def paint_ground(self, painter: QPainter, area: QRectF, state: QStyle.StateFlag) -> None:
        """Paint what stands behind the words."""
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # rows are laid out by hand, names from the left
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(self.theme.raised))
            painter.fillRect(QRectF(area.left(), area.top(), 2, area.height()), QColor(self.theme.accent))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(self.theme.accent), 1))
            painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -1.5))
        painter.fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1), QColor(self.theme.line))
