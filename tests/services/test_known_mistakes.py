"""What an earlier design of this product got wrong, one named test each. Two of them live where a window is.

- The link from an editor to its type was not saved, so Save vanished after a restart; and repeated clicks on
  Create handler made repeated editors, on top of the glyph:
  `tests/e2e/test_window_main_job.py::test_from_a_file_to_attestations_and_back`.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.model.errors import ErrNoIngestScript, ErrStoreBusy
from qntx_desktop.model.events import JobChanged
from qntx_desktop.model.job import Execution, Job
from qntx_desktop.services import handlers as handlers_room

SAYS_ARGS = "import qntx\nprint(qntx.args)\nattest(qntx.args[0], 'was_read', qntx.script_type)\n"


def run(services: Services, job: Job) -> tuple[Job, Execution]:
    ended = services.runner.run_until(job.id)
    execution = services.queue.execution_of(job.id, with_ids=True)
    assert execution is not None
    return ended, execution


def test_the_arguments_reach_the_handler(services: Services, tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("a\n")
    services.handlers.create("csv", SAYS_ARGS, source="test")
    _, execution = run(services, services.runs.ix("ix csv ./data.csv --limit 5", base=tmp_path, bare=False))
    assert execution.stdout == f"{[str(tmp_path / 'data.csv'), '--limit', '5']}\n"


def test_a_hyphenated_type_is_not_cut(services: Services) -> None:
    services.handlers.create("rss", "raise SystemExit('the wrong handler')", source="test")
    with pytest.raises(ErrNoIngestScript) as caught:
        services.runs.ix("ix rss-feed ./x", base=None, bare=False)
    assert caught.value.details == {"script_type": "rss-feed"}
    services.handlers.create("rss-feed", SAYS_ARGS, source="test")
    _, execution = run(services, services.runs.ix("ix rss-feed ./x", base=None, bare=False))
    assert (execution.handler_type, execution.stdout) == ("rss-feed", "['./x']\n")


def test_a_failing_store_does_not_read_as_no_handler(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(connection: object, name: str) -> object:
        raise ErrStoreBusy("x")

    monkeypatch.setattr(handlers_room.stored, "newest_active", fails)
    with pytest.raises(ErrStoreBusy):
        services.runs.ix("ix csv ./x", base=None, bare=False)


def test_every_version_is_its_own_actor(services: Services) -> None:
    versions = [services.handlers.create(name, "print(1)", source="test") for name in ("csv", "csv", "json")]
    stored = [services.ledger.get(version.asid) for version in versions]
    assert [each.actors for each in stored] == [(version.asid,) for version in versions]
    assert len({each.actors for each in stored}) == 3


def test_what_a_good_run_prints_is_kept(services: Services) -> None:
    script = "import sys\nprint('said')\nprint('and this', file=sys.stderr)"
    ended, execution = run(services, services.runs.script(script, []))
    assert ended.status == "completed"
    assert (execution.stdout, execution.stderr) == ("said\n", "and this\n")


def test_saving_keeps_versions_and_a_way_back(services: Services) -> None:
    for code in ("print('one')", "print('two')"):
        services.handlers.create("csv", code, source="test")
    assert [each.code for each in services.handlers.history("csv")] == ["print('two')", "print('one')"]
    services.handlers.restore("csv", 1)
    _, execution = run(services, services.runs.ix("csv", base=None, bare=True))
    assert (execution.stdout, execution.handler_version) == ("one\n", 3)


@pytest.mark.skipif(os.name == "nt", reason="asks for a process the way of POSIX")
def test_cancelling_ends_the_python_too(services: Services, heard) -> None:
    services.runner.start()
    script = "import os, qntx\nqntx.progress(os.getpid())\nwhile True: pass\n"
    job = services.runs.script(script, [])
    running = heard.wait(JobChanged, lambda event: event.job.id == job.id and event.job.progress_current > 0)
    process = int(running.job.progress_current)
    os.kill(process, 0)
    services.queue.cancel(job.id)
    services.runner.wake()
    assert heard.ended(job).status == "cancelled"
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


@pytest.mark.parametrize("script_type", ["csv", "json", "webhook"])
def test_no_template_promises_what_run_does_not_do(services: Services, script_type: str) -> None:
    comments = "\n".join(re.findall(r"^#.*$", services.templates.template_for(script_type, []), re.MULTILINE))
    assert "Run runs it once" in comments
    assert not re.search(r"periodic|every (minute|hour|day)|each (minute|hour|day)", comments, re.IGNORECASE)


def test_whether_anybody_knows_the_type_is_asked_when_the_job_is_made(services: Services) -> None:
    with pytest.raises(ErrNoIngestScript):
        services.runs.ix("ix csv ./x", base=None, bare=False)
    assert services.queue.list() == ()
