"""The Pulse panel in the real window: real jobs come, run, fail and are done again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from qntx_desktop.app.container import build
from qntx_desktop.app.paths import Home, resolve_home
from qntx_desktop.model.job import JobRequest
from qntx_desktop.model.schedule import Timing
from qntx_desktop.ui.dialogs.schedule_view import ScheduleView
from qntx_desktop.ui.panels.pulse.panel import PulsePanel
from tests.window_stage import Stage, window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen: no raising, no size hints


@pytest.fixture
def home(tmp_path) -> Home:
    return resolve_home(str(tmp_path / "home"))


def a_script(code: str, command: str = "run x.py") -> JobRequest:
    payload = {"script_code": code, "script_type": "x", "args": [], "command": command}
    return JobRequest(type="python.script", payload=payload)


def opened(stage: Stage) -> PulsePanel:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    QTest.keyClick(stage.desktop.window, Qt.Key.Key_P, both)
    panel = stage.work.pulse.panel
    stage.until(lambda: not panel.isHidden())
    return panel


def states(panel: PulsePanel) -> list[str]:
    rows = (panel.model.row(place) for place in range(panel.model.rowCount()))
    return [str(row.state) for row in rows if row is not None]


def test_jobs_show_as_they_come_and_a_failed_one_is_done_again(qtbot: QtBot, home: Home) -> None:
    with window(qtbot, home.root) as stage:
        panel, queue = opened(stage), stage.work.services.queue
        stage.until(lambda: panel.notice() != "" and "Reading" not in panel.notice())
        assert "Nothing has run yet" in panel.notice()
        queue.enqueue(a_script("import qntx\nqntx.log('warning', 'hm')\nraise ValueError('needle')"))
        stage.until(lambda: states(panel) == ["failed"])
        stage.until(lambda: "unseen" in panel._unseen.text())
        panel.table.setCurrentIndex(panel.model.index(0, 0))
        stage.until(lambda: "warning: hm" in panel.details.log_text())
        stage.until(lambda: panel._unseen.isHidden())  # it was looked at
        stage.until(lambda: panel.details.button("retry").isVisible())
        panel.details.button("pin").click()
        stage.until(lambda: bool(stage.glyphs("result")))
        stage.until(lambda: stage.live(stage.only("result").id).execution is not None)
        panel.details.button("retry").click()
        stage.until(lambda: states(panel) == ["failed", "failed"])
        panel.filters.text.setText("NEEDLE")
        stage.until(lambda: panel.model.rowCount() == 2)
        panel.filters.text.setText("no such thing")
        stage.until(lambda: panel.notice() == "No job fits the filters.")
        stage.until(lambda: "nothing runs" in stage.desktop.window.status.texts())


def test_a_running_job_is_followed_live_and_cancelled(qtbot: QtBot, home: Home) -> None:
    code = "import qntx, time\nqntx.progress(1, 4, 'rows')\nqntx.log('info', 'begun')\ntime.sleep(600)"
    with window(qtbot, home.root) as stage:
        panel, queue = opened(stage), stage.work.services.queue
        queue.enqueue(a_script(code))
        stage.until(lambda: panel.model.rowCount() == 1)
        panel.table.setCurrentIndex(panel.model.index(0, 0))
        stage.until(lambda: "begun" in panel.details.log_text())
        stage.until(lambda: panel.details._bar.value() > 0)
        stage.until(lambda: "1 running" in stage.desktop.window.status.texts())
        panel.details.button("cancel").click()
        stage.until(lambda: states(panel) == ["cancelled"])
        stage.until(lambda: "retry" in panel.details.offers())


def test_a_file_of_a_source_that_waits_is_allowed_from_here(qtbot: QtBot, home: Home) -> None:
    code = b'# /// script\n# [tool.qntx]\n# secrets = ["k"]\n# ///\nprint(1)\n'
    with window(qtbot, home.root) as stage:
        panel, services = opened(stage), stage.work.services
        services.sources.editable_files("manual").write("asks.py", code)
        services.runs.ix("manual/asks.py", base=None, bare=True)
        stage.until(lambda: states(panel) == ["waiting"])
        panel.table.setCurrentIndex(panel.model.index(0, 0))
        stage.until(lambda: panel.details.job is not None and "allow" in panel.details.offers())
        panel.details.button("allow").click()
        stage.until(lambda: stage.top_window("allow_view") is not None)
        sheet = stage.top_window("allow_view")
        assert sheet is not None
        (yes,) = [each for each in sheet.findChildren(QPushButton) if each.text() == "Allow"]
        yes.click()
        stage.until(lambda: states(panel) == ["completed"])


def test_what_another_process_did_is_read(qtbot: QtBot, home: Home) -> None:
    with window(qtbot, home.root) as stage:
        panel = opened(stage)
        other = build(home)
        try:
            other.queue.enqueue(JobRequest(type="of.the.future", payload={}))
        finally:
            other.close()
        stage.until(lambda: states(panel) == ["waiting"])
        stage.until(lambda: "1 waiting" in stage.desktop.window.status.texts())


def test_the_panel_is_as_it_was_after_a_restart_and_costs_nothing_hidden(qtbot: QtBot, home: Home) -> None:
    with window(qtbot, home.root) as stage:
        assert stage.work.pulse.panel.isHidden()
        opened(stage)
    with window(qtbot, home.root) as stage:
        panel = stage.work.pulse.panel
        assert not panel.isHidden()
        QTest.keyClick(panel.table, Qt.Key.Key_Escape)
        assert panel.isHidden()
        stage.work.services.queue.enqueue(JobRequest(type="of.the.future", payload={}))
        stage.until(lambda: "1 waiting" in stage.desktop.window.status.texts())
        assert panel.model.rowCount() == 0


def test_schedules_are_due_on_the_line_and_can_be_paused_and_run(qtbot: QtBot, home: Home) -> None:
    with window(qtbot, home.root) as stage:
        panel, services = opened(stage), stage.work.services
        services.handlers.create("csv", "print(1)", source="window")
        made = services.schedules.add_ix("ix csv", Timing(interval_s=600), base=None, bare=True)
        stage.until(lambda: len(panel.schedules.words()) == 1)
        stage.until(lambda: "1 due" in panel.line.accessibleDescription())
        panel.schedules.press("run", made.id)
        stage.until(lambda: states(panel) == ["completed"])
        panel.schedules.press("pause", made.id)
        stage.until(lambda: "paused" in panel.schedules.words()[0])
        stage.until(lambda: "due" not in panel.line.accessibleDescription())
        panel.schedules.press("pause", made.id)
        stage.until(lambda: "next" in panel.schedules.words()[0])


def test_the_handler_of_a_run_is_shown_with_the_version_that_ran(qtbot: QtBot, home: Home) -> None:
    with window(qtbot, home.root) as stage:
        panel, services = opened(stage), stage.work.services
        services.handlers.create("csv", "print(1)", source="window")
        services.runs.ix("ix csv", base=None, bare=True)
        stage.until(lambda: states(panel) == ["completed"])
        services.handlers.create("csv", "print(2)", source="window")
        stage.until(lambda: stage.work.panel._model.row_of("csv") >= 0)
        stage.work.panel._filter.setText("zzz")  # it is hidden in the list
        row = panel.model.row(0)
        assert row is not None
        panel.select(row.id)
        stage.until(lambda: panel.details.execution is not None)
        panel.details.button("handler").click()
        versions = stage.work.panel._versions
        stage.until(lambda: (stage.work.panel.selected(), versions.marked) == ("csv", 1))
        stage.until(lambda: len(versions.findChildren(QWidget, "version_row")) == 2)


def schedule_view(stage: Stage) -> ScheduleView:
    stage.until(lambda: stage.top_window("schedule_view") is not None)
    found = stage.top_window("schedule_view")
    assert isinstance(found, ScheduleView)
    return found


def test_schedules_are_made_changed_duplicated_and_removed_from_the_panel(qtbot: QtBot, home: Home) -> None:
    with window(qtbot, home.root) as stage:
        panel, services = opened(stage), stage.work.services
        services.handlers.create("csv", "print(1)", source="window")
        panel.schedules.new.click()
        view = schedule_view(stage)
        view.save.click()
        assert "there is no command" in view.says.text()
        QTest.keyClicks(view.command, "ix nobody")
        QTest.keyClick(view.command, Qt.Key.Key_Return)
        stage.until(lambda: "nobody" in view.says.text())  # it stays open, with what was written
        view.command.setText("ix csv")
        view.amount.setValue(7)
        QTest.keyClick(view.command, Qt.Key.Key_Return)
        stage.until(lambda: len(panel.schedules.words()) == 1)
        assert panel.schedules.words()[0].endswith("every 7 minutes")
        (made,) = services.schedules.list()
        stage.until(lambda: stage.top_window("schedule_view") is None)

        panel.schedules.press("edit", made.id)
        view = schedule_view(stage)
        assert not view.command.isVisible()
        view.amount.setValue(9)
        view.save.click()
        stage.until(lambda: panel.schedules.words()[0].endswith("every 9 minutes"))

        stage.until(lambda: stage.top_window("schedule_view") is None)
        panel.schedules.press("edit", made.id)
        press(schedule_view(stage), "Duplicate")
        stage.until(lambda: len(panel.schedules.words()) == 2)
        assert panel.schedules.words()[1].startswith("ix csv: paused")  # it can be changed before it runs

        stage.until(lambda: stage.top_window("schedule_view") is None)
        panel.schedules.press("edit", made.id)
        view = schedule_view(stage)
        view.remove.click()
        assert len(services.schedules.list()) == 2
        view.remove.click()
        stage.until(lambda: len(panel.schedules.words()) == 1)


def press(view: ScheduleView, label: str) -> None:
    next(button for button in view.findChildren(QPushButton) if button.text() == label).click()
