"""What the keys of a code editor do to text: indentation, comments, pairs, pasted text.

Pure; any thread. The widget asks here and carries it out, so the habits can be tried without a window.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from qntx_desktop.ui.editor.tokens import CODE, Role, Span, is_inside, scan_line

INDENT = "    "
PAIRS = {"(": ")", "[": "]", "{": "}", '"': '"', "'": "'"}
OPENERS = "([{"
CLOSERS = ")]}"
QUOTES = "\"'"

_BRANCH = re.compile(r"\s*(else|elif|except|finally|case(?=\s+\S))\b")
_BRANCHES_OF = {
    "else": ("if", "elif", "for", "while", "try", "except"),
    "elif": ("if", "elif"),
    "except": ("try", "except"),
    "finally": ("try", "except", "else"),
    "case": ("case",),
}
_FIRST_WORD = re.compile(r"\s*(?:async\s+)?(\w+)")
_ENDS_BLOCK = re.compile(r"(return|pass|break|continue|raise)\b")
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_LEADING_TABS = re.compile(r"^[ \t]*\t[ \t]*", re.MULTILINE)
_STRING_PREFIX = re.compile(r"(?:^|\W)(?:[rRbBfFuU]|[rR][bBfF]|[bBfF][rR])$")


def leading(line: str) -> str:
    """The spaces and tabs a line starts with."""
    return line[: len(line) - len(line.lstrip(" \t"))]


def indent_after(line_before: str, state: int = CODE) -> str:
    """What a new line starts with when Enter is pressed after `line_before`.

    Args:
        line_before: The line up to the cursor.
        state: The scanner's state at the start of that line.
    """
    indent = leading(line_before)
    spans, after = scan_line(line_before, state)
    if after != CODE:
        return indent
    code = _without_comment(line_before, spans).strip()
    if code.endswith(":") or _unclosed(line_before, spans) > 0:
        return indent + INDENT
    if _ENDS_BLOCK.match(code):
        return dedented(indent)
    return indent


def branch_indent(line_before: str, above: Iterable[str]) -> str | None:
    """What a line must start with to be a branch (`else`, `except`, ...) of what stands above it.

    Args:
        line_before: The line up to the cursor, where a colon is typed.
        above: The lines above, the nearest first.

    Returns:
        The new indentation; None when the line is no branch, belongs to nothing or stands where it should.
    """
    word = _BRANCH.match(line_before)
    if word is None:
        return None
    own = leading(line_before)
    inside = len(own) + 1
    for line in above:
        indent, first = leading(line), _FIRST_WORD.match(line)
        if not line.strip() or line[len(indent)] == "#" or len(indent) >= inside:
            continue
        if first is not None and first[1] in _BRANCHES_OF[word[1]]:
            return indent if indent != own else None
        inside = len(indent)
    return None


def _without_comment(line: str, spans: list[Span]) -> str:
    return line[: spans[-1][0]] if spans and spans[-1][2] is Role.COMMENT else line


def _unclosed(line: str, spans: list[Span]) -> int:
    depth = 0
    for index, character in enumerate(line):
        if character in OPENERS + CLOSERS and is_inside(spans, index + 1) is None:
            depth = depth + 1 if character in OPENERS else max(0, depth - 1)
    return depth


def dedented(line: str) -> str:
    """The line with one step of indentation less; a tab is one step."""
    if line.startswith("\t"):
        return line[1:]
    return line[min(len(INDENT), len(line) - len(line.lstrip(" "))) :]


def indented(line: str) -> str:
    """The line with one step of indentation more; an empty line stays empty."""
    return INDENT + line if line.strip() else line


def backspace_width(line_before: str) -> int:
    """How many characters Backspace takes: up to a whole step inside leading spaces, otherwise one."""
    if not line_before or line_before.strip(" "):
        return 1
    return (len(line_before) - 1) % len(INDENT) + 1


def tab_width(column: int) -> int:
    """How many spaces Tab inserts at this column (from 0)."""
    return len(INDENT) - column % len(INDENT)


def toggled_comment(lines: list[str]) -> list[str]:
    """All lines commented out, or, when all that hold anything already are, all as they were before."""
    full = [line for line in lines if line.strip()]
    if not full:
        return lines
    if all(line.lstrip().startswith("#") for line in full):
        return [_uncommented(line) if line.strip() else line for line in lines]
    column = min(len(leading(line)) for line in full)
    return [f"{line[:column]}# {line[column:]}" if line.strip() else line for line in lines]


def _uncommented(line: str) -> str:
    indent, rest = leading(line), line.lstrip(" \t")[1:]
    return indent + (rest[1:] if rest.startswith(" ") else rest)


def closes(opener: str, before: str, after: str, state: int = CODE) -> bool:
    """Whether typing `opener` also inserts its partner.

    Args:
        opener: A key of `PAIRS`.
        before: The line up to the cursor.
        after: The line from the cursor on.
        state: The scanner's state at the start of the line.
    """
    if after and not (after[0].isspace() or after[0] in CLOSERS + ",:;" or after[0] in QUOTES):
        return False
    spans, inside = scan_line(before, state)
    if inside != CODE or is_inside(spans, len(before)) is Role.COMMENT or _open_string(before, spans):
        return False
    if opener not in QUOTES:
        return True
    if before.endswith(opener) or (after and after[0] in QUOTES):
        return False
    return not (before[-1:].isalnum() or before[-1:] == "_") or _STRING_PREFIX.search(before) is not None


def _open_string(before: str, spans: list[Span]) -> bool:
    """True when the cursor stands inside a string of one line that is not closed yet."""
    if not spans or spans[-1][2] is not Role.STRING or spans[-1][1] != len(before):
        return False
    return scan_line(before + "\\", CODE)[1] != CODE


def is_third_quote(quote: str, before: str) -> bool:
    """Whether this quote completes an opening `\"\"\"`."""
    return before.endswith(quote * 2) and not before.endswith(quote * 3)


def pasted(text: str) -> str:
    """Text from elsewhere as the editor takes it: one kind of line end, no NUL, no tabs in the indentation.

    Tabs inside a line and no-break spaces stay: they may be part of a string.
    """
    lines = _LINE_ENDS.sub("\n", text).replace("\0", "")
    return _LEADING_TABS.sub(lambda found: found[0].expandtabs(len(INDENT)), lines)


def units(text: str, index: int) -> int:
    """The place `index` of a Python text as Qt counts it, in UTF-16 units."""
    return index if text.isascii() else index + sum(character > "\uffff" for character in text[:index])


def index_of(text: str, unit: int) -> int:
    """The place in a Python text that Qt calls `unit`; inside a pair of units, the character's own place."""
    if text.isascii():
        return min(unit, len(text))
    count = 0
    for index, character in enumerate(text):
        if count >= unit:
            return index
        count += 2 if character > "\uffff" else 1
    return len(text)
