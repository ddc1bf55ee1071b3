"""The sheet that asks for a person's yes: what code from elsewhere asks for, how it is held, and its text.

Qt main thread. It decides nothing: it says what was pressed.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from qntx_desktop.model.asking import Ask
from qntx_desktop.ui import told
from qntx_desktop.ui.dialogs.frame import Frame, heading, read_only_text, show_text
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme

_CAME_FROM = {
    "import": tr("a bundle that was imported"),
    "source": tr("a code source"),
    "plugin": tr("a plugin"),
    "api": tr("a program that used the API"),
}
NOTHING = tr("It asks for nothing beyond what every handler may do.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Code that waits for a yes.

    Args:
        name: How it is called: `feed v2`, `my-repo/lib/feed.py`.
        came: Where it came from, a word of `_CAME_FROM` or one for people.
        allow: What a yes is kept with; handed back as it is.
    """

    name: str
    came: str
    asks: tuple[Ask, ...]
    code: str
    allow: object


class AllowView(Frame):
    """Shows code that is not allowed.

    Args:
        waiting: What waits for a yes.
        held: How code is confined on this machine, as a sentence without a full stop.

    Signals:
        allowed(what): The person said yes to what `Waiting.allow` holds.
    """

    allowed = Signal(object)

    def __init__(self, waiting: Waiting, held: str, theme: Theme, parent: QWidget | None = None) -> None:
        name = waiting.name
        super().__init__(tr("Allow {name}").format(name=name), theme, parent)
        self.setObjectName("allow_view")
        self.resize(640, 520)
        self.body.addWidget(heading(tr("Allow {name} to run?").format(name=name)))
        came = _CAME_FROM.get(waiting.came, waiting.came or tr("elsewhere"))
        self.body.addWidget(
            plain_label(
                tr("It was not written here: it came from {came}.").format(came=came), tone="dim", wrap=True
            )
        )
        for line in asked_lines(waiting.asks):
            self.body.addWidget(plain_label(line, wrap=True))
        self.body.addWidget(
            plain_label(tr("On this machine {held}.").format(held=told.held(held)), tone="dim", wrap=True)
        )
        code = read_only_text(tr("Code of {name}").format(name=name))
        cut = show_text(code, waiting.code)
        self.body.addWidget(code, 1)
        if cut:
            self.body.addWidget(plain_label(cut, tone="dim"))
        self._no = QPushButton(tr("Not now"))
        self.body.addLayout(self._answers(waiting))
        self._no.setFocus()  # Enter, pressed without reading, allows nothing

    def _answers(self, waiting: Waiting) -> QHBoxLayout:
        yes = QPushButton(tr("Allow"))
        yes.setProperty("kind", "accent")
        yes.setAccessibleName(tr("Allow {name}").format(name=waiting.name))
        yes.clicked.connect(lambda: self.allowed.emit(waiting.allow))
        yes.clicked.connect(self.close)
        self._no.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._no)
        row.addWidget(yes)
        return row


def asked_lines(asks: tuple[Ask, ...]) -> tuple[str, ...]:
    """`It asks to`, and a line for each thing."""
    return (tr("It asks to"), *(f"  •  {told.asked(each)}" for each in asks)) if asks else (NOTHING,)
