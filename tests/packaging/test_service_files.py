"""The files that start `qntx serve` with the computer say what qntx understands."""

from __future__ import annotations

import configparser
import plistlib
from pathlib import Path

from qntx_desktop.cli.grammar import Words, read_words
from qntx_desktop.cli.verbs import GROUPS
from qntx_desktop.services.runner import GRACE_S, KILL_S

FOLDER = Path(__file__).parents[2] / "packaging" / "service"


def understood(command: list[str]) -> Words:
    program, *words = command
    assert Path(program.replace("%h", "/home/person")).is_absolute()
    assert Path(program).name == "qntx"
    read = Words()
    read_words(words, GROUPS, read)
    return read


def test_the_systemd_unit_starts_the_server_and_leaves_it_time_to_end() -> None:
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read_string((FOLDER / "qntx.service").read_text(encoding="utf-8"))
    service = unit["Service"]
    read = understood(service["ExecStart"].split())
    assert read.verb is not None
    assert read.verb.path == ("serve",)
    assert float(service["TimeoutStopSec"]) > GRACE_S + KILL_S
    # The signal goes to qntx alone: it ends its own runs, in order.
    assert service["KillMode"] == "mixed"
    assert unit["Install"]["WantedBy"] == "default.target"


def test_the_launchd_agent_starts_the_server_and_leaves_it_time_to_end() -> None:
    agent = plistlib.loads((FOLDER / "qntx.plist").read_bytes())
    read = understood(agent["ProgramArguments"])
    assert read.verb is not None
    assert read.verb.path == ("serve",)
    assert agent["ExitTimeOut"] > GRACE_S + KILL_S
    assert agent["KeepAlive"] == {"SuccessfulExit": False}
