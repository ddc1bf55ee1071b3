"""Bring the languages of the window up to date: collect every text from the code, keep what is translated, compile.

    python packaging/translations.py

Needs the project's environment (PySide6 brings `lrelease`). Writes `resources/translations/qntx_<language>.ts`,
which translators edit with Qt Linguist or by hand, and the `.qm` beside it, which the window loads. A text that is
in no code any more is dropped; a new one is unfinished, and a test fails until somebody translates it.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("de",)
CONTEXT = "qntx"
#: Of loops over literals, which no reading of the code finds.
LISTED = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def texts() -> list[str]:
    """Every text of the window, counted words and names of settings too, in order of the alphabet."""
    return sorted(_found(("tr", "counted")) | _options() | set(LISTED))


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
    return {option.help for option in OPTIONS} | templates


def known(language: str) -> dict[str, str]:
    """What is translated already."""
    path = FOLDER / f"qntx_{language}.ts"
    if not path.exists():
        return {}
    messages = ET.parse(path).getroot().iter("message")
    return {each.findtext("source") or "": each.findtext("translation") or "" for each in messages}


def write(language: str, table: dict[str, str]) -> None:
    """Write the source of a language and compile it."""
    root = ET.Element("TS", {"version": "2.1", "language": language, "sourcelanguage": "en"})
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for source, words in sorted(table.items()):
        message = ET.SubElement(context, "message")
        ET.SubElement(message, "source").text = source
        done = ET.SubElement(message, "translation", {} if words else {"type": "unfinished"})
        done.text = words
    ET.indent(root, " ")
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"qntx_{language}.ts"
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(head + ET.tostring(root, encoding="unicode") + "\n", encoding="utf-8")
    compiler = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run([str(compiler), "-silent", str(path), "-qm", str(path.with_suffix(".qm"))], check=True)


def main() -> int:
    """Do it for every language."""
    for language in LANGUAGES:
        old = known(language)
        table = {text: old.get(text, "") for text in texts()}
        write(language, table)
        missing = sum(not words for words in table.values())
        sys.stdout.write(f"{language}: {len(table):,} texts, {missing:,} not translated\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
