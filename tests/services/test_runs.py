"""Runs through the real launcher and the real store: what is stamped, what is kept, and what a dry run leaves."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.app.paths import Home
from qntx_desktop.model.errors import (
    ErrEmptyCode,
    ErrHandlerNotFound,
    ErrInvalidPayload,
    ErrNoIngestScript,
    ErrSyntax,
)
from qntx_desktop.model.handler import MAX_CODE_BYTES
from qntx_desktop.model.job import Execution, Job, JobRequest
from qntx_desktop.model.schedule import Timing
from qntx_desktop.services import dry_run

ATTESTS = """
import qntx
for name in qntx.args:
    attest(name, "was_seen", "here", actors=["me", "csv@v99"], attributes={"by": qntx.command})
print("seen", len(qntx.args))
"""


def run(services: Services, job: Job) -> tuple[Job, Execution]:
    ended = services.runner.run_until(job.id)
    execution = services.queue.execution_of(job.id, with_ids=True)
    assert execution is not None
    return ended, execution


def dump(home: Home) -> list[str]:
    connection = sqlite3.connect(home.db)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def test_a_handler_run_is_stamped_by_the_app(services: Services) -> None:
    services.handlers.create("csv", "print('old')", source="test")
    version = services.handlers.create("csv", ATTESTS, source="test")
    job, execution = run(services, services.runs.ix("csv 'anna b' bert", base=None, bare=True, trigger="cli"))
    assert job.status == "completed"
    assert execution.stdout == "seen 2\n"
    assert (execution.handler_type, execution.handler_version, execution.handler_asid) == (
        "csv",
        2,
        version.asid,
    )
    assert (execution.command, execution.args) == ("ix csv 'anna b' bert", ("anna b", "bert"))
    assert execution.trigger == "cli"
    made = [services.ledger.get(asid) for asid in execution.attestation_ids]
    assert [each.subjects for each in made] == [("anna b",), ("bert",)]
    assert {each.actors for each in made} == {("csv@v2", "me", "csv@v99")}
    assert {each.source for each in made} == {"ix csv 'anna b' bert"}
    assert {each.execution_id for each in made} == {execution.id}


def test_a_script_is_given_back_what_was_stored(services: Services) -> None:
    code = (
        "import json, qntx\n"
        "first = attest('Zoë \"Z\" \\\\ \\n', ['ist', 'war'], '𝄞', None, {'näher': [1, 'ß', None, {'x': 0.5}]})\n"
        "with qntx.batch():\n"
        "    more = [attest(str(n), 'is', 'b') for n in range(3)]\n"
        "print(json.dumps([first, *more]))\n"
    )
    job, execution = run(services, services.runs.script(code, []))
    assert job.status == "completed", execution.error
    stored = [services.ledger.get(asid).to_json() for asid in execution.attestation_ids]
    assert len(stored) == 4
    assert json.loads(execution.stdout) == stored


def test_a_child_cannot_choose_job_time_or_source(services: Services) -> None:
    from qntx_desktop.services.jobs.job_type import RunIdentity
    from qntx_desktop.services.stamp import stamped_drafts

    item = {
        "subjects": "a",
        "predicates": "b",
        "contexts": "c",
        "source": "forged",
        "execution_id": 77,
        "timestamp_us": 1,
        "timestamp": "1999-01-01",
        "asid": "AS-MINE",
        "id": "AS-MINE",
    }
    identity = RunIdentity(command="ix csv", script_type="csv", args=(), handler=None)
    (draft,) = stamped_drafts([item], identity, 5)
    assert (draft.source, draft.execution_id, draft.timestamp_us, draft.asid) == ("ix csv", 5, None, None)
    assert draft.actors == ("python.script",)


def test_a_plain_script_needs_no_handler(services: Services) -> None:
    job, execution = run(services, services.runs.script(ATTESTS, ["a"], name="my script"))
    assert job.status == "completed"
    assert execution.handler_asid is None
    assert execution.command == "run 'my script.py' a"
    assert services.ledger.get(execution.attestation_ids[0]).actors[0] == "python.script"


def test_a_script_that_fails_names_its_line(services: Services) -> None:
    job, execution = run(services, services.runs.script("x = 1\nraise ValueError('no')\n", [], name="bad"))
    assert job.status == "failed"
    assert job.error is not None
    assert job.error["code"] == "handler_failed"
    assert job.error["details"]["line"] == 2
    assert "bad.py" in execution.stderr
    assert execution.error == job.error


def test_no_handler_makes_no_job(services: Services) -> None:
    with pytest.raises(ErrNoIngestScript):
        services.runs.ix("csv ./x", base=None, bare=True)
    assert services.queue.list() == ()


def test_the_newest_version_at_the_start_runs(services: Services) -> None:
    services.handlers.create("csv", "print('one')", source="test")
    job = services.runs.ix("csv", base=None, bare=True)
    services.handlers.create("csv", "print('two')", source="test")
    _, execution = run(services, job)
    assert (execution.stdout, execution.handler_version) == ("two\n", 2)


def test_the_longest_code_that_can_be_saved_runs(services: Services) -> None:
    code = "print('ran')\n#"
    code += "\n#" * ((MAX_CODE_BYTES - len(code)) // 2)  # line ends count twice in JSON
    services.handlers.create("csv", code, source="test")
    ended, execution = run(services, services.runs.ix("csv", base=None, bare=True))
    assert (ended.status, execution.stdout) == ("completed", "ran\n")


def test_a_handler_retired_in_between_fails_the_job(services: Services) -> None:
    services.handlers.create("csv", "print('one')", source="test")
    job = services.runs.ix("csv a", base=None, bare=True)
    services.handlers.retire("csv")
    ended, execution = run(services, job)
    assert ended.status == "failed"
    assert ended.error is not None
    assert ended.error["code"] == "no_ingest_script"
    assert execution.command == "ix csv a"


def test_a_payload_cannot_pass_its_own_code_off_as_a_handlers(services: Services) -> None:
    saved = services.handlers.create("csv", "print('real')", source="test")
    payload = {
        "script_code": "print('forged')",
        "script_type": "csv",
        "args": [],
        "handler": {"script_type": "csv", "version": saved.version, "asid": saved.asid},
    }
    _, execution = run(services, services.queue.enqueue(JobRequest(type="python.script", payload=payload)))
    assert execution.stdout == "real\n"


def test_state_and_last_run_stay_with_handler_and_arguments(services: Services) -> None:
    code = "import qntx\nqntx.state['n'] = qntx.state.get('n', 0) + 1\nprint(qntx.state['n'], qntx.last_run)"
    services.handlers.create("csv", code, source="test")
    outputs = []
    for command in ("csv a", "csv a", "csv b", "csv a"):
        outputs.append(run(services, services.runs.ix(command, base=None, bare=True))[1].stdout.split())
    assert [each[0] for each in outputs] == ["1", "2", "1", "3"]
    assert [each[1] == "None" for each in outputs] == [True, False, True, False]


def test_the_script_of_a_schedule_remembers_and_forgets_with_it(services: Services, home: Home) -> None:
    code = "import qntx\nqntx.state['n'] = qntx.state.get('n', 0) + 1\nprint(qntx.state['n'], qntx.last_run)"
    mine, other = (services.schedules.add_script(code, ["a"], Timing(interval_s=86_400)) for _ in range(2))
    outputs = []
    for schedule in (mine, mine, other):
        outputs.append(run(services, services.schedules.run_now(schedule.id))[1].stdout.split())
    outputs.append(run(services, services.runs.script(code, ["a"]))[1].stdout.split())
    assert [each[0] for each in outputs] == ["1", "2", "1", "1"]
    assert [each[1] == "None" for each in outputs] == [True, False, True, True]
    services.schedules.remove(mine.id)
    with services.db.read() as connection:
        kept = [row[0].split("\x1f")[0] for row in connection.execute('SELECT "key" FROM handler_state')]
    assert kept == [f"schedule {other.id}"]


def test_a_failed_run_keeps_the_old_state(services: Services) -> None:
    code = (
        "import qntx\nqntx.state['n'] = qntx.state.get('n', 0) + 1\nprint(qntx.state['n'])\nassert not qntx.options"
    )
    services.handlers.create("csv", code, source="test")
    seen = []
    for command in ("csv x", "csv x", "csv --f", "csv --f"):
        seen.append(run(services, services.runs.ix(command, base=None, bare=True))[1].stdout.strip())
    assert seen == ["1", "2", "1", "1"]


def test_a_dry_run_stores_nothing_at_all(services: Services, home: Home) -> None:
    code = ATTESTS + "qntx.state['x'] = 1\nqntx.progress(1, 2)\nqntx.log('info', 'hello')\n"
    services.handlers.create("csv", code, source="test")
    run(services, services.runs.ix("csv a", base=None, bare=True))
    before = dump(home)
    dry = services.runs.dry_run_ix("csv a b", base=None, bare=True)
    tried = services.runs.test_handler("csv", ["a"])
    plain = services.runs.dry_run_script(code, ["a", "b"])
    assert dump(home) == before
    assert [each.subjects for each in dry.attestations] == [("a",), ("b",)]
    assert [each.id for each in dry.attestations] == ["DRY-1", "DRY-2"]
    assert dry.attestations[0].actors == ("csv@v1", "me", "csv@v99")
    assert plain.attestations[0].actors[0] == "python.script"
    assert len(tried.attestations) == 1
    shape = dry.to_json()
    assert shape["dry_run"] is True
    assert shape["stdout"] == "seen 2\n"
    assert shape["error"] is None
    assert shape["logs"] == [{"level": "info", "message": "hello"}]
    assert not list(home.work.glob("[!.]*"))  # an empty one may wait for the next run


def test_a_dry_run_sees_the_state_and_refuses_like_a_real_run(services: Services) -> None:
    code = "import qntx\nprint(qntx.state)\nqntx.state['n'] = 1\nattest('a', 'ix_handler', 'csv')"
    services.handlers.create("csv", "import qntx\nqntx.state['n'] = 7", source="test")
    run(services, services.runs.ix("csv", base=None, bare=True))
    services.handlers.create("csv", code, source="test")
    dry = services.runs.dry_run_ix("csv", base=None, bare=True)
    _, real = run(services, services.runs.ix("csv", base=None, bare=True))
    assert dry.stdout == real.stdout == "{'n': 7}\n"
    assert dry.error is not None
    assert real.error is not None
    assert dry.error["code"] == real.error["code"] == "handler_failed"
    assert dry.error["details"]["line"] == real.error["details"]["line"] == 4
    assert dry.attestations == ()


def test_a_dry_run_holds_no_more_than_fits(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dry_run, "MAX_CHARS", 5 << 20)
    code = "for n in range(9): attest(f'a{n}', 'is', 'large', None, {'x': 'y' * 1_000_000})"
    dry = services.runs.dry_run_script(code, [])
    assert len(dry.attestations) == 5
    assert dry.error is not None
    assert "attestations limit" in dry.error["message"]


def test_testing_an_unknown_or_retired_handler(services: Services) -> None:
    with pytest.raises(ErrHandlerNotFound):
        services.runs.test_handler("csv", [])
    services.handlers.create("csv", "print(1)", source="test")
    services.handlers.retire("csv")
    with pytest.raises(ErrNoIngestScript):
        services.runs.test_handler("csv", [])


def test_code_that_cannot_run_makes_no_job(services: Services) -> None:
    for code, error in (("", ErrEmptyCode), ("if", ErrSyntax)):
        with pytest.raises(error):
            services.runs.script(code, [])
        with pytest.raises(error) as caught:
            services.runs.dry_run_script(code or "#", [])
        assert "live version" not in caught.value.hint  # nothing was to be saved
    assert services.queue.list() == ()


def test_a_scripts_paths_become_absolute(services: Services, tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("hello")
    job = services.runs.script("import qntx\nprint(open(qntx.args[0]).read())", ["./in.txt"], base=tmp_path)
    assert job.payload["args"] == [str(tmp_path / "in.txt")]
    assert run(services, job)[1].stdout == "hello\n"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"script_code": None}, "script_code"),
        ({"script_code": " "}, "script_code"),
        ({"script_code": "x\0"}, "script_code"),
        ({"script_code": "#" * (MAX_CODE_BYTES + 1)}, "script_code"),
        ({"script_type": 1}, "script_type"),
        ({"script_type": "x" * 65}, "script_type"),
        ({"args": "a b"}, "args"),
        ({"args": ["a", 2]}, "args.1"),
        ({"args": ["a", "\ud800"]}, "args.1"),
        ({"args": ["a"] * 1001}, "args"),
        ({"filename": "../x.py"}, "filename"),
        ({"command": []}, "command"),
        ({"extra": 1}, "extra"),
        ({"handler": []}, "handler"),
        ({"handler": {"script_type": "csv", "version": True, "asid": "x"}}, "handler.version"),
        ({"handler": {"script_type": "csv", "version": 1}}, "handler.asid"),
        ({"handler": {"script_type": "tsv", "version": 1, "asid": "x"}}, "handler.script_type"),
        ({"handler": {"script_type": "csv", "version": 1, "asid": "x", "y": 1}}, "handler.y"),
    ],
)
def test_a_bad_payload_names_its_field(services: Services, change: dict[str, object], field: str) -> None:
    payload: dict[str, object] = {"script_code": "print(1)", "script_type": "csv", "args": [], **change}
    with pytest.raises(ErrInvalidPayload) as caught:
        services.queue.enqueue(JobRequest(type="python.script", payload=payload))
    assert caught.value.details["field"] == field
    assert services.queue.list() == ()


@pytest.mark.parametrize("missing", ["script_code", "script_type", "args"])
def test_a_missing_field_is_named(services: Services, missing: str) -> None:
    payload = {"script_code": "print(1)", "script_type": "csv", "args": []}
    del payload[missing]
    with pytest.raises(ErrInvalidPayload) as caught:
        services.queue.enqueue(JobRequest(type="python.script", payload=payload))
    assert caught.value.details == {"type": "python.script", "field": missing, "reason": "is missing"}


def test_a_job_of_an_unknown_type_waits(services: Services) -> None:
    job = services.queue.enqueue(JobRequest(type="ix.webhook", payload={"anything": 1}))
    assert (job.status, job.waiting_code) == ("pending", "no_handler_for_type")
    assert services.runner.run_until(job.id).waiting_code == "no_handler_for_type"
    assert services.queue.cancel(job.id).status == "cancelled"
