"""The window of plugins, with a real one: added, set up, used, watched, removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qntx_desktop.app.new_plugin import plugin_template
from qntx_desktop.model.job import JobRequest
from qntx_desktop.model.plugin import Era, PluginState
from qntx_desktop.ui.panels.plugins.add_form import AddForm
from qntx_desktop.ui.panels.plugins.view import JOBS, LOG, SETTINGS, PluginsView
from tests.window_stage import Stage, window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    with window(qtbot, tmp_path / "home") as found:
        yield found


@pytest.fixture
def view(stage: Stage) -> PluginsView:
    stage.work.plugins.open()
    found = stage.top_window("plugins_view")
    assert isinstance(found, PluginsView)
    stage.until(lambda: "Reading" not in found.list_said())
    return found


def stands(view: PluginsView, state: PluginState) -> bool:
    return view.plugin is not None and view.plugin.state is state


def test_a_plugin_from_adding_it_to_removing_it(stage: Stage, view: PluginsView, tmp_path: Path) -> None:
    made = plugin_template().write("weather", tmp_path)
    assert "qntx plugin new weather" in view.list_said()
    assert str(stage.desktop.home.plugins) in view.list_said()
    _add(stage, view, made.launcher)
    stage.until(lambda: stands(view, PluginState.READY))
    assert "process" in view.facts_text()
    rows = [view.about.handlers.topLevelItem(row) for row in range(view.about.handlers.topLevelItemCount())]
    assert [row.text(0) for row in rows if row is not None] == ["ix.weather", "count"]
    assert view.about.handlers.topLevelItem(1).text(2).startswith("every 1 h, once")
    _settings(stage, view)
    _jobs_and_log(stage, view)
    _switches(stage, view)


def _add(stage: Stage, view: PluginsView, launcher: Path) -> None:
    view.add.click()
    form = stage.top_window("plugin_form")
    assert isinstance(form, AddForm)
    QTest.keyClicks(form.program, str(launcher.parent / "nothing"))
    QTest.keyClick(form.program, Qt.Key.Key_Return)
    stage.until(lambda: form.said().startswith("▲"))
    assert form.program.text().endswith("nothing")  # what was typed stays
    form.program.setText(str(launcher))
    assert form.name.placeholderText() == "weather"
    QTest.keyClick(form.program, Qt.Key.Key_Return)
    stage.until(lambda: view.plugin is not None)


def _settings(stage: Stage, view: PluginsView) -> None:
    view.pages.setCurrentIndex(SETTINGS)
    form = view.settings
    assert list(form.fields) == ["most", "predicate"]
    assert not form.keep.isEnabled()
    form.fields["most"].setText("0")
    form.keep.click()
    stage.until(lambda: "at least 1" in form.said())
    view.close()
    assert view.isVisible()  # what is typed is not lost by a press of a key
    assert "not kept" in view.said()
    form.fields["most"].setText("7")
    form.more.setPlainText("extra = e=f")
    form.keep.click()
    stage.until(lambda: form.said().startswith("Kept"))
    assert view.plugin is not None
    stage.until(lambda: stage.work.services.plugins.get("weather").config == {"most": "7", "extra": "e=f"})
    stage.until(lambda: stands(view, PluginState.READY))
    assert not form.unsaved


def _jobs_and_log(stage: Stage, view: PluginsView) -> None:
    view.pages.setCurrentIndex(JOBS)
    stage.until(lambda: view.jobs.said().startswith("It has done no job"))
    payload = {"args": ["river"], "command": "ix weather river", "script_type": "weather"}
    job = stage.work.services.queue.enqueue(JobRequest(type="weather/ix.weather", payload=payload))
    table = view.jobs.jobs
    stage.until(lambda: table.topLevelItemCount() == 1 and table.topLevelItem(0).text(3) == "done")
    asked: list[int] = []
    view.jobs.job_wanted.connect(asked.append)
    table.itemActivated.emit(table.topLevelItem(0), 0)
    assert asked == [job.id]
    view.pages.setCurrentIndex(LOG)
    stage.until(lambda: "words noted: 1" in view.log.text.toPlainText())
    assert '"level"' not in view.log.text.toPlainText()  # JSON lines are read for the person


def _switches(stage: Stage, view: PluginsView) -> None:
    services = stage.work.services
    view.about.era_wanted.emit(Era.LEGACY)
    stage.until(lambda: services.plugins.get("weather").era is Era.LEGACY)
    view.buttons["disable"].click()
    stage.until(lambda: stands(view, PluginState.DISABLED) and view.buttons["enable"].isVisible())
    view.buttons["enable"].click()
    stage.until(lambda: stands(view, PluginState.READY))
    view.buttons["remove"].click()
    assert services.plugins.get("weather").enabled  # it asks first, and the keys are at the answer that keeps it
    assert view._stay.hasFocus() or not view.isActiveWindow()
    view._sure.click()
    stage.until(lambda: view.plugin is None and "No plugins yet" in view.list_said())
