"""The ledger: attest by hand, ask, count and look up attestations.

Any thread but the GUI's; every method blocks. Attestations made in runs go through `run_record` instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qntx_desktop.model.as_language import parse_as
from qntx_desktop.model.attestation import RESERVED_PREDICATES, Attestation, Draft, Filter, check_draft
from qntx_desktop.model.ax import parse_ax
from qntx_desktop.model.errors import ErrAttestationNotFound, ErrInvalidAttestation, ErrInvalidQuery
from qntx_desktop.store import attestations
from qntx_desktop.store.database import Database

MAX_LIMIT = 1_000_000


class Ledger:
    """Reads and appends; nothing is ever changed."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def attest(
        self,
        subjects: object,
        predicates: object,
        contexts: object,
        actors: object = None,
        attributes: object = None,
        *,
        source: str = "app",
    ) -> Attestation:
        """Check and store one attestation; it is durable on return.

        Raises:
            ErrInvalidAttestation: With the field and the limit that it breaks; nothing was stored.
        """
        draft = check_draft(
            subjects=subjects,
            predicates=predicates,
            contexts=contexts,
            actors=actors,
            attributes=attributes,
            source=source,
        )
        return self.attest_many([draft])[0]

    def attest_many(self, drafts: Sequence[Draft]) -> list[Attestation]:
        """Store checked drafts, all or none, in order.

        Args:
            drafts: As `check_draft` makes them.

        Raises:
            ErrInvalidAttestation: One uses a predicate that is kept for the handler registry.
        """
        _refuse_reserved(drafts)
        return self._db.write(lambda tx: attestations.insert(tx, drafts)) if drafts else []

    def attest_json(self, drafts: Sequence[Draft]) -> list[bytes]:
        """The same, each given back as JSON that is ready to be sent.

        Raises:
            ErrInvalidAttestation: One uses a predicate that is kept for the handler registry.
        """
        _refuse_reserved(drafts)
        made = self._db.write(lambda tx: attestations.insert_json(tx, drafts)) if drafts else []
        return [text.encode() for text in made]

    def as_(self, typed: str | Sequence[str], attributes: object = None, source: str = "cli") -> Attestation:
        """Store what the AS language says, such as `alice is member of TEAM by hr`.

        Raises:
            ErrInvalidAttestation: The text cannot be read, or a limit is broken.
        """
        said = parse_as(typed).filled()
        return self.attest(
            said.subjects, said.predicates, said.contexts, said.actors, attributes, source=source
        )

    def ax(self, text: str, limit: int = 100, as_of_us: int | None = None) -> tuple[Attestation, ...]:
        """Ask in the AX language; newest first.

        Args:
            limit: At most this many, 1 to 1,000,000.
            as_of_us: Only what was stored by this moment; None means all.

        Raises:
            ErrInvalidQuery: The text cannot be read (with the column), or the limit is out of range.
        """
        return self.find(replace(parse_ax(text).as_filter(limit), as_of_us=as_of_us))

    def texts(self, text: str, limit: int, most_chars: int) -> list[str]:
        """What `ax` answers, as JSON texts, for who must not make the app hold any amount.

        Raises:
            ErrInvalidQuery: As `ax`, or the answer is longer than `most_chars` in all.
        """
        with self._db.read() as connection:
            found = attestations.find_texts(connection, _checked(parse_ax(text).as_filter(limit)), most_chars)
        if found is None:
            raise ErrInvalidQuery(
                f"The answer has more than {most_chars >> 20:,} MB", hint="Ask for less, or choose a smaller limit."
            )
        return found

    def find(self, wanted: Filter) -> tuple[Attestation, ...]:
        """Every attestation the filter lets through, newest first.

        Raises:
            ErrInvalidQuery: The limit is out of range.
        """
        with self._db.read() as connection:
            return attestations.find(connection, _checked(wanted))

    def page_json(self, wanted: Filter) -> tuple[bytes, str]:
        """A page as a JSON array, ready to be sent.

        Returns:
            The array, and what `before` of the next page is, spelled `timestamp-seq`; empty at the end.

        Raises:
            ErrInvalidQuery: The limit is out of range.
        """
        with self._db.read() as connection:
            texts, last = attestations.find_json(connection, _checked(wanted))
        following = f"{last[0]}-{last[1]}" if last is not None and len(texts) == wanted.limit else ""
        return f"[{','.join(texts)}]".encode(), following

    def count(self, wanted: Filter) -> int:
        """How many attestations the filter lets through, whatever its limit."""
        with self._db.read() as connection:
            return attestations.count(connection, wanted)

    def total(self) -> int:
        """How many attestations there are in all."""
        with self._db.read() as connection:
            return attestations.total(connection)

    def get(self, asid: str) -> Attestation:
        """One attestation by its id.

        Raises:
            ErrAttestationNotFound: There is none.
        """
        with self._db.read() as connection:
            found = attestations.get(connection, asid)
        if found is None:
            raise ErrAttestationNotFound(asid)
        return found

    def of_execution(
        self, execution_id: int, limit: int = 100, after_seq: int = 0
    ) -> tuple[Attestation, ...]:
        """What a run attested, in the order made; `after_seq` continues a page."""
        with self._db.read() as connection:
            return attestations.of_execution(connection, execution_id, limit=limit, after_seq=after_seq)


def _refuse_reserved(drafts: Sequence[Draft]) -> None:
    for draft in drafts:
        for name in draft.predicates:
            if name.casefold() in RESERVED_PREDICATES:
                raise ErrInvalidAttestation("predicates", "one of them is kept for the handler registry")


def _checked(wanted: Filter) -> Filter:
    if not 1 <= wanted.limit <= MAX_LIMIT:
        raise ErrInvalidQuery(f"The limit is {wanted.limit:,}", hint=f"Choose a limit from 1 to {MAX_LIMIT:,}.")
    return wanted
