"""The difference between two versions of a handler, as a unified diff with signs and colours.

Qt main thread. Shows a text it is given; comparing is the service's.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QWidget

from qntx_desktop.ui.dialogs.frame import Frame, heading, read_only_text, show_text
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme
from qntx_desktop.ui.wording import count, counted

WASH_ALPHA = 30


class DiffColours(QSyntaxHighlighter):
    """Lines that came and went; the sign in front says it without colour."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._place = QTextCharFormat()
        self._take(theme)

    def set_theme(self, theme: Theme) -> None:
        """Colour everything again in another theme."""
        self._take(theme)
        self.rehighlight()

    def _take(self, theme: Theme) -> None:
        self._added, self._removed = _wash(theme.done), _wash(theme.failed)
        self._place.setForeground(QColor(theme.dim))

    def highlightBlock(self, text: str) -> None:
        """Colour one line by its first characters."""
        if text.startswith(("+++", "---", "@@")):
            shape = self._place
        elif text.startswith("+"):
            shape = self._added
        elif text.startswith("-"):
            shape = self._removed
        else:
            return
        self.setFormat(0, len(text.encode("utf-16-le")) // 2, shape)


class DiffView(Frame):
    """Shows what changed from one version to another."""

    def __init__(
        self, script_type: str, older: int, newer: int, text: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            tr("{script_type}: v{older} and v{newer}").format(
                script_type=script_type, older=older, newer=newer
            ),
            theme,
            parent,
        )
        self.setObjectName("diff_view")
        self.resize(760, 520)
        self.body.addWidget(heading(f"{script_type}  v{older} → v{newer}"))
        self.body.addWidget(plain_label(summary(text), tone="dim"))
        self._field = read_only_text(tr("Difference"))
        self._colours = DiffColours(self._field.document(), theme)
        show_text(self._field, text)
        self.body.addWidget(self._field, 1)
        self._field.setVisible(bool(text.strip()))
        if not text.strip():
            self.body.addStretch(1)
        self._field.setFocus()


def summary(text: str) -> str:
    """`3 lines added, 1 removed`, or that there is no difference."""
    lines = text.splitlines()
    added = sum(line.startswith("+") and not line.startswith("+++") for line in lines)
    removed = sum(line.startswith("-") and not line.startswith("---") for line in lines)
    if not added and not removed:
        return tr("The code of both versions is the same.")
    return tr("{added} added, {removed} removed").format(added=counted(added, "line"), removed=count(removed))


def _wash(colour: str) -> QTextCharFormat:
    shape = QTextCharFormat()
    shape.setForeground(QColor(colour))
    ground = QColor(colour)
    ground.setAlpha(WASH_ALPHA)
    shape.setBackground(ground)
    return shape
