"""An attestation as one line of a file, `attestation export` writes it so and `import` reads it. Pure; any thread.

A line is the JSON of `Attestation.to_json`. What another home stored about it (`created_at`, `execution_id`) is
read and not taken over: it is stored here, now, by no run of this home.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from qntx_desktop.model.attestation import (
    RESERVED_PREDICATES,
    Attestation,
    Draft,
    canonical_attributes,
    check_draft,
)
from qntx_desktop.model.clock import from_iso
from qntx_desktop.model.errors import ErrInvalidAttestation
from qntx_desktop.model.strict_json import NotStrictJson, read_json

MAX_LINE_BYTES = 8 << 20
MAX_SOURCE_CHARS = 2_000
IMPORTED = "import"
"""What the source of an imported attestation begins with; the source it had follows after a colon."""

_KEYS = frozenset(
    {"id", "subjects", "predicates", "contexts", "actors", "timestamp", "source", "attributes", "created_at"}
) | {"execution_id"}
_ID = re.compile(r"AS-[0-9A-Za-z][0-9A-Za-z-]{0,60}")


def read_line(text: str) -> Draft | None:
    """The draft that a line holds; None for one of the handler registry, whose versions travel as bundles.

    Raises:
        ErrInvalidAttestation: With the field; nothing of the line can be used.
    """
    try:
        found = read_json(text)
    except NotStrictJson as error:
        raise ErrInvalidAttestation("line", f"it cannot be read: {error}") from None
    if not isinstance(found, dict):
        raise ErrInvalidAttestation("line", "it must be a JSON object")
    unknown = sorted(found.keys() - _KEYS)
    if unknown:
        raise ErrInvalidAttestation(
            unknown[0][:80], "no attestation has this field; further facts go to attributes"
        )
    if _is_of_registry(found):
        return None
    draft = check_draft(
        subjects=found.get("subjects"),
        predicates=found.get("predicates"),
        contexts=found.get("contexts"),
        actors=found.get("actors"),
        attributes=found.get("attributes"),
        timestamp_us=_moment(found.get("timestamp")),
        source=_source(found.get("source")),
    )
    return replace(draft, asid=_id(found.get("id")))


def is_same(stored: Attestation, draft: Draft) -> bool:
    """Whether a line says what is stored under its id already; a line without a time fits any."""
    return (
        (stored.subjects, stored.predicates, stored.contexts, stored.actors)
        == (draft.subjects, draft.predicates, draft.contexts, draft.actors)
        and draft.timestamp_us in (None, stored.timestamp_us)
        and canonical_attributes(stored.attributes) == draft.attributes_json
    )


def _is_of_registry(found: Mapping[str, Any]) -> bool:
    predicates = found.get("predicates")
    names = [predicates] if isinstance(predicates, str) else predicates
    return isinstance(names, list) and any(
        isinstance(name, str) and name.casefold() in RESERVED_PREDICATES for name in names
    )


def _moment(value: object) -> int | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise ErrInvalidAttestation("timestamp", "must be a text such as 2026-11-21T08:00:00Z")
    try:
        return from_iso(value)
    except (ValueError, OverflowError):
        raise ErrInvalidAttestation(
            "timestamp", f"'{value[:80]}' is no time such as 2026-11-21T08:00:00Z"
        ) from None


def _source(value: object) -> str:
    if value is None or value == "":
        return IMPORTED
    if not isinstance(value, str) or "\0" in value:
        raise ErrInvalidAttestation("source", "must be a text without NUL characters")
    if len(value) > MAX_SOURCE_CHARS:
        reason = f"{len(value):,} characters, at most {MAX_SOURCE_CHARS:,}"
        raise ErrInvalidAttestation("source", reason, MAX_SOURCE_CHARS)
    return value if value.split(":")[0] == IMPORTED else f"{IMPORTED}: {value}"


def _id(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise ErrInvalidAttestation("id", "must look like AS-01KXJ3V9Q2-7M4T0XQZ, or be left out")
    return value
