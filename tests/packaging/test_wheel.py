"""What an installed package needs travels in the wheel."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.Path:
    """The wheel of this tree, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    code = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", code, str(folder)], cwd=ROOT, check=True, capture_output=True, timeout=90)
    return zipfile.Path(next(folder.glob("*.whl")))


def test_every_resource_travels(wheel: zipfile.Path) -> None:
    folder = ROOT / "resources"
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    assert "fonts/QNTXSymbols.ttf" in names
    assert [name for name in names if not (wheel / "qntx_desktop" / "_resources" / name).exists()] == []


def test_every_module_travels_and_nothing_of_the_tests(wheel: zipfile.Path) -> None:
    modules = [path.relative_to(ROOT).as_posix() for path in (ROOT / "qntx_desktop").rglob("*.py")]
    assert [name for name in modules if not (wheel / name).exists()] == []
    assert not (wheel / "tests").exists()
    assert not (wheel / "packaging").exists()


def test_both_commands_are_declared(wheel: zipfile.Path) -> None:
    entry = next(path for path in wheel.iterdir() if path.name.endswith(".dist-info")) / "entry_points.txt"
    text = entry.read_text(encoding="utf-8")
    assert "qntx = qntx_desktop.cli.main:main" in text
    assert "qntx-desktop = qntx_desktop.__main__:main" in text
