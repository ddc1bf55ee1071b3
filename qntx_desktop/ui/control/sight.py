"""What the control asks of the canvas on the screen, said to the view. Qt main thread."""

from __future__ import annotations

from PySide6.QtCore import QMimeData

from qntx_desktop.ui.canvas.geometry import Box
from qntx_desktop.ui.canvas.view import CanvasView
from qntx_desktop.ui.glyphs.live import Live


class CanvasSight:
    """Fills `board.Sight` with a `CanvasView`."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view

    def show_live(self, glyph_id: int, live: Live) -> None:
        """Show facts about a glyph."""
        self._view.set_live(glyph_id, live)

    def boxes(self) -> dict[int, Box]:
        """Where every card is, as tall as it is shown."""
        return self._view.scene_of.boxes(frames=False)

    def go_to(self, glyph_id: int, *, edit: bool = False) -> None:
        """Select a glyph, bring it into view, and perhaps begin to edit it."""
        self._view.scene_of.select([glyph_id])
        self._view.show_glyph(glyph_id)
        self._view.setFocus()
        if edit:
            self._view.open_editor(glyph_id)

    def chosen(self) -> int | None:
        """The glyph that is selected, when it is only one."""
        selection = self._view.scene_of.selection
        return next(iter(selection)) if len(selection) == 1 else None

    def take(self, brought: QMimeData) -> None:
        """Put something on the canvas as if it were dropped in the middle of the view."""
        self._view.adding.dropping.take(brought, self._view.seen().center())

    def editing(self) -> bool:
        """Whether a text is being edited."""
        return self._view.editing is not None

    def middle(self) -> tuple[float, float]:
        """The canvas point in the middle of the view."""
        point = self._view.seen().center()
        return point.x(), point.y()

    def commit(self) -> None:
        """Bring what is being typed into the document."""
        self._view.flush_text()
