"""The canvas between the window and the store: kept, found again, no id used twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from qntx_desktop.app.container import build
from qntx_desktop.app.paths import Home
from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.events import CanvasChanged, Event
from qntx_desktop.model.glyph import Edge, Glyph, Viewpoint


def glyph(key: int) -> Glyph:
    return Glyph(id=key, kind="ix", x=8, y=16, width=300, height=90, content={"text": "ix csv ./a b.csv"})


def test_a_canvas_is_found_again_as_it_was_left(tmp_path: Path) -> None:
    heard: list[Event] = []
    services = build(Home(root=tmp_path / "home"), publish=heard.append)
    try:
        canvas = services.canvas.open_first()
        link = Edge(id=3, kind="handler", source_id=1, target_id=2)
        folder = (canvas.folder, str(tmp_path))
        diff = CanvasDiff(added={1: glyph(1), 2: glyph(2)}, edges_added={3: link}, folder=folder)
        saved_at = services.canvas.save(canvas.id, diff, "me", next_id=9)
        services.canvas.set_viewpoint(canvas.id, Viewpoint(center_x=5, center_y=-7, zoom=0.5))
    finally:
        services.close()
    changed = [event for event in heard if isinstance(event, CanvasChanged)]
    assert [(event.canvas_id, event.origin) for event in changed] == [(canvas.id, "me")]

    services = build(Home(root=tmp_path / "home"))
    try:
        again = services.canvas.open_first()
    finally:
        services.close()
    assert again.id == canvas.id
    assert again.glyphs == {1: glyph(1), 2: glyph(2)}
    assert again.edges == {3: link}
    assert again.viewpoint == Viewpoint(center_x=5, center_y=-7, zoom=0.5)
    assert (again.folder, again.saved_at_us) == (str(tmp_path), saved_at)
    assert again.next_id == 9


@pytest.mark.parametrize("last", [3, 12])
def test_an_id_given_out_and_never_saved_is_not_given_out_again(tmp_path: Path, last: int) -> None:
    services = build(Home(root=tmp_path / "home"))
    try:
        canvas = services.canvas.open_first()
        services.canvas.save(canvas.id, CanvasDiff(added={1: glyph(1)}), "me", next_id=last)
        assert services.canvas.load(canvas.id).next_id == last
    finally:
        services.close()
