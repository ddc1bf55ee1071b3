"""Handlers on the canvas: creating the glyph for a type, saving its code, making a script a handler.

Qt main thread; the registry is asked on workers. There is one Python glyph per type on a canvas, however often and
by whichever way it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from qntx_desktop.model.errors import ErrInvalidHandlerName, ErrNoIngestScript, QntxError
from qntx_desktop.model.glyph import EDGE_HANDLER, KIND_IX, KIND_PYTHON, Glyph
from qntx_desktop.model.handler import HandlerVersion
from qntx_desktop.model.ix import check_handler_name
from qntx_desktop.ui.control import links
from qntx_desktop.ui.control.allowing import SavedWords
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.glyphs.python import size_for
from qntx_desktop.ui.text import tr

BESIDE_PX = 160.0
SOURCE = "window"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """A Python glyph that is asked for."""

    script_type: str
    args: tuple[str, ...] = ()
    ix_id: int | None = None
    place: tuple[float, float] | None = None
    edit: bool = True


class HandlerGlyphs:
    """Makes, finds and saves the glyphs that hold handlers."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._making: set[str] = set()
        self._saving: set[int] = set()
        self._words = SavedWords(board)
        self._held = ""

    @property
    def busy(self) -> bool:
        """True while a glyph is being made or saved."""
        return bool(self._making or self._saving)

    def create_for(self, ix_id: int, place: tuple[float, float] | None = None) -> None:
        """The Python glyph for the type of an IX glyph: made beside it, or gone to when there is one.

        Args:
            place: Where its left top corner shall be, when it was dropped somewhere.
        """
        self._board.sight.commit()
        glyph = self._board.document.glyph(ix_id)
        if glyph is None or glyph.kind != KIND_IX:
            return
        command = links.command_of(links.text_of(glyph))
        if command is not None:
            self._want(_Wish(script_type=command[0], args=command[1], ix_id=ix_id, place=place))

    def open_type(self, script_type: str, place: tuple[float, float] | None = None) -> None:
        """The Python glyph for a type, from a panel: gone to, or made in the middle of the view or at a place."""
        try:
            check_handler_name(script_type)
        except ErrInvalidHandlerName as error:
            self._board.banner.fail(error)
            return
        self._board.sight.commit()
        self._want(_Wish(script_type=script_type, place=place))

    def save(self, glyph_id: int) -> None:
        """Save the code of a Python glyph as a new version of its type; a save under way is not begun again."""
        self._board.sight.commit()
        glyph = self._board.document.glyph(glyph_id)
        if glyph is not None and glyph.kind == KIND_PYTHON and links.type_of(glyph):
            self._save(glyph, links.type_of(glyph))

    def make_handler(self, glyph_id: int, script_type: str) -> None:
        """Give a script a type and save it. When another glyph holds that type already, go there instead."""
        self._board.sight.commit()
        glyph = self._board.document.glyph(glyph_id)
        if glyph is None or glyph.kind != KIND_PYTHON:
            return
        other = links.python_of_type(self._board.canvas, script_type)
        if other is not None and other.id != glyph_id:
            self._board.banner.say(
                tr("“{script_type}” has a glyph already.").format(script_type=script_type),
                tr("Save the code there, or choose another name."),
            )
            self._board.sight.go_to(other.id)
            return
        self._save(glyph, script_type)

    def show_held(self, words: str) -> None:
        """Say on every Python glyph how code is confined on this machine."""
        self._held = words
        for glyph_id in tuple(self._board.canvas.glyphs):
            self.check_unsaved(glyph_id)

    def check_unsaved(self, glyph_id: int) -> None:
        """Compare the code with what was saved last."""
        glyph = self._board.document.glyph(glyph_id)
        if glyph is None or glyph.kind != KIND_PYTHON:
            return
        saved = glyph.state.get("saved")
        typed = bool(links.type_of(glyph))
        unsaved = typed and (not saved or saved.get("code_sha256") != links.code_sha256(links.code_of(glyph)))
        self._board.lives.put(glyph_id, unsaved=unsaved, held=self._held)

    def refresh_types(self, only: str | None = None) -> None:
        """Look up who knows the types of the IX glyphs, all or only one."""
        wanted = {links.type_of(each) for each in self._board.canvas.glyphs.values() if each.kind == KIND_IX}
        for script_type in sorted(wanted - {""}):
            if only is None or script_type == only:
                self._board.ask(
                    self._board.services.handlers.newest,
                    script_type,
                    then=partial(self._known, script_type),
                )

    def _known(self, script_type: str, handler: HandlerVersion | None) -> None:
        for glyph in tuple(links.ix_of_type(self._board.canvas, script_type)):
            before = self._board.lives.of(glyph.id).handler
            self._board.lives.put(glyph.id, handler=handler)
            error = glyph.state.get("error") or {}
            if handler is not None and error.get("code") == "no_ingest_script":
                self._board.clear_error(glyph.id)
            elif handler is None and before is not None and before.script_type == script_type:
                # Retired since: the glyph says so now, not only when it is run.
                self._board.refuse(glyph.id, ErrNoIngestScript(script_type, before.version))
        python = links.python_of_type(self._board.canvas, script_type)
        if python is not None:
            self._board.lives.put(python.id, handler=handler)

    # Making

    def _want(self, wish: _Wish) -> None:
        known = links.python_of_type(self._board.canvas, wish.script_type)
        if known is not None:
            self._go_to(known, wish)
        elif wish.script_type not in self._making:
            self._making.add(wish.script_type)
            self._board.ask(
                self._board.services.handlers.newest,
                wish.script_type,
                then=partial(self._make, wish),
                failed=partial(self._not_made, wish),
            )

    def _go_to(self, glyph: Glyph, wish: _Wish) -> None:
        if wish.ix_id is not None:
            linked = links.edge_between(self._board.canvas, EDGE_HANDLER, wish.ix_id, glyph.id)
            if linked is None and self._board.document.glyph(wish.ix_id) is not None:
                self._board.link(EDGE_HANDLER, wish.ix_id, glyph.id, tr("Join to handler"))
        self._board.sight.go_to(glyph.id, edit=wish.edit)

    def _not_made(self, wish: _Wish, error: QntxError) -> None:
        self._making.discard(wish.script_type)
        self._board.banner.fail(error)

    def _make(self, wish: _Wish, handler: HandlerVersion | None) -> None:
        self._making.discard(wish.script_type)
        known = links.python_of_type(self._board.canvas, wish.script_type)
        if known is not None:
            self._go_to(known, wish)
            return
        state: dict[str, Any]
        if handler is not None:
            code, state = handler.code, {"saved": saved_state(handler)}
        else:
            code = self._board.services.templates.template_for(wish.script_type, wish.args)
            state = {}
        caller = self._board.document.glyph(wish.ix_id) if wish.ix_id is not None else None
        glyph = self._board.new_glyph(
            KIND_PYTHON,
            wish.place or self._beside(caller),
            size=size_for(handler.code if handler is not None else None),
            content={"code": code, "script_type": wish.script_type},
            state=state,
        )
        edges = [(EDGE_HANDLER, caller.id, glyph.id)] if caller is not None else []
        self._board.add(glyph, tr("Create handler {script_type}").format(script_type=wish.script_type), *edges)
        self.check_unsaved(glyph.id)
        self._board.lives.put(glyph.id, handler=handler)
        self._board.sight.go_to(glyph.id, edit=wish.edit)

    def _beside(self, caller: Glyph | None) -> tuple[float, float]:
        if caller is not None:
            return caller.x + caller.width + BESIDE_PX, caller.y
        width, height = self._board.kind_of(KIND_PYTHON).default_size
        x, y = self._board.sight.middle()
        return x - width / 2, y - height / 2

    # Saving

    def _save(self, glyph: Glyph, script_type: str) -> None:
        if glyph.id in self._saving:
            return
        self._saving.add(glyph.id)
        self._board.ask(
            partial(self._board.services.handlers.create, source=SOURCE),
            script_type,
            links.code_of(glyph),
            then=partial(self._saved, glyph.id),
            failed=partial(self._not_saved, glyph.id),
        )

    def _saved(self, glyph_id: int, handler: HandlerVersion) -> None:
        self._saving.discard(glyph_id)
        self._words.tell(handler)
        glyph = self._board.document.glyph(glyph_id)
        if glyph is None:
            return
        if links.type_of(glyph) != handler.script_type:
            self._give_type(glyph, handler.script_type)
        self._board.clear_error(glyph_id)
        self._board.document.amend_state(glyph_id, saved=saved_state(handler), failed_line=None)
        self._board.lives.put(glyph_id, handler=handler)
        self.check_unsaved(glyph_id)

    def _not_saved(self, glyph_id: int, error: QntxError) -> None:
        self._saving.discard(glyph_id)
        if self._board.document.glyph(glyph_id) is not None:
            self._board.refuse(glyph_id, error)

    def _give_type(self, glyph: Glyph, script_type: str) -> None:
        """Tie the glyph to its type and to the IX glyphs that ask for it, as one step."""
        content: dict[str, Any] = {**glyph.content, "script_type": script_type}
        self._board.become(
            glyph,
            content,
            tr("Make handler {script_type}").format(script_type=script_type),
            EDGE_HANDLER,
            [each.id for each in links.ix_of_type(self._board.canvas, script_type)],
        )


def saved_state(handler: HandlerVersion) -> dict[str, Any]:
    """What a Python glyph keeps of the version it was saved as."""
    return {
        "version": handler.version,
        "asid": handler.asid,
        "code_sha256": handler.code_sha256,
        "at_us": handler.created_at_us,
    }
