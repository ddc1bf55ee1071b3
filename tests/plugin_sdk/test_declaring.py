"""Plugins that cannot work are refused before they serve anything, with a sentence that says what to change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from qntx_desktop.engines.plugins.answers import JOB_HEADER
from qntx_desktop.plugin_sdk import DeclarationError, Field, HostError, Job, Plugin, every, handler, route, watch
from qntx_desktop.plugin_sdk.attestation import to_struct
from qntx_desktop.plugin_sdk.host import JOB_KEY, Channels, Endpoints, Host
from qntx_desktop.plugin_sdk.http import match
from qntx_desktop.plugin_sdk.plugin import check


def _plugin(**members: Any) -> type[Plugin]:
    return type("Odd", (Plugin,), {"name": "odd", "version": "1", **members})


def _job(self: Plugin, job: Job) -> None: ...


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: _plugin(name="Odd One"), "lower-case letters"),
        (lambda: _plugin(version=""), "no version"),
        (lambda: _plugin(at_once=0), "1 or more"),
        (lambda: _plugin(settings={"a": Field(kind="text")}), "choose one of string"),
        (lambda: _plugin(settings={"a": Field(pattern="(")}), "cannot be read"),
        (lambda: _plugin(settings={"a": Field(kind="number", maximum=5, default=6)}), "more than 5"),
        (lambda: _plugin(a=handler("x")(_job), b=handler("x")(_job)), "are the handler 'x'"),
        (lambda: _plugin(a=every(5)(lambda self, job: None)), "no @handler"),
        (lambda: handler("ix.Csv"), "serves no command"),
        (lambda: handler(""), "cannot be called"),
        (lambda: every(0), "whole seconds from 1"),
        (lambda: every(True), "whole seconds from 1"),
        (lambda: watch(), "needs subjects"),
        (lambda: route("LOOK", "/"), "answers one of GET"),
        (lambda: route("GET", "towns"), "begins with a slash"),
    ],
)
def test_a_declaration_that_cannot_work_is_refused(make: Callable[[], Any], said: str) -> None:
    with pytest.raises(DeclarationError, match=said):
        check(make())


def test_a_method_overridden_without_a_mark_is_no_handler_any_more() -> None:
    base = _plugin(a=handler("x")(lambda self, job: None))
    derived = type("Derived", (base,), {"a": lambda self, job: None, "b": handler("x")(lambda self, job: None)})
    check(derived)


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ({"a": [1, {"b": float("inf")}]}, r"attributes\.a\[1\]\.b: must be a finite"),
        ({"a": 2**53 + 1}, "too large to stay exact"),
        ({"a": {1: 2}}, r"attributes\.a: names must be texts"),
        ({"a": b"x"}, "JSON cannot say bytes"),
    ],
)
def test_attributes_that_would_change_on_the_way_are_refused(attributes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        to_struct(attributes)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"subjects": []}, "subjects: at least one"),
        ({"subjects": "a", "predicates": [1]}, "predicates: must be texts, not int"),
        ({"subjects": "a", "contexts": ""}, "contexts: a text is empty"),
    ],
)
def test_an_attestation_that_is_not_valid_names_the_field(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Host(Endpoints(), Channels()).attest(**fields)


def test_the_host_reads_the_job_of_a_call_where_the_sdk_says_it() -> None:
    assert JOB_KEY == JOB_HEADER


def test_a_host_without_a_service_is_an_error_that_names_it() -> None:
    with pytest.raises(HostError, match="does not offer"):
        Host(Endpoints(), Channels()).enqueue("x")


@pytest.mark.parametrize(
    ("pattern", "path", "found"),
    [
        ("/", "/", {}),
        ("/a/{b}", "/a/c%20d", {"b": "c d"}),
        ("/a/{b}", "/a/", None),
        ("/a/{b}", "/a/b/c", None),
        ("/a", "/A", None),
    ],
)
def test_paths_match_whole_segments(pattern: str, path: str, found: dict[str, str] | None) -> None:
    assert match(pattern, path) == found
