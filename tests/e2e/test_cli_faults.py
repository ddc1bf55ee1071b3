"""Bad input and bad surroundings: one line or one JSON document, the right exit code, nothing half-done."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.e2e.cli_process import Cli, finish


@pytest.mark.parametrize(
    "words",
    [
        ("ax", "anything"),
        ("ax",),
        ("handler", "list"),
        ("job", "list"),
    ],
)
def test_a_call_that_reads_makes_no_home(qntx: Cli, words: tuple[str, ...]) -> None:
    asked = qntx("--json", *words)
    assert (asked.code, asked.document) == (0, [])
    told = qntx(*words)
    assert (told.code, told.out) == (0, "")
    assert not qntx.home.exists()


def test_a_home_that_is_a_file(qntx: Cli) -> None:
    qntx.home.write_text("I am a file")
    for words in (("as", "a is b"), ("ax", "a"), ("handler", "list"), ("job", "list")):
        refused = qntx("--json", *words)
        assert (refused.code, refused.error["code"]) == (5, "home_unusable"), words


@pytest.mark.parametrize("content", [b"", b"not a database, but long enough to be taken for one" * 99])
@pytest.mark.parametrize("words", [("as", "a is b"), ("ax", "a"), ("job", "list")])
def test_a_damaged_store_is_never_taken_for_an_empty_one(qntx: Cli, words: tuple[str, ...], content: bytes) -> None:
    qntx.home.mkdir()
    store = qntx.home / "qntx.db"
    store.write_bytes(content)
    refused = qntx("--json", *words)
    assert (refused.code, refused.error["code"]) == (5, "store_corrupt"), refused.out
    assert store.read_bytes() == content


def test_a_name_that_is_no_text(qntx: Cli) -> None:
    ended = subprocess.run(
        [os.fsencode(word) for word in qntx.argv("--json", "ix", "csv")] + [b"caf\xe9.csv"],
        capture_output=True,
        env=qntx.environ,
        cwd=qntx.folder,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 2
    assert b'"invalid_command"' in ended.stdout


def test_awkward_output_is_carried(qntx: Cli) -> None:
    code = "import sys\nsys.stdout.buffer.write(b'\\xff\\x00 caf\\xc3\\xa9\\n')\nprint('\\u202e\\x1b[31m')\n"
    qntx.file("awkward.py", code)
    ran = qntx("--json", "run", "awkward.py", env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert ran.code == 0, ran.err
    assert "café" in ran.document["execution"]["stdout"]


def test_output_beyond_the_bound_is_counted(qntx: Cli) -> None:
    ran = qntx("--json", "run", "-", stdin="import sys\nsys.stdout.write('x' * (9 << 20))\n")
    assert ran.code == 0, ran.out[:500]
    execution = ran.document["execution"]
    assert len(execution["stdout"]) + execution["stdout_dropped_bytes"] == 9 << 20
    assert len(execution["stdout"]) <= 8 << 20


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
@pytest.mark.parametrize("words", [("ax", "is b", "--limit", "5000"), ("--json", "ax", "is b", "--limit", "5000")])
def test_a_closed_pipe_ends_quietly(qntx: Cli, words: tuple[str, ...]) -> None:
    qntx.file(
        "many.py",
        "import qntx\nqntx.attest_many(({'subjects': 'x' * 900 + str(n),'predicates': 'b',"
        "'contexts': 'c'} for n in range(300)))\n",
    )
    assert qntx("run", "many.py").code == 0
    reading = qntx.start(*words)
    assert reading.stdout is not None
    reading.stdout.close()
    reading.stdout = None
    ended = reading.communicate(timeout=60)[1]
    assert (reading.returncode, ended) == (141, b"")


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_pipe_that_closes_in_the_middle_ends_quietly(
    qntx: Cli, unbuffered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    qntx.file("big.py", "for _ in range(7): print('x' * (1 << 20))")
    reading = qntx.start("run", "big.py")
    assert reading.stdout is not None
    assert reading.stdout.read(10) == b"x" * 10
    reading.stdout.close()
    reading.stdout = None
    reading.communicate(timeout=60)
    assert reading.returncode == 141


@pytest.mark.skipif(os.name == "nt", reason="descriptors of POSIX")
def test_closed_standard_streams(qntx: Cli) -> None:
    shell = 'exec "$@" >&- 2>&- <&-'
    ended = subprocess.run(
        ["sh", "-c", shell, "sh", *qntx.argv("as", "alice is b of c")], env=qntx.environ, timeout=60, check=False
    )
    assert ended.returncode == 0
    assert len(qntx("--json", "ax", "alice").document) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device on this platform")
def test_a_full_disk_behind_stdout_is_told(qntx: Cli) -> None:
    qntx("as", "alice is b of c")
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        for words in (("ax", "alice"), ("--json", "ax", "alice"), ("--json", "job", "show", "9")):
            ended = finish(qntx.start(*words, stdout=full))
            assert ended.code == (3 if "9" in words else 5)
            assert ended.err.startswith("qntx: The answer could not be written: No space left")
            assert ended.err.count("\n") == 1
