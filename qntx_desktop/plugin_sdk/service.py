"""A plugin as the host calls it: the messages of the protocol turned into calls of its methods, and back.

Threads of the gRPC server. Nothing that the plugin's own code does gets past a method of this class unsaid: an
exception becomes the error of the job, the status of the request or the message of the health.
"""

from __future__ import annotations

import json
import math
import threading
import traceback
from collections.abc import Callable, Mapping
from typing import Any

import grpc

from qntx_desktop.plugin_sdk.declaring import Every, Handler, Route, Watch, handlers_of, marks_of
from qntx_desktop.plugin_sdk.errors import Cancelled, HTTPError, SettingError
from qntx_desktop.plugin_sdk.host import Channels, Endpoints, Host
from qntx_desktop.plugin_sdk.http import Request, Response, as_response, match, split_target
from qntx_desktop.plugin_sdk.job import Job
from qntx_desktop.plugin_sdk.plugin import Plugin, check
from qntx_desktop.plugin_sdk.settings import read_settings
from qntx_desktop.protocol import domain_pb2 as pb

Answer = Callable[[Any, grpc.ServicerContext], Any]
TURN_WAIT_S = 0.5
"""A job that waits for its turn looks so often whether it is still wanted."""


class Service:
    """Serves one plugin.

    Args:
        plugin: An instance; not started.
        shutdown: Called when the host asks the process to end; must not block.
    """

    def __init__(self, plugin: Plugin, shutdown: Callable[[], None]) -> None:
        check(type(plugin))
        self.plugin = plugin
        self._shutdown = shutdown
        self._marked = marks_of(type(plugin))
        self._handlers = handlers_of(self._marked)
        self._channels = Channels()
        self._lock = threading.Lock()
        self._started = False
        self._jobs: dict[int, Job] = {}
        self._is_bare = False
        self._idle = threading.Condition()
        self._calls = 0
        self._turns = threading.BoundedSemaphore(plugin.at_once)

    def methods(self) -> Mapping[str, Answer]:
        """The methods of the protocol that a plugin of this SDK answers."""
        answers = {
            "Metadata": self._metadata,
            "Initialize": self._initialize,
            "ExecuteJob": self._execute,
            "HandleHTTP": self._http,
            "Health": self._health,
            "ConfigSchema": self._schema,
            "Shutdown": self._end,
        }
        return {name: self._counted(answer) for name, answer in answers.items()}

    def wait_until_idle(self, seconds: float) -> bool:
        """Wait until no call runs; says whether that came."""
        with self._idle:
            return self._idle.wait_for(lambda: self._calls == 0, seconds)

    def stop_jobs(self) -> None:
        """Ask everything that runs to stop."""
        with self._lock:
            running = list(self._jobs.values())
        for job in running:
            job.stop()

    def close(self) -> None:
        """Stop the plugin and let go of the host; may be called twice."""
        self.stop_jobs()
        with self._lock:
            started, self._started = self._started, False
        if started:
            try:
                self.plugin.stop()
            except Exception:
                self.plugin.log.exception("stop() failed")
        self._channels.close()

    def _counted(self, answer: Answer) -> Answer:
        def call(request: Any, context: grpc.ServicerContext) -> Any:
            with self._idle:
                self._calls += 1
            try:
                return answer(request, context)
            finally:
                with self._idle:
                    self._calls -= 1
                    self._idle.notify_all()

        return call

    def _metadata(self, _request: Any, _context: object) -> Any:
        kind = self.plugin
        return pb.MetadataResponse(
            name=kind.name,
            version=kind.version,
            qntx_version=kind.host_version,
            description=kind.description,
            author=kind.author,
            license=kind.license,
        )

    def _initialize(self, request: Any, context: grpc.ServicerContext) -> Any:
        self.close()  # a host may begin anew
        endpoints = Endpoints(
            attestations=request.ats_store_endpoint,
            queue=request.queue_endpoint,
            schedules=request.schedule_endpoint,
            token=request.auth_token,
        )
        self._channels = Channels()
        self.plugin.host = Host(endpoints, self._channels)
        try:
            self.plugin.config = read_settings(self.plugin.settings, request.config)
            self.plugin.start()
        except SettingError as error:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))
        except Exception as error:
            self.plugin.log.exception("start() failed")
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, told(error))
        with self._lock:
            self._started = True
        return self._announced()

    def _announced(self) -> Any:
        answer = pb.InitializeResponse(handler_names=list(self._handlers))
        for method, marks in self._marked:
            names = [mark.name for mark in marks if isinstance(mark, Handler)]
            for mark in marks:
                if isinstance(mark, Every):
                    answer.schedules.add(
                        handler_name=names[0],
                        interval_seconds=mark.seconds,
                        enabled_by_default=mark.enabled,
                        description=mark.description,
                    )
                elif isinstance(mark, Watch):
                    answer.watchers.add(
                        id=mark.id or method,
                        handler_name=names[0],
                        subjects=mark.subjects,
                        predicates=mark.predicates,
                        contexts=mark.contexts,
                        actors=mark.actors,
                        max_fires_per_second=mark.most_per_second,
                    )
        return answer

    def _execute(self, request: Any, context: grpc.ServicerContext) -> Any:
        limit_s = float(request.timeout_secs) if request.HasField("timeout_secs") else None
        left_s = context.time_remaining()
        limits = [each for each in (limit_s, left_s) if each is not None and each > 0]
        job = Job(
            request.job_id,
            request.handler_name,
            request.payload,
            self.plugin.host,
            self.plugin.log,
            timeout_s=min(limits, default=None),
        )
        if not context.add_callback(job.stop):
            job.stop()  # it was over before it began
        with self._lock:
            self._jobs[id(job)] = job
        try:
            return self._answer(job, *self._run(job))
        finally:
            with self._lock:
                self._jobs.pop(id(job), None)

    def _run(self, job: Job) -> tuple[bytes, str]:
        """Run a job's handler; returns the result as JSON, and the error, of which one is empty."""
        method = self._handlers.get(job.handler)
        if method is None:
            known = ", ".join(self._handlers) or "none"
            return b"", f"{self.plugin.name} has no handler '{job.handler}'. It has: {known}."
        if not self._started:
            return b"", f"{self.plugin.name} was not initialized yet."
        try:
            self._wait_for_turn(job)
        except Cancelled as error:
            return b"", str(error)
        try:
            return _as_json(getattr(self.plugin, method)(job)), ""
        except Cancelled as error:
            return b"", str(error)
        except Exception as error:  # noqa: BLE001 - somebody else's code; it becomes the job's error
            job.log(told(error), "error", stage="failed", traceback=traceback.format_exc(limit=-20))
            return b"", told(error)
        finally:
            self._turns.release()

    def _wait_for_turn(self, job: Job) -> None:
        while not self._turns.acquire(timeout=min(TURN_WAIT_S, max(0.01, job.remaining_s))):
            job.check()

    def _answer(self, job: Job, result: bytes, error: str) -> Any:
        account = job.account
        answer = pb.ExecuteJobResponse(
            success=not error,
            error=error,
            result=result,
            progress_current=account.current,
            progress_total=account.total,
            cost_actual=account.cost_usd,
            plugin_version=self.plugin.version,
        )
        for line in account.lines:
            answer.log_entries.add(
                timestamp=line.timestamp,
                level=line.level,
                message=line.message,
                stage=line.stage,
                metadata=line.metadata,
            )
        if account.dropped:
            answer.log_entries.add(level="warn", message=f"{account.dropped:,} further lines were dropped.")
        return answer

    def _http(self, request: Any, _context: object) -> Any:
        answer = self._respond(request)
        response = pb.HTTPResponse(status_code=answer.status, body=answer.body)
        for name, value in answer.headers.items():
            response.headers.add(name=name, values=[value] if isinstance(value, str) else list(value))
        return response

    def _respond(self, request: Any) -> Response:
        path, query = split_target(request.path, "" if self._is_bare else self.plugin.name)
        # A host that leaves out `/api/<plugin>` once means it always: what begins so is then a second try of it.
        self._is_bare = self._is_bare or not request.path.lstrip("/").startswith(f"api/{self.plugin.name}")
        found, allowed = self._route(request.method.upper(), path)
        if found is None:
            status = 405 if allowed else 404
            code = "method_not_allowed" if allowed else "not_found"
            said = f"{path} answers {', '.join(allowed)}." if allowed else f"There is nothing at {path}."
            return Response.of_error(status, code, said)
        method, params = found
        asked = Request(
            method=request.method.upper(),
            path=path,
            body=request.body,
            params=params,
            query=query,
            headers={header.name.lower(): tuple(header.values) for header in request.headers},
        )
        try:
            return as_response(getattr(self.plugin, method)(asked))
        except HTTPError as error:
            return Response.of_error(error.status, "request_refused", error.message)
        except Exception as error:
            self.plugin.log.exception("%s %s failed: %s", request.method, path, told(error))
            return Response.of_error(500, "plugin_failed", f"{self.plugin.name} failed; its log says why.")

    def _route(self, verb: str, path: str) -> tuple[tuple[str, dict[str, str]] | None, list[str]]:
        allowed: list[str] = []
        for method, marks in self._marked:
            for mark in marks:
                params = match(mark.path, path) if isinstance(mark, Route) else None
                if params is not None and isinstance(mark, Route):
                    if mark.method == verb:
                        return (method, params), allowed
                    allowed.append(mark.method)
        return None, allowed

    def _health(self, _request: Any, _context: object) -> Any:
        with self._lock:
            running = len(self._jobs)
        details = {"jobs": str(running)}
        try:
            details |= {name: str(value) for name, value in (self.plugin.health() or {}).items()}
        except Exception as error:  # noqa: BLE001 - somebody else's code; it becomes the message
            return pb.HealthResponse(healthy=False, message=told(error), details=details)
        return pb.HealthResponse(healthy=True, message="ok", details=details)

    def _schema(self, _request: Any, _context: object) -> Any:
        answer = pb.ConfigSchemaResponse()
        for name, each in self.plugin.settings.items():
            shape = answer.fields[name]
            shape.type, shape.description = each.kind, each.description
            shape.default_value, shape.required = each.text(each.default), each.required
            shape.min_value, shape.max_value = _bound(each.minimum), _bound(each.maximum)
            shape.pattern = each.pattern
            shape.element_type = each.element_kind if each.kind == "array" else ""
        return answer

    def _end(self, _request: Any, _context: object) -> Any:
        self._shutdown()
        return pb.Empty()


def told(error: BaseException) -> str:
    """An exception in one line: kind, text, and the line of the plugin's own code where it happened."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "qntx_desktop/plugin_sdk" not in frame.filename.replace("\\", "/")]
    where = f" (line {own[-1].lineno} of {own[-1].filename})" if own else ""
    text = str(error)
    return f"{type(error).__name__}{': ' if text else ''}{text}{where}"


def _as_json(result: object) -> bytes:
    if result is None:
        return b""
    return json.dumps(result, ensure_ascii=False, allow_nan=False).encode()


def _bound(number: float | None) -> str:
    return "" if number is None else f"{number:g}" if math.isfinite(number) else ""
