"""Motion moves only what is painted: places, links and presses are at their end at once."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.glyph import EDGE_HANDLER, Edge, Glyph
from qntx_desktop.ui.canvas.motion import SMALLEST

Stage = Any
WAIT_MS = 30_000


def linked(stage: Stage, source_id: int) -> int:
    """A glyph right of another that comes with its link, as one step."""
    glyph = Glyph(
        id=stage.document.next_id(), kind="note", x=100, y=-200, width=240, height=96, content={"text": ""}
    )
    edge = Edge(id=stage.document.next_id(), kind=EDGE_HANDLER, source_id=source_id, target_id=glyph.id)
    stage.document.edit(CanvasDiff(added={glyph.id: glyph}, edges_added={edge.id: edge}), "Create")
    return glyph.id


def test_a_linked_glyph_grows_out_of_its_source_and_can_be_pressed_at_once(stage: Stage, qtbot: QtBot) -> None:
    one = stage.put(-300, -200)
    two = linked(stage, one)
    item = stage.view.scene_of.item_of(two)
    assert item.grown == pytest.approx(SMALLEST)
    assert item.grows_from == QPointF(0, 48)
    stage.click(110, -185)
    assert stage.view.scene_of.selection == {two}
    qtbot.waitUntil(lambda: not stage.view.motion.running, timeout=WAIT_MS)
    assert item.grown == 1.0


def test_tidied_cards_glide_while_they_already_stand_there(stage: Stage, qtbot: QtBot) -> None:
    one, two = stage.put(-300, -200), stage.put(-250, 0)
    stage.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    before = stage.place_of(two)
    assert stage.view.perform("tidy")
    item = stage.view.scene_of.item_of(two)
    assert stage.view.motion.running
    assert (item.pos() + item.drift).toTuple() == before
    assert item.pos().toTuple() == stage.place_of(two) != before
    assert item.card_rect.topLeft() == item.pos()
    qtbot.waitUntil(lambda: not stage.view.motion.running, timeout=WAIT_MS)
    assert item.drift.isNull()
    stage.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert stage.place_of(two) == before
    assert one in stage.document.canvas.glyphs


def test_a_card_that_changes_again_stops_gliding(stage: Stage) -> None:
    stage.put(-300, -200)
    two = stage.put(-250, 0)
    stage.view.perform("tidy")
    stage.document.undo()
    assert not stage.view.motion.running
    assert stage.view.scene_of.item_of(two).drift.isNull()


def test_nothing_moves_for_people_who_switched_motion_off(stage: Stage) -> None:
    stage.view.motion.reduced = True
    one = stage.put(-300, -200)
    two = linked(stage, one)
    assert stage.view.scene_of.item_of(two).grown == 1.0
    stage.document.edit(CanvasDiff(), "")
    stage.put(-250, 0)
    stage.view.perform("tidy")
    assert not stage.view.motion.running
