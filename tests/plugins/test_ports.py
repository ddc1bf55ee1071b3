"""Ports of plugins: no two hosts give away one, of whatever process or home they are."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from qntx_desktop.engines.plugins import places
from qntx_desktop.engines.plugins.places import FIRST_PORT, claimed_port

ROOT = Path(__file__).parents[2]
OTHER_HOST = """
import sys
from qntx_desktop.engines.plugins.places import claimed_port
with claimed_port() as port:
    print(port, flush=True)
    sys.stdin.read()
"""


def test_a_port_that_another_process_has_claimed_is_not_given_away() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", OTHER_HOST], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        theirs = int(other.stdout.readline())
        assert theirs >= FIRST_PORT
        with claimed_port() as first, claimed_port() as second:
            assert len({first, second, theirs}) == 3
        other.communicate("")


def test_a_port_on_which_somebody_listens_is_not_given_away() -> None:
    with claimed_port() as port:
        pass
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", port))
        listening.listen()
        with claimed_port() as other:
            assert other != port


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [("32768\t60999\n", 61_000, 65_535), ("1024 65535", 38_700, 39_699), ("?", 38_700, 49_151)],
)
def test_a_port_that_any_connection_may_be_given_comes_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, least: int, most: int
) -> None:
    monkeypatch.setattr(places, "_PORT_RANGE", tmp_path / "range")
    (tmp_path / "range").write_text(said)
    with claimed_port() as port:
        assert least <= port <= most
