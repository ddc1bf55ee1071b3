"""The words of the window in the person's language: the code holds English, Qt's translator the rest.

Qt main thread. `choose` is called once, before the rest of the window is imported, since labels and tables are made
then; in English nothing is loaded and `tr` gives back what it was given. Sources and tables of the languages lie in
`resources/translations` as `qntx_<language>.ts` and `.qm`; `packaging/translations.py` makes both from the code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qntx_desktop.app.resources import resource_path

if TYPE_CHECKING:
    from PySide6.QtCore import QTranslator
    from PySide6.QtWidgets import QApplication

LANGUAGES = ("en", "de")
SYSTEM = "system"
CONTEXT = "qntx"
_POINTS = {"en": (",", "."), "de": (".", ",")}
"""What parts thousands, and what begins the decimals."""


class _Words:
    """The language of this process."""

    language = "en"
    translator: QTranslator | None = None


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
    return _Words.language


def _of_the_system() -> str:
    from PySide6.QtCore import QLocale  # late: see `choose`

    asked = (name.replace("_", "-").partition("-")[0].lower() for name in QLocale.system().uiLanguages())
    return next((name for name in asked if name in LANGUAGES), "en")


def install(app: QApplication) -> None:
    """Let Qt itself (its dialogs, its menus of text fields) speak the language too, and write from its side."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    if _Words.translator is None:
        return
    QLocale.setDefault(QLocale(_Words.language))
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
    if _Words.language == "en":
        return text
    thousands, decimals = _POINTS[_Words.language]
    return text.translate({ord(","): thousands, ord("."): decimals})
