"""The Python glyph: code, whether it is saved as a handler, how its last run went.

Qt main thread; holds no state. The controller decides with which arguments a run of typed code goes.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from qntx_desktop.model.asking import asks_more
from qntx_desktop.model.clock import now_us
from qntx_desktop.model.glyph import KIND_IX, KIND_PYTHON, Glyph
from qntx_desktop.model.handler import Requires, requires_of
from qntx_desktop.ui import told
from qntx_desktop.ui.editor.gutter import TOP_PX
from qntx_desktop.ui.glyphs.code_body import line_height, paint_code
from qntx_desktop.ui.glyphs.kind import RIGHT, Button, Chip, EditorSpec, Hotspot, Port
from qntx_desktop.ui.glyphs.live import Live
from qntx_desktop.ui.glyphs.run_words import (
    DONE,
    FAILED,
    UNSAVED,
    WAITING,
    failed_words,
    job_chip,
    progress_words,
    run_buttons,
    schedule_button,
    schedule_words,
)
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import FOOTER_PX, GRID_PX, TITLE_PX, Theme
from qntx_desktop.ui.wording import DOT, count, counted, limit, one_line, size

PORT_TYPE = "type"
MOST_LINES, SIDE_PX = 18, 8
"""A new glyph is as tall as its code, up to this many lines."""
_DEFAULT = Requires()


@lru_cache(maxsize=256)
def code_digest(code: str) -> str:
    """SHA-256 of code, as the registry has it."""
    return hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()


class PythonKind:
    """Python: a handler of a type, or a script of its own."""

    name = KIND_PYTHON
    symbol = "py"
    label = tr("Python")
    in_palette = True
    default_size = (560.0, 240.0)
    min_size = (360.0, 128.0)

    def new_content(self) -> Mapping[str, Any]:
        """A script without a type."""
        return {"code": "", "script_type": None}

    def title(self, glyph: Glyph) -> str:
        """The type it is a handler of, or that it is a script."""
        return script_type_of(glyph) or tr("script")

    def chips(self, glyph: Glyph, live: Live) -> tuple[Chip, ...]:
        """What was saved, and how the last run went."""
        chips: list[Chip] = []
        problem = current_problem(glyph, live)
        if problem is not None and problem.get("code") == "syntax_error":
            details = problem.get("details") or {}
            place = tr("line {line}, column {column}").format(
                line=details.get("line"), column=details.get("column")
            )
            chips.append(Chip(place, "bad", FAILED, tooltip=told.message(problem)))
        elif problem is not None and problem.get("code") in _SAVING:
            chips.append(Chip(tr("not saved"), "bad", FAILED, tooltip=told.message(problem)))
        elif script_type_of(glyph):
            chips.append(_saved_chip(glyph, live))
        run = _run_chip(glyph, live, problem)
        return (*chips, run) if run is not None else tuple(chips)

    def buttons(self, glyph: Glyph, live: Live) -> tuple[Button, ...]:
        """Run or stop; save, or become a handler; more."""
        if script_type_of(glyph):
            unsaved = is_unsaved(glyph, live)
            tip = tr("Save as a new version (Ctrl+S)")
            save = Button("save", text=tr("Save"), tooltip=tip, primary=unsaved)
        else:
            save = Button("make_handler", text=tr("Make it a handler"), tooltip=tr("Give it a type and save it"))
        clock = (schedule_button(live),) if not script_type_of(glyph) else ()
        return (*clock, *run_buttons(live.job), save, Button("menu", symbol="⋯", tooltip=tr("More"), framed=False))

    def footer(self, glyph: Glyph, live: Live) -> tuple[str, ...]:
        """Limits at the left, problems at the right."""
        parts = list(progress_words(live.job)) if live.job is not None else []
        parts = parts or list(schedule_words(live, now_us()))
        problem = current_problem(glyph, live)
        line = failed_line(glyph, live)
        if problem:
            words = f"{FAILED} {one_line(str(problem.get('message', '')), 160)}"
        else:
            words = (
                tr("{failed} stopped at line {line}").format(failed=FAILED, line=count(line))
                if line
                else tr("no problems")
            )
        return (*(parts or _limits(live)), RIGHT + words)

    def ports(self, glyph: Glyph, live: Live) -> tuple[Port, ...]:
        """Where the link from an IX glyph ends."""
        script_type = script_type_of(glyph)
        if not script_type:
            return ()
        return (
            Port(
                PORT_TYPE,
                "left",
                TITLE_PX + 46,
                active=True,
                name=tr("Handler of {script_type}").format(script_type=script_type),
                drags=True,
                ghost_symbol="⨳",
                ghost_title=f"ix {script_type}",
                ghost_kind=KIND_IX,
            ),
        )

    def height_for(self, glyph: Glyph, live: Live) -> float | None:
        """Any height does: what does not fit is counted in words."""
        return None

    def paint_body(self, painter: QPainter, rect: QRectF, glyph: Glyph, live: Live, theme: Theme) -> None:
        """Paint the code with its numbers; the line a run stopped at is marked."""
        paint_code(painter, rect, code_of(glyph), theme, failed_line(glyph, live))

    def hotspots(self, rect: QRectF, glyph: Glyph, live: Live) -> tuple[Hotspot, ...]:
        """The whole body opens the editor."""
        lines = counted(code_of(glyph).count("\n") + 1, "line")
        return (
            Hotspot(
                "edit", rect, "field", tr("Code, {lines}").format(lines=lines), tr("Edit the code (Enter)")
            ),
        )

    def editor(self, glyph: Glyph) -> EditorSpec | None:
        """The whole body."""
        height = glyph.height - TITLE_PX - FOOTER_PX
        return EditorSpec("code", "code", QRectF(0, TITLE_PX, glyph.width, height))


def size_for(code: str | None) -> tuple[float, float]:
    """Size of a new glyph that holds code; None for a template, which is always longer than what is shown."""
    width, least = PythonKind.default_size
    lines = MOST_LINES if code is None else min(MOST_LINES, code.count("\n") + 1)
    height = TITLE_PX + TOP_PX + lines * line_height() + SIDE_PX + FOOTER_PX
    return width, max(least, math.ceil(height / GRID_PX) * GRID_PX)


_SAVING = frozenset({"empty_code", "invalid_handler_name", "stale_version"})


def script_type_of(glyph: Glyph) -> str:
    """The type the glyph is tied to, empty for a script of its own."""
    return str(glyph.content.get("script_type") or "")


def code_of(glyph: Glyph) -> str:
    """The code as the canvas has it."""
    return str(glyph.content.get("code", ""))


def is_unsaved(glyph: Glyph, live: Live) -> bool:
    """Whether the code differs from what was saved last."""
    saved = glyph.state.get("saved")
    return live.unsaved or not saved or saved.get("code_sha256") != code_digest(code_of(glyph))


def current_problem(glyph: Glyph, live: Live) -> Mapping[str, Any] | None:
    """What stands in the way now: a refused save or a failed run."""
    return live.problem.to_json() if live.problem is not None else (glyph.state.get("error") or None)


def failed_line(glyph: Glyph, live: Live) -> int | None:
    """The line (from 1) that the last run stopped at or that cannot be read, None without one."""
    problem = current_problem(glyph, live)
    line = (problem.get("details") or {}).get("line") if problem else None
    line = line or glyph.state.get("failed_line")
    return line if isinstance(line, int) and line > 0 else None


def _saved_chip(glyph: Glyph, live: Live) -> Chip:
    saved = glyph.state.get("saved")
    if is_unsaved(glyph, live):
        after = tr(" since v{part}").format(part=saved['version']) if saved and saved.get("version") else ""
        return Chip(tr("unsaved") + after, "wait", UNSAVED)
    handler = live.handler
    if saved and handler is not None and handler.asid == saved.get("asid") and not handler.allowed:
        return Chip(
            tr("v{version} not allowed").format(version=saved["version"]),
            "wait",
            WAITING,
            tooltip=tr("It waits for your permission"),
        )
    return Chip(tr("v{part} saved").format(part=saved['version']) if saved else tr("saved"), "ok", DONE)


def _run_chip(glyph: Glyph, live: Live, problem: Mapping[str, Any] | None) -> Chip | None:
    job = live.job
    if job is not None and not job.ended:
        return job_chip(job, live.execution, live.attestation_total)
    if problem is not None and problem.get("code") not in {"syntax_error", *_SAVING}:
        return Chip(failed_words(problem), "bad", FAILED)
    if job is None:
        line = glyph.state.get("failed_line")
        return (
            Chip(tr("failed · line {line}").format(line=line), "bad", FAILED)
            if line and problem is None
            else None
        )
    if script_type_of(glyph) and str(job.status) == "completed":
        return None
    return job_chip(job, live.execution, live.attestation_total)


def _limits(live: Live) -> tuple[str, ...]:
    requires = live.handler.requires if live.handler is not None else {}
    timeout = requires.get("timeout_s", _DEFAULT.timeout_s)
    memory = requires.get("memory_bytes", _DEFAULT.memory_bytes)
    asked = [each.short for each in asks_more(requires_of(requires)) if each.kind not in ("time", "memory")]
    held = [told.held(live.held)] if live.held else []
    return (DOT.join([f"{limit(float(timeout))} · {size(float(memory))}", *held, *asked]),)
