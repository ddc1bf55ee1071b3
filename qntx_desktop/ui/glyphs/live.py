"""What is known about a glyph beyond what the canvas saves: facts read from the store, and transient views.

Pure values; made by the controller on the Qt main thread.
"""

from __future__ import annotations

from dataclasses import dataclass

from qntx_desktop.model.attestation import Attestation
from qntx_desktop.model.canvases import CanvasInside
from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.handler import HandlerVersion
from qntx_desktop.model.job import Execution, Job
from qntx_desktop.model.schedule import Schedule
from qntx_desktop.ui.glyphs.face import Face


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """Transient facts of one glyph.

    Args:
        job: The newest job of this glyph.
        execution: The newest attempt of that job.
        attestations: The first rows the run made, in order made.
        attestation_total: How many it made in all; None while unknown.
        unsaved: The code differs from the saved version.
        problem: What went wrong with the last action on this glyph (not the run itself).
        handler: The version this glyph shows or would use.
        schedule: The time table of this glyph, and in `schedule_phrase` what it says.
        view: Which of a glyph's views shows, such as `table` or `output`; empty is the kind's first.
        loading: The facts are being read; absence of rows means nothing yet.
        inside: Of a sub-canvas, what is on it; None: not read yet.
        held: How code is confined on this machine, in a word or two; empty while that is being tried out.
        face: The file of a preview glyph, as far as it was read.
        now_us: The clock's tick for running times, in microseconds since 1970 UTC.
    """

    job: Job | None = None
    execution: Execution | None = None
    attestations: tuple[Attestation, ...] = ()
    attestation_total: int | None = None
    unsaved: bool = False
    problem: QntxError | None = None
    handler: HandlerVersion | None = None
    schedule: Schedule | None = None
    schedule_phrase: str = ""
    view: str = ""
    loading: bool = False
    inside: CanvasInside | None = None
    held: str = ""
    face: Face | None = None
    now_us: int = 0


NOTHING = Live()
"""Nothing known yet."""
