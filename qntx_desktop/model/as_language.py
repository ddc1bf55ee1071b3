"""The AS language: one attestation by hand, `alice is member of TEAM by hr`.

Pure; any thread. Only reads; whether the terms may be stored is checked by `attestation.check_draft`.

Source: the project's contract, section 3, and the field's reference parser; deviations: docs/languages.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qntx_desktop.model.ats_tokens import refused_character
from qntx_desktop.model.errors import ErrInvalidAttestation

UNSAID = "_"
"""Stands for a predicate or context that was not said; as a word it can be asked for: `ax "is _"`."""

MAX_AS_CHARS = 100_000
_FIELDS = {
    "is": "predicates",
    "are": "predicates",
    "of": "contexts",
    "from": "contexts",
    "by": "actors",
    "via": "actors",
    "on": "timestamp",
}
_CHUNK = re.compile(r"(\s*+)(\S++)")


@dataclass(frozen=True, slots=True, kw_only=True)
class AsCommand:
    """What was said, as typed. Only `subjects` is never empty."""

    subjects: tuple[str, ...]
    predicates: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()

    def filled(self) -> AsCommand:
        """The same with `_` where no predicate or no context was said, ready to be checked and stored."""
        return replace(self, predicates=self.predicates or (UNSAID,), contexts=self.contexts or (UNSAID,))


def parse_as(typed: str | Sequence[str]) -> AsCommand:
    """Read an attestation: `SUBJECTS [is PREDICATES] [of CONTEXTS] [by ACTORS]`.

    Exactly three words without keyword are subject, predicate and context: `JACK manager IBM`.

    Args:
        typed: The whole text, or the words as a shell hands them over (spaces inside one stay).

    Raises:
        ErrInvalidAttestation: Nothing said, no subject, an empty clause, an open quote, a refused character,
            or a date.
    """
    _check_text(typed if isinstance(typed, str) else " ".join(typed))
    words: dict[str, list[str]] = {"subjects": [], "predicates": [], "contexts": [], "actors": []}
    field, keyword, count = "subjects", "", 1
    for text, quoted in _spoken(typed):
        opened = None if quoted else _FIELDS.get(text.lower())
        if opened is None:
            words[field].append(text)
            count += 1
            continue
        _check_clause(field, keyword, count)
        if opened == "timestamp":
            raise ErrInvalidAttestation(
                "timestamp", f"dates are not built yet; if '{text}' is a name, put it in quotes"
            )
        field, keyword, count = opened, text, 0
    _check_clause(field, keyword, count)
    if not words["subjects"]:
        raise ErrInvalidAttestation("subjects", "must name at least one, in front of everything else")
    if len(words["subjects"]) == 3 and not words["predicates"] and not words["contexts"]:
        subject, predicate, context = words["subjects"]
        words |= {"subjects": [subject], "predicates": [predicate], "contexts": [context]}
    return AsCommand(**{name: tuple(terms) for name, terms in words.items()})


def tokenise_as(typed: str | Sequence[str]) -> tuple[str, ...]:
    """The words of an attestation, quotes resolved.

    A quote opens at the start of a word and closes at the end of one, so apostrophes inside words are
    ordinary.

    Raises:
        ErrInvalidAttestation: A quote is not closed; `column` is where it opens.
    """
    return tuple(text for text, _ in _spoken(typed))


def _spoken(typed: str | Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Every word and whether quotes made it plain."""
    quote, held, opened = "", "", 1
    for gap, chunk, column in _chunks(typed):
        if quote:
            held += gap + chunk
        elif chunk[:1] in ("'", '"'):
            quote, held, opened = chunk[0], chunk, column
        else:
            yield chunk, False
            continue
        if len(held) > 1 and chunk.endswith(quote):
            yield held[1:-1], True
            quote = ""
    if quote:
        reason = f"the quote {quote} at column {opened} is not closed; close it, or use the other kind of quotes"
        raise ErrInvalidAttestation("text", reason, column=opened)


def _chunks(typed: str | Sequence[str]) -> Iterator[tuple[str, str, int]]:
    """Every piece without white space, with what stands in front of it and its column."""
    if isinstance(typed, str):
        yield from ((found[1], found[2], found.start(2) + 1) for found in _CHUNK.finditer(typed))
        return
    column = 1
    for word in typed:  # as a shell hands them over: columns are those of the words joined by one space
        yield " ", word, column
        column += len(word) + 1


def _check_text(text: str) -> None:
    if not text.strip():
        raise ErrInvalidAttestation("subjects", "must name at least one: nothing was said")
    if len(text) > MAX_AS_CHARS:
        reason = f"{len(text):,} characters, at most {MAX_AS_CHARS:,}"
        raise ErrInvalidAttestation("text", reason, MAX_AS_CHARS)
    refused = refused_character(text)
    if refused is not None:
        column, name = refused
        raise ErrInvalidAttestation("text", f"holds {name}, at column {column}", column=column)


def _check_clause(field: str, keyword: str, count: int) -> None:
    if keyword and not count:
        raise ErrInvalidAttestation(field, f"nothing follows '{keyword}'; if it is a name, put it in quotes")
