"""Webhooks as the hosts send them: who is let in, and what they tell."""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest

from qntx_desktop.model.errors import ErrWebhookUnauthorized
from qntx_desktop.model.webhook import SIGNATURES, Delivery, Told, concerns, read_webhook, signature

SECRET = "a secret of sixteen"
PUSH = json.dumps({"ref": "refs/heads/main", "repository": {"default_branch": "main"}}).encode()


def read(
    headers: dict[str, str], body: bytes = PUSH, secret: str | None = SECRET, query: str | None = None
) -> Delivery:
    return read_webhook(headers, body, secret=secret, query_secret=query)


def signed(body: bytes, name: str = "x-hub-signature-256", **more: str) -> dict[str, str]:
    prefix = "sha256=" if "hub" in name else ""
    return {name: f"{prefix}{hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()}", **more}


def test_the_signature_is_the_one_of_the_specification() -> None:
    # GitHub's own example, from its page on validating deliveries.
    assert (
        signature("It's a Secret to Everybody", b"Hello, World!")
        == "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    )


@pytest.mark.parametrize("name", SIGNATURES)
def test_signed_bodies_are_let_in_and_changed_ones_are_not(name: str) -> None:
    delivery = read(signed(PUSH, name))
    assert (delivery.told, delivery.refs, delivery.default_branch) == (Told.PUSH, ("refs/heads/main",), "main")
    assert delivery.once == signature(SECRET, PUSH)
    with pytest.raises(ErrWebhookUnauthorized):
        read(signed(PUSH, name), PUSH + b" ")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-hub-signature-256": ""},
        {"x-hub-signature-256": "sha256="},
        {"x-hub-signature-256": "sha256=é"},
        {"x-hub-signature": "sha1=" + hmac.new(SECRET.encode(), PUSH, "sha1").hexdigest()},
        {"x-gitlab-token": ""},
        {"x-gitlab-token": SECRET + "x"},
        {"x-webhook-secret": SECRET.upper()},
        {**signed(PUSH, "x-hub-signature-256"), "x-gitea-signature": "00"},  # a good one makes no bad one good
        {"x-gitlab-token": "wrong", "x-webhook-secret": SECRET},
    ],
)
def test_what_does_not_know_the_secret_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(ErrWebhookUnauthorized) as refused:
        read(headers)
    assert SECRET not in str(refused.value.to_json())


def test_bare_secrets_and_no_secret_at_all() -> None:
    for headers in ({"x-gitlab-token": SECRET}, {"x-webhook-secret": SECRET}):
        assert read(headers).once is None
    assert read({}, query=SECRET).told is Told.PUSH
    with pytest.raises(ErrWebhookUnauthorized):
        read({}, query="wrong")
    assert read({}, secret=None).refs == ("refs/heads/main",)
    told = {"x-gitlab-token": SECRET, "x-gitlab-event-uuid": "u1"}
    first = read(told).once
    assert first is not None
    assert read(told).once == first
    assert read(told, b'{"another": "push"}').once != first  # GitLab names what a webhook leads to like the webhook


@pytest.mark.parametrize(
    ("event", "told"),
    [
        ({"x-github-event": "ping"}, Told.PING),
        ({"x-event-key": "diagnostics:ping"}, Told.PING),
        ({"x-github-event": "push"}, Told.PUSH),
        ({"x-gitlab-event": "Tag Push Hook"}, Told.PUSH),
        ({"x-event-key": "repo:refs_changed"}, Told.PUSH),
        ({"x-github-event": "issues"}, Told.OTHER),
        ({"x-gitea-event": "pull_request"}, Told.OTHER),
        ({}, Told.PUSH),
    ],
)
def test_what_is_told(event: dict[str, str], told: Told) -> None:
    assert read(signed(PUSH, **event)).told is told


@pytest.mark.parametrize(
    ("body", "refs"),
    [
        ({"ref": "refs/tags/v1"}, ("refs/tags/v1",)),
        ({"ref": "v1", "ref_type": "tag"}, ("refs/tags/v1",)),
        ({"push": {"changes": [{"new": {"type": "branch", "name": "dev"}}]}}, ("refs/heads/dev",)),
        ({"push": {"changes": [{"new": None, "old": {"type": "tag", "name": "v"}}]}}, ("refs/tags/v",)),
        ({"changes": [{"ref": {"id": "refs/heads/x"}}, "rubbish", {"ref": {"id": 3}}]}, ("refs/heads/x",)),
        ({"push": {"changes": "rubbish"}}, ()),
        ({"ref": 3}, ()),
        ([], ()),
    ],
)
def test_the_refs_of_each_host(body: object, refs: tuple[str, ...]) -> None:
    raw = json.dumps(body).encode()
    assert read(signed(raw), raw).refs == refs


@pytest.mark.parametrize("body", [b"", b"not json", b"[" * 100_000, b"\xff\xfe", b'{"ref": '])
def test_a_body_that_cannot_be_read_names_no_ref(body: bytes) -> None:
    assert read(signed(body), body).refs == ()
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert read(signed(body, **form), body).refs == ()


def test_a_body_in_a_form_is_read() -> None:
    body = b"payload=%7B%22ref%22%3A%22refs%2Fheads%2Fdev%22%7D"
    delivery = read(signed(body, **{"content-type": "application/x-www-form-urlencoded; charset=utf-8"}), body)
    assert delivery.refs == ("refs/heads/dev",)


@pytest.mark.parametrize(
    ("settings", "refs", "default", "expected"),
    [
        ({"branch": "main"}, ("refs/heads/main",), None, True),
        ({"branch": "main"}, ("refs/heads/dev", "refs/heads/main"), None, True),
        ({"branch": "main"}, ("refs/heads/dev",), "dev", False),
        ({"branch": "main"}, (), None, True),
        ({}, ("refs/heads/dev",), "main", False),
        ({}, ("refs/heads/main",), "main", True),
        ({}, ("refs/heads/dev",), None, True),
        ({"tag": "v1"}, ("refs/tags/v1",), None, True),
        ({"tag": "v1"}, ("refs/heads/v1",), None, False),
        ({"commit": "1" * 40}, ("refs/heads/main",), "main", False),
    ],
)
def test_only_what_is_followed_concerns(
    settings: dict[str, str], refs: tuple[str, ...], default: str | None, expected: bool
) -> None:
    delivery = Delivery(told=Told.PUSH, event="push", refs=refs, default_branch=default, once=None)
    assert concerns(delivery, settings) is expected
