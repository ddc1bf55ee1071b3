"""The parts of the window for the keyboard: from one to the next with one key, and the order of Tab through them.

Qt main thread. Tab adds a glyph on the canvas, so F6 is the way from there to what comes after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

NEXT_KEY, BACK_KEY = "F6", "Shift+F6"
_TAB = Qt.FocusPolicy.TabFocus


class PartsOrder:
    """Goes round the parts that are shown.

    Args:
        parts: Answers with the parts in order; hidden ones are passed over.
    """

    def __init__(self, window: QWidget, parts: Callable[[], Iterable[QWidget | None]]) -> None:
        self._parts = parts
        for key, step in ((NEXT_KEY, 1), (BACK_KEY, -1)):
            shortcut = QShortcut(QKeySequence(key), window)
            shortcut.activated.connect(self._goer(step))

    def go(self, step: int) -> None:
        """Go into the next part (1) or the one before (-1), to where the keyboard was last or can be first."""
        shown = [each for each in self._parts() if each is not None and each.isVisible() and _stops(each)]
        if not shown:
            return
        at = next((place for place, each in enumerate(shown) if _holds_focus(each)), -1 if step > 0 else 0)
        part = shown[(at + step) % len(shown)]
        stops = _stops(part)
        target = part if part in stops or part.focusProxy() in stops else stops[0]
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def chain(self, before: QWidget, part: QWidget, after: QWidget | None) -> None:
        """Let Tab come to a part after another one, and go on to a third."""
        stops, earlier = _stops(part, hidden=True), _stops(before, hidden=True)
        if stops and earlier:
            QWidget.setTabOrder(earlier[-1], stops[0])
        if stops and after is not None:
            QWidget.setTabOrder(stops[-1], after)

    def _goer(self, step: int) -> Callable[[], None]:
        return lambda: self.go(step)


def let_return_press(_before: QWidget | None, now: QWidget | None) -> None:
    """Let Return press the button that the keyboard came to: Qt does that in a QDialog only."""
    if isinstance(now, QPushButton):
        now.setAutoDefault(True)


def _stops(part: QWidget, *, hidden: bool = False) -> list[QWidget]:
    """Where Tab stops within a part."""
    every = [part, *part.findChildren(QWidget)]
    return [
        each
        for each in every
        if each.focusPolicy() & _TAB == _TAB
        and each.focusProxy() is None
        and (hidden or (each.isVisible() and each.isEnabled()))
    ]


def _holds_focus(part: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and (part is focus or part.isAncestorOf(focus))
