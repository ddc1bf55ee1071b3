"""The keyring of the operating system: one entry for each home. Hides keyring.

Any thread but the GUI's. Each call runs on a thread of its own with a time limit, because a keyring may ask a
person and wait for ever. Backends that would keep the key in a plain file, or nowhere, count as none.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Protocol

from qntx_desktop.model.errors import ErrKeyringLocked, ErrKeyringUnavailable

SERVICE = "qntx-desktop"
ANSWER_S = 60.0
_PLAIN = ("keyrings.alt", "keyring.backends.null", "keyring.backends.fail")
_LOCKED_WORDS = ("locked", "dismissed", "prompt")


class Keychain(Protocol):
    """What keeps a master key; tests bring their own."""

    def there(self) -> bool:
        """Whether there is one that keeps secrets safe; asks it nothing."""

    def get(self, name: str) -> str | None:
        """What is kept under a name, None when there is nothing.

        Raises:
            ErrKeyringUnavailable, ErrKeyringLocked: It cannot be asked.
        """

    def put(self, name: str, value: str) -> None:
        """Keep a value; it can be read back when this returns.

        Raises:
            ErrKeyringUnavailable, ErrKeyringLocked: It cannot be kept.
        """


class SystemKeychain:
    """The keyring that the desktop offers.

    Args:
        answer_s: How long a person may take to answer its question, in seconds.
    """

    def __init__(self, answer_s: float = ANSWER_S) -> None:
        self._answer_s = answer_s

    def there(self) -> bool:
        """See `Keychain`."""
        return safe_backend() is not None

    def get(self, name: str) -> str | None:
        """See `Keychain`."""
        found: str | None = self._ask(lambda backend: backend.get_password(SERVICE, name))
        return found

    def put(self, name: str, value: str) -> None:
        """See `Keychain`."""
        self._ask(lambda backend: backend.set_password(SERVICE, name, value))
        if self.get(name) != value:
            raise ErrKeyringUnavailable("it did not keep what it was given")

    def _ask(self, question: Callable[[Any], Any]) -> Any:
        answer: list[Any] = []
        trouble: list[Exception] = []

        def work() -> None:
            try:
                answer.append(question(_backend()))
            except Exception as error:  # noqa: BLE001 - backends of strangers raise what they like
                trouble.append(error)

        thread = threading.Thread(target=work, name="keyring", daemon=True)
        thread.start()
        thread.join(self._answer_s)
        if thread.is_alive():
            raise ErrKeyringLocked(f"its question was not answered within {self._answer_s:g} s")
        if trouble:
            raise _translated(trouble[0]) from trouble[0]
        return answer[0]


def _backend() -> Any:
    backend = safe_backend()
    if backend is None:
        raise ErrKeyringUnavailable("there is none that keeps secrets safe")
    return backend


def safe_backend() -> Any | None:
    """The first keyring on offer that keeps secrets safe, as its library has it; None: there is none."""
    import keyring  # late: slow, and it looks for the desktop's services

    backend = keyring.get_keyring()
    for each in getattr(backend, "backends", (backend,)):  # a chain asks several
        if not type(each).__module__.startswith(_PLAIN):
            return each
    return None


def _translated(error: Exception) -> Exception:
    from keyring import errors

    if isinstance(error, (ErrKeyringUnavailable, ErrKeyringLocked)):
        return error
    said = f"{type(error).__name__}: {error}"[:300]
    if isinstance(error, errors.KeyringLocked) or any(word in str(error).lower() for word in _LOCKED_WORDS):
        return ErrKeyringLocked(str(error)[:300] or "it did not open")
    if isinstance(error, errors.NoKeyringError):
        return ErrKeyringUnavailable("there is none")
    return ErrKeyringUnavailable(said)
