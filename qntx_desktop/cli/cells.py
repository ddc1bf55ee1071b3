"""Text on a terminal: how wide it is, how it is cut, and tables of it.

Pure; any thread. What comes out of the store is shown without control characters, so that no text of a
stranger can drive the terminal.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

_GAP = 2
_SMALLEST = 6
_WIDEST_PADDED = 60
_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_KEPT = frozenset("\n\t\u200c\u200d")
"""With those that join the parts of one sign, as in families of emoji."""


def shown(text: str) -> str:
    """Text on one line, without anything that drives a terminal."""
    if text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def lines_shown(text: str) -> str:
    """The same for a text of several lines, such as code or what a script printed: line ends and tabs stay."""
    strange = {each for each in set(text) if not each.isprintable()} - _KEPT
    if not strange:
        return text
    return text.replace("\r\n", "\n").translate({ord(each): _shown(each) for each in strange})


def _shown(character: str) -> str:
    if character.isprintable():
        return character
    if unicodedata.category(character) == "Zs":
        return " "
    return _ESCAPES.get(character) or ascii(character)[1:-1]


def cells(text: str) -> int:
    """How many cells of a terminal a text takes: wide characters take two, combining ones none."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(text: str, width: int) -> str:
    """Shorten a text to at most `width` cells, ending with an ellipsis."""
    if cells(text) <= width:
        return text
    kept, used = [], 0
    for character in text:
        used += _cells(character)
        if used > width - 1:
            break
        kept.append(character)
    return "".join(kept) + "…" if width > 0 else ""


def lay_out(heads: Sequence[str], rows: Iterable[Sequence[str]], columns: int | None) -> list[str]:
    """The lines of a table, heads first.

    Args:
        columns: Width to fit into, in cells: the widest columns give way. None cuts nothing.
    """
    lines = [tuple(heads), *map(_shown_row, rows)]
    widths = [_width(column) for column in zip(*lines, strict=True)]
    if columns is None:
        padded = [min(width, _WIDEST_PADDED) for width in widths]
        return [_line(line, padded) for line in lines]
    widths = _narrowed(widths, columns - _GAP * (len(widths) - 1))
    return [_line([cut(text, width) for text, width in zip(line, widths, strict=True)], widths) for line in lines]


def _shown_row(row: Sequence[str]) -> Sequence[str]:
    return row if "".join(row).isprintable() else tuple(map(shown, row))


def _width(column: Sequence[str]) -> int:
    return max(map(len if "".join(column).isascii() else cells, column))


def _narrowed(widths: Sequence[int], room: int) -> list[int]:
    """Widths whose sum is at most `room` where that is possible: the widest are cut to a common width.

    The first column, which names the row for other calls (an id, a name), gives way only beyond half of the room.
    """
    narrow = [min(width, max(room, _SMALLEST)) for width in widths]
    kept = min(narrow[0], max(room // 2, _SMALLEST))
    while sum(narrow) > room and max(narrow) > _SMALLEST:
        first, *rest = narrow
        if first > kept or max(rest, default=0) <= _SMALLEST:
            widest = narrow.index(max(narrow))
        else:
            widest = 1 + rest.index(max(rest))
        narrow[widest] -= 1
    return narrow


def _line(texts: Sequence[str], widths: Sequence[int]) -> str:
    if "".join(texts).isascii():
        return (" " * _GAP).join(map(str.ljust, texts, widths)).rstrip()
    padded = (text + " " * (width - cells(text)) for text, width in zip(texts, widths, strict=True))
    return (" " * _GAP).join(padded).rstrip()
