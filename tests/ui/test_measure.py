"""Texts are measured once; what is said of them must be what Qt says, and anew when another font is there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from qntx_desktop.ui import measure
from qntx_desktop.ui.theme import load_fonts, mono_font, name_font

TEXTS = ("", "x", "people.csv", "ix csv ./people-12.csv", "⨳ ⋈ ꩜", "שלום world", "a" * 200)


def test_a_text_is_cut_where_qt_cuts_it(qapp: QApplication) -> None:
    for font in (name_font(), mono_font()):
        metrics = QFontMetricsF(font)
        for text in TEXTS:
            natural = metrics.horizontalAdvance(text)
            assert measure.width_of(text, font) == natural
            for width in (0.0, -3.0, 7.5, natural - 1, natural - 0.01, natural, natural + 0.01, natural + 40):
                plain = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(width, 0.0))
                for _ in range(2):
                    assert measure.fitted(text, font, width) == plain, (text, width)


def test_fonts_that_come_late_are_measured(qapp: QApplication) -> None:
    measure.width_of("people", name_font())
    assert measure.width_of.cache_info().currsize
    load_fonts(())
    assert not measure.width_of.cache_info().currsize
