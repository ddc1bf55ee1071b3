"""Hides secret values in what a run says: as they are, or as in a URL, JSON, HTML, `repr`, base64 or hex. Pure.

A run's output is masked whole, at its end, so that no border of a chunk can cut a value in two. Where a text was
cut by the app itself, the beginning of a value that stands at the cut is hidden as well.

Not hidden: values shorter than 4 characters, and what the handler transforms on purpose (reversed, encrypted, one
character a line). Masking keeps accidents out of logs; it does not hold a handler that means harm, which gets a
secret only if the person allowed it.
"""

from __future__ import annotations

import base64
import html
import json
import threading
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, quote_plus

MASK = "***"
SHORTEST_CHARS = 4
GAP = "\n  ...\n"
"""What stands in a traceback where its middle was left out."""
_LONG_CHARS = 200
_SHORTEST_LINE_CHARS = 8


class Masker:
    """Hides values; more may be added while the run goes on. Any thread.

    Args:
        values: The secrets that the run was given so far.
    """

    def __init__(self, values: Iterable[str] = ()) -> None:
        self._lock = threading.Lock()
        self._forms: tuple[str, ...] = ()
        for value in values:
            self.add(value)

    def add(self, value: str) -> None:
        """Hide this value from now on."""
        with self._lock:
            self._forms = tuple(sorted({*self._forms, *_forms_of(value)}, key=len, reverse=True))

    def text(self, text: str, *, cut: bool = False) -> str:
        """`text` with every value hidden.

        Args:
            cut: The text went on and was cut, so the beginning of a value may stand at its end.
        """
        for form in self._forms:
            if form in text:
                text = text.replace(form, MASK)
        return _without_beginnings(text, self._forms) if cut else text

    def json(self, value: Any) -> Any:
        """A JSON value with every text in it masked; long ones may be cut, at the end or in the middle."""
        if not self._forms:
            return value
        if isinstance(value, str):
            return self._maybe_cut(value)
        if isinstance(value, Mapping):
            return {str(name): self.json(each) for name, each in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.json(each) for each in value]
        return value

    def _maybe_cut(self, text: str) -> str:
        head, gap, tail = self.text(text).partition(GAP)
        if gap:
            backwards = tuple(form[::-1] for form in self._forms)
            tail = _without_beginnings(tail[::-1], backwards)[::-1]
        if gap or len(head) >= _LONG_CHARS:
            head = _without_beginnings(head, self._forms)
        return f"{head}{gap}{tail}"


def _without_beginnings(text: str, forms: tuple[str, ...]) -> str:
    longest = 0
    for form in forms:
        for size in range(min(len(form) - 1, len(text)), max(longest, SHORTEST_CHARS - 1), -1):
            if text.endswith(form[:size]):
                longest = size
                break
    return text[:-longest] + MASK if longest else text


def _forms_of(value: str) -> set[str]:
    parts = {value, value.strip()}
    lines = value.splitlines()
    if len(lines) > 1:  # a key of many lines is often printed line by line
        parts.update(line.strip() for line in lines if len(line.strip()) >= _SHORTEST_LINE_CHARS)
    forms: set[str] = set()
    for part in parts:
        if len(part) >= SHORTEST_CHARS:
            forms.update(form for form in _spellings(part) if len(form) >= SHORTEST_CHARS)
    return forms


def _spellings(value: str) -> Iterator[str]:
    raw = value.encode(errors="surrogatepass")
    yield value
    yield raw.decode(errors="replace")
    for quoted in (quote(raw, safe=""), quote(raw), quote_plus(raw)):
        yield quoted
        yield _lower_escapes(quoted)
    as_json = (json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1])
    for text in (value, *as_json):
        yield text
        yield json.dumps(text)[1:-1]
        for quotes in ("", "\"'"):  # which of them a repr escapes depends on what stands beside
            skip = len(repr(quotes)) - 1
            yield repr(quotes + text)[skip:-1]
            yield ascii(quotes + text)[skip:-1]
            yield repr(quotes.encode() + text.encode(errors="surrogatepass"))[skip + 1 : -1]
    yield value.encode("unicode_escape").decode()
    yield value.encode("ascii", "backslashreplace").decode()
    yield html.escape(value)
    yield html.escape(value, quote=False)
    yield raw.hex()
    yield raw.hex().upper()
    yield from _base64(raw)


def _lower_escapes(quoted: str) -> str:
    parts = quoted.split("%")
    return "%".join([parts[0], *(part[:2].lower() + part[2:] for part in parts[1:])])


def _base64(raw: bytes) -> Iterator[str]:
    """What stays the same of a value in base64, at whichever of three positions it begins."""
    yield base64.b64encode(raw).decode().rstrip("=")
    for before in range(3):
        text = base64.b64encode(b"\0" * before + raw).decode()
        inner = text[-(-8 * before // 6) : 8 * (before + len(raw)) // 6]
        if len(inner) >= _SHORTEST_LINE_CHARS:
            yield inner
            yield inner.replace("+", "-").replace("/", "_")
