"""What each route does, through real HTTP; every answer is held against its declaration by the caller."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest

from qntx_desktop.app.container import Services, build
from qntx_desktop.app.paths import Home
from qntx_desktop.model.api_token import Scope
from qntx_desktop.model.attestation import Filter

from .conftest import Caller

ASKS_MORE = "# /// script\n# [tool.qntx]\n# network = true\n# ///\nprint(1)\n"


def attest(call: Caller, subject: str, **more: Any) -> dict[str, Any]:
    body = {"subjects": subject, "predicates": ["member"], "contexts": ["test"], **more}
    return call("POST", "/api/attestations", body, status=201)


def test_health(call: Caller) -> None:
    attest(call, "alice")
    health = call("GET", "/api/health")
    assert (health["status"], health["attestations"]) == ("ok", 1)


def test_attest_and_ask(call: Caller, services: Services) -> None:
    made = attest(
        call,
        'Zoë 漢字 "x" \\',
        actors=["hr"],
        attributes={"a": [1, {"b": None}]},
        timestamp="2020-02-03T04:05:06+01:00",
    )
    assert made["timestamp"] == "2020-02-03T03:05:06.000000Z"
    assert made["source"] == "api:client0"
    assert call("GET", "/api/attestations?q=is%20member%20of%20test%20by%20hr") == [made]
    assert call("GET", f"/api/attestations/{made['id']}") == made
    assert services.ledger.get(made["id"]).to_json() == made
    assert call("GET", "/api/attestations/AS-nothing", status=404)["code"] == "attestation_not_found"
    assert call("GET", "/api/attestations?q=alice%20is%20is", status=400)["code"] == "invalid_query"


def test_pages_follow_each_other_to_the_end(call: Caller) -> None:
    made = [attest(call, f"s{number}")["id"] for number in range(7)]
    seen, target = [], "/api/attestations?q=is%20member%20of%20test&limit=3"
    while target:
        answer = call.http.get(target)
        seen += [each["id"] for each in answer.json()]
        target = answer.links.get("next", {}).get("url")
    assert seen == made[::-1]


def test_a_page_is_the_attestations_as_json(services: Services, call: Caller) -> None:
    attest(call, "a\tb\u2028 ", attributes={"é": "\u0001", "n": 1.5e300})
    attest(call, "c", actors=["x", "y"])
    body, following = services.ledger.page_json(Filter(limit=2))
    assert json.loads(body) == [each.to_json() for each in services.ledger.find(Filter(limit=2))]
    assert following.endswith("-1")


def test_a_page_is_never_older_than_the_store(call: Caller, home: Home) -> None:
    """What another process attests is in the next answer, though the page was answered before."""
    assert call("GET", "/api/attestations") == []
    other = build(home)
    try:
        for count in range(1, 6):
            other.ledger.attest("s", "is", "x")
            assert len(call("GET", "/api/attestations")) == count
    finally:
        other.close()


def test_many_who_attest_at_once_all_get_theirs(callers: Any, services: Services) -> None:
    clients, made, guard = [callers() for _ in range(4)], [], threading.Lock()

    def work(client: Caller, who: int) -> None:
        for number in range(10):
            found = attest(client, f"w{who}-{number}")
            with guard:
                made.append((found["id"], found["subjects"]))

    threads = [threading.Thread(target=work, args=(client, who)) for who, client in enumerate(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({asid for asid, _ in made}) == 40
    for asid, subjects in made:
        assert list(services.ledger.get(asid).subjects) == subjects


def test_execute(call: Caller, services: Services) -> None:
    code = "import qntx\nattest('a', 'b', 'c')\nprint(qntx.args)\n"
    run = call("POST", "/api/python/execute", {"code": code, "args": ["1", "--x"]})["execution"]
    assert (run["status"], run["stdout"], run["trigger"]) == ("completed", "['1', '--x']\n", "api")
    (asid,) = run["attestation_ids"]
    assert services.ledger.get(asid).actors == ("python.script",)


def test_execute_of_what_fails_is_an_answer(call: Caller) -> None:
    run = call("POST", "/api/python/execute", {"code": "print(1)\n1/0"})["execution"]
    assert (run["status"], run["stdout"], run["error"]["code"]) == ("failed", "1\n", "handler_failed")


def test_execute_ends_in_time(call: Caller) -> None:
    run = call("POST", "/api/python/execute", {"code": "while True: pass", "timeout_seconds": 0.3})["execution"]
    assert run["error"]["code"] == "handler_timeout"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"code": "1 +"}, 400, "syntax_error"),
        ({"code": "  "}, 400, "empty_code"),
        ({"code": ASKS_MORE}, 403, "permission_required"),
        ({"code": "1", "timeout_seconds": 0}, 400, "invalid_request"),
        ({"code": "1", "timeout_seconds": 601}, 400, "invalid_request"),
        ({"code": "1", "args": [1]}, 400, "invalid_request"),
    ],
)
def test_execute_refuses(call: Caller, body: dict[str, Any], status: int, code: str) -> None:
    assert call("POST", "/api/python/execute", body, status=status)["code"] == code
    assert call("GET", "/api/pulse/jobs") == []


def test_execute_is_confined(call: Caller, home: Home, person_home: Path) -> None:
    secret = person_home / "private.txt"
    secret.write_text("private")
    code = f"print(open({str(secret)!r}).read())"
    run = call("POST", "/api/python/execute", {"code": code})["execution"]
    if run["sandbox"] != "full":
        pytest.skip("this machine does not confine")
    assert run["status"] == "failed"
    assert "PermissionError" in json.dumps(run["error"])
    run = call("POST", "/api/python/execute", {"code": f"print(open({str(home.db)!r}, 'rb').read())"})[
        "execution"
    ]
    assert run["status"] == "failed"


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("1 + 1", 2),
        ("[x * 2 for x in range(3)]", [0, 2, 4]),
        ("{1, 2}", "{1, 2}"),
        ("float('nan')", "nan"),
        ("'é' * 3", "ééé"),
        ("print('noise') or {'a': None}", {"a": None}),
        ("\n'line'\n", "line"),
    ],
)
def test_evaluate(call: Caller, expression: str, result: Any) -> None:
    assert call("POST", "/api/python/evaluate", {"expression": expression}) == {"result": result}


def test_evaluate_of_what_is_no_expression(call: Caller) -> None:
    assert call("POST", "/api/python/evaluate", {"expression": "1 +"}, status=400)["code"] == "syntax_error"
    assert call("POST", "/api/python/evaluate", {"expression": "x = 1"}, status=400)["code"] == "syntax_error"
    failed = call("POST", "/api/python/evaluate", {"expression": "1/0"})
    assert failed["error"]["code"] == "handler_failed"
    deep = call("POST", "/api/python/evaluate", {"expression": "[\n  (lambda x: x / 0)(each)\n  for each in (1,)]"})
    assert deep["error"]["details"]["line"] == 2
    for told in (deep["error"]["details"]["traceback"], deep["execution"]["stderr"]):
        assert "(lambda x: x / 0)(each)" in told
        assert "_qntx" not in told
        assert "json" not in told
    none = call("POST", "/api/python/evaluate", {"expression": "__import__('os')._exit(0)"}, status=422)
    assert none["code"] == "job_failed"


def test_handlers_come_run_and_ask(call: Caller, services: Services) -> None:
    made = call(
        "POST", "/api/python/register-handler", {"handler_name": "csv", "code": "print('v1')"}, status=201
    )
    assert (made["version"], made["source"], made["allowed"]) == (1, "api:client0", True)
    run = call("POST", "/api/ix?wait=1", {"command": "csv a b"})
    assert (run["job"]["status"], run["execution"]["stdout"], run["execution"]["trigger"]) == (
        "completed",
        "v1\n",
        "api",
    )
    assert run["execution"]["handler"]["asid"] == made["asid"]
    more = call("POST", "/api/python/register-handler", {"handler_name": "csv", "code": ASKS_MORE}, status=201)
    assert (more["version"], more["allowed"]) == (2, False)
    waits = call("POST", "/api/ix?wait=1", {"command": "ix csv"}, status=202)["job"]
    assert waits["waiting"]["code"] == "permission_required"
    assert [each["versions"] for each in call("GET", "/api/handlers")] == [2]
    assert call("GET", "/api/handlers/csv?version=1")["code"] == "print('v1')"
    assert call("GET", "/api/handlers/nope", status=404)["code"] == "handler_not_found"
    assert call("GET", "/api/handlers/a_b", status=400)["code"] == "invalid_handler_name"


def test_ix_says_who_is_missing(call: Caller) -> None:
    error = call("POST", "/api/ix", {"command": "rss-feed x"}, status=404)
    assert (error["code"], error["details"]["script_type"]) == ("no_ingest_script", "rss-feed")
    assert call("POST", "/api/ix", {"command": "ix 'x"}, status=400)["code"] == "invalid_command"


def test_jobs_are_made_looked_at_cancelled_and_repeated(call: Caller) -> None:
    job = call(
        "POST", "/api/pulse/jobs", {"type": "from.the.future", "payload": {"a": 1}, "priority": 7}, status=201
    )
    assert (job["waiting"]["code"], job["priority"]) == ("no_handler_for_type", 7)
    assert call("GET", f"/api/pulse/jobs/{job['id']}")["id"] == job["id"]
    assert call("POST", f"/api/pulse/jobs/{job['id']}/retry", status=409)["code"] == "active_job_exists"
    assert call("POST", f"/api/pulse/jobs/{job['id']}/cancel")["status"] == "cancelled"
    assert call("POST", f"/api/pulse/jobs/{job['id']}/cancel", status=409)["code"] == "job_not_cancellable"
    again = call("POST", f"/api/pulse/jobs/{job['id']}/retry", status=201)
    assert again["retry_of"] == job["id"]
    assert [each["id"] for each in call("GET", "/api/pulse/jobs?limit=1")] == [again["id"]]
    assert [each["id"] for each in call("GET", f"/api/pulse/jobs?before={again['id']}")] == [job["id"]]
    assert [each["id"] for each in call("GET", "/api/pulse/jobs?status=cancelled")] == [job["id"]]
    assert call("GET", "/api/pulse/jobs/99", status=404)["code"] == "job_not_found"


def test_a_running_job_is_stopped(call: Caller, services: Services) -> None:
    call(
        "POST",
        "/api/python/register-handler",
        {"handler_name": "long", "code": "import time\ntime.sleep(600)"},
        status=201,
    )
    job = call("POST", "/api/ix", {"command": "long"}, status=202)["job"]
    call("POST", f"/api/pulse/jobs/{job['id']}/cancel")
    ended = services.runner.run_until(job["id"])
    assert ended.status == "cancelled"


def test_a_job_of_a_script_passes_the_same_gate(call: Caller) -> None:
    payload = {"script_code": ASKS_MORE, "script_type": "x", "args": []}
    error = call("POST", "/api/pulse/jobs", {"type": "python.script", "payload": payload}, status=403)
    assert error["code"] == "permission_required"
    error = call("POST", "/api/pulse/jobs", {"type": "python.script", "payload": {}}, status=400)
    assert (error["code"], error["details"]["field"]) == ("invalid_payload", "script_code")
    call("POST", "/api/pulse/jobs", {"type": "x", "payload": {}, "reference_id": "1"}, status=400)


def test_executions(call: Caller) -> None:
    for number in range(3):
        call("POST", "/api/python/execute", {"code": f"print({number})"})
    assert [each["stdout"] for each in call("GET", "/api/pulse/executions?limit=2")] == ["2\n", "1\n"]
    assert [each["stdout"] for each in call("GET", "/api/pulse/executions?job_id=1")] == ["0\n"]
    call("GET", "/api/pulse/executions?job_id=99", status=404)


def test_schedules(call: Caller) -> None:
    call("POST", "/api/python/register-handler", {"handler_name": "csv", "code": "print(1)"}, status=201)
    body = {"command": "csv x", "interval_seconds": 3600, "missed": "skip"}
    made = call("POST", "/api/pulse/schedules", body, status=201)
    target = f"/api/pulse/schedules/{made['id']}"
    assert call("GET", "/api/pulse/schedules") == [made]
    assert call("PATCH", target, {"state": "paused"})["next_run_at"] is None
    cron = call("PATCH", target, {"cron": "0 9 * * *", "timezone": "Europe/Berlin", "missed": "all"})
    assert (cron["interval_seconds"], cron["cron"], cron["missed"], cron["state"]) == (
        None,
        "0 9 * * *",
        "all",
        "paused",
    )
    assert call("PATCH", target, {"state": "active"})["next_run_at"] is not None
    assert call("PATCH", target, {"cron": "99 * * * *"}, status=400)["code"] == "invalid_schedule"
    call("PATCH", target, {}, status=400)
    call("DELETE", target, status=204)
    assert call("GET", target, status=404)["code"] == "schedule_not_found"
    call("POST", "/api/pulse/schedules", {"command": "csv x"}, status=400)
    call("POST", "/api/pulse/schedules", {"command": "nope", "interval_seconds": 60}, status=404)


def test_manual_sources_and_their_files(call: Caller, home: Home) -> None:
    made = call("POST", "/api/sources", {"name": "mine"}, status=201)
    target = f"/api/sources/{made['id']}"
    assert call("POST", "/api/sources", {"name": "Mine"}, status=409)["code"] == "duplicate_name"
    call(
        "PUT",
        f"{target}/files/lib/a%20b.py",
        status=204,
        content=b"\x00\xff",
        headers={"Content-Type": "image/png"},
    )
    assert (home.code / "mine" / "lib" / "a b.py").read_bytes() == b"\x00\xff"
    assert call("GET", f"{target}/files") == [{"path": "lib/a b.py", "size_bytes": 2}]
    answer = call.http.get(f"{target}/files/lib/a%20b.py")
    assert (answer.content, answer.headers["Content-Type"]) == (b"\x00\xff", "application/octet-stream")
    call("PUT", f"{target}/files/empty", status=204)
    call("DELETE", f"{target}/files/lib/a%20b.py", status=204)
    call("GET", f"{target}/files/lib/a%20b.py", status=404)
    assert call("PUT", target, {"enabled": False})["enabled"] is False
    assert call("POST", f"{target}/sync", status=403)["code"] == "source_not_syncable"
    assert call("GET", f"{target}/status")["job"] is None
    call("DELETE", target, status=204)
    call("GET", target, status=404)


@pytest.mark.parametrize(
    "path",
    ["..%2fx", "%2e%2e/x", "a/%2e%2e/%2e%2e/x", "%2fetc%2fpasswd", "a%5cb", "C:%5cx", ".git/config", "a//b"],
)
def test_no_path_leaves_the_source(call: Caller, path: str) -> None:
    for method, more in (("GET", {}), ("PUT", {"content": b"x"}), ("DELETE", {})):
        assert call(method, f"/api/sources/1/files/{path}", status=403, **more)["code"] == "path_outside_source"


def test_git_sources_show_no_secret(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QNTX_PASSPHRASE", "a passphrase of the test")
    body = {
        "name": "repo",
        "type": "git",
        "settings": {"url": "https://example.com/a/b.git", "branch": "main"},
        "token": "s3cret-token",
        "webhook_secret": "s3cret-of-the-webhook",
        "sync": {"interval_seconds": 300},
    }
    made = call("POST", "/api/sources", body, status=201)
    assert made["settings"]["token"] is True
    assert (made["sync"]["webhook_secret_set"], made["sync"]["interval_seconds"]) == (True, 300)
    assert "s3cret" not in json.dumps(call("GET", "/api/sources"))
    changed = call("PUT", f"/api/sources/{made['id']}", {"sync": {"interval_seconds": 0}, "token": ""})
    assert (changed["settings"]["token"], changed["sync"]["interval_seconds"]) == (False, 0)
    bad = call(
        "POST", "/api/sources", {"name": "x", "type": "git", "settings": {"url": "file:///etc"}}, status=400
    )
    assert bad["code"] == "invalid_url"


def test_a_reader_sees_everything_and_changes_nothing(callers: Any) -> None:
    reader = callers(Scope.READ)
    for target in (
        "/api/health",
        "/api/handlers",
        "/api/attestations",
        "/api/pulse/jobs",
        "/api/sources",
        "/openapi.json",
    ):
        reader("GET", target)
    reader("DELETE", "/api/sources/1", status=403)
