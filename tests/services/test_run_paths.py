"""Which files a run may touch: what was named and declared, resolved; never the app's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from qntx_desktop.model.errors import ErrPathRefused
from qntx_desktop.model.permissions import Permissions
from qntx_desktop.services.run_paths import paths_of_run


@pytest.fixture
def app_home(tmp_path: Path) -> Path:
    home = tmp_path / "app" / "home"
    home.mkdir(parents=True)
    return home


def test_arguments_that_name_files_are_readable(tmp_path: Path, app_home: Path) -> None:
    real = tmp_path / "people.csv"
    real.touch()
    (tmp_path / "link").symlink_to(real)
    args = [
        "people.csv",
        str(real),
        f"--from={tmp_path}/link",
        f"--to={tmp_path}/missing",
        "--flag",
        "x" * 5000,
        "a\0b",
    ]
    assert paths_of_run(args, Permissions(), app_home).read == (real,)


def test_a_folder_around_the_app_is_opened_but_for_the_app(tmp_path: Path, app_home: Path) -> None:
    for folder in ("app/home/code", "app/beside", "data"):
        (tmp_path / folder).mkdir()
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(app_home)
    for found in (
        paths_of_run([str(tmp_path)], Permissions(), app_home),
        paths_of_run([], Permissions(read=(str(tmp_path),)), app_home),
    ):
        opened = ("app/home/code", "app/beside", "data", "file")
        assert set(found.read) == {tmp_path / each for each in opened}
        assert found.listed == (tmp_path, tmp_path / "app")


def test_declared_paths_are_expanded_and_resolved(
    tmp_path: Path, app_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "there")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    asked = Permissions(read=("~/link", "~/missing", "~/loop", "~/there"))
    assert paths_of_run([], asked, app_home).read == (tmp_path / "there",)


def test_files_that_came_with_a_canvas_are_readable_and_never_written(app_home: Path) -> None:
    (app_home / "inputs" / "example").mkdir(parents=True)
    (app_home / "qntx.db").touch()
    file = app_home / "inputs" / "example" / "people.csv"
    file.touch()
    assert paths_of_run([str(file), str(app_home / "qntx.db")], Permissions(), app_home).read == (file,)
    with pytest.raises(ErrPathRefused):
        paths_of_run([], Permissions(write=(str(file),)), app_home)


def test_missing_places_to_write_are_made(tmp_path: Path, app_home: Path) -> None:
    asked = Permissions(write=(f"{tmp_path}/out/deep", f"{tmp_path}/reports/all.csv"))
    assert paths_of_run([], asked, app_home).write == (tmp_path / "out/deep", tmp_path / "reports/all.csv")
    assert (tmp_path / "out/deep").is_dir()
    assert (tmp_path / "reports/all.csv").read_bytes() == b""


def test_what_cannot_be_made_is_refused(tmp_path: Path, app_home: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ErrPathRefused) as caught:
        paths_of_run([], Permissions(write=(f"{tmp_path}/file/x",)), app_home)
    assert caught.value.details["path"] == f"{tmp_path}/file/x"


def test_the_apps_own_folder_is_never_given(tmp_path: Path, app_home: Path) -> None:
    (tmp_path / "link").symlink_to(app_home)
    for path in (app_home, app_home / "new", app_home.parent, tmp_path / "link", Path("/")):
        with pytest.raises(ErrPathRefused, match="own"):
            paths_of_run([], Permissions(write=(str(path),)), app_home)
    with pytest.raises(ErrPathRefused, match="own"):
        paths_of_run([], Permissions(read=(str(app_home),)), app_home)
    assert list(app_home.iterdir()) == []
    (app_home / "qntx.db").touch()
    (app_home / "code").mkdir()
    args = [str(app_home / "qntx.db"), str(app_home), str(app_home / "code"), str(app_home.parent)]
    found = paths_of_run(args, Permissions(), app_home)
    assert (found.read, found.listed) == ((app_home / "code",), (app_home.parent,))
