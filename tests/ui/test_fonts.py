"""Every symbol and letter that the window draws has a shape in the fonts that travel with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase, QRawFont
from PySide6.QtWidgets import QApplication

from qntx_desktop.app.resources import resource_path, resource_root

SYMBOLS = "⨳⋈꩜⌬✦⟶⊨≡⍟◷▶⋯✓▲◐◑◒◓○●■⤢▣⧉▢×−+↻⏸⏹✎⌕✕⚠"
TEXT_FONTS = {
    "Inter-Regular.otf": "Inter",
    "Inter-Medium.otf": "Inter Medium",
    "Inter-SemiBold.otf": "Inter SemiBold",
    "JetBrainsMono-Regular.ttf": "JetBrains Mono",
    "JetBrainsMono-Bold.ttf": "JetBrains Mono",
}
LETTERS = "AZaz09äßéñÇøłšžő€£§«»„“”–—…·αβΩДжя→←↑↓"
LARGEST_BYTES = 160_000


def load(name: str) -> QRawFont:
    return QRawFont(str(resource_path("fonts", name)), 16.0)


@pytest.mark.parametrize("character", SYMBOLS)
def test_a_symbol_has_a_shape(qapp: QApplication, character: str) -> None:
    font = load("QNTXSymbols.ttf")
    assert font.isValid()
    assert font.supportsCharacter(ord(character))
    shape = font.pathForGlyph(font.glyphIndexesForString(character)[0])
    assert shape.boundingRect().width() > 1
    assert shape.boundingRect().height() > 1 or character in "−⋯"


def test_a_symbol_that_is_not_there_is_not_claimed(qapp: QApplication) -> None:
    assert not load("QNTXSymbols.ttf").supportsCharacter(ord("漢"))


@pytest.mark.parametrize("name", TEXT_FONTS)
def test_a_text_font_has_the_letters(qapp: QApplication, name: str) -> None:
    font = load(name)
    assert font.isValid()
    assert [letter for letter in LETTERS if not font.supportsCharacter(ord(letter))] == []


@pytest.mark.parametrize(("name", "family"), [*TEXT_FONTS.items(), ("QNTXSymbols.ttf", "QNTX Symbols")])
def test_qt_knows_the_font_by_its_family(qapp: QApplication, name: str, family: str) -> None:
    number = QFontDatabase.addApplicationFont(str(resource_path("fonts", name)))
    assert number >= 0
    # It stays loaded: taking it out would have Qt lay all fonts anew below the tests of the window.
    families = QFontDatabase.applicationFontFamilies(number)
    assert families == [family] or family.split(" ")[0] in families


def test_the_monospaced_font_is_of_one_width(qapp: QApplication) -> None:
    font = load("JetBrainsMono-Regular.ttf")
    widths = {point.x() for point in font.advancesForGlyphIndexes(font.glyphIndexesForString("iWm.0│─"))}
    assert len(widths) == 1


def test_fonts_are_small_and_carry_their_licence() -> None:
    fonts = sorted(resource_root().joinpath("fonts").glob("*.[ot]tf"))
    assert len(fonts) == 6
    for font in fonts:
        assert font.stat().st_size < LARGEST_BYTES, font.name
        licence = font.with_name(font.stem.split("-")[0] + "-OFL.txt")
        assert "SIL OPEN FONT LICENSE" in licence.read_text(encoding="utf-8")


def test_the_icon_is_there_in_both_forms(qapp: QApplication) -> None:
    from PySide6.QtGui import QImage

    icon = QImage(str(resource_path("icons", "qntx.png")))
    assert (icon.width(), icon.height()) == (256, 256)
    assert resource_path("icons", "qntx.svg").read_text(encoding="utf-8").startswith("<svg")


def test_an_installed_package_reads_what_travelled_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from qntx_desktop.app import resources

    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "qntx_desktop")
    resources.resource_root.cache_clear()
    try:
        assert resources.resource_root() == tmp_path / "resources"
        (tmp_path / "qntx_desktop" / "_resources").mkdir(parents=True)
        resources.resource_root.cache_clear()
        assert resources.resource_path("a", "b") == tmp_path / "qntx_desktop" / "_resources" / "a" / "b"
    finally:
        resources.resource_root.cache_clear()
