"""What a note makes of words that were pasted: a table of rows of cells, and a card that is as large as they need.

Qt main thread; holds no state.
"""

from __future__ import annotations

import re

from qntx_desktop.ui.canvas.geometry import snapped
from qntx_desktop.ui.glyphs.note import MOST_SHOWN_CHARS, laid_out
from qntx_desktop.ui.theme import GRID_PX, PADDING_PX, TITLE_PX

MOST_WIDTH_PX, MOST_HEIGHT_PX = 560.0, 480.0
MOST_TABLE_ROWS = 1_000
_MARKS = re.compile(r"([\\|*`\[\]])")


def as_note(words: str) -> str:
    """The Markdown of a note for words from elsewhere: as they are, or a table when cells are parted by tabs."""
    rows = [line.split("\t") for line in words.splitlines()]
    width = len(rows[0]) if rows else 0
    if not 2 <= len(rows) <= MOST_TABLE_ROWS or width < 2 or any(len(row) != width for row in rows):
        return words
    lines = ["| " + " | ".join(_MARKS.sub(r"\\\1", cell.strip()) for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def size_for(text: str, least: tuple[float, float]) -> tuple[float, float]:
    """Width and height of a note that shows a text whole, where that is no larger than a part of the window."""
    room = MOST_WIDTH_PX - 2 * PADDING_PX
    document = laid_out(text[:MOST_SHOWN_CHARS], room)
    wide = min(document.idealWidth() + 2 * PADDING_PX + GRID_PX, MOST_WIDTH_PX)
    width = max(least[0], snapped(wide, GRID_PX))
    high = laid_out(text[:MOST_SHOWN_CHARS], width - 2 * PADDING_PX).size().height()
    height = min(high + TITLE_PX + PADDING_PX + GRID_PX, MOST_HEIGHT_PX)
    return width, max(least[1], snapped(height, GRID_PX))
