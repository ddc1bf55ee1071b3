"""Every name that the SDK promises, used by one handler through the real store."""

from __future__ import annotations

import json

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.model.errors import ErrInvalidPayload
from qntx_desktop.model.job import PYTHON_SCRIPT, JobRequest

EVERYTHING = """
import datetime, json, qntx

assert qntx.attest is attest
one = attest("s", "p", "c", actors=["me"], attributes={"n": 1})
assert one["id"].startswith("AS-") and one["actors"][-1] == "me", one
assert qntx.attest_many([{"subjects": "m", "predicates": "p", "contexts": "c"}, ("n", "p", "c")]) == 2
with qntx.batch():
    pending = attest("b", "p", "c")
assert pending["id"].startswith("AS-")
found = qntx.query("s is p of c", limit=5)
assert found[0]["id"] == one["id"], found
try:
    attest([], "p", "c")
except ValueError as error:
    assert str(error).startswith("subjects")
qntx.progress(1, total=2, message="half")
qntx.cost(0.25)
qntx.log("info", "said")
assert qntx.cancelled is False
assert qntx.last_run is None or isinstance(qntx.last_run, datetime.datetime)
qntx.state["runs"] = qntx.state.get("runs", 0) + 1
print(json.dumps([qntx.args, qntx.options, qntx.command, qntx.script_type, qntx.upstream, qntx.payload,
    qntx.state["runs"], qntx.last_run is not None and qntx.last_run.utcoffset() == datetime.timedelta(0)]))
"""


def ran(services: Services, request: JobRequest) -> tuple[str, dict[str, object]]:
    job = services.runner.run_until(services.queue.enqueue(request).id)
    execution = services.queue.execution_of(job.id)
    assert execution is not None
    return execution.stdout, {"error": job.error, "cost": execution.cost, "execution": execution.id}


def test_every_name_works(services: Services) -> None:
    version = services.handlers.create("all", EVERYTHING, source="test")
    handler = {"script_type": "all", "version": version.version, "asid": version.asid}
    request = JobRequest(
        type=PYTHON_SCRIPT,
        payload={
            "script_code": EVERYTHING,
            "script_type": "all",
            "args": ["x", "--k", "v", "--flag"],
            "command": "ix all x --k v --flag",
            "handler": handler,
            "payload": {"event": [1, None, "ü"]},
            "upstream": {"rows": 3},
        },
    )
    for run in (1, 2):
        stdout, facts = ran(services, request)
        assert facts["error"] is None
        assert facts["cost"] == 0.25
        assert json.loads(stdout) == [
            ["x", "--k", "v", "--flag"],
            {"k": "v", "flag": True},
            "ix all x --k v --flag",
            "all",
            {"rows": 3},
            {"event": [1, None, "ü"]},
            run,
            run == 2,
        ]
    lines = services.queue.logs(int(str(facts["execution"])))
    assert [(each.level, each.message) for each in lines] == [("info", "said")]


@pytest.mark.parametrize(
    ("handed", "field"),
    [
        ({"payload": float("nan")}, "payload"),
        ({"payload": object()}, "payload"),
        ({"payload": "x" * (5 << 20)}, "payload"),
        ({"upstream": [1]}, "upstream"),
    ],
)
def test_what_cannot_be_handed_down_is_refused(services: Services, handed: dict[str, object], field: str) -> None:
    payload = {"script_code": "print(1)", "script_type": "x", "args": [], **handed}
    with pytest.raises(ErrInvalidPayload) as caught:
        services.queue.enqueue(JobRequest(type=PYTHON_SCRIPT, payload=payload))
    assert caught.value.details["field"] == field
