"""The versions of one script type, and what can be done with them. Retiring asks in place, never in a dialog.

Qt main thread; calls no service.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qntx_desktop.model.asking import asks_more
from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.handler import HandlerEntry, HandlerVersion, requires_of
from qntx_desktop.ui.glyphs.kind import Chip
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.panels.notice import Notice
from qntx_desktop.ui.panels.parts import ChipLabel, quiet_button
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme
from qntx_desktop.ui.told import asked
from qntx_desktop.ui.wording import DOT, count, counted, limit, size, when

PAGE = 30


class HandlerVersions(QWidget):
    """Shows the selected type below the list.

    Signals:
        open_requested(script_type), retire_requested(script_type), retry_requested(script_type),
        restore_requested(script_type, version), allow_requested(script_type, version),
        diff_requested(script_type, version, other_version).
    """

    open_requested = Signal(str)
    retire_requested = Signal(str)
    restore_requested = Signal(str, int)
    allow_requested = Signal(str, int)
    diff_requested = Signal(str, int, int)
    retry_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._script_type = ""
        self._versions: tuple[HandlerVersion, ...] = ()
        self._shown = PAGE
        self._now_us = 0
        self._title = plain_label("", wrap=True, tone="heading")
        self._count = plain_label("", tone="dim")
        self._facts = plain_label("", wrap=True, tone="dim")
        self._open = quiet_button(tr("Open"), tr("Open the code on the canvas"))
        self._retire = quiet_button(tr("Retire"), tr("Retire this handler"))
        self._question = _RetireQuestion()
        self._notice = Notice()
        self._rows = QVBoxLayout()
        self._older = quiet_button("")
        self._build()
        self.clear()

    def _build(self) -> None:
        header = QHBoxLayout()
        header.setSpacing(4)
        header.addWidget(self._count, 1)
        header.addWidget(self._open)
        header.addWidget(self._retire)
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 8, 0)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addLayout(header)
        column.addWidget(self._question)
        column.addWidget(self._notice)
        column.addLayout(self._rows)
        column.addWidget(self._older)
        column.addWidget(self._facts)
        column.addStretch(1)
        self._open.clicked.connect(lambda: self.open_requested.emit(self._script_type))
        self._retire.clicked.connect(lambda: self._question.ask(self._script_type))
        self._question.confirmed.connect(lambda: self.retire_requested.emit(self._script_type))
        self._question.kept.connect(self._retire.setFocus)
        self._notice.retry_requested.connect(lambda: self.retry_requested.emit(self._script_type))
        self._older.clicked.connect(self._show_older)

    def clear(self) -> None:
        """Show nothing: no type is selected."""
        self._script_type, self._versions, self._marked = "", (), 0
        self._fill()
        self.hide()

    def set_loading(self, script_type: str) -> None:
        """Say that the versions of a type are being read."""
        self._script_type, self._versions, self._shown, self._marked = script_type, (), PAGE, 0
        self._title.setText(script_type)
        self._question.hide()
        self._notice.say(tr("◐ Reading its versions …"))
        self._fill()
        self.show()

    def mark(self, version: int) -> None:
        """Set a version apart until another type is shown, 0 for none."""
        self._marked = version
        self._fill()

    @property
    def marked(self) -> int:
        """The version that is set apart, 0 without one."""
        return self._marked

    def set_entry(self, entry: HandlerEntry) -> None:
        """Take over what the list knows about the type already."""
        newest = entry.newest
        self._title.setText(newest.script_type)
        self._count.setText(counted(entry.versions, "version") + ("" if newest.active else DOT + tr("retired")))
        self._retire.setVisible(newest.active)
        self._facts.setText(_facts(newest))
        if not newest.active:
            self._question.hide()

    def set_versions(self, script_type: str, versions: tuple[HandlerVersion, ...], now_us: int) -> None:
        """Show versions, newest first."""
        self._script_type, self._versions, self._now_us = script_type, versions, now_us
        self._notice.say("")
        self._fill()
        self.show()

    def set_error(self, error: QntxError) -> None:
        """Say that the versions could not be read."""
        self._versions = ()
        self._notice.fail(error)
        self._fill()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of another theme."""
        self._theme = theme
        self._fill()

    def _show_older(self) -> None:
        self._shown += PAGE
        self._fill()

    def _fill(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        live = next((version.version for version in self._versions if version.active), None)
        places = [place for place, each in enumerate(self._versions) if each.version == self._marked]
        self._shown = max(self._shown, *(place + 1 for place in places), 0)
        for version in self._versions[: self._shown]:
            row = self._row(version, live)
            self._rows.addWidget(row)
            row.show()
        left = len(self._versions) - self._shown
        self._older.setVisible(left > 0)
        self._older.setText(
            tr("Show {left} older of {left2}").format(left=count(min(left, PAGE)), left2=count(left))
            if left > 0
            else ""
        )

    def _row(self, version: HandlerVersion, live: int | None) -> QWidget:
        row = QWidget()
        row.setObjectName("version_row")
        apart = version.version == self._marked
        ground = f"background: {self._theme.raised}; border-left: 2px solid {self._theme.accent};" if apart else ""
        row.setStyleSheet(f"#version_row {{ border-bottom: 1px solid {self._theme.line}; {ground} }}")
        line = QHBoxLayout(row)
        line.setContentsMargins(6 if apart else 0, 3, 0, 4)
        line.setSpacing(6)
        line.addWidget(plain_label(f"v{version.version}"))
        line.addWidget(plain_label(when(version.created_at_us, self._now_us), tone="dim"))
        line.addStretch(1)
        if not version.allowed:
            line.addWidget(ChipLabel(Chip(tr("not allowed"), "wait", "◷"), self._theme))
            line.addWidget(self._allow(version.version))
        if version.version == live and version.allowed:
            line.addWidget(ChipLabel(Chip(tr("live"), "ok", "✓"), self._theme))
        if version.version == live:
            row.setMinimumHeight(33)
            return row
        other = live if live is not None else self._versions[0].version
        if version.version != other:
            line.addWidget(self._action(tr("Diff"), version.version, other))
        line.addWidget(self._action(tr("Restore"), version.version, None))
        return row

    def _allow(self, version: int) -> QPushButton:
        script_type = self._script_type
        button = quiet_button(tr("Allow…"), tr("Allow version {version}").format(version=version))
        button.setToolTip(tr("See what it asks for"))
        button.clicked.connect(lambda: self.allow_requested.emit(script_type, version))
        return button

    def _action(self, text: str, version: int, other: int | None) -> QPushButton:
        name, script_type = tr("{text} version {version}").format(text=text, version=version), self._script_type
        button = quiet_button(
            text, name if other is None else tr("{name} with {other}").format(name=name, other=other)
        )
        if other is None:
            button.setToolTip(tr("Save the code of v{version} as a new version").format(version=version))
            button.clicked.connect(lambda: self.restore_requested.emit(script_type, version))
        else:
            button.setToolTip(tr("Compare v{version} with v{other}").format(version=version, other=other))
            button.clicked.connect(lambda: self.diff_requested.emit(script_type, version, other))
        return button


class _RetireQuestion(QWidget):
    """Asks once more, in place. Signals: confirmed, kept."""

    confirmed = Signal()
    kept = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._text = plain_label("", wrap=True)
        self._yes = QPushButton(tr("Retire"))
        self._yes.setProperty("kind", "danger")
        self._no = QPushButton(tr("Keep"))
        row = QHBoxLayout()
        row.addWidget(self._yes)
        row.addWidget(self._no)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(6)
        column.addWidget(self._text)
        column.addLayout(row)
        self._yes.clicked.connect(self._confirm)
        self._no.clicked.connect(self._keep)
        self.hide()

    def ask(self, script_type: str) -> None:
        """Show the question; Keep has the focus, so that Enter twice retires nothing."""
        self._text.setText(
            tr(
                "Retire {script_type}? Commands of this type will find no handler. Its versions "
                "stay and can be restored."
            ).format(script_type=script_type)
        )
        self.show()
        self._no.setFocus()

    def _confirm(self) -> None:
        self.hide()
        self.confirmed.emit()

    def _keep(self) -> None:
        self.hide()
        self.kept.emit()


def _facts(newest: HandlerVersion) -> str:
    """The description, the limits, and what the code asks for besides."""
    limits = DOT.join(limits_of(newest))
    asks = [each for each in asks_more(requires_of(newest.requires)) if each.kind not in ("time", "memory")]
    sentences = "\n".join(f"•  {asked(each)}" for each in asks)
    return "\n".join(part for part in (newest.description.strip(), limits, sentences) if part)


def limits_of(version: HandlerVersion) -> tuple[str, ...]:
    """`60 s` and `512 MB` as far as the version says what it needs."""
    parts = []
    timeout, memory = version.requires.get("timeout_s"), version.requires.get("memory_bytes")
    if isinstance(timeout, (int, float)):
        parts.append(limit(timeout))
    if isinstance(memory, (int, float)):
        parts.append(size(memory))
    return tuple(parts)
