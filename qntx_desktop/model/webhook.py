"""Reading webhooks of git hosts: is it signed with our secret, what does it tell, which ref does it name.

Pure; any thread. Nothing of a body is believed, or even parsed, before its signature holds. GitHub, Gitea, Forgejo
and Bitbucket sign the raw body with HMAC-SHA256; GitLab and others send the secret itself.

Source: docs.github.com/webhooks, forgejo.org/docs/latest/user/webhooks, docs.gitlab.com (project integrations,
webhooks), support.atlassian.com/bitbucket-cloud/docs/manage-webhooks
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qs

from qntx_desktop.model.errors import ErrWebhookUnauthorized

SIGNATURES = ("x-forgejo-signature", "x-gitea-signature", "x-hub-signature-256", "x-hub-signature")
"""The first that is there counts: a wrong one is not made good by another."""
SECRETS = ("x-gitlab-token", "x-webhook-secret")
_EVENTS = ("x-forgejo-event", "x-gitea-event", "x-github-event", "x-gitlab-event", "x-event-key")
_PINGS = frozenset({"ping", "diagnostics:ping"})
_PUSHES = frozenset(
    {"push", "create", "repo:push", "repo:refs_changed", "push hook", "tag push hook", "system hook"}
)
_GITLAB_DELIVERY = "x-gitlab-event-uuid"

Headers = Mapping[str, str]
"""Of a request, by name in small letters."""


class Told(StrEnum):
    """What a webhook tells."""

    PING = "ping"
    PUSH = "push"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A webhook that was let in.

    Args:
        refs: Full names such as `refs/heads/main`; empty: it names none.
        default_branch: Of the repository, when the host says it.
        once: What the same delivery has again; None when repeats cannot be told apart from new ones.
    """

    told: Told
    event: str
    refs: tuple[str, ...]
    default_branch: str | None
    once: str | None


def read_webhook(headers: Headers, body: bytes, *, secret: str | None, query_secret: str | None) -> Delivery:
    """Let a webhook in and read it.

    Args:
        secret: What both sides know; None: anybody is let in.
        query_secret: From the address; None: not sent, or not taken for this source.

    Raises:
        ErrWebhookUnauthorized: It is not signed with the secret, nor carries it.
    """
    once = _checked(headers, body, secret, query_secret) if secret is not None else None
    event = next((headers[name] for name in _EVENTS if name in headers), "")
    told = Told.PUSH
    if event.lower() in _PINGS:
        told = Told.PING
    elif event and event.lower() not in _PUSHES:
        told = Told.OTHER
    fields = _fields(headers, body) if told is Told.PUSH else {}
    return Delivery(
        told=told,
        event=event[:100],
        refs=_refs(fields),
        default_branch=_default_branch(fields),
        once=once or _named_by_gitlab(headers, body),
    )


def _named_by_gitlab(headers: Headers, body: bytes) -> str | None:
    """What GitLab calls a delivery; with the body, because webhooks that one started have its name, too."""
    name = headers.get(_GITLAB_DELIVERY)
    return None if name is None else f"{name[:100]} {hashlib.sha256(body).hexdigest()}"


def concerns(delivery: Delivery, settings: Mapping[str, Any]) -> bool:
    """Whether a push moves what a source follows; one that names no ref may."""
    if not delivery.refs:
        return True
    if settings.get("commit"):
        return False
    if tag := settings.get("tag"):
        return f"refs/tags/{tag}" in delivery.refs
    branch = settings.get("branch") or delivery.default_branch
    return branch is None or f"refs/heads/{branch}" in delivery.refs


def signature(secret: str, body: bytes) -> str:
    """What a host sends for a body, in hexadecimal digits."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def _checked(headers: Headers, body: bytes, secret: str, query_secret: str | None) -> str | None:
    """What names this delivery; a signature does, a bare secret does not."""
    for name in SIGNATURES:
        if name not in headers:
            continue
        kind, equals, digits = headers[name].partition("=")
        sent = (digits if equals else kind).strip().lower()
        if equals and kind.strip().lower() != "sha256":
            raise ErrWebhookUnauthorized("it is signed with SHA-1 only, SHA-256 is needed")
        if not _same(sent, signature(secret, body)):
            raise ErrWebhookUnauthorized("the signature does not fit")
        return sent
    for name in SECRETS:
        if name in headers:
            if not _same(headers[name], secret):
                raise ErrWebhookUnauthorized("the secret is another one")
            return None
    if query_secret is None:
        raise ErrWebhookUnauthorized("it carries no signature and no secret")
    if not _same(query_secret, secret):
        raise ErrWebhookUnauthorized("the secret is another one")
    return None


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(errors="replace"), other.encode(errors="replace"))


def _fields(headers: Headers, body: bytes) -> Mapping[str, Any]:
    """The body as an object; what cannot be read tells nothing."""
    try:
        if headers.get("content-type", "").lower().startswith("application/x-www-form-urlencoded"):
            body = parse_qs(body.decode())["payload"][0].encode()
        found = json.loads(body)
    except (ValueError, RecursionError, KeyError):
        return {}
    return found if isinstance(found, dict) else {}


def _refs(fields: Mapping[str, Any]) -> tuple[str, ...]:
    ref = fields.get("ref")
    if isinstance(ref, str):
        # A `create` of GitHub names the branch or tag without what stands before it.
        kind = {"branch": "refs/heads/", "tag": "refs/tags/"}.get(str(fields.get("ref_type")), "")
        return (ref if ref.startswith("refs/") else f"{kind or 'refs/heads/'}{ref}",)
    push = fields.get("push")
    changes = push.get("changes") if isinstance(push, dict) else fields.get("changes")
    found = (_changed(each) for each in changes) if isinstance(changes, list) else ()
    return tuple(each for each in found if each is not None)


def _changed(change: object) -> str | None:
    """A ref as Bitbucket names it: in the cloud `{new: {type, name}}`, in a data centre `{ref: {id}}`."""
    if not isinstance(change, dict):
        return None
    if isinstance(change.get("ref"), dict):
        name = change["ref"].get("id")
        return name if isinstance(name, str) else None
    side = change.get("new") or change.get("old")
    if not isinstance(side, dict) or not isinstance(side.get("name"), str):
        return None
    return f"refs/{'tags' if side.get('type') == 'tag' else 'heads'}/{side['name']}"


def _default_branch(fields: Mapping[str, Any]) -> str | None:
    for key in ("repository", "project"):
        about = fields.get(key)
        if isinstance(about, dict) and isinstance(about.get("default_branch"), str):
            return str(about["default_branch"])
    return None
