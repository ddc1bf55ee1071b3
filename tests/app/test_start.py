"""What starting the window says where it cannot."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from qntx_desktop.__main__ import main


def test_without_a_display_it_says_so_and_makes_no_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert main(["--home", str(tmp_path / "home")]) == 5
    assert "There is no display" in capsys.readouterr().err
    assert not (tmp_path / "home").exists()
