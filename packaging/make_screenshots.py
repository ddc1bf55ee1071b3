"""Make the two pictures of the README again, from the real window on a real home with real runs.

    python packaging/make_screenshots.py

Needs the project's environment (`python3 packaging/qntx.py run` makes it), no screen. The home is a temporary one.
"""

from __future__ import annotations

import csv
import os
import random
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QNTX_THEME"] = "dark"

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QPointF, QTimer  # noqa: E402 - Qt reads its platform when it is imported

from qntx_desktop.app.one_window import OneWindow  # noqa: E402
from qntx_desktop.app.paths import resolve_home  # noqa: E402
from qntx_desktop.model.diff import update  # noqa: E402
from qntx_desktop.model.glyph import Viewpoint  # noqa: E402
from qntx_desktop.ui import theme as look  # noqa: E402
from qntx_desktop.ui.desktop import Desktop  # noqa: E402
from qntx_desktop.ui.workplace import Workplace  # noqa: E402

TARGET = ROOT / "docs" / "images"
SIZE_PX = (1600, 1000)
MOST_BYTES = 300_000
WAIT_MS, STEP_MS = 30_000, 20
ROWS, BAD_ROW = 3_000, 1_717
GIVEN = ("Zoë", "Amara", "Jürgen", "Łucja", "Søren", "Ana María", "Mei", "Renée", "Dmitri", "Aoife")
FAMILY = ("Lindqvist", "Obi", "Weiß", "Kowalska", "Þórsdóttir", "García", "Nakamura", "O'Brien")
TOWNS = ("Århus", "Lagos", "Köln", "Łódź", "Reykjavík", "São Paulo", "Osaka", "Bergen, Vestland")
NEWS = """<rss version="2.0"><channel><title>News</title><item><title>One</title></item></channel></rss>
"""
HANDLER = '''\
"""People and the towns they live in."""

import csv

import qntx
from qntx import attest

with open(qntx.args[0], newline="", encoding="utf-8") as file:
    people = list(csv.DictReader(file))

for number, person in enumerate(people, start=1):
    attest([person["name"]], ["lives_in"], [person["town"]])
    if number % 100 == 0:
        qntx.progress(number, len(people), message=person["name"])

print(f"{len(people):,} people read")
'''
STRICT = HANDLER.replace(
    "    attest([person",
    '    if not person["town"]:\n'
    '        raise ValueError(f"row {number:,} has no town")\n'
    "    attest([person",
)


def wait(time_ms: int) -> None:
    """Let the window and its workers go on for a while."""
    loop = QEventLoop()
    QTimer.singleShot(time_ms, loop.quit)
    loop.exec()


class Photographer:
    """Works in the window as a person does, and takes its picture."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop

    @property
    def work(self) -> Workplace:
        """The opened home."""
        if self._desktop.work is None:
            raise RuntimeError("The home did not open.")
        return self._desktop.work

    def until(self, what: str, true: Callable[[], object]) -> None:
        """Let the window work until something is so."""
        end = QDeadlineTimer(WAIT_MS)
        while not true():
            if end.hasExpired():
                raise RuntimeError(f"Waited in vain for {what}.")
            wait(STEP_MS)

    def write(self, glyph_id: int, text: str) -> None:
        """Put text into a glyph through its editor."""
        view = self.work.view
        view.open_editor(glyph_id)
        if view.editor is not None:
            view.editor.replace(text)
        view.close_editor()

    def put_command(self, text: str, x: float, y: float) -> int:
        """A new IX glyph."""
        glyph_id = self.work.view.add_glyph("ix", QPointF(x, y))
        self.write(glyph_id, text)
        return glyph_id

    def run(self, glyph_id: int, status: str) -> None:
        """Run a glyph and wait until everything about the run is shown."""
        before = self._job(glyph_id)
        self.work.view.action.emit(glyph_id, "run")
        self.until(f"a run that {status}", lambda: self._ran(glyph_id, status, before))
        for result in self.of_kind("result"):
            self.until("the result", partial(self._ran, result, status, before))

    def _job(self, glyph_id: int) -> int | None:
        live = self.work.view.scene_of.live_of(glyph_id)
        return live.job.id if live is not None and live.job is not None else None

    def _ran(self, glyph_id: int, status: str, before: int | None) -> bool:
        live = self.work.view.scene_of.live_of(glyph_id)
        if live is None or live.job is None or live.execution is None or live.job.id == before:
            return False
        known = live.attestation_total is not None and live.execution.job_id == live.job.id
        return known and str(live.job.status) == status and str(live.execution.status) == status

    def of_kind(self, kind: str) -> list[int]:
        """Ids of the glyphs of a kind."""
        return [key for key, glyph in self.work.document.canvas.glyphs.items() if glyph.kind == kind]

    def error_of(self, glyph_id: int) -> str:
        """The code of what is wrong with a glyph."""
        return str((self.work.document.canvas.glyphs[glyph_id].state.get("error") or {}).get("code", ""))

    def save(self, python: int, code: str, version: int) -> None:
        """Save code as a version."""
        self.write(python, code)
        self.work.view.action.emit(python, "save")
        self.until(f"v{version}", lambda: self._saved(python) == version)

    def _saved(self, python: int) -> object:
        return (self.work.document.canvas.glyphs[python].state.get("saved") or {}).get("version")

    def taller(self, glyph_id: int, by_px: float) -> None:
        """Make a card taller, as dragging its edge does."""
        document = self.work.document
        glyph = document.canvas.glyphs[glyph_id]
        document.edit(update(document.canvas, glyph_id, height=glyph.height + by_px), "Resize glyph")

    def look(self) -> None:
        """Look so that the canvas begins at the left top corner of the view."""
        view = self.work.view
        area = view.viewport().rect()
        view.look_at(Viewpoint(center_x=area.width() / 2, center_y=area.height() / 2, zoom=1.0))

    def shoot(self, name: str) -> None:
        """Take the picture of the window."""
        saving = self.work.autosave
        saving.flush()
        self.until("saving", lambda: "saved" in self._desktop.window.topbar.saved_text())
        wait(400)  # panels and cards that were asked for are painted with the next events
        image = self._desktop.window.grab().toImage()
        place = TARGET / name
        image.save(str(place), "PNG", 0)  # type: ignore[call-overload]
        bytes_ = place.stat().st_size
        sys.stdout.write(f"{place.relative_to(ROOT)}: {image.width()} x {image.height()}, {bytes_:,} bytes\n")
        if bytes_ > MOST_BYTES:
            raise RuntimeError(f"{name} is larger than {MOST_BYTES:,} bytes.")


def write_people(path: Path, *, without_town: int = 0) -> None:
    """A file with quotes, commas, line ends and letters of many languages; one town may be missing."""
    source = random.Random(7)
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(("name", "town", "note"))
        for number in range(1, ROWS + 1):
            town = source.choice(TOWNS)
            name = f"{source.choice(GIVEN)} {source.choice(FAMILY)}"
            rows.writerow((name, "" if number == without_town else town, 'said "hello", then\nleft'))


def take(camera: Photographer, desktop: Desktop, folder: Path) -> None:
    """The main job for the dark picture, then what a failure looks like for the light one."""
    work = camera.work
    write_people(folder / "people.csv")
    (folder / "news.xml").write_text(NEWS, encoding="utf-8")
    work.set_folder(str(folder))
    camera.until("the folder", lambda: work.controller.runs.folder == str(folder))
    desktop.window.banner.clear("folder")

    people = camera.put_command("ix csv ./people.csv", 40, 40)
    work.view.action.emit(people, "run")
    camera.until("no handler", lambda: camera.error_of(people) == "no_ingest_script")
    work.view.action.emit(people, "create_handler")
    camera.until("a Python glyph", lambda: camera.of_kind("python"))
    (python,) = camera.of_kind("python")
    camera.save(python, HANDLER, 1)
    camera.run(people, "completed")
    (result,) = camera.of_kind("result")
    camera.taller(result, 13 * 26)
    feed = camera.put_command("ix rss-feed ./news.xml", 560, 520)
    work.view.action.emit(feed, "run")
    camera.until("no handler", lambda: camera.error_of(feed) == "no_ingest_script")
    camera.look()
    work.view.select([feed])
    camera.shoot("window-dark.png")

    write_people(folder / "people.csv", without_town=BAD_ROW)
    camera.taller(result, -11 * 26)
    camera.save(python, STRICT, 2)
    camera.run(people, "failed")
    desktop.set_theme("light")
    camera.look()
    work.view.select([people])
    camera.shoot("window-light.png")


def main() -> int:
    """Open a home, take both pictures, close it."""
    app = look.styled_application("QNTX Desktop")
    app.setQuitOnLastWindowClosed(False)
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "files"
        folder.mkdir()
        home = resolve_home(str(Path(place) / "home"))
        mine = OneWindow(home)
        mine.take()
        desktop = Desktop(app, home, mine)
        desktop.example = False
        camera = Photographer(desktop)
        desktop.window.resize(*SIZE_PX)
        desktop.show()
        desktop.begin()
        camera.until("the canvas", lambda: desktop.work is not None and desktop.work.view.isVisible())
        closed: list[bool] = []
        desktop.closed.connect(lambda: closed.append(True))
        try:
            take(camera, desktop, folder)
        finally:
            desktop.window.close()
            camera.until("closing", lambda: closed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
