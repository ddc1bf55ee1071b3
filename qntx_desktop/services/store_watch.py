"""Notices that another process wrote to the store, and says so as an event.

Any thread. Hides nothing but the comparison of two numbers.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from qntx_desktop.model.events import Publish, StoreChangedElsewhere
from qntx_desktop.store.database import Database


class StoreWatch:
    """Compares the store's data version with the one seen last."""

    def __init__(self, db: Database, publish: Publish) -> None:
        self._db = db
        self._others: tuple[Callable[[], object], ...] = ()
        self._publish = publish
        self._guard = threading.Lock()
        self._seen = db.data_version()

    def also(self, look: Callable[[], object]) -> None:
        """Have `look` called at each check, for what else another process may change: the settings."""
        self._others = (*self._others, look)

    def check(self) -> bool:
        """Publish `StoreChangedElsewhere` if another process committed since the last check.

        Returns:
            Whether it did.
        """
        for look in self._others:
            look()
        with self._guard:
            now = self._db.data_version()
            changed = now != self._seen
            self._seen = now
        if changed:
            self._publish(StoreChangedElsewhere())
        return changed
