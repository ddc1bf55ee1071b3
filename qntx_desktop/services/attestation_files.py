"""Attestations as files of one JSON object a line: written from any query, read whole or not at all.

Any thread but the GUI's; blocks. Reads in short transactions and stores in batches, so that a window beside it
goes on writing. A file is checked to its last line before its first is stored; whoever is interrupted after that
imports it again, and what is there by then is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO, Protocol

from qntx_desktop.model.attestation import Draft, Filter
from qntx_desktop.model.attestation_line import MAX_LINE_BYTES, is_same, read_line
from qntx_desktop.model.ax import parse_ax
from qntx_desktop.model.errors import ErrInvalidAttestation, QntxError
from qntx_desktop.store import attestations
from qntx_desktop.store.database import Database, Tx

BATCH = 500
_BOM = b"\xef\xbb\xbf"
Progress = Callable[[int], None]


class Sink(Protocol):
    """What takes bytes."""

    def write(self, content: bytes, /) -> object:
        """Take all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of the lines: stored, there already, or of the handler registry and therefore left out."""

    imported: int = 0
    already_there: int = 0
    left_out: int = 0

    def to_json(self) -> dict[str, Any]:
        """All three counts."""
        return {"imported": self.imported, "already_there": self.already_there, "left_out": self.left_out}


class AttestationFiles:
    """Writes and reads such files."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def export(self, query: str, into: Sink, progress: Progress) -> int:
        """Write what a query finds, all if it is empty, in the order stored.

        Returns:
            How many lines were written.

        Raises:
            ErrInvalidQuery: The query cannot be read.
        """
        wanted = parse_ax(query).as_filter() if query else Filter()
        with self._db.read() as connection:
            numbers = attestations.numbers(connection, wanted)  # what is stored meanwhile is not part of it
        for first in range(0, len(numbers), BATCH):
            with self._db.read() as connection:
                texts = attestations.json_of(connection, numbers[first : first + BATCH])
            into.write("".join([f"{text}\n" for text in texts]).encode())
            progress(first + len(texts))
        return len(numbers)

    def check(self, file: BinaryIO, progress: Progress) -> int:
        """Read a whole file and store nothing.

        Returns:
            How many attestations it holds.

        Raises:
            ErrInvalidAttestation: With `line` and `field` of the first one that cannot be taken.
        """
        count = 0
        for batch in _batches(file):
            drafts = [(number, draft) for number, draft in batch if draft is not None]
            with self._db.read() as connection:
                for number, draft in drafts:
                    _is_there(connection, number, draft)
            count += len(batch)
            progress(count)
        return count

    def take(self, file: BinaryIO, progress: Progress) -> Imported:
        """Store what is not there yet, in batches that are durable one by one.

        Raises:
            QntxError: Batches that were stored before it stay; `details` has how many attestations they hold.
        """
        done = Imported()
        try:
            for batch in _batches(file):
                drafts = [(number, draft) for number, draft in batch if draft is not None]
                stored = self._db.write(partial(_store, drafts)) if drafts else 0
                done = Imported(
                    imported=done.imported + stored,
                    already_there=done.already_there + len(drafts) - stored,
                    left_out=done.left_out + len(batch) - len(drafts),
                )
                progress(done.imported + done.already_there + done.left_out)
        except QntxError as error:
            error.details["imported"] = done.imported
            if done.imported:
                error.hint = f"{done.imported:,} were stored; import it again for the others. {error.hint}"
            raise
        return done


def _store(drafts: list[tuple[int, Draft]], tx: Tx) -> int:
    new: dict[str | int, Draft] = {}
    for number, draft in drafts:
        if draft.asid is None:
            new[number] = draft
        elif not _is_there(tx.connection, number, draft):
            before = new.setdefault(draft.asid, draft)
            if before != draft:
                raise _other_content(number, draft)
    return len(attestations.insert(tx, list(new.values())))


def _is_there(connection: Any, number: int, draft: Draft) -> bool:
    stored = attestations.get(connection, draft.asid) if draft.asid is not None else None
    if stored is None:
        return False
    if not is_same(stored, draft):
        raise _other_content(number, draft)
    return True


def _other_content(number: int, draft: Draft) -> ErrInvalidAttestation:
    return _at(
        number,
        ErrInvalidAttestation("id", f"{draft.asid} is taken by an attestation that says something else"),
    )


def _batches(file: BinaryIO) -> Iterator[list[tuple[int, Draft | None]]]:
    """The lines with their numbers, from 1; empty lines are counted and passed over."""
    batch: list[tuple[int, Draft | None]] = []
    file.seek(0)
    for number, line in enumerate(iter(lambda: file.readline(MAX_LINE_BYTES + 1), b""), start=1):
        if number == 1:
            line = line.removeprefix(_BOM)
        if not line.strip():
            continue
        batch.append((number, _read(number, line)))
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _read(number: int, line: bytes) -> Draft | None:
    try:
        if len(line) > MAX_LINE_BYTES:
            raise ErrInvalidAttestation("line", f"it is longer than {MAX_LINE_BYTES:,} bytes", MAX_LINE_BYTES)
        return read_line(line.decode())
    except UnicodeDecodeError as error:
        raise _at(
            number, ErrInvalidAttestation("line", f"byte {error.start + 1:,} is not UTF-8 text")
        ) from None
    except ErrInvalidAttestation as error:
        raise _at(number, error) from None


def _at(number: int, error: ErrInvalidAttestation) -> ErrInvalidAttestation:
    said = error.details["reason"] if error.details["field"] == "line" else error.message
    error.message = f"Line {number:,}: {said}"
    error.details["line"] = number
    error.hint = "Correct the line; nothing was stored."
    return error
