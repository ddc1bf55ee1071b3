"""The list of code sources: name and state above, when it was synced below.

Qt main thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from qntx_desktop.model.job import Job
from qntx_desktop.model.source import Source
from qntx_desktop.ui.panels.list_row import GAP_PX, SIDE_PX, ListRow
from qntx_desktop.ui.panels.parts import chip_size, chip_text, paint_chip
from qntx_desktop.ui.panels.sources.words import list_line, state_chip
from qntx_desktop.ui.theme import fact_font, name_font

Index = QModelIndex | QPersistentModelIndex


class SourceListModel(QAbstractListModel):
    """Sources by name, with the job that syncs each, if any."""

    def __init__(self) -> None:
        super().__init__()
        self._sources: tuple[Source, ...] = ()
        self.jobs: Mapping[int, Job] = {}
        self.now_us = 0

    def set_sources(self, sources: tuple[Source, ...], jobs: Mapping[int, Job], now_us: int) -> None:
        """Show these; rows stay rows while only what they say changes."""
        same = [each.id for each in sources] == [each.id for each in self._sources]
        if not same:
            self.beginResetModel()
        self._sources, self.jobs, self.now_us = sources, jobs, now_us
        if not same:
            self.endResetModel()
        elif sources:
            self.dataChanged.emit(self.index(0), self.index(len(sources) - 1))

    def source(self, row: int) -> Source | None:
        """The source in a row, None outside."""
        return self._sources[row] if 0 <= row < len(self._sources) else None

    def row_of(self, source_id: int) -> int:
        """The row of a source, -1 when it is not there."""
        return next((row for row, each in enumerate(self._sources) if each.id == source_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many there are."""
        return 0 if parent.isValid() else len(self._sources)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name, and the whole row in words for screen readers."""
        source = self.source(index.row())
        if source is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return source.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            chip = chip_text(state_chip(source, self.jobs.get(source.id)))
            return f"{source.name}, {chip}, {list_line(source, self.now_us)}"
        return None


class SourceRow(ListRow):
    """Paints a row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one source."""
        model = index.model()
        source = model.source(index.row()) if isinstance(model, SourceListModel) else None
        if source is None or not isinstance(model, SourceListModel):
            return
        area = QRectF(option.rect)
        painter.save()
        self.paint_ground(painter, area, option.state)
        inner = area.adjusted(SIDE_PX, 6, -SIDE_PX, -6)
        chip = state_chip(source, model.jobs.get(source.id))
        extent = chip_size(chip)
        place = QRectF(inner.right() - extent.width(), inner.top() + 1, extent.width(), extent.height())
        paint_chip(painter, place, chip, self.theme)
        top = QRectF(inner.left(), inner.top(), place.left() - inner.left() - GAP_PX, 20)
        self._line(painter, top, source.name, named=True)
        below = QRectF(inner.left(), inner.top() + 21, inner.width(), 18)
        self._line(painter, below, list_line(source, model.now_us), named=False)
        painter.restore()

    def _line(self, painter: QPainter, area: QRectF, text: str, *, named: bool) -> None:
        font = name_font() if named else fact_font()
        painter.setFont(font)
        painter.setPen(QColor(self.theme.text if named else self.theme.dim))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
