"""Which characters the three small languages (IX, AX, AS) accept, and how a message shows one.

Pure; any thread. White space separates words everywhere, including line breaks and the wide spaces of
Unicode. Control characters that are not white space, and lone surrogates, are refused: no file, database or
terminal carries them faithfully.
"""

from __future__ import annotations

import re
import unicodedata

_REFUSED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_MAX_SHOWN_CHARS = 80


def refused_character(text: str) -> tuple[int, str] | None:
    """The first character that no language accepts.

    Returns:
        Its 1-based column and its name for a message, or None when all is well.
    """
    found = _REFUSED.search(text)
    if found is None:
        return None
    character = found[0]
    kind = "half a character (surrogate)" if "\ud800" <= character <= "\udfff" else "a control character"
    return found.start() + 1, f"{kind}, U+{ord(character):04X}"


def shown_character(character: str) -> str:
    """One character for a message; beyond ASCII with its code point and name, so that look-alikes show."""
    if character.isascii() and character.isprintable():
        return f"'{character}'"
    point = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    label = f"{point} {name}".rstrip()
    return f"'{character}' ({label})" if character.isprintable() else label


def shown_text(text: str) -> str:
    """Text for a message: unprintable characters escaped, cut after 80 characters."""
    cut = text if len(text) <= _MAX_SHOWN_CHARS else text[: _MAX_SHOWN_CHARS - 3] + "..."
    if cut.isprintable():
        return cut
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in cut)
