"""The one way to make a label: what it shows is plain text, never markup.

Qt main thread. Imports little, because the bars of the window are made of these before its first paint.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def plain_label(text: str = "", part: str = "", *, wrap: bool = False, tone: str = "") -> QLabel:
    """A label that shows text as it stands.

    Args:
        part: What the style sheet of the window knows it by.
        tone: What the style sheet of panels knows it by: `dim`, `bad` or `heading`.
    """
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(wrap)
    if part:
        label.setProperty("part", part)
    if tone:
        label.setProperty("tone", tone)
    return label
