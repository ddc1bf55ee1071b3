"""Canvases that come and go with their handlers and files. Qt main thread; files on workers."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from qntx_desktop.model.canvases import CanvasLine
from qntx_desktop.services.canvas_bundles import BundleLook, Exported
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.control.switching import Switching
from qntx_desktop.ui.control.windows import Windows
from qntx_desktop.ui.dialogs.bundle_files_view import BundleFilesView
from qntx_desktop.ui.dialogs.bundle_view import BundleView
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.wording import counted, one_line

KEY = "canvas file"
MOST_NAMED_CHARS = 200


class CanvasBundles:
    """Writes the shown canvas as a bundle, and asks before one is taken in."""

    def __init__(self, board: Board, switching: Switching, windows: Windows, window: QWidget) -> None:
        self._board, self._switching = board, switching
        self._windows, self._window = windows, window

    def export(self, path: str) -> None:
        """Write the shown canvas, as it is now; files that it names are asked about first."""
        canvas_id = self._board.canvas.id
        files = self._board.services.canvas_bundles.files
        ask = partial(self._ask_files, canvas_id, path)
        self._switching.keep_first(lambda: self._board.ask(files, canvas_id, then=ask))

    def _ask_files(self, canvas_id: int, path: str, files: tuple[tuple[str, int], ...]) -> None:
        if not files:
            self._write(canvas_id, path, [])
            return

        def make() -> BundleFilesView:
            view = BundleFilesView(files, self._board.theme(), self._window)
            view.accepted.connect(partial(self._write, canvas_id, path))
            return view

        self._windows.show(f"bundle files {path}", make)

    def _write(self, canvas_id: int, path: str, without: list[str]) -> None:
        def then(written: Exported) -> None:
            named = ", ".join((*written.handlers, *written.inputs))
            inside = (
                tr("In it: {named}.").format(named=one_line(named, MOST_NAMED_CHARS))
                if named
                else tr("No handler and no file is in it.")
            )
            left = (
                tr(" Left out, too large: {join}.").format(join=one_line(", ".join(written.left_out)))
                if written.left_out
                else ""
            )
            handlers, files = counted(len(written.handlers), "handler"), counted(len(written.inputs), "file")
            said = tr("The canvas is exported with {handlers} and {files}.").format(handlers=handlers, files=files)
            self._board.banner.say(said, f"{inside}{left}", key=KEY)

        self._board.ask(self._board.services.canvas_bundles.export, canvas_id, path, tuple(without), then=then)

    def look(self, path: str) -> None:
        """Show what a bundle holds, and import it when the person says so."""
        services = self._board.services

        def work() -> tuple[BundleLook, str]:
            return services.canvas_bundles.look(path), services.permits.held

        self._board.ask(work, then=self._show)

    def _show(self, found: tuple[BundleLook, str]) -> None:
        look, held = found

        def make() -> BundleView:
            view = BundleView(look, held, self._board.theme(), self._window)
            view.accepted.connect(partial(self._take, look))
            return view

        self._windows.show(f"bundle {look.digest}", make)

    def _take(self, look: BundleLook, allowed: list[str]) -> None:
        def then(made: CanvasLine) -> None:
            self._switching.open(made.id, fit=True)

        call = self._board.services.canvas_bundles.take
        self._board.ask(call, look.path, look.digest, tuple(allowed), then=then)
