"""The outline: the canvas as a tree, followed and steered."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from qntx_desktop.model.diff import CanvasDiff, removal
from qntx_desktop.model.glyph import EDGE_HANDLER, EDGE_RESULT, KIND_FRAME, Canvas, Edge, Glyph, Viewpoint
from qntx_desktop.ui.glyphs.kind import Chip
from qntx_desktop.ui.glyphs.live import Live
from qntx_desktop.ui.panels.outline.branches import branches_of, path_to
from qntx_desktop.ui.panels.outline.panel import OutlinePanel

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen: no raising, no grabbing

Stage = Any
Key = Qt.Key
MOD, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def canvas_of(glyphs: list[Glyph], edges: list[tuple[str, int, int]] = []) -> Canvas:  # noqa: B006 - read only
    made = {
        100 + number: Edge(id=100 + number, kind=kind, source_id=source, target_id=target)
        for number, (kind, source, target) in enumerate(edges)
    }
    return Canvas(
        id=1, name="", folder="", viewpoint=Viewpoint(), glyphs={g.id: g for g in glyphs}, edges=made, next_id=999
    )


def glyph(number: int, x: float, y: float, size: float = 10, kind: str = "note") -> Glyph:
    return Glyph(id=number, kind=kind, x=x, y=y, width=size, height=size)


def test_links_and_frames_make_the_tree() -> None:
    canvas = canvas_of(
        [
            glyph(1, 0, 50),
            glyph(2, 100, 0),
            glyph(3, 0, 80),
            glyph(4, -50, -50, 300, KIND_FRAME),
            glyph(5, -40, -40, 60, KIND_FRAME),
            glyph(6, -30, -30),
            glyph(7, 900, 0),
        ],
        [(EDGE_HANDLER, 1, 2), (EDGE_RESULT, 1, 3), (EDGE_HANDLER, 7, 2)],
    )
    tree = branches_of(canvas)
    assert tree == {None: [4, 7], 4: [5, 1], 5: [6], 1: [2, 3]}
    assert path_to(tree, 2) == (4, 1)


def test_circles_and_equal_frames_lose_no_glyph() -> None:
    frames = [glyph(1, 0, 0, 50, KIND_FRAME), glyph(2, 0, 0, 50, KIND_FRAME)]
    ring = [glyph(number, 500, number * 20) for number in (3, 4, 5)]
    links = [(EDGE_HANDLER, 3, 4), (EDGE_HANDLER, 4, 5), (EDGE_HANDLER, 5, 3), (EDGE_HANDLER, 4, 4)]
    tree = branches_of(canvas_of(frames + ring, links))
    assert tree == {None: [1, 3], 1: [2], 3: [4], 4: [5]}


@pytest.fixture
def outline(stage: Stage, qtbot: QtBot) -> OutlinePanel:
    panel = OutlinePanel(stage.view)
    qtbot.addWidget(panel)
    panel.resize(300, 400)
    panel.show()
    return panel


def texts(outline: OutlinePanel) -> list[str]:
    outline.rebuild()
    return [row.text(0) for key in outline.glyph_ids() if (row := outline.row(key)) is not None]


def go_into(outline: OutlinePanel, qtbot: QtBot) -> None:
    outline.activateWindow()
    outline.tree.setFocus()
    qtbot.waitUntil(outline.tree.hasFocus)


def test_rows_follow_the_canvas(stage: Stage, outline: OutlinePanel, qtbot: QtBot, kind: Any) -> None:
    assert outline._empty.isVisible()
    one, two = stage.put(0, 0, "one"), stage.put(0, 300, "two")
    qtbot.waitUntil(lambda: len(list(outline.glyph_ids())) == 2)
    assert texts(outline) == ["⨳  one", "⨳  two"]
    assert not outline._empty.isVisible()
    edge = Edge(id=stage.document.next_id(), kind=EDGE_HANDLER, source_id=two, target_id=one)
    stage.document.edit(CanvasDiff(edges_added={edge.id: edge}), "Link")
    assert texts(outline) == ["⨳  two", "⨳  one"]
    outline.row(two).setExpanded(False)
    kind.shown_chips = (Chip("41 %", "run", "◐"),)
    stage.view.set_live(one, Live(now_us=1))
    row = outline.row(one)
    qtbot.waitUntil(lambda: row.text(1) == "◐ 41 %", timeout=30_000)
    assert row.data(0, Qt.ItemDataRole.AccessibleTextRole) == "Note: one, running, 41 %"
    assert texts(outline) == ["⨳  two", "⨳  one"]
    assert not outline.row(two).isExpanded()  # folded by the person
    stage.view.select([one])
    assert outline.row(one).isSelected()
    assert outline.row(two).isExpanded()  # what is gone to is shown
    stage.document.edit(removal(stage.document.canvas, {one}), "Delete")
    assert texts(outline) == ["⨳  two"]


def test_rows_steer_the_canvas_by_keys(stage: Stage, outline: OutlinePanel, qtbot: QtBot) -> None:
    one, two = stage.put(0, 0, "one"), stage.put(5000, 300, "two")
    texts(outline)
    go_into(outline, qtbot)
    stage.view.select([one])
    QTest.keyClick(outline.tree, Key.Key_Down)
    assert stage.view.current_glyph() == two
    assert stage.view.seen().contains(stage.view.scene_of.item_of(two).card_rect)
    QTest.keyClick(outline.tree, Key.Key_Return, MOD)
    assert stage.actions == [(two, "run")]
    QTest.keyClick(outline.tree, Key.Key_D)
    assert stage.document.glyph(two).content["disabled"] is True
    QTest.keyClick(outline.tree, Key.Key_Up, SHIFT)
    assert stage.view.scene_of.selection == {one, two}
    QTest.keyClick(outline.tree, Key.Key_Delete)
    assert not stage.document.canvas.glyphs
    QTest.keyClick(outline.tree, Key.Key_Z, MOD)
    assert texts(outline) == ["⨳  one", "⨳  two"]
    QTest.keyClick(outline.tree, Key.Key_End)
    QTest.keyClick(outline.tree, Key.Key_Delete)
    assert texts(outline) == ["⨳  one"]
    QTest.keyClick(outline.tree, Key.Key_Delete)  # the row that the keyboard came to
    assert not stage.document.canvas.glyphs
    left: list[bool] = []
    outline.left.connect(lambda: left.append(True))
    QTest.keyClick(outline.tree, Key.Key_Escape)
    assert left == [True]


def test_the_keyboard_comes_back_after_an_edit(stage: Stage, outline: OutlinePanel, qtbot: QtBot) -> None:
    one = stage.put(0, 0, "one")
    texts(outline)
    stage.view.setParent(outline)  # one window, as in the app
    stage.view.show()
    go_into(outline, qtbot)
    stage.view.select([one])
    QTest.keyClick(outline.tree, Key.Key_Return)
    editor = stage.view.editor.widget
    qtbot.waitUntil(editor.hasFocus)
    QTest.keyClick(editor, Key.Key_Escape)
    qtbot.waitUntil(outline.tree.hasFocus)
    QTest.keyClick(outline.tree, Key.Key_F2)
    line = stage.view.commands.shaping.renaming.line
    qtbot.waitUntil(line.hasFocus)
    QTest.keyClicks(line, "renamed")
    QTest.keyClick(line, Key.Key_Return)
    qtbot.waitUntil(outline.tree.hasFocus)
    assert texts(outline) == ["⨳  renamed"]
    QTest.keyClick(outline.tree, Key.Key_F10, SHIFT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.activeAction() is not None
    menu.close()
    stage.view.setParent(None)
    stage.view.hide()
