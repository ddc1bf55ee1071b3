"""Identifiers: attestation ids (`AS-...`), which sort by time, and process instance ids.

Pure but for the random source; any thread.
"""

from __future__ import annotations

import os

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TIME_CHARS = 10
_RANDOM_CHARS = 8
_RANDOM_BYTES = 5


_PAIRS = tuple(high + low for high in _CROCKFORD for low in _CROCKFORD)


def _base32(number: int, width: int) -> str:
    """So many characters, an even number of them, two at a time: an id is made for every attestation."""
    return "".join([_PAIRS[number >> shift & 1023] for shift in range((width - 2) * 5, -1, -10)])


def new_asid(at_us: int, random_bits: int | None = None) -> str:
    """A fresh attestation id: `AS-` + ten characters of time + `-` + eight random ones.

    Ids of later milliseconds sort after earlier ones, which keeps the unique index growing at its end
    (a random id alone made an insert three times as dear). No letter can be mistaken for a digit.

    Args:
        at_us: Microseconds since 1970 UTC; only milliseconds are kept.
        random_bits: The 40 random bits, for tests; drawn when None.
    """
    bits = int.from_bytes(os.urandom(_RANDOM_BYTES)) if random_bits is None else random_bits
    return f"AS-{_base32(_millis(at_us), _TIME_CHARS)}-{_base32(bits, _RANDOM_CHARS)}"


def new_asids(at_us: int, count: int) -> list[str]:
    """So many fresh ids of one moment, for the price of one question to the system."""
    moment, drawn = _base32(_millis(at_us), _TIME_CHARS), os.urandom(_RANDOM_BYTES * count)
    numbers = [int.from_bytes(drawn[at : at + _RANDOM_BYTES]) for at in range(0, len(drawn), _RANDOM_BYTES)]
    return [f"AS-{moment}-{_base32(number, _RANDOM_CHARS)}" for number in numbers]


def _millis(at_us: int) -> int:
    return max(at_us // 1000, 0) & ((1 << 50) - 1)


def new_instance_id() -> str:
    """A fresh id for this process start; jobs it runs carry it, so that a later start can tell orphans."""
    import uuid  # late: it asks the system what it is, which a call of the command line need not wait for

    return uuid.uuid4().hex
