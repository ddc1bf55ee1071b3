"""The window: bars, rail, canvas and Handlers panel, and where each of them stands.

Qt main thread. It is shown before anything else is imported or read, so it starts with bars and a sentence, and is
given the rail, the canvas and the panel later. It knows no service.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from qntx_desktop.app.window_memory import WindowMemory
from qntx_desktop.ui.state_view import StateView
from qntx_desktop.ui.statusbar import StatusBar
from qntx_desktop.ui.theme import Theme
from qntx_desktop.ui.topbar import TopBar

if TYPE_CHECKING:
    from qntx_desktop.ui.errors import Banner
    from qntx_desktop.ui.parts_order import PartsOrder, ReturnPresses

TITLE = "QNTX Desktop"
LEAST_PX = (640, 420)
FRAME_PX = (4, 36)
"""What desktops put around a window, across and down; how much exactly is known only when it is shown."""
PANEL_LEAST_PX = 260
PULSE_LEAST_PX = 200
OUTLINE_LEAST_PX = 200
_VERTICAL = 2
"""`Qt.Orientation.Vertical`; see `labels`."""


class Window(QMainWindow):
    """The one window of a home.

    Signals:
        close_requested: The person wants to leave; whoever listens calls `leave` when all is kept.
        arranged: Size, place or panel changed.
        pulse_shown(bool): The Pulse panel was shown or hidden.
        came_forward: The person came back to it.
    """

    close_requested = Signal()
    arranged = Signal()
    pulse_shown = Signal(bool)
    came_forward = Signal()

    def __init__(self, theme: Theme, memory: WindowMemory, folder: str) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(TITLE)
        self._memory = memory
        self._leaving = False
        self._canvas: QWidget | None = None
        self._panel: QWidget | None = None
        self._pulse: QWidget | None = None
        self._outline: QWidget | None = None
        self._rail: QWidget | None = None
        self.topbar = TopBar()
        self._banner: Banner | None = None
        self.state = StateView(folder)
        self.status = StatusBar()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.state)
        self._parts = QSplitter()
        self._parts.setObjectName("parts")
        self._parts.setChildrenCollapsible(False)
        self._parts.setHandleWidth(1)
        self._floors = QSplitter()
        self._floors.setProperty("orientation", _VERTICAL)
        self._floors.setObjectName("parts")
        self._floors.setChildrenCollapsible(False)
        self._floors.setHandleWidth(1)
        self._floors.addWidget(self._pages)
        self._floors.setStretchFactor(0, 1)
        self._parts.addWidget(self._floors)
        self._parts.setStretchFactor(0, 1)
        self._middle = QHBoxLayout()
        self._middle.setSpacing(0)
        self._middle.addWidget(self._parts, 1)
        self._lay_out()
        self._parts_order: PartsOrder | None = None
        self._return_presses: ReturnPresses | None = None
        self.set_theme(theme)
        self._place(memory)
        self.topbar.set_panel_shown(memory.panel_shown)
        self.topbar.panel_toggled.connect(self.show_panel)
        self.topbar.pulse_toggled.connect(self.show_pulse)
        self._parts.splitterMoved.connect(self._moved)
        self._floors.splitterMoved.connect(self._moved)

    @property
    def banner(self) -> Banner:
        """What there is to know, between the top bar and the rest; made when it is first asked for."""
        if self._banner is None:
            from qntx_desktop.ui.errors import Banner  # late: the first paint has none

            self._banner = Banner()
            self._column.insertWidget(1, self._banner)
        return self._banner

    @property
    def theme(self) -> Theme:
        """The theme it shows now."""
        return self._theme

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of another theme."""
        self._theme = theme
        self.setStyleSheet(sheet(theme))

    @property
    def parts_order(self) -> PartsOrder:
        """Which part of the window comes after which; made when it is first needed."""
        if self._parts_order is None:
            self.take_keys()
        assert self._parts_order is not None
        return self._parts_order

    def take_keys(self) -> None:
        """Answer the keyboard from now on: F6 goes from part to part, Return presses buttons."""
        if self._parts_order is not None:
            return
        from qntx_desktop.ui.parts_order import PartsOrder, ReturnPresses  # late: nobody presses a key before

        self._parts_order = PartsOrder(
            self,
            lambda: (self.topbar, self._banner, self._rail, self._outline, self._pages, self._pulse, self._panel),
        )
        self._return_presses = ReturnPresses(self)

    def set_rail(self, rail: QWidget) -> None:
        """Put the rail at the left."""
        self._rail = rail
        self._middle.insertWidget(0, rail)
        rail.show()  # a layout shows it with the next event only, and the canvas would move by its width

    def set_panel(self, panel: QWidget) -> None:
        """Put the Handlers panel at the right, as wide as it was."""
        self._panel = panel
        panel.setMinimumWidth(PANEL_LEAST_PX)
        self._parts.addWidget(panel)
        self._parts.setStretchFactor(1, 0)
        self._give(panel, max(PANEL_LEAST_PX, self._memory.panel_width))
        panel.setVisible(self._memory.panel_shown)

    def set_pulse(self, pulse: QWidget) -> None:
        """Put the Pulse panel below the canvas, as tall as it was."""
        self._pulse = pulse
        pulse.setMinimumHeight(PULSE_LEAST_PX)
        self._floors.addWidget(pulse)
        self._floors.setStretchFactor(1, 0)
        pulse.setVisible(False)
        if self._memory.pulse_shown:
            self.show_pulse(True)

    def show_pulse(self, shown: bool) -> None:
        """Show or hide the Pulse panel."""
        if self._pulse is None or self._pulse.isHidden() != shown:
            return
        tall = max(PULSE_LEAST_PX, self.memory().pulse_height)
        self._pulse.setVisible(shown)
        if shown:
            self._floors.setSizes([max(1, self._floors.height() - tall), tall])
        self.topbar.set_pulse_shown(shown)
        self.pulse_shown.emit(shown)
        self.arranged.emit()

    def toggle_pulse(self) -> None:
        """Show the Pulse panel if it is hidden and go into it, else hide it and go back to the canvas."""
        if self._pulse is None:
            return
        self.show_pulse(self._pulse.isHidden())
        target = self._canvas if self._pulse.isHidden() else self._pulse
        if target is not None:
            _go_into(target)

    def set_outline(self, outline: QWidget) -> None:
        """Put the outline at the left of the canvas; it is hidden until it is asked for."""
        self._outline = outline
        outline.setMinimumWidth(OUTLINE_LEAST_PX)
        outline.hide()
        self._parts.insertWidget(0, outline)
        self._parts.setStretchFactor(0, 0)
        if self._rail is not None and self._parts_order is not None:
            self._parts_order.chain(self._rail, outline, self._canvas)

    @property
    def outline_shown(self) -> bool:
        """Whether the outline is shown."""
        return self._outline is not None and not self._outline.isHidden()

    def show_outline(self, shown: bool) -> None:
        """Show or hide the outline."""
        if self._outline is None or self._outline.isHidden() != shown:
            return
        width = max(OUTLINE_LEAST_PX, self.memory().outline_width)
        self._outline.setVisible(shown)
        if shown:
            self._give(self._outline, width)
        self.arranged.emit()

    def focus_canvas(self) -> None:
        """Go to the canvas by keyboard."""
        if self._canvas is not None:
            _go_into(self._canvas)

    def _give(self, part: QWidget, width: int) -> None:
        """Make a part beside the canvas so wide; the canvas gives or takes what that changes."""
        sizes = self._parts.sizes()
        mine, middle = self._parts.indexOf(part), self._parts.indexOf(self._floors)
        others = sum(size for place, size in enumerate(sizes) if place not in (mine, middle))
        sizes[mine], sizes[middle] = width, max(1, self._parts.width() - width - others)
        self._parts.setSizes(sizes)

    def set_canvas(self, canvas: QWidget) -> None:
        """Give it the canvas; it shows when `show_canvas` is called."""
        if self._canvas is not None:
            self._pages.removeWidget(self._canvas)
        self._canvas = canvas
        self._pages.addWidget(canvas)

    def show_canvas(self) -> None:
        """Show the canvas in place of the sentence."""
        if self._canvas is not None:
            self._pages.setCurrentWidget(self._canvas)

    def settle(self) -> None:
        """Give every part its size now, not with the next event."""
        self._column.activate()
        self._parts.refresh()
        self._floors.refresh()

    def show_state(self) -> None:
        """Show the sentence in place of the canvas."""
        self._pages.setCurrentWidget(self.state)

    def show_panel(self, shown: bool) -> None:
        """Show or hide the Handlers panel."""
        if self._panel is None or self._panel.isHidden() != shown:
            return
        width = self.memory().panel_width
        self._panel.setVisible(shown)
        if shown:
            self._give(self._panel, width)
        self.topbar.set_panel_shown(shown)
        self.arranged.emit()

    def toggle_panel(self) -> None:
        """Show the Handlers panel if it is hidden and go into it, else hide it and go back to the canvas."""
        if self._panel is None:
            return
        self.show_panel(self._panel.isHidden())
        target = self._canvas if self._panel.isHidden() else self._panel
        if target is not None:
            _go_into(target)

    def memory(self) -> WindowMemory:
        """How it looks now, to look so again next time. The theme is not its business."""
        normal = self.normalGeometry() if self.isMaximized() else self.geometry()
        shown = self._panel is not None and not self._panel.isHidden()
        width = self._panel.width() if self._panel is not None and shown else self._memory.panel_width
        pulse = self._pulse
        below = pulse is not None and not pulse.isHidden()
        self._memory = WindowMemory(
            x=normal.x(),
            y=normal.y(),
            width=normal.width(),
            height=normal.height(),
            maximised=self.isMaximized(),
            panel_shown=shown if self._panel is not None else self._memory.panel_shown,
            panel_width=width,
            pulse_shown=below if pulse is not None else self._memory.pulse_shown,
            pulse_height=pulse.height() if pulse is not None and below else self._memory.pulse_height,
            outline_shown=self.outline_shown if self._outline is not None else self._memory.outline_shown,
            outline_width=self._outline.width()
            if self._outline is not None and self.outline_shown
            else self._memory.outline_width,
            theme=self._memory.theme,
        )
        return self._memory

    def come_forward(self) -> None:
        """Show the window above all others."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()
        self.came_forward.emit()  # a desktop may refuse to make it the active one

    def leave(self) -> None:
        """Close for good, without asking."""
        self._leaving = True
        self.hide()  # closing does nothing from inside a close event
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask to leave; what is open is kept first."""
        if self._leaving:
            event.accept()
            return
        event.ignore()
        self.close_requested.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Say when it is the active window again."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.came_forward.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Remember the size."""
        super().resizeEvent(event)
        self.arranged.emit()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Remember the place."""
        super().moveEvent(event)
        self.arranged.emit()

    def _moved(self, _position: int, _index: int) -> None:
        self.arranged.emit()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setObjectName("inside")
        self._column = column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.topbar)
        column.addLayout(self._middle, 1)
        column.addWidget(self.status)
        self.setCentralWidget(inside)

    def _place(self, memory: WindowMemory) -> None:
        room = QGuiApplication.primaryScreen().availableGeometry()
        place = QRect(memory.x or 0, memory.y or 0, memory.width, memory.height)
        screen = QGuiApplication.screenAt(place.center())
        if screen is not None:
            room = screen.availableGeometry()
        # The screen may be another since: a window that nobody can reach or see whole is worse than a smaller one.
        wide, high = room.width() - FRAME_PX[0], room.height() - FRAME_PX[1]
        self.setMinimumSize(min(LEAST_PX[0], wide), min(LEAST_PX[1], high))
        self.resize(
            max(self.minimumWidth(), min(memory.width, wide)),
            max(self.minimumHeight(), min(memory.height, high)),
        )
        if memory.x is not None and memory.y is not None and room.contains(place):
            self.setGeometry(place)
        if memory.maximised:
            from PySide6.QtCore import Qt  # late: see `labels`

            self.setWindowState(Qt.WindowState.WindowMaximized)


def _go_into(part: QWidget) -> None:
    from PySide6.QtCore import Qt  # late: see `labels`

    part.setFocus(Qt.FocusReason.ShortcutFocusReason)


def sheet(theme: Theme) -> str:
    """The style of bars, banner and state in a theme."""
    return f"""
#inside, #state_view {{ background: {theme.canvas}; }}
#topbar {{ background: {theme.window}; border-bottom: 1px solid {theme.line}; }}
#statusbar {{ background: {theme.window}; border-top: 1px solid {theme.line}; }}
#statusbar QLabel {{ color: {theme.dim}; font-size: 12px; }}
#parts::handle {{ background: {theme.line}; }}
QLabel[part="mark"] {{ color: {theme.accent}; }}
QLabel[part="saved"] {{ color: {theme.dim}; }}
QLabel[part="saved"][bad="true"] {{ color: {theme.failed}; }}
#banner_line {{ background: {theme.raised}; border-bottom: 1px solid {theme.line}; }}
#banner_line QLabel[part="sign"] {{ color: {theme.running}; }}
#banner_line[bad="true"] QLabel[part="sign"] {{ color: {theme.failed}; }}
#banner_line QLabel[part="said"] {{ color: {theme.text}; font-weight: 600; }}
#banner_line QLabel[part="hint"] {{ color: {theme.dim}; }}
#state_view QLabel[part="title"] {{ color: {theme.text}; font-size: 15px; font-weight: 600; }}
#state_view QLabel[part="message"] {{ color: {theme.text}; }}
#state_view QLabel[part="hint"] {{ color: {theme.dim}; }}
#topbar QPushButton, #banner_line QPushButton, #state_view QPushButton {{ color: {theme.text};
    border: 1px solid {theme.line}; border-radius: 7px; padding: 4px 12px; background: transparent; }}
#state_view QPushButton {{ padding: 6px 16px; }}
#topbar QPushButton:hover, #banner_line QPushButton:hover, #state_view QPushButton:hover,
#topbar QToolButton:hover, #banner_line QToolButton:hover {{ background: {theme.raised}; }}
#topbar QPushButton:focus, #banner_line QPushButton:focus, #state_view QPushButton:focus,
#topbar QToolButton:focus, #banner_line QToolButton:focus {{ border-color: {theme.accent}; }}
#topbar QPushButton:checked {{ background: {theme.raised}; }}
#state_view QPushButton[kind="accent"] {{ border-color: {theme.accent}; color: {theme.accent}; }}
#topbar QToolButton, #banner_line QToolButton {{ color: {theme.dim}; border: 1px solid transparent;
    border-radius: 6px; background: transparent; }}
#topbar QToolButton[part="name"] {{ color: {theme.text}; font-weight: 600; padding: 4px 6px; }}
#topbar QToolButton[part="outer"] {{ color: {theme.dim}; padding: 4px 6px; }}
#topbar QToolButton::menu-indicator {{ image: none; }}
#topbar #search_button, #topbar #search_button:hover {{ background: {theme.code}; padding: 0; }}
#search_button QLabel {{ color: {theme.dim}; }}
#topbar QPushButton[chip] {{ font-size: 11px; border-radius: 9px; padding: 2px 8px; }}
#topbar QPushButton[chip="running"] {{ color: {theme.running}; }}
#topbar QPushButton[chip="failed"] {{ color: {theme.failed}; }}
"""
