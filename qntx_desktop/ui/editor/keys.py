"""What each key does in the code editor: every change is one step of the editor's own undo.

Qt main thread. The rules are in `editing`; here they meet a text cursor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QTextBlock, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from qntx_desktop.ui.editor import editing
from qntx_desktop.ui.editor.brackets import MOST_LINES
from qntx_desktop.ui.editor.editing import CLOSERS, INDENT, PAIRS, QUOTES, index_of
from qntx_desktop.ui.editor.naming import Naming
from qntx_desktop.ui.editor.tokens import CODE

Key = Qt.Key
_NONE, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
_MOD, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_KEEP = QTextCursor.MoveMode.KeepAnchor
_Move = QTextCursor.MoveOperation
_BY_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class EditingKeys:
    """Carries out the keys of one editor. Remembers which closing brackets it typed itself.

    Attributes:
        meanings: As in `Keymap`, when a person gave other keys.
    """

    def __init__(self, editor: QPlainTextEdit, naming: Naming) -> None:
        self._editor = editor
        self.meanings: Mapping[QKeyCombination, QKeyCombination | None] = {}
        self._typed_closers: list[QTextCursor] = []
        self._naming = naming
        self._actions: dict[tuple[Qt.KeyboardModifier, int], Callable[[], None]] = {
            (_NONE, Key.Key_Tab): self._tab,
            (_SHIFT, Key.Key_Backtab): self._dedent,
            (_SHIFT, Key.Key_Tab): self._dedent,
            (_NONE, Key.Key_Backspace): self._backspace,
            (_SHIFT, Key.Key_Backspace): self._backspace,
            (_NONE, Key.Key_Return): self._enter,
            (_NONE, Key.Key_Enter): self._enter,
            (_SHIFT, Key.Key_Return): self._enter,
            (_NONE, Key.Key_Home): lambda: self._home(QTextCursor.MoveMode.MoveAnchor),
            (_SHIFT, Key.Key_Home): lambda: self._home(_KEEP),
            (_MOD, Key.Key_Slash): self._comment,
            (_MOD, Key.Key_D): self._next_match,
            (_MOD, Key.Key_Y): self._editor.redo,
            (_MOD, Key.Key_Space): self._naming.complete,
            (_NONE, Key.Key_F12): self._naming.go_to_definition,
            (_ALT, Key.Key_Up): lambda: self._move_lines(-1),
            (_ALT, Key.Key_Down): lambda: self._move_lines(1),
        }

    def owns(self, event: QKeyEvent) -> bool:
        """Whether this key means something here, so that no shortcut of the window takes it."""
        return self._action(event) is not None

    def press(self, event: QKeyEvent) -> bool:
        """Carry out a key; False leaves it to the plain editor."""
        action = self._action(event)
        if action is not None:
            action()
            return True
        return self._type(event.text()) if len(event.text()) == 1 else False

    def meant(self, event: QKeyEvent) -> tuple[Qt.KeyboardModifier, int]:
        """The usual key that a press stands for; no key for one that was taken away."""
        modifiers, key = event.modifiers() & ~_BY_KEYPAD, event.key()
        if self.meanings:
            pressed = QKeyCombination(modifiers, Key(key))
            if pressed in self.meanings:
                found = self.meanings[pressed]
                return (found.keyboardModifiers(), found.key()) if found is not None else (_NONE, 0)
        return modifiers, key

    def _action(self, event: QKeyEvent) -> Callable[[], None] | None:
        modifiers, key = self.meant(event)
        if key == Key.Key_Slash and modifiers == _MOD | _SHIFT:
            modifiers = _MOD  # keyboards on which / is typed with Shift
        return self._actions.get((modifiers, key))

    def _cursor(self) -> QTextCursor:
        return self._editor.textCursor()

    def _split(self, cursor: QTextCursor) -> tuple[str, str]:
        text = cursor.block().text()
        index = index_of(text, cursor.positionInBlock())
        return text[:index], text[index:]

    def _change(self, work: Callable[[QTextCursor], None]) -> None:
        cursor = self._cursor()
        cursor.beginEditBlock()
        work(cursor)
        cursor.endEditBlock()
        self._editor.setTextCursor(cursor)
        self._editor.ensureCursorVisible()

    def _type(self, character: str) -> bool:
        cursor = self._cursor()
        if self._editor.overwriteMode():
            return False
        if cursor.hasSelection():
            return character in PAIRS and self._surround(character)
        before, after = self._split(cursor)
        if character in CLOSERS + QUOTES and after.startswith(character) and self._own_closer(cursor):
            cursor.movePosition(_Move.Right)
            self._editor.setTextCursor(cursor)
            return True
        if character == ":" and not after.strip():
            return self._branch(before, cursor.block())
        if character not in PAIRS:
            return False
        state = _state_before(cursor.block())
        if character in QUOTES and editing.is_third_quote(character, before) and not after.strip():
            return self._insert_pair(character, character * 3)
        if editing.closes(character, before, after, state):
            return self._insert_pair(character, PAIRS[character])
        return False

    def _surround(self, opener: str) -> bool:
        def work(cursor: QTextCursor) -> None:
            start, end = cursor.selectionStart(), cursor.selectionEnd()
            cursor.setPosition(end)
            cursor.insertText(PAIRS[opener])
            cursor.setPosition(start)
            cursor.insertText(opener)
            cursor.setPosition(start + 1)
            cursor.setPosition(end + 1, _KEEP)

        self._change(work)
        return True

    def _branch(self, before: str, block: QTextBlock) -> bool:
        """Type the colon of `else` and the like, and put the line where it belongs."""
        indent = editing.branch_indent(before, _lines_above(block)) if _state_before(block) == CODE else None
        if indent is None:
            return False

        def work(cursor: QTextCursor) -> None:
            cursor.insertText(":")
            place = QTextCursor(block)
            place.setPosition(block.position() + len(editing.leading(before)), _KEEP)
            place.insertText(indent)

        self._change(work)
        return True

    def _insert_pair(self, opener: str, closer: str) -> bool:
        def work(cursor: QTextCursor) -> None:
            cursor.insertText(opener + closer)
            cursor.setPosition(cursor.position() - len(closer))

        self._change(work)
        for offset in range(len(closer)):
            mark = QTextCursor(self._cursor())
            mark.setPosition(mark.position() + offset)
            self._typed_closers.append(mark)
        return True

    def _own_closer(self, cursor: QTextCursor) -> bool:
        """Whether the character after the cursor was typed by us and is still waiting to be typed over."""
        block = cursor.blockNumber()
        self._typed_closers = [mark for mark in self._typed_closers if mark.blockNumber() == block]
        for mark in self._typed_closers:
            if mark.position() == cursor.position():
                self._typed_closers.remove(mark)
                return True
        return False

    def _enter(self) -> None:
        def work(cursor: QTextCursor) -> None:
            cursor.removeSelectedText()
            before, after = self._split(cursor)
            state = _state_before(cursor.block())
            indent = editing.indent_after(before, state)
            if state == CODE and not before.strip() and not after:  # an empty line keeps no spaces
                cursor.movePosition(_Move.StartOfBlock, _KEEP)
            cursor.insertText("\n" + indent)
            if before[-1:] in PAIRS and after.startswith(PAIRS[before[-1:]]) and before[-1:] not in QUOTES:
                place = cursor.position()
                cursor.insertText("\n" + editing.leading(before))
                cursor.setPosition(place)

        self._change(work)

    def _backspace(self) -> None:
        def work(cursor: QTextCursor) -> None:
            before, after = self._split(cursor)
            if cursor.hasSelection() or not before:
                cursor.deletePreviousChar()
                return
            if PAIRS.get(before[-1]) == after[:1] != "" and self._own_closer(cursor):
                cursor.deleteChar()
            for _ in range(editing.backspace_width(before)):
                cursor.deletePreviousChar()

        self._change(work)

    def _tab(self) -> None:
        cursor = self._cursor()
        if cursor.hasSelection():
            self._replace_lines(lambda lines: [editing.indented(line) for line in lines])
        else:
            column = len(self._split(cursor)[0].expandtabs(len(INDENT)))
            self._change(lambda at: at.insertText(" " * editing.tab_width(column)))

    def _dedent(self) -> None:
        self._replace_lines(lambda lines: [editing.dedented(line) for line in lines])

    def _comment(self) -> None:
        self._replace_lines(editing.toggled_comment)

    def _home(self, mode: QTextCursor.MoveMode) -> None:
        cursor = self._cursor()
        indent = len(editing.leading(cursor.block().text()))
        column = 0 if cursor.positionInBlock() == indent else indent
        cursor.setPosition(cursor.block().position() + column, mode)
        self._editor.setTextCursor(cursor)

    def _selected_blocks(self, cursor: QTextCursor) -> tuple[QTextBlock, QTextBlock]:
        document = self._editor.document()
        first, last = document.findBlock(cursor.selectionStart()), document.findBlock(cursor.selectionEnd())
        if last.position() == cursor.selectionEnd() and last.blockNumber() > first.blockNumber():
            last = last.previous()
        return first, last

    def _replace_lines(self, change: Callable[[list[str]], list[str]]) -> None:
        """Change whole lines in place, so that the selection and every mark stay on their text."""

        def work(cursor: QTextCursor) -> None:
            block, last = self._selected_blocks(cursor)
            end = last.blockNumber()
            old = _lines(block, end)
            edit = QTextCursor(block)
            for before, after in zip(old, change(old), strict=True):
                if before != after:
                    _rewrite(edit, before, after)
                edit.movePosition(_Move.NextBlock)

        self._change(work)

    def _move_lines(self, step: int) -> None:
        def work(cursor: QTextCursor) -> None:
            first, last = self._selected_blocks(cursor)
            neighbour = first.previous() if step < 0 else last.next()
            if not neighbour.isValid():
                return
            top = neighbour if step < 0 else first
            bottom = last if step < 0 else neighbour
            lines = _lines(top, bottom.blockNumber())
            moved = [*lines[1:], lines[0]] if step < 0 else [lines[-1], *lines[:-1]]
            shift = (neighbour.length() if step > 0 else -neighbour.length())
            anchor, place = cursor.anchor() + shift, cursor.position() + shift
            edit = QTextCursor(top)
            edit.setPosition(bottom.position() + bottom.length() - 1, _KEEP)
            edit.insertText("\n".join(moved))
            cursor.setPosition(anchor)
            cursor.setPosition(place, _KEEP)

        self._change(work)

    def _next_match(self) -> None:
        cursor = self._cursor()
        if not cursor.hasSelection():
            cursor.select(QTextCursor.SelectionType.WordUnderCursor)
            self._editor.setTextCursor(cursor)
            return
        document, wanted = self._editor.document(), cursor.selectedText()
        sensitively = document.FindFlag.FindCaseSensitively
        found = document.find(wanted, cursor.selectionEnd(), sensitively)
        if found.isNull():
            found = document.find(wanted, 0, sensitively)
        if not found.isNull():
            self._editor.setTextCursor(found)
            self._editor.ensureCursorVisible()


def _state_before(block: QTextBlock) -> int:
    previous = block.previous()
    return max(0, previous.userState()) if previous.isValid() else 0


def _lines_above(block: QTextBlock) -> Iterator[str]:
    for _ in range(MOST_LINES):
        block = block.previous()
        if not block.isValid():
            return
        yield block.text()


def _lines(block: QTextBlock, last: int) -> list[str]:
    lines = []
    while block.isValid() and block.blockNumber() <= last:
        lines.append(block.text())
        block = block.next()
    return lines


def _rewrite(edit: QTextCursor, before: str, after: str) -> None:
    """Turn one line into another by touching only what differs at its beginning."""
    same = 0
    while same < min(len(before), len(after)) and before[-1 - same] == after[-1 - same]:
        same += 1
    start = edit.block().position()
    edit.setPosition(start)
    edit.setPosition(start + editing.units(before, len(before) - same), _KEEP)
    edit.insertText(after[: len(after) - same])
