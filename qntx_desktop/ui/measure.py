"""How wide texts are: measured once, since cards that change in every frame say mostly what they said before.

Qt main thread. `theme.load_fonts` has everything measured anew: a text may be wider in a font that came late.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QFontMetricsF

MOST_KEPT = 6_000
_LEAST_AIR_PX = 0.05
"""Qt counts in 64ths of a unit: what fits by less than this is left for it to say."""


@lru_cache(maxsize=MOST_KEPT)
def width_of(text: str, font: QFont) -> float:
    """Width of a text on one line, canvas units."""
    return QFontMetricsF(font).horizontalAdvance(text)


def fitted(text: str, font: QFont, width: float) -> str:
    """One line of at most `width`, with an ellipsis where it was cut."""
    if width_of(text, font) <= width - _LEAST_AIR_PX:
        return text
    return _cut(text, font, width)


@lru_cache(maxsize=MOST_KEPT)
def _cut(text: str, font: QFont, width: float) -> str:
    from PySide6.QtCore import Qt  # late: see `labels`

    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, max(width, 0.0))


def forget() -> None:
    """Measure everything anew."""
    width_of.cache_clear()
    _cut.cache_clear()
