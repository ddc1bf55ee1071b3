"""Canvases to begin with: an example that runs, and a few that say what to do first.

Any thread but the GUI's. The templates are `.qntxcanvas` files among the resources; the app hands in how to
read one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from qntx_desktop.model import canvas_file
from qntx_desktop.model.canvases import CanvasLine
from qntx_desktop.model.errors import ErrFileNotFound, QntxError
from qntx_desktop.model.glyph import KIND_NOTE, KIND_PYTHON, Glyph
from qntx_desktop.services.canvas_files import write_file
from qntx_desktop.services.canvases import Canvases, saved_state
from qntx_desktop.services.handlers import Handlers
from qntx_desktop.store.canvases import FIRST_NAME

_log = logging.getLogger(__name__)

Say = Callable[[str], str]
EMPTY, EXAMPLE = "empty", "example"
EXAMPLE_FILE = "people.csv"
SOURCE = "window"


@dataclass(frozen=True, slots=True)
class CanvasTemplate:
    """What a person chooses from."""

    id: str
    label: str
    sentence: str


TEMPLATES: tuple[CanvasTemplate, ...] = (
    CanvasTemplate(EMPTY, "Empty", "Nothing on it."),
    CanvasTemplate(EXAMPLE, "Worked example", "A small CSV file, its handler, and what to try."),
    CanvasTemplate("file", "A file", "Begin with a file of your own."),
    CanvasTemplate("repository", "A repository", "Follow a git repository."),
)


class CanvasTemplates:
    """Makes canvases of templates.

    Args:
        folder: Where the file of the example is put.
        read: Gives the bytes of a file among the templates.
    """

    def __init__(
        self, canvases: Canvases, handlers: Handlers, folder: Path, read: Callable[[str], bytes]
    ) -> None:
        self._canvases, self._handlers = canvases, handlers
        self._folder, self._read = folder, read

    def begin(self, name: str, say: Say = str, *, first: str = FIRST_NAME) -> int | None:
        """Give a home without any canvas its first two: an empty one, and the example, which is the one to open.

        What keeps the example from being made keeps nobody from working: then the empty canvas is the only one.

        Args:
            name: What the canvas of the example is called.
            first: What the empty one is called.
            say: As for `make`.

        Returns:
            The canvas of the example when it was made now.
        """
        if self._canvases.any():
            return None
        self._canvases.last_opened(first)
        try:
            made = self.make(EXAMPLE, name, say)
        except QntxError as error:
            _log.warning("no example in a new home: %s", error.message)
            return None
        self._canvases.note_opened(made.id)
        return made.id

    def make(self, template_id: str, name: str = "", say: Say = str) -> CanvasLine:
        """A new canvas of a template.

        The example saves its handler, unless there is one of that type, and puts its file into its folder, unless
        one lies there: what a person changed is left alone.

        Args:
            name: Empty: the template's own; with a number behind it when it is taken.
            say: Puts the name and the notes of the template into the person's language.

        Raises:
            ErrInvalidPayload: It cannot be a name.
            ErrFileNotFound: The file of the example cannot be written.
        """
        if template_id == EMPTY:
            return self._canvases.make(name) if name else self._canvases.make()
        found = canvas_file.read(self._read(f"{template_id}.qntxcanvas").decode("utf-8"))
        told = (_said(each, say) if each.kind == KIND_NOTE else each for each in found.glyphs)
        found = replace(found, name=name or say(found.name), glyphs=tuple(told))
        if template_id != EXAMPLE:
            return self._canvases.make_filled(found)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ErrFileNotFound(str(self._folder), error.strerror or str(error)) from error
        if not (self._folder / EXAMPLE_FILE).exists():
            write_file(str(self._folder / EXAMPLE_FILE), self._read(EXAMPLE_FILE))
        glyphs = tuple(self._with_handler(each) if each.kind == KIND_PYTHON else each for each in found.glyphs)
        return self._canvases.make_filled(replace(found, glyphs=glyphs), folder=str(self._folder))

    def _with_handler(self, glyph: Glyph) -> Glyph:
        """The glyph as one whose code was saved."""
        script_type, code = glyph.content["script_type"], glyph.content["code"]
        known = self._handlers.newest(script_type) or self._handlers.create(script_type, code, source=SOURCE)
        return replace(glyph, state={"saved": saved_state(known)})


def _said(note: Glyph, say: Say) -> Glyph:
    return replace(note, content={**note.content, "text": say(str(note.content["text"]))})
