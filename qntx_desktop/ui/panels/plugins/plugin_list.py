"""The list of plugins: name and state above, version and handlers below.

Qt main thread.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from qntx_desktop.model.plugin import Plugin
from qntx_desktop.ui.panels.list_row import GAP_PX, SIDE_PX, ListRow
from qntx_desktop.ui.panels.parts import chip_size, chip_text, paint_chip
from qntx_desktop.ui.panels.plugins.words import list_line, state_chip
from qntx_desktop.ui.theme import fact_font, name_font

Index = QModelIndex | QPersistentModelIndex


class PluginListModel(QAbstractListModel):
    """Plugins by name."""

    def __init__(self) -> None:
        super().__init__()
        self._plugins: tuple[Plugin, ...] = ()

    def set_plugins(self, plugins: tuple[Plugin, ...]) -> None:
        """Show these; rows stay rows while only what they say changes."""
        same = [each.name for each in plugins] == [each.name for each in self._plugins]
        if not same:
            self.beginResetModel()
        self._plugins = plugins
        if not same:
            self.endResetModel()
        elif plugins:
            self.dataChanged.emit(self.index(0), self.index(len(plugins) - 1))

    def plugin(self, row: int) -> Plugin | None:
        """The plugin in a row, None outside."""
        return self._plugins[row] if 0 <= row < len(self._plugins) else None

    def row_of(self, name: str) -> int:
        """The row of a plugin, -1 when it is not there."""
        return next((row for row, each in enumerate(self._plugins) if each.name == name), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many there are."""
        return 0 if parent.isValid() else len(self._plugins)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name, and the whole row in words for screen readers."""
        plugin = self.plugin(index.row())
        if plugin is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return plugin.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return f"{plugin.name}, {chip_text(state_chip(plugin))}, {list_line(plugin)}"
        return None


class PluginRow(ListRow):
    """Paints a row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one plugin."""
        model = index.model()
        plugin = model.plugin(index.row()) if isinstance(model, PluginListModel) else None
        if plugin is None:
            return
        area = QRectF(option.rect)
        painter.save()
        self.paint_ground(painter, area, option.state)
        inner = area.adjusted(SIDE_PX, 6, -SIDE_PX, -6)
        chip = state_chip(plugin)
        extent = chip_size(chip)
        place = QRectF(inner.right() - extent.width(), inner.top() + 1, extent.width(), extent.height())
        paint_chip(painter, place, chip, self.theme)
        top = QRectF(inner.left(), inner.top(), place.left() - inner.left() - GAP_PX, 20)
        self._line(painter, top, plugin.name, named=True)
        below = QRectF(inner.left(), inner.top() + 21, inner.width(), 18)
        self._line(painter, below, list_line(plugin), named=False)
        painter.restore()

    def _line(self, painter: QPainter, area: QRectF, text: str, *, named: bool) -> None:
        font = name_font() if named else fact_font()
        painter.setFont(font)
        painter.setPen(QColor(self.theme.text if named else self.theme.dim))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
