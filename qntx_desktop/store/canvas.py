"""The canvas in the store: loaded whole, saved as diffs, each diff in one transaction.

Any thread but the GUI's; writes run on the writer. Imported late: its tables come from sqlmodel.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, bindparam, delete, select, update

from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.errors import ErrGlyphNotFound, ErrInvalidPayload
from qntx_desktop.model.events import CanvasChanged
from qntx_desktop.model.glyph import Canvas, Glyph, Viewpoint
from qntx_desktop.model.history import NO_CHANGE, HistoryChange, Step, packed
from qntx_desktop.store.canvas_rows import edge_of, edge_row, finite, glyph_of, glyph_row
from qntx_desktop.store.canvases import last_opened, next_unused_id, use_ids_below
from qntx_desktop.store.core import Statement, table, upsert
from qntx_desktop.store.database import Database
from qntx_desktop.store.tables import CanvasRow, CanvasStepRow, EdgeRow, GlyphRow
from qntx_desktop.store.transaction import Tx

_canvas, _glyph, _edge = (table(row) for row in (CanvasRow, GlyphRow, EdgeRow))
_of_id: BindParameter[Any] = bindparam("of_id")

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
_step = table(CanvasStepRow)
_STEPS = Statement(select(_step).where(_step.c.canvas_id == _of_id).order_by(_step.c.id))
_KEEP_STEP = upsert(CanvasStepRow)
_DROP_STEP = Statement(delete(_step).where(_step.c.canvas_id == bindparam("of_canvas"), _step.c.id == _of_id))


class CanvasStore:
    """Reads and writes canvases in `db`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def first(self, *, folder: str, name: str) -> int:
        """The id of the canvas that was opened last, else of the oldest; made when there is none.

        Args:
            folder: Where relative paths start on a canvas that is made.
            name: What such a canvas is called.
        """
        return self._db.write(lambda tx: last_opened(tx, folder, name))

    def load(self, canvas_id: int) -> Canvas:
        """A canvas with all its glyphs and edges.

        Raises:
            ErrGlyphNotFound: There is no such canvas.
        """
        with self._db.read() as connection:
            row = _READ.run(connection, of_id=canvas_id).fetchone()
            if row is None:
                raise ErrGlyphNotFound(canvas_id)
            glyphs = {each[0]: glyph_of(each) for each in _GLYPHS.run(connection, of_id=canvas_id)}
            edges = {each[0]: edge_of(each) for each in _EDGES.run(connection, of_id=canvas_id)}
            next_id = next_unused_id(connection)
        return Canvas(
            id=row[0],
            name=row[1],
            folder=row[2],
            viewpoint=Viewpoint(center_x=row[3], center_y=row[4], zoom=row[5]),
            saved_at_us=row[6],
            uid=row[7],
            parent_uid=row[8],
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
        glyphs = [glyph_row(canvas_id, glyph) for glyph in _kept(diff)]
        edges = [edge_row(canvas_id, edge) for edge in diff.edges_added.values()]
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
            use_ids_below(connection, unused)
            if diff.folder is not None:
                _FOLDER.run(connection, of_id=canvas_id, to_folder=diff.folder[1])
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
            finite(f"viewpoint.{name}", getattr(viewpoint, name)) for name in ("center_x", "center_y", "zoom")
        )
        if zoom <= 0:
            raise ErrInvalidPayload("canvas", "viewpoint.zoom", "must be above 0")
        self._db.write(lambda tx: _LOOK.run(tx.connection, of_id=canvas_id, to_x=x, to_y=y, to_zoom=zoom).rowcount)


def _kept(diff: CanvasDiff) -> list[Glyph]:
    return [*diff.added.values(), *(new for _old, new in diff.updated.values())]


def _step_row(canvas_id: int, step: Step) -> dict[str, Any]:
    try:
        change = packed(step.change)
    except (TypeError, ValueError) as error:
        raise ErrInvalidPayload("canvas", f"step {step.id}", str(error)) from error
    return {"canvas_id": canvas_id, "id": step.id, "label": step.label, "done": int(step.done), "change": change}
