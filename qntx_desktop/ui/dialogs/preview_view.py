"""A file in a window: its picture as large as the window, its text to select and copy.

Qt main thread.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from qntx_desktop.services.previews import FileForm
from qntx_desktop.ui import told
from qntx_desktop.ui.dialogs.frame import Frame, heading, read_only_text, show_text
from qntx_desktop.ui.glyphs.face import Face
from qntx_desktop.ui.glyphs.preview import fitted
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme
from qntx_desktop.ui.wording import DOT, count, one_line, size


class PreviewView(Frame):
    """Shows a face."""

    def __init__(self, title: str, face: Face, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(one_line(title, 120), theme, parent)
        self.setObjectName("preview_view")
        self.resize(900, 640)
        self.body.addWidget(heading(one_line(title, 200)))
        self.body.addWidget(plain_label(_facts(face), wrap=True, tone="dim"))
        if face.image is not None:
            self.picture = _Picture(face, theme)
            self.body.addWidget(self.picture, 1)
            return
        field = read_only_text(tr("Content"))
        lines = face.head.lines if face.head is not None else ()
        show_text(field, "\n".join(lines) or _nothing(face))
        self.body.addWidget(field, 1)
        if face.head is not None and face.head.cut:
            self.body.addWidget(plain_label(tr("Only the beginning is shown."), tone="dim"))


class _Picture(QWidget):
    """The picture, as large as there is room, never larger than it is."""

    def __init__(self, face: Face, theme: Theme) -> None:
        super().__init__()
        self._face, self._theme = face, theme
        self.setAccessibleName(tr("Picture"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the middle."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.code))
        if self._face.image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(fitted(QRectF(self.rect()), QSizeF(self._face.image.size())), self._face.image)


def _facts(face: Face) -> str:
    if face.head is None:
        return ""
    pixels = (
        tr("{pixels} × {pixels2} pixels").format(pixels=count(face.pixels[0]), pixels2=count(face.pixels[1]))
        if face.pixels[0]
        else ""
    )
    amount = "" if face.head.form is FileForm.FOLDER else size(face.head.size_bytes)
    return DOT.join(part for part in (face.head.path, pixels, amount) if part)


def _nothing(face: Face) -> str:
    if face.problem is not None:
        return told.message(face.problem)
    return told.said(face.words) or tr("There is nothing to show.")
