"""Completing names in the code editor, and going to where one is defined. Qt main thread."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QToolTip
from shiboken6 import isValid

from qntx_desktop.ui.editor.completing import candidates, definition_of, wanted, word_at
from qntx_desktop.ui.editor.completion_list import CompletionList
from qntx_desktop.ui.editor.editing import index_of, units
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme


class Naming:
    """The names of one editor. The list is made when it is first asked for and goes with the editor."""

    def __init__(self, editor: QPlainTextEdit, theme: Theme) -> None:
        self._editor, self._theme = editor, theme
        self.list: CompletionList | None = None
        self._asked_at = -1

    @property
    def is_open(self) -> bool:
        """True while names are offered."""
        return self.list is not None and isValid(self.list) and self.list.isVisible()

    def close(self) -> None:
        """Offer nothing any more."""
        shown, self.list = self.list, None
        if shown is not None and isValid(shown):
            shown.hide()
            shown.deleteLater()

    def complete(self) -> None:
        """Put in the only name that fits; of several offer a list."""
        names = self._names()
        if self._editor.isReadOnly() or not names:
            self.close()
        elif len(names) == 1:
            self._take(names[0])
        else:
            self.close()
            self.list = CompletionList(self._editor, self._theme)
            self.list.taken.connect(self._take)
            self.list.show_names(names)
            self._asked_at = self._editor.textCursor().position()

    def press(self, event: QKeyEvent) -> bool:
        """A key while names are offered; False leaves it to the editor."""
        return self.list is not None and self.is_open and self.list.press(event)

    def follow(self) -> None:
        """The text or the cursor changed: offer what still fits what is begun."""
        if self.list is None or not self.is_open or self._editor.textCursor().position() == self._asked_at:
            return
        self._asked_at = -1
        owner, begun = wanted(self._before())
        if owner or begun:
            self.list.show_names(self._names())
        else:
            self.close()

    def go_to_definition(self) -> None:
        """Put the cursor where the name at it is defined, or say that this text does not define it."""
        cursor = self._editor.textCursor()
        line = cursor.block().text()
        name = word_at(line, index_of(line, cursor.positionInBlock()))
        found = definition_of(self._code(), name, cursor.blockNumber() + 1) if name else None
        if found is None:
            place = self._editor.viewport().mapToGlobal(self._editor.cursorRect().bottomLeft() + QPoint(0, 4))
            words = (
                tr("{name} is not defined in this text.").format(name=name)
                if name
                else tr("There is no name at the cursor.")
            )
            QToolTip.showText(place, words, self._editor)
            return
        block = self._editor.document().findBlockByNumber(found[0] - 1)
        target = QTextCursor(block)
        target.setPosition(block.position() + units(block.text(), found[1] - 1))
        self._editor.setTextCursor(target)
        self._editor.ensureCursorVisible()

    def _take(self, name: str) -> None:
        _, begun = wanted(self._before())
        self._editor.textCursor().insertText(name[len(begun) :])
        self.close()

    def _names(self) -> tuple[str, ...]:
        return candidates(self._code(), *wanted(self._before()))

    def _code(self) -> str:
        return self._editor.document().toRawText().replace("\u2029", "\n")

    def _before(self) -> str:
        cursor = self._editor.textCursor()
        line = cursor.block().text()
        return line[: index_of(line, cursor.positionInBlock())]
