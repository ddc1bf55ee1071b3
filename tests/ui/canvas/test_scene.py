from __future__ import annotations

import math
import random
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qntx_desktop.model.diff import CanvasDiff, removal, update
from qntx_desktop.model.glyph import Edge, Glyph, Viewpoint
from qntx_desktop.ui.canvas.cells import Cells
from qntx_desktop.ui.canvas.far import AT_ONCE
from qntx_desktop.ui.canvas.item import MARGIN_PX, origin_of
from qntx_desktop.ui.canvas.pixmaps import Kept, PixmapStore, scale_step
from qntx_desktop.ui.glyphs.live import Live
from qntx_desktop.ui.theme import DARK, LIGHT

Stage = Any


def shown(stage: Stage, qtbot: QtBot) -> QImage:
    """The view as painted once every card has its pixmap."""
    store = stage.view.scene_of.pixmaps
    keys = set(stage.view.scene_of.items_by_id)
    qtbot.waitUntil(lambda: bool(stage.view.grab()) and all(store.get(key) for key in keys))
    return stage.view.grab().toImage()


def test_the_scene_follows_the_document(stage: Stage) -> None:
    one, two = stage.put(0, 0), stage.put(0, 200)
    edge = Edge(id=stage.document.next_id(), kind="handler", source_id=one, target_id=two)
    stage.document.edit(CanvasDiff(edges_added={edge.id: edge}), "Link")
    scene = stage.view.scene_of
    assert scene.item_of(one).look.linked == {"right"}
    assert scene.item_of(two).look.linked == {"left"}
    stage.document.edit(update(stage.document.canvas, one, x=80.0), "Move")
    (line,) = scene._edges.values()
    assert line.path().pointAtPercent(0) == QPointF(80 + 240, 60)
    stage.document.undo()
    assert line.path().pointAtPercent(0) == QPointF(240, 60)
    stage.document.undo()
    assert not scene._edges
    assert scene.item_of(one).look.linked == frozenset()


def test_an_unknown_kind_is_shown_and_kept(stage: Stage, qtbot: QtBot) -> None:
    glyph = Glyph(id=9, kind="weather", x=0, y=0, width=200, height=90, content={"a": 1})
    stage.document.edit(CanvasDiff(added={9: glyph}), "Add")
    assert "weather" in stage.view.scene_of.item_of(9).layout.title_whole
    shown(stage, qtbot)
    assert stage.document.canvas.glyphs[9] == glyph


def test_cards_are_painted_once_and_again_when_they_change(stage: Stage, qtbot: QtBot, kind: Any) -> None:
    one = stage.put(0, 0, "first")
    shown(stage, qtbot)
    painted = len(kind.bodies)
    stage.view.pan_by(10, 10)
    shown(stage, qtbot)
    assert len(kind.bodies) == painted
    stage.document.edit(update(stage.document.canvas, one, x=16.0), "Move")
    shown(stage, qtbot)
    assert len(kind.bodies) == painted
    stage.document.edit(update(stage.document.canvas, one, content={"text": "second"}), "Edit text")
    shown(stage, qtbot)
    assert kind.bodies[painted:] == ["second"]


def test_new_facts_are_shown(stage: Stage) -> None:
    one = stage.put(0, 0)
    stage.view.set_live(one, Live(loading=True))
    assert stage.view.scene_of.item_of(one).layout.height == 160
    stage.view.set_live(999, Live())
    assert stage.view.scene_of.live_of(999) is None


def test_selection_shows_the_accent(stage: Stage, qtbot: QtBot) -> None:
    one = stage.put(0, 0)
    edge = stage.at(0, 80)
    assert shown(stage, qtbot).pixelColor(edge) != QColor(DARK.accent)
    stage.view.select([one])
    stage.view.scene_of.pixmaps.clear()
    assert shown(stage, qtbot).pixelColor(edge) == QColor(DARK.accent)


def test_a_theme_repaints_everything(stage: Stage, qtbot: QtBot) -> None:
    stage.put(0, 0)
    inside = stage.at(120, 20)
    dark = shown(stage, qtbot)
    stage.view.set_theme(LIGHT)
    light = shown(stage, qtbot)
    assert dark.pixelColor(stage.at(-50, -50)) == QColor(DARK.canvas)
    assert light.pixelColor(stage.at(-50, -50)) == QColor(LIGHT.canvas)
    assert light.pixelColor(inside).lightness() > dark.pixelColor(inside).lightness()


def test_far_away_cards_are_plain(stage: Stage, qtbot: QtBot, kind: Any) -> None:
    stage.put(0, 0)
    stage.view.look_at(Viewpoint(zoom=0.1))
    stage.view.scene_of.pixmaps.clear()
    kind.bodies.clear()
    stage.view.grab()
    assert kind.bodies == []


def test_far_away_cards_still_show_their_name(stage: Stage, qtbot: QtBot) -> None:
    def words(text: str) -> Any:
        stage.put(0, 0, text)
        stage.view.look_at(Viewpoint(zoom=0.15))
        shown = stage.view.grab().toImage()
        stage.document.undo()
        return shown

    assert words("people") != words("weather")


def test_scales_are_powers_of_two_never_below_what_is_shown() -> None:
    assert [scale_step(each) for each in (0.2, 0.25, 0.3, 1.0, 1.01, 2.0, 3.0, 8.0)] == [
        0.25,
        0.25,
        0.5,
        1.0,
        2.0,
        2.0,
        4.0,
        4.0,
    ]


def test_what_changes_after_a_frame_is_painted_again(stage: Stage, qtbot: QtBot) -> None:
    """The view paints without Qt's help: Qt must still know that a frame was painted, and ask for the next."""
    one = stage.put(0, 0, "first")
    shown(stage, qtbot)
    frames: list[object] = []
    paint = stage.view.painting.paint
    stage.view.painting.paint = lambda event: (frames.append(event), paint(event))[1]
    for tall in (True, False, True):
        qtbot.waitUntil(lambda: stage.view.painting.complete)
        QApplication.processEvents()
        frames.clear()
        stage.view.set_live(one, Live(loading=tall))
        qtbot.waitUntil(lambda: bool(frames), timeout=30_000)


def test_text_is_sharp_once_the_zoom_rests(stage: Stage, qtbot: QtBot) -> None:
    """At 37 % the card is its own painting at 37 %, pixel for pixel, and not another one stretched."""
    one = stage.put(0, 0, "people")
    stage.view.look_at(Viewpoint(zoom=1.0))
    shown(stage, qtbot)
    stage.view.navigator.zoom_to(0.37)
    qtbot.waitUntil(lambda: bool(stage.view.grab()) and stage.view.painting.complete, timeout=30_000)
    seen = stage.view.grab().toImage()
    own = stage.view.scene_of.item_of(one).painted(0.37).toImage()
    origin, inside = origin_of(0.37), QPoint(4, 4)
    corner = stage.view.viewportTransform().map(QPointF(0, 0))
    place = QPoint(round(corner.x()), round(corner.y()))
    for x in range(0, 80, 3):
        for y in (5, 6, 7):
            at = inside + QPoint(x, y)
            assert seen.pixelColor(place + at) == own.pixelColor(at + QPoint(origin, origin)), at


def test_ten_thousand_rectangles_are_found_where_they_lie() -> None:
    chance = random.Random(7)
    areas = {key: _area(chance) for key in range(400)}
    cells = Cells()
    for key, area in areas.items():
        cells.put(key, *_area(chance))  # where it lay before
        cells.put(key, *area)
    for key in range(0, 400, 7):
        cells.drop(key)
        del areas[key]
    for _ in range(60):
        left, top, right, bottom = _area(chance)
        meant = {
            key
            for key, (x1, y1, x2, y2) in areas.items()
            if x1 <= right and x2 >= left and y1 <= bottom and y2 >= top
        }
        assert set(cells.near(left, top, right, bottom)) == meant


def _area(chance: random.Random) -> tuple[float, float, float, float]:
    left, top = chance.uniform(-9_000, 9_000), chance.uniform(-9_000, 9_000)
    large = chance.random() < 0.1
    return left, top, left + chance.uniform(0, 20_000 if large else 600), top + chance.uniform(0, 600)


def test_the_budget_drops_the_least_recently_shown(qtbot: QtBot) -> None:
    def ten() -> Kept:
        return Kept(serial=1, scale=1.0, origin=0.0, pixmap=QPixmap(10, 10))

    store = PixmapStore(most_bytes=3 * 400)
    for key in (1, 2, 3):
        store.put(key, ten())
    store.get(1)
    store.put(4, ten())
    assert [key for key in (1, 2, 3, 4) if store.get(key)] == [1, 3, 4]
    assert store.total_bytes == 1_200


def test_an_empty_canvas_says_what_to_do(stage: Stage, qtbot: QtBot) -> None:
    empty = stage.view.grab().toImage()
    stage.view.set_notice(("The canvas is being read", "", ""))
    assert stage.view.grab().toImage() != empty


def test_who_points_at_a_card_that_just_grew_finds_all_of_it(stage: Stage, qtbot: QtBot) -> None:
    """How tall cards are by now is found out for a frame; whoever asks before that must not miss them."""
    one, two = stage.put(0, 0), stage.put(0, 180)
    scene = stage.view.scene_of
    shown(stage, qtbot)
    assert scene.glyph_at(QPointF(10, 150)) is None
    for key in (one, two):
        stage.view.set_live(key, Live(loading=True))
    assert scene.changing
    found = scene.glyph_at(QPointF(10, 150))
    assert found is not None
    assert found.glyph_id == one
    assert not scene.changing
    stage.view.set_live(one, Live(loading=True))
    assert not scene.changing, "the same facts again change nothing"


def test_changed_cards_are_settled_a_few_in_each_frame_and_all_in_the_end(stage: Stage, qtbot: QtBot) -> None:
    keys = [stage.put(x, y) for x in (-350.0, -50.0) for y in (-280.0, -80.0, 120.0)]
    scene = stage.view.scene_of
    shown(stage, qtbot)
    for key in keys:
        stage.view.set_live(key, Live(loading=True))
    assert not scene.settle(0.0), "no time: one card, and the others wait"
    assert scene._places.area_of(keys[0])[3] == -280 + 160 + MARGIN_PX
    assert scene._places.area_of(keys[1])[3] == -80 + 96 + MARGIN_PX
    qtbot.waitUntil(lambda: not scene.changing, timeout=30_000)
    reaches = [scene._places.area_of(key)[3] - scene.items_by_id[key].glyph.y for key in keys]
    assert reaches == [160 + MARGIN_PX] * len(keys)


def test_what_is_seen_is_looked_up_again_when_something_moved(stage: Stage) -> None:
    """Frames of a canvas that rests share what was found; it must not outlive a change."""
    one, two = stage.put(0, 0), stage.put(0, 200)
    scene, area = stage.view.scene_of, QRectF(-50, -50, 200, 200)
    assert [item.glyph_id for item in scene.shown_in(area)] == [one]
    assert scene.shown_in(area) is scene.shown_in(area)
    stage.document.edit(update(stage.document.canvas, two, y=20.0), "Move")
    assert [item.glyph_id for item in scene.shown_in(area)] == [one, two]
    stage.document.edit(update(stage.document.canvas, one, z=5.0), "Bring to front")
    assert [item.glyph_id for item in scene.shown_in(area)] == [two, one]
    edge = Edge(id=stage.document.next_id(), kind="handler", source_id=one, target_id=two)
    assert list(scene.ways_in(area)) == []
    stage.document.edit(CanvasDiff(edges_added={edge.id: edge}), "Link")
    assert [way.edge.id for way in scene.ways_in(area)] == [edge.id]
    stage.document.undo()
    assert list(scene.ways_in(area)) == []


def test_a_large_canvas_is_made_ready_for_a_look_from_far_away_in_slices(stage: Stage) -> None:
    """No frame waits for all cards of a canvas that opens; cards that move later are where they are at once."""
    many = {key: Glyph(id=key, kind="note", x=key * 10.0, y=0, width=90, height=90) for key in range(1, 201)}
    stage.document.edit(CanvasDiff(added=many), "Add")
    far = stage.view.scene_of.far
    far.forget()
    far._catch_up(-math.inf)
    assert list(far._cards) == list(range(1, AT_ONCE + 1))
    assert not far.complete
    while not far.prepare():
        assert not far.complete
    assert far._cards.keys() == many.keys()
    assert far.places()[1].keys() == many.keys()
    moved = {key: (glyph, replace(glyph, y=500.0)) for key, glyph in many.items()}
    stage.document.edit(CanvasDiff(updated=moved), "Move")
    far._catch_up(-math.inf)
    assert {card.y() for card in far._cards.values()} == {500.0}


def test_what_is_looked_at_does_not_wait_for_the_rest_of_the_canvas(stage: Stage) -> None:
    many = {key: Glyph(id=key, kind="note", x=key * 5e3, y=0, width=90, height=90) for key in range(1, 101)}
    stage.document.edit(CanvasDiff(added=many), "Add")
    far = stage.view.scene_of.far
    far.forget()
    far._begin()
    stage.view.look_at(Viewpoint(center_x=100 * 5_000.0, zoom=0.2))
    stage.view.grab()
    assert 100 in far._cards


def test_frames_that_hurry_build_at_least_in_every_second_one() -> None:
    store = PixmapStore()
    built: list[int] = []

    def frame(number: int, left_s: float) -> None:
        store.begin_frame()
        store.hurry(left_s)
        for key in range(3):
            if store.has_time("paint"):
                store.build(key, "paint", lambda: Kept(serial=0, scale=1.0, origin=0.0, pixmap=QPixmap(4, 4)))
                built.append(number)

    store.put(9, Kept(serial=0, scale=1.0, origin=0.0, pixmap=QPixmap(4, 4)))
    for number in range(6):
        frame(number, -1.0)
    assert built == [0, 2, 4]
    built.clear()
    frame(6, math.inf)
    assert built == [6, 6, 6]


def test_cards_that_wait_for_their_pixmap_are_named_from_the_middle_outwards(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a fast zoom: what has nothing better yet says at least what it is."""
    outer, middle, inner = stage.put(-390, -290), stage.put(-120, -48), stage.put(140, 60)
    scene = stage.view.scene_of
    monkeypatch.setattr(scene.pixmaps, "has_time", lambda work: False)
    names = scene.far._names._strips
    qtbot.waitUntil(lambda: bool(stage.view.grab()) and len(names) == 3, timeout=30_000)
    assert list(names) == [middle, inner, outer]
    assert not stage.view.painting.complete
    monkeypatch.undo()
    built: list[int] = []
    build = scene.pixmaps.build
    scene.pixmaps.build = lambda key, *rest: (built.append(key), build(key, *rest))[1]
    qtbot.waitUntil(lambda: bool(stage.view.grab()) and stage.view.painting.complete, timeout=30_000)
    assert built == [middle, inner, outer]


def test_the_rectangle_around_everything_follows_what_is_put_moved_grown_and_removed(stage: Stage) -> None:
    scene = stage.view.scene_of
    assert scene.extent() is None
    one, two = stage.put(-37.5, 12.25), stage.put(1000, 400)
    assert scene.extent() == (-37.5, 12.25, 1277.5, 483.75)
    stage.view.set_live(two, Live(loading=True))
    assert scene.extent() == (-37.5, 12.25, 1277.5, 547.75)
    stage.document.edit(update(stage.document.canvas, one, x=0.0, y=0.0), "Move")
    assert scene.extent() == (0, 0, 1240, 560)
    stage.document.edit(removal(stage.document.canvas, {two}), "Delete")
    assert scene.extent() == (0, 0, 240, 96)
    stage.document.edit(removal(stage.document.canvas, {one}), "Delete")
    assert scene.extent() is None
