"""The window in another language: every text has its translation, and the compiled table is the written one."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtWidgets import QApplication, QListView
from pytestqt.qtbot import QtBot

from qntx_desktop.app.window_memory import LANGUAGES as REMEMBERED
from qntx_desktop.model.asking import asks_more
from qntx_desktop.model.confinement import SandboxLevel, held_words, sentence
from qntx_desktop.model.handler import Permissions, Requires
from qntx_desktop.model.option import BY_KEY
from qntx_desktop.model.schedule import Timing, interval_phrase
from qntx_desktop.ui import text, told, wording
from qntx_desktop.ui.theme import DARK
from tests.packaged import load
from tests.ui import gallery

ROOT = Path(__file__).resolve().parents[2]
UI = ROOT / "qntx_desktop" / "ui"
#: Rooms whose every sentence goes through `tr`; others may say theirs in English still.
WHOLE = (
    "rail.py",
    "state_view.py",
    "canvas/quick_add.py",
    "canvas/zoom_box.py",
    "canvas/renaming.py",
    "glyphs/note.py",
    "glyphs/frame.py",
    "glyphs/placeholder.py",
    "dialogs/about_view.py",
    "dialogs/allow_view.py",
    "dialogs/attestation_view.py",
    "dialogs/bundle_files_view.py",
    "dialogs/bundle_view.py",
    "dialogs/canvas_name.py",
    "dialogs/canvases_view.py",
    "dialogs/diff_view.py",
    "dialogs/doors_parts.py",
    "dialogs/doors_view.py",
    "dialogs/error_view.py",
    "dialogs/frame.py",
    "dialogs/history_view.py",
    "dialogs/hooks_page.py",
    "dialogs/preview_view.py",
    "dialogs/schedule_view.py",
    "dialogs/secrets_view.py",
    "dialogs/settings_view.py",
    "dialogs/tokens_page.py",
    "dialogs/results_view.py",
    "panels/pulse/details.py",
    "panels/pulse/figures.py",
    "panels/pulse/filters.py",
    "panels/pulse/panel.py",
    "panels/pulse/rows.py",
    "panels/pulse/schedules.py",
    "panels/pulse/timeline.py",
    "panels/pulse/words.py",
    "panels/sources/file_tree.py",
    "panels/sources/file_view.py",
    "panels/sources/files_page.py",
    "panels/sources/history_page.py",
    "panels/sources/review_page.py",
    "panels/sources/source_form.py",
    "panels/sources/view.py",
    "panels/plugins/add_form.py",
    "panels/plugins/pages.py",
    "panels/plugins/settings_page.py",
    "panels/plugins/view.py",
    "panels/plugins/words.py",
    "panels/sources/words.py",
    "control/allowing.py",
    "control/canvas_bundles.py",
    "control/canvas_files.py",
    "control/canvas_finding.py",
    "control/canvas_undo.py",
    "control/canvases.py",
    "control/controller.py",
    "control/dropped_rows.py",
    "control/first_offer.py",
    "control/failures.py",
    "control/handlers.py",
    "control/jobs.py",
    "control/links.py",
    "control/marks.py",
    "control/name_window.py",
    "control/plugins.py",
    "control/previews.py",
    "control/pulse.py",
    "control/registry.py",
    "control/scheduling.py",
    "control/secret_keeping.py",
    "control/sources.py",
    "control/switching.py",
    "control/windows.py",
    "canvas/clipboard.py",
    "canvas/commands.py",
    "canvas/document.py",
    "canvas/editing.py",
    "canvas/finder.py",
    "canvas/finding.py",
    "canvas/keyhands.py",
    "canvas/layout.py",
    "canvas/menus.py",
    "canvas/minimap.py",
    "canvas/shaping.py",
    "canvas/view.py",
    "access/announcer.py",
    "access/words.py",
    "panels/outline/panel.py",
    "panels/handler_list.py",
    "panels/handler_name.py",
    "panels/handler_versions.py",
    "panels/handlers.py",
    "panels/notice.py",
    "glyphs/attestation.py",
    "glyphs/canvas.py",
    "glyphs/error.py",
    "glyphs/face.py",
    "glyphs/ix.py",
    "glyphs/preview.py",
    "glyphs/python.py",
    "glyphs/result.py",
    "glyphs/run_words.py",
    "glyphs/table_body.py",
    "editor/code_editor.py",
    "editor/completion_list.py",
    "editor/gutter.py",
    "editor/line_editor.py",
    "editor/marks.py",
    "editor/naming.py",
    "editor/text_editor.py",
    "absence.py",
    "cron_words.py",
    "errors.py",
    "menu.py",
    "statusbar.py",
    "tasks.py",
    "text.py",
    "topbar.py",
    "tray.py",
    "workplace.py",
    "canvas/gestures/move.py",
    "canvas/gestures/place.py",
    "canvas/gestures/port_drag.py",
    "canvas/gestures/resize.py",
    "sources_place.py",
    "control/pulling.py",
)
SENTENCE = re.compile(r"^[A-Z][a-z]+([ .,…].*)?$")
NO_TEXT = {"setObjectName", "setProperty", "tr", "load_fonts", "QKeySequence", "compile"}


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    return load("translations")


@pytest.fixture
def _english_again(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("language", "translator", "locale", "is_asked"):
        monkeypatch.setattr(text._Words, name, getattr(text._Words, name))


def test_what_is_put_into_a_text_is_put_into_its_translation(tool: ModuleType) -> None:
    for language in tool.LANGUAGES:
        for source, words in tool.known(language).items():
            assert sorted(re.findall(r"\{[^}]*\}", source)) == sorted(re.findall(r"\{[^}]*\}", words)), source


def test_the_compiled_table_is_the_written_one(tool: ModuleType) -> None:
    for language in tool.LANGUAGES:
        translator = QTranslator()
        assert translator.load(str(tool.FOLDER / f"qntx_{language}.qm"))
        for source, words in tool.known(language).items():
            assert translator.translate(text.CONTEXT, source) == words


@pytest.mark.usefixtures("_english_again")
def test_figures_and_days_are_written_the_persons_way() -> None:
    assert [wording.count(1_234_567.5), wording.duration(812)] == ["1,234,567.5", "0.8 s"]
    assert text.choose("de") == "de"
    assert [wording.count(1_234_567.5), wording.duration(812)] == ["1.234.567,5", "0,8 s"]
    assert wording.counted(3_000, "attestation") == "3.000 Attestationen"
    now = 1_795_258_978_000_000
    assert wording.when(now, now).startswith("heute ")
    assert text.tr("Save") == "Speichern"
    assert text.tr("no text of the window") == "no text of the window"


@pytest.mark.usefixtures("_english_again")
def test_an_unknown_language_is_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "_of_the_system", lambda: "en")
    assert [text.choose("tlh"), text.choose("system"), text.language()] == ["en", "en", "en"]


def test_the_languages_are_the_same_everywhere(tool: ModuleType) -> None:
    assert set(REMEMBERED) == {text.SYSTEM, *text.LANGUAGES} == set(BY_KEY["window.language"].choices)
    assert set(tool.LANGUAGES) == set(text.LANGUAGES) - {"en"}


def test_what_comes_from_below_is_said_as_it_came_in_english() -> None:
    """And in German in German: whoever changes the words there finds out here."""
    wanted = Requires(
        timeout_s=7_000.0,
        memory_bytes=3 << 30,
        permissions=Permissions(network=("a.example:443",), write=("/w",), read=("/r",), secrets=("s",)),
    )
    asks = (*asks_more(wanted), *asks_more(Requires(permissions=Permissions(network=True))))
    assert {each.kind for each in asks} == {"network", "write", "read", "secret", "time", "memory"}
    assert [told.asked(each) for each in asks] == [each.sentence for each in asks]
    phrases = [interval_phrase(seconds) for seconds in (1, 7, 60, 300, 3_600, 7_200, 86_400, 172_800_000)]
    assert [told.timed(each, Timing(interval_s=60)) for each in phrases] == phrases
    levels = [(held_words(level), sentence(level)) for level in SandboxLevel]
    known = {words for pair in levels for words in pair}
    code = (
        "import json, sys; from qntx_desktop.ui import text; text.choose('de')\n"
        "from qntx_desktop.model.schedule import Timing; from qntx_desktop.ui import told\n"
        "both = json.loads(sys.argv[1])\n"
        "timed = [told.timed(each, Timing()) for each in both[0]]\n"
        "print(json.dumps(timed + [told.held(each) for each in both[1]]))"
    )
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    given = json.dumps([phrases, sorted(known)])
    said = subprocess.run(
        [sys.executable, "-c", code, given], env=environ, capture_output=True, timeout=60, check=True
    )
    german = json.loads(said.stdout)
    assert german[3] == "alle 5 Minuten"
    assert not set(german) & {*phrases, *known}


@pytest.mark.parametrize("file", WHOLE)
def test_no_sentence_of_a_translated_room_is_forgotten(file: str) -> None:
    tree = ast.parse((UI / file).read_text(encoding="utf-8"))
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    forgotten = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or not SENTENCE.match(node.value):
            continue
        above = parents[node]
        if isinstance(above, ast.Expr | ast.Compare | ast.JoinedStr):
            continue  # a docstring, or a comparison
        name = above.func if isinstance(above, ast.Call) else None
        called = getattr(name, "attr", getattr(name, "id", ""))
        if called not in NO_TEXT:
            forgotten.append(f"{file}:{node.lineno}: {node.value}")
    assert not forgotten


def test_the_window_starts_in_the_language_that_is_remembered(tmp_path: Path) -> None:
    """A process of its own: the tables of texts are made when the window is imported."""
    (tmp_path / "window.json").write_text('{"language": "de"}', encoding="utf-8")
    code = (
        "from qntx_desktop.__main__ import _choose_language; import sys; _choose_language(sys.argv[1])\n"
        "from qntx_desktop.ui.actions import ACTIONS, BY_ID\n"
        "from qntx_desktop.ui.canvas.menus import SUBMENUS\n"
        "assert SUBMENUS <= {each.group for each in ACTIONS}, SUBMENUS\n"
        "sys.stdout.buffer.write(BY_ID['undo'].label.encode())"
    )
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    said = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], env=environ, capture_output=True, timeout=60, check=False
    )
    assert (said.stdout.decode(), said.returncode) == ("Rückgängig", 0), said.stderr.decode()


def test_rows_laid_out_by_hand_stay_whole_from_right_to_left(qtbot: QtBot, qapp: QApplication) -> None:
    """What is painted by alignment turned around, and a name stood on its chip."""
    panel = gallery._handlers(DARK)
    qtbot.addWidget(panel)
    panel.resize(312, 420)
    panel.show()
    rows = panel.findChild(QListView)
    straight = rows.viewport().grab().toImage()
    try:
        qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        assert rows.layoutDirection() is Qt.LayoutDirection.RightToLeft
        QApplication.processEvents()
        turned = rows.viewport().grab().toImage()
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert turned == straight
