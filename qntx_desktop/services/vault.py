"""The vault: one random master key in the keyring, everything else sealed in the store.

Any thread but the GUI's, because a keyring may ask. The master key opens the *key versions*, which seal the texts.
It is made with the first text that is sealed, and never while there are texts that it could not open. It can also
be reached by a recovery code, and where there is no keyring by a passphrase.
"""

from __future__ import annotations

import base64
import os
import threading
import uuid
from collections.abc import Callable
from functools import partial

from qntx_desktop.engines import cipher
from qntx_desktop.engines.cipher import BrokenSealError
from qntx_desktop.engines.keychain import Keychain
from qntx_desktop.model.errors import (
    ErrCancelled,
    ErrKeyMissing,
    ErrKeyringUnavailable,
    ErrSealBroken,
    ErrWrongRecoveryCode,
    QntxError,
)
from qntx_desktop.model.secret import KeySource, code_bytes, read_code, spell_code
from qntx_desktop.store import secrets
from qntx_desktop.store.database import Database, Tx
from qntx_desktop.store.secrets import Slot

KEYRING, PASSPHRASE, RECOVERY = "keyring", "passphrase", "recovery"
_PROOF = b"qntx"


class Vault:
    """Seals and opens texts.

    Args:
        keychain: Where the master key lies.
        passphrase: Asked for QNTX_PASSPHRASE; None or empty: not set.
    """

    def __init__(self, db: Database, keychain: Keychain, passphrase: Callable[[], str | None]) -> None:
        self._db = db
        self._keychain = keychain
        self._passphrase = passphrase
        self._typed: str | None = None
        self.passing: dict[str, str] = {}
        """Values by name that live as long as this process and are written nowhere."""
        self._lock = threading.RLock()
        self._master: bytes | None = None
        self._keys: dict[int, bytes] = {}

    def source(self) -> KeySource:
        """Where the master key comes from; asks no keyring."""
        with self._db.read() as connection:
            slots = secrets.slots(connection)
        if KEYRING in slots:
            return KeySource.KEYRING
        return KeySource.PASSPHRASE if PASSPHRASE in slots else KeySource.NONE

    def has_recovery_code(self) -> bool:
        """Whether a recovery code was ever shown."""
        with self._db.read() as connection:
            return RECOVERY in secrets.slots(connection)

    def seal(self, text: str, place: str) -> str:
        """Encrypt a text for its place, such as `source.type_settings.3`; the first call ever makes the keys.

        Raises:
            ErrKeyringUnavailable, ErrKeyringLocked: There is no way to keep or get the key.
            ErrKeyMissing: There are sealed texts that the key at hand does not open.
        """
        version, key = self._newest()
        return f"{version}:{_text(cipher.seal(key, text.encode(), _bound(place, version)))}"

    def open(self, sealed: str, place: str) -> str:
        """What was sealed for this place.

        Raises:
            ErrSealBroken: It is damaged, or belongs elsewhere.
            ErrKeyringUnavailable, ErrKeyringLocked, ErrKeyMissing: As `seal`.
        """
        number, colon, body = sealed.partition(":")
        if not colon or not number.isdigit():
            raise ErrSealBroken(place)
        version = int(number)
        try:
            return cipher.unseal(self._key(version), _bytes(body), _bound(place, version)).decode()
        except (BrokenSealError, ValueError):
            raise ErrSealBroken(place) from None

    def ready(self) -> None:
        """Have the key at hand, made if there is none yet; afterwards `seal` writes nothing.

        Raises:
            ErrKeyringUnavailable, ErrKeyringLocked, ErrKeyMissing: As `seal`.
        """
        self._newest()

    def trouble(self) -> QntxError | None:
        """Why texts cannot be opened or, when there are none yet, could not be sealed; None when they can."""
        try:
            with self._lock:
                self._opened_keys()
                begun = bool(self._keys)
        except QntxError as error:
            return error
        if begun or self._typed or self._passphrase() or self._keychain.there():
            return None
        return ErrKeyringUnavailable("there is none that keeps secrets safe")

    def unlock(self, passphrase: str) -> KeySource:
        """Use a passphrase in place of the keyring until this process ends; it is kept nowhere.

        Where there is no key yet, the first secret makes one under it.

        Raises:
            ErrKeyMissing: It opens nothing here. Nothing is changed.
        """
        with self._lock:
            before, self._typed = self._typed, passphrase
            self.lock()
            try:
                if not passphrase or not self._takes_passphrase():
                    raise ErrKeyMissing("a passphrase does not open them, their key is in a keyring")
                self._opened_keys()
            except QntxError:
                self._typed = before
                self.lock()
                raise
            return KeySource.PASSPHRASE

    def _takes_passphrase(self) -> bool:
        """Whether the key is sealed with a passphrase, or is not made yet."""
        with self._db.read() as connection:
            slots = secrets.slots(connection)
        return PASSPHRASE in slots or KEYRING not in slots

    def lock(self) -> None:
        """Forget the keys; the next call asks the keyring again."""
        with self._lock:
            self._master, self._keys = None, {}

    def recovery_code(self) -> str:
        """Make a new recovery code; the one before is worth nothing from now on. It is not kept.

        Raises:
            ErrKeyringUnavailable, ErrKeyringLocked, ErrKeyMissing: As `seal`.
        """
        with self._lock:
            self._newest()
            master = self._opened()
            code, salt = os.urandom(code_bytes()), os.urandom(cipher.SALT_BYTES)
            wrapped = cipher.seal(cipher.stretched_code(code, salt), master, RECOVERY)
            slot = Slot(kind=RECOVERY, name="", salt=_text(salt), wrapped=_text(wrapped))
            self._db.write(lambda tx: secrets.put_slot(tx, slot))
            return spell_code(code)

    def recover(self, code: str, passphrase: str | None = None) -> KeySource:
        """Bring the master key back with a recovery code, into the keyring of this machine or under a passphrase.

        Args:
            passphrase: To keep the key under, where there is no keyring; None: the one of the surroundings, if any.

        Raises:
            ErrWrongRecoveryCode: It is mistyped, or not the newest of this home. Nothing is changed.
            ErrKeyringUnavailable, ErrKeyringLocked: The key cannot be kept here. Nothing is changed.
        """
        given = read_code(code)
        with self._lock:
            with self._db.read() as connection:
                slot = secrets.slots(connection).get(RECOVERY)
            if slot is None:
                raise ErrWrongRecoveryCode("this home has never shown one")
            try:
                key = cipher.stretched_code(given, _bytes(slot.salt))
                master = cipher.unseal(key, _bytes(slot.wrapped), RECOVERY)
            except BrokenSealError:
                raise ErrWrongRecoveryCode("it is not the newest one of this home") from None
            self._keys_of(master)
            made = self._kept(master, passphrase)
            self._db.write(lambda tx: secrets.put_slot(tx, made))
            self._typed = passphrase or self._typed
            self._master, self._keys = master, self._keys_of(master)
            return KeySource(made.kind)

    def rotate(self, cancelled: Callable[[], bool], progress: Callable[[int, int], None]) -> dict[str, int]:
        """Seal every text with a new key. Killed at any point, the next call goes on where it stopped.

        Returns:
            `version`, how many texts were `resealed` and how many could not be (`unreadable`): these keep their old
            key, and with it the chance to be read.

        Raises:
            ErrCancelled: Some were done; all stay readable.
            ErrKeyringUnavailable, ErrKeyringLocked, ErrKeyMissing: As `seal`.
        """
        version = self._version_for_rotation()
        with self._db.read() as connection:
            left = list(secrets.cells(connection, below=version))
        resealed = unreadable = 0
        for index, cell in enumerate(left):
            if cancelled():
                raise ErrCancelled("cancelled", "The rotation was cancelled; every secret can be read.")
            try:
                sealed = self.seal(self.open(cell.sealed, cell.place), cell.place)
            except ErrSealBroken:
                unreadable += 1
                continue
            resealed += self._db.write(partial(secrets.reseal, cell=cell, sealed=sealed))
            progress(index + 1, len(left))
        self._db.write(lambda tx: secrets.drop_versions(tx, version))
        self.lock()
        return {"version": version, "resealed": resealed, "unreadable": unreadable}

    def _version_for_rotation(self) -> int:
        """The version to seal with: a new one, unless a rotation was interrupted."""
        with self._lock:
            version, _ = self._newest()
            if len(self._keys) > 1 and self._was_interrupted(version):
                return version
            master = self._opened()
            added = self._db.write(lambda tx: _add_version(tx, master))
            self._keys = self._keys_of(master)
            return added

    def _was_interrupted(self, version: int) -> bool:
        """Whether older keys are there that are not only kept for texts nobody can read."""
        with self._db.read() as connection:
            left = list(secrets.cells(connection, below=version))
        return not left or any(self._opens(cell) for cell in left)

    def _opens(self, cell: secrets.SealedCell) -> bool:
        try:
            self.open(cell.sealed, cell.place)
        except ErrSealBroken:
            return False
        return True

    def _newest(self) -> tuple[int, bytes]:
        with self._lock:
            self._opened_keys()
            if not self._keys:
                self._begin()
            version = max(self._keys)
            return version, self._keys[version]

    def _key(self, version: int) -> bytes:
        with self._lock:
            if version not in self._keys:
                self.lock()
                self._opened_keys()
            key = self._keys.get(version)
            if key is None:
                raise ErrKeyMissing(f"version {version} of the key is not there")
            return key

    def _opened_keys(self) -> None:
        """Have the keys in memory, if there are any; another process may have added one."""
        with self._db.read() as connection:
            there = secrets.versions(connection)
        if set(there) != set(self._keys):
            self._keys = self._keys_of(self._opened()) if there else {}

    def _keys_of(self, master: bytes) -> dict[int, bytes]:
        with self._db.read() as connection:
            wrapped = secrets.versions(connection)
        try:
            return {
                version: cipher.unseal(master, _bytes(text), _version_place(version))
                for version, text in wrapped.items()
            }
        except BrokenSealError:
            raise ErrKeyMissing("the key that was found is not the one they were sealed with") from None

    def _opened(self) -> bytes:
        """The master key: from memory, the keyring or the passphrase."""
        if self._master is not None:
            return self._master
        with self._db.read() as connection:
            slots = secrets.slots(connection)
        self._master = self._from_slots(slots)
        return self._master

    def _from_slots(self, slots: dict[str, Slot]) -> bytes:
        passphrase = self._typed or self._passphrase()
        if PASSPHRASE in slots and passphrase:
            slot = slots[PASSPHRASE]
            try:
                key = cipher.stretched(passphrase, _bytes(slot.salt))
                return cipher.unseal(key, _bytes(slot.wrapped), PASSPHRASE)
            except BrokenSealError:
                raise ErrKeyMissing("the passphrase is not the one they were sealed with") from None
        if KEYRING in slots:
            found = self._keychain.get(slots[KEYRING].name)
            if found is None:
                raise ErrKeyMissing("their key is not in the keyring")
            return _bytes(found)
        if PASSPHRASE in slots:
            raise ErrKeyMissing("they need their passphrase: type it in the Secrets panel, or set QNTX_PASSPHRASE")
        raise ErrKeyMissing("the way to their key is not known")

    def _begin(self) -> None:
        """Make the master key and the first version; never while there is something that they could not open."""
        with self._db.read() as connection:
            if secrets.count_sealed(connection):
                raise ErrKeyMissing("their key is gone from the store")
            slots = secrets.slots(connection)
        master = self._from_slots(slots) if slots else cipher.new_key()
        slot = self._kept(master) if not slots else None

        def work(tx: Tx) -> None:
            if secrets.versions(tx.connection):
                return  # another process was first; its key counts
            if slot is not None:
                secrets.put_slot(tx, slot)
            _add_version(tx, master)

        self._db.write(work)
        self._master = None
        self._keys = self._keys_of(self._opened())

    def _kept(self, master: bytes, passphrase: str | None = None) -> Slot:
        """Keep a master key where it is found again: under the passphrase if one is set, else in the keyring."""
        passphrase = passphrase or self._typed or self._passphrase()
        if passphrase:
            salt = os.urandom(cipher.SALT_BYTES)
            wrapped = cipher.seal(cipher.stretched(passphrase, salt), master, PASSPHRASE)
            return Slot(kind=PASSPHRASE, name="", salt=_text(salt), wrapped=_text(wrapped))
        name = f"master-key-{uuid.uuid4().hex}"
        self._keychain.put(name, _text(master))
        return Slot(kind=KEYRING, name=name, salt="", wrapped=_text(cipher.seal(master, _PROOF, KEYRING)))


def _add_version(tx: Tx, master: bytes) -> int:
    version = secrets.next_version(tx)
    secrets.add_version(tx, version, _text(cipher.seal(master, cipher.new_key(), _version_place(version))))
    return version


def _version_place(version: int) -> str:
    return f"key_version.wrapped.{version}"


def _bound(place: str, version: int) -> str:
    return f"{place}|{version}"


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
