"""What a plugin may ask of its host: the ledger, the queue and the schedules.

Any thread. Hides grpc: one channel for each address, opened with the first call. Errors of the host come in its
answers, errors of the way to it as gRPC's own; both become `HostError`.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import grpc

from qntx_desktop.plugin_sdk import attestation as made
from qntx_desktop.plugin_sdk.attestation import Attestation, Words
from qntx_desktop.plugin_sdk.errors import HostError
from qntx_desktop.plugin_sdk.wire import ATS_STORE, CHANNEL_OPTIONS, QUEUE, SCHEDULE, shapes
from qntx_desktop.protocol import atsstore_pb2, queue_pb2

ANSWER_S = 60.0
"""How long an answer of the host is waited for."""
BATCH = 500
"""So many attestations go in one message."""
JOB_KEY = "qntx-job"
"""Calls made in a job carry its number under this name beside the message; hosts that do not know it ignore it."""
_AGAIN = (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoints:
    """Where the host's services are, `host:port` each, and what it knows its plugin by."""

    attestations: str = ""
    queue: str = ""
    schedules: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedJob:
    """A job of the host's queue."""

    id: str
    handler: str
    status: str
    payload: bytes
    error: str
    cost: float
    progress: tuple[int, int] | None


class Channels:
    """One connection for each address, shared by all that ask the host."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[str, grpc.Channel] = {}

    def to(self, address: str) -> grpc.Channel:
        """The connection to an address."""
        with self._lock:
            if address not in self._open:
                self._open[address] = grpc.insecure_channel(address, options=CHANNEL_OPTIONS)
            return self._open[address]

    def close(self) -> None:
        """Close them all."""
        with self._lock:
            channels, self._open = list(self._open.values()), {}
        for channel in channels:
            channel.close()


class Host:
    """The host, as a plugin sees it; `job` names the job for which it is asked, if any."""

    def __init__(self, endpoints: Endpoints, channels: Channels, job: str = "") -> None:
        self._at, self._channels, self._job = endpoints, channels, job

    def for_job(self, job_id: str) -> Host:
        """The same host, asked for a job."""
        return Host(self._at, self._channels, job_id)

    def attest(
        self,
        subjects: Words,
        predicates: Words = None,
        contexts: Words = None,
        actors: Words = None,
        attributes: Mapping[str, Any] | None = None,
        *,
        timestamp: datetime | None = None,
    ) -> Attestation:
        """Make an attestation; it is stored when this returns.

        Args:
            subjects: What it is about; one text or several.
            predicates: What is said, such as `lives_in`.
            contexts: Within what, such as a town or a file.
            actors: Who says so, besides the plugin.
            attributes: Further facts that JSON can say.
            timestamp: When it was said, with a time zone; else now.

        Returns:
            The attestation as the host stored it.

        Raises:
            ValueError: It is not valid; the message names the field.
            HostError: The host refused it or cannot be reached.
        """
        command = self._command(made.make(subjects, predicates, contexts, actors, attributes, timestamp))
        answer = self._ask(ATS_STORE, "GenerateAndCreateAttestation", command=command)
        return made.of_message(answer.attestation)

    def attest_many(self, items: Iterable[Mapping[str, Any] | Sequence[Any]]) -> int:
        """Make many attestations, 500 in one message.

        Args:
            items: Mappings with the parameters of `attest`, or sequences of them in order.

        Returns:
            How many the host stored.

        Raises:
            ValueError: One is not valid; nothing of its 500 was sent.
            HostError: The host refused some; what it stored before stays.
        """
        rest, stored = iter(items), 0
        while chunk := [self._command(_made(item)) for item in islice(rest, BATCH)]:
            answer = self._ask(ATS_STORE, "BatchGenerateAndCreateAttestations", commands=chunk)
            stored += answer.created
        return stored

    def query(
        self,
        *,
        subjects: Words = None,
        predicates: Words = None,
        contexts: Words = None,
        actors: Words = None,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 100,
    ) -> list[Attestation]:
        """Read attestations, newest first: in a field any of the texts, across fields all.

        Raises:
            HostError: The host refused the query or cannot be reached.
        """
        wanted = atsstore_pb2.AttestationFilter(
            subjects=made.words("subjects", subjects),
            predicates=made.words("predicates", predicates),
            contexts=made.words("contexts", contexts),
            actors=made.words("actors", actors),
            limit=limit,
        )
        if since is not None:
            wanted.time_start = made.to_ms(since)
        if until is not None:
            wanted.time_end = made.to_ms(until)
        answer = self._ask(ATS_STORE, "GetAttestations", filter=wanted)
        return [made.of_message(each) for each in answer.attestations]

    def exists(self, attestation_id: str) -> bool:
        """Whether the host has an attestation of this id."""
        return bool(self._ask(ATS_STORE, "AttestationExists", id=attestation_id).exists)

    def enqueue(self, handler: str, payload: object = None) -> str:
        """Have the host run a job; returns its number.

        Args:
            handler: A name that a plugin announced, such as `ix.weather`.
            payload: Bytes as they are, else something JSON can say.

        Raises:
            HostError: The host refused it or cannot be reached.
        """
        raw = payload if isinstance(payload, bytes) else b"" if payload is None else json.dumps(payload).encode()
        job = queue_pb2.Job(handler_name=handler, payload=raw)
        return str(self._ask(QUEUE, "Enqueue", job=job).job_id)

    def job(self, job_id: str) -> QueuedJob:
        """A job of the host's queue.

        Raises:
            HostError: There is none of this number, or the host cannot be reached.
        """
        return _queued(self._ask(QUEUE, "GetJob", job_id=job_id).job)

    def jobs(self, status: str = "", limit: int = 100) -> Iterator[QueuedJob]:
        """Jobs of the host's queue, of one status or of all."""
        return map(_queued, self._ask(QUEUE, "ListJobs", status=status, limit=limit).jobs)

    def schedule(
        self,
        handler: str,
        every_s: int,
        payload: object = None,
        metadata: Mapping[str, str] | None = None,
    ) -> str:
        """Have the host run a handler every so many seconds; returns the number of the schedule.

        Raises:
            HostError: The host refused it or cannot be reached.
        """
        raw = payload if isinstance(payload, bytes) else b"" if payload is None else json.dumps(payload).encode()
        wanted = {"handler_name": handler, "interval_seconds": every_s, "payload": raw, "metadata": metadata or {}}
        return str(self._ask(SCHEDULE, "CreateSchedule", **wanted).schedule_id)

    def pause(self, schedule_id: str) -> None:
        """Stop a schedule of this plugin until it is resumed."""
        self._ask(SCHEDULE, "PauseSchedule", schedule_id=schedule_id)

    def resume(self, schedule_id: str) -> None:
        """Let a schedule of this plugin go on."""
        self._ask(SCHEDULE, "ResumeSchedule", schedule_id=schedule_id)

    def unschedule(self, schedule_id: str) -> None:
        """Remove a schedule of this plugin."""
        self._ask(SCHEDULE, "DeleteSchedule", schedule_id=schedule_id)

    def tell_progress(self, handler: str, current: int, total: int) -> grpc.Future | None:
        """Tell the host how far this job is, without waiting for an answer."""
        if not self._at.queue or not self._job:
            return None
        job = queue_pb2.Job(id=self._job, handler_name=handler, status="running")
        job.progress.current, job.progress.total = current, total
        call, request = self._call(QUEUE, "UpdateJob", {"job": job})
        return call.future(request, timeout=ANSWER_S, metadata=self._beside)

    @property
    def _beside(self) -> list[tuple[str, str]] | None:
        return [(JOB_KEY, self._job)] if self._job else None

    def _command(self, said: Attestation) -> Any:
        command = atsstore_pb2.AttestationCommand(
            subjects=said.subjects,
            predicates=said.predicates,
            contexts=said.contexts,
            actors=said.actors,
            attributes=made.to_struct(said.attributes),
        )
        if said.timestamp is not None:
            command.timestamp = made.to_ms(said.timestamp)
        return command

    def _ask(self, service: str, method: str, **fields: Any) -> Any:
        call, request = self._call(service, method, fields)
        try:
            answer = call(request, timeout=ANSWER_S, metadata=self._beside)
        except grpc.RpcError as error:
            code = error.code()
            raise HostError(method, f"{error.details() or code.name}", retryable=code in _AGAIN) from error
        if getattr(answer, "success", True):
            return answer
        raise HostError(method, answer.error or "refused, without saying why")

    def _call(self, service: str, method: str, fields: Mapping[str, Any]) -> tuple[Any, Any]:
        address = {ATS_STORE: self._at.attestations, QUEUE: self._at.queue, SCHEDULE: self._at.schedules}[service]
        if not address:
            raise HostError(method, f"this host does not offer {service}")
        asked, answered = shapes(service, method)
        call = self._channels.to(address).unary_unary(
            f"/{service}/{method}",
            request_serializer=asked.SerializeToString,
            response_deserializer=answered.FromString,
        )
        return call, asked(auth_token=self._at.token, **fields)


def _made(item: Mapping[str, Any] | Sequence[Any]) -> Attestation:
    names = ("subjects", "predicates", "contexts", "actors", "attributes", "timestamp")
    given = dict(item) if isinstance(item, Mapping) else dict(zip(names, item, strict=False))
    unknown = set(given) - set(names)
    if unknown:
        raise ValueError(f"{', '.join(sorted(unknown))}: no such part of an attestation")
    return made.make(*(given.get(name) for name in names))


def _queued(job: Any) -> QueuedJob:
    progress = (job.progress.current, job.progress.total) if job.HasField("progress") else None
    return QueuedJob(
        id=job.id,
        handler=job.handler_name,
        status=job.status,
        payload=job.payload,
        error=job.error,
        cost=job.cost_actual,
        progress=progress,
    )
