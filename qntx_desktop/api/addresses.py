"""Finding the route of an address, and reading what stands in it.

Pure. Segments are split before they are unescaped, so `%2F` never makes a new one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, unquote

from qntx_desktop.api.route import Readable, Route
from qntx_desktop.model.errors import ErrInvalidRequest, ErrMethodNotAllowed, ErrRouteNotFound

MAX_TARGET_CHARS = 60_000
MAX_QUERY_FIELDS = 50


class Addresses:
    """The routes by their addresses."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self._plain: dict[str, dict[str, Route]] = {}
        self._named: list[tuple[tuple[str, ...], dict[str, Route]]] = []
        for route in routes:
            self._methods_of(route.path)[route.method] = route

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]]:
        """The route of a method and an escaped path, and the texts of its named parts.

        Raises:
            ErrRouteNotFound, ErrMethodNotAllowed: There is none.
        """
        found = self.at(path)
        if found is None:
            raise ErrRouteNotFound(path)
        methods, parts = found
        route = methods.get(method)
        if route is None:
            allowed = {*methods, "HEAD"} if "GET" in methods else set(methods)
            raise ErrMethodNotAllowed(method, tuple(sorted(allowed)))
        return route, parts

    def at(self, path: str) -> tuple[dict[str, Route], dict[str, str]] | None:
        """The routes of an escaped path by method, and the texts of its named parts; None when there are none."""
        methods = self._plain.get(path)
        if methods is not None:
            return methods, {}
        segments = path.split("/")
        for pattern, methods in self._named:
            parts = _parts(pattern, segments)
            if parts is not None:
                return methods, parts
        return None

    def _methods_of(self, path: str) -> dict[str, Route]:
        if "{" not in path:
            return self._plain.setdefault(path, {})
        pattern = tuple(path.split("/"))
        for known, methods in self._named:
            if known == pattern:
                return methods
        found: dict[str, Route] = {}
        self._named.append((pattern, found))
        return found


def _parts(pattern: tuple[str, ...], segments: list[str]) -> dict[str, str] | None:
    takes_rest = pattern[-1].endswith("...}")
    if len(segments) != len(pattern) and not (takes_rest and len(segments) > len(pattern)):
        return None
    if takes_rest:
        segments = [*segments[: len(pattern) - 1], "/".join(segments[len(pattern) - 1 :])]
    found = {}
    for expected, given in zip(pattern, segments, strict=True):
        if expected.startswith("{"):
            if not given:
                return None
            try:
                found[expected.strip("{.}")] = unquote(given, errors="strict")
            except UnicodeDecodeError:
                return None
        elif expected != given:
            return None
    return found


def split_target(target: str) -> tuple[str, str]:
    """The path and the query of what stands in the request line.

    Raises:
        ErrInvalidRequest: It is no plain path, or too long.
    """
    if not target.startswith("/") or len(target) > MAX_TARGET_CHARS:
        raise ErrInvalidRequest("address", "must be a path of a sensible length")
    path, _, query = target.partition("?")
    return path, query


def read_parts(given: Mapping[str, str], shapes: Mapping[str, Readable]) -> dict[str, Any]:
    """The named parts of an address as values.

    Raises:
        ErrInvalidRequest: One does not fit.
    """
    return {name: shapes[name].read_text(text, f"path.{name}") for name, text in given.items()}


def read_query(query: str, shapes: Mapping[str, Readable]) -> dict[str, Any]:
    """What stands behind the `?` as values; each may stand there once.

    Raises:
        ErrInvalidRequest: Something is not known, stands twice or does not fit.
    """
    if not query:
        return {}
    try:
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=MAX_QUERY_FIELDS)
    except ValueError:
        raise ErrInvalidRequest("query", "cannot be read") from None
    found: dict[str, Any] = {}
    for name, text in pairs:
        if name not in shapes:
            raise ErrInvalidRequest(f"query.{name[:80]}", "is not known")
        if name in found:
            raise ErrInvalidRequest(f"query.{name}", "stands twice")
        found[name] = shapes[name].read_text(text, f"query.{name}")
    return found
