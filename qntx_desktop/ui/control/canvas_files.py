"""Exporting and importing the canvas, and what is dropped on it from elsewhere.

Qt main thread; files on workers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from qntx_desktop.model import canvas_file
from qntx_desktop.model.canvas_file import CanvasText, opened_by
from qntx_desktop.model.errors import ErrInvalidPayload
from qntx_desktop.services import bundle_zip
from qntx_desktop.services.canvas_files import command_for, holds_canvas, put_in, read_canvas, write_file
from qntx_desktop.services.canvases import came_from_elsewhere
from qntx_desktop.services.previews import is_picture
from qntx_desktop.ui.canvas.geometry import Box, union
from qntx_desktop.ui.canvas.picture import picture
from qntx_desktop.ui.canvas.view import CanvasView
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.glyphs.face import picture_size
from qntx_desktop.ui.text import tr

FORMS = (
    (tr("Canvas"), "qntxcanvas"),
    (tr("Picture with the canvas in it"), "png"),
    (tr("Drawing"), "svg"),
    (tr("Document"), "pdf"),
    (tr("Canvas with its handlers and files"), "qntx"),
)
KEY = "canvas file"
MOST_CARRIED_CHARS = 16_000_000
"""Of a text on the clipboard."""


class CanvasFiles:
    """Opens the dialogs and carries files between canvas and disk."""

    def __init__(self, board: Board, view: CanvasView, window: QWidget) -> None:
        self._board, self._view, self._window = board, view, window
        self._folder = ""
        self.export_bundle: Callable[[str], None] = lambda _path: None
        self.open_bundle: Callable[[str], None] = lambda _path: None
        """What is done with `.qntx` files; the window fills it in."""
        view.adding.dropping.addresses_dropped.connect(self.take)
        view.commands.clipboard.carry, view.commands.clipboard.take_in = self._carry, self._take_in
        view.adding.dropping.picture_brought.connect(self.take_picture)

    def ask_export(self) -> None:
        """Ask where to; what is written follows from the name."""
        dialog = self._dialog(
            tr("Export the canvas"), [f"{name} (*.{suffix})" for name, suffix in FORMS], self.export
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(FORMS[0][1])
        suffixes = {f"{name} (*.{suffix})": suffix for name, suffix in FORMS}
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(suffixes[chosen]))
        dialog.selectFile(f"{_file_name(self._board.canvas.name)}{canvas_file.SUFFIX}")
        dialog.open()

    def ask_import(self) -> None:
        """Ask for a file with a canvas in it."""
        filters = [
            tr("Canvas (*{SUFFIX} *{SUFFIX2} *.png)").format(
                SUFFIX=canvas_file.SUFFIX, SUFFIX2=bundle_zip.SUFFIX
            ),
            tr("All files (*)"),
        ]
        dialog = self._dialog(tr("Import a canvas"), filters, self.bring)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.open()

    def _dialog(self, title: str, filters: list[str], then: Callable[[str], None]) -> QFileDialog:
        dialog = QFileDialog(self._window, title, self._folder or str(Path.home()))
        dialog.setNameFilters(filters)
        dialog.fileSelected.connect(then)
        dialog.fileSelected.connect(self._remember)
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def _remember(self, path: str) -> None:
        """The next dialog begins where this one ended; the first at home, not where the app was started."""
        self._folder = str(Path(path).parent)

    def export(self, path: str) -> None:
        """Write the canvas to a file; its name says as what."""
        self._board.sight.commit()
        if path.lower().endswith(bundle_zip.SUFFIX):
            self.export_bundle(path)
            return
        canvas = self._board.canvas
        form = path.rpartition(".")[2].lower()
        drawn = (
            picture(self._view.scene_of, self._board.theme(), form) if form in ("png", "svg", "pdf") else b""
        )

        def work() -> str:
            glyphs, edges = tuple(canvas.glyphs.values()), canvas.edges.values()
            inside = self._board.services.canvases.inside(glyphs, canvas.uid)
            text = canvas_file.written(canvas.name, glyphs, edges, inside)
            if form == "png":
                return write_file(path, put_in(drawn, text))
            return write_file(path, drawn or text.encode("utf-8"))

        self._board.ask(
            work, then=lambda written: self._board.banner.say(tr("The canvas is exported."), written, key=KEY)
        )

    def bring(self, path: str, at: QPointF | None = None) -> None:
        """Put what a file holds on the canvas, as one step; the canvas stays as it is until all of it is read."""

        def then(found: CanvasText) -> None:
            place = at if at is not None else self._free(found)
            inside = frozenset(opened_by(found.glyphs))
            self._view.commands.clipboard.put(list(found.glyphs), found.edges, tr("Import"), place, same=inside)
            if not found.glyphs:
                self._board.banner.say(tr("The file holds no glyphs."), path, key=KEY)
            elif at is None:
                self._view.fit_selection()

        if path.lower().endswith(bundle_zip.SUFFIX):
            self.open_bundle(path)
            return
        uid = self._board.canvas.uid
        taken_in = self._board.services.canvases.taken_in
        self._board.ask(lambda: taken_in(came_from_elsewhere(read_canvas(path)), uid), then=then)

    def _carry(self, chosen: CanvasText, then: Callable[[str], None]) -> None:
        """Write what was copied with the canvases that lie inside of it."""
        uid, inside_of = self._board.canvas.uid, self._board.services.canvases.inside

        def work() -> str:
            inside = inside_of(chosen.glyphs, uid)
            return canvas_file.written(chosen.name, chosen.glyphs, chosen.edges, inside)

        def done(text: str) -> None:
            if len(text) <= MOST_CARRIED_CHARS:
                then(text)
                return
            self._board.banner.say(
                tr("What lies inside of the copied cards is too much to carry to another home."),
                tr("Export the canvas instead. On canvases of this home they can be pasted as ever."),
                key=KEY,
            )

        self._board.ask(work, then=done)

    def _take_in(self, found: CanvasText, then: Callable[[CanvasText], None]) -> None:
        """Make the canvases inside; what cannot be seen of their code runs after a yes only."""
        uid, canvases = self._board.canvas.uid, self._board.services.canvases
        marked = replace(found, inside=came_from_elsewhere(found).inside)
        self._board.ask(lambda: canvases.taken_in(marked, uid), then=then)

    def _free(self, found: CanvasText) -> QPointF:
        """The free place nearest to the middle of what is seen."""
        area = union(Box(each.x, each.y, each.width, each.height) for each in found.glyphs)
        middle = QPointF(*self._board.sight.middle())
        if area is None:
            return middle
        corner = middle - QPointF(area.width / 2, area.height / 2)
        return self._view.free_spot(QRectF(corner.x(), corner.y(), area.width, area.height))

    def take(self, addresses: list[str], at: QPointF) -> None:
        """Dropped canvases are imported, pictures shown; for anything else there is an IX glyph that ingests it."""

        def sort() -> tuple[list[str], list[tuple[str, tuple[int, int]]], list[str]]:
            canvases = [each for each in addresses if holds_canvas(each)]
            pictures = [each for each in addresses if each not in canvases and is_picture(each)]
            others = [each for each in addresses if each not in canvases and each not in pictures]
            sizes = [(each, picture_size(each)) for each in pictures]
            return canvases, sizes, [command_for(each) for each in others]

        def then(found: tuple[list[str], list[tuple[str, tuple[int, int]]], list[str]]) -> None:
            canvases, pictures, commands = found
            for path in canvases:
                self.bring(path, at)
            self._view.commands.clipboard.put_dropped(pictures, commands, at)

        self._board.ask(sort, then=then)

    def take_picture(self, image: QImage, at: QPointF) -> None:
        """Keep a pasted picture as a file in the home, and show it: a canvas holds paths, not files."""
        keep = self._board.services.canvas_bundles.keep_picture

        def work() -> tuple[str, tuple[int, int]]:
            content = QBuffer()
            content.open(QIODevice.OpenModeFlag.WriteOnly)
            if not image.save(content, "PNG"):  # type: ignore[call-overload]  # its stub knows bytes only
                reason = tr("cannot be read")
                raise ErrInvalidPayload("note", tr("picture"), reason, what=tr("What was pasted"))
            return keep(bytes(content.data().data())), (image.width(), image.height())

        self._board.ask(
            work, then=lambda kept: self._view.commands.clipboard.put_dropped([kept], (), at, tr("Paste"))
        )


def _file_name(name: str) -> str:
    kept = "".join(each if each.isalnum() or each in " -_." else "-" for each in name).strip(" .")
    return kept or tr("Canvas")
