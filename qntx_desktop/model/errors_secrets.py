"""What can be wrong with secrets and the key that locks them; re-exported by `errors`."""

from __future__ import annotations

from qntx_desktop.model.error_shape import Family, QntxError

__all__ = [
    "ErrInvalidSecret",
    "ErrKeyMissing",
    "ErrKeyringLocked",
    "ErrKeyringUnavailable",
    "ErrSealBroken",
    "ErrSecretNotDeclared",
    "ErrSecretNotFound",
    "ErrWrongRecoveryCode",
]

_WAY_ON = "Install or start a keyring (GNOME Keyring, KWallet), or set QNTX_PASSPHRASE to use a passphrase"


class ErrInvalidSecret(QntxError):
    """A name or value that no secret can have. The value is never part of the message."""

    code = "invalid_secret"
    family = Family.INVALID

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(
            message=f"The secret cannot be kept: its {field} {reason}.",
            hint="Names have 1 to 64 letters, digits, dots, hyphens and underscores; values at most 65,536 bytes.",
            details={"field": field, "reason": reason},
        )


class ErrSecretNotFound(QntxError):
    """No secret of this name is set."""

    code = "secret_not_found"
    family = Family.NOT_FOUND

    def __init__(self, name: str) -> None:
        super().__init__(
            message=f"The secret '{name}' is not set.",
            hint=f"Set it: qntx secret set {name}",
            details={"name": name},
        )


class ErrSecretNotDeclared(QntxError):
    """A script asks for a secret that its metadata does not name."""

    code = "secret_not_declared"
    family = Family.DENIED

    def __init__(self, name: str) -> None:
        super().__init__(
            message=f"This script may not be told the secret '{name}': it does not declare it.",
            hint=f'Add to [tool.qntx] in the script\'s metadata: secrets = ["{name}"]',
            details={"what": f"secret {name}", "name": name},
        )


class ErrKeyringUnavailable(QntxError):
    """The computer has no keyring that can be used, or it refuses. Nothing is lost by it."""

    code = "keyring_unavailable"
    family = Family.ENVIRONMENT

    def __init__(self, reason: str) -> None:
        super().__init__(
            message=f"The keyring of this computer cannot be used: {reason}.",
            hint=f"{_WAY_ON}. Stored secrets stay as they are.",
            details={"reason": reason},
        )


class ErrKeyringLocked(QntxError):
    """The keyring is locked, or its question was not answered in time."""

    code = "keyring_locked"
    family = Family.ENVIRONMENT

    def __init__(self, reason: str) -> None:
        super().__init__(
            message=f"The keyring is locked: {reason}.",
            hint="Unlock it and try again. Stored secrets stay as they are.",
            details={"reason": reason},
            retryable=True,
        )


class ErrKeyMissing(QntxError):
    """There are secrets, and the key at hand cannot read them. A new key is never made over them."""

    code = "key_missing"
    family = Family.ENVIRONMENT

    def __init__(self, reason: str) -> None:
        super().__init__(
            message=f"The stored secrets cannot be read: {reason}.",
            hint="Restore the key with its recovery code: qntx secret recover. Nothing was changed.",
            details={"reason": reason},
        )


class ErrWrongRecoveryCode(QntxError):
    """A recovery code that does not fit; `reason` says whether it is mistyped or another home's."""

    code = "wrong_recovery_code"
    family = Family.INVALID

    def __init__(self, reason: str) -> None:
        super().__init__(
            message=f"The recovery code does not fit: {reason}.",
            hint="Type the newest code that this home has shown. Nothing was changed.",
            details={"reason": reason},
        )


class ErrSealBroken(QntxError):
    """A stored value that its key does not open: damaged, or moved from where it belongs."""

    code = "seal_broken"
    family = Family.ENVIRONMENT

    def __init__(self, place: str) -> None:
        super().__init__(
            message=f"What is stored as {place} cannot be read: it is damaged or does not belong there.",
            hint="Set it again. Everything else is readable.",
            details={"place": place},
        )
