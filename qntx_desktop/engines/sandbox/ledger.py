"""The connection ledger of one run while it goes on. Broker's threads; a lock keeps it whole."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

from qntx_desktop.engines.sandbox.broker_rules import Asked
from qntx_desktop.model.clock import now_us
from qntx_desktop.model.connection import Arrival, Connection, Verdict

_MAX_HOST_CHARS = 256


class Ledger:
    """Numbers the attempts and passes each on, again when more is known of it.

    Args:
        heard: Gets each entry and each change of one, in order.
    """

    def __init__(self, heard: Callable[[Connection], None]) -> None:
        self._heard = heard
        self._lock = threading.Lock()
        self._count = 0
        self._open: dict[int, Connection] = {}
        self._through: dict[int, Connection] = {}

    def add(
        self,
        asked: Asked,
        verdict: Verdict,
        *,
        addresses: Sequence[str] = (),
        arrival: Arrival = Arrival.REFUSED,
        instead_of: int = 0,
    ) -> int:
        """Note an attempt.

        Args:
            instead_of: The entry of a look-up that has not been connected yet: it becomes this attempt.

        Returns:
            The number of its entry.
        """
        with self._lock:
            looked_up = self._open.get(instead_of)
            if looked_up is not None and looked_up.arrival is Arrival.LOOKED_UP:
                seq = looked_up.seq
            else:
                self._count += 1
                seq = self._count
            entry = Connection(
                seq=seq,
                at_us=now_us(),
                host=_shown(asked.host),
                port=asked.port,
                address=", ".join(addresses),
                verdict=verdict,
                arrival=arrival,
            )
            if arrival in (Arrival.LOOKED_UP, Arrival.STARTED):
                self._open[seq] = entry
            else:
                self._open.pop(seq, None)
            self._heard(entry)
            return seq

    def settle(self, seq: int, arrival: Arrival) -> None:
        """Note how a started connect ended."""
        with self._lock:
            entry = self._open.pop(seq, None)
            if entry is not None:
                self._heard(replace(entry, arrival=arrival))
                if arrival is Arrival.CONNECTED:
                    self._through[seq] = entry

    def cut(self, seq: int) -> None:
        """Note that a connection was ended because the app went offline."""
        with self._lock:
            entry = self._through.pop(seq, None) or self._open.pop(seq, None)
            if entry is not None:
                self._heard(replace(entry, arrival=Arrival.CUT))


def _shown(host: str) -> str:
    """A host as it can be stored and shown: printable ASCII."""
    return (host if host.isascii() and host.isprintable() else ascii(host)[1:-1])[:_MAX_HOST_CHARS]
