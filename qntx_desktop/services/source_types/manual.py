"""The source type `manual`: a folder of the person's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qntx_desktop.model.errors import ErrInvalidSource
from qntx_desktop.model.source import MANUAL


class ManualType:
    """Its files are what lies in its folder."""

    name = MANUAL
    syncable = False
    editable = True

    def check(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        """A folder has no settings.

        Raises:
            ErrInvalidSource: Some were given.
        """
        given = next((key for key, value in settings.items() if value not in (None, False)), None)
        if given is not None:
            raise ErrInvalidSource(
                given, f"A manual source has no {given}.", "Leave it out, or add a git source."
            )
        return {}
