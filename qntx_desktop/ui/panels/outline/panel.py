"""The outline: the canvas as a tree that does all that the canvas does, by keys, without looking.

Qt main thread. It follows the canvas while it is shown; what is done to a row is done to the glyph by the table of
actions, so there is nothing here that the canvas does not know.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QPainter, QPalette, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.ui.access.words import facts_of, name_of, state_of
from qntx_desktop.ui.actions import BY_ID, Where
from qntx_desktop.ui.canvas.item import GlyphItem
from qntx_desktop.ui.canvas.menus import glyph_menu
from qntx_desktop.ui.canvas.view import CanvasView
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.outline.branches import Branches, branches_of, path_to
from qntx_desktop.ui.panels.parts import sheet
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import TARGET_PX, Theme
from qntx_desktop.ui.wording import one_line

EMPTY = tr("Nothing is on the canvas yet. Shift+A adds a glyph.")
SLICE_MS, SLICE_S = 15, 0.002
"""Rows of cards that show other facts are written anew this often, for so long each time."""
SETTLE_MS = 120
"""Changes that follow each other are shown when they pause, so that a drag costs nothing here."""
MOST_CHARS = 120
STATE_PX = 112
BAR_PX = 2
_KEY = Qt.ItemDataRole.UserRole
_OWN = frozenset(
    {"undo", "redo", "paste", "select_all", "quick_add", "palette", "go_to", "find", "fit", "shortcuts", "tidy"}
)
"""Actions of the canvas that keys do from here, too; the others are keys of the tree itself."""
_TREE_KEYS = frozenset(
    {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Escape, Qt.Key.Key_Exclam}
)


class OutlinePanel(QWidget):
    """A row for each glyph: what it is and how it stands.

    Signals:
        left: The person wants to go back to the canvas.
    """

    left = Signal()

    def __init__(self, view: CanvasView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("outline_panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Outline"))
        self._view = view
        self._tree = Branches()
        self._rows: dict[int, QTreeWidgetItem] = {}
        self._following = False
        self._away = False
        self._last_place = 0
        self.tree = Rows(self)
        self.setFocusProxy(self.tree)
        self._empty = plain_label(EMPTY, tone="dim", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 12, 10, 12)
        column.setSpacing(10)
        column.addWidget(plain_label(tr("Outline"), tone="heading"))
        column.addWidget(self._empty)
        column.addWidget(self.tree, 1)
        self.setMinimumWidth(200)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SETTLE_MS)
        self._later.timeout.connect(self.rebuild)
        self._stale: dict[int, None] = {}
        self._slices = QTimer(self)
        self._slices.setInterval(SLICE_MS)
        self._slices.timeout.connect(self._renew_some)
        self.set_theme(view.theme)
        self.tree.itemSelectionChanged.connect(self._chosen)
        self.tree.itemDoubleClicked.connect(lambda: self.perform("edit"))
        view.document.changed.connect(self._changed)
        view.document.reset.connect(self._later.start)
        view.scene_of.live_shown.connect(self._live_shown)
        view.selection_changed.connect(self._follow)
        view.installEventFilter(self)
        self.rebuild()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        high = f"QTreeView::item {{ min-height: {TARGET_PX - 4}px; }}"  # with what the sheet pads above and below
        self.setStyleSheet(f"OutlinePanel {{ background: {theme.window}; }}" + sheet(theme) + high)

    def rebuild(self) -> None:
        """Show the canvas as it is now; what was folded stays folded."""
        self._later.stop()
        self._stale.clear()
        if self.isHidden() and self._rows:
            return
        place = self._place()
        folded = {key for key, row in self._rows.items() if row.childCount() and not row.isExpanded()}
        self._following = True
        self.tree.setUpdatesEnabled(False)
        self.tree.clear()
        self._rows = {}
        self._tree = branches_of(self._view.document.canvas)
        self._fill(self.tree.invisibleRootItem(), None)
        self.tree.expandAll()
        for key in folded & self._rows.keys():
            self._rows[key].setExpanded(False)
        self.tree.setUpdatesEnabled(True)
        self._following = False
        self._empty.setVisible(not self._rows)
        self._follow()
        self._stay_near(place)

    def row(self, glyph_id: int) -> QTreeWidgetItem | None:
        """The row of a glyph."""
        return self._rows.get(glyph_id)

    def perform(self, action_id: str) -> bool:
        """Do an action on what is selected here; afterwards the keyboard comes back here."""
        if self._later.isActive():
            self.rebuild()
        current = self._item(self.tree.currentItem())
        if current is not None and not self._view.scene_of.selection and BY_ID[action_id].where is Where.GLYPH:
            self._view.select([current.glyph_id])  # the row the keyboard is at, as after an undo
        self._away = True
        if action_id == "menu":
            return self.open_menu()
        done = self._view.perform(action_id)
        if self.tree.hasFocus():
            self._away = False
        return done

    def open_menu(self) -> bool:
        """Open the menu of the glyph beside its row."""
        current = self.tree.currentItem()
        item = self._item(current)
        if item is None or current is None:
            return False
        self._view.select([item.glyph_id])
        menu = glyph_menu(self._view, item)
        menu.popup(self.tree.viewport().mapToGlobal(self.tree.visualItemRect(current).bottomLeft() + QPoint(12, 0)))
        first = next((each for each in menu.actions() if each.isEnabled() and not each.isSeparator()), None)
        if first is not None:
            menu.setActiveAction(first)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The canvas gets the keyboard back after an edit that was begun here: it comes on to the outline."""
        if self._away and watched is self._view and isinstance(event, QFocusEvent) and event.gotFocus():
            self._away = False
            if event.reason() != Qt.FocusReason.MouseFocusReason and self.isVisible():
                QTimer.singleShot(0, self.tree, self.tree.setFocus)
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        """Show what happened while it was hidden."""
        super().showEvent(event)
        self.rebuild()

    def _fill(self, parent: QTreeWidgetItem, above: int | None) -> None:
        waiting: list[tuple[QTreeWidgetItem, int | None]] = [(parent, above)]
        while waiting:
            host, key = waiting.pop()
            for child in self._tree.get(key, ()):
                row = QTreeWidgetItem(host)
                row.setData(0, _KEY, child)
                self._rows[child] = row
                self._renew(child)
                waiting.append((row, child))

    def _item(self, row: QTreeWidgetItem | None) -> GlyphItem | None:
        return self._view.scene_of.item_of(int(row.data(0, _KEY))) if row is not None else None

    def _live_shown(self, glyph_id: int) -> None:
        """A card shows other facts; so does its row, soon: hundreds may change between two frames of the canvas."""
        if not self.isHidden():
            self._stale[glyph_id] = None
            if not self._slices.isActive():
                self._slices.start()

    def _renew_some(self) -> None:
        ends_s = time.perf_counter() + SLICE_S
        while self._stale:
            glyph_id = next(iter(self._stale))
            del self._stale[glyph_id]
            self._renew(glyph_id)
            if time.perf_counter() > ends_s:
                return
        self._slices.stop()

    def _renew(self, glyph_id: int) -> None:
        row = self._rows.get(glyph_id)
        item = self._item(row)
        if row is None or item is None:
            return
        title, state = one_line(item.layout.title_whole, MOST_CHARS), state_of(item)
        chip = next((placed.chip for placed in item.layout.chips if not placed.chip.action), None)
        row.setText(0, f"{item.kind.symbol}  {title}")
        row.setText(1, f"{chip.symbol} {chip.text}".strip() if chip is not None else "")
        said = ", ".join(part for part in (name_of(item), state, facts_of(item)) if part)
        row.setData(0, Qt.ItemDataRole.AccessibleTextRole, said)
        row.setData(1, Qt.ItemDataRole.AccessibleTextRole, state)

    def _changed(self, diff: CanvasDiff) -> None:
        """Words at once; what stands where when the changes pause."""
        if self.isHidden():
            return
        moved = any(
            (old.x, old.y, old.width, old.height) != (new.x, new.y, new.width, new.height)
            for old, new in diff.updated.values()
        )
        if moved or diff.added or diff.removed or diff.edges_added or diff.edges_removed:
            self._later.start()
        for glyph_id in diff.updated:
            self._renew(glyph_id)

    def _chosen(self) -> None:
        """Rows were selected here: the canvas selects the same and looks there."""
        if self._following:
            return
        keys = [int(row.data(0, _KEY)) for row in self.tree.selectedItems()]
        self._following = True
        self._view.select(keys)
        if len(keys) == 1:
            self._view.show_glyph(keys[0])
        self._following = False

    def _follow(self) -> None:
        """The canvas selected something: so does the tree, unfolding what it stands under."""
        if self._following or self.isHidden():
            return
        self._following = True
        self.tree.clearSelection()
        keys = [key for key in sorted(self._view.scene_of.selection) if key in self._rows]
        for key in keys:
            for outer in path_to(self._tree, key) if len(keys) == 1 else ():
                self._rows[outer].setExpanded(True)
            self._rows[key].setSelected(True)
        if len(keys) == 1:
            selection = self.tree.selectionModel()
            place = self.tree.indexFromItem(self._rows[keys[0]])
            selection.setCurrentIndex(place, selection.SelectionFlag.NoUpdate)
            self.tree.scrollToItem(self._rows[keys[0]])
        self._following = False

    def _place(self) -> int:
        """How far down the row is that the keyboard is at."""
        current = self._item(self.tree.currentItem())
        ids = list(self.glyph_ids())
        return ids.index(current.glyph_id) if current is not None and current.glyph_id in ids else self._last_place

    def _stay_near(self, place: int) -> None:
        """Where the row is gone that the keyboard was at, it comes to the one in its place."""
        self._last_place = place
        ids = list(self.glyph_ids())
        if self.tree.currentItem() is None and ids:
            near = self._rows[ids[min(place, len(ids) - 1)]]
            selection = self.tree.selectionModel()
            selection.setCurrentIndex(self.tree.indexFromItem(near), selection.SelectionFlag.NoUpdate)

    def action_of(self, event: QKeyEvent) -> str | None:
        """The action a key means here; None for keys of the tree."""
        if Qt.Key(event.key()) in _TREE_KEYS:
            return None
        action_id = self._view.commands.keymap.action_of(event)
        if action_id is None or (action_id.startswith(("go_", "extend_", "pan_")) and action_id != "go_to"):
            return None
        return action_id if BY_ID[action_id].where is Where.GLYPH or action_id in _OWN else None

    def glyph_ids(self) -> Iterator[int]:
        """The glyphs in the order of the rows."""
        waiting = [self.tree.topLevelItem(n) for n in reversed(range(self.tree.topLevelItemCount()))]
        while waiting:
            row = waiting.pop()
            if row is not None:
                yield int(row.data(0, _KEY))
                waiting += [row.child(number) for number in reversed(range(row.childCount()))]


class Rows(QTreeWidget):
    """The tree itself; asks the panel what a key means."""

    def __init__(self, panel: OutlinePanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setAccessibleName(tr("Glyphs of the canvas"))
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setIndentation(16)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(1, STATE_PX)

    def drawRow(  # noqa: N802 - Qt's name
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The row, and a bar where the keyboard is; the frame that the style has for that is of another world."""
        super().drawRow(painter, option, index)
        current = self.currentIndex()
        if self.hasFocus() and (index.row(), index.parent()) == (current.row(), current.parent()):
            bar = QRect(0, self.visualRect(current).top(), BAR_PX, self.visualRect(current).height())
            if self.isRightToLeft():
                bar.moveRight(self.viewport().width() - 1)
            painter.fillRect(bar, self.palette().color(QPalette.ColorRole.Link))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of glyphs act on the row; Esc goes back to the canvas."""
        if event.key() == Qt.Key.Key_Escape:
            self._panel.left.emit()
            return
        action_id = self._panel.action_of(event)
        if action_id is not None:
            self._panel.perform(action_id)
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab leaves the tree; it does not step through cells."""
        return bool(QWidget.focusNextPrevChild(self, forward))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the glyph."""
        pointed = self.itemAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Mouse and pointed is not None:
            self.setCurrentItem(pointed)
        self._panel.open_menu()
