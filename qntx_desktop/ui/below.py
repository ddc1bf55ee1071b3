"""The sentences of the floors below in the person's language, by the templates that they were made from.

Pure; any thread. What the floors below say is English, once, where it is raised; `packaging/texts_below.py`
collects the templates, and `resources/translations/below_<language>.json` holds the translations. It is read when
the first such sentence is shown, and never in English. A sentence is looked up under the code of its error first:
what the error's details say stands where the template has the name of that detail, so nothing is guessed there. A
sentence that fits no template stays as it is. Nothing but the words on the screen ever depends on what fits.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from qntx_desktop.app.resources import resource_path
from qntx_desktop.ui.text import figure, language

_log = logging.getLogger(__name__)

MOST_CHARS = 4_000
_SLOT = re.compile(r"\{(\w+)\}")
_FIGURE = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?|\d+\.\d+(?= (s|MB|GB|USD)$)")
#: What stands for whole sentences or parts of them, which have templates of their own.
_NESTED = {
    "reason", "error", "what", "said", "refused", "subject", "state", "status", "strerror", "period",
    "element", "limit", "msg", "term", "fault", "given", "given2", "field", "_named", "_ELEMENTS", "_NAMES",
    "_with_code", "_times", "_words", "self", "value", "type",
}  # fmt: skip
_LISTS = {"named", "what"}
#: Amounts, whose figures are written the person's way; versions and addresses are not among them.
_AMOUNTS = {"timeout_s", "seconds", "value", "spent", "allowed", "size", "duration", "retry_after_s"}


class _Template:
    """One sentence with places for what changes."""

    def __init__(self, english: str, translated: str) -> None:
        self._parts = _SLOT.split(english)
        self.head, self.tail = self._parts[0], self._parts[-1]
        self.weight = sum(map(len, self._parts[::2]))
        self._translated = translated

    def fits(self, text: str) -> bool:
        """Whether a sentence begins and ends as this one; cheap."""
        return text.startswith(self.head) and text.endswith(self.tail)

    def fill(self, text: str, known: Mapping[str, str]) -> str | None:
        """The sentence translated; None when it is another one.

        Args:
            known: What stands in some of the places.
        """
        found = re.fullmatch(self._pattern(known), text, re.DOTALL)
        if found is None:
            return None
        given = {name: _inner(name, value) for name, value in found.groupdict().items()}
        return _SLOT.sub(lambda slot: given[slot[1]], self._translated)

    def _pattern(self, known: Mapping[str, str]) -> str:
        seen: set[str] = set()
        pieces = []
        for number, part in enumerate(self._parts):
            if number % 2 == 0:
                pieces.append(re.escape(part))
            elif part in seen:
                pieces.append(f"(?P={part})")
            else:
                seen.add(part)
                pieces.append(f"(?P<{part}>{re.escape(known[part]) if part in known else '.*?'})")
        return "".join(pieces)


class _Table:
    """The templates of one language."""

    def __init__(self, shape: Mapping[str, Any]) -> None:
        texts: Mapping[str, str] = shape.get("texts", {})
        self.plain = {english: words for english, words in texts.items() if "{" not in english}
        self.templates = _sorted(texts)
        self.of_code = {code: _sorted(each) for code, each in shape.get("errors", {}).items()}


def _sorted(texts: Mapping[str, str]) -> list[_Template]:
    """The most telling first: a sentence that fits two was made from the one with more words of its own."""
    made = (_Template(english, words) for english, words in texts.items())
    return sorted(made, key=lambda each: -each.weight)


@lru_cache(maxsize=4)
def _table(of_language: str) -> _Table:
    try:
        return _Table(json.loads(resource_path("translations", f"below_{of_language}.json").read_bytes()))
    except (OSError, ValueError) as error:
        _log.warning("what errors say stays English: %s", error)
        return _Table({})


def translated(text: str, code: str = "", details: Mapping[str, Any] | None = None) -> str:
    """A sentence of the floors below in the person's language.

    Args:
        text: English, whole and not shortened.
        code: Of the error that says it, if one does.
        details: Of that error.
    """
    if language() == "en" or not text or len(text) > MOST_CHARS:
        return text
    known = ((name, value) for name, value in (details or {}).items() if isinstance(value, str) and value)
    return _translated(text, code, tuple(sorted(known)), language())


@lru_cache(maxsize=2_000)
def _translated(text: str, code: str, known: tuple[tuple[str, str], ...], of_language: str) -> str:
    table = _table(of_language)
    if code:
        templates = table.of_code.get(code, ())
        found = _first(templates, text, dict(known)) or _first(templates, text, {})
        if found is not None:
            return found
    return table.plain.get(text) or _first(table.templates, text, {}) or text


def _first(templates: Iterable[_Template], text: str, known: Mapping[str, str]) -> str | None:
    tried = (each.fill(text, known) for each in templates if each.fits(text))
    return next((said for said in tried if said is not None), None)


def _inner(name: str, value: str) -> str:
    """What stands in a place, in the person's language if it is a sentence or an amount."""
    if name in _LISTS and ", " in value:
        return ", ".join(_translated(each, "", (), language()) for each in value.split(", "))
    if name in _NESTED:
        whole = _translated(value, "", (), language())
        if whole != value:
            return whole
    if _FIGURE.fullmatch(value) or (name in _AMOUNTS and re.fullmatch(r"[\d,]+(\.\d+)?( \w+)?", value)):
        return figure(value)
    return value
