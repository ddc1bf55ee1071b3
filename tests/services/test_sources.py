"""Code sources as a person has them: names, files, changes, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.model.errors import (
    ErrDuplicateName,
    ErrFileNotFound,
    ErrInvalidSource,
    ErrPathOutsideSource,
    ErrSourceNotEditable,
    ErrSourceNotFound,
    ErrSourceNotSyncable,
    QntxError,
)
from qntx_desktop.services.source_uploads import copy_in

URL = "https://example.com/team/repo.git"
DECLARES = '# /// script\n# [tool.qntx]\n# script_type = "feed"\n# ///\nprint(1)\n'


def test_a_new_home_has_a_manual_source(services: Services) -> None:
    (only,) = services.sources.every()
    assert (only.name, only.type, only.editable, only.syncable) == ("manual", "manual", True, False)
    assert services.sources.files("manual").tree() == []


def test_names_are_unique_without_regard_to_case(services: Services) -> None:
    services.sources.add("Scripts")
    with pytest.raises(ErrDuplicateName):
        services.sources.add("sCRIPTS", "git", {"url": URL})
    assert services.sources.get("scripts").name == "Scripts"


def test_a_link_or_a_file_in_the_way_is_not_taken_over(services: Services, tmp_path: Path) -> None:
    services.home.code.mkdir(parents=True)
    (services.home.code / "a").symlink_to(tmp_path)
    (services.home.code / "b").write_text("x")
    for name in ("a", "b"):
        with pytest.raises(ErrDuplicateName):
            services.sources.add(name)
    assert [each.name for each in services.sources.every()] == ["manual"]


def test_files_are_written_whole_and_found(services: Services) -> None:
    files = services.sources.editable_files("manual")
    files.write("lib/feed.py", b"one\nTwo needle\n")
    files.write("lib/feed.py", b"changed\nneedle\n")
    files.write("pic.bin", b"\0needle")
    assert [(each.path, each.size_bytes) for each in files.tree()] == [("lib/feed.py", 15), ("pic.bin", 7)]
    assert files.read("lib/feed.py") == b"changed\nneedle\n"
    assert [each.path for each in files.find_names("lfp")] == ["lib/feed.py"]
    assert files.find_names("zz") == []
    assert [(each.path, each.line) for each in files.find_content("NEEDLE")] == [("lib/feed.py", 2)]
    files.rename("lib/feed.py", "feed.py")
    assert not (services.home.code / "manual" / "lib").exists()
    with pytest.raises(ErrInvalidSource, match="exists"):
        files.rename("pic.bin", "feed.py")
    files.delete("feed.py")
    assert [each.path for each in files.tree()] == ["pic.bin"]


@pytest.mark.parametrize(
    "path",
    [
        "",
        "..",
        "../x",
        "a/../../x",
        "/etc/passwd",
        "a//b",
        "./a",
        "a\\b",
        "C:x",
        ".git/config",
        "a/.GIT/x",
        "x\0y",
        "a\nb",
        "link/x",
        "file-link",
        "p" * 401,
    ],
)
def test_no_path_leaves_the_source(services: Services, tmp_path: Path, path: str) -> None:
    root = services.home.code / "manual"
    root.mkdir(parents=True)
    (tmp_path / "x").write_text("outside")
    (root / "link").symlink_to(tmp_path)
    (root / "file-link").symlink_to(tmp_path / "x")
    files = services.sources.editable_files("manual")
    for act in (files.read, files.delete, lambda each: files.write(each, b"gone")):
        with pytest.raises(ErrPathOutsideSource):
            act(path)
    assert (tmp_path / "x").read_text() == "outside"
    assert sorted(each.name for each in root.iterdir()) == ["file-link", "link"]


def test_a_file_that_is_too_large_is_refused(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qntx_desktop.services.source_files.MAX_FILE_BYTES", 10)
    files = services.sources.editable_files("manual")
    with pytest.raises(ErrInvalidSource, match="at most 10"):
        files.write("a", b"x" * 11)
    files.write("a", b"x" * 10)
    with pytest.raises(ErrFileNotFound, match="more than 5"):
        files.read("a", 5)


def test_a_write_that_fails_keeps_the_old_content(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    files = services.sources.editable_files("manual")
    files.write("a", b"old")

    def fails(_fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(QntxError) as refused:
        files.write("a", b"new")
    assert refused.value.code == "disk_full"
    assert [each.name for each in (services.home.code / "manual").iterdir()] == ["a"]
    assert files.read("a") == b"old"


def test_a_git_source_without_token_needs_no_keyring(services: Services) -> None:
    made = services.sources.add("feeds", "git", {"url": URL, "branch": "dev"}, interval_seconds=60)
    assert made.to_json()["settings"] == {
        "url": URL,
        "branch": "dev",
        "tag": None,
        "commit": None,
        "review": False,
        "token": False,
    }
    assert made.next_sync_at_us is not None
    changed = services.sources.update("feeds", {"tag": "v1"}, interval_seconds=0)
    assert (changed.settings["branch"], changed.settings["tag"]) == (None, "v1")
    assert changed.next_sync_at_us is None
    with pytest.raises(ErrSourceNotEditable):
        services.sources.editable_files("feeds")


def test_empty_settings_are_null(services: Services) -> None:
    services.sources.add("plain")
    with services.db.read() as connection:
        row = connection.execute("SELECT type_settings, sync_settings FROM code_source WHERE name = 'plain'")
        assert row.fetchone() == (None, None)


def test_what_a_manual_source_cannot_have(services: Services) -> None:
    for settings in ({"url": URL}, {"branch": "x"}):
        with pytest.raises(ErrInvalidSource, match="manual source has no"):
            services.sources.add("m", "manual", settings)
    with pytest.raises(ErrInvalidSource, match="no interval"):
        services.sources.add("m", interval_seconds=60)
    with pytest.raises(ErrSourceNotSyncable):
        services.sources.sync_request(services.sources.get("manual"))


def test_removing_keeps_files_only_when_asked(services: Services) -> None:
    for name in ("a", "b"):
        services.sources.add(name)
        services.sources.editable_files(name).write("f", b"x")
    services.sources.remove("a", keep_files=True)
    services.sources.remove("b")
    assert (services.home.code / "a" / "f").exists()
    assert not (services.home.code / "b").exists()
    with pytest.raises(ErrSourceNotFound):
        services.sources.get("a")


def test_a_file_that_declares_a_type_is_found(services: Services) -> None:
    services.sources.editable_files("manual").write("lib/feed.py", DECLARES.encode())
    found = services.sources.find("feed")
    assert found is not None
    assert (found[0].name, found[1]) == ("manual", "lib/feed.py")
    assert services.sources.find("other") is None
    assert services.sources.code("manual/lib/feed.py")[2] == DECLARES


def test_a_whole_folder_is_copied_in_or_nothing_of_it(services: Services, tmp_path: Path) -> None:
    files = services.sources.editable_files("manual")
    folder = tmp_path / "lib"
    for path in ("a.py", "deep/er/b.py", ".git/config", "__pycache__/a.pyc"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(path, "utf-8")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret").write_text("s", "utf-8")
    (folder / "link.py").symlink_to(tmp_path / "outside" / "secret")
    (folder / "linked").symlink_to(tmp_path / "outside")
    copied = copy_in(files, [(folder, "lib"), (folder / "a.py", "top.py")])
    assert (copied.files, copied.left_out) == (3, 2)
    assert [each.path for each in files.tree()] == ["lib/a.py", "lib/deep/er/b.py", "top.py"]

    (folder / "0.py").write_text("new", "utf-8")
    with pytest.raises(ErrInvalidSource, match="exists already"):
        copy_in(files, [(folder, "lib")])
    (folder / "a.py").write_text("other", "utf-8")
    (folder / "bad\nname").write_text("", "utf-8")
    with pytest.raises(ErrPathOutsideSource):
        copy_in(files, [(folder, ".")], replace=True)
    assert [each.path for each in files.tree()] == ["lib/a.py", "lib/deep/er/b.py", "top.py"]
    (folder / "bad\nname").unlink()
    assert copy_in(files, [(folder, "lib")], replace=True).files == 3
    assert (files.read("lib/0.py"), files.read("lib/a.py")) == (b"new", b"other")
    with pytest.raises(ErrInvalidSource, match="no file or folder"):
        copy_in(files, [(tmp_path / "nothing", "nothing")])
