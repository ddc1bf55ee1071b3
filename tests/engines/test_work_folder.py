"""Work folders that wait for their next run: only what is as good as new, and nothing of them stays."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from qntx_desktop.engines.sandbox import work_folder
from qntx_desktop.engines.sandbox.work_folder import SPARE, SpareFolders


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    work_folder.make(tmp_path / "work" / "first")
    return tmp_path / "work" / "first"


def test_a_folder_that_was_left_as_it_was_becomes_the_next_one(folder: Path) -> None:
    spares, number = SpareFolders(folder.parent), folder.stat().st_ino
    assert not spares.take(folder.parent / "next")
    assert spares.keep(folder)
    assert [path.name.startswith(SPARE) for path in folder.parent.iterdir()] == [True]
    assert spares.take(folder.parent / "next")
    assert (folder.parent / "next").stat().st_ino == number
    assert [path.name for path in folder.parent.rglob("*")] == ["next", "tmp"]


def put_file(folder: Path) -> None:
    (folder / "file").write_text("x")


def put_file_in_tmp(folder: Path) -> None:
    (folder / "tmp" / "file").write_text("x")


def put_link_for_tmp(folder: Path) -> None:
    (folder / "tmp").rmdir()
    elsewhere = folder.parent.parent / "elsewhere"
    elsewhere.mkdir()
    (folder / "tmp").symlink_to(elsewhere, target_is_directory=True)


def remove_tmp(folder: Path) -> None:
    (folder / "tmp").rmdir()


def open_tmp_to_all(folder: Path) -> None:
    (folder / "tmp").chmod(0o777)


def remove_it(folder: Path) -> None:
    work_folder.remove(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links of folders")
@pytest.mark.parametrize(
    "change", [put_file, put_file_in_tmp, put_link_for_tmp, remove_tmp, open_tmp_to_all, remove_it]
)
def test_a_folder_that_shows_its_use_is_not_kept(folder: Path, change: Callable[[Path], None]) -> None:
    spares = SpareFolders(folder.parent)
    change(folder)
    assert not spares.keep(folder)
    assert not spares.take(folder.parent / "next")


def test_a_folder_that_was_large_is_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_folder, "_SMALL_BYTES", 0 if folder.stat().st_size else -1)
    assert not SpareFolders(folder.parent).keep(folder)


def test_what_is_in_the_way_is_not_used_by_two(folder: Path) -> None:
    spares = SpareFolders(folder.parent)
    assert spares.keep(folder)
    taken = folder.parent / "taken"
    put = taken / "file"
    taken.mkdir()
    put.write_text("x")
    assert not spares.take(taken)
    work_folder.make(taken)
    assert [path.name for path in folder.parent.rglob("*")] == ["taken", "tmp"]


def test_one_that_somebody_has_removed_is_made_anew(folder: Path) -> None:
    spares = SpareFolders(folder.parent)
    assert spares.keep(folder)
    (spare,) = folder.parent.iterdir()
    work_folder.remove(spare)
    assert not spares.take(folder)


def test_few_are_kept_and_none_after_the_end(tmp_path: Path) -> None:
    spares = SpareFolders(tmp_path)
    names = [tmp_path / str(number) for number in range(6)]
    for name in names:
        work_folder.make(name)
    assert [spares.keep(name) for name in names] == [True] * 4 + [False] * 2
    spares.close()
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["4", "5"]
    assert not spares.keep(names[4])
