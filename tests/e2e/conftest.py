"""A fresh home and a folder for each end-to-end test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.cli_process import Cli


@pytest.fixture
def qntx(tmp_path: Path) -> Cli:
    """The command line, with a home that does not exist yet."""
    folder = tmp_path / "work folder"
    folder.mkdir()
    return Cli(tmp_path / "home", folder)
