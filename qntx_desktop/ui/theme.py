"""Colours, sizes and fonts of the window, in three themes, and how they reach Qt.

Qt main thread (the tokens themselves are plain values). `setColorScheme` does nothing on a bare X server, so both
palettes are brought along and laid on Fusion.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from qntx_desktop.app.resources import resource_path
from qntx_desktop.ui import measure

RADIUS_PX = 10
PADDING_PX = 12
TITLE_PX = 34
FOOTER_PX = 28
GRID_PX = 8
DOT_PX = 24
PORT_PX = 11
TARGET_PX = 24
RAIL_PX = 48

UI_PX = 13
FACT_PX = 12
CHIP_PX = 11
MONO_PX = 12
SYMBOL_PX = 16
LINE_PX = 18

SYMBOLS = "QNTX Symbols"
_SANS = ("Inter", SYMBOLS, "Noto Sans", "sans-serif")
_MONO = ("JetBrains Mono", SYMBOLS, "DejaVu Sans Mono", "monospace")
_STYLED = "qntx_styled"
FIRST_FONTS = ("Inter-Regular.otf", "Inter-SemiBold.otf", "QNTXSymbols.ttf")
"""What the first paint shows; the others may come after it."""
OTHER_FONTS = ("Inter-Medium.otf", "JetBrainsMono-Regular.ttf", "JetBrainsMono-Bold.ttf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Every colour, as `#rrggbb`. `faint` is decoration: it never carries what is said nowhere else."""

    name: str
    dark: bool
    window: str
    canvas: str
    dot: str
    card: str
    raised: str
    line: str
    text: str
    dim: str
    faint: str
    accent: str
    running: str
    done: str
    failed: str
    waiting: str
    code: str
    code_keyword: str
    code_string: str
    code_number: str
    code_function: str
    code_comment: str
    on_accent: str

    @property
    def strong(self) -> bool:
        """True for the theme of high contrast: what has the focus is framed wide and solid."""
        return self.name == "contrast"

    @property
    def chosen(self) -> str:
        """What is painted behind words of a chip that is chosen, or of a button under the pointer."""
        return "#3a4048" if self.strong else self.line


DARK = Theme(
    name="dark",
    dark=True,
    window="#15171c",
    canvas="#121419",
    dot="#242831",
    card="#1c1f27",
    raised="#20242d",
    line="#2e3440",
    text="#e6e8ec",
    dim="#9aa3b2",
    faint="#667080",
    accent="#5cc8b0",
    running="#6cb2ff",
    done="#68c98b",
    failed="#ff7b72",
    waiting="#e3b341",
    code="#171a21",
    code_keyword="#d49be8",
    code_string="#9ad08b",
    code_number="#e8b26a",
    code_function="#7fb8ff",
    code_comment="#8791a1",
    on_accent="#0d1a17",
)
LIGHT = replace(
    DARK,
    name="light",
    dark=False,
    window="#fbfbf9",
    canvas="#f4f4f0",
    dot="#dcdcd4",
    card="#ffffff",
    raised="#f7f7f4",
    line="#d9d9d1",
    text="#1d2127",
    dim="#59626f",
    faint="#8a929d",
    accent="#0b7a65",
    running="#1d6ccb",
    done="#1d7f43",
    failed="#c2362b",
    waiting="#8f6400",
    code="#fafaf8",
    code_keyword="#8a3fa6",
    code_string="#2c7a35",
    code_number="#a35a00",
    code_function="#1f5fb0",
    code_comment="#69717c",
    on_accent="#ffffff",
)
CONTRAST = replace(
    DARK,
    name="contrast",
    window="#000000",
    canvas="#000000",
    dot="#4a4f57",
    card="#000000",
    raised="#1a1d22",
    line="#aab2bd",
    text="#ffffff",
    dim="#dfe4ea",
    faint="#b8c0ca",
    accent="#5ff5d4",
    running="#a5d4ff",
    done="#8af5a6",
    failed="#ffb3ab",
    waiting="#ffdc73",
    code="#000000",
    code_keyword="#f0bdff",
    code_string="#b4f2a2",
    code_number="#ffd08a",
    code_function="#a9d3ff",
    code_comment="#c3cbd6",
    on_accent="#000000",
)
THEMES = {theme.name: theme for theme in (DARK, LIGHT, CONTRAST)}
_TONES = {"ok": "done", "bad": "failed", "run": "running", "wait": "waiting", "plain": "dim"}


def tone_colour(theme: Theme, tone: str) -> str:
    """The colour of a chip's tone: `ok`, `bad`, `run`, `wait` or `plain`."""
    return str(getattr(theme, _TONES[tone]))


def load_fonts(names: tuple[str, ...] = FIRST_FONTS + OTHER_FONTS) -> tuple[str, ...]:
    """Register fonts that travel with the project, by default all; needs an application.

    Returns:
        The file names that could not be read; the platform's own fonts stand in for those.
    """
    measure.forget()
    return tuple(
        name
        for name in names
        if QFontDatabase.addApplicationFont(str(resource_path("fonts", name))) < 0
    )


def _font(families: tuple[str, ...], size_px: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    font = QFont()
    font.setFamilies(list(families))
    font.setPixelSize(max(1, round(size_px)))
    font.setWeight(weight)
    # Without hinting a text is as wide at 200 % as twice at 100 %: what was laid out once fits at every zoom.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@cache
def ui_font(scale: float = 1.0) -> QFont:
    """Ordinary text."""
    return _font(_SANS, UI_PX * scale)


@cache
def name_font(scale: float = 1.0) -> QFont:
    """Names of glyphs and handlers."""
    return _font(_SANS, UI_PX * scale, QFont.Weight.DemiBold)


@cache
def fact_font(scale: float = 1.0) -> QFont:
    """Facts: footers, tables."""
    return _font(_SANS, FACT_PX * scale)


@cache
def chip_font(scale: float = 1.0) -> QFont:
    """Chips and small labels."""
    return _font(_SANS, CHIP_PX * scale)


@cache
def mono_font(scale: float = 1.0) -> QFont:
    """Code and commands."""
    return _font(_MONO, MONO_PX * scale)


@cache
def symbol_font(scale: float = 1.0) -> QFont:
    """The signs of glyph kinds."""
    return _font((SYMBOLS, *_SANS), SYMBOL_PX * scale)


def palette_of(theme: Theme) -> QPalette:
    """The theme as a Qt palette, disabled text included."""
    palette = QPalette()
    role = QPalette.ColorRole
    for key, colour in (
        (role.Window, theme.window),
        (role.WindowText, theme.text),
        (role.Base, theme.card),
        (role.AlternateBase, theme.raised),
        (role.Text, theme.text),
        (role.Button, theme.raised),
        (role.ButtonText, theme.text),
        (role.BrightText, theme.failed),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_accent),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        (role.PlaceholderText, theme.dim),
        (role.ToolTipBase, theme.raised),
        (role.ToolTipText, theme.text),
        (role.Mid, theme.line),
        (role.Dark, theme.line),
        (role.Accent, theme.accent),
    ):
        palette.setColor(key, QColor(colour))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, QColor(theme.faint))
    return palette


def style_sheet(theme: Theme) -> str:
    """What the palette cannot say: hairlines, rounding, menus, tool tips, scroll bars, a visible focus."""
    return f"""
QToolTip {{ background: {theme.raised}; color: {theme.text}; border: 1px solid {theme.line}; padding: 4px 6px; }}
QMenu {{ background: {theme.card}; color: {theme.text}; border: 1px solid {theme.line}; padding: 4px; }}
QMenu::item {{ padding: 5px 24px 5px 12px; border-radius: 6px; }}
QMenu::item:selected {{ background: {theme.raised}; color: {theme.accent}; }}
QMenu::item:disabled {{ color: {theme.faint}; }}
QMenu::separator {{ height: 1px; background: {theme.line}; margin: 4px 8px; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {theme.line}; border-radius: 3px; margin: 2px;
  min-height: 24px; min-width: 24px; }}
QScrollBar::handle:hover {{ background: {theme.faint}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
"""


def styled_application(name: str) -> QApplication:
    """An application that has Fusion from its first moment.

    Setting the style later makes Python types of everything about styles, which the first paint would wait for.
    """
    app = QApplication([name, "-style", "fusion"])
    app.setProperty(_STYLED, True)
    return app


def apply(app: QApplication, theme: Theme) -> None:
    """Lay a theme on the whole application: Fusion, palette, style sheet, font."""
    if app.property(_STYLED) is None:
        from PySide6.QtWidgets import QStyleFactory

        app.setStyle(QStyleFactory.create("Fusion"))
        app.setProperty(_STYLED, True)
    app.setPalette(palette_of(theme))
    app.setFont(ui_font())
    app.setStyleSheet(style_sheet(theme))
