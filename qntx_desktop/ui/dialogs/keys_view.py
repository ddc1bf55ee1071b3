"""The sheet of keys and gestures, made from the same table as the menus; a press on a key gives another.

Qt main thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from qntx_desktop.model.errors import QntxError
from qntx_desktop.ui import told
from qntx_desktop.ui.actions import ACTIONS, GESTURES, Action
from qntx_desktop.ui.actions_elsewhere import TEXT
from qntx_desktop.ui.dialogs.frame import Frame, heading
from qntx_desktop.ui.keymap import NATIVE, PORTABLE, Keymap
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.parts import quiet_button
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme
from qntx_desktop.ui.wording import one_line

GAP_PX = 10
CATCHER_WIDTH_PX, CATCHER_HEIGHT_PX = 140, 32
HINT = tr("Press a key in the list to give another one. Esc gives up, Backspace takes the key away.")
MOST_PX, BESIDE_PX = 1_000, 48
"""How wide it opens where the words of a language are long, and what stands beside the list."""
MOST_TOLD = 5
"""So many of the keys that an import left out are named."""


class KeysView(Frame):
    """Shows every key, and changes those of the canvas, the window and the code editor.

    Args:
        keymap: Whose keys are shown and changed.
        keep: Keeps the changed keys as text.

    Signals:
        export_asked, import_asked: The keys shall go to a file, or come from one.
    """

    export_asked = Signal()
    import_asked = Signal()

    def __init__(
        self, theme: Theme, parent: QWidget | None, keymap: Keymap, keep: Callable[[str], object]
    ) -> None:
        super().__init__(tr("Keys"), theme, parent)
        self.setObjectName("keys_view")
        self.resize(660, 680)
        self._keymap, self._keep = keymap, keep
        self.buttons: dict[str, QPushButton] = {}
        self.resets: dict[str, QPushButton] = {}
        self.catcher: QKeySequenceEdit | None = None
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 12, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._gaps: dict[int, int] = {}
        """Empty rows above titles by the row of the title."""
        self._fill()
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Filter"))
        self.field.setAccessibleName(tr("Filter"))
        self.field.textChanged.connect(lambda: self.show_keys())
        self.body.addWidget(self.field)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self.body.addWidget(area)
        self._said = plain_label(HINT, tone="dim", wrap=True)
        self.body.addWidget(self._said)
        row = QHBoxLayout()
        export, bring = quiet_button(tr("Export…")), quiet_button(tr("Import…"))
        export.clicked.connect(self.export_asked)
        bring.clicked.connect(self.import_asked)
        copy = quiet_button(tr("Copy all as text"))
        copy.clicked.connect(self._copy)
        self.reset_all = quiet_button(tr("Usual keys everywhere"))
        self.reset_all.clicked.connect(self._reset_all)
        row.addStretch(1)
        for each in (export, bring, copy):
            row.addWidget(each)
        row.addWidget(self.reset_all)
        self.body.addLayout(row)
        self.show_keys()
        self.field.setFocus()
        self.resize(min(MOST_PX, max(self.width(), inside.sizeHint().width() + BESIDE_PX)), self.height())

    def rows(self) -> tuple[tuple[str, str], ...]:
        """What it says: what an action does, and its keys."""
        return tuple((self._text(row, 0), self._text(row, 1)) for row in range(self._grid.rowCount()))

    def said(self) -> str:
        """What it says below the list."""
        return self._said.text()

    def _text(self, row: int, column: int) -> str:
        cell = self._grid.itemAtPosition(row, column)
        widget = cell.widget() if cell is not None else None
        return widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else ""

    def _fill(self) -> None:
        for group in dict.fromkeys(action.group for action in ACTIONS):
            self._title(tr("Go to and select") if group == tr("Select") else group)
            for action in (each for each in ACTIONS if each.group == group):
                self._add(action)
            if group == TEXT[0].group:
                self._fixed(tr("Leave the text"), _native(("Esc",)))
        self._part(tr("Pointer"), list(GESTURES))

    def _title(self, title: str) -> None:
        row = self._grid.rowCount()
        if row > 1:
            row += 1
            self._gaps[row] = row - 1
        self._grid.addWidget(heading(title), row, 0, 1, 2)

    def _part(self, title: str, lines: list[tuple[str, str]]) -> None:
        self._title(title)
        for label, keys in lines:
            self._fixed(label, keys)

    def _fixed(self, label: str, keys: str) -> None:
        row = self._grid.rowCount()
        self._grid.addWidget(plain_label(label), row, 0)
        self._grid.addWidget(plain_label(keys, tone="dim"), row, 1, Qt.AlignmentFlag.AlignRight)

    def _add(self, action: Action) -> None:
        row = self._grid.rowCount()
        button = self.buttons[action.id] = quiet_button("", tr("Key of: {label}").format(label=action.label))
        reset = self.resets[action.id] = quiet_button(
            tr("Usual"), tr("Usual key of: {label}").format(label=action.label)
        )
        kept = reset.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        reset.setSizePolicy(kept)
        button.clicked.connect(partial(self.catch, action))
        reset.clicked.connect(partial(self._reset, action))
        self._grid.addWidget(plain_label(action.label), row, 0)
        self._grid.addWidget(button, row, 1, Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(reset, row, 2)

    def show_keys(self) -> None:
        """Show the keys as they are now."""
        for action in ACTIONS:
            self.buttons[action.id].setText(_native(self._keymap.keys_of(action)) or tr("no key"))
            self.resets[action.id].setVisible(self._keymap.is_own(action.id))
        self.reset_all.setEnabled(bool(self._keymap.text))
        self._drop_catcher()
        self._show_fitting(self.field.text().casefold().split())

    def _show_fitting(self, words: list[str]) -> None:
        """Show the rows that hold every word, the name of their group counting, and groups that have such rows."""
        title, titles = 0, {0: False}
        for row in range(self._grid.rowCount()):
            if not self._text(row, 0):
                continue
            if self._grid.itemAtPosition(row, 1) is self._grid.itemAtPosition(row, 0):
                title = row
                titles[title] = False
                continue
            whole = " ".join(self._text(each, column) for each, column in ((title, 0), (row, 0), (row, 1)))
            fits = all(word in whole.casefold() for word in words)
            titles[title] = titles[title] or fits
            self._show_row(row, fits)
        for row, shown in titles.items():
            self._show_row(row, shown)
            if row in self._gaps:
                self._grid.setRowMinimumHeight(self._gaps[row], GAP_PX if shown else 0)

    def _show_row(self, row: int, shown: bool) -> None:
        for column in (0, 1):
            cell = self._grid.itemAtPosition(row, column)
            widget = cell.widget() if cell is not None else None
            if widget is not None:
                widget.setVisible(shown)
        cell = self._grid.itemAtPosition(row, 2)
        reset = cell.widget() if cell is not None else None
        if reset is not None:
            kept = reset.sizePolicy()
            kept.setRetainSizeWhenHidden(shown)  # it keeps a row as wide as with it, but no row that is not shown
            reset.setSizePolicy(kept)
            reset.setVisible(shown and not reset.isHidden())

    def catch(self, action: Action) -> None:
        """Wait for the new key of an action, where its old one stood."""
        self._drop_catcher()
        button = self.buttons[action.id]
        catcher = self.catcher = QKeySequenceEdit(button.parentWidget())
        catcher.setMaximumSequenceLength(1)
        catcher.setFinishingKeyCombinations([])
        catcher.setAccessibleName(tr("New key of: {label}").format(label=action.label))
        place = QRect(0, 0, CATCHER_WIDTH_PX, max(CATCHER_HEIGHT_PX, button.height()))
        place.moveCenter(button.geometry().center())
        place.moveRight(button.geometry().right())
        catcher.setGeometry(place)
        line = catcher.findChild(QLineEdit)
        if line is not None:
            line.setPlaceholderText(tr("press a key"))
        catcher.keySequenceChanged.connect(partial(self._caught, action))
        catcher.show()
        catcher.setFocus()
        self._said.setText(
            tr("Press the new key of “{label}”. {partition}").format(
                label=action.label, partition=HINT.partition(". ")[2]
            )
        )

    def _caught(self, action: Action, sequence: QKeySequence) -> None:
        key = sequence.toString(PORTABLE)
        self._drop_catcher()
        if not key or " " in key or key == "Esc":
            self._said.setText(HINT)
            return
        taken = self._keymap.bind(action.id, "" if key == "Backspace" else key)
        if taken is not None:
            shown = sequence.toString(NATIVE)
            self._said.setText(
                tr("▲ {shown} is the key of “{part}” already.").format(shown=shown, part=taken.label)
            )
            return
        self._kept(tr("“{label}” has another key now.").format(label=action.label))

    def _kept(self, said: str) -> None:
        self.show_keys()
        self._said.setText(said)
        self._keep(self._keymap.text)

    def _reset(self, action: Action) -> None:
        taken = self._keymap.reset(action.id)
        if taken is not None:
            self._said.setText(tr("▲ Its usual key is the key of “{label}” now.").format(label=taken.label))
        else:
            self._kept(tr("“{label}” has its usual key again.").format(label=action.label))

    def _reset_all(self) -> None:
        self._keymap.reset_all()
        self._kept(tr("Every action has its usual key again."))

    @property
    def given(self) -> dict[str, str]:
        """The keys that a person gave, by the id of the action."""
        return self._keymap.given

    def exported(self, path: str) -> None:
        """They stand in a file now."""
        self._said.setText(tr("The changed keys are in {path}.").format(path=path))

    def take(self, given: Mapping[str, str]) -> None:
        """Take the keys of a file instead of those that were given here, and say what was left out."""
        self._drop_catcher()
        unknown, in_the_way = self._keymap.take(given)
        lines = [tr("The keys of the file are taken.")]
        lines += [
            tr("▲ “{label}” keeps its usual key: {key} is the key of “{other}”.").format(
                label=mine.label, key=QKeySequence(given[mine.id]).toString(NATIVE), other=other.label
            )
            for mine, other in in_the_way[:MOST_TOLD]
        ]
        more = len(in_the_way) - MOST_TOLD
        if more > 0:
            lines.append(tr("… and {count:,} more like that.").format(count=more))
        if unknown:
            named = ", ".join(each[:40] for each in unknown[:MOST_TOLD])
            lines.append(tr("▲ Not known here: {named}.").format(named=one_line(named)))
        self._kept("\n".join(lines))

    def fail(self, error: QntxError) -> None:
        """Say why a file was not written or read."""
        self._said.setText(f"▲ {told.whole(error)}")

    def _copy(self) -> None:
        lines = [f"{each.id}\t{each.label}\t{' '.join(self._keymap.keys_of(each))}" for each in ACTIONS]
        QGuiApplication.clipboard().setText("\n".join(lines) + "\n")
        self._said.setText(tr("All keys are on the clipboard."))

    def _drop_catcher(self) -> None:
        catcher, self.catcher = self.catcher, None
        if catcher is not None:
            catcher.blockSignals(True)
            catcher.hide()
            catcher.deleteLater()


def _native(keys: tuple[str, ...]) -> str:
    return f"  {tr('or')}  ".join(QKeySequence(key).toString(NATIVE) for key in keys)
