"""What went wrong or happened, in lines above the canvas: what, and what to do. Dismissed by the person.

Qt main thread. The same thing said twice stands once. Text is shown as it stands, never as markup.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from qntx_desktop.model.errors import QntxError
from qntx_desktop.ui import told
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.wording import one_line

_log = logging.getLogger(__name__)

MOST_LINES = 3
_STORE_KEY = "store"
_STORE_CODES = frozenset({"disk_full", "store_read_only", "store_busy"})
"""What many calls run into at once, and what is over for all of them when one of them gets through."""
TARGET_PX = 24


class _Line(QWidget):
    """One thing to know. Signals: dismissed, pressed (its button)."""

    dismissed = Signal()
    pressed = Signal()

    def __init__(self, text: str, hint: str, *, bad: bool, button: str = "") -> None:
        super().__init__()
        self.setObjectName("banner_line")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("bad", bad)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(plain_label("▲" if bad else "●", "sign"))
        said = plain_label(text, "said")
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(said, 0)
        more = plain_label(hint, "hint")
        more.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        more.setToolTip("")
        row.addWidget(more, 1)
        if button:
            act = QPushButton(button)
            act.clicked.connect(self.pressed)
            row.addWidget(act)
        close = QToolButton()
        close.setText("✕")
        close.setAccessibleName(tr("Dismiss"))
        close.setToolTip(tr("Dismiss"))
        close.setFixedSize(TARGET_PX, TARGET_PX)
        close.clicked.connect(self.dismissed)
        row.addWidget(close)
        self.setAccessibleName(f"{text} {hint}".strip())


class Banner(QWidget):
    """At most three lines, the newest on top.

    Signals:
        said(str, bool): What a new line says, and whether something failed.
    """

    said = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._lines: dict[str, _Line] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    def fail(self, error: QntxError, key: str = "") -> None:
        """Say that something failed.

        Args:
            key: What this is about; a later line of the same key takes its place. Empty: code and message. What
                keeps the store from writing stands once, whoever ran into it.
        """
        _log.info("shown: %s: %s", error.code, error.message)
        if error.code in _STORE_CODES:
            key = _STORE_KEY
        self._put(key or f"{error.code} {error.message}", told.message(error), told.hint(error), bad=True)

    def say(self, text: str, hint: str = "", key: str = "") -> None:
        """Say something that is no failure."""
        self._put(key or text, text, hint, bad=False)

    def offer(self, text: str, hint: str, button: str, act: Callable[[], None], key: str) -> None:
        """Say something that is no failure, with a button to do something about it, once."""

        def pressed() -> None:
            self.clear(key)
            act()

        self._put(key, text, hint, bad=False, button=button, pressed=pressed)

    def press(self, key: str) -> None:
        """Press the button of a line, as by hand."""
        self._lines[key].pressed.emit()

    def clear(self, key: str) -> None:
        """Take a line away, because it is not true any more."""
        line = self._lines.pop(key, None)
        if line is not None:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.setVisible(bool(self._lines))

    def store_writes(self) -> None:
        """Take away that the store could not write: it just did."""
        self.clear(_STORE_KEY)

    def texts(self) -> tuple[str, ...]:
        """What it says now, oldest first."""
        return tuple(line.accessibleName() for line in self._lines.values())

    def _put(
        self,
        key: str,
        text: str,
        hint: str,
        *,
        bad: bool,
        button: str = "",
        pressed: Callable[[], None] = lambda: None,
    ) -> None:
        self.clear(key)
        while len(self._lines) >= MOST_LINES:
            self.clear(next(iter(self._lines)))
        line = _Line(one_line(text), one_line(hint), bad=bad, button=button)
        line.dismissed.connect(lambda: self.clear(key))
        line.pressed.connect(pressed)  # before anybody hears of the line: who does may press at once
        self._lines[key] = line
        self._column.insertWidget(0, line)
        self.show()
        self.said.emit(line.accessibleName(), bad)
