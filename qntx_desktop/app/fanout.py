"""Passes each event on to everybody who listens.

Any thread; listeners are called on the thread that publishes, so they must be quick and must not block.
"""

from __future__ import annotations

import logging

from qntx_desktop.model.events import Event, Publish

_log = logging.getLogger(__name__)


class Fanout:
    """A list of listeners that can itself be handed around as a `Publish`."""

    def __init__(self) -> None:
        self._listeners: tuple[Publish, ...] = ()

    def add(self, listener: Publish) -> None:
        """Have a listener hear every event from now on."""
        self._listeners = (*self._listeners, listener)

    def remove(self, listener: Publish) -> None:
        """Have a listener hear nothing any more; one that is not there is left alone."""
        self._listeners = tuple(each for each in self._listeners if each != listener)

    def __call__(self, event: Event) -> None:
        """Tell everybody; one that fails is logged and does not keep the others from hearing."""
        for listener in self._listeners:
            try:
                listener(event)
            except Exception:  # noqa: BLE001 - a listener's defect must not stop the store's writer
                _log.exception("a listener failed on %s", type(event).__name__)
