"""The connection ledger: what runs tried to reach. The writer writes, any connection reads."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from qntx_desktop.model.connection import Arrival, Connection, Verdict
from qntx_desktop.store.transaction import Tx


def keep(tx: Tx, execution_id: int, entries: Iterable[Connection]) -> None:
    """Store attempts of a run; one that is known already is replaced by what is known now."""
    tx.connection.executemany(
        """INSERT INTO connection (execution_id, seq, at_us, host, port, address, verdict, arrival)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (execution_id, seq) DO UPDATE SET at_us = excluded.at_us, host = excluded.host,
            port = excluded.port, address = excluded.address, verdict = excluded.verdict,
            arrival = excluded.arrival""",
        (
            (
                execution_id,
                each.seq,
                each.at_us,
                each.host,
                each.port,
                each.address,
                str(each.verdict),
                str(each.arrival),
            )
            for each in entries
        ),
    )


def of_execution(connection: sqlite3.Connection, execution_id: int) -> tuple[Connection, ...]:
    """The attempts of a run, in order."""
    rows = connection.execute(
        """SELECT seq, at_us, host, port, address, verdict, arrival FROM connection
            WHERE execution_id = ? ORDER BY seq""",
        (execution_id,),
    )
    return tuple(
        Connection(
            seq=row[0],
            at_us=row[1],
            host=row[2],
            port=row[3],
            address=row[4],
            verdict=Verdict(row[5]),
            arrival=Arrival(row[6]),
        )
        for row in rows
    )
