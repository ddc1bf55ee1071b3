"""Puts what went wrong into an open editor: the line of a failed run, the place of a syntax error, a column.

Qt main thread. Called with the same error again it changes nothing, so the cursor is moved once only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from qntx_desktop.ui import told
from qntx_desktop.ui.editor.code_editor import CodeEditor
from qntx_desktop.ui.editor.line_editor import LineEditor

_SHOWN = "shown_error"


def show_error(widget: QWidget, error: Mapping[str, Any] | None) -> None:
    """Mark an error in an editor, or take the marks away.

    Args:
        widget: The widget of a `LiveEditor`; any other is left alone.
        error: Inner error object, or None when nothing is wrong any more.
    """
    text = repr(error)
    if widget.property(_SHOWN) == text:
        return
    widget.setProperty(_SHOWN, text)
    details = (error or {}).get("details") or {}
    line, column = details.get("line"), details.get("column")
    if isinstance(widget, CodeEditor):
        widget.clear_marks()
        if not isinstance(line, int) or line < 1:
            return
        message = told.message(error)
        if (error or {}).get("code") == "syntax_error":
            widget.mark_problem(line, column if isinstance(column, int) else 1, message)
        else:
            widget.mark_failed(line, message)
    elif isinstance(widget, LineEditor) and isinstance(column, int):
        widget.go_to(column)
