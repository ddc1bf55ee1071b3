"""Run and wait here: to the result of the run that was asked for, unless the person has gone on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject, Signal

from qntx_desktop.model.glyph import EDGE_RESULT, KIND_IX, KIND_RESULT, Edge, Glyph
from qntx_desktop.ui.canvas.document import Document, empty_canvas
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.control.jobs import Following
from qntx_desktop.ui.control.waiting import Waiting

IX, RESULT = 1, 2


class Ends(QObject):
    ended = Signal(object)


@dataclass
class Eyes:
    at: int | None = IX
    typing: bool = False
    went: list[int] = field(default_factory=list)

    def chosen(self) -> int | None:
        return self.at

    def editing(self) -> bool:
        return self.typing

    def go_to(self, glyph_id: int) -> None:
        self.went.append(glyph_id)


class Stand:
    def __init__(self) -> None:
        place: dict[str, Any] = {"x": 0, "y": 0, "width": 9, "height": 9}
        glyphs = {
            IX: Glyph(id=IX, kind=KIND_IX, state={"job_id": 4}, **place),
            RESULT: Glyph(id=RESULT, kind=KIND_RESULT, state={"job_id": 4}, **place),
        }
        edges = {3: Edge(id=3, kind=EDGE_RESULT, source_id=IX, target_id=RESULT)}
        self.document = Document(replace(empty_canvas(), glyphs=glyphs, edges=edges, next_id=4))
        self.eyes, self.ends = Eyes(), Ends()
        board = cast("Board", _Board(self.document, self.eyes))
        self.waiting = Waiting(board, cast("Following", self.ends), self.ends)

    def end(self, job_id: int) -> None:
        self.document.amend_state(IX, job_id=job_id)
        self.ends.ended.emit(SimpleNamespace(id=job_id))


class _Board:
    def __init__(self, document: Document, eyes: Eyes) -> None:
        self.document, self.sight = document, eyes

    @property
    def canvas(self) -> Any:
        return self.document.canvas


@pytest.mark.parametrize("asked", [IX, RESULT])
def test_the_new_run_leads_to_its_result_once(asked: int) -> None:
    stand = Stand()
    stand.eyes.at = asked
    stand.waiting.begin(asked)
    stand.end(4)
    assert stand.eyes.went == []
    stand.end(5)
    stand.end(6)
    assert stand.eyes.went == [RESULT]


def test_who_went_elsewhere_or_types_stays_there() -> None:
    stand = Stand()
    stand.waiting.begin(IX)
    stand.eyes.at = None
    stand.end(5)
    stand.waiting.begin(IX)
    stand.eyes.at, stand.eyes.typing = IX, True
    stand.end(6)
    assert stand.eyes.went == []


def test_an_ordinary_run_takes_the_waiting_back() -> None:
    stand = Stand()
    stand.waiting.begin(IX)
    stand.waiting.begin(None)
    stand.end(5)
    assert stand.eyes.went == []
