"""Secrets without a keyring: for one session, or under a typed passphrase; and a rotation that is killed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.app.paths import Home
from qntx_desktop.model.errors import ErrKeyMissing, ErrKeyringUnavailable, ErrSecretNotFound
from qntx_desktop.model.secret import KeySource
from qntx_desktop.services.secrets import Secrets
from qntx_desktop.services.vault import Vault

CANARY = "canary-2b8d07-value"
PASSPHRASE = "correct horse"
#: Runs the job of a rotation and stops for good once two texts are sealed anew.
ROTATES = """
import sys, threading
from pathlib import Path
from qntx_desktop.app.container import build
from qntx_desktop.app.paths import Home
from qntx_desktop.store import secrets

services = build(Home(root=Path(sys.argv[1])))
reseal, done = secrets.reseal, []

def slowly(tx, cell, sealed):
    if len(done) == 2:
        print("two", flush=True)
        threading.Event().wait()
    done.append(cell)
    return reseal(tx, cell=cell, sealed=sealed)

secrets.reseal = slowly
services.runner.run_until(services.secrets.rotate(services.queue.enqueue).id)
"""


class NoKeychain:
    """A machine without a keyring."""

    def there(self) -> bool:
        return False

    def get(self, name: str) -> str | None:
        raise ErrKeyringUnavailable("there is none")

    def put(self, name: str, value: str) -> None:
        raise ErrKeyringUnavailable("there is none")


class Shelf:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def there(self) -> bool:
        return True

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def put(self, name: str, value: str) -> None:
        self.kept[name] = value


def start(services: Services, keychain: NoKeychain | Shelf) -> Secrets:
    """As another start of the app on a machine with this keyring."""
    return Secrets(services.db, Vault(services.db, keychain, lambda: None), services.handlers)


def told(secrets: Secrets, name: str = "api-token") -> str:
    return secrets.tell(name, (name,))


def test_a_secret_of_one_session_needs_no_key_and_is_written_nowhere(services: Services) -> None:
    secrets = start(services, NoKeychain())
    facts = secrets.set("api-token", CANARY, session_only=True)
    assert (facts.is_set, facts.session_only) == (True, True)
    assert told(secrets) == CANARY
    assert secrets.list() == (facts,)
    source, recoverable, trouble = secrets.state(ask=True)
    assert (source, recoverable) == (KeySource.NONE, False)
    assert isinstance(trouble, ErrKeyringUnavailable)  # said before a value is typed for nothing
    assert secrets.state(ask=False)[2] is None
    disk = b"".join(path.read_bytes() for path in services.home.root.rglob("*") if path.is_file())
    assert CANARY.encode() not in disk
    assert start(services, NoKeychain()).list() == ()
    secrets.remove("api-token")
    with pytest.raises(ErrSecretNotFound):
        told(secrets)


def test_a_secret_of_one_session_goes_before_a_stored_one_and_gives_way_to_it(services: Services) -> None:
    secrets = start(services, Shelf())
    secrets.set("api-token", "stored")
    secrets.set("api-token", "passing", session_only=True)
    assert told(secrets) == "passing"
    secrets.set("api-token", "stored again")
    assert told(secrets) == "stored again"
    assert [each.session_only for each in secrets.list()] == [False]


def test_a_typed_passphrase_makes_the_key_and_opens_it_again(services: Services) -> None:
    secrets = start(services, NoKeychain())
    with pytest.raises(ErrKeyringUnavailable):
        secrets.set("api-token", CANARY)
    assert secrets.unlock(PASSPHRASE) is KeySource.PASSPHRASE
    secrets.set("api-token", CANARY)
    again = start(services, NoKeychain())
    with pytest.raises(ErrKeyMissing):
        told(again)
    for wrong in ("wrong", ""):
        with pytest.raises(ErrKeyMissing):
            again.unlock(wrong)
        with pytest.raises(ErrKeyMissing):
            told(again)
    again.unlock(PASSPHRASE)
    assert told(again) == CANARY
    with pytest.raises(ErrKeyMissing):
        again.unlock("wrong")
    assert told(again) == CANARY


def test_a_passphrase_does_not_take_the_place_of_a_lost_key_but_a_recovery_code_does(services: Services) -> None:
    secrets = start(services, Shelf())
    secrets.set("api-token", CANARY)
    code = secrets.recovery_code()
    elsewhere = start(services, NoKeychain())
    with pytest.raises(ErrKeyMissing):
        elsewhere.unlock(PASSPHRASE)
    with pytest.raises(ErrKeyringUnavailable):
        elsewhere.recover(code)
    assert elsewhere.recover(code, PASSPHRASE) is KeySource.PASSPHRASE
    assert told(elsewhere) == CANARY
    later = start(services, NoKeychain())
    later.unlock(PASSPHRASE)
    assert told(later) == CANARY


def test_a_killed_rotation_goes_on_with_the_same_key(
    home: Home, open_services: Callable[..., Services], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QNTX_PASSPHRASE", PASSPHRASE)
    services = open_services()
    names = [f"s{number}" for number in range(4)]
    for name in names:
        services.secrets.set(name, f"value of {name}")
    services.close()
    with subprocess.Popen(
        [sys.executable, "-c", ROTATES, str(home.root)], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "two\n"
        finally:
            process.kill()
    services = open_services()
    assert versions(services) == {1: 2, 2: 2}
    assert [told(services.secrets, name) for name in names] == [f"value of {name}" for name in names]
    (job,) = services.queue.list()
    job = services.runner.run_until(job.id)
    assert job.result == {"version": 2, "resealed": 2, "unreadable": 0}
    assert versions(services) == {2: 4}
    assert [told(services.secrets, name) for name in names] == [f"value of {name}" for name in names]


def versions(services: Services) -> dict[int, int]:
    """How many texts each version of the key seals."""
    with services.db.read() as connection:
        known = [row[0] for row in connection.execute("SELECT version FROM key_version")]
        sealed = [row[0] for row in connection.execute("SELECT sealed FROM secret")]
    return {each: sum(text.startswith(f"{each}:") for text in sealed) for each in known}
