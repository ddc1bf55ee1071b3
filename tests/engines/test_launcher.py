"""A run as a handler's author sees it: what the script gets, what it says, how it ends."""

from __future__ import annotations

import json
import sys
import textwrap
from pathlib import Path

import pytest

from qntx_desktop.engines.sandbox.confinement.probe import report
from qntx_desktop.engines.sandbox.launcher import CancelToken
from qntx_desktop.model.errors import ErrDiskFull, ErrHomeUnusable, ErrJobFailed
from qntx_desktop.model.job import ExecutionStatus, Outcome
from tests.engines.runs import UNCONFINED, RecordingSink, Run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def code(text: str) -> str:
    return textwrap.dedent(text).lstrip("\n")


def details(outcome: Outcome) -> dict[str, object]:
    assert outcome.error is not None
    return dict(outcome.error["details"])


def test_an_empty_script_ends_well(run: Run) -> None:
    outcome = run("")
    assert (outcome.status, outcome.exit_code, outcome.error) == (ExecutionStatus.COMPLETED, 0, None)
    assert (outcome.stdout, outcome.stderr, outcome.state_json) == ("", "", None)
    assert outcome.sandbox == report().level
    assert outcome.duration_ms > 0


def test_the_script_knows_what_it_was_started_for(run: Run) -> None:
    script = code("""
        import json, qntx, sys
        print(json.dumps([qntx.args, qntx.options, qntx.command, qntx.script_type, qntx.last_run.isoformat(),
                          qntx.state, qntx.payload, qntx.upstream, qntx.cancelled, sys.argv, __name__, __file__]))
    """)
    args = ("/tmp/a b.csv", "--limit=3", "--loud", "--to", "x'\"y", "ünï")
    outcome = run(
        script, args=args, last_run_us=1_500_000, state={"at": 3}, payload=[1, None], upstream={"text": "x"}
    )
    assert json.loads(outcome.stdout) == [
        list(args),
        {"limit": "3", "loud": True, "to": "x'\"y"},
        "ix csv",
        "csv",
        "1970-01-01T00:00:01.500000+00:00",
        {"at": 3},
        [1, None],
        {"text": "x"},
        False,
        ["csv.py", *args],
        "__main__",
        "csv.py",
    ]


def test_the_process_is_clean(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIVATE_TOKEN", "do not tell")
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    monkeypatch.setenv("TZ", "Europe/Vienna")
    outcome = run(
        code("""
            import json, os, sys, tempfile
            from pathlib import Path
            print(json.dumps([sorted(os.environ), os.getcwd() == os.environ["HOME"],
                              tempfile.gettempdir().startswith(os.getcwd()), os.listdir(),
                              sorted(name for name in sys.modules if "desktop" in name),
                              any("site-packages" in part or "sdk" in part for part in sys.path)]))
        """)
    )
    names, *rest = json.loads(outcome.stdout)
    allowed = {"HOME", "LANG", "LANGUAGE", "MALLOC_ARENA_MAX", "PATH", "QNTX_RUN", "TMPDIR", "TZ"}
    assert {name for name in names if not name.startswith("LC_")} <= allowed
    assert "TZ" in names
    assert rest == [True, True, ["tmp"], [], False]


def test_stdin_is_empty_and_the_group_is_its_own(run: Run) -> None:
    outcome = run("import os, sys; print(repr(sys.stdin.read()), os.getpgrp() == os.getpid() == os.getsid(0))")
    assert outcome.stdout == "'' True\n"


def test_attestations_come_back_stored(run: Run, sink: RecordingSink) -> None:
    outcome = run(
        code("""
            import qntx
            made = attest("alice", ["lives_in"], {"Paris"}, attributes={"age": 4, "tags": ("x", "y")})
            print(made["id"], made["contexts"], qntx.attest is attest, qntx.query("alice", 5)[0]["subjects"])
        """)
    )
    assert outcome.stdout == "AS-0 ['Paris'] True alice\n"
    assert sink.stored[0]["attributes"] == {"age": 4, "tags": ["x", "y"]}
    assert sink.queries == [("alice", 5)]


@pytest.mark.parametrize(
    ("call", "field"),
    [
        ("attest([], 'p', 'c')", "subjects"),
        ("attest('s', None, 'c')", "predicates"),
        ("attest('s', 'p', 'c' * 1001)", "contexts"),
        ("attest('s', 'p', 'c', actors=[3])", "actors"),
        ("attest('s\\ud800', 'p', 'c')", "subjects"),
        ("attest('s\\0', 'p', 'c')", "subjects"),
        ("attest(object(), 'p', 'c')", "subjects"),
        ("attest('s', 'p', 'c', attributes={'a': float('nan')})", "attributes"),
        ("attest('s', 'p', 'c', attributes={'a': float('inf')})", "attributes"),
        ("attest('s', 'p', 'c', attributes={1: 2})", "attributes"),
        ("attest('s', 'p', 'c', attributes={'when': qntx})", "attributes"),
        ("attest('s', 'p', 'c', attributes={'a': 'x' * (2 << 20)})", "attributes"),
        ("attest('s', 'p', 'c', attributes={'a': 'x' * (20 << 20)})", "attributes"),
        ("a = []; a.append(a); attest('s', 'p', 'c', attributes={'a': a})", "attributes"),
        ("qntx.attest_many([('a', 'b', 'c'), ('', 'b', 'c')])", "subjects"),
    ],
)
def test_what_is_not_valid_raises_and_names_its_field(run: Run, sink: RecordingSink, call: str, field: str) -> None:
    outcome = run(f"import qntx\ntry:\n    {call}\nexcept ValueError as error:\n    print(str(error))\n")
    assert outcome.stdout.startswith(f"{field}: "), outcome
    assert sink.stored == []


def test_an_uncaught_refusal_fails_the_run_on_its_line(run: Run) -> None:
    outcome = run("x = 1\nattest([], 'p', 'c')\n")
    assert outcome.error is not None
    assert outcome.error["code"] == "handler_failed"
    assert (details(outcome)["exception"], details(outcome)["line"]) == ("ValueError", 2)


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (ErrDiskFull("/x"), "OSError"),
        (ErrJobFailed("stale_claim", "not yours"), "RuntimeError"),
        (ZeroDivisionError("ours"), "RuntimeError"),
    ],
)
def test_trouble_of_the_store_reaches_the_script(
    run: Run, sink: RecordingSink, trouble: Exception, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    sink.trouble = trouble
    outcome = run("try:\n    attest('a', 'b', 'c')\nexcept Exception as e:\n    print(type(e).__name__)")
    assert outcome.stdout == f"{kind}\n"


def test_many_are_acknowledged_in_chunks(run: Run, sink: RecordingSink) -> None:
    outcome = run("import qntx\nprint(qntx.attest_many((f's{n}', 'p', 'c') for n in range(1200)))")
    assert outcome.stdout == "1200\n"
    assert sink.chunks == [500, 500, 200]
    assert [item["subjects"] for item in sink.stored] == [f"s{n}" for n in range(1200)]


def test_large_ones_make_smaller_chunks(run: Run, sink: RecordingSink) -> None:
    run("import qntx\nqntx.attest_many(('s', 'p', 'c', None, {'x': 'y' * 1_000_000}) for n in range(10))")
    assert sum(sink.chunks) == 10
    assert max(sink.chunks) == 4


def test_a_batch_fills_in_what_was_stored(run: Run, sink: RecordingSink) -> None:
    outcome = run(
        code("""
            import qntx
            with qntx.batch():
                first = attest("a", "b", "c")
                with qntx.batch():
                    second = attest("d", "e", "f")
                print("id" in first)
            print(first["id"], second["id"])
        """)
    )
    assert outcome.stdout == "False\nAS-0 AS-1\n"
    assert sink.chunks == [2]


def test_a_batch_that_fails_stores_nothing_of_its_last_chunk(run: Run, sink: RecordingSink) -> None:
    script = "import qntx\nwith qntx.batch():\n    for n in range(700):\n        attest('a', 'b', 'c')\n    1 / 0"
    assert run(script).status is ExecutionStatus.FAILED
    assert sink.chunks == [500]


def test_progress_is_thinned_and_its_last_word_arrives(run: Run, sink: RecordingSink) -> None:
    outcome = run(
        "import qntx\nfor n in range(20_000):\n    qntx.progress(n, 20_000, 'reading')\nqntx.cost(.5)\nqntx.cost(1)"
    )
    assert outcome.status is ExecutionStatus.COMPLETED
    assert sink.progressed[0] == (0.0, 20_000.0, "reading")
    assert sink.progressed[-1] == (19_999.0, 20_000.0, "reading")
    assert len(sink.progressed) < 1_000
    assert outcome.cost == 1.5


def test_the_log_takes_the_four_levels_only(run: Run, sink: RecordingSink) -> None:
    outcome = run(
        "import qntx\nqntx.log('info', 'a\\0b')\ntry: qntx.log('loud', 'x')\nexcept ValueError as e: print(e)"
    )
    assert sink.logged == [("info", "a\ufffdb")]
    assert outcome.stdout.startswith("level: must be one of debug, info, warning, error")


@pytest.mark.parametrize(
    ("script", "state"),
    [
        ("qntx.state['n'] = 2", '{"n":2}'),
        ("qntx.state = {'m': [1]}", '{"m":[1]}'),
        ("qntx.state['n'] = 2; raise SystemExit", '{"n":2}'),
        ("pass", None),
        ("qntx.state['n'] = 1", None),
        ("qntx.state['n'] = 2; raise SystemExit(3)", None),
        ("qntx.state['n'] = 2; 1 / 0", None),
    ],
)
def test_state_is_kept_when_it_changed_and_the_run_ended_well(run: Run, script: str, state: str | None) -> None:
    assert run(f"import qntx\n{script}", state={"n": 1}).state_json == state


@pytest.mark.parametrize("state", ["{'x': object()}", "[1]", "{'x': 'y' * (2 << 20)}", "{'x': float('nan')}"])
def test_state_that_cannot_be_kept_fails_the_run(run: Run, state: str) -> None:
    outcome = run(f"import qntx\nqntx.state = {state}")
    assert outcome.status is ExecutionStatus.FAILED
    assert "state" in str(details(outcome)["message"])


@pytest.mark.parametrize(
    ("script", "exit_code", "line"),
    [
        ("import sys\nsys.exit(3)", 3, 2),
        ("import sys\nsys.exit('no')", 1, 2),
        ("import os\nos._exit(4)", 4, None),
        ("exit(5)", 5, 1),
    ],
)
def test_an_exit_code_other_than_zero_is_a_failure(run: Run, script: str, exit_code: int, line: int | None) -> None:
    outcome = run(script)
    assert (outcome.status, outcome.exit_code) == (ExecutionStatus.FAILED, exit_code)
    assert (details(outcome)["exit_code"], details(outcome)["line"]) == (exit_code, line)


@pytest.mark.parametrize("script", ["import sys\nsys.exit(0)", "import os\nos._exit(0)", "quit()", "exit(None)"])
def test_leaving_with_zero_is_a_good_end(run: Run, script: str) -> None:
    assert run(script).status is ExecutionStatus.COMPLETED


def test_a_failure_is_told_with_the_lines_of_the_script(run: Run) -> None:
    script = code("""
        import json
        def read(text):
            return json.loads(text)

        print("before")
        read("{")
    """)
    outcome = run(script, filename="my feed.py")
    assert outcome.stdout == "before\n"
    found = details(outcome)
    assert (found["exception"], found["line"]) == ("JSONDecodeError", 3)
    trace = str(found["traceback"])
    assert 'File "my feed.py", line 6, in <module>\n    read("{")' in trace
    assert "boot.py" not in trace
    assert "_run.py" not in trace
    assert "decoder.py" not in trace
    assert "decoder.py" in outcome.stderr
    assert "_run.py" not in outcome.stderr


def test_a_script_that_cannot_be_parsed_fails_on_its_line(run: Run) -> None:
    found = details(run("x = 1\ny = (\n"))
    assert (found["exception"], found["line"]) == ("SyntaxError", 2)


def test_a_byte_order_mark_is_no_code(run: Run) -> None:
    assert run("\ufeffprint(1)").stdout == "1\n"


def test_line_1717_is_named(run: Run) -> None:
    script = "x = 0\n" * 1716 + "raise KeyError('row 1,717')\n"
    assert details(run(script))["line"] == 1717


@pytest.mark.parametrize(
    "script",
    [
        "class E(Exception):\n    def __str__(self): 1 / 0\nraise E",
        "def f(): f()\nf()",
        "try:\n    1 / 0\nexcept Exception as e:\n    raise KeyError('x') from e",
        "raise ExceptionGroup('several', [ValueError('a'), KeyError('b')])",
        "raise ValueError('x' * 10_000_000)",
        "raise ValueError('\\ud800\\0')",
        "raise BaseException",
        "raise KeyboardInterrupt",
        "import _thread; _thread.interrupt_main()\nwhile True: pass",
    ],
)
def test_strange_exceptions_are_failures_like_others(run: Run, script: str) -> None:
    outcome = run(script)
    assert outcome.error is not None
    assert outcome.error["code"] == "handler_failed"
    assert len(json.dumps(outcome.error)) < 200_000
    json.dumps(outcome.error, ensure_ascii=False).encode()


@pytest.mark.parametrize("declared", [True, False])
def test_a_missing_module_is_explained(run: Run, declared: bool) -> None:
    head = '# /// script\n# requires-python = ">=3.11"\n# dependencies = ["httpx"]\n# ///\n' if declared else ""
    outcome = run(f"{head}import httpx\n")
    assert outcome.error is not None
    assert ("None of the declared dependencies" in outcome.error["hint"]) is declared
    assert "# dependencies" in outcome.error["hint"]


def test_output_of_any_kind_arrives(run: Run) -> None:
    outcome = run(
        "import sys\nprint('ünï ⨳ \\ud800')\nsys.stdout.buffer.write(b'\\xff\\x00end')\nsys.stderr.write('e\\n')"
    )
    assert outcome.stdout == "ünï ⨳ \\ud800\n\ufffd\x00end"
    assert outcome.stderr == "e\n"


def test_output_is_there_even_when_the_run_is_stopped(run: Run) -> None:
    outcome = run("print('begun')\nwhile True: pass", timeout_s=1.0)
    assert outcome.stdout == "begun\n"


def test_threads_of_the_script_may_end_their_work(run: Run, sink: RecordingSink) -> None:
    script = "import threading\nthreading.Timer(0.1, lambda: attest('a', 'b', 'c')).start()"
    assert run(script).status is ExecutionStatus.COMPLETED
    assert len(sink.stored) == 1


def test_a_fork_of_the_script_cannot_speak_for_it(run: Run, sink: RecordingSink) -> None:
    script = code("""
        import os
        child = os.fork()
        if not child:
            attest("a", "b", "c")
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    """)
    outcome = run(script, layers=UNCONFINED)
    assert (outcome.status, outcome.stdout) == (ExecutionStatus.COMPLETED, "1\n")
    assert sink.stored == []


def test_nothing_is_started_when_it_was_cancelled_before(run: Run) -> None:
    token = CancelToken()
    token.cancel("quit")
    token.cancel("cancelled")
    outcome = run("print(1)", cancel=token)
    assert (outcome.status, outcome.stdout) == (ExecutionStatus.CANCELLED, "")
    assert details(outcome) == {"reason": "quit"}


def test_a_work_folder_that_cannot_be_made_is_our_trouble(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ErrHomeUnusable):
        run("pass", work_dir=tmp_path / "file" / "work")
