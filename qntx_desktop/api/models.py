"""The shapes of what the API answers, as the contract names them; a test holds them against the models' own JSON.

Pure declarations.
"""

from __future__ import annotations

from qntx_desktop.api.shapes import (
    AnyObject,
    Anything,
    Either,
    Fields,
    Flag,
    ListOf,
    Number,
    OrNull,
    Shape,
    Text,
    Whole,
)

TEXT = Text()
TEXTS = ListOf(TEXT)
MOMENT = Text(format="date-time")
MAYBE_MOMENT = OrNull(MOMENT)
MAYBE_TEXT = OrNull(TEXT)
WHOLE = Whole()
MAYBE_WHOLE = OrNull(WHOLE)

ERROR = Fields({"code": TEXT, "message": TEXT, "hint": TEXT, "details": AnyObject()}, name="Error")
ERROR_ANSWER = Fields({"error": ERROR}, name="ErrorAnswer")

ATTESTATION = Fields(
    {
        "id": TEXT,
        "subjects": TEXTS,
        "predicates": TEXTS,
        "contexts": TEXTS,
        "actors": TEXTS,
        "timestamp": MOMENT,
        "source": TEXT,
        "attributes": AnyObject(),
        "created_at": MOMENT,
        "execution_id": MAYBE_WHOLE,
    },
    name="Attestation",
)

HANDLER = Fields(
    {
        "script_type": TEXT,
        "version": WHOLE,
        "asid": TEXT,
        "description": TEXT,
        "code": TEXT,
        "code_sha256": TEXT,
        "language": TEXT,
        "created_at": MOMENT,
        "source": TEXT,
        "parent": MAYBE_TEXT,
        "active": Flag(),
        "allowed": Flag(),
        "requires": AnyObject(),
        "versions": WHOLE,
    },
    frozenset({"versions"}),
    name="Handler",
)

JOB = Fields(
    {
        "id": WHOLE,
        "type": TEXT,
        "status": Text(choices=("pending", "running", "completed", "failed", "cancelled")),
        "priority": WHOLE,
        "payload": AnyObject(),
        "result": Anything(),
        "error": OrNull(ERROR),
        "progress": Fields({"current": Number(), "total": OrNull(Number()), "message": TEXT}),
        "cost": Number(),
        "waiting": OrNull(Fields({"code": TEXT, "message": TEXT, "until": MAYBE_MOMENT})),
        "concurrent": Flag(),
        "reference_type": MAYBE_TEXT,
        "reference_id": MAYBE_TEXT,
        "process_instance_id": MAYBE_TEXT,
        "attempt": WHOLE,
        "retry_count": WHOLE,
        "max_retries": WHOLE,
        "schedule_id": MAYBE_WHOLE,
        "trigger": TEXT,
        "retry_of": MAYBE_WHOLE,
        "created_at": MOMENT,
        "started_at": MAYBE_MOMENT,
        "completed_at": MAYBE_MOMENT,
    },
    name="Job",
)

EXECUTION = Fields(
    {
        "id": WHOLE,
        "job_id": WHOLE,
        "handler": OrNull(Fields({"script_type": TEXT, "version": WHOLE, "asid": TEXT})),
        "code_file": OrNull(Fields({"source": TEXT, "path": TEXT, "commit": MAYBE_TEXT})),
        "command": TEXT,
        "args": TEXTS,
        "started_at": MOMENT,
        "duration_ms": OrNull(Number()),
        "status": Text(choices=("running", "completed", "failed", "cancelled", "interrupted")),
        "exit_code": MAYBE_WHOLE,
        "stdout": TEXT,
        "stderr": TEXT,
        "stdout_dropped_bytes": WHOLE,
        "stderr_dropped_bytes": WHOLE,
        "attestation_ids": TEXTS,
        "error": OrNull(ERROR),
        "sandbox": TEXT,
        "connections": ListOf(AnyObject()),
        "trigger": TEXT,
        "attempt": WHOLE,
        "cost": Number(),
    },
    name="Execution",
)

SCHEDULE = Fields(
    {
        "id": WHOLE,
        "command": TEXT,
        "type": TEXT,
        "interval_seconds": MAYBE_WHOLE,
        "cron": MAYBE_TEXT,
        "timezone": TEXT,
        "missed": Text(choices=("skip", "once", "all")),
        "state": Text(choices=("active", "paused")),
        "next_run_at": MAYBE_MOMENT,
        "last_run_at": MAYBE_MOMENT,
        "glyph_id": MAYBE_WHOLE,
        "created_at": MOMENT,
    },
    name="Schedule",
)

SOURCE = Fields(
    {
        "id": WHOLE,
        "name": TEXT,
        "type": Text(choices=("manual", "git")),
        "enabled": Flag(),
        "created_at": MOMENT,
        "updated_at": MOMENT,
        "settings": AnyObject(),
        "sync": Fields(
            {
                "interval_seconds": WHOLE,
                "webhook_enabled": Flag(),
                "secret_in_query": Flag(),
                "webhook_secret_set": Flag(),
            }
        ),
        "syncable": Flag(),
        "editable": Flag(),
        "revision": MAYBE_TEXT,
        "held_revision": MAYBE_TEXT,
        "notes": ListOf(Either(TEXT, AnyObject())),
        "last_sync_started_at": MAYBE_MOMENT,
        "last_sync_at": MAYBE_MOMENT,
        "last_sync_error": OrNull(ERROR),
        "next_sync_at": MAYBE_MOMENT,
        "failures": WHOLE,
    },
    name="Source",
)

SOURCE_FILE = Fields({"path": TEXT, "size_bytes": WHOLE}, name="SourceFile")

HEALTH = Fields(
    {
        "status": Text(choices=("ok", "paused")),
        "version": TEXT,
        "runner": Flag(),
        "paused": OrNull(ERROR),
        "attestations": WHOLE,
        "jobs": Fields(dict.fromkeys(("pending", "running", "completed", "failed", "cancelled"), WHOLE)),
    },
    name="Health",
)

NAMED: tuple[Fields, ...] = (
    ERROR,
    ERROR_ANSWER,
    ATTESTATION,
    HANDLER,
    JOB,
    EXECUTION,
    SCHEDULE,
    SOURCE,
    SOURCE_FILE,
    HEALTH,
)


def answer_of(**fields: Shape) -> Fields:
    """An object that holds these."""
    return Fields(fields)
