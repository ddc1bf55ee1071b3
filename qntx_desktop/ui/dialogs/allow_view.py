"""The sheet that asks for a person's yes: what code from elsewhere asks for, how it is held, and its text.

Qt main thread. It decides nothing: it says what was pressed.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from qntx_desktop.model.asking import asks_more
from qntx_desktop.model.handler import HandlerVersion, requires_of
from qntx_desktop.ui.dialogs.frame import Frame, heading, read_only_text, show_text
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.theme import Theme

_CAME_FROM = {
    "import": "a bundle that was imported",
    "source": "a code source",
    "plugin": "a plugin",
    "api": "a program that used the API",
}
NOTHING = "It asks for nothing beyond what every handler may do."


class AllowView(Frame):
    """Shows a version that is not allowed.

    Args:
        version: What waits for a yes.
        held: How code is confined on this machine, as a sentence without a full stop.

    Signals:
        allowed(script_type, version): The person said yes.
    """

    allowed = Signal(str, int)

    def __init__(self, version: HandlerVersion, held: str, theme: Theme, parent: QWidget | None = None) -> None:
        name = f"{version.script_type} v{version.version}"
        super().__init__(f"Allow {name}", theme, parent)
        self.setObjectName("allow_view")
        self.resize(640, 520)
        self.body.addWidget(heading(f"Allow {name} to run?"))
        came = _CAME_FROM.get(version.source, version.source or "elsewhere")
        self.body.addWidget(plain_label(f"It was not written here: it came from {came}.", tone="dim", wrap=True))
        for line in asked_lines(version):
            self.body.addWidget(plain_label(line, wrap=True))
        self.body.addWidget(plain_label(f"On this machine {held}.", tone="dim", wrap=True))
        code = read_only_text(f"Code of {name}")
        cut = show_text(code, version.code)
        self.body.addWidget(code, 1)
        if cut:
            self.body.addWidget(plain_label(cut, tone="dim"))
        self._no = QPushButton("Not now")
        self.body.addLayout(self._answers(version))
        self._no.setFocus()  # Enter, pressed without reading, allows nothing

    def _answers(self, version: HandlerVersion) -> QHBoxLayout:
        yes = QPushButton("Allow")
        yes.setProperty("kind", "accent")
        yes.setAccessibleName(f"Allow {version.script_type} version {version.version}")
        yes.clicked.connect(lambda: self.allowed.emit(version.script_type, version.version))
        yes.clicked.connect(self.close)
        self._no.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._no)
        row.addWidget(yes)
        return row


def asked_lines(version: HandlerVersion) -> tuple[str, ...]:
    """`It asks to`, and a line for each thing."""
    asks = asks_more(requires_of(version.requires))
    return ("It asks to", *(f"  •  {each.sentence}" for each in asks)) if asks else (NOTHING,)
