"""The token and the webhook secret of each source: checked, sealed for the store, opened when they are used.

Any thread but the GUI's, because a keyring may ask.
"""

from __future__ import annotations

from typing import Any

from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.source import check_token, check_webhook_secret
from qntx_desktop.services.ports import Sealer
from qntx_desktop.store import sources as stored
from qntx_desktop.store.database import Database

TOKEN, WEBHOOK = "type_secret", "sync_secret"
"""The columns that they stand in."""


class SourceSecrets:
    """Keeps what is secret about sources.

    Args:
        sealer: None: nothing secret can be kept.
    """

    def __init__(self, db: Database, sealer: Sealer | None) -> None:
        self._db = db
        self._sealer = sealer

    def check(self, token: str | None, webhook_secret: str | None) -> None:
        """Pass what can be kept, and have the key to seal it with at hand; None and empty ask for nothing.

        Raises:
            ErrInvalidSource: One of them cannot be what it is said to be.
            QntxError: There is no key.
        """
        if token:
            check_token(token)
        if webhook_secret:
            check_webhook_secret(webhook_secret)
        if not (token or webhook_secret):
            return
        if self._sealer is None:
            raise QntxError(
                "keyring_unavailable",
                "Secrets cannot be kept: there is no keyring to lock them with.",
                "Use a repository that needs no token.",
            )
        self._sealer.ready()

    def sealed(self, source_id: int, token: str | None, webhook_secret: str | None) -> dict[str, Any]:
        """The columns to change: None leaves one as it is, an empty text empties it."""
        return {
            column: self._sealer.seal(text, _place(source_id, column)) if text and self._sealer else None
            for column, text in ((TOKEN, token), (WEBHOOK, webhook_secret))
            if text is not None
        }

    def opened(self, source_id: int, column: str) -> str | None:
        """What stands in a column; None: nothing.

        Raises:
            QntxError: The key is not at hand.
        """
        with self._db.read() as connection:
            sealed = stored.secret(connection, source_id, column)
        if sealed is None or self._sealer is None:
            return None
        return self._sealer.open(sealed, _place(source_id, column))


def _place(source_id: int, column: str) -> str:
    return f"code_source.{column}.{source_id}"
