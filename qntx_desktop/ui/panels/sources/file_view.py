"""One file of a source: shown with colours, and edited where its source is edited here.

Qt main thread; reads and writes nothing itself. What the person typed is only replaced when they say so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from qntx_desktop.model.errors import QntxError
from qntx_desktop.ui.editor.code_editor import CodeEditor
from qntx_desktop.ui.editor.languages import colours_for
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.notice import Notice
from qntx_desktop.ui.panels.parts import quiet_button
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme
from qntx_desktop.ui.wording import DOT, one_line, size

NOTHING = tr("Choose a file.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileText:
    """A file as it was read. `text` is None for what is no text; `stamp` changes whenever the file does."""

    path: str
    size_bytes: int
    text: str | None
    stamp: str | None
    why: str = ""


class FileView(QWidget):
    """Shows a file.

    Signals:
        save_requested(path, text, stamp): Write it, unless it changed since `stamp`; None: whatever is there.
        reload_requested(path), rename_requested(path, new_path), delete_requested(path).
        place_requested(path): Put an IX glyph that runs it on the canvas.
    """

    save_requested = Signal(str, str, object)
    reload_requested = Signal(str)
    rename_requested = Signal(str, str)
    delete_requested = Signal(str)
    place_requested = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._file: FileText | None = None
        self._editable = False
        self._source_editable = False
        self._stale = False
        self._line_end = "\n"
        self._title = plain_label(NOTHING, wrap=True, tone="heading")
        self._facts = plain_label("", tone="dim")
        self._notice = Notice()
        self.editor = CodeEditor(theme)
        self._save = QPushButton(tr("Save"))
        self._place = quiet_button(tr("Put on canvas"), tr("Put a glyph on the canvas that runs this file"))
        self._rename = quiet_button(tr("Rename"), tr("Rename this file"))
        self._delete = quiet_button(tr("Delete"), tr("Delete this file"))
        self._sure = QPushButton(tr("Delete it"))
        self._keep = quiet_button(tr("Keep it"), tr("Keep this file"))
        self._overwrite = quiet_button(tr("Save anyway"), tr("Replace what somebody else wrote"))
        self._reload = quiet_button(tr("Read again"), tr("Read the file again and lose what was typed here"))
        self._name = QLineEdit()
        self._colours = colours_for("", self.editor.document(), theme)
        self._theme = theme
        self._build()
        self.clear()

    def _build(self) -> None:
        self._save.setProperty("kind", "accent")
        self._sure.setProperty("kind", "danger")
        self._name.setAccessibleName(tr("New name of the file"))
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._facts, 1)
        for button in (self._place, self._rename, self._delete, self._keep, self._sure, self._save):
            row.addWidget(button)
        ask = QHBoxLayout()
        ask.addWidget(self._notice, 1)
        ask.addWidget(self._reload)
        ask.addWidget(self._overwrite)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addLayout(row)
        column.addWidget(self._name)
        column.addLayout(ask)
        column.addWidget(self.editor, 1)
        column.addStretch(0)
        self._save.clicked.connect(self.save)
        self.editor.save_requested.connect(self.save)
        self.editor.leave_requested.connect(self._leave)
        self.editor.document().modificationChanged.connect(lambda _: self._show_buttons())
        self._place.clicked.connect(lambda: self.place_requested.emit(self.path))
        self._delete.clicked.connect(lambda: self._ask_delete(True))
        self._keep.clicked.connect(lambda: self._ask_delete(False))
        self._sure.clicked.connect(lambda: self.delete_requested.emit(self.path))
        self._rename.clicked.connect(self._ask_name)
        self._name.returnPressed.connect(self._renamed)
        self._reload.clicked.connect(lambda: self.reload_requested.emit(self.path))
        self._overwrite.clicked.connect(self._save_anyway)

    @property
    def path(self) -> str:
        """The file that is shown, empty without one."""
        return self._file.path if self._file is not None else ""

    @property
    def stamp(self) -> str | None:
        """What the file was when it was read."""
        return self._file.stamp if self._file is not None else None

    @property
    def unsaved(self) -> bool:
        """Whether the person typed something that is not written yet."""
        return self._editable and self.editor.document().isModified()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of another theme."""
        self._theme = theme
        self.editor.set_theme(theme)
        self._colour()

    def clear(self, said: str = NOTHING) -> None:
        """Show no file."""
        self._file = None
        self._title.setText(said)
        self._facts.setText("")
        self.editor.load_code("")
        self._forget()
        self.editor.hide()
        self._show_buttons()

    def set_file(self, file: FileText, *, editable: bool, line: int = 0) -> None:
        """Show a file as it was read."""
        same = self.path == file.path
        place = self.editor.textCursor().blockNumber() + 1
        self._file, self._editable = file, editable and file.text is not None
        self._title.setText(one_line(file.path, 300))
        self._facts.setText(size(file.size_bytes) + ("" if editable else tr("{DOT}read only").format(DOT=DOT)))
        self._forget()
        self._line_end = "\r\n" if "\r\n" in (file.text or "") else "\n"
        self.editor.setVisible(file.text is not None)
        self._colour()
        self.editor.load_code(file.text or "")
        if file.text is None:
            self._notice.say(file.why)
        elif editable and self.text() != file.text:
            self._editable = False
            self._notice.say(tr("Only shown: its ends of lines are mixed, and saving would change them."))
        self.editor.setReadOnly(not self._editable)
        if file.text is not None and (line or same):
            self.editor.go_to(line or place)
        self._show_buttons()

    def text(self) -> str:
        """What would be written: the text with the ends of lines that the file has."""
        return self.editor.code().replace("\n", self._line_end)

    def go_to(self, line: int) -> None:
        """Show a line of the file."""
        self.editor.go_to(line)

    def set_error(self, path: str, error: QntxError) -> None:
        """Say why a file cannot be shown."""
        self.clear(one_line(path, 300))
        self._notice.fail(error)

    def saved(self, stamp: str | None, text: str) -> None:
        """This text is written now; what was typed since is not."""
        if self._file is not None:
            self._file = replace(self._file, size_bytes=len(text.encode("utf-8", "surrogatepass")), stamp=stamp)
            self._facts.setText(size(self._file.size_bytes))
        self._forget()
        self.editor.document().setModified(self.text() != text)
        self._show_buttons()

    def refuse(self, error: QntxError) -> None:
        """Say why something was not done; what was typed stays."""
        self._notice.fail(error)
        self._stale = error.code == "stale_file"
        self._show_buttons()

    def changed_outside(self) -> None:
        """Somebody else changed the file while it is edited here."""
        self._stale = True
        self._notice.say(tr("▲ Somebody else changed this file since it was read."))
        self._show_buttons()

    def save(self) -> None:
        """Ask for what was typed to be written."""
        if self._editable and self._file is not None:
            self.save_requested.emit(self.path, self.text(), self._file.stamp)

    def said(self) -> str:
        """What stands between the buttons and the text."""
        return self._notice.text()

    def _save_anyway(self) -> None:
        self.save_requested.emit(self.path, self.text(), None)

    def _colour(self) -> None:
        python = self.path.endswith(".py")
        self.editor.colour(python=python)
        self._colours.take("" if python else self.path, self._theme)

    def _forget(self) -> None:
        self._stale = False
        self._notice.say("")
        self._name.hide()
        self._ask_delete(False)

    def _ask_delete(self, asked: bool) -> None:
        self._sure.setVisible(asked)
        self._keep.setVisible(asked)
        self._delete.setVisible(not asked and self._editable_file())
        if asked:
            self._keep.setFocus()

    def _editable_file(self) -> bool:
        return self._file is not None and self._source_editable

    def allow(self, editable: bool) -> None:
        """Whether files of this source are renamed and deleted here."""
        self._source_editable = editable
        self._show_buttons()

    def _ask_name(self) -> None:
        self._name.setText(self.path)
        self._name.show()
        self._name.setFocus()
        self._name.selectAll()

    def _renamed(self) -> None:
        if self._name.text() != self.path:
            self.rename_requested.emit(self.path, self._name.text())
        else:
            self._name.hide()

    def _leave(self) -> None:
        QTimer.singleShot(0, self, lambda: self.focusNextPrevChild(True))  # Tab belongs to the text

    def _show_buttons(self) -> None:
        there = self._file is not None
        asked = not self._sure.isHidden()
        self._save.setVisible(self._editable and there)
        self._save.setEnabled(self.unsaved)
        self._place.setVisible(there and self.path.endswith(".py"))
        self._rename.setVisible(self._editable_file())
        self._delete.setVisible(self._editable_file() and not asked)
        self._reload.setVisible(self._stale)
        self._overwrite.setVisible(self._stale and self._editable)
