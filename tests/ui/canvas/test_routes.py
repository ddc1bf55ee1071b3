"""Links leave a card on the side that faces what came out of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF

from qntx_desktop.ui.canvas.routes import between, elbow
from qntx_desktop.ui.theme import TITLE_PX

SOURCE, ROW = QRectF(0, 0, 200, 100), TITLE_PX / 2


def ends(target: QRectF, port: QPointF | None = None) -> tuple[tuple[float, float], tuple[float, float]]:
    path = between(SOURCE, target, port)
    first, last = path.elementAt(0), path.currentPosition()
    return (first.x, first.y), last.toTuple()


@pytest.mark.parametrize(
    ("target", "start", "end"),
    [
        (QRectF(0, 150, 200, 100), (100, 100), (100, 150)),
        (QRectF(100, 150, 200, 100), (150, 100), (150, 150)),
        (QRectF(300, 0, 200, 100), (200, ROW), (300, ROW)),
        (QRectF(300, 150, 200, 100), (100, 100), (300, 150 + ROW)),
        (QRectF(-300, 0, 200, 100), (0, ROW), (-100, ROW)),
        (QRectF(-300, 150, 200, 100), (100, 100), (-100, 150 + ROW)),
        (QRectF(0, -150, 200, 100), (100, 0), (100, -50)),
        (QRectF(20, 20, 200, 100), (110, 100), (110, 20)),
    ],
)
def test_a_link_leaves_and_arrives_on_the_sides_that_face_each_other(
    target: QRectF, start: tuple[float, float], end: tuple[float, float]
) -> None:
    assert ends(target) == (start, end)


def test_a_link_out_of_a_port_begins_there() -> None:
    assert ends(QRectF(300, 150, 200, 100), QPointF(200, 60)) == ((200, 60), (300, 150 + ROW))
    assert ends(QRectF(0, 150, 200, 100), QPointF(200, 60))[0] == (100, 100)


def test_an_elbow_keeps_clear_of_a_card_in_its_inner_corner() -> None:
    path = elbow(QPointF(0, 0), QPointF(300, 200))
    assert not any(QRectF(24, 0, 276, 176).contains(path.pointAtPercent(part / 100)) for part in range(101))
    assert elbow(QPointF(0, 0), QPointF(0, 0)).currentPosition() == QPointF(0, 0)
