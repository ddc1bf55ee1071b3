"""The OpenAPI document, made of the routes' own declarations: what checks a request is what describes it. Pure.

Source: OpenAPI 3.1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from qntx_desktop import __version__
from qntx_desktop.api.models import ERROR_ANSWER, NAMED
from qntx_desktop.api.route import JSON_TYPE, RAW_TYPE, Route

COMMON = (400, 401, 403, 408, 429, 500, 503)
_WITH_BODY = (413, 415)
_REFUSALS = {
    400: "The request cannot be read, or what it says cannot be",
    401: "There is no token that is known",
    403: "Not allowed, or not to this client",
    404: "There is no such thing",
    408: "The body did not come in time",
    409: "Something else is in the way",
    413: "The body is too large",
    415: "The body is of another type",
    422: "The code was run and gave nothing to answer with",
    429: "Too many requests",
    500: "A defect of the app",
    503: "The surroundings: disk, store, keyring",
}


def document(routes: Sequence[Route]) -> dict[str, Any]:
    """The whole document."""
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(route.path.replace("...}", "}"), {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "QNTX Desktop",
            "version": __version__,
            "description": "The services of QNTX Desktop for programs on this computer.",
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {shape.name: shape.whole() for shape in NAMED},
        },
    }


def _operation(route: Route) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": _name(route),
        "summary": route.summary,
        "parameters": _parameters(route),
        "responses": _responses(route),
    }
    if route.scope is not None:
        found["description"] = f"The token's scope must hold `{route.scope}`."
    else:
        found["security"] = []
    if route.body is not None:
        found["requestBody"] = {"required": True, "content": {JSON_TYPE: {"schema": route.body.schema()}}}
    elif route.takes_raw:
        found["requestBody"] = {"required": False, "content": {RAW_TYPE: {"schema": {}}}}
    return found


def _name(route: Route) -> str:
    words = re.findall(r"[a-z]+", route.path.removeprefix("/api"))
    return "_".join([route.method.lower(), *words])


def _parameters(route: Route) -> list[dict[str, Any]]:
    named = [
        {"name": name, "in": "path", "required": True, "schema": shape.schema()}
        for name, shape in route.params.items()
    ]
    asked = [
        {"name": name, "in": "query", "required": False, "schema": shape.schema()}
        for name, shape in route.query.items()
    ]
    return [*named, *asked]


def _responses(route: Route) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for status, shape in route.answers.items():
        answer: dict[str, Any] = {"description": "Done" if status != 202 else "It goes on"}
        if shape is not None:
            answer["content"] = {JSON_TYPE: {"schema": shape.schema()}}
        elif route.any_type:
            answer["content"] = {RAW_TYPE: {"schema": {}}}
        found[str(status)] = answer
    for status in sorted({*COMMON, *_refusals(route)}):
        content = {JSON_TYPE: {"schema": ERROR_ANSWER.schema()}}
        found[str(status)] = {"description": _REFUSALS[status], "content": content}
    return found


def _refusals(route: Route) -> tuple[int, ...]:
    body = _WITH_BODY if route.body is not None or route.takes_raw else (413, 415)
    return (404, 409, *body, *route.refusals)
