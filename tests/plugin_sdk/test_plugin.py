"""A plugin written with the SDK, called over a real connection as a host would call it."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import grpc
import pytest

from qntx_desktop.plugin_sdk import Field, HTTPError, Job, Plugin, Request, Response, every, handler, route, watch
from qntx_desktop.plugin_sdk.testing import TestHost, hosting

WAIT_S = 60


class Town(Plugin):
    """Answers everything the protocol can ask."""

    name = "town"
    version = "1.2.3"
    description = "Towns"
    host_version = ">=0.1"
    settings = {
        "unit": Field(default="C", pattern="[CF]", description="Celsius or Fahrenheit"),
        "most": Field(kind="number", default=10, minimum=1, maximum=100),
        "tags": Field(kind="array"),
        "loud": Field(kind="boolean", required=True, default=False),
    }

    def __init__(self) -> None:
        super().__init__()
        self.sick = ""
        self.stops = 0
        self.reached, self.let_go = threading.Event(), threading.Event()

    def start(self) -> None:
        if self.config["unit"] == "F" and self.config["loud"]:
            raise RuntimeError("no loud Fahrenheit")

    def stop(self) -> None:
        self.stops += 1

    def health(self) -> Mapping[str, object] | None:
        if self.sick:
            raise RuntimeError(self.sick)
        return {"unit": self.config["unit"]}

    @handler("ix.town")
    @every(3600, description="Every hour")
    def read(self, job: Job) -> dict[str, Any]:
        for at, town in enumerate(job.args, 1):
            facts = {"at": at, "half": 0.5, "list": [1, None, {"a": True}]}
            stored = job.attest(town, "is", "read", attributes=facts)
            job.progress(at, len(job.args))
            job.log(f"read {town}", stage="reading", id=stored.id)
        job.cost(0.25)
        job.cost(0.5)
        return {"command": job.command, "known": job.host.exists("AS-1")}

    @handler("town.many")
    def many(self, job: Job) -> int:
        rows = ((f"s{at}", "p", "c") for at in range(job.json()))
        return job.attest_many(rows)

    @handler("town.broken")
    def broken(self, job: Job) -> None:
        raise KeyError("a town")

    @handler("town.odd")
    def odd(self, job: Job) -> Any:
        return {"not": object()} if job.payload == b'"object"' else math.nan

    @handler("town.slow")
    def slow(self, job: Job) -> None:
        self.reached.set()
        job.sleep(WAIT_S)

    @handler("town.stuck")
    def stuck(self, job: Job) -> None:
        self.reached.set()
        self.let_go.wait(WAIT_S)
        job.progress(1)

    @handler("town.again")
    @watch(id="new-towns", predicates="is", most_per_second=3)
    def again(self, job: Job) -> list[str]:
        assert job.attestation is not None
        return list(job.attestation.subjects)

    @handler("town.asks")
    def asks(self, job: Job) -> dict[str, Any]:
        since = datetime(2020, 1, 1, tzinfo=UTC)
        found = job.host.query(predicates="IS", since=since, limit=1)
        return {
            "found": [found[0].subjects[0], found[0].attributes, found[0].timestamp is not None],
            "job": job.host.enqueue("ix.town", {"args": []}),
            "schedule": job.host.schedule("ix.town", 60),
        }

    @route("GET", "/towns/{name}")
    def town(self, request: Request) -> Any:
        return {"name": request.params["name"], "unit": request.value("unit", self.config["unit"])}

    @route("POST", "/towns")
    def put(self, request: Request) -> Any:
        shape = request.json()
        if "name" not in shape:
            raise HTTPError(422, "A town needs a name.")
        return Response(status=201, headers={"x-name": shape["name"], "x-two": ["a", "b"]})

    @route("DELETE", "/towns")
    def burn(self, request: Request) -> None:
        raise RuntimeError("inside")

    @route("GET", "/plain")
    def plain(self, request: Request) -> str:
        return "ä"


@pytest.fixture
def plugin() -> Town:
    return Town()


@pytest.fixture
def host(plugin: Town) -> Iterator[TestHost]:
    with hosting(plugin, {"loud": "false"}) as host:
        yield host


def test_it_says_who_it_is_and_what_it_does(host: TestHost) -> None:
    metadata = host.call("Metadata")
    assert (metadata.name, metadata.version, metadata.qntx_version) == ("town", "1.2.3", ">=0.1")
    assert list(host.names)[:2] == ["ix.town", "town.many"]
    (schedule,) = host.schedules
    assert (schedule.handler_name, schedule.interval_seconds) == ("ix.town", 3600)
    assert not schedule.enabled_by_default
    (watcher,) = host.watchers
    assert (watcher.id, watcher.handler_name, list(watcher.predicates)) == ("new-towns", "town.again", ["is"])
    fields = host.call("ConfigSchema").fields
    assert (fields["most"].type, fields["most"].min_value, fields["most"].default_value) == ("number", "1", "10")
    assert (fields["tags"].element_type, fields["loud"].required) == ("string", True)


def test_a_job_attests_and_reports(host: TestHost) -> None:
    outcome = host.ix("town", "Bern", "Ulm")
    assert outcome.error == ""
    assert outcome.result == {"command": "ix town Bern Ulm", "known": True}
    assert (outcome.progress, outcome.cost_usd) == ((2, 2), 0.75)
    assert [(line.message, line.stage, line.level) for line in outcome.lines] == [
        ("read Bern", "reading", "info"),
        ("read Ulm", "reading", "info"),
    ]
    assert outcome.lines[1].metadata == {"id": "AS-2"}
    assert [each.subjects for each in host.attestations] == [("Bern",), ("Ulm",)]
    assert host.attestations[0].attributes == {"at": 1, "half": 0.5, "list": [1, None, {"a": True}]}
    assert isinstance(host.attestations[0].attributes["at"], int)


def test_many_attestations_go_in_few_messages_and_no_cost_is_no_cost(host: TestHost) -> None:
    outcome = host.execute("town.many", 1_201)
    assert (outcome.result, outcome.cost_usd) == (1_201, None)
    assert len(host.attestations) == 1_201


def test_a_job_may_ask_the_ledger_the_queue_and_the_schedules(host: TestHost) -> None:
    host.ix("town", "Bern")
    outcome = host.execute("town.asks")
    attributes = {"at": 1, "half": 0.5, "list": [1, None, {"a": True}]}
    assert outcome.result == {"found": ["Bern", attributes, True], "job": "1", "schedule": "1"}
    assert host.queued == [("ix.town", b'{"args": []}')]
    assert host.scheduled == [("ix.town", 60)]


def test_a_watch_gets_the_attestation(host: TestHost) -> None:
    shape = {"id": "AS-1", "subjects": ["Bern"], "predicates": ["is"], "timestamp": "2026-01-02T03:04:05Z"}
    assert host.execute("town.again", shape).result == ["Bern"]
    assert host.execute("town.again", {"attestation": shape}).result == ["Bern"]


def test_an_exception_becomes_the_error_with_its_line(host: TestHost) -> None:
    outcome = host.execute("town.broken")
    assert outcome.error.startswith("KeyError: 'a town' (line ")
    assert outcome.error.endswith("test_plugin.py)")
    (line,) = outcome.lines
    assert (line.level, line.stage) == ("error", "failed")
    assert "raise KeyError" in line.metadata["traceback"]


@pytest.mark.parametrize(("payload", "said"), [("object", "TypeError: "), ("nan", "ValueError: ")])
def test_a_result_that_json_cannot_say_is_an_error(host: TestHost, payload: str, said: str) -> None:
    assert host.execute("town.odd", payload).error.startswith(said)


def test_a_handler_nobody_has_is_an_error_that_names_the_others(host: TestHost) -> None:
    assert "no handler 'town.gone'. It has: ix.town, town.many" in host.execute("town.gone").error


def test_what_the_ledger_refuses_fails_the_job(host: TestHost) -> None:
    host.refusal = "the disk is full"
    assert host.ix("town", "Bern").error.startswith(
        "HostError: GenerateAndCreateAttestation: the disk is full (line "
    )


def test_a_job_that_is_cancelled_stops_and_others_go_on(host: TestHost, plugin: Town) -> None:
    running = host.begin("town.slow")
    assert plugin.reached.wait(WAIT_S)
    running.cancel()
    with pytest.raises(grpc.FutureCancelledError):
        running.result(WAIT_S)
    assert host.ix("town", "Bern").error == ""
    while host.call("Health").details["jobs"] != "0":  # ends by itself, or the test's time does
        pass


def test_a_job_that_runs_out_of_time_says_so(host: TestHost) -> None:
    assert host.execute("town.slow", timeout_s=1).error == "The time of this job is over."


def test_health_answers_while_all_turns_are_taken(host: TestHost, plugin: Town) -> None:
    jobs = [host.begin("town.stuck") for _ in range(Town.at_once + 2)]
    assert plugin.reached.wait(WAIT_S)
    health = host.call("Health")
    assert (health.healthy, health.details["unit"]) == (True, "C")
    plugin.let_go.set()
    assert [job.result(WAIT_S).success for job in jobs] == [True] * len(jobs)


def test_a_plugin_that_is_not_well_says_why(host: TestHost, plugin: Town) -> None:
    plugin.sick = "no water"
    health = host.call("Health")
    assert not health.healthy
    assert health.message.startswith("RuntimeError: no water")


def test_http(host: TestHost) -> None:
    assert host.request("GET", "/api/town/towns/Bern").json() == {"name": "Bern", "unit": "C"}
    reply = host.request("GET", "/towns/St%2FGallen?unit=F")
    assert (reply.status, reply.json()) == (200, {"name": "St/Gallen", "unit": "F"})
    assert host.request("GET", "/api/town/towns/Bern").status == 404  # this host leaves that out: a second try
    made = host.request("POST", "/towns", b'{"name": "Bern"}')
    assert (made.status, made.body, made.headers) == (201, b"", {"x-name": ("Bern",), "x-two": ("a", "b")})
    assert host.request("GET", "/plain").body == "ä".encode()


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "/nowhere", b"", 404, "not_found"),
        ("PUT", "/towns", b"", 405, "method_not_allowed"),
        ("POST", "/towns", b"{}", 422, "request_refused"),
        ("POST", "/towns", b"{", 400, "request_refused"),
        ("DELETE", "/towns", b"", 500, "plugin_failed"),
    ],
)
def test_http_errors_have_one_shape(
    host: TestHost, method: str, path: str, body: bytes, status: int, code: str
) -> None:
    reply = host.request(method, path, body)
    error = reply.json()["error"]
    assert (reply.status, error["code"]) == (status, code)
    assert "inside" not in error["message"]


def test_a_second_initialize_begins_anew(host: TestHost, plugin: Town) -> None:
    host.initialize({"loud": "yes", "unit": "C", "tags": "a, b", "extra": "kept"})
    assert plugin.stops == 1
    assert plugin.config == {"loud": True, "unit": "C", "tags": ["a", "b"], "most": 10, "extra": "kept"}


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({"unit": "K"}, "Setting 'unit' is 'K', which does not match"),
        ({"most": "200"}, "Setting 'most' is 200, more than 100."),
        ({"most": "nan"}, "Setting 'most' has to be a finite number"),
        ({"loud": "maybe"}, "Setting 'loud' has to be true or false"),
        ({"unit": "F", "loud": "1"}, "RuntimeError: no loud Fahrenheit"),
    ],
)
def test_settings_that_do_not_fit_are_refused_by_name(host: TestHost, config: dict[str, str], said: str) -> None:
    with pytest.raises(AssertionError, match=said):
        host.initialize(config)
    assert "was not initialized yet" in host.execute("ix.town").error
