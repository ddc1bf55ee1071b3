"""The files in the Sources window: read, searched, written, and looked at again when somebody else changed them.

Qt main thread; everything is read and written on workers.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from qntx_desktop.model.errors import ErrInvalidSource, ErrStaleFile, QntxError
from qntx_desktop.services.source_files import FileEntry, SourceFiles, is_binary
from qntx_desktop.services.source_uploads import Copied, copy_in
from qntx_desktop.services.sources import Sources
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.panels.sources.file_view import FileText
from qntx_desktop.ui.panels.sources.files_page import NAMES
from qntx_desktop.ui.panels.sources.view import FILES, SourcesView
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.wording import counted, size

_log = logging.getLogger(__name__)

MOST_SHOWN_BYTES = 1 << 20
MOST_WATCHED = 5_000
"""A folder with more files is only looked at when something was done, not again and again."""
LOOK_MS = 2_000
"""So often it is looked whether somebody else changed what is shown."""
Look = tuple[list[FileEntry], str | None]


class SourceFilesControl(QObject):
    """Serves the page of files.

    Signals:
        place_asked(reference): Put an IX glyph that runs `source/path` on the canvas.
    """

    place_asked = Signal(str)

    def __init__(self, board: Board, view: SourcesView, parent: QObject) -> None:
        super().__init__(parent)
        self._board, self._view, self._page = board, view, view.files
        self._shown: list[FileEntry] = []
        self._looking = False
        self._wanted = ""  # the file that was asked for last; answers about another one come too late
        self._keeping: Thread | None = None
        self._watch = QTimer(self)
        self._watch.setInterval(LOOK_MS)
        self._watch.timeout.connect(self.look_again)
        self._watch.start()
        page, file = self._page, self._page.view
        page.search_wanted.connect(self._search)
        page.refresh_requested.connect(self.refresh)
        page.picked.connect(self._pick)
        page.new_requested.connect(self._create)
        page.uploads.connect(self._upload)
        file.save_requested.connect(self._save)
        file.reload_requested.connect(lambda path: self._read(path, 0))
        file.rename_requested.connect(self._rename)
        file.delete_requested.connect(self._delete)
        file.place_requested.connect(lambda path: self.place_asked.emit(f"{self._name}/{path}"))

    def stop(self) -> None:
        """Look no more; what was typed is written by then."""
        self._watch.stop()
        if self._keeping is not None:
            self._keeping.join()

    def flush(self) -> None:
        """Write what was typed and not saved yet; beside the file when somebody else changed that."""
        file, name, sources = self._page.view, self._name, self._sources
        if file.unsaved and name:
            path, text, stamp = file.path, file.text(), file.stamp
            # A thread of its own, which `stop` waits for: tasks that have not begun are dropped when all is closed.
            self._keeping = Thread(target=lambda: _kept(sources, name, path, text, stamp), name="keeping")
            self._keeping.start()

    def begin(self) -> None:
        """Another source is selected: show its files."""
        source = self._view.source
        if source is not None:
            self._shown, self._wanted = [], ""
            self._page.begin(source.name, editable=source.editable)
            self.refresh()

    def refresh(self) -> None:
        """Read the tree again, and the file that is shown if it is another one by now."""
        path = self._page.view.path

        def then(found: Look) -> None:
            self._show_tree(found[0])
            self._looked(path, found)

        if self._name:
            self._ask(self._name, lambda files: look(files, path), then, self._page.set_error)

    def look_again(self) -> None:
        """Notice what somebody else changed, while the page is looked at."""
        if self._looking or not self._view.isVisible() or self._view.pages.currentIndex() != FILES:
            return
        if not self._page.editable or not self._name or len(self._shown) > MOST_WATCHED:
            return
        self._looking = True
        path = self._page.view.path

        def failed(_error: QntxError) -> None:
            self._looking = False  # the next press says why

        self._ask(
            self._name,
            lambda files: look(files, path),
            partial(self._looked, path),
            failed,
            always=self._look_done,
        )

    @property
    def _name(self) -> str:
        return self._view.source.name if self._view.source is not None else ""

    @property
    def _sources(self) -> Sources:
        return self._board.services.sources

    def _ask(
        self,
        name: str,
        work: Callable[[SourceFiles], Any],
        then: Callable[[Any], None],
        failed: Callable[[QntxError], None],
        always: Callable[[], None] | None = None,
    ) -> None:
        """Do something with the files of a source; an answer for another than the selected is dropped."""

        def answered(answer: Any) -> None:
            if always is not None:
                always()
            if name == self._name:
                then(answer)

        def refused(error: QntxError) -> None:
            if name == self._name:
                failed(error)

        self._board.tasks.run(
            self, lambda: work(self._sources.files(name)), then=answered, failed=refused
        )

    def _look_done(self) -> None:
        self._looking = False

    def _show_tree(self, entries: list[FileEntry]) -> None:
        self._shown = entries
        self._page.set_files(entries)

    def _looked(self, path: str, found: Look) -> None:
        entries, stamp = found
        if entries != self._shown:
            self._show_tree(entries)
        file = self._page.view
        if path and path == file.path == self._wanted and stamp != file.stamp:
            if file.unsaved:
                file.changed_outside()
            else:
                self._read(path, 0, again=True)

    def _search(self, mode: int, text: str) -> None:
        def work(files: SourceFiles) -> Sequence[Any]:
            return files.find_names(text) if mode == NAMES else files.find_content(text)

        self._ask(self._name, work, partial(self._page.set_found, mode, text), self._page.set_error)

    def _pick(self, path: str, line: int) -> None:
        file = self._page.view
        if path == file.path:
            if line:
                file.go_to(line)
            return
        if file.unsaved:
            self._view.say(tr("{path} is not saved. Save it first, or read it again.").format(path=file.path))
            file.changed_outside()
            self._page.tree.choose(file.path)
            return
        self._view.say("")
        self._read(path, line)

    def _read(self, path: str, line: int, *, again: bool = False) -> None:
        """Show a file; read `again` without being asked to, it does not replace what was typed meanwhile."""
        self._wanted = path

        def then(found: FileText) -> None:
            if again and self._page.view.unsaved:
                self._page.view.changed_outside()
            elif path == self._wanted:
                self._page.show_file(found, line)

        def failed(error: QntxError) -> None:
            if path == self._wanted:
                self._page.view.set_error(path, error)

        self._ask(self._name, lambda files: read_text(files, path), then, failed)

    def _save(self, path: str, text: str, stamp: str | None) -> None:
        def work(files: SourceFiles) -> str | None:
            try:
                raw = text.encode()
            except UnicodeEncodeError:
                reason = f"{path} holds half a character (surrogate)."
                raise ErrInvalidSource("file", reason, "Remove it; it cannot be written.") from None
            files.write(path, raw, unless_changed=stamp)
            return files.stamp(path)

        def then(new_stamp: str | None) -> None:
            file = self._page.view
            if file.path == path:
                file.saved(new_stamp, text)
            self._view.say("")
            self.refresh()

        self._change(work, then, self._page.view.refuse)

    def _create(self, path: str) -> None:
        def work(files: SourceFiles) -> None:
            if files.stamp(path) is not None:
                raise ErrInvalidSource("path", f"{path} exists already.", "Choose another name.")
            files.write(path, b"")

        self._change(work, lambda _: self._made(path), self._page.refuse)

    def _made(self, path: str) -> None:
        self._page.made()
        if not self._page.view.unsaved:
            self._read(path, 0)
        self.refresh()

    def _rename(self, path: str, new_path: str) -> None:
        file = self._page.view
        if file.unsaved:
            self._view.say(tr("{path} is not saved. Save it first.").format(path=path))
            return

        def then(_nothing: object) -> None:
            self._read(new_path, 0)
            self.refresh()

        self._change(lambda files: files.rename(path, new_path), then, file.refuse)

    def _delete(self, path: str) -> None:
        def then(_nothing: object) -> None:
            self._wanted = ""
            self._page.view.clear()
            self.refresh()

        self._change(lambda files: files.delete(path), then, self._page.view.refuse)

    def _upload(self, paths: list[str]) -> None:
        """Copy files and folders of the computer into the source; what is there already is not replaced."""
        wanted = [(Path(each), Path(each).name) for each in paths]

        def then(copied: Copied) -> None:
            said = tr("{files} copied.").format(files=counted(copied.files, "file"))
            if copied.left_out:
                said += " " + tr("Left out, since they are links or no files: {count:,}.").format(
                    count=copied.left_out
                )
            self._view.say(said)
            self.refresh()

        def failed(error: QntxError) -> None:
            self._view.fail(error)
            self.refresh()

        self._change(lambda files: copy_in(files, wanted), then, failed)

    def _change(
        self, work: Callable[[SourceFiles], Any], then: Callable[[Any], None], failed: Callable[[QntxError], None]
    ) -> None:
        name = self._name
        sources = self._sources

        def answered(answer: Any) -> None:
            if name == self._name:
                then(answer)

        self._board.tasks.run(
            self, lambda: work(sources.editable_files(name)), then=answered, failed=failed
        )


def look(files: SourceFiles, path: str) -> Look:
    """All files, and the stamp of one of them. Blocks."""
    return files.tree(), files.stamp(path) if path else None


def read_text(files: SourceFiles, path: str) -> FileText:
    """A file as the window shows it. Blocks.

    Raises:
        ErrFileNotFound, ErrPathOutsideSource: It cannot be read.
    """
    stamp = files.stamp(path)
    size_bytes = files.locate(path).stat().st_size
    if size_bytes > MOST_SHOWN_BYTES:
        why = tr("{size_bytes} is more than is shown here ({MOST_SHOWN_BYTES}).").format(
            size_bytes=size(size_bytes), MOST_SHOWN_BYTES=size(MOST_SHOWN_BYTES)
        )
        return FileText(path=path, size_bytes=size_bytes, text=None, stamp=stamp, why=why)
    raw = files.read(path)
    if is_binary(raw):
        return FileText(path=path, size_bytes=len(raw), text=None, stamp=stamp, why=tr("A binary file."))
    return FileText(path=path, size_bytes=len(raw), text=raw.decode(), stamp=stamp)


def _kept(sources: Sources, name: str, path: str, text: str, stamp: str | None) -> None:
    try:
        keep(sources.editable_files(name), path, text, stamp)
    except QntxError as error:
        _log.error("%s of %s was not written: %s", path, name, error.message)


def keep(files: SourceFiles, path: str, text: str, stamp: str | None) -> None:
    """Write a text into its file, or beside it as `.mine` when the file changed since. Blocks."""
    raw = text.encode("utf-8", "surrogatepass")
    try:
        files.write(path, raw, unless_changed=stamp)
    except ErrStaleFile:
        files.write(f"{path}.mine", raw)
