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


def stop_after_paint(window_class: type[Any]) -> None:
    """Have windows of this class say when they, and all that is in them, were first painted, and leave."""
    painted = window_class.paintEvent

    def paint(self: Any, event: Any) -> None:
        from PySide6.QtCore import QTimer

        painted(self, event)
        QTimer.singleShot(0, leave)  # comes when the painting of this turn, children included, is over

    window_class.paintEvent = paint


def leave() -> None:
    """Say when, and end at once: nothing that comes later belongs to the measurement."""
    print(time.monotonic(), flush=True)
    os._exit(0)


def empty() -> None:
    """The least that Qt can do: a window of that size with nothing in it."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        pass

    application = QApplication([])
    stop_after_paint(Window)
    window = Window()
    window.resize(WIDTH_PX, HEIGHT_PX)
    window.show()
    application.exec()


def ours(home: str) -> None:
    """The app as `python -m qntx_desktop` starts it."""
    from qntx_desktop.__main__ import main
    from qntx_desktop.ui.window import Window

    stop_after_paint(Window)
    main(["--home", home])


if __name__ == "__main__":
    empty() if sys.argv[1] == "empty" else ours(sys.argv[2])
