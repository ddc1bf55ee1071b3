"""What this is, which version, and where its files are. Qt main thread."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from qntx_desktop import __version__
from qntx_desktop.ui.dialogs.frame import Frame, heading
from qntx_desktop.ui.labels import plain_label
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import Theme


class AboutView(Frame):
    """Names the version and the home."""

    def __init__(self, theme: Theme, home: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("About QNTX Desktop"), theme, parent)
        self.setObjectName("about_view")
        self.resize(440, 200)
        self.body.addWidget(heading(f"QNTX Desktop {__version__}"))
        words = tr("Small handlers, and every claim they make, on your own machine.")
        self.body.addWidget(plain_label(words, wrap=True))
        place = plain_label(tr("Everything is kept in {home}").format(home=home), wrap=True, tone="dim")
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(place)
        self.body.addStretch(1)
        self.body.addWidget(plain_label(tr("MIT licence. Fonts: Inter, JetBrains Mono, Noto (OFL)."), tone="dim"))
