"""Several canvases of a home: names, copies, the bin, places; and ids that an open window may still give out."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qntx_desktop.app.container import Services, build
from qntx_desktop.app.paths import Home
from qntx_desktop.model import canvas_file
from qntx_desktop.model.canvases import MOST_NAME_CHARS, CanvasLine, by_use, checked_name, trail, unused_name
from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.errors import ErrCanvasNotFound, ErrDuplicateName, ErrInvalidPayload
from qntx_desktop.model.events import JobChanged
from qntx_desktop.model.glyph import Edge, Glyph, Viewpoint
from qntx_desktop.model.history import HistoryChange, Step
from qntx_desktop.services.canvas_templates import TEMPLATES


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


def hits(services: Services, text: str) -> list[tuple[str, int, str]]:
    return [(each.canvas_name, each.glyph_id, each.line) for each in services.canvases.search(text)]


def test_search_finds_text_code_types_and_attestations_shown_on_every_canvas(services: Services) -> None:
    first, other = services.canvas.open_first(), services.canvases.make("Other")
    gone = services.canvases.make("Gone")
    words = {"text": 'eins\nStraße "zwei"\n', "tag": "red", "canvas": "c62b55e4"}
    note = Glyph(id=1, kind="note", x=0, y=0, width=9, height=9, content=words)
    code = {"code": "import csv\nfor row in rows:\n    pass\n", "script_type": "rss-feed"}
    python = Glyph(id=2, kind="python", x=0, y=0, width=9, height=9, content=code)
    job = services.runs.script(
        "from qntx import attest\nattest(['Zürich'], ['is'], ['a city'], attributes={'size': 'big'})", ()
    )
    services.runner.start()
    deadline = threading.Event()
    services.events.add(lambda event: deadline.set() if isinstance(event, JobChanged) and event.job.ended else None)
    assert services.queue.get(job.id).ended or deadline.wait(60)
    claim = {"subjects": ["ada"], "predicates": ["is"], "contexts": ["here"], "actors": ["me"]}
    pinned = Glyph(id=3, kind="attestation", x=0, y=0, width=9, height=9, content={"attestation": claim})
    result = Glyph(id=4, kind="result", x=0, y=0, width=9, height=9, state={"job_id": job.id})
    services.canvas.save(first.id, CanvasDiff(added={1: note, 2: python}), "me")
    services.canvas.save(other.id, CanvasDiff(added={3: pinned, 4: result}), "me")
    services.canvas.save(gone.id, CanvasDiff(added={5: replace(note, id=5)}), "me")
    services.canvases.delete(gone.id)
    assert hits(services, "strasse") == [("Canvas 1", 1, 'Straße "zwei"')]
    assert hits(services, '"ZWEI" straße') == hits(services, "strasse")
    assert hits(services, "eins zwei") == []  # words of one line
    assert hits(services, "red") == hits(services, "c62b55e4") == []
    assert hits(services, "in rows") == [("Canvas 1", 2, "for row in rows:")]
    assert hits(services, "python feed") == [("Canvas 1", 2, "python rss-feed")]
    assert hits(services, "ada here") == [("Other", 3, "ada is here me")]
    assert [each[:2] for each in hits(services, "zürich CITY")] == [("Other", 4)]
    assert hits(services, "size big") == [("Other", 4, "size big")]
    assert hits(services, " ") == hits(services, "nobody") == []
    services.canvas.open(other.id)
    assert [each.canvas_name for each in services.canvases.search("is", 2)] == ["Other", "Other"]


def test_a_file_carries_the_canvases_inside_and_they_become_new_ones(services: Services) -> None:
    first = services.canvas.open_first()
    inner, deep = services.canvases.make("Inner"), services.canvases.make("Deep")

    def door(key: int, uid: str) -> Glyph:
        return Glyph(id=key, kind="canvas", x=0, y=0, width=9, height=9, content={"canvas": uid, "title": "in"})

    services.canvas.save(first.id, CanvasDiff(added={1: door(1, inner.uid), 2: door(2, "0" * 32)}), "me")
    round_about = {3: door(3, deep.uid), 4: door(4, first.uid)}
    services.canvas.save(inner.id, CanvasDiff(added=round_about), "me")
    services.canvas.save(
        deep.id, CanvasDiff(added={5: door(5, inner.uid), 6: replace(glyph(6), kind="of 2030")}), "me"
    )
    text = services.canvases.text_of(first.id)
    assert text == services.canvases.text_of(first.id)
    found = canvas_file.read(text)
    assert set(found.inside) == {inner.uid, deep.uid}
    made = services.canvases.make_filled(found)
    lines = {each.name: each for each in services.canvases.list()}
    assert (made.name, lines["Inner 2"].parent_uid, lines["Deep 2"].parent_uid) == (
        "Canvas 2",
        made.uid,
        lines["Inner 2"].uid,
    )

    def leads(line: CanvasLine) -> list[str]:
        return [each.content.get("canvas", each.kind) for each in services.canvas.load(line.id).glyphs.values()]

    assert leads(made) == [lines["Inner 2"].uid, "0" * 32]
    assert leads(lines["Inner 2"]) == [lines["Deep 2"].uid, first.uid]
    assert leads(lines["Deep 2"]) == [lines["Inner 2"].uid, "of 2030"]
    assert services.canvas.load(inner.id).glyphs == round_about


@pytest.mark.parametrize(
    "part", ['"canvas x": {"glyphs": []}', f'"canvas {"0" * 32}": 3', f'"canvas {"0" * 32}": {{"glyphs": [3]}}']
)
def test_a_broken_canvas_inside_a_file_is_refused_whole(part: str) -> None:
    with pytest.raises(ErrInvalidPayload):
        canvas_file.read(f'{{"format": "qntx.canvas", "version": 1, "glyphs": [], {part}}}')


@pytest.mark.parametrize("template", [each.id for each in TEMPLATES])
def test_every_template_makes_a_canvas(services: Services, template: str) -> None:
    made = services.canvas_templates.make(template)
    assert services.canvas_templates.make(template, "Mine").name == "Mine"
    assert (made.glyphs > 0) is (template != "empty")
    assert {each.kind for each in services.canvas.load(made.id).glyphs.values()} <= {"note", "ix", "python"}


@pytest.mark.parametrize("template", ["example", "file", "repository"])
def test_a_template_speaks_the_language_of_whoever_asks_for_it(services: Services, template: str) -> None:
    """Its name and its notes; commands and code stay as they are."""
    plain = services.canvas_templates.make(template)
    made = services.canvas_templates.make(template, say=lambda text: f"<{text}>")
    assert made.name == f"<{plain.name}>"
    before = list(services.canvas.load(plain.id).glyphs.values())
    after = list(services.canvas.load(made.id).glyphs.values())
    for old, new in zip(before, after, strict=True):
        told = {"text": f"<{old.content['text']}>"} if old.kind == "note" else {}
        assert new.content == {**old.content, **told}
    assert any(each.kind == "note" for each in before)


def test_a_trail_ends_where_it_goes_round() -> None:
    def line(key: int, parent: str | None) -> CanvasLine:
        return CanvasLine(id=key, uid=f"u{key}", name=f"n{key}", folder="", parent_uid=parent)

    lines = {each.uid: each for each in (line(1, None), line(2, "u1"), line(3, "u2"), line(4, "u5"), line(5, "u4"))}
    assert [each.id for each in trail(lines["u3"], lines)] == [1, 2, 3]
    assert [each.id for each in trail(lines["u4"], lines)] == [5, 4]
    assert [each.id for each in trail(line(9, "gone"), lines)] == [9]


def test_a_new_home_begins_with_the_example_once(services: Services) -> None:
    assert services.handlers.newest("example-people") is None
    begun = services.canvas_templates.begin("Start here")
    assert services.canvas.open_first().id == begun
    assert names(services) == ["Canvas 1", "Start here"]
    assert services.canvas_templates.begin("Start here") is None
    assert [entry.newest.script_type for entry in services.handlers.entries()] == ["example-people"]
    assert names(services) == ["Canvas 1", "Start here"]


def test_a_home_without_room_for_the_example_begins_empty(services: Services) -> None:
    (services.home.root / "inputs").write_text("in the way", "utf-8")
    assert services.canvas_templates.begin("Start here") is None
    assert services.canvas.open_first().name == "Canvas 1"
    assert names(services) == ["Canvas 1"]


def test_the_first_canvases_of_a_home_are_called_as_the_window_says(services: Services) -> None:
    assert services.canvas_templates.begin("Anfang", first="Leinwand 1") is not None
    assert sorted(each.name for each in services.canvases.list()) == ["Anfang", "Leinwand 1"]
    for each in services.canvases.list():
        services.canvases.delete(each.id)
    assert services.canvas.open_first("Leinwand 2").name == "Leinwand 2"
