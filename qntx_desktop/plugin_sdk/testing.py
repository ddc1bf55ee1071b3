"""A host for the tests of a plugin: real messages over a real connection, and a ledger in memory.

    with hosting(Weather, {"unit": "F"}) as host:
        answer = host.ix("weather", "Bern")
        assert answer.error == ""
        assert host.attestations[0].subjects == ("Bern",)

The plugin is served in the same process, so that a debugger stops in it. Not used outside tests.
"""

from __future__ import annotations

import json
import math
import secrets
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import grpc

from qntx_desktop.plugin_sdk import attestation as made
from qntx_desktop.plugin_sdk.attestation import Attestation
from qntx_desktop.plugin_sdk.job import LogLine
from qntx_desktop.plugin_sdk.plugin import Plugin
from qntx_desktop.plugin_sdk.serving import LOOPBACK, Serving
from qntx_desktop.plugin_sdk.wire import (
    ATS_STORE,
    CHANNEL_OPTIONS,
    PLUGIN,
    QUEUE,
    SCHEDULE,
    SERVER_OPTIONS,
    serve,
    shapes,
)
from qntx_desktop.protocol import atsstore_pb2 as ats
from qntx_desktop.protocol import queue_pb2, schedule_pb2

ANSWER_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a job. `cost_usd` is None when the plugin named none."""

    error: str
    result: Any
    progress: tuple[int, int]
    cost_usd: float | None
    lines: Sequence[LogLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came of a request."""

    status: int
    body: bytes
    headers: Mapping[str, Sequence[str]]

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class TestHost:
    """Calls the plugin on a port of this computer, and remembers what it asked for.

    Attributes:
        attestations: What the plugin attested, in order.
        queued: Handlers and payloads of the jobs it made.
        scheduled: Handlers and intervals of the schedules it made.
        told: How far its jobs said they were, in order.
        refusal: Set it to a text, and the ledger refuses everything with it.
        names, schedules, watchers: What it announced.
    """

    __test__ = False  # pytest: no test in itself

    def __init__(self, port: int) -> None:
        self.attestations: list[Attestation] = []
        self.queued: list[tuple[str, bytes]] = []
        self.scheduled: list[tuple[str, int]] = []
        self.told: list[tuple[str, int, int]] = []
        self.refusal = ""
        self.names: Sequence[str] = ()
        self.schedules: Sequence[Any] = ()
        self.watchers: Sequence[Any] = ()
        self._token = secrets.token_hex(16)
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(max_workers=16, thread_name_prefix="test-host")
        self._server = grpc.server(self._threads, options=SERVER_OPTIONS)
        self._serve()
        self._address = f"{LOOPBACK}:{self._server.add_insecure_port(f'{LOOPBACK}:0')}"
        self._server.start()
        self._channel = grpc.insecure_channel(f"{LOOPBACK}:{port}", options=CHANNEL_OPTIONS)

    def initialize(self, config: Mapping[str, str] | None = None) -> None:
        """Start the plugin with these settings.

        Raises:
            AssertionError: It refuses; the text is what the plugin said.
        """
        address = self._address
        try:
            answer = self.call(
                "Initialize",
                ats_store_endpoint=address,
                queue_endpoint=address,
                schedule_endpoint=address,
                auth_token=self._token,
                config=config or {},
            )
        except grpc.RpcError as error:
            raise AssertionError(error.details()) from None
        self.names, self.schedules = tuple(answer.handler_names), tuple(answer.schedules)
        self.watchers = tuple(answer.watchers)

    def ix(self, script_type: str, *args: str, timeout_s: int | None = None) -> Outcome:
        """Run `ix <type> [args]`."""
        command = " ".join(("ix", script_type, *args))
        payload = {"script_type": script_type, "args": list(args), "command": command}
        return self.execute(f"ix.{script_type}", payload, timeout_s=timeout_s)

    def execute(self, handler: str, payload: object = None, *, timeout_s: int | None = None) -> Outcome:
        """Run a job and wait for it."""
        return _outcome(self.begin(handler, payload, timeout_s=timeout_s).result(ANSWER_S))

    def begin(self, handler: str, payload: object = None, *, timeout_s: int | None = None) -> Any:
        """Start a job; returns gRPC's future, which can be cancelled."""
        raw = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        fields: dict[str, Any] = {"job_id": "1", "handler_name": handler, "payload": raw}
        if timeout_s is not None:
            fields["timeout_secs"] = timeout_s
        call, request = self._prepared("ExecuteJob", fields)
        return call.future(request, timeout=ANSWER_S)

    def request(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Ask the plugin for a path below it, as `/api/<plugin>/...` would."""
        sent = [{"name": name, "values": [value]} for name, value in (headers or {}).items()]
        answer = self.call("HandleHTTP", method=method, path=path, body=body, headers=sent)
        told = {header.name: tuple(header.values) for header in answer.headers}
        return Reply(status=answer.status_code, body=answer.body, headers=told)

    def call(self, method: str, /, **fields: Any) -> Any:
        """Call a method of the protocol as it stands."""
        call, request = self._prepared(method, fields)
        return call(request, timeout=ANSWER_S, wait_for_ready=True)

    def close(self) -> None:
        """End the host; the plugin stays."""
        self._channel.close()
        self._server.stop(None).wait(ANSWER_S)
        self._threads.shutdown()

    def _prepared(self, method: str, fields: Mapping[str, Any]) -> tuple[Any, Any]:
        asked, answered = shapes(PLUGIN, method)
        call = self._channel.unary_unary(
            f"/{PLUGIN}/{method}",
            request_serializer=asked.SerializeToString,
            response_deserializer=answered.FromString,
        )
        return call, asked(**fields)

    def _serve(self) -> None:
        ledger = {
            "GenerateAndCreateAttestation": self._attest,
            "BatchGenerateAndCreateAttestations": self._attest_many,
            "GetAttestations": self._query,
            "AttestationExists": self._exists,
        }
        queue = {"Enqueue": self._enqueue, "UpdateJob": self._update}
        schedules = {"CreateSchedule": self._schedule}
        for service, answers in ((ATS_STORE, ledger), (QUEUE, queue), (SCHEDULE, schedules)):
            serve(self._server, service, answers)

    def _attest(self, request: Any, _context: object) -> Any:
        refused = self._refused(request)
        if refused:
            return ats.GenerateAttestationResponse(success=False, error=refused)
        return ats.GenerateAttestationResponse(success=True, attestation=self._keep(request.command))

    def _attest_many(self, request: Any, _context: object) -> Any:
        refused = self._refused(request)
        if refused:
            return ats.BatchGenerateAttestationsResponse(success=False, error=refused)
        for command in request.commands:
            self._keep(command)
        return ats.BatchGenerateAttestationsResponse(success=True, created=len(request.commands))

    def _keep(self, command: Any) -> Any:
        now = made.to_ms(datetime.now(UTC))
        with self._lock:
            name = f"AS-{len(self.attestations) + 1}"
            message = ats.Attestation(
                id=name,
                subjects=command.subjects,
                predicates=command.predicates or ["_"],
                contexts=command.contexts or ["_"],
                actors=[*command.actors, name],
                timestamp=command.timestamp if command.HasField("timestamp") else now,
                source=command.source or "plugin",
                attributes=command.attributes,
                created_at=now,
            )
            self.attestations.append(made.of_message(message))
        return message

    def _query(self, request: Any, _context: object) -> Any:
        refused = self._refused(request)
        if refused:
            return ats.GetAttestationsResponse(success=False, error=refused)
        with self._lock:
            found = [each for each in reversed(self.attestations) if _fits(each, request.filter)]
        limit = request.filter.limit or 100
        messages = [_message(each) for each in found[:limit]]
        return ats.GetAttestationsResponse(success=True, attestations=messages)

    def _exists(self, request: Any, _context: object) -> Any:
        with self._lock:
            return ats.AttestationExistsResponse(exists=any(each.id == request.id for each in self.attestations))

    def _enqueue(self, request: Any, _context: object) -> Any:
        refused = self._refused(request)
        if refused:
            return queue_pb2.EnqueueResponse(success=False, error=refused)
        with self._lock:
            self.queued.append((request.job.handler_name, request.job.payload))
            return queue_pb2.EnqueueResponse(success=True, job_id=str(len(self.queued)))

    def _update(self, request: Any, _context: object) -> Any:
        with self._lock:
            job = request.job
            self.told.append((job.id, job.progress.current, job.progress.total))
        return queue_pb2.UpdateJobResponse(success=True)

    def _schedule(self, request: Any, _context: object) -> Any:
        refused = self._refused(request)
        if refused:
            return schedule_pb2.CreateScheduleResponse(success=False, error=refused)
        with self._lock:
            self.scheduled.append((request.handler_name, request.interval_seconds))
            return schedule_pb2.CreateScheduleResponse(success=True, schedule_id=str(len(self.scheduled)))

    def _refused(self, request: Any) -> str:
        known = secrets.compare_digest(request.auth_token.encode(), self._token.encode())
        return self.refusal if known else "unauthorized"


@contextmanager
def hosting(
    plugin: type[Plugin] | Plugin, config: Mapping[str, str] | None = None
) -> Iterator[TestHost]:
    """Serve a plugin to a host in memory, started with these settings; both end with the block."""
    serving = Serving(plugin() if isinstance(plugin, type) else plugin, 0, lambda: None)
    try:
        with hosting_port(serving.port, config) as host:
            yield host
    finally:
        serving.close(1.0)


@contextmanager
def hosting_port(port: int, config: Mapping[str, str] | None = None) -> Iterator[TestHost]:
    """Be the host of a plugin that is served already, in whatever language; it stays after the block."""
    host = TestHost(port)
    try:
        host.initialize(config)
        yield host
    finally:
        host.close()


def _outcome(answer: Any) -> Outcome:
    return Outcome(
        error=answer.error if not answer.success else "",
        result=json.loads(answer.result) if answer.result else None,
        progress=(answer.progress_current, answer.progress_total),
        cost_usd=None if math.isnan(answer.cost_actual) else answer.cost_actual,
        lines=[
            LogLine(
                timestamp=line.timestamp,
                level=line.level,
                message=line.message,
                stage=line.stage,
                metadata=dict(line.metadata),
            )
            for line in answer.log_entries
        ],
    )


def _fits(each: Attestation, wanted: Any) -> bool:
    for name in ("subjects", "predicates", "contexts", "actors"):
        asked = {text.casefold() for text in getattr(wanted, name)}
        if asked and not asked & {text.casefold() for text in getattr(each, name)}:
            return False
    at = made.to_ms(each.timestamp) if each.timestamp is not None else 0
    early = wanted.HasField("time_start") and at < wanted.time_start
    return not early and not (wanted.HasField("time_end") and at > wanted.time_end)


def _message(each: Attestation) -> Any:
    return ats.Attestation(
        id=each.id,
        subjects=each.subjects,
        predicates=each.predicates,
        contexts=each.contexts,
        actors=each.actors,
        timestamp=made.to_ms(each.timestamp) if each.timestamp else 0,
        source=each.source,
        attributes=made.to_struct(each.attributes),
        created_at=made.to_ms(each.created_at) if each.created_at else 0,
    )
