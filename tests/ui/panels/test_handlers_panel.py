from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QPushButton

from qntx_desktop.model.errors import ErrInvalidHandlerName, ErrStoreBusy
from qntx_desktop.model.handler import HandlerEntry, HandlerVersion
from qntx_desktop.ui.panels.handlers import EMPTY, HandlersPanel
from qntx_desktop.ui.theme import DARK, LIGHT, TARGET_PX, load_fonts

NOW = 1_795_258_978_000_000
HOUR = 3_600_000_000
Key = Qt.Key


@pytest.fixture(scope="module", autouse=True)
def _fonts(qapp):
    load_fonts()


def version(name, number, *, active=True, at=NOW, source="window", description=""):
    return HandlerVersion(
        script_type=name,
        version=number,
        asid=f"AS-{name}-{number}",
        code="x",
        code_sha256="",
        created_at_us=at,
        active=active,
        source=source,
        description=description,
        requires={"timeout_s": 60.0, "memory_bytes": 512 << 20},
    )


CSV = HandlerEntry(
    newest=version("csv", 2, description="<b>Reads</b> a file"),
    versions=2,
    last_run={"status": "completed", "started_at_us": NOW, "duration_ms": 812.0, "version": 2},
)
HTTP = HandlerEntry(
    newest=version("http-json", 1, source="cli"),
    versions=1,
    last_run={"status": "failed", "error": {"details": {"line": 12}}, "started_at_us": NOW, "version": 1},
)
OLD = HandlerEntry(newest=version("old", 3, active=False), versions=3)


@pytest.fixture
def panel(qtbot):
    widget = HandlersPanel(DARK, clock=lambda: NOW)
    qtbot.addWidget(widget)
    widget.resize(312, 760)
    widget.show()
    return widget


def seen(panel):
    """All text of visible labels."""
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def button(panel, text):
    return next(each for each in panel.findChildren(QPushButton) if each.isVisible() and each.text() == text)


def click(panel, text):
    QTest.mouseClick(button(panel, text), Qt.MouseButton.LeftButton)


def listed(panel):
    return panel.findChild(QListView)


def field(panel, name):
    return next(each for each in panel.findChildren(QLineEdit) if each.accessibleName() == name)


def test_it_says_loading_empty_and_failed_apart(panel, qtbot):
    assert "Reading" in seen(panel)
    panel.set_entries(())
    assert EMPTY in seen(panel)
    panel.set_error(ErrStoreBusy("x"))
    assert "▲ The store is busy." in seen(panel)
    assert EMPTY not in seen(panel)
    with qtbot.waitSignal(panel.refresh_requested):
        click(panel, "Try again")


def test_a_failure_does_not_leave_old_entries_or_versions_standing(panel):
    panel.set_entries((CSV,))
    panel.set_versions("csv", (version("csv", 2),))
    panel.set_error(ErrStoreBusy("x"))
    assert not listed(panel).isVisible()
    assert "csv" not in seen(panel)
    panel.set_entries((CSV,))
    assert listed(panel).isVisible()


def test_loading_again_keeps_what_is_shown(panel):
    panel.set_entries((CSV,))
    panel.set_loading()
    assert listed(panel).isVisible()


def test_rows_speak_to_screen_readers(panel):
    panel.set_entries((CSV, HTTP, OLD))
    model = listed(panel).model()
    texts = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert "csv, v2, 2 versions, saved today" in texts[0]
    assert texts[0].endswith("0.8 s")
    assert "command line" in texts[1]
    assert texts[1].endswith("line 12")
    assert "retired" in texts[2]
    assert "never run" in texts[2]


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_the_chips_of_rows_have_their_colours(panel, theme):
    panel.set_theme(theme)
    panel.set_entries((CSV, HTTP, OLD))
    view = listed(panel)
    image = view.viewport().grab().toImage()
    for row, colour in ((0, theme.done), (1, theme.failed)):
        area = view.visualRect(view.model().index(row, 0))
        found = {
            image.pixelColor(x, y).name()
            for x in range(area.center().x(), area.right())
            for y in range(area.top(), area.center().y())
        }
        assert colour in found


def test_filter_by_typing(panel):
    panel.set_entries((CSV, HTTP, OLD))
    panel.select("http-json")
    QTest.keyClicks(field(panel, "Filter handlers"), "HTTP")
    assert listed(panel).model().rowCount() == 1
    assert panel.selected() == "http-json"
    QTest.keyClicks(field(panel, "Filter handlers"), "zz")
    assert "No handler matches “HTTPzz”." in seen(panel)
    assert panel.selected() == ""


def test_arrow_keys_select_and_enter_opens(panel, qtbot):
    panel.set_entries((CSV, HTTP))
    assert panel.selected() == "csv"
    listed(panel).setFocus()
    with qtbot.waitSignal(panel.versions_requested) as asked:
        QTest.keyClick(listed(panel), Key.Key_Down)
    assert asked.args == ["http-json"]
    with qtbot.waitSignal(panel.open_requested) as opened:
        QTest.keyClick(listed(panel), Key.Key_Return)
    assert opened.args == ["http-json"]


def test_a_double_click_opens(panel, qtbot):
    panel.set_entries((CSV, HTTP))
    view = listed(panel)
    place = view.visualRect(view.model().index(1, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(panel.open_requested) as opened:
        QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == ["http-json"]


def test_versions_can_be_compared_and_restored(panel, qtbot):
    panel.set_entries((CSV,))
    panel.set_versions("csv", (version("csv", 2), version("csv", 1, at=NOW - 20 * HOUR)))
    with qtbot.waitSignal(panel.diff_requested) as diff:
        click(panel, "Diff")
    assert diff.args == ["csv", 1, 2]
    with qtbot.waitSignal(panel.restore_requested) as restored:
        click(panel, "Restore")
    assert restored.args == ["csv", 1]


def test_only_the_newest_active_version_is_live_and_a_retired_type_can_come_back(panel):
    panel.set_entries((OLD,))
    panel.set_versions("old", tuple(version("old", 3 - n, active=False) for n in range(3)))
    texts = [each.text() for each in panel.findChildren(QPushButton) if each.isVisible()]
    assert texts.count("Restore") == 3
    assert texts.count("Diff") == 2
    assert "Retire" not in texts
    assert "3 versions · retired" in seen(panel)


def test_versions_of_another_type_that_come_late_are_dropped(panel):
    panel.set_entries((CSV, HTTP))
    panel.select("http-json")
    panel.set_versions("csv", (version("csv", 77),))
    assert "v77" not in seen(panel)


def test_many_versions_come_in_portions(panel):
    panel.set_entries((CSV,))
    panel.set_versions("csv", tuple(version("csv", 100 - n, active=n == 0) for n in range(100)))
    assert "v71" in seen(panel).split("\n")
    assert "v70" not in seen(panel).split("\n")
    click(panel, "Show 30 older of 70")
    assert "v41" in seen(panel).split("\n")


def test_retiring_asks_first_in_place_and_keep_keeps(panel, qtbot):
    panel.set_entries((CSV,))
    panel.set_versions("csv", (version("csv", 2),))
    with qtbot.assertNotEmitted(panel.retire_requested):
        click(panel, "Retire")
        assert "Retire csv?" in seen(panel)
        assert button(panel, "Keep").hasFocus() or not panel.isActiveWindow()
        click(panel, "Keep")
    assert "Retire csv?" not in seen(panel)
    click(panel, "Retire")
    question = next(
        each
        for each in panel.findChildren(QPushButton)
        if each.isVisible() and each.text() == "Retire" and each.property("kind") == "danger"
    )
    with qtbot.waitSignal(panel.retire_requested) as retired:
        QTest.mouseClick(question, Qt.MouseButton.LeftButton)
    assert retired.args == ["csv"]


def test_the_question_does_not_follow_to_another_type(panel):
    panel.set_entries((CSV, HTTP))
    click(panel, "Retire")
    panel.select("http-json")
    assert "Retire csv?" not in seen(panel)


@pytest.mark.parametrize(
    ("name", "words"),
    [("rss_feed", "character 4 is '_'"), ("Csv", "capital letter"), ("-x", "hyphen"), ("a" * 65, "65 characters")],
)
def test_a_bad_name_is_refused_while_it_is_typed_and_stays(panel, qtbot, name, words):
    click(panel, "New")
    typed = field(panel, "Name of the handler")
    with qtbot.assertNotEmitted(panel.create_requested):
        QTest.keyClicks(typed, name)
        QTest.keyClick(typed, Key.Key_Return)
    assert words in seen(panel)
    assert typed.text() == name
    assert not button(panel, "Create").isEnabled()


def test_a_good_name_is_created(panel, qtbot):
    click(panel, "New")
    typed = field(panel, "Name of the handler")
    QTest.keyClicks(typed, "rss-feed")
    with qtbot.waitSignal(panel.create_requested) as made:
        QTest.keyClick(typed, Key.Key_Return)
    assert made.args == ["rss-feed"]
    assert not typed.isVisible()


def test_a_name_that_exists_is_opened_instead(panel, qtbot):
    panel.set_entries((CSV, HTTP))
    click(panel, "New")
    QTest.keyClicks(field(panel, "Name of the handler"), "http-json")
    with qtbot.assertNotEmitted(panel.create_requested), qtbot.waitSignal(panel.open_requested) as opened:
        click(panel, "Create")
    assert opened.args == ["http-json"]


def test_a_refusal_from_elsewhere_shows_in_the_field(panel):
    panel.refuse_name(ErrInvalidHandlerName("x y", 2, "character 2 is a space"))
    assert "character 2 is a space" in seen(panel)


def test_escape_leaves_the_name_field(panel):
    click(panel, "New")
    typed = field(panel, "Name of the handler")
    QTest.keyClick(typed, Key.Key_Escape)
    assert not typed.isVisible()


def test_text_from_data_is_plain_and_fits(panel):
    panel.set_entries((CSV,))
    panel.set_versions("csv", (version("csv", 2), version("csv", 1)))
    for label in panel.findChildren(QLabel):
        if label.text():
            assert label.textFormat() == Qt.TextFormat.PlainText
    assert "<b>Reads</b> a file" in seen(panel)


@pytest.mark.parametrize("width", [260, 312])
def test_nothing_is_cut_at_the_right_and_targets_are_large_enough(panel, width, qtbot):
    panel.resize(width, 900)
    panel.set_entries((CSV, OLD))
    panel.set_versions("csv", (version("csv", 2), version("csv", 1, at=NOW - 2000 * HOUR)))
    click(panel, "Retire")
    qtbot.wait(1)
    for each in panel.findChildren(QPushButton):
        if each.isVisible():
            right = each.mapTo(panel, QPoint(each.width(), 0)).x()
            assert right <= width, each.text()
            assert each.height() >= TARGET_PX, each.text()
            assert each.width() >= each.fontMetrics().horizontalAdvance(each.text())


def test_focus_given_to_the_panel_goes_to_its_filter(qtbot):
    panel = HandlersPanel(DARK)
    qtbot.addWidget(panel)
    proxy = panel.focusProxy()
    assert isinstance(proxy, QLineEdit)
    assert proxy.accessibleName() == "Filter handlers"


def test_a_version_from_elsewhere_offers_to_be_allowed(panel, qtbot):
    asked = {"network": ["api.example.com:443"], "timeout_s": 60.0, "memory_bytes": 512 << 20}
    waits = replace(version("feed", 2, source="import"), allowed=False, allowed_at_level="", requires=asked)
    panel.set_entries((HandlerEntry(newest=waits, versions=2),))
    panel.set_versions("feed", (waits, version("feed", 1)))
    assert "connect to api.example.com:443" in seen(panel)
    with qtbot.waitSignal(panel.allow_requested) as asked_for:
        click(panel, "Allow…")
    assert asked_for.args == ["feed", 2]
    allowed = replace(waits, allowed=True, allowed_at_level="full")
    panel.set_versions("feed", (allowed, version("feed", 1)))
    assert not [each for each in panel.findChildren(QPushButton) if each.isVisible() and each.text() == "Allow…"]


def test_a_version_asked_for_before_the_list_was_read_is_shown_when_it_was(panel):
    panel._filter.setText("zzz")
    panel.select_version("http-json", 1)
    assert panel.selected() == ""
    panel.set_entries((CSV, HTTP))
    assert (panel.selected(), panel._versions.marked) == ("http-json", 1)
    panel.set_entries((CSV, HTTP))  # once: reading again moves nothing
    panel.select("csv")
    panel.set_entries((CSV, HTTP))
    assert (panel.selected(), panel._versions.marked) == ("csv", 0)
