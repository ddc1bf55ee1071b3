"""The bracket that belongs to the one beside the cursor.

Pure; any thread. It reads at most some hundred lines to either side, so that moving the cursor stays cheap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from qntx_desktop.ui.editor.editing import CLOSERS, OPENERS
from qntx_desktop.ui.editor.tokens import is_inside, scan_line

MOST_LINES = 400
MOST_CHARS_A_LINE = 4_000

Place = tuple[int, int]
"""Line and character, both from 0."""
LineAt = Callable[[int], tuple[str, int] | None]
"""A line and the scanner's state at its start, None outside the document."""


def matching(line_at: LineAt, line: int, column: int) -> tuple[Place, Place | None] | None:
    """Find the pair at a cursor.

    Args:
        line_at: Reads the document.
        line: The cursor's line, from 0.
        column: The cursor's character in it, from 0; the bracket before the cursor is preferred.

    Returns:
        The bracket beside the cursor and its partner (None: it has none within reach); None when there is none.
    """
    own = line_at(line)
    if own is None:
        return None
    here = dict(_brackets(*own))
    for place in (column - 1, column):
        if place in here:
            return (line, place), _partner(line_at, line, place, here[place])
    return None


def _brackets(text: str, state: int) -> Iterator[tuple[int, str]]:
    clipped = text[:MOST_CHARS_A_LINE]
    spans, _ = scan_line(clipped, state)
    for index, character in enumerate(clipped):
        if character in OPENERS + CLOSERS and is_inside(spans, index + 1) is None:
            yield index, character


def _partner(line_at: LineAt, line: int, column: int, bracket: str) -> Place | None:
    forward = bracket in OPENERS
    step = 1 if forward else -1
    stack: list[str] = []
    for number in range(line, line + step * MOST_LINES, step):
        read = line_at(number)
        if read is None:
            return None
        found = list(_brackets(*read))
        for index, character in found if forward else reversed(found):
            if number == line and (index < column if forward else index > column):
                continue
            if (character in OPENERS) == forward:
                stack.append(character)
                continue
            if not _pair(stack.pop(), character, forward):
                return None
            if not stack:
                return number, index
    return None


def _pair(opened: str, closed: str, forward: bool) -> bool:
    first, last = (opened, closed) if forward else (closed, opened)
    return OPENERS.find(first) == CLOSERS.find(last) and first in OPENERS
