"""Handlers that say where they run: on the cluster, else here with the reason; and lost workers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.engines.python_code import check_code
from qntx_desktop.engines.remote import cluster as clusters
from qntx_desktop.engines.remote.terms import StaysHereError
from qntx_desktop.model.asking import asks_more
from qntx_desktop.model.errors import ErrSyntax, ErrWorkerLost
from qntx_desktop.model.handler import requires_json, requires_of
from qntx_desktop.model.job import ExecutionStatus, Job, Outcome
from qntx_desktop.services import doctor
from qntx_desktop.services.remote import Remote

ADDRESS = "tcp://10.0.0.5:8786"
HERE = Outcome(status=ExecutionStatus.COMPLETED, exit_code=0, stdout="here\n", sandbox="full")
AWAY = replace(HERE, stdout="away\n", sandbox="partial")


def code(*lines: str) -> str:
    return "\n".join(["# /// script", "# [tool.qntx]", '# where = "remote"', *lines, "# ///", "print(1)", ""])


class FakeCluster:
    """Answers what a test has it answer; the last answer again and again."""

    def __init__(self, *answers: Outcome | Exception | Callable[..., Outcome]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def launch(self, address: str, spec: Any, sink: Any, cancel: Any) -> Outcome:
        self.asked.append(address)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, Outcome) else answer(spec, sink, cancel)

    def close(self) -> None:
        """As of the real one."""


def opened(open_services: Any, cluster: FakeCluster) -> Services:
    services: Services = open_services(launch=lambda _spec, _sink, _cancel: HERE)
    vars(services)["_cluster"] = cluster
    services.options.set("remote.scheduler", ADDRESS)
    return services


def ran(services: Services, heard: Any, text: str) -> Job:
    services.handlers.create("job", text, source="test")
    services.runner.start()
    ended: Job = heard.ended(services.runs.ix(["job"], base=None, bare=True))
    return ended


def said(services: Services, job: Job) -> list[list[str]]:
    return [[line.message for line in services.queue.logs(each.id)] for each in services.queue.executions(job.id)]


def test_it_runs_where_it_says(open_services: Any, heard: Any) -> None:
    cluster = FakeCluster(AWAY)
    services = opened(open_services, cluster)
    job = ran(services, heard, code())
    (execution,) = services.queue.executions(job.id)
    assert (job.status, execution.stdout, execution.sandbox) == ("completed", "away\n", "partial")
    assert cluster.asked == [ADDRESS]


def test_others_stay_here_and_nobody_is_asked(open_services: Any, heard: Any) -> None:
    cluster = FakeCluster(AWAY)
    services = opened(open_services, cluster)
    job = ran(services, heard, code().replace("remote", "here"))
    assert said(services, job) == [[]]
    assert cluster.asked == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('# read = ["/etc/hosts"]', "it reads or writes files of this computer"),
        ('# secrets = ["token"]', "secrets are not sent to other computers"),
    ],
)
def test_what_needs_this_computer_runs_here_and_says_so(
    open_services: Any, heard: Any, line: str, reason: str
) -> None:
    services = opened(open_services, FakeCluster(AWAY))
    job = ran(services, heard, code(line))
    assert services.queue.executions(job.id)[0].stdout == "here\n"
    assert said(services, job) == [[f"Runs here, not remotely: {reason}."]]
    assert (job.why_here, services.queue.get(job.id).result) == (reason, {"where": "here", "why_here": reason})


def test_settings_packages_and_a_missing_extra_keep_it_here(
    open_services: Any, monkeypatch: Any, tmp_path: Path
) -> None:
    services = opened(open_services, FakeCluster(AWAY))
    remote = services.bench.remote
    assert isinstance(remote, Remote)
    from qntx_desktop.engines.sandbox.launcher import RunSpec

    spec = RunSpec(
        code="1", filename="x.py", command="x", script_type="x", args=(), timeout_s=1.0, memory_bytes=1 << 25,
        work_dir=tmp_path, run_id="1", home_id="h",
    )  # fmt: skip
    requires = check_code(code())
    assert remote._obstacle(ADDRESS, spec, requires) == ""
    assert "no scheduler is set" in remote._obstacle("", spec, requires)
    services.options.set("network.offline", True)
    assert remote._obstacle(ADDRESS, spec, requires) == "the app is offline"
    services.options.set("network.offline", False)
    assert "packages" in remote._obstacle(ADDRESS, replace(spec, site_paths=("/x",)), requires)
    assert "packages" in remote._obstacle(ADDRESS, replace(spec, interpreter="/x"), requires)
    assert "files" in remote._obstacle(ADDRESS, replace(spec, write_paths=(tmp_path,)), requires)
    monkeypatch.setattr(clusters, "is_installed", lambda: False)
    assert "pip install 'qntx-desktop[remote]'" in remote._obstacle(ADDRESS, spec, requires)


def test_a_cluster_that_does_not_take_it_leaves_it_here(open_services: Any, heard: Any) -> None:
    services = opened(open_services, FakeCluster(StaysHereError("the cluster has no worker")))
    job = ran(services, heard, code())
    assert (job.status, services.queue.executions(job.id)[0].stdout) == ("completed", "here\n")
    assert said(services, job) == [["Runs here, not remotely: the cluster has no worker."]]


def test_a_lost_worker_is_started_again_and_its_facts_stay(open_services: Any, heard: Any) -> None:
    def lost(_spec: Any, sink: Any, _cancel: Any) -> Outcome:
        sink.attest([{"subjects": ["a"], "predicates": ["is"], "contexts": ["b"]}])
        raise ErrWorkerLost("tcp://10.0.0.7:1")

    services = opened(open_services, FakeCluster(lost, AWAY))
    job = ran(services, heard, code())
    first, second = services.queue.executions(job.id)
    assert (job.status, job.attempt, job.retry_count) == ("completed", 2, 1)
    assert (first.status, first.attestation_count, second.attestation_count) == ("interrupted", 1, 0)
    assert "10.0.0.7" in (first.error or {})["message"]
    assert (second.attempt, second.stdout) == (2, "away\n")


def test_lost_twice_is_given_up(open_services: Any, heard: Any) -> None:
    services = opened(open_services, FakeCluster(ErrWorkerLost("tcp://10.0.0.7:1")))
    job = ran(services, heard, code())
    assert (job.status, (job.error or {})["code"], job.retry_count) == ("failed", "interrupted_twice", 2)
    assert [each.status for each in services.queue.executions(job.id)] == ["interrupted", "interrupted"]


def test_a_job_that_was_cancelled_meanwhile_is_not_started_again(open_services: Any, heard: Any) -> None:
    made: list[int] = []

    def lost(spec: Any, _sink: Any, _cancel: Any) -> Outcome:
        execution = services.queue.execution(int(spec.run_id))
        made.append(execution.job_id)
        services.runner.cancel(execution.job_id)
        raise ErrWorkerLost("tcp://10.0.0.7:1")

    services = opened(open_services, FakeCluster(lost))
    job = ran(services, heard, code())
    assert (job.status, len(made)) == ("cancelled", 1)


def test_where_is_kept_with_the_version_and_checked() -> None:
    requires = check_code(code())
    assert requires.where == "remote"
    assert requires_of(requires_json(requires)).where == "remote"
    assert requires_of(requires_json(check_code("print(1)"))).where == ""
    assert requires_of({"where": "moon"}).where == ""
    assert [each.kind for each in asks_more(requires)] == ["where"]
    assert asks_more(requires, requires) == ()
    with pytest.raises(ErrSyntax, match=r'Line 3.*where must be "here" or "remote"'):
        check_code(code().replace("remote", "moon"))


def test_the_doctor_says_how_it_is(open_services: Any, monkeypatch: Any) -> None:
    services = opened(open_services, FakeCluster(AWAY))

    def state() -> tuple[str, str]:
        found = doctor.examine(services.home.root, services.home.db, lambda: services.options)
        (only,) = [each for each in found if each.name == "remote"]
        return str(only.state), only.text

    monkeypatch.setattr(clusters, "is_reachable", lambda address: f"no scheduler answers at {address} (x)")
    assert state() == ("missing", f"no scheduler answers at {ADDRESS} (x); all handlers run here")
    monkeypatch.setattr(clusters, "is_reachable", lambda _address: "")
    assert state() == ("ok", f"a scheduler answers at {ADDRESS}")
    monkeypatch.setattr(clusters, "is_installed", lambda: False)
    assert state()[0] == "missing"
    services.options.set("remote.scheduler", "")
    assert state() == ("ok", "no scheduler is set, all handlers run here")


@pytest.mark.parametrize("address", ["10.0.0.5:8786", "tcp://10.0.0.5", "http://x:1", "tcp://a b:1"])
def test_an_address_that_is_none_is_refused(open_services: Any, address: str) -> None:
    from qntx_desktop.model.errors import ErrInvalidOption

    with pytest.raises(ErrInvalidOption):
        open_services().options.set("remote.scheduler", address)
