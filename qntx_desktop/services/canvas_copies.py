"""Canvases inside cards when a card is copied, moved, or its copying is taken back.

Any thread but the GUI's. A copied card gets a copy of all that lies inside, under a name that the window gave it
already; so the card can be shown and kept before the copy is made, and a copy that a kill prevented is made later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from qntx_desktop.model.canvas_file import opened_by
from qntx_desktop.model.canvases import CanvasLine, new_uid
from qntx_desktop.model.glyph import KIND_CANVAS, KIND_PYTHON, KIND_RESULT, Glyph
from qntx_desktop.store import canvases as stored
from qntx_desktop.store.database import Database
from qntx_desktop.store.transaction import Tx


class CanvasCopies:
    """Follows what happens to cards with the canvases that they open."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def bring(self, copies: Mapping[str, str], parent_uid: str, *, restore: bool = False) -> None:
        """Make the canvases of copied cards that are not there yet.

        Args:
            copies: The canvas that each new card opens, and the one that it is a copy of.
            parent_uid: The canvas on which the cards stand.
            restore: Those that are there, but in the bin, are taken out of it: copying was done again.
        """

        def work(tx: Tx) -> None:
            for uid, source_uid in copies.items():
                line = stored.line_of_uid(tx.connection, uid)
                source = stored.line_of_uid(tx.connection, source_uid)
                if line is None and source is not None:
                    copied(tx, source, uid, parent_uid, without=copies)
                elif line is not None and line.in_bin and restore:
                    stored.restore(tx, line.id)

        self._db.write(work)

    def take_away(self, uids: tuple[str, ...], canvas_id: int) -> None:
        """Put the canvases of cards into the bin whose copying was taken back, unless another card opens them.

        Args:
            canvas_id: The canvas on which the cards stood; it may not be kept yet, so it is not asked.
        """

        def work(tx: Tx) -> None:
            for uid in uids:
                line = stored.line_of_uid(tx.connection, uid)
                if line is not None and not line.in_bin and not stored.doors_to(tx.connection, uid, but=canvas_id):
                    stored.to_bin(tx, line.id)

        self._db.write(work)

    def adopt(self, uids: tuple[str, ...], parent_uid: str, *, lost: bool = False) -> None:
        """Let canvases lie in the one where their card stands now; never in themselves.

        Args:
            lost: Only those that have no card any more on the canvas they lie in.
        """

        def work(tx: Tx) -> None:
            outer = stored.line_of_uid(tx.connection, parent_uid)
            for uid in uids:
                line = stored.line_of_uid(tx.connection, uid)
                if line is None or outer is None or line.parent_uid == parent_uid:
                    continue
                parent = stored.line_of_uid(tx.connection, line.parent_uid or "")
                has_door = parent is not None and uid in opened_by(stored.contents(tx.connection, parent.id)[0])
                if not (lost and has_door) and outer.id not in stored.with_those_inside(tx.connection, line.id):
                    stored.set_parent(tx, line.id, parent_uid)

        self._db.write(work)


def copied(
    tx: Tx, source: CanvasLine, uid: str, parent_uid: str | None, *, without: Mapping[str, str] | None = None
) -> CanvasLine:
    """A copy of a canvas under a name, with copies of those that lie in it; runs stay with the original.

    Args:
        without: Cards that open one of these are left out: they are what is being made.
    """
    names, order = {source.uid: uid}, [source]
    for line in order:  # grows while it is gone through
        for inner_uid in opened_by(stored.contents(tx.connection, line.id)[0]):
            inner = stored.line_of_uid(tx.connection, inner_uid)
            if inner is None or inner.uid in names or inner.parent_uid != line.uid or inner.uid in (without or ()):
                continue
            if not inner.in_bin or inner.deleted_at_us == source.deleted_at_us:
                names[inner.uid] = new_uid()
                order.append(inner)
    for line in order:
        outer = parent_uid if line is source else names[line.parent_uid or ""]
        made = stored.make(tx, line.name, line.folder, uid=names[line.uid], parent_uid=outer)
        glyphs, edges = stored.contents(tx.connection, line.id)
        kept = [each for each in glyphs if not set(opened_by([each])) & set(without or ())]
        stored.fill(tx, made.id, [_copy_of(each, names) for each in kept], edges)
        stored.copy_look(tx, line.id, made.id)
    found = stored.line_of_uid(tx.connection, uid)
    assert found is not None
    return found


def _copy_of(glyph: Glyph, names: Mapping[str, str]) -> Glyph:
    """What of a glyph is true of a copy: a result shows the same run, code is saved as what it was."""
    kept = {KIND_RESULT: tuple(glyph.state), KIND_PYTHON: ("saved", "came")}.get(glyph.kind, ())
    state = {key: glyph.state[key] for key in kept if glyph.state.get(key) is not None}
    content = glyph.content
    if glyph.kind == KIND_CANVAS and content.get("canvas") in names:
        content = {key: value for key, value in content.items() if key != "copy_of"}
        content["canvas"] = names[content["canvas"]]
    return replace(glyph, state=state, content=content)
