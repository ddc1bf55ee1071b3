"""The sheet that asks for a person's yes: what code from elsewhere asks for, how it is held, and its text.

Qt main thread. It decides nothing: it says what was pressed.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from qntx_desktop.model.asking import Ask
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
        super().__init__(f"Allow {name}", theme, parent)
        self.setObjectName("allow_view")
        self.resize(640, 520)
        self.body.addWidget(heading(f"Allow {name} to run?"))
        came = _CAME_FROM.get(waiting.came, waiting.came or "elsewhere")
        self.body.addWidget(plain_label(f"It was not written here: it came from {came}.", tone="dim", wrap=True))
        for line in asked_lines(waiting.asks):
            self.body.addWidget(plain_label(line, wrap=True))
        self.body.addWidget(plain_label(f"On this machine {held}.", tone="dim", wrap=True))
        code = read_only_text(f"Code of {name}")
        cut = show_text(code, waiting.code)
        self.body.addWidget(code, 1)
        if cut:
            self.body.addWidget(plain_label(cut, tone="dim"))
        self._no = QPushButton("Not now")
        self.body.addLayout(self._answers(waiting))
        self._no.setFocus()  # Enter, pressed without reading, allows nothing

    def _answers(self, waiting: Waiting) -> QHBoxLayout:
        yes = QPushButton("Allow")
        yes.setProperty("kind", "accent")
        yes.setAccessibleName(f"Allow {waiting.name}")
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
    return ("It asks to", *(f"  •  {each.sentence}" for each in asks)) if asks else (NOTHING,)
