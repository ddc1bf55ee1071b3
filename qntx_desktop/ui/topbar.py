"""The bar at the top: which canvas, whether it is saved, what runs and what failed, the panel and the menu.

Qt main thread. It shows what it is told.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from qntx_desktop.ui import theme as look
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.search_button import SearchButton
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.wording import clock, count, plain_tip

HEIGHT_PX, NAME_PX = 40, 260


class TopBar(QFrame):
    """Canvas name, saving state, chips, buttons.

    Signals:
        panel_toggled(bool): Show or hide the Handlers panel.
        pulse_toggled(bool): Show or hide the Pulse panel.
        failed_pressed, running_pressed: A chip was pressed.
        search_pressed: The field in the middle was pressed.
        canvas_pressed(int): A canvas of the trail was pressed; 0: the one that is shown.
    """

    panel_toggled = Signal(bool)
    pulse_toggled = Signal(bool)
    failed_pressed = Signal()
    running_pressed = Signal()
    search_pressed = Signal()
    canvas_pressed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self.setFixedHeight(HEIGHT_PX)
        self._mark = plain_label("⨳", "mark")
        self._mark.setFont(look.symbol_font(1.1))
        self._trail = QHBoxLayout()
        self._trail.setSpacing(2)
        self._names: tuple[tuple[int, str], ...] = ()
        self._saved = plain_label("", "saved")
        self.search = SearchButton(self, self.span)
        self._running = _chip("running", tr("Go to what runs"))
        self._failed = _chip("failed", tr("Go to what failed"))
        self._panel = QPushButton(tr("Handlers"))
        self._panel.setObjectName("panel_button")
        self._panel.setCheckable(True)
        self._pulse = QPushButton(tr("Pulse"))
        self._pulse.setObjectName("pulse_button")
        self._pulse.setCheckable(True)
        self._menu = QToolButton()
        self._menu.setObjectName("menu_button")
        self._menu.setText("⋯")
        self._menu.setAccessibleName(tr("Menu"))
        self._menu.setToolTip(tr("Menu (F10)"))
        self._menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu.setFixedSize(32, 28)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 10, 0)
        row.setSpacing(10)
        right = (self._running, self._failed, self._pulse, self._panel, self._menu)
        self._right: tuple[QWidget, ...] = right
        row.addWidget(self._mark)
        row.addLayout(self._trail)
        row.addWidget(self._saved)
        row.addStretch(1)
        for widget in right:
            row.addWidget(widget)
        self._panel.toggled.connect(self.panel_toggled)
        self._pulse.toggled.connect(self.pulse_toggled)
        self._failed.clicked.connect(self.failed_pressed)
        self._running.clicked.connect(self.running_pressed)
        self.search.clicked.connect(self.search_pressed)
        self.show_counts(0, 0)

    def span(self) -> tuple[int, int]:
        """Between what, in pixels, the middle of the bar is free."""
        row = self.layout()
        if row is not None:
            row.activate()
        right = [each.geometry() for each in self._right if not each.isHidden()]
        saved = self._saved.geometry()
        if self.isRightToLeft():
            return max(each.right() for each in right), saved.left()
        return saved.right(), min(each.left() for each in right)

    def set_menu(self, menu: QMenu) -> None:
        """Give the menu button its menu."""
        self._menu.setMenu(menu)

    def open_menu(self) -> None:
        """Open the menu, as by pressing its button."""
        self._menu.showMenu()

    def set_panel_shown(self, shown: bool) -> None:
        """Show the panel's button as pressed or not."""
        self._panel.setChecked(shown)

    def set_pulse_shown(self, shown: bool) -> None:
        """Show the Pulse panel's button as pressed or not."""
        self._pulse.setChecked(shown)

    def show_trail(self, names: Sequence[tuple[int, str]]) -> None:
        """Name the canvas that is shown, last, and those it lies in, outermost first, as (number, name)."""
        if self._names == tuple(names):
            return
        self._names = tuple(names)
        while (old := self._trail.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for rank, (key, name) in enumerate(self._names):
            last = rank == len(self._names) - 1
            if rank:
                self._trail.addWidget(plain_label("▸", "saved"))
            self._trail.addWidget(self._name_button(0 if last else key, name))

    def _name_button(self, key: int, name: str) -> QToolButton:
        from PySide6.QtCore import Qt  # late: see `labels`

        button = QToolButton()
        button.setProperty("part", "outer" if key else "name")
        button.setText(self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, NAME_PX).replace("&", "&&"))
        button.setAccessibleName(tr("Canvas {name}").format(name=name))
        button.setToolTip(
            plain_tip(
                tr("Go to {name}").format(name=name)
                if key
                else tr("{name}: all canvases (Ctrl+O)").format(name=name)
            )
        )
        button.clicked.connect(lambda: self.canvas_pressed.emit(key))
        return button

    def names(self) -> tuple[str, ...]:
        """The canvases of the trail, outermost first."""
        return tuple(name for _, name in self._names)

    def show_saved(self, at_us: int | None) -> None:
        """Everything is in the store, since this moment; None: nothing was ever saved."""
        self._tell(tr("saved {at_us}").format(at_us=clock(at_us)) if at_us is not None else "", bad=False)

    def show_saving(self) -> None:
        """Something is on its way to the store."""
        self._tell(tr("saving…"), bad=False)

    def show_not_saved(self, reason: str) -> None:
        """The store did not take it; it is tried again."""
        self._tell(tr("▲ not saved: {reason}").format(reason=reason), bad=True)

    def saved_text(self) -> str:
        """What stands beside the name."""
        return self._saved.text()

    def show_counts(self, running: int, failed: int) -> None:
        """How many jobs run or wait to, and how many of the visible runs failed; zero shows no chip."""
        self._running.setText(tr("◐ {running} running").format(running=count(running)))
        self._running.setVisible(running > 0)
        self._failed.setText(tr("▲ {failed} failed").format(failed=count(failed)))
        self._failed.setVisible(failed > 0)

    def chips(self) -> tuple[str, ...]:
        """The chips that show."""
        return tuple(chip.text() for chip in (self._running, self._failed) if not chip.isHidden())

    def _tell(self, text: str, *, bad: bool) -> None:
        if self._saved.text() == text:
            return
        self._saved.setText(text)
        if self._saved.property("bad") != bad:
            self._saved.setProperty("bad", bad)
            self._saved.style().unpolish(self._saved)
            self._saved.style().polish(self._saved)


def _chip(tone: str, tooltip: str) -> QPushButton:
    chip = QPushButton()
    chip.setObjectName(f"chip_{tone}")
    chip.setProperty("chip", tone)
    chip.setToolTip(tooltip)
    return chip
