"""The canvas in the store: loaded whole, saved as diffs, each diff in one transaction.

Any thread but the GUI's; writes run on the writer. Imported late: its tables come from sqlmodel.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, bindparam, delete, insert, select, update

from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.errors import ErrGlyphNotFound, ErrInvalidPayload
from qntx_desktop.model.events import CanvasChanged
from qntx_desktop.model.glyph import Canvas, Edge, Glyph, Viewpoint
from qntx_desktop.model.history import NO_CHANGE, HistoryChange, Step, packed
from qntx_desktop.store.core import Statement, table, upsert
from qntx_desktop.store.database import Database
from qntx_desktop.store.tables import CanvasRow, CanvasStepRow, EdgeRow, GlyphRow, SettingRow
from qntx_desktop.store.transaction import Tx

FIRST_NAME = "Canvas 1"
_NEXT_ID = "canvas_next_id"
_ID_FITS = 1 << 62

_canvas, _glyph, _edge, _setting = (table(row) for row in (CanvasRow, GlyphRow, EdgeRow, SettingRow))
_of_id: BindParameter[Any] = bindparam("of_id")

_FIRST = Statement(select(_canvas.c.id).order_by(_canvas.c.id).limit(1))
_MAKE = Statement(insert(_canvas))
_READ = Statement(select(_canvas).where(_canvas.c.id == _of_id))
_GLYPHS = Statement(select(_glyph).where(_glyph.c.canvas_id == _of_id).order_by(_glyph.c.id))
_EDGES = Statement(select(_edge).where(_edge.c.canvas_id == _of_id).order_by(_edge.c.id))
_KEEP_GLYPH = upsert(GlyphRow)
_KEEP_EDGE = upsert(EdgeRow)
_DROP_GLYPH = Statement(delete(_glyph).where(_glyph.c.id == _of_id))
_DROP_EDGE = Statement(delete(_edge).where(_edge.c.id == _of_id))
_SAVED = Statement(update(_canvas).where(_canvas.c.id == _of_id).values(saved_at_us=bindparam("at_us")))
_LOOK = Statement(
    update(_canvas)
    .where(_canvas.c.id == _of_id)
    .values(center_x=bindparam("to_x"), center_y=bindparam("to_y"), zoom=bindparam("to_zoom"))
)
_FOLDER = Statement(update(_canvas).where(_canvas.c.id == _of_id).values(folder=bindparam("to_folder")))
_COUNTER = Statement(select(_setting.c.value).where(_setting.c.key == _of_id))
_KEEP_SETTING = upsert(SettingRow)
_step = table(CanvasStepRow)
_STEPS = Statement(select(_step).where(_step.c.canvas_id == _of_id).order_by(_step.c.id))
_KEEP_STEP = upsert(CanvasStepRow)
_DROP_STEP = Statement(delete(_step).where(_step.c.canvas_id == bindparam("of_canvas"), _step.c.id == _of_id))


class CanvasStore:
    """Reads and writes canvases in `db`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def first(self, *, folder: str) -> int:
        """The id of the oldest canvas; an empty one is made when there is none.

        Args:
            folder: Where relative paths start on a canvas that is made.
        """
        return self._db.write(lambda tx: _first_or_made(tx, folder))

    def load(self, canvas_id: int) -> Canvas:
        """A canvas with all its glyphs and edges.

        Raises:
            ErrGlyphNotFound: There is no such canvas.
        """
        with self._db.read() as connection:
            row = _READ.run(connection, of_id=canvas_id).fetchone()
            if row is None:
                raise ErrGlyphNotFound(canvas_id)
            glyphs = {each[0]: _glyph_of(each) for each in _GLYPHS.run(connection, of_id=canvas_id)}
            edges = {each[0]: _edge_of(each) for each in _EDGES.run(connection, of_id=canvas_id)}
            next_id = _next_id(connection)
        return Canvas(
            id=row[0],
            name=row[1],
            folder=row[2],
            viewpoint=Viewpoint(center_x=row[3], center_y=row[4], zoom=row[5]),
            saved_at_us=row[6],
            glyphs=glyphs,
            edges=edges,
            next_id=next_id,
        )

    def steps(self, canvas_id: int) -> tuple[Step, ...]:
        """What was done to a canvas, oldest first, what was taken back at the end."""
        with self._db.read() as connection:
            rows = _STEPS.run(connection, of_id=canvas_id).fetchall()
        return tuple(Step(id=row[1], label=row[2], done=bool(row[3]), change=row[4]) for row in rows)

    def save(
        self,
        canvas_id: int,
        diff: CanvasDiff,
        origin: str,
        *,
        next_id: int = 1,
        steps: HistoryChange = NO_CHANGE,
    ) -> int:
        """Bring a diff into the store; bringing the same one again changes nothing.

        Args:
            canvas_id: The canvas.
            diff: What changed.
            origin: Who made it, told with the event.
            next_id: The first id the maker has not given out; keeps ids of glyphs that came and went unused.
            steps: How the history changes with it.

        Returns:
            The moment it was saved, in microseconds.

        Raises:
            ErrInvalidPayload: A number is not finite, or content is not JSON; nothing is saved.
        """
        glyphs = [_glyph_row(canvas_id, glyph) for glyph in _kept(diff)]
        edges = [_edge_row(canvas_id, edge) for edge in diff.edges_added.values()]
        kept_steps = [_step_row(canvas_id, step) for step in steps.kept.values()]
        gone_steps = [{"of_canvas": canvas_id, "of_id": key} for key in steps.dropped]
        unused = max([next_id, *(each["id"] + 1 for each in (*glyphs, *edges))])

        def work(tx: Tx) -> int:
            connection = tx.connection
            _DROP_EDGE.run_each(connection, [{"of_id": key} for key in diff.edges_removed])
            _DROP_GLYPH.run_each(connection, [{"of_id": key} for key in diff.removed])
            _KEEP_GLYPH.run_each(connection, glyphs)
            _KEEP_EDGE.run_each(connection, edges)
            _DROP_STEP.run_each(connection, gone_steps)
            _KEEP_STEP.run_each(connection, kept_steps)
            if unused > _next_id(connection):
                _KEEP_SETTING.run(connection, key=_NEXT_ID, value=str(unused))
            _SAVED.run(connection, of_id=canvas_id, at_us=tx.now_us)
            tx.emit(CanvasChanged(canvas_id=canvas_id, diff=diff, origin=origin))
            return tx.now_us

        return self._db.write(work)

    def set_viewpoint(self, canvas_id: int, viewpoint: Viewpoint) -> None:
        """Keep where the person looks.

        Raises:
            ErrInvalidPayload: A number is not finite, or the zoom is not above 0.
        """
        x, y, zoom = (
            _finite(f"viewpoint.{name}", getattr(viewpoint, name)) for name in ("center_x", "center_y", "zoom")
        )
        if zoom <= 0:
            raise ErrInvalidPayload("canvas", "viewpoint.zoom", "must be above 0")
        self._db.write(lambda tx: _LOOK.run(tx.connection, of_id=canvas_id, to_x=x, to_y=y, to_zoom=zoom).rowcount)

    def set_folder(self, canvas_id: int, folder: str) -> None:
        """Keep where relative paths in commands start."""
        self._db.write(lambda tx: _FOLDER.run(tx.connection, of_id=canvas_id, to_folder=folder).rowcount)


def _first_or_made(tx: Tx, folder: str) -> int:
    row = _FIRST.run(tx.connection).fetchone()
    if row is not None:
        return int(row[0])
    look = Viewpoint()
    made = _MAKE.run(
        tx.connection,
        id=None,
        name=FIRST_NAME,
        folder=folder,
        center_x=look.center_x,
        center_y=look.center_y,
        zoom=look.zoom,
        saved_at_us=None,
    )
    return int(made.lastrowid or 0)


def _next_id(connection: sqlite3.Connection) -> int:
    """One counter for the home: it only rises, so that no id is given out twice even after deleting."""
    row = _COUNTER.run(connection, of_id=_NEXT_ID).fetchone()
    return int(row[0]) if row is not None else 1


def _kept(diff: CanvasDiff) -> list[Glyph]:
    return [*diff.added.values(), *(new for _old, new in diff.updated.values())]


def _glyph_row(canvas_id: int, glyph: Glyph) -> dict[str, Any]:
    place = f"glyph {glyph.id}"
    numbers = {name: _finite(f"{place}.{name}", getattr(glyph, name)) for name in ("x", "y", "width", "height")}
    return {
        "id": _id(place, glyph.id),
        "canvas_id": canvas_id,
        "kind": glyph.kind,
        **numbers,
        "z": glyph.z,
        "content": _json(f"{place}.content", glyph.content),
        "state": _json(f"{place}.state", glyph.state),
    }


def _edge_row(canvas_id: int, edge: Edge) -> dict[str, Any]:
    return {
        "id": _id(f"edge {edge.id}", edge.id),
        "canvas_id": canvas_id,
        "kind": edge.kind,
        "source_id": edge.source_id,
        "target_id": edge.target_id,
    }


def _step_row(canvas_id: int, step: Step) -> dict[str, Any]:
    try:
        change = packed(step.change)
    except (TypeError, ValueError) as error:
        raise ErrInvalidPayload("canvas", f"step {step.id}", str(error)) from error
    return {"canvas_id": canvas_id, "id": step.id, "label": step.label, "done": int(step.done), "change": change}


def _glyph_of(row: Sequence[Any]) -> Glyph:
    return Glyph(
        id=row[0],
        kind=row[2],
        x=row[3],
        y=row[4],
        width=row[5],
        height=row[6],
        z=row[7],
        content=json.loads(row[8]),
        state=json.loads(row[9]),
    )


def _edge_of(row: Sequence[Any]) -> Edge:
    return Edge(id=row[0], kind=row[2], source_id=row[3], target_id=row[4])


def _id(place: str, number: int) -> int:
    if not 0 < number < _ID_FITS:
        raise ErrInvalidPayload("canvas", f"{place}.id", "is not a positive number")
    return number


def _finite(place: str, number: float) -> float:
    """SQLite would turn NaN into NULL in silence."""
    if not math.isfinite(number):
        raise ErrInvalidPayload("canvas", place, f"{number} is not a finite number")
    return float(number)


def _json(place: str, value: Mapping[str, Any]) -> str:
    """Text as the person typed it, even half a character, survives: JSON is written in ASCII."""
    try:
        return json.dumps(dict(value), allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError) as error:
        raise ErrInvalidPayload("canvas", place, str(error)) from error
