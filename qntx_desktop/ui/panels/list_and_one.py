"""A window of a list and of the one row that is looked at: what the Plugins and the Sources window have in common.

Qt main thread. It is told what to show and says what the person wants; it calls no service.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QPushButton, QSplitter, QTabWidget, QVBoxLayout, QWidget

from qntx_desktop.model.errors import QntxError
from qntx_desktop.ui.dialogs.frame import Frame
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.notice import Notice
from qntx_desktop.ui.panels.parts import quiet_button, sheet
from qntx_desktop.ui.panels.two_lines import Named, TwoLineModel, TwoLineRow
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme

Thing = TypeVar("Thing", bound=Named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What such a window says; `buttons` are verb, label and what a screen reader says, in their order."""

    title: str
    loading: str
    add: str
    remove: str
    keep: str
    buttons: tuple[tuple[str, str, str], ...]


class ListAndOne(Frame, Generic[Thing]):
    """A list, and title, facts, trouble, buttons and pages of the row that is looked at.

    Signals:
        selected(key): Another row is looked at; empty or 0 for none.
        page_shown(index): Another page is.
        asked(verb): `add`, `refresh`, or the verb of a button.
        closing: The window closes; what is unsaved was given up.
    """

    selected = Signal(object)
    page_shown = Signal(int)
    asked = Signal(str)
    closing = Signal()

    def __init__(self, theme: Theme, words: Words, model: TwoLineModel[Thing], parent: QWidget | None) -> None:
        super().__init__(words.title, theme, parent)
        self._words, self._model, self._row = words, model, TwoLineRow(theme)
        self._one: Thing | None = None
        self.list, self.pages, self.add = QListView(), QTabWidget(), QPushButton(words.add)
        self._notice, self._said = Notice(), Notice()
        self._title = plain_label("", wrap=True, tone="heading")
        self._facts = plain_label("", wrap=True, tone="dim")
        self._trouble = plain_label("", wrap=True, tone="bad")
        self.buttons: Mapping[str, QPushButton] = {
            verb: quiet_button(label, name) for verb, label, name in words.buttons
        }
        self._sure = QPushButton(words.remove)
        self._stay = quiet_button(tr("Keep it"), words.keep)
        self._leave = QPushButton(tr("Close and lose it"))
        self._left, self._right = QWidget(), QWidget()
        self.parts = QSplitter(Qt.Orientation.Horizontal)
        self._build_left()
        self._build_right()

    # What whoever inherits says of its things.

    @abstractmethod
    def _nobody(self) -> Hashable:
        """The key that stands for none."""

    @abstractmethod
    def _show(self, thing: Thing, *, other: bool) -> None:
        """Show a thing; `other` when another was looked at before."""

    @abstractmethod
    def _show_buttons(self) -> None:
        """Show the buttons that make sense now, that of removing left aside."""

    @abstractmethod
    def _unsaved(self, *, closing: bool) -> str:
        """What to say of what was typed and not saved; empty when nothing was."""

    @abstractmethod
    def _give_up(self) -> None:
        """Lose what was typed and not saved."""

    def _removable(self, thing: Thing) -> bool:
        """Whether it makes sense to remove it."""
        return True

    def _build_left(self) -> None:
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._row)
        self.list.setAccessibleName(self._words.title)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = QHBoxLayout()
        head.addWidget(plain_label(self._words.title, tone="heading"), 1)
        head.addWidget(self.add)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self._notice)
        column.addWidget(self.list, 1)
        self.parts.setChildrenCollapsible(False)
        self.parts.addWidget(self._left)
        self.parts.addWidget(self._right)
        self.parts.setStretchFactor(1, 1)
        self.body.addWidget(self.parts, 1)
        self.add.clicked.connect(lambda: self.asked.emit("add"))
        self._notice.retry_requested.connect(lambda: self.asked.emit("refresh"))
        self.list.selectionModel().currentChanged.connect(self._current)
        self.pages.currentChanged.connect(self.page_shown)
        self.list.setFocus()

    def _build_right(self) -> None:
        for button in (self._sure, self._leave):
            button.setProperty("kind", "danger")
        self._leave.hide()
        column = QVBoxLayout(self._right)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._title, 1)
        for verb, button in self.buttons.items():
            row.addWidget(button)
            if verb != "remove":
                button.clicked.connect(lambda _=False, verb=verb: self.asked.emit(verb))
        row.addWidget(self._stay)
        row.addWidget(self._sure)
        self.buttons["remove"].clicked.connect(lambda: self._ask_remove(True))
        self._stay.clicked.connect(lambda: self._ask_remove(False))
        self._sure.clicked.connect(lambda: self.asked.emit("remove"))
        self._leave.clicked.connect(self._close_anyway)
        column.addLayout(row)
        self._facts_column = QVBoxLayout()
        for each in (self._facts, self._trouble):
            self._add_facts(each)
        column.addLayout(self._facts_column)
        said = QHBoxLayout()
        said.addWidget(self._said, 1)
        said.addWidget(self._leave)
        column.addLayout(said)
        column.addWidget(self.pages, 1)

    def _add_facts(self, label: Any) -> None:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._facts_column.addWidget(label)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of another theme."""
        self.theme = theme
        self.setStyleSheet(sheet(theme))
        self._row.theme = theme

    def show_loading(self) -> None:
        """Say that the list is being read."""
        self._notice.say(self._words.loading)
        self._right.hide()

    def set_error(self, error: QntxError) -> None:
        """Say that the list could not be read."""
        self._notice.fail(error)

    def choose(self, key: Any) -> None:
        """Look at a row."""
        row = self._model.row_of(key)
        if row >= 0:
            self._point_at(row)
        self._take(self._model.thing(row))

    def say(self, text: str) -> None:
        """Say something about what is looked at; empty takes it away."""
        self._said.say(text)
        self._leave.hide()

    def fail(self, error: QntxError) -> None:
        """Say why something asked of it was not done."""
        self._said.fail(error)
        self._ask_remove(False)

    def said(self) -> str:
        """What it says of what is looked at."""
        return "\n".join(filter(None, (self._trouble.text(), self._said.text())))

    def list_said(self) -> str:
        """What stands over the list."""
        return self._notice.text()

    def facts_text(self) -> str:
        """What it says there is to know."""
        return self._facts.text()

    def closeEvent(self, event: QCloseEvent) -> None:
        """What was typed and not saved is not lost by a press of a key."""
        if said := self._unsaved(closing=True):
            event.ignore()
            self._said.say(said)
            self._leave.show()
            return
        self.closing.emit()
        super().closeEvent(event)

    def _close_anyway(self) -> None:
        self._give_up()
        self.close()

    def _again(self, keys: list[Any]) -> Any:
        """Of the rows that are shown now, the key of the one that was looked at, else of the first."""
        wanted = None if self._one is None else self._model.key(self._one)
        return wanted if wanted in keys else next(iter(keys), self._nobody())

    def _point_at(self, row: int) -> None:
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.list.selectionModel().setCurrentIndex(self._model.index(row), flag)

    def _current(self, index: QModelIndex, _before: QModelIndex) -> None:
        thing = self._model.thing(index.row())
        if thing is None or self._is_one(thing):
            return
        if self._one is not None and (said := self._unsaved(closing=False)):
            self.say(said)
            self._point_at(self._model.row_of(self._model.key(self._one)))
            return
        self._take(thing)

    def _is_one(self, thing: Thing) -> bool:
        return self._one is not None and self._model.key(thing) == self._model.key(self._one)

    def _take(self, thing: Thing | None) -> None:
        other = thing is not None and not self._is_one(thing)
        self._one = thing
        self._right.setVisible(thing is not None)
        if thing is None:
            self.selected.emit(self._nobody())
            return
        self._title.setText(thing.name)
        if other:
            self.say("")
            self._ask_remove(False)
        self._show(thing, other=other)
        if other:
            self.selected.emit(self._model.key(thing))
        self._show_buttons()
        if not self._sure.isVisibleTo(self._right):
            self.buttons["remove"].setVisible(self._removable(thing))

    def _ask_remove(self, asked: bool) -> None:
        self._sure.setVisible(asked)
        self._stay.setVisible(asked)
        self.buttons["remove"].setVisible(not asked and self._one is not None and self._removable(self._one))
        if asked:
            self._stay.setFocus()
