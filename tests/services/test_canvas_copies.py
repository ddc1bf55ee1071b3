"""Canvases inside cards that are copied, moved, or whose copying is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qntx_desktop.app.container import Services, build
from qntx_desktop.app.paths import Home
from qntx_desktop.model.canvases import CanvasLine, new_uid
from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.glyph import Edge, Glyph, Viewpoint


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = build(Home(root=tmp_path / "home"))
    yield made
    made.close()


def card(key: int, uid: str, **content: str) -> Glyph:
    return Glyph(id=key, kind="canvas", x=0, y=0, width=9, height=9, content={"canvas": uid, **content})


def note(key: int, text: str) -> Glyph:
    return Glyph(id=key, kind="note", x=8, y=8, width=90, height=40, content={"text": text})


def put(services: Services, line: CanvasLine, *glyphs: Glyph, edges: tuple[Edge, ...] = ()) -> None:
    diff = CanvasDiff(added={each.id: each for each in glyphs}, edges_added={each.id: each for each in edges})
    services.canvas.save(line.id, diff, "me")


def by_uid(services: Services, uid: str) -> CanvasLine:
    return next(each for each in services.canvases.list() if each.uid == uid)


def contents(services: Services, uid: str) -> list[Glyph]:
    return list(services.canvas.load(by_uid(services, uid).id).glyphs.values())


@pytest.fixture
def nested(services: Services) -> tuple[CanvasLine, CanvasLine, CanvasLine]:
    """A canvas on a canvas on a canvas; the innermost leads back to the outermost."""
    first = services.canvases.get(services.canvas.open_first().id)
    inner_uid, deep_uid = new_uid(), new_uid()
    inner = services.canvases.get(services.canvases.enter(inner_uid, "Inner", first.uid))
    deep = services.canvases.get(services.canvases.enter(deep_uid, "Deep", inner_uid))
    put(services, first, card(1, inner_uid))
    links = (Edge(id=90, kind="from", source_id=2, target_id=3),)
    put(services, inner, card(2, deep_uid, title="in"), note(3, "inside"), edges=links)
    result = Glyph(id=6, kind="result", x=0, y=0, width=9, height=9, state={"job_id": 7})
    put(services, deep, card(4, first.uid), note(5, "deep"), result)
    services.canvas.set_viewpoint(inner.id, Viewpoint(center_x=40, center_y=50, zoom=0.5))
    return first, inner, deep


def test_a_copy_has_all_that_lies_inside_and_changes_alone(
    services: Services, nested: tuple[CanvasLine, CanvasLine, CanvasLine]
) -> None:
    first, inner, deep = nested
    uid = new_uid()
    for _ in range(2):  # asked for once more it makes nothing more
        services.canvas_copies.bring({uid: inner.uid}, first.uid)
    made = by_uid(services, uid)
    assert (made.name, made.parent_uid, made.glyphs) == ("Inner 2", first.uid, 2)
    opened = services.canvas.load(made.id)
    assert opened.viewpoint == Viewpoint(center_x=40, center_y=50, zoom=0.5)
    assert len(opened.edges) == 1
    (door,) = (each for each in contents(services, uid) if each.kind == "canvas")
    assert door.content["title"] == "in"
    assert door.content["canvas"] != deep.uid
    copy = by_uid(services, door.content["canvas"])
    assert (copy.name, copy.parent_uid) == ("Deep 2", uid)
    inside = {each.kind: each for each in contents(services, copy.uid)}
    assert inside["canvas"].content["canvas"] == first.uid  # it lies elsewhere: no copy of it
    assert inside["result"].state == {"job_id": 7}
    ids = [each.id for each in (*contents(services, uid), *contents(services, copy.uid))]
    assert min(ids) > 90
    old = services.canvas.load(deep.id).glyphs[5]
    services.canvas.save(deep.id, CanvasDiff(updated={5: (old, replace(old, content={"text": "new"}))}), "me")
    assert inside["note"].content["text"] == "deep"
    assert len(services.canvases.list()) == 5


def test_taking_a_copy_back_bins_it_and_doing_it_again_brings_it_back(
    services: Services, nested: tuple[CanvasLine, CanvasLine, CanvasLine]
) -> None:
    first, inner, _ = nested
    uid = new_uid()
    services.canvas_copies.bring({uid: inner.uid}, first.uid)
    put(services, first, card(20, uid, copy_of=inner.uid))
    services.canvas_copies.take_away((uid,), first.id)
    assert [each.name for each in services.canvases.list() if each.in_bin] == ["Inner 2", "Deep 2"]
    services.canvas_copies.bring({uid: inner.uid}, first.uid)  # a card that only came back leaves it there
    assert by_uid(services, uid).in_bin
    services.canvas_copies.bring({uid: inner.uid}, first.uid, restore=True)
    assert not any(each.in_bin for each in services.canvases.list())
    other = services.canvases.make("Other")
    put(services, other, card(21, uid))
    services.canvas_copies.take_away((uid,), first.id)  # another card opens it
    assert not by_uid(services, uid).in_bin


def test_a_copy_inside_itself_is_not_endless(
    services: Services, nested: tuple[CanvasLine, CanvasLine, CanvasLine]
) -> None:
    _, inner, _ = nested
    uid = new_uid()
    put(services, inner, card(30, uid, copy_of=inner.uid))  # kept before what is inside was copied
    services.canvas_copies.bring({uid: inner.uid}, inner.uid)
    assert by_uid(services, uid).parent_uid == inner.uid
    assert uid not in [each.content.get("canvas") for each in contents(services, uid)]


def test_a_card_opens_its_copy_also_when_a_kill_prevented_the_copying(
    services: Services, nested: tuple[CanvasLine, CanvasLine, CanvasLine]
) -> None:
    first, inner, _ = nested
    uid = new_uid()
    made = services.canvases.enter(uid, "Sub-canvas", first.uid, inner.uid)
    assert services.canvases.get(made).name == "Inner 2"
    lost = services.canvases.enter(new_uid(), "Sub-canvas", first.uid, "0" * 32)  # from another home
    assert services.canvases.get(lost).glyphs == 0


def test_a_moved_card_takes_its_canvas_along_but_never_into_itself(
    services: Services, nested: tuple[CanvasLine, CanvasLine, CanvasLine]
) -> None:
    first, inner, deep = nested
    other = services.canvases.make("Other")
    services.canvas_copies.adopt((inner.uid,), deep.uid)
    assert by_uid(services, inner.uid).parent_uid == first.uid
    services.canvas_copies.adopt((inner.uid,), other.uid, lost=True)  # its card is where it was
    assert by_uid(services, inner.uid).parent_uid == first.uid
    services.canvas_copies.adopt((inner.uid, "0" * 32), other.uid)
    assert by_uid(services, inner.uid).parent_uid == other.uid
    services.canvas_copies.adopt((inner.uid,), first.uid, lost=True)  # the other canvas has no card of it
    assert by_uid(services, inner.uid).parent_uid == first.uid


def test_a_copied_canvas_has_copies_inside(
    services: Services, nested: tuple[CanvasLine, CanvasLine, CanvasLine]
) -> None:
    first, inner, _ = nested
    made = services.canvases.duplicate(first.id)
    (door,) = contents(services, made.uid)
    assert door.content["canvas"] != inner.uid
    assert by_uid(services, door.content["canvas"]).parent_uid == made.uid
