"""What a list of handler types says, read without their code. Any thread, in a read transaction."""

from __future__ import annotations

import sqlite3

from qntx_desktop.model.handler_line import HandlerLine
from qntx_desktop.store.terms import Kind

_OF_TYPE = "FROM attestation_term t CROSS JOIN attestation x ON x.seq = t.seq WHERE t.term = h.id"
_NEWEST = "ORDER BY t.timestamp_us DESC, t.seq DESC LIMIT 1"
_RETIRED = f"EXISTS (SELECT 1 FROM term r WHERE r.kind = {int(Kind.RETIRED)} AND r.value = lower(x.id))"
_LINES = f"""
WITH chosen AS (
    SELECT h.value AS name, (SELECT count(*) FROM attestation_term t WHERE t.term = h.id) AS versions,
        (SELECT t.seq {_OF_TYPE} AND NOT {_RETIRED} {_NEWEST}) AS active,
        (SELECT t.seq {_OF_TYPE} {_NEWEST}) AS newest
    FROM term h WHERE h.kind = {int(Kind.HANDLER)}
)
SELECT json_extract(a.contexts, '$[0]'), json_extract(a.attributes, '$.version'),
    coalesce(json_extract(a.attributes, '$.description'), ''), a.source, a.created_at_us, c.active IS NOT NULL,
    c.versions, CASE WHEN p."key" IS NULL THEN coalesce(json_extract(a.attributes, '$.allowed'), 1)
        ELSE coalesce(p.level, '') <> '' END,
    e.status, e.duration_ms
FROM chosen c CROSS JOIN attestation a ON a.seq = coalesce(c.active, c.newest)
LEFT JOIN permit p ON p."key" = a.id
LEFT JOIN execution e ON e.id = (SELECT max(r.id) FROM execution r
    WHERE r.handler_type = json_extract(a.contexts, '$[0]') AND r.handler_asid IS NOT NULL)
ORDER BY c.name
"""


def handler_lines(connection: sqlite3.Connection) -> list[HandlerLine]:
    """One line for each type ever saved, by name."""
    rows = connection.execute(_LINES)
    return [HandlerLine._make((*row[:5], bool(row[5]), row[6], bool(row[7]), *row[8:])) for row in rows]
