"""The connection ledger: what a run asked the network for, and what it was answered. Pure values; any thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from qntx_desktop.model.clock import iso
from qntx_desktop.model.permissions import Hosts


class Verdict(StrEnum):
    """Why a connection was allowed or refused; kept with it, so a value never changes its meaning."""

    LISTED = "listed"
    ANY_HOST = "any_host"
    NOT_LISTED = "not_listed"
    OFFLINE = "offline"
    OWN_API = "own_api"
    PRIVATE = "private_address"
    UNKNOWN_ADDRESS = "unknown_address"
    ODD_HOST = "odd_host"
    TOO_MANY = "too_many"


class Arrival(StrEnum):
    """How far an allowed attempt came; empty for a refused one."""

    REFUSED = ""
    LOOKED_UP = "looked_up"
    NO_SUCH_NAME = "no_such_name"
    STARTED = "started"
    CONNECTED = "connected"
    FAILED = "failed"
    CUT = "cut"


_SENTENCES = {
    Verdict.LISTED: "declared",
    Verdict.ANY_HOST: "any host is declared",
    Verdict.NOT_LISTED: "not declared",
    Verdict.OFFLINE: "the app is offline",
    Verdict.OWN_API: "this app's own API",
    Verdict.PRIVATE: "the name leads to a private address",
    Verdict.UNKNOWN_ADDRESS: "the address belongs to no declared host",
    Verdict.ODD_HOST: "not a host name",
    Verdict.TOO_MANY: "too many attempts",
}
_ENDS = {
    Arrival.REFUSED: "",
    Arrival.LOOKED_UP: "looked up only",
    Arrival.NO_SUCH_NAME: "no such name",
    Arrival.STARTED: "no answer yet",
    Arrival.CONNECTED: "connected",
    Arrival.FAILED: "not reached",
    Arrival.CUT: "ended when the app went offline",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """One attempt of a run to reach somebody.

    Args:
        seq: Its number in the run, from 1.
        host: The name or address that was asked for, at most 256 characters.
        port: None if only the name was looked up.
        address: Where it led to; empty if nowhere.
    """

    seq: int
    at_us: int
    host: str
    port: int | None
    address: str
    verdict: Verdict
    arrival: Arrival = Arrival.REFUSED

    @property
    def allowed(self) -> bool:
        """Whether the app let it pass."""
        return self.verdict in (Verdict.LISTED, Verdict.ANY_HOST)

    @property
    def sentence(self) -> str:
        """For people, such as `refused: not declared`."""
        if not self.allowed:
            return f"refused: {_SENTENCES[self.verdict]}"
        return _ENDS[self.arrival]

    @property
    def target(self) -> str:
        """`host:port`, or the host alone."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port is None else f"{host}:{self.port}"

    def to_json(self) -> dict[str, Any]:
        """As in `execution.connections`."""
        return {
            "at": iso(self.at_us),
            "host": self.host,
            "port": self.port,
            "address": self.address,
            "allowed": self.allowed,
            "reason": str(self.verdict),
            "result": str(self.arrival),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkRules:
    """What a run may reach.

    Args:
        hosts: As declared in its metadata.
        is_offline: Asked before each attempt; True refuses all.
        own_ports: Ports of this app on the loopback; never reached, whatever is declared.
    """

    hosts: Hosts = ()
    is_offline: Callable[[], bool] = lambda: False
    own_ports: Callable[[], frozenset[int]] = frozenset
