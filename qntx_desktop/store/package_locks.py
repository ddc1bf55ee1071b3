"""The locks that pieces of code were saved with. The first one stays: a version never runs with another.

`put` runs on the writer, `get` on any connection.
"""

from __future__ import annotations

import sqlite3

from qntx_desktop.model.package_lock import PackageLock
from qntx_desktop.store.transaction import Tx


def get(connection: sqlite3.Connection, key: str) -> PackageLock | None:
    """The lock of a piece of code."""
    row = connection.execute('SELECT lock, python FROM package_lock WHERE "key" = ?', (key,)).fetchone()
    return PackageLock(text=row[0], python=row[1]) if row is not None else None


def put(tx: Tx, key: str, lock: PackageLock) -> PackageLock:
    """Keep the lock of a piece of code.

    Returns:
        The one that counts: this, or the one that was kept first.
    """
    tx.connection.execute(
        'INSERT INTO package_lock ("key", lock, python, made_at_us) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
        (key, lock.text, lock.python, tx.now_us),
    )
    return get(tx.connection, key) or lock
