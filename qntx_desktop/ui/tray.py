"""The icon in the desktop's tray: word of runs that ended, and the way back to a window that was closed.

Qt main thread. Hides QSystemTrayIcon. The icon is there only while it is needed: with a window that is out
of sight, or a message just shown. Where the desktop has no tray, the window asks for attention in the task bar
instead.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon, QWidget

from qntx_desktop.ui.text import tr

SHOWN_MS = 8_000


class Tray(QObject):
    """Speaks to the person while the window is not in front.

    Signals:
        opened: The person wants the window back.
        quit_asked: The person wants all to end.
        message_pressed: The last message was pressed.
    """

    opened = Signal()
    quit_asked = Signal()
    message_pressed = Signal()

    def __init__(self, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._icon: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None

    @staticmethod
    def available() -> bool:
        """Whether the desktop has a tray now."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    @property
    def shown(self) -> bool:
        """Whether the icon is there."""
        return self._icon is not None and self._icon.isVisible()

    def show(self, tip: str) -> None:
        """Put the icon into the tray."""
        self._made().setToolTip(tip)
        self._made().show()

    def hide(self) -> None:
        """Take the icon away."""
        if self._icon is not None:
            self._icon.hide()

    def tell(self, title: str, text: str, *, bad: bool) -> None:
        """Say something, as far as the desktop lets us."""
        if self.available() and QSystemTrayIcon.supportsMessages():
            self.show(title)
            kind = QSystemTrayIcon.MessageIcon.Warning if bad else QSystemTrayIcon.MessageIcon.Information
            self._made().showMessage(title, text, kind, SHOWN_MS)
        else:
            QApplication.alert(self._window)

    def close(self) -> None:
        """Leave nothing in the tray."""
        self.hide()
        if self._icon is not None:
            self._icon.deleteLater()
            self._icon = None
        if self._menu is not None:
            self._menu.deleteLater()
            self._menu = None

    def _made(self) -> QSystemTrayIcon:
        if self._icon is None:
            icon = self._window.windowIcon()
            self._icon = QSystemTrayIcon(icon if not icon.isNull() else QIcon(), self)
            self._menu = QMenu()
            self._menu.addAction(tr("Open QNTX Desktop")).triggered.connect(lambda: self.opened.emit())
            self._menu.addAction(tr("Quit")).triggered.connect(lambda: self.quit_asked.emit())
            self._icon.setContextMenu(self._menu)
            self._icon.activated.connect(self._activated)
            self._icon.messageClicked.connect(self.message_pressed)
        return self._icon

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason != QSystemTrayIcon.ActivationReason.Context:
            self.opened.emit()
