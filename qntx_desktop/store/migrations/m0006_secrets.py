"""Schema 6: the versions of the key that seals secrets, the ways to the master key, and the secrets.

Pure text. `wrapped` and `sealed` are `VERSION:BASE64` or base64 of AES-GCM; nothing readable stands here.
"""

from __future__ import annotations

STATEMENTS = (
    """CREATE TABLE key_slot (
        kind TEXT NOT NULL PRIMARY KEY CHECK (kind IN ('keyring', 'passphrase', 'recovery')),
        name TEXT NOT NULL,
        salt TEXT NOT NULL,
        wrapped TEXT NOT NULL,
        created_at_us INTEGER NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TABLE key_version (
        version INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        wrapped TEXT NOT NULL,
        created_at_us INTEGER NOT NULL
    )""",
    """CREATE TABLE secret (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        sealed TEXT NOT NULL,
        created_at_us INTEGER NOT NULL,
        updated_at_us INTEGER NOT NULL,
        last_used_at_us INTEGER,
        last_execution_id INTEGER
    )""",
)
