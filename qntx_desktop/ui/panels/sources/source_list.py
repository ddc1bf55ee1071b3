"""The list of code sources: name and state above, when it was synced below.

Qt main thread.
"""

from __future__ import annotations

from collections.abc import Mapping

from qntx_desktop.model.job import Job
from qntx_desktop.model.source import Source
from qntx_desktop.ui.glyphs.kind import Chip
from qntx_desktop.ui.panels.sources.words import list_line, state_chip
from qntx_desktop.ui.panels.two_lines import TwoLineModel


class SourceListModel(TwoLineModel[Source]):
    """Sources by name, with the job that syncs each, if any."""

    def __init__(self) -> None:
        super().__init__()
        self._jobs: Mapping[int, Job] = {}
        self._now_us = 0

    def set_sources(self, sources: tuple[Source, ...], jobs: Mapping[int, Job], now_us: int) -> None:
        """Show these, and how far their syncs are."""
        self._jobs, self._now_us = jobs, now_us
        self.set_things(sources)

    def key(self, thing: Source) -> int:
        """Its number."""
        return thing.id

    def chip(self, thing: Source) -> Chip:
        """Its state, or that of its sync."""
        return state_chip(thing, self._jobs.get(thing.id))

    def line(self, thing: Source) -> str:
        """When it was synced."""
        return list_line(thing, self._now_us)
