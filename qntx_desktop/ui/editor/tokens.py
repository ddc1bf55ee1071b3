"""Which part of a line of Python is what: the one scanner behind the live editor and the painted card.

Pure; any thread. A line is read with the state that the line before it left behind, so that an edit costs one
line. It never fails: code that is half written is the normal case.
"""

from __future__ import annotations

import builtins
import keyword
import re
from enum import IntEnum


class Role(IntEnum):
    """What a piece of code is; each has a colour of the theme."""

    KEYWORD = 1
    STRING = 2
    NUMBER = 3
    FUNCTION = 4
    COMMENT = 5
    DECORATOR = 6
    BUILTIN = 7


Span = tuple[int, int, Role]
"""Start, end (exclusive) and role; in characters of the line, ascending, never overlapping."""

CODE = 0
"""The state between statements and inside brackets; any other state is the inside of a string."""

_OPEN, _DOUBLE, _TRIPLE, _FORMATTED, _RAW = 1, 2, 4, 8, 16
_HANDLER_NAMES = frozenset({"attest", "qntx"})
_BUILTINS = frozenset(name for name in dir(builtins) if not name.startswith("_")) | _HANDLER_NAMES
_KEYWORDS = frozenset(keyword.kwlist)
_NUMBER = r"0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?[jJ]?"
_PIECE = re.compile(
    rf"""(?P<comment>\#.*)
    |(?P<string>(?P<prefix>[rR][bBfFtT]?|[bBfFtT][rR]?|[uU])?(?P<quote>\"\"\"|'''|\"|'))
    |(?P<decorator>(?<![^\s])@[^\W\d][\w.]*)
    |(?P<number>(?<![\w.])(?:{_NUMBER}))
    |(?P<name>[^\W\d]\w*)
    |(?P<bracket>[\[\](){{}}])""",
    re.VERBOSE,
)
_CALL = re.compile(r"\s*\(")
_SOFT = re.compile(r"\s*(match|case)\b(?!\s*[=.,)\]:]).*:\s*(?:\#.*)?$|\s*(type)\s+[^\W\d]\w*\s*[=\[]")


def scan_line(text: str, state: int = CODE) -> tuple[list[Span], int]:
    """Read one line.

    Args:
        text: The line without its end.
        state: What the line before gave back; below zero means there was none.

    Returns:
        The coloured pieces, and the state for the next line.
    """
    spans: list[Span] = []
    position, state = (0, CODE) if state <= CODE else _string(text, 0, 0, len(text), state, spans)
    if state:
        return spans, state
    return _code(text, position, len(text), spans, field=False)[1:]


def is_inside(spans: list[Span], position: int) -> Role | None:
    """The role of the string or comment that the place between two characters lies in, None in plain code."""
    for start, end, role in spans:
        if role in (Role.STRING, Role.COMMENT) and start < position <= end:
            return role
    return None


def _code(
    text: str, position: int, end: int, spans: list[Span], *, field: bool
) -> tuple[int, list[Span], int]:
    """Read code up to the end, or, inside a replacement field, up to where the bracket stands that closes it."""
    soft = None if field else _SOFT.match(text, position)
    depth = 0
    while found := _PIECE.search(text, position, end):
        kind, start, position = found.lastgroup, found.start(), found.end()
        if found["string"] is not None:
            state = _opened(found["prefix"] or "", found["quote"])
            position, state = _string(text, start, position, end, state, spans)
            if state:
                return end, spans, state
        elif kind == "bracket":
            depth += 1 if text[start] in "([{" else -1
            if field and depth < 0:
                return start, spans, CODE
        elif kind == "name":
            role = _name_role(text, start, position, soft)
            if role is not None:
                spans.append((start, position, role))
        elif kind == "comment":
            spans.append((start, position, Role.COMMENT))
        elif kind == "decorator" and not text[:start].strip():
            spans.append((start, position, Role.DECORATOR))
        elif kind == "number":
            spans.append((start, position, Role.NUMBER))
        else:
            position = start + 1
    return end, spans, CODE


def _name_role(text: str, start: int, end: int, soft: re.Match[str] | None) -> Role | None:
    name = text[start:end]
    attribute = start > 0 and text[start - 1] == "."
    if not attribute and (name in _KEYWORDS or (soft is not None and start == soft.start(soft.lastindex or 0))):
        return Role.KEYWORD
    if not attribute and name in _BUILTINS:
        return Role.BUILTIN
    if _CALL.match(text, end) or text[:start].rstrip().endswith(("def", "class")):
        return Role.FUNCTION
    return None


def _opened(prefix: str, quote: str) -> int:
    letters = prefix.lower()
    state = _OPEN | (_DOUBLE if quote[0] == '"' else 0) | (_TRIPLE if len(quote) == 3 else 0)
    state |= _FORMATTED if letters and letters.strip("r") in ("f", "t") else 0
    return state | (_RAW if "r" in letters else 0)


def _string(text: str, start: int, position: int, end: int, state: int, spans: list[Span]) -> tuple[int, int]:
    """Read the inside of a string, at most up to the end of the replacement field it stands in.

    Gives the place after it and the state (CODE when it was closed).
    """
    quote = '"' if state & _DOUBLE else "'"
    closing = quote * 3 if state & _TRIPLE else quote
    while position < end:
        character = text[position]
        if character == "\\":
            position += 2
        elif text.startswith(closing, position, end):
            position += len(closing)
            spans.append((start, position, Role.STRING))
            return position, CODE
        elif character == "{" and state & _FORMATTED:
            if text.startswith("{{", position, end):
                position += 2
                continue
            spans.append((start, position + 1, Role.STRING))
            start = position = _field(text, position + 1, end, closing, spans)
        else:
            position += 1
    if end > start:
        spans.append((start, end, Role.STRING))
    continued = state & _TRIPLE or (text.endswith("\\") and not text.endswith("\\\\"))
    return end, state if continued and end == len(text) else CODE


def _field(text: str, position: int, end: int, closing: str, spans: list[Span]) -> int:
    """Read a replacement field as code; the closing brace belongs to the string again."""
    stop = text.find(closing, position, end)
    return _code(text, position, end if stop < 0 else stop, spans, field=True)[0]
