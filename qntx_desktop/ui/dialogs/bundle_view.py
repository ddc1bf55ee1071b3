"""The sheet before a `.qntx` file is imported: what is in it, and which of its handlers may run.

Qt main thread. It decides nothing: it says what was pressed.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QWidget

from qntx_desktop.services.canvas_bundles import BundledCode, BundleLook
from qntx_desktop.ui import told
from qntx_desktop.ui.dialogs.allow_view import asked_lines
from qntx_desktop.ui.dialogs.frame import Frame, heading, read_only_text, show_text
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme
from qntx_desktop.ui.wording import DOT, count, counted, one_line, size

ROW_PX = 28
MOST_NAMED = 8


class BundleView(Frame):
    """Shows what a bundle holds.

    Args:
        held: How code is confined on this machine, as a sentence without a full stop.

    Signals:
        accepted(list): Import it; the types of the handlers that may run.
    """

    accepted = Signal(list)

    def __init__(self, look: BundleLook, held: str, theme: Theme, parent: QWidget) -> None:
        name = one_line(look.name, 60) or tr("this canvas")
        super().__init__(tr("Import {name}").format(name=name), theme, parent)
        self.setObjectName("bundle_view")
        self.resize(680, 560)
        self._look = look
        self.body.addWidget(heading(tr("Import {name}?").format(name=name)))
        self.body.addWidget(plain_label(_words(look), tone="dim", wrap=True))
        self.handlers = QListWidget()
        self.handlers.setAccessibleName(tr("Handlers in it; ticked ones may run"))
        self.asks = plain_label("", wrap=True)
        self.code = read_only_text(tr("Code of the handler"))
        if look.handlers:
            said = tr(
                "Its code was not written here. What is not ticked waits, if it asks for more than others may."
            )
            self.body.addWidget(
                plain_label(tr("{said} On this machine {held}.").format(said=said, held=told.held(held)), wrap=True)
            )
            self._list_handlers()
        else:
            self.body.addWidget(plain_label(tr("No handlers are in it."), tone="dim"))
            self.body.addStretch(1)
        self._no = QPushButton(tr("Not now"))
        self.yes = QPushButton(tr("Import"))
        self.body.addLayout(self._answers())
        self._no.setFocus()  # Enter, pressed without reading, imports nothing

    def _list_handlers(self) -> None:
        for each in self._look.handlers:
            item = QListWidgetItem(_row(each))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setSizeHint(QSize(0, ROW_PX))
            self.handlers.addItem(item)
        self.handlers.setMaximumHeight(ROW_PX * min(6, len(self._look.handlers)) + 10)
        self.body.addWidget(self.handlers)
        self.body.addWidget(self.asks)
        self.body.addWidget(self.code, 1)
        self.handlers.currentRowChanged.connect(self._show)
        self.handlers.setCurrentRow(0)

    def _show(self, row: int) -> None:
        each = self._look.handlers[row]
        self.asks.setText("\n".join(asked_lines(each.asks)))
        show_text(self.code, each.code)

    def _answers(self) -> QHBoxLayout:
        self.yes.setProperty("kind", "accent")
        self.yes.clicked.connect(self._accept)
        self._no.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._no)
        row.addWidget(self.yes)
        return row

    def _accept(self) -> None:
        ticked = [
            each.name
            for row, each in enumerate(self._look.handlers)
            if self.handlers.item(row).checkState() is Qt.CheckState.Checked
        ]
        self.accepted.emit(ticked)
        self.close()


def _row(each: BundledCode) -> str:
    if each.known:
        return tr("{name}    the version you have").format(name=each.name)
    asks = tr("asks for more than every handler may") if each.asks else tr("asks for nothing more")
    return f"{each.name}    {asks}"


def _words(look: BundleLook) -> str:
    parts = [counted(look.glyphs, "glyph")]
    if look.canvases > 1:
        parts.append(tr("{canvass} inside").format(canvass=counted(look.canvases - 1, 'canvas', 'canvases')))
    files = [f"{one_line(name, 60)} ({size(amount)})" for name, amount in look.inputs[:MOST_NAMED]]
    more = (
        tr(" and {inputs} more").format(inputs=count(len(look.inputs) - MOST_NAMED))
        if len(look.inputs) > MOST_NAMED
        else ""
    )
    parts.append(tr("files: {join}{more}").format(join=', '.join(files), more=more) if files else tr("no files"))
    return DOT.join(parts)
