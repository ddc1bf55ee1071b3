"""Schema 16: fewer pages in each commit of the queue.

Pure text. What may be claimed and what runs stand in one index: what runs first, beside what is claimed next, so
that a change of both is one page. The numbers of attempts are set aside some at a time (`store.executions`), and
`execution_gone` remembers the highest one whose row was deleted while it was the newest, so that none is used
twice.
"""

from __future__ import annotations

STATEMENTS = (
    "DROP INDEX job_ready",
    "DROP INDEX job_running",
    # Two conditions, since SQLite takes a partial index only where each follows from one term of the question.
    """CREATE INDEX job_open ON job_queue (status DESC, type, priority DESC, id)
        WHERE (status = 'running' OR status = 'pending')
        AND (status = 'running' OR (waiting_code IS NULL OR waiting_code = 'no_handler_for_type'))""",
    """CREATE TABLE execution_gone (
        id INTEGER NOT NULL PRIMARY KEY
    )""",
    "INSERT INTO execution_gone (id) SELECT seq FROM sqlite_sequence WHERE name = 'execution'",
    """CREATE TRIGGER execution_stays_used AFTER DELETE ON execution
        WHEN OLD.id > ifnull((SELECT max(id) FROM execution), 0)
        AND OLD.id > ifnull((SELECT max(id) FROM execution_gone), 0)
        BEGIN
            DELETE FROM execution_gone;
            INSERT INTO execution_gone (id) VALUES (OLD.id);
        END""",
)
