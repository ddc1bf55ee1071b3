"""Settings stay in the person's file: comments are kept, what is broken is said and never written over."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from qntx_desktop.engines.config_file import MOST_BYTES, ConfigFile
from qntx_desktop.model.errors import ErrConfigUnreadable, ErrInvalidOption, ErrOptionNotFound
from qntx_desktop.model.option import OPTIONS
from qntx_desktop.services.options import Options

BROKEN = [b"[pulse\nworkers = 2\n", b"a = 1\na = 2\n", b"\xff\xfe", b"x = '" + b"a" * MOST_BYTES + b"'"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def open_at(path: Path) -> Options:
    return Options(ConfigFile(path))


def test_defaults_count_without_a_file_and_make_none(path: Path) -> None:
    options = open_at(path)
    assert {each.option.key: each.value for each in options.all()} == {each.key: each.default for each in OPTIONS}
    assert not any(each.is_set for each in options.all())
    assert options.problem is None
    assert not path.exists()


def test_a_value_is_kept_and_read_again(path: Path) -> None:
    assert open_at(path).set("pulse.workers", "3").value == 3
    again = open_at(path)
    assert (again.get("pulse.workers"), again.setting("pulse.workers").is_set) == (3, True)
    assert again.reset("pulse.workers").is_set is False
    assert open_at(path).get("pulse.workers") == 0


def test_comments_order_and_unknown_keys_stay(path: Path) -> None:
    path.write_text("# mine\n[later]\nthing = 1 # keep\n\n[pulse]\n# why\nworkers = 1\n", "utf-8")
    options = open_at(path)
    assert options.unknown == ("later.thing",)
    options.set("pulse.workers", 2)
    options.set("window.theme", "dark")
    text = path.read_text("utf-8")
    assert text.startswith("# mine\n[later]\nthing = 1 # keep\n\n[pulse]\n# why\nworkers = 2\n")
    assert open_at(path).get("window.theme") == "dark"
    assert list(path.parent.iterdir()) == [path]


def test_a_dotted_spelling_is_understood_and_kept(path: Path) -> None:
    path.write_text("pulse.workers = 2\n", "utf-8")
    options = open_at(path)
    assert options.get("pulse.workers") == 2
    options.set("pulse.timeout_s", 5)
    assert (open_at(path).get("pulse.workers"), open_at(path).get("pulse.timeout_s")) == (2, 5)


@pytest.mark.parametrize("content", BROKEN, ids=["open", "twice", "bytes", "long"])
def test_a_broken_file_is_said_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    options = open_at(path)
    assert isinstance(options.problem, ErrConfigUnreadable)
    assert options.get("pulse.workers") == 0
    assert options.get("network.offline") is True
    for change in (lambda: options.set("pulse.workers", 2), lambda: options.reset("pulse.workers")):
        with pytest.raises(ErrConfigUnreadable):
            change()
    assert path.read_bytes() == content


def test_the_line_of_a_mistake_is_told(path: Path) -> None:
    path.write_text("[pulse]\nworkers = \n", "utf-8")
    problem = open_at(path).problem
    assert problem is not None
    assert problem.details["line"] == 2


def test_what_was_read_before_counts_until_the_file_is_mended(path: Path) -> None:
    options = open_at(path)
    options.set("pulse.workers", 3)
    good = path.read_bytes()
    path.write_bytes(b"[")
    assert options.refresh()  # offline, to be careful
    assert (options.get("pulse.workers"), options.get("network.offline")) == (3, True)
    path.write_bytes(good)
    options.refresh()
    assert (options.problem, options.get("network.offline")) == (None, False)


def test_one_bad_value_leaves_the_others(path: Path) -> None:
    path.write_text("[pulse]\nworkers = 'many'\ntimeout_s = 5\n[network]\noffline = false\n", "utf-8")
    options = open_at(path)
    assert isinstance(options.problem, ErrInvalidOption)
    assert [options.get(key) for key in ("pulse.workers", "pulse.timeout_s", "network.offline")] == [0, 5, False]
    options.set("pulse.workers", 2)
    assert options.problem is None


def test_a_bad_value_of_offline_counts_as_offline(path: Path) -> None:
    path.write_text("[network]\noffline = 'perhaps'\n", "utf-8")
    assert open_at(path).get("network.offline") is True


def test_a_table_that_is_none_is_an_error(path: Path) -> None:
    path.write_text("pulse = 3\n", "utf-8")
    with pytest.raises(ErrConfigUnreadable):
        open_at(path).set("pulse.workers", 2)
    assert path.read_text("utf-8") == "pulse = 3\n"


def test_watchers_hear_each_change_once_also_from_elsewhere(path: Path) -> None:
    options, heard = open_at(path), []
    unwatch = options.watch(lambda key, value: heard.append((key, value)))
    options.set("pulse.workers", 2)
    options.set("pulse.workers", 2)
    open_at(path).set("window.theme", "light")
    assert options.refresh()
    assert not options.refresh()
    assert heard == [("pulse.workers", 2), ("window.theme", "light")]
    unwatch()
    unwatch()
    options.reset("pulse.workers")
    assert len(heard) == 2


def test_a_watcher_that_fails_does_not_keep_others_from_hearing(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    options, heard = open_at(path), []
    options.watch(lambda _key, _value: 1 / 0)
    options.watch(lambda key, _value: heard.append(key))
    options.set("pulse.workers", 2)
    assert heard == ["pulse.workers"]
    assert "listener failed" in caplog.text


def test_refused_values_and_keys_change_nothing(path: Path) -> None:
    options = open_at(path)
    with pytest.raises(ErrInvalidOption):
        options.set("pulse.workers", "many")
    with pytest.raises(ErrOptionNotFound):
        options.set("pulse.wokers", 1)
    with pytest.raises(ErrOptionNotFound):
        options.get("x")
    assert not path.exists()


def test_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "dotfiles"
    elsewhere.mkdir()
    (elsewhere / "qntx.toml").write_text("", "utf-8")
    path.symlink_to(elsewhere / "qntx.toml")
    open_at(path).set("pulse.workers", 2)
    assert path.is_symlink()
    assert "workers = 2" in (elsewhere / "qntx.toml").read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_who_may_read_the_file_stays(path: Path) -> None:
    path.write_text("", "utf-8")
    path.chmod(0o640)
    open_at(path).set("pulse.workers", 2)
    assert path.stat().st_mode & 0o777 == 0o640


def test_threads_setting_at_once_lose_nothing(path: Path) -> None:
    options = open_at(path)
    keys = ["pulse.workers", "pulse.timeout_s", "pulse.keep_completed_days", "pulse.keep_failed_days"]
    threads = [threading.Thread(target=options.set, args=(key, 9)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [open_at(path).get(key) for key in keys] == [9] * 4
