"""The main job by hand: the real window, real files, real runs, driven by mouse and keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qntx_desktop.model.glyph import EDGE_HANDLER, EDGE_RESULT, Glyph
from qntx_desktop.model.job import JobStatus
from qntx_desktop.ui.canvas.geometry import overlaps
from tests.real_input import write_people
from tests.window_stage import Stage, window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen: no raising, no size hints

CTRL = Qt.KeyboardModifier.ControlModifier
ROWS = 3_000
LIVES_IN = """\
import csv, qntx

with open(qntx.args[0], newline="", encoding="utf-8") as file:
    with qntx.batch():
        for row in csv.DictReader(file):
            attest([row["name"]], ["lives_in"], [row["town"]])
print("done")
"""
FAILS_LATE = """\
import csv, qntx

with open(qntx.args[0], newline="", encoding="utf-8") as file:
    for number, row in enumerate(csv.DictReader(file), start=1):
        if number == 17:
            raise KeyError("town of row 17")
        attest([row["name"]], ["lives_in"], [row["town"]])
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the people file, its name with a space in it."""
    place = tmp_path / "my files"
    place.mkdir()
    write_people(place / "people.csv", rows=ROWS)
    return place


def put_ix(stage: Stage, command: str) -> int:
    """Drag an IX glyph from the palette and type into it."""
    before = set(stage.canvas.glyphs)
    stage.drag_from_palette("ix", QPoint(120, 100))
    (glyph_id,) = set(stage.canvas.glyphs) - before
    stage.type_text(command)
    QTest.keyClick(stage.editor(), Qt.Key.Key_Escape)
    assert stage.canvas.glyphs[glyph_id].content["text"] == command
    return glyph_id


def ran(stage: Stage, glyph_id: int, status: JobStatus, after: int | None = None) -> bool:
    """Whether the newest run of a glyph ended so, and everything about it was read."""
    live = stage.live(glyph_id)
    return (
        live.job is not None
        and live.job.id != after
        and live.job.status is status
        and live.execution is not None
        and (live.execution.job_id, live.execution.attempt) == (live.job.id, live.job.attempt)
        and str(live.execution.status) == str(status)
        and live.attestation_total is not None
    )


def error_code(glyph: Glyph) -> str:
    return str((glyph.state.get("error") or {}).get("code", ""))


def job_id(stage: Stage, glyph_id: int) -> int:
    job = stage.live(glyph_id).job
    assert job is not None
    return job.id


def create_handler(stage: Stage, folder: Path) -> tuple[int, int]:
    """Steps 2 and 3: an IX glyph that nothing knows, and the Python glyph made from its button."""
    stage.work.set_folder(str(folder))
    stage.until(lambda: stage.work.controller.runs.folder == str(folder))
    ix = put_ix(stage, "ix csv ./people.csv")
    stage.press(ix, "run")
    stage.until(lambda: error_code(stage.only("ix")) == "no_ingest_script")
    stage.press(ix, "create_handler")
    stage.until(lambda: bool(stage.glyphs("python")))
    return ix, stage.only("python").id


def save_code(stage: Stage, python: int, code: str, version: int) -> None:
    assert stage.view.open_editor(python)
    stage.paste_code(code)
    QTest.keyClick(stage.editor(), Qt.Key.Key_S, CTRL)
    stage.until(lambda: (stage.canvas.glyphs[python].state.get("saved") or {}).get("version") == version)


def test_from_a_file_to_attestations_and_back(qtbot: QtBot, tmp_path: Path, folder: Path) -> None:
    home = tmp_path / "home"
    with window(qtbot, home) as stage:
        ix, python = create_handler(stage, folder)
        assert any("no handler" in chip for chip in stage.chips(ix))

        # Again, and by the port: still the one glyph, joined and beside.
        stage.view.close_editor()
        stage.press(ix, "create_handler")
        stage.view.close_editor()
        stage.drag_port(ix, "handler", QPointF(stage.only("ix").x, stage.only("ix").y + 400))
        stage.view.close_editor()
        assert [each.id for each in stage.glyphs("python")] == [python]
        edges = [(e.kind, e.source_id, e.target_id) for e in stage.canvas.edges.values()]
        assert edges == [(EDGE_HANDLER, ix, python)]
        boxes = stage.view.scene_of.boxes()
        assert not overlaps(boxes[ix], boxes[python])
        assert "ix csv ./people.csv" in stage.only("python").content["code"]

        # A syntax error is refused with its place; the code stays.
        assert stage.view.open_editor(python)
        stage.paste_code("import qntx\nattest([)\n")
        QTest.keyClick(stage.editor(), Qt.Key.Key_S, CTRL)
        stage.until(lambda: error_code(stage.only("python")) == "syntax_error")
        details = stage.only("python").state["error"]["details"]
        assert (details["line"], stage.only("python").content["code"]) == (2, "import qntx\nattest([)\n")
        assert stage.only("python").state.get("saved") is None

        # Version 1, a run, a result below.
        save_code(stage, python, LIVES_IN, 1)
        assert any("v1 saved" in chip for chip in stage.chips(python))
        assert error_code(stage.only("python")) == ""
        stage.view.close_editor()
        stage.until(lambda: error_code(stage.only("ix")) == "")
        stage.press(ix, "run")
        stage.until(lambda: bool(stage.glyphs("result")))
        result = stage.only("result").id
        stage.until(lambda: ran(stage, result, JobStatus.COMPLETED))
        live = stage.live(result)
        assert live.attestation_total == ROWS
        assert live.execution is not None
        assert live.execution.args == (str(folder / "people.csv"),)
        assert (live.execution.handler_version, live.execution.stdout) == (1, "done\n")
        edges = [(e.kind, e.source_id, e.target_id) for e in stage.canvas.edges.values()]
        assert (EDGE_RESULT, ix, result) in edges
        boxes = stage.view.scene_of.boxes()
        assert not overlaps(boxes[result], boxes[ix])
        assert not overlaps(boxes[result], boxes[python])
        assert any("3,000" in chip for chip in stage.chips(ix))

        # A row opens its attestation.
        row = next(part for part in stage.offers(result) if part.startswith("open_attestation:"))
        stage.press(result, row)
        stage.until(lambda: stage.top_window("attestation_view") is not None)
        opened = stage.top_window("attestation_view")
        assert opened is not None
        opened.close()

        # Version 2 is what the next run uses.
        first = job_id(stage, ix)
        save_code(stage, python, LIVES_IN + "# again\n", 2)
        stage.view.close_editor()
        stage.press(ix, "run")
        stage.until(lambda: ran(stage, result, JobStatus.COMPLETED, after=first))
        assert [each.id for each in stage.glyphs("result")] == [result]
        second = stage.live(result).execution
        assert second is not None
        assert second.handler_version == 2
        kept = dict(stage.canvas.glyphs), dict(stage.canvas.edges)
        stage.view.pan_by(37, -21)
        looked = stage.view.viewpoint

    with window(qtbot, home) as stage:
        assert (dict(stage.canvas.glyphs), dict(stage.canvas.edges)) == kept
        stage.until(lambda: ran(stage, result, JobStatus.COMPLETED))
        seen = stage.view.viewpoint
        assert (seen.center_x, seen.center_y, seen.zoom) == pytest.approx(
            (looked.center_x, looked.center_y, looked.zoom), abs=1
        )
        assert stage.live(result).attestation_total == ROWS
        assert any("v2 saved" in chip for chip in stage.chips(python))
        assert stage.only("python").content["script_type"] == "csv"


def test_what_is_missing_is_still_missing_after_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with window(qtbot, home) as stage:
        ix = put_ix(stage, "ix rss-feed ./news.xml")
        stage.press(ix, "run")
        stage.until(lambda: error_code(stage.only("ix")) == "no_ingest_script")
        assert "create_handler" in stage.offers(ix)
    with window(qtbot, home) as stage:
        assert stage.only("ix").state["error"]["details"]["script_type"] == "rss-feed"
        assert "create_handler" in stage.offers(ix)
        stage.press(ix, "create_handler")
        stage.until(lambda: bool(stage.glyphs("python")))
        assert stage.only("python").content["script_type"] == "rss-feed"


def test_a_failing_script_marks_its_line(qtbot: QtBot, tmp_path: Path, folder: Path) -> None:
    with window(qtbot, tmp_path / "home") as stage:
        ix, python = create_handler(stage, folder)
        save_code(stage, python, FAILS_LATE, 1)
        stage.view.close_editor()
        stage.press(ix, "run")
        stage.until(lambda: ran(stage, ix, JobStatus.FAILED))
        stage.until(lambda: stage.only("python").state.get("failed_line") == 6)
        job = stage.live(ix).job
        assert job is not None
        assert job.error is not None
        assert job.error["details"]["exception"] == "KeyError"
        result = stage.only("result").id
        stage.until(lambda: ran(stage, result, JobStatus.FAILED))
        assert stage.live(result).attestation_total == 16
        stage.until(lambda: "▲ 1 failed" in stage.desktop.window.topbar.chips())

        # The failure is pulled out of the result, leads to its line, and runs again what failed.
        box = stage.item(result).card_rect
        stage.view.show_glyph(result)
        stage.drag_port(result, "out", QPointF(box.right() + 60, box.center().y()))
        popup = stage.view.adding.popup
        assert popup is not None
        QTest.keyClicks(popup.search, "error")
        QTest.keyClick(popup.search, Qt.Key.Key_Return)
        error = stage.only("error")
        assert error.content["error"]["details"]["line"] == 6
        stage.press(error.id, "fix_error")
        stage.until(lambda: stage.view.editing == python)
        stage.view.close_editor()
        stage.press(error.id, "run")
        stage.until(lambda: ran(stage, ix, JobStatus.FAILED, after=job.id))


def test_a_script_from_the_palette_runs_and_becomes_a_handler(qtbot: QtBot, tmp_path: Path) -> None:
    with window(qtbot, tmp_path / "home") as stage:
        stage.drag_from_palette("python", QPoint(160, 80))
        python = stage.only("python").id
        stage.paste_code("attest(['a'], ['is'], ['b'])\nprint('hello')\n")
        QTest.keyClick(stage.editor(), Qt.Key.Key_Return, CTRL)
        stage.until(lambda: ran(stage, python, JobStatus.COMPLETED))
        run = stage.live(python).execution
        assert run is not None
        assert (run.stdout, run.attestation_count, run.handler_asid) == ("hello\n", 1, None)
        stage.view.close_editor()
        stage.press(python, "make_handler")
        stage.until(lambda: stage.top_window("name_window") is not None)
        asked = stage.top_window("name_window")
        assert asked is not None
        field = asked.focusWidget()
        assert field is not None
        QTest.keyClicks(field, "greet")
        QTest.keyClick(field, Qt.Key.Key_Return)
        stage.until(lambda: (stage.only("python").state.get("saved") or {}).get("version") == 1)
        assert stage.only("python").content["script_type"] == "greet"


def test_closing_in_the_middle_of_a_run_runs_it_once_more(qtbot: QtBot, tmp_path: Path, folder: Path) -> None:
    home, gate = tmp_path / "home", tmp_path / "my files" / "gate"
    code = (
        "import os, time, qntx\nattest(['one'], ['is'], ['run'])\n"
        f"while not os.path.exists({str(gate)!r}):\n    time.sleep(0.02)\n"
    )
    with window(qtbot, home) as stage:
        ix, python = create_handler(stage, folder)
        save_code(stage, python, code, 1)
        stage.view.close_editor()
        stage.press(ix, "run")
        stage.until(lambda: "◐ 1 running" in stage.desktop.window.topbar.chips())
        first = job_id(stage, ix)
        stage.desktop.window.close()
        stage.until(lambda: any("1 job runs" in text for text in stage.desktop.window.banner.texts()))
        with qtbot.waitSignal(stage.desktop.closed, timeout=30_000):
            stage.desktop.window.close()
    gate.write_text("open")
    with window(qtbot, home) as stage:
        stage.until(lambda: ran(stage, ix, JobStatus.COMPLETED))
        live = stage.live(ix)
        assert live.job is not None
        assert live.execution is not None
        assert (live.job.id, live.execution.attempt, live.job.retry_count) == (first, 2, 0)
