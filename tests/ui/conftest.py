"""Every test of the window measures text in the fonts that travel with it: measures are kept from first use on."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from qntx_desktop.ui.theme import load_fonts


@pytest.fixture(scope="session", autouse=True)
def _fonts_of_the_window(qapp: QApplication) -> None:
    load_fonts()
