"""The window of a home with many jobs, its Pulse panel shown, while jobs end; a process that `pulse_panel` starts.

It prints one JSON document: how long the first page took, and how long the event loop was held up, idle and busy.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEventLoop, Qt, QTimer

from qntx_desktop.model.job import ExecutionStatus, JobRequest, Outcome
from qntx_desktop.services import jobs as job_types

BEAT_MS = 2
STEP_S = 0.05


class Noop:
    """A job type whose runs are over at once."""

    name = "noop"
    lane = "light"

    def check(self, payload: Mapping[str, Any]) -> None:
        """Anything goes."""

    def run(self, context: Any) -> Outcome:
        """Nothing."""
        return Outcome(status=ExecutionStatus.COMPLETED, sandbox="none")


job_types.JOB_TYPES = (*job_types.JOB_TYPES, Noop())  # before anything imports them by name

from qntx_desktop.app.one_window import OneWindow  # noqa: E402
from qntx_desktop.app.paths import resolve_home  # noqa: E402
from qntx_desktop.store import jobs  # noqa: E402
from qntx_desktop.ui import desktop as room  # noqa: E402
from qntx_desktop.ui.collector import set_aside  # noqa: E402


class Beats:
    """How late a timer of two milliseconds rings: each lateness is something that held the loop up.

    Beside it, what the thread of the window itself computed between two rings: what is left is waiting for a core.
    """

    def __init__(self) -> None:
        self.late_ms: list[float] = []
        self.own_ms: list[float] = []
        self._last, self._own = time.perf_counter(), time.thread_time()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.late_ms.append(max(0.0, (now - self._last) * 1000 - BEAT_MS))
        own = time.thread_time()
        self.own_ms.append((own - self._own) * 1000)
        self._last, self._own = now, own

    def take(self) -> tuple[list[float], list[float]]:
        """Those since the last time: how late, and the thread's own part."""
        taken = self.late_ms, self.own_ms
        self.late_ms, self.own_ms = [], []
        self._last, self._own = time.perf_counter(), time.thread_time()
        return taken


def wait(seconds: float) -> None:
    """Let the loop run."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def feed(services: Any, rate: int, seconds: float) -> None:
    """Ask for so many jobs a second, a few in each transaction, as a script that makes jobs would."""
    request = JobRequest(type="noop", payload={"command": "noop"})
    few = round(rate * STEP_S)
    end = time.monotonic() + seconds
    at = time.monotonic()
    while at < end:
        services.db.write(lambda tx: [jobs.enqueue(tx, request) for _ in range(few)] and None)
        at += STEP_S
        time.sleep(max(0.0, at - time.monotonic()))


def main() -> None:
    """Measure and print."""
    home, rate, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
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
    wait(1.0)
    assert desktop.work is not None
    panel, services = desktop.work.pulse.panel, desktop.work.services
    desktop.window.show_pulse(False)  # a home remembers that it was shown
    wait(0.5)
    began = time.perf_counter()
    shown = QEventLoop()
    panel.model.modelReset.connect(shown.quit)
    desktop.window.show_pulse(True)
    shown.exec()
    desktop.window.grab()
    first_ms = (time.perf_counter() - began) * 1000
    rows = panel.model.rowCount()
    wait(3.0)
    beats = Beats()
    wait(seconds)
    idle, _ = beats.take()
    feeder = threading.Thread(target=feed, args=(services, rate, seconds))
    ended = [0]
    desktop.work.pulse.control.ended.connect(lambda _job: ended.__setitem__(0, ended[0] + 1))
    began = time.monotonic()
    feeder.start()
    wait(seconds)
    busy, own = beats.take()
    took = time.monotonic() - began
    feeder.join()
    wait(1.0)
    told = {"first_ms": first_ms, "rows": rows, "idle": idle, "busy": busy, "own": own}
    print(json.dumps(told | {"ended_per_s": ended[0] / took}))
    sys.stdout.flush()
    gone = QEventLoop()
    desktop.closed.connect(gone.quit)
    desktop.close()
    gone.exec()


if __name__ == "__main__":
    main()
