"""The error glyph keeps a failure whole, offers what helps, and survives what a file may hold in its place."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from qntx_desktop.model.attestation import Attestation
from qntx_desktop.model.ax import parse_ax
from qntx_desktop.model.errors import ErrNoIngestScript
from qntx_desktop.model.glyph import KIND_ERROR, Glyph
from qntx_desktop.model.job import PYTHON_SCRIPT, Execution, ExecutionStatus, Job, JobStatus
from qntx_desktop.ui.canvas.layout import lay_out
from qntx_desktop.ui.control.failures import failure_content
from qntx_desktop.ui.control.pulling import note_text, reading_code
from qntx_desktop.ui.dialogs.error_view import ErrorView
from qntx_desktop.ui.glyphs.error import ErrorKind, whole_text
from qntx_desktop.ui.glyphs.live import NOTHING, Live
from qntx_desktop.ui.glyphs.note import NoteKind
from qntx_desktop.ui.glyphs.result import PORT_OUT, ResultKind
from qntx_desktop.ui.theme import DARK

KIND = ErrorKind()
FAILURE = {
    "code": "script_failed",
    "message": "KeyError: 'age'",
    "hint": "",
    "details": {"line": 6, "exception": "KeyError", "traceback": "Traceback\n  line 6\nKeyError: 'age'"},
}
JOB = Job(
    id=7,
    type=PYTHON_SCRIPT,
    status=JobStatus.FAILED,
    priority=100,
    payload={"command": "ix csv ./a.csv"},
    error=FAILURE,
    completed_at_us=1_700_000_000_000_000,
)


def run(**parts: Any) -> Execution:
    shape: dict[str, Any] = {"status": ExecutionStatus.FAILED, "command": "ix csv ./a.csv", "error": FAILURE}
    shape |= parts
    return Execution(id=3, job_id=7, attempt=1, started_at_us=1, **shape)


def glyph(content: dict[str, Any]) -> Glyph:
    return Glyph(id=1, kind=KIND_ERROR, x=0, y=0, width=400, height=208, content=content)


def painted(made: Glyph) -> QImage:
    image = QImage(400, 160, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    KIND.paint_body(painter, QRectF(0, 0, 400, 160), made, NOTHING, DARK)
    painter.end()
    return image


def attestation(**parts: Any) -> Attestation:
    shape: dict[str, Any] = {"subjects": ("alice",), "predicates": ("is member",), "contexts": ("TEAM's",)} | parts
    return Attestation(
        id="AS-1", actors=("hr",), timestamp_us=1, source="", attributes={}, created_at_us=1, **shape
    )


def test_a_failure_is_kept_whole_with_what_leads_to_its_line(qtbot: QtBot) -> None:
    made = glyph(failure_content(JOB, run()))
    layout = lay_out(KIND, made, NOTHING)
    assert KIND.title(made) == "ix csv ./a.csv"
    assert [each.chip.text for each in layout.chips] == ["line 6"]
    assert [(spot.id, spot.name) for spot in layout.hotspots] == [("fix_error", "Go to the code, line 6")]
    assert {"run", "open_error"} <= {each.button.id for each in layout.buttons}
    assert "2023" in layout.footer[0][2]
    for part in ("ix csv ./a.csv", "KeyError: 'age'", "Traceback\n  line 6", "code: script_failed"):
        assert part in whole_text(made)
    window = ErrorView("x", whole_text(made), DARK)
    qtbot.addWidget(window)
    assert window.field.toPlainText() == whole_text(made)
    assert painted(made) != painted(glyph({}))


def test_a_missing_handler_is_offered_long_after(qtbot: QtBot) -> None:
    made = glyph({"error": ErrNoIngestScript("csv").to_json()})
    assert [spot.name for spot in lay_out(KIND, made, NOTHING).hotspots] == ["Create handler"]


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"error": None, "command": 7, "at_us": "x"},
        {"error": {"message": ["a"], "hint": 3, "details": "no", "code": None}, "at_us": 10**30},
        {"error": {"details": {"traceback": 5, "exception": [], "line": -1, "script_type": {}}}, "at_us": -4},
        {"error": {"code": "no_ingest_script", "details": {"script_type": 9}}},
        {"error": {"message": "<b>x</b>" * 5_000, "details": {"line": 10**40}}, "command": "\n" * 900},
    ],
)
def test_what_a_file_may_hold_in_place_of_an_error_is_shown_as_far_as_it_goes(
    qtbot: QtBot, content: dict[str, Any]
) -> None:
    made = glyph(content)
    lay_out(KIND, made, NOTHING)
    assert isinstance(painted(made).pixelColor(0, 0), QColor)
    assert whole_text(made)


def test_a_result_offers_only_what_fits_it() -> None:
    def kinds(live: Live) -> list[str]:
        ports = ResultKind().ports(Glyph(id=1, kind="result", x=0, y=0, width=400, height=200), live)
        return [name for port in ports if port.id == PORT_OUT for name, _ in port.fits]

    assert kinds(Live(execution=run(status=ExecutionStatus.RUNNING, error=None))) == []
    assert kinds(NOTHING) == []
    assert kinds(Live(execution=run(), attestation_total=2)) == ["error", "python", "note"]
    done = run(status=ExecutionStatus.COMPLETED, error=None)
    assert kinds(Live(execution=done, attestation_total=0)) == ["note"]


def test_the_script_made_of_a_result_asks_a_query_that_can_be_read() -> None:
    asked: list[str] = []
    fake = type("Q", (), {"query": staticmethod(lambda text, limit: asked.append(text) or [])})
    for row in (
        attestation(),
        attestation(predicates=("by",), contexts=()),
        attestation(contexts=("""it's "both" """,)),
    ):
        code = reading_code(Live(attestations=(row,)))
        exec(compile(code.replace("import qntx\n", ""), "made", "exec"), {"qntx": fake})
        parse_ax(asked[-1])
    assert len(asked) == 3
    assert reading_code(NOTHING).count("''") == 1


def test_the_note_made_of_a_result_shows_data_as_text() -> None:
    live = Live(
        execution=run(stdout="~~~~\n# no heading\n" + "x" * 3_000),
        attestations=(attestation(subjects=("**<b>bold</b>**",)),),
        attestation_total=1,
    )
    text = note_text(live)
    assert r"\*\*\<b\>bold\</b\>\*\*" in text
    assert "1 attestation:" in text
    assert text.count("~~~~~") >= 1 or "… " in text
    made = Glyph(id=1, kind="note", x=0, y=0, width=280, height=160, content={"text": text})
    assert NoteKind().title(made)
