"""Hostile scripts over the real store: what was acknowledged is there, stamped by the app, and nothing else is."""

from __future__ import annotations

import json
import sys
import threading

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.model.events import RunLogged
from qntx_desktop.model.job import Execution
from tests.engines.corpus import scripts
from tests.services.conftest import Heard

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the corpus is written for Linux")
TELLS = ["attest_then_killed", "attest_after_cancel", "attest_lost_acknowledgement", "end_exit_0", "attest_invalid"]
NOTHING = ["attest_unchecked", "pipe_wrong_types", "pipe_half_a_frame", "sdk_replaced"]
KNOWN = {each.name: each for each in scripts()}


def ended(services: Services, heard: Heard, name: str) -> Execution:
    script = KNOWN[name]
    job = services.runs.script(script.code, [])
    cancels = "cancel" in script.expected
    runner = threading.Thread(target=services.runner.run_until, args=(job.id,))
    runner.start()
    if cancels:
        heard.wait(RunLogged)
        services.queue.cancel(job.id)
    runner.join()
    found = services.queue.execution_of(job.id, with_ids=True)
    assert found is not None
    return found


@pytest.mark.parametrize("name", TELLS)
def test_what_was_acknowledged_is_stored_and_stamped(services: Services, heard: Heard, name: str) -> None:
    execution = ended(services, heard, name)
    acknowledged = execution.stdout.count("acked\n")
    assert max(1, acknowledged) <= len(execution.attestation_ids)
    made = [services.ledger.get(asid) for asid in execution.attestation_ids]
    assert {each.actors for each in made} == {("python.script",)}
    assert {each.execution_id for each in made} == {execution.id}
    assert "BREACH" not in execution.stdout


def test_forged_stamps_are_not_taken_over(services: Services, heard: Heard) -> None:
    execution = ended(services, heard, "attest_forged_stamps")
    made = [services.ledger.get(asid) for asid in execution.attestation_ids]
    assert len(made) == 4
    assert "AS-1" not in {each.id for each in made}
    assert {(each.execution_id, each.source, each.actors) for each in made} == {
        (execution.id, execution.command, ("python.script",))
    }
    assert min(each.timestamp_us for each in made) >= execution.started_at_us


@pytest.mark.parametrize("name", NOTHING)
def test_what_was_refused_is_not_stored(services: Services, heard: Heard, name: str) -> None:
    execution = ended(services, heard, name)
    assert execution.attestation_ids == ()
    with services.db.read() as connection:
        assert connection.execute("SELECT count(*) FROM attestation").fetchone() == (0,)


def test_the_app_goes_on_after_all_of_them(services: Services, heard: Heard) -> None:
    for name in ("end_segfault", "pipe_garbage", "bomb_exception", "output_not_text", "output_surrogates"):
        json.dumps(ended(services, heard, name).to_json(), allow_nan=False)
    job = services.runs.script("attest('a', 'is', 'well')", [])
    services.runner.run_until(job.id)
    execution = services.queue.execution_of(job.id, with_ids=True)
    assert execution is not None
    assert len(execution.attestation_ids) == 1
