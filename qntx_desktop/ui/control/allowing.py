"""Asking a person's yes to code from elsewhere, and saying what a saved version asks for.

Qt main thread; everything is read and kept on workers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from qntx_desktop.model.asking import Ask, asks_more, listed
from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.handler import HandlerVersion, requires_of
from qntx_desktop.model.package_lock import Fetch
from qntx_desktop.services.canvases import code_sha256
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.control.windows import Windows
from qntx_desktop.ui.dialogs.allow_view import AllowView, Waiting
from qntx_desktop.ui.text import tr

if TYPE_CHECKING:
    from qntx_desktop.services.source_permits import SourceCode

SAVED_KEY = "saved asks"
PACKAGES_KEY = "packages"


@dataclass(frozen=True, slots=True)
class ScriptKey:
    """What a yes to a script is kept with."""

    key: str


def script_key(code: str) -> str:
    """What names this very script among the permissions."""
    return f"script:{code_sha256(code)}"


class Allowing:
    """Opens the sheet, and carries out what was pressed there."""

    def __init__(self, board: Board, windows: Windows, parent: QWidget) -> None:
        self._board = board
        self._windows = windows
        self._parent = parent

    def ask(self, script_type: str, version: int | None = None) -> None:
        """Show what a version asks for, the newest active one unless told."""
        self._board.ask(self._read, script_type, version, then=self._show)

    def ask_command(self, typed: str) -> None:
        """Show what a command would run: a handler, or a file of a code source."""
        self._board.ask(self._read_command, typed, then=self._show)

    def ask_file(self, reference: str) -> None:
        """Show what a file of a code source asks for."""
        self._board.ask(self._read_file, reference, then=self._show)

    def ask_script(self, code: str) -> None:
        """Show what a script that came with a canvas asks for."""
        self._board.ask(self._read_script, code, then=self._show)

    def allow(self, what: HandlerVersion | SourceCode | ScriptKey) -> None:
        """Keep a yes."""
        self._board.ask(self._allow, what, then=self._allowed)

    def _read(self, script_type: str, version: int | None) -> tuple[Waiting, str]:
        services = self._board.services
        found = services.handlers.show(script_type, version)
        asks = asks_more(requires_of(found.requires))
        waiting = Waiting(name=_name(found), came=found.source, asks=asks, code=found.code, allow=found)
        return waiting, services.permits.held

    def _read_script(self, code: str) -> tuple[Waiting, str]:
        services = self._board.services
        asks = asks_more(services.check_code(code))
        came = tr("a canvas that was imported")
        key = ScriptKey(script_key(code))
        return Waiting(name=tr("this code"), came=came, asks=asks, code=code, allow=key), services.permits.held

    def _read_command(self, typed: str) -> tuple[Waiting, str]:
        route = self._board.services.ix.prepare(typed, base=None, bare=True).route
        if route.code_file is None:
            return self._read(route.script_type, None)
        return self._read_file(route.code_file.reference)

    def _read_file(self, reference: str) -> tuple[Waiting, str]:
        from qntx_desktop.services.source_permits import read_source_code  # on a worker, and seldom

        services = self._board.services
        code = read_source_code(services.sources, services.check_code, reference)
        came = tr("the code source {source}, as it is at {stamp}").format(source=code.source, stamp=code.stamp[:12])
        asks = asks_more(code.requires)
        return Waiting(name=code.reference, came=came, asks=asks, code=code.text, allow=code), services.permits.held

    def _show(self, found: tuple[Waiting, str]) -> None:
        waiting, held = found

        def make() -> AllowView:
            view = AllowView(waiting, held, self._board.theme(), self._parent)
            view.allowed.connect(self.allow)
            return view

        self._windows.show(f"allow {waiting.name}", make)

    def _allow(self, what: HandlerVersion | SourceCode | ScriptKey) -> str:
        from qntx_desktop.services.source_permits import allow_source_code

        services = self._board.services
        if isinstance(what, ScriptKey):
            services.permits.allow_code(what.key, "import")
            return tr("The code")
        if isinstance(what, HandlerVersion):
            return _name(services.permits.allow(services.handlers, what.script_type, what.version))
        allow_source_code(services.permits, what)
        return what.reference

    def _allowed(self, name: str) -> None:
        self._board.banner.say(tr("{name} is allowed.").format(name=name), key=SAVED_KEY)


class SavedWords:
    """Says what a version that was just saved asks for, and has its packages fetched."""

    def __init__(self, board: Board) -> None:
        self._board = board

    def tell(self, version: HandlerVersion) -> None:
        """Compare with the version before, and fetch what it depends on."""
        self._board.ask(self._compared, version, then=partial(self._say, version))
        if requires_of(version.requires).permissions.dependencies:
            self._board.banner.say(
                tr("Getting the packages of {name} …").format(name=_name(version)), key=PACKAGES_KEY
            )
            self._board.ask(
                self._fetch, version, then=partial(self._fetched, version), failed=partial(self._missing, version)
            )

    def _compared(self, version: HandlerVersion) -> tuple[HandlerVersion | None, tuple[Ask, ...]]:
        before = self._board.services.handlers.before(version)
        requires = requires_of(version.requires)
        return before, asks_more(requires, requires_of(before.requires)) if before else asks_more(requires)

    def _say(self, version: HandlerVersion, compared: tuple[HandlerVersion | None, tuple[Ask, ...]]) -> None:
        before, asks = compared
        if not asks:
            self._board.banner.clear(SAVED_KEY)
            return
        than = tr(" more than v{version}").format(version=before.version) if before is not None else ""
        self._board.banner.say(
            tr("{name} asks for{than}: {listed}.").format(
                name=_name(version), than=than, listed=listed(asks)
            ),
            tr("Saving it here allows it."),
            key=SAVED_KEY,
        )

    def _fetch(self, version: HandlerVersion) -> None:
        self._board.services.bench.packages.of_version(version, Fetch())

    def _fetched(self, version: HandlerVersion, _nothing: None) -> None:
        self._board.banner.say(tr("The packages of {name} are here.").format(name=_name(version)), key=PACKAGES_KEY)

    def _missing(self, version: HandlerVersion, error: QntxError) -> None:
        self._board.banner.fail(error, key=PACKAGES_KEY)


def _name(version: HandlerVersion) -> str:
    return f"{version.script_type} v{version.version}"
