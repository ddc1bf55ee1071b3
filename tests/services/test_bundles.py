"""Bundles: written whole, read with suspicion, imported whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qntx_desktop.app.container import Services, build
from qntx_desktop.app.paths import Home
from qntx_desktop.model.errors import ErrHandlerNotFound, ErrInvalidBundle
from tests.services.test_permits import ASKING, PLAIN


def bundle(*items: Any, **top: Any) -> str:
    return json.dumps({"format": "qntx-handlers", "version": 1, "handlers": list(items), **top})


def item(name: str = "feed", code: str = PLAIN, **more: Any) -> dict[str, Any]:
    return {"script_type": name, "code": code, **more}


def test_what_is_exported_can_be_imported_elsewhere(services: Services, tmp_path: Path) -> None:
    services.handlers.create("feed", ASKING, description="reads ⨳", source="cli")
    services.handlers.create("csv", PLAIN, source="cli")
    services.handlers.create("old", PLAIN, source="cli")
    services.handlers.retire("old")
    text = services.bundles.export([])
    assert [each["script_type"] for each in json.loads(text)["handlers"]] == ["csv", "feed"]
    other = build(Home(root=tmp_path / "other"))
    try:
        imported = other.bundles.import_text(text)
        assert [(each.handler.script_type, each.handler.allowed, each.new) for each in imported] == [
            ("csv", True, True),
            ("feed", False, True),
        ]
        feed = other.handlers.show("feed")
        assert (feed.code, feed.description, feed.source) == (ASKING, "reads ⨳", "import")
        again = other.bundles.import_text(text)
        assert [(each.handler.version, each.new) for each in again] == [(1, False), (1, False)]
        assert other.bundles.export(["feed"]) == services.bundles.export(["feed"])
    finally:
        other.close()


def test_one_who_exports_what_is_not_there_is_told(services: Services) -> None:
    with pytest.raises(ErrHandlerNotFound):
        services.bundles.export(["feed"])
    services.handlers.create("feed", PLAIN, source="cli")
    services.handlers.retire("feed")
    with pytest.raises(ErrHandlerNotFound):
        services.bundles.export(["feed"])


@pytest.mark.parametrize(
    ("text", "entry", "reason"),
    [
        ("", "", "Expecting value"),
        ("[]", "", "not of the format"),
        ('{"format": "qntx-handlers", "format": 1}', "", "twice"),
        (bundle(version=2), "version", "2 is not known"),
        (bundle(handlers={}), "handlers", "must be a list"),
        (bundle(handlers=[item()] * 1001), "handlers", "at most 1,000"),
        (bundle(extra=1), "extra", "is not known"),
        (bundle(1), "handlers.0", "must be an object"),
        (bundle(item(), item("b", path="../x")), "handlers.1.path", "is not known"),
        (bundle({"code": PLAIN}), "handlers.0.script_type", "is missing"),
        (bundle({"script_type": "a"}), "handlers.0.code", "is missing"),
        (bundle(item(code=3)), "handlers.0.code", "must be a text"),
        (bundle(item("../x")), "handlers.0", "not a handler name"),
        (bundle(item(code="x = (")), "handlers.0", "never closed"),
        (bundle(item(code=" ")), "handlers.0", "no code"),
        (bundle(item(), item()), "feed", "twice"),
        (bundle(item(code_sha256="0" * 64)), "handlers.0.code", "changed or damaged"),
        (bundle(item(language="perl")), "handlers.0.language", "only python"),
        (bundle(item(description="x" * 1001)), "handlers.0.description", "1,001 characters"),
    ],
)
def test_a_bad_bundle_is_refused_whole_with_the_entry_named(
    services: Services, text: str, entry: str, reason: str
) -> None:
    with pytest.raises(ErrInvalidBundle, match=reason) as caught:
        services.bundles.import_text(text)
    assert caught.value.details["entry"] == entry
    assert services.handlers.entries() == ()


def test_one_bad_handler_spoils_the_bundle(services: Services) -> None:
    with pytest.raises(ErrInvalidBundle):
        services.bundles.import_text(bundle(item("good"), item("bad", code="1 +")))
    assert services.handlers.entries() == ()


def test_a_bundle_can_be_looked_at_before(services: Services) -> None:
    (found,) = services.bundles.read(bundle(item(code=ASKING)))
    assert found.requires["network"] == ["api.example.com:443"]
    assert services.handlers.entries() == ()
