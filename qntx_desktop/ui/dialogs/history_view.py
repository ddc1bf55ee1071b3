"""Everything that was done to the canvas, step by step; a press on a step goes there. Qt main thread."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListView, QWidget

from qntx_desktop.ui.canvas.document import Document
from qntx_desktop.ui.dialogs.frame import Frame
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme, ui_font
from qntx_desktop.ui.wording import count, counted

_ROLE = Qt.ItemDataRole


class Steps(QAbstractListModel):
    """The steps, oldest first; row 0 is the canvas before the first of them."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._document, self._theme = document, theme
        self._labels, self._done = document.steps, document.steps_done

    def again(self) -> None:
        """Read the steps again."""
        self.beginResetModel()
        self._labels, self._done = self._document.steps, self._document.steps_done
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """One more than there are steps."""
        return 0 if parent.isValid() else len(self._labels) + 1

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _ROLE.DisplayRole) -> object:
        """What was done; what was taken back stands dim."""
        row = index.row()
        if role == _ROLE.DisplayRole:
            here = "▸ " if row == self._done else "   "
            return here + (self._labels[row - 1] if row else tr("Beginning"))
        if role == _ROLE.ForegroundRole:
            return QColor(self._theme.dim if row > self._done else self._theme.text)
        return None


class HistoryView(Frame):
    """Shows the steps and follows them."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(tr("History"), theme, parent)
        self.setObjectName("history_view")
        self.resize(320, 480)
        self._document = document
        self._count = plain_label("", tone="dim")
        self.steps = QListView()
        self.steps.setObjectName("steps")
        self.steps.setAccessibleName(tr("Steps"))
        self.steps.setFont(ui_font())
        self.steps.setUniformItemSizes(True)
        self._model = Steps(document, theme, self)
        self.steps.setModel(self._model)
        self.body.addWidget(self._count)
        self.body.addWidget(self.steps)
        self.steps.activated.connect(self._go)
        self.steps.clicked.connect(self._go)
        document.history_changed.connect(self._show)
        self._show()

    def _go(self, index: QModelIndex) -> None:
        self._document.go_to_step(index.row())

    def _show(self) -> None:
        self._model.again()
        done, every = self._document.steps_done, len(self._document.steps)
        undone = tr(", {every} taken back").format(every=count(every - done)) if every > done else ""
        self._count.setText(
            tr("{steps}{undone}. A press goes there.").format(steps=counted(every, "step"), undone=undone)
        )
        self.steps.setCurrentIndex(self._model.index(done))
        self.steps.scrollTo(self._model.index(done))
