"""Code is checked before it is saved: syntax, emptiness, inline metadata - whatever the code is."""

from __future__ import annotations

import sys

import pytest

from qntx_desktop.engines import interpreter, python_code
from qntx_desktop.engines.python_code import check_code
from qntx_desktop.model.errors import ErrEmptyCode, ErrSyntax, ErrUnexpected
from qntx_desktop.model.handler import MAX_CODE_BYTES, Requires


def block(*lines: str, code: str = "x = 1\n") -> str:
    return "".join(f"{line}\n" for line in ("# /// script", *(f"# {line}" for line in lines), "# ///")) + code


@pytest.mark.parametrize(
    "code", ["", "  \n\t\n", "# only a comment", "\ufeff# x\n", "# /// script\n# x = 1\n# ///\n"]
)
def test_code_without_a_statement_is_empty(code: str) -> None:
    with pytest.raises(ErrEmptyCode):
        check_code(code)


@pytest.mark.parametrize(
    ("code", "line", "column"),
    [
        ("x = (\n", 1, 5),
        ("x = 1\nif x:\nprint(2)\n", 3, 1),
        ("'ünï ⨳' = )", 1, 11),
        ("return 1", 1, 1),
        ("x = 1\r\ny = \0\r\n", 2, 5),
        ("x = 1\ny = '\ud800'", 2, 6),
        ("if 1:\n\tx = 1\n        y = 2\n", 3, 1),
        ("(" * 200_000, 1, 201),
        ("a = " + "-" * 500_000 + "1", 1, 1),
        ("1" + "+1" * 100_000, 1, 1),
        ("x" + ".y" * 400_000, 1, 1),
        ("x" + "[0]" * 300_000, 1, 1),
        ("x" * 10_000_000, 1, 1),
        ("f'{" * 100 + "x", 1, None),
        ("lambda: " * 100_000 + "0", 1, None),
    ],
)
def test_code_that_cannot_be_parsed_is_refused_with_its_place(code: str, line: int, column: int | None) -> None:
    with pytest.raises(ErrSyntax) as caught:
        check_code(code)
    assert caught.value.details["line"] == line
    assert column is None or caught.value.details["column"] == column
    assert "Traceback" not in caught.value.message


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ('timout = "5s"', "timeout"),
        ('time-out = "5s"', "timeout"),
        ('Network = ["a.example:443"]', "network"),
        ('secret = ["x"]', "secrets"),
        ("cost_per_days = 5", "cost_per_day"),
    ],
)
def test_a_key_that_is_misspelt_is_refused_with_what_is_meant(line: str, meant: str) -> None:
    with pytest.raises(ErrSyntax, match=f"Line 3, column 1: .* did you mean {meant}\\?"):
        check_code(block("[tool.qntx]", line))
    with pytest.raises(ErrSyntax, match=r"Line 2, column 1: .* did you mean dependencies"):
        check_code(block('dependecies = ["httpx"]'))


def test_a_key_that_is_like_none_of_ours_is_somebody_elses() -> None:
    requires = check_code(block('x-team = "data"', "[tool.qntx]", "owner = 'me'", "[tool.uv]", "timout = 1"))
    assert requires.declared["owner"] == "me"


def test_a_size_beyond_the_limit_is_named() -> None:
    with pytest.raises(ErrSyntax, match="500,001 bytes, at most 500,000"):
        check_code("#" * (MAX_CODE_BYTES + 1))
    assert check_code("x=1#" + "#" * (MAX_CODE_BYTES - 4)) == Requires()


def test_warnings_are_neither_raised_nor_printed(capfd: pytest.CaptureFixture[str]) -> None:
    assert check_code('x = "\\d"\nx is 1\n') == Requires()
    assert capfd.readouterr() == ("", "")


def test_nothing_is_executed(capfd: pytest.CaptureFixture[str]) -> None:
    check_code("import os\nprint('run')\nos._exit(3)\n")
    assert capfd.readouterr() == ("", "")


def test_metadata_says_what_the_code_needs() -> None:
    code = block(
        'requires-python = ">=3.11"',
        'dependencies = ["httpx"]',
        "[tool.qntx]",
        'timeout = "2m"',
        'memory = "1GB"',
        "concurrent = true",
        'description = "Reads feeds"',
        'script_type = "rss-feed"',
        'network = ["example.com:443"]',
    )
    found = check_code(code)
    assert (found.timeout_s, found.memory_bytes, found.concurrent) == (120.0, 1 << 30, True)
    assert (found.description, found.script_type) == ("Reads feeds", "rss-feed")
    assert found.permissions.network == ("example.com:443",)
    assert found.permissions.dependencies == ("httpx",)
    assert found.permissions.requires_python == ">=3.11"
    assert found.declared["network"] == ["example.com:443"]
    assert found.declared["dependencies"] == ["httpx"]
    assert found.declared["requires-python"] == ">=3.11"
    assert check_code(code.replace("\n", "\r\n")) == found


@pytest.mark.parametrize(
    ("written", "seconds"), [('"60s"', 60), ('"1.5m"', 90), ('"1h"', 3600), ('"24h"', 86400), ("2.5", 2.5)]
)
def test_times(written: str, seconds: float) -> None:
    assert check_code(block("[tool.qntx]", f"timeout = {written}")).timeout_s == seconds


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ('"512MB"', 512 << 20),
        ('"1GiB"', 1 << 30),
        ('"64 gb"', 64 << 30),
        ("33554432", 32 << 20),
        ('"1.5gb"', 3 << 29),
    ],
)
def test_sizes(written: str, size: int) -> None:
    assert check_code(block("[tool.qntx]", f"memory = {written}")).memory_bytes == size


@pytest.mark.parametrize(
    ("lines", "line", "named"),
    [
        (["[tool.qntx]", 'timeout = "0s"'], 3, "timeout"),
        (["[tool.qntx]", 'timeout = "25h"'], 3, "timeout"),
        (["[tool.qntx]", 'timeout = "soon"'], 3, "timeout"),
        (["[tool.qntx]", "timeout = true"], 3, "timeout"),
        (["[tool.qntx]", "timeout = nan"], 3, "timeout"),
        (["[tool.qntx]", "timeout = inf"], 3, "timeout"),
        (["[tool.qntx]", "", 'memory = "1MB"'], 4, "memory"),
        (["[tool.qntx]", "memory = -1"], 3, "memory"),
        (["[tool.qntx]", 'memory = "65GB"'], 3, "memory"),
        (["[tool.qntx]", "concurrent = 1"], 3, "concurrent"),
        (["[tool.qntx]", "description = 3"], 3, "description"),
        (["[tool.qntx]", 'script_type = "A b"'], 3, "script_type"),
        (['dependencies = "httpx"'], 2, "dependencies"),
        (["requires-python = 3"], 2, "requires-python"),
        (['requires-python = "three"'], 2, "no condition on a version"),
        (['dependencies = ["a @ https://x.org/a.whl"]'], 2, "not an address"),
        (['dependencies = ["./local"]'], 2, "must be a package"),
        (['dependencies = ["a>>1"]'], 2, "no condition on a version"),
        (["[tool.qntx]", "network = false", "read = '~/x'"], 4, "read must be a list"),
        (["[tool.qntx]", "network = 'x.org:443'"], 3, "network must be a list of host:port, or true"),
        (["[tool.qntx]", "network = ['x.org']"], 3, "host:port"),
        (["[tool.qntx]", "network = ['x.org:0']"], 3, "host:port"),
        (["[tool.qntx]", "network = ['x.org:65536']"], 3, "host:port"),
        (["[tool.qntx]", "network = ['*.x.org:443']"], 3, "wildcards"),
        (["[tool.qntx]", "network = ['https://x.org:443']"], 3, "name a host"),
        (["[tool.qntx]", "network = ['x.örg:443']"], 3, "name a host"),
        (["[tool.qntx]", "read = ['data']"], 3, "must start with"),
        (["[tool.qntx]", "read = ['~other/x']"], 3, "must start with"),
        (["[tool.qntx]", "write = ['/a/../b']"], 3, r"\.\."),
        (["[tool.qntx]", 'write = ["/a\\u0000"]'], 3, "character"),
        (["[tool.qntx]", "secrets = ['a b']"], 3, "name of 1 to 64"),
        (["[tool.qntx]", "secrets = [1]"], 3, "list of texts"),
        (["[tool.qntx]", f"secrets = {[f's{each}' for each in range(101)]}"], 3, "101 entries, at most 100"),
        (["tool = 3"], 2, "tool"),
        (["[tool]", "qntx = 1"], 3, "qntx"),
        (["a = ["], 2, "Inline metadata"),
        (["a = 1", "a = 2"], 3, "Inline metadata"),
        (["a = " + "[" * 5000], 1, "nested"),
    ],
)
def test_metadata_that_is_wrong_is_refused_with_its_line(lines: list[str], line: int, named: str) -> None:
    with pytest.raises(ErrSyntax, match=named) as caught:
        check_code(block(*lines))
    assert caught.value.details["line"] == line


def test_two_blocks_and_a_block_without_end_are_refused() -> None:
    with pytest.raises(ErrSyntax, match="two blocks") as caught:
        check_code(block("a = 1") + block("b = 1"))
    assert caught.value.details["line"] == 5
    with pytest.raises(ErrSyntax, match="no end") as caught:
        check_code("x = 1\n# /// script\n# a = 1\nx = 2\n")
    assert caught.value.details["line"] == 2


def test_another_kind_of_block_is_none_of_ours() -> None:
    assert check_code("# /// pyproject\n# timeout = \n# ///\nx = 1\n") == Requires()


def test_a_parser_that_dies_is_no_crash_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    dying = [sys.executable, "-c", "import os; os.abort()"]
    monkeypatch.setattr(python_code, "start_of_command", lambda script: dying)
    with pytest.raises(ErrSyntax, match="cannot parse"):
        check_code("x = 1")


def test_a_parser_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(python_code, "start_of_command", lambda script: [sys.executable, "-c", "while True: pass"])
    monkeypatch.setattr(python_code, "_TIMEOUT_S", 0.5)
    with pytest.raises(ErrSyntax, match="within"):
        check_code("x = 1")


def test_a_missing_interpreter_is_our_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(python_code, "start_of_command", lambda script: ["/no/such/python"])
    with pytest.raises(ErrUnexpected):
        check_code("x = 1")


def test_a_frozen_app_never_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(interpreter.shutil, "which", lambda name: None)
    with pytest.raises(ErrUnexpected):
        interpreter.interpreter()
    monkeypatch.setattr(interpreter.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert interpreter.interpreter() == "/usr/bin/python3"
