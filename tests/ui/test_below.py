"""What the floors below say, in German: every error with whatever is put into it; the person's own text stays."""

from __future__ import annotations

import importlib
import json
import re
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QLocale

from qntx_desktop.model import errors
from qntx_desktop.model.schedule import Timing
from qntx_desktop.ui import below, cron_words, text, told, wording
from tests.packaged import load

ROOT = Path(__file__).resolve().parents[2]
SLOTS = re.compile(r"\{\w+\}")


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    return load("translations")


@pytest.fixture(scope="module")
def collector(tool: ModuleType) -> ModuleType:
    tool.codes()
    return importlib.import_module("texts_below")


@pytest.fixture
def _german(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("language", "translator", "locale", "is_asked"):
        monkeypatch.setattr(text._Words, name, getattr(text._Words, name))
    monkeypatch.setattr(text, "_desktops", lambda: QLocale("de_DE"))
    assert text.choose("de") == "de"


def test_nearly_every_reason_is_translated_and_none_loses_a_part(tool: ModuleType) -> None:
    """Reasons that were written today may be English for a day; the tool counts them."""
    _, reasons = tool.below()
    for language in tool.LANGUAGES:
        known = tool.known_below(language)
        missing = [each for each in reasons if not known.get(each)]
        assert len(missing) * 8 <= len(reasons), missing
        for source, words in known.items():
            assert sorted(SLOTS.findall(source)) == sorted(SLOTS.findall(words)), source


def test_what_the_window_reads_is_what_was_translated(tool: ModuleType) -> None:
    for language in tool.LANGUAGES:
        known = tool.known_below(language)
        shape = json.loads((tool.FOLDER / f"below_{language}.json").read_text(encoding="utf-8"))
        for said in (shape["texts"], *shape["errors"].values()):
            assert {source: known[source] for source in said} == said


@pytest.mark.usefixtures("_german")
def test_every_error_is_said_in_german_whatever_is_put_into_it(collector: ModuleType) -> None:
    """One leaf after the other, with every parameter given and left out; the same from what was kept of it."""
    told_leaves = 0
    for leaf in collector.leaves():
        for error in collector.samples(leaf):
            for said, part in ((error.message, told.message), (error.hint, told.hint)):
                if collector.says(said) and " None" not in said:
                    assert part(error) != said, (leaf.__name__, said)
                    assert sorted(set(SLOTS.findall(part(error)))) == sorted(set(SLOTS.findall(said)))
                    told_leaves += 1
                assert part(errors.error_from_json(error.to_json())) == part(error) == part(error.to_json())
    assert told_leaves > 150


def test_in_english_an_error_says_what_it_says() -> None:
    error = errors.ErrNoIngestScript("csv")
    assert (told.message(error), told.hint(error)) == (error.message, error.hint)
    assert told.message(error.to_json()) == error.message
    assert (told.message(None), told.hint({})) == ("", "")


@pytest.mark.usefixtures("_german")
def test_a_sentence_keeps_what_is_put_into_it() -> None:
    path = "/data/is missing: Permission denied"
    error = errors.ErrFileNotFound(path, "Permission denied")
    assert told.whole(error) == f"{path}: Keine Berechtigung Prüfen Sie den Pfad."
    name = errors.ErrInvalidHandlerName("Ab", 1, "character 1 is the capital letter 'A'")
    assert told.message(name) == "„Ab“ ist kein Name eines Handlers: Zeichen 1 ist der Großbuchstabe „A“"
    asked = errors.ErrPermissionRequired(
        "network: a.b:443, it is not confined on this machine", subject="f v2", name="f"
    )
    german = "f v2 braucht Ihre Erlaubnis: Netz: a.b:443, es ist auf diesem Rechner nicht eingesperrt"
    assert told.message(asked) == told.said(asked.message, asked.code) == german
    held = "'feed' has spent 1,204.50 of the 1,000.00 USD it may cost a day."
    assert told.said(held) == "„feed“ hat 1.204,50 von 1.000,00 USD ausgegeben, die es kosten darf (Zeitraum: Tag)."


@pytest.mark.usefixtures("_german")
def test_the_persons_own_text_is_left_alone() -> None:
    error = errors.ErrHandlerFailed("ValueError", "is missing", line=3)
    assert told.message(error) == "ValueError: is missing (Zeile 3)"
    for own in ("My own sentence, of no template.", "x" * (below.MOST_CHARS + 1), "", "{reason} (column {column})"):
        assert told.said(own) in (own, "{reason} (Spalte {column})")
    assert told.message({"code": "of_tomorrow", "message": "Something new.", "details": None}) == "Something new."


@pytest.mark.usefixtures("_german")
@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("0 9 * * MON-FRI", "Montag bis Freitag um 09:00"),
        ("*/5 * * * *", "alle 5 Minuten"),
        ("0 * * * *", "zu jeder vollen Stunde"),
        ("5 * * * *", "zur Minute 5 jeder Stunde"),
        ("30 8,17 * * 1,3", "Montag und Mittwoch um 08:30 und 17:30"),
        ("0 0 1,15 * 7", "am 1. und 15. des Monats oder Sonntag um 00:00"),
        ("0 0 L * *", "am letzten Tag des Monats um 00:00"),
        ("0 9 * 3 1#2", "2. Montag des Monats im März um 09:00"),
        ("*/15 9-17 * * *", "alle 15 Minuten von 09:00 bis 17:59"),
        ("@daily", "jeden Tag um 00:00"),
        ("no cron line", "no cron line"),
        ("a b c d e", "a b c d e"),
    ],
)
def test_a_cron_line_is_said_in_german(line: str, words: str) -> None:
    assert cron_words.cron_words(line) == words
    assert told.timed("Whatever cronsim says", Timing(cron=line)) == words


def test_a_cron_line_says_itself_in_english() -> None:
    assert told.timed("at 09:00 every day", Timing(cron="0 9 * * *")) == "at 09:00 every day"


@pytest.mark.parametrize(
    ("name", "language", "written"),
    [
        ("C", "en", ("12 Oct 11:02", "11:02:58", "2026-11-21", "1,234.5")),
        ("en_GB", "en", ("12 Oct 11:02", "11:02:58", "21/11/2026", "1,234.5")),
        ("en_US", "en", ("Oct 12 11:02 AM", "11:02:58 AM", "11/21/2026", "1,234.5")),
        ("de_DE", "de", ("12. Okt. 11:02", "11:02:58", "21.11.2026", "1.234,5")),
        ("fr_FR", "de", ("12. Okt. 11:02", "11:02:58", "21.11.2026", "1.234,5")),
    ],
)
def test_days_and_figures_are_the_locales(
    name: str, language: str, written: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """That of the desktop as long as it speaks the language of the window."""
    for each in ("language", "translator", "locale", "is_asked"):
        monkeypatch.setattr(text._Words, each, getattr(text._Words, each))
    monkeypatch.setattr(text, "_desktops", lambda: QLocale(name))
    text.choose(language)
    now = 1_795_258_978_000_000
    at = wording.moment(now).replace(hour=11, minute=2, second=58)
    now_us, earlier_us = (int(each.timestamp() * 1_000_000) for each in (at, at.replace(month=10, day=12)))
    said = (
        wording.when(earlier_us, now_us),
        wording.clock(now_us),
        wording.stamp(now_us).partition(" ")[0],
        wording.count(1234.5),
    )
    assert tuple(each.replace("\u202f", " ").replace("\xa0", " ") for each in said) == written
