"""The row of filters above the jobs: text, state, handler, type, what asked for it, and what was picked elsewhere.

Qt main thread.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from qntx_desktop.model.pulse import PulseFilter, PulseState
from qntx_desktop.ui.panels.flow import Flow
from qntx_desktop.ui.panels.pulse.words import SCRIPTS, STATES, TRIGGERS
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.wording import clock

TYPING_MS = 250
MOST_LIST_PX, LEAST_PX, BESIDE_WORD_PX = 480, 76, 42
FEW_PX = 260
"""Narrower, the choices that are seldom made are only there while they are."""


class Filters(QWidget):
    """What the person asked for.

    Signals:
        changed: `wanted` is another now.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picked = PulseFilter()
        self.text = QLineEdit()
        self.text.setPlaceholderText(tr("Find"))  # more has no room beside the choices
        self.text.setToolTip(tr("Find in commands, output and errors"))
        self.text.setAccessibleName(tr("Find in commands, output and errors"))
        self.text.setClearButtonEnabled(True)
        self.text.setMinimumWidth(LEAST_PX)
        self.state = _choice(tr("State"), tr("State"), [(word, str(state)) for state, word in STATES.items()])
        self.handler = _choice(tr("Handler"), tr("Handler"), [])
        self.type = _choice(tr("Type of job"), tr("Type"), [])
        self.trigger = _choice(tr("Asked by"), tr("Asked by"), [(word, key) for key, word in TRIGGERS.items()])
        self.chip = QPushButton()
        self.chip.setToolTip(tr("Show all again"))
        self.chip.hide()
        row = Flow(8, self)
        row.addWidget(self.text)
        for box in (self.state, self.handler, self.type, self.trigger):
            row.addWidget(box)
            box.currentIndexChanged.connect(self._chosen)
        row.addWidget(self.chip)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self.changed)
        self.text.textChanged.connect(self._typing.start)
        self.text.returnPressed.connect(self._at_once)
        self.chip.clicked.connect(self.forget_picked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a very narrow panel the table needs the room more."""
        super().resizeEvent(event)
        for box in (self.type, self.trigger):
            box.setVisible(self.width() >= FEW_PX or box.currentIndex() > 0)

    @property
    def wanted(self) -> PulseFilter:
        """What is asked for now."""
        state = self.state.currentData()
        return replace(
            self._picked,
            text=self.text.text().strip(),
            state=PulseState(state) if state else None,
            handler=self._picked.handler or self.handler.currentData() or None,
            type=self.type.currentData() or None,
            trigger=self.trigger.currentData() or None,
        )

    def set_kinds(self, types: tuple[str, ...], handlers: tuple[str, ...]) -> None:
        """Offer these types and handlers; what is chosen stays chosen."""
        _offer(self.type, types)
        _offer(self.handler, handlers)

    def pick(self, picked: PulseFilter, label: str) -> None:
        """Ask for what was picked elsewhere, on top of the rest, until the person takes it away."""
        self._picked = picked
        self.chip.setText(f"{label}  ✕")
        self.chip.setAccessibleName(tr("Only {label}; press to show all again").format(label=label))
        self.chip.show()
        self.changed.emit()

    def pick_stretch(self, lane: str, since_us: int, until_us: int) -> None:
        """Ask for the runs of a handler in a stretch of time."""
        label = f"{lane or SCRIPTS} {clock(since_us)} – {clock(until_us)}"
        self.pick(PulseFilter(handler=lane or None, since_us=since_us, until_us=until_us), label)

    def forget_picked(self) -> None:
        """Ask for all again that was not typed or chosen here."""
        if self._picked != PulseFilter():
            self._picked = PulseFilter()
            self.chip.hide()
            self.changed.emit()

    def clear(self) -> None:
        """Ask for everything."""
        for box in (self.state, self.handler, self.type, self.trigger):
            box.setCurrentIndex(0)
        self.text.clear()
        self.forget_picked()

    def _chosen(self, _index: int) -> None:
        self.changed.emit()

    def _at_once(self) -> None:
        self._typing.stop()
        self.changed.emit()


class _Choice(QComboBox):
    """Its list is as wide as its longest entry, not as the box."""

    def showPopup(self) -> None:
        wanted = self.view().sizeHintForColumn(0) + 24
        self.view().setMinimumWidth(min(MOST_LIST_PX, wanted))
        super().showPopup()


def _choice(name: str, any_word: str, entries: list[tuple[str, str]]) -> QComboBox:
    box = _Choice()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(3)
    box.setMinimumWidth(box.fontMetrics().horizontalAdvance(any_word) + BESIDE_WORD_PX)
    box.addItem(any_word, "")
    for word, key in entries:
        box.addItem(word, key)
    return box


def _offer(box: QComboBox, names: tuple[str, ...]) -> None:
    if tuple(box.itemData(place) for place in range(1, box.count())) == names:
        return
    chosen = box.currentData()
    box.blockSignals(True)
    while box.count() > 1:
        box.removeItem(1)
    for name in names:
        box.addItem(name, name)
    box.setCurrentIndex(max(0, box.findData(chosen) if chosen else 0))
    box.blockSignals(False)
