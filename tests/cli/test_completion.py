"""What a shell offers behind Tab, asked of a real bash."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from qntx_desktop.cli.main import main
from qntx_desktop.cli.verbs import GROUPS

needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")


def offered(script: str, *words: str) -> set[str]:
    line = " ".join(f"'{word}'" for word in ("qntx", *words))
    asks = f'COMP_WORDS=({line}); COMP_CWORD={len(words)}; _qntx; printf "%s\\n" "${{COMPREPLY[@]}}"'
    ended = subprocess.run(
        ["bash", "--norc", "-c", f"{script}\n{asks}"], capture_output=True, text=True, timeout=30, check=True
    )
    assert ended.stderr == ""
    return set(ended.stdout.split())


@pytest.fixture
def script(capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["completion", "bash"]) == 0
    return capsys.readouterr().out


@needs_bash
def test_verbs_and_options_are_offered(script: str) -> None:
    assert set(GROUPS) <= offered(script, "")
    assert offered(script, "han") == {"handler"}
    assert {"create", "list", "restore"} <= offered(script, "handler", "")
    assert offered(script, "--home", "job", "--json", "handler", "create", "--f") == {"--file"}
    assert offered(script, "ax", "--") == {"--limit", "--csv"}
    assert offered(script, "frob", "") == set()


@needs_bash
@pytest.mark.parametrize("group", GROUPS)
def test_every_verb_is_offered(script: str, group: str) -> None:
    for verb in GROUPS[group]:
        assert verb.path[-1] in offered(script, *verb.path[:-1], "")
        assert {option.name for option in verb.options} <= offered(script, *verb.path, "--")


def test_other_shells(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "zsh"]) == 0
    assert "bashcompinit" in capsys.readouterr().out
    assert main(["--json", "completion", "cmd"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "invalid_command"
