"""Makes the live editor that the canvas floats over a glyph: a line for commands, code for Python, plain
text for notes.

Qt main thread.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from qntx_desktop.ui.editor.code_editor import CodeEditor
from qntx_desktop.ui.editor.line_editor import LineEditor
from qntx_desktop.ui.editor.text_editor import TextEditor
from qntx_desktop.ui.glyphs.kind import EditorSpec, LiveEditor
from qntx_desktop.ui.keymap import Keymap
from qntx_desktop.ui.theme import Theme


def make_editor(spec: EditorSpec, theme: Theme, parent: QWidget, keymap: Keymap | None = None) -> LiveEditor:
    """The editor for a spec, as a hidden child of `parent`; its own widget carries the marks."""
    if spec.mode == "code":
        code = CodeEditor(theme, parent)
        if keymap is not None:
            code.set_meanings(keymap.meanings)
        return LiveEditor(
            widget=code,
            read=code.code,
            load=code.load_code,
            replace=code.replace_code,
            set_scale=code.set_scale,
            changed=code.textChanged,
            run=code.run_requested,
            leave=code.leave_requested,
            save=code.save_requested,
            run_wait=code.wait_requested,
            set_first_key=code.set_first_key,
        )
    if spec.mode == "text":
        text = TextEditor(theme, parent)
        return LiveEditor(
            widget=text,
            read=text.toPlainText,
            load=text.load_text,
            replace=text.replace_text,
            set_scale=text.set_scale,
            changed=text.textChanged,
            run=text.run_requested,
            leave=text.leave_requested,
            set_first_key=text.set_first_key,
        )
    line = LineEditor(theme, parent)
    if spec.hint:
        line.setPlaceholderText(spec.hint)
        line.setAccessibleName(spec.hint)
    return LiveEditor(
        widget=line,
        read=line.text,
        load=line.load_text,
        replace=line.replace_text,
        set_scale=line.set_scale,
        changed=line.textChanged,
        run=line.run_requested,
        leave=line.leave_requested,
        run_wait=line.wait_requested,
        set_first_key=line.set_first_key,
    )
