"""Parts of the window alone: tasks, bus, lanes, banner, memory, the place of the only window."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from qntx_desktop.app.one_window import OneWindow
from qntx_desktop.app.paths import resolve_home
from qntx_desktop.app.qt_bus import QtBus
from qntx_desktop.app.qt_pool import QtLanes
from qntx_desktop.app.window_memory import WindowMemory, read_memory, write_memory
from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.errors import ErrJobNotFound, ErrStoreBusy, QntxError
from qntx_desktop.model.events import RunnerRole
from qntx_desktop.model.glyph import Glyph
from qntx_desktop.model.job import RecoveryReport
from qntx_desktop.ui import theme
from qntx_desktop.ui.again import AS_FOUND, SCALE_VARIABLE, scale_text, start_again
from qntx_desktop.ui.canvas.document import Document
from qntx_desktop.ui.canvas.geometry import Box, overlaps
from qntx_desktop.ui.control.board import place_below
from qntx_desktop.ui.control.controller import recovered_words
from qntx_desktop.ui.dialogs.frame import read_only_text, show_text
from qntx_desktop.ui.dialogs.history_view import HistoryView
from qntx_desktop.ui.errors import MOST_LINES, Banner
from qntx_desktop.ui.labels import GivingLabel
from qntx_desktop.ui.parts_order import ReturnPresses
from qntx_desktop.ui.tasks import Tasks
from qntx_desktop.ui.topbar import TopBar
from qntx_desktop.ui.window import FRAME_PX, Window


def test_an_answer_comes_on_the_main_thread(qtbot: QtBot) -> None:
    tasks, heard = Tasks(), []
    tasks.run(None, threading.get_ident, then=lambda worker: heard.append((worker, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(heard))
    worker, here = heard[0]
    assert here == threading.get_ident() != worker
    assert tasks.close()


def test_an_answer_for_somebody_who_is_gone_is_dropped(qtbot: QtBot) -> None:
    tasks, owner, heard = Tasks(), QObject(), []
    gate = threading.Event()
    tasks.run(owner, gate.wait, 10, then=lambda _: heard.append("for the owner"))
    tasks.run(None, gate.wait, 10, then=lambda _: heard.append("for nobody"))
    import shiboken6

    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: bool(heard))
    assert tasks.close()
    assert heard == ["for nobody"]


def test_an_error_nobody_asked_for_is_said(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    tasks = Tasks()

    def refuse() -> None:
        raise ErrJobNotFound(7)

    def stumble() -> None:
        raise ZeroDivisionError("a defect")

    with qtbot.waitSignal(tasks.unhandled) as told:
        tasks.run(None, refuse)
    assert told.args[0].code == "job_not_found"
    with caplog.at_level(logging.ERROR), qtbot.waitSignal(tasks.unhandled) as told:
        tasks.run(None, stumble)
    assert (told.args[0].code, told.args[0].details["kind"]) == ("unexpected", "ZeroDivisionError")
    assert "a defect" in caplog.text
    assert tasks.close()


def test_events_arrive_on_the_main_thread_in_order(qtbot: QtBot) -> None:
    bus, heard = QtBus(), []
    bus.happened.connect(lambda event: heard.append((event.active, threading.get_ident())))
    worker = threading.Thread(target=lambda: [bus.publish(RunnerRole(active=bool(n % 2))) for n in range(50)])
    worker.start()
    worker.join()
    assert heard == []
    qtbot.waitUntil(lambda: len(heard) == 50)
    assert heard == [(bool(n % 2), threading.get_ident()) for n in range(50)]
    bus.publish(RunnerRole(active=True))
    bus.close()
    bus.publish(RunnerRole(active=True))
    qtbot.wait(1)
    assert len(heard) == 50


def test_a_lane_has_a_width_and_survives_what_fails(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    lanes = QtLanes({"light": 2})
    gate = threading.Event()
    lanes.submit("light", lambda: [gate.wait(10), 1 // 0][0])
    lanes.resize("light", 3)
    assert (lanes.width("light"), lanes.width("no such lane")) == (3, 0)
    with caplog.at_level(logging.ERROR):
        gate.set()
        lanes.close()
    lanes.close()
    assert "ZeroDivisionError" in caplog.text
    with pytest.raises(RuntimeError):
        lanes.submit("light", gate.set)


def test_the_same_trouble_stands_once(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.fail(ErrStoreBusy("a"))
    banner.fail(ErrStoreBusy("a"))
    assert len(banner.texts()) == 1
    for number in range(MOST_LINES + 2):
        banner.fail(QntxError("x", f"<b>trouble {number}</b>"))
    assert len(banner.texts()) == MOST_LINES
    assert banner.texts()[-1] == f"<b>trouble {MOST_LINES + 1}</b>"


def test_only_one_holds_the_place_and_the_other_raises_it(qtbot: QtBot, tmp_path: Path) -> None:
    home = resolve_home(str(tmp_path / "home"))
    first, second = OneWindow(home), OneWindow(home)
    assert first.take()
    assert not second.take()
    raised: list[bool] = []
    first.listen(lambda: raised.append(True))
    code = (
        "import sys\nfrom qntx_desktop.app.one_window import OneWindow\n"
        "from qntx_desktop.app.paths import resolve_home\nfrom PySide6.QtCore import QCoreApplication\n"
        "app = QCoreApplication([])\nplace = OneWindow(resolve_home(sys.argv[1]))\n"
        "sys.exit(0 if not place.take() and place.call_first() else 1)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "home")]) as caller:
        qtbot.waitUntil(lambda: caller.poll() is not None, timeout=20_000)
    assert caller.returncode == 0
    assert raised  # more than once when the caller, unanswered for a second, asked again
    first.leave()
    assert second.take()
    second.leave()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no json",
        "[]",
        "null",
        json.dumps({"width": "wide", "theme": "pink", "x": True, "text_percent": 20, "drawn": "system"}),
        "[" * 10_000,
    ],
)
def test_a_memory_that_makes_no_sense_is_none(tmp_path: Path, text: str) -> None:
    home = resolve_home(str(tmp_path))
    (tmp_path / "window.json").write_text(text)
    assert read_memory(home) == WindowMemory()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('[window]\ntheme = "contrast"\ntext_percent = 200\nlanguage = "de"\nwidth = 1', ("contrast", 200, "de")),
        ('[window]\ntheme = "pink"\ntext_percent = 20\nlanguage = "en"', ("light", 150, "en")),
        ("window = 3", ("light", 150, "system")),
        ("[window", ("light", 150, "system")),
    ],
)
def test_the_settings_go_before_the_memory(tmp_path: Path, text: str, found: tuple[str, int, str]) -> None:
    home = resolve_home(str(tmp_path))
    write_memory(home, WindowMemory(width=900, theme="light", text_percent=150))
    home.config.write_text(text, "utf-8")
    memory = read_memory(home)
    assert (memory.theme, memory.text_percent, memory.language) == found
    assert memory.width == 900


@pytest.mark.parametrize(
    ("percent", "before", "after"),
    [(100, None, None), (150, None, "1.5"), (80, "2", "1.6"), (200, "nonsense", "2"), (100, "1.25", "1.25")],
)
def test_the_size_of_text_multiplies_the_scale_of_the_surroundings(
    monkeypatch: pytest.MonkeyPatch, percent: int, before: str | None, after: str | None
) -> None:
    monkeypatch.setenv(AS_FOUND, "")
    monkeypatch.delenv(AS_FOUND)
    monkeypatch.setenv(SCALE_VARIABLE, before or "")
    if before is None:
        monkeypatch.delenv(SCALE_VARIABLE)
    scale_text(percent)
    assert os.environ.get(SCALE_VARIABLE) == after
    begun = []
    monkeypatch.setattr(os, "execv", lambda program, words: begun.append((program, words[0], words[1:])))
    start_again()
    assert begun == [(sys.executable, sys.executable, sys.orig_argv[1:])]
    assert os.environ.get(SCALE_VARIABLE) == before, "the next start multiplies again"


def test_who_hears_of_an_offer_can_take_it_at_once(qtbot: QtBot) -> None:
    banner, taken = Banner(), []
    qtbot.addWidget(banner)
    banner.said.connect(lambda _text, _bad: banner.press("key"))
    banner.offer("Something changed.", "", "Take it", lambda: taken.append(True), "key")
    assert taken == [True]
    assert not banner.texts()


def test_a_window_fits_its_screen_with_the_frame_around_it(qtbot: QtBot) -> None:
    room = QGuiApplication.primaryScreen().availableGeometry()
    large = Window(theme.THEMES["dark"], WindowMemory(x=5, y=5, width=9_000, height=9_000), "home")
    small = Window(theme.THEMES["dark"], WindowMemory(x=9_000, y=0, width=660, height=440), "home")
    for window in (large, small):
        qtbot.addWidget(window)
    assert (large.width(), large.height()) == (room.width() - FRAME_PX[0], room.height() - FRAME_PX[1])
    assert (small.width(), small.height()) == (660, 440)
    assert room.contains(small.geometry())  # the screen that it stood on is gone


def test_the_field_of_the_bar_takes_the_room_that_is_left_and_none_when_it_is_little(qtbot: QtBot) -> None:
    bar = TopBar()
    qtbot.addWidget(bar)
    bar.show_trail([(1, "Notes")])
    bar.resize(1_200, bar.height())
    bar.show()
    assert bar.search.isHidden()  # while the store is opened there is nothing to search
    bar.search.show_key("Ctrl+K")
    qtbot.waitUntil(bar.search.isVisible)
    assert abs(bar.search.geometry().center().x() - 600) <= 1
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        bar.setLayoutDirection(direction)
        bar.resize(640, bar.height())
        others = [each for each in bar.findChildren(QAbstractButton) if each.isVisible() and each is not bar.search]
        qtbot.waitUntil(lambda: not any(bar.search.geometry().intersects(each.geometry()) for each in others))  # noqa: B023
        assert bar.search.isVisible()
    bar.resize(460, bar.height())
    qtbot.waitUntil(bar.search.isHidden)
    with qtbot.waitSignal(bar.search_pressed):
        bar.search.click()


def test_steps_of_the_history_are_large_enough_to_be_pressed(qtbot: QtBot) -> None:
    document = Document()
    glyph = Glyph(id=1, kind="note", x=0, y=0, width=90, height=90, content={})
    document.edit(CanvasDiff(added={1: glyph}), "Add")
    view = HistoryView(document, theme.DARK)
    qtbot.addWidget(view)
    view.show()
    assert view.steps.visualRect(view.steps.model().index(1, 0)).height() >= theme.TARGET_PX


def test_a_label_that_is_too_narrow_says_all_in_its_tip(qtbot: QtBot) -> None:
    label = GivingLabel("jobs run in <another> process")
    qtbot.addWidget(label)
    label.setToolTip("Why.")
    label.resize(label.sizeHint())
    label.grab()
    assert label.toolTip() == "Why."
    label.resize(60, label.height())
    narrow = label.grab().toImage()
    assert label.toolTip() == "<span>jobs run in &lt;another&gt; process</span><br>Why."
    assert label.minimumSizeHint().width() < 60
    label.setText("jo…")
    assert narrow != label.grab().toImage()
    assert label.toolTip() == "Why."


def test_a_memory_is_read_as_it_was_written(tmp_path: Path) -> None:
    home = resolve_home(str(tmp_path))
    memory = WindowMemory(x=-5, y=3, width=900, height=700, maximised=True, theme="contrast", drawn="light")
    write_memory(home, memory)
    assert read_memory(home) == memory
    assert [each.name for each in tmp_path.iterdir()] == ["window.json"]


def test_a_result_goes_straight_down_past_what_stands_there() -> None:
    taken = [Box(0, 0, 360, 88), Box(300, 100, 560, 240), Box(0, 380, 100, 50)]
    x, y = place_below(Box(0, 128, 520, 216), taken)
    assert x == 0
    assert not any(overlaps(Box(x, y, 520, 216), each) for each in taken)
    assert y == 448


def test_a_start_says_in_one_line_what_was_interrupted() -> None:
    assert recovered_words(RecoveryReport(restarted=(1,))) == "1 job was interrupted and runs again."
    assert recovered_words(RecoveryReport(restarted=(1, 2), failed=(3,))) == (
        "2 jobs were interrupted and run again. 1 job was interrupted twice and is not started again."
    )


def test_return_presses_a_button_once_however_long_it_is_held(qtbot: QtBot) -> None:
    top = QWidget()
    qtbot.addWidget(top)
    button, clicks = QPushButton("Delete", top), []
    button.clicked.connect(lambda: clicks.append(1))
    presses = ReturnPresses(top)

    def press(*, repeated: bool, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> bool:
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, modifier, "\r", repeated)
        return presses.eventFilter(button, event)

    assert press(repeated=False)
    assert press(repeated=True)
    assert press(repeated=True)
    assert not press(repeated=False, modifier=Qt.KeyboardModifier.ControlModifier)
    assert clicks == [1]


def test_code_to_be_allowed_shows_what_would_turn_its_direction(qtbot: QtBot) -> None:
    field = read_only_text("code")
    qtbot.addWidget(field)
    assert show_text(field, "if admin:  # \u202e elif\u2066\tא\n") == ""
    assert field.toPlainText() == "if admin:  # \\u202e elif\\u2066\tא\n"
