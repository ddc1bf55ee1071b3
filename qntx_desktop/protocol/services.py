"""The four services of the protocol as tables, and the two ends of a call made from them.

Any thread. Hides grpc's generic stubs and handlers. The messages come from the compiler; what it would write for
the calls is little more than these tables, and would insist on the newest grpcio.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import grpc

from qntx_desktop.protocol import atsstore_pb2 as ats
from qntx_desktop.protocol import domain_pb2 as domain
from qntx_desktop.protocol import queue_pb2 as queue
from qntx_desktop.protocol import schedule_pb2 as schedule

MAX_MESSAGE_BYTES = 100 * 1024 * 1024
"""The largest message that either end takes."""
MESSAGE_OPTIONS = (
    ("grpc.max_send_message_length", MAX_MESSAGE_BYTES),
    ("grpc.max_receive_message_length", MAX_MESSAGE_BYTES),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One call: what is said, what is answered, and whether either end streams."""

    request: Any
    response: Any
    streams_requests: bool = False
    streams_responses: bool = False


def _call(request: Any, response: Any) -> Method:
    return Method(request=request, response=response)


PLUGIN = "protocol.DomainPluginService"
ATS_STORE = "protocol.ATSStoreService"
QUEUE = "protocol.QueueService"
SCHEDULE = "protocol.ScheduleService"

SERVICES: Mapping[str, Mapping[str, Method]] = {
    PLUGIN: {
        "Metadata": _call(domain.Empty, domain.MetadataResponse),
        "Initialize": _call(domain.InitializeRequest, domain.InitializeResponse),
        "Shutdown": _call(domain.Empty, domain.Empty),
        "Health": _call(domain.Empty, domain.HealthResponse),
        "ExecuteJob": _call(domain.ExecuteJobRequest, domain.ExecuteJobResponse),
        "HandleHTTP": _call(domain.HTTPRequest, domain.HTTPResponse),
        "HandleWebSocket": Method(
            request=domain.WebSocketMessage,
            response=domain.WebSocketMessage,
            streams_requests=True,
            streams_responses=True,
        ),
        "ConfigSchema": _call(domain.Empty, domain.ConfigSchemaResponse),
        "RegisterGlyphs": _call(domain.Empty, domain.GlyphDefResponse),
        "ParseAxQuery": _call(domain.ParseAxQueryRequest, domain.ParseAxQueryResponse),
    },
    ATS_STORE: {
        "GenerateAndCreateAttestation": _call(ats.GenerateAttestationRequest, ats.GenerateAttestationResponse),
        "BatchGenerateAndCreateAttestations": _call(
            ats.BatchGenerateAttestationsRequest, ats.BatchGenerateAttestationsResponse
        ),
        "CreateAttestation": _call(ats.CreateAttestationRequest, ats.CreateAttestationResponse),
        "AttestationExists": _call(ats.AttestationExistsRequest, ats.AttestationExistsResponse),
        "GetAttestations": _call(ats.GetAttestationsRequest, ats.GetAttestationsResponse),
        "GetAttestationsStream": Method(
            request=ats.GetAttestationsRequest, response=ats.Attestation, streams_responses=True
        ),
    },
    QUEUE: {
        "Enqueue": _call(queue.EnqueueRequest, queue.EnqueueResponse),
        "GetJob": _call(queue.GetJobRequest, queue.GetJobResponse),
        "UpdateJob": _call(queue.UpdateJobRequest, queue.UpdateJobResponse),
        "ListJobs": _call(queue.ListJobsRequest, queue.ListJobsResponse),
    },
    SCHEDULE: {
        "CreateSchedule": _call(schedule.CreateScheduleRequest, schedule.CreateScheduleResponse),
        "PauseSchedule": _call(schedule.PauseScheduleRequest, schedule.PauseScheduleResponse),
        "ResumeSchedule": _call(schedule.ResumeScheduleRequest, schedule.ResumeScheduleResponse),
        "DeleteSchedule": _call(schedule.DeleteScheduleRequest, schedule.DeleteScheduleResponse),
        "GetSchedule": _call(schedule.GetScheduleRequest, schedule.GetScheduleResponse),
    },
}


class Stub:
    """The calling end of a service: one callable for each method, such as `Stub(channel, PLUGIN).Health`.

    Args:
        read_as: Messages to read an answer as in the place of the protocol's, by method.
    """

    def __init__(self, channel: grpc.Channel, service: str, read_as: Mapping[str, Any] | None = None) -> None:
        for name, method in SERVICES[service].items():
            response = (read_as or {}).get(name, method.response)
            kind = f"{_word(method.streams_requests)}_{_word(method.streams_responses)}"
            make = getattr(channel, kind)
            setattr(
                self,
                name,
                make(
                    f"/{service}/{name}",
                    request_serializer=method.request.SerializeToString,
                    response_deserializer=response.FromString,
                ),
            )

    def __getattr__(self, name: str) -> Any:  # for the type checker: the methods are set in __init__
        raise AttributeError(name)


Answer = Callable[[Any, Any], Any]
"""Gets the request and grpc's context, returns the answer."""


def serve(
    server: grpc.Server,
    service: str,
    answers: Mapping[str, Answer],
    messages: Mapping[str, Method] | None = None,
) -> None:
    """Have a server answer a service.

    Args:
        answers: By method; what is missing is answered with UNIMPLEMENTED.
        messages: Messages in the place of the protocol's, by method.
    """
    handlers = {}
    for name, answer in answers.items():
        method = (messages or {}).get(name, SERVICES[service][name])
        kind = f"{_word(method.streams_requests)}_{_word(method.streams_responses)}_rpc_method_handler"
        handlers[name] = getattr(grpc, kind)(
            answer,
            request_deserializer=method.request.FromString,
            response_serializer=method.response.SerializeToString,
        )
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(service, handlers),))


def _word(streams: bool) -> str:
    return "stream" if streams else "unary"
