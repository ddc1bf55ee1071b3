"""No text of the window and no error is without its translation. Here, so that every change is held to it."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

from tests.packaged import load

ROOT = Path(__file__).resolve().parents[2]
HELP = "run: python packaging/translations.py - then fill in what is unfinished in resources/translations/"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    return load("translations")


def test_every_text_of_the_window_is_translated(tool: ModuleType) -> None:
    for language in tool.LANGUAGES:
        table = tool.known(language)
        missing = [each for each in (*tool.sentences(), *table) if not table.get(each)]
        assert not missing, f"{HELP}qntx_{language}.ts, and run it again: {missing}"


def test_every_error_has_its_templates_translated(tool: ModuleType) -> None:
    codes = tool.codes()
    assert len(codes) > 80
    for language in tool.LANGUAGES:
        known = tool.known_below(language)
        words = ((code, each) for code, said in codes.items() for each in said if _has_words(each))
        missing = [(code, each) for code, each in words if not known.get(each)]
        assert not missing, f"{HELP}below_{language}.ts, and run it again: {missing}"


def _has_words(template: str) -> bool:
    return any(character.isalpha() for character in re.sub(r"\{\w+\}", "", template))
