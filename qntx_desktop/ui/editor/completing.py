"""What can be typed next, and where a name is defined: pure questions about the text of one handler.

Any thread. The text is often incomplete while it is written, so nothing here needs it to be Python already.
"""

from __future__ import annotations

import builtins
import keyword
import re

SDK_NAMES = (
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
)
MOST_WORDS = 200
MOST_READ_CHARS = 400_000
_WORD = re.compile(r"[^\W\d]\w*")
_END = re.compile(r"(?:([^\W\d]\w*)\s*\.\s*)?([^\W\d]\w*)?$")


def wanted(line_before: str) -> tuple[str, str]:
    """What stands before the cursor: the name before a dot (empty without one), and the word begun."""
    found = _END.search(line_before)
    return (found.group(1) or "", found.group(2) or "") if found else ("", "")


def candidates(code: str, owner: str, begun: str) -> tuple[str, ...]:
    """Names that begin so, those of this text first; the word itself is none.

    Args:
        owner: The name before the dot: after `qntx.` only what it offers, after any other the names that follow
            a dot anywhere in the text.
    """
    text = code[:MOST_READ_CHARS]
    own = set(_WORD.findall(text))
    if owner == "qntx":
        groups: tuple[set[str], ...] = (set(SDK_NAMES),)
    elif owner:
        groups = (set(re.findall(r"\.\s*([^\W\d]\w*)", text)),)
    else:
        groups = (own - set(keyword.kwlist), {*keyword.kwlist, "qntx"}, {n for n in dir(builtins) if n[0] != "_"})
    found: list[str] = []
    for group in groups:
        fits = (name for name in group if name.startswith(begun) and name != begun)
        found += [name for name in sorted(fits, key=lambda name: (name.casefold(), name)) if name not in found]
    return tuple(found[:MOST_WORDS])


def word_at(line: str, index: int) -> str:
    """The name that an index of a line stands in or at the end of; empty without one."""
    return next((w.group() for w in _WORD.finditer(line) if w.start() <= index <= w.end()), "")


def definition_of(code: str, name: str, line: int) -> tuple[int, int] | None:
    """Where a name is defined: by `def`, `class`, `import`, an assignment, `for`, `with`, `except` or a parameter.

    Args:
        line: Where it is asked from (from 1): the nearest definition above counts, else the first below.

    Returns:
        Line and column, both from 1.
    """
    word = re.escape(name)
    says = re.compile(
        rf"^\s*(?:async\s+)?(?:def|class)\s+(?P<a>{word})\b"
        rf"|^\s*(?:from\s+\S+\s+)?import\b(?:.*[\s,(])(?P<b>{word})\s*(?:,|\)|$|#)"
        rf"|\bas\s+(?P<c>{word})\b"
        rf"|\bfor\s+(?:[\w\s,(]*[\s,(])?(?P<d>{word})\b[\w\s,)]*\bin\b"
        rf"|^\s*(?:async\s+)?def\s+\w+\s*\((?:.*?[(,*\s])?(?P<e>{word})\s*(?:[:=,)]|$)"
        rf"|\b(?P<f>{word})\s*:=|^\s*(?:[\w\s,(]*[\s,(])?(?P<g>{word})\s*(?:[,)\s\w]*=(?!=)|:[^=]*=(?!=))"
    )
    found = []
    for number, text in enumerate(code[:MOST_READ_CHARS].split("\n"), start=1):
        hit = says.search(text) if name in text and len(text) < 2_000 else None
        if hit is not None:
            found.append((number, next(hit.start(each) for each in "abcdefg" if hit.group(each)) + 1))
    above = [place for place in found if place[0] < line]
    return above[-1] if above else next((place for place in found if place[0] >= line), None)
