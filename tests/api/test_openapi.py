"""The document is true: schemathesis calls every operation with good and bad input and looks at every answer."""

from __future__ import annotations

import re
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from qntx_desktop.api.openapi import document
from qntx_desktop.api.routes import OPEN_ROUTES, ROUTES
from qntx_desktop.api.server import ApiServer

from .conftest import Caller

EVERY = (*ROUTES, *OPEN_ROUTES)
# Not asked for: that everything of the right shape is accepted. A name that no handler has is of it, too.
SCHEMA = schemathesis.openapi.from_dict(document(EVERY))


def test_every_route_stands_in_it_under_a_name_of_its_own(call: Caller) -> None:
    found = call("GET", "/openapi.json")
    assert found == document(EVERY)
    operations = [operation for path in found["paths"].values() for operation in path.values()]
    assert len(operations) == len(EVERY)
    names = [operation["operationId"] for operation in operations]
    assert sorted(set(names)) == sorted(names)
    for path, methods in found["paths"].items():
        for operation in methods.values():
            named = [each["name"] for each in operation["parameters"] if each["in"] == "path"]
            assert named == re.findall(r"{(\w+)}", path)


@pytest.fixture
def place(server: ApiServer, callers: Any, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    monkeypatch.setenv("QNTX_PASSPHRASE", "a passphrase of the test")  # no keyring would be a 503
    monkeypatch.setattr("qntx_desktop.api.guard.FAILURES_A_MINUTE", 1_000_000)
    return server.address, callers().http.headers["Authorization"]


@SCHEMA.parametrize()
@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_operation_keeps_to_it(case: Any, place: tuple[str, str]) -> None:
    address, token = place
    case.call_and_validate(
        base_url=address, headers={"Authorization": token}, excluded_checks=[positive_data_acceptance]
    )
