"""The list of plugins: name and state above, version and handlers below.

Qt main thread.
"""

from __future__ import annotations

from qntx_desktop.model.plugin import Plugin
from qntx_desktop.ui.glyphs.kind import Chip
from qntx_desktop.ui.panels.plugins.words import list_line, state_chip
from qntx_desktop.ui.panels.two_lines import TwoLineModel


class PluginListModel(TwoLineModel[Plugin]):
    """Plugins by name."""

    def key(self, thing: Plugin) -> str:
        """Its name."""
        return thing.name

    def chip(self, thing: Plugin) -> Chip:
        """Its state."""
        return state_chip(thing)

    def line(self, thing: Plugin) -> str:
        """Version and handlers."""
        return list_line(thing)
