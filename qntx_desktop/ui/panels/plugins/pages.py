"""The other pages of a plugin: what it does and how it is spoken to, its jobs, its log.

Qt main thread; calls no service.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.job import Job
from qntx_desktop.model.plugin import Era, Plugin, PluginLine
from qntx_desktop.ui.dialogs.frame import read_only_text
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.notice import Notice
from qntx_desktop.ui.panels.parts import fact_table, seen_check_box, show_frame
from qntx_desktop.ui.panels.plugins.words import ERAS, era_line, handler_row, job_row, log_text
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme

NO_HANDLERS = tr("It announced no handlers: it serves requests only, or was never started.")
NO_JOBS = tr("It has done no job yet.")
NO_LOG = tr("It has written nothing yet.")
_JOB = Qt.ItemDataRole.UserRole


class AboutPage(QWidget):
    """Handlers, and how it is spoken to.

    Signals:
        era_wanted(era), shim_wanted(on), any_version_wanted(on): As it says; each starts the plugin anew.
    """

    era_wanted = Signal(object)
    shim_wanted = Signal(bool)
    any_version_wanted = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.handlers = fact_table(tr("Handlers"), (tr("Handler"), tr("Started by"), tr("By itself")))
        self.era = QComboBox()
        self.shim, self.any_version = seen_check_box(theme), seen_check_box(theme)
        self._none = plain_label(NO_HANDLERS, tone="dim", wrap=True)
        self._problems = plain_label("", tone="bad", wrap=True)
        self._era_line = plain_label("", tone="dim", wrap=True)
        self._build()

    def _build(self) -> None:
        self.era.setAccessibleName(tr("How its attestations are spelled"))
        for era, words in ERAS:
            self.era.addItem(words, era)
        self.shim.setText(tr("Repair its HTTP/2 on the way"))
        self.shim.setToolTip(tr("For plugins that break off as soon as they are spoken to"))
        self.any_version.setText(tr("Start it whatever version of the app it asks for"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._none)
        column.addWidget(self.handlers, 1)
        column.addSpacing(4)
        column.addWidget(self._problems)
        column.addWidget(_heading(tr("How its attestations are spelled")))
        for each in (self.era, self._era_line, self.shim, self.any_version):
            column.addWidget(each)
        column.addStretch()
        self.era.activated.connect(lambda _: self.era_wanted.emit(self.era.currentData()))
        self.shim.clicked.connect(self.shim_wanted)
        self.any_version.clicked.connect(self.any_version_wanted)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of another theme."""
        for box in (self.shim, self.any_version):
            show_frame(box, theme)

    def set_plugin(self, plugin: Plugin) -> None:
        """Show what a plugin announced."""
        self._none.setVisible(not plugin.handlers)
        self.handlers.setVisible(bool(plugin.handlers))
        _fill(self.handlers, [handler_row(plugin, name) for name in plugin.handlers])
        self._problems.setText("\n".join(f"▲ {each}" for each in plugin.announced.problems))
        self._problems.setVisible(bool(plugin.announced.problems))
        self.era.setCurrentIndex([each for each, _ in ERAS].index(Era(plugin.era)))
        self._era_line.setText(era_line(plugin))
        self.shim.setChecked(plugin.shim)
        self.any_version.setChecked(plugin.any_version)


class JobsPage(QWidget):
    """Its newest jobs. Signal: job_wanted(job_id), to see it in Pulse."""

    job_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.jobs = fact_table(
            tr("Jobs"), (tr("Job"), tr("Handler"), tr("Asked for"), tr("State"), tr("Took, or why not"))
        )
        self._notice = Notice()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._notice)
        column.addWidget(self.jobs, 1)
        self.jobs.itemActivated.connect(self._activated)
        self._notice.say("")

    def begin(self) -> None:
        """Another plugin is looked at; its jobs are being read."""
        _fill(self.jobs, [])
        self._notice.say(tr("◐ Reading the jobs …"))

    def set_jobs(self, jobs: Sequence[Job], now_us: int) -> None:
        """Show jobs, newest first; the chosen one stays chosen."""
        chosen = self.jobs.currentItem()
        wanted = chosen.data(0, _JOB) if chosen is not None else None
        items = _fill(self.jobs, [job_row(job, now_us) for job in jobs])
        for item, job in zip(items, jobs, strict=True):
            item.setData(0, _JOB, job.id)
            if job.id == wanted:
                self.jobs.setCurrentItem(item)
        self._notice.say("" if jobs else NO_JOBS)

    def set_error(self, error: QntxError) -> None:
        """Say why they cannot be shown."""
        self._notice.fail(error)

    def said(self) -> str:
        """What stands over the table."""
        return self._notice.text()

    def _activated(self, item: QTreeWidgetItem) -> None:
        self.job_wanted.emit(int(item.data(0, _JOB)))


class LogPage(QWidget):
    """What it writes, as it writes it; the end stays in view unless the person looks further up."""

    def __init__(self) -> None:
        super().__init__()
        self.text = read_only_text(tr("Log"))
        self._shown = ""
        self._notice = Notice()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._notice)
        column.addWidget(self.text, 1)
        self._notice.say("")

    def begin(self) -> None:
        """Another plugin is looked at; its log is being read."""
        self._show("")
        self._notice.say(tr("◐ Reading the log …"))

    def set_lines(self, lines: Sequence[PluginLine]) -> None:
        """Show the newest lines."""
        self._notice.say("" if lines else NO_LOG)
        self._show(log_text(lines))

    def set_error(self, error: QntxError) -> None:
        """Say why it cannot be shown."""
        self._notice.fail(error)

    def said(self) -> str:
        """What stands over the log."""
        return self._notice.text()

    def _show(self, text: str) -> None:
        if text == self._shown:
            return
        bar = self.text.verticalScrollBar()
        at, at_end = bar.value(), bar.value() >= bar.maximum()
        if self._shown and text.startswith(f"{self._shown}\n"):
            self.text.appendPlainText(text[len(self._shown) + 1 :])  # a selection stays
        else:
            self.text.setPlainText(text)
        self._shown = text
        if at_end:
            self.text.moveCursor(QTextCursor.MoveOperation.End)
            bar.setValue(bar.maximum())
        else:
            bar.setValue(at)


def _heading(text: str) -> QLabel:
    return plain_label(text, tone="heading")


def _fill(table: QTreeWidget, rows: Sequence[Sequence[str]]) -> list[QTreeWidgetItem]:
    """Show these rows; the same ones stay as they are, with the one that is chosen."""
    there = [item for at in range(table.topLevelItemCount()) if (item := table.topLevelItem(at)) is not None]
    shown = [[item.text(column) for column in range(table.columnCount())] for item in there]
    if shown == [list(row) for row in rows]:
        return there
    table.clear()
    items = [QTreeWidgetItem(list(row)) for row in rows]
    table.addTopLevelItems(items)
    return items
