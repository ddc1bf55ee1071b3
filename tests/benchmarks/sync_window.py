"""A window with a canvas that moves, first while nothing happens, then while a source syncs again and again.

A process that `sources` starts: `python -m tests.benchmarks.sync_window HOME REPOSITORY SECONDS`. The source
`feeds` is there already and follows the bare REPOSITORY, which gets a commit before each sync. Prints one JSON
document with how long the frames took, idle and busy, and how many syncs there were.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
import threading
import time
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEventLoop, QTimer

from qntx_desktop.app.one_window import OneWindow
from qntx_desktop.app.paths import resolve_home
from qntx_desktop.ui import desktop as room
from qntx_desktop.ui.collector import set_aside
from tests.benchmarks.sources import commit

BETWEEN_FRAMES_MS = 16


class Frames:
    """Moves the canvas to and fro and paints it, sixty times a second; keeps how long each painting took."""

    def __init__(self, view: Any) -> None:
        self._view = view
        self._step = 0
        self.took_ms: list[float] = []
        self._timer = QTimer()
        self._timer.setInterval(BETWEEN_FRAMES_MS)
        self._timer.timeout.connect(self._paint)
        self._timer.start()

    def _paint(self) -> None:
        self._step += 1
        began = time.perf_counter()
        bar = self._view.horizontalScrollBar()
        bar.setValue(bar.value() + (7 if self._step // 20 % 2 else -7))
        self._view.viewport().repaint()
        self.took_ms.append((time.perf_counter() - began) * 1000)

    def take(self) -> list[float]:
        """Those since the last time."""
        taken, self.took_ms = self.took_ms, []
        return taken


def wait(seconds: float) -> None:
    """Let the loop run."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def sync_on(services: Any, bare: Path, ended: threading.Event, done: list[str]) -> None:
    """A commit and a sync, one after the other, until it is enough."""
    number = int(time.time())
    while not ended.is_set():
        number += 1
        commit(bare, number)
        job = services.queue.enqueue(services.sources.sync_request(services.sources.get("feeds")))
        while not services.queue.get(job.id).ended and not ended.wait(0.02):
            continue
        done.append(str(services.queue.get(job.id).status))


def main() -> None:
    """Measure and print."""
    home, bare, seconds = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3])
    faulthandler.dump_traceback_later(seconds * 4 + 60, exit=True)  # rather than hang
    sys.setswitchinterval(room.SWITCH_S)
    app = room._application()
    place = OneWindow(resolve_home(home))
    assert place.take()
    desktop = room.Desktop(app, resolve_home(home), place)
    desktop.example = False
    desktop.show()
    loop = QEventLoop()
    desktop.opened.connect(loop.quit)
    desktop.opened.connect(set_aside)
    desktop.begin()
    loop.exec()
    assert desktop.work is not None
    frames = Frames(desktop.work.view)
    wait(2.0)
    frames.take()
    wait(seconds)
    idle = frames.take()
    ended, done = threading.Event(), list[str]()
    syncing = threading.Thread(target=sync_on, args=(desktop.work.services, bare, ended, done))
    syncing.start()
    wait(seconds)
    busy = frames.take()
    ended.set()
    wait(1.0)
    syncing.join()
    print(json.dumps({"idle": idle, "busy": busy, "syncs": done.count("completed")}))
    sys.stdout.flush()
    gone = QEventLoop()
    desktop.closed.connect(gone.quit)
    desktop.close()
    gone.exec()


if __name__ == "__main__":
    main()
