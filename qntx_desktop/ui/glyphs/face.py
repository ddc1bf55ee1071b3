"""What a preview glyph shows: the head of a file with its picture decoded to the size that is needed.

`face_of` runs on workers: decoding a picture takes long. A `Face` is never changed after that.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader

from qntx_desktop.model.errors import ErrFileNotFound, QntxError
from qntx_desktop.services.previews import MOST_PICTURE_BYTES, MOST_TEXT_BYTES, FileForm, FileHead, read_head
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.wording import count, size

LONGEST_PX = 1_024
"""The longer side of what is kept for a card."""
MOST_PIXELS = 64_000_000
"""More than this many take too much memory to decode."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Face:
    """A file as it is shown.

    Args:
        head: None when it could not be read.
        image: The picture, scaled down; None when it is no picture or cannot be shown.
        pixels: Width and height of the picture in the file, as it is seen upright.
        words: Why there is no picture; empty when there is one or the file is none.
        problem: Why it could not be read.
    """

    head: FileHead | None = None
    image: QImage | None = None
    pixels: tuple[int, int] = (0, 0)
    words: str = ""
    problem: QntxError | None = None


def face_of(path: str, base: str, longest_px: int = LONGEST_PX, most_text_bytes: int = MOST_TEXT_BYTES) -> Face:
    """Read and decode; never raises for what a file may hold."""
    try:
        head = read_head(path, base, most_text_bytes)
    except ErrFileNotFound as error:
        return Face(problem=error)
    if head.form is not FileForm.PICTURE:
        return Face(head=head)
    if not head.picture:
        return Face(
            head=head,
            words=tr("The picture is larger than {MOST_PICTURE_BYTES}, too large to show.").format(
                MOST_PICTURE_BYTES=size(MOST_PICTURE_BYTES)
            ),
        )
    return _decoded(head, longest_px)


def picture_size(path: str) -> tuple[int, int]:
    """Width and height of a picture that lies on the disk, read from its beginning; (0, 0) when nothing says so."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    inside = reader.size()
    if reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90:
        inside.transpose()
    return (inside.width(), inside.height()) if inside.isValid() else (0, 0)


def _decoded(head: FileHead, longest_px: int) -> Face:
    kept = QByteArray(head.picture)
    device = QBuffer(kept)
    device.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(device, head.picture_form.encode("ascii"))
    reader.setAutoTransform(True)
    inside = reader.size()
    if inside.width() * inside.height() > MOST_PIXELS:
        words = tr("{width} × {height} pixels are too many to show.").format(
            width=count(inside.width()), height=count(inside.height())
        )
        return Face(head=_without_bytes(head), pixels=(inside.width(), inside.height()), words=words)
    if inside.isValid() and max(inside.width(), inside.height()) > longest_px:
        reader.setScaledSize(inside.scaled(QSize(longest_px, longest_px), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        return Face(head=_without_bytes(head), words=tr("The picture is broken: it cannot be shown."))
    turned = image.height() > image.width() and inside.width() > inside.height()
    pixels = (inside.height(), inside.width()) if turned else (inside.width(), inside.height())
    if not inside.isValid():
        pixels = (image.width(), image.height())
    return Face(head=_without_bytes(head), image=image, pixels=pixels)


def _without_bytes(head: FileHead) -> FileHead:
    """The decoded picture is kept, not the file."""
    return FileHead(
        path=head.path,
        form=head.form,
        size_bytes=head.size_bytes,
        modified_us=head.modified_us,
        picture_form=head.picture_form,
    )
