"""The parts of the window for the keyboard: from one to the next with one key, and the order of Tab through them.

Qt main thread. Tab adds a glyph on the canvas, so F6 is the way from there to what comes after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

NEXT_KEY, BACK_KEY = "F6", "Shift+F6"
_TAB = Qt.FocusPolicy.TabFocus
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PartsOrder:
    """Goes round the parts that are shown.

    Args:
        parts: Answers with the parts in order; hidden ones are passed over.
    """

    def __init__(self, window: QWidget, parts: Callable[[], Iterable[QWidget | None]]) -> None:
        self._parts = parts
        self._shortcuts = [QShortcut(QKeySequence(key), window) for key in (NEXT_KEY, BACK_KEY)]
        for shortcut, step in zip(self._shortcuts, (1, -1), strict=True):
            shortcut.activated.connect(self._goer(step))

    def leave_keys(self) -> None:
        """Leave the keys to the menu, once it is there: it knows those that a person gave."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)

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


class ReturnPresses(QObject):
    """Return presses the button that the keyboard is at, in every window: Qt does that in a QDialog only.

    Once a press: a key that is held down never answers *Really delete?* by itself.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        QApplication.instance().focusChanged.connect(self._moved)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Return from a button and click it."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if event.key() not in _RETURN or not plain or not isinstance(watched, QPushButton):
            return False
        if not event.isAutoRepeat():
            watched.click()
        return True

    def _moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, QPushButton):
            now.installEventFilter(self)  # once more is as good as once


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
