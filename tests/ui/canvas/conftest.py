"""A stage for tests of the canvas: a plain kind, a line editor, and a view that can be pointed at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.glyph import Glyph, Viewpoint
from qntx_desktop.ui.canvas.document import Document
from qntx_desktop.ui.canvas.view import CanvasView
from qntx_desktop.ui.glyphs.kind import Button, Chip, EditorSpec, Hotspot, LiveEditor, Port
from qntx_desktop.ui.glyphs.live import Live
from qntx_desktop.ui.theme import DARK, Theme

NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


@dataclass
class FakeKind:
    name: str = "note"
    symbol: str = "⨳"
    label: str = "Note"
    in_palette: bool = True
    editor_mode: Literal["line", "text"] = "line"
    default_size: tuple[float, float] = (240.0, 96.0)
    min_size: tuple[float, float] = (120.0, 72.0)
    shown_chips: tuple[Chip, ...] = (Chip("3,000 in 0.8 s", "ok", "✓"),)
    bodies: list[str] = field(default_factory=list)
    shown_ports: tuple[Port, ...] = (
        Port("handler", "right", 60, drags=True, ghost_symbol="py", ghost_title="csv", ghost_kind="note"),
        Port("in", "left", 60),
    )

    def new_content(self) -> Mapping[str, Any]:
        return {"text": ""}

    def title(self, glyph: Glyph) -> str:
        return str(glyph.content.get("text", "")) or self.label

    def chips(self, glyph: Glyph, live: Live) -> tuple[Chip, ...]:
        return self.shown_chips

    def buttons(self, glyph: Glyph, live: Live) -> tuple[Button, ...]:
        return (Button("run", symbol="▶", tooltip="Run"), Button("off", symbol="■", enabled=False))

    def footer(self, glyph: Glyph, live: Live) -> tuple[str, ...]:
        return ("60 s", "\tno problems") if glyph.content.get("footer") else ()

    def ports(self, glyph: Glyph, live: Live) -> tuple[Port, ...]:
        return self.shown_ports

    def height_for(self, glyph: Glyph, live: Live) -> float | None:
        return 160.0 if live.loading else None

    def paint_body(self, painter: QPainter, rect: QRectF, glyph: Glyph, live: Live, theme: Theme) -> None:
        self.bodies.append(str(glyph.content.get("text", "")))
        painter.fillRect(rect, QColor(theme.code))

    def hotspots(self, rect: QRectF, glyph: Glyph, live: Live) -> tuple[Hotspot, ...]:
        return (
            Hotspot("text", QRectF(12, 40, rect.width() - 110, 24), "field", "Text"),
            Hotspot("create_handler", QRectF(rect.width() - 90, 40, 60, 24), "button", "Create handler"),
        )

    def editor(self, glyph: Glyph) -> EditorSpec | None:
        return EditorSpec("text", self.editor_mode, QRectF(12, 40, glyph.width - 110, 24))


def make_line(spec: EditorSpec, theme: Theme, parent: QWidget) -> LiveEditor:
    widget = FakeLine(parent)
    return LiveEditor(
        widget=widget,
        read=widget.text,
        load=widget.setText,
        replace=widget.setText,
        set_scale=widget.scales.append,
        changed=widget.textChanged,
        run=widget.returnPressed,
        leave=widget.left,
    )


class FakeLine(QLineEdit):
    """A line that remembers the zooms it was told; Esc leaves it."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.scales: list[float] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Stage:
    """A view on screen with ways to point at it; canvas (0, 0) lies at (400, 300) of the viewport."""

    def __init__(self, view: CanvasView) -> None:
        self.view = view
        self.document = view.document
        self.actions: list[tuple[int, str]] = []
        view.action.connect(lambda glyph_id, action_id: self.actions.append((glyph_id, action_id)))

    def put(self, x: float, y: float, text: str = "") -> int:
        """A note with its top left corner there, as one undoable step, without opening its text."""
        glyph = Glyph(
            id=self.document.next_id(), kind="note", x=x, y=y, width=240, height=96, content={"text": text}
        )
        self.document.edit(CanvasDiff(added={glyph.id: glyph}), "Add")
        return glyph.id

    def at(self, x: float, y: float) -> QPoint:
        """The place of the viewport where a canvas point is seen."""
        return self.view.viewportTransform().map(QPointF(x, y)).toPoint()

    def press(
        self, x: float, y: float, keys: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT
    ) -> None:
        QTest.mousePress(self.view.viewport(), button, keys, self.at(x, y))

    def move(
        self, x: float, y: float, keys: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT
    ) -> None:
        self.slide(self.at(x, y), keys, button)

    def slide(self, place: QPoint, keys: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT) -> None:
        """Move the pointer, with the button held, to a place of the viewport."""
        screen = QPointF(self.view.viewport().mapToGlobal(place))
        none = Qt.MouseButton.NoButton
        event = QMouseEvent(QEvent.Type.MouseMove, QPointF(place), screen, none, button, keys)
        QApplication.sendEvent(self.view.viewport(), event)

    def release(
        self, x: float, y: float, keys: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT
    ) -> None:
        QTest.mouseRelease(self.view.viewport(), button, keys, self.at(x, y))

    def click(self, x: float, y: float, keys: Qt.KeyboardModifier = NONE) -> None:
        self.press(x, y, keys)
        self.release(x, y, keys)

    def drag(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        keys: Qt.KeyboardModifier = NONE,
        button: Qt.MouseButton = LEFT,
    ) -> None:
        """Press, move in three steps, let go."""
        first, last = self.at(*start), self.at(*end)
        self.press(*start, keys, button)
        for part in (0.3, 0.7, 1.0):
            self.slide(first + (last - first) * part, keys, button)
        QTest.mouseRelease(self.view.viewport(), button, keys, last)

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.view, key, keys)

    def place_of(self, glyph_id: int) -> tuple[float, float]:
        glyph = self.document.canvas.glyphs[glyph_id]
        return glyph.x, glyph.y


@pytest.fixture
def kind() -> FakeKind:
    return FakeKind()


@pytest.fixture
def stage(qtbot: QtBot, kind: FakeKind) -> Stage:
    view = CanvasView(Document(), (kind,), DARK, make_line)
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show()
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    view.look_at(Viewpoint())
    return Stage(view)
