"""Every end of a call becomes one exit code and one line, or one JSON document."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from qntx_desktop import __version__
from qntx_desktop.cli import program
from qntx_desktop.cli.call import Call
from qntx_desktop.cli.grammar import Verb
from qntx_desktop.cli.main import main
from qntx_desktop.cli.printer import OutputClosed
from qntx_desktop.cli.verbs import GROUPS
from qntx_desktop.model import errors

ENDS = [
    (errors.ErrInvalidQuery("no"), 2, "invalid_query"),
    (errors.ErrNoIngestScript("csv"), 3, "no_ingest_script"),
    (errors.ErrJobNotCancellable(1, "failed"), 4, "job_not_cancellable"),
    (errors.ErrPermissionRequired("network"), 4, "permission_required"),
    (errors.ErrStoreBusy("x"), 5, "store_busy"),
    (errors.ErrHandlerTimeout(1), 1, "handler_timeout"),
    (KeyboardInterrupt(), 130, "cancelled"),
    (ZeroDivisionError("a\nb"), 5, "unexpected"),
    (MemoryError(), 5, "unexpected"),
    (RecursionError("deep"), 5, "unexpected"),
]


@pytest.fixture
def ending(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Make the verb `end`, which ends as told."""

    def install(error: BaseException) -> None:
        def run(call: Call) -> int:
            raise error

        monkeypatch.setattr(program, "GROUPS", {"end": (Verb(path=("end",), summary="End", run=run),)})

    return install


@pytest.mark.parametrize(("error", "exit_code", "code"), ENDS, ids=lambda each: str(each)[:30])
def test_json_answers_with_one_document(
    ending: Callable[[BaseException], None],
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    exit_code: int,
    code: str,
) -> None:
    ending(error)
    assert main(["--json", "end"]) == exit_code
    said = capsys.readouterr()
    document = json.loads(said.out)
    assert document["error"]["code"] == code
    assert set(document["error"]) == {"code", "message", "hint", "details"}
    assert said.err == ""


@pytest.mark.parametrize(("error", "exit_code", "code"), ENDS, ids=lambda each: str(each)[:30])
def test_people_get_one_line(
    ending: Callable[[BaseException], None],
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    exit_code: int,
    code: str,
) -> None:
    ending(error)
    assert main(["end"]) == exit_code
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("qntx: ")
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err


def test_verbose_shows_where_it_broke(
    ending: Callable[[BaseException], None], capsys: pytest.CaptureFixture[str]
) -> None:
    ending(ZeroDivisionError("by zero"))
    assert main(["-v", "end"]) == 5
    said = capsys.readouterr()
    assert "Traceback" in said.err
    assert said.err.splitlines()[-1].startswith("qntx: ")


def test_a_defect_is_kept_in_the_log_of_a_home_that_exists(
    ending: Callable[[BaseException], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ending(ZeroDivisionError("by zero"))
    home = tmp_path / "home"
    main(["--home", str(home), "end"])
    assert not home.exists(), "a defect must not make a home"
    home.mkdir()
    main(["--home", str(home), "end"])
    assert "ZeroDivisionError: by zero" in (home / "logs" / "qntx.log").read_text()
    assert "The log in the home folder" in capsys.readouterr().err


def test_a_closed_pipe_ends_quietly(
    ending: Callable[[BaseException], None], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    silenced = []
    monkeypatch.setattr(program, "silence_stdout", lambda: silenced.append(True))
    ending(OutputClosed())
    assert main(["end"]) == 141
    assert silenced
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(os.name == "nt", reason="no such signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_ends_in_good_order(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    number = getattr(signal, name)
    before = signal.getsignal(number)
    left = []

    def run(call: Call) -> int:
        try:
            os.kill(os.getpid(), number)
            signal.sigtimedwait([], 5)
        finally:
            left.append(True)
        return 0

    monkeypatch.setattr(program, "GROUPS", {"end": (Verb(path=("end",), summary="End", run=run),)})
    assert main(["end"]) == 128 + number
    assert left
    assert signal.getsignal(number) is before


@pytest.mark.parametrize("argv", [["ax", "caf\udce9"], ["--home", "\udcff", "job", "list"]])
def test_bytes_that_are_no_text(capsys: pytest.CaptureFixture[str], argv: list[str]) -> None:
    assert main(["--json", *argv]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["code"] == "invalid_command"
    assert "is not UTF-8 text" in error["message"]


@pytest.mark.parametrize(
    ("argv", "as_json"),
    [
        (["frob", "--json"], True),
        (["ax", "x", "--frob", "--json"], True),
        (["ix", "csv", "--every=", "x", "--json"], False),
        (["ix", "--json", "csv", "--missed", "all"], True),
        (["frob", "--", "--json"], False),
        (["frob"], False),
    ],
)
def test_a_refusal_is_json_where_json_was_meant(
    capsys: pytest.CaptureFixture[str], argv: list[str], as_json: bool
) -> None:
    assert main(argv) == 2
    said = capsys.readouterr()
    assert bool(said.out) is as_json
    assert bool(said.err) is not as_json


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"qntx {__version__}\n"
    assert main(["--json", "--version"]) == 0
    assert json.loads(capsys.readouterr().out) == {"version": __version__}


def test_help_names_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    for group in program.GROUPS.values():
        for verb in group:
            assert f"\n  {verb.name} " in said
            assert main([*verb.path, "--help"]) == 0
            own = capsys.readouterr().out
            assert own.startswith(f"usage: qntx {verb.name}")
            assert all(option.name in own for option in verb.options)
            assert max(map(len, own.splitlines())) <= 110


def test_a_plain_call_welcomes_and_names_the_way_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "qntx --help" in said.out
    assert "qntx-desktop" in said.out
    for verb in re.findall(r"^  qntx (handler \w+|\w+)", said.out, re.MULTILINE):
        assert verb in {each.name for group in GROUPS.values() for each in group}
    assert main(["--help"]) == 0
    assert "first steps:" in capsys.readouterr().out


def test_options_without_a_verb_are_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "invalid_command"
