"""What is missing on a machine is found, named in its distribution's words, and installed only where allowed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from bootstrap import system_packages as system
from bootstrap.trouble import SetupError

APT = next(installer for installer in system.INSTALLERS if installer.program == "apt-get")
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux needs system libraries")


def named(program: str) -> system.Installer:
    return next(installer for installer in system.INSTALLERS if installer.program == program)


@linux_only
def test_a_missing_library_is_found_by_asking_the_loader() -> None:
    rows = system.missing_libraries({}, loads=lambda soname: soname != "libxcb-cursor.so.0")
    assert [row[0] for row in rows] == ["libxcb-cursor.so.0"]
    assert system.packages_of(rows, APT) == ["libxcb-cursor0"]


@linux_only
def test_nothing_is_missing_where_everything_loads() -> None:
    assert system.missing_libraries({}, loads=lambda soname: True) == []


@linux_only
def test_a_pure_wayland_session_needs_no_x11_plugin() -> None:
    def only_qt(soname: str) -> bool:
        return soname in {row[0] for row in system.QT_LIBRARIES}

    assert system.missing_libraries({"WAYLAND_DISPLAY": "wayland-0"}, loads=only_qt) == []
    assert len(system.missing_libraries({"DISPLAY": ":0"}, loads=only_qt)) == len(system.X11_LIBRARIES)


def test_other_systems_need_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert system.missing_libraries({}, loads=lambda soname: False) == []
    assert system.missing_programs(which=lambda name: None) == []


def test_the_loader_is_really_asked() -> None:
    assert not system.can_load("libqntx-which-nobody-has.so.9")


@pytest.mark.parametrize(
    ("program", "package"),
    [("apt-get", "libegl1"), ("dnf", "libglvnd-egl"), ("pacman", "libglvnd"), ("zypper", "libEGL1")],
)
def test_packages_are_named_as_the_distribution_names_them(program: str, package: str) -> None:
    rows = [row for row in system.QT_LIBRARIES if row[0] == "libEGL.so.1"]
    assert system.packages_of(rows, named(program)) == [package]


def test_every_row_has_a_name_for_every_installer() -> None:
    rows = system.QT_LIBRARIES + system.X11_LIBRARIES + system.TEST_PROGRAMS
    assert all(len(row) == 5 and all(row) for row in rows)
    assert sorted(installer.column for installer in system.INSTALLERS) == [1, 2, 3, 4]


def test_the_installer_is_found_by_its_program() -> None:
    assert system.find_installer(which=lambda name: name if name == "zypper" else None) is named("zypper")
    assert system.find_installer(which=lambda name: None) is None


def test_the_printed_command_is_one_line_that_refreshes_first() -> None:
    command = system.manual_command(APT, ["libegl1", "libgl1"])
    assert command == ("sudo apt-get update && sudo apt-get install -y --no-install-recommends libegl1 libgl1")


def test_a_python_without_venv_is_named_with_the_package_that_has_it() -> None:
    assert system.missing_venv_modules(find=lambda name: None if name == "ensurepip" else object()) == ["ensurepip"]
    major, minor = sys.version_info[:2]
    assert system.venv_packages(APT) == [f"python{major}.{minor}-venv"]


def test_without_rights_the_missing_venv_module_becomes_one_clear_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(system, "missing_venv_modules", lambda: ["ensurepip"])
    monkeypatch.setattr(system, "find_installer", lambda: APT)
    monkeypatch.setattr(system, "privilege_prefix", lambda: None)
    with pytest.raises(SetupError) as caught:
        system.ensure_venv_modules(tmp_path / "log")
    assert "no ensurepip module" in caught.value.message
    assert caught.value.hint.startswith("Run: sudo apt-get update && sudo apt-get install")
    assert caught.value.hint.endswith("-venv")


def test_with_rights_the_libraries_are_installed_and_looked_for_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answers = iter([[system.QT_LIBRARIES[0]], []])
    calls: list[list[str]] = []

    def call(command: list[str], **_: Any) -> int:
        calls.append(command)
        return 0

    monkeypatch.setattr(system, "missing_libraries", lambda environ: next(answers))
    monkeypatch.setattr(system, "find_installer", lambda: APT)
    monkeypatch.setattr(system, "privilege_prefix", lambda: ["sudo", "-n"])
    monkeypatch.setattr(subprocess, "call", call)
    system.ensure_libraries({}, tmp_path / "log")
    assert [command[4] for command in calls] == ["apt-get", "apt-get"]
    assert calls[0][-1] == "update"
    assert calls[1][-1] == "libegl1"


def test_an_installer_that_fails_leaves_the_command_for_the_person(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(system, "missing_libraries", lambda environ: [system.QT_LIBRARIES[0]])
    monkeypatch.setattr(system, "find_installer", lambda: APT)
    monkeypatch.setattr(system, "privilege_prefix", list)
    monkeypatch.setattr(subprocess, "call", lambda command, **_: 100)
    with pytest.raises(SetupError) as caught:
        system.ensure_libraries({}, tmp_path / "log")
    assert "libEGL.so.1" in caught.value.message
    assert "libegl1" in caught.value.hint


def test_an_unknown_distribution_gets_the_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(system, "missing_libraries", lambda environ: [system.QT_LIBRARIES[0]])
    monkeypatch.setattr(system, "find_installer", lambda: None)
    with pytest.raises(SetupError) as caught:
        system.ensure_libraries({}, tmp_path / "log")
    assert "libEGL.so.1" in caught.value.hint


def test_missing_test_programs_do_not_stop_the_tests(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system, "missing_programs", lambda: list(system.TEST_PROGRAMS))
    monkeypatch.setattr(system, "find_installer", lambda: APT)
    monkeypatch.setattr(system, "privilege_prefix", lambda: None)
    system.offer_programs(tmp_path / "log")
    said = capsys.readouterr().err
    named = ", ".join(row[0] for row in system.TEST_PROGRAMS)
    assert f"Tests that need {named} are left out." in said
    assert "sudo apt-get" in said
    assert "git gnome-keyring xdotool xvfb" in said
