"""Handlers: list, look at one, save a new version."""

from __future__ import annotations

from qntx_desktop.api.models import HANDLER
from qntx_desktop.api.route import Answer, Asked, Route
from qntx_desktop.api.shapes import ListOf, Text, Whole, optional
from qntx_desktop.model.api_token import Scope
from qntx_desktop.model.handler import MAX_CODE_BYTES

ORIGIN = "api"
_NAME = Text(fewest=1, most=200)


def _list(asked: Asked) -> Answer:
    entries = asked.desk.services.handlers.entries()
    return Answer(body=[each.newest.to_json() | {"versions": each.versions} for each in entries])


def _show(asked: Asked) -> Answer:
    found = asked.desk.services.handlers.show(asked.path["name"], asked.query.get("version"))
    return Answer(body=found.to_json())


def _register(asked: Asked) -> Answer:
    """Code from elsewhere: what asks for more than the default waits until a person has allowed it."""
    body = asked.body
    saved = asked.desk.services.handlers.create(
        body["handler_name"],
        body["code"],
        description=body.get("description", ""),
        source=f"api:{asked.client.name}" if asked.client else "api",
        origin=ORIGIN,
    )
    return Answer(status=201, body=asked.desk.services.handlers.show(saved.script_type, saved.version).to_json())


ROUTES = (
    Route(
        method="GET",
        path="/api/handlers",
        summary="Every handler in its newest version",
        scope=Scope.READ,
        answers={200: ListOf(HANDLER)},
        work=_list,
    ),
    Route(
        method="GET",
        path="/api/handlers/{name}",
        summary="A version of a handler; the newest active one unless told",
        scope=Scope.READ,
        answers={200: HANDLER},
        work=_show,
        params={"name": _NAME},
        query={"version": Whole(low=1, high=2**31)},
    ),
    Route(
        method="POST",
        path="/api/python/register-handler",
        summary="Save code as a new version of a handler; what asks for more than the default waits for a yes",
        scope=Scope.EXECUTE,
        answers={201: HANDLER},
        work=_register,
        body=optional(
            {"handler_name": _NAME, "code": Text(most=MAX_CODE_BYTES), "description": Text(most=2_000)},
            "handler_name",
            "code",
        ),
    ),
)

