"""What the window of plugins shows of each state, and that nothing typed is lost."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from qntx_desktop.model.errors import ErrInvalidPlugin
from qntx_desktop.model.plugin import Announcement, ConfigField, Era, Live, Plugin, PluginLine, PluginState
from qntx_desktop.ui.panels.parts import chip_text
from qntx_desktop.ui.panels.plugins.settings_page import SettingsPage
from qntx_desktop.ui.panels.plugins.view import JOBS, SETTINGS, PluginsView
from qntx_desktop.ui.panels.plugins.words import era_line, list_line, log_text, state_chip, trouble
from qntx_desktop.ui.theme import DARK, LIGHT

NOW_US = 1_790_000_000_000_000
FIELDS = (
    ConfigField(name="unit", default="C", description="Celsius or Fahrenheit"),
    ConfigField(name="loud", type="boolean", default="false"),
    ConfigField(name="odd", problem="its type 'blob' is not known"),
)
READY = Plugin(
    name="weather",
    path="/opt/qntx-weather-plugin",
    state=PluginState.READY,
    announced=Announcement(version="1.0", handlers=("ix.weather",), fields=FIELDS),
    config={"unit": "F", "further": "x"},
)
BROKE = {"message": "It broke.", "hint": "Mend it."}
OTHER = Plugin(name="other", path="/opt/other", state=PluginState.FAILED, error=BROKE)
FOUND = Plugin(name="found", path="/home/p/found", enabled=False, state=PluginState.FOUND)


@pytest.fixture
def view(qtbot: QtBot) -> PluginsView:
    view = PluginsView(DARK)
    qtbot.addWidget(view)
    view.set_plugins((READY, OTHER, FOUND), "/home/p", NOW_US)
    return view


@pytest.fixture
def page(qtbot: QtBot) -> SettingsPage:
    page = SettingsPage()
    qtbot.addWidget(page)
    page.set_plugin(READY)
    return page


@pytest.mark.parametrize("state", list(PluginState))
def test_every_state_has_a_word_and_a_sign(state: PluginState) -> None:
    chip = chip_text(state_chip(replace(READY, state=state)))
    assert len(chip.split()) > 1
    assert not chip[0].isalnum()


def test_trouble_says_why_and_when_it_goes_on() -> None:
    waits = replace(OTHER, state=PluginState.RESTARTING, live=Live(restart_at_us=NOW_US + 9_500_000))
    assert trouble(waits, NOW_US) == "▲ It broke.\nMend it.\nIt is started again in 9 s."
    assert trouble(waits, NOW_US + 10_000_000).endswith("It is started again now.")
    assert trouble(replace(OTHER, enabled=False), NOW_US) == ""
    assert trouble(replace(OTHER, state=PluginState.READY), NOW_US) == ""


def test_lines_of_json_are_read_for_the_person() -> None:
    shape = {"level": "warn", "message": "m", "job": "7", "traceback": "a\nb"}
    texts = ("plain", json.dumps(shape), "{broken", "[1]")
    lines = [
        PluginLine(plugin="p", seq=at, at_us=NOW_US, stream="stderr", level="warning", text=text)
        for at, text in enumerate(texts)
    ]
    shown = [line[9:] for line in log_text(lines).splitlines() if ":" in line[:4]]
    assert shown == ["! plain", "! m  job=7", "! {broken", "! [1]"]
    assert "\n    a\n    b\n" in log_text(lines)


def test_the_era_is_said_with_where_it_comes_from() -> None:
    assert "as you said" in era_line(replace(READY, era=Era.LEGACY))
    assert "was seen" in era_line(replace(READY, seen_era=Era.LEGACY))
    assert "not attested" in era_line(READY)
    assert list_line(READY) == "v1.0 · 1 handler"


def test_the_window_shows_what_fits_the_plugin_that_is_looked_at(view: PluginsView) -> None:
    assert view.plugin is READY
    view.about.handlers.setCurrentItem(view.about.handlers.topLevelItem(0))
    view.set_plugins((READY, OTHER, FOUND), "/home/p", NOW_US + 5)
    assert view.about.handlers.currentItem() is not None  # what is read again moves nothing
    assert view.buttons["enable"].isHidden()
    view.choose("found")
    assert view.plugin is FOUND
    assert not view.pages.isTabVisible(JOBS)
    assert view.buttons["remove"].isHidden()
    assert "not confined" in view.facts_text()
    view.choose("other")  # what is wrong with it stands there at once, not when it is read again
    assert view.said() == "▲ It broke.\nMend it."
    view.set_theme(LIGHT)
    view.set_plugins((), "/home/p", NOW_US)
    assert "/home/p" in view.list_said()


def test_a_plugin_whose_settings_are_being_typed_is_not_left(view: PluginsView) -> None:
    view.settings.fields["unit"].setText("K")
    other = view.list.model().index(1, 0)
    view.list.setCurrentIndex(other)
    assert view.plugin is not None
    assert (view.plugin.name, view.pages.currentIndex()) == ("weather", SETTINGS)
    assert "not kept" in view.said()
    view.settings.give_up.click()
    view.list.setCurrentIndex(other)
    assert view.plugin.name == "other"


def test_what_is_typed_outlives_what_is_read_meanwhile(page: SettingsPage) -> None:
    page.fields["unit"].setText("K")
    page.set_plugin(replace(READY, config={"unit": "C"}))
    assert page.fields["unit"].text() == "K"
    assert page.wanted() == {"unit": "K", "further": "x"}
    page.set_plugin(replace(READY, config={"unit": "C"}), again=True)
    assert page.wanted() == {"unit": "C"}


def test_a_switch_is_on_off_or_as_usual_and_a_bad_field_is_said(page: SettingsPage) -> None:
    loud = page.fields["loud"]
    assert [loud.itemText(at) for at in range(loud.count())] == ["as usual: false", "on", "off"]
    loud.setCurrentIndex(1)
    assert page.wanted()["loud"] == "true"
    assert page.keep.isEnabled()
    assert "blob" in page.fields["odd"].accessibleDescription()
    page.fail(ErrInvalidPlugin("weather", "unit", "looks like [CF]"))
    assert page.said().startswith("▲ Plugin 'weather': unit")


def test_tab_goes_through_the_form_from_above(page: SettingsPage) -> None:
    order, at = [], page.fields["unit"]
    while len(order) < 5:
        order.append(at)
        at = at.nextInFocusChain()
        while not at.focusPolicy() & Qt.FocusPolicy.TabFocus:
            at = at.nextInFocusChain()
    assert order == [*page.fields.values(), page.more, page.give_up]


@pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen: no raising, no size hints
def test_the_keyboard_stays_in_the_field_when_the_form_is_made_anew(page: SettingsPage, qtbot: QtBot) -> None:
    page.show()
    page.activateWindow()
    before = page.fields["unit"]
    before.setFocus()
    qtbot.waitUntil(before.hasFocus, timeout=20_000)
    page.set_plugin(replace(READY, config={"unit": "C"}), again=True)
    assert page.fields["unit"] is not before
    assert page.fields["unit"].hasFocus()
