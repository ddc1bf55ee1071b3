"""Rows of panels and windows that are dropped on the canvas: attestations, jobs, handlers. Each becomes a glyph.

Qt main thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, QPointF

from qntx_desktop.model.glyph import KIND_ATTESTATION, KIND_RESULT, Glyph
from qntx_desktop.ui.canvas.dropping import ATTESTATIONS_MIME, HANDLERS_MIME, JOBS_MIME
from qntx_desktop.ui.canvas.view import CanvasView
from qntx_desktop.ui.control.handlers import HandlerGlyphs
from qntx_desktop.ui.text import tr

GAP_PX = 24.0


class DroppedRows(QObject):
    """Puts dropped rows on the canvas, one below the other, as one step."""

    def __init__(self, view: CanvasView, handlers: HandlerGlyphs, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._handlers = view, handlers
        view.adding.dropping.rows_dropped.connect(self.take)

    def take(self, form: str, rows: list[Any], at: QPointF) -> None:
        """Rows of this form were let go there; what is no such row is left out."""
        if form == HANDLERS_MIME:
            for name in (each for each in rows if isinstance(each, str)):
                self._handlers.open_type(name, (at.x(), at.y()))
        elif form == ATTESTATIONS_MIME:
            claims = [each for each in rows if isinstance(each, Mapping)]
            self._put(KIND_ATTESTATION, [({"attestation": dict(claim)}, {}) for claim in claims], at)
        elif form == JOBS_MIME:
            jobs = [each for each in rows if isinstance(each, int) and not isinstance(each, bool) and each > 0]
            self._put(KIND_RESULT, [({}, {"job_id": job, "execution_id": None}) for job in jobs], at)

    def _put(self, kind: str, wanted: list[tuple[dict[str, Any], dict[str, Any]]], at: QPointF) -> None:
        width, height = self._view.kind_of(kind).default_size
        glyphs = [
            Glyph(
                id=row + 1,
                kind=kind,
                x=0,
                y=row * (height + GAP_PX),
                width=width,
                height=height,
                content=content,
                state=state,
            )
            for row, (content, state) in enumerate(wanted)
        ]
        self._view.commands.clipboard.put(glyphs, (), tr("Drop"), at)
