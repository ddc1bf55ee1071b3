"""Keyrings: which of them count as safe, one that does not answer, and a real gnome-keyring on a bus of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null

from qntx_desktop.engines.keychain import SystemKeychain
from qntx_desktop.engines.keyring_name import keyring_name
from qntx_desktop.model.errors import ErrKeyringLocked, ErrKeyringUnavailable

PROGRAMS = ("dbus-run-session", "gnome-keyring-daemon")
PERSONS_DESKTOP = ("DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL", "PYTHON_KEYRING_BACKEND")
#: Starts a daemon, unlocked by a password or not at all, and asks it through the app's own keychain.
ASKS = """
import subprocess, sys, time
from qntx_desktop.engines.keychain import SystemKeychain
from qntx_desktop.engines.keyring_name import keyring_name
from qntx_desktop.model.errors import QntxError
import secretstorage

unlock = ["--unlock"] if sys.argv[1] == "open" else []
daemon = subprocess.Popen(
    ["gnome-keyring-daemon", "--foreground", "--components=secrets", *unlock],
    stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
)
try:
    daemon.stdin.write(b"a password" if unlock else b"")
    daemon.stdin.close()
    there = False
    while not there:
        bus = secretstorage.dbus_init()
        there = secretstorage.check_service_availability(bus)
        bus.close()
        time.sleep(0.02)
    print("name", keyring_name())
    keychain = SystemKeychain(answer_s=60)
    try:
        keychain.put("master-key-of-a-test", "a value")
        print("kept", SystemKeychain().get("master-key-of-a-test"), SystemKeychain().get("another"))
    except QntxError as error:
        print("refused", error.code)
finally:
    daemon.kill()
    daemon.wait()
"""


class Backend(KeyringBackend):
    """A keyring in memory, made for a test."""

    priority = 1  # type: ignore[assignment]
    name = "of a test"

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.answers = threading.Event()
        self.answers.set()

    def get_password(self, service: str, username: str) -> str | None:
        self.answers.wait()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.answers.wait()
        self.kept[service, username] = password


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Any:
    def take(backend: KeyringBackend) -> None:
        monkeypatch.setattr(keyring, "get_keyring", lambda: backend)

    return take


def plain_file_backend() -> KeyringBackend:
    """As keyrings.alt has it; only its place matters here."""
    return type("PlaintextKeyring", (Backend,), {"__module__": "keyrings.alt.file"})()


@pytest.mark.parametrize("make", [null.Keyring, fail.Keyring, plain_file_backend])
def test_a_plain_file_or_none_is_no_keyring(use: Any, make: Any) -> None:
    use(make())
    assert keyring_name() is None
    with pytest.raises(ErrKeyringUnavailable):
        SystemKeychain().put("name", "value")
    with pytest.raises(ErrKeyringUnavailable):
        SystemKeychain().get("name")


def test_of_a_chain_the_first_safe_one_is_used(use: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    safe = Backend()
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [plain_file_backend(), safe])
    use(chainer.ChainerBackend())
    assert keyring_name() == "of a test"
    SystemKeychain().put("name", "value")
    assert list(safe.kept.values()) == ["value"]


@pytest.fixture
def silent(use: Any) -> Iterator[Backend]:
    backend = Backend()
    backend.answers.clear()
    use(backend)
    yield backend
    backend.answers.set()


def test_a_question_that_nobody_answers_ends(silent: Backend) -> None:
    with pytest.raises(ErrKeyringLocked) as caught:
        SystemKeychain(answer_s=0.05).get("name")
    assert "not answered" in caught.value.message
    silent.answers.set()
    assert SystemKeychain().get("name") is None


def test_one_that_forgets_is_not_trusted(use: Any) -> None:
    use(type("Forgetful", (Backend,), {"get_password": lambda *_: None})())
    with pytest.raises(ErrKeyringUnavailable):
        SystemKeychain().put("name", "value")


@pytest.mark.skipif(not all(map(shutil.which, PROGRAMS)), reason=f"needs {' and '.join(PROGRAMS)}")
@pytest.mark.parametrize(
    ("state", "said"), [("open", "kept a value None"), ("locked", "refused keyring_locked")]
)
def test_a_real_gnome_keyring(tmp_path: Path, state: str, said: str) -> None:
    place = tmp_path / "runtime"
    place.mkdir(mode=0o700)
    environment = {key: value for key, value in os.environ.items() if key not in PERSONS_DESKTOP}
    environment |= {"XDG_RUNTIME_DIR": str(place), "XDG_DATA_HOME": str(tmp_path / "data")}
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", ASKS, state],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.splitlines() == ["name SecretService Keyring", said], done.stderr
