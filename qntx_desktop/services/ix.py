"""Routing of IX commands: from what was typed to who runs it, known before any job is made.

Any thread but the GUI's. Order: newest active handler attestation, plugins, files of code sources, built-ins. A
look-up that fails is an error of its own; "nobody knows this type" is said only when everybody was asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from qntx_desktop.model.errors import ErrFileNotFound, ErrNoIngestScript
from qntx_desktop.model.handler import Route
from qntx_desktop.model.ix import absolute_args, parse_ix
from qntx_desktop.model.job import PYTHON_SCRIPT
from qntx_desktop.services.handlers import Handlers


class RouteRegistry(Protocol):
    """Somebody besides the attested handlers who may know a type."""

    def find(self, script_type: str) -> Route | None:
        """Who runs the type, or None when it is not known here.

        Raises:
            QntxError: The look-up itself failed; it ends the search.
        """


class PluginRegistry(RouteRegistry, Protocol):
    """Somebody who may know a type without serving it now."""

    def refuse(self, script_type: str) -> None:
        """Say why a type is not served; asked when nobody else knows it either.

        Raises:
            ErrPluginUnavailable: It is known here.
        """


class FileRegistry(RouteRegistry, Protocol):
    """Somebody who also knows files by their path."""

    def named(self, reference: str) -> Route:
        """Who runs the file that `source/path/file.py` names.

        Raises:
            QntxError: There is no such file.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A command that somebody runs: `command` as typed, `args` with absolute paths.

    Args:
        head: What stands behind `ix`: the type, or the path of a file of a code source.
    """

    command: str
    script_type: str
    args: tuple[str, ...]
    route: Route
    head: str


class Ix:
    """Reads a command and finds who runs it."""

    def __init__(
        self,
        handlers: Handlers,
        plugins: Sequence[PluginRegistry] = (),
        sources: FileRegistry | None = None,
        builtins: Sequence[RouteRegistry] = (),
    ) -> None:
        self._handlers = handlers
        self._plugins = plugins
        self._sources = sources
        self._registries = (*plugins, *([sources] if sources is not None else []), *builtins)

    def prepare(self, typed: str | Sequence[str], *, base: Path | None, bare: bool) -> Prepared:
        """Read a command and find who runs it.

        Args:
            typed: The text of a glyph, or tokens that need no splitting.
            base: Where relative paths start; None allows only absolute ones.
            bare: Whether the leading `ix` may be left out.

        Raises:
            ErrInvalidCommand, ErrInvalidHandlerName: The command cannot be read.
            ErrNoIngestScript: Nobody knows the type.
            ErrSourceNotFound, ErrFileNotFound, ErrPathOutsideSource: A file of a code source is named that is not
                there.
            QntxError: A look-up failed.
        """
        command = parse_ix(typed, allow_bare=bare, is_git_folder=lambda text: _is_git_folder(text, base))
        if command.script_type is not None:
            route = self.route(command.script_type)
        elif self._sources is not None:
            route = self._sources.named(command.source_path or "")
        else:
            raise ErrFileNotFound(command.source_path or "", "there is no such code source")
        return Prepared(
            command=command.command,
            script_type=route.script_type,
            args=absolute_args(command.args, base, Path.exists),
            route=route,
            head=command.script_type or command.source_path or "",
        )

    def route(self, script_type: str) -> Route:
        """Who runs a type.

        Raises:
            ErrNoIngestScript: Nobody.
            ErrPluginUnavailable: Only a plugin that is disabled.
            QntxError: A look-up failed.
        """
        handler = self._handlers.newest(script_type)
        if handler is not None:
            return Route(kind="handler", job_type=PYTHON_SCRIPT, script_type=script_type, handler=handler)
        for registry in self._registries:
            found = registry.find(script_type)
            if found is not None:
                return found
        retired = self._handlers.last_version(script_type)
        if retired is None:
            for plugin in self._plugins:
                plugin.refuse(script_type)
        raise ErrNoIngestScript(script_type, retired)


def _is_git_folder(text: str, base: Path | None) -> bool:
    (path,) = absolute_args((text,), base, Path.exists)
    folder = Path(path)
    try:
        return folder.is_absolute() and ((folder / ".git").exists() or _is_bare_repository(folder))
    except (OSError, ValueError):  # what cannot be a path is no folder
        return False


def _is_bare_repository(folder: Path) -> bool:
    return (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir()
