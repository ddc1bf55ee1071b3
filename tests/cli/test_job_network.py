"""`qntx job show` tells whom a run reached for."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from qntx_desktop.cli.main import main
from qntx_desktop.cli.wording import network_facts
from qntx_desktop.model.connection import Connection, Verdict

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sockets cannot be handed over there")


def test_job_show_tells_what_was_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = tmp_path / "reach.py"
    script.write_text("import socket\nsocket.create_connection(('example.com', 443))\n", "utf-8")
    home = ["--home", str(tmp_path / "home")]
    assert main([*home, "--json", "run", str(script)]) == 1
    ran = json.loads(capsys.readouterr().out)
    assert [each["reason"] for each in ran["execution"]["connections"]] == ["not_listed"]
    assert main([*home, "job", "show", str(ran["job"]["id"])]) == 0
    said = capsys.readouterr().out
    assert "example.com:443 · refused: not declared" in said
    assert '# network = ["example.com:443"]' in said


def test_many_attempts_are_counted() -> None:
    many = [
        Connection(seq=n, at_us=0, host=f"h{n}", port=1, address="", verdict=Verdict.OFFLINE) for n in range(1, 26)
    ]
    facts = network_facts(many)
    assert facts[0] == ("network", "5 earlier attempts; all with --json")
    assert facts[-1] == ("network", "h25:1 · refused: the app is offline")
    assert len(facts) == 21
