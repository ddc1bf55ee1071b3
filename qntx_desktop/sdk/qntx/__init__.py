"""What a handler can say to the app. `attest` is also a builtin; everything else is `qntx.<name>`.

    import csv, qntx

    for row in csv.DictReader(open(qntx.args[0], newline="", encoding="utf-8")):
        attest(row["name"], "lives_in", row["town"])

Reference: docs/handlers.md. Runs inside the handler's process; any of its threads may call it.
"""

from __future__ import annotations

from time import monotonic as _monotonic

from . import _plain
from ._channel import encode as _encode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from typing import Any, Self

    from ._channel import Channel

__all__ = [
    "args",
    "attest",
    "attest_many",
    "batch",
    "cancelled",
    "command",
    "cost",
    "last_run",
    "log",
    "options",
    "payload",
    "progress",
    "query",
    "script_type",
    "secret",
    "state",
    "upstream",
]

args: list[str] = []
"""All words after the type, as the app read them; paths of existing files are absolute."""

options: dict[str, str | bool] = {}
"""`--key value` and `--key=value` as text, `--flag` as True, read from `args` (which keeps them)."""

command: str = ""
"""The command as it was typed."""

script_type: str = ""
"""The type that this run is for, such as `csv`; of a plain script, whatever it was started as."""

last_run: datetime | None = None
"""When this handler last ended well with the same arguments, in UTC; None if it never did."""

state: dict[str, Any] = {}
"""Kept between runs of this handler with the same arguments. Saved only if the run ends well. JSON, up to 1 MiB."""

upstream: dict[str, Any] | None = None
"""What the glyph above hands down, if there is one."""

payload: Any = None
"""What a webhook or plugin sent along, else None."""

cancelled: bool = False
"""True once the run has been asked to stop; a second later it is stopped."""

_CHUNK_ITEMS = 500
_CHUNK_CHARS = 4 << 20
_ITEM_CHARS = 7 << 20
_PROGRESS_GAP_S = 0.05
_LEVELS = ("debug", "info", "warning", "error")

_channel: Channel = None  # type: ignore[assignment]  # set before the script starts
_batch: _Batch | None = None
_progress_at: float = 0.0
_progress_due: str | None = None


def attest(
    subjects: str | Sequence[str],
    predicates: str | Sequence[str],
    contexts: str | Sequence[str],
    actors: str | Sequence[str] | None = None,
    attributes: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Make an attestation and wait until it is durable: it survives a crash or a power cut from then on.

    Args:
        subjects: What it is about; one text or several (at most 100, of at most 1,000 characters).
        predicates: What is said, such as `lives_in`; one text or several.
        contexts: Within what, such as a town, a team or a file; one text or several.
        actors: Who says so, besides this handler, which the app adds itself.
        attributes: Further facts as JSON, up to 1 MiB.

    Returns:
        The stored attestation: `id, subjects, predicates, contexts, actors, timestamp, source, attributes,
        created_at`. Inside `with qntx.batch():` the same dict without `id` and times, filled in by the batch.

    Raises:
        ValueError: It is not valid; the message names the field and the limit. Nothing was stored.
        OSError: It cannot be stored now, because the disk is full or the store read-only or busy.
    """
    item = _item(subjects, predicates, contexts, actors, attributes)
    text = _text_of(item)
    if _batch is not None:
        return _batch.add(item, text)
    stored: dict[str, Any] = _attest([text])[0]
    return stored


def attest_many(items: Iterable[Mapping[str, Any] | Sequence[Any]]) -> int:
    """Make many attestations, acknowledged 500 at a time, which is many times faster than one by one.

    Args:
        items: Mappings with the parameters of `attest`, or sequences of them in order.

    Returns:
        How many were stored; all are durable.

    Raises:
        ValueError: One is not valid. None of its chunk was stored; the chunks before it stay.
        OSError: As for `attest`.
    """
    count = 0
    with batch():
        for item in items:
            if hasattr(item, "keys"):
                attest(**item)  # type: ignore[arg-type]
            else:
                attest(*item)
            count += 1
    return count


def batch() -> _Batch:
    """Acknowledge many attestations at once: `with qntx.batch(): ...`.

    Inside, `attest` returns at once; every 500 are stored together, the rest when the block ends. Each such chunk
    is stored whole or not at all. If the block ends with an exception, what was not sent yet is not stored.
    """
    return _Batch()


def query(ax_text: str, limit: int = 100) -> list[dict[str, Any]]:
    """Read attestations in the AX language: `qntx.query("is lives_in of Paris")`.

    Args:
        ax_text: Subjects, predicates, contexts and actors, as typed after `qntx ax`.
        limit: At most this many, from 1.

    Returns:
        Attestations, newest first.

    Raises:
        ValueError: The query cannot be read, or the limit is no whole number from 1.
    """
    said: object = ax_text
    if not isinstance(said, str):
        raise ValueError(f"ax_text: must be a text, not {type(said).__name__}")
    if type(limit) is not int or limit < 1:
        raise ValueError(f"limit: must be a whole number from 1, not {limit!r:.80}")
    _send_due_progress()
    found: list[dict[str, Any]] = _channel.ask(f'"op":"query","text":{_encode(ax_text)},"limit":{limit}')
    return found


def secret(name: str) -> str:
    """The value of a secret that this handler declares in its metadata: `secrets = ["github-token"]`.

    It comes over the pipe when it is asked for, never by environment or argument. What the run prints, logs or
    fails with shows `***` in its place.

    Raises:
        PermissionError: The metadata does not declare it; the message says what to add.
        ValueError: It is not set.
        OSError: It cannot be opened now, because the keyring is locked or absent.
    """
    if not isinstance(name, str):
        raise ValueError(f"name: must be a text, not {type(name).__name__}")
    value: str = _channel.ask(f'"op":"secret","name":{_encode(name)}')
    return value


def progress(current: float, total: float | None = None, message: str = "") -> None:
    """Say how far the run is, such as `qntx.progress(row, rows, "reading")`. Shown at most 20 times a second.

    Raises:
        ValueError: A number is not finite or not a number.
    """
    global _progress_at, _progress_due
    _number("current", current)
    if total is not None:
        _number("total", total)
    text = _encode({"op": "progress", "current": current, "total": total, "message": str(message)[:1000]})
    _progress_due = text
    now = _monotonic()
    if now - _progress_at >= _PROGRESS_GAP_S:
        _progress_at = now
        _send_due_progress()


def cost(usd: float) -> None:
    """Add to what this run has cost, in US dollars.

    Raises:
        ValueError: It is negative or not a finite number.
    """
    if _number("usd", usd) < 0:
        raise ValueError("usd: must not be negative")
    _channel.tell(_encode({"op": "cost", "usd": usd}))


def log(level: str, message: str) -> None:
    """Write a line into the run's log.

    Args:
        level: `debug`, `info`, `warning` or `error`.
        message: Up to 10,000 characters; the rest is cut.

    Raises:
        ValueError: The level is none of the four.
    """
    if level not in _LEVELS:
        raise ValueError(f"level: must be one of {', '.join(_LEVELS)}, not {level!r:.80}")
    _send_due_progress()
    _channel.tell(_encode({"op": "log", "level": level, "message": str(message)[:10_000]}))


class _Batch:
    """Collects attestations and stores them in chunks; one inside another joins the outer one."""

    def __init__(self) -> None:
        self._items: list[dict[str, Any]] = []
        self._texts: list[str] = []
        self._chars = 0
        self._outer = False

    def __enter__(self) -> Self:
        global _batch
        self._outer = _batch is None
        if self._outer:
            _batch = self
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        global _batch
        if not self._outer:
            return
        _batch = None
        if kind is None:
            self._store()

    def add(self, item: dict[str, Any], text: str) -> dict[str, Any]:
        """Take one attestation; store the chunk first when it would grow too large."""
        if len(self._texts) >= _CHUNK_ITEMS or (self._texts and self._chars + len(text) > _CHUNK_CHARS):
            self._store()
        self._items.append(item)
        self._texts.append(text)
        self._chars += len(text)
        return item

    def _store(self) -> None:
        items, texts = self._items, self._texts
        self._items, self._texts, self._chars = [], [], 0
        for item, stored in zip(items, _attest(texts) if texts else [], strict=True):
            item.update(stored)


def _item(subjects: Any, predicates: Any, contexts: Any, actors: Any, attributes: Any) -> dict[str, Any]:
    return {
        "subjects": _plain.plain("subjects", subjects),
        "predicates": _plain.plain("predicates", predicates),
        "contexts": _plain.plain("contexts", contexts),
        "actors": _plain.plain("actors", actors),
        "attributes": _plain.plain("attributes", attributes),
    }


def _text_of(item: dict[str, Any]) -> str:
    text = _encode(item)
    if len(text) <= _ITEM_CHARS:
        return text
    largest = max(item, key=lambda field: len(_encode(item[field])))
    raise ValueError(f"{largest}: {len(_encode(item[largest])):,} bytes, at most 1,048,576")


def _attest(texts: list[str]) -> list[dict[str, Any]]:
    _send_due_progress()
    stored: list[dict[str, Any]] = _channel.ask(f'"op":"attest","items":[{",".join(texts)}]')
    return stored


def _send_due_progress() -> None:
    global _progress_due
    if _progress_due is not None:
        text, _progress_due = _progress_due, None
        _channel.tell(text)


def _number(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"{name}: must be a number, not {type(value).__name__}")
    plain: float = _plain.plain(name, value)
    return plain
