from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QTabWidget,
    QWidget,
)
from shiboken6 import delete

from qntx_desktop.model.attestation import Attestation
from qntx_desktop.model.connection import Arrival, Connection, Verdict
from qntx_desktop.model.errors import ErrStoreBusy
from qntx_desktop.model.job import Execution, ExecutionStatus
from qntx_desktop.ui.control.name_window import NameWindow
from qntx_desktop.ui.dialogs.attestation_table import PAGE
from qntx_desktop.ui.dialogs.attestation_view import AttestationView
from qntx_desktop.ui.dialogs.diff_view import DiffView, summary
from qntx_desktop.ui.dialogs.frame import STEP_PX
from qntx_desktop.ui.dialogs.results_view import ResultsView
from qntx_desktop.ui.dialogs.schedule_view import ScheduleView
from qntx_desktop.ui.theme import DARK, LIGHT, load_fonts

NOW = 1_795_258_978_000_000
DIFF = "--- csv v1\n+++ csv v2\n@@ -1,2 +1,3 @@\n import csv\n-x = 1\n+x = 2\n+y = '𝕏'\n"


@pytest.fixture(scope="module", autouse=True)
def _fonts(qapp):
    load_fonts()


def attestation(seq=1, **changes):
    shape = {
        "id": f"AS-{seq}",
        "subjects": ("<b>Zoë</b>", "second"),
        "predicates": ("lives_in",),
        "contexts": ("Århus",),
        "actors": ("csv",),
        "timestamp_us": NOW,
        "source": "csv",
        "attributes": {"row": 3},
        "created_at_us": NOW,
        "execution_id": 3,
        "seq": seq,
        **changes,
    }
    return Attestation(**shape)


def execution(**changes):
    shape = {"stdout": "out\n", "stderr": "", "duration_ms": 812.0, "exit_code": 0, "command": "ix csv a"}
    shape |= changes
    return Execution(id=3, job_id=7, attempt=1, status=ExecutionStatus.COMPLETED, started_at_us=NOW, **shape)


def texts(window):
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisibleTo(window))


def shown(window):
    """Show; the window deletes itself when a test closes it, so qtbot must not."""
    window.show()
    return window


def close(window, qtbot):
    gone = []
    window.destroyed.connect(lambda: gone.append(True))
    QTest.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: bool(gone))


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_a_difference_is_signed_and_coloured(qtbot, theme):
    window = shown(DiffView("csv", 1, 2, DIFF, theme))
    field = window.findChild(QPlainTextEdit)
    assert field.toPlainText() == DIFF
    assert field.isReadOnly()
    assert "2 lines added, 1 removed" in texts(window)
    ranges = [field.document().findBlockByNumber(line).layout().formats() for line in (4, 5, 6)]
    shapes = [found[0] for found in ranges]
    formats = [shape.format for shape in shapes]
    assert [each.foreground().color().name() for each in formats] == [theme.failed, theme.done, theme.done]
    close(window, qtbot)


def test_no_difference_is_said():
    assert summary("") == "The code of both versions is the same."


def test_an_attestation_is_shown_whole_and_plain(qtbot):
    window = shown(AttestationView(attestation(), DARK))
    for part in ("<b>Zoë</b>\nsecond", "lives_in", "Århus", "csv", "run 3", "2026-11-21 11:02:58 UTC", "AS-1"):
        assert part in texts(window)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in window.findChildren(QLabel))
    assert json.loads(window.findChild(QPlainTextEdit).toPlainText()) == {"row": 3}
    button = next(each for each in window.findChildren(QPushButton) if each.text() == "Copy as JSON")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert json.loads(QApplication.clipboard().text()) == attestation().to_json()
    assert "✓ copied" in texts(window)
    close(window, qtbot)


def test_an_attestation_without_attributes_says_so(qtbot):
    window = shown(AttestationView(attestation(attributes={}, execution_id=None, actors=()), DARK))
    assert "No attributes." in texts(window)
    assert "made by hand" in texts(window)
    close(window, qtbot)


class Store:
    """Answers pages when it is told to."""

    def __init__(self, total):
        self.total, self.asked, self.waiting = total, [], None

    def __call__(self, after_seq, limit, answer):
        self.asked.append(after_seq)
        last = min(after_seq + limit, self.total)
        self.waiting = lambda: answer(tuple(attestation(seq) for seq in range(after_seq + 1, last + 1)))
        self.refuse = lambda: answer(ErrStoreBusy("x"))

    def answer(self):
        self.waiting()


def results(total, store=None, **changes):
    store = store or Store(total)
    window = shown(ResultsView(execution(**changes), total, store, DARK, now_us=NOW))
    return window, store, window.findChild(QTableView)


def scroll_down(table, qtbot):
    bar = table.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > bar.value())
    bar.setValue(bar.maximum())


def test_results_come_page_by_page_while_one_scrolls(qtbot):
    window, store, table = results(2 * PAGE + 3)
    assert "Reading" in texts(window)
    store.answer()
    assert table.model().rowCount() == PAGE
    assert f"Showing {PAGE:,} of {2 * PAGE + 3:,}" in texts(window)
    scroll_down(table, qtbot)
    qtbot.waitUntil(lambda: len(store.asked) == 2)
    assert store.asked == [0, PAGE]
    store.answer()
    scroll_down(table, qtbot)
    qtbot.waitUntil(lambda: len(store.asked) == 3)
    store.answer()
    assert f"All {2 * PAGE + 3:,} attestations" in texts(window)
    assert not table.model().canFetchMore(table.rootIndex())
    close(window, qtbot)


def test_enter_and_double_click_open_an_attestation(qtbot):
    window, store, table = results(3)
    store.answer()
    table.selectRow(1)
    with qtbot.waitSignal(window.open_requested) as opened:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == ["AS-2"]
    place = table.visualRect(table.model().index(2, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(window.open_requested) as opened:
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == ["AS-3"]
    close(window, qtbot)


def test_a_failed_page_says_so_and_can_be_tried_again(qtbot):
    window, store, table = results(3)
    store.refuse()
    assert "▲ The store is busy." in texts(window)
    assert table.model().rowCount() == 0
    button = next(each for each in window.findChildren(QPushButton) if each.text() == "Try again")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    store.answer()
    assert table.model().rowCount() == 3
    assert "busy" not in texts(window)
    close(window, qtbot)


def test_an_answer_after_closing_is_dropped(qtbot):
    window, store, _ = results(3)
    close(window, qtbot)
    store.answer()


def test_no_attestations_is_said_and_nothing_is_asked(qtbot):
    window, store, _ = results(0)
    assert store.asked == []
    assert "This run made no attestations." in texts(window)
    close(window, qtbot)


def test_the_whole_output_with_what_was_dropped(qtbot):
    window, _, _ = results(0, stdout="x\n" * 5000, stderr="", stdout_dropped_bytes=1_258_291)
    window.show_output()
    page = window.findChild(QTabWidget).currentWidget()
    assert page.findChild(QPlainTextEdit).toPlainText() == "x\n" * 5000
    assert "1.2 MB more were dropped." in texts(window)
    assert "stderr: nothing was written." in texts(window)
    close(window, qtbot)


def test_a_hundred_thousand_rows_ask_for_no_more_than_is_seen(qtbot):
    window, store, table = results(100_000)
    store.answer()
    for _ in range(5):
        scroll_down(table, qtbot)
        qtbot.waitUntil(lambda: table.model().loading)
        store.answer()
    assert len(store.asked) <= 8
    close(window, qtbot)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_windows_open_over_the_main_one_and_do_not_cover_each_other(qtbot):
    main = QWidget()
    qtbot.addWidget(main)
    main.setGeometry(50, 80, 600, 500)
    main.show()
    first = AttestationView(attestation(1), DARK, main)
    second = AttestationView(attestation(2), DARK, main)
    first.resize(400, 300)
    second.resize(400, 300)
    first.show_at_front()
    second.show_at_front()
    assert (first.geometry().center() - main.geometry().center()).manhattanLength() <= 8
    assert (second.pos() - first.pos()) == QPoint(STEP_PX, STEP_PX)
    first.move(0, 0)
    first.show_at_front()
    assert first.pos() == QPoint(0, 0), "what the person moved stays"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_name_window_is_tall_enough_for_what_it_says(qtbot):
    main = QWidget()
    qtbot.addWidget(main)
    window = NameWindow(DARK, main, lambda name: None)
    window.show_at_front()
    short = window.height()
    field = window.findChild(QLineEdit)
    assert field is not None
    field.setText("Bad Name " * 9)
    qtbot.waitUntil(lambda: window.height() > short)
    said = max(window.findChildren(QLabel), key=lambda label: len(label.text()))
    assert said.height() >= said.heightForWidth(said.width())


def test_a_run_shows_whom_it_reached_for(qtbot):
    reached = tuple(
        Connection(
            seq=number,
            at_us=NOW,
            host=host,
            port=443,
            address="",
            verdict=verdict,
            arrival=Arrival.CONNECTED if verdict is Verdict.LISTED else Arrival.REFUSED,
        )
        for number, (host, verdict) in enumerate(
            [("api.example.com", Verdict.LISTED), ("evil.example.com", Verdict.NOT_LISTED)], start=1
        )
    )
    window, _, _ = results(0, connections=reached)
    tabs = window.findChild(QTabWidget)
    assert tabs.tabText(2) == "1 of 2 connections refused"
    tabs.setCurrentIndex(2)
    said = tabs.widget(2).findChild(QPlainTextEdit).toPlainText()
    assert "api.example.com:443  connected" in said
    assert "evil.example.com:443  refused: not declared" in said
    close(window, qtbot)
    window, _, _ = results(0)
    assert window.findChild(QTabWidget).count() == 2
    close(window, qtbot)


def test_a_preview_that_comes_after_the_schedule_window_is_gone_is_dropped(qapp):
    asked = []
    view = ScheduleView(
        "ix csv x", None, False, "UTC", ("UTC",), lambda _timing, then, failed: asked.append((then, failed)), DARK
    )
    view.show()
    then, failed = asked[-1]
    then(("every 5 minutes", (NOW,)))
    assert view.says.text().startswith("Every 5 minutes")
    delete(view)
    then(("every 5 minutes", (NOW,)))
    failed(ErrStoreBusy("x"))


def test_a_preview_that_comes_late_does_not_hide_why_a_schedule_was_refused(qtbot):
    asked = []
    view = ScheduleView(
        "ix nobody", None, False, "UTC", ("UTC",), lambda _timing, then, failed: asked.append((then, failed)), DARK
    )
    qtbot.addWidget(view)
    view.chosen.connect(lambda *_: view.fail(ErrStoreBusy("x")))
    view.save.click()
    assert view.says.text().startswith("The store is busy.")
    asked[-1][0](("every 5 minutes", (NOW,)))
    assert view.says.text().startswith("The store is busy.")
    view.amount.setValue(7)
    view._typed.timeout.emit()
    asked[-1][0](("every 7 minutes", (NOW,)))
    assert view.says.text().startswith("Every 7 minutes"), "what is typed afterwards is looked at again"
