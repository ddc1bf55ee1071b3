"""The preview glyph: pictures of every size and state, texts, folders, and reading only what is seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qntx_desktop.model.glyph import KIND_PREVIEW, Glyph, Viewpoint
from qntx_desktop.ui.canvas.document import Document
from qntx_desktop.ui.canvas.layout import lay_out
from qntx_desktop.ui.canvas.view import CanvasView
from qntx_desktop.ui.control import previews
from qntx_desktop.ui.control.board import Board, Lives
from qntx_desktop.ui.control.canvas_files import CanvasFiles
from qntx_desktop.ui.control.previews import Previews
from qntx_desktop.ui.control.sight import CanvasSight
from qntx_desktop.ui.control.windows import Windows
from qntx_desktop.ui.dialogs.preview_view import PreviewView
from qntx_desktop.ui.glyphs import face as faces
from qntx_desktop.ui.glyphs.face import Face, face_of, picture_size
from qntx_desktop.ui.glyphs.live import NOTHING, Live
from qntx_desktop.ui.glyphs.preview import PreviewKind, size_for_picture
from qntx_desktop.ui.glyphs.registry import KINDS
from qntx_desktop.ui.theme import DARK

KIND = PreviewKind()


def glyph(path: object) -> Glyph:
    return Glyph(id=1, kind=KIND_PREVIEW, x=0, y=0, width=320, height=240, content={"path": path})


def picture(place: Path, wide: int = 40, tall: int = 20, colour: str = "#ff0000") -> str:
    image = QImage(wide, tall, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    assert image.save(str(place), "PNG")  # type: ignore[call-overload]
    return str(place)


def painted(made: Glyph, live: Live) -> QImage:
    image = QImage(320, 240, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    KIND.paint_body(painter, QRectF(0, 40, 320, 160), made, live, DARK)
    painter.end()
    return image


def test_a_picture_is_shown_as_it_is_and_its_size_said(qtbot: QtBot, tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png")
    face = face_of("a.png", str(tmp_path))
    assert (face.pixels, face.words, face.problem) == ((40, 20), "", None)
    live = Live(face=face)
    shown = painted(glyph(path), live)
    assert shown.pixelColor(160, 120).name() == "#ff0000"
    assert shown.pixelColor(160, 60).name() != "#ff0000"
    assert any(whole.startswith("40 × 20 · ") for _, _, whole in lay_out(KIND, glyph(path), live).footer)
    assert KIND.title(glyph(path)) == "a.png"
    assert KIND.editor(glyph(path)) is None
    assert picture_size(path) == (40, 20)


def test_a_large_picture_is_kept_small_and_too_large_or_broken_ones_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = picture(tmp_path / "a.png", 3_000, 30)
    face = face_of(path, "")
    assert face.image is not None
    assert (face.image.width(), face.pixels) == (1_024, (3_000, 30))
    assert face.head is not None
    assert face.head.picture == b""
    monkeypatch.setattr(faces, "MOST_PIXELS", 1_000)
    assert face_of(path, "").words == "3,000 × 30 pixels are too many to show."
    Path(path).write_bytes(Path(path).read_bytes()[:60])
    monkeypatch.undo()
    broken = face_of(path, "")
    assert (broken.image, broken.words) == (None, "The picture is broken: it cannot be shown.")
    assert [chip.text for chip in KIND.chips(glyph(path), Live(face=broken))] == ["cannot be shown"]


@pytest.mark.parametrize("content", [None, 7, ["a"], "", "  ", "a\0b"])
def test_what_a_file_may_hold_in_place_of_a_path_is_no_path(qtbot: QtBot, content: object) -> None:
    made = glyph(content)
    assert KIND.editor(made) is not None
    assert {spot.id for spot in lay_out(KIND, made, NOTHING).hotspots} == {"edit", "choose_file"}
    painted(made, NOTHING)


def test_what_cannot_be_read_says_why_and_offers_another_file(qtbot: QtBot, tmp_path: Path) -> None:
    live = Live(face=face_of("gone.png", str(tmp_path)))
    layout = lay_out(KIND, glyph("gone.png"), live)
    assert [each.chip.text for each in layout.chips] == ["not found"]
    assert {spot.id for spot in layout.hotspots} == {"choose_file"}
    assert {each.button.id for each in layout.buttons} == {"read_file", "menu"}
    painted(glyph("gone.png"), live)


def test_texts_and_folders_are_painted_and_open_in_a_window(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one\n" * 400)
    for path in (tmp_path / "a.txt", tmp_path):
        face = face_of(str(path), "")
        assert painted(glyph(str(path)), Live(face=face)).pixelColor(5, 60) == QColor(DARK.code)
        window = PreviewView(str(path), face, DARK)
        qtbot.addWidget(window)
        assert window.windowTitle() == str(path)
    binary = tmp_path / "b"
    binary.write_bytes(b"\0\1")
    window = PreviewView("b", face_of(str(binary), ""), DARK)
    qtbot.addWidget(window)


def test_a_new_glyph_has_the_shape_of_its_picture() -> None:
    assert size_for_picture((0, 0)) == PreviewKind.default_size
    wide, tall = size_for_picture((4_000, 1_000))
    assert (wide, tall) == (496, 200)
    assert size_for_picture((10, 10)) == (240, 96)
    assert size_for_picture((10, 9_000))[1] <= 480


class Desk:
    """Previews over a real view; reading happens when `answer` is called."""

    def __init__(self, qtbot: QtBot) -> None:
        self.view = CanvasView(Document(), KINDS, DARK)
        qtbot.addWidget(self.view)
        self.view.resize(800, 600)
        self.view.show()
        sight = CanvasSight(self.view)
        self.asked: list[tuple[str, Callable[[Any], None]]] = []
        board = SimpleNamespace(
            document=self.view.document,
            lives=Lives(sight.show_live),
            sight=sight,
            ask=lambda _call, path, *_rest, then, failed=None: self.asked.append((path, then)),
        )
        self.board = _Canvas(board)
        window = QWidget()
        qtbot.addWidget(window)
        windows = cast("Windows", SimpleNamespace())
        self.previews = Previews(cast("Board", self.board), self.view, windows, lambda: "/folder", window)

    def put(self, path: str, x: float) -> int:
        self.view.commands.clipboard.put_dropped([(path, (40, 20))], [], QPointF(x, 0))
        return max(self.view.document.canvas.glyphs)


class _Canvas:
    def __init__(self, board: SimpleNamespace) -> None:
        self.__dict__.update(board.__dict__)

    @property
    def canvas(self) -> Any:
        return self.document.canvas  # type: ignore[attr-defined]


def test_only_what_is_seen_is_read_one_after_the_other(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previews, "MOST_KEPT", 1)
    desk = Desk(qtbot)
    one, two, far = desk.put("one", -300), desk.put("two", 0), desk.put("far", 50_000)
    qtbot.waitUntil(lambda: len(desk.asked) == 1, timeout=30_000)
    path, answer = desk.asked.pop()
    assert path == "one"
    live = desk.view.scene_of.live_of
    assert live(one).loading
    answer(Face())
    assert live(one).face is not None
    qtbot.waitUntil(lambda: [each[0] for each in desk.asked] == ["two"], timeout=30_000)
    desk.asked.pop()[1](Face())
    assert None not in (live(one).face, live(two).face)  # more than are kept, but all are seen
    desk.previews.look_now()
    assert desk.asked == []
    desk.view.show_glyph(far)
    qtbot.waitUntil(lambda: [each[0] for each in desk.asked] == ["far"], timeout=30_000)
    desk.asked.pop()[1](Face())
    assert (live(one).face, live(two).face) == (None, None)
    desk.view.look_at(Viewpoint(zoom=0.1))
    desk.previews.look_now()
    assert desk.asked == []
    desk.previews.stop()


def test_a_chosen_file_is_one_step_and_undo_shows_the_one_before(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    one = desk.put("one", 0)
    qtbot.waitUntil(lambda: bool(desk.asked), timeout=30_000)
    desk.asked.pop()[1](Face())
    desk.previews.take(one, "other")
    assert desk.view.document.undo_text == "Choose file"
    assert desk.view.scene_of.live_of(one).face is None
    qtbot.waitUntil(lambda: [each[0] for each in desk.asked] == ["other"], timeout=30_000)
    desk.view.document.undo()
    desk.asked.pop()[1](Face())
    assert desk.view.scene_of.live_of(one).face is None
    qtbot.waitUntil(lambda: [each[0] for each in desk.asked] == ["one"], timeout=30_000)
    desk.previews.stop()


def test_dropped_files_come_as_what_they_are_in_one_step(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(qtbot)
    desk.previews.stop()
    desk.board.ask = lambda call, *given, then, failed=None: then(call(*given))  # type: ignore[attr-defined]
    files = CanvasFiles(cast("Board", desk.board), desk.view, QWidget())
    shown, table = picture(tmp_path / "a.png"), tmp_path / "people.csv"
    table.write_text("name\nalice\n")
    files.take([str(table), shown, str(tmp_path / "gone.png")], QPointF(0, 0))
    kinds = [(each.kind, each.width) for each in desk.view.document.canvas.glyphs.values()]
    assert [kind for kind, _ in kinds] == ["preview", "ix", "ix"]
    assert desk.view.document.undo_text == "Drop 3 glyphs"
