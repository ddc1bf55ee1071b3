"""Which keys do what on the canvas: those of the table of actions, and those a person gave instead.

Qt main thread. What a person gave is one line of text, `action=Key action=Key`, kept with the settings; `action=`
means no key.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from qntx_desktop.ui.actions import ACTIONS, BY_ID, Action, Where

OPTION = "window.keys"
NATIVE = QKeySequence.SequenceFormat.NativeText
PORTABLE = QKeySequence.SequenceFormat.PortableText
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class Keymap:
    """Keys of actions, and actions of keys.

    Attributes:
        meanings: For the code editor: the usual key that a given one stands for, None for a usual key that was
            taken away. Empty unless a person changed one; always the same dict.
    """

    def __init__(self, text: str = "") -> None:
        self._own: dict[str, str] = {}
        self._by_key: dict[QKeyCombination, str] = {}
        self.meanings: dict[QKeyCombination, QKeyCombination | None] = {}
        self.read(text)

    def read(self, text: str) -> None:
        """Take what a person gave; what names no action or no key is left out."""
        self._own = {}
        for part in text.split():
            name, _, key = part.partition("=")
            if name in BY_ID and (not key or _first(key) is not None):
                self._own[name] = key
        self._index()

    @property
    def text(self) -> str:
        """What a person gave, as it is kept."""
        return " ".join(f"{name}={key}" for name, key in sorted(self._own.items()))

    @property
    def given(self) -> dict[str, str]:
        """What a person gave, by the id of the action; an empty text means no key."""
        return dict(self._own)

    def take(self, given: Mapping[str, str]) -> tuple[list[str], list[tuple[Action, Action]]]:
        """Take other keys instead of all that a person gave.

        Returns:
            What names no action or no key, and the actions whose key another action has: each keeps its usual key.
        """
        unknown = [name for name, key in given.items() if name not in BY_ID or (key and _plain(key) is None)]
        self._own = {
            name: _plain(key) or "" if key else "" for name, key in given.items() if name not in unknown
        }
        in_the_way = []
        while (pair := self._conflict()) is not None:
            in_the_way.append(pair)
            del self._own[pair[0].id]
        self._index()
        return unknown, in_the_way

    def _conflict(self) -> tuple[Action, Action] | None:
        """An action whose given key is another one's, too."""
        for name in sorted(self._own, reverse=True):
            mine = {_first(key) for key in self.keys_of(BY_ID[name])}
            for other in _beside(BY_ID[name]):
                if mine & {_first(each) for each in self.keys_of(other)}:
                    return BY_ID[name], other
        return None

    def keys_of(self, action: Action) -> tuple[str, ...]:
        """The keys of an action, the one that menus show first."""
        own = self._own.get(action.id)
        if own is None:
            return action.keys
        return (own,) if own else ()

    def shown(self, action: Action) -> str:
        """The first key as the platform writes it; empty without one."""
        keys = self.keys_of(action)
        return QKeySequence(keys[0]).toString(NATIVE) if keys else ""

    def shortest(self, action: Action) -> str:
        """The shortest key, where one that is quickly read is better than the first; empty without one."""
        keys = [QKeySequence(key).toString(NATIVE) for key in self.keys_of(action)]
        return min(keys, key=len, default="")

    def is_own(self, action_id: str) -> bool:
        """True when a person gave this action its key."""
        return action_id in self._own

    def bind(self, action_id: str, key: str) -> Action | None:
        """Give an action this key, or none for an empty text.

        Returns:
            The other action that has the key already; then nothing has changed.
        """
        wanted = _first(key) if key else None
        for other in _beside(BY_ID[action_id]):
            taken = [_first(each) for each in self.keys_of(other)]
            if wanted is not None and wanted in taken:
                return other
        self._own[action_id] = key
        self._index()
        return None

    def reset(self, action_id: str) -> Action | None:
        """Give an action its usual keys back; the action that took one of them in the way, if there is one."""
        mine = {_first(key) for key in BY_ID[action_id].keys}
        for other in _beside(BY_ID[action_id]):
            if mine & {_first(each) for each in self.keys_of(other)}:
                return other
        self._own.pop(action_id, None)
        self._index()
        return None

    def reset_all(self) -> None:
        """Give every action its usual keys back."""
        self._own.clear()
        self._index()

    def _index(self) -> None:
        self._by_key = {}
        self.meanings.clear()
        for action in ACTIONS:
            if action.where is Where.TEXT:
                self._translate(action)
            elif action.where is not Where.APP:
                for key in self.keys_of(action):
                    combination = _first(key)
                    if combination is not None:
                        self._by_key.setdefault(combination, action.id)

    def _translate(self, action: Action) -> None:
        if not self.is_own(action.id):
            return
        usual = [_first(key) for key in action.keys]
        for each in usual:
            if each is not None:
                self.meanings.setdefault(each, None)  # another one may have been given this key
        for key in self.keys_of(action):
            given = _first(key)
            if given is not None:
                self.meanings[given] = usual[0]

    def action_of(self, event: QKeyEvent) -> str | None:
        """The id of the action a key press means, or None.

        Signs such as `?` and `+` need Shift on one keyboard and not on another, so Shift does not count for them.
        """
        held = event.modifiers() & ~_KEYPAD
        key = Qt.Key(event.key())
        found = self._by_key.get(QKeyCombination(held, key))
        sign = key < Qt.Key.Key_Escape and not chr(int(key)).isalnum()
        if found is None and sign and held & _SHIFT:
            found = self._by_key.get(QKeyCombination(held & ~_SHIFT, key))
        return found


def _beside(action: Action) -> list[Action]:
    """The other actions whose keys could be pressed with the same focus."""
    in_text = action.where is Where.TEXT
    return [
        other
        for other in ACTIONS
        if other.id != action.id
        and (Where.APP in (action.where, other.where) or (other.where is Where.TEXT) == in_text)
    ]


def _plain(key: str) -> str | None:
    """A single key as it is kept; None for what is none."""
    first = _first(key)
    return QKeySequence(first).toString(PORTABLE) if first is not None else None


def _first(key: str) -> QKeyCombination | None:
    sequence = QKeySequence.fromString(key, PORTABLE)
    if sequence.isEmpty():
        return None
    combination: QKeyCombination = sequence[0]  # type: ignore[index]
    return None if combination.key() == Qt.Key.Key_unknown else combination
