"""The words of the window in the person's language: the code holds English, Qt's translator the rest.

Qt main thread; what it gives may be asked for anywhere. `choose` is called once, before the rest of the window
is imported, since labels and tables are made then; in English no table is loaded and `tr` gives back what it was
given. Sources and tables of the languages lie in `resources/translations` as `qntx_<language>.ts` and `.qm`;
`packaging/translations.py` makes both from the code. How figures, days and times are written is the locale's: that
of the desktop, when it speaks the language of the window, else the usual one of that language.
"""

from __future__ import annotations

import re
from datetime import date, time
from typing import TYPE_CHECKING

from qntx_desktop.app.resources import resource_path

if TYPE_CHECKING:
    from PySide6.QtCore import QLocale, QTranslator
    from PySide6.QtWidgets import QApplication

LANGUAGES = ("en", "de")
SYSTEM = "system"
CONTEXT = "qntx"


class _Words:
    """The language of this process, and how it writes; no locale: plain English, `1,234.5` and `3 Mar 18:40`."""

    language = "en"
    translator: QTranslator | None = None
    locale: QLocale | None = None
    is_asked = True
    """Whether the locale is known; it is looked for when something is written, the first paint writes nothing."""


def choose(wanted: str = SYSTEM) -> str:
    """Take a language for this process.

    Args:
        wanted: One of `LANGUAGES`, or `system`: the first language of the desktop that there is.

    Returns:
        The language taken; English when a table cannot be read.
    """
    language = wanted if wanted in LANGUAGES else _of_the_system()
    _Words.language, _Words.translator = "en", None
    if language != "en":
        from PySide6.QtCore import QTranslator  # late: English needs none

        translator = QTranslator()
        if translator.load(str(resource_path("translations", f"qntx_{language}.qm"))):
            _Words.language, _Words.translator = language, translator
    _Words.locale, _Words.is_asked = None, False
    return _Words.language


def _locale() -> QLocale | None:
    """The desktop's own locale if it speaks the language, as in Austria or Switzerland; else the usual one."""
    if not _Words.is_asked:
        from PySide6.QtCore import QLocale  # late: see `choose`

        own, usual = _desktops(), QLocale(_Words.language)
        fits = own.language() is usual.language()
        _Words.locale = own if fits else None if _Words.language == "en" else usual
        _Words.is_asked = True
    return _Words.locale


def _desktops() -> QLocale:
    from PySide6.QtCore import QLocale  # late: see `choose`

    return QLocale.system()


def _of_the_system() -> str:
    asked = (name.replace("_", "-").partition("-")[0].lower() for name in _desktops().uiLanguages())
    return next((name for name in asked if name in LANGUAGES), "en")


def install(app: QApplication) -> None:
    """Let Qt itself (its dialogs, its menus of text fields) speak the language too, and write from its side."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    if _Words.translator is None:
        return
    QLocale.setDefault(_locale() or QLocale(_Words.language))
    app.installTranslator(_Words.translator)
    own = QTranslator(app)
    if own.load(f"qtbase_{_Words.language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(own)


def language() -> str:
    """The language of this process, such as `de`."""
    return _Words.language


def tr(text: str, note: str = "") -> str:
    """A text of the window in the person's language.

    Args:
        text: English, a literal; parts that change stand as `{name}` and are put in with `format` afterwards.
        note: Tells apart what is one word in English and two in another language.
    """
    if _Words.translator is None or not text:
        return text
    return _Words.translator.translate(CONTEXT, text, note) or text


def figure(text: str) -> str:
    """A number that was written the English way (`1,234.5`), written the person's way."""
    locale = _locale()
    if locale is None:
        return text
    thousands, decimals = locale.groupSeparator(), locale.decimalPoint()
    return text.translate({ord(","): thousands, ord("."): decimals})


def clock_words(at: time, *, seconds: bool = False) -> str:
    """A time of day: `18:40`, `6:40 PM`, with seconds `18:40:05`."""
    locale = _locale()
    if locale is None:
        return f"{at:%H:%M:%S}" if seconds else f"{at:%H:%M}"
    from PySide6.QtCore import QLocale, QTime  # late: see `choose`

    form = locale.timeFormat(QLocale.FormatType.ShortFormat)
    form = form.replace("mm", "mm:ss") if seconds else form
    return str(locale.toString(QTime(at.hour, at.minute, at.second), form))


def day_words(at: date, *, year: bool = False) -> str:
    """A day: `3 Mar`, `3. März`, `Mar 3`, with its year `3 Mar 2025`."""
    from PySide6.QtCore import QDate, QLocale  # late: see `choose`

    locale = _locale()
    if locale is None:
        month = QLocale.c().monthName(at.month, QLocale.FormatType.ShortFormat)
        return f"{at.day} {month}" + (f" {at.year}" if year else "")
    form = re.sub(r"d{3,4}[,.]?\s*", "", locale.dateFormat(QLocale.FormatType.LongFormat)).replace("MMMM", "MMM")
    if not year:
        form = re.sub(r"[\s,/]*y{2,4}", "", form)
    return str(locale.toString(QDate(at.year, at.month, at.day), form))


def whole_day(at: date) -> str:
    """A day in figures, its year with four: `2026-11-21` in plain English, `21.11.2026`, `11/21/2026`."""
    locale = _locale()
    if locale is None:
        return at.isoformat()
    from PySide6.QtCore import QDate, QLocale  # late: see `choose`

    form = re.sub(r"y{2,4}", "yyyy", locale.dateFormat(QLocale.FormatType.ShortFormat))
    return str(locale.toString(QDate(at.year, at.month, at.day), form))


def month_name(number: int) -> str:
    """The whole name of a month, 1 to 12."""
    from PySide6.QtCore import QLocale  # late: see `choose`

    return str((_locale() or QLocale.c()).standaloneMonthName(number))


def day_name(number: int) -> str:
    """The whole name of a day of the week; Sunday is 0."""
    from PySide6.QtCore import QLocale  # late: see `choose`

    return str((_locale() or QLocale.c()).standaloneDayName(number or 7))
