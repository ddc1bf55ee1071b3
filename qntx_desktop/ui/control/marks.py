"""Marks in the live editor: the line a run stopped at, the place that cannot be read. Qt main thread."""

from __future__ import annotations

from PySide6.QtCore import QObject

from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.ui import told
from qntx_desktop.ui.canvas.view import CanvasView
from qntx_desktop.ui.editor.code_editor import CodeEditor
from qntx_desktop.ui.editor.marks import show_error
from qntx_desktop.ui.text import tr


class Marks(QObject):
    """Keeps the marks of the editor as the state of its glyph says."""

    def __init__(self, view: CanvasView, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        view.editing_changed.connect(self._opened)
        view.document.changed.connect(self._changed)

    def _opened(self, glyph_id: int | None) -> None:
        if glyph_id is not None:
            self._show(glyph_id, go=False)

    def _changed(self, diff: CanvasDiff) -> None:
        glyph_id = self._view.editing
        if glyph_id is None or glyph_id not in diff.updated:
            return
        old, new = diff.updated[glyph_id]
        if old.state != new.state:
            self._show(glyph_id, go=old.state.get("error") != new.state.get("error"))

    def _show(self, glyph_id: int, *, go: bool) -> None:
        glyph, editor = self._view.document.glyph(glyph_id), self._view.editor
        if glyph is None or editor is None:
            return
        if not isinstance(editor.widget, CodeEditor):
            show_error(editor.widget, glyph.state.get("error"))
            return
        code = editor.widget
        code.clear_marks()
        line = glyph.state.get("failed_line")
        if isinstance(line, int) and line > 0:
            code.mark_failed(line, tr("The last run stopped here."))
        error = glyph.state.get("error") or {}
        details = error.get("details") or {}
        line, column = details.get("line"), details.get("column")
        if isinstance(line, int) and line > 0:
            column = column if isinstance(column, int) and column > 0 else 1
            code.mark_problem(line, column, told.message(error))
            if go:
                code.go_to(line, column)
