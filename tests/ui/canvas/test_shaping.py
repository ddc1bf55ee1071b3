"""Copying, lining up, marks, frames: each action one step, taken back whole."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qntx_desktop.model import canvas_file
from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.errors import ErrInvalidPayload
from qntx_desktop.model.glyph import KIND_FRAME, KIND_PYTHON, KIND_RESULT, Edge, Glyph
from qntx_desktop.model.marks import is_disabled, is_locked, tag_of, title_of
from qntx_desktop.ui.canvas.arranging import aligned, attracted, distributed, tidied
from qntx_desktop.ui.canvas.clipboard import MOST_TEXT_CHARS
from qntx_desktop.ui.canvas.geometry import Box, overlaps
from qntx_desktop.ui.glyphs.live import NOTHING
from qntx_desktop.ui.glyphs.note import NoteKind, ticked
from qntx_desktop.ui.theme import TITLE_PX

SHIFT, MOD = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
Stage = Any


@pytest.fixture(autouse=True)
def _own_clipboard(qapp: QApplication) -> Iterator[None]:
    qapp.clipboard().clear()
    yield
    qapp.clipboard().clear()


def glyphs_of(stage: Stage) -> dict[int, Glyph]:
    return dict(stage.document.canvas.glyphs)


def test_copy_and_paste_carry_glyphs_and_their_links_as_text(stage: Stage, qapp: QApplication) -> None:
    one, two, other = stage.put(-300, -200, "a"), stage.put(0, -200, "b"), stage.put(0, 100, "c")
    edges = {
        9: Edge(id=9, kind="handler", source_id=one, target_id=two),
        10: Edge(id=10, kind="handler", source_id=one, target_id=other),
    }
    stage.document.edit(CanvasDiff(edges_added=edges), "Link")
    stage.view.select([one, two])
    stage.key(Qt.Key.Key_C, MOD)
    assert json.loads(qapp.clipboard().text())["format"] == "qntx.canvas"
    before = glyphs_of(stage)
    stage.key(Qt.Key.Key_V, MOD)
    made = {key: each for key, each in glyphs_of(stage).items() if key not in before}
    assert sorted(each.content["text"] for each in made.values()) == ["a", "b"]
    assert set(stage.view.scene_of.selection) == set(made)
    left, right = sorted(made.values(), key=lambda each: each.x)
    assert (right.x - left.x, right.y - left.y) == (300, 0)
    new_edges = [each for each in stage.document.canvas.edges.values() if each.id not in (9, 10)]
    assert [(each.source_id, each.target_id) for each in new_edges] == [(left.id, right.id)]
    assert stage.document.undo_text == "Paste 2 glyphs"
    stage.key(Qt.Key.Key_Z, MOD)
    assert glyphs_of(stage) == before


def test_cut_takes_away_and_paste_brings_back(stage: Stage) -> None:
    one = stage.put(-300, -200, "a")
    stage.view.select([one])
    stage.key(Qt.Key.Key_X, MOD)
    assert not glyphs_of(stage)
    stage.key(Qt.Key.Key_V, MOD)
    assert [each.content["text"] for each in glyphs_of(stage).values()] == ["a"]


def test_a_copied_result_shows_the_same_run_and_copied_code_is_saved_as_what_it_was(stage: Stage) -> None:
    shape = {"x": 0.0, "y": 0.0, "width": 99.0, "height": 99.0}
    result = Glyph(id=1, kind=KIND_RESULT, **shape, state={"job_id": 7})
    code = Glyph(id=2, kind=KIND_PYTHON, **shape, state={"saved": {"version": 1}, "job_id": 8})
    stage.document.edit(CanvasDiff(added={1: result, 2: code}), "Add")
    stage.view.select([1, 2])
    stage.view.perform("duplicate")
    made = [each for key, each in glyphs_of(stage).items() if key > 2]
    assert {each.kind: dict(each.state) for each in made} == {
        KIND_RESULT: {"job_id": 7},
        KIND_PYTHON: {"saved": {"version": 1}},
    }


def test_pasted_words_become_a_command_or_a_note(stage: Stage, qapp: QApplication) -> None:
    for text, kind in (("ix csv ./a.csv", "ix"), ("two\nlines", "note")):
        qapp.clipboard().setText(text)
        stage.key(Qt.Key.Key_V, MOD)
        newest = max(glyphs_of(stage).values(), key=lambda each: each.id)
        assert (newest.kind, newest.content["text"]) == (kind, text)


def test_a_pasted_table_becomes_one_and_long_words_get_room(stage: Stage, qapp: QApplication) -> None:
    qapp.clipboard().setText("name\ttown\nAda|b\tLondon\n")
    stage.key(Qt.Key.Key_V, MOD)
    (table,) = glyphs_of(stage).values()
    assert table.content["text"] == "| name | town |\n| --- | --- |\n| Ada\\|b | London |"
    words = "\n".join(f"line {number}" for number in range(500))
    qapp.clipboard().setText(words)
    stage.key(Qt.Key.Key_V, MOD)
    note = max(glyphs_of(stage).values(), key=lambda each: each.id)
    assert (note.content["text"], note.height) == (words, 480)


def test_pasted_files_are_taken_as_dropped_ones_and_pictures_handed_on(stage: Stage, qapp: QApplication) -> None:
    heard: list[Any] = []
    stage.view.adding.dropping.addresses_dropped.connect(lambda paths, _at: heard.append(paths))
    stage.view.adding.dropping.picture_brought.connect(lambda image, _at: heard.append(image.width()))
    files, picture = QMimeData(), QImage(12, 8, QImage.Format.Format_RGB32)
    picture.fill(0)
    files.setUrls([QUrl.fromLocalFile("/tmp/a b.csv")])
    qapp.clipboard().setMimeData(files)
    stage.key(Qt.Key.Key_V, MOD)
    qapp.clipboard().setImage(picture)
    stage.key(Qt.Key.Key_V, MOD)
    assert heard == [["/tmp/a b.csv"], 12]
    assert not glyphs_of(stage)


def test_what_is_too_long_for_a_note_is_refused_and_not_cut(stage: Stage, qapp: QApplication) -> None:
    said: list[Any] = []
    stage.view.refused.connect(said.append)
    stage.view.commands.clipboard.take_text("x" * (MOST_TEXT_CHARS + 1), QPointF())
    assert not glyphs_of(stage)
    assert "1,000,001 characters" in said[0].message


def test_a_broken_text_changes_nothing_and_says_why(stage: Stage, qapp: QApplication) -> None:
    said: list[Any] = []
    stage.view.refused.connect(said.append)
    qapp.clipboard().setText('{"format": "qntx.canvas", "version": 99}')
    stage.key(Qt.Key.Key_V, MOD)
    assert not glyphs_of(stage)
    assert [each.code for each in said] == ["invalid_payload"]


def test_alt_and_drag_moves_copies_as_one_step_and_esc_leaves_nothing(stage: Stage) -> None:
    one = stage.put(-300, -200, "a")
    stage.drag((-200, -185), (-40, 55), ALT)
    assert stage.place_of(one) == (-300, -200)
    copy = max(glyphs_of(stage))
    assert stage.place_of(copy) == (-136, 40)
    stage.key(Qt.Key.Key_Z, MOD)
    assert set(glyphs_of(stage)) == {one}
    stage.press(-200, -185, ALT)
    stage.move(-100, 0, ALT)
    assert len(glyphs_of(stage)) == 2
    stage.key(Qt.Key.Key_Escape)
    assert set(glyphs_of(stage)) == {one}


def test_a_marquee_from_right_to_left_takes_only_what_it_holds_whole(stage: Stage) -> None:
    one, two = stage.put(-300, -200), stage.put(0, -200)
    stage.drag((20, -50), (-350, -250))
    assert set(stage.view.scene_of.selection) == {one}
    stage.drag((-350, -250), (20, -50))
    assert set(stage.view.scene_of.selection) == {one, two}


def test_a_dragged_card_snaps_to_the_edge_of_another_until_snapping_is_off(stage: Stage) -> None:
    stage.put(-299, -200)
    two = stage.put(0, 0)
    stage.drag((100, 15), (-197, 115))
    assert stage.place_of(two) == (-299, 104)
    stage.view.perform("undo")
    stage.view.perform("snap")
    stage.drag((100, 15), (-197, 115))
    assert stage.place_of(two) == (-297, 100)


def test_locked_glyphs_stay(stage: Stage) -> None:
    one, two = stage.put(-300, -200), stage.put(0, -200)
    stage.view.select([one])
    stage.key(Qt.Key.Key_L, SHIFT)
    assert is_locked(glyphs_of(stage)[one])
    stage.view.perform("select_all")
    stage.drag((-200, -185), (-200, 15))
    assert (stage.place_of(one), stage.place_of(two)) == ((-300, -200), (0, -200))
    stage.key(Qt.Key.Key_Right, ALT)
    assert (stage.place_of(one), stage.place_of(two)) == ((-300, -200), (8, -200))
    stage.view.perform("align_top")
    stage.key(Qt.Key.Key_Delete)
    assert set(glyphs_of(stage)) == {one}


def test_marks_are_steps_and_a_disabled_glyph_does_not_run(stage: Stage) -> None:
    one = stage.put(-300, -200)
    stage.view.select([one])
    assert stage.view.commands.can("run")
    stage.key(Qt.Key.Key_D)
    stage.view.perform("tag_blue")
    assert is_disabled(glyphs_of(stage)[one])
    assert tag_of(glyphs_of(stage)[one]) == "blue"
    assert not stage.view.commands.can("run")
    stage.view.grab()
    stage.view.perform("undo")
    stage.view.perform("undo")
    assert stage.view.commands.can("run")


def test_f2_gives_a_title_esc_does_not_and_an_empty_one_is_the_kinds(stage: Stage, qtbot: QtBot) -> None:
    one = stage.put(-300, -200, "text")
    stage.view.select([one])
    for typed, end, title in (
        ("Mine", Qt.Key.Key_Return, "Mine"),
        ("Other", Qt.Key.Key_Escape, "Mine"),
        (" ", Qt.Key.Key_Return, ""),
    ):
        stage.key(Qt.Key.Key_F2)
        line = stage.view.commands.shaping.renaming.line
        qtbot.waitUntil(line.hasFocus)
        line.selectAll()
        QTest.keyClicks(line, typed)
        QTest.keyClick(line, end)
        assert title_of(glyphs_of(stage)[one]) == title
        assert stage.view.scene_of.item_of(one).layout.title_whole == (title or "text")
    assert stage.document.undo_text == "Rename glyph"


def test_a_frame_takes_what_stands_in_it_along_and_lets_presses_through(stage: Stage) -> None:
    one, two = stage.put(-300, -200), stage.put(0, -200)
    stage.view.select([one, two])
    stage.key(Qt.Key.Key_G, MOD)
    frame = max(glyphs_of(stage))
    assert glyphs_of(stage)[frame].kind == KIND_FRAME
    box = glyphs_of(stage)[frame]
    stage.drag((-30, -90), (-20, -95))  # inside, between the cards: a marquee, not a drag
    assert stage.place_of(frame) == (box.x, box.y)
    stage.view.select([frame])
    stage.drag((box.x + 40, box.y + 10), (box.x + 40, box.y + 90))
    assert (stage.place_of(one), stage.place_of(two)) == ((-300, -120), (0, -120))
    stage.view.perform("undo")
    assert stage.place_of(one) == (-300, -200)
    stage.view.select([frame])
    stage.key(Qt.Key.Key_G, MOD | SHIFT)
    assert set(glyphs_of(stage)) == {one, two}
    assert set(stage.view.scene_of.selection) == {one, two}
    stage.view.grab()


def test_front_and_back_change_the_order_only(stage: Stage) -> None:
    one, two, three = stage.put(0, 0), stage.put(0, 0), stage.put(0, 0)
    stage.view.select([one])
    stage.key(Qt.Key.Key_BracketRight)
    assert max(glyphs_of(stage).values(), key=lambda each: each.z).id == one
    stage.view.select([three, two])
    stage.key(Qt.Key.Key_BracketLeft)
    assert [each.id for each in sorted(glyphs_of(stage).values(), key=lambda g: g.z)] == [two, three, one]


def boxes(dice: random.Random, count: int) -> dict[int, Box]:
    return {
        key: Box(
            dice.randrange(-500, 500),
            dice.randrange(-500, 500),
            dice.randrange(40, 400),
            dice.randrange(40, 300),
        )
        for key in range(1, count + 1)
    }


@pytest.mark.parametrize("seed", range(8))
def test_tidied_cards_never_overlap_and_links_go_to_the_right(seed: int) -> None:
    dice = random.Random(seed)
    cards = boxes(dice, 12)
    links = [(key, dice.randrange(key + 1, 13)) for key in range(1, 12)]
    places = tidied(cards, [*links, (12, 12)], 8.0)
    placed = {
        key: box._replace(x=places[key][0], y=places[key][1]) if key in places else box
        for key, box in cards.items()
    }
    assert not any(overlaps(placed[a], placed[b]) for a in placed for b in placed if a < b)
    assert all(placed[a].right < placed[b].x for a, b in links)
    assert tidied(cards, [(1, 2), (2, 3), (3, 1)], 8.0)  # a circle ends


def test_aligned_and_distributed() -> None:
    cards = {1: Box(0, 0, 10, 10), 2: Box(17, 5, 10, 20), 3: Box(90, 50, 10, 10)}
    assert aligned(cards, "left") == {2: (0, 5), 3: (0, 50)}
    assert aligned(cards, "bottom") == {1: (0, 50), 2: (17, 40)}
    assert distributed(cards, across=True) == {2: (45, 5)}
    assert distributed({1: cards[1], 2: cards[2]}, across=True) == {}
    across, down, guides = attracted(Box(3, 200, 10, 10), [cards[1]], 5)
    assert (across, down) == (2, None)
    assert {guide.at for guide in guides} == {5, 10}


def test_a_canvas_text_is_read_back_whole_and_a_wrong_one_named() -> None:
    glyph = Glyph(id=3, kind="from.the.future", x=1, y=2, width=3, height=4, z=-5, content={"a": "\ud800"})
    edge = Edge(id=4, kind="handler", source_id=3, target_id=3)
    text = canvas_file.written("n", [glyph], [edge, Edge(id=5, kind="x", source_id=3, target_id=99)])
    assert canvas_file.read(text) == canvas_file.CanvasText(name="n", glyphs=(glyph,), edges=(edge,))
    wrong = {
        "x": ('"x": 1', '"x": NaN'),
        "width": ('"width": 3', '"width": 0'),
        "id": ('"id": 3', '"id": true'),
        "source_id": ('"source_id": 3', '"source_id": 7'),
        "version": ('"version": 1', '"version": 2'),
        "format": ("qntx.canvas", "other"),
        "file": ("{", "["),
        "content": ('"content": {"a": "\\ud800"}', '"content": {"a": 1e999}'),
    }
    for field, (old, new) in wrong.items():
        assert old in text
        with pytest.raises(ErrInvalidPayload) as caught:
            canvas_file.read(text.replace(old, new, 1))
        assert field in caught.value.details["field"]


def test_a_notes_boxes_are_where_they_are_painted_and_tick_one_by_one(qapp: QApplication) -> None:
    text = "# Plan\n\n- [ ] one\n- [x] two\n- plain\n"
    glyph = Glyph(id=1, kind="note", x=0, y=0, width=280, height=200, content={"text": text})
    kind = NoteKind()
    spots = kind.hotspots(QRectF(0, 36, 280, 164), glyph, NOTHING)
    assert [(spot.id, spot.role) for spot in spots] == [
        ("edit", "field"),
        ("check:0", "button"),
        ("check:1", "button"),
    ]
    assert spots[1].rect.bottom() <= spots[2].rect.center().y()
    assert kind.title(glyph) == "Plan"
    assert kind.chips(glyph, NOTHING)[0].text == "1 of 2"
    assert ticked(ticked(text, 0), 1) == "# Plan\n\n- [x] one\n- [ ] two\n- plain\n"
    assert ticked(text, 7) == text


def test_folded_cards_are_their_title_rows_and_keep_what_they_hold(stage: Stage) -> None:
    one, two = stage.put(-300, -200, "a"), stage.put(0, -200, "b")
    stage.key(Qt.Key.Key_A, MOD)
    stage.key(Qt.Key.Key_M)
    item = stage.view.scene_of.item_of(one)
    assert (item.card_rect.height(), stage.document.canvas.glyphs[one].height) == (TITLE_PX, 96)
    assert item.layout.body.isEmpty()
    assert {spot.id for spot in item.layout.hotspots} == {"text", "create_handler"}
    assert item.layout.hotspot_at(QPointF(20, 50)) is None
    assert all(0 <= port.at.y() <= TITLE_PX for port in item.layout.ports)
    assert stage.document.undo_text == "Fold 2 glyphs"
    stage.view.grab()
    stage.drag((-60, -200 + TITLE_PX), (-60, -100))  # its lower edge does not pull
    assert stage.document.canvas.glyphs[one].height == 96
    stage.view.select([two])
    stage.key(Qt.Key.Key_M)
    assert stage.view.scene_of.item_of(two).card_rect.height() == 96
    stage.view.select([one, two])
    stage.key(Qt.Key.Key_M)
    assert stage.view.scene_of.item_of(two).card_rect.height() == TITLE_PX
    stage.key(Qt.Key.Key_M)
    assert stage.view.scene_of.item_of(one).card_rect.height() == 96


def test_editing_a_folded_card_shows_all_of_it_again(stage: Stage) -> None:
    one = stage.put(-300, -200, "a")
    stage.view.select([one])
    stage.key(Qt.Key.Key_M)
    assert stage.view.open_editor(one)
    assert stage.view.scene_of.item_of(one).card_rect.height() == 96
    assert stage.document.undo_text == "Unfold glyph"
