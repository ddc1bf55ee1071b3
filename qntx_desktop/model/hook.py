"""Webhooks that start a handler, and what came to any webhook. Secrets are only known as set.

Pure but for the random source; any thread.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl

from qntx_desktop.model.clock import iso
from qntx_desktop.model.errors import ErrInvalidRequest, ErrUnsupportedMediaType
from qntx_desktop.model.strict_json import NotStrictJson, read_json

SOURCE, HOOK = "source", "hook"
"""What a delivery was for."""
_FORM = "application/x-www-form-urlencoded"


class Outcome(StrEnum):
    """What was made of a delivery."""

    QUEUED = "queued"
    PING = "ping"
    IGNORED = "ignored"
    REPEATED = "repeated"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """An address `/hooks/<name>` that starts `ix <script_type> <args>`."""

    id: int
    name: str
    script_type: str
    args: tuple[str, ...]
    enabled: bool
    created_at_us: int

    @property
    def path(self) -> str:
        """Where it is reached."""
        return f"/hooks/{self.name}"

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {
            "name": self.name,
            "path": self.path,
            "script_type": self.script_type,
            "args": list(self.args),
            "enabled": self.enabled,
            "created_at": iso(self.created_at_us),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRecord:
    """Something that came to a webhook. `job_id` is what it started, which retention may have removed since."""

    id: int
    target: str
    target_id: int
    at_us: int
    event: str
    outcome: Outcome
    reason: str
    job_id: int | None

    def to_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {
            "id": self.id,
            "at": iso(self.at_us),
            "event": self.event,
            "outcome": str(self.outcome),
            "reason": self.reason,
            "job_id": self.job_id,
        }


def new_secret() -> str:
    """A fresh secret for both sides."""
    return secrets.token_urlsafe(32)


def payload_of(headers: Mapping[str, str], body: bytes) -> Any:
    """What a body says: JSON as it is, the fields of a form, else the text; None for an empty one.

    Args:
        headers: By name in small letters.

    Raises:
        ErrInvalidRequest: It is said to be JSON and cannot be taken.
        ErrUnsupportedMediaType: It is no text.
    """
    if not body:
        return None
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise ErrUnsupportedMediaType(kind or "binary") from None
    if kind == _FORM:
        fields = dict(parse_qsl(text, keep_blank_values=True))
        # GitHub can send its JSON as a form with one field.
        return _json(fields["payload"]) if set(fields) == {"payload"} else fields
    if kind == "application/json" or kind.endswith("+json"):
        return _json(text)
    try:
        return read_json(text)
    except NotStrictJson:
        return text


def _json(text: str) -> Any:
    try:
        return read_json(text)
    except NotStrictJson as error:
        raise ErrInvalidRequest("body", f"is not JSON that can be taken: {error}") from None


def args_json(args: tuple[str, ...]) -> str:
    """Arguments as they are kept."""
    return json.dumps(list(args))
