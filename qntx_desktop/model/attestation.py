"""An attestation: who said what about what, and when. The record, the draft before it is stored, the filter.

Pure; any thread. `check_draft` is the only gate: window, CLI and handler processes all pass it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from qntx_desktop.model.clock import iso
from qntx_desktop.model.errors import ErrInvalidAttestation

MAX_TERMS = 100
MAX_TERM_CHARS = 1_000
MAX_ATTRIBUTES_BYTES = 1 << 20
MAX_ATTRIBUTES_DEPTH = 32

PREDICATE_HANDLER = "ix_handler"
PREDICATE_RETIRED = "ix_handler_retired"
RESERVED_PREDICATES = frozenset({PREDICATE_HANDLER, PREDICATE_RETIRED})
"""Predicates that only the handler registry may use; see `check_draft`."""

_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An attestation that is checked but not stored yet; the store gives it its id and times.

    Args:
        attributes_json: Canonical JSON text of the attributes object.
        timestamp_us: When the claim holds; None means the moment of storing.
        asid: Only for self-certifying attestations, whose id must stand in their own subjects.
    """

    subjects: tuple[str, ...]
    predicates: tuple[str, ...]
    contexts: tuple[str, ...]
    actors: tuple[str, ...]
    attributes_json: str = "{}"
    timestamp_us: int | None = None
    source: str = ""
    execution_id: int | None = None
    asid: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """A stored claim. `seq` is the order of insertion, `execution_id` the run that made it (None: by hand)."""

    id: str
    subjects: tuple[str, ...]
    predicates: tuple[str, ...]
    contexts: tuple[str, ...]
    actors: tuple[str, ...]
    timestamp_us: int
    source: str
    attributes: Mapping[str, Any]
    created_at_us: int
    seq: int = 0
    execution_id: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The contract's shape (section 4)."""
        created_at = iso(self.created_at_us)
        return {
            "id": self.id,
            "subjects": list(self.subjects),
            "predicates": list(self.predicates),
            "contexts": list(self.contexts),
            "actors": list(self.actors),
            "timestamp": created_at if self.timestamp_us == self.created_at_us else iso(self.timestamp_us),
            "source": self.source,
            "attributes": dict(self.attributes),
            "created_at": created_at,
            "execution_id": self.execution_id,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which attestations to read: within a field OR, across fields AND, ignoring case, newest first.

    Args:
        limit: At most this many, 1 to 1,000,000.
        before: Continue after this (timestamp_us, seq), for paging.
        as_of_us: Only what was stored by this moment; None means all.
    """

    subjects: tuple[str, ...] = ()
    predicates: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    execution_id: int | None = None
    limit: int = 100
    before: tuple[int, int] | None = None
    as_of_us: int | None = None


def check_draft(
    *,
    subjects: object,
    predicates: object,
    contexts: object,
    actors: object = None,
    attributes: object = None,
    timestamp_us: int | None = None,
    source: str = "",
    execution_id: int | None = None,
    stamp: str | None = None,
) -> Draft:
    """Turn what a stranger gave into a `Draft`, or say which field breaks which limit.

    A single text stands for a list of one. Repeated terms within a field are kept once. Nothing is stored.

    Args:
        stamp: The actor that the app itself puts before those that were given.

    Raises:
        ErrInvalidAttestation: With `field` and, where a bound was broken, `limit`.
    """
    names = _terms("predicates", predicates, required=True)
    reserved = next((name for name in names if name.casefold() in RESERVED_PREDICATES), None)
    if reserved is not None:
        raise ErrInvalidAttestation("predicates", f"'{reserved}' is kept for the handler registry")
    said_by = () if actors is None or actors == [] else _terms("actors", actors, required=False)
    return Draft(
        subjects=_terms("subjects", subjects, required=True),
        predicates=names,
        contexts=_terms("contexts", contexts, required=True),
        actors=said_by if stamp is None else _stamped(stamp, said_by),
        attributes_json=canonical_attributes(attributes),
        timestamp_us=timestamp_us,
        source=source,
        execution_id=execution_id,
    )


def _stamped(stamp: str, actors: tuple[str, ...]) -> tuple[str, ...]:
    stamped = (stamp, *[actor for actor in actors if actor != stamp])
    if len(stamped) > MAX_TERMS:
        reason = f"{len(actors):,} besides the run's own, at most {MAX_TERMS - 1}"
        raise ErrInvalidAttestation("actors", reason, MAX_TERMS - 1)
    return stamped


def _terms(field_name: str, value: object, *, required: bool) -> tuple[str, ...]:
    items: Iterable[object] = (value,) if isinstance(value, str) else _listed(field_name, value)
    terms = tuple(dict.fromkeys([_term(field_name, item) for item in items]))
    if required and not terms:
        raise ErrInvalidAttestation(field_name, "must name at least one")
    if len(terms) > MAX_TERMS:
        raise ErrInvalidAttestation(field_name, f"{len(terms):,} terms, at most {MAX_TERMS}", MAX_TERMS)
    return terms


def _listed(field_name: str, value: object) -> tuple[object, ...]:
    if isinstance(value, (list, tuple, set, frozenset)):
        return tuple(value)
    raise ErrInvalidAttestation(field_name, f"must be a text or a list of texts, not {type(value).__name__}")


def _term(field_name: str, item: object) -> str:
    if not isinstance(item, str):
        raise ErrInvalidAttestation(field_name, f"must hold texts, not {type(item).__name__}")
    if not item.strip():
        raise ErrInvalidAttestation(field_name, "must not hold an empty text")
    if len(item) > MAX_TERM_CHARS:
        raise ErrInvalidAttestation(
            field_name, f"a term of {len(item):,} characters, at most {MAX_TERM_CHARS:,}", MAX_TERM_CHARS
        )
    _storable(field_name, item)
    return item


def _storable(field_name: str, text: str) -> None:
    if text.isascii():
        if "\0" in text:
            raise ErrInvalidAttestation(field_name, "holds a NUL character")
        return
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ErrInvalidAttestation(
            field_name, f"holds half a character (surrogate) at position {error.start + 1}"
        ) from None
    if "\0" in text:
        raise ErrInvalidAttestation(field_name, "holds a NUL character")


def canonical_attributes(attributes: object) -> str:
    """Canonical JSON text of an attributes object; `{}` for None.

    Raises:
        ErrInvalidAttestation: Not an object, not JSON, NaN or infinity, surrogates, too deep, too large.
    """
    if attributes is None or attributes == {}:
        return "{}"
    if not isinstance(attributes, Mapping):
        raise ErrInvalidAttestation("attributes", f"must be an object, not {type(attributes).__name__}")
    _check_json("attributes", attributes, 1)
    text = _canonical(attributes)
    size = len(text.encode())
    if size > MAX_ATTRIBUTES_BYTES:
        raise ErrInvalidAttestation(
            "attributes", f"{size:,} bytes, at most {MAX_ATTRIBUTES_BYTES:,}", MAX_ATTRIBUTES_BYTES
        )
    return text


def _check_json(path: str, value: object, depth: int) -> None:
    if value is None or isinstance(value, (bool, int)):
        if isinstance(value, int) and value.bit_length() > 256:
            raise ErrInvalidAttestation("attributes", f"{path} is a number of over 256 bits", 256)
    elif isinstance(value, str):
        _storable("attributes", value)
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise ErrInvalidAttestation("attributes", f"{path} is {value}, which JSON cannot hold")
    elif depth > MAX_ATTRIBUTES_DEPTH:
        raise ErrInvalidAttestation(
            "attributes", f"nested deeper than {MAX_ATTRIBUTES_DEPTH}", MAX_ATTRIBUTES_DEPTH
        )
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str):
                raise ErrInvalidAttestation("attributes", f"{path} has a key that is not a text")
            _storable("attributes", key)
            _check_json(f"{path}.{key}", item, depth + 1)
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            _check_json(f"{path}[{index}]", item, depth + 1)
    else:
        raise ErrInvalidAttestation(
            "attributes", f"{path} is a {type(value).__name__}, which JSON cannot hold"
        )
