"""What starting the window says where it cannot."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from qntx_desktop.__main__ import _lacks_display, main


def test_without_a_display_it_says_so_and_makes_no_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert main(["--home", str(tmp_path / "home")]) == 5
    assert "There is no display" in capsys.readouterr().err
    assert not (tmp_path / "home").exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X servers listen elsewhere there")
def test_a_display_that_nobody_serves_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":31557.0")
    assert main(["--home", str(tmp_path / "home")]) == 5
    assert "nothing answers at DISPLAY=:31557.0" in capsys.readouterr().err
    assert not (tmp_path / "home").exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="abstract sockets are Linux's")
@pytest.mark.parametrize("display", [":31558", "unix:31558.1", "elsewhere:0", "localhost:10.0"])
def test_a_display_that_is_served_or_not_of_this_machine_is_left_to_qt(
    monkeypatch: pytest.MonkeyPatch, display: str
) -> None:
    for name in ("WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", display)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0/tmp/.X11-unix/X31558")
        server.listen()
        assert _lacks_display() == ""
