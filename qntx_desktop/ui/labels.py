"""The one way to make a label: what it shows is plain text, never markup.

Qt main thread. Imports little, because the bars of the window are made of these before its first paint: the names
in `Qt` are not used there, since the first of them makes Python types of all, a tenth of the way to that paint.
"""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

PLAIN_TEXT = 0
"""`Qt.TextFormat.PlainText`, as a property takes it."""


def plain_label(text: str = "", part: str = "", *, wrap: bool = False, tone: str = "") -> QLabel:
    """A label that shows text as it stands.

    Args:
        part: What the style sheet of the window knows it by.
        tone: What the style sheet of panels knows it by: `dim`, `bad` or `heading`.
    """
    label = QLabel()
    label.setProperty("textFormat", PLAIN_TEXT)
    label.setText(text)
    label.setWordWrap(wrap)
    if part:
        label.setProperty("part", part)
    if tone:
        label.setProperty("tone", tone)
    return label
