"""Several canvases of a home: names, copies, the bin, places; and ids that an open window may still give out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qntx_desktop.app.container import Services, build
from qntx_desktop.app.paths import Home
from qntx_desktop.model.canvases import MOST_NAME_CHARS, CanvasLine, by_use, checked_name, trail, unused_name
from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.errors import ErrCanvasNotFound, ErrDuplicateName, ErrInvalidPayload
from qntx_desktop.model.glyph import Edge, Glyph, Viewpoint
from qntx_desktop.model.history import HistoryChange, Step


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = build(Home(root=tmp_path / "home"))
    yield made
    made.close()


def glyph(key: int, kind: str = "ix", **parts: object) -> Glyph:
    content = {"text": f"ix csv ./{key}.csv"}
    return Glyph(id=key, kind=kind, x=8, y=16, width=300, height=90, content=content, **parts)  # type: ignore[arg-type]


def names(services: Services, *, gone: bool = False) -> list[str]:
    return [each.name for each in services.canvases.list() if each.in_bin is gone]


def test_names_are_free_and_can_be_names(services: Services) -> None:
    first = services.canvas.open_first()
    assert [services.canvases.make("Canvas 1").name, services.canvases.make(" two\nwords ").name] == [
        "Canvas 2",
        "two words",
    ]
    for bad in ("", " \n", "a\0b", "x" * (MOST_NAME_CHARS + 1), "‮abc"):
        with pytest.raises(ErrInvalidPayload):
            services.canvases.rename(first.id, bad)
    with pytest.raises(ErrDuplicateName):
        services.canvases.rename(first.id, "CANVAS 2")
    services.canvases.rename(first.id, "canvas 1")
    with pytest.raises(ErrCanvasNotFound):
        services.canvases.rename(99, "nobody")
    assert names(services) == ["canvas 1", "Canvas 2", "two words"]
    assert services.canvases.named("#2").name == services.canvases.named("CANVAS 2 ").name
    with pytest.raises(ErrCanvasNotFound):
        services.canvases.named("Canvas")


@pytest.mark.parametrize(
    ("wanted", "taken", "given"),
    [
        ("A", [], "A"),
        ("A", ["a"], "A 2"),
        ("A 2", ["A", "a 2", "A 3"], "A 4"),
        ("2", ["2"], "2 2"),
        ("x" * MOST_NAME_CHARS, ["x" * MOST_NAME_CHARS], "x" * (MOST_NAME_CHARS - 8) + " 2"),
    ],
)
def test_a_name_that_is_taken_gets_a_number(wanted: str, taken: list[str], given: str) -> None:
    assert unused_name(wanted, taken) == given
    assert checked_name(given) == given


def test_the_bin_keeps_all_of_a_canvas_until_it_is_emptied(services: Services) -> None:
    first, other = services.canvas.open_first(), services.canvases.make("Other")
    link = Edge(id=3, kind="handler", source_id=1, target_id=2)
    steps = HistoryChange(kept={1: Step(id=1, label="Add", done=True, change=CanvasDiff())})
    diff = CanvasDiff(added={1: glyph(1), 2: glyph(2)}, edges_added={3: link})
    services.canvas.save(other.id, diff, "me", next_id=4, steps=steps)
    services.canvases.keep_place(other.id, "here", Viewpoint(center_x=1, center_y=2, zoom=0.5))
    services.canvases.delete(other.id)
    assert (names(services), names(services, gone=True)) == (["Canvas 1"], ["Other"])
    assert services.canvases.of_glyph(1) is None
    assert services.canvases.of_glyph(1, in_bin=True) == other.id
    assert services.canvases.places() == ()
    with pytest.raises(ErrCanvasNotFound):
        services.canvas.open(other.id)
    services.canvases.make("Other")
    assert services.canvases.restore(other.id).name == "Other 2"
    canvas, kept = services.canvas.open(other.id)
    assert (set(canvas.glyphs), set(canvas.edges), [each.label for each in kept]) == ({1, 2}, {3}, ["Add"])
    assert [each.name for each in services.canvases.places(other.id)] == ["here"]
    assert services.canvases.purge([other.id]) == 0  # only what is in the bin goes
    services.canvases.delete(other.id)
    assert services.canvases.purge([other.id, 77]) == 1
    with pytest.raises(ErrCanvasNotFound):
        services.canvases.restore(other.id)
    with services.db.read() as connection:
        for name in ("glyph", "edge", "canvas_step", "canvas_place"):
            assert connection.execute(f"SELECT count(*) FROM {name}").fetchone() == (0,)
    assert services.canvas.open_first().id == first.id


def test_a_home_whose_canvases_are_all_in_the_bin_gets_a_new_one(services: Services) -> None:
    first = services.canvas.open_first()
    services.canvases.delete(first.id)
    assert services.canvas.open_first().id == services.canvases.last_opened() != first.id


def test_the_canvas_that_was_opened_last_opens_next_time(services: Services) -> None:
    first, other = services.canvas.open_first(), services.canvases.make("Other")
    assert services.canvas.open_first().id == first.id
    services.canvas.open(other.id)
    assert services.canvas.open_first().id == other.id
    assert by_use(services.canvases.list())[0].id == other.id


def test_a_copy_has_ids_that_an_open_window_does_not_give_out(services: Services) -> None:
    first = services.canvas.open_first()
    python = glyph(2, "python", state={"saved": {"version": 1}, "job_id": 8, "failed_line": 3})
    result = glyph(4, "result", state={"job_id": 8, "execution_id": 9})
    link = Edge(id=3, kind="handler", source_id=1, target_id=2)
    diff = CanvasDiff(added={1: glyph(1, state={"job_id": 7}), 2: python, 4: result}, edges_added={3: link})
    services.canvas.save(first.id, diff, "me", next_id=5)
    copy = services.canvas.load(services.canvases.duplicate(first.id).id)
    assert copy.name == "Canvas 2"
    assert [each.content for each in copy.glyphs.values()] == [glyph(key).content for key in (1, 2, 4)]
    states = {each.kind: each.state for each in copy.glyphs.values()}
    assert states == {"ix": {}, "python": {"saved": {"version": 1}}, "result": result.state}
    (edge,) = copy.edges.values()
    assert {edge.source_id, edge.target_id} <= copy.glyphs.keys()
    assert min(copy.glyphs) > 5 + 1_000
    # The window that has the first canvas open goes on where it was.
    services.canvas.save(first.id, CanvasDiff(added={5: glyph(5)}), "me", next_id=6)
    assert set(services.canvas.load(first.id).glyphs) == {1, 2, 4, 5}
    assert services.canvas.load(copy.id).glyphs == copy.glyphs
    assert services.canvas.load(first.id).next_id > max(*copy.glyphs, *copy.edges)


def test_a_trail_ends_where_it_goes_round() -> None:
    def line(key: int, parent: str | None) -> CanvasLine:
        return CanvasLine(id=key, uid=f"u{key}", name=f"n{key}", folder="", parent_uid=parent)

    lines = {each.uid: each for each in (line(1, None), line(2, "u1"), line(3, "u2"), line(4, "u5"), line(5, "u4"))}
    assert [each.id for each in trail(lines["u3"], lines)] == [1, 2, 3]
    assert [each.id for each in trail(lines["u4"], lines)] == [5, 4]
    assert [each.id for each in trail(line(9, "gone"), lines)] == [9]
