"""What the sub-canvases on the shown canvas say of what is inside them. Qt main thread; read on workers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from qntx_desktop.model.canvases import CanvasInside
from qntx_desktop.model.glyph import KIND_CANVAS, Glyph
from qntx_desktop.ui.control.board import Board


class SubCanvases:
    """Reads the insides of the cards that open a canvas."""

    def __init__(self, board: Board) -> None:
        self._board = board

    def refresh(self) -> None:
        """Read what is inside of each."""
        cards = {key: uid_of(each) for key, each in self._board.canvas.glyphs.items() if each.kind == KIND_CANVAS}
        if cards:
            uids = sorted(set(cards.values()))
            self._board.ask(self._board.services.canvases.insides, uids, then=partial(self._show, cards))

    def _show(self, cards: Mapping[int, str], found: Mapping[str, CanvasInside]) -> None:
        for glyph_id, uid in cards.items():
            glyph = self._board.document.glyph(glyph_id)
            inside = found[uid]
            if glyph is None:
                continue
            self._board.lives.put(glyph_id, inside=inside)
            if inside.line is not None and glyph.state.get("name") != inside.line.name:
                self._board.document.amend_state(glyph_id, name=inside.line.name)


def uid_of(glyph: Glyph) -> str:
    """The canvas that a card opens, by its name for every home."""
    uid = glyph.content.get("canvas")
    return uid if isinstance(uid, str) else ""
