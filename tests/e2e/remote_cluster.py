"""A process of its own: jobs over a local cluster of two workers, one of which is killed. Tells what came of them.

`python -m tests.e2e.remote_cluster HOME JOBS LEASE_S` prints one JSON document. Every job attests before and after
its work. The first hangs until the worker that it is on is killed, unless it finds what an attempt before attested.
"""

from __future__ import annotations

import json
import logging
import os
import queue
import signal
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any

from qntx_desktop.app.container import Services, build
from qntx_desktop.app.paths import Home
from qntx_desktop.app.thread_lanes import ThreadLanes
from qntx_desktop.engines.remote.cluster import Cluster
from qntx_desktop.model.events import Event, JobChanged

CODE = """# /// script
# [tool.qntx]
# where = "remote"
# ///
import time, qntx
name = qntx.args[0]
again = bool(qntx.query(f"{name} is begun"))
qntx.progress(1, 2)
attest(name, "begun", "remote")
time.sleep(120 if name == "n0" and not again else 0.1)
attest(name, "done", "remote")
print("ran", name)
"""
WAIT_S = 240.0
WORKERS = 2


def main(root: Path, jobs: int, lease_s: float) -> dict[str, Any]:
    """Run the jobs, kill a worker while it runs the first."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=WORKERS, threads_per_worker=2, dashboard_address=None, silence_logs=logging.CRITICAL
    ) as cluster:
        home = Home(root=root)
        services = build(home, lanes=ThreadLanes({"sandbox": 4, "light": 1}))
        vars(services)["_cluster"] = Cluster(home.leases, lease_s=lease_s)
        try:
            return _worked(services, cluster, jobs)
        finally:
            services.close()


def _worked(services: Services, cluster: Any, jobs: int) -> dict[str, Any]:
    services.options.set("remote.scheduler", cluster.scheduler_address)
    services.handlers.create("away", CODE, source="test")
    ended: Counter[int] = Counter()
    every, heard = threading.Event(), queue.SimpleQueue[Event]()

    def hear(event: Event) -> None:
        heard.put(event)
        if type(event) is JobChanged and event.job.ended:
            ended[event.job.id] += 1
            if len(ended) >= jobs:
                every.set()

    services.events.add(hear)
    made = [services.runs.ix(["away", f"n{turn}"], base=None, bare=True).id for turn in range(jobs)]
    services.runner.start()
    address = _where_it_has_attested(services, made[0], heard)
    (victim,) = [each for each in cluster.workers.values() if each.worker_address == address]
    os.kill(victim.process.pid, signal.SIGKILL)
    if not every.wait(WAIT_S):
        raise SystemExit(f"only {len(ended)} of {jobs} ended")
    return _report(services, made, ended)


def _where_it_has_attested(services: Services, job_id: int, heard: queue.SimpleQueue[Event]) -> str:
    """Wait until a job has attested, and until its log says on which worker it runs."""
    while True:
        heard.get(timeout=WAIT_S)
        executions = services.queue.executions(job_id)
        if executions and executions[0].attestation_count:
            for line in services.queue.logs(executions[0].id):
                return line.message.removeprefix("Runs on ").partition(",")[0]


def _report(services: Services, made: list[int], ended: Counter[int]) -> dict[str, Any]:
    found = [(services.queue.get(number), services.queue.executions(number)) for number in made]
    notes = Counter(
        "away" if line.message.startswith("Runs on tcp://127.0.0.1:") else line.message
        for _, executions in found
        for each in executions
        for line in services.queue.logs(each.id)
    )
    return {
        "status": Counter(str(job.status) for job, _ in found),
        "ended_twice": sum(count > 1 for count in ended.values()),
        "completed_twice": sum(
            sum(each.status == "completed" for each in executions) != 1 for _, executions in found
        ),
        "lost": sum(each.status == "interrupted" for _, executions in found for each in executions),
        "facts": Counter(str([each.attestation_count for each in executions]) for _, executions in found),
        "first": [[each.attempt, str(each.status), each.attestation_count] for each in found[0][1]],
        "sandbox": Counter(each.sandbox for _, executions in found for each in executions),
        "stdout": sum(executions[-1].stdout == f"ran {job.payload['args'][0]}\n" for job, executions in found),
        "notes": notes,
        "errors": [dict(job.error) for job, _ in found if job.error],
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))))
