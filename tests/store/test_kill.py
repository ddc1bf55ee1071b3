"""Kill -9 at any moment: whatever was acknowledged is there, and no job is stuck or done twice."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from qntx_desktop.model.job import JobStatus
from qntx_desktop.store import attestations, jobs
from tests.store.conftest import Store

ROUNDS = 20
BUSY = """
import json, sys, uuid
from pathlib import Path
from qntx_desktop.model.attestation import check_draft
from qntx_desktop.model.job import ExecutionStatus, JobRequest, Outcome
from qntx_desktop.store import attestations, jobs
from qntx_desktop.store.database import Database

db = Database.open(Path(sys.argv[1]), publish=lambda event: None, app_version="1")
me = uuid.uuid4().hex
def say(kind, value):
    sys.stdout.write(json.dumps([kind, value]) + "\\n")
    sys.stdout.flush()
db.write(lambda tx: jobs.recover(tx, me))
say("open", 0)
number = 0
while True:
    number += 1
    request = JobRequest(type="t", payload={"n": number}, reference_type="glyph", reference_id=str(number % 3))
    say("job", db.write(lambda tx: jobs.enqueue(tx, request)).id)
    claim = db.write(lambda tx: jobs.claim(tx, instance_id=me, types=["t"]))
    draft = check_draft(subjects=f"s{number}", predicates="p", contexts="c", execution_id=claim.execution_id)
    say("attested", db.write(lambda tx: attestations.insert(tx, [draft] * (number % 4 + 1)))[-1].id)
    db.write(lambda tx: jobs.finish(tx, claim, Outcome(status=ExecutionStatus.COMPLETED)))
    say("finished", claim.job.id)
"""


def said_until_killed(path: Path, lines: int) -> list[tuple[str, int | str]]:
    """What a busy process acknowledged before it was killed after about so many lines."""
    with subprocess.Popen([sys.executable, "-c", BUSY, str(path)], stdout=subprocess.PIPE, text=True) as busy:
        assert busy.stdout is not None
        heard = [busy.stdout.readline() for _ in range(lines)]
        busy.kill()
        heard += busy.stdout.readlines()
    assert busy.returncode == -signal.SIGKILL
    return [tuple(json.loads(line)) for line in heard if line.endswith("\n")]


def test_what_was_acknowledged_survives_any_kill(path: Path, opened: Callable[..., Store]) -> None:
    acknowledged: dict[str, set[int | str]] = {
        "open": set(),
        "job": set(),
        "attested": set(),
        "finished": set(),
    }
    moments = random.Random()
    for _ in range(ROUNDS):
        for kind, value in said_until_killed(path, moments.randint(1, 60)):
            acknowledged[kind].add(value)
    store = opened()
    report = store.db.write(lambda tx: jobs.recover(tx, "the last start"))
    with store.db.read() as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert [
            each for each in acknowledged["attested"] if not attestations.get(connection, str(each))
        ] == []
        found = {job: jobs.get(connection, int(job)) for job in acknowledged["job"]}
        assert None not in found.values()
        for job in acknowledged["finished"]:
            done = jobs.get(connection, int(job))
            assert done is not None
            assert done.status is JobStatus.COMPLETED
        assert jobs.counts(connection)[JobStatus.RUNNING] == 0
        pairs = connection.execute("SELECT count(DISTINCT seq) FROM attestation_term").fetchone()[0]
        assert pairs == attestations.total(connection)
    assert len(report.restarted) + len(report.failed) + len(report.superseded) <= 3
    assert len(acknowledged["attested"]) > ROUNDS
