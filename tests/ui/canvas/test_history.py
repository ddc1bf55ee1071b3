"""What was done outlives the process: random actions, kills and restarts, then everything undone and redone."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from qntx_desktop.app.container import Services, build
from qntx_desktop.app.paths import Home
from qntx_desktop.model.diff import CanvasDiff, removal, update
from qntx_desktop.model.glyph import Canvas, Edge, Glyph
from qntx_desktop.model.history import MOST_STEPS, packed, unpacked
from qntx_desktop.ui.canvas.document import Document
from qntx_desktop.ui.canvas.history import History


def digest(canvas: Canvas) -> str:
    """What the person made, as one number; what runs left behind does not count."""
    glyphs = [{**asdict(each), "state": None} for _, each in sorted(canvas.glyphs.items())]
    edges = [asdict(each) for _, each in sorted(canvas.edges.items())]
    return hashlib.sha256(json.dumps([glyphs, edges], sort_keys=True).encode()).hexdigest()


def act(document: Document, dice: random.Random) -> None:
    """Do one of the things a person does."""
    glyphs = list(document.canvas.glyphs)
    some = set(dice.sample(glyphs, min(len(glyphs), dice.randint(1, 4))))
    roll = dice.random()
    if roll < 0.3 or len(glyphs) < 2:
        key = document.next_id()
        content = {"text": f"é \ud800 {key}", "tags": {"n": [key]}}
        made = Glyph(id=key, kind="ix", x=dice.random() * 99, y=0.0, width=100.0, height=50.0, content=content)
        edges = {}
        if glyphs:
            edge = document.next_id()
            edges[edge] = Edge(id=edge, kind="handler", source_id=dice.choice(glyphs), target_id=key)
        document.edit(CanvasDiff(added={key: made}, edges_added=edges), "Add")
    elif roll < 0.5:
        moved = {key: document.canvas.glyphs[key] for key in some}
        updated = {key: (old, replace(old, x=old.x + 8, z=old.z + 1)) for key, old in moved.items()}
        document.edit(CanvasDiff(updated=updated), f"Move {len(some)} glyphs", merge=f"move {dice.randint(0, 2)}")
    elif roll < 0.65:
        key = dice.choice(glyphs)
        content = {**document.canvas.glyphs[key].content, dice.choice("ab"): dice.random()}
        content.pop(dice.choice(["a", "b", "text"]), None)
        document.edit(update(document.canvas, key, content=content), "Edit text")
    elif roll < 0.75:
        document.edit(removal(document.canvas, some), "Delete")
    elif roll < 0.8:
        document.amend_state(dice.choice(glyphs), job_id=dice.randint(1, 9))
    elif roll < 0.93:
        document.undo()
    else:
        document.redo()


def save(services: Services, document: Document) -> None:
    diff, steps = document.take_unsaved(), document.take_unsaved_steps()
    services.canvas.save(document.canvas.id, diff, "test", next_id=document.first_unused_id, steps=steps)


def reopened(services: Services) -> Document:
    """What a new process finds; all that was not saved is gone with the old one."""
    canvas = services.canvas.open_first()
    return Document(canvas, steps=services.canvas.steps(canvas.id))


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = build(Home(root=tmp_path / "home"))
    yield made
    made.close()


@pytest.mark.parametrize("seed", range(4))
def test_undo_all_and_redo_all_after_kills_lead_to_the_same(services: Services, seed: int) -> None:
    dice, document = random.Random(seed), reopened(services)
    start = kept = digest(document.canvas)
    for _ in range(5):
        for _ in range(30):
            act(document, dice)
            if dice.random() < 0.2:
                save(services, document)
                kept = digest(document.canvas)
        document = reopened(services)  # whatever was not saved died with the process
        assert digest(document.canvas) == kept
    done = document.steps_done
    assert done > 10
    document.go_to_step(0)
    assert digest(document.canvas) == start
    save(services, document)
    document = reopened(services)
    assert document.steps_done == 0
    document.go_to_step(done)
    assert digest(document.canvas) == kept
    assert document.steps_done == done


def test_a_refused_save_loses_no_step(services: Services) -> None:
    document = reopened(services)
    document.edit(CanvasDiff(added={1: Glyph(id=1, kind="ix", x=0, y=0, width=9, height=9)}), "Add IX")
    diff, steps = document.take_unsaved(), document.take_unsaved_steps()
    document.undo()
    document.edit(CanvasDiff(added={2: Glyph(id=2, kind="ix", x=0, y=0, width=9, height=9)}), "Add another")
    document.return_unsaved(diff, steps)
    save(services, document)
    again = reopened(services)
    assert (again.steps, again.steps_done, list(again.canvas.glyphs)) == (("Add another",), 1, [2])


def test_a_step_stores_only_what_differs() -> None:
    old = Glyph(id=1, kind="python", x=0, y=0, width=9, height=9, content={"code": "x" * 50_000, "title": "a"})
    text = packed(CanvasDiff(updated={1: (old, replace(old, x=8.0))}))
    assert len(text) < 100
    before, after = unpacked(text).updated[1]
    assert (before.x, after.x) == (0, 8)
    with pytest.raises(ValueError, match="JSON"):
        packed(CanvasDiff(added={1: replace(old, x=float("nan"))}))


def test_the_history_is_bounded_and_the_oldest_steps_go_first() -> None:
    history = History()
    for number in range(MOST_STEPS + 5):
        history.add(CanvasDiff(), str(number), None)
    assert (len(history.labels), history.labels[0], history.at) == (MOST_STEPS, "5", MOST_STEPS)
    assert history.take_unsaved().dropped >= {1, 5}
