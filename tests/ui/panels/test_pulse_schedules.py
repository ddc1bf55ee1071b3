"""Schedules at the side of the Pulse panel, and what is due and was missed on its line of time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from qntx_desktop.model.schedule import (
    MissedPolicy,
    MissedSlot,
    Schedule,
    ScheduleState,
    SlotFate,
    Timing,
)
from qntx_desktop.ui.panels.pulse.schedules import EMPTY, MOST_SHOWN, ScheduleLine, SchedulesView
from qntx_desktop.ui.panels.pulse.words import missed_words, schedules_words
from qntx_desktop.ui.wording import when

NOW = 1_790_000_000_000_000
MINUTE = 60_000_000


def a_line(number: int, due: int | None = NOW + MINUTE, state: str = "active") -> ScheduleLine:
    schedule = Schedule(
        id=number,
        command=f"ix csv {number}.csv",
        type="python.script",
        payload={},
        timing=Timing(interval_s=300),
        missed=MissedPolicy.ONCE,
        state=ScheduleState(state),
        next_run_at_us=due,
    )
    return ScheduleLine(schedule=schedule, phrase="every 5 minutes")


@pytest.fixture
def view(qtbot: QtBot) -> SchedulesView:
    view = SchedulesView()
    qtbot.addWidget(view)
    return view


def test_without_schedules_it_says_so_and_offers_a_new_one(view: SchedulesView, qtbot: QtBot) -> None:
    view.show_lines((a_line(1),), NOW)
    assert view._more.isHidden()
    view.show_lines((), NOW)
    assert view._more.text() == EMPTY
    assert not view._more.isHidden()
    with qtbot.waitSignal(view.asked) as asked:
        view.new.click()
    assert asked.args == ["new", 0]


def test_those_due_first_stand_on_top_and_paused_ones_below(view: SchedulesView) -> None:
    lines = (a_line(1, state="paused"), a_line(2, NOW + 9 * MINUTE), a_line(3, NOW + MINUTE), a_line(4, None))
    view.show_lines(lines, NOW)
    words = view.words()
    assert [each.split(":")[0] for each in words] == [f"ix csv {n}.csv" for n in (3, 2, 4, 1)]
    assert words[0].startswith("ix csv 3.csv: next ")
    assert words[0].endswith(" · every 5 minutes")
    assert words[2].startswith("ix csv 4.csv: no more runs")
    assert words[3].startswith("ix csv 1.csv: paused")


def test_buttons_stand_below_where_there_is_little_room(view: SchedulesView, qtbot: QtBot) -> None:
    view.show_lines((a_line(1),), NOW)
    view.show()
    (row,) = view._rows.values()

    def below() -> bool:
        return row.run.mapTo(row, QPoint()).y() > row.due.geometry().bottom()

    for width, wanted in ((600, False), (230, True)):
        view.resize(width, 300)
        qtbot.waitUntil(lambda told=wanted: below() == told)
        qtbot.waitUntil(lambda: row.due.width() >= 200)


def test_each_button_asks_for_its_deed(view: SchedulesView, qtbot: QtBot) -> None:
    view.show_lines((a_line(1), a_line(2, state="paused")), NOW)
    deeds = (("run", 1, "run"), ("edit", 2, "edit"), ("pause", 1, "pause"), ("pause", 2, "resume"))
    for button, number, action in deeds:
        with qtbot.waitSignal(view.asked) as asked:
            view.press(button, number)
        assert asked.args == [action, number]


def test_a_row_that_stays_is_the_same_widget(view: SchedulesView) -> None:
    view.show_lines((a_line(1), a_line(2)), NOW)
    kept = view._rows[2]
    view.show_lines((a_line(2, state="paused"),), NOW)
    assert view._rows == {2: kept}
    assert kept.paused


def test_what_the_status_bar_says_of_schedules() -> None:
    lines = (a_line(1, NOW + MINUTE), a_line(2, NOW), a_line(3, state="paused"), a_line(4, None))
    said = schedules_words([line.schedule for line in lines], NOW)
    assert said == (f"next {when(NOW, NOW)}", "1 schedule paused")
    assert schedules_words((), NOW) == ()


def test_more_than_fit_are_counted(view: SchedulesView) -> None:
    view.show_lines(tuple(a_line(n) for n in range(MOST_SHOWN + 7)), NOW)
    assert len(view.words()) == MOST_SHOWN
    assert "7 more" in view._more.text()


@pytest.mark.parametrize("fate", list(SlotFate))
def test_each_fate_has_words(fate: SlotFate) -> None:
    def slot(count: int) -> MissedSlot:
        return MissedSlot(schedule_id=1, slot_us=0, last_us=9, count=count, fate=fate, noticed_at_us=9)

    tell: Callable[[MissedSlot], str] = missed_words
    assert tell(slot(1))
    assert tell(slot(1_200)).endswith("(1,200 in a row)")
