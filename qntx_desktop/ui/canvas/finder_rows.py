"""How a row of a list over the canvas looks: sign, words, what is known besides, and a hint at the far end.

Qt main thread. Holds nothing but colours; the words lie in the list.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qntx_desktop.ui.theme import PADDING_PX, Theme, fact_font, ui_font

PARTS = int(Qt.ItemDataRole.UserRole) + 1
"""Role of a row's four words: sign, text, detail, hint."""
SIGN_PX, AIR_PX = 22, 10
LEAST_DETAIL_PX = 40
_ACROSS = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
_ELIDED = Qt.TextElideMode.ElideRight


class RowPainter(QStyledItemDelegate):
    """Paints the words apart: what is looked for is bright, what only helps is dim, keys stand below each other."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The style's row without words, and the words on it, mirrored where the window runs from right to left."""
        sign, text, detail, hint = index.data(PARTS)
        own = QStyleOptionViewItem(option)
        self.initStyleOption(own, index)
        own.text = ""
        own.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, own, painter, own.widget)
        chosen = bool(own.state & QStyle.StateFlag.State_Selected)
        whole: QRect = own.rect
        left, right = whole.left() + PADDING_PX, whole.right() - PADDING_PX
        mirrored = own.direction == Qt.LayoutDirection.RightToLeft
        bright = self._theme.accent if chosen else self._theme.text

        def put(words: str, start: int, end: int, colour: str, *, small: bool = False, far: bool = False) -> int:
            font = fact_font() if small else ui_font()
            metrics = QFontMetrics(font)
            shown = metrics.elidedText(words, _ELIDED, max(0, end - start))
            painter.setFont(font)
            painter.setPen(QColor(colour))
            box = QRect(start, whole.top(), max(0, end - start), whole.height())
            side = Qt.AlignmentFlag.AlignRight if far else Qt.AlignmentFlag.AlignLeft
            if mirrored:
                box.moveLeft(whole.left() + whole.right() - box.right())
                side = Qt.AlignmentFlag.AlignLeft if far else Qt.AlignmentFlag.AlignRight
            painter.drawText(box, _ACROSS | side, shown)
            return metrics.horizontalAdvance(shown)

        painter.save()
        if hint:
            right -= put(hint, (left + right) // 2, right, self._theme.dim, small=True, far=True) + AIR_PX
        if sign:
            put(sign, left, left + SIGN_PX, bright)
            left += SIGN_PX + AIR_PX // 2
        left += put(text, left, right, bright) + AIR_PX
        if detail and right - left > LEAST_DETAIL_PX:
            put(detail, left, right, self._theme.dim, small=True)
        painter.restore()
