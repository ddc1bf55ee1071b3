"""The note: Markdown of the person's own, with checklists whose boxes can be ticked on the card.

Qt main thread; holds no state. HTML in the text is shown as text, and no picture or address in it is ever read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QRectF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QPainter,
    QPalette,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextTable,
)

from qntx_desktop.model.glyph import KIND_NOTE, Glyph
from qntx_desktop.ui.glyphs.kind import Button, Chip, EditorSpec, Hotspot, Port
from qntx_desktop.ui.glyphs.live import Live
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import LINE_PX, PADDING_PX, TARGET_PX, TITLE_PX, UI_PX, Theme, ui_font
from qntx_desktop.ui.wording import ELLIPSIS, count, counted, one_line

EMPTY = tr("Write Markdown: # heading, **bold**\n- [ ] to do")
MOST_SHOWN_CHARS = 20_000
BOX_AIR_PX = 9.0
HEADINGS_PX = {1: 18, 2: 16, 3: 14}
HEADING_ABOVE_PX, HEADING_BELOW_PX = 10.0, 2.0
PARAGRAPH_PX = 6.0
TABLE_LINE = QColor(128, 128, 128, 128)
"""Quiet on dark and on light cards: what is laid out knows no theme."""
_BOX = re.compile(r"^(\s*(?:[-*+]|\d+[.)])\s+\[)([ xX])(\])", re.MULTILINE)
_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_NEW_BLOCK = re.compile(r"\s*([#>]|[-*+]\s|\d{1,9}[.)]\s|```|~~~|[-=_*]+\s*$)|.*\||\s*$")
"""Lines that Markdown takes for more than the next words of a paragraph or of an item of a list."""
_ENDS_BLOCK = re.compile(r"\s*(#|[-=_*]+\s*$)|.*\||\s*$")
_ITEM = re.compile(r"\s*([-*+]|\d{1,9}[.)])\s")
_NO_BREAK = "\u00a0"
_LINE_BREAK = " \u2028"
"""Qt makes an item of its own of a hard break in a list, with a box; this sign only begins a line."""
_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


class _Document(QTextDocument):
    """Reads nothing from anywhere."""

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802 - Qt's name
        """Nothing, whatever is asked for."""
        return None


class NoteKind:
    """A note in Markdown."""

    name = KIND_NOTE
    symbol = "≡"
    label = tr("Note")
    in_palette = True
    default_size = (280.0, 160.0)
    min_size = (144.0, 88.0)

    def new_content(self) -> Mapping[str, Any]:
        """An empty note."""
        return {"text": ""}

    def title(self, glyph: Glyph) -> str:
        """Its first line, without the signs of Markdown."""
        line = next((each.strip() for each in text_of(glyph).splitlines() if each.strip()), "")
        if line.startswith("|"):
            line = line.strip("| ").replace(" | ", ", ")
        return one_line(re.sub(r"^(#+|[-*+>])\s*(\[[ xX]\]\s*)?", "", line), 80) or tr("Note")

    def chips(self, glyph: Glyph, live: Live) -> tuple[Chip, ...]:
        """How much of a checklist is done."""
        boxes = [box.group(2) != " " for box in _BOX.finditer(text_of(glyph))]
        if not boxes:
            return ()
        done = sum(boxes)
        return (
            Chip(
                tr("{done} of {boxes}").format(done=count(done), boxes=count(len(boxes))),
                "ok" if done == len(boxes) else "plain",
                "✓",
            ),
        )

    def buttons(self, glyph: Glyph, live: Live) -> tuple[Button, ...]:
        """Only the menu, which the canvas adds."""
        return ()

    def footer(self, glyph: Glyph, live: Live) -> tuple[str, ...]:
        """None."""
        return ()

    def ports(self, glyph: Glyph, live: Live) -> tuple[Port, ...]:
        """None."""
        return ()

    def height_for(self, glyph: Glyph, live: Live) -> float | None:
        """Any; lines that do not fit whole are left out until the note is made larger, and an ellipsis says so."""
        return None

    def paint_body(self, painter: QPainter, rect: QRectF, glyph: Glyph, live: Live, theme: Theme) -> None:
        """Paint the text as Markdown says."""
        text = text_of(glyph)
        inner = rect.adjusted(PADDING_PX, PADDING_PX / 2, -PADDING_PX, 0)
        if not text.strip():
            painter.setPen(QColor(theme.dim))
            painter.setFont(ui_font())
            painter.drawText(inner, EMPTY)
            return
        document = laid_out(text[:MOST_SHOWN_CHARS], inner.width())
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette = _palette(theme)
        painter.save()
        painter.translate(inner.topLeft())
        if document.size().height() > inner.height():
            seen = whole_lines(document, inner.height() - LINE_PX)
            painter.setPen(QColor(theme.dim))
            painter.setFont(ui_font())
            painter.drawText(QRectF(0, seen, inner.width(), LINE_PX), ELLIPSIS)
            painter.setClipRect(QRectF(0, 0, inner.width(), seen), Qt.ClipOperation.IntersectClip)
        document.documentLayout().draw(painter, context)
        painter.restore()

    def hotspots(self, rect: QRectF, glyph: Glyph, live: Live) -> tuple[Hotspot, ...]:
        """The text opens the editor; each box of a checklist is ticked by itself."""
        text = text_of(glyph)
        field = Hotspot(
            "edit",
            rect,
            "field",
            tr("Note, {text}").format(text=counted(len(text), "character")),
            tr("Edit (Enter)"),
        )
        inner = rect.adjusted(PADDING_PX, PADDING_PX / 2, -PADDING_PX, 0)
        boxes = _boxes(text[:MOST_SHOWN_CHARS], inner.width()) if "[" in text else ()
        spots = []
        for number, (top, left, words, done) in enumerate(boxes):
            spot = QRectF(inner.left() + left - TARGET_PX, inner.top() + top, TARGET_PX, TARGET_PX)
            if rect.contains(spot):
                name = (tr("Untick {words}") if done else tr("Tick {words}")).format(words=one_line(words, 40))
                spots.append(Hotspot(f"check:{number}", spot, "button", name, name))
        return (field, *spots)

    def editor(self, glyph: Glyph) -> EditorSpec | None:
        """The whole body."""
        return EditorSpec("text", "text", QRectF(0, TITLE_PX, glyph.width, glyph.height - TITLE_PX))


def text_of(glyph: Glyph) -> str:
    """The text of a note."""
    return str(glyph.content.get("text", ""))


def ticked(text: str, number: int) -> str:
    """The text with the box of this number, from 0, ticked or not ticked any more."""
    for place, box in enumerate(_BOX.finditer(text)):
        if place == number:
            sign = "x" if box.group(2) == " " else " "
            return text[: box.start(2)] + sign + text[box.end(2) :]
    return text


def kept_lines(text: str) -> str:
    """The text with the ends of its lines kept where Markdown would run lines together into one paragraph."""
    written: list[str] = []
    fenced = joins = False
    for line in text.split("\n"):
        fence = _FENCE.match(line) is not None
        if joins and not fenced and not _NEW_BLOCK.match(line):
            words = line.strip()
            inset = 0 if _ITEM.match(written[-1]) else len(line) - len(line.lstrip())
            written[-1] += _LINE_BREAK + _NO_BREAK * inset + words
            continue
        written.append(line)
        fenced ^= fence
        code = fenced or fence or line.startswith(("    ", "\t"))
        joins = not code and not _ENDS_BLOCK.match(line)
    return "\n".join(written)


@lru_cache(maxsize=64)
def laid_out(text: str, width: float) -> QTextDocument:
    """The document of a Markdown text at a width."""
    document = _Document()
    document.setDefaultFont(ui_font())
    document.setDocumentMargin(0)
    document.setIndentWidth(TARGET_PX)
    document.setMarkdown(kept_lines(text), _FEATURES)
    _air_boxes(document)
    _dress(document)
    document.setTextWidth(width)
    return document


def whole_lines(document: QTextDocument, height: float) -> float:
    """How far down the last line reaches that fits whole into a height."""
    block, seen = document.begin(), 0.0
    while block.isValid():
        top = document.documentLayout().blockBoundingRect(block).top()
        if top > height:
            break
        shape = block.layout()
        for number in range(shape.lineCount()):
            line = shape.lineAt(number)
            bottom = top + line.y() + line.height()
            if bottom > height:
                return seen
            seen = max(seen, bottom)
        block = block.next()
    return seen


def _has_box(block: QTextBlock) -> bool:
    """Markers leak into the block behind a list, so a box counts in a list only."""
    return block.textList() is not None and bool(block.blockFormat().marker().value)


def _air_boxes(document: QTextDocument) -> None:
    """Boxes stand so far apart that each can be pressed."""
    block, cursor = document.begin(), QTextCursor(document)
    while block.isValid():
        if _has_box(block):
            shape = block.blockFormat()
            shape.setTopMargin(BOX_AIR_PX)
            shape.setBottomMargin(BOX_AIR_PX)
            cursor.setPosition(block.position())
            cursor.setBlockFormat(shape)
        block = block.next()


def _dress(document: QTextDocument) -> None:
    """Headings in the sizes of the window; bold no heavier than the fonts go, which Qt would smear otherwise."""
    for table in document.rootFrame().childFrames():
        if isinstance(table, QTextTable):
            lines = table.format()
            lines.setBorderBrush(TABLE_LINE)
            table.setFormat(lines)
    block, cursor = document.begin(), QTextCursor(document)
    while block.isValid():
        level, start = block.blockFormat().headingLevel(), block.position()
        for words in block.textFormats():
            shape = words.format
            if shape.fontWeight() <= QFont.Weight.Normal:
                continue
            shape.setFontWeight(QFont.Weight.DemiBold)
            if level:
                shape.clearProperty(QTextFormat.Property.FontSizeAdjustment)
                shape.setProperty(QTextFormat.Property.FontPixelSize, HEADINGS_PX.get(level, UI_PX))
            cursor.setPosition(start + words.start)
            cursor.setPosition(start + words.start + words.length, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(shape)
        above, below = _air(block, level)
        if above or below:
            room = block.blockFormat()
            room.setTopMargin(above if start else 0.0)
            room.setBottomMargin(below)
            cursor.setPosition(start)
            cursor.setBlockFormat(room)
        block = block.next()


def _air(block: QTextBlock, level: int) -> tuple[float, float]:
    """Room above and below a heading or a paragraph; none for what Qt sets apart by itself, or belongs together."""
    if level:
        return HEADING_ABOVE_PX, HEADING_BELOW_PX
    shape = block.blockFormat()
    belongs = block.textList() is not None or shape.nonBreakableLines() or shape.leftMargin() > 0
    in_table = QTextCursor(block).currentTable() is not None
    return (0.0, 0.0) if belongs or in_table or not block.text() else (PARAGRAPH_PX, PARAGRAPH_PX)


def _boxes(text: str, width: float) -> tuple[tuple[float, float, str, bool], ...]:
    """Top, left of the words, words and state of each box, as laid out."""
    document, found = laid_out(text, width), []
    block = document.begin()
    while block.isValid():
        marker = block.blockFormat().marker()
        if _has_box(block):
            area = document.documentLayout().blockBoundingRect(block)
            line = block.layout().lineAt(0)
            left = block.layout().position().x() + (line.x() if line.isValid() else 0.0)
            top = area.top() + (line.height() if line.isValid() else area.height()) / 2 - TARGET_PX / 2
            found.append((top, left, block.text(), marker.value == 2))
        block = block.next()
    return tuple(found)


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(role, QColor(theme.text))
    palette.setColor(QPalette.ColorRole.Base, QColor(theme.card))
    palette.setColor(QPalette.ColorRole.Link, QColor(theme.accent))
    return palette
