"""The example of docs/plugins-node.md: a plugin in another language, without any package, called as any other."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest

from qntx_desktop.plugin_sdk.testing import TestHost, hosting_port

PLUGIN = Path(__file__).parents[2] / "docs" / "examples" / "node-plugin" / "qntx-lines-plugin.mjs"
NODE = shutil.which("node")
OLDEST = 18
WAIT_S = 60


def _why_not() -> str:
    if NODE is None:
        return "Node.js is not installed"
    told = subprocess.run([NODE, "--version"], capture_output=True, text=True, timeout=WAIT_S, check=True).stdout
    return "" if int(told.removeprefix("v").split(".")[0]) >= OLDEST else f"Node.js {told.strip()} is too old"


@pytest.fixture
def process() -> Iterator[subprocess.Popen[str]]:
    reason = _why_not()
    if reason:
        pytest.skip(reason)
    with subprocess.Popen(
        [str(NODE), str(PLUGIN), "--port", "0"],  # no port: it takes one and says which
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={name: value for name, value in os.environ.items() if name != "NODE_OPTIONS"},
    ) as running:
        yield running
        running.kill()


@pytest.fixture
def host(process: subprocess.Popen[str]) -> Iterator[TestHost]:
    assert process.stdout is not None
    name, _, port = process.stdout.readline().strip().partition("=")
    assert name == "QNTX_PLUGIN_PORT"
    with hosting_port(int(port), {"most": "3", "predicate": "says"}) as host:
        yield host


def test_a_plugin_in_node_works_like_any_other(
    host: TestHost, process: subprocess.Popen[str], tmp_path: Path
) -> None:
    assert (host.call("Metadata").name, host.names) == ("lines", ("ix.lines",))
    assert host.call("ConfigSchema").fields["most"].default_value == "10000"
    path = tmp_path / "poem.txt"
    path.write_text("ein Fluß\n\nder See\n", encoding="utf-8")
    outcome = host.ix("lines", str(path))
    assert (outcome.error, outcome.result, outcome.progress, outcome.cost_usd) == ("", {"lines": 3}, (3, 3), None)
    assert outcome.lines[0].message == f"3 lines of {path}"
    first, second = host.attestations
    assert (first.subjects, first.predicates, first.contexts) == (("ein Fluß",), ("says",), (str(path),))
    assert second.attributes == {"number": 3, "long": False}
    assert host.request("GET", "/count").json() == {"lines": 3}
    assert host.request("GET", "/nothing").status == 404
    _check_what_fails(host, tmp_path)
    assert host.call("Health").details["jobs"] == "0"
    host.call("Shutdown")
    assert process.wait(WAIT_S) == 0


def _check_what_fails(host: TestHost, tmp_path: Path) -> None:
    assert "needs a file" in host.ix("lines").error
    assert "no such file" in host.ix("lines", str(tmp_path / "none")).error
    long = tmp_path / "long.txt"
    long.write_text("a\nb\nc\nd\n", encoding="utf-8")
    assert "more than 3 lines" in host.ix("lines", str(long)).error
    host.refusal = "the disk is full"
    assert host.ix("lines", str(long)).error == "the disk is full"
    with pytest.raises(AssertionError, match="Setting 'most'"):
        host.initialize({"most": "none"})
    with pytest.raises(grpc.RpcError, match="UNIMPLEMENTED"):
        host.call("ParseAxQuery", query="x")
