"""A plugin written with the SDK on the real host: everything it may ask for, twice at once, told to stop, woken."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from qntx_desktop.model.job import JobStatus
from tests.plugins.conftest import ROOT

CODE = """
from qntx_desktop.plugin_sdk import HostError, Job, Plugin, handler, run, watch


class Weather(Plugin):
    name = "weather"
    version = "2.0"

    @handler("asks")
    def asks(self, job: Job):
        host = job.host
        stored = job.attest("Bern", "has", "today", attributes={"degrees": 21})
        many = job.attest_many((f"town {at}", "has", "batch") for at in range(600))
        made = host.schedule("asks", 3600)
        host.pause(made), host.resume(made), host.unschedule(made)
        job.progress(3, 4)
        job.cost(0.5)
        job.log("all asked", stage="end", town="Bern")
        other = host.enqueue("greet", {"subjects": ["by hand"]})
        try:
            host.enqueue("nobody")
        except HostError as error:
            refused = error.reason
        found = host.query(subjects="bern", limit=5)[0]
        return {
            "many": many, "known": host.exists(stored.id), "degrees": found.attributes["degrees"],
            "actor": found.actors[0], "job": host.job(other).handler, "refused": refused,
        }

    @handler("ix.came")
    def came(self, job: Job):
        return {"webhook": job.webhook, "args": job.args}

    @handler("slow")
    def slow(self, job: Job):
        job.attest(job.json()["town"], "waits", "here")
        job.log("slow begins")
        try:
            job.sleep(600)
        finally:
            self.log.info("slow was stopped")

    @handler("greet")
    @watch(predicates=["arrived"], most_per_second=50)
    def greet(self, job: Job):
        job.attest(job.attestation.subjects, "was_greeted", "here")


run(Weather)
"""


def _program(folder: Path) -> Path:
    (folder / "plugin.py").write_text(CODE, encoding="utf-8")
    path = folder / "qntx-weather-plugin"
    path.write_text(f"#!/bin/sh\nPYTHONPATH='{ROOT}' exec '{sys.executable}' '{folder}/plugin.py' \"$@\"\n")
    path.chmod(0o755)
    return path


def test_all_that_the_sdk_asks_of_the_host(stage: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QNTX_PASSPHRASE", "a passphrase of the test")
    services = stage.services
    services.plugins.add(str(_program(tmp_path)))
    stage.start()
    stage.stands("weather", "ready")
    job = stage.run("weather/asks")
    assert job.status is JobStatus.COMPLETED, job.error
    assert {key: job.result[key] for key in ("many", "known", "degrees", "actor", "job")} == {
        "many": 600,
        "known": True,
        "degrees": 21,
        "actor": "plugin:weather@2.0",
        "job": "greet",
    }
    assert "nobody" in job.result["refused"]
    assert (job.cost, job.progress_current, job.progress_total) == (0.5, 3, 4)
    execution = services.queue.execution_of(job.id)
    assert execution.attestation_count == 601
    assert services.schedules.list() == ()
    services.hooks.add("came", args=["-v"], secret="a-secret-of-both-sides")
    carried = {"X-Webhook-Secret": "a-secret-of-both-sides", "Content-Type": "application/json"}
    reception = services.hooks.receive("came", carried, b'{"order": 7}')
    assert stage.ended(reception.job).result == {"webhook": {"order": 7}, "args": ["-v"]}
    _stop_one_of_two(stage)
    stage.services.ledger.attest(subjects="Ada", predicates="arrived", contexts="here", source="test")
    stage.until(lambda: _said(stage, "Ada was_greeted"))


def _stop_one_of_two(stage: Any) -> None:
    """Each attestation belongs to the job that made it, though two run at once; both stop when they are told to."""
    services = stage.services
    jobs = [stage.ask("weather/slow", town=town) for town in ("Ulm", "Basel")]
    for town in ("Ulm", "Basel"):
        stage.until(lambda town=town: _said(stage, f"{town} waits"))
    for job, town in zip(jobs, ("Ulm", "Basel"), strict=True):
        made = services.ledger.of_execution(services.queue.execution_of(job.id).id)
        assert [each.subjects for each in made] == [(town,)]
    for job in jobs:
        services.runner.cancel(job.id)
        assert stage.ended(job).status is JobStatus.CANCELLED
    stage.until(lambda: sum("slow was stopped" in each.text for each in _lines(stage)) == 2)


def _lines(stage: Any) -> tuple[Any, ...]:
    found: tuple[Any, ...] = stage.services.plugins.live_lines("weather")
    return found


def _said(stage: Any, words: str) -> bool:
    subject, predicate = words.split()
    return bool(stage.services.ledger.ax(f"{subject} is {predicate}", limit=1))
