"""While nobody looks: word of runs, Pulse in the tray, what closing would miss, and settings that count at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from qntx_desktop.app.paths import Home, resolve_home
from qntx_desktop.app.settings import open_options
from qntx_desktop.model.errors import ErrHandlerFailed
from qntx_desktop.model.job import HOUSEKEEPING, Job, JobStatus
from qntx_desktop.model.option import OPTIONS
from qntx_desktop.model.schedule import MissedPolicy, Schedule, ScheduleState, Timing
from qntx_desktop.model.source import Source
from qntx_desktop.ui.absence import missed_words, words_of
from qntx_desktop.ui.dialogs.settings_view import SettingsView
from qntx_desktop.ui.theme import LIGHT
from tests.window_stage import Stage, window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen: no raising, no size hints
NOW = 1_790_000_000_000_000


class FakeTray:
    """A tray that remembers what it was told."""

    def __init__(self, there: bool = True) -> None:
        self.there, self.shown, self.said = there, False, []

    def available(self) -> bool:
        return self.there

    def show(self, tip: str) -> None:
        self.shown = True

    def hide(self) -> None:
        self.shown = False

    def tell(self, title: str, text: str, *, bad: bool) -> None:
        self.said.append((title, text, bad))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return resolve_home(str(tmp_path / "home"))


def a_job(
    number: int, status: JobStatus = JobStatus.COMPLETED, kind: str = "python.script", **more: Any
) -> Job:
    payload = {"command": f"ix csv {number}.csv"}
    return Job(id=number, type=kind, status=status, priority=0, payload=payload, **more)


def a_schedule(number: int, due: int | None, state: ScheduleState = ScheduleState.ACTIVE) -> Schedule:
    return Schedule(
        id=number,
        command=f"ix csv {number}.csv",
        type="python.script",
        payload={},
        timing=Timing(interval_s=60),
        missed=MissedPolicy.ONCE,
        state=state,
        next_run_at_us=due,
    )


def fake(stage: Stage, tray: FakeTray) -> FakeTray:
    stage.work.absence._tray = tray
    return tray


def look_away(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage.desktop.window, "isActiveWindow", lambda: False)


def test_runs_that_end_out_of_sight_are_told_together(
    qtbot: QtBot, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with window(qtbot, home.root) as stage:
        tray, absence = fake(stage, FakeTray()), stage.work.absence
        look_away(stage, monkeypatch)
        failure = ErrHandlerFailed("ValueError", "no date", 3).to_json()
        absence.note(a_job(1, JobStatus.FAILED, error=failure))
        absence.note(a_job(2))
        absence.note(a_job(3, JobStatus.CANCELLED))
        stage.until(lambda: bool(tray.said))
        assert tray.said == [("2 runs ended", "1 failed.", True)]
        with qtbot.waitSignal(absence.job_wanted) as wanted:
            absence.pressed()
        assert wanted.args == [1]  # the failure, not the newest
        assert not stage.work.pulse.panel.isHidden()


def test_nothing_is_told_in_front_or_when_it_was_switched_off(
    qtbot: QtBot, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with window(qtbot, home.root) as stage:
        absence = stage.work.absence
        monkeypatch.setattr(stage.desktop.window, "isActiveWindow", lambda: True)
        absence.note(a_job(1))
        assert not absence._later.isActive()
        look_away(stage, monkeypatch)
        stage.work.services.options.set("window.notifications", False)
        absence.note(a_job(2))
        assert not absence._later.isActive()
        stage.work.services.options.set("window.notifications", True)
        absence.note(a_job(4, kind=HOUSEKEEPING))  # nobody asked for it
        assert not absence._later.isActive()
        absence.note(a_job(3))
        assert absence._later.isActive()


def test_closing_says_what_will_be_missed_once_and_then_closes(qtbot: QtBot, home: Home) -> None:
    with window(qtbot, home.root) as stage:
        services = stage.work.services
        services.handlers.create("csv", "print(1)", source="window")
        services.schedules.add_ix("ix csv", Timing(interval_s=600), base=None, bare=True)
        stage.until(lambda: len(stage.work.pulse.schedules) == 1)
        stage.until(lambda: stage.work.pulse.runs_here)
        stage.desktop.window.close()
        assert stage.desktop.window.isVisible()
        assert any("1 schedule does not run while" in text for text in stage.desktop.window.banner.texts())
        with qtbot.waitSignal(stage.desktop.closed, timeout=30_000):
            stage.desktop.window.close()


def test_without_schedules_closing_closes(qtbot: QtBot, home: Home) -> None:
    with window(qtbot, home.root) as stage, qtbot.waitSignal(stage.desktop.closed, timeout=30_000):
        stage.desktop.window.close()


def test_pulse_goes_on_in_the_tray_when_it_shall_and_comes_back(qtbot: QtBot, home: Home) -> None:
    with window(qtbot, home.root) as stage:
        tray = fake(stage, FakeTray())
        stage.work.services.options.set("window.keep_pulse_in_tray", True)
        stage.desktop.window.close()
        assert (stage.desktop.window.isVisible(), tray.shown) == (False, True)
        stage.work.tray.opened.emit()
        stage.until(stage.desktop.window.isVisible)
        stage.until(lambda: not tray.shown)
        tray.there = False  # a desktop without one: a hidden window could never come back
        with qtbot.waitSignal(stage.desktop.closed, timeout=30_000):
            stage.desktop.window.close()


def test_quit_in_the_tray_ends_all(qtbot: QtBot, home: Home) -> None:
    with window(qtbot, home.root) as stage:
        fake(stage, FakeTray())
        stage.work.services.options.set("window.keep_pulse_in_tray", True)
        stage.desktop.window.close()
        with qtbot.waitSignal(stage.desktop.closed, timeout=30_000):
            stage.work.tray.quit_asked.emit()


def test_the_real_tray_says_nothing_where_there_is_none(qtbot: QtBot, home: Home) -> None:
    with window(qtbot, home.root) as stage:
        assert not stage.work.tray.available()  # the offscreen platform has none
        stage.work.tray.tell("a", "b", bad=True)
        assert not stage.work.tray.shown


@pytest.mark.parametrize(
    ("schedules", "start"),
    [
        ((), ""),
        ((a_schedule(1, NOW, ScheduleState.PAUSED),), ""),
        ((a_schedule(1, None),), ""),
        (
            (a_schedule(1, NOW + 9), a_schedule(2, NOW)),
            "2 schedules do not run while this window is closed; next: ix csv 2",
        ),
    ],
)
def test_what_will_be_missed_in_words(schedules: tuple[Schedule, ...], start: str) -> None:
    told = missed_words(schedules, NOW)
    assert told.startswith(start)
    assert bool(told) == bool(start)


def test_sources_that_are_synced_by_themselves_are_missed_too() -> None:
    facts = {"id": 1, "name": "feeds", "type": "git", "created_at_us": 0, "updated_at_us": 0}
    git = Source(**facts, enabled=True, next_sync_at_us=NOW)
    others = (replace(git, enabled=False), replace(git, next_sync_at_us=None))
    assert missed_words((), NOW, others) == ""
    told = missed_words((), NOW, (git, *others))
    assert told.startswith("1 source is not synced while this window is closed; next: sync of feeds, today ")
    told = missed_words((a_schedule(1, NOW + 9),), NOW, (git, git))
    assert told.startswith("1 schedule does not run and 2 sources are not synced while")


def test_one_run_in_words() -> None:
    error = ErrHandlerFailed("ValueError", "no date", 3).to_json()
    assert words_of(a_job(1)) == ("ix csv 1.csv is done", "")
    failed = a_job(1, JobStatus.FAILED, error=error)
    assert words_of(failed) == ("ix csv 1.csv failed", "ValueError: no date (line 3)")


# Settings


def settings(stage: Stage) -> SettingsView:
    stage.work.show_settings()
    found = stage.top_window("settings_view")
    assert isinstance(found, SettingsView)
    return found


def test_every_option_has_a_field_and_counts_at_once(qtbot: QtBot, home: Home) -> None:
    with window(qtbot, home.root) as stage:
        view, options = settings(stage), stage.work.services.options
        assert set(view.fields) == {option.key for option in OPTIONS}
        offline, days = view.fields["network.offline"], view.fields["pulse.keep_failed_days"]
        assert isinstance(offline, QCheckBox)
        assert isinstance(days, QSpinBox)
        offline.click()
        stage.until(lambda: options.get("network.offline") is True)
        days.setValue(99)
        stage.until(lambda: options.get("pulse.keep_failed_days") == 99)
        view.resets["pulse.keep_failed_days"].click()
        stage.until(lambda: days.value() == 30)
        assert open_options(home).get("network.offline") is True


def test_a_text_that_does_not_fit_is_said_and_taken_back(qtbot: QtBot, home: Home) -> None:
    with window(qtbot, home.root) as stage:
        view, options = settings(stage), stage.work.services.options
        origins = view.fields["api.origins"]
        assert isinstance(origins, QLineEdit)
        origins.setText("not a page")
        QTest.keyClick(origins, Qt.Key.Key_Return)
        stage.until(lambda: "api.origins" in view.said())
        assert origins.text() == ""
        origins.setText("http://localhost:3000")
        QTest.keyClick(origins, Qt.Key.Key_Return)
        stage.until(lambda: options.get("api.origins") == "http://localhost:3000")
        assert view.said() == ""


def test_the_theme_follows_its_setting_also_from_elsewhere(qtbot: QtBot, home: Home) -> None:
    with window(qtbot, home.root) as stage:
        choice = settings(stage).fields["window.theme"]
        assert isinstance(choice, QComboBox)
        open_options(home).set("window.theme", "light")
        stage.work.services.options.refresh()
        stage.until(lambda: stage.desktop.theme_name == "light" and choice.currentText() == "light")
        view = stage.top_window("settings_view")
        assert isinstance(view, SettingsView)
        assert view.theme is LIGHT
        assert LIGHT.window in view.styleSheet()
        stage.desktop.set_theme("dark")
        stage.until(lambda: open_options(home).get("window.theme") == "dark")


def test_a_broken_file_is_said_when_the_window_opens_and_stays_as_it_is(qtbot: QtBot, home: Home) -> None:
    home.make()
    home.config.write_text("[pulse", "utf-8")
    with window(qtbot, home.root) as stage:
        assert any("config.toml" in text for text in stage.desktop.window.banner.texts())
        view = settings(stage)
        offline = view.fields["network.offline"]
        assert isinstance(offline, QCheckBox)
        assert offline.isChecked()  # to be careful
        offline.click()
        stage.until(lambda: "config.toml" in view.said())
        assert offline.isChecked()
        assert home.config.read_text("utf-8") == "[pulse"
        home.config.write_text("", "utf-8")
        stage.work.services.options.refresh()
        stage.until(lambda: not any("config.toml" in text for text in stage.desktop.window.banner.texts()))
