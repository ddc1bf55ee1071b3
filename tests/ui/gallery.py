"""Paints ten views of the window into files: what the golden pictures are made of, and what they are compared with.

    python -m tests.ui.gallery FOLDER [SCALE]

A process of its own for each scale, since Qt takes the scale of the screen once. Nothing here reads a clock, a
store or a font of the machine. Without SCALE both are made, so the golden pictures are made again by
`python -m tests.ui.gallery tests/data/golden`. Look at each of them before it is kept.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

SCALES = (1, 2)
SIZE_PX = (640, 420)
SIZES_PX = {"pulse": (1000, 300), "dialog": (560, 560), "handlers": (312, 420)}
NOW = 1_795_258_978_000_000
HOUR = 3_600_000_000
ROOT = Path(__file__).resolve().parents[2]
SETTLES_S = 30.0
COLOURS = 96
"""Of a golden picture: enough for the edges of letters."""
CODE = (
    "import csv, qntx\n\nwith open(qntx.args[0]) as file:\n    for row in csv.DictReader(file):\n"
    '        attest([row["name"]], ["lives_in"], [row["town"]])\n'
)


def environment(scale: int) -> dict[str, str]:
    """Of a process that paints at a scale."""
    dropped = ("QT_", "LC_", "LANG", "QNTX_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return kept | {
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": str(scale),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONPATH": str(ROOT),
    }


def start(folder: Path, scale: int, *more: str) -> subprocess.Popen[bytes]:
    """Begin to paint all views at a scale into a folder; `--quick` for pictures that are not kept."""
    command = [sys.executable, "-m", "tests.ui.gallery", str(folder), str(scale), *more]
    return subprocess.Popen(command, cwd=ROOT, env=environment(scale), stderr=subprocess.PIPE)


def main() -> None:
    """Paint."""
    folder = Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if len(sys.argv) == 2:
        for process in [start(folder, scale) for scale in SCALES]:
            _, said = process.communicate(timeout=300)
            if process.returncode:
                raise SystemExit(said.decode())
        return
    from qntx_desktop.ui import theme as look

    app = look.styled_application("gallery")
    look.load_fonts()
    for theme in (look.DARK, look.LIGHT):
        look.apply(app, theme)
        for name, view in VIEWS.items():
            widget = view(theme)
            widget.resize(*SIZES_PX.get(name, SIZE_PX))
            widget.show()
            _settle(app, widget)
            _keep(widget.grab().toImage(), folder / f"{name}-{theme.name}-{sys.argv[2]}x.png", sys.argv[3:])
            widget.hide()
            widget.deleteLater()
    os._exit(0)


def _keep(picture: Any, path: Path, words: list[str]) -> None:
    """As a golden picture, in few colours and few bytes, or only for a while, quickly."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage

    if "--quick" in words:
        picture.convertToFormat(QImage.Format.Format_RGB32).save(str(path), "PNG", 100)
        return
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    plain.setDevicePixelRatio(1.0)
    colours = Counter(memoryview(plain.constBits()).cast("B").cast("I")).most_common(COLOURS)
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    few = plain.convertToFormat(QImage.Format.Format_Indexed8, [colour for colour, _count in colours], flags)
    few.save(str(path), "PNG", 0)


def _settle(app: Any, widget: Any) -> None:
    """Until every card has its pixmap and all that was asked for is done."""
    from qntx_desktop.ui.canvas.quick_add import QuickAdd
    from qntx_desktop.ui.canvas.view import CanvasView

    if popups := widget.findChildren(QuickAdd):
        popups[0].setFocus()
    views = [*widget.findChildren(CanvasView)] + ([widget] if isinstance(widget, CanvasView) else [])
    ends = time.monotonic() + SETTLES_S
    for view in views:
        view.setFocus()
    app.processEvents()
    while time.monotonic() < ends:
        app.processEvents()
        widget.grab()
        if all(view.painting.complete for view in views):
            break
    app.processEvents()


def _kinds() -> tuple[Any, ...]:
    """A fixed few, so that a new kind is not another picture of every palette."""
    from qntx_desktop.ui.glyphs.registry import kind_of

    return tuple(kind_of(name) for name in ("ix", "python", "result", "note", "frame", "attestation"))


def _canvas(theme: Any, glyphs: list[Any], edges: list[Any] = [], **more: Any) -> Any:  # noqa: B006 - only read
    from qntx_desktop.model.diff import CanvasDiff
    from qntx_desktop.model.glyph import Viewpoint
    from qntx_desktop.ui.canvas.document import Document
    from qntx_desktop.ui.canvas.view import CanvasView
    from qntx_desktop.ui.editor.factory import make_editor

    document = Document()
    added = {each.id: each for each in glyphs}
    document.edit(CanvasDiff(added=added, edges_added={each.id: each for each in edges}), "Add")
    view = CanvasView(document, _kinds(), theme, make_editor)
    view.resize(*SIZE_PX)
    zoom = more.get("zoom", 1.0)
    view.look_at(Viewpoint(center_x=SIZE_PX[0] / 2 / zoom, center_y=SIZE_PX[1] / 2 / zoom, zoom=zoom))
    for key, live in more.get("lives", {}).items():
        view.set_live(key, live)
    return view


def _glyph(
    number: int, kind: str, x: float, y: float, content: dict[str, Any] | None = None, **more: Any
) -> Any:
    from qntx_desktop.model.glyph import Glyph
    from qntx_desktop.ui.glyphs.registry import kind_of

    width, height = more.pop("size", None) or kind_of(kind).default_size
    return Glyph(id=number, kind=kind, x=x, y=y, width=width, height=height, content=content or {}, **more)


def _job(status: str, **more: Any) -> Any:
    from qntx_desktop.model.job import PYTHON_SCRIPT, Job, JobStatus

    return Job(id=7, type=PYTHON_SCRIPT, status=JobStatus(status), priority=0, payload={}, **more)


def _run(status: str = "completed") -> Any:
    from qntx_desktop.model.job import Execution, ExecutionStatus

    return Execution(
        id=3,
        job_id=7,
        attempt=1,
        status=ExecutionStatus(status),
        started_at_us=NOW,
        duration_ms=812.0,
        attestation_count=3000,
        handler_type="csv",
        handler_version=2,
    )


def _rows(count: int) -> tuple[Any, ...]:
    from qntx_desktop.model.attestation import Attestation

    people = (
        ("Zoë Lindqvist", "Århus"),
        ("Amara Obi", "Lagos"),
        ("Jürgen Weiß", "Köln"),
        ("Aoife Obi", "Łódź"),
    )
    return tuple(
        Attestation(
            id=f"AS-{number}",
            subjects=(people[number % 4][0],),
            predicates=("lives_in",),
            contexts=(people[number % 4][1],),
            actors=("AS-1",),
            timestamp_us=NOW,
            source="csv",
            attributes={},
            created_at_us=NOW,
        )
        for number in range(count)
    )


def _states(theme: Any) -> Any:
    from qntx_desktop.model.errors import ErrHandlerFailed, ErrNoIngestScript
    from qntx_desktop.ui.glyphs.live import Live

    missing = {"error": ErrNoIngestScript("rss-feed").to_json(), "script_type": "rss-feed"}
    failed = ErrHandlerFailed("KeyError", "'name'", 4, "Traceback", 1, "Look at the columns.").to_json()
    view = _canvas(
        theme,
        [
            _glyph(1, "ix", 24, 24, {"text": "ix csv ./people.csv"}, size=(280.0, 96.0)),
            _glyph(2, "ix", 336, 24, {"text": "ix weather bergen"}, size=(280.0, 96.0)),
            _glyph(3, "ix", 24, 160, {"text": "ix rss-feed ./news.xml"}, state=missing, size=(280.0, 96.0)),
            _glyph(4, "ix", 336, 160, {"text": "ix http-json api.example.com"}, size=(280.0, 96.0)),
            _glyph(5, "ix", 336, 310, {"text": ""}, size=(280.0, 96.0)),
        ],
        lives={
            1: Live(job=_job("completed"), execution=_run(), attestation_total=3000),
            2: Live(job=_job("running", progress_current=410, progress_total=1000)),
            4: Live(job=_job("failed", error=failed), execution=_run("failed")),
        },
    )
    view.select([3])
    return view


def _code(theme: Any) -> Any:
    from qntx_desktop.model.glyph import EDGE_HANDLER, EDGE_RESULT, Edge
    from qntx_desktop.ui.glyphs.live import Live

    told = Live(job=_job("completed"), execution=_run(), attestations=_rows(4), attestation_total=3000)
    return _canvas(
        theme,
        [
            _glyph(1, "ix", 16, 16, {"text": "ix csv"}, size=(180.0, 96.0)),
            _glyph(2, "python", 216, 16, {"code": CODE, "script_type": "csv"}, size=(410.0, 170.0)),
            _glyph(3, "result", 216, 222, size=(410.0, 180.0)),
        ],
        [
            Edge(id=8, kind=EDGE_HANDLER, source_id=1, target_id=2),
            Edge(id=9, kind=EDGE_RESULT, source_id=2, target_id=3),
        ],
        lives={3: told},
    )


def _notes(theme: Any) -> Any:
    text = "# Towns\n\nWhat the *rows* say:\n\n- [x] **Århus** is read\n- [ ] ask about `Köln`\n"
    fact = _rows(1)[0].to_json()
    view = _canvas(
        theme,
        [
            _glyph(1, "frame", 16, 16, {"title": "Morning"}, size=(330.0, 380.0)),
            _glyph(2, "note", 40, 64, {"text": text, "tag": "green"}, size=(280.0, 170.0)),
            _glyph(3, "note", 40, 260, {"text": ""}, size=(280.0, 96.0)),
            _glyph(4, "attestation", 366, 24, {"attestation": fact}, size=(256.0, 170.0)),
            _glyph(5, "weather", 366, 220, {"text": "kept"}, size=(256.0, 110.0)),
        ],
    )
    view.select([2])
    return view


def _far(theme: Any) -> Any:
    from qntx_desktop.ui.glyphs.live import Live

    glyphs = [
        _glyph(
            number, "ix", number % 9 * 460.0 + 60, number // 9 * 380.0 + 80, {"text": f"ix feed-{number} x"}
        )
        for number in range(1, 62)
    ]
    states = ("completed", "running", "failed", "pending")
    lives = {number: Live(job=_job(states[number % 4])) for number in range(1, 40)}
    view = _canvas(theme, glyphs, lives=lives, zoom=0.15)
    view.select([5])
    return view


def _empty(theme: Any) -> Any:
    return _canvas(theme, [])


def _quick_add(theme: Any) -> Any:
    view = _canvas(theme, [])
    view.show()
    view.quick_add(view.viewport().rect().center())
    return view


def _handlers(theme: Any) -> Any:
    from qntx_desktop.model.handler import HandlerEntry, HandlerVersion
    from qntx_desktop.ui.panels.handlers import HandlersPanel

    def entry(name: str, number: int, last: dict[str, Any] | None) -> Any:
        version = HandlerVersion(
            script_type=name,
            version=number,
            asid=f"AS-{name}",
            code="x",
            code_sha256="",
            created_at_us=NOW,
            active=True,
            source="window",
            requires={"timeout_s": 60.0, "memory_bytes": 512 << 20},
        )
        return HandlerEntry(newest=version, versions=number, last_run=last)

    good = {"status": "completed", "started_at_us": NOW, "duration_ms": 812.0, "version": 2}
    bad = {"status": "failed", "error": {"details": {"line": 12}}, "started_at_us": NOW, "version": 1}
    panel = HandlersPanel(theme, clock=lambda: NOW)
    panel.set_entries((entry("csv", 2, good), entry("http-json", 1, bad), entry("weather", 7, None)))
    return panel


def _pulse(theme: Any) -> Any:
    from qntx_desktop.model.job import JobStatus
    from qntx_desktop.model.pulse import PulsePage, PulseRow
    from qntx_desktop.ui.panels.pulse.panel import PulsePanel

    panel = PulsePanel(theme, clock=lambda: NOW)
    statuses = (
        JobStatus.COMPLETED,
        JobStatus.RUNNING,
        JobStatus.FAILED,
        JobStatus.PENDING,
        JobStatus.CANCELLED,
    )
    rows = tuple(
        PulseRow(
            id=40 - number,
            type="python.script",
            status=status,
            command=f"ix csv ./people-{number}.csv",
            trigger="manual",
            duration_ms=812.0,
        )
        for number, status in enumerate(statuses)
    )
    panel.set_page(PulsePage(rows=rows, before_id=None))
    return panel


def _dialog(theme: Any) -> Any:
    from qntx_desktop.ui.dialogs.attestation_view import AttestationView

    return AttestationView(_rows(1)[0], theme)


def _window(theme: Any) -> Any:
    from qntx_desktop.app.window_memory import WindowMemory
    from qntx_desktop.model.errors import ErrStoreBusy
    from qntx_desktop.ui.rail import PaletteRail
    from qntx_desktop.ui.window import Window

    window = Window(theme, WindowMemory(), "/home/ada/qntx")
    view = _canvas(theme, [_glyph(1, "ix", 180, 160, {"text": "ix csv ./people.csv"}, size=(280.0, 96.0))])
    window.set_rail(PaletteRail(_kinds(), view, theme))
    window.set_canvas(view)
    window.show_canvas()
    window.banner.fail(ErrStoreBusy("the write lock is held"))
    return window


VIEWS: dict[str, Callable[[Any], Any]] = {
    "states": _states,
    "code": _code,
    "notes": _notes,
    "far": _far,
    "empty": _empty,
    "quick-add": _quick_add,
    "handlers": _handlers,
    "pulse": _pulse,
    "dialog": _dialog,
    "window": _window,
}

if __name__ == "__main__":
    main()
