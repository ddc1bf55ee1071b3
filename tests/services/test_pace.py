"""Settings of Pulse: workers, the usual timeout, how long jobs are kept - all without a restart."""

from __future__ import annotations

from typing import Any

from qntx_desktop.app.thread_lanes import ThreadLanes
from qntx_desktop.model.events import JobChanged
from qntx_desktop.model.handler import Requires
from qntx_desktop.model.job import JobFilter, JobStatus
from qntx_desktop.services.ports import Lane, lane_widths
from qntx_desktop.services.retention import Keep
from tests.services.test_runner import DONE, Play, ask


def test_more_workers_begin_more_jobs_without_a_restart(open_services: Any, heard: Any) -> None:
    play = Play()
    services = open_services(launch=play)
    services.options.set("pulse.workers", 1)
    services.runner.start()
    made = [ask(services, f"job {number}") for number in range(3)]
    play.wait_started()
    assert sorted(each.status for each in services.queue.list()) == ["pending", "pending", "running"]
    services.options.set("pulse.workers", 3)
    services.runner.wake()
    play.wait_started()
    play.wait_started()
    assert {each.status for each in services.queue.list()} == {"running"}
    for _ in made:
        play.go.release()
    for job in made:
        heard.ended(job)


def test_fewer_workers_let_what_runs_go_on(open_services: Any, heard: Any) -> None:
    play = Play()
    services = open_services(launch=play, lanes=ThreadLanes({Lane.LIGHT: 1, Lane.SANDBOX: 2}))
    services.runner.start()
    made = [ask(services, f"job {number}") for number in range(4)]
    play.wait_started()
    play.wait_started()
    services.options.set("pulse.workers", 1)
    play.go.release()
    heard.wait(JobChanged, lambda event: event.job.ended)
    assert len(services.queue.list(JobFilter(status=JobStatus.RUNNING))) == 1
    for _ in made:
        play.go.release()
    for job in made:
        heard.ended(job)
    assert services.lanes.width(Lane.SANDBOX) == 1


def test_zero_leaves_it_to_the_machine(open_services: Any) -> None:
    services = open_services()
    services.options.set("pulse.workers", 7)
    assert services.runner.crew is not None
    assert services.lanes.width(Lane.SANDBOX) == 7
    services.options.reset("pulse.workers")
    assert services.lanes.width(Lane.SANDBOX) == lane_widths()[Lane.SANDBOX]


def test_the_usual_timeout_counts_for_code_that_says_nothing(open_services: Any) -> None:
    seen: list[float] = []

    def launch(spec: Any, _sink: Any, _cancel: Any) -> Any:
        seen.append(spec.timeout_s)
        return DONE

    services = open_services(launch=launch)
    services.options.set("pulse.timeout_s", 300)
    services.handlers.create("quiet", "print(1)\n", source="test")
    services.handlers.create(
        "said", '# /// script\n# [tool.qntx]\n# timeout = "5s"\n# ///\nprint(1)\n', source="test"
    )
    for name in ("quiet", "said"):
        services.runner.run_until(services.runs.ix(f"ix {name}", base=None, bare=False).id)
    assert seen == [300.0, 5.0]
    assert services.bench.pace.timeout_s(Requires()) == 300.0


def test_how_long_jobs_are_kept(open_services: Any) -> None:
    services = open_services()
    assert services.bench.pace.keep() == Keep(completed_days=7, failed_days=30)
    services.options.set("pulse.keep_failed_days", 3)
    assert services.bench.pace.keep() == Keep(completed_days=7, failed_days=3)
