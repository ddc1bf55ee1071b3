"""The tokens keep their promises: contrast in every theme, fonts that load, a palette that reaches Qt."""

from __future__ import annotations

from dataclasses import fields

import pytest
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qntx_desktop.ui import theme
from qntx_desktop.ui.theme import DARK, Theme

WORDS = ("text", "dim", "accent", "running", "done", "failed", "waiting")
CODE = ("text", "code_keyword", "code_string", "code_number", "code_function", "code_comment")
THEMES = pytest.mark.parametrize("tokens", theme.THEMES.values(), ids=lambda each: each.name)
GROUNDS = ("window", "canvas", "card", "raised")


def least(tokens: Theme) -> float:
    """The contrast that a theme promises for words."""
    return 7.0 if tokens.strong else 4.5


def luminance(colour: str) -> float:
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in QColor(colour).getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@THEMES
@pytest.mark.parametrize("ground", GROUNDS)
def test_words_can_be_read_on_every_ground(tokens: Theme, ground: str) -> None:
    for name in WORDS:
        assert contrast(getattr(tokens, name), getattr(tokens, ground)) >= least(tokens), name


@THEMES
def test_code_can_be_read(tokens: Theme) -> None:
    for name in CODE:
        assert contrast(getattr(tokens, name), tokens.code) >= least(tokens), name


@THEMES
def test_text_on_what_is_chosen_can_be_read(tokens: Theme) -> None:
    assert contrast(tokens.text, tokens.chosen) >= least(tokens)


@THEMES
def test_text_on_the_accent_can_be_read(tokens: Theme) -> None:
    assert contrast(tokens.on_accent, tokens.accent) >= least(tokens)


def test_of_high_contrast_even_decoration_and_hairlines_are_seen() -> None:
    for ground in GROUNDS:
        assert contrast(theme.CONTRAST.faint, getattr(theme.CONTRAST, ground)) >= 7.0, ground
        assert contrast(theme.CONTRAST.line, getattr(theme.CONTRAST, ground)) >= 4.5, ground


@THEMES
@pytest.mark.parametrize("ground", [*GROUNDS, "code"])
def test_what_has_the_focus_is_framed_so_that_it_is_seen(tokens: Theme, ground: str) -> None:
    assert contrast(tokens.accent, getattr(tokens, ground)) >= 3.0


@THEMES
def test_every_colour_is_one(tokens: Theme) -> None:
    for field in fields(tokens):
        value = getattr(tokens, field.name)
        if field.name not in ("name", "dark"):
            assert QColor(value).isValid(), field.name
            assert value.startswith("#"), field.name


@pytest.mark.parametrize("tone", ["ok", "bad", "run", "wait", "plain"])
def test_every_tone_has_a_colour(tone: str) -> None:
    assert QColor(theme.tone_colour(DARK, tone)).isValid()


def test_fonts_are_the_ones_that_travel_with_the_project(qtbot: QtBot) -> None:
    assert theme.load_fonts() == ()
    assert QFontInfo(theme.ui_font()).family() == "Inter"
    assert QFontInfo(theme.mono_font()).family() == "JetBrains Mono"
    assert QFontInfo(theme.symbol_font()).family() == "QNTX Symbols"
    assert theme.mono_font(2.0).pixelSize() == 24


@THEMES
def test_the_theme_reaches_the_application(qapp: QApplication, tokens: Theme) -> None:
    before = (qapp.palette(), qapp.styleSheet(), qapp.font())
    try:
        theme.apply(qapp, tokens)
        assert qapp.palette().color(QPalette.ColorRole.Window).name() == tokens.window
        assert tokens.line in qapp.styleSheet()
    finally:
        qapp.setStyleSheet(before[1])
        qapp.setPalette(before[0])
        qapp.setFont(before[2])
