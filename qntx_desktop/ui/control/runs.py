"""Runs of glyphs: asking for one, stopping it, and the result glyph below.

Qt main thread; making and cancelling jobs happens on workers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from qntx_desktop.model.errors import ErrJobNotCancellable, ErrPermissionRequired, QntxError
from qntx_desktop.model.glyph import EDGE_RESULT, KIND_IX, KIND_PYTHON, KIND_RESULT, Glyph
from qntx_desktop.model.job import Job, JobFilter
from qntx_desktop.ui.control import links
from qntx_desktop.ui.control.allowing import script_key
from qntx_desktop.ui.control.board import Board
from qntx_desktop.ui.control.jobs import Following
from qntx_desktop.ui.control.room import make_room
from qntx_desktop.ui.text import tr

BELOW_PX = 64.0
"""Room for what a glyph says about a failed run, and air."""
REFERENCE = "glyph"


def _came(glyph: Glyph) -> bool:
    """Whether the code came with a file and is still as it came; what a person changes is theirs."""
    return glyph.state.get("came") == links.code_sha256(links.code_of(glyph))


class Runs:
    """Runs and stops glyphs."""

    def __init__(self, board: Board, following: Following) -> None:
        self._board = board
        self._following = following
        self._starting: set[int] = set()
        """Where relative paths in commands start."""
        self.ask_allow: Callable[[str], None] = lambda _code: None
        """Shows what code that came with a canvas asks for."""

    @property
    def starting(self) -> bool:
        """True while a run was asked for and its job is not known yet."""
        return bool(self._starting)

    def run(self, glyph_id: int) -> None:
        """Run a glyph; of a result glyph, the glyph it belongs to."""
        self._board.sight.commit()
        glyph = self._board.document.glyph(glyph_id)
        if glyph is not None and glyph.kind == KIND_RESULT:
            glyph = links.runner_of(self._board.canvas, glyph_id)
        if glyph is None or glyph.id in self._starting:
            return
        if glyph.kind == KIND_IX:
            self._start(glyph, self._ix(glyph))
        elif glyph.kind == KIND_PYTHON:
            self._start(glyph, self._script(glyph))

    def show(self, glyph_id: int, job: Job) -> None:
        """Show a run that the glyph did not ask for itself, such as one of its schedule."""
        self._started(glyph_id, job)

    def adopt(self) -> None:
        """Show runs their glyphs do not know of: made, and then the app was killed before the canvas was kept."""
        known = {
            key: links.job_of(glyph)
            for key, glyph in self._board.canvas.glyphs.items()
            if glyph.kind in (KIND_IX, KIND_PYTHON)
        }
        self._board.ask(self._unknown, known, then=self._adopted)

    def cancel(self, glyph_id: int) -> None:
        """Stop the run that a glyph shows."""
        glyph = self._board.document.glyph(glyph_id)
        job_id = links.job_of(glyph) if glyph is not None else None
        if job_id is None:
            return

        def failed(error: QntxError) -> None:
            if isinstance(error, ErrJobNotCancellable):  # it ended a moment ago, which the glyph says anyway
                self._following.read_open()
            else:
                self._board.refuse(glyph_id, error)

        self._board.ask(self._board.services.runner.cancel, job_id, then=self._following.note, failed=failed)

    def _unknown(self, known: Mapping[int, int | None]) -> tuple[tuple[int, Job], ...]:
        """On a worker: the newest job of each glyph that is newer than the one it knows."""
        queue = self._board.services.queue
        found = []
        for glyph_id, job_id in known.items():
            newest = queue.list(JobFilter(reference_type=REFERENCE, reference_id=str(glyph_id), limit=1))
            found += [(glyph_id, job) for job in newest if job.id > (job_id or 0)]
        return tuple(found)

    def _adopted(self, found: tuple[tuple[int, Job], ...]) -> None:
        for glyph_id, job in found:
            glyph = self._board.document.glyph(glyph_id)
            if glyph is not None and job.id > (links.job_of(glyph) or 0):
                self._started(glyph_id, job)

    def _ix(self, glyph: Glyph) -> Callable[[], Job]:
        return partial(
            self._board.services.runs.ix,
            links.text_of(glyph),
            base=self._folder(),
            bare=True,
            reference=(REFERENCE, str(glyph.id)),
        )

    def _script(self, glyph: Glyph) -> Callable[[], Job]:
        caller = links.caller_of(self._board.canvas, glyph.id)
        command = links.command_of(links.text_of(caller)) if caller is not None else None
        options: dict[str, Any] = {"base": self._folder(), "reference": (REFERENCE, str(glyph.id))}
        name = links.type_of(glyph)
        if name:
            options["name"] = name
        arguments = command[1] if command is not None else ()
        code = links.code_of(glyph)
        run = partial(self._board.services.runs.script, code, arguments, **options)
        if _came(glyph):
            run = partial(self._allowed_script, code, run)
        if not name:
            return run
        as_handler = partial(
            self._board.services.runs.ix,
            ("ix", name, *arguments),
            base=options["base"],
            bare=False,
            reference=options["reference"],
        )
        return partial(self._typed, name, code, as_handler, run)

    def _typed(self, name: str, code: str, as_handler: Callable[[], Job], as_script: Callable[[], Job]) -> Job:
        """On a worker: run the code of a type; what is saved is a run of the handler, a draft is none."""
        saved = self._board.services.handlers.newest(name)
        is_saved = saved is not None and saved.allowed and saved.code == code
        return as_handler() if is_saved else as_script()

    def _allowed_script(self, code: str, run: Callable[[], Job]) -> Job:
        """On a worker: run code that came with a file, unless it asks for more than every handler may."""
        services = self._board.services
        subject = "This code, which came with a file,"
        services.permits.check_code(script_key(code), services.check_code(code), subject)
        return run()

    def _folder(self) -> Path | None:
        return Path(self.folder) if self.folder else None

    @property
    def folder(self) -> str:
        """Where relative paths in commands start."""
        return self._board.canvas.folder

    def _start(self, glyph: Glyph, call: Callable[[], Job]) -> None:
        self._starting.add(glyph.id)
        self._board.ask(call, then=partial(self._started, glyph.id), failed=partial(self._refused, glyph.id))

    def _started(self, glyph_id: int, job: Job) -> None:
        self._starting.discard(glyph_id)
        glyph = self._board.document.glyph(glyph_id)
        if glyph is None:  # deleted meanwhile; the job goes on and is found in the store
            return
        self._board.clear_error(glyph_id)
        self._board.document.amend_state(glyph_id, job_id=job.id)
        result_id = self._result_below(glyph, job)
        self._following.begin(glyph_id, job)
        self._following.begin(result_id, job)

    def _refused(self, glyph_id: int, error: QntxError) -> None:
        self._starting.discard(glyph_id)
        glyph = self._board.document.glyph(glyph_id)
        if glyph is None:
            return
        self._board.refuse(glyph_id, error)
        make_room(self._board, glyph_id)
        if isinstance(error, ErrPermissionRequired) and glyph.kind == KIND_PYTHON:
            self.ask_allow(links.code_of(glyph))

    def _result_below(self, glyph: Glyph, job: Job) -> int:
        """The result glyph of a glyph, made if there is none."""
        state = {"job_id": job.id, "execution_id": None}
        known = links.result_of(self._board.canvas, glyph.id)
        if known is not None:
            self._board.document.amend_state(known.id, **state)
            return known.id
        box = self._board.sight.boxes().get(glyph.id)
        bottom = box.bottom if box is not None else glyph.y + glyph.height
        made = self._board.new_glyph(KIND_RESULT, (glyph.x, bottom + BELOW_PX), below=True, state=state)
        self._board.add(made, tr("Show result"), (EDGE_RESULT, glyph.id, made.id))
        return made.id
