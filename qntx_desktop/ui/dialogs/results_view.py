"""Everything a run left behind: all its attestations, its whole output, and whom it reached for.

Qt main thread. Reads through the callable it is given; opens single attestations by saying so.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView, QTabWidget, QVBoxLayout, QWidget

from qntx_desktop.model.job import Execution
from qntx_desktop.ui import told
from qntx_desktop.ui.dialogs.attestation_table import AttestationTable, Fetch
from qntx_desktop.ui.dialogs.frame import Frame, heading, read_only_text, show_text
from qntx_desktop.ui.glyphs.run_words import connections_words
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.notice import Notice
from qntx_desktop.ui.panels.parts import quiet_button
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme
from qntx_desktop.ui.wording import DOT, clock, count, counted, duration, run_time, size

ROW_PX = 26
MOST_SHOWN = 2_000


class ResultsView(Frame):
    """Shows a run.

    Signals:
        open_requested(asid): Show this attestation.
        pin_requested(QMimeData): Put these rows on the canvas.
    """

    open_requested = Signal(str)
    pin_requested = Signal(object)

    def __init__(
        self,
        execution: Execution,
        total: int,
        fetch: Fetch,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        now_us: int,
    ) -> None:
        super().__init__(tr("Run {id}").format(id=execution.id), theme, parent)
        self.setObjectName("results_view")
        self.resize(860, 560)
        self._model = AttestationTable(fetch, total)
        self._notice = Notice()
        self._table = _Table()
        self._tabs = QTabWidget()
        self.body.addWidget(heading(execution.command or tr("Run {id}").format(id=execution.id)))
        self.body.addWidget(plain_label(_summary(execution, now_us), wrap=True, tone="dim"))
        self._tabs.addTab(self._attestations_page(), counted(total, "attestation"))
        self._tabs.addTab(_output_page(execution), tr("output"))
        if execution.connections:
            self._tabs.addTab(_connections_page(execution), connections_words(execution))
        self.body.addWidget(self._tabs, 1)
        self._model.changed.connect(self._say)
        self._notice.retry_requested.connect(self._model.retry)
        self._table.opened.connect(self._open)
        self._say()
        self._model.fetchMore(QModelIndex())
        self._table.setFocus()

    def show_output(self) -> None:
        """Turn to the output."""
        self._tabs.setCurrentIndex(1)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Forget reads that are under way."""
        self._model.stop()
        super().closeEvent(event)

    def _attestations_page(self) -> QWidget:
        self._table.setModel(self._model)
        self._table.dress()
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._table, 1)
        row = QHBoxLayout()
        row.addWidget(self._notice, 1)
        self.pin = quiet_button(
            tr("Put on the canvas"), tr("Put the selected rows on the canvas; or drag them there")
        )
        self.pin.setEnabled(False)
        self.pin.clicked.connect(self._pin)
        self._table.selectionModel().selectionChanged.connect(
            lambda: self.pin.setEnabled(self._table.selectionModel().hasSelection())
        )
        row.addWidget(self.pin)
        column.addLayout(row)
        return page

    def _pin(self) -> None:
        """The selected rows leave as if they were dragged."""
        self.pin_requested.emit(self._model.mimeData(self._table.selectionModel().selectedRows()))

    def _say(self) -> None:
        here = self._model.rowCount()
        if self._model.error is not None:
            self._notice.fail(self._model.error)
        elif self._model.loading:
            self._notice.say(tr("◐ Reading …"))
        elif here == 0:
            self._notice.say(tr("This run made no attestations."))
        elif self._model.complete:
            self._notice.say(
                tr("All {attestations}, in the order they were made.").format(
                    attestations=counted(here, "attestation")
                )
            )
        else:
            self._notice.say(
                tr("Showing {here} of {total}; more come while you scroll.").format(
                    here=count(here), total=count(self._model.total)
                )
            )

    def _open(self, row: int) -> None:
        attestation = self._model.attestation(row)
        if attestation is not None:
            self.open_requested.emit(attestation.id)


class _Table(QTableView):
    """A table whose rows open by Enter or double click. Signal: opened(row)."""

    opened = Signal(int)

    def dress(self) -> None:
        """Whole rows, fixed heights, no grid of its own."""
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QTableView.DragDropMode.DragOnly)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAccessibleName(tr("Attestations"))
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_PX)
        columns = self.horizontalHeader()
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        columns.setStretchLastSection(True)
        columns.setHighlightSections(False)
        for column, width in enumerate((220, 150, 150, 150)):
            self.setColumnWidth(column, width)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current row; Tab leaves the table."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


def _output_page(execution: Execution) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    streams = (
        ("stdout", execution.stdout, execution.stdout_dropped_bytes),
        ("stderr", execution.stderr, execution.stderr_dropped_bytes),
    )
    for name, text, dropped in streams:
        if not text and not dropped:
            column.addWidget(plain_label(tr("{name}: nothing was written.").format(name=name), tone="dim"))
            continue
        column.addWidget(heading(name))
        field = read_only_text(name)
        note = show_text(field, text)
        column.addWidget(field, 1)
        if dropped:
            note = tr("{note} {dropped} more were dropped.").format(note=note, dropped=size(dropped)).strip()
        if note:
            column.addWidget(plain_label(note, tone="dim"))
    if not any(text or dropped for _, text, dropped in streams):
        column.addStretch(1)
    return page


def _connections_page(execution: Execution) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    field = read_only_text(tr("connections"))
    lines = [
        f"{clock(each.at_us)}  {each.target}  {told.said(each.sentence)}"
        for each in execution.connections[:MOST_SHOWN]
    ]
    note = show_text(field, "\n".join(lines))
    column.addWidget(field, 1)
    more = len(execution.connections) - len(lines)
    if more:
        note = (
            tr("{note} {more_connections} on the ledger.")
            .format(note=note, more_connections=counted(more, "more connection"))
            .strip()
        )
    if note:
        column.addWidget(plain_label(note, tone="dim"))
    return page


def _summary(execution: Execution, now_us: int) -> str:
    handler = ""
    if execution.handler_type:
        handler = f"{execution.handler_type} v{execution.handler_version}"
    elif execution.code_file is not None:
        handler = execution.code_file.words
    exit_code = (
        tr("exit {exit_code}").format(exit_code=execution.exit_code)
        if execution.exit_code is not None
        else ""
    )
    parts = (
        told.said(str(execution.status)),
        run_time(execution.started_at_us, now_us),
        duration(execution.duration_ms),
        handler,
        exit_code,
    )
    return DOT.join(part for part in parts if part)
