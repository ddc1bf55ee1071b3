"""Code from elsewhere runs when a person has said yes, waits in sight until then, and never runs before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.model.errors import ErrHandlerNotFound, ErrPermissionRequired
from qntx_desktop.model.events import HandlerAllowed
from qntx_desktop.model.handler import HandlerVersion, Requires
from qntx_desktop.model.job import PYTHON_SCRIPT, ExecutionStatus, Job, JobRequest, JobStatus, Outcome
from qntx_desktop.model.permissions import Permissions
from qntx_desktop.services.permits import Permits
from tests.services.conftest import Heard, Opener

PLAIN = "attest('a', 'b', 'c')\n"
ASKING = f"""# /// script
# [tool.qntx]
# network = ["api.example.com:443"]
# timeout = "2m"
# ///
{PLAIN}"""


class Launched:
    """Stands in for the sandbox and counts what reaches it."""

    def __init__(self) -> None:
        self.codes: list[str] = []

    def __call__(self, spec: Any, sink: Any, cancel: Any) -> Outcome:
        self.codes.append(spec.code)
        return Outcome(status=ExecutionStatus.COMPLETED)


@pytest.fixture
def launched() -> Launched:
    return Launched()


@pytest.fixture
def here(open_services: Opener, launched: Launched) -> Services:
    """Services where handlers are fully confined."""
    services = open_services(launch=launched)
    confine(services, "full")
    return services


def confine(services: Services, level: str) -> None:
    vars(services)["bench"] = replace(services.bench, permits=Permits(services.db, lambda: level))
    vars(services).pop("permits", None)


def foreign(services: Services, code: str = ASKING, name: str = "feed") -> HandlerVersion:
    return services.handlers.create(name, code, source="import", origin="import")


def run(services: Services, command: str = "ix feed") -> Job:
    job = services.runs.ix(command, base=None, bare=True)
    return services.runner.run_until(job.id)


def test_what_is_saved_here_is_allowed(here: Services, launched: Launched) -> None:
    saved = here.handlers.create("feed", ASKING, source="cli")
    assert saved.allowed
    assert run(here).status is JobStatus.COMPLETED
    assert launched.codes == [ASKING]


def test_code_from_elsewhere_that_asks_for_nothing_runs(here: Services, launched: Launched) -> None:
    assert foreign(here, PLAIN).allowed
    assert run(here).status is JobStatus.COMPLETED
    assert launched.codes == [PLAIN]


def test_code_from_elsewhere_waits_in_sight_and_goes_on_when_it_is_allowed(
    here: Services, launched: Launched, heard: Heard
) -> None:
    assert not foreign(here).allowed
    job = run(here)
    assert (job.status, job.waiting_code, job.attempt) == (JobStatus.PENDING, "permission_required", 0)
    assert job.waiting_message == ("feed v1 needs your permission: network: api.example.com:443, time: 120 s")
    assert here.queue.executions(job.id) == ()
    assert launched.codes == []
    assert here.permits.allow(here.handlers, "feed").allowed
    assert [event.script_type for event in heard.of(HandlerAllowed)] == ["feed"]
    assert here.queue.get(job.id).waiting_code is None
    assert here.runner.run_until(job.id).status is JobStatus.COMPLETED
    assert launched.codes == [ASKING]
    assert run(here).status is JobStatus.COMPLETED


def test_a_job_that_was_made_before_the_code_came_waits_when_it_is_claimed(
    here: Services, launched: Launched
) -> None:
    here.handlers.create("feed", PLAIN, source="cli")
    job = here.runs.ix("ix feed", base=None, bare=True)
    assert job.waiting_code is None
    foreign(here)
    job = here.runner.run_until(job.id)
    assert (job.status, job.waiting_code, job.attempt) == (JobStatus.PENDING, "permission_required", 0)
    assert here.queue.executions(job.id) == ()
    assert launched.codes == []
    here.handlers.create("feed", PLAIN, source="cli")  # a newer version of one's own lets it go
    assert here.queue.get(job.id).waiting_code is None
    assert here.runner.run_until(job.id).status is JobStatus.COMPLETED
    assert launched.codes == [PLAIN]


def test_a_waiting_job_of_a_retired_type_ends_with_a_word(here: Services) -> None:
    foreign(here)
    job = run(here)
    here.handlers.retire("feed")
    job = here.runner.run_until(job.id)
    assert job.status is JobStatus.FAILED
    assert (job.error or {}).get("code") == "no_ingest_script"


def test_an_own_version_on_top_is_allowed_and_the_one_below_is_still_not(here: Services) -> None:
    first = foreign(here)
    here.handlers.create("feed", ASKING, source="cli")
    assert here.handlers.show("feed").allowed
    assert not here.handlers.show("feed", first.version).allowed
    restored = here.handlers.restore("feed", first.version)
    assert not restored.allowed
    assert run(here).waiting_code == "permission_required"


def test_a_yes_is_for_one_version(here: Services) -> None:
    foreign(here)
    here.permits.allow(here.handlers, "feed")
    foreign(here, ASKING + "print(1)\n")
    assert [each.allowed for each in here.handlers.history("feed")] == [False, True]
    here.permits.allow(here.handlers, "feed", 2)
    assert here.handlers.newest("feed") == here.handlers.show("feed", 2)
    assert here.handlers.show("feed", 2).allowed


def test_allowing_what_is_not_there_is_refused(here: Services) -> None:
    with pytest.raises(ErrHandlerNotFound):
        here.permits.allow(here.handlers, "feed")
    own = here.handlers.create("feed", ASKING, source="cli")
    assert here.permits.allow(here.handlers, "feed") == own


def test_a_dry_run_waits_for_a_yes_too(here: Services, launched: Launched) -> None:
    foreign(here)
    with pytest.raises(ErrPermissionRequired) as caught:
        here.runs.dry_run_ix("ix feed", base=None, bare=True)
    details = caught.value.details
    assert [each["kind"] for each in details["asks"]] == ["network", "time"]
    assert (details["script_type"], details["version"]) == ("feed", 1)
    assert "qntx handler allow feed --version 1" in caught.value.hint
    assert launched.codes == []


@pytest.mark.parametrize("level", ["partial", "process"])
def test_where_nothing_confines_it_even_modest_code_from_elsewhere_needs_a_yes(
    here: Services, launched: Launched, level: str
) -> None:
    confine(here, level)
    foreign(here, PLAIN)
    job = run(here)
    assert (job.status, job.waiting_code, job.attempt) == (JobStatus.PENDING, "permission_required", 0)
    assert "confined on this machine" in job.waiting_message
    here.permits.allow(here.handlers, "feed")
    assert here.runner.run_until(job.id).status is JobStatus.COMPLETED
    assert launched.codes == [PLAIN]


def test_a_yes_given_under_better_confinement_does_not_hold_under_worse(here: Services) -> None:
    foreign(here)
    here.permits.allow(here.handlers, "feed")
    confine(here, "process")
    refusal = here.permits.refusal(here.handlers.show("feed"))
    assert refusal is not None
    assert refusal.details["what"] == "it is not confined on this machine"
    here.permits.allow(here.handlers, "feed")
    assert here.permits.refusal(here.handlers.show("feed")) is None
    confine(here, "full")
    assert here.permits.refusal(here.handlers.show("feed")) is None


def test_one_that_was_cancelled_while_it_waited_stays_cancelled(here: Services) -> None:
    foreign(here)
    job = run(here)
    here.queue.cancel(job.id)
    here.permits.allow(here.handlers, "feed")
    assert here.queue.get(job.id).status is JobStatus.CANCELLED


def test_other_code_from_elsewhere_has_a_key_of_its_own(here: Services) -> None:
    asking = Requires(permissions=Permissions(secrets=("token",)))
    here.permits.check_code("repo/a.py@1", Requires(), "repo/a.py")
    with pytest.raises(ErrPermissionRequired, match=r"repo/a\.py needs your permission: secret: token"):
        here.permits.check_code("repo/a.py@1", asking, "repo/a.py")
    here.permits.allow_code("repo/a.py@1", "source")
    here.permits.check_code("repo/a.py@1", asking, "repo/a.py")
    with pytest.raises(ErrPermissionRequired):
        here.permits.check_code("repo/a.py@2", asking, "repo/a.py")
    confine(here, "partial")
    with pytest.raises(ErrPermissionRequired, match="only partly confined"):
        here.permits.check_code("repo/a.py@1", asking, "repo/a.py")


def test_a_job_made_by_its_payload_goes_on_too(here: Services) -> None:
    version = foreign(here)
    handler = {"script_type": "feed", "version": 1, "asid": version.asid}
    payload = {"script_code": ASKING, "script_type": "feed", "args": [], "handler": handler}
    job = here.runner.run_until(here.queue.enqueue(JobRequest(type=PYTHON_SCRIPT, payload=payload)).id)
    assert job.waiting_code == "permission_required"
    here.permits.allow(here.handlers, "feed")
    assert here.runner.run_until(job.id).status is JobStatus.COMPLETED


def test_only_jobs_of_that_type_go_on(here: Services) -> None:
    foreign(here)
    foreign(here, name="other")
    feed, other = run(here), run(here, "ix other")
    here.permits.allow(here.handlers, "feed")
    assert here.queue.get(feed.id).waiting_code is None
    assert here.queue.get(other.id).waiting_code == "permission_required"
