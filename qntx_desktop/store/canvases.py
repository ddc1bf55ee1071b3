"""The canvases of a home as a list: made, named, copied, put into the bin and taken out of it.

Any thread but the GUI's; writes run on the writer. Plain SQL on `sqlite3`, so that the command line need not import
what the open canvas is read with.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from qntx_desktop.model.canvas_file import CanvasText, opened_by
from qntx_desktop.model.canvases import CanvasLine, Place, new_uid, unused_name
from qntx_desktop.model.errors import ErrCanvasNotFound
from qntx_desktop.model.events import CanvasesChanged
from qntx_desktop.model.glyph import Edge, Glyph, Viewpoint
from qntx_desktop.store.canvas_rows import edge_of, edge_row, glyph_of, glyph_row
from qntx_desktop.store.transaction import Tx

FIRST_NAME = "Canvas 1"
ID_GAP = 1 << 20
"""Glyphs that come from elsewhere get ids this far behind the last one: an open window gives out the next ones."""
_NEXT_ID = "canvas_next_id"
_LINE = """SELECT c.id, c.uid, c.name, c.folder, c.parent_uid,
    (SELECT count(*) FROM glyph WHERE glyph.canvas_id = c.id),
    c.made_at_us, c.opened_at_us, c.saved_at_us, c.deleted_at_us FROM canvas AS c"""
_NAMES = (
    "id",
    "uid",
    "name",
    "folder",
    "parent_uid",
    "glyphs",
    "made_at_us",
    "opened_at_us",
    "saved_at_us",
    "deleted_at_us",
)


def lines(connection: sqlite3.Connection) -> tuple[CanvasLine, ...]:
    """Every canvas, those in the bin too, oldest first."""
    return tuple(_line(row) for row in connection.execute(f"{_LINE} ORDER BY c.id"))


def any_made(connection: sqlite3.Connection) -> bool:
    """True when there is a canvas, were it in the bin."""
    return connection.execute("SELECT 1 FROM canvas LIMIT 1").fetchone() is not None


def line_of(connection: sqlite3.Connection, canvas_id: int) -> CanvasLine:
    """One canvas.

    Raises:
        ErrCanvasNotFound: There is none of this number.
    """
    row = connection.execute(f"{_LINE} WHERE c.id = ?", (canvas_id,)).fetchone()
    if row is None:
        raise ErrCanvasNotFound(canvas_id)
    return _line(row)


def line_of_uid(connection: sqlite3.Connection, uid: str) -> CanvasLine | None:
    """The canvas of this name for every home, if it is in this one."""
    row = connection.execute(f"{_LINE} WHERE c.uid = ?", (uid,)).fetchone()
    return _line(row) if row is not None else None


def _line(row: Iterable[Any]) -> CanvasLine:
    return CanvasLine(**dict(zip(_NAMES, row, strict=True)))


def next_unused_id(connection: sqlite3.Connection) -> int:
    """One counter for the home: it only rises, so that no id is given out twice even after deleting."""
    row = connection.execute("SELECT value FROM setting WHERE key = ?", (_NEXT_ID,)).fetchone()
    return int(row[0]) if row is not None else 1


def use_ids_below(connection: sqlite3.Connection, unused: int) -> None:
    """Every id below this one is given out."""
    if unused > next_unused_id(connection):
        sql = "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2"
        connection.execute(sql, (_NEXT_ID, str(unused)))


def last_opened(tx: Tx, folder: str, name: str = FIRST_NAME) -> int:
    """The canvas that was opened last and is not in the bin, else the oldest; one of this name if there is none."""
    row = tx.connection.execute(
        "SELECT id FROM canvas WHERE deleted_at_us IS NULL"
        " ORDER BY coalesce(opened_at_us, 0) DESC, parent_uid IS NOT NULL, id LIMIT 1"
    ).fetchone()
    return int(row[0]) if row is not None else make(tx, name, folder).id


def make(
    tx: Tx, name: str, folder: str, *, uid: str | None = None, parent_uid: str | None = None
) -> CanvasLine:
    """An empty canvas; when the name is taken it gets a number behind it."""
    made = CanvasLine(
        id=0,
        uid=uid or new_uid(),
        name=_free_name(tx.connection, name),
        folder=folder,
        parent_uid=parent_uid,
        made_at_us=tx.now_us,
    )
    cursor = tx.connection.execute(
        "INSERT INTO canvas (name, folder, center_x, center_y, zoom, uid, parent_uid, made_at_us)"
        " VALUES (?, ?, 0, 0, 1, ?, ?, ?)",
        (made.name, folder, made.uid, parent_uid, tx.now_us),
    )
    tx.emit(CanvasesChanged())
    return replace(made, id=int(cursor.lastrowid or 0))


def _free_name(connection: sqlite3.Connection, name: str, but: int = 0) -> str:
    sql = "SELECT name FROM canvas WHERE deleted_at_us IS NULL AND id <> ?"
    return unused_name(name, [row[0] for row in connection.execute(sql, (but,))])


def name_taken(connection: sqlite3.Connection, name: str, but: int) -> bool:
    """True when another canvas that is not in the bin has this name."""
    return _free_name(connection, name, but) != name


def rename(tx: Tx, canvas_id: int, name: str) -> None:
    """Give a canvas another name."""
    tx.connection.execute("UPDATE canvas SET name = ? WHERE id = ?", (name, canvas_id))
    tx.emit(CanvasesChanged())


def note_opened(tx: Tx, canvas_id: int) -> None:
    """A canvas is shown now."""
    tx.connection.execute("UPDATE canvas SET opened_at_us = ? WHERE id = ?", (tx.now_us, canvas_id))


def with_those_inside(connection: sqlite3.Connection, canvas_id: int) -> tuple[int, ...]:
    """A canvas and every canvas that lies in it."""
    rows = connection.execute(
        "WITH RECURSIVE low (id, uid) AS (SELECT id, uid FROM canvas WHERE id = ?"
        " UNION SELECT c.id, c.uid FROM canvas AS c JOIN low ON c.parent_uid = low.uid) SELECT id FROM low",
        (canvas_id,),
    )
    return tuple(int(row[0]) for row in rows)


def doors_to(connection: sqlite3.Connection, uid: str, but: int) -> int:
    """How many cards open a canvas, on canvases that are not in the bin, one left out."""
    row = connection.execute(
        "SELECT count(*) FROM glyph AS g JOIN canvas AS c ON c.id = g.canvas_id WHERE g.kind = 'canvas'"
        " AND c.id <> ? AND c.deleted_at_us IS NULL AND json_extract(g.content, '$.canvas') = ?",
        (but, uid),
    ).fetchone()
    return int(row[0])


def set_parent(tx: Tx, canvas_id: int, parent_uid: str) -> None:
    """A canvas lies in another one from now on."""
    tx.connection.execute("UPDATE canvas SET parent_uid = ? WHERE id = ?", (parent_uid, canvas_id))
    tx.emit(CanvasesChanged())


def copy_look(tx: Tx, source_id: int, canvas_id: int) -> None:
    """Let a canvas be looked at where another one was looked at last."""
    look = "SELECT center_x, center_y, zoom FROM canvas WHERE id = ?"
    sql = f"UPDATE canvas SET (center_x, center_y, zoom) = ({look}) WHERE id = ?"
    tx.connection.execute(sql, (source_id, canvas_id))


def to_bin(tx: Tx, canvas_id: int) -> None:
    """Put a canvas and those that lie in it into the bin; all of it is kept."""
    for key in with_those_inside(tx.connection, canvas_id):
        sql = "UPDATE canvas SET deleted_at_us = ? WHERE id = ? AND deleted_at_us IS NULL"
        tx.connection.execute(sql, (tx.now_us, key))
    tx.emit(CanvasesChanged())


def restore(tx: Tx, canvas_id: int) -> CanvasLine:
    """Take a canvas out of the bin, and those in it that went with it; a number behind a name that is taken."""
    went_us = line_of(tx.connection, canvas_id).deleted_at_us
    for key in with_those_inside(tx.connection, canvas_id):
        each = line_of(tx.connection, key)
        if each.in_bin and (key == canvas_id or each.deleted_at_us == went_us):
            name = _free_name(tx.connection, each.name, key)
            sql = "UPDATE canvas SET deleted_at_us = NULL, name = ? WHERE id = ?"
            tx.connection.execute(sql, (name, key))
    tx.emit(CanvasesChanged())
    return line_of(tx.connection, canvas_id)


def purge(tx: Tx, canvas_ids: Iterable[int]) -> int:
    """Delete canvases for good; those that are not in the bin stay. Returns how many went."""
    gone = 0
    asked = {key: None for each in canvas_ids for key in with_those_inside(tx.connection, each)}
    for key in asked:
        sql = "SELECT id FROM canvas WHERE id = ? AND deleted_at_us IS NOT NULL"
        if tx.connection.execute(sql, (key,)).fetchone() is None:
            continue
        for name in ("edge", "glyph", "canvas_step", "canvas_place"):
            tx.connection.execute(f"DELETE FROM {name} WHERE canvas_id = ?", (key,))
        tx.connection.execute("DELETE FROM canvas WHERE id = ?", (key,))
        gone += 1
    if gone:
        tx.emit(CanvasesChanged())
    return gone


def contents(
    connection: sqlite3.Connection, canvas_id: int
) -> tuple[tuple[Glyph, ...], tuple[Edge, ...]]:
    """All glyphs and edges of a canvas, by id."""
    ordered = "WHERE canvas_id = ? ORDER BY id"
    glyphs = connection.execute(
        f"SELECT id, canvas_id, kind, x, y, width, height, z, content, state FROM glyph {ordered}", (canvas_id,)
    )
    found = tuple(glyph_of(row) for row in glyphs)
    edges = connection.execute(
        f"SELECT id, canvas_id, kind, source_id, target_id FROM edge {ordered}", (canvas_id,)
    )
    return found, tuple(edge_of(row) for row in edges)


def inside(connection: sqlite3.Connection, glyphs: Iterable[Glyph], uid: str) -> dict[str, CanvasText]:
    """The canvases that glyphs of the canvas `uid` open, and those that theirs open; each once, never that one."""
    found: dict[str, CanvasText] = {}
    waiting = list(opened_by(glyphs))
    while waiting:
        name = waiting.pop()
        line = line_of_uid(connection, name) if name != uid and name not in found else None
        if line is not None:
            inner, edges = contents(connection, line.id)
            found[name] = CanvasText(name=line.name, glyphs=inner, edges=edges)
            waiting += opened_by(inner)
    return found


def fill(tx: Tx, canvas_id: int, glyphs: Iterable[Glyph], edges: Iterable[Edge]) -> None:
    """Put copies of glyphs and the links between them on a canvas, with ids of their own.

    Raises:
        ErrInvalidPayload: A number is not finite, or content is not JSON.
    """
    glyphs = tuple(glyphs)
    unused = next_unused_id(tx.connection) + ID_GAP
    numbers = {glyph.id: unused + rank for rank, glyph in enumerate(glyphs)}
    unused += len(numbers)
    rows = [glyph_row(canvas_id, replace(each, id=numbers[each.id])) for each in glyphs]
    links = []
    for edge in edges:
        if edge.source_id in numbers and edge.target_id in numbers:
            source, target = numbers[edge.source_id], numbers[edge.target_id]
            links.append(edge_row(canvas_id, replace(edge, id=unused, source_id=source, target_id=target)))
            unused += 1
    _insert(tx.connection, "glyph", rows)
    _insert(tx.connection, "edge", links)
    use_ids_below(tx.connection, unused)
    tx.connection.execute("UPDATE canvas SET saved_at_us = ? WHERE id = ?", (tx.now_us, canvas_id))


def _insert(connection: sqlite3.Connection, name: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        columns = tuple(rows[0])
        sql = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        connection.executemany(sql, [tuple(row.values()) for row in rows])


def boxes(
    connection: sqlite3.Connection, canvas_id: int, most: int
) -> tuple[tuple[float, float, float, float], ...]:
    """Where the first glyphs of a canvas stand: left, top, width, height."""
    sql = "SELECT x, y, width, height FROM glyph WHERE canvas_id = ? ORDER BY id LIMIT ?"
    return tuple((row[0], row[1], row[2], row[3]) for row in connection.execute(sql, (canvas_id, most)))


def canvas_of_glyph(connection: sqlite3.Connection, glyph_id: int, in_bin: bool) -> int | None:
    """The canvas that a glyph stands on; one in the bin only if asked for."""
    row = connection.execute(
        "SELECT c.id FROM glyph AS g JOIN canvas AS c ON c.id = g.canvas_id"
        " WHERE g.id = ? AND (? OR c.deleted_at_us IS NULL)",
        (glyph_id, in_bin),
    ).fetchone()
    return int(row[0]) if row is not None else None


def places(connection: sqlite3.Connection, canvas_id: int | None = None) -> tuple[Place, ...]:
    """The named places of a canvas, or of all that are not in the bin, by name."""
    rows = connection.execute(
        "SELECT p.id, p.canvas_id, p.name, p.center_x, p.center_y, p.zoom FROM canvas_place AS p"
        " JOIN canvas AS c ON c.id = p.canvas_id"
        " WHERE c.deleted_at_us IS NULL AND (?1 IS NULL OR p.canvas_id = ?1) ORDER BY lower(p.name), p.id",
        (canvas_id,),
    )
    return tuple(
        Place(
            id=row[0],
            canvas_id=row[1],
            name=row[2],
            viewpoint=Viewpoint(center_x=row[3], center_y=row[4], zoom=row[5]),
        )
        for row in rows
    )


def keep_place(tx: Tx, canvas_id: int, name: str, look: Viewpoint) -> None:
    """Name a place; the one of this name on this canvas moves there."""
    at: Mapping[str, Any] = {"canvas": canvas_id, "name": name, "x": look.center_x, "y": look.center_y}
    tx.connection.execute("DELETE FROM canvas_place WHERE canvas_id = :canvas AND name = :name", at)
    tx.connection.execute(
        "INSERT INTO canvas_place (canvas_id, name, center_x, center_y, zoom)"
        " VALUES (:canvas, :name, :x, :y, :zoom)",
        {**at, "zoom": look.zoom},
    )
    tx.emit(CanvasesChanged())


def drop_place(tx: Tx, place_id: int) -> None:
    """Forget a named place."""
    tx.connection.execute("DELETE FROM canvas_place WHERE id = ?", (place_id,))
    tx.emit(CanvasesChanged())
