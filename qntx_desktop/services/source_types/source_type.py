"""What a type of source is: what it can do, and which settings it takes.

Declarations; any thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol


class SourceType(Protocol):
    """A kind of source. `syncable`: there is something to sync with; `editable`: its files are changed here."""

    @property
    def name(self) -> str:
        """As in `source.type`."""

    @property
    def syncable(self) -> bool:
        """Whether its files come from elsewhere."""

    @property
    def editable(self) -> bool:
        """Whether its files are changed here."""

    def check(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        """Give back settings that can be kept, JSON-ready and without secrets.

        Raises:
            ErrInvalidSource, ErrInvalidUrl: One sentence about what is wrong.
        """
