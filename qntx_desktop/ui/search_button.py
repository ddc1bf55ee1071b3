"""The middle of the bar at the top: opens the list of what can be done, and says its key. Qt main thread."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from qntx_desktop.ui import theme as look
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.text import tr

WIDEST_PX, LEAST_PX, HIGH_PX, AIR_PX = 340, 200, 28, 16
TEXT = tr("Search or run a command")


class SearchButton(QPushButton):
    """Looks like a field. Stands free in its bar, so that a narrow window can be narrower than the bar with it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("search_button")
        self.setAccessibleName(TEXT)
        self._bar, self._ready = parent, False
        self._key = plain_label("", "search_key")
        self._key.setFont(look.fact_font())
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.addWidget(plain_label(TEXT, "search_text"))
        row.addStretch(1)
        row.addWidget(self._key)
        self.hide()

    def show_key(self, key: str) -> None:
        """Say the key that does the same, if any. Before that there is nothing to search, and no field."""
        self._ready = True
        self._key.setText(key)
        self.setAccessibleDescription(key)
        QCoreApplication.postEvent(self._bar, QEvent(QEvent.Type.LayoutRequest))

    def stand_between(self, left: int, right: int, wide: int, high: int) -> None:
        """Stand in the middle of a bar, or as near to it as is free between two places; nowhere without room.

        Args:
            left: Where what stands at the left ends, in pixels of the bar.
            right: Where what stands at the right begins.
            wide: How wide the bar is.
            high: How high it is.
        """
        room = right - left - 2 * AIR_PX
        width = min(WIDEST_PX, room)
        self.setVisible(self._ready and width >= LEAST_PX)
        start = min(max((wide - width) // 2, left + AIR_PX), right - AIR_PX - width)
        self.setGeometry(start, (high - HIGH_PX) // 2, max(width, 0), HIGH_PX)
