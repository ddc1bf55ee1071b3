"""Room for a card that has grown: what its run left steps down, so that neither lies under the other.

Qt main thread. A card grows by what is said on it, such as why it cannot run; only its own result moves, never
what the person put somewhere, and it is no step of the history, since nobody asked for it.
"""

from __future__ import annotations

from qntx_desktop.model.diff import update
from qntx_desktop.model.marks import is_locked
from qntx_desktop.ui.canvas.geometry import GAP_PX, overlaps
from qntx_desktop.ui.control import links
from qntx_desktop.ui.control.board import Board, place_below


def make_room(board: Board, glyph_id: int) -> None:
    """Move the result of a glyph below it if the glyph reaches into it now."""
    result = links.result_of(board.canvas, glyph_id)
    if result is None or is_locked(result):
        return
    boxes = board.sight.boxes()
    grown, box = boxes.get(glyph_id), boxes.pop(result.id, None)
    if grown is None or box is None or not overlaps(grown, box) or box.y < grown.y:
        return
    x, y = place_below(box._replace(y=grown.bottom + GAP_PX), tuple(boxes.values()))
    board.document.amend(update(board.canvas, result.id, x=x, y=y))
