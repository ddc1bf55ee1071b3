"""The cards that open a canvas: what they say of what is inside, and what becomes of it when they are copied.

Qt main thread; the store is asked on workers. A card that is copied opens a copy, made at once; one that is moved
opens the same canvas. What is asked of the store about cards is done in the order of the edits.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from qntx_desktop.model.canvases import CanvasInside
from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.glyph import KIND_CANVAS, Glyph
from qntx_desktop.ui.control.board import Board


class SubCanvases:
    """Follows the cards of the shown canvas."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._waiting: deque[Callable[[], None]] = deque()
        self._under_way = False
        self._made_up: set[str] = set()

    def refresh(self) -> None:
        """Read what is inside of each."""
        cards = {key: uid_of(each) for key, each in self._board.canvas.glyphs.items() if each.kind == KIND_CANVAS}
        if cards:
            uids = sorted(set(cards.values()))
            self._board.ask(self._board.services.canvases.insides, uids, then=partial(self._show, cards))

    def follow(self, diff: CanvasDiff) -> None:
        """Cards came or went."""
        added, removed = _cards(diff.added.values()), _cards(diff.removed.values())
        copies, way = self._board.services.canvas_copies, self._board.document.replaying
        canvas = self._board.canvas
        fresh = {uid_of(each): source for each in added if (source := copied_from(each))}
        if way == "undo":
            gone = tuple(uid_of(each) for each in removed if copied_from(each))
            left = {uid_of(each) for each in _cards(canvas.glyphs.values())}
            if gone := tuple(uid for uid in gone if uid not in left):
                self._do(partial(copies.take_away, gone, canvas.id))
        elif fresh:
            self._do(partial(copies.bring, fresh, canvas.uid, restore=way == "redo"))
        if moved := tuple(uid_of(each) for each in added if not copied_from(each)):
            self._do(partial(copies.adopt, moved, canvas.uid, lost=bool(way)))
        if added and not self._under_way:
            self.refresh()

    def _do(self, call: Callable[[], None]) -> None:
        self._waiting.append(call)
        if not self._under_way:
            self._next()

    def _next(self) -> None:
        self._under_way = bool(self._waiting)
        if self._waiting:
            self._board.ask(self._waiting.popleft(), then=lambda _none: self._next(), failed=self._failed)
        else:
            self.refresh()

    def _failed(self, error: QntxError) -> None:
        self._board.banner.fail(error)
        self._next()

    def _show(self, cards: Mapping[int, str], found: Mapping[str, CanvasInside]) -> None:
        late: dict[str, str] = {}
        for glyph_id, uid in cards.items():
            glyph = self._board.document.glyph(glyph_id)
            inside = found[uid]
            if glyph is None:
                continue
            self._board.lives.put(glyph_id, inside=inside)
            if inside.line is None and copied_from(glyph) and uid not in self._made_up:
                late[uid] = copied_from(glyph)  # the window was killed between copying the card and what is inside
            if inside.line is not None and glyph.state.get("name") != inside.line.name:
                self._board.document.amend_state(glyph_id, name=inside.line.name)
        if late and not self._under_way:
            self._made_up |= set(late)
            self._do(partial(self._board.services.canvas_copies.bring, late, self._board.canvas.uid))


def _cards(glyphs: Iterable[Glyph]) -> list[Glyph]:
    return [each for each in glyphs if each.kind == KIND_CANVAS]


def uid_of(glyph: Glyph) -> str:
    """The canvas that a card opens, by its name for every home."""
    uid = glyph.content.get("canvas")
    return uid if isinstance(uid, str) else ""


def copied_from(glyph: Glyph) -> str:
    """The canvas that the one of a card began as a copy of; empty when it did not."""
    uid = glyph.content.get("copy_of")
    return uid if isinstance(uid, str) else ""
