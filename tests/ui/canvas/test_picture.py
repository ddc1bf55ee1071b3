"""The canvas as a picture, and what is dropped on it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from qntx_desktop.ui.canvas.picture import area_of, picture
from qntx_desktop.ui.theme import DARK

Stage = Any


@pytest.mark.parametrize(("form", "sign"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_a_picture_shows_every_glyph_wherever_one_looks(stage: Stage, form: str, sign: bytes) -> None:
    stage.put(-5_000, 0, "far")
    stage.put(0, 0, "near")
    before = stage.view.viewpoint
    made = picture(stage.view.scene_of, DARK, form)
    assert made.startswith(sign)
    assert stage.view.viewpoint == before
    if form == "png":
        image, area = QImage.fromData(made), area_of(stage.view.scene_of)
        assert image.width() / image.height() == pytest.approx(area.width() / area.height(), rel=0.02)
        colours = {image.pixelColor(x, image.height() // 2).name() for x in range(0, image.width(), 7)}
        assert DARK.code in colours
    if form == "svg":
        assert b">far</text>" in made
        assert b">near</text>" in made


def drop(stage: Stage, brought: QMimeData) -> None:
    place, action = stage.at(40, 48), Qt.DropAction.CopyAction
    keys = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    for event in (
        QDragEnterEvent(place, action, brought, *keys),
        QDropEvent(QPointF(place), action, brought, *keys),
    ):
        QApplication.sendEvent(stage.view.viewport(), event)
        assert event.isAccepted()


def test_dropped_files_are_named_with_their_place_and_text_becomes_a_note(stage: Stage) -> None:
    heard: list[tuple[list[str], tuple[float, float]]] = []
    stage.view.adding.dropping.addresses_dropped.connect(
        lambda each, at: heard.append((each, (at.x(), at.y())))
    )
    files, text, link = QMimeData(), QMimeData(), QMimeData()
    files.setUrls([QUrl.fromLocalFile("/tmp/a b.csv"), QUrl("https://example.org/x.git")])
    text.setText("to remember")
    link.setText("https://example.org/y")
    drop(stage, files)
    drop(stage, link)
    assert heard[0] == (["/tmp/a b.csv", "https://example.org/x.git"], (40, 48))
    assert heard[1][0] == ["https://example.org/y"]
    drop(stage, text)
    (note,) = stage.document.canvas.glyphs.values()
    assert (note.kind, note.content["text"], note.x, note.y) == ("note", "to remember", 40, 48)


def test_commands_for_dropped_files_are_one_step(stage: Stage) -> None:
    stage.view.commands.clipboard.put_dropped([], ["ix csv a", "ix csv b"], QPointF(0, 0))
    assert stage.document.undo_text == "Drop 2 glyphs"
    places = sorted((each.y, each.content["text"]) for each in stage.document.canvas.glyphs.values())
    assert [text for _, text in places] == ["ix csv a", "ix csv b"]
    stage.view.perform("undo")
    assert not stage.document.canvas.glyphs
