"""Rows that are dragged to the canvas become glyphs, and other programs' bytes under our names become nothing."""

from __future__ import annotations

import json
from typing import Any, cast

import pytest
from PySide6.QtCore import QMimeData, QObject, QPointF
from pytestqt.qtbot import QtBot

from qntx_desktop.model.attestation import Attestation
from qntx_desktop.ui.canvas.document import Document
from qntx_desktop.ui.canvas.dropping import ATTESTATIONS_MIME, HANDLERS_MIME, JOBS_MIME, MOST_ROWS, rows_brought
from qntx_desktop.ui.canvas.view import CanvasView
from qntx_desktop.ui.control.dropped_rows import DroppedRows
from qntx_desktop.ui.control.handlers import HandlerGlyphs
from qntx_desktop.ui.dialogs.attestation_table import AttestationTable
from qntx_desktop.ui.glyphs.registry import KINDS
from qntx_desktop.ui.theme import DARK


class Asked:
    def __init__(self) -> None:
        self.types: list[tuple[str, tuple[float, float]]] = []

    def open_type(self, script_type: str, place: tuple[float, float]) -> None:
        self.types.append((script_type, place))


class Desk:
    def __init__(self, qtbot: QtBot) -> None:
        self.view = CanvasView(Document(), KINDS, DARK)
        qtbot.addWidget(self.view)
        self.asked = Asked()
        self.rows = DroppedRows(self.view, cast("HandlerGlyphs", self.asked), QObject(self.view))

    def drop(self, brought: QMimeData) -> None:
        self.view.adding.dropping.take(brought, QPointF(0, 0))

    @property
    def glyphs(self) -> list[Any]:
        return [each for _, each in sorted(self.view.document.canvas.glyphs.items())]


def attestation(number: int) -> Attestation:
    return Attestation(
        id=f"AS-{number}",
        subjects=(f"alice {number}",),
        predicates=("is member",),
        contexts=("TEAM",),
        actors=("hr",),
        timestamp_us=1,
        source="",
        attributes={},
        created_at_us=1,
    )


def test_attestations_of_a_table_become_glyphs_in_one_step(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    table = AttestationTable(lambda after, limit, answer: answer(tuple(map(attestation, range(3)))), 3)
    table.fetchMore(table.index(-1, -1))
    cells = [table.index(row, column) for row in (2, 0) for column in range(2)]
    brought = table.mimeData(cells)
    assert brought.text() == "alice 0 is is member of TEAM\nalice 2 is is member of TEAM"
    desk.drop(brought)
    assert [each.content["attestation"]["id"] for each in desk.glyphs] == ["AS-0", "AS-2"]
    assert desk.view.document.undo_text == "Drop 2 glyphs"
    assert desk.view.scene_of.selection == {each.id for each in desk.glyphs}
    desk.view.document.undo()
    assert desk.glyphs == []


def test_jobs_come_as_results_and_handlers_as_their_code(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    desk.drop(rows_brought(JOBS_MIME, [7, True, "x", -1], "ix csv a"))
    assert [(each.kind, each.state["job_id"]) for each in desk.glyphs] == [("result", 7)]
    desk.drop(rows_brought(HANDLERS_MIME, ["csv", 4], "csv"))
    assert desk.asked.types == [("csv", (0.0, 0.0))]


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"{}", b"[" * 100_000, b'"text"', json.dumps([None, 3, []]).encode()]
)
@pytest.mark.parametrize("form", [ATTESTATIONS_MIME, JOBS_MIME, HANDLERS_MIME])
def test_other_programs_bytes_put_nothing_that_is_no_row(qtbot: QtBot, form: str, content: bytes) -> None:
    desk = Desk(qtbot)
    brought = QMimeData()
    brought.setData(form, content)
    brought.setText("a text that would become a note")
    desk.drop(brought)
    assert all(each.kind == "result" for each in desk.glyphs)
    assert desk.asked.types == []


def test_no_more_rows_than_can_be_looked_at(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    desk.drop(rows_brought(JOBS_MIME, range(1, 500), ""))
    assert len(desk.glyphs) == MOST_ROWS
