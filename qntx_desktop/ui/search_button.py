"""The middle of the bar at the top: opens the list of what can be done, and says its key. Qt main thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from qntx_desktop.ui import theme as look
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.text import tr

WIDEST_PX, LEAST_PX, HIGH_PX, AIR_PX = 340, 200, 28, 16
TEXT = tr("Search or run a command")


class SearchButton(QPushButton):
    """Looks like a field. Stands free in its bar, so that a narrow window can be narrower than the bar with it."""

    def __init__(self, parent: QWidget, span: Callable[[], tuple[int, int]]) -> None:
        super().__init__(parent)
        self.setObjectName("search_button")
        self.setAccessibleName(TEXT)
        self._bar, self._span, self._ready = parent, span, False
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
        self._key.setText(key)
        self.setAccessibleDescription(key)
        if not self._ready:
            self._ready = True
            self._bar.installEventFilter(self)  # only now: before the window shows it would load half of Qt's names
        self._stand()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What stands in the bar became wider or narrower, or the bar did: the field takes what is left."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize, QEvent.Type.Show):
            self._stand()
        return super().eventFilter(watched, event)

    def _stand(self) -> None:
        self.stand_between(*self._span(), self._bar.width(), self._bar.height())

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
