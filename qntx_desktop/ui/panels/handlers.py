"""The Handlers panel: every script type, its versions, and what can be done with them. It calls no service.

Qt main thread. It is told what to show and says what the person wants; nothing here is asked in a dialog.
"""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qntx_desktop.model.clock import Clock
from qntx_desktop.model.clock import now_us as wall_clock
from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.handler import HandlerEntry, HandlerVersion
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.handler_list import HandlerListModel, HandlerRow
from qntx_desktop.ui.panels.handler_name import HandlerName
from qntx_desktop.ui.panels.handler_versions import HandlerVersions
from qntx_desktop.ui.panels.list_row import ROW_PX
from qntx_desktop.ui.panels.notice import Notice
from qntx_desktop.ui.panels.parts import sheet
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme

EMPTY = tr(
    "No handlers yet. Run an IX command that nothing knows, then Create handler."
)
LOADING = tr("◐ Reading the handlers …")
SIDE_PX = 14
MOST_PX = 16_777_215
"""Qt's own word for no limit."""


class HandlersPanel(QWidget):
    """Lists script types and the versions of the selected one.

    Signals:
        open_requested(script_type): Show its code on the canvas.
        create_requested(script_type): Begin a handler of this name; the name has been checked.
        retire_requested(script_type): The person confirmed.
        allow_requested(script_type, version): Ask whether this version from elsewhere may run.
        restore_requested(script_type, version), diff_requested(script_type, version, other_version).
        versions_requested(script_type): A type was selected; answer with `set_versions`.
        refresh_requested: Read the entries again.
    """

    open_requested = Signal(str)
    create_requested = Signal(str)
    retire_requested = Signal(str)
    restore_requested = Signal(str, int)
    allow_requested = Signal(str, int)
    diff_requested = Signal(str, int, int)
    versions_requested = Signal(str)
    refresh_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, clock: Clock = wall_clock) -> None:
        super().__init__(parent)
        self.setObjectName("handlers_panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._clock = clock
        self._entries: tuple[HandlerEntry, ...] = ()
        self._selected = ""
        self._apart: tuple[str, int] | None = None
        self._model = HandlerListModel()
        self._row = HandlerRow(theme)
        self._list = QListView()
        self._filter = QLineEdit()
        self._new = QPushButton(tr("New"))
        self._name = HandlerName()
        self._notice = Notice()
        self._versions = HandlerVersions(theme)
        self._below = QScrollArea()
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self.set_theme(theme)
        self.set_loading()

    def _build(self) -> None:
        self._filter.setPlaceholderText(tr("Filter"))
        self._filter.setAccessibleName(tr("Filter handlers"))
        self._filter.setClearButtonEnabled(True)
        self.setFocusProxy(self._filter)
        self._list.setModel(self._model)
        self._list.setItemDelegate(self._row)
        self._list.setAccessibleName(tr("Handlers"))
        self._list.setUniformItemSizes(True)
        self._list.setDragDropMode(QListView.DragDropMode.DragOnly)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack.addWidget(self._list)
        page = QWidget()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 4, 0, 0)
        inside.addWidget(self._notice)
        inside.addStretch(1)
        self._stack.addWidget(page)
        scroll = self._below
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._versions)
        scroll.hide()
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self._stack)
        parts.addWidget(scroll)
        parts.setStretchFactor(0, 1)
        parts.setStretchFactor(1, 1)
        header = QHBoxLayout()
        header.addWidget(plain_label(tr("Handlers"), tone="heading"))
        header.addStretch(1)
        header.addWidget(self._new)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE_PX, 12, SIDE_PX, 12)
        column.setSpacing(10)
        column.addLayout(header)
        column.addWidget(self._name)
        column.addWidget(self._filter)
        column.addWidget(parts, 1)
        self._name.hide()
        self.setMinimumWidth(260)

    def _connect(self) -> None:
        self._filter.textChanged.connect(self._filtered)
        self._new.clicked.connect(self._ask_name)
        self._name.chosen.connect(self._create)
        self._name.left.connect(self._new.setFocus)
        self._list.activated.connect(self._activated)
        self._list.selectionModel().currentChanged.connect(self._current_changed)
        self._notice.retry_requested.connect(self.refresh_requested)
        self._versions.open_requested.connect(self.open_requested)
        self._versions.retire_requested.connect(self.retire_requested)
        self._versions.restore_requested.connect(self.restore_requested)
        self._versions.allow_requested.connect(self.allow_requested)
        self._versions.diff_requested.connect(self.diff_requested)
        self._versions.retry_requested.connect(self.versions_requested)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of another theme."""
        self.setStyleSheet(sheet(theme))
        self._row.theme = theme
        self._versions.set_theme(theme)
        self._list.viewport().update()

    def set_loading(self) -> None:
        """Say that the entries are being read; entries that are shown already stay."""
        if not self._entries:
            self._say(LOADING)

    def set_error(self, error: QntxError) -> None:
        """Say that the entries could not be read. What was shown before goes: it may be wrong by now."""
        self._entries = ()
        self._model.set_entries((), self._clock())
        self._notice.fail(error)
        self._stack.setCurrentIndex(1)
        self._forget_selection()

    def set_entries(self, entries: tuple[HandlerEntry, ...]) -> None:
        """Show these types; the selection stays on its type, or the first type is selected."""
        self._entries = entries
        wanted = self._selected
        self._model.set_entries(entries, self._clock())
        self._show_state()
        if not self._set_apart():
            self.select(wanted or (entries[0].newest.script_type if entries else ""))

    def set_versions(self, script_type: str, versions: tuple[HandlerVersion, ...]) -> None:
        """Show the versions of a type, newest first; an answer for another type than the selected is dropped."""
        if script_type == self._selected:
            self._versions.set_versions(script_type, versions, self._clock())

    def set_versions_error(self, script_type: str, error: QntxError) -> None:
        """Say that the versions of the selected type could not be read."""
        if script_type == self._selected:
            self._versions.set_error(error)

    def refuse_name(self, error: QntxError) -> None:
        """Say why a name was not taken; it stays in its field."""
        self._name.show()
        self._name.refuse(error)

    def selected(self) -> str:
        """The selected script type, empty without one."""
        return self._selected

    def select(self, script_type: str) -> None:
        """Select a type; nothing is selected when it is not shown."""
        row = self._model.row_of(script_type)
        if row < 0:
            self._forget_selection()
            return
        index = self._model.index(row)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self._list.selectionModel().setCurrentIndex(index, flag)
        self._list.scrollTo(index)
        self._take(script_type)

    def select_version(self, script_type: str, version: int) -> None:
        """Select a type, whatever the filter hides, and set one of its versions apart."""
        self._apart = (script_type, version)
        if self._model.row_of(script_type) < 0:
            self._filter.clear()
        self._set_apart()

    def _set_apart(self) -> bool:
        """Show what `select_version` asked for; False while the type has not been read."""
        if self._apart is None or self._model.row_of(self._apart[0]) < 0:
            return False
        (script_type, version), self._apart = self._apart, None
        self.select(script_type)
        self._versions.mark(version)
        return True

    def _say(self, text: str) -> None:
        self._notice.say(text)
        self._stack.setCurrentIndex(1)

    def _show_state(self) -> None:
        if not self._entries:
            self._say(EMPTY)
        elif self._model.rowCount() == 0:
            self._say(tr("No handler matches “{text}”.").format(text=self._filter.text()))
        else:
            self._stack.setCurrentIndex(0)

    def _filtered(self, text: str) -> None:
        wanted = self._selected
        self._model.set_filter(text)
        if self._entries:
            self._show_state()
            self.select(wanted)

    def _forget_selection(self) -> None:
        self._selected = ""
        self._versions.clear()
        self._below.hide()
        self._fit_list()

    def _take(self, script_type: str) -> None:
        entry = self._model.entry(self._model.row_of(script_type))
        if entry is None:
            return
        if script_type != self._selected:
            self._versions.set_loading(script_type)
        self._selected = script_type
        self._versions.set_entry(entry)
        self._below.show()
        self._fit_list()
        self.versions_requested.emit(script_type)

    def _fit_list(self) -> None:
        """A short list is only as tall as it is, so that the versions follow it; the person may make it shorter."""
        rows = self._model.rowCount() * ROW_PX + 1
        self._stack.setMaximumHeight(MOST_PX if self._below.isHidden() else max(ROW_PX, rows))

    def _current_changed(self, index: QModelIndex) -> None:
        entry = self._model.entry(index.row())
        if entry is not None and entry.newest.script_type != self._selected:
            self._take(entry.newest.script_type)

    def _activated(self, index: QModelIndex) -> None:
        entry = self._model.entry(index.row())
        if entry is not None:
            self.open_requested.emit(entry.newest.script_type)

    def _ask_name(self) -> None:
        self._name.begin()

    def _create(self, name: str) -> None:
        self._name.hide()
        if any(entry.newest.script_type == name and entry.newest.active for entry in self._entries):
            self.select(name)
            self.open_requested.emit(name)
        else:
            self.create_requested.emit(name)
