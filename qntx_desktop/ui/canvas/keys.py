"""Which action a key means on the canvas, from the table of actions. Qt main thread."""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from qntx_desktop.ui.actions import ACTIONS, Where

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def _table() -> dict[QKeyCombination, str]:
    found: dict[QKeyCombination, str] = {}
    for action in ACTIONS:
        if action.where is not Where.APP:
            for key in action.keys:
                sequence = QKeySequence.fromString(key, QKeySequence.SequenceFormat.PortableText)
                found[_first(sequence)] = action.id
    return found


def _first(sequence: QKeySequence) -> QKeyCombination:
    combination: QKeyCombination = sequence[0]  # type: ignore[index]
    return combination


_BY_KEY = _table()


def action_of(event: QKeyEvent) -> str | None:
    """The id of the action a key press means, or None.

    Signs such as `?` and `+` need Shift on one keyboard and not on another, so Shift does not count for them.
    """
    held = event.modifiers() & ~_KEYPAD
    key = Qt.Key(event.key())
    found = _BY_KEY.get(QKeyCombination(held, key))
    sign = key < Qt.Key.Key_Escape and not chr(int(key)).isalnum()
    if found is None and sign and held & _SHIFT:
        found = _BY_KEY.get(QKeyCombination(held & ~_SHIFT, key))
    return found
