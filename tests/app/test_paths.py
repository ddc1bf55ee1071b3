"""Which folder is the home."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qntx_desktop.app.paths import Home, resolve_home
from qntx_desktop.app.reader import open_readers
from qntx_desktop.model.errors import ErrHomeUnusable


def test_the_option_wins_then_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QNTX_HOME", str(tmp_path / "variable"))
    assert resolve_home(str(tmp_path / "option")).root == (tmp_path / "option").resolve()
    assert resolve_home(None).root == (tmp_path / "variable").resolve()
    monkeypatch.setenv("QNTX_HOME", "")
    assert resolve_home(None).root.name == "qntx-desktop"
    assert not (tmp_path / "option").exists()


def test_one_home_has_one_id_however_it_is_spelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "a")
    monkeypatch.chdir(tmp_path)
    spelled = ["a", "./a/", "link", "a/../a", str(tmp_path / "a")]
    assert len({resolve_home(each).id for each in spelled}) == 1
    assert resolve_home("b").id != resolve_home("a").id


def test_a_home_is_made_for_its_person_only(tmp_path: Path) -> None:
    home = Home(root=tmp_path / "deep" / "home").make()
    assert {each.name for each in home.root.iterdir()} == {"logs", "work"}
    assert home.root.stat().st_mode & 0o077 == 0
    home.make()


def test_what_is_no_folder_does_not_answer_as_an_empty_home(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ErrHomeUnusable, match="it is not a folder"), open_readers(Home(root=tmp_path / "file")):
        pass
    with open_readers(Home(root=tmp_path / "nothing")) as readers:
        assert readers.ledger.total() == 0
    assert not (tmp_path / "nothing").exists()


@pytest.mark.skipif(os.name == "nt", reason="uses a path below a file")
def test_a_home_that_cannot_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ErrHomeUnusable) as caught:
        Home(root=tmp_path / "file" / "home").make()
    assert str(tmp_path / "file" / "home") in caught.value.message
    with pytest.raises(ErrHomeUnusable):
        resolve_home("a\0b")
