"""The canvas in the store: diffs arrive whole, ids are used once, what is not a number is refused."""

from __future__ import annotations

import math

import pytest

from qntx_desktop.model.diff import CanvasDiff, invert, removal
from qntx_desktop.model.errors import ErrGlyphNotFound, ErrInvalidPayload, ErrStoreFault
from qntx_desktop.model.events import CanvasChanged
from qntx_desktop.model.glyph import Edge, Glyph, Viewpoint
from qntx_desktop.store.canvas import CanvasStore
from tests.store.conftest import Store

IX = Glyph(id=1, kind="ix", x=-1.5, y=2, width=300, height=80, content={"text": "ix csv 'ä\ud800\0'"})
PY = Glyph(id=2, kind="kind of a later version", x=0, y=0, width=1, height=1, z=3, state={"saved": None})
LINK = Edge(id=3, kind="handler", source_id=1, target_id=2)
BOTH = CanvasDiff(added={1: IX, 2: PY}, edges_added={3: LINK})


@pytest.fixture
def canvases(store: Store) -> CanvasStore:
    return CanvasStore(store.db)


@pytest.fixture
def canvas_id(canvases: CanvasStore) -> int:
    return canvases.first(folder="/home/me", name="Canvas 1")


def test_the_first_canvas_is_made_once(canvases: CanvasStore, canvas_id: int) -> None:
    assert canvases.first(folder="/elsewhere", name="Canvas 1") == canvas_id
    loaded = canvases.load(canvas_id)
    assert (loaded.name, loaded.folder, loaded.next_id, loaded.saved_at_us) == (
        "Canvas 1",
        "/home/me",
        1,
        None,
    )
    with pytest.raises(ErrGlyphNotFound):
        canvases.load(canvas_id + 1)


def test_a_diff_comes_back_as_it_was_and_may_come_twice(
    store: Store, canvases: CanvasStore, canvas_id: int
) -> None:
    canvases.save(canvas_id, BOTH, "window")
    at_us = canvases.save(canvas_id, BOTH, "window")
    loaded = canvases.load(canvas_id)
    assert loaded.glyphs == {1: IX, 2: PY}
    assert loaded.edges == {3: LINK}
    assert loaded.saved_at_us == at_us
    assert store.events[-1] == CanvasChanged(canvas_id=canvas_id, diff=BOTH, origin="window")


def test_moving_a_glyph_keeps_its_edges(canvases: CanvasStore, canvas_id: int) -> None:
    canvases.save(canvas_id, BOTH, "w")
    moved = Glyph(id=1, kind="ix", x=9, y=9, width=300, height=80)
    canvases.save(canvas_id, CanvasDiff(updated={1: (IX, moved)}), "w")
    loaded = canvases.load(canvas_id)
    assert loaded.glyphs[1] == moved
    assert loaded.edges == {3: LINK}


def test_removing_and_undoing(canvases: CanvasStore, canvas_id: int) -> None:
    canvases.save(canvas_id, BOTH, "w")
    gone = removal(canvases.load(canvas_id), {1})
    canvases.save(canvas_id, gone, "w")
    canvases.save(canvas_id, gone, "w")
    loaded = canvases.load(canvas_id)
    assert loaded.glyphs == {2: PY}
    assert loaded.edges == {}
    canvases.save(canvas_id, invert(gone), "w")
    assert canvases.load(canvas_id).edges == {3: LINK}


def test_ids_are_never_used_twice(canvases: CanvasStore, canvas_id: int) -> None:
    canvases.save(canvas_id, BOTH, "w")
    canvases.save(canvas_id, invert(BOTH), "w")
    assert canvases.load(canvas_id).next_id == 4
    canvases.save(canvas_id, CanvasDiff(), "w", next_id=10)
    canvases.save(canvas_id, CanvasDiff(), "w", next_id=7)
    assert canvases.load(canvas_id).next_id == 10


@pytest.mark.parametrize(
    "bad",
    [
        Glyph(id=5, kind="ix", x=math.nan, y=0, width=1, height=1),
        Glyph(id=5, kind="ix", x=0, y=0, width=math.inf, height=1),
        Glyph(id=5, kind="ix", x=0, y=0, width=1, height=1, content={"n": math.nan}),
        Glyph(id=5, kind="ix", x=0, y=0, width=1, height=1, state={"n": object()}),
        Glyph(id=0, kind="ix", x=0, y=0, width=1, height=1),
    ],
)
def test_what_cannot_be_kept_is_refused_whole(canvases: CanvasStore, canvas_id: int, bad: Glyph) -> None:
    with pytest.raises(ErrInvalidPayload):
        canvases.save(canvas_id, CanvasDiff(added={1: IX, bad.id: bad}), "w")
    assert canvases.load(canvas_id).glyphs == {}


def test_an_edge_without_its_end_saves_nothing(store: Store, canvases: CanvasStore, canvas_id: int) -> None:
    told = len(store.events)
    with pytest.raises(ErrStoreFault):
        canvases.save(canvas_id, CanvasDiff(added={1: IX}, edges_added={3: LINK}), "w")
    assert canvases.load(canvas_id).glyphs == {}
    assert len(store.events) == told


def test_where_the_person_looks_and_works(canvases: CanvasStore, canvas_id: int) -> None:
    look = Viewpoint(center_x=1.25, center_y=-7.0, zoom=0.5)
    canvases.set_viewpoint(canvas_id, look)
    canvases.save(canvas_id, CanvasDiff(folder=("", "/work here")), "test")
    loaded = canvases.load(canvas_id)
    assert (loaded.viewpoint, loaded.folder) == (look, "/work here")
    for bad in (Viewpoint(zoom=0.0), Viewpoint(center_x=math.nan), Viewpoint(zoom=math.inf)):
        with pytest.raises(ErrInvalidPayload):
            canvases.set_viewpoint(canvas_id, bad)
    assert canvases.load(canvas_id).viewpoint == look
