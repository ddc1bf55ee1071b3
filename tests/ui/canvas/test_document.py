from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qntx_desktop.model.diff import CanvasDiff, apply, removal, update
from qntx_desktop.model.glyph import Canvas, Edge, Glyph
from qntx_desktop.ui.canvas.document import Document


def glyph(key: int, **changes: Any) -> Glyph:
    return replace(Glyph(id=key, kind="ix", x=0, y=0, width=100, height=50, content={"text": ""}), **changes)


def added(*glyphs: Glyph, edges: tuple[Edge, ...] = ()) -> CanvasDiff:
    return CanvasDiff(added={each.id: each for each in glyphs}, edges_added={each.id: each for each in edges})


def moved(document: Document, key: int, x: float) -> CanvasDiff:
    return update(document.canvas, key, x=x)


def test_one_action_is_one_step_and_a_drag_is_one_step() -> None:
    document = Document()
    document.edit(added(glyph(1)), "Add")
    for x in (8, 16, 24):
        document.edit(moved(document, 1, x), "Move glyph", merge="move:1")
    assert document.undo_text == "Move glyph"
    document.undo()
    assert document.canvas.glyphs[1].x == 0
    assert (document.undo_text, document.redo_text) == ("Add", "Move glyph")
    document.redo()
    assert document.canvas.glyphs[1].x == 24
    document.undo()
    document.undo()
    assert not document.canvas.glyphs
    assert not document.can_undo


def test_sealed_steps_do_not_merge() -> None:
    document = Document()
    document.edit(added(glyph(1)), "Add")
    document.edit(moved(document, 1, 8), "Move", merge="same")
    document.seal()
    document.edit(moved(document, 1, 16), "Move", merge="same")
    document.undo()
    assert document.canvas.glyphs[1].x == 8


def test_a_drag_back_to_its_start_leaves_no_step() -> None:
    document = Document()
    document.edit(added(glyph(1)), "Add")
    document.edit(moved(document, 1, 8), "Move", merge="m")
    document.edit(moved(document, 1, 0), "Move", merge="m")
    assert document.undo_text == "Add"


def test_abandon_takes_back_without_a_trace() -> None:
    document = Document()
    document.edit(added(glyph(1)), "Add")
    document.edit(moved(document, 1, 8), "Move", merge="m")
    document.abandon("m")
    document.abandon("m")
    assert document.canvas.glyphs[1].x == 0
    assert (document.undo_text, document.can_redo) == ("Add", False)


def test_a_new_edit_forgets_what_could_be_redone() -> None:
    document = Document()
    document.edit(added(glyph(1)), "Add")
    document.undo()
    document.edit(added(glyph(2)), "Add")
    assert not document.can_redo


def test_undo_and_redo_keep_the_newest_state() -> None:
    document = Document()
    document.edit(added(glyph(1)), "Add")
    document.edit(update(document.canvas, 1, content={"text": "ix csv"}), "Edit text")
    document.amend_state(1, job_id=7)
    document.undo()
    assert document.canvas.glyphs[1].state == {"job_id": 7}
    assert document.canvas.glyphs[1].content == {"text": ""}
    document.amend_state(1, job_id=8)
    document.redo()
    assert document.canvas.glyphs[1].state == {"job_id": 8}
    assert document.canvas.glyphs[1].content == {"text": "ix csv"}
    document.undo()
    document.undo()
    document.redo()
    assert document.canvas.glyphs[1].state == {"job_id": 8}


def test_a_run_that_ends_while_its_glyph_is_deleted_is_known_when_it_comes_back() -> None:
    document = Document()
    document.edit(added(glyph(1, state={"job_id": 1, "error": None})), "Add")
    document.edit(removal(document.canvas, {1}), "Delete")
    document.amend_state(1, error={"code": "handler_failed"})
    document.undo()
    assert document.canvas.glyphs[1].state == {"job_id": 1, "error": {"code": "handler_failed"}}


def test_undoing_one_key_of_the_content_leaves_the_others() -> None:
    document = Document()
    document.edit(added(glyph(1, content={"code": "a", "script_type": None})), "Add")
    document.edit(update(document.canvas, 1, content={"code": "b", "script_type": None}), "Edit text")
    document.amend(update(document.canvas, 1, content={"code": "b", "script_type": "csv"}))
    document.undo()
    assert document.canvas.glyphs[1].content == {"code": "a", "script_type": "csv"}


def test_undo_never_leaves_an_edge_without_its_ends_and_redo_brings_it_back() -> None:
    document = Document()
    document.edit(added(glyph(1)), "Add")
    document.amend(added(glyph(2), edges=(Edge(id=3, kind="result", source_id=1, target_id=2),)))
    document.undo()
    assert set(document.canvas.glyphs) == {2}
    assert not document.canvas.edges
    document.redo()
    assert set(document.canvas.edges) == {3}


def test_ids_are_never_given_twice() -> None:
    document = Document()
    first, second = document.next_id(), document.next_id()
    assert first != second
    document.edit(added(glyph(second)), "Add")
    document.undo()
    assert document.next_id() > second


def test_unsaved_is_handed_over_once_and_can_be_given_back() -> None:
    document = Document()
    start = document.canvas
    document.edit(added(glyph(1)), "Add")
    document.edit(moved(document, 1, 8), "Move")
    taken = document.take_unsaved()
    assert apply(start, taken).glyphs == document.canvas.glyphs
    assert document.take_unsaved().empty
    document.edit(moved(document, 1, 16), "Move")
    document.return_unsaved(taken)
    assert document.has_unsaved
    assert apply(start, document.take_unsaved()).glyphs == document.canvas.glyphs


def test_amending_can_not_be_undone_but_is_saved() -> None:
    document = Document()
    document.edit(added(glyph(1)), "Add")
    document.take_unsaved()
    document.amend_state(1, job_id=1)
    assert document.undo_text == "Add"
    assert document.take_unsaved().updated[1][1].state == {"job_id": 1}


def test_an_empty_diff_is_no_step() -> None:
    document = Document()
    document.edit(CanvasDiff(), "Nothing")
    assert not document.can_undo


def test_signals_tell_what_changed(qtbot: Any) -> None:
    document = Document()
    diff = added(glyph(1))
    with qtbot.waitSignals([document.changed, document.history_changed]):
        document.edit(diff, "Add")
    with qtbot.waitSignal(document.reset):
        document.load(document.canvas)
    assert not document.can_undo


def _act(document: Document, dice: random.Random) -> None:
    """One random action of a person, or of a run."""
    keys = list(document.canvas.glyphs)
    choice = dice.choice(("add", "move", "text", "delete", "link", "state", "nudge", "undo", "redo"))
    key = dice.choice(keys) if keys else None
    if choice == "undo":
        document.undo()
    elif choice == "redo":
        document.redo()
    elif choice == "add" or key is None:
        document.edit(added(glyph(document.next_id(), x=dice.randrange(500))), "Add")
    elif choice in ("move", "nudge"):
        document.edit(
            moved(document, key, dice.randrange(500)), "Move", merge="n" if choice == "nudge" else None
        )
    elif choice == "text":
        document.edit(update(document.canvas, key, content={"text": str(dice.random())}), "Edit text")
    elif choice == "delete":
        document.edit(removal(document.canvas, {key}), "Delete")
    elif choice == "link":
        edge = Edge(id=document.next_id(), kind="handler", source_id=key, target_id=dice.choice(keys))
        document.edit(CanvasDiff(edges_added={edge.id: edge}), "Link")
    else:
        document.amend_state(key, job_id=dice.randrange(1000))


def bare(canvas: Canvas) -> tuple[dict[int, Glyph], dict[int, Edge]]:
    """What the history is about: everything but states."""
    return {key: replace(each, state={}) for key, each in canvas.glyphs.items()}, dict(canvas.edges)


@pytest.mark.parametrize("seed", range(5))
def test_after_a_thousand_actions_undoing_all_leads_back_to_the_start(seed: int) -> None:
    dice, document = random.Random(seed), Document()
    document.edit(added(glyph(document.next_id())), "Add")
    start = document.canvas
    document.load(start)
    states: dict[int, int] = {}
    for _ in range(1_000):
        _act(document, dice)
        states |= {k: v.state["job_id"] for k, v in document.canvas.glyphs.items() if "job_id" in v.state}
    while document.can_redo:
        document.redo()
    end = document.canvas
    while document.can_undo:
        document.undo()
    assert bare(document.canvas) == bare(start)
    while document.can_redo:
        document.redo()
    assert bare(document.canvas) == bare(end)
    for key, each in document.canvas.glyphs.items():
        assert each.state.get("job_id") == states.get(key)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000))
def test_the_saved_diffs_add_up_to_the_canvas(seed: int) -> None:
    dice, document = random.Random(seed), Document()
    saved = document.canvas
    for _ in range(60):
        _act(document, dice)
        if dice.random() < 0.2:
            saved = apply(saved, document.take_unsaved())
    saved = apply(saved, document.take_unsaved())
    assert (saved.glyphs, saved.edges) == (document.canvas.glyphs, document.canvas.edges)
