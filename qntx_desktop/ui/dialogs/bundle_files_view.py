"""Which files go into a bundle, asked before it is written. Qt main thread; says what was pressed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QWidget

from qntx_desktop.ui.dialogs.frame import Frame, heading
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme
from qntx_desktop.ui.wording import one_line, size

ROW_PX = 28
_PATH = Qt.ItemDataRole.UserRole


class BundleFilesView(Frame):
    """Shows the files that commands of the canvas name.

    Args:
        files: Path and size in bytes.

    Signals:
        accepted(list): Write it without the files of these paths.
    """

    accepted = Signal(list)

    def __init__(self, files: Sequence[tuple[str, int]], theme: Theme, parent: QWidget) -> None:
        super().__init__(tr("Export with files"), theme, parent)
        self.setObjectName("bundle_files_view")
        self.resize(620, 360)
        self.body.addWidget(heading(tr("Take these files along?")))
        said = tr("Commands of this canvas name them. Whoever gets the bundle can read what is ticked.")
        self.body.addWidget(plain_label(said, tone="dim", wrap=True))
        self.files = QListWidget()
        self.files.setAccessibleName(tr("Files; ticked ones go along"))
        self.files.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        for path, amount in files:
            item = QListWidgetItem(f"{one_line(path)}    {size(amount)}")
            item.setData(_PATH, path)
            item.setToolTip("")
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            item.setSizeHint(QSize(0, ROW_PX))
            self.files.addItem(item)
        self.files.setCurrentRow(0)
        self.body.addWidget(self.files, 1)
        self.yes = QPushButton(tr("Export"))
        self.yes.setProperty("kind", "accent")
        no = QPushButton(tr("Not now"))
        self.yes.clicked.connect(self._accept)
        self.on_enter = self.yes
        no.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(no)
        row.addWidget(self.yes)
        self.body.addLayout(row)
        self.files.setFocus()

    def _accept(self) -> None:
        items = [self.files.item(row) for row in range(self.files.count())]
        without = [str(each.data(_PATH)) for each in items if each.checkState() is not Qt.CheckState.Checked]
        self.accepted.emit(without)
        self.close()
