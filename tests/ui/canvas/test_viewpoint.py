"""A saved viewpoint is where the person looks again, whatever size the window gets first."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qntx_desktop.model.glyph import Canvas, Viewpoint
from qntx_desktop.ui.canvas.document import Document
from qntx_desktop.ui.canvas.view import CanvasView
from qntx_desktop.ui.editor.factory import make_editor
from qntx_desktop.ui.glyphs.registry import KINDS
from qntx_desktop.ui.theme import DARK

SAVED = Viewpoint(center_x=412.0, center_y=-230.0, zoom=0.8)


def test_a_viewpoint_taken_before_the_view_has_its_size_still_counts(qtbot: QtBot) -> None:
    canvas = Canvas(id=1, name="c", folder="", viewpoint=SAVED, glyphs={}, edges={}, next_id=1)
    view = CanvasView(Document(canvas), KINDS, DARK, make_editor)
    qtbot.addWidget(view)
    view.look_at(SAVED)
    view.resize(1300, 870)
    view.show()
    qtbot.waitExposed(view)
    view.grab()
    assert view.viewpoint.center_x == pytest.approx(SAVED.center_x, abs=2)
    assert view.viewpoint.center_y == pytest.approx(SAVED.center_y, abs=2)
    corner = view.seen().topLeft()
    view.resize(900, 600)
    assert view.seen().topLeft() == corner


def test_the_canvas_is_not_turned_around_where_the_window_is(qtbot: QtBot, qapp: QApplication) -> None:
    """Qt scrolls a view from right to left the other way: whoever went right came out at the left."""
    canvas = Canvas(id=1, name="c", folder="", viewpoint=SAVED, glyphs={}, edges={}, next_id=1)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        view = CanvasView(Document(canvas), KINDS, DARK, make_editor)
        qtbot.addWidget(view)
        view.resize(900, 600)
        view.show()
        qtbot.waitExposed(view)
        view.look_at(SAVED)
        before = view.viewpoint.center_x
        view.navigator.pan_by(120, 0)
        assert view.viewpoint.center_x == pytest.approx(before + 120 / SAVED.zoom, abs=2)
        assert view.layoutDirection() is Qt.LayoutDirection.LeftToRight
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
