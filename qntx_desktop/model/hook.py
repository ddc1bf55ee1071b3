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
from urllib.parse import parse_qs

from qntx_desktop.model.clock import iso
from qntx_desktop.model.errors import ErrInvalidRequest, ErrUnsupportedMediaType
from qntx_desktop.model.strict_json import NotStrictJson, read_json

SOURCE, HOOK = "source", "hook"
"""What a delivery was for."""
_FORM = "application/x-www-form-urlencoded"
_CHARSETS = frozenset(("utf-8", "utf8", "us-ascii", "iso-8859-1", "iso-8859-15", "windows-1252", "utf-16"))
"""Not all that Python knows: some of it decodes to what is no text."""


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

    A field that comes several times is a list of its texts.

    Args:
        headers: By name in small letters.

    Raises:
        ErrInvalidRequest: It is said to be JSON and cannot be taken.
        ErrUnsupportedMediaType: It is no text.
    """
    if not body:
        return None
    kind, _, rest = headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    try:
        text = body.decode(_charset(rest))
    except (UnicodeDecodeError, LookupError):
        raise ErrUnsupportedMediaType(f"{kind or 'binary'}{rest and ';' + rest}") from None
    if kind == _FORM:
        return _form(text)
    if kind == "application/json" or kind.endswith("+json"):
        return _json(text)
    try:
        return read_json(text)
    except NotStrictJson:
        return text


def _charset(parameters: str) -> str:
    """The text encoding that a content type names; UTF-8 without one.

    Raises:
        LookupError: It is not taken.
    """
    for each in parameters.split(";"):
        name, _, value = each.partition("=")
        if name.strip().lower() == "charset":
            found = value.strip().strip('"').lower()
            if found not in _CHARSETS:
                raise LookupError(found)
            return found
    return "utf-8"


def _form(text: str) -> Any:
    fields: dict[str, Any] = {}
    for name, values in parse_qs(text, keep_blank_values=True).items():
        fields[name] = values[0] if len(values) == 1 else values
    if set(fields) == {"payload"}:  # GitHub can send its JSON as a form with one field
        try:
            return read_json(fields["payload"])
        except (NotStrictJson, TypeError):
            return fields
    return fields


def _json(text: str) -> Any:
    try:
        return read_json(text)
    except NotStrictJson as error:
        raise ErrInvalidRequest("body", f"is not JSON that can be taken: {error}") from None


def args_json(args: tuple[str, ...]) -> str:
    """Arguments as they are kept."""
    return json.dumps(list(args))
