"""Schedules in the real window: made with the clock, shown on the card, run, kept, changed, removed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qntx_desktop.app.container import build
from qntx_desktop.app.paths import Home
from qntx_desktop.model.diff import CanvasDiff, removal, update
from qntx_desktop.model.glyph import Glyph
from qntx_desktop.model.schedule import MissedPolicy, ScheduleState, Timing
from qntx_desktop.ui.control.scheduling import LEFT_KEY
from qntx_desktop.ui.dialogs.schedule_view import ScheduleView
from tests.window_stage import Stage, window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

HANDLER = "import qntx\nattest('a', 'was_read', qntx.args[0])\nprint('read')\n"


def prepare(folder: Path) -> None:
    """A home with a handler for `csv` and a canvas with one command."""
    (folder / "people.csv").write_text("name\nAda\n")
    services = build(Home(root=folder / "home"))
    try:
        services.handlers.create("csv", HANDLER, source="test")
    finally:
        services.close()


def add_command(stage: Stage, folder: Path, text: str = "ix csv ./people.csv") -> int:
    stage.work.set_folder(str(folder))
    glyph = Glyph(
        id=stage.work.document.next_id(),
        kind="ix",
        x=0.0,
        y=0.0,
        width=360.0,
        height=88.0,
        content={"text": text},
    )
    stage.work.document.edit(CanvasDiff(added={glyph.id: glyph}), "Add")
    return glyph.id


def view_of(stage: Stage) -> ScheduleView:
    stage.until(lambda: stage.top_window("schedule_view") is not None)
    found = stage.top_window("schedule_view")
    assert isinstance(found, ScheduleView)
    return found


def gone(stage: Stage) -> bool:
    return stage.top_window("schedule_view") is None


def test_the_clock_of_a_command(qtbot: QtBot, tmp_path: Path) -> None:
    prepare(tmp_path)
    home = tmp_path / "home"
    with window(qtbot, home) as stage:
        glyph_id = add_command(stage, tmp_path)
        stage.press(glyph_id, "schedule")
        view = view_of(stage)
        stage.until(lambda: view.says.text().startswith("Every 5 minutes · next:"))
        assert view.says.text().count("\n") == 5
        view.unit.setCurrentIndex(0)
        view.amount.setValue(1)
        stage.until(lambda: view.says.text().startswith("Every second"))
        QTest.mouseClick(view.save, Qt.MouseButton.LeftButton)
        stage.until(lambda: gone(stage))
        stage.until(lambda: stage.live(glyph_id).schedule is not None)
        schedule = stage.live(glyph_id).schedule
        assert schedule is not None
        assert schedule.command == f"ix csv {tmp_path / 'people.csv'}"
        # Its runs are the glyph's: the card shows the newest, with a result below.
        stage.until(lambda: bool(stage.glyphs("result")))
        stage.until(lambda: (job := stage.live(glyph_id).job) is not None and job.status == "completed")
        job = stage.live(glyph_id).job
        assert job is not None
        assert (job.trigger, job.schedule_id) == ("schedule", schedule.id)
        footer = stage.item(glyph_id).layout.footer
        assert any("every second" in str(part) for part in footer)
        stage.press(glyph_id, "schedule")
        view = view_of(stage)
        pause = next(each for each in view.findChildren(type(view.save)) if each.text() == "Pause")
        QTest.mouseClick(pause, Qt.MouseButton.LeftButton)
        stage.until(lambda: str(getattr(stage.live(glyph_id).schedule, "state", "")) == "paused")
    with window(qtbot, home) as stage:  # kept between starts
        stage.until(lambda: stage.live(glyph_id).schedule is not None)
        schedule = stage.live(glyph_id).schedule
        assert schedule is not None
        assert schedule.state is ScheduleState.PAUSED
        stage.press(glyph_id, "schedule")
        view = view_of(stage)
        QTest.mouseClick(view.remove, Qt.MouseButton.LeftButton)
        assert "again" in view.says.text()
        assert stage.live(glyph_id).schedule is not None
        QTest.mouseClick(view.remove, Qt.MouseButton.LeftButton)
        stage.until(lambda: stage.live(glyph_id).schedule is None)


def test_a_cron_line_is_explained_refused_and_kept(qtbot: QtBot, tmp_path: Path) -> None:
    prepare(tmp_path)
    with window(qtbot, tmp_path / "home") as stage:
        glyph_id = add_command(stage, tmp_path)
        stage.press(glyph_id, "schedule")
        view = view_of(stage)
        view.kind.setCurrentIndex(1)
        assert view.cron.isVisible()
        assert not view.amount.isVisible()
        QTest.keyClicks(view.cron, "0 9 * *")
        stage.until(lambda: "4 of the five fields" in view.says.text())
        QTest.mouseClick(view.save, Qt.MouseButton.LeftButton)
        stage.until(lambda: view.says.property("tone") == "bad")
        assert view.cron.text() == "0 9 * *"
        QTest.keyClicks(view.cron, " MON-FRI")
        view.zone.setCurrentText("Europe/Berlin")
        view.missed.setCurrentIndex(2)
        stage.until(lambda: view.says.text().startswith("At 09:00 on Monday through Friday"))
        QTest.keyClick(view.cron, Qt.Key.Key_Return)
        stage.until(lambda: gone(stage))
        stage.until(lambda: stage.live(glyph_id).schedule is not None)
        schedule = stage.live(glyph_id).schedule
        assert schedule is not None
        assert (schedule.timing.cron, schedule.timing.timezone) == ("0 9 * * MON-FRI", "Europe/Berlin")
        assert schedule.missed is MissedPolicy.ALL


def test_what_nothing_knows_cannot_be_scheduled_and_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    with window(qtbot, tmp_path / "home") as stage:
        glyph_id = add_command(stage, tmp_path, "ix nobody x")
        stage.press(glyph_id, "schedule")
        view = view_of(stage)
        QTest.mouseClick(view.save, Qt.MouseButton.LeftButton)
        stage.until(lambda: "Nothing knows" in view.says.text())
        QTest.keyClick(view, Qt.Key.Key_Escape)
        stage.until(lambda: gone(stage))
        assert stage.live(glyph_id).schedule is None


def test_a_changed_command_takes_the_place_of_the_old_one(qtbot: QtBot, tmp_path: Path) -> None:
    prepare(tmp_path)
    (tmp_path / "more.csv").write_text("name\n")
    with window(qtbot, tmp_path / "home") as stage:
        glyph_id = add_command(stage, tmp_path)
        for name in ("people.csv", "more.csv"):
            diff = update(stage.canvas, glyph_id, content={"text": f"ix csv ./{name}"})
            stage.work.document.edit(diff, "Edit")
            stage.press(glyph_id, "schedule")
            view = view_of(stage)
            QTest.mouseClick(view.save, Qt.MouseButton.LeftButton)
            stage.until(lambda: gone(stage))
            path = os.fspath(tmp_path / name)
            stage.until(lambda path=path: getattr(stage.live(glyph_id).schedule, "command", "") == f"ix csv {path}")
        assert len(stage.work.services.schedules.list()) == 1


def test_a_glyph_that_goes_says_that_its_schedule_stays(qtbot: QtBot, tmp_path: Path) -> None:
    prepare(tmp_path)
    with window(qtbot, tmp_path / "home") as stage:
        schedules, banner = stage.work.services.schedules, stage.desktop.window.banner
        glyph_id = add_command(stage, tmp_path)
        made = schedules.add_ix(
            "ix csv ./people.csv", Timing(interval_s=86_400), base=tmp_path, bare=True, glyph_id=glyph_id
        )
        stage.until(lambda: stage.live(glyph_id).schedule is not None)
        stage.work.document.edit(removal(stage.canvas, {glyph_id}), "Delete")
        assert any("still runs every day, without its glyph" in each for each in banner.texts())
        stage.work.document.undo()
        assert not any("without its glyph" in each for each in banner.texts())
        stage.work.document.edit(removal(stage.canvas, {glyph_id}), "Delete")
        assert schedules.list() == (made,)
        banner.press(LEFT_KEY)
        stage.until(lambda: "The schedule is removed; past runs stay." in banner.texts())
        assert schedules.list() == ()
        stage.work.document.undo()
        stage.until(lambda: stage.live(glyph_id).schedule is None)
