"""Secrets: sealed at rest, told to runs that declared them, never shown, never stranded."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qntx_desktop.app.container import Services
from qntx_desktop.engines import cipher
from qntx_desktop.model.errors import (
    ErrInvalidSecret,
    ErrKeyMissing,
    ErrKeyringLocked,
    ErrKeyringUnavailable,
    ErrSealBroken,
    ErrSecretNotDeclared,
    ErrSecretNotFound,
    ErrWrongRecoveryCode,
)
from qntx_desktop.model.secret import KeySource, read_code, spell_code
from qntx_desktop.services.secrets import Secrets
from qntx_desktop.services.vault import Vault

CANARY = "canary-7f3a91-value"
DECLARES = '# /// script\n# [tool.qntx]\n# secrets = ["api-token"]\n# ///\nimport qntx\n'


class Keychain:
    """A keyring in memory that can be locked, taken away, emptied, or asked too often."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.trouble: Exception | None = None
        self.asked = 0

    def there(self) -> bool:
        return True

    def get(self, name: str) -> str | None:
        self.asked += 1
        if self.trouble is not None:
            raise self.trouble
        return self.kept.get(name)

    def put(self, name: str, value: str) -> None:
        self.asked += 1
        if self.trouble is not None:
            raise self.trouble
        self.kept[name] = value


class Stage:
    def __init__(self, services: Services, keychain: Keychain, passphrase: str | None = None) -> None:
        self.services = services
        self.keychain = keychain
        self.passphrase = passphrase
        self.begin()

    def begin(self) -> None:
        """As another start of the app: nothing is remembered."""
        services = self.services
        self.vault = Vault(services.db, self.keychain, lambda: self.passphrase)
        self.secrets = Secrets(services.db, self.vault, services.handlers)
        vars(services)["secrets"] = self.secrets
        vars(services)["bench"] = replace(services.bench, vault=self.vault, secrets=self.secrets)

    def value(self, name: str = "api-token") -> str:
        return self.secrets.tell(name, (name,))

    def run(self, code: str) -> Any:
        job = self.services.runs.script(code, [])
        job = self.services.runner.run_until(job.id)
        execution = self.services.queue.execution_of(job.id)
        assert execution is not None
        return job, execution


@pytest.fixture
def stage(open_services: Callable[..., Services]) -> Stage:
    return Stage(open_services(), Keychain())


def everything_on_disk(services: Services) -> bytes:
    return b"".join(path.read_bytes() for path in services.home.root.rglob("*") if path.is_file())


def test_a_home_without_secrets_asks_no_keyring(stage: Stage) -> None:
    assert stage.secrets.list() == ()
    assert stage.secrets.state(ask=True) == (KeySource.NONE, False, None)
    assert stage.keychain.asked == 0


def test_set_list_tell_remove(stage: Stage) -> None:
    stage.secrets.set("api-token", CANARY)
    (facts,) = stage.secrets.list()
    assert (facts.name, facts.is_set, facts.used_by) == ("api-token", True, ())
    assert CANARY not in repr(facts)
    assert stage.value() == CANARY
    stage.begin()
    assert stage.value() == CANARY
    stage.secrets.set("api-token", "another value")
    assert stage.value() == "another value"
    stage.secrets.remove("api-token")
    with pytest.raises(ErrSecretNotFound):
        stage.value()
    with pytest.raises(ErrSecretNotFound):
        stage.secrets.remove("api-token")


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("", "x", "name"),
        ("a b", "x", "name"),
        ("a" * 65, "x", "name"),
        ("ok", "", "value"),
        ("ok", "a\0b", "value"),
        ("ok", "\ud800", "value"),
        ("ok", "x" * 65_537, "value"),
    ],
)
def test_what_no_secret_can_be_is_refused_without_saying_the_value(
    stage: Stage, name: str, value: str, field: str
) -> None:
    with pytest.raises(ErrInvalidSecret) as caught:
        stage.secrets.set(name, value)
    assert caught.value.details["field"] == field
    assert stage.secrets.list() == ()
    assert stage.keychain.asked == 0


def test_a_run_is_told_what_it_declares_and_says_stars(stage: Stage) -> None:
    stage.secrets.set("api-token", CANARY)
    code = DECLARES + (
        "value = qntx.secret('api-token')\nassert len(value) == 19\nprint('it is', value)\n"
        "qntx.log('info', value)\nraise RuntimeError(value)\n"
    )
    job, execution = stage.run(code)
    assert execution.stdout == "it is ***\n"
    assert CANARY not in str(job.to_json())
    assert CANARY not in execution.stderr
    assert "***" in execution.stderr
    (facts,) = stage.secrets.list()
    assert facts.last_execution_id == execution.id
    assert CANARY.encode() not in everything_on_disk(stage.services)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("import qntx\nqntx.secret('api-token')", "PermissionError"),
        (DECLARES + "qntx.secret('other')", "PermissionError"),
        (DECLARES + "qntx.secret('api-token')", "ValueError"),
        (DECLARES + "qntx.secret(7)", "ValueError"),
    ],
)
def test_a_run_is_told_nothing_else(stage: Stage, code: str, error: str) -> None:
    job, _ = stage.run(code)
    assert job.error["details"]["exception"] == error
    if error == "PermissionError":
        assert "secrets = [" in job.error["message"] + str(job.error["details"])


def test_a_locked_keyring_is_an_os_error_in_the_run(stage: Stage) -> None:
    stage.secrets.set("api-token", CANARY)
    stage.begin()
    stage.keychain.trouble = ErrKeyringLocked("nobody answered")
    job, _ = stage.run(DECLARES + "qntx.secret('api-token')")
    assert job.error["details"]["exception"] == "OSError"
    assert "locked" in job.error["message"]


def test_only_what_is_declared_is_told(stage: Stage) -> None:
    stage.secrets.set("api-token", CANARY)
    with pytest.raises(ErrSecretNotDeclared):
        stage.secrets.tell("api-token", ("other",))


@pytest.mark.parametrize("trouble", [ErrKeyringUnavailable("there is none"), ErrKeyringLocked("no answer")])
def test_without_a_keyring_nothing_is_kept_and_nothing_lost(stage: Stage, trouble: Exception) -> None:
    stage.keychain.trouble = trouble
    with pytest.raises(type(trouble)):
        stage.secrets.set("api-token", CANARY)
    assert [each.is_set for each in stage.secrets.list()] == []
    stage.keychain.trouble = None
    stage.secrets.set("api-token", CANARY)
    stage.begin()
    stage.keychain.trouble = trouble
    with pytest.raises(type(trouble)):
        stage.value()
    with pytest.raises(type(trouble)):
        stage.secrets.set("second", "x")
    assert [each.name for each in stage.secrets.list() if each.is_set] == ["api-token"]
    stage.keychain.trouble = None
    assert stage.value() == CANARY


def test_a_lost_key_is_never_replaced(stage: Stage) -> None:
    stage.secrets.set("api-token", CANARY)
    stage.begin()
    kept, stage.keychain.kept = stage.keychain.kept, {}
    for act in (stage.value, lambda: stage.secrets.set("second", "x"), stage.secrets.recovery_code):
        with pytest.raises(ErrKeyMissing):
            act()
    assert stage.keychain.kept == {}
    stage.keychain.kept = dict.fromkeys(kept, "A" * 43 + "=")
    with pytest.raises(ErrKeyMissing):
        stage.value()
    stage.keychain.kept = kept
    assert stage.value() == CANARY


def test_a_recovery_code_brings_the_key_back_elsewhere(stage: Stage) -> None:
    stage.secrets.set("api-token", CANARY)
    code = stage.secrets.recovery_code()
    stage.keychain = Keychain()
    stage.begin()
    with pytest.raises(ErrKeyMissing):
        stage.value()
    assert stage.secrets.recover(f"  {code.lower()} ") is KeySource.KEYRING
    assert stage.value() == CANARY
    stage.begin()
    assert stage.value() == CANARY


def test_a_wrong_code_changes_nothing(stage: Stage) -> None:
    stage.secrets.set("api-token", CANARY)
    old = stage.secrets.recovery_code()
    new = stage.secrets.recovery_code()
    stage.keychain = Keychain()
    stage.begin()
    typo = ("1" if new[0] != "1" else "2") + new[1:]
    for code in (old, typo, "", "hello", spell_code(bytes(20))):
        with pytest.raises(ErrWrongRecoveryCode):
            stage.secrets.recover(code)
    assert stage.keychain.kept == {}
    stage.secrets.recover(new)
    assert stage.value() == CANARY


def test_a_code_before_any_was_shown(stage: Stage) -> None:
    with pytest.raises(ErrWrongRecoveryCode):
        stage.secrets.recover(spell_code(bytes(20)))


def test_a_passphrase_where_there_is_no_keyring(stage: Stage) -> None:
    stage.keychain.trouble = ErrKeyringUnavailable("there is none")
    stage.passphrase = "correct horse"
    stage.secrets.set("api-token", CANARY)
    stage.begin()
    assert stage.value() == CANARY
    stage.begin()
    stage.passphrase = "wrong"
    with pytest.raises(ErrKeyMissing):
        stage.value()
    stage.passphrase = None
    with pytest.raises(ErrKeyMissing):
        stage.value()
    stage.passphrase = "correct horse"
    assert stage.value() == CANARY
    assert stage.secrets.state(ask=True)[0] is KeySource.PASSPHRASE


def test_a_text_opens_nowhere_else(stage: Stage) -> None:
    stage.vault.ready()
    sealed = stage.vault.seal(CANARY, "secret.sealed.1")
    assert stage.vault.open(sealed, "secret.sealed.1") == CANARY
    for place in ("secret.sealed.2", "code_source.type_secret.1", "secret.other.1"):
        with pytest.raises(ErrSealBroken):
            stage.vault.open(sealed, place)
    version, _, body = sealed.partition(":")
    bodies = ("", body[:-8], body[8:], "!!")
    for broken in ("", "x", body, *(f"{version}:{each}" for each in bodies)):
        with pytest.raises(ErrSealBroken):
            stage.vault.open(broken, "secret.sealed.1")


def test_a_row_moved_in_the_store_is_noticed(stage: Stage) -> None:
    stage.secrets.set("api-token", CANARY)
    stage.secrets.set("other", "x")
    with sqlite3.connect(stage.services.home.db) as connection:
        connection.execute(
            "UPDATE secret SET sealed = (SELECT sealed FROM secret WHERE name = 'api-token') WHERE name = 'other'"
        )
    connection.close()
    with pytest.raises(ErrSealBroken):
        stage.value("other")
    assert stage.value() == CANARY


def test_rotation_seals_everything_anew_and_forgets_the_old_key(stage: Stage) -> None:
    for number in range(5):
        stage.secrets.set(f"s{number}", f"value {number}")
    before = everything_sealed(stage)
    job = stage.services.runner.run_until(stage.secrets.rotate(stage.services.queue.enqueue).id)
    assert job.result == {"version": 2, "resealed": 5, "unreadable": 0}
    after = everything_sealed(stage)
    assert all(text.startswith("2:") for text in after)
    assert not set(before) & set(after)
    assert versions(stage) == [2]
    assert [stage.value(f"s{number}") for number in range(5)] == [f"value {number}" for number in range(5)]
    stage.begin()
    assert stage.value("s3") == "value 3"


def test_one_bad_row_does_not_block_the_rest_and_keeps_its_key(stage: Stage) -> None:
    for number in range(3):
        stage.secrets.set(f"s{number}", f"value {number}")
    with sqlite3.connect(stage.services.home.db) as connection:
        connection.execute("UPDATE secret SET sealed = '1:AAAA' WHERE name = 's1'")
    connection.close()
    job = stage.services.runner.run_until(stage.secrets.rotate(stage.services.queue.enqueue).id)
    assert job.result == {"version": 2, "resealed": 2, "unreadable": 1}
    assert versions(stage) == [1, 2]
    assert stage.value("s2") == "value 2"


@pytest.mark.parametrize("after", range(4))
def test_a_rotation_cut_short_goes_on(stage: Stage, after: int) -> None:
    for number in range(3):
        stage.secrets.set(f"s{number}", f"value {number}")
    done = 0

    class Killed(BaseException):
        pass

    def progress(_done: int, _total: int) -> None:
        nonlocal done
        done += 1
        if done > after:
            raise Killed

    def cancelled() -> bool:
        if after == 0:
            raise Killed
        return False

    if after < 3:
        with pytest.raises(Killed):
            stage.vault.rotate(cancelled, progress)
    else:
        stage.vault.rotate(lambda: False, progress)
    stage.begin()
    assert [stage.value(f"s{number}") for number in range(3)] == [f"value {number}" for number in range(3)]
    if after < 3:
        result = stage.vault.rotate(lambda: False, lambda _done, _total: None)
        assert result["version"] == 2
    assert versions(stage) == [2]
    assert [stage.value(f"s{number}") for number in range(3)] == [f"value {number}" for number in range(3)]


def test_a_rotation_after_one_with_a_bad_row_makes_a_new_key(stage: Stage) -> None:
    test_one_bad_row_does_not_block_the_rest_and_keeps_its_key(stage)
    assert stage.vault.rotate(lambda: False, lambda _done, _total: None)["version"] == 3
    assert versions(stage) == [1, 3]


def everything_sealed(stage: Stage) -> list[str]:
    with stage.services.db.read() as connection:
        return [row[0] for row in connection.execute("SELECT sealed FROM secret ORDER BY id")]


def versions(stage: Stage) -> list[int]:
    with stage.services.db.read() as connection:
        return [row[0] for row in connection.execute("SELECT version FROM key_version ORDER BY version")]


@given(code=st.binary(min_size=20, max_size=20))
def test_a_code_reads_as_it_was_spelled(code: bytes) -> None:
    spelled = spell_code(code)
    assert read_code(spelled) == code
    assert read_code(spelled.replace("0", "o").replace("1", "l").replace("-", " ")) == code


@given(code=st.binary(min_size=20, max_size=20), place=st.integers(0, 46), letter=st.sampled_from("0123456789ABC"))
def test_a_mistyped_letter_is_noticed(code: bytes, place: int, letter: str) -> None:
    spelled = spell_code(code)
    if spelled[place] in ("-", letter):
        return
    with pytest.raises(ErrWrongRecoveryCode):
        read_code(spelled[:place] + letter + spelled[place + 1 :])


@given(plain=st.binary(max_size=200), place=st.text(max_size=30), flip=st.integers(0, 10_000))
def test_a_seal_holds(plain: bytes, place: str, flip: int) -> None:
    key = cipher.new_key()
    place = place.encode(errors="replace").decode()
    sealed = cipher.seal(key, plain, place)
    assert cipher.unseal(key, sealed, place) == plain
    bit = flip % (len(sealed) * 8)
    broken = bytearray(sealed)
    broken[bit // 8] ^= 1 << bit % 8
    with pytest.raises(cipher.BrokenSealError):
        cipher.unseal(key, bytes(broken), place)
    with pytest.raises(cipher.BrokenSealError):
        cipher.unseal(key, sealed, place + "x")


def test_the_home_path_is_nowhere_in_what_is_kept(stage: Stage, tmp_path: Path) -> None:
    stage.secrets.set("api-token", CANARY)
    assert all(str(tmp_path) not in name for name in stage.keychain.kept)
