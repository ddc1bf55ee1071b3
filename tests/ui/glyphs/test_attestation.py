"""The attestation glyph says the claim, opens it, and survives what a file may hold in its place."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from qntx_desktop.model.attestation import Attestation
from qntx_desktop.model.glyph import KIND_ATTESTATION, Glyph
from qntx_desktop.ui.canvas.layout import lay_out
from qntx_desktop.ui.dialogs.attestation_view import AttestationView
from qntx_desktop.ui.glyphs.attestation import AttestationKind
from qntx_desktop.ui.glyphs.live import NOTHING
from qntx_desktop.ui.theme import DARK

CLAIM = Attestation(
    id="AS-1",
    subjects=("alice", "bob"),
    predicates=("is member",),
    contexts=("TEAM",),
    actors=("hr",),
    timestamp_us=1_000_000,
    source="test",
    attributes={},
    created_at_us=1_000_000,
    execution_id=None,
)
KIND = AttestationKind()


def glyph(content: dict[str, Any]) -> Glyph:
    return Glyph(id=1, kind=KIND_ATTESTATION, x=0, y=0, width=320, height=176, content=content)


def painted(made: Glyph) -> QImage:
    image = QImage(320, 120, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    KIND.paint_body(painter, QRectF(0, 0, 320, 120), made, NOTHING, DARK)
    painter.end()
    return image


def test_it_says_the_claim_and_opens_it(qtbot: QtBot) -> None:
    made = glyph({"attestation": CLAIM.to_json()})
    layout = lay_out(KIND, made, NOTHING)
    assert layout.title_whole == "alice, bob"
    assert [each.button.id for each in layout.buttons] == ["open_attestation:AS-1", "menu"]
    assert [whole for _, _, whole in layout.footer][-1:] == ["AS-1"]
    assert painted(made) != painted(glyph({"attestation": {}}))


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"attestation": 7},
        {"attestation": {"id": [], "subjects": "x", "timestamp": None}},
        {"attestation": {"subjects": [1, {}]}},
    ],
)
def test_nothing_in_it_is_trusted(content: dict[str, Any], qtbot: QtBot) -> None:
    made = glyph(content)
    layout = lay_out(KIND, made, NOTHING)
    assert layout.title_whole == "attestation"
    assert [each.button.id for each in layout.buttons] == ["menu"]
    assert painted(made) == painted(glyph({}))


def test_its_window_asks_for_it_to_be_put_on_the_canvas(qtbot: QtBot) -> None:
    view = AttestationView(CLAIM, DARK)
    qtbot.addWidget(view)
    with qtbot.waitSignal(view.pin_requested) as heard:
        view._pin()
    assert heard.args == [CLAIM]
