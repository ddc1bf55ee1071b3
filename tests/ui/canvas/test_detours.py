"""Links go around cards where that is easy, and keep to it until a card near them is another one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF

from qntx_desktop.model.diff import CanvasDiff, update
from qntx_desktop.model.glyph import EDGE_FROM, EDGE_HANDLER, Edge, Glyph
from qntx_desktop.ui.canvas.detours import around, flat, from_card_to_card, from_port_to_port, is_free
from qntx_desktop.ui.canvas.edges import EdgeItem
from qntx_desktop.ui.canvas.geometry import Box
from tests.ui.canvas.conftest import Stage

SOURCE = Box(0, 0, 200, 100)


@pytest.mark.parametrize(
    ("target", "cards", "bends"),
    [
        (Box(0, 400, 200, 100), [Box(60, 180, 80, 100)], 0),  # beside what stands between
        (Box(0, 400, 200, 100), [Box(-20, 180, 240, 100)], 2),  # out of a side and into it
        (Box(400, 400, 200, 100), [Box(60, 180, 80, 100)], 2),
        (Box(600, 0, 200, 100), [Box(300, -40, 200, 180)], 2),  # over or below it
        (Box(-600, 0, 200, 100), [Box(-300, -40, 200, 180)], 2),
        (Box(400, 300, 200, 100), [Box(20, 150, 160, 60), Box(260, 20, 100, 500)], 2),
    ],
)
def test_ways_between_cards_are_free_and_have_two_bends_at_most(target: Box, cards: list[Box], bends: int) -> None:
    ways = list(from_card_to_card(SOURCE, target, cards))
    assert all(len(way) <= 4 for way in ways)
    assert all(one[0] == other[0] or one[1] == other[1] for way in ways for one, other in pairwise(way))
    path = around(ways, (SOURCE, target), cards)
    assert path is not None
    assert is_free(flat(path), (*cards, SOURCE, target), -1)
    corners = sum(1 for each in range(path.elementCount()) if path.elementAt(each).isCurveTo())
    assert corners == bends


@pytest.mark.parametrize("end", [(600, 50), (600, 400), (-40, 300), (-40, -300)])
def test_ways_between_ports_pass_what_stands_between(end: tuple[float, float]) -> None:
    ends = SOURCE, Box(end[0], end[1] - 40, 200, 100)
    cards = [Box(300, -60, 200, 220)]
    path = around(from_port_to_port((200, 50), end, ends, cards), ends, cards)
    assert path is not None
    assert is_free(flat(path), (*cards, *ends), -1)
    assert path.currentPosition().toTuple() == end


def test_a_card_that_is_walled_in_has_no_easy_way() -> None:
    wall = [Box(-120, -120, 440, 60), Box(-120, 160, 440, 60), Box(-120, -120, 60, 340), Box(260, -120, 60, 340)]
    target = Box(600, 0, 200, 100)
    assert around(from_card_to_card(SOURCE, target, wall), (SOURCE, target), wall) is None


@pytest.mark.parametrize(
    ("one", "other", "free"), [((0, 0), (100, 100), False), ((0, 60), (40, 100), True), ((0, 20), (100, 20), True)]
)
def test_a_slanted_piece_is_known_to_miss_a_card(
    one: tuple[float, float], other: tuple[float, float], free: bool
) -> None:
    assert is_free([one, other], [Box(40, 40, 20, 20)], 0) is free


def join(stage: Stage, kind: str, source: int, target: int) -> EdgeItem:
    edge = Edge(id=stage.document.next_id(), kind=kind, source_id=source, target_id=target)
    stage.document.edit(CanvasDiff(edges_added={edge.id: edge}), "Link")
    found = stage.view.scene_of.edge_of(edge.id)
    assert found is not None
    return found


def routed(stage: Stage, edge: EdgeItem) -> bool:
    """Look for the way as a frame does; whether it is free of every card between."""
    scene = stage.view.scene_of
    assert scene.wayfinder.route([edge], most_s=60)
    ends = (edge.source, edge.target)
    cards = [Box(*each.card_rect.getRect()) for each in scene.items_by_id.values() if each not in ends]
    return is_free(flat(edge.path()), cards, -2)


def test_links_follow_what_becomes_of_the_cards_near_them(stage: Stage) -> None:
    scene, document = stage.view.scene_of, stage.document
    top, bottom = stage.put(-120, -250), stage.put(-120, 150)
    edge = join(stage, EDGE_FROM, top, bottom)
    plain = edge.path()
    assert routed(stage, edge)
    assert edge.path() == plain
    between = stage.put(-160, -50)
    assert edge.routed  # nobody has looked again yet
    scene.wayfinder._settle()
    assert not edge.routed
    assert routed(stage, edge)
    assert edge.path() != plain
    around_it = QRectF(edge.path().controlPointRect())
    assert edge in scene.ways_in(around_it.adjusted(-1, -1, 1, 1))
    assert edge.touches(around_it.adjusted(-1, -1, 1, 1))
    document.edit(update(document.canvas, between, x=900.0), "Move")
    scene.wayfinder._settle()
    assert routed(stage, edge)
    assert edge.path() == plain
    document.undo()
    scene.wayfinder._settle()
    assert routed(stage, edge)
    assert edge.path().controlPointRect() == around_it
    both = CanvasDiff(
        updated={
            key: (old, Glyph(**{**{name: getattr(old, name) for name in Glyph.__slots__}, "y": old.y + 64}))
            for key in (top, bottom, between)
            for old in [document.canvas.glyphs[key]]
        }
    )
    document.edit(both, "Move 3")  # all of it together: the way that was found goes along
    assert edge.path().controlPointRect() == around_it.translated(0, 64)
    assert edge.routed
    scene.select([between])
    stage.view.perform("delete")
    scene.wayfinder._settle()
    assert routed(stage, edge)
    assert edge.path().controlPointRect() == plain.controlPointRect().translated(0, 64)


def test_a_link_back_does_not_run_below_its_own_cards(stage: Stage) -> None:
    right, left = stage.put(100, -200), stage.put(-350, 50)
    edge = join(stage, EDGE_HANDLER, right, left)
    plain = edge.path()
    assert routed(stage, edge)
    assert edge.path() != plain
    boxes = [Box(*item.card_rect.getRect()) for item in (edge.source, edge.target)]
    assert is_free(flat(edge.path()), boxes, -2)
