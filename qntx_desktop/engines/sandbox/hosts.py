"""Names and addresses on their way to a decision: one spelling for each, and which addresses are private. Pure.

What is checked is what is connected to: a name is looked up once, by the app, and the address that was checked is
the one that is used, so that a name cannot change its meaning in between.
"""

from __future__ import annotations

import ipaddress
import re
from typing import TypeAlias

Address: TypeAlias = "ipaddress.IPv4Address | ipaddress.IPv6Address"

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LOCAL_ENDS = (".local", ".lan", ".home.arpa", ".internal", ".test")


class OddHostError(Exception):
    """No usable host; the text says why."""


def read_host(host: object) -> tuple[str, Address | None]:
    """One spelling for a host that a handler named.

    Returns:
        The name in small ASCII letters and None, or the address as text and itself.

    Raises:
        OddHostError: Neither a name nor an address in their usual spelling, such as `0x7f.1` or `::ffff:127.0.0.1`.
    """
    if not isinstance(host, str) or not 0 < len(host) <= 253:
        raise OddHostError("not a host name")
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return _read_name(host), None
    if isinstance(address, ipaddress.IPv6Address) and (address.ipv4_mapped or address.scope_id):
        raise OddHostError("a mapped or scoped address")
    return str(address), address


def _read_name(host: str) -> str:
    try:
        name = host.encode("ascii" if host.isascii() else "idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        raise OddHostError("not a host name") from None
    labels = name.split(".")
    if not all(_LABEL.fullmatch(label) for label in labels):
        raise OddHostError("not a host name")
    if _NUMBER.fullmatch(labels[-1]):  # 127.1, 0x7f.1, 2130706433: spellings that look-ups would take for addresses
        raise OddHostError("an odd spelling of an address")
    return name


def reaches_own_machine(address: Address) -> bool:
    """Whether a connection to it ends on this machine, as the app's own API does."""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return address.is_loopback or address.is_unspecified


def may_lead_to(name: str, address: Address) -> bool:
    """Whether a declared name may lead to this address: names of the internet must not lead into the house.

    `localhost` may lead to this machine; names without a dot and those of local networks (`.local`, `.lan`,
    `.home.arpa`, `.internal`, `.test`) to private addresses.
    """
    if name == "localhost" or name.endswith(".localhost"):
        return address.is_loopback
    if reaches_own_machine(address):
        return False
    if "." not in name or name.endswith(_LOCAL_ENDS):
        return not (address.is_multicast or address.is_link_local)
    return _is_public(address)


def _is_public(address: Address) -> bool:
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        return not (address.sixtofour or address.teredo or address.ipv4_mapped or address in _NAT64)
    return True
