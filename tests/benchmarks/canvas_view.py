"""One canvas of many glyphs on a 1600 x 1000 view, ours or a widget in a proxy for each glyph: frames and memory.

A process that `canvas` starts: `python -m tests.benchmarks.canvas_view ours HOME` or `... proxy COUNT`. Prints one
JSON document: seconds to load and to paint first, milliseconds of each frame by scene, megabytes above an empty
view.
Every frame is a full repaint of the view, timed from the change to the end of painting, in time of the processor:
on a machine that others use too the clock on the wall says more about them.
"""

from __future__ import annotations

import json
import math
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsScene,
    QGraphicsView,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
)

from qntx_desktop.model.glyph import Canvas
from qntx_desktop.ui.theme import styled_application
from tests.benchmarks.canvas_made import CARD, PITCH, code_of, columns_of

WIDTH_PX, HEIGHT_PX = 1600, 1000
FRAMES = 240
FEW_FRAMES = 24
DRAGGED, RUNNING = 500, 200
LONGEST_S = 12.0
TYPED = "for name in rows if name is not None"
TURNS = 5
SLOW_KEYS, PAUSE_S = 70, 0.04


def frames_ms(change: Callable[[int], None], view: QGraphicsView, count: int) -> list[float]:
    """What each frame took of this thread's own time: the change, and the whole view painted."""
    took: list[float] = []
    for number in range(count):
        began = time.thread_time()
        change(number)
        view.viewport().repaint()
        took.append((time.thread_time() - began) * 1000)
        QApplication.processEvents()
        if sum(took) > LONGEST_S * 1000 and number >= 3:
            break
    return took


def memory_mb() -> float:
    """What this process has in memory, shared libraries divided among those who share them (PSS)."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024


def settle(view: QGraphicsView, frames: int = 400) -> None:
    """Until everything that is seen has been painted as it will stay."""
    for _ in range(frames):
        view.viewport().repaint()
        QApplication.processEvents()


def panned(view: QGraphicsView) -> Callable[[int], None]:
    """To and fro, both ways at once."""

    def step(number: int) -> None:
        way = 1 if number % 120 < 60 else -1
        for bar, pixels in ((view.horizontalScrollBar(), 23), (view.verticalScrollBar(), 17)):
            bar.setValue(bar.value() + way * pixels)

    return step


class Ours:
    """The app's own canvas on what a home keeps."""

    def __init__(self, home: str) -> None:
        from qntx_desktop.app.container import build
        from qntx_desktop.app.paths import Home
        from qntx_desktop.ui.canvas.document import Document
        from qntx_desktop.ui.canvas.view import CanvasView
        from qntx_desktop.ui.desktop import SWITCH_S
        from qntx_desktop.ui.editor.factory import make_editor
        from qntx_desktop.ui.glyphs.registry import KINDS
        from qntx_desktop.ui.theme import DARK, load_fonts

        sys.setswitchinterval(SWITCH_S)
        load_fonts()
        self.document = Document()
        self.view = CanvasView(self.document, KINDS, DARK, make_editor)
        self.view.resize(WIDTH_PX, HEIGHT_PX)
        self.view.show()
        QApplication.processEvents()
        services = build(Home(root=Path(home)))
        services.canvas.steps(services.canvas.open_first().id)
        self.empty_mb = memory_mb()
        began = time.perf_counter()
        canvas = services.canvas.open_first()
        self.read_s = time.perf_counter() - began
        services.close()
        self.load(canvas)

    def load(self, canvas: Canvas) -> None:
        """From the value to the first paint."""
        began = time.thread_time()
        self.document.load(canvas)
        self.load_s = time.thread_time() - began
        self.view.viewport().repaint()
        self.first_s = time.thread_time() - began - self.load_s

    def look(self, zoom: float) -> None:
        """The middle of everything at a zoom."""
        count = len(self.document.canvas.glyphs)
        columns = columns_of(count)
        self.view.navigator.zoom_to(zoom)
        self.view.centerOn(columns * PITCH[0] / 2, math.ceil(count / columns) * PITCH[1] / 2)
        self.view.looked()

    def measure(self) -> dict[str, list[float]]:
        """Every scene."""
        view = self.view
        self.look(1.0)
        found = {"pan 100 % at once": frames_ms(panned(view), view, FRAMES)}
        self.look(0.5)
        found["pan 50 %"] = frames_ms(panned(view), view, FRAMES)
        view.fit()
        found["pan at fit"] = frames_ms(panned(view), view, FRAMES)
        found["sweep"] = self._sweep()
        found["sweep again"] = self._sweep()
        self.look(1.0)
        settle(view, 20)
        found["pan 100 %"] = frames_ms(panned(view), view, FRAMES)
        found["drag"] = self._drag()
        found["running"] = self._running()
        found["running at 25 %"] = self._running(0.25)
        found["running at 20 %"] = self._running(0.2)
        found |= self._typing()
        return found

    def _sweep(self) -> list[float]:
        self.look(1.0)
        settle(self.view, 20)
        self.view.fit()
        least = self.view.zoom
        self.look(1.0)
        steps = FRAMES
        factor = least ** (1 / steps)
        return frames_ms(lambda number: self.view.navigator.zoom_to(factor ** (number + 1)), self.view, steps)

    def _middle(self, count: int) -> list[int]:
        """The glyphs nearest to the middle of the view."""
        middle = self.view.seen().center()
        glyphs = self.document.canvas.glyphs.values()
        ranked = sorted(glyphs, key=lambda each: math.hypot(each.x - middle.x(), each.y - middle.y()))
        return [each.id for each in ranked[:count]]

    def _drag(self) -> list[float]:
        self.look(0.25)
        settle(self.view, 60)
        chosen = self._middle(DRAGGED)
        self.view.select(chosen)
        settle(self.view, 60)
        item = self.view.scene_of.items_by_id[chosen[0]]
        start = self.view.viewportTransform().map(item.pos() + QPointF(120, 17)).toPoint()
        port = self.view.viewport()
        QTest.mousePress(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
        took = frames_ms(lambda number: self._slide(start, number), self.view, FRAMES)
        QTest.mouseRelease(port, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
        self.view.select([])
        return took[1:]

    def _slide(self, start: Any, number: int) -> None:
        from PySide6.QtCore import QEvent
        from PySide6.QtGui import QMouseEvent

        place = QPointF(start) + QPointF(3.0 * (number + 4), 2.0 * (number % 60))
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            place,
            QPointF(self.view.viewport().mapToGlobal(place.toPoint())),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(self.view.viewport(), event)

    def _running(self, zoom: float = 0.5) -> list[float]:
        from qntx_desktop.model.job import Job, JobStatus

        self.look(zoom)
        ids = self._middle(RUNNING)
        lives = {key: self.view.scene_of.items_by_id[key].live for key in ids}
        job = Job(
            id=1,
            type="python.script",
            status=JobStatus.RUNNING,
            priority=0,
            payload={},
            started_at_us=1,
            progress_total=1000,
        )

        def tick(number: int) -> None:
            told = replace(job, progress_current=number)
            for key, live in lives.items():
                self.view.set_live(key, replace(live, job=told, now_us=number * 1_000_000))

        return frames_ms(tick, self.view, FRAMES)

    def _typing(self) -> dict[str, list[float]]:
        self.look(1.0)
        self.view.activateWindow()
        glyph = next(self.document.canvas.glyphs[key] for key in self._middle(40) if self._is_code(key))
        self.view.open_editor(glyph.id)
        assert self.view.editor is not None
        live = self.view.editor.widget
        alone = plain_like(live)
        found: dict[str, list[float]] = {"typing": [], "typing alone": []}
        for _ in range(TURNS):
            self.view.activateWindow()
            found["typing"] += typed_ms(live)
            found["typing alone"] += typed_ms(alone)
        for _ in range(2):
            self.view.activateWindow()
            found.setdefault("slow", []).extend(typed_ms(live, SLOW_KEYS, PAUSE_S))
            found.setdefault("slow alone", []).extend(typed_ms(alone, SLOW_KEYS, PAUSE_S))
        return found

    def _is_code(self, key: int) -> bool:
        return self.document.canvas.glyphs[key].kind == "python"


def plain_like(live: Any) -> QPlainTextEdit:
    """A plain editor in a window of its own: font, size and wrapping as in the live one, no colours, no numbers."""
    alone = QPlainTextEdit()
    alone.setFrameShape(QFrame.Shape.NoFrame)
    alone.setFont(live.font())
    alone.setLineWrapMode(live.lineWrapMode())
    alone.document().setDocumentMargin(0)
    alone.resize(live.size())
    alone.show()
    return alone


def typed_ms(widget: Any, count: int = FRAMES, pause_s: float = 0.0) -> list[float]:
    """What each key press took until what it changed is on the screen: a line of code, typed again and again.

    Args:
        widget: An editor.
        count: Keys.
        pause_s: Between two of them; what is left for such pauses is not counted.
    """
    widget.activateWindow()
    widget.setFocus()
    took: list[float] = []
    for number in range(count):
        if number % len(TYPED) == 0:
            widget.setPlainText(code_of(1) + "\n" + " " * 4)
            widget.moveCursor(QTextCursor.MoveOperation.End)
            for _ in range(3):
                QApplication.processEvents()
        key = TYPED[number % len(TYPED)]
        began = time.thread_time()
        QTest.keyClick(widget, key)
        QApplication.processEvents()
        took.append((time.thread_time() - began) * 1000)
        if pause_s:
            QTest.qWait(round(pause_s * 1000))
    return took


class Proxies:
    """The obvious way: a widget for each glyph, in the scene by a proxy."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.scene = QGraphicsScene()
        self.view = QGraphicsView(self.scene)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        for hide in (self.view.setHorizontalScrollBarPolicy, self.view.setVerticalScrollBarPolicy):
            hide(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.resize(WIDTH_PX, HEIGHT_PX)
        self.view.show()
        QApplication.processEvents()
        self.empty_mb = memory_mb()
        self.read_s = 0.0
        began = time.perf_counter()
        columns = columns_of(count)
        for number in range(count):
            place = QPointF(number % columns * PITCH[0], number // columns * PITCH[1])
            self.scene.addWidget(_card(number)).setPos(place)
        area = QRectF(0, 0, columns * PITCH[0], math.ceil(count / columns) * PITCH[1])
        self.area = area
        self.scene.setSceneRect(area.adjusted(-4000, -4000, 4000, 4000))
        self.load_s = time.perf_counter() - began
        self.view.viewport().repaint()
        self.first_s = time.perf_counter() - began - self.load_s

    def look(self, zoom: float) -> None:
        """The middle of everything at a zoom."""
        self.view.resetTransform()
        self.view.scale(zoom, zoom)
        self.view.centerOn(self.area.center())

    def measure(self) -> dict[str, list[float]]:
        """The scenes that need no hand of ours."""
        view = self.view
        least = max(0.05, min(WIDTH_PX / self.area.width(), HEIGHT_PX / self.area.height()))
        self.look(1.0)
        found = {"pan 100 %": frames_ms(panned(view), view, FRAMES)}
        self.look(least)
        found["pan at fit"] = frames_ms(panned(view), view, FEW_FRAMES)
        factor = least ** (1 / FEW_FRAMES)
        found["sweep"] = frames_ms(lambda number: self.look(factor ** (number + 1)), view, FEW_FRAMES)
        return found


def _card(number: int) -> QFrame:
    frame = QFrame()
    frame.setFixedSize(*CARD)
    column = QVBoxLayout(frame)
    column.addWidget(QLabel(f"glyph {number}"))
    column.addWidget(QPlainTextEdit(code_of(number)))
    return frame


def main() -> None:
    """Measure and print."""
    application = styled_application("qntx-benchmark") if sys.argv[1] == "ours" else QApplication([])
    made: Ours | Proxies = Ours(sys.argv[2]) if sys.argv[1] == "ours" else Proxies(int(sys.argv[2]))
    at_load_mb = memory_mb() - made.empty_mb
    frames = made.measure()
    said = {
        "read_s": made.read_s,
        "load_s": made.load_s,
        "first_s": made.first_s,
        "loaded_mb": at_load_mb,
        "memory_mb": memory_mb() - made.empty_mb,
        "platform": application.platformName(),
        "frames": frames,
    }
    print(json.dumps(said), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
