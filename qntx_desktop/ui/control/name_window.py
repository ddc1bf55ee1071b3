"""Asks what type a script shall be a handler of. Qt main thread; shown, never executed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from qntx_desktop.ui.dialogs.frame import Frame
from qntx_desktop.ui.panels.handler_name import HandlerName
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme


class NameWindow(Frame):
    """A field for a name, in a small window. `chosen` is called once, with a name that follows the rule."""

    def __init__(self, theme: Theme, parent: Any, chosen: Callable[[str], None]) -> None:
        super().__init__(tr("Make it a handler"), theme, parent if isinstance(parent, QWidget) else None)
        self.setObjectName("name_window")
        self.resize(420, 150)
        self._chosen = chosen
        self.name = HandlerName(action=tr("Save as handler"))
        self.name.chosen.connect(self._choose)
        self.name.left.connect(self.close)
        self.body.addWidget(self.name)
        self.body.addStretch(1)
        self.name.begin()

    def event(self, event: QEvent) -> bool:
        """Stay tall enough for what is said about a name; a layout does not ask its window for that."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.setMinimumHeight(max(0, self.body.totalHeightForWidth(self.width())))
        return done

    def _choose(self, name: str) -> None:
        self._chosen(name)
        self.close()
