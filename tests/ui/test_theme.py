"""The tokens keep their promises: contrast in both themes, fonts that load, a palette that reaches Qt."""

from __future__ import annotations

from dataclasses import fields

import pytest
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qntx_desktop.ui import theme
from qntx_desktop.ui.theme import DARK, LIGHT, Theme

WORDS = ("text", "dim", "accent", "running", "done", "failed", "waiting")
CODE = ("text", "code_keyword", "code_string", "code_number", "code_function", "code_comment")
THEMES = pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda each: each.name)


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
@pytest.mark.parametrize("ground", ["window", "canvas", "card", "raised"])
def test_words_can_be_read_on_every_ground(tokens: Theme, ground: str) -> None:
    for name in WORDS:
        assert contrast(getattr(tokens, name), getattr(tokens, ground)) >= 4.5, name


@THEMES
def test_code_can_be_read(tokens: Theme) -> None:
    for name in CODE:
        assert contrast(getattr(tokens, name), tokens.code) >= 4.5, name


@THEMES
def test_text_on_the_accent_can_be_read(tokens: Theme) -> None:
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5


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
