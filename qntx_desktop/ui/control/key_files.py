"""Carries the keys of the sheet of keys to a file and back. Qt main thread; files on workers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog
from shiboken6 import isValid

from qntx_desktop.services.key_files import SUFFIX, read_keys, write_keys
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.dialogs.keys_view import KeysView
from qntx_desktop.ui.text import tr


class KeyFiles:
    """Asks for files on behalf of a sheet of keys; what comes of it is said there."""

    def __init__(self, board: Board) -> None:
        self._board = board

    def serve(self, view: KeysView) -> KeysView:
        """Do what the sheet asks for."""
        view.export_asked.connect(partial(self._ask_export, view))
        view.import_asked.connect(partial(self._ask_import, view))
        return view

    def _ask_export(self, view: KeysView) -> None:
        dialog = _dialog(view, tr("Export the keys"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX[1:])
        dialog.selectFile(tr("keys") + SUFFIX)
        dialog.fileSelected.connect(partial(self.export, view))
        dialog.open()

    def _ask_import(self, view: KeysView) -> None:
        dialog = _dialog(view, tr("Import keys"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(partial(self.bring, view))
        dialog.open()

    def export(self, view: KeysView, path: str) -> None:
        """Write the keys that a person gave."""
        self._ask(view, partial(write_keys, path, view.given), view.exported)

    def bring(self, view: KeysView, path: str) -> None:
        """Take the keys of a file instead of the present ones; what cannot be is left out and said."""
        self._ask(view, partial(read_keys, path), view.take)

    def _ask(self, view: KeysView, call: Callable[[], Any], then: Callable[[Any], None]) -> None:
        def told(done: Callable[[Any], None]) -> Callable[[Any], None]:
            return lambda found: done(found) if isValid(view) else None  # the sheet may be closed by then

        self._board.ask(call, then=told(then), failed=told(view.fail))


def _dialog(view: KeysView, title: str) -> QFileDialog:
    dialog = QFileDialog(view, title, str(Path.home()))
    dialog.setNameFilters([tr("Keys (*{suffix})").format(suffix=SUFFIX), tr("All files (*)")])
    dialog.finished.connect(dialog.deleteLater)
    return dialog
