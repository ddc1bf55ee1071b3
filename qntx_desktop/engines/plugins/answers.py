"""The answering end: our three services, on a port and with threads of its own for each plugin. Hides grpc.

Source: the plugin protocol. Errors travel in the answer; only where an answer has no room for them (whether an
attestation exists, a stream) the call itself fails.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import grpc

from qntx_desktop.engines.plugins.desk import Asked, Claimed, Desk
from qntx_desktop.engines.plugins.eras import Spelling
from qntx_desktop.engines.plugins.shim import Shim
from qntx_desktop.model.attestation import Attestation
from qntx_desktop.model.clock import iso
from qntx_desktop.model.errors import ErrUnexpected, QntxError
from qntx_desktop.model.job import Job, JobStatus
from qntx_desktop.model.schedule import Schedule
from qntx_desktop.protocol import atsstore_pb2 as ats
from qntx_desktop.protocol import lenient_pb2 as lenient
from qntx_desktop.protocol import queue_pb2 as queue
from qntx_desktop.protocol import schedule_pb2 as schedule
from qntx_desktop.protocol.services import (
    ATS_STORE,
    MESSAGE_OPTIONS,
    QUEUE,
    SCHEDULE,
    SERVICES,
    Method,
    serve,
)

_log = logging.getLogger(__name__)

THREADS = 4
MOST_AT_ONCE = 32
"""Further calls of the same plugin are refused while so many are under way; other plugins have their own."""
USUAL_LIMIT = 100
MOST_LISTED = 100_000
JOB_HEADER = "qntx-job"
"""In the metadata of a call: the job that it belongs to, for plugins that run several at once."""
_LENIENT = {
    "GenerateAndCreateAttestation": Method(
        request=lenient.GenerateAttestationRequest, response=lenient.GenerateAttestationResponse
    ),
    "BatchGenerateAndCreateAttestations": Method(
        request=lenient.BatchGenerateAttestationsRequest, response=ats.BatchGenerateAttestationsResponse
    ),
    "CreateAttestation": Method(
        request=lenient.CreateAttestationRequest, response=ats.CreateAttestationResponse
    ),
    "GetAttestations": Method(request=ats.GetAttestationsRequest, response=lenient.GetAttestationsResponse),
    "GetAttestationsStream": Method(
        request=ats.GetAttestationsRequest, response=lenient.Attestation, streams_responses=True
    ),
}
_NO_TOKEN = "The token is not the one of this start."
_STATUS = {JobStatus.PENDING: "queued"}
_WORDS = {"queued": JobStatus.PENDING, **{str(each): each for each in JobStatus}}


class Answers:
    """Serves one start of one plugin on 127.0.0.1.

    Args:
        mend: Whether the plugin's HTTP/2 is repaired on the way.
    """

    def __init__(self, desk: Desk, spelling: Spelling, token: str, *, mend: bool = False) -> None:
        self._token = token.encode()
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="plugin-answers")
        self._server = grpc.server(
            self._pool,
            options=(*MESSAGE_OPTIONS, ("grpc.so_reuseport", 0)),
            maximum_concurrent_rpcs=MOST_AT_ONCE,
        )
        for service, room in (
            (ATS_STORE, _Attestations(desk, spelling)),
            (QUEUE, _Queue(desk)),
            (SCHEDULE, _Schedules(desk)),
        ):
            found = {name: self._checked(name, service, getattr(room, name)) for name in SERVICES[service]}
            serve(self._server, service, found, _LENIENT)
        self.port = int(self._server.add_insecure_port("127.0.0.1:0"))
        self._server.start()
        self._shim = Shim(self.port) if mend else None
        if self._shim is not None:
            self.port = self._shim.port

    def close(self) -> None:
        """Answer nothing any more; calls under way are cancelled."""
        if self._shim is not None:
            self._shim.close()
        self._server.stop(None).wait()
        self._pool.shutdown()

    def _checked(self, name: str, service: str, answer: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
        """Look at the token first, and put errors where they belong."""
        method = _LENIENT.get(name, SERVICES[service][name])

        def checked(request: Any, context: Any) -> Any:
            try:
                self._authorize(request)
                return answer(request, context)
            except QntxError as error:
                told = f"{error.message} {error.hint}".strip()
            except Exception as error:  # noqa: BLE001 - a defect of ours must reach the log, and the plugin an answer
                _log.exception("%s of a plugin failed", name)
                told = ErrUnexpected(type(error).__name__).message
            return _refused(method, context, told)

        def streamed(request: Any, context: Any) -> Iterator[Any]:
            try:
                self._authorize(request)
                yield from answer(request, context)
            except QntxError as error:
                _refused(method, context, f"{error.message} {error.hint}".strip())

        return streamed if method.streams_responses else checked

    def _authorize(self, request: Any) -> None:
        if not hmac.compare_digest(request.auth_token.encode(), self._token):
            raise QntxError("unauthorized", _NO_TOKEN, "Use the one of Initialize.")


def _refused(method: Method, context: Any, told: str) -> Any:
    if "error" in method.response.DESCRIPTOR.fields_by_name:
        return method.response(error=told)
    code = grpc.StatusCode.UNAUTHENTICATED if told.startswith("The token") else grpc.StatusCode.FAILED_PRECONDITION
    return context.abort(code, told)


@dataclass(frozen=True)
class _Attestations:
    desk: Desk
    spelling: Spelling

    def GenerateAndCreateAttestation(self, request: Any, context: Any) -> Any:  # noqa: N802 - the protocol's names
        (made,) = self.desk.attest([self._claimed(request.command)], _job_id(context))
        return lenient.GenerateAttestationResponse(success=True, attestation=self._message(made))

    def BatchGenerateAndCreateAttestations(self, request: Any, context: Any) -> Any:  # noqa: N802
        made = self.desk.attest([self._claimed(each) for each in request.commands], _job_id(context))
        return ats.BatchGenerateAttestationsResponse(success=True, created=len(made))

    def CreateAttestation(self, request: Any, context: Any) -> Any:  # noqa: N802
        self.desk.attest([self._claimed(request.attestation)], _job_id(context))
        return ats.CreateAttestationResponse(success=True)

    def AttestationExists(self, request: Any, _context: Any) -> Any:  # noqa: N802
        return ats.AttestationExistsResponse(exists=self.desk.exists(request.id))

    def GetAttestations(self, request: Any, _context: Any) -> Any:  # noqa: N802
        found = self.desk.find(self._asked(request.filter, USUAL_LIMIT))
        return lenient.GetAttestationsResponse(success=True, attestations=[self._message(each) for each in found])

    def GetAttestationsStream(self, request: Any, context: Any) -> Iterator[Any]:  # noqa: N802
        for each in self.desk.find(self._asked(request.filter, None)):
            if not context.is_active():
                return
            yield self._message(each)

    def _claimed(self, said: Any) -> Claimed:
        """A command or a whole attestation; the attributes first, because they tell the era."""
        attributes = self.spelling.read_attributes(said.attributes)
        is_command = isinstance(said, lenient.AttestationCommand)
        has_time = said.HasField("timestamp") if is_command else bool(said.timestamp)
        if is_command and said.source_version:
            attributes["source_version"] = said.source_version
        return Claimed(
            subjects=tuple(said.subjects),
            predicates=tuple(said.predicates),
            contexts=tuple(said.contexts),
            actors=tuple(said.actors),
            attributes=attributes,
            timestamp_us=self.spelling.read_time_us(said.timestamp) if has_time and said.timestamp else None,
            source=said.source,
            asid=None if is_command else said.id or None,
        )

    def _asked(self, said: Any, usual: int | None) -> Asked:
        return Asked(
            subjects=tuple(said.subjects),
            predicates=tuple(said.predicates),
            contexts=tuple(said.contexts),
            actors=tuple(said.actors),
            since_us=self.spelling.read_time_us(said.time_start) if said.time_start else None,
            until_us=self.spelling.read_time_us(said.time_end) if said.time_end else None,
            limit=min(said.limit, MOST_LISTED) if said.limit > 0 else usual,
        )

    def _message(self, stored: Attestation) -> Any:
        return lenient.Attestation(
            id=stored.id,
            subjects=stored.subjects,
            predicates=stored.predicates,
            contexts=stored.contexts,
            actors=stored.actors,
            timestamp=self.spelling.write_time(stored.timestamp_us),
            source=stored.source,
            attributes=self.spelling.write_attributes(stored.attributes),
            created_at=self.spelling.write_time(stored.created_at_us),
        )


@dataclass(frozen=True)
class _Queue:
    desk: Desk

    def Enqueue(self, request: Any, _context: Any) -> Any:  # noqa: N802 - the protocol's names
        made = self.desk.enqueue(request.job.handler_name, request.job.payload)
        return queue.EnqueueResponse(success=True, job_id=str(made.id))

    def GetJob(self, request: Any, _context: Any) -> Any:  # noqa: N802
        return queue.GetJobResponse(success=True, job=self._message(self.desk.job(request.job_id)))

    def UpdateJob(self, request: Any, _context: Any) -> Any:  # noqa: N802
        said = request.job
        progress = (said.progress.current, said.progress.total) if said.HasField("progress") else None
        self.desk.update_job(said.id, said.status, progress, said.cost_actual)
        return queue.UpdateJobResponse(success=True)

    def ListJobs(self, request: Any, _context: Any) -> Any:  # noqa: N802
        limit = min(request.limit, MOST_LISTED) if request.limit > 0 else USUAL_LIMIT
        status = str(_WORDS.get(request.status, request.status))
        found = self.desk.jobs(status, limit)
        return queue.ListJobsResponse(success=True, jobs=[self._message(each) for each in found])

    def _message(self, job: Job) -> Any:
        return queue.Job(
            id=str(job.id),
            handler_name=job.type.partition("/")[2] or job.type,
            payload=self.desk.payload_of(job.payload),
            source=str(job.trigger),
            status=_STATUS.get(job.status, str(job.status)),
            progress=queue.Progress(current=int(job.progress_current), total=int(job.progress_total or 0)),
            cost_actual=job.cost,
            error=str((job.error or {}).get("message", "")),
            retry_count=job.retry_count,
            created_at=job.created_at_us // 1_000_000,
            started_at=(job.started_at_us or 0) // 1_000_000,
            completed_at=(job.completed_at_us or 0) // 1_000_000,
        )


@dataclass(frozen=True)
class _Schedules:
    desk: Desk

    def CreateSchedule(self, request: Any, _context: Any) -> Any:  # noqa: N802 - the protocol's names
        made = self.desk.add_schedule(request.handler_name, request.interval_seconds, request.payload)
        return schedule.CreateScheduleResponse(success=True, schedule_id=str(made.id))

    def PauseSchedule(self, request: Any, _context: Any) -> Any:  # noqa: N802
        self.desk.pause_schedule(request.schedule_id, True)
        return schedule.PauseScheduleResponse(success=True)

    def ResumeSchedule(self, request: Any, _context: Any) -> Any:  # noqa: N802
        self.desk.pause_schedule(request.schedule_id, False)
        return schedule.ResumeScheduleResponse(success=True)

    def DeleteSchedule(self, request: Any, _context: Any) -> Any:  # noqa: N802
        self.desk.remove_schedule(request.schedule_id)
        return schedule.DeleteScheduleResponse(success=True)

    def GetSchedule(self, request: Any, _context: Any) -> Any:  # noqa: N802
        return schedule.GetScheduleResponse(
            success=True, job=self._message(self.desk.schedule(request.schedule_id))
        )

    def _message(self, found: Schedule) -> Any:
        return schedule.ScheduledJob(
            id=str(found.id),
            handler_name=found.type.partition("/")[2] or found.type,
            payload=self.desk.payload_of(found.payload),
            interval_seconds=found.timing.interval_s or 0,
            next_run_at=iso(found.next_run_at_us) or "",
            last_run_at=iso(found.last_run_at_us) or "",
            state=str(found.state),
            created_at=iso(found.created_at_us) or "",
        )


def _job_id(context: Any) -> str:
    for key, value in context.invocation_metadata():
        if key == JOB_HEADER and isinstance(value, str):
            return value
    return ""
