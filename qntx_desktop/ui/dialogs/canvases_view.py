"""All canvases of the home, and its bin. Qt main thread; shows what it is told and says what was asked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from qntx_desktop.model.canvases import CanvasLine, by_use, trail
from qntx_desktop.model.clock import now_us
from qntx_desktop.ui.dialogs.frame import Frame
from qntx_desktop.ui.labels import GivingLabel, plain_label
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme
from qntx_desktop.ui.wording import DOT, count, counted, one_line, when

_ID = Qt.ItemDataRole.UserRole
ROW_PX = 28


class _Page(QWidget):
    """A list with a sentence for when it is empty, and a row of buttons."""

    def __init__(self, name: str, empty: str) -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.empty = plain_label(empty, wrap=True, tone="dim")
        self.buttons = QHBoxLayout()
        self._needing: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty)
        column.addLayout(self.buttons)
        self.list.currentRowChanged.connect(self._show_buttons)

    def add(self, text: str, tip: str, *, needs_row: bool = True) -> QPushButton:
        """One more button."""
        button = QPushButton(text)
        button.setToolTip(tip)
        self.buttons.addWidget(button)
        if needs_row:
            self._needing.append(button)
        return button

    @property
    def chosen(self) -> int | None:
        """The canvas that is chosen."""
        row = self.list.currentRow()
        return int(self.list.item(row).data(_ID)) if row >= 0 else None

    def fill(self, rows: Sequence[tuple[int, str]], choose: int | None) -> None:
        """Show these (id, text) in this order; what was chosen stays chosen."""
        chosen = self.chosen if self.chosen is not None else choose
        self.list.clear()
        for key, text in rows:
            item = QListWidgetItem(text)
            item.setData(_ID, key)
            item.setSizeHint(QSize(0, ROW_PX))
            self.list.addItem(item)
        keys = [key for key, _ in rows]
        self.list.setCurrentRow(keys.index(chosen) if chosen in keys else 0)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self._show_buttons()

    def pick(self, key: int) -> bool:
        """Choose this one; False when it is not in the list."""
        row = next((each for each in range(self.list.count()) if self.list.item(each).data(_ID) == key), -1)
        if row >= 0:
            self.list.setCurrentRow(row)
        return row >= 0

    def _show_buttons(self) -> None:
        for button in self._needing:
            button.setEnabled(self.list.currentRow() >= 0)


class CanvasesView(Frame):
    """The list and the bin.

    Signals:
        open_asked, rename_asked, duplicate_asked, delete_asked, restore_asked: Number of a canvas.
        purge_asked(list): Numbers of canvases to delete for good; asked for twice.
        new_asked: A new one.
        undo_asked: Take back what was done last.
    """

    open_asked = Signal(int)
    new_asked = Signal()
    rename_asked = Signal(int)
    duplicate_asked = Signal(int)
    delete_asked = Signal(int)
    restore_asked = Signal(int)
    purge_asked = Signal(list)
    undo_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(tr("Canvases"), theme, parent)
        self.setObjectName("canvases_view")
        self.resize(560, 460)
        self._lines: tuple[CanvasLine, ...] = ()
        self._shown = 0
        self._asked: QPushButton | None = None
        self._wanted: int | None = None
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Name"))
        self.field.setAccessibleName(tr("Show canvases whose name holds this"))
        self.field.setClearButtonEnabled(True)
        self.live = _Page(tr("Canvases"), tr("No canvas has such a name."))
        self.bin = _Page(tr("Bin"), tr("The bin is empty. A canvas that is deleted waits here."))
        self.tabs = QTabWidget()
        self.tabs.addTab(self.live, tr("Canvases"))
        self.tabs.addTab(self.bin, tr("Bin"))
        self.body.addWidget(self.field)
        self.body.addWidget(self.tabs, 1)
        self._done, self.undo_button = GivingLabel(), QPushButton(tr("Undo"))
        self.undo_button.setToolTip(tr("Take this back (Ctrl+Z)"))
        self.undo_button.clicked.connect(self.undo_asked)
        line = QHBoxLayout()
        line.addWidget(self._done, 1)
        line.addWidget(self.undo_button)
        self.body.addLayout(line)
        self.show_undo("")
        self._add_buttons()
        self.field.textChanged.connect(self._fill)
        self.live.list.itemActivated.connect(lambda _item: self._open())
        self.bin.list.currentRowChanged.connect(self._ask_again)
        self.tabs.currentChanged.connect(self._ask_again)
        self.field.setFocus()

    def _add_buttons(self) -> None:
        live, gone = self.live, self.bin
        opens = live.add(tr("Open"), tr("Show it (Enter)"))
        opens.setProperty("kind", "accent")
        opens.clicked.connect(self._open)
        live.add(tr("New…"), tr("A new canvas"), needs_row=False).clicked.connect(self.new_asked)
        for text, tip, signal in (
            (tr("Rename…"), tr("Give it another name (F2)"), self.rename_asked),
            (tr("Duplicate"), tr("A copy with everything on it"), self.duplicate_asked),
            (tr("Delete"), tr("Into the bin (Delete)"), self.delete_asked),
        ):
            live.add(text, tip).clicked.connect(self._sender(live, signal))
        live.buttons.addStretch(1)
        gone.add(tr("Restore"), tr("Take it out of the bin")).clicked.connect(
            self._sender(gone, self.restore_asked)
        )
        self.purge = gone.add(tr("Delete for good"), tr("It cannot be brought back"))
        self.empty_bin = gone.add(tr("Empty the bin"), tr("Nothing of it can be brought back"))
        for button in (self.purge, self.empty_bin):
            button.setProperty("kind", "danger")
        self.purge.clicked.connect(self._purge_one)
        self.empty_bin.clicked.connect(self._purge_all)
        gone.buttons.addStretch(1)

    def _sender(self, page: _Page, signal: object) -> object:
        def send() -> None:
            if page.chosen is not None:
                signal.emit(page.chosen)  # type: ignore[attr-defined]

        return send

    def show_undo(self, text: str) -> None:
        """Say what was done last, with a button to take it back; nothing: there is neither."""
        self._done.setText(text)
        if not text and self.undo_button.hasFocus():
            self.live.list.setFocus()
        for part in (self._done, self.undo_button):
            part.setVisible(bool(text))

    def choose(self, canvas_id: int) -> None:
        """Choose a canvas as soon as it is in the list."""
        self._wanted = canvas_id

    def show_lines(self, lines: Sequence[CanvasLine], shown: int) -> None:
        """Show the canvases of the home."""
        self._lines, self._shown = tuple(lines), shown
        self._fill()

    def _fill(self) -> None:
        words = self.field.text().casefold().split()
        by_uid = {each.uid: each for each in self._lines if not each.in_bin}
        fitting = [each for each in by_use(self._lines) if all(word in each.name.casefold() for word in words)]
        live = [(each.id, self._words(each, by_uid)) for each in fitting if not each.in_bin]
        gone = [(each.id, self._words(each, {})) for each in fitting if each.in_bin]
        self.live.fill(live, self._shown)
        if self._wanted is not None and self.live.pick(self._wanted):
            self._wanted = None
        self.bin.fill(gone, None)
        every = sum(1 for each in self._lines if each.in_bin)
        self.tabs.setTabText(1, f"{tr('Bin')} ({count(every)})" if every else tr("Bin"))
        self._ask_again()

    def _words(self, line: CanvasLine, by_uid: dict[str, CanvasLine]) -> str:
        name = " ▸ ".join(one_line(each.name, 60) for each in trail(line, by_uid))
        facts = [counted(line.glyphs, "glyph")]
        if line.deleted_at_us is not None:
            facts.append(tr("deleted {deleted_at_us}").format(deleted_at_us=when(line.deleted_at_us, now_us())))
        elif line.saved_at_us is not None:
            facts.append(tr("saved {saved_at_us}").format(saved_at_us=when(line.saved_at_us, now_us())))
        mark = "▸" if line.id == self._shown else "  "
        return f"{mark} {name}    {DOT.join(facts)}"

    def _open(self) -> None:
        if self.live.chosen is not None:
            self.open_asked.emit(self.live.chosen)
            self.close()

    def _purge_one(self) -> None:
        if self.bin.chosen is not None:
            self._purge(self.purge, [self.bin.chosen])

    def _purge_all(self) -> None:
        self._purge(self.empty_bin, [each.id for each in self._lines if each.in_bin])

    def _purge(self, button: QPushButton, keys: list[int]) -> None:
        """The first press asks, the second does it: this is the one thing that cannot be undone."""
        if self._asked is button:
            self.purge_asked.emit(keys)
            self._ask_again()
            return
        self._ask_again()
        self._asked = button
        button.setText(
            tr("Really delete {canvass} for good").format(canvass=counted(len(keys), "canvas", "canvases"))
        )

    def _ask_again(self) -> None:
        self._asked = None
        self.purge.setText(tr("Delete for good"))
        self.empty_bin.setText(tr("Empty the bin"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2, Delete and Mod+Z do what their buttons do; Down goes from the field into the list."""
        chosen = self.live.chosen if self.tabs.currentIndex() == 0 else None
        if event.key() == Qt.Key.Key_F2 and chosen is not None:
            self.rename_asked.emit(chosen)
        elif event.key() == Qt.Key.Key_Delete and chosen is not None and self.live.list.hasFocus():
            self.delete_asked.emit(chosen)
        elif event.matches(QKeySequence.StandardKey.Undo) and not self.field.hasFocus():
            self.undo_asked.emit()
        elif event.key() == Qt.Key.Key_Down and self.field.hasFocus():
            page = self.live if self.tabs.currentIndex() == 0 else self.bin
            page.list.setFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.field.hasFocus():
            self._open()
        else:
            super().keyPressEvent(event)
