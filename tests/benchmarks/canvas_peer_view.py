"""Nodes of another node editor on a 1600 x 1000 view: `python canvas_peer_view.py NodeGraphQt|orange-canvas COUNT`.

Runs in an environment of its own, which `canvas_peers` makes, so it knows nothing of this project. Prints one JSON
document: seconds to load and to show first, milliseconds of each frame by scene. As in `canvas_view`, a frame is a
full repaint of the view in time of the processor.
"""

from __future__ import annotations

import json
import math
import os
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

PITCH = (340, 240)
FRAMES = 120
FEW_FRAMES = 40
LONGEST_S = 12.0


class NodeGraph:
    """NodeGraphQt: plain nodes with one port to each side."""

    def __init__(self, count: int) -> None:
        self.widgets, self.core = import_module("Qt.QtWidgets"), import_module("Qt.QtCore")
        library: Any = import_module("NodeGraphQt")
        self.application = self.widgets.QApplication([])

        class Node(library.BaseNode):  # type: ignore[misc]
            __identifier__, NODE_NAME = "benchmark", "node"

            def __init__(self) -> None:
                super().__init__()
                self.add_input("in")
                self.add_output("out")

        self.graph = library.NodeGraph()
        self.graph.register_node(Node)
        began = time.thread_time()
        for number in range(count):
            x, y = _place(number, count)
            self.graph.create_node("benchmark.Node", name=f"glyph {number}", pos=[x, y], push_undo=False)
        self.graph.clear_selection()
        self.load_s = time.thread_time() - began
        self.window, self.view = self.graph.widget, self.graph.viewer()

    def look(self, zoom: float, middle: tuple[float, float]) -> None:
        """The middle of everything at a zoom."""
        wide, high = 1600 / zoom, 1000 / zoom
        self.view._scene_range = self.core.QRectF(middle[0] - wide / 2, middle[1] - high / 2, wide, high)
        self.view._update_scene()

    def pan(self, pixels: tuple[int, int]) -> None:
        """Move by so many pixels."""
        self.view._set_viewer_pan(*pixels)


class OrangeCanvas:
    """orange-canvas-core: its node items, without links."""

    def __init__(self, count: int) -> None:
        self.widgets, self.core = import_module("AnyQt.QtWidgets"), import_module("AnyQt.QtCore")
        self.application = self.widgets.QApplication([])
        items: Any = import_module("orangecanvas.canvas.items")
        registry = import_module("orangecanvas.registry.tests").small_testing_registry()
        self.scene = import_module("orangecanvas.canvas.scene").CanvasScene()
        self.scene.set_registry(registry)
        kind = registry.widgets()[0]
        began = time.thread_time()
        for number in range(count):
            node = items.NodeItem(kind)
            node.setTitle(f"glyph {number}")
            node.setPos(*_place(number, count))
            self.scene.add_node_item(node)
        self.load_s = time.thread_time() - began
        self.view = self.window = import_module("orangecanvas.canvas.view").CanvasView(self.scene)

    def look(self, zoom: float, middle: tuple[float, float]) -> None:
        """The middle of everything at a zoom."""
        self.view.resetTransform()
        self.view.scale(zoom, zoom)
        self.view.centerOn(*middle)

    def pan(self, pixels: tuple[int, int]) -> None:
        """Move by so many pixels."""
        for bar, by in zip((self.view.horizontalScrollBar(), self.view.verticalScrollBar()), pixels, strict=True):
            bar.setValue(bar.value() + by)


PEERS: dict[str, Callable[[int], Any]] = {"NodeGraphQt": NodeGraph, "orange-canvas": OrangeCanvas}


def _columns(count: int) -> int:
    return max(1, int(math.sqrt(count * 1.6)))


def _place(number: int, count: int) -> tuple[float, float]:
    return float(number % _columns(count) * PITCH[0]), float(number // _columns(count) * PITCH[1])


def frames_ms(peer: Any, change: Callable[[int], None], count: int) -> list[float]:
    """What each frame took of this thread's own time."""
    took: list[float] = []
    for number in range(count):
        began = time.thread_time()
        change(number)
        peer.view.viewport().repaint()
        took.append((time.thread_time() - began) * 1000)
        if sum(took) > LONGEST_S * 1000 and number >= 3:
            break
    return took


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[2])
    peer = PEERS[sys.argv[1]](count)
    peer.window.resize(1600, 1000)
    began = time.thread_time()
    peer.window.show()
    peer.application.processEvents()
    first_s = time.thread_time() - began
    peer.view.setViewportUpdateMode(peer.widgets.QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
    columns = _columns(count)
    area = columns * PITCH[0], math.ceil(count / columns) * PITCH[1]
    middle = area[0] / 2, area[1] / 2
    least = min(1.0, 1600 / area[0], 1000 / area[1])

    def panned(number: int) -> None:
        way = 1 if number % 60 < 30 else -1
        peer.pan((way * 23, way * 17))

    frames: dict[str, list[float]] = {}
    for name, zoom in (("pan 100 %", 1.0), ("pan at fit", least)):
        peer.look(zoom, middle)
        peer.application.processEvents()
        frames[name] = frames_ms(peer, panned, FRAMES)
    factor = least ** (1 / FEW_FRAMES)
    frames["sweep"] = frames_ms(peer, lambda number: peer.look(factor ** (number + 1), middle), FEW_FRAMES)
    print(json.dumps({"load_s": peer.load_s, "first_s": first_s, "frames": frames}), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
