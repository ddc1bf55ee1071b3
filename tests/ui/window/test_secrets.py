"""The window of secrets: set, replace, remove, a new key, a recovery code; and a keyring that does not answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from qntx_desktop.engines import keychain
from qntx_desktop.model.errors import ErrKeyringLocked
from qntx_desktop.model.secret import read_code
from qntx_desktop.ui.dialogs.secrets_view import SecretsView
from tests.window_stage import Stage, window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")

VALUE = "canary-51c2-value"


class Ring:
    """A keyring in memory that may be locked."""

    kept: dict[str, str]
    locked = False
    absent = False

    def there(self) -> bool:
        return not self.absent

    def get(self, name: str) -> str | None:
        self._refuse()
        return self.kept.get(name)

    def put(self, name: str, value: str) -> None:
        self._refuse()
        self.kept[name] = value

    def _refuse(self) -> None:
        if self.locked:
            raise ErrKeyringLocked("its question was not answered")


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Ring:
    found = Ring()
    found.kept = {}
    monkeypatch.setattr(keychain, "SystemKeychain", lambda: found)
    monkeypatch.delenv("QNTX_PASSPHRASE", raising=False)
    return found


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path, ring: Ring) -> Iterator[Stage]:
    with window(qtbot, tmp_path / "home") as found:
        yield found


@pytest.fixture
def opened(stage: Stage) -> Callable[[], SecretsView]:
    def find() -> SecretsView:
        stage.work.secrets.open()
        found = stage.top_window("secrets_view")
        assert isinstance(found, SecretsView)
        return found

    return find


def keep(view: SecretsView, name: str, value: str, *, session: bool = False) -> None:
    view.name.setText(name)
    view.value.setText(value)
    view.session.setChecked(session)
    QTest.keyClick(view.value, Qt.Key.Key_Return)


def state(view: SecretsView, name: str) -> str:
    row: Any = view.rows.get(name)
    return "" if row is None else row.state.text()


def texts(view: SecretsView) -> str:
    fields = [field.text() for field in view.findChildren(QLineEdit) if not field.isReadOnly()]
    return "\n".join([*(label.text() for label in view.findChildren(QLabel)), *fields])


def test_set_replace_rotate_and_remove(stage: Stage, ring: Ring, opened: Callable[[], SecretsView]) -> None:
    view = opened()
    stage.until(lambda: "no key yet" in texts(view))
    assert not view.rotate.isEnabled()
    keep(view, "not a name", VALUE)
    stage.until(lambda: view.said().startswith("▲"))
    assert (view.name.text(), view.value.text()) == ("not a name", VALUE)  # nothing that was typed is lost
    keep(view, "api-token", VALUE)
    stage.until(lambda: state(view, "api-token") == "● set")
    assert VALUE not in texts(view)
    stage.until(lambda: view.rotate.isEnabled() and "keyring" in texts(view))
    assert stage.work.services.secrets.tell("api-token", ["api-token"]) == VALUE

    row: Any = view.rows["api-token"]
    assert row.set.text() == "Replace"
    row.set.click()
    assert view.name.text() == "api-token"
    keep(view, "api-token", "another")
    stage.until(lambda: stage.work.services.secrets.tell("api-token", ["api-token"]) == "another")

    view.rotate.click()
    assert view.rotate.text() == "Really a new key"
    view.rotate.click()
    stage.until(lambda: "1 text sealed with a new key." in view.said())
    stage.until(lambda: view.rotate.isEnabled())
    assert view.bar.isHidden()

    view.code.click()
    stage.until(lambda: view.shown_code.isVisible())
    assert read_code(view.shown_code.field.text())
    stage.until(lambda: "There is a recovery code." in texts(view))

    remove = view.rows["api-token"].remove  # type: ignore[attr-defined]
    remove.click()
    assert remove.text() == "Really remove"
    assert stage.work.services.secrets.list()
    remove.click()
    stage.until(lambda: "api-token" not in view.rows)
    assert stage.work.services.secrets.list() == ()


def test_a_keyring_that_does_not_answer(stage: Stage, ring: Ring, opened: Callable[[], SecretsView]) -> None:
    ring.locked = True
    view = opened()
    keep(view, "api-token", VALUE)
    stage.until(lambda: view.said().startswith("▲"))
    assert stage.work.services.secrets.list() == ()
    stage.until(view.ways.isVisible)
    keep(view, "api-token", VALUE, session=True)
    stage.until(lambda: "this session" in state(view, "api-token"))
    assert stage.work.services.bench.secrets.tell("api-token", ["api-token"]) == VALUE
    assert VALUE not in texts(view)

    ring.locked = False
    keep(view, "api-token", "kept")
    stage.until(lambda: state(view, "api-token") == "● set")
    assert stage.work.services.bench.secrets.tell("api-token", ["api-token"]) == "kept"


def test_without_a_keyring_it_says_so_before_anything_is_typed(
    stage: Stage, ring: Ring, opened: Callable[[], SecretsView]
) -> None:
    ring.locked = ring.absent = True
    view = opened()
    stage.until(lambda: view.ways.isVisible() and "keyring" in view.notice.text())
    assert not view.ways.code.isVisible()
    view.ways.passphrase.setText("correct horse")
    view.ways.use.click()
    stage.until(lambda: not view.ways.isVisible())
    keep(view, "api-token", VALUE)
    stage.until(lambda: state(view, "api-token") == "● set")


def test_a_passphrase_in_place_of_a_keyring(
    stage: Stage, ring: Ring, opened: Callable[[], SecretsView], monkeypatch: pytest.MonkeyPatch
) -> None:
    ring.locked = True
    monkeypatch.setenv("QNTX_PASSPHRASE", "correct horse")
    stage.work.services.secrets.set("api-token", VALUE)
    code = stage.work.services.secrets.recovery_code()
    monkeypatch.delenv("QNTX_PASSPHRASE")
    stage.work.services.vault.lock()
    view = opened()
    stage.until(lambda: view.ways.isVisible() and "passphrase" in view.notice.text())
    view.ways.passphrase.setText("wrong")
    view.ways.use.click()
    stage.until(lambda: view.said().startswith("▲"))
    assert view.ways.isVisible()
    view.ways.passphrase.setText("correct horse")
    view.ways.use.click()
    stage.until(lambda: not view.ways.isVisible())
    assert stage.work.services.secrets.tell("api-token", ["api-token"]) == VALUE
    assert "correct horse" not in texts(view)

    view.code_given.emit(code.lower(), "another horse")
    stage.until(lambda: "The key is back, under the passphrase." in view.said())
    view.code_given.emit("ABCDE-FGHJK", "")
    stage.until(lambda: view.said().startswith("▲"))


def test_a_lost_key_is_brought_back(stage: Stage, ring: Ring, opened: Callable[[], SecretsView]) -> None:
    secrets = stage.work.services.secrets
    secrets.set("api-token", VALUE)
    code = secrets.recovery_code()
    ring.kept.clear()
    stage.work.services.vault.lock()
    view = opened()
    stage.until(lambda: view.ways.isVisible() and view.ways.code.isVisible())
    view.ways.code.setText(code)
    view.ways.bring.click()
    stage.until(lambda: "The key is back, in the keyring." in view.said())
    stage.until(lambda: not view.ways.isVisible())
    assert secrets.tell("api-token", ["api-token"]) == VALUE
