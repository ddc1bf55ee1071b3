"""The canvases of a home as a whole: the list, the bin, named places, search, and what travels between homes.

Any thread but the GUI's. The one canvas that is open belongs to `services/canvas`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from qntx_desktop.model import canvas_file
from qntx_desktop.model.canvas_file import CanvasText, opened_by
from qntx_desktop.model.canvases import CanvasInside, CanvasLine, GlyphHit, Place, checked_name, new_uid
from qntx_desktop.model.errors import ErrCanvasNotFound, ErrDuplicateName, ErrInvalidPayload
from qntx_desktop.model.glyph import KIND_CANVAS, KIND_PYTHON, Glyph, Viewpoint
from qntx_desktop.model.handler import HandlerVersion
from qntx_desktop.services.canvas_copies import copied
from qntx_desktop.store import canvases as stored
from qntx_desktop.store.canvas_search import search
from qntx_desktop.store.database import Database
from qntx_desktop.store.transaction import Tx

NEW_NAME = "Canvas"
MOST_BOXES = 300
_UID = re.compile(r"[0-9a-f]{32}")


class Canvases:
    """What can be done with canvases without opening them.

    Args:
        folder: Where relative paths start on a canvas that is made.
    """

    def __init__(self, db: Database, *, folder: str) -> None:
        self._db = db
        self._folder = folder

    def list(self) -> tuple[CanvasLine, ...]:
        """Every canvas, those in the bin too, oldest first."""
        with self._db.read() as connection:
            return stored.lines(connection)

    def get(self, canvas_id: int) -> CanvasLine:
        """One canvas.

        Raises:
            ErrCanvasNotFound: There is none of this number.
        """
        with self._db.read() as connection:
            return stored.line_of(connection, canvas_id)

    def named(self, name: str) -> CanvasLine:
        """The canvas of a name (capitals make no difference) or a number; not one in the bin.

        Raises:
            ErrCanvasNotFound: There is none.
        """
        live = [each for each in self.list() if not each.in_bin]
        for each in live:
            if each.name.casefold() == name.strip().casefold():
                return each
        for each in live:
            if str(each.id) == name.strip().lstrip("#"):
                return each
        raise ErrCanvasNotFound(name)

    def make(self, name: str = NEW_NAME) -> CanvasLine:
        """An empty canvas; when the name is taken it gets a number behind it.

        Raises:
            ErrInvalidPayload: It cannot be a name.
        """
        kept = checked_name(name)
        return self._db.write(lambda tx: stored.make(tx, kept, self._folder))

    def rename(self, canvas_id: int, name: str) -> None:
        """Give a canvas another name.

        Raises:
            ErrInvalidPayload: It cannot be a name.
            ErrDuplicateName: Another canvas has it.
        """
        kept = checked_name(name)

        def work(tx: Tx) -> None:
            stored.line_of(tx.connection, canvas_id)
            if stored.name_taken(tx.connection, kept, canvas_id):
                raise ErrDuplicateName(kept, "A canvas")
            stored.rename(tx, canvas_id, kept)

        self._db.write(work)

    def duplicate(self, canvas_id: int) -> CanvasLine:
        """A copy with all that is on a canvas and inside its cards; runs stay with it, results show them in both.

        Raises:
            ErrCanvasNotFound: There is none of this number.
        """

        def work(tx: Tx) -> CanvasLine:
            old = stored.line_of(tx.connection, canvas_id)
            return copied(tx, old, new_uid(), old.parent_uid)

        return self._db.write(work)

    def delete(self, canvas_id: int) -> None:
        """Put a canvas into the bin, with all that is on it."""
        self._db.write(lambda tx: stored.to_bin(tx, canvas_id))

    def enter(self, uid: str, name: str, parent_uid: str, copy_of: str = "") -> int:
        """The canvas that a card opens: made when there is none yet, taken out of the bin when it is there.

        Args:
            name: What it is called when it is made.
            parent_uid: The canvas on which the card stands.
            copy_of: The canvas it begins as a copy of, when there is one of this name.

        Raises:
            ErrInvalidPayload: The card holds no name of a canvas.
        """
        if not _UID.fullmatch(uid):
            raise ErrInvalidPayload("canvas", "content.canvas", "must be 32 digits of 0-9 and a-f")

        def work(tx: Tx) -> int:
            line = stored.line_of_uid(tx.connection, uid)
            source = stored.line_of_uid(tx.connection, copy_of) if line is None else None
            if source is not None:
                return copied(tx, source, uid, parent_uid, without={uid: copy_of}).id
            if line is None:
                wanted = _told(name, "Sub-canvas")
                return stored.make(tx, wanted, self._folder, uid=uid, parent_uid=parent_uid).id
            return stored.restore(tx, line.id).id if line.in_bin else line.id

        return self._db.write(work)

    def insides(self, uids: Sequence[str]) -> dict[str, CanvasInside]:
        """What is inside of the cards that open these canvases."""
        found = {}
        with self._db.read() as connection:
            for uid in uids:
                line = stored.line_of_uid(connection, uid)
                cards = stored.boxes(connection, line.id, MOST_BOXES) if line is not None else ()
                found[uid] = CanvasInside(line=line, boxes=cards)
        return found

    def way_out(self, canvas_id: int) -> tuple[int, int | None]:
        """The canvas that a sub-canvas lies in, and the glyph on it that opens it, if it still stands there.

        Raises:
            ErrCanvasNotFound: It lies in none, or in one that is in the bin.
        """
        with self._db.read() as connection:
            line = stored.line_of(connection, canvas_id)
            outer = stored.line_of_uid(connection, line.parent_uid or "")
            if outer is None or outer.in_bin:
                raise ErrCanvasNotFound(outer.name if outer is not None else "outside")
            glyphs, _ = stored.contents(connection, outer.id)
        doors = (each.id for each in glyphs if line.uid in opened_by([each]))
        return outer.id, next(doors, None)

    def restore(self, canvas_id: int) -> CanvasLine:
        """Take a canvas out of the bin.

        Raises:
            ErrCanvasNotFound: It was deleted for good.
        """
        return self._db.write(lambda tx: stored.restore(tx, canvas_id))

    def purge(self, canvas_ids: Sequence[int]) -> int:
        """Delete canvases that are in the bin for good. Returns how many went."""
        return self._db.write(lambda tx: stored.purge(tx, canvas_ids))

    def any(self) -> bool:
        """True when this home has a canvas, were it in the bin."""
        with self._db.read() as connection:
            return stored.any_made(connection)

    def note_opened(self, canvas_id: int) -> None:
        """From now on this canvas is the one that was opened last."""
        self._db.write(lambda tx: stored.note_opened(tx, canvas_id))

    def last_opened(self, name: str = stored.FIRST_NAME) -> int:
        """The canvas to open when none is asked for; made with this name when there is none."""
        return self._db.write(lambda tx: stored.last_opened(tx, self._folder, name))

    def of_glyph(self, glyph_id: int, *, in_bin: bool = False) -> int | None:
        """The canvas that a glyph stands on; one in the bin only if asked for."""
        with self._db.read() as connection:
            return stored.canvas_of_glyph(connection, glyph_id, in_bin)

    def places(self, canvas_id: int | None = None) -> tuple[Place, ...]:
        """The named places of a canvas, or of all, by name."""
        with self._db.read() as connection:
            return stored.places(connection, canvas_id)

    def keep_place(self, canvas_id: int, name: str, viewpoint: Viewpoint) -> None:
        """Name a place; the one of this name on this canvas moves there.

        Raises:
            ErrInvalidPayload: It cannot be a name.
        """
        kept = checked_name(name)
        self._db.write(lambda tx: stored.keep_place(tx, canvas_id, kept, viewpoint))

    def drop_place(self, place_id: int) -> None:
        """Forget a named place."""
        self._db.write(lambda tx: stored.drop_place(tx, place_id))

    def search(self, text: str, most: int = 200) -> tuple[GlyphHit, ...]:
        """Glyphs on any canvas with a line that holds every word; what results show of attestations counts too.

        Args:
            most: At most this many.
        """
        words = text.casefold().split()
        if not words:
            return ()
        with self._db.read() as connection:
            return search(connection, words, most)

    def text_of(self, canvas_id: int) -> str:
        """A canvas, and those that its glyphs open, as the text of a `.qntxcanvas` file.

        Raises:
            ErrCanvasNotFound: There is none of this number.
        """
        with self._db.read() as connection:
            line = stored.line_of(connection, canvas_id)
            glyphs, edges = stored.contents(connection, canvas_id)
            inside = stored.inside(connection, glyphs, line.uid)
        return canvas_file.written(line.name, glyphs, edges, inside)

    def inside(self, glyphs: Iterable[Glyph], uid: str) -> dict[str, CanvasText]:
        """The canvases that glyphs of the canvas `uid` open, and those inside them, as a file carries them."""
        with self._db.read() as connection:
            return stored.inside(connection, glyphs, uid)

    def taken_in(self, found: CanvasText, uid: str) -> CanvasText:
        """What a file holds as it can be put on the canvas `uid`: those inside are made."""

        def work(tx: Tx) -> CanvasText:
            names = {each: new_uid() for each in found.inside}
            self._fill_inside(tx, found, names, uid)
            return CanvasText(name=found.name, glyphs=tuple(_renamed(found.glyphs, names)), edges=found.edges)

        return self._db.write(work) if found.inside else found

    def make_filled(
        self, found: CanvasText, fallback_name: str = NEW_NAME, *, folder: str | None = None
    ) -> CanvasLine:
        """A new canvas with what a text holds, and new ones for those inside it.

        Args:
            folder: Where relative paths start on it; None: at the person's home.

        Raises:
            ErrInvalidPayload: Something in it cannot be kept; nothing was.
        """

        def work(tx: Tx) -> CanvasLine:
            names = {uid: new_uid() for uid in found.inside}
            made = stored.make(tx, _told(found.name, fallback_name), folder or self._folder)
            stored.fill(tx, made.id, _renamed(found.glyphs, names), found.edges)
            self._fill_inside(tx, found, names, made.uid)
            return stored.line_of(tx.connection, made.id)

        return self._db.write(work)

    def _fill_inside(self, tx: Tx, found: CanvasText, names: Mapping[str, str], outer: str) -> None:
        """Make the canvases inside; each belongs to the first canvas whose glyph opens it."""
        parents: dict[str, str] = {}
        owners = [(outer, found.glyphs), *((names[uid], each.glyphs) for uid, each in found.inside.items())]
        for owner, glyphs in owners:
            for uid in opened_by(glyphs):
                if uid in names and names[uid] != owner:
                    parents.setdefault(names[uid], owner)
        for uid, each in found.inside.items():
            name = _told(each.name, NEW_NAME)
            parent = parents.get(names[uid], outer)
            inner = stored.make(tx, name, self._folder, uid=names[uid], parent_uid=parent)
            stored.fill(tx, inner.id, _renamed(each.glyphs, names), each.edges)


def _told(name: str, fallback: str) -> str:
    """A name that a file gave, as far as it can be one."""
    shown = "".join(each if each.isprintable() else " " for each in name)
    return checked_name(shown[:100].strip() or fallback[:100] or NEW_NAME)


def _renamed(glyphs: Iterable[Glyph], names: Mapping[str, str]) -> list[Glyph]:
    """The glyphs, those that open a canvas under its new name."""
    return [
        replace(each, content={**each.content, "canvas": names[each.content["canvas"]]})
        if each.kind == KIND_CANVAS and each.content.get("canvas") in names
        else each
        for each in glyphs
    ]


def came_from_elsewhere(found: CanvasText) -> CanvasText:
    """What a file holds, its code marked as not written here: what asks for anything runs after a yes only."""

    def marked(glyphs: Iterable[Glyph]) -> tuple[Glyph, ...]:
        return tuple(
            replace(each, state={**each.state, "came": code_sha256(str(each.content.get("code", "")))})
            if each.kind == KIND_PYTHON
            else each
            for each in glyphs
        )

    inside = {uid: replace(each, glyphs=marked(each.glyphs)) for uid, each in found.inside.items()}
    return replace(found, glyphs=marked(found.glyphs), inside=inside)


def saved_state(version: HandlerVersion) -> dict[str, Any]:
    """What a Python glyph keeps of the version that its code is."""
    return {
        "version": version.version,
        "asid": version.asid,
        "code_sha256": version.code_sha256,
        "at_us": version.created_at_us,
    }


def code_sha256(code: str) -> str:
    """The digest of code; a lone surrogate, which is never saved, has one too."""
    return hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()
