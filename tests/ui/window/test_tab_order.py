"""Everything in the window and in its windows can be come to by Tab, says its name, and lets go again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.window_stage import Stage, window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen: no raising, no size hints

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
MOST_STEPS = 300


def name_of(widget: QWidget) -> str:
    """What a screen reader says of it."""
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name) if found is not None else ""


def go_round(top: QWidget, *, back: bool = False) -> list[QWidget]:
    """Every widget that Tab (or Shift+Tab) comes to until the first one comes again."""
    seen: list[QWidget] = []
    for _ in range(MOST_STEPS):
        focus = QApplication.focusWidget()
        assert focus is not None, f"the focus is nowhere after {seen[-1:]}"
        assert focus.window() is top.window()
        if focus in seen:
            assert focus is seen[0], f"{focus} does not let go"
            return seen
        assert name_of(focus), f"{focus} has no name"
        seen.append(focus)
        if back:
            QTest.keyClick(focus, Key.Key_Backtab, SHIFT)
        else:
            QTest.keyClick(focus, Key.Key_Tab)
    raise AssertionError("Tab comes to no end")


def stops(top: QWidget) -> set[QWidget]:
    """What can be steered by keyboard in a window, fields that are parts of others aside."""
    return {
        each
        for each in top.findChildren(QWidget)
        if each.isVisible()
        and each.isEnabled()
        and each.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        and each.focusProxy() is None
        and not isinstance(each.parent(), QAbstractSpinBox)
        and each.window() is top
    }


def opened(stage: Stage, show: Callable[[], object], name: str) -> QWidget:
    """The window that a call opens, with the keyboard in it."""
    show()
    stage.until(lambda: stage.top_window(name) is not None)
    found = stage.top_window(name)
    assert found is not None
    found.activateWindow()
    stage.until(lambda: (focus := QApplication.focusWidget()) is not None and focus.window() is found)
    return found


def test_tab_goes_round_every_part_and_names_it(qtbot: QtBot, tmp_path: Path) -> None:
    with window(qtbot, tmp_path / "home") as stage:
        work, shown = stage.work, stage.desktop.window
        work.outline.toggle()
        shown.show_pulse(True)
        stage.view.setFocus()
        stage.until(stage.view.hasFocus)

        # One key from part to part, and back.
        visited = []
        for _ in range(6):
            QTest.keyClick(QApplication.focusWidget(), Key.Key_F6)
            focus = QApplication.focusWidget()
            assert focus is not None
            visited.append(focus)
        assert stage.view in visited
        for part in (work.pulse.panel, work.panel, shown.topbar, work.rail, work.outline.panel):
            assert part is not None
            assert any(part.isAncestorOf(each) for each in visited), part
        stage.until(stage.view.hasFocus)
        QTest.keyClick(stage.view, Key.Key_F6, SHIFT)
        assert work.outline.panel is not None
        assert work.outline.panel.tree.hasFocus()
        QTest.keyClick(work.outline.panel.tree, Key.Key_Tab)
        assert stage.view.hasFocus()

        # Shift+Tab, since Tab adds a glyph on the canvas.
        seen = go_round(shown, back=True)
        assert {stage.view, work.outline.panel.tree, *work.rail.buttons.values()} <= set(seen)
        assert any(work.panel.isAncestorOf(each) for each in seen)
        assert any(work.pulse.panel.isAncestorOf(each) for each in seen)

        for show, name in (
            (work.show_settings, "settings_view"),
            (work.secrets.open, "secrets_view"),
            (lambda: work.doors.show(work.controller.windows), "doors_view"),
            (work.sources.open, "sources_view"),
            (work.show_keys, "keys_view"),
        ):
            view = opened(stage, show, name)
            missed = stops(view) - set(go_round(view))
            assert not [each for each in missed if not _is_chosen_by_arrows(each)], name
            view.close()


def _is_chosen_by_arrows(widget: QWidget) -> bool:
    """Of buttons that exclude each other, and of the pages of tabs, Tab comes to one and arrows to the others."""
    group = getattr(widget, "group", None)
    return bool(getattr(widget, "autoExclusive", lambda: False)()) or (group is not None and group() is not None)
