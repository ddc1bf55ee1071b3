"""The attestations of a run as a table that reads itself page by page while one scrolls.

Qt main thread. Reading is injected: `fetch` starts it somewhere else and answers on this thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt, Signal

from qntx_desktop.model.attestation import Attestation
from qntx_desktop.model.errors import QntxError
from qntx_desktop.ui.canvas.dropping import ATTESTATIONS_MIME, rows_brought
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.wording import clock, count, local_and_utc, plain_tip, terms

PAGE = 500
COLUMNS = (tr("subject"), tr("predicate"), tr("context"), tr("actor"), tr("when"))
Index = QModelIndex | QPersistentModelIndex
Answer = Callable[[tuple[Attestation, ...] | QntxError], None]


class Fetch(Protocol):
    """Reads attestations of the run, in the order they were made."""

    def __call__(self, after_seq: int, limit: int, answer: Answer) -> None:
        """Read at most `limit` with a `seq` above `after_seq`; call `answer` once, on the Qt main thread."""


class AttestationTable(QAbstractTableModel):
    """Grows by a page whenever the view reaches its end.

    Signals:
        changed: Rows came, reading began, ended or failed.
    """

    changed = Signal()

    def __init__(self, fetch: Fetch, total: int) -> None:
        super().__init__()
        self._fetch = fetch
        self._rows: list[Attestation] = []
        self._closed = False
        self.total = total
        self.loading = False
        self.complete = total == 0
        self.error: QntxError | None = None

    def stop(self) -> None:
        """Forget answers that are still to come."""
        self._closed = True

    def attestation(self, row: int) -> Attestation | None:
        """The attestation in a row, None outside."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many are here already."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Subject, predicate, context, actor, when."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Names of the columns, numbers of the rows."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return COLUMNS[section] if orientation == Qt.Orientation.Horizontal else count(section + 1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text of a cell; the tooltip has it whole."""
        row = self.attestation(index.row())
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _cell(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(_whole(row, index.column()))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be dragged to the canvas."""
        return super().flags(index) | (Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag(0))

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802 - Qt's name
        """What leaves with dragged rows."""
        rows = [self._rows[row] for row in sorted({index.row() for index in indexes}) if row < len(self._rows)]
        text = "\n".join(
            f"{terms(row.subjects)} is {terms(row.predicates)} of {terms(row.contexts)}" for row in rows
        )
        return rows_brought(ATTESTATIONS_MIME, [row.to_json() for row in rows], text)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there is more and nobody is reading it yet."""
        return not parent.isValid() and not self.complete and not self.loading and self.error is None

    def fetchMore(self, parent: Index) -> None:
        """Start reading the next page."""
        if not self.canFetchMore(parent):
            return
        self.loading = True
        self.changed.emit()
        self._fetch(self._rows[-1].seq if self._rows else 0, PAGE, self._take)

    def retry(self) -> None:
        """Read again where it failed."""
        self.error = None
        self.fetchMore(QModelIndex())

    def _take(self, answer: tuple[Attestation, ...] | QntxError) -> None:
        if self._closed:
            return
        self.loading = False
        if isinstance(answer, QntxError):
            self.error = answer
        elif answer:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(answer) - 1)
            self._rows.extend(answer)
            self.endInsertRows()
        if not isinstance(answer, QntxError) and len(answer) < PAGE:
            self.complete = True
        self.changed.emit()


def _cell(row: Attestation, column: int) -> str:
    parts = (row.subjects, row.predicates, row.contexts, row.actors)
    return terms(parts[column]) if column < len(parts) else clock(row.timestamp_us)


def _whole(row: Attestation, column: int) -> str:
    parts = (row.subjects, row.predicates, row.contexts, row.actors)
    return "\n".join(parts[column])[:4_000] if column < len(parts) else local_and_utc(row.timestamp_us)[0]
