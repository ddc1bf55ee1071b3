"""Files of code sources run like handlers: by path or by declared type, at one revision, on the record."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.model.code_file import CodeFile
from qntx_desktop.model.errors import ErrFileNotFound, ErrInvalidPayload, ErrNoIngestScript, ErrSourceNotFound
from qntx_desktop.model.job import Execution, Job, JobRequest
from qntx_desktop.services.source_permits import allow_source
from qntx_desktop.store import retention
from tests.git_server import Repository, Server

FEED = """# /// script
# [tool.qntx]
# script_type = "feed"
# ///
import json
from pathlib import Path

import qntx
from lib import shared
from helper import VALUE

qntx.state["runs"] = qntx.state.get("runs", 0) + 1
print(VALUE, shared.NAME, qntx.script_type, qntx.state["runs"], *qntx.args)
print((Path(__file__).parent / "data.txt").read_text())
attest(["s"], ["p"], ["c"])
"""
FILES = {
    "lib/feed.py": FEED.encode(),
    "lib/helper.py": b"VALUE = 'one'\n",
    "lib/shared.py": b"NAME = 'shared'\n",
    "lib/data.txt": b"data",
    "json.py": b"raise RuntimeError('hides the standard library')\n",
}


@pytest.fixture
def allowed(services: Services) -> Callable[[str], None]:
    """A yes, which a machine that confines only in part wants even for code that asks for nothing."""

    def allow(reference: str) -> None:
        allow_source(services.permits, services.sources, services.check_code, reference)

    return allow


@pytest.fixture
def mine(services: Services, allowed: Callable[[str], None]) -> Services:
    services.sources.add("mine")
    files = services.sources.editable_files("mine")
    for path, content in FILES.items():
        files.write(path, content)
    allowed("mine/lib/feed.py")
    return services


def run(services: Services, command: str) -> tuple[Job, Execution]:
    job = services.runner.run_until(services.runs.ix(command, base=None, bare=True).id)
    execution = services.queue.execution_of(job.id)
    assert execution is not None
    return job, execution


def test_a_file_runs_by_its_path_with_what_lies_beside_it(mine: Services) -> None:
    job, execution = run(mine, "mine/lib/feed.py a --b")
    assert (job.status, execution.stderr) == ("completed", "")
    assert execution.stdout == "one shared feed 1 a --b\ndata\n"
    assert execution.code_file == CodeFile(source="mine", path="lib/feed.py")
    assert execution.to_json()["code_file"] == {"source": "mine", "path": "lib/feed.py", "commit": None}
    (made,) = mine.ledger.ax("s")
    assert made.actors[0] == "mine/lib/feed.py"
    again = run(mine, "ix mine/lib/feed.py a --b")[1]
    assert again.stdout.startswith("one shared feed 2")


def test_a_file_serves_the_type_it_declares_after_handlers(mine: Services) -> None:
    _, execution = run(mine, "feed x")
    assert execution.code_file == CodeFile(source="mine", path="lib/feed.py")
    assert execution.command == "ix feed x"
    mine.handlers.create("feed", "print('attested')", source="test")
    _, execution = run(mine, "feed x")
    assert (execution.code_file, execution.stdout) == (None, "attested\n")
    mine.handlers.retire("feed")
    assert run(mine, "feed x")[1].code_file is not None
    with pytest.raises(ErrNoIngestScript):
        mine.runs.ix("feeds x", base=None, bare=True)


def test_what_asks_waits_until_it_is_allowed(services: Services, allowed: Callable[[str], None]) -> None:
    code = b'# /// script\n# [tool.qntx]\n# secrets = ["k"]\n# ///\nprint(1)\n'
    services.sources.editable_files("manual").write("asks.py", code)
    job = services.runner.run_until(services.runs.ix("manual/asks.py", base=None, bare=True).id)
    assert (job.status, job.waiting_code) == ("pending", "permission_required")
    allowed("manual/asks.py")
    assert services.runner.run_until(job.id).status == "completed"


def test_a_file_that_is_gone_when_its_turn_comes_is_told(mine: Services) -> None:
    job = mine.runs.ix("mine/lib/feed.py", base=None, bare=True)
    mine.sources.editable_files("mine").delete("lib/feed.py")
    job = mine.runner.run_until(job.id)
    assert job.error is not None
    assert job.error["code"] == "file_not_found"
    mine.sources.remove("mine")
    with pytest.raises(ErrSourceNotFound):
        mine.runs.ix("mine/lib/feed.py", base=None, bare=True)


def test_a_file_that_is_not_there_is_named_with_its_source(services: Services) -> None:
    services.sources.add("feeds", "git", {"url": "https://example.com/a/b.git"})
    for command, words in (
        ("manual/lib/none.py", "manual/lib/none.py: there is no such file"),
        ("feeds/lib/feed.py", "feeds/lib/feed.py: 'feeds' was not synced yet"),
    ):
        with pytest.raises(ErrFileNotFound, match=words):
            services.runs.ix(command, base=None, bare=True)


def test_a_dry_run_stores_nothing(mine: Services) -> None:
    dry = mine.runs.dry_run_ix("mine/lib/feed.py a", base=None, bare=True)
    assert dry.stdout.startswith("one shared feed 1 a")
    assert [each.actors[0] for each in dry.attestations] == ["mine/lib/feed.py"]
    assert mine.ledger.ax("s") == ()


def test_a_schedule_and_a_payload_keep_the_path(mine: Services) -> None:
    command, request = mine.runs.request_ix("mine/lib/feed.py 'a b'", base=None, bare=True)
    assert command == "ix mine/lib/feed.py 'a b'"
    assert request.payload["code_file"] == {"source": "mine", "path": "lib/feed.py"}
    for wrong in ({"source": "mine"}, {"source": 1, "path": "x"}, "mine"):
        payload = {**request.payload, "code_file": wrong}
        with pytest.raises(ErrInvalidPayload):
            mine.queue.enqueue(JobRequest(type="python.script", payload=payload))


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_a_commit_is_on_the_record_for_good(
    services: Services, git_server: Server, allowed: Callable[[str], None]
) -> None:
    repository = Repository(git_server.root / "r.git")
    services.sources.add("feeds", "git", {"url": git_server.url()})
    commits = []
    for number in (b"1", b"2"):
        commits.append(repository.files({**FILES, "lib/helper.py": b"VALUE = " + number}))
        request = services.sources.sync_request(services.sources.get("feeds"))
        services.runner.run_until(services.queue.enqueue(request).id)
        allowed("feeds/lib/feed.py")
        _, execution = run(services, "feed")
        assert execution.stdout.startswith(number.decode())
        assert execution.code_file == CodeFile(source="feeds", path="lib/feed.py", commit=commits[-1])
    newest, first = services.ledger.ax("s")
    assert [each.actors[0] for each in (first, newest)] == [f"feeds/lib/feed.py@{each}" for each in commits]
    services.db.write(lambda tx: retention.delete_jobs(tx, range(1, 9)))
    assert first.execution_id is not None
    kept = services.queue.execution(first.execution_id)
    assert kept is not None
    assert json.dumps(kept.to_json()["code_file"]) == json.dumps(
        {"source": "feeds", "path": "lib/feed.py", "commit": commits[0]}
    )
