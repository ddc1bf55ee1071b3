"""Python sent by a client: run whole, or one expression. Both are jobs, confined like every other.

A script that asks for more than the default is refused: it has no name under which a person could have allowed it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from functools import partial
from typing import Any

from qntx_desktop.api.models import ERROR, EXECUTION, JOB, answer_of
from qntx_desktop.api.route import Answer, Asked, Route
from qntx_desktop.api.shapes import Anything, ListOf, Number, OrNull, Text, optional
from qntx_desktop.model.api_token import Scope
from qntx_desktop.model.errors import ErrJobFailed, ErrPermissionRequired, ErrSyntax
from qntx_desktop.model.handler import MAX_CODE_BYTES
from qntx_desktop.model.job import Execution, Job, Trigger
from qntx_desktop.model.permit import is_enough

LONGEST_S = 600
WAIT_BEYOND_S = 60.0
"""Beyond the time of the run itself, for the jobs before it in the queue."""
EVALUATE_S = 60.0
_SECONDS = Number(over=0, high=LONGEST_S)

_EVALUATE = """\
import json
class _Lines:
    get_source = lambda self, name: {text!r}
def _qntx_evaluate(text):
    __tracebackhide__ = True
    try:
        code = compile(text, __file__, "eval")
    except SyntaxError as error:
        return {{"syntax": [error.msg, error.lineno or 1, error.offset or 1]}}
    value = eval(code, {{"__name__": "__main__", "__loader__": _Lines()}})
    try:
        return {{"value": json.loads(json.dumps(value, allow_nan=False))}}
    except (TypeError, ValueError, RecursionError):
        return {{"value": repr(value)}}
__tracebackhide__ = True
print({mark!r} + json.dumps(_qntx_evaluate({text!r})))
"""
"""The frames that hide are left out of tracebacks, and the expression gives them its own lines."""


def check_script(asked: Asked, code: str) -> None:
    """Refuse code that asks for more than the default, or that is confined worse than when the token was made.

    Raises:
        ErrPermissionRequired, ErrEmptyCode, ErrSyntax: It cannot run.
    """
    bench, client = asked.desk.services.bench, asked.client
    requires = bench.check_code(code)
    key = f"api:{hashlib.sha256(code.encode()).hexdigest()}"
    try:
        bench.permits.check_code(key, requires, "Code from the API")
    except ErrPermissionRequired as error:
        if error.details["asks"] or client is None or not is_enough(error.details["level"], client.level):
            error.hint = "Save it as a handler, then allow that: qntx handler allow NAME"
            raise


def _script_job(asked: Asked, code: str, args: list[str], timeout_s: float | None) -> Job:
    check_script(asked, code)
    return asked.desk.services.runs.script(
        code, args, trigger=Trigger.API, name="script", timeout_s=timeout_s, base=None
    )


async def _ended(asked: Asked, job: Job, at_most_s: float) -> tuple[Job, Execution | None]:
    job = await asked.desk.waiting.rested(job.id, at_most_s)
    queue = asked.desk.services.queue
    return job, await asked.desk.run(lambda: queue.execution_of(job.id, with_ids=True))


async def _execute(asked: Asked) -> Answer:
    body = asked.body
    timeout_s = body.get("timeout_seconds")
    job = await asked.desk.run(partial(_script_job, asked, body["code"], body.get("args", []), timeout_s))
    job, execution = await _ended(asked, job, (timeout_s or LONGEST_S) + WAIT_BEYOND_S)
    if not job.ended or execution is None:
        return Answer(status=202, body={"job": job.to_json()})
    return Answer(body={"execution": execution.to_json(), "job": job.to_json()})


async def _evaluate(asked: Asked) -> Answer:
    mark = f"{secrets.token_hex(8)} "
    code = _EVALUATE.format(mark=mark, text=asked.body["expression"])
    job = await asked.desk.run(partial(_script_job, asked, code, [], EVALUATE_S))
    job, execution = await _ended(asked, job, EVALUATE_S + WAIT_BEYOND_S)
    if not job.ended or execution is None:
        return Answer(status=202, body={"job": job.to_json()})
    if execution.error is not None:
        return Answer(body={"result": None, "error": execution.error, "execution": execution.to_json()})
    return Answer(body={"result": _result(execution.stdout, mark)})


def _result(stdout: str, mark: str) -> Any:
    line = next((each for each in reversed(stdout.split("\n")) if each.startswith(mark)), None)
    if line is None:
        raise ErrJobFailed("no_result", "The expression gave no result that could be read.")
    found = json.loads(line[len(mark) :])
    if "syntax" in found:
        message, row, column = found["syntax"]
        raise ErrSyntax(str(message), int(row), int(column))
    return found["value"]


_STARTED = answer_of(job=JOB)
ROUTES = (
    Route(
        method="POST",
        path="/api/python/execute",
        summary="Run a script and wait for its end; a run that fails is an answer, too. 202: it has not ended yet",
        scope=Scope.EXECUTE,
        answers={200: answer_of(execution=EXECUTION, job=JOB), 202: _STARTED},
        begin=_execute,
        body=optional(
            {
                "code": Text(most=MAX_CODE_BYTES),
                "args": ListOf(Text(most=100_000), 0, 1_000),
                "timeout_seconds": _SECONDS,
            },
            "code",
        ),
    ),
    Route(
        method="POST",
        path="/api/python/evaluate",
        summary="The value of an expression, as JSON or else its repr",
        scope=Scope.EXECUTE,
        answers={
            200: optional({"result": Anything(), "error": OrNull(ERROR), "execution": EXECUTION}, "result"),
            202: _STARTED,
        },
        begin=_evaluate,
        body=optional({"expression": Text(fewest=1, most=50_000)}, "expression"),
        refusals=(422,),
    ),
)
