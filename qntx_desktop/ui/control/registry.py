"""The Handlers panel: what it shows, and what the person wants done there.

Qt main thread; the registry is asked on workers.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer

from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.handler import HandlerEntry, HandlerVersion
from qntx_desktop.ui.control.allowing import Allowing
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.control.handlers import HandlerGlyphs
from qntx_desktop.ui.control.windows import Windows
from qntx_desktop.ui.panels.handlers import HandlersPanel
from qntx_desktop.ui.text import tr

REFRESH_MS = 200


class Registry(QObject):
    """Keeps the panel filled and carries out its wishes."""

    def __init__(
        self,
        board: Board,
        panel: HandlersPanel,
        glyphs: HandlerGlyphs,
        windows: Windows,
        allowing: Allowing,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._board = board
        self._panel = panel
        self._windows = windows
        self._reading = False
        self._again = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(REFRESH_MS)
        self._later.timeout.connect(self._read)
        panel.open_requested.connect(glyphs.open_type)
        panel.create_requested.connect(glyphs.open_type)
        panel.retire_requested.connect(self._retire)
        panel.restore_requested.connect(self._restore)
        panel.allow_requested.connect(allowing.ask)
        panel.diff_requested.connect(self._diff)
        panel.versions_requested.connect(self._versions)
        panel.refresh_requested.connect(self._read)

    def refresh(self) -> None:
        """Read the entries again soon; many calls in a row are one."""
        self._later.start()

    def stop(self) -> None:
        """Read nothing any more."""
        self._later.stop()

    def _read(self) -> None:
        if self._reading:
            self._again = True
            return
        self._reading = True
        self._panel.set_loading()
        self._board.ask(self._board.services.handlers.entries, then=self._show, failed=self._fail)

    def _show(self, entries: tuple[HandlerEntry, ...]) -> None:
        self._done()
        self._panel.set_entries(entries)

    def _fail(self, error: QntxError) -> None:
        self._done()
        self._panel.set_error(error)

    def _done(self) -> None:
        self._reading = False
        if self._again:
            self._again = False
            self.refresh()

    def _versions(self, script_type: str) -> None:
        self._board.ask(
            self._board.services.handlers.history,
            script_type,
            then=partial(self._panel.set_versions, script_type),
            failed=partial(self._panel.set_versions_error, script_type),
        )

    def _retire(self, script_type: str) -> None:
        def then(_retired: tuple[HandlerVersion, ...]) -> None:
            said = tr("“{script_type}” is retired.").format(script_type=script_type)
            self._board.banner.say(said, tr("Restore a version to bring it back."), "handlers")
            self.refresh()

        self._board.ask(self._board.services.handlers.retire, script_type, then=then)

    def _restore(self, script_type: str, version: int) -> None:
        def then(made: HandlerVersion) -> None:
            self._board.banner.say(
                tr("“{script_type}” is at v{version}, with the code of v{version2}.").format(
                    script_type=script_type, version=made.version, version2=version
                ),
                key="handlers",
            )
            self.refresh()

        self._board.ask(self._board.services.handlers.restore, script_type, version, then=then)

    def _diff(self, script_type: str, version: int, other: int) -> None:
        older, newer = sorted((version, other))
        self._board.ask(
            self._board.services.handlers.diff,
            script_type,
            older,
            newer,
            then=partial(self._windows.show_diff, script_type, older, newer),
        )
