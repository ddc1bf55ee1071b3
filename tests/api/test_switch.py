"""The switch follows the settings, in the process that runs the jobs, and says what it cannot."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from qntx_desktop.api.switch import ApiState, ApiSwitch, Wanted
from qntx_desktop.app.container import Services, build
from qntx_desktop.app.paths import Home

from .conftest import PATIENCE_S


class States:
    """Every state that was told, and a wait for one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.seen: list[ApiState] = []

    def __call__(self, state: ApiState) -> None:
        with self._changed:
            self.seen.append(state)
            self._changed.notify_all()

    def wait(self, test: Callable[[ApiState], bool]) -> ApiState:
        with self._changed:
            assert self._changed.wait_for(lambda: bool(self.seen) and test(self.seen[-1]), timeout=PATIENCE_S)
            return self.seen[-1]


@pytest.fixture
def states() -> States:
    return States()


@pytest.fixture
def follow(states: States) -> Iterator[Any]:
    switches: list[ApiSwitch] = []

    def begin(services: Services, forced: Wanted | None = None) -> ApiSwitch:
        switches.append(ApiSwitch(services, forced=forced, told=states))
        switches[-1].start()
        return switches[-1]

    yield begin
    for switch in switches:
        switch.stop()


def answers(address: str | None) -> int:
    assert address is not None
    return httpx.get(f"{address}/api/health").status_code


def test_it_is_off_until_it_is_switched_on(services: Services, follow: Any, states: States) -> None:
    services.options.set("api.port", 0)
    switch = follow(services)
    assert switch.state.address is None
    services.options.set("api.enabled", True)
    address = states.wait(lambda state: state.address is not None).address
    assert answers(address) == 401
    services.options.set("api.enabled", False)
    states.wait(lambda state: state.address is None)
    with pytest.raises(httpx.ConnectError):
        answers(address)


def test_a_taken_port_is_said_and_tried_again(
    services: Services, follow: Any, states: States, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qntx_desktop.api.switch.RETRY_S", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        follow(services, Wanted(api=True, port=port))
        error = states.wait(lambda state: state.error is not None).error
        assert error is not None
        assert (error.code, error.details["port"]) == ("port_taken", port)
    assert answers(states.wait(lambda state: state.address is not None).address) == 401


def test_beside_the_runner_only_what_is_asked_for_is_served(
    home: Home, services: Services, follow: Any, states: States
) -> None:
    """Two processes with one setting must not fight for its port."""
    services.options.set("api.port", 0)
    follow(services)
    services.options.set("api.enabled", True)
    states.wait(lambda state: state.address is not None)
    other = build(home)
    try:
        other.runner.start()
        assert not ApiSwitch(other).wanted().any
        assert ApiSwitch(other, forced=Wanted(api=True)).wanted() == Wanted(api=True)
    finally:
        other.close()


def test_handlers_are_kept_away_from_its_port(services: Services, follow: Any, states: States) -> None:
    switch = follow(services, Wanted(api=True))
    address = states.wait(lambda state: state.address is not None).address
    assert address is not None
    assert services.network.own_ports() == {int(address.rpartition(":")[2])}
    switch.stop()
    assert services.network.own_ports() == frozenset()


def test_a_token_of_the_surroundings_that_is_too_short_is_said_at_once(
    services: Services, follow: Any, states: States, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QNTX_API_TOKEN", "short")
    follow(services, Wanted(api=True))
    error = states.wait(lambda state: state.error is not None).error
    assert error is not None
    assert (error.code, error.details["field"]) == ("invalid_token", "QNTX_API_TOKEN")
