"""The bootstrap, from an old Python that starts it to the stamp of a complete environment; no network."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from bootstrap import commands, environment, system_packages
from bootstrap.environment import Layout
from bootstrap.trouble import EXIT_ENVIRONMENT, SetupError

from tests.packaged import load

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def starter() -> ModuleType:
    """`packaging/qntx.py` as a module, under a name that no handler SDK has."""
    return load("qntx", "qntx_starter")


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    """A project folder with a lock and a project file, and no environment yet."""
    (tmp_path / "requirements.lock").write_text("a==1\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    return Layout(tmp_path)


@pytest.fixture
def pip(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Stands in for `python -m venv` and pip: notes every call, makes what venv would make."""
    calls: list[list[str]] = []

    def run(_: Layout, guard: int, command: list[str], failure: str) -> None:
        calls.append(list(command))
        if "venv" in command:
            layout.python.parent.mkdir(parents=True)
            layout.python.symlink_to(sys.executable)
            (layout.venv / "pyvenv.cfg").write_text("version = 3.11.7\n", encoding="utf-8")

    monkeypatch.setattr(environment, "run_logged", run)
    monkeypatch.setattr(
        environment, "is_usable", lambda found: found.python.exists() and not found.unfinished.exists()
    )
    return calls


def test_an_old_python_starts_again_with_a_newer_one(starter: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[list[str]] = []

    def call(command: list[str], **_: Any) -> int:
        calls.append(command)
        return 7

    monkeypatch.setattr(sys, "version_info", (3, 8, 18, "final", 0))
    monkeypatch.setattr(starter, "is_new_enough", lambda name: name == "python3.12")
    monkeypatch.setattr(subprocess, "call", call)
    assert starter.main(["run", "--home", "H"]) == 7
    assert calls == [["python3.12", str(ROOT / "packaging" / "qntx.py"), "run", "--home", "H"]]


def test_an_old_python_alone_says_what_is_needed(
    starter: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 8, 18, "final", 0))
    monkeypatch.setattr(starter, "is_new_enough", lambda name: False)
    assert starter.main(["run"]) == EXIT_ENVIRONMENT
    said = capsys.readouterr().err
    assert "needs Python 3.11 or newer; this is Python 3.8" in said


def test_a_candidate_is_tried_before_it_is_trusted(starter: ModuleType) -> None:
    assert starter.is_new_enough(sys.executable)
    assert not starter.is_new_enough("python-which-nobody-has")
    assert not starter.is_new_enough("false")


def test_a_first_set_up_makes_the_environment_and_stamps_it(layout: Layout, pip: list[list[str]]) -> None:
    environment.ensure(layout)
    assert [("venv" in call, "--require-hashes" in call, "--editable" in call) for call in pip] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]
    assert environment.is_complete(layout)
    assert not layout.unfinished.exists()


def test_a_complete_environment_is_left_alone(
    layout: Layout, pip: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    environment.ensure(layout)
    pip.clear()
    capsys.readouterr()
    environment.ensure(layout)
    assert pip == []
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_a_changed_file_brings_the_packages_up_to_date_in_place(
    layout: Layout, pip: list[list[str]], name: str
) -> None:
    environment.ensure(layout)
    kept = layout.venv / "added-by-hand"
    kept.touch()
    pip.clear()
    (layout.root / name).write_text("changed\n", encoding="utf-8")
    environment.ensure(layout)
    assert len(pip) == 2
    assert kept.exists()


def test_a_set_up_killed_in_the_middle_is_made_anew(layout: Layout, pip: list[list[str]]) -> None:
    layout.venv.mkdir()
    layout.unfinished.touch()
    half = layout.venv / "half"
    half.touch()
    environment.ensure(layout)
    assert not half.exists()
    assert environment.is_complete(layout)


def test_a_failing_pip_leaves_no_stamp(
    layout: Layout, pip: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise SetupError("The packages were not installed: no network", "Look")

    monkeypatch.setattr(environment, "install_locked", fail)
    with pytest.raises(SetupError):
        environment.ensure(layout)
    assert not environment.is_complete(layout)
    assert layout.unfinished.exists()


def test_an_environment_whose_python_is_gone_is_not_complete(layout: Layout, pip: list[list[str]]) -> None:
    environment.ensure(layout)
    layout.python.unlink()
    layout.python.symlink_to(layout.root / "python-removed-by-an-upgrade")
    assert not environment.is_complete(layout)


def test_a_moved_folder_is_set_up_again(layout: Layout, pip: list[list[str]], tmp_path: Path) -> None:
    environment.ensure(layout)
    moved = tmp_path.with_name(tmp_path.name + "-moved")
    layout.root.rename(moved)
    assert not environment.is_complete(Layout(moved))


def test_a_folder_that_never_was_an_environment_is_not_removed(layout: Layout, pip: list[list[str]]) -> None:
    layout.venv.mkdir()
    (layout.venv / "letters.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SetupError, match="not a virtual environment"):
        environment.ensure(layout)
    assert (layout.venv / "letters.txt").exists()


def test_a_full_disk_is_said_before_anything_is_made(
    layout: Layout, pip: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        free = 5_000_000

    monkeypatch.setattr(environment.shutil, "disk_usage", lambda path: Usage)
    with pytest.raises(SetupError, match="5 are free"):
        environment.ensure(layout)
    assert pip == []


def test_two_at_once_make_it_once(layout: Layout, pip: list[list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    ended: list[bool] = []

    def second() -> None:
        environment.ensure(layout)
        ended.append(environment.is_complete(layout))

    with environment.only_one(layout):
        other = threading.Thread(target=second)
        other.start()
        layout.python.parent.mkdir(parents=True)
        layout.python.symlink_to(sys.executable)
        environment.write_stamp(layout)
    other.join(20)
    assert ended == [True]
    assert pip == []


def test_a_failing_command_names_its_last_error_and_the_log(layout: Layout) -> None:
    code = "import sys; print('Collecting a'); print('ERROR: No matching distribution for a==1'); sys.exit(1)"
    with environment.only_one(layout) as guard, pytest.raises(SetupError) as caught:
        environment.run_logged(layout, guard, [sys.executable, "-c", code], "The packages were not installed")
    assert caught.value.message == "The packages were not installed: ERROR: No matching distribution for a==1"
    assert str(layout.log) in caught.value.hint


def test_children_are_not_led_astray(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("KEPT", "1")
    environ = environment.clean_environ()
    assert "PYTHONPATH" not in environ
    assert environ["KEPT"] == "1"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a screen")
def test_no_screen_is_said_before_the_set_up(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(commands, "make_ready", lambda layout: pytest.fail("set-up must not begin"))
    assert commands.main(["run"]) == EXIT_ENVIRONMENT
    assert "neither DISPLAY nor WAYLAND_DISPLAY" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["run", "--help"], ["run", "--version"]])
def test_help_needs_no_screen(arguments: list[str]) -> None:
    commands.check_display({}, arguments[1:])


@pytest.fixture
def checks(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, int]], tuple[int, list[str]]]:
    """Runs `test` with exit codes of one's choice; returns its own and the order of what was called."""

    def go(codes: dict[str, int]) -> tuple[int, list[str]]:
        order: list[str] = []

        def call(command: list[str], **_: Any) -> int:
            name = next(
                (word for word in ("ruff", "mypy", "importlinter", "pytest") if word in " ".join(command[1:])),
                "",
            )
            order.append(name)
            return codes.get(name, 0)

        monkeypatch.setattr(commands, "make_ready", lambda layout: None)
        monkeypatch.setattr(system_packages, "offer_programs", lambda log: None)
        monkeypatch.setattr(subprocess, "call", call)
        return commands.test(layout, ["-q"]), order

    return go


def test_all_checks_run_and_pytest_is_last(
    checks: Callable[[dict[str, int]], tuple[int, list[str]]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert checks({}) == (0, ["ruff", "mypy", "importlinter", "pytest"])
    assert capsys.readouterr().out.endswith("== pytest\n")


@pytest.mark.parametrize("name", ["ruff", "mypy", "importlinter"])
def test_one_failing_check_fails_the_whole_but_stops_nothing(
    checks: Callable[[dict[str, int]], tuple[int, list[str]]], name: str
) -> None:
    code, order = checks({name: 1})
    assert code == 1
    assert order[-1] == "pytest"


def test_the_exit_code_of_pytest_is_kept(checks: Callable[[dict[str, int]], tuple[int, list[str]]]) -> None:
    assert checks({"pytest": 5})[0] == 5


@pytest.mark.parametrize("arguments", [[], ["dance"], ["setup", "more"]])
def test_wrong_words_are_answered_with_the_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(arguments) == 2
    assert "usage:" in capsys.readouterr().err


def test_the_lock_names_no_place_and_hashes_everything() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for word in ("://", "file:", "--index", "--extra-index", "--find-links", "@"):
        assert word not in text, word
    pins = re.findall(r"^([a-z0-9-]+)==\S+.*\\$", text, flags=re.MULTILINE)
    entries = re.findall(r"^[a-z].*", text, flags=re.MULTILINE)
    assert len(pins) == len(entries) > 30
    assert len(re.findall(r"^    --hash=sha256:[0-9a-f]{64}", text, flags=re.MULTILINE)) >= len(pins)


def test_the_lock_keeps_the_broken_qt_binding_from_old_pythons() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("pyside6-essentials==6.11"))
    assert "python_full_version < '3.12'" in line


def test_ci_runs_what_a_person_runs() -> None:
    script = ROOT / ".ci" / "run"
    assert "packaging/qntx.py test" in script.read_text(encoding="utf-8")
    assert os.name == "nt" or os.access(script, os.X_OK)
