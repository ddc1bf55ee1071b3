"""The marks that a plugin puts on its methods, and what is read from them.

Pure; any thread.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from qntx_desktop.plugin_sdk.errors import DeclarationError

_MARK = "__qntx_marks__"
_HANDLER_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_IX_TYPE = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
LONGEST_EVERY_S = 2**31 - 1

Method = TypeVar("Method", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Handler:
    """A kind of job that the plugin does. `ix.<type>` serves `ix <type>`."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """A schedule that the host makes for a handler."""

    seconds: int
    enabled: bool
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """New attestations that start a handler: in a field any, across fields all, empty fits."""

    id: str
    subjects: tuple[str, ...]
    predicates: tuple[str, ...]
    contexts: tuple[str, ...]
    actors: tuple[str, ...]
    most_per_second: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A path under `/api/<plugin>/` that a method answers."""

    method: str
    path: str


Mark = Handler | Every | Watch | Route


def handler(name: str) -> Callable[[Method], Method]:
    """Mark a method as the one that does jobs of this name: `@handler("ix.weather")`.

    The method takes a `Job` and returns what is stored as the job's result: something JSON can say, or None. An
    exception fails the job, with its text and its line.

    Args:
        name: `ix.<type>` serves the command `ix <type>`; other names are for jobs that programs make.

    Raises:
        DeclarationError: No job can be called that.
    """
    if _HANDLER_NAME.fullmatch(name) is None:
        raise DeclarationError(f"A handler cannot be called {name!r}: letters, digits, '.', '-' and '_' only.")
    if name.startswith("ix.") and _IX_TYPE.fullmatch(name[3:]) is None:
        raise DeclarationError(f"'{name}' serves no command: a type is lower-case letters, digits and '-'.")
    return _marking(Handler(name=name))


def every(seconds: int, *, enabled: bool = False, description: str = "") -> Callable[[Method], Method]:
    """Have the host run this handler by itself.

    Args:
        seconds: Between one start and the next, from 1.
        enabled: Whether it runs before a person has switched it on.
        description: One line for the list of schedules.

    Raises:
        DeclarationError: The interval is impossible.
    """
    given: object = seconds
    if type(given) is not int or not 1 <= seconds <= LONGEST_EVERY_S:
        raise DeclarationError(f"every() takes whole seconds from 1, not {seconds!r}.")
    return _marking(Every(seconds=seconds, enabled=enabled, description=description))


def watch(
    *,
    subjects: Sequence[str] = (),
    predicates: Sequence[str] = (),
    contexts: Sequence[str] = (),
    actors: Sequence[str] = (),
    most_per_second: int = 10,
    id: str = "",  # noqa: A002 - the name of the protocol
) -> Callable[[Method], Method]:
    """Run this handler for each new attestation that fits; `job.attestation` is that attestation.

    Args:
        subjects, predicates, contexts, actors: In a field any, across fields all; at least one has to be given.
        most_per_second: How often at most.
        id: Under which the host knows it; else the name of the method.

    Raises:
        DeclarationError: Nothing is given, so that everything would fit.
    """
    wanted = [tuple(_words(each)) for each in (subjects, predicates, contexts, actors)]
    if not any(wanted):
        raise DeclarationError("watch() needs subjects, predicates, contexts or actors to look for.")
    s, p, c, a = wanted
    return _marking(
        Watch(id=id, subjects=s, predicates=p, contexts=c, actors=a, most_per_second=most_per_second)
    )


def route(method: str, path: str) -> Callable[[Method], Method]:
    """Mark a method as the one that answers `method` on `/api/<plugin><path>`: `@route("GET", "/towns/{name}")`.

    The method takes a `Request` and returns a `Response`, a text, bytes, or anything else as JSON; None is 204.
    What stands in braces is in `request.params`.

    Raises:
        DeclarationError: No such method, or a path without a leading slash.
    """
    if method.upper() not in _METHODS:
        raise DeclarationError(f"A route answers one of {', '.join(_METHODS)}, not {method!r}.")
    if not path.startswith("/"):
        raise DeclarationError(f"The path of a route begins with a slash: '/{path}'.")
    return _marking(Route(method=method.upper(), path=path))


def marks_of(kind: type) -> list[tuple[str, Sequence[Mark]]]:
    """The marked methods of a class with their marks, in the order they were written, the base's first."""
    found: dict[str, Sequence[Mark]] = {}
    for base in reversed(kind.__mro__):
        for name, member in vars(base).items():
            marks = getattr(member, _MARK, None)
            if marks is not None:
                found[name] = marks
            elif name in found:
                del found[name]  # overridden without a mark
    return list(found.items())


def handlers_of(marked: Sequence[tuple[str, Sequence[Mark]]]) -> Mapping[str, str]:
    """Names of handlers with the names of their methods.

    Raises:
        DeclarationError: Two methods claim one name, or a schedule or watch stands on a method that is no handler.
    """
    names: dict[str, str] = {}
    for method, marks in marked:
        own = [mark.name for mark in marks if isinstance(mark, Handler)]
        for name in own:
            if name in names:
                raise DeclarationError(f"Both {names[name]} and {method} are the handler '{name}'.")
            names[name] = method
        if not own and any(isinstance(mark, (Every, Watch)) for mark in marks):
            raise DeclarationError(f"{method} has a schedule or a watch, but no @handler(...).")
    return names


def _marking(mark: Mark) -> Callable[[Method], Method]:
    def put(method: Method) -> Method:
        # Marks are applied from the bottom up; kept in the order they are read.
        setattr(method, _MARK, (mark, *getattr(method, _MARK, ())))
        return method

    return put


def _words(given: str | Sequence[str]) -> Sequence[str]:
    return (given,) if isinstance(given, str) else given
