"""The source type `git`: one commit of a repository, fetched over https."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qntx_desktop.model.errors import ErrInvalidSource
from qntx_desktop.model.source import GIT, check_git_settings

_KNOWN = ("url", "branch", "tag", "commit", "review")


class GitType:
    """Its files are those of the newest good commit."""

    name = GIT
    syncable = True
    editable = False

    def check(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        """Look at the address and what is followed.

        Raises:
            ErrInvalidUrl, ErrInvalidSource: As `model.source.check_git_settings`.
        """
        unknown = next((key for key in settings if key not in _KNOWN), None)
        if unknown is not None:
            raise ErrInvalidSource(unknown, f"A git source has no setting '{unknown}'.")
        for key in ("url", "branch", "tag", "commit"):
            if settings.get(key) is not None and not isinstance(settings[key], str):
                raise ErrInvalidSource(key, f"{key} is a text.")
        return check_git_settings(
            url=settings.get("url") or "",
            branch=settings.get("branch"),
            tag=settings.get("tag"),
            commit=settings.get("commit"),
            review=bool(settings.get("review")),
        ).to_json()
