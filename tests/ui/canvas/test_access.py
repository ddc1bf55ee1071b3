"""The canvas as screen readers are told of it: asked through Qt, as they ask."""

from __future__ import annotations

import gc
import sys
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF
from PySide6.QtGui import QAccessible, QAccessibleInterface

from qntx_desktop.model.diff import CanvasDiff, removal
from qntx_desktop.model.glyph import EDGE_HANDLER, Edge
from qntx_desktop.model.job import Job, JobStatus
from qntx_desktop.ui.access import interfaces
from qntx_desktop.ui.access.announcer import Announcer
from qntx_desktop.ui.actions import BY_ID
from qntx_desktop.ui.glyphs.kind import Chip
from qntx_desktop.ui.glyphs.live import Live

Stage = Any
Role, Text = QAccessible.Role, QAccessible.Text


@pytest.fixture(autouse=True)
def _installed() -> None:
    interfaces.install()
    interfaces.install()  # a second window of the process changes nothing


def asked(stage: Stage) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(stage.view)
    assert found is not None
    return found


def named(parent: QAccessibleInterface, name: str) -> QAccessibleInterface:
    children = [parent.child(number) for number in range(parent.childCount())]
    return next(each for each in children if each.text(Text.Name) == name)


def test_glyphs_are_children_in_the_order_of_reading(stage: Stage) -> None:
    stage.put(0, 200, "below")
    stage.put(300, 0, "right")
    stage.put(0, 0, "first")
    canvas = asked(stage)
    assert canvas.role() == Role.Canvas
    names = [canvas.child(number).text(Text.Name) for number in range(3)]
    assert names == ["Note: first", "Note: right", "Note: below"]
    for number in range(canvas.childCount()):
        child = canvas.child(number)
        assert canvas.indexOfChild(child) == number
        assert child.parent().object() is stage.view


def test_a_glyph_says_what_it_shows(stage: Stage, kind: Any) -> None:
    one, other = stage.put(0, 0, "one"), stage.put(300, 0, "other")
    edge = Edge(id=stage.document.next_id(), kind=EDGE_HANDLER, source_id=one, target_id=other)
    stage.document.edit(CanvasDiff(edges_added={edge.id: edge}), "Link")
    glyph = named(asked(stage), "Note: one")
    assert glyph.role() == Role.Grouping
    assert glyph.text(Text.Value) == "one"
    assert glyph.text(Text.Description) == "done, 3,000 in 0.8 s; handler Note: other"
    corner = stage.view.viewport().mapToGlobal(stage.at(0, 0))
    assert (glyph.rect().topLeft(), glyph.rect().width(), glyph.rect().height()) == (corner, 240, 96)
    assert not glyph.state().selected
    stage.view.select([one])
    assert glyph.state().selected
    assert glyph.state().focused
    assert asked(stage).focusChild().object() is glyph.object()
    kind.shown_chips = (Chip("41 %", "run", "◐"),)
    stage.view.set_live(one, Live(now_us=1))
    assert glyph.state().busy
    assert glyph.text(Text.Description).startswith("running, 41 %")


def test_parts_of_a_card_can_be_told_apart_and_pressed(stage: Stage) -> None:
    key = stage.put(0, 0, "one")
    dropped: list[tuple[int, str, str, QPointF]] = []
    stage.view.port_dropped.connect(lambda *given: dropped.append(given))
    glyph = named(asked(stage), "Note: one")
    parts = [glyph.child(number) for number in range(glyph.childCount())]
    assert [(part.role(), part.text(Text.Name)) for part in parts] == [
        (Role.StaticText, "3,000 in 0.8 s"),
        (Role.Button, "Run"),
        (Role.Button, ""),
        (Role.Button, "More"),
        (Role.EditableText, "Text"),
        (Role.Button, "Create handler"),
        (Role.Button, "Port handler"),
        (Role.Graphic, "Port in"),
    ]
    assert all(glyph.indexOfChild(part) == number for number, part in enumerate(parts))
    run, off, field, port, idle = (parts[number] for number in (1, 2, 4, 6, 7))
    assert off.state().disabled
    assert (off.actionInterface().actionNames(), idle.actionInterface().actionNames()) == ([], [])
    middle = run.rect().center()
    assert asked(stage).childAt(middle.x(), middle.y()).object() is glyph.object()
    assert glyph.childAt(middle.x(), middle.y()).object() is run.object()
    run.actionInterface().doAction("Press")
    assert stage.actions == [(key, "run")]
    port.actionInterface().doAction("Press")
    ((dropped_id, port_id, kind_name, place),) = dropped
    assert (dropped_id, port_id, kind_name) == (key, "handler", "note")
    assert place.x() > 240
    field.actionInterface().doAction("Press")
    assert stage.view.editing == key


def test_sides_that_nothing_has_are_none(stage: Stage) -> None:
    """Platforms ask each thing for every side; a wrong answer ends the process."""
    stage.put(0, 0, "one")
    canvas = asked(stage)
    for thing in (canvas, canvas.child(0), canvas.child(0).child(0)):
        for side in ("text", "value", "tableCell", "editableText", "selection", "attributes"):
            assert getattr(thing, f"{side}Interface")() is None
        assert thing.relations() == []
        assert not thing.foregroundColor().isValid() or thing is canvas
        assert not thing.backgroundColor().isValid() or thing is canvas


def test_what_can_be_done_with_a_glyph_is_offered_and_done(stage: Stage) -> None:
    key = stage.put(0, 0, "one")
    actions = named(asked(stage), "Note: one").actionInterface()
    assert actions.actionNames()[:2] == ["SetFocus", "Press"]
    assert actions.localizedActionName("create_handler") == "Create handler"
    assert actions.keyBindingsForAction("delete") == ["Delete", "Backspace"]
    actions.doAction("SetFocus")
    assert stage.view.current_glyph() == key
    actions.doAction("create_handler")
    assert stage.actions == [(key, "create_handler")]
    actions.doAction("nobody knows")
    actions.doAction("delete")
    assert not stage.document.canvas.glyphs


def test_the_interface_of_a_glyph_goes_with_it_and_comes_back(stage: Stage) -> None:
    key = stage.put(0, 0, "one")
    before = asked(stage).childCount()
    glyph = asked(stage).child(0)
    part = glyph.child(1)
    stage.document.edit(removal(stage.document.canvas, {key}), "Delete")
    assert glyph.text(Text.Name) == part.text(Text.Name) == ""  # gone from the canvas, not yet from Qt
    assert (glyph.childCount(), glyph.actionInterface().actionNames()) == (0, [])
    del glyph, part
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert asked(stage).childCount() == before - 1
    stage.document.undo()
    assert asked(stage).child(0).text(Text.Name) == "Note: one"


def test_asking_a_thousand_times_takes_no_references(stage: Stage) -> None:
    for number in range(20):
        stage.put(number * 300, 0, f"{number}")
    canvas = asked(stage)

    def look_at_all() -> None:
        for number in range(20):
            glyph = canvas.child(number)
            glyph.text(Text.Description)
            glyph.state()
            glyph.child(0).parent()

    look_at_all()
    gc.collect()
    before = [sys.getrefcount(each) for each in (None, True)]
    for _ in range(50):
        look_at_all()
    gc.collect()
    after = [sys.getrefcount(each) for each in (None, True)]
    assert all(abs(now - then) < 1_000 for then, now in zip(before, after, strict=True)), (before, after)


def job(number: int, status: JobStatus, **more: Any) -> Job:
    return Job(id=number, type="python.script", status=status, priority=0, payload={}, **more)


def test_runs_that_begin_and_end_are_announced(stage: Stage, kind: Any) -> None:
    for number, text in ((1, "one"), (2, "two")):
        key = stage.put(0, number * 200, text)
        stage.document.amend_state(key, job_id=number)
    announcer = Announcer(stage.view)
    said: list[tuple[str, bool]] = []
    announcer.said.connect(lambda words, urgent: said.append((words, urgent)))
    announcer.ended(job(1, JobStatus.COMPLETED))  # ended before the window was opened
    assert said == []
    QAccessible.setActive(True)
    try:
        for status in (JobStatus.PENDING, JobStatus.RUNNING, JobStatus.RUNNING, JobStatus.COMPLETED):
            announcer.note(job(1, status))
        announcer.ended(job(1, JobStatus.COMPLETED))
        announcer.note(job(2, JobStatus.RUNNING, schedule_id=7))
        announcer.ended(job(2, JobStatus.COMPLETED, schedule_id=7))  # every few minutes: not told
        announcer.note(job(2, JobStatus.RUNNING, schedule_id=7))
        kind.shown_chips = (Chip("failed · line 12", "bad", "▲"),)
        stage.view.set_live(key, Live(now_us=1))
        announcer.ended(job(2, JobStatus.FAILED, schedule_id=7, error={"message": "No such file."}))
    finally:
        QAccessible.setActive(False)
    assert said == [
        ("Note: one: running", False),
        ("Note: one: done, 3,000 in 0.8 s", False),
        ("Note: two: failed, line 12. No such file.", True),
    ]


def test_news_of_the_canvas_reach_those_who_listen(stage: Stage) -> None:
    """The events themselves go to the platform; here it is that nothing breaks while somebody listens."""
    asked(stage)
    QAccessible.setActive(True)
    try:
        keys = [stage.put(0, 0, "one"), stage.put(300, 0, "two")]
        stage.view.select(keys[:1])
        stage.view.perform("nudge_right")
        stage.document.edit(removal(stage.document.canvas, set(keys)), "Delete")
        stage.document.undo()
        assert [asked(stage).child(number).text(Text.Name) for number in (0, 1)] == ["Note: one", "Note: two"]
    finally:
        QAccessible.setActive(False)


def test_what_was_refused_and_what_was_saved_is_announced_once(stage: Stage) -> None:
    key = stage.put(0, 0, "one")
    announcer = Announcer(stage.view)
    said: list[tuple[str, bool]] = []
    announcer.said.connect(lambda words, urgent: said.append((words, urgent)))
    error = {"code": "no_ingest_script", "message": "Nothing knows csv.", "hint": "Create a handler."}
    stage.document.amend_state(key, error=error)
    stage.document.amend_state(key, failed_line=3)
    stage.document.amend_state(key, error=None, saved={"version": 2})
    stage.view.select([key])
    stage.view.perform("nudge_right")
    key_of_offer = stage.view.commands.keymap.shown(BY_ID["offer"])
    assert said == [
        (f"Note: one: Nothing knows csv. {key_of_offer}: Create handler", True),
        ("Note: one: version 2 is saved", False),
    ]
