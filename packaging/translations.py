"""Bring the languages of the window up to date: collect every text from the code, keep what is translated, compile.

    python packaging/translations.py

Needs the project's environment (PySide6 brings `lrelease`). Writes `resources/translations/qntx_<language>.ts`,
which translators edit with Qt Linguist or by hand, and the `.qm` beside it, which the window loads; and
`below_<language>.ts` with its `.json` for what the floors below the window say (see `texts_below.py`). A text that
is in no code any more is dropped; a new one is unfinished, and a test fails until somebody translates it.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("de",)
CONTEXT = "qntx"


def texts() -> list[str]:
    """Every text of the window, counted words and names of settings too, in order of the alphabet."""
    return sorted(_found(("tr", "counted")) | _options())


def sentences() -> list[str]:
    """Every text that says itself that it is one, by `tr`."""
    return sorted(_found(("tr",)))


def _found(calls: tuple[str, ...]) -> set[str]:
    found: set[str] = set()
    for path in sorted((ROOT / "qntx_desktop" / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                found |= _of(node, calls)
    return found


def _of(call: ast.Call, calls: tuple[str, ...]) -> set[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    words = [each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    if name not in calls:
        return set()
    if name == "tr":
        return set(words[:1])
    if words:
        return {words[0], words[1] if len(words) > 1 else words[0] + "s"}
    return set()


def _options() -> set[str]:
    sys.path.insert(0, str(ROOT))
    from qntx_desktop.model.option import OPTIONS
    from qntx_desktop.services.canvas_templates import TEMPLATES

    templates = {text for each in TEMPLATES for text in (each.label, each.sentence)}
    return {option.help for option in OPTIONS} | templates | _canvases()


def _canvases() -> set[str]:
    """The names and notes of the canvases that a person begins with."""
    found: set[str] = set()
    for path in (ROOT / "resources" / "templates" / "canvases").glob("*.qntxcanvas"):
        shape = json.loads(path.read_text(encoding="utf-8"))
        found |= {shape["name"], *(each["content"]["text"] for each in shape["glyphs"] if each["kind"] == "note")}
    return found


def known(language: str) -> dict[str, str]:
    """What is translated already."""
    path = FOLDER / f"qntx_{language}.ts"
    if not path.exists():
        return {}
    messages = ET.parse(path).getroot().iter("message")
    return {each.findtext("source") or "": each.findtext("translation") or "" for each in messages}


def known_below(language: str) -> dict[str, str]:
    """What of the floors below is translated already; a template has one translation, whichever code says it."""
    path = FOLDER / f"below_{language}.ts"
    if not path.exists():
        return {}
    messages = ET.parse(path).getroot().iter("message")
    found = {each.findtext("source") or "": each.findtext("translation") or "" for each in messages}
    return {source: words for source, words in found.items() if words}


def codes() -> dict[str, list[str]]:
    """The templates of what each error says by itself, by its code."""
    return _collector().leaf_templates()


def below() -> tuple[dict[str, list[str]], list[str]]:
    """The templates of what the floors below say: of each error code, and of everything else."""
    return codes(), _collector().reasons()


def _collector() -> Any:
    if str(HERE) not in sys.path:
        sys.path.insert(0, str(HERE))
    import texts_below

    return texts_below


def write_below(language: str, table: dict[str, str]) -> int:
    """Write the source of what the floors below say, and what the window reads of it.

    Args:
        table: What is translated already.

    Returns:
        How many are not.
    """
    said_of, reasons = below()
    table = table | {each: each for said in said_of.values() for each in said if _wordless(each)}
    named = {f"error {code}": each for code, each in said_of.items()} | {"below": reasons}
    rooms = {name: {source: table.get(source, "") for source in each} for name, each in named.items()}
    _write_source(FOLDER / f"below_{language}.ts", language, rooms)
    shape = {
        "errors": {code: _done(each, table) for code, each in said_of.items()},
        "texts": _done(reasons, table),
    }
    text = json.dumps(shape, ensure_ascii=False, indent=0, sort_keys=True)
    (FOLDER / f"below_{language}.json").write_text(text + "\n", encoding="utf-8")
    return len({source for each in rooms.values() for source, words in each.items() if not words})


def _done(sources: list[str], table: dict[str, str]) -> dict[str, str]:
    return {source: table[source] for source in sources if source in table}


def _wordless(template: str) -> bool:
    return not any(character.isalpha() for character in re.sub(r"\{\w+\}", "", template))


def write(language: str, table: dict[str, str]) -> None:
    """Write the source of a language and compile it."""
    path = FOLDER / f"qntx_{language}.ts"
    _write_source(path, language, {CONTEXT: table})
    compiler = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run([str(compiler), "-silent", str(path), "-qm", str(path.with_suffix(".qm"))], check=True)


def _write_source(path: Path, language: str, rooms: dict[str, dict[str, str]]) -> None:
    root = ET.Element("TS", {"version": "2.1", "language": language, "sourcelanguage": "en"})
    for name, table in rooms.items():
        context = ET.SubElement(root, "context")
        ET.SubElement(context, "name").text = name
        for source, words in sorted(table.items()):
            message = ET.SubElement(context, "message")
            ET.SubElement(message, "source").text = source
            done = ET.SubElement(message, "translation", {} if words else {"type": "unfinished"})
            done.text = words
    ET.indent(root, " ")
    path.parent.mkdir(parents=True, exist_ok=True)
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(head + ET.tostring(root, encoding="unicode") + "\n", encoding="utf-8")


def main() -> int:
    """Do it for every language."""
    for language in LANGUAGES:
        old = known(language)
        table = {text: old.get(text, "") for text in texts()}
        write(language, table)
        missing = sum(not words for words in table.values())
        below_missing = write_below(language, known_below(language))
        sys.stdout.write(f"{language}: {len(table):,} texts, {missing + below_missing:,} not translated\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
