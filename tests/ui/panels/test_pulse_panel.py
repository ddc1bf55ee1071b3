"""The Pulse panel by itself: states that differ, rows that stay where they are, every action by keyboard."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from qntx_desktop.model.connection import Connection, Verdict
from qntx_desktop.model.errors import ErrHandlerFailed, ErrNoIngestScript, ErrStoreFault
from qntx_desktop.model.job import Execution, ExecutionStatus, Job, JobStatus, LogLine
from qntx_desktop.model.pulse import (
    Gap,
    HandlerFigures,
    Held,
    Mark,
    Planned,
    PulseFilter,
    PulsePage,
    PulseRow,
    PulseState,
    PulseTotals,
    Timeline,
)
from qntx_desktop.ui.panels.flow import Flow
from qntx_desktop.ui.panels.pulse import panel as room
from qntx_desktop.ui.panels.pulse.details import MOST_LINES, JobFacts
from qntx_desktop.ui.panels.pulse.filters import BESIDE_WORD_PX
from qntx_desktop.ui.panels.pulse.panel import SIDE_LEAST_PX, PulsePanel
from qntx_desktop.ui.panels.pulse.rows import TRIGGER
from qntx_desktop.ui.panels.pulse.timeline import lanes_of
from qntx_desktop.ui.panels.pulse.words import ended_words
from qntx_desktop.ui.theme import DARK, LIGHT

NOW = 1_790_000_000_000_000
SECOND = 1_000_000


@pytest.fixture
def panel(qtbot: QtBot) -> PulsePanel:
    panel = PulsePanel(DARK, clock=lambda: NOW)
    qtbot.addWidget(panel)
    panel.resize(1000, 400)
    panel.show()
    return panel


def a_row(number: int, status: JobStatus = JobStatus.COMPLETED, **more: Any) -> PulseRow:
    return PulseRow(
        id=number,
        type="python.script",
        status=status,
        command=f"ix csv {number}.csv",
        trigger="manual",
        duration_ms=5.0,
        **more,
    )


def a_page(*numbers: int, before_id: int | None = None) -> PulsePage:
    return PulsePage(rows=tuple(a_row(each) for each in numbers), before_id=before_id)


def shown(panel: PulsePanel) -> list[int]:
    rows = (panel.model.row(place) for place in range(panel.model.rowCount()))
    return [row.id for row in rows if row is not None]


def a_job(number: int = 1, status: JobStatus = JobStatus.COMPLETED, **more: Any) -> Job:
    return Job(
        id=number,
        type="python.script",
        status=status,
        priority=0,
        payload={"command": f"ix csv {number}.csv", **more.pop("payload", {})},
        **more,
    )


def an_execution(number: int = 1, **more: Any) -> Execution:
    wanted = {"status": ExecutionStatus.COMPLETED, "started_at_us": NOW, "attempt": 1, **more}
    return Execution(id=number * 10, job_id=number, **wanted)


def pick(panel: PulsePanel, job: Job, execution: Execution | None = None, **more: Any) -> None:
    panel.set_page(PulsePage(rows=(a_row(job.id, job.status),), before_id=None))
    assert panel.select(job.id)
    panel.set_facts(JobFacts(job=job, execution=execution, **more))


# States of the view


def test_loading_empty_nothing_fits_and_failed_are_told_apart(panel: PulsePanel) -> None:
    said = [panel.notice()]
    panel.set_page(a_page())
    said.append(panel.notice())
    panel.filters.text.setText("x")
    panel.set_page(a_page())
    said.append(panel.notice())
    panel.set_page(PulsePage(rows=(), before_id=7))
    said.append(panel.notice())
    panel.set_error(ErrStoreFault("disk on fire"))
    said.append(panel.notice())
    assert said[:4] == [room.LOADING, room.EMPTY, "No job fits the filters.", room.SEARCHING]
    assert "disk on fire" in said[4]
    panel.set_page(a_page(1))
    assert panel.notice() == ""


def test_a_failed_read_shows_no_rows_from_before(panel: PulsePanel, qtbot: QtBot) -> None:
    panel.set_page(a_page(1))
    panel.set_error(ErrStoreFault("gone"))
    assert shown(panel) == []
    with qtbot.waitSignal(panel.refresh_requested):
        panel._notice.retry_requested.emit()


# Rows


def test_new_rows_come_in_at_the_top_while_nothing_is_selected(panel: PulsePanel) -> None:
    panel.set_page(a_page(3, 2, 1))
    panel.refresh(a_page(5, 4, 3))
    assert shown(panel) == [5, 4, 3, 2, 1]
    assert panel.newer() == ""


def test_nothing_moves_under_a_selection_and_the_newer_ones_are_told(panel: PulsePanel, qtbot: QtBot) -> None:
    panel.set_page(a_page(3, 2, 1))
    panel.select(2)
    panel.refresh(a_page(5, 4, 3))
    assert (shown(panel), panel.selected, panel.newer()) == ([3, 2, 1], 2, "▲ 2 newer")
    with qtbot.waitSignal(panel.wanted):
        panel.show_newest()
    assert (panel.selected, panel.newer()) == (0, "")


def test_nothing_moves_while_scrolled_down(panel: PulsePanel) -> None:
    panel.set_page(a_page(*range(100, 0, -1)))
    panel.table.scrollToBottom()
    panel.refresh(a_page(*range(105, 5, -1)))
    assert shown(panel)[0] == 100
    assert panel.newer() == "▲ 5 newer"


def test_a_page_without_anything_in_common_takes_the_place_of_all(panel: PulsePanel) -> None:
    panel.set_page(a_page(3, 2, 1))
    panel.refresh(a_page(900, 899, before_id=899))
    assert (shown(panel), panel.model.before_id) == ([900, 899], 899)


def test_scrolling_asks_for_more_once_and_takes_no_row_twice(panel: PulsePanel) -> None:
    asked: list[int] = []
    panel.more_wanted.connect(asked.append)
    panel.set_page(a_page(9, 8, before_id=8))
    for _ in range(3):
        panel.model.fetchMore(QModelIndex())
    assert asked[:1] == [8]
    assert len(asked) == 1
    panel.append(a_page(8, 7))
    assert shown(panel) == [9, 8, 7]
    assert not panel.model.canFetchMore(QModelIndex())


def test_what_happens_to_a_job_shows_in_its_row(panel: PulsePanel) -> None:
    panel.set_page(PulsePage(rows=(a_row(1, JobStatus.RUNNING),), before_id=None))
    panel.note([a_job(1, JobStatus.RUNNING, progress_current=41, progress_total=100)])
    assert panel.model.data(panel.model.index(0, 0)) == "◐ 41 %"
    panel.note([a_job(1, JobStatus.FAILED, error=ErrHandlerFailed("ValueError", "x", 3).to_json()), a_job(9)])
    assert panel.model.data(panel.model.index(0, 0)) == "▲ line 3"
    panel.note([a_job(1, JobStatus.RUNNING)])  # late
    assert panel.model.data(panel.model.index(0, 0)) == "▲ line 3"


def test_a_row_speaks_in_words(panel: PulsePanel) -> None:
    panel.set_page(PulsePage(rows=(a_row(1, handler_type="csv", handler_version=2),), before_id=None))
    said = panel.model.data(panel.model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert said == "✓ done, ix csv 1.csv, csv v2, by hand, 5 ms"


# Filters


def test_each_filter_is_asked_for(panel: PulsePanel, qtbot: QtBot) -> None:
    asked: list[PulseFilter] = []
    panel.wanted.connect(asked.append)
    panel.filters.set_kinds(("python.script",), ("csv", "feed"))
    panel.filters.state.setCurrentIndex(panel.filters.state.findData("failed"))
    panel.filters.handler.setCurrentIndex(panel.filters.handler.findData("feed"))
    panel.filters.type.setCurrentIndex(1)
    panel.filters.trigger.setCurrentIndex(panel.filters.trigger.findData("schedule"))
    with qtbot.waitSignal(panel.wanted):
        QTest.keyClicks(panel.filters.text, "row 17")
    wanted = PulseFilter(
        state=PulseState.FAILED, handler="feed", type="python.script", trigger="schedule", text="row 17"
    )
    assert asked[-1] == panel.filter == wanted
    panel.filters.clear()
    assert panel.filter == PulseFilter()


def test_new_kinds_keep_what_is_chosen(panel: PulsePanel) -> None:
    panel.filters.set_kinds((), ("csv",))
    panel.filters.handler.setCurrentIndex(1)
    panel.filters.set_kinds((), ("a", "csv", "z"))
    assert panel.filter.handler == "csv"


def test_the_inbox_shows_what_nobody_has_seen(panel: PulsePanel, qtbot: QtBot) -> None:
    panel.set_totals(PulseTotals())
    assert panel._unseen.isHidden()
    panel.set_totals(PulseTotals(unseen=3))
    with qtbot.waitSignal(panel.wanted) as asked:
        panel._unseen.click()
    assert asked.args == [PulseFilter(unseen=True)]
    panel.set_totals(PulseTotals())
    assert not panel._unseen.isHidden()  # pressed: it must stay to be let go
    with qtbot.waitSignal(panel.seen_all):
        panel._seen.click()


def test_totals_say_what_goes_on_and_why_something_waits(panel: PulsePanel) -> None:
    held = (Held(code="budget", message="The day's budget of 1 is spent.", count=2),)
    counts = {JobStatus.RUNNING: 1, JobStatus.PENDING: 1_002}
    panel.set_totals(PulseTotals(counts=counts, held=held))
    assert panel._totals.text() == "1 running · 1,000 queued · 2 waiting"
    assert "budget of 1 is spent" in panel._totals.toolTip()
    panel.set_totals(PulseTotals())
    assert panel._totals.text() == "nothing runs"


# One job


def test_a_failed_run_offers_its_way_on(panel: PulsePanel, qtbot: QtBot) -> None:
    error = ErrHandlerFailed("ValueError", "no date", 17).to_json()
    job = a_job(1, JobStatus.FAILED, error=error, reference_type="glyph", reference_id="4")
    run = an_execution(handler_type="csv", handler_version=2, handler_asid="AS-1", attestation_count=3)
    pick(panel, job, run)
    assert set(panel.details.offers()) == {"show_line", "retry", "results", "handler", "glyph", "only_glyph", "pin"}
    assert any("no date" in text for text in panel.details.texts())
    for action in panel.details.offers():
        with qtbot.waitSignal(panel.asked) as asked:
            panel.details.button(action).click()
        assert asked.args == [action, 1]


def test_a_missing_handler_can_be_made_from_here(panel: PulsePanel) -> None:
    pick(panel, a_job(1, JobStatus.FAILED, error=ErrNoIngestScript("feed").to_json()), an_execution())
    assert panel.details.offers() == ("create_handler", "retry", "pin")


def test_a_running_job_shows_how_far_it_is_and_can_be_cancelled_once(panel: PulsePanel) -> None:
    job = a_job(1, JobStatus.RUNNING, progress_current=1, progress_total=4, progress_message="rows")
    pick(panel, job, an_execution(status=ExecutionStatus.RUNNING))
    assert panel.details.offers() == ("cancel",)
    assert panel.details._bar.value() * 4 == panel.details._bar.maximum()
    panel.note([a_job(1, JobStatus.RUNNING, cancel_requested=True)])
    assert panel.details.offers() == ()


def test_the_log_grows_and_no_line_comes_twice(panel: PulsePanel) -> None:
    def line(seq: int, message: str, level: str = "info") -> LogLine:
        return LogLine(execution_id=10, seq=seq, at_us=NOW, level=level, message=message)

    pick(panel, a_job(), an_execution(), lines=(line(1, "a"), line(2, "b", "warning")), skipped=5)
    panel.add_lines([line(2, "b"), line(3, "<b>c</b>\n")])
    panel.add_lines([LogLine(execution_id=11, seq=9, at_us=NOW, level="info", message="of another")])
    told = [text.split("  ", 1)[-1] for text in panel.details.log_text().splitlines()]
    assert told == ["… 5 lines before", "a", "warning: b", "<b>c</b>"]


def test_another_attempt_begins_with_an_empty_log(panel: PulsePanel) -> None:
    line = LogLine(execution_id=10, seq=1, at_us=NOW, level="info", message="first")
    pick(panel, a_job(1, JobStatus.RUNNING), an_execution(), lines=(line,))
    again = Execution(id=11, job_id=1, attempt=2, status=ExecutionStatus.RUNNING)
    panel.set_facts(JobFacts(job=a_job(1, JobStatus.RUNNING), execution=again))
    assert panel.details.log_text() == ""


def test_earlier_attempts_can_be_seen(panel: PulsePanel, qtbot: QtBot) -> None:
    lost = an_execution(status=ExecutionStatus.INTERRUPTED, error={"code": "x", "message": "Stopped."})
    newest = an_execution(attempt=2, stdout="all well")
    pick(panel, a_job(attempt=2), newest, attempts=(lost, newest))
    choice = panel.details.attempts
    offered = [choice.itemText(place) for place in range(choice.count())]
    assert offered == ["Attempt 2 · done", "Attempt 1 · interrupted"]
    assert choice.currentIndex() == 0
    with qtbot.waitSignal(panel.details.attempt_asked) as asked:
        choice.activated.emit(1)
    assert asked.args == [1, 1]
    panel.set_facts(JobFacts(job=a_job(attempt=2), execution=lost, attempts=(lost, newest)))
    assert choice.currentIndex() == 1
    assert "Stopped." in panel.details.texts()
    with qtbot.waitSignal(panel.details.attempt_asked) as asked:
        choice.activated.emit(0)
    assert asked.args == [1, 0]  # from then on whichever is the newest
    pick(panel, a_job(), an_execution(), attempts=(an_execution(),))
    assert choice.isHidden()


@pytest.mark.parametrize(
    ("job_type", "more", "words"),
    [
        ("python.script", {"sandbox": "process"}, "not confined"),
        ("ix.git", {"sandbox": "process"}, "the app's own code"),
        ("of.a.plugin", {"sandbox": "plugin"}, ""),
    ],
)
def test_it_says_whose_code_was_confined(
    panel: PulsePanel, job_type: str, more: Mapping[str, Any], words: str
) -> None:
    pick(panel, replace(a_job(), type=job_type), an_execution(**more))
    facts = panel.details.texts()[2]
    assert facts.endswith(words) if words else "confined" not in facts


def test_facts_of_a_job_that_is_not_selected_any_more_are_dropped(panel: PulsePanel) -> None:
    panel.set_page(a_page(2, 1))
    panel.select(2)
    panel.set_facts(JobFacts(job=a_job(1)))
    assert panel.details.job is None


def test_a_job_that_waits_says_why(panel: PulsePanel) -> None:
    waits = a_job(1, JobStatus.PENDING, waiting_code="budget", waiting_message="Spent until tomorrow.")
    pick(panel, waits)
    assert any("Spent until tomorrow." in text for text in panel.details.texts())
    assert panel.details.offers() == ("cancel",)


# The line of time


def a_line() -> Timeline:
    return Timeline(
        since_us=NOW - 3600 * SECOND,
        until_us=NOW + 900 * SECOND,
        marks=(
            Mark(lane="csv", status="completed", start_us=NOW - 1000 * SECOND, end_us=NOW, count=3, job_id=7),
            Mark(lane="", status="failed", start_us=NOW - 500 * SECOND, end_us=NOW, count=1, job_id=8),
        ),
        planned=(Planned(lane="csv", at_us=NOW + 60 * SECOND, schedule_id=5),),
        gaps=(Gap(lane="feed", at_us=NOW - 90 * SECOND, schedule_id=6, reason="the machine slept"),),
    )


def test_the_line_has_a_lane_a_handler_and_says_all_in_words(panel: PulsePanel) -> None:
    panel.set_line(a_line())
    assert panel.line.lanes() == ("csv", "feed", "")
    said = panel.line.accessibleDescription()
    assert "3 completed, 1 failed, 1 due, 1 missed" in said


def test_keys_go_along_the_line_and_pick(panel: PulsePanel, qtbot: QtBot) -> None:
    panel.set_line(a_line())
    said = []
    QTest.keyClick(panel.line, Qt.Key.Key_Home)
    for _ in range(4):
        said.append(panel.line.accessibleDescription())
        QTest.keyClick(panel.line, Qt.Key.Key_Right)
    starts = ["csv: 3 runs done, ", "scripts: 1 run failed, ", "feed: missed ", "csv: due "]
    assert [told[: len(start)] for told, start in zip(said, starts, strict=True)] == starts
    assert said[2].endswith("the machine slept")
    panel.line.grab()
    QTest.keyClick(panel.line, Qt.Key.Key_Home)
    with qtbot.waitSignal(panel.wanted):
        QTest.keyClick(panel.line, Qt.Key.Key_Return)
    assert panel.filter.handler == "csv"
    assert panel.filter.since_us == NOW - 1000 * SECOND
    with qtbot.waitSignal(panel.wanted):
        panel.filters.chip.click()
    assert panel.filter == PulseFilter()
    QTest.keyClick(panel.line, Qt.Key.Key_End)
    with qtbot.waitSignal(panel.line.schedule_picked) as picked:
        QTest.keyClick(panel.line, Qt.Key.Key_Return)
    assert picked.args == [5]


def test_more_handlers_than_lanes_share_the_last(panel: PulsePanel) -> None:
    marks = tuple(
        Mark(lane=f"h{n}", status="completed", start_us=NOW, end_us=NOW, count=20 - n, job_id=n) for n in range(12)
    )
    line = Timeline(since_us=NOW - SECOND, until_us=NOW + SECOND, marks=marks)
    assert lanes_of(line) == ("h0", "h1", "h2", "h3", "h4", "…")
    panel.set_line(line)
    panel.line.grab()


def test_the_span_can_be_chosen(panel: PulsePanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.span_chosen) as chosen:
        panel._spans.button(1).click()
    assert chosen.args == [86_400]
    assert panel.span_s == 86_400


def test_figures_are_drawn_and_said(panel: PulsePanel) -> None:
    panel.set_figures((HandlerFigures(handler_type="csv", runs=4, failed=1, durations_ms=(1.0, None, 900.0)),))
    assert panel.figures.accessibleDescription() == "csv: 4 runs · 1 failed · 0.9 s"
    panel.figures.grab()


# Keys and looks


def test_esc_lets_go_first_and_closes_then(panel: PulsePanel, qtbot: QtBot) -> None:
    panel.set_page(a_page(1))
    panel.select(1)
    QTest.keyClick(panel.table, Qt.Key.Key_Escape)
    assert panel.selected == 0
    with qtbot.waitSignal(panel.closed):
        QTest.keyClick(panel.table, Qt.Key.Key_Escape)


def test_tab_leaves_the_table(panel: PulsePanel, qtbot: QtBot) -> None:
    panel.set_page(a_page(2, 1))
    panel.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is panel)
    panel.table.setFocus()
    QTest.keyClick(panel.table, Qt.Key.Key_Tab)
    assert not panel.table.hasFocus()


def test_long_and_hostile_words_are_shown_as_they_are(panel: PulsePanel) -> None:
    command = "ix csv <b>bold</b>\n" + "x" * 10_000
    row = PulseRow(id=1, type="t", status=JobStatus.COMPLETED, command=command, handler_type="h" * 64)
    panel.set_page(PulsePage(rows=(row,), before_id=None))
    told = panel.model.data(panel.model.index(0, 1))
    assert told.startswith("ix csv <b>bold</b> x")
    assert len(told) < 500
    panel.set_theme(LIGHT)
    panel.grab()


def test_a_row_of_buttons_goes_on_below_and_hidden_ones_take_no_room(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    flow = Flow(4, host)
    buttons = [QPushButton(f"button {number}") for number in range(4)]
    for button in buttons:
        flow.addWidget(button)
    wide = sum(button.sizeHint().width() + 4 for button in buttons)
    one_line, narrow = flow.heightForWidth(wide), buttons[0].sizeHint().width() + 4
    assert flow.heightForWidth(narrow) == 4 * one_line + 3 * 4
    buttons[1].hide()
    buttons[2].hide()
    assert flow.heightForWidth(narrow) == 2 * one_line + 4
    host.resize(narrow, 200)
    flow.setGeometry(host.rect())
    assert (buttons[3].x(), buttons[3].y()) == (0, one_line + 4)
    flow.setGeometry(QRect(0, 0, 20, 200))
    assert buttons[0].width() == 20  # cut, not over the edge
    assert flow.takeAt(9) is None


def test_how_the_runs_on_the_line_ended_in_words() -> None:
    def mark(status: str, number: int) -> Mark:
        return Mark(lane="csv", status=status, start_us=0, end_us=1, count=number, job_id=1)

    marks = (mark("completed", 1_200), mark("failed", 2), mark("completed", 3), mark("running", 7))
    gap = Gap(lane="csv", at_us=1, schedule_id=1, reason="")
    line = Timeline(since_us=0, until_us=9, marks=marks, gaps=(gap,))
    assert ended_words(line) == "1,203 done · 2 failed · 1 missed"
    assert ended_words(replace(line, gaps=(), complete=False)) == "1,203+ done · 2+ failed"
    assert ended_words(Timeline(since_us=0, until_us=9)) == ""


def test_whom_a_run_reached_for_and_what_it_printed_too_much(panel: PulsePanel) -> None:
    tried = tuple(
        Connection(seq=n, at_us=NOW, host=f"h{n}.example", port=443, address="", verdict=Verdict.OFFLINE)
        for n in range(MOST_LINES + 3)
    )
    pick(panel, a_job(), an_execution(connections=tried, stdout="read", stderr="oh", stdout_dropped_bytes=2_000))
    tabs = panel.details._tabs
    assert tabs.isTabVisible(3)
    lines = panel.details._network.toPlainText().splitlines()
    assert "h0.example:443  refused: the app is offline" in lines[0]
    assert (len(lines), lines[-1]) == (MOST_LINES + 1, "… 3 more connections")
    printed = panel.details.output_field().toPlainText()
    assert printed.startswith("read\noh\n… 2")
    assert printed.endswith("more were dropped")
    pick(panel, a_job(2), an_execution(2))
    assert not tabs.isTabVisible(3)
    assert panel.details.output_field().toPlainText() == ""


def test_a_failure_can_be_seen_and_picked_among_runs_that_went_well(panel: PulsePanel, qtbot: QtBot) -> None:
    well = Mark(lane="csv", status="completed", start_us=NOW - 60 * SECOND, end_us=NOW, count=9, job_id=1)
    failed = replace(well, status="failed", count=1, job_id=2)
    panel.set_line(Timeline(since_us=NOW - 120 * SECOND, until_us=NOW + 1, marks=(failed, well)))
    areas = {spot.thing: spot.area for spot in panel.line._spots}
    assert areas[well].contains(areas[failed])
    assert areas[failed].bottom() < areas[well].bottom() - 3
    with qtbot.waitSignal(panel.line.mark_picked) as picked:
        QTest.mouseClick(panel.line, Qt.MouseButton.LeftButton, pos=areas[failed].center().toPoint())
    assert picked.args == [failed]


def test_a_narrow_panel_keeps_room_for_its_side(panel: PulsePanel, qtbot: QtBot) -> None:
    panel.set_page(a_page(1))
    panel.resize(690, 400)
    qtbot.waitUntil(lambda: panel.width() == 690)
    qtbot.waitUntil(lambda: panel._side.width() >= SIDE_LEAST_PX)
    filters = panel.filters
    choices = (filters.state, filters.handler, filters.type, filters.trigger)

    def apart() -> bool:
        places = [each.geometry() for each in (filters.text, *choices)]
        return not any(one.intersects(other) for one, other in itertools.combinations(places, 2))

    qtbot.waitUntil(apart)
    for choice in choices:
        assert choice.width() >= choice.fontMetrics().horizontalAdvance(choice.currentText()) + BESIDE_WORD_PX
    qtbot.waitUntil(lambda: panel.table.isColumnHidden(TRIGGER))
    assert not panel.table.isColumnHidden(room.COMMAND)
    assert panel._ended.isHidden()
