"""What a shell offers behind Tab: asked of the program itself, and through the scripts of real shells."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from qntx_desktop.cli.main import main
from qntx_desktop.cli.verbs import GROUPS
from qntx_desktop.cli.verbs.completion import SCRIPTS

QNTX = f'qntx() {{ "{sys.executable}" -m qntx_desktop.cli "$@"; }}'

REQUESTS = ("TH", "SH", "SS", "TP", "PP", "B ", "BR", "I ", "RI", "nf", "fi")


def needs(shell: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(shell) is None, reason=f"no {shell} here")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QNTX_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def offered(home: Path, capsys: pytest.CaptureFixture[str]):
    def ask(*words: str) -> dict[str, str]:
        capsys.readouterr()
        assert main(["__offer", *words]) == 0
        said = capsys.readouterr()
        assert said.err == ""
        return dict(line.split("\t") for line in said.out.splitlines())

    return ask


def test_verbs_and_options_are_offered(offered) -> None:
    assert set(GROUPS) <= set(offered(""))
    assert set(offered("han")) == {"handler"}
    assert {"create", "list", "restore"} <= set(offered("handler", ""))
    assert set(offered("--home", "job", "--json", "handler", "create", "--f")) == {"--file"}
    assert {"--limit", "--csv", "--json"} <= set(offered("ax", "--"))
    assert offered("frob", "") == offered("handler", "frob", "") == {}


def test_every_verb_is_offered_with_what_it_does(offered) -> None:
    for verbs in GROUPS.values():
        for verb in verbs:
            assert verb.path[-1] in offered(*verb.path[:-1], "")
            assert {option.name for option in verb.options} <= set(offered(*verb.path, "--"))
    assert offered("job", "can") == {"cancel": "Cancel a job, or ask a running one to stop"}


def test_names_come_from_the_home(offered, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert offered("handler", "show", "") == {}
    assert not home.exists()
    for name in ("csv", "feed"):
        assert main(["handler", "create", name, "--code", "print(1)", "--description", f"reads {name}"]) == 0
    assert main(["ix", "csv", "x", "--every", "1h"]) == 0
    assert offered("handler", "show", "") == {"csv": "reads csv", "feed": "reads feed"}
    assert set(offered("ix", "f")) == {"feed"}
    assert set(offered("job", "list", "--handler", "c")) == {"csv"}
    assert offered("ix", "csv", "") == {}  # files belong here, and a shell knows those
    assert set(offered("source", "show", "")) == {"manual"}
    assert set(offered("schedule", "pause", "")) == {"1"}
    assert "pulse.workers" in offered("config", "pulse.w")
    assert set(offered("config", "window.theme", "")) == {"system", "dark", "light", "contrast"}
    assert offered("config", "network.offline", "") == {"on": "", "off": "default"}
    assert list(offered("config", "pulse.workers", "")) == ["0"]
    assert offered("config", "remote.scheduler", "") == offered("config", "no.such", "") == {}
    assert set(offered("job", "list", "--status", "c")) == {"completed", "cancelled"}
    assert set(offered("job", "list", "--status=wa")) == {"--status=waiting"}
    assert (
        set(offered("job", "list", "--status", "=", "wa"))
        == set(offered("job", "list", "--status", '"wa'))
        == {"waiting"}
    )
    assert set(offered("api", "token", "--scopes", "")) == {"read", "write", "execute"}
    assert {"skip", "once", "all"} <= set(offered("ix", "--missed", ""))
    assert set(offered("completion", "")) == {*SCRIPTS, "man"}


def test_a_store_that_cannot_be_read_offers_no_names(offered, home: Path) -> None:
    home.mkdir()
    (home / "qntx.db").write_bytes(b"not a database at all, but long enough to be looked at" * 40)
    assert offered("handler", "show", "") == {}
    assert "show" in offered("handler", "sh")


def test_an_option_of_a_verb_hides_the_one_of_qntx(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["__offer", "handler", "show", "csv", "--vers"]) == 0
    assert capsys.readouterr().out == "--version\twhich version\n"


@needs("bash")
def test_bash(home: Path, tmp_path: Path) -> None:
    canvas = {"format": "qntx.canvas", "version": 1, "name": "My map", "glyphs": [], "edges": []}
    (tmp_path / "c").write_text(json.dumps(canvas), encoding="utf-8")
    assert main(["canvas", "import", str(tmp_path / "c")]) == 0
    asks = (
        "COMP_WORDS=(qntx handler sh); COMP_CWORD=2; _qntx; printf '%s\\n' \"${COMPREPLY[@]}\";"
        "COMP_WORDS=(qntx job list ''); COMP_CWORD=3; _qntx; printf '%s\\n' \"${#COMPREPLY[@]}\";"
        "COMP_WORDS=(qntx canvas export 'My\\ m'); COMP_CWORD=3; _qntx; printf '%s\\n' \"${COMPREPLY[@]}\";"
        "COMP_WORDS=(qntx canvas export '\"My'); COMP_CWORD=3; _qntx; printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    ended = subprocess.run(
        ["bash", "--norc", "-c", f"{QNTX}\n{SCRIPTS['bash']}\n{asks}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert (ended.stdout.splitlines(), ended.stderr) == (["show", "0", "My\\ map", "My map"], "")


@needs("fish")
def test_fish(home: Path) -> None:
    program = f'function qntx; "{sys.executable}" -m qntx_desktop.cli $argv; end'
    ended = subprocess.run(
        ["fish", "--no-config", "-c", f"{program}\n{SCRIPTS['fish']}\ncomplete -C 'qntx handler sh'"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert ended.stdout.split("\t")[0] == "show"


@needs("zsh")
def test_zsh_reads_its_script(tmp_path: Path) -> None:
    script = tmp_path / "_qntx"
    script.write_text(SCRIPTS["zsh"], encoding="utf-8")
    assert subprocess.run(["zsh", "-n", str(script)], timeout=60, check=True, capture_output=True).stderr == b""


def test_the_page_for_man(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "man"]) == 0
    page = capsys.readouterr().out
    for verbs in GROUPS.values():
        for verb in verbs:
            assert f".SS qntx {' '.join(verb.path)}".replace("-", "\\-") in page
    assert not [line for line in page.splitlines() if line.startswith((".", "'")) and line[1:3] not in REQUESTS]


@needs("groff")
def test_groff_has_nothing_to_say_against_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "man"]) == 0
    page = capsys.readouterr().out.encode()
    ended = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-z"], input=page, capture_output=True, timeout=60)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_each_shell_has_a_script(capsys: pytest.CaptureFixture[str]) -> None:
    for shell, script in SCRIPTS.items():
        assert main(["completion", shell]) == 0
        assert capsys.readouterr().out == script
        assert "qntx __offer" in script
    assert main(["--json", "completion", "cmd"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "invalid_command"
