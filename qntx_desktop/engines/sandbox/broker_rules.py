"""Decides about one attempt to reach the network. Broker's threads; a lock keeps what was looked up."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from qntx_desktop.engines.sandbox.hosts import Address, OddHostError, may_lead_to, reaches_own_machine, read_host
from qntx_desktop.model.connection import NetworkRules, Verdict

KEEP_S = 300.0
MAX_KEPT = 1000
MAX_ADDRESSES = 16


class Refused(Exception):
    """The attempt is refused; `text` is for the handler's author."""

    def __init__(self, verdict: Verdict, text: str) -> None:
        super().__init__(text)
        self.verdict = verdict
        self.text = text


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a handler asks for.

    Args:
        port: None if only the name is asked for.
        family: 0 for any, or the number of a socket family.
        connects: Whether it wants a connection, not only addresses.
    """

    host: str
    port: int | None
    family: int
    connects: bool

    def named(self, host: str) -> Asked:
        """The same with another spelling of the host."""
        return replace(self, host=host)

    @property
    def target(self) -> str:
        """As metadata would spell it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port or 443}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """An address that may be connected to, and the name it stands for.

    Args:
        entry: The look-up's number in the ledger, 0 for none.
    """

    host: str
    address: Address
    verdict: Verdict
    entry: int = 0


class Decider:
    """Knows the rules and what was looked up under them.

    Args:
        rules: What the run may reach.
    """

    def __init__(self, rules: NetworkRules) -> None:
        self._rules = rules
        self._hosts: frozenset[str] | Literal[True] = (
            True if rules.hosts is True else frozenset(map(_one_spelling, rules.hosts))
        )
        self._lock = threading.Lock()
        self._kept: dict[str, dict[str, tuple[float, int]]] = {}

    @property
    def verdict(self) -> Verdict:
        """What an allowed attempt is allowed by."""
        return Verdict.ANY_HOST if self._hosts is True else Verdict.LISTED

    def first(self, asked: Asked) -> Destination | str:
        """Decide as far as possible without asking the network.

        Returns:
            Where to connect to, or the name that must be looked up.

        Raises:
            Refused: It may not.
        """
        if self._rules.is_offline():
            raise Refused(
                Verdict.OFFLINE,
                f"{asked.target} cannot be reached: the app is set offline (qntx config network.offline false)",
            )
        try:
            name, address = read_host(asked.host)
        except OddHostError as error:
            raise Refused(Verdict.ODD_HOST, f"{asked.host!a:.200} is refused: {error}") from None
        asked = asked.named(name)
        if address is None:
            if not self._names(name, asked.port):
                raise Refused(Verdict.NOT_LISTED, _undeclared(asked))
            return name
        return self._address(asked, address)

    def usable(self, asked: Asked, found: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
        """The addresses of a look-up that may be used; never none.

        Raises:
            Refused: None may.
            OSError: There were none.
        """
        if not found:
            raise OSError("no address")
        good = []
        for family, text in found[:MAX_ADDRESSES]:
            address = ipaddress.ip_address(text)
            if self._is_own(address, asked.port) and asked.port is not None:
                raise Refused(Verdict.OWN_API, _own(asked))
            if self._hosts is True or may_lead_to(asked.host, address):
                good.append((family, text))
        if not good:
            raise Refused(
                Verdict.PRIVATE,
                f"{asked.target} is refused: the name leads to a private address ({found[0][1]}). "
                "Declare the address itself if that is meant.",
            )
        return good

    def pin(self, name: str, addresses: Sequence[str], entry: int) -> None:
        """Remember that a name was looked up, so that its addresses may be connected to for some minutes."""
        until = time.monotonic() + KEEP_S
        with self._lock:
            while len(self._kept) > MAX_KEPT:
                del self._kept[next(iter(self._kept))]
            for address in addresses:
                names = self._kept.setdefault(address, {})
                names.pop(name, None)
                names[name] = (until, entry)

    def _address(self, asked: Asked, address: Address) -> Destination:
        if not asked.connects:
            raise Refused(Verdict.ODD_HOST, f"{asked.host} is an address already")
        if self._is_own(address, asked.port):
            raise Refused(Verdict.OWN_API, _own(asked))
        for name, entry in self._looked_up(str(address)):
            if self._names(name, asked.port):
                return Destination(host=name, address=address, verdict=self.verdict, entry=entry)
        if self._hosts is True or asked.target in self._hosts:
            return Destination(host=asked.host, address=address, verdict=self.verdict)
        raise Refused(Verdict.UNKNOWN_ADDRESS if self._hosts else Verdict.NOT_LISTED, _undeclared(asked))

    def _looked_up(self, address: str) -> list[tuple[str, int]]:
        now = time.monotonic()
        with self._lock:
            names = self._kept.get(address, {})
            return [(name, entry) for name, (until, entry) in reversed(names.items()) if until > now]

    def _names(self, name: str, port: int | None) -> bool:
        """Whether a name is declared, with this port or, for a mere look-up, with any."""
        hosts = self._hosts
        if hosts is True:
            return True
        if port:
            return f"{name}:{port}" in hosts
        return any(each.rpartition(":")[0] == name for each in hosts)

    def _is_own(self, address: Address, port: int | None) -> bool:
        return reaches_own_machine(address) and port in self._rules.own_ports()


def _one_spelling(declared: str) -> str:
    """`[::01]:443` as `[::1]:443`, so that an address is found however it was written."""
    host, _, port = declared.rpartition(":")
    try:
        _, address = read_host(host.strip("[]"))
    except OddHostError:
        return declared
    if address is None:
        return declared
    return f"[{address}]:{port}" if address.version == 6 else f"{address}:{port}"


def _undeclared(asked: Asked) -> str:
    return (
        f"{asked.target} is not declared: add it to [tool.qntx] in the inline metadata, "
        f'# network = ["{asked.target}"]'
    )


def _own(asked: Asked) -> str:
    return f"{asked.target} is refused: handlers never reach this app's own API"
