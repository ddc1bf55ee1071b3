"""`/api/<plugin>/...`: what plugins answer themselves. Asked when no route of the app has the address.

They stand in no document, because nobody but the plugin knows them. The loop hands each to threads that are kept
for plugins, and gives one plugin a few at most, so that one that hangs holds up neither the API nor the others.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence

from qntx_desktop.api.route import RAW_TYPE, Answer, Asked, Readable, Route
from qntx_desktop.api.shapes import Text
from qntx_desktop.model.api_token import Scope
from qntx_desktop.model.errors import ErrPluginNotFound, ErrPluginUnavailable, ErrRouteNotFound

MAX_BODY_BYTES = 16 << 20
AT_ONCE = 4
_KEPT_BACK = frozenset(
    ("authorization", "cookie", "host", "connection", "content-length", "transfer-encoding", "te", "upgrade")
)
_DROPPED = re.compile(
    r"connection|keep-alive|transfer-encoding|content-length|content-type|te|trailer|upgrade|set-cookie2?|server|date"
    r"|access-control-.*",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_PATHS = ("/api/{plugin}", "/api/{plugin}/{path...}")
_PARAMS: dict[str, Readable] = {"plugin": Text(fewest=1, most=64), "path": Text(fewest=0, most=8_000)}
_METHODS = {
    "GET": Scope.READ,
    "POST": Scope.EXECUTE,
    "PUT": Scope.EXECUTE,
    "PATCH": Scope.EXECUTE,
    "DELETE": Scope.EXECUTE,
}


def _begin(method: str) -> Callable[[Asked], Awaitable[Answer]]:
    async def begin(asked: Asked) -> Answer:
        name = asked.path["plugin"]
        desk = asked.desk
        if desk.plugin_calls.get(name, 0) >= AT_ONCE:
            raise ErrPluginUnavailable(name, "it is busy with other requests.")
        desk.plugin_calls[name] = desk.plugin_calls.get(name, 0) + 1
        try:
            return await desk.run_for_plugins(lambda: _asked(asked, method, name))
        finally:
            desk.plugin_calls[name] -= 1

    return begin


def _asked(asked: Asked, method: str, name: str) -> Answer:
    whole = asked.target
    below = whole.removeprefix(f"/api/{name}")
    below = below if below.startswith("/") else f"/{below}"
    headers = {key: [value] for key, value in asked.headers.items() if key not in _KEPT_BACK}
    plugins = asked.desk.services.plugins
    try:
        status, told, body = plugins.handle_http(name, method, below, headers, asked.raw)
        if status == 404:  # some plugins know themselves by the whole path
            again = plugins.handle_http(name, method, whole, headers, asked.raw)
            if again[0] != 404:  # else its first answer is the one that says why
                status, told, body = again
    except ErrPluginNotFound:
        raise ErrRouteNotFound(whole.partition("?")[0]) from None
    if not 200 <= status <= 599:
        raise ErrPluginUnavailable(name, f"it answered with the status {status}.")
    return Answer(body=body or None, status=status, content_type=_type_of(told), headers=_passed(told))


def _type_of(told: Sequence[tuple[str, str]]) -> str:
    found = next((value for name, value in told if name.lower() == "content-type"), RAW_TYPE)
    return found if found.isprintable() and found.isascii() and len(found) <= 200 else RAW_TYPE


def _passed(told: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    """The headers that may go out: none that steer the connection, set cookies or open us to pages."""
    passed: dict[str, str] = {}
    for name, value in told:
        if _NAME.fullmatch(name) and not _DROPPED.fullmatch(name) and value.isprintable() and value.isascii():
            passed[name] = f"{passed[name]}, {value}" if name in passed else value
    return passed


PLUGIN_ROUTES = tuple(
    Route(
        method=method,
        path=path,
        summary="What a plugin answers",
        scope=scope,
        answers={200: None},
        begin=_begin(method),
        params=_PARAMS,
        takes_raw=method != "GET",
        any_type=True,
        any_query=True,
        most_bytes=MAX_BODY_BYTES,
    )
    for path in _PATHS
    for method, scope in _METHODS.items()
)
