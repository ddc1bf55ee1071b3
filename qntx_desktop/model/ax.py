"""The AX language: which attestations to read, from text to clauses to a filter.

    [subjects] [is|are predicates] [of|from contexts] [by|via actors] [since|until|on|between|over ...]
    [so|therefore actions]

Pure; any thread. Two steps: `split_clauses` knows the words and the keywords, `parse_ax` knows what each kind
of clause means. Temporal clauses are recognised by the first and refused by the second until they are built.

Source: the project's contract, section 6; deviations from the field's reference parser: docs/languages.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from qntx_desktop.model.ats_tokens import refused_character
from qntx_desktop.model.attestation import Filter
from qntx_desktop.model.errors import ErrInvalidQuery

MAX_QUERY_CHARS = 100_000
MAX_QUERY_TERMS = 1_000


class TokenKind(StrEnum):
    """What a piece of a query is; a sign is refused where it is met, so that its clause can be named."""

    WORD = "word"
    QUOTED = "quoted"
    KEYWORD = "keyword"
    SIGN = "sign"


class ClauseKind(StrEnum):
    """What a clause is about; the values are the names of the fields of `AxQuery`, `TEMPORAL` excepted."""

    SUBJECTS = "subjects"
    PREDICATES = "predicates"
    CONTEXTS = "contexts"
    ACTORS = "actors"
    TEMPORAL = "temporal"
    ACTIONS = "actions"


AND = "and"
KEYWORDS: dict[str, ClauseKind] = {
    "is": ClauseKind.PREDICATES,
    "are": ClauseKind.PREDICATES,
    "of": ClauseKind.CONTEXTS,
    "from": ClauseKind.CONTEXTS,
    "by": ClauseKind.ACTORS,
    "via": ClauseKind.ACTORS,
    "since": ClauseKind.TEMPORAL,
    "until": ClauseKind.TEMPORAL,
    "on": ClauseKind.TEMPORAL,
    "between": ClauseKind.TEMPORAL,
    "over": ClauseKind.TEMPORAL,
    "so": ClauseKind.ACTIONS,
    "therefore": ClauseKind.ACTIONS,
}
"""Every word that opens a clause, in lower case. `and` opens none: it only joins."""

_ELEMENTS = {
    ClauseKind.SUBJECTS: "a subject",
    ClauseKind.PREDICATES: "a predicate",
    ClauseKind.CONTEXTS: "a context",
    ClauseKind.ACTORS: "an actor",
    ClauseKind.TEMPORAL: "a date or duration",
    ClauseKind.ACTIONS: "an action",
}
_LEXER = re.compile(
    r"""(?P<gap>[\s,;=]++)
    |'(?P<single>[^']*+)'
    |"(?P<double>[^"]*+)"
    |(?P<word>[^\s,;='"*^%$\#|()\[\]{}<>?`][^\s,;="*^%$\#|()\[\]{}<>?`]*+)
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_MEANS_SOMETHING = re.compile(r"\w|[^\x00-\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One piece of a query. `text` is without quotes, `column` is 1-based."""

    kind: TokenKind
    text: str
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A keyword and what follows it. `keyword` is as typed, empty for the subjects in front.

    The words of a temporal clause include its `and`; in all other clauses `and` only joins and is left out.
    """

    kind: ClauseKind
    keyword: str
    column: int
    words: tuple[Token, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AxQuery:
    """What a query asks for: within a field OR, across fields AND. `actions` have no effect yet."""

    subjects: tuple[str, ...] = ()
    predicates: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()

    def as_filter(self, limit: int = 100) -> Filter:
        """The filter for the store, which matches terms ignoring case.

        Args:
            limit: At most this many attestations, 1 to 1,000,000.
        """
        return Filter(
            subjects=self.subjects,
            predicates=self.predicates,
            contexts=self.contexts,
            actors=self.actors,
            limit=limit,
        )


def parse_ax(text: str) -> AxQuery:
    """Read a query.

    Raises:
        ErrInvalidQuery: With the 1-based column; also for dates and times, which are not built yet.
    """
    fields: dict[ClauseKind, list[str]] = {kind: [] for kind in ClauseKind}
    for clause in split_clauses(text):
        if clause.kind is ClauseKind.TEMPORAL:
            raise ErrInvalidQuery(
                f"Dates and times in queries are not built yet: '{clause.keyword}'",
                column=clause.column,
                hint=f"Leave it out; if '{clause.keyword}' is part of a name, put the name in quotes.",
            )
        fields[clause.kind] += (word.text for word in clause.words)
    asked = {kind: tuple(terms) for kind, terms in fields.items()}
    if not any(terms for kind, terms in asked.items() if kind is not ClauseKind.ACTIONS):
        raise ErrInvalidQuery("The query is empty", column=1)
    if sum(map(len, asked.values())) > MAX_QUERY_TERMS:
        raise ErrInvalidQuery(
            f"The query has more than {MAX_QUERY_TERMS:,} words", hint="Ask in several queries."
        )
    return AxQuery(
        subjects=asked[ClauseKind.SUBJECTS],
        predicates=asked[ClauseKind.PREDICATES],
        contexts=asked[ClauseKind.CONTEXTS],
        actors=asked[ClauseKind.ACTORS],
        actions=asked[ClauseKind.ACTIONS],
    )


def split_clauses(text: str) -> tuple[Clause, ...]:
    """Cut a query into its clauses, in the order typed; the subjects in front are a clause without keyword.

    Raises:
        ErrInvalidQuery: Unclosed quote, refused character, sign without meaning, empty name or empty clause.
    """
    clauses: list[Clause] = []
    kind, keyword, column = ClauseKind.SUBJECTS, "", 1
    words: list[Token] = []
    for token in tokenise_ax(text):
        if token.kind is TokenKind.SIGN:
            raise _stray_sign(token, _ELEMENTS[kind])
        if token.kind is not TokenKind.KEYWORD:
            words.append(token)
        elif token.text.lower() != AND:
            clauses += _closed(kind, keyword, column, words)
            kind, keyword, column, words = KEYWORDS[token.text.lower()], token.text, token.column, []
        elif kind is ClauseKind.TEMPORAL:
            words.append(token)
    clauses += _closed(kind, keyword, column, words)
    return tuple(clauses)


def tokenise_ax(text: str) -> Iterator[Token]:
    """The pieces of a query from left to right; commas, semicolons and `=` only separate.

    Raises:
        ErrInvalidQuery: Unclosed quote, empty quotes, refused character or too long a text.
    """
    if len(text) > MAX_QUERY_CHARS:
        raise ErrInvalidQuery(f"The query is {len(text):,} characters long, at most {MAX_QUERY_CHARS:,}")
    refused = refused_character(text)
    if refused is not None:
        raise ErrInvalidQuery(f"The query holds {refused[1]}", column=refused[0], hint="Remove it.")
    for found in _LEXER.finditer(text):
        if found.lastgroup != "gap":
            yield _token(found)


def _token(found: re.Match[str]) -> Token:
    group = found.lastgroup or ""
    text, column = found[group], found.start() + 1
    if group == "word":
        if not _MEANS_SOMETHING.search(text):
            return Token(kind=TokenKind.SIGN, text=text, column=column)
        is_keyword = text.lower() in KEYWORDS or text.lower() == AND
        return Token(kind=TokenKind.KEYWORD if is_keyword else TokenKind.WORD, text=text, column=column)
    if group == "sign":
        if text not in "'\"":
            return Token(kind=TokenKind.SIGN, text=text, column=column)
        raise ErrInvalidQuery(
            f"The quote {text} is not closed",
            column=column,
            hint="Close it, or put the other kind of quotes around the name.",
        )
    if not text.strip():
        raise ErrInvalidQuery("There is no name between the quotes", column=column)
    return Token(kind=TokenKind.QUOTED, text=text, column=column)


def _closed(kind: ClauseKind, keyword: str, column: int, words: list[Token]) -> list[Clause]:
    if words:
        return [Clause(kind=kind, keyword=keyword, column=column, words=tuple(words))]
    if keyword:
        raise ErrInvalidQuery(
            f"Nothing follows '{keyword}': it needs {_ELEMENTS[kind]}",
            column=column,
            hint=f"If '{keyword}' is a name, put it in quotes.",
        )
    return []


def _stray_sign(token: Token, element: str) -> ErrInvalidQuery:
    if token.text in "*^%$#":
        reason = f"'{token.text}' cannot stand for {element}: there are no wildcards"
    else:
        reason = f"'{token.text}' has no meaning in a query, so it cannot be {element}"
    hint = "If it is part of a name, put the name in quotes."
    return ErrInvalidQuery(reason, column=token.column, hint=hint)
