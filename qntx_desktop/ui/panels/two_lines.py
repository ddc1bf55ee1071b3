"""A list of named things that have a state: name and state above, a line of facts below.

Qt main thread. Plugins and sources are listed so.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from qntx_desktop.ui.glyphs.kind import Chip
from qntx_desktop.ui.panels.list_row import GAP_PX, ListRow
from qntx_desktop.ui.panels.parts import chip_size, chip_text, paint_chip
from qntx_desktop.ui.theme import fact_font, name_font

Index = QModelIndex | QPersistentModelIndex


class Named(Protocol):
    """Something that is listed."""

    @property
    def name(self) -> str:
        """What it is called."""


Thing = TypeVar("Thing", bound=Named)


class TwoLineModel(QAbstractListModel, Generic[Thing]):
    """Things in the order given; whoever inherits says what tells one from another and what its row says."""

    def __init__(self) -> None:
        super().__init__()
        self._things: tuple[Thing, ...] = ()

    @abstractmethod
    def key(self, thing: Thing) -> Hashable:
        """What stays the same of a thing while what is said of it changes."""

    @abstractmethod
    def chip(self, thing: Thing) -> Chip:
        """Its state."""

    @abstractmethod
    def line(self, thing: Thing) -> str:
        """The facts below its name."""

    def set_things(self, things: tuple[Thing, ...]) -> None:
        """Show these; rows stay rows while only what they say changes."""
        same = [*map(self.key, things)] == [*map(self.key, self._things)]
        if not same:
            self.beginResetModel()
        self._things = things
        if not same:
            self.endResetModel()
        elif things:
            self.dataChanged.emit(self.index(0), self.index(len(things) - 1))

    def thing(self, row: int) -> Thing | None:
        """What stands in a row, None outside."""
        return self._things[row] if 0 <= row < len(self._things) else None

    def row_of(self, key: Hashable) -> int:
        """The row of a thing, -1 when it is not there."""
        return next((row for row, each in enumerate(self._things) if self.key(each) == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many there are."""
        return 0 if parent.isValid() else len(self._things)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name, and the whole row in words for screen readers."""
        thing = self.thing(index.row())
        if thing is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return thing.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return f"{thing.name}, {chip_text(self.chip(thing))}, {self.line(thing)}"
        return None


class TwoLineRow(ListRow):
    """Paints a row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one thing."""
        model = index.model()
        thing = model.thing(index.row()) if isinstance(model, TwoLineModel) else None
        if thing is None or not isinstance(model, TwoLineModel):
            return
        area = QRectF(option.rect)
        painter.save()
        self.paint_ground(painter, area, option.state)
        top, below = self.lines_of(area)
        chip = model.chip(thing)
        extent = chip_size(chip)
        place = QRectF(top.right() - extent.width(), top.top() + 1, extent.width(), extent.height())
        paint_chip(painter, place, chip, self.theme)
        top.setRight(place.left() - GAP_PX)
        self._line(painter, top, thing.name, named=True)
        self._line(painter, below, model.line(thing), named=False)
        painter.restore()

    def _line(self, painter: QPainter, area: QRectF, text: str, *, named: bool) -> None:
        font = name_font() if named else fact_font()
        painter.setFont(font)
        painter.setPen(QColor(self.theme.text if named else self.theme.dim))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
