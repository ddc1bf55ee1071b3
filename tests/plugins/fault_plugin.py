"""A plugin with switches: it behaves well unless told to break at one call. `PROGRAM --port N NAME CALL=FAULT ...`

Written against the protocol alone. Calls: Start Metadata Initialize Health ConfigSchema ExecuteJob HandleHTTP
Shutdown. Faults: crash hang slow garbage error unimplemented huge flood exit; at Start also: silent, port, noise;
of Metadata: name, version; of Initialize: empty, many. `era=legacy` attests as before 2026.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc

from qntx_desktop.protocol import atsstore_pb2 as ats
from qntx_desktop.protocol import domain_pb2 as pb
from qntx_desktop.protocol import lenient_pb2 as lenient
from qntx_desktop.protocol import queue_pb2 as queue
from qntx_desktop.protocol import schedule_pb2 as schedule
from qntx_desktop.protocol.services import (
    ATS_STORE,
    MESSAGE_OPTIONS,
    PLUGIN,
    QUEUE,
    SCHEDULE,
    SERVICES,
    Method,
    Stub,
    serve,
)

HUGE_BYTES = 101 * 1024 * 1024
FOREVER = threading.Event()


class Plugin:
    def __init__(self, name: str, switches: dict[str, str]) -> None:
        self.name = name
        self.switches = switches
        self.asked: Any = None
        self.closing = threading.Event()

    def fault(self, call: str, context: Any) -> bytes | None:
        """Break, or give the bytes of an answer, or None to go on."""
        fault = self.switches.get(call, "")
        if fault == "crash":
            os.kill(os.getpid(), signal.SIGKILL)
        if fault == "exit":
            os._exit(3)
        if fault == "hang":
            FOREVER.wait()
        if fault == "slow":
            time.sleep(0.3)
        if fault == "error":
            context.abort(grpc.StatusCode.INTERNAL, f"{call} is broken")
        if fault == "unimplemented":
            context.abort(grpc.StatusCode.UNIMPLEMENTED, "")
        if fault == "garbage":
            return b"\xff\xfe\x00garbage\xff" * 20
        if fault == "huge":
            return b"\x1a\x80\x80\x80\x31" + b"x" * HUGE_BYTES
        return None

    def answer(self, call: str) -> Any:
        method = getattr(self, call)

        def answered(request: Any, context: Any) -> Any:
            broken = self.fault(call, context)
            return broken if broken is not None else method(request, context).SerializeToString()

        return answered

    def Metadata(self, _request: Any, _context: Any) -> Any:
        fault = self.switches.get("Metadata")
        return pb.MetadataResponse(
            name="impostor" if fault == "name" else self.name,
            version="1.2.3",
            qntx_version=">=99" if fault == "version" else "what is this" if fault == "constraint" else ">=0.1",
            description="Breaks where it is told to.",
        )

    def Initialize(self, request: Any, _context: Any) -> Any:
        self.asked = request
        fault = self.switches.get("Initialize")
        if fault == "empty":
            return pb.InitializeResponse()
        handlers = ["report", "echo", "ix.weather", "attest", "enqueue", "nap", "tell", "mute"]
        if fault == "many":
            handlers += [f"h{number}" for number in range(500)] + ["bad name", "../x"]
        watcher = pb.WatcherRegistration(id="w", handler_name="echo", predicates=["rains"], max_fires_per_second=5)
        return pb.InitializeResponse(
            handler_names=handlers,
            schedules=[pb.ScheduleInfo(handler_name="report", interval_seconds=3600, enabled_by_default=True)],
            watchers=[watcher] if "watch" in self.switches else [],
        )

    def Health(self, _request: Any, _context: Any) -> Any:
        return pb.HealthResponse(healthy=self.switches.get("Health") != "ill", message="as told")

    def ConfigSchema(self, _request: Any, _context: Any) -> Any:
        field = pb.ConfigFieldSchema
        return pb.ConfigSchemaResponse(
            fields={
                "city": field(type="string", required=True, default_value="Oslo", pattern="^[A-Z]"),
                "every": field(type="int", min_value="1", max_value="60"),
                "odd": field(type="wormhole", min_value="much", max_value="NaN", pattern="(["),
            }
        )

    def Shutdown(self, _request: Any, _context: Any) -> Any:
        self.closing.set()
        return pb.Empty()

    def HandleHTTP(self, request: Any, _context: Any) -> Any:
        said = {"method": request.method, "path": request.path, "body": request.body.decode()}
        return pb.HTTPResponse(
            status_code=201,
            headers=[pb.HTTPHeader(name="X-Plugin", values=[self.name])],
            body=json.dumps(said).encode(),
        )

    def ExecuteJob(self, request: Any, context: Any) -> Any:
        if self.switches.get("ExecuteJob") == "flood":
            lines = [pb.JobLogEntry(level="info", message="x" * 9_000) for _ in range(5_000)]
            return pb.ExecuteJobResponse(success=True, log_entries=lines)
        handlers = {"attest": self._attest, "enqueue": self._enqueue, "nap": self._nap, "tell": self._tell}
        found = handlers.get(request.handler_name)
        if found is not None:
            return found(request, context)
        if request.handler_name == "mute":
            return pb.ExecuteJobResponse(success=True, result=b"{}")
        if self.switches.get("ExecuteJob") == "refuse":
            return pb.ExecuteJobResponse(success=False, error="no rain today", cost_actual=float("nan"))
        said = {"handler": request.handler_name, "payload": request.payload.decode("utf-8", "replace")}
        return pb.ExecuteJobResponse(
            success=True,
            result=json.dumps(said).encode(),
            progress_current=3,
            progress_total=4,
            cost_actual=float("nan") if request.handler_name == "echo" else 0.25,
            log_entries=[pb.JobLogEntry(level="warn", message="cloudy", stage="look")],
            plugin_version="1.2.3",
        )

    def _nap(self, _request: Any, context: Any) -> Any:
        print("napping", flush=True)
        ended = threading.Event()
        context.add_callback(ended.set)
        ended.wait()
        print("woken", flush=True)
        return pb.ExecuteJobResponse(success=True)

    def _tell(self, _request: Any, _context: Any) -> Any:
        said = {
            "config": dict(self.asked.config),
            "environment": sorted(os.environ),
            "pid": os.getpid(),
            "token": self.asked.auth_token,
        }
        return pb.ExecuteJobResponse(success=True, result=json.dumps(said).encode())

    def _attest(self, request: Any, _context: Any) -> Any:
        said = json.loads(request.payload or b"{}")
        token = "wrong" if said.get("token") == "wrong" else self.asked.auth_token
        with grpc.insecure_channel(self.asked.ats_store_endpoint, options=MESSAGE_OPTIONS) as channel:
            if self.switches.get("era") == "legacy":
                return self._attest_as_before(channel, token)
            stub = Stub(channel, ATS_STORE)
            command = ats.AttestationCommand(
                subjects=said.get("subjects", ["oslo"]),
                predicates=said.get("predicates", []),
                actors=["station"],
                source_version="1.2.3",
            )
            command.attributes.update(said.get("attributes", {"mm": 4, "odd": [1.5, None, True]}))
            if "timestamp" in said:
                command.timestamp = said["timestamp"]
            made = stub.GenerateAndCreateAttestation(
                ats.GenerateAttestationRequest(auth_token=token, command=command), timeout=60
            )
            asked = ats.GetAttestationsRequest(
                auth_token=token, filter=ats.AttestationFilter(subjects=["oslo"], limit=10)
            )
            found = stub.GetAttestations(asked, timeout=60)
            streamed = list(stub.GetAttestationsStream(asked, timeout=60)) if token != "wrong" else []
        said = {
            "success": made.success,
            "error": made.error,
            "id": made.attestation.id,
            "timestamp": made.attestation.timestamp,
            "found": [each.id for each in found.attestations],
            "streamed": [each.id for each in streamed],
        }
        return pb.ExecuteJobResponse(success=True, result=json.dumps(said).encode())

    def _attest_as_before(self, channel: Any, token: str) -> Any:
        """With seconds, and attributes as text: what a plugin of 2025 has on the wire."""
        call = channel.unary_unary(
            f"/{ATS_STORE}/GenerateAndCreateAttestation",
            request_serializer=lenient.GenerateAttestationRequest.SerializeToString,
            response_deserializer=lenient.GenerateAttestationResponse.FromString,
        )
        command = lenient.AttestationCommand(
            subjects=["oslo"], predicates=["rains"], timestamp=1_700_000_000, attributes=b'{"mm": 4}'
        )
        made = call(lenient.GenerateAttestationRequest(auth_token=token, command=command), timeout=60)
        said = {
            "timestamp": made.attestation.timestamp,
            "attributes": made.attestation.attributes.decode(),
            "error": made.error,
        }
        return pb.ExecuteJobResponse(success=True, result=json.dumps(said).encode())

    def _enqueue(self, _request: Any, _context: Any) -> Any:
        token = self.asked.auth_token
        with grpc.insecure_channel(self.asked.queue_endpoint) as channel:
            jobs, slots = Stub(channel, QUEUE), Stub(channel, SCHEDULE)
            job = queue.Job(handler_name="echo", payload=b"\x00\xffraw")
            made = jobs.Enqueue(queue.EnqueueRequest(auth_token=token, job=job), timeout=60)
            seen = jobs.GetJob(queue.GetJobRequest(auth_token=token, job_id=made.job_id), timeout=60)
            stranger = jobs.Enqueue(
                queue.EnqueueRequest(auth_token=token, job=queue.Job(handler_name="python.script")), timeout=60
            )
            listed = jobs.ListJobs(queue.ListJobsRequest(auth_token=token), timeout=60)
            slot = slots.CreateSchedule(
                schedule.CreateScheduleRequest(
                    auth_token=token, handler_name="echo", interval_seconds=600, payload=b"{}"
                ),
                timeout=60,
            )
            paused = slots.PauseSchedule(
                schedule.PauseScheduleRequest(auth_token=token, schedule_id=slot.schedule_id), timeout=60
            )
            read = slots.GetSchedule(
                schedule.GetScheduleRequest(auth_token=token, schedule_id=slot.schedule_id), timeout=60
            )
        said = {
            "job": made.job_id,
            "payload": seen.job.payload.hex(),
            "stranger": stranger.error,
            "listed": len(listed.jobs),
            "schedule": slot.schedule_id,
            "paused": paused.success,
            "state": read.job.state,
        }
        return pb.ExecuteJobResponse(success=True, result=json.dumps(said).encode())


def main(words: list[str]) -> None:
    port, name = int(words[1]), words[2]
    switches = dict(word.partition("=")[::2] for word in words[3:])
    plugin = Plugin(name, switches)
    start = switches.get("Start")
    if start == "exit":
        print("no thanks", file=sys.stderr)
        sys.exit(7)
    if start == "noise":
        for number in range(20):
            print(f"noise {number} \x1b[31m", flush=True)
        print('{"level": "error", "msg": "as json"}', flush=True)
    if start == "flood":
        sys.stdout.write("y" * 3_000_000 + "\n" + "line\n" * 50_000)
        sys.stdout.flush()
    if start == "child" and os.fork() == 0:
        os.setsid()
        FOREVER.wait()
    if start == "deaf":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if start == "silent":
        FOREVER.wait()
    pool = ThreadPoolExecutor(8)
    server = grpc.server(pool, options=(*MESSAGE_OPTIONS, ("grpc.so_reuseport", 0)))
    methods = {
        call: Method(request=each.request, response=_Bytes) for call, each in SERVICES[PLUGIN].items()
    }
    calls = ("Metadata", "Initialize", "Health", "ConfigSchema", "ExecuteJob", "HandleHTTP", "Shutdown")
    answers = {call: plugin.answer(call) for call in calls}
    serve(server, PLUGIN, answers, methods)
    if start == "port":
        own = server.add_insecure_port("127.0.0.1:0")
        print(f"QNTX_PLUGIN_PORT={own}", flush=True)
    elif start == "squatter":  # somebody else got the port in between
        squatter = socket.create_server(("127.0.0.1", port))
        own = server.add_insecure_port("127.0.0.1:0")
        print(f"QNTX_PLUGIN_PORT={own}", flush=True)
        del squatter
    else:
        server.add_insecure_port(f"127.0.0.1:{port}")
    server.start()
    if start == "deaf":
        FOREVER.wait()
    plugin.closing.wait()
    server.stop(1).wait()
    pool.shutdown()


class _Bytes:
    """An answer that is bytes already."""

    @staticmethod
    def SerializeToString(data: bytes) -> bytes:
        return data


if __name__ == "__main__":
    main(sys.argv[1:])
