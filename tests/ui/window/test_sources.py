"""The window of code sources: files of one's own, a repository that is followed, and what stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from qntx_desktop.ui.canvas.drops import FILE_MIME
from qntx_desktop.ui.control.source_files import SourceFilesControl
from qntx_desktop.ui.panels.sources.source_form import BRANCH, SourceForm
from qntx_desktop.ui.panels.sources.view import FILES, HISTORY, REVIEW, SourcesView
from qntx_desktop.ui.panels.sources.words import next_words
from tests.git_server import Repository, Server
from tests.window_stage import Stage, window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")

SAYS = b"print('from a source')\n"
Key = Qt.Key


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    with window(qtbot, tmp_path / "home") as found:
        yield found


@pytest.fixture
def folder(stage: Stage) -> Path:
    place = stage.desktop.home.code / "manual"
    place.mkdir(parents=True, exist_ok=True)
    return place


@pytest.fixture
def opened(stage: Stage) -> Callable[[], SourcesView]:
    def find() -> SourcesView:
        stage.work.sources.open()
        found = stage.top_window("sources_view")
        assert isinstance(found, SourcesView)
        stage.until(lambda: found.source is not None and "Reading" not in found.files.said())
        return found

    return find


def files_of(stage: Stage) -> SourceFilesControl:
    control = stage.work.sources.control
    assert control is not None
    found = control.files
    assert found is not None
    return found


def show(stage: Stage, view: SourcesView, path: str) -> Any:
    view.files.picked.emit(path, 0)
    stage.until(lambda: view.files.view.path == path)
    return view.files.view


def form_of(stage: Stage) -> SourceForm:
    found = stage.top_window("source_form")
    assert isinstance(found, SourceForm)
    return found


def test_a_file_of_ones_own_is_made_written_renamed_and_deleted(
    stage: Stage, folder: Path, opened: Callable[[], SourcesView]
) -> None:
    view = opened()
    assert view.files.said().startswith("No files.")
    view.files.ask_name()
    view.files.new_requested.emit("../outside.py")
    stage.until(lambda: view.files.said().startswith("▲"))
    view.files.new_requested.emit("lib/feed.py")
    stage.until(lambda: view.files.view.path == "lib/feed.py")
    file = view.files.view
    file.editor.setFocus()
    QTest.keyClicks(file.editor, "x = 1")
    assert file.unsaved
    QTest.keyClick(file.editor, Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    stage.until(lambda: not file.unsaved)
    assert (folder / "lib" / "feed.py").read_text() == "x = 1"

    file.rename_requested.emit("lib/feed.py", "renamed.py")
    stage.until(lambda: view.files.view.path == "renamed.py" and view.files.tree.chosen() == "renamed.py")
    assert [each.name for each in folder.iterdir()] == ["renamed.py"]

    file._delete.click()
    assert (folder / "renamed.py").exists()  # it asks first, and the keys are at the answer that keeps it
    assert not file._sure.isHidden()
    file._sure.click()
    stage.until(lambda: view.files.view.path == "" and view.files.said().startswith("No files."))
    assert list(folder.iterdir()) == []


def test_what_somebody_else_changed_is_read_again_and_what_was_typed_is_not_lost(
    stage: Stage, folder: Path, opened: Callable[[], SourcesView]
) -> None:
    (folder / "a.py").write_bytes(b"one = 1\n")
    view = opened()
    file = show(stage, view, "a.py")
    (folder / "a.py").write_bytes(b"another = 2\n")
    (folder / "b.txt").write_bytes(b"new\n")
    files_of(stage).look_again()
    stage.until(lambda: file.editor.code() == "another = 2\n")
    stage.until(lambda: view.files.tree.topLevelItemCount() == 2)

    QTest.keyClicks(file.editor, "# mine ")
    (folder / "a.py").write_bytes(b"somebody = 3 * 4\n")
    files_of(stage).look_again()
    stage.until(lambda: "Somebody else" in file.said())
    file.save()
    stage.until(lambda: file.said().startswith("▲"))
    assert (folder / "a.py").read_bytes() == b"somebody = 3 * 4\n"
    view.files.picked.emit("b.txt", 0)
    assert file.path == "a.py"  # not before this one is saved or given up
    view.close()
    assert view.isVisible()
    file._overwrite.click()
    stage.until(lambda: not file.unsaved)
    assert (folder / "a.py").read_bytes() == b"# mine another = 2\n"
    view.close()
    assert not view.isVisible()


def test_what_was_typed_is_written_when_the_app_is_closed(qtbot: QtBot, tmp_path: Path) -> None:
    with window(qtbot, tmp_path / "home") as stage:
        folder = stage.desktop.home.code / "manual"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "a.py").write_bytes(b"")
        stage.work.sources.open()
        view = stage.top_window("sources_view")
        assert isinstance(view, SourcesView)
        stage.until(lambda: view.source is not None)
        file = show(stage, view, "a.py")
        QTest.keyClicks(file.editor, "x = 1")
    assert (folder / "a.py").read_bytes() == b"x = 1"


def test_search_binary_large_and_dropped_files(
    stage: Stage, folder: Path, tmp_path: Path, opened: Callable[[], SourcesView]
) -> None:
    (folder / "lib").mkdir()
    (folder / "lib" / "feed.py").write_bytes(b"import csv\n\nwanted = 1\n")
    (folder / "image.bin").write_bytes(b"\0\1\2")
    (folder / "large.txt").write_bytes(b"x" * ((1 << 20) + 1))
    view = opened()
    page = view.files
    for path in ("image.bin", "large.txt"):
        show(stage, view, path)
        assert page.view.editor.isHidden()
    assert "more than is shown" in page.view.said()
    page.search.setText("lfd")
    stage.until(lambda: page.tree.topLevelItemCount() == 1 and page.tree.topLevelItem(0).text(0) == "lib/feed.py")
    page.mode.setCurrentIndex(1)
    page.search.setText("WANTED")
    stage.until(lambda: page.tree.topLevelItem(0) is not None and ":3" in page.tree.topLevelItem(0).text(0))
    page.tree.setCurrentItem(page.tree.topLevelItem(0))
    stage.until(lambda: page.view.path == "lib/feed.py")
    assert page.view.editor.textCursor().blockNumber() == 2
    page.search.clear()

    mine = tmp_path / "mine.csv"
    mine.write_bytes(b"a,b\n")
    drop(page.tree.viewport(), files(mine))
    stage.until(lambda: (folder / "mine.csv").exists() and "1 file copied" in view.said())
    mine.write_bytes(b"other\n")
    drop(page.tree.viewport(), files(mine))
    stage.until(lambda: "exists already" in view.said())
    assert (folder / "mine.csv").read_bytes() == b"a,b\n"
    (tmp_path / "kit" / "deep").mkdir(parents=True)
    (tmp_path / "kit" / "deep" / "tool.py").write_text("print(1)\n", "utf-8")
    drop(page.tree.viewport(), files(tmp_path / "kit"))
    stage.until(lambda: (folder / "kit" / "deep" / "tool.py").exists() and "1 file copied" in view.said())


def test_ends_of_lines_stay_as_they_are(
    stage: Stage, folder: Path, opened: Callable[[], SourcesView]
) -> None:
    (folder / "dos.csv").write_bytes(b"a,b\r\n1,2\r\n")
    (folder / "mixed.txt").write_bytes(b"one\r\ntwo\nthree\r")
    view = opened()
    file = show(stage, view, "dos.csv")
    QTest.keyClicks(file.editor, "x")
    file.save()
    stage.until(lambda: not file.unsaved)
    assert (folder / "dos.csv").read_bytes() == b"xa,b\r\n1,2\r\n"
    show(stage, view, "mixed.txt")
    assert file.editor.isReadOnly()
    assert "ends of lines" in file.said()
    QTest.keyClicks(file.editor, "x")
    assert not file.unsaved


def drop(target: QWidget, carried: QMimeData) -> None:
    """Bring something over a widget and let it go there."""
    action, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(QPoint(30, 40), action, carried, left, none)
    QApplication.sendEvent(target, over)
    assert over.isAccepted()
    QApplication.sendEvent(target, QDropEvent(QPointF(30, 40), action, carried, left, none))


def files(*paths: Path) -> QMimeData:
    found = QMimeData()
    found.setUrls([QUrl.fromLocalFile(str(each)) for each in paths])
    return found


def test_a_file_becomes_a_glyph_that_runs_it(
    stage: Stage, folder: Path, opened: Callable[[], SourcesView]
) -> None:
    (folder / "feed.py").write_bytes(SAYS)
    view = opened()
    file = show(stage, view, "feed.py")
    file._place.click()
    stage.until(lambda: len(stage.glyphs("ix")) == 1)
    glyph = stage.only("ix")
    assert glyph.content["text"] == "ix manual/feed.py"
    view.close()
    stage.work.controller.act(glyph.id, "run")
    stage.until(lambda: stage.live(glyph.id).job is not None and stage.live(glyph.id).job.ended)
    assert stage.live(glyph.id).job.status == "completed"

    carried = QMimeData()
    carried.setData(FILE_MIME, b"manual/my file.py")
    drop(stage.view.viewport(), carried)
    texts = [each.content["text"] for each in stage.glyphs("ix")]
    assert texts == ["ix manual/feed.py", 'ix "manual/my file.py"']


def test_a_repository_is_tried_added_followed_reviewed_and_gone_back_to(
    git_server: Server, stage: Stage, opened: Callable[[], SourcesView]
) -> None:
    repository = Repository(git_server.root / "r.git")
    first = repository.files({"feed.py": SAYS, "README.md": b"# One\n"})
    repository.files({"feed.py": SAYS}, branch="other")
    view = opened()
    view.asked.emit("add")
    form = form_of(stage)
    form.name.setText("feeds")
    form.url.setText("https://me:pw@example.com/r.git")
    form.test.click()
    stage.until(lambda: "token field" in form.says.text())
    form.url.setText(git_server.url())
    form.follow.setCurrentIndex(BRANCH)
    form.test.click()
    stage.until(lambda: "2 branches" in form.says.text())
    assert [form.ref.itemText(row) for row in range(form.ref.count())] == ["main", "other"]
    form.ref.setCurrentText("main")
    form.review.setChecked(True)
    form.accept.click()
    stage.until(lambda: stage.top_window("source_form") is None)
    stage.until(lambda: view.source is not None and view.source.name == "feeds")
    stage.until(lambda: view.source is not None and view.source.revision is not None)
    stage.until(lambda: view.files.tree.topLevelItemCount() == 2)
    file = show(stage, view, "README.md")
    assert file.editor.isReadOnly()
    QTest.keyClicks(file.editor, "no (")
    QTest.keyClick(file.editor, Key.Key_Return)
    assert file.editor.code() == "# One\n"

    second = repository.files({"feed.py": SAYS, "README.md": b"# Two\n", "more.py": b"\n"})
    view.buttons["sync"].click()
    stage.until(lambda: view.source is not None and view.source.held is not None)
    assert view.source is not None
    assert (view.source.held.commit, view.source.revision.commit) == (second, first)
    view.pages.setCurrentIndex(REVIEW)
    stage.until(lambda: view.review.files.count() == 2)
    stage.until(lambda: "+# Two" in view.review._field.toPlainText())
    view.review._accept.click()
    stage.until(lambda: view.source.revision.commit == second and view.review.files.count() == 0)
    stage.until(lambda: file.editor.code() == "# Two\n")

    view.pages.setCurrentIndex(HISTORY)
    stage.until(lambda: view.history.syncs.topLevelItemCount() == 3 and view.history.kept.topLevelItemCount() == 2)
    view.history.kept.setCurrentItem(view.history.kept.topLevelItem(1))
    assert view.history.chosen() == first
    view.history._back.click()
    assert view.source.revision.commit == second  # it asks first
    view.history._sure.click()
    stage.until(lambda: view.source.revision.commit == first)
    view.pages.setCurrentIndex(FILES)
    stage.until(lambda: view.files.tree.topLevelItemCount() == 2)


def test_the_webhook_secret_is_set_let_into_the_address_and_taken_away(
    stage: Stage, opened: Callable[[], SourcesView], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QNTX_PASSPHRASE", "correct horse")
    sources, view = stage.work.services.sources, opened()

    def change(begin: str, fill: Callable[[SourceForm], object]) -> Any:
        view.asked.emit(begin)
        form = form_of(stage)
        fill(form)
        form.accept.click()
        stage.until(lambda: stage.top_window("source_form") is None)
        return sources.get("mine")

    def first(form: SourceForm) -> None:
        form.kind.setCurrentIndex(1)
        form.name.setText("mine")
        assert form.secret.isHidden()
        assert form.in_query.isHidden()
        form.webhook.setChecked(True)
        assert not form.secret.isHidden()
        assert form.drop_secret.isHidden()
        form.secret.setText("0123456789abcdef")
        form.in_query.setChecked(True)

    made = change("add", first)
    assert (made.has_webhook_secret, made.sync.webhook_enabled, made.sync.secret_in_query) == (True, True, True)
    stage.until(lambda: view.source is not None and view.source.name == "mine")

    def second(form: SourceForm) -> None:
        assert form.in_query.isChecked()
        assert not form.drop_secret.isHidden()
        form.in_query.setChecked(False)

    kept = change("edit", second)
    assert (kept.has_webhook_secret, kept.sync.secret_in_query) == (True, False)
    stage.until(lambda: view.source is not None and not view.source.sync.secret_in_query)
    gone = change("edit", lambda form: form.drop_secret.setChecked(True))
    assert (gone.has_webhook_secret, gone.sync.webhook_enabled) == (False, True)


def test_a_failed_sync_says_why_and_a_source_is_removed_when_it_is_meant(
    git_server: Server, stage: Stage, opened: Callable[[], SourcesView]
) -> None:
    git_server.mood = "503"
    view = opened()
    view.asked.emit("add")
    form = form_of(stage)
    form.name.setText("bad name")
    form.url.setText(git_server.url())
    form.accept.click()
    stage.until(lambda: form.says.text().startswith("▲"))
    assert form.url.text() == git_server.url()
    form.name.setText("feeds")
    form.accept.click()
    stage.until(lambda: view.source is not None and view.source.name == "feeds")
    stage.until(lambda: view.said().startswith("▲"))
    view.asked.emit("disable")
    stage.until(lambda: view.source is not None and not view.source.enabled)
    view.buttons["remove"].click()
    assert not view._sure.isHidden()
    view._sure.click()
    stage.until(lambda: view.source is not None and view.source.name == "manual")
    assert [each.name for each in stage.work.services.sources.every()] == ["manual"]


@pytest.mark.parametrize(("left_s", "words"), [(-1, "now"), (9, "in 9 s"), (60, "in 1 min"), (299, "in 4 min")])
def test_when_a_source_is_synced_next(left_s: int, words: str) -> None:
    assert next_words(1_790_000_000_000_000 + left_s * 1_000_000, 1_790_000_000_000_000) == words
