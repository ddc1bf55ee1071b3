"""Quick-add: a list of glyph kinds at the pointer, searched by typing. Qt main thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from qntx_desktop.model.glyph import KIND_IX
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme, ui_font

WIDTH_PX, ROW_PX, SIGN_PX = 280, 30, 22
Choice = tuple[str, str, str]
"""Name of a kind, its sign, and what it is called here."""
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TO_LIST = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class QuickAdd(QFrame):
    """Closes on choosing, Esc or a press elsewhere.

    Signals:
        chosen: Name of the kind.
        given_up: Closed without a choice.
    """

    chosen = Signal(str)
    given_up = Signal()

    def __init__(self, choices: Sequence[Choice], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._choices, self._theme = choices, theme
        self._decided, self._room = False, parent
        self.setLayoutDirection(QGuiApplication.layoutDirection())  # the canvas runs from left to right always
        self.setObjectName("quick_add")
        self.setAccessibleName(tr("Add a glyph"))
        self.setFixedWidth(WIDTH_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(4)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(tr("Add a glyph"))
        self.search.setAccessibleName(tr("Search glyphs"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Glyphs"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setIconSize(QSize(SIGN_PX, SIGN_PX))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.none = QLabel(tr("No glyph is called that."), self)
        for part in (self.search, self.list, self.none):
            part.setFont(ui_font())
            column.addWidget(part)
        self.setStyleSheet(sheet_of(theme))
        self.search.textChanged.connect(self._fill)
        self.list.itemClicked.connect(self._choose)
        self.search.installEventFilter(self)
        self._fill("")

    def open_at(self, place: QPoint) -> None:
        """Show it at a place of the parent, moved so that all of it is seen."""
        self.adjustSize()
        room = self._room.rect()
        x = max(0, min(place.x(), room.width() - self.width() - 4))
        y = max(0, min(place.y(), room.height() - self.height() - 4))
        self.move(x, y)
        self.show()
        self.raise_()
        self.search.setFocus()

    @property
    def command(self) -> str:
        """What was typed when it is a command, as the empty canvas shows one, and no search; else empty."""
        text = self.search.text().strip()
        return text if text.casefold().startswith(f"{KIND_IX} ") else ""

    def _fill(self, text: str) -> None:
        words = [KIND_IX] if self.command else text.casefold().split()
        self.list.clear()
        for name, symbol, label in self._choices:
            if all(word in f"{label} {name}".casefold() for word in words):
                item = QListWidgetItem(self._sign(symbol), label)
                item.setData(Qt.ItemDataRole.UserRole, name)
                self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(self.list.count() > 0)
        self.none.setVisible(self.list.count() == 0)
        self.list.setFixedHeight(ROW_PX * max(1, min(self.list.count(), 8)) + 2)
        self.adjustSize()

    def _sign(self, symbol: str) -> QIcon:
        """A sign in a column of its own; signs are not equally wide, and the names shall stand below each other."""
        scale = self.devicePixelRatioF()
        picture = QPixmap(QSize(SIGN_PX, SIGN_PX) * scale)
        picture.setDevicePixelRatio(scale)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setFont(ui_font())
        painter.setPen(QColor(self._theme.text))
        painter.drawText(QRect(0, 0, SIGN_PX, SIGN_PX), Qt.AlignmentFlag.AlignCenter, symbol)
        painter.end()
        return QIcon(picture)

    def _choose(self) -> None:
        if self.list.count() and not self._decided:
            self._decided = True
            self.chosen.emit(str(self.list.currentItem().data(Qt.ItemDataRole.UserRole)))

    def give_up(self) -> None:
        """Close without a choice."""
        if not self._decided:
            self._decided = True
            self.given_up.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down move in the list while typing goes on, Return chooses; Esc, Tab and no focus close."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.give_up()
                return True
            if event.key() in _RETURN:
                self._choose()
                return True  # a field lets it through, and the canvas would open the glyph that was just made
            if event.key() in _TO_LIST:
                self._step(event.key())
                return True
        elif event.type() == QEvent.Type.FocusOut:
            self.give_up()
        return super().eventFilter(watched, event)

    def _step(self, key: int) -> None:
        count = self.list.count()
        if count:
            way = -1 if key in (Qt.Key.Key_Up, Qt.Key.Key_PageUp) else 1
            self.list.setCurrentRow((self.list.currentRow() + way) % count)


def sheet_of(theme: Theme) -> str:
    """How lists over the canvas look."""
    return (
        f"#quick_add {{ background: {theme.card}; border: 1px solid {theme.line}; border-radius: 8px; }}"
        f"QLineEdit {{ background: {theme.code}; color: {theme.text}; border: 1px solid {theme.line};"
        f" border-radius: 6px; padding: 5px 8px; placeholder-text-color: {theme.dim}; }}"
        f"QLineEdit:focus {{ border-color: {theme.accent}; }}"
        "QListWidget { background: transparent; border: none; outline: none; }"
        f"QListWidget::item {{ color: {theme.text}; height: {ROW_PX - 2}px; padding-left: 6px;"
        " border-radius: 6px; margin: 1px 0; }"
        f"QListWidget::item:selected {{ background: {theme.raised}; color: {theme.accent}; }}"
        f"QLabel {{ color: {theme.dim}; padding: 6px 8px; }}"
    )
