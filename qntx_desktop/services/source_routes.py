"""Files of code sources as those who run a type, or are named by their path. Any thread but the GUI's."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qntx_desktop.model.code_file import CodeFile
from qntx_desktop.model.handler import Route
from qntx_desktop.model.inline import declared_type
from qntx_desktop.model.ix import MAX_NAME_CHARS
from qntx_desktop.model.job import PYTHON_SCRIPT

if TYPE_CHECKING:
    from qntx_desktop.services.sources import Sources


class SourceRoutes:
    """Routes to files of code sources.

    Args:
        sources: Opened when first asked for; most commands go to a handler.
    """

    def __init__(self, sources: Callable[[], Sources]) -> None:
        self._sources = sources

    def find(self, script_type: str) -> Route | None:
        """The file that declares a type in its metadata; of several the first by name of source, then by path."""
        found = self._sources().find(script_type)
        if found is None:
            return None
        source, path = found
        return _route(script_type, CodeFile(source=source.name, path=path))

    def named(self, reference: str) -> Route:
        """The file that `source/path/file.py` names.

        Raises:
            ErrSourceNotFound, ErrFileNotFound, ErrPathOutsideSource: There is no such file.
        """
        source, path, text = self._sources().code(reference)
        stem = path.rpartition("/")[2].removesuffix(".py")
        return _route(declared_type(text) or stem[:MAX_NAME_CHARS], CodeFile(source=source.name, path=path))


def _route(script_type: str, file: CodeFile) -> Route:
    return Route(kind="source", job_type=PYTHON_SCRIPT, script_type=script_type, code_file=file)
