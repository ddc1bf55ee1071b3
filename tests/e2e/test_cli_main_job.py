"""The main job without a window, in an empty home, as a person or a script types it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests import real_input
from tests.e2e.cli_process import Cli

SCRIPT = """\
import sys, qntx
print("args", qntx.args)
print("warning", file=sys.stderr)
attest("alice", "ran_with", qntx.args, attributes={"options": qntx.options})
if "fail" in qntx.args:
    raise ValueError("told to")
"""


def test_the_block_of_the_issue(qntx: Cli) -> None:
    rows = real_input.write_people(qntx.folder / "people.csv", 3_200)
    refused = qntx("--json", "ix", "csv", "people.csv")
    assert (refused.code, refused.error["code"]) == (3, "no_ingest_script")
    assert refused.error["details"] == {"script_type": "csv"}
    assert "handler create csv" in refused.error["hint"]

    qntx.file("h.py", real_input.CSV_HANDLER)
    saved = qntx("--json", "handler", "create", "csv", "--file", "h.py")
    assert (saved.code, saved.document["version"], saved.document["script_type"]) == (0, 1, "csv")
    assert saved.document["code_sha256"] == hashlib.sha256(real_input.CSV_HANDLER.encode()).hexdigest()

    ran = qntx("--json", "ix", "csv", "people.csv")
    assert ran.code == 0, ran.err
    execution, job = ran.document["execution"], ran.document["job"]
    assert len(execution["attestation_ids"]) == len(set(execution["attestation_ids"])) == len(rows)
    assert execution["handler"] == {"script_type": "csv", "version": 1, "asid": saved.document["asid"]}
    assert execution["args"] == [str(qntx.folder / "people.csv")]
    assert execution["command"] == "ix csv people.csv"
    assert (execution["status"], execution["exit_code"], execution["error"]) == ("completed", 0, None)
    assert (job["status"], job["attempt"], job["error"], job["trigger"]) == ("completed", 1, None, "cli")

    asked = qntx("--json", "ax", "is lives_in", "--limit", "5")
    found = [(each["subjects"], each["contexts"], each["attributes"]) for each in asked.document]
    assert found == [([row.name], [row.town], {"note": row.note}) for row in reversed(rows[-5:])]
    assert [each["id"] for each in asked.document] == execution["attestation_ids"][:-6:-1]

    qntx.file("script.py", SCRIPT)
    alone = qntx("--json", "run", "script.py", "a", "b")
    assert alone.code == 0, alone.err
    assert alone.document["execution"].keys() == execution.keys()
    assert alone.document["execution"]["handler"] is None
    assert alone.document["execution"]["stdout"] == "args ['a', 'b']\n"
    assert alone.document["execution"]["stderr"] == "warning\n"
    assert len(alone.document["execution"]["attestation_ids"]) == 1

    failed = qntx("--json", "run", "script.py", "fail")
    assert failed.code == 1
    assert failed.document["execution"].keys() == execution.keys()
    for place in ("job", "execution"):
        error = failed.document[place]["error"]
        assert (error["code"], error["details"]["exception"], error["details"]["line"]) == (
            "handler_failed",
            "ValueError",
            6,
        )


def test_the_same_for_people(qntx: Cli) -> None:
    real_input.write_people(qntx.folder / "people.csv", 3_000)
    refused = qntx("ix", "csv", "people.csv")
    assert (refused.code, refused.out) == (3, "")
    assert refused.err == (
        "qntx: Nothing knows 'csv' yet. Create a handler: qntx handler create csv --file handler.py\n"
    )
    saved = qntx("handler", "create", "csv", "--file", "-", stdin=real_input.CSV_HANDLER)
    assert saved.out.startswith("csv v1 saved · AS-")
    ran = qntx("ix", "csv", "people.csv")
    assert ran.code == 0
    assert ran.out == f"read {qntx.folder / 'people.csv'}\n"
    assert ran.err.startswith("csv v1 · 3,000 attestations in ")
    assert "\x1b" not in ran.out + ran.err
    assert len(qntx("ax", "is lives_in", "--limit", "7").out.splitlines()) == 8


def test_versions(qntx: Cli) -> None:
    qntx.handler("note", "print('one')\n")
    qntx.handler("note", "print('two')\n")
    assert qntx("ix", "note").out == "two\n"
    assert qntx("handler", "show", "note").out == "print('two')\n"
    assert qntx("handler", "show", "note", "--version", "1").out == "print('one')\n"
    assert [each["version"] for each in qntx("--json", "handler", "history", "note").document] == [2, 1]
    diff = qntx("--json", "handler", "diff", "note").document
    assert (diff["script_type"], diff["a"], diff["b"]) == ("note", 1, 2)
    assert diff["diff"].splitlines()[2:] == ["@@ -1 +1 @@", "-print('one')", "+print('two')"]
    assert qntx("handler", "diff", "note", "1", "2").out == diff["diff"]
    assert qntx("handler", "diff", "note", "2", "2").out == ""

    retired = qntx("--json", "handler", "retire", "note")
    assert [each["version"] for each in retired.document] == [2, 1]
    refused = qntx("--json", "ix", "note").error
    assert (refused["code"], refused["details"]["retired_version"]) == ("no_ingest_script", 2)
    assert "qntx handler restore note --version 2" in refused["hint"]
    assert [each["active"] for each in qntx("--json", "handler", "list").document] == [False]
    restored = qntx("--json", "handler", "restore", "note", "--version", "1").document
    assert (restored["version"], restored["code"], restored["active"]) == (3, "print('one')\n", True)
    ran = qntx("--json", "ix", "note").document["execution"]
    assert (ran["handler"]["version"], ran["stdout"]) == (3, "one\n")
    (listed,) = qntx("--json", "handler", "list").document
    assert (listed["version"], listed["versions"], listed["last_run"]["status"]) == (3, 3, "completed")
    assert listed["last_run"]["started_at"] == ran["started_at"]
    assert qntx("--json", "handler", "show", "note", "--version", "9").code == 3


def test_attesting_by_hand(qntx: Cli) -> None:
    made = qntx("--json", "as", "alice is member of TEAM by hr", "--attributes", '{"since": 2024}')
    assert made.code == 0
    shape = made.document
    assert (shape["subjects"], shape["predicates"], shape["contexts"]) == (["alice"], ["member"], ["TEAM"])
    assert "hr" in shape["actors"]
    assert shape["attributes"] == {"since": 2024}
    assert qntx("--json", "attestation", "show", shape["id"]).document == shape
    assert qntx("--json", "ax", "alice is member of team by hr").document == [shape]
    words = qntx("--json", "as", "Anna Lee", "is", "member", "of", "TEAM").document
    assert words["subjects"] == ["Anna Lee"]
    assert [each["id"] for each in qntx("--json", "ax").document] == [words["id"], shape["id"]]
    assert [each["id"] for each in qntx("--json", "ax", "Anna Lee", "is", "member").document] == [words["id"]]
    assert "member" in qntx("attestation", "show", shape["id"]).out
    assert qntx("--json", "attestation", "show", "AS-0").error["code"] == "attestation_not_found"


def test_csv_out(qntx: Cli) -> None:
    qntx("as", "a,b", "is", 'say "hi"', "of", "TEAM")
    out = qntx("ax", "--csv").out
    head, line = out.split("\r\n", 1)
    assert head == "id,subjects,predicates,contexts,actors,timestamp,source,attributes,created_at"
    assert '"a,b","say ""hi""",TEAM' in line
    assert line.endswith("\r\n")


@pytest.mark.parametrize("how", ["ix", "test", "run"])
def test_a_dry_run_stores_nothing(qntx: Cli, how: str) -> None:
    rows = real_input.write_people(qntx.folder / "people.csv", 50)
    qntx.file("h.py", real_input.CSV_HANDLER)
    qntx.handler("csv", real_input.CSV_HANDLER)
    before = _content(qntx.home)
    words = {
        "ix": ("ix", "csv", "people.csv", "--dry-run"),
        "test": ("handler", "test", "csv", "people.csv"),
        "run": ("run", "h.py", "people.csv", "--dry-run"),
    }[how]
    dry = qntx("--json", *words)
    assert dry.code == 0, dry.out
    document = dry.document
    assert document["dry_run"] is True
    assert [each["subjects"][0] for each in document["attestations"]] == [row.name for row in rows]
    assert document["stdout"].startswith("read ")
    assert document["duration_ms"] > 0
    assert _content(qntx.home) == before
    assert qntx("--json", "ax", "is lives_in").document == []
    assert qntx("--json", "job", "list").document == []


def test_a_dry_run_that_fails(qntx: Cli) -> None:
    qntx.handler("bad", "attest('a', 'b', 'c')\nraise ValueError('no')\n")
    dry = qntx("--json", "handler", "test", "bad")
    assert dry.code == 1
    assert dry.document["error"]["code"] == "handler_failed"
    assert len(dry.document["attestations"]) == 1
    told = qntx("handler", "test", "bad")
    assert told.code == 1
    assert "a is b of c" in told.out
    assert "ValueError: no" in told.err.splitlines()[-1]


def test_a_dry_run_needs_no_home(qntx: Cli) -> None:
    dry = qntx(
        "--json", "run", "-", "--dry-run", stdin="attest('a', 'b', 'c')\nimport qntx\nprint(qntx.query('a'))\n"
    )
    assert (dry.code, dry.document["stdout"]) == (0, "[]\n"), dry.out
    assert not qntx.home.exists()


def _content(home: Path) -> dict[str, str]:
    """What the store's files hold; a log of no bytes holds nothing, and the shared memory only locks."""
    contents = {file.name: file.read_bytes() for file in home.glob("qntx.db*") if not file.name.endswith("-shm")}
    return {name: hashlib.sha256(content).hexdigest() for name, content in contents.items() if content}
