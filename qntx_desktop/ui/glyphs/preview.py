"""The preview glyph: a picture, the first lines of a text, or the names in a folder, read from the disk.

Qt main thread; holds no state. The canvas keeps only the path; what it shows is read again by `Previews`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter

from qntx_desktop.model.clock import now_us
from qntx_desktop.model.glyph import KIND_PREVIEW, Glyph
from qntx_desktop.services.previews import FileForm
from qntx_desktop.ui import told
from qntx_desktop.ui.glyphs.code_body import line_height
from qntx_desktop.ui.glyphs.kind import RIGHT, Button, Chip, EditorSpec, Hotspot, Port
from qntx_desktop.ui.glyphs.live import Live
from qntx_desktop.ui.glyphs.paint import (
    BUTTON_PX,
    FIELD_PX,
    FIELD_SIDE_PX,
    FIELD_TOP_PX,
    button_width,
    draw_button,
    draw_field,
    draw_line,
    draw_wrapped,
    inner_width,
    wrapped,
)
from qntx_desktop.ui.glyphs.run_words import FAILED
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import (
    FOOTER_PX,
    GRID_PX,
    LINE_PX,
    PADDING_PX,
    TITLE_PX,
    Theme,
    fact_font,
    mono_font,
    ui_font,
)
from qntx_desktop.ui.wording import DOT, count, counted, one_line, run_time, size

HINT = tr("Path of a picture, a text or a folder")
CHOOSE = tr("Choose a file…")
WIDEST_PX, TALLEST_PX = 480.0, 400.0
_AIR_PX = 6.0


class PreviewKind:
    """A file or folder of this computer, shown."""

    name = KIND_PREVIEW
    symbol = "▣"
    label = tr("Picture or file")
    in_palette = True
    default_size = (320.0, 240.0)
    min_size = (176.0, 96.0)

    def new_content(self) -> Mapping[str, Any]:
        """No file yet."""
        return {"path": ""}

    def title(self, glyph: Glyph) -> str:
        """The name of the file."""
        return one_line(PurePath(path_of(glyph)).name or path_of(glyph), 120) or tr("Picture or file")

    def chips(self, glyph: Glyph, live: Live) -> tuple[Chip, ...]:
        """That it cannot be shown."""
        face = live.face
        if face is None:
            return (Chip(tr("reading"), "plain", "◌"),) if live.loading else ()
        if face.problem is not None:
            return (Chip(tr("not found"), "bad", FAILED, tooltip=told.message(face.problem)),)
        return (Chip(tr("cannot be shown"), "bad", FAILED, tooltip=told.said(face.words)),) if face.words else ()

    def buttons(self, glyph: Glyph, live: Live) -> tuple[Button, ...]:
        """Ingest it, read it again, show it large."""
        if not path_of(glyph):
            return ()
        here = live.face is not None and live.face.head is not None
        ingest = Button("ingest_file", symbol="⨳", tooltip=tr("Ingest it: a glyph that runs ix for this file"))
        again = Button("read_file", symbol="↻", tooltip=tr("Read it again"), framed=False)
        opens = Button("open_preview", symbol="⤢", tooltip=tr("Open in a window (Enter)"), framed=False)
        return (ingest, again, opens) if here else (again,)

    def footer(self, glyph: Glyph, live: Live) -> tuple[str, ...]:
        """How large it is, and when it was changed."""
        face = live.face
        if face is None or face.head is None:
            return ()
        head = face.head
        parts = []
        if face.pixels[0]:
            parts.append(f"{count(face.pixels[0])} × {count(face.pixels[1])}")
        if head.form is FileForm.FOLDER:
            parts.append(f"{tr('more than ') if head.cut else ''}{counted(head.size_bytes, 'name')}")
        else:
            parts.append(size(head.size_bytes))
        return (DOT.join(parts), RIGHT + run_time(head.modified_us, now_us()))

    def ports(self, glyph: Glyph, live: Live) -> tuple[Port, ...]:
        """None."""
        return ()

    def height_for(self, glyph: Glyph, live: Live) -> float | None:
        """Any; a picture is shown as large as fits, of a text what fits."""
        return None

    def paint_body(self, painter: QPainter, rect: QRectF, glyph: Glyph, live: Live, theme: Theme) -> None:
        """Paint the picture, the lines, or why there is neither."""
        face, path = live.face, path_of(glyph)
        if not path:
            field = _field(rect)
            draw_field(painter, field, theme)
            inside = field.adjusted(FIELD_SIDE_PX, 0, -FIELD_SIDE_PX, 0)
            draw_line(painter, inside, HINT, theme.dim, mono_font())
            draw_button(painter, _choose_rect(rect), CHOOSE, theme.accent)
        elif face is not None and face.image is not None:
            painter.fillRect(rect, QColor(theme.code))
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(fitted(rect, QSizeF(face.image.size())), face.image)
        elif face is not None and face.head is not None and face.head.lines:
            _paint_lines(painter, rect, face.head.lines, cut=face.head.cut, theme=theme)
        else:
            width = inner_width(rect.width())
            failed = face is not None and (face.problem is not None or bool(face.words))
            place = QPointF(rect.left() + PADDING_PX, rect.top() + PADDING_PX)
            colour = theme.failed if failed else theme.dim
            draw_wrapped(painter, place, wrapped(_instead(live), width, "ui", 4), colour, ui_font(), width)
            if failed:
                draw_button(painter, _choose_rect(rect), CHOOSE, theme.accent)

    def hotspots(self, rect: QRectF, glyph: Glyph, live: Live) -> tuple[Hotspot, ...]:
        """The path while there is none; choosing another file when this one cannot be shown; else the whole."""
        face = live.face
        choose = Hotspot("choose_file", _choose_rect(rect), "button", CHOOSE)
        if not path_of(glyph):
            return (Hotspot("edit", _field(rect), "field", tr("Path: empty"), HINT), choose)
        if face is not None and (face.problem is not None or face.words):
            return (choose,)
        return ()

    def editor(self, glyph: Glyph) -> EditorSpec | None:
        """The path, as long as there is none."""
        if path_of(glyph):
            return None
        field = _field(QRectF(0, TITLE_PX, glyph.width, 0))
        return EditorSpec("path", "line", field.adjusted(1, 1, -1, -1), hint=HINT, runs=False)


def path_of(glyph: Glyph) -> str:
    """The path as the canvas has it; what a file may hold in its place is no path."""
    found = glyph.content.get("path")
    return found.strip() if isinstance(found, str) and "\0" not in found else ""


def fitted(rect: QRectF, inside: QSizeF) -> QRectF:
    """The largest place in the middle of `rect` of the shape of a picture, never larger than it is."""
    room = rect.adjusted(_AIR_PX, _AIR_PX, -_AIR_PX, -_AIR_PX)
    fits = inside.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(QPointF(), fits if fits.width() < inside.width() else inside)
    place.moveCenter(room.center())
    return place


def size_for_picture(pixels: tuple[int, int]) -> tuple[float, float]:
    """Size of a new glyph for a picture: as it is when it is small, else the widest or tallest that is handy."""
    width, height = pixels
    if width <= 0 or height <= 0:
        return PreviewKind.default_size
    share = min(1.0, WIDEST_PX / width, TALLEST_PX / height)
    wide = max(PreviewKind.default_size[0] - 80, width * share + 2 * _AIR_PX)
    tall = max(PreviewKind.min_size[1], height * share + 2 * _AIR_PX + TITLE_PX + FOOTER_PX)
    return -(-wide // GRID_PX) * float(GRID_PX), -(-tall // GRID_PX) * float(GRID_PX)


def _instead(live: Live) -> str:
    face = live.face
    if face is None:
        return tr("Reading …") if live.loading else tr("It is read when it comes into view.")
    if face.problem is not None:
        return told.message(face.problem)
    if face.words:
        return told.said(face.words)
    if face.head is None or face.head.form is FileForm.BINARY:
        return tr("Neither a picture nor a text: there is nothing to show.")
    return tr("The folder is empty.") if face.head.form is FileForm.FOLDER else tr("The file is empty.")


def _paint_lines(painter: QPainter, rect: QRectF, lines: tuple[str, ...], *, cut: bool, theme: Theme) -> None:
    painter.fillRect(rect, QColor(theme.code))
    pitch = line_height()
    room = max(1, int((rect.height() - 2 * _AIR_PX) / pitch))
    hidden = len(lines) > room or cut
    y, left, width = rect.top() + _AIR_PX, rect.left() + PADDING_PX, inner_width(rect.width())
    for line in lines[: room - 1 if hidden else room]:
        draw_line(painter, QRectF(left, y, width, pitch), line, theme.text, mono_font())
        y += pitch
    if hidden:
        more = "more" if cut else f"{counted(len(lines) - room + 1, 'more line')}"
        draw_line(painter, QRectF(left, y, width, pitch), f"… {more}", theme.dim, fact_font())


def _field(rect: QRectF) -> QRectF:
    return QRectF(rect.left() + PADDING_PX, rect.top() + FIELD_TOP_PX, inner_width(rect.width()), FIELD_PX)


def _choose_rect(rect: QRectF) -> QRectF:
    top = rect.top() + FIELD_TOP_PX + FIELD_PX + LINE_PX
    top = min(top, rect.bottom() - BUTTON_PX - 4)
    return QRectF(rect.left() + PADDING_PX, top, button_width(CHOOSE), BUTTON_PX)
