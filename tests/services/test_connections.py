"""The connection ledger of a real run: stored as it happens, told whole, gone with its execution."""

from __future__ import annotations

import json
import sys
import threading
from dataclasses import replace

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.app.paths import Home
from qntx_desktop.model.connection import Arrival, Connection, Verdict
from qntx_desktop.model.events import RunLogged
from qntx_desktop.services.network import Network
from qntx_desktop.store import connections
from tests.engines.loopback import web
from tests.services.conftest import Heard

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sockets cannot be handed over there")


def handler(ports: str, code: str) -> str:
    return f"# /// script\n# [tool.qntx]\n# network = {ports}\n# ///\n{code}"


REACHES = """
import qntx, socket
for place in qntx.args:
    host, _, port = place.rpartition(":")
    try:
        socket.create_connection((host, int(port))).close()
    except PermissionError as error:
        print(error)
"""


def test_every_attempt_of_a_run_is_stored_with_it(services: Services) -> None:
    with web() as server:
        good = f"127.0.0.1:{server.port}"
        services.handlers.create("reach", handler(f'["{good}"]', REACHES), source="test")
        job = services.runs.ix(["ix", "reach", good, "example.com:443"], base=None, bare=False)
        services.runner.run_until(job.id)
    execution = services.queue.execution_of(job.id)
    assert execution is not None
    assert execution.error is None
    assert "example.com:443 is not declared" in execution.stdout
    told = json.loads(json.dumps(execution.to_json()["connections"]))
    assert [(each["host"], each["allowed"], each["reason"], each["result"]) for each in told] == [
        ("127.0.0.1", True, "listed", "connected"),
        ("example.com", False, "not_listed", ""),
    ]
    assert all(each["at"].endswith("Z") for each in told)
    assert [each.sentence for each in execution.connections] == ["connected", "refused: not declared"]


def test_a_dry_run_tells_its_connections_and_stores_none(services: Services) -> None:
    dry = services.runs.dry_run_script(REACHES, ["example.com:443"])
    assert [each["reason"] for each in dry.to_json()["connections"]] == ["not_listed"]
    with services.db.read() as connection:
        assert connection.execute("SELECT count(*) FROM connection").fetchone() == (0,)


def test_the_switch_holds_at_once_for_what_runs_already(services: Services, home: Home, heard: Heard) -> None:
    with web() as server:
        script = (
            "# /// script\n# [tool.qntx]\n# network = true\n# ///\n"
            "import qntx, socket, time\nqntx.log('info', 'on')\n"
            "while True:\n"
            f"    socket.create_connection(('127.0.0.1', {server.port})).close()\n"
            "    time.sleep(0.01)\n"
        )
        job = services.runs.script(script, [])
        runner = threading.Thread(target=services.runner.run_until, args=(job.id,))
        runner.start()
        heard.wait(RunLogged)
        home.config.write_text("[network]\noffline = true\n", "utf-8")  # as another process does
        runner.join()
    execution = services.queue.execution_of(job.id)
    assert execution is not None
    assert execution.error is not None
    assert "offline" in execution.error["message"]
    assert execution.connections[-1].verdict is Verdict.OFFLINE


def test_no_handler_reaches_the_own_api(services: Services) -> None:
    with web() as server, services.network.hold(server.port):
        script = "# /// script\n# [tool.qntx]\n# network = true\n# ///\n" + REACHES
        job = services.runs.script(script, [f"127.0.0.1:{server.port}", f"localhost:{server.port}"])
        services.runner.run_until(job.id)
        assert server.came == []
    execution = services.queue.execution_of(job.id)
    assert execution is not None
    assert {each.verdict for each in execution.connections} == {Verdict.OWN_API}
    assert services.network.own_ports() == frozenset()


def test_no_handler_reaches_the_api_of_another_process_of_this_home(services: Services, home: Home) -> None:
    beside = Network(lambda: services.options, home.ports)  # as `qntx serve --api` beside a window
    with web() as server, beside.hold(server.port):
        (home.ports / "4711-99999999").touch()  # its process was killed
        (home.ports / "nonsense").touch()
        assert services.network.own_ports() == {server.port}
        script = "# /// script\n# [tool.qntx]\n# network = true\n# ///\n" + REACHES
        job = services.runs.script(script, [f"127.0.0.1:{server.port}"])
        services.runner.run_until(job.id)
        assert server.came == []
    assert services.network.own_ports() == frozenset()
    assert [file.name for file in home.ports.iterdir()] == ["nonsense"]


def test_the_ledger_is_there_while_the_run_goes_on(services: Services, heard: Heard) -> None:
    waits = REACHES + "\nqntx.log('info', 'reached')\nwhile not qntx.cancelled: pass\n"
    job = services.runs.script(waits, ["example.com:443"])
    runner = threading.Thread(target=services.runner.run_until, args=(job.id,))
    runner.start()

    heard.wait(RunLogged)
    execution = services.queue.execution_of(job.id)
    services.queue.cancel(job.id)
    runner.join()
    assert execution is not None
    assert [each.verdict for each in execution.connections] == [Verdict.NOT_LISTED]


def test_what_is_known_later_replaces_what_was_known(services: Services) -> None:
    job = services.runs.script("pass", [])
    services.runner.run_until(job.id)
    execution = services.queue.execution_of(job.id)
    assert execution is not None
    first = Connection(
        seq=1,
        at_us=1,
        host="2001:db8::1",
        port=443,
        address="2001:db8::1",
        verdict=Verdict.ANY_HOST,
        arrival=Arrival.STARTED,
    )
    for arrival in (Arrival.STARTED, Arrival.CONNECTED):
        entry = replace(first, arrival=arrival)
        services.db.write(lambda tx, entry=entry: connections.keep(tx, execution.id, [entry]))
    with services.db.read() as connection:
        kept = connections.of_execution(connection, execution.id)
    assert [(each.target, each.arrival) for each in kept] == [("[2001:db8::1]:443", Arrival.CONNECTED)]
    services.db.write(lambda tx: tx.connection.execute("DELETE FROM execution WHERE id = ?", (execution.id,)))
    with services.db.read() as connection:
        assert connections.of_execution(connection, execution.id) == ()
