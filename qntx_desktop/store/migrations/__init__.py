"""The numbered steps by which the schema came to be what it is; a step that was shipped is never edited."""

from __future__ import annotations

from qntx_desktop.store.migrations import (
    m0001_first,
    m0003_queue,
    m0004_schedules,
    m0005_permits,
    m0006_secrets,
    m0007_sources,
    m0008_connections,
    m0011_inbox,
    m0012_api,
    m0013_code_files,
    m0014_canvas,
    m0015_canvases,
    m0016_queue,
    m0017_plugins,
)

MIGRATIONS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (1, m0001_first.STATEMENTS),
    (3, m0003_queue.STATEMENTS),
    (4, m0004_schedules.STATEMENTS),
    (5, m0005_permits.STATEMENTS),
    (6, m0006_secrets.STATEMENTS),
    (7, m0007_sources.STATEMENTS),
    (8, m0008_connections.STATEMENTS),
    (11, m0011_inbox.STATEMENTS),
    (12, m0012_api.STATEMENTS),
    (13, m0013_code_files.STATEMENTS),
    (14, m0014_canvas.STATEMENTS),
    (15, m0015_canvases.STATEMENTS),
    (16, m0016_queue.STATEMENTS),
    (17, m0017_plugins.STATEMENTS),
)
"""Each schema version with the statements that lead to it from the one before, in order."""
