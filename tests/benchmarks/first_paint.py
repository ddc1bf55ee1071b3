"""Started by `window`: opens a window, ours or an empty one, and leaves right after its first paint.

`python -m tests.benchmarks.first_paint empty`, or `... ours HOME`. Prints the moment on the clock that all
processes share, so that the one who started this knows how long it took from there.
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any

WIDTH_PX, HEIGHT_PX = 1600, 1000


def note_paint(window_class: type[Any]) -> list[bool]:
    """Returns a list that is no longer empty once a window of this class was painted."""
    painted: list[bool] = []
    paint = window_class.paintEvent

    def noted(self: Any, event: Any) -> None:
        paint(self, event)
        painted.append(True)

    window_class.paintEvent = noted
    return painted


def leave(painted: list[bool]) -> None:
    """Say when, and end at once: nothing that comes later belongs to the measurement."""
    now = time.monotonic()
    if not painted:
        raise SystemExit("the window was shown but not painted")
    print(now, flush=True)
    os._exit(0)


def empty() -> None:
    """The least that Qt can do: a window of that size with nothing in it."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        pass

    application = QApplication([])
    painted = note_paint(Window)
    window = Window()
    window.resize(WIDTH_PX, HEIGHT_PX)
    window.show()
    application.processEvents()
    leave(painted)


def ours(home: str) -> None:
    """The app as `python -m qntx_desktop` starts it, up to where the window is shown and painted."""
    from qntx_desktop.__main__ import main
    from qntx_desktop.ui.desktop import Desktop
    from qntx_desktop.ui.window import Window

    painted = note_paint(Window)
    show = Desktop.show

    def shown(self: Desktop) -> None:
        show(self)
        leave(painted)

    Desktop.show = shown  # type: ignore[method-assign]
    main(["--home", home])


if __name__ == "__main__":
    empty() if sys.argv[1] == "empty" else ours(sys.argv[2])
