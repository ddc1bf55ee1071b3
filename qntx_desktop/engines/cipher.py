"""Sealing texts: AES-256-GCM with the place of a value as associated data. Hides cryptography. Any thread.

Source: NIST SP 800-38D (GCM, random 96-bit nonces), RFC 7914 (scrypt).
"""

from __future__ import annotations

import os

KEY_BYTES = 32
SALT_BYTES = 16
_NONCE_BYTES = 12
_SCRYPT_N, _SCRYPT_R, _SCRYPT_P = 1 << 16, 8, 1


class BrokenSealError(Exception):
    """The key, the place or the sealed bytes are not those of the sealing."""


def new_key() -> bytes:
    """A random key."""
    return os.urandom(KEY_BYTES)


def seal(key: bytes, plain: bytes, place: str) -> bytes:
    """Encrypt `plain` so that it can only be opened with the same key and the same place."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # late: costs 20 ms

    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def unseal(key: bytes, sealed: bytes, place: str) -> bytes:
    """What was sealed.

    Raises:
        BrokenSealError: Another key or place, or it was changed.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place.encode())
    except (InvalidTag, ValueError):
        raise BrokenSealError(place) from None


def stretched(passphrase: str, salt: bytes) -> bytes:
    """A key from a passphrase, on purpose slow (about a fifth of a second, 64 MB)."""
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(salt=salt, length=KEY_BYTES, n=_SCRYPT_N, r=_SCRYPT_R, p=_SCRYPT_P).derive(passphrase.encode())


def stretched_code(code: bytes, salt: bytes) -> bytes:
    """A key from the 160 random bits of a recovery code, which need no slowness."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=b"qntx recovery").derive(code)
