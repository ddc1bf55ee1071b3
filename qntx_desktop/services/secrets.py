"""Named secrets: set, listed without their values, told to runs that may know them. Any thread but the GUI's."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from qntx_desktop.model.errors import ErrSecretNotDeclared, ErrSecretNotFound, QntxError
from qntx_desktop.model.handler import requires_of
from qntx_desktop.model.job import Job, JobRequest, Trigger
from qntx_desktop.model.secret import SECRET_ROTATION, KeySource, SecretFacts, check_secret
from qntx_desktop.services.handlers import Handlers
from qntx_desktop.services.vault import Vault
from qntx_desktop.store import secrets
from qntx_desktop.store.database import Database

Enqueue = Callable[[JobRequest], Job]


class Secrets:
    """The secrets of a home. Values go in, and out to runs only."""

    def __init__(self, db: Database, vault: Vault, handlers: Handlers) -> None:
        self._db = db
        self._vault = vault
        self._handlers = handlers

    def set(self, name: str, value: str, *, session_only: bool = False) -> SecretFacts:
        """Keep a secret, in the place of the one of this name.

        Args:
            session_only: Keep it in memory until this process ends. It needs no key, and goes before a stored one.

        Raises:
            ErrInvalidSecret: The name or the value; nothing was changed.
            ErrKeyringUnavailable, ErrKeyringLocked, ErrKeyMissing: It cannot be sealed; nothing was changed.
        """
        check_secret(name, value)
        if session_only:
            self._vault.passing[name] = value
            return self._facts_of(name)
        self._vault.ready()
        row_id = self._db.write(lambda tx: secrets.claim_id(tx, name))
        sealed = self._vault.seal(value, secrets.place_of("secret", "sealed", row_id))
        self._db.write(lambda tx: secrets.put(tx, row_id, sealed))
        self._vault.passing.pop(name, None)
        return self._facts_of(name)

    def list(self) -> tuple[SecretFacts, ...]:
        """Every secret that is set or asked for by a handler, by name. Asks no keyring."""
        asked = self._asked()
        with self._db.read() as connection:
            stored = {each.name: each for each in secrets.every(connection)}
        found = []
        passing = set(self._vault.passing)
        for name in sorted({*stored, *asked, *passing}):
            row = stored.get(name)
            found.append(
                SecretFacts(
                    name=name,
                    is_set=name in passing or (row is not None and bool(row.sealed)),
                    session_only=name in passing,
                    created_at_us=row.created_at_us if row else None,
                    updated_at_us=row.updated_at_us if row else None,
                    last_used_at_us=row.last_used_at_us if row else None,
                    last_execution_id=row.last_execution_id if row else None,
                    used_by=tuple(sorted(asked.get(name, ()))),
                )
            )
        return tuple(found)

    def remove(self, name: str) -> SecretFacts:
        """Forget a secret. Needs no key.

        Returns:
            What it was.

        Raises:
            ErrSecretNotFound: There is none of this name.
        """
        was = self._facts_of(name)
        passed = self._vault.passing.pop(name, None) is not None
        if not self._db.write(lambda tx: secrets.remove(tx, name)) and not passed:
            raise ErrSecretNotFound(name)
        return was

    def tell(self, name: str, declared: Sequence[str], execution_id: int | None = None) -> str:
        """The value of a secret, for a run that declared it and is allowed to.

        Raises:
            ErrSecretNotDeclared: The run did not declare it.
            ErrSecretNotFound: It is not set.
            ErrSealBroken: Its row is damaged.
            ErrKeyringUnavailable, ErrKeyringLocked, ErrKeyMissing: It cannot be opened now.
        """
        if name not in declared:
            raise ErrSecretNotDeclared(name)
        passing = self._vault.passing.get(name)
        if passing is not None:
            return passing
        with self._db.read() as connection:
            stored = secrets.get(connection, name)
        if stored is None or not stored.sealed:
            raise ErrSecretNotFound(name)
        value = self._vault.open(stored.sealed, secrets.place_of("secret", "sealed", stored.id))
        if execution_id is not None:
            self._db.write(lambda tx: secrets.note_use(tx, name, execution_id))
        return value

    def rotate(self, enqueue: Enqueue, *, trigger: str = Trigger.MANUAL) -> Job:
        """Ask for a new key and everything sealed with it, as a job; one that waits already is joined."""
        request = JobRequest(
            type=SECRET_ROTATION,
            payload={},
            reference_type="app",
            reference_id=SECRET_ROTATION,
            trigger=trigger,
        )
        return enqueue(request)

    def recovery_code(self) -> str:
        """A new recovery code, which is shown now and never again.

        Raises:
            ErrKeyringUnavailable, ErrKeyringLocked, ErrKeyMissing: The key cannot be got.
        """
        return self._vault.recovery_code()

    def unlock(self, passphrase: str) -> KeySource:
        """Use a passphrase in place of a keyring until this process ends; see `Vault.unlock`.

        Raises:
            ErrKeyMissing: It opens nothing here.
        """
        return self._vault.unlock(passphrase)

    def recover(self, code: str, passphrase: str | None = None) -> KeySource:
        """Bring the key back on this machine, into its keyring or under a passphrase.

        Raises:
            ErrWrongRecoveryCode: Nothing was changed.
            ErrKeyringUnavailable, ErrKeyringLocked: The key cannot be kept here; nothing was changed.
        """
        return self._vault.recover(code, passphrase)

    def state(self, *, ask: bool) -> tuple[KeySource, bool, QntxError | None]:
        """Where the key comes from, whether there is a recovery code, and what is wrong.

        Args:
            ask: Whether the keyring is asked, which may make it ask the person.
        """
        trouble = self._vault.trouble() if ask else None
        return self._vault.source(), self._vault.has_recovery_code(), trouble

    def _facts_of(self, name: str) -> SecretFacts:
        for facts in self.list():
            if facts.name == name and (facts.created_at_us is not None or facts.session_only):
                return facts
        raise ErrSecretNotFound(name)

    def _asked(self) -> Mapping[str, Collection[str]]:
        """Which types' newest versions declare which secrets."""
        asked: dict[str, list[str]] = {}
        for each in self._handlers.entries():
            for name in requires_of(each.newest.requires).permissions.secrets:
                asked.setdefault(name, []).append(each.newest.script_type)
        return asked
