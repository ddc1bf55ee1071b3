"""Secrets as they are shown: names and facts, never values. And what a recovery code looks like.

Pure; any thread.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from qntx_desktop.model.clock import iso
from qntx_desktop.model.errors import ErrInvalidSecret, ErrWrongRecoveryCode
from qntx_desktop.model.permissions import secret_fault

MAX_VALUE_BYTES = 65_536
SECRET_ROTATION = "secret_rotation"

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_GROUP = 5
_CODE_BYTES = 20
_CHECK_BYTES = 5


class KeySource(StrEnum):
    """Where the master key comes from."""

    NONE = "none"
    """There is none yet: it is made with the first secret."""
    KEYRING = "keyring"
    PASSPHRASE = "passphrase"


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretFacts:
    """What may be told of a secret.

    Args:
        session_only: Its value is only in the memory of this process.
        used_by: The types whose newest version declares it.
    """

    name: str
    is_set: bool
    session_only: bool = False
    created_at_us: int | None = None
    updated_at_us: int | None = None
    last_used_at_us: int | None = None
    last_execution_id: int | None = None
    used_by: tuple[str, ...] = ()

    def to_json(self) -> Mapping[str, Any]:
        """As the command line prints it."""
        return {
            "name": self.name,
            "set": self.is_set,
            "session_only": self.session_only,
            "created_at": iso(self.created_at_us),
            "updated_at": iso(self.updated_at_us),
            "last_used_at": iso(self.last_used_at_us),
            "last_execution_id": self.last_execution_id,
            "used_by": list(self.used_by),
        }


def check_secret(name: str, value: str) -> None:
    """Look at a secret before it is kept.

    Raises:
        ErrInvalidSecret: With the field; never with the value.
    """
    if secret_fault(name) is not None:
        raise ErrInvalidSecret("name", f"'{name[:80]}' is not one")
    if not value:
        raise ErrInvalidSecret("value", "is empty")
    try:
        size = len(value.encode())
    except UnicodeEncodeError:
        raise ErrInvalidSecret("value", "holds half a character (surrogate)") from None
    if "\0" in value:
        raise ErrInvalidSecret("value", "holds a NUL character")
    if size > MAX_VALUE_BYTES:
        raise ErrInvalidSecret("value", f"has {size:,} bytes")


def spell_code(key: bytes) -> str:
    """A recovery code: twenty bytes and a checksum as eight groups of five letters, none easily mistaken."""
    whole = int.from_bytes(key + _check(key), "big")
    count = (_CODE_BYTES + _CHECK_BYTES) * 8 // 5
    letters = "".join(_LETTERS[whole >> 5 * (count - 1 - index) & 31] for index in range(count))
    return "-".join(letters[start : start + _GROUP] for start in range(0, count, _GROUP))


def read_code(text: str) -> bytes:
    """The bytes of a recovery code; case, spaces and hyphens do not count, O reads as 0, I and L as 1.

    Raises:
        ErrWrongRecoveryCode: It is mistyped.
    """
    plain = "".join(text.upper().split()).replace("-", "").translate(_READ_AS)
    count = (_CODE_BYTES + _CHECK_BYTES) * 8 // 5
    if len(plain) != count or any(letter not in _LETTERS for letter in plain):
        raise ErrWrongRecoveryCode(f"it has {count} letters and digits, in groups of {_GROUP}")
    whole = 0
    for letter in plain:
        whole = whole << 5 | _LETTERS.index(letter)
    found = whole.to_bytes(_CODE_BYTES + _CHECK_BYTES, "big")
    key, check = found[:_CODE_BYTES], found[_CODE_BYTES:]
    if check != _check(key):
        raise ErrWrongRecoveryCode("a letter is mistyped")
    return key


def code_bytes() -> int:
    """How many random bytes a code is made of."""
    return _CODE_BYTES


def _check(key: bytes) -> bytes:
    return hashlib.sha256(b"qntx recovery code" + key).digest()[:_CHECK_BYTES]
