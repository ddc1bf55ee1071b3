"""The rail at the left: the kinds of glyphs to put on the canvas. Click and place, or drag. Qt main thread.

Dragging is done here, not with QDrag: that runs an event loop of its own, in which the rest of the app stands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolButton, QVBoxLayout, QWidget

from qntx_desktop.ui.canvas.card import sign_font
from qntx_desktop.ui.canvas.view import CanvasView
from qntx_desktop.ui.glyphs.kind import GlyphKind
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import RAIL_PX, Theme

BUTTON_PX = 34


class RailButton(QToolButton):
    """One kind.

    Signals:
        dragged: The pointer that went down here moved away, to this place of the screen.
        dropped: It was let go there.
        given_up: Esc, while dragging.
    """

    dragged = Signal(QPoint)
    dropped = Signal(QPoint)
    given_up = Signal()

    def __init__(self, kind: GlyphKind, parent: QWidget) -> None:
        super().__init__(parent)
        self._from = QPoint()
        self.dragging = False
        self.setObjectName(f"rail_{kind.name}")
        self.setText(kind.symbol)
        self.setFont(sign_font(kind.symbol, 1.25))
        self.setToolTip(tr("{label}: click and place, or drag").format(label=kind.label))
        self.setAccessibleName(tr("Add {label}").format(label=kind.label))
        self.setFixedSize(BUTTON_PX, BUTTON_PX)
        self.setCheckable(True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where."""
        self._from = event.globalPosition().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Become a drag when the pointer moves away."""
        place = event.globalPosition().toPoint()
        far = (place - self._from).manhattanLength() >= QApplication.startDragDistance()
        if event.buttons() & Qt.MouseButton.LeftButton and (self.dragging or far):
            self.dragging = True
            self.setDown(False)
            self.dragged.emit(place)
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop, or be clicked."""
        if self.dragging:
            self.dragging = False
            self.setDown(False)
            self.dropped.emit(event.globalPosition().toPoint())
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives a drag up; Enter presses like Space."""
        if event.key() == Qt.Key.Key_Escape:
            self.dragging = False
            self.given_up.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class PaletteRail(QWidget):
    """The column of kinds, and room below it for what the window adds (`add_below`)."""

    def __init__(
        self, kinds: Sequence[GlyphKind], view: CanvasView, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._view = view
        self.setObjectName("rail")
        self.setAccessibleName(tr("Glyphs to add"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(RAIL_PX)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 10, 0, 10)
        self.column.setSpacing(6)
        self.column.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.buttons: dict[str, RailButton] = {}
        for kind in kinds:
            if kind.in_palette:
                self._add(kind)
        view.placing_changed.connect(self._show_placing)
        self.set_theme(theme)

    def _add(self, kind: GlyphKind) -> None:
        button = RailButton(kind, self)
        button.clicked.connect(self._picker(kind.name))
        button.dragged.connect(self._dragger(kind.name))
        button.dropped.connect(self._view.adding.place_at)
        button.given_up.connect(self._view.adding.stop_placing)
        self.buttons[kind.name] = button
        self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def add_below(self, widget: QWidget) -> None:
        """Put a widget of the window below the kinds."""
        self.column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)

    def _picker(self, name: str) -> Callable[[], None]:
        def pick() -> None:
            placing = self._view.adding.placing
            if placing is not None and placing.kind.name == name:
                self._view.adding.stop_placing()
                return
            self._view.start_placing(name)
            self._view.setFocus()

        return pick

    def _dragger(self, name: str) -> Callable[[QPoint], None]:
        def drag(place: QPoint) -> None:
            if self._view.adding.placing is None:
                self._view.start_placing(name, tr("let go to place"))
            self._view.adding.moved_to(place)

        return drag

    def _show_placing(self, name: str | None) -> None:
        for each, button in self.buttons.items():
            button.setChecked(each == name)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.setStyleSheet(
            f"#rail {{ background: {theme.window}; border-right: 1px solid {theme.line}; }}"
            f"QToolButton {{ color: {theme.dim}; background: transparent; border: 1px solid transparent;"
            " border-radius: 8px; }"
            f"QToolButton:hover {{ background: {theme.raised}; color: {theme.text}; }}"
            f"QToolButton:checked {{ background: {theme.raised}; color: {theme.accent}; }}"
            f"QToolButton:focus {{ border-color: {theme.accent}; }}"
        )
