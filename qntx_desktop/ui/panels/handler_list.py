"""The list of script types: model and painted rows. Filtering and figures are pure, the view only shows them.

Qt main thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from qntx_desktop.model.handler import HandlerEntry
from qntx_desktop.ui.canvas.dropping import HANDLERS_MIME, rows_brought
from qntx_desktop.ui.glyphs.kind import Chip
from qntx_desktop.ui.glyphs.run_words import run_chip
from qntx_desktop.ui.panels.list_row import GAP_PX, ListRow
from qntx_desktop.ui.panels.parts import chip_size, paint_chip
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import fact_font, name_font
from qntx_desktop.ui.wording import counted, when

_SOURCES = {
    "": "",
    "window": tr("window"),
    "cli": tr("command line"),
    "import": tr("imported"),
    "builtin": tr("built in"),
}
Index = QModelIndex | QPersistentModelIndex


def version_chip(entry: HandlerEntry) -> Chip:
    """`v2`, or `retired` when no version is active."""
    if not entry.newest.active:
        return Chip(tr("retired"), "plain", "■")
    if not entry.newest.allowed:
        return Chip(tr("v{version} not allowed").format(version=entry.newest.version), "wait", "◷")
    return Chip(f"v{entry.newest.version}", "plain", "")


def last_run_chip(entry: HandlerEntry) -> Chip | None:
    """How the last run went; None when there was none."""
    run = entry.last_run
    if not run:
        return None
    return run_chip(str(run.get("status", "")), run.get("duration_ms"), run.get("error"))


def saved_words(entry: HandlerEntry, now_us: int) -> str:
    """`saved today 12:01 · window`: when and where the newest version was saved."""
    source = entry.newest.source
    return " · ".join(
        part
        for part in (
            tr("saved {at_us}").format(at_us=when(entry.newest.created_at_us, now_us)),
            _SOURCES.get(source, source),
        )
        if part
    )


def ran_words(entry: HandlerEntry, now_us: int) -> str:
    """`ran today 12:02 · v2`, or `never run`."""
    run = entry.last_run
    if not run or not run.get("started_at_us"):
        return tr("never run")
    version = f" · v{run['version']}" if run.get("version") else ""
    return tr("ran {part}{version}").format(part=when(int(run['started_at_us']), now_us), version=version)


class HandlerListModel(QAbstractListModel):
    """The entries that match the filter, in the order they came."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[HandlerEntry, ...] = ()
        self._shown: tuple[HandlerEntry, ...] = ()
        self._words: tuple[str, ...] = ()
        self.now_us = 0

    def set_entries(self, entries: tuple[HandlerEntry, ...], now_us: int) -> None:
        """Show other entries; the filter stays."""
        self._all, self.now_us = entries, now_us
        self._match()

    def set_filter(self, text: str) -> None:
        """Show only types whose name or description holds every word of `text`, ignoring case."""
        self._words = tuple(text.casefold().split())
        self._match()

    def _match(self) -> None:
        self.beginResetModel()
        self._shown = tuple(entry for entry in self._all if self._fits(entry))
        self.endResetModel()

    def _fits(self, entry: HandlerEntry) -> bool:
        text = f"{entry.newest.script_type} {entry.newest.description}".casefold()
        return all(word in text for word in self._words)

    def entry(self, row: int) -> HandlerEntry | None:
        """The entry in a row, None outside."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def row_of(self, script_type: str) -> int:
        """The row of a type, -1 when it is not shown."""
        return next(
            (row for row, entry in enumerate(self._shown) if entry.newest.script_type == script_type), -1
        )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be dragged to the canvas."""
        return super().flags(index) | (Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag(0))

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802 - Qt's name
        """What leaves with dragged rows."""
        names = [entry.newest.script_type for index in indexes if (entry := self.entry(index.row()))]
        return rows_brought(HANDLERS_MIME, names, "\n".join(names))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name, and the whole row in words for screen readers."""
        entry = self.entry(index.row())
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.newest.script_type
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            run = last_run_chip(entry)
            parts = [
                entry.newest.script_type,
                version_chip(entry).text,
                counted(entry.versions, "version"),
                saved_words(entry, self.now_us),
                ran_words(entry, self.now_us),
                run.text if run else "",
            ]
            return ", ".join(part for part in parts if part)
        return None


class HandlerRow(ListRow):
    """Paints a row: name, version and last run above, when and where below."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one entry."""
        model = index.model()
        entry = model.entry(index.row()) if isinstance(model, HandlerListModel) else None
        if entry is None or not isinstance(model, HandlerListModel):
            return
        area = QRectF(option.rect)
        painter.save()
        self.paint_ground(painter, area, option.state)
        top, below = self.lines_of(area)
        self._first_line(painter, top, entry)
        self._second_line(painter, below, entry, model.now_us)
        painter.restore()

    def _first_line(self, painter: QPainter, line: QRectF, entry: HandlerEntry) -> None:
        right = line.right()
        run = last_run_chip(entry)
        if run is not None:
            size = chip_size(run)
            right -= size.width()
            paint_chip(painter, QRectF(right, line.top() + 1, size.width(), size.height()), run, self.theme)
            right -= GAP_PX
        chip = version_chip(entry)
        size = chip_size(chip)
        font = name_font()
        metrics = QFontMetricsF(font)
        room = right - line.left() - size.width() - GAP_PX
        name = metrics.elidedText(entry.newest.script_type, Qt.TextElideMode.ElideRight, room)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.text))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        left = line.left() + metrics.horizontalAdvance(name) + GAP_PX
        paint_chip(painter, QRectF(left, line.top() + 1, size.width(), size.height()), chip, self.theme)

    def _second_line(self, painter: QPainter, line: QRectF, entry: HandlerEntry, now_us: int) -> None:
        font = fact_font()
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.dim))
        ran, saved = ran_words(entry, now_us), saved_words(entry, now_us)
        if entry.last_run is None:
            width = metrics.horizontalAdvance(ran)
            painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, ran)
        else:
            width = 0.0
        saved = metrics.elidedText(saved, Qt.TextElideMode.ElideRight, line.width() - width - GAP_PX)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, saved)
