"""Preview glyphs: their files are read and decoded on workers, one after the other, when they come into view.

Qt main thread. What has been out of sight longest is forgotten beyond a limit, so that a hundred pictures on a
canvas cost no more memory than those one looks at.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from qntx_desktop.model.diff import CanvasDiff, update
from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.glyph import EDGE_FROM, KIND_IX, KIND_PREVIEW
from qntx_desktop.services.canvas_files import command_for
from qntx_desktop.ui.canvas.far import PLAIN_BELOW
from qntx_desktop.ui.canvas.view import CanvasView
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.control.windows import Windows
from qntx_desktop.ui.dialogs.preview_view import PreviewView
from qntx_desktop.ui.glyphs.face import LONGEST_PX, Face, face_of
from qntx_desktop.ui.glyphs.preview import path_of
from qntx_desktop.ui.text import tr

LOOK_MS = 60
MOST_KEPT = 48
SMALL_PX = 256
"""The longer side of what is kept of each when more than `MOST_KEPT` are seen at once."""
LARGE_PX, LARGE_TEXT_BYTES = 4_096, 1_000_000
BESIDE_PX = 64.0
Act = Callable[[int, str], None]


class Previews(QObject):
    """Keeps the preview glyphs of one canvas view filled."""

    def __init__(
        self, board: Board, view: CanvasView, windows: Windows, folder: Callable[[], str], window: QWidget
    ) -> None:
        super().__init__(window)
        self._board, self._view, self._windows, self._window = board, view, windows, window
        self._folder = folder
        self._ids: set[int] = set()
        self._read: OrderedDict[int, tuple[str, int]] = OrderedDict()
        """Glyphs whose file was read: the path and the longer side that was wanted; seen longest ago first."""
        self._reading: int | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look_now)
        view.viewpoint_changed.connect(self._soon)
        board.document.changed.connect(self._changed)
        board.document.reset.connect(self._restart)
        self._restart()

    @property
    def acts(self) -> dict[str, Act]:
        """What can be done with a preview glyph, by action id."""
        return {
            "open_preview": lambda glyph_id, _: self._open(glyph_id),
            "read_file": lambda glyph_id, _: self._again(glyph_id),
            "choose_file": lambda glyph_id, _: self._choose(glyph_id),
            "ingest_file": lambda glyph_id, _: self._ingest(glyph_id),
        }

    def stop(self) -> None:
        """Read nothing any more."""
        self._timer.stop()
        self._view.viewpoint_changed.disconnect(self._soon)
        self._board.document.changed.disconnect(self._changed)
        self._board.document.reset.disconnect(self._restart)

    def _restart(self) -> None:
        self._read.clear()
        self._board.lives.forget()
        self._ids = {key for key, each in self._board.canvas.glyphs.items() if each.kind == KIND_PREVIEW}
        self._soon()

    def _soon(self) -> None:
        if self._ids and not self._timer.isActive():
            self._timer.start()

    def _changed(self, diff: CanvasDiff) -> None:
        self._ids -= diff.removed.keys()
        self._ids |= {key for key, each in diff.added.items() if each.kind == KIND_PREVIEW}
        self._board.lives.again(diff.added.keys() & self._ids)
        for key in diff.updated.keys() & self._ids:
            if self._read.get(key, ("", 0))[0] != path_of(diff.updated[key][1]):
                self._forget(key)
        self._soon()

    def _in_sight(self) -> list[int]:
        """The preview glyphs that are seen; none while cards are too small to show anything."""
        if self._view.zoom < PLAIN_BELOW:
            return []
        seen, item_of = self._view.seen(), self._view.scene_of.item_of
        return [key for key in sorted(self._ids) if (item := item_of(key)) and seen.intersects(item.card_rect)]

    def look_now(self) -> None:
        """Read the file of one glyph that is seen and not read yet; its answer looks for the next."""
        if self._reading is not None:
            return
        seen = self._in_sight()
        longest_px = LONGEST_PX if len(seen) <= MOST_KEPT else SMALL_PX
        for key in seen:
            path, (known, known_px) = self._path(key), self._read.get(key, ("", 0))
            if path and (known != path or known_px < longest_px):
                self._reading = key
                self._board.lives.put(key, loading=True)
                self._board.ask(
                    face_of,
                    path,
                    self._folder(),
                    longest_px,
                    then=partial(self._known, key, path, longest_px),
                    failed=partial(self._unknown, key, path),
                )
                return
            if key in self._read:
                self._read.move_to_end(key)

    def _known(self, key: int, path: str, longest_px: int, face: Face) -> None:
        self._reading = None
        if self._path(key) == path:
            self._read[key] = (path, longest_px)
            self._read.move_to_end(key)
            self._board.lives.put(key, face=face, loading=False)
        seen = set(self._in_sight())
        for other in [each for each in self._read if each not in seen]:
            if len(self._read) > MOST_KEPT:
                self._forget(other)
        self._timer.start()

    def _unknown(self, key: int, path: str, error: QntxError) -> None:
        self._known(key, path, LONGEST_PX, Face(problem=error))

    def _forget(self, key: int) -> None:
        self._read.pop(key, None)
        self._board.lives.put(key, face=None, loading=False)

    def _again(self, glyph_id: int) -> None:
        self._forget(glyph_id)
        self._soon()

    def _path(self, glyph_id: int) -> str:
        glyph = self._board.document.glyph(glyph_id)
        return path_of(glyph) if glyph is not None else ""

    def _open(self, glyph_id: int) -> None:
        path = self._path(glyph_id)

        def then(face: Face) -> None:
            make = partial(PreviewView, path, face, self._board.theme(), self._window)
            self._windows.show(f"preview {path}", make)

        if path:
            self._board.ask(face_of, path, self._folder(), LARGE_PX, LARGE_TEXT_BYTES, then=then)

    def _choose(self, glyph_id: int) -> None:
        dialog = QFileDialog(self._window, tr("Choose a file"), self._folder())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(partial(self.take, glyph_id))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take(self, glyph_id: int, path: str) -> None:
        """Show this file from now on, as one step."""
        glyph = self._board.document.glyph(glyph_id)
        if glyph is None or glyph.kind != KIND_PREVIEW:
            return
        self._view.close_editor()
        self._board.document.seal()
        content = {**glyph.content, "path": path}
        self._board.document.edit(update(self._board.canvas, glyph_id, content=content), tr("Choose file"))

    def _ingest(self, glyph_id: int) -> None:
        """An IX glyph for the file, beside."""

        def then(command: str) -> None:
            box = self._board.sight.boxes().get(glyph_id)
            if box is None:
                return
            place = (box.right + BESIDE_PX, box.y)
            made = self._board.new_glyph(KIND_IX, place, content={"text": command})
            self._board.add(made, tr("Ingest file"), (EDGE_FROM, glyph_id, made.id))
            self._board.sight.go_to(made.id)

        if self._path(glyph_id):
            self._board.ask(command_for, self._path(glyph_id), then=then)
