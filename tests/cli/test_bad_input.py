"""Bad input of every kind gets one line, or one JSON document, and the right exit code; nothing is half-done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qntx_desktop.cli.main import main

DEEP = "[" * 5_000 + "]" * 5_000


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        ((), 2, "invalid_command"),
        (("frob",), 2, "invalid_command"),
        (("ax", "x", "--frob"), 2, "unknown_flag"),
        (("ax", "x", "--limit", "0"), 2, "invalid_command"),
        (("ax", "x", "--limit", "five"), 2, "invalid_command"),
        (("ax", "x", "--csv"), 2, "invalid_command"),
        (("ax", ""), 2, "invalid_query"),
        (("ax", "x since 'last week'"), 2, "invalid_query"),
        (("ax", "is 'x"), 2, "invalid_query"),
        (("ix", ""), 2, "invalid_command"),
        (("ix", "csv 'x"), 2, "invalid_command"),
        (("ix", "csv \x07"), 2, "invalid_command"),
        (("ix", "CSV"), 2, "invalid_handler_name"),
        (("ix", "a_b", "x"), 2, "invalid_handler_name"),
        (("ix", "csv", "x"), 3, "no_ingest_script"),
        (("ix", "csv", "x", "--dry-run"), 3, "no_ingest_script"),
        (("ix", "csv", "--cron", "* * * *"), 2, "invalid_schedule"),
        (("ix", "csv", "--every", "often"), 2, "invalid_schedule"),
        (("ix", "csv", "--every", "5m", "--timezone", "Mars"), 2, "invalid_schedule"),
        (("ix", "csv", "--every", "5m", "--missed", "never"), 2, "invalid_schedule"),
        (("ix", "csv", "--every", "5m", "--cron", "* * * * *"), 2, "invalid_schedule"),
        (("ix", "csv", "--missed", "all"), 2, "invalid_command"),
        (("ix", "csv", "--every", "5m", "--dry-run"), 2, "invalid_command"),
        (("schedule", "show", "7"), 3, "schedule_not_found"),
        (("schedule", "edit", "7"), 3, "schedule_not_found"),
        (("schedule", "duplicate", "7"), 3, "schedule_not_found"),
        (("schedule", "remove", "7"), 3, "schedule_not_found"),
        (("run", "absent.py"), 3, "file_not_found"),
        (("run", "."), 3, "file_not_found"),
        (("run", "binary.py"), 2, "syntax_error"),
        (("run", "broken.py"), 2, "syntax_error"),
        (("run", "empty.py"), 2, "empty_code"),
        (("handler", "create", "csv"), 2, "invalid_command"),
        (("handler", "create", "csv", "--file", "absent.py"), 3, "file_not_found"),
        (("handler", "create", "csv", "--file", "binary.py"), 2, "syntax_error"),
        (("handler", "create", "csv", "--code", "x = ("), 2, "syntax_error"),
        (("handler", "create", "csv", "--code", "# nothing"), 2, "empty_code"),
        (("handler", "create", "CSV", "--code", "x=1"), 2, "invalid_handler_name"),
        (("handler", "create", "../x", "--code", "x=1"), 2, "invalid_handler_name"),
        (("handler", "create", "a" * 65, "--code", "x=1"), 2, "invalid_handler_name"),
        (("handler", "create", "сsv", "--code", "x=1"), 2, "invalid_handler_name"),
        (("handler", "show", "csv"), 3, "handler_not_found"),
        (("handler", "history", "csv"), 3, "handler_not_found"),
        (("handler", "diff", "csv"), 3, "handler_not_found"),
        (("handler", "test", "csv"), 3, "handler_not_found"),
        (("handler", "retire", "csv"), 3, "handler_not_found"),
        (("handler", "restore", "csv", "--version", "1"), 3, "handler_not_found"),
        (("handler", "restore", "csv"), 2, "invalid_command"),
        (("handler", "diff", "csv", "one"), 2, "invalid_command"),
        (("as", ""), 2, "invalid_attestation"),
        (("as", "is member"), 2, "invalid_attestation"),
        (("as", "a is ix_handler of b"), 2, "invalid_attestation"),
        (("as", "a is b", "--attributes", "[1]"), 2, "invalid_attestation"),
        (("as", "a is b", "--attributes", '{"a": NaN}'), 2, "invalid_attestation"),
        (("attestation", "show", "nonsense"), 3, "attestation_not_found"),
        (("job", "show", "1"), 3, "job_not_found"),
        (("job", "logs", "1"), 3, "job_not_found"),
        (("job", "cancel", "1"), 3, "job_not_found"),
        (("job", "show", "one"), 2, "invalid_command"),
        (("job", "show", "9" * 30), 2, "invalid_command"),
        (("job", "list", "--status", "lost"), 2, "invalid_command"),
        (("job", "create", "x", "--payload", "{"), 2, "invalid_payload"),
        (("job", "create", "x", "--payload", "[]"), 2, "invalid_payload"),
        (("job", "create", "x", "--payload", '{"a": 1, "a": 2}'), 2, "invalid_payload"),
        (("job", "create", "x", "--payload", '{"a": NaN}'), 2, "invalid_payload"),
        (("job", "create", "x", "--payload", f'{{"a": {DEEP}}}'), 2, "invalid_payload"),
        (("job", "create", "x", "--reference", "seven"), 2, "invalid_command"),
        (("job", "create", "python.script", "--payload", "{}"), 2, "invalid_payload"),
        (("job", "create", "python.script", "--payload", '{"script_code": 1}'), 2, "invalid_payload"),
    ],
    ids=lambda each: " ".join(each)[:60] if isinstance(each, tuple) else None,
)
def test_bad_input(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    code: int,
    error: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("binary.py").write_bytes(bytes(range(256)))
    Path("broken.py").write_text("def f(:\n")
    Path("empty.py").write_text("\n\n# nothing\n")
    assert main(["--home", "home", "--json", *words]) == code
    asked = capsys.readouterr()
    document = json.loads(asked.out)
    assert (document["error"]["code"], asked.err) == (error, "")
    assert set(document["error"]) == {"code", "message", "hint", "details"}
    if words[-1:] == ("--csv",):
        return
    assert main(["--home", "home", *words]) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"qntx: {document['error']['message'].splitlines()[0][:20]}")
    assert told.err.count("\n") == 1
