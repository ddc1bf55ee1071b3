"""Commands and jobs: ask for runs, look at them, cancel and repeat them."""

from __future__ import annotations

from functools import partial

from qntx_desktop.api.models import EXECUTION, JOB, answer_of
from qntx_desktop.api.route import Answer, Asked, Route
from qntx_desktop.api.routes.python import check_script
from qntx_desktop.api.shapes import AnyObject, Flag, ListOf, OrNull, Text, Whole, optional
from qntx_desktop.model.api_token import Scope
from qntx_desktop.model.errors import ErrInvalidRequest
from qntx_desktop.model.job import PYTHON_SCRIPT, JobFilter, JobRequest, JobStatus, Priority, Trigger

WAIT_S = 300.0
_ID = Whole(low=1, high=2**53)
_LIMIT = Whole(low=1, high=1_000)
_REFERENCE = Text(fewest=1, most=200)


async def _ix(asked: Asked) -> Answer:
    services = asked.desk.services
    job = await asked.desk.run(
        partial(services.runs.ix, asked.body["command"], base=None, bare=True, trigger=Trigger.API)
    )
    if not asked.query.get("wait"):
        return Answer(status=202, body={"job": job.to_json()})
    job = await asked.desk.waiting.rested(job.id, WAIT_S)
    if not job.ended:
        return Answer(status=202, body={"job": job.to_json()})
    execution = await asked.desk.run(lambda: services.queue.execution_of(job.id, with_ids=True))
    return Answer(body={"job": job.to_json(), "execution": execution.to_json() if execution else None})


def _create(asked: Asked) -> Answer:
    body = asked.body
    if ("reference_type" in body) != ("reference_id" in body):
        raise ErrInvalidRequest("body.reference_id", "and reference_type go together")
    request = JobRequest(
        type=body["type"],
        payload=body["payload"],
        priority=body.get("priority", Priority.MANUAL),
        reference_type=body.get("reference_type"),
        reference_id=body.get("reference_id"),
        trigger=Trigger.API,
    )
    services = asked.desk.services
    if request.type == PYTHON_SCRIPT:
        services.queue.check(request)
        if request.payload.get("handler") is None:
            check_script(asked, request.payload["script_code"])
    return Answer(status=201, body=services.queue.enqueue(request).to_json())


def _list(asked: Asked) -> Answer:
    query = asked.query
    status = query.get("status")
    wanted = JobFilter(
        status=JobStatus(status) if status else None,
        type=query.get("type"),
        limit=query.get("limit", 100),
        before_id=query.get("before"),
    )
    return Answer(body=[job.to_json() for job in asked.desk.services.queue.list(wanted)])


def _show(asked: Asked) -> Answer:
    return Answer(body=asked.desk.services.queue.get(asked.path["id"]).to_json())


def _cancel(asked: Asked) -> Answer:
    return Answer(body=asked.desk.services.runner.cancel(asked.path["id"]).to_json())


def _retry(asked: Asked) -> Answer:
    return Answer(status=201, body=asked.desk.services.queue.retry(asked.path["id"]).to_json())


def _executions(asked: Asked) -> Answer:
    queue = asked.desk.services.queue
    job_id = asked.query.get("job_id")
    if job_id is not None:
        queue.get(job_id)
        found = [each.to_json() for each in queue.executions(job_id)]
        return Answer(body=found[-asked.query.get("limit", 100) :][::-1])
    wanted = JobFilter(limit=asked.query.get("limit", 100), before_id=asked.query.get("before"))
    newest = (queue.execution_of(job.id, with_ids=True) for job in queue.list(wanted))
    return Answer(body=[each.to_json() for each in newest if each is not None])


ROUTES = (
    Route(
        method="POST",
        path="/api/ix",
        summary="Ask for a run of an IX command, paths absolute; with `wait=1` the answer is how it ended",
        scope=Scope.EXECUTE,
        answers={202: answer_of(job=JOB), 200: answer_of(job=JOB, execution=OrNull(EXECUTION))},
        begin=_ix,
        query={"wait": Flag()},
        body=optional({"command": Text(most=200_000)}, "command"),
    ),
    Route(
        method="POST",
        path="/api/pulse/jobs",
        summary="Put a job into the queue, or join the pending one of the same reference",
        scope=Scope.EXECUTE,
        answers={201: JOB},
        work=_create,
        body=optional(
            {
                "type": Text(fewest=1, most=200),
                "payload": AnyObject(),
                "priority": Whole(low=-1_000_000, high=1_000_000),
                "reference_type": _REFERENCE,
                "reference_id": _REFERENCE,
            },
            "type",
            "payload",
        ),
    ),
    Route(
        method="GET",
        path="/api/pulse/jobs",
        summary="Jobs, newest first; `before` is the id that the last page ended with",
        scope=Scope.READ,
        answers={200: ListOf(JOB)},
        work=_list,
        query={
            "status": Text(choices=tuple(JobStatus)),
            "type": Text(fewest=1, most=200),
            "limit": _LIMIT,
            "before": _ID,
        },
    ),
    Route(
        method="GET",
        path="/api/pulse/jobs/{id}",
        summary="One job",
        scope=Scope.READ,
        answers={200: JOB},
        work=_show,
        params={"id": _ID},
    ),
    Route(
        method="POST",
        path="/api/pulse/jobs/{id}/cancel",
        summary="Cancel a pending job, or ask a running one to stop",
        scope=Scope.EXECUTE,
        answers={200: JOB},
        work=_cancel,
        params={"id": _ID},
    ),
    Route(
        method="POST",
        path="/api/pulse/jobs/{id}/retry",
        summary="Do an ended job again, as a new job",
        scope=Scope.EXECUTE,
        answers={201: JOB},
        work=_retry,
        params={"id": _ID},
    ),
    Route(
        method="GET",
        path="/api/pulse/executions",
        summary="The newest attempt of each job, or all attempts at one, newest first",
        scope=Scope.READ,
        answers={200: ListOf(EXECUTION)},
        work=_executions,
        query={"job_id": _ID, "limit": Whole(low=1, high=100), "before": _ID},
    ),
)
