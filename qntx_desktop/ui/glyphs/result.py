"""The result glyph: what a run made and wrote, with its exception when it failed.

Qt main thread; holds no state. It shows what fits and says how much there is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from qntx_desktop.model.attestation import Attestation
from qntx_desktop.model.confinement import held_words
from qntx_desktop.model.glyph import KIND_ERROR, KIND_NOTE, KIND_PYTHON, KIND_RESULT, Glyph
from qntx_desktop.model.job import PYTHON_SCRIPT, Execution, ExecutionStatus
from qntx_desktop.ui import told
from qntx_desktop.ui.glyphs.kind import RIGHT, Button, Chip, EditorSpec, Hotspot, Port
from qntx_desktop.ui.glyphs.live import Live
from qntx_desktop.ui.glyphs.output_body import has_output, paint_output
from qntx_desktop.ui.glyphs.paint import draw_line, draw_wrapped, inner_width, wrapped
from qntx_desktop.ui.glyphs.run_words import (
    DONE,
    FAILED,
    LOST,
    STOPPED,
    attestations_words,
    connections_words,
    failed_words,
    job_chip,
    progress_words,
    waiting_words,
)
from qntx_desktop.ui.glyphs.table_body import ROW_PX, paint_table, row_rects, rows_that_fit
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import PADDING_PX, TITLE_PX, Theme, fact_font, ui_font
from qntx_desktop.ui.wording import count, duration, one_line, run_time, terms

TABLE, OUTPUT = "table", "output"
PORT_OUT = "out"


class ResultKind:
    """The outcome of a run."""

    name = KIND_RESULT
    symbol = "⊨"
    label = tr("Result")
    in_palette = False
    default_size = (488.0, 224.0)
    min_size = (320.0, 128.0)

    def new_content(self) -> Mapping[str, Any]:
        """Nothing; runs make these."""
        return {}

    def title(self, glyph: Glyph) -> str:
        """Always the same: what ran stands in the chip and the link."""
        return tr("result")

    def chips(self, glyph: Glyph, live: Live) -> tuple[Chip, ...]:
        """How the run went, and the two views as tabs."""
        chips = [_state_chip(live)]
        if live.execution is not None:
            view = shown_view(live)
            total = total_of(live)
            chips.append(_tab(TABLE, attestations_words(total), view, tr("Show the attestations")))
            chips.append(_tab(OUTPUT, tr("output"), view, tr("Show what it wrote")))
        return tuple(chips)

    def buttons(self, glyph: Glyph, live: Live) -> tuple[Button, ...]:
        """Stop while it runs, and more."""
        menu = Button("menu", symbol="⋯", tooltip=tr("More"), framed=False)
        whole: tuple[Button, ...] = ()
        if live.execution is not None:
            opens = "open_output" if shown_view(live) == OUTPUT else "open_results"
            whole = (Button(opens, symbol="⤢", tooltip=tr("Open in a window (Enter)"), framed=False),)
        if live.job is None or live.job.ended:
            return (*whole, menu)
        going = live.job.cancel_requested
        tip = tr("Stopping …") if going else tr("Stop (Ctrl+.)")
        return (Button("cancel", symbol="■", tooltip=tip, enabled=not going), *whole, menu)

    def footer(self, glyph: Glyph, live: Live) -> tuple[str, ...]:
        """How much is shown, how long it took, whom it reached for, and which version ran."""
        run = live.execution
        if run is None:
            return ()
        parts: list[str] = []
        if shown_view(live) == TABLE and total_of(live):
            parts.append(
                tr("showing {glyph} of {live}").format(
                    glyph=count(shown_rows(glyph, live)), live=count(total_of(live))
                )
            )
        parts.extend(progress_words(live.job) if live.job is not None else ())
        parts.append(duration(run.duration_ms))
        parts.append(connections_words(run))
        if live.job is not None and live.job.type != PYTHON_SCRIPT:
            plugin, slash, _ = live.job.type.partition("/")
            where = tr("plugin {plugin}").format(plugin=plugin) if slash else tr("built-in")
            return (*(part for part in parts if part), RIGHT + where)
        if live.job is not None and live.job.why_here:
            parts.append(one_line(tr("here, not remotely: {reason}").format(reason=live.job.why_here), 80))
        parts.append(told.held(held_words(run.sandbox)))
        version = f"{run.handler_type} v{run.handler_version}" if run.handler_version else tr("script")
        version = run.code_file.words if run.code_file is not None else version
        return (*(part for part in parts if part), RIGHT + version)

    def ports(self, glyph: Glyph, live: Live) -> tuple[Port, ...]:
        """What can be made out of an outcome: a script that reads it, a note of it, its error."""
        if live.execution is None or _running(live.execution):
            return ()
        fits = [(KIND_NOTE, tr("Note of what it made and wrote"))]
        if total_of(live):
            fits.insert(0, (KIND_PYTHON, tr("Python that reads such attestations")))
        if live.execution.error:
            fits.insert(0, (KIND_ERROR, tr("Error, kept on the canvas")))
        middle = TITLE_PX + (glyph.height - TITLE_PX) / 2
        return (
            Port(
                PORT_OUT,
                "right",
                middle,
                name=tr("Make something of it"),
                drags=True,
                ghost_symbol="+",
                ghost_title="",
                ghost_kind=KIND_NOTE,
                ghost_size=(400.0, 208.0),
                fits=tuple(fits),
            ),
        )

    def height_for(self, glyph: Glyph, live: Live) -> float | None:
        """Any height does: it shows what fits."""
        return None

    def paint_body(self, painter: QPainter, rect: QRectF, glyph: Glyph, live: Live, theme: Theme) -> None:
        """Paint the chosen view, or say why there is nothing."""
        words = _instead(live)
        if words:
            width = inner_width(rect.width())
            colour = theme.failed if live.problem is not None else theme.dim
            place = QPointF(rect.left() + PADDING_PX, rect.top() + PADDING_PX)
            draw_wrapped(painter, place, wrapped(words, width), colour, ui_font(), width)
        elif shown_view(live) == OUTPUT and live.execution is not None:
            paint_output(painter, rect, live.execution, theme)
        else:
            paint_table(painter, rect, live.attestations, total_of(live), live.now_us, theme)
            if _has_more(rect, live):
                draw_line(painter, _all_row(rect, live), _all_words(live), theme.accent, fact_font())

    def hotspots(self, rect: QRectF, glyph: Glyph, live: Live) -> tuple[Hotspot, ...]:
        """Each row opens its attestation; what did not fit opens whole."""
        if _instead(live) or live.execution is None:
            return ()
        if shown_view(live) == OUTPUT:
            return (Hotspot("open_output", rect, "row", tr("Open the whole output"), tr("Open the whole output")),)
        total = total_of(live)
        spots = [
            Hotspot(f"open_attestation:{row.id}", area, "row", _row_name(row))
            for row, area in zip(live.attestations, row_rects(rect, len(live.attestations), total), strict=False)
        ]
        if _has_more(rect, live):
            spots.append(Hotspot("open_results", _all_row(rect, live), "link", _all_words(live)))
        return tuple(spots)

    def editor(self, glyph: Glyph) -> EditorSpec | None:
        """Nothing to edit."""
        return None


def total_of(live: Live) -> int:
    """How many attestations the run made, as far as it is known."""
    if live.attestation_total is not None:
        return live.attestation_total
    return live.execution.attestation_count if live.execution is not None else 0


def shown_view(live: Live) -> str:
    """The chosen view; at first the table, or the output when the run failed or made nothing."""
    if live.view in (TABLE, OUTPUT):
        return live.view
    failed = live.execution is not None and live.execution.status is ExecutionStatus.FAILED
    return OUTPUT if failed or not total_of(live) else TABLE


def shown_rows(glyph: Glyph, live: Live) -> int:
    """How many rows of the table fit on the card as it is."""
    rect = QRectF(0, TITLE_PX, glyph.width, glyph.height - TITLE_PX - 28)
    return min(len(live.attestations), rows_that_fit(rect, total_of(live)))


def _tab(view: str, text: str, chosen: str, tooltip: str) -> Chip:
    return Chip(text, end=True, action=f"show_{view}", tooltip=tooltip, chosen=view == chosen)


def _state_chip(live: Live) -> Chip:
    job, run = live.job, live.execution
    if live.problem is not None:
        return Chip(tr("cannot be read"), "bad", FAILED)
    if job is not None and not job.ended:
        return job_chip(job, run, live.attestation_total)
    if run is None:
        return Chip(tr("reading"), "plain", LOST) if live.loading or job is None else job_chip(job, None, None)
    at = run_time(run.started_at_us, live.now_us or run.started_at_us)
    took = duration(run.duration_ms)
    version = f"v{run.handler_version}" if run.handler_version else ""
    facts = " · ".join(part for part in (at, took, version) if part)
    if run.status is ExecutionStatus.COMPLETED:
        return Chip(facts, "ok", DONE)
    if run.status is ExecutionStatus.FAILED:
        return Chip(f"{failed_words(run.error)} · {at}", "bad", FAILED)
    if run.status is ExecutionStatus.INTERRUPTED:
        return Chip(tr("interrupted · {at}").format(at=at), "wait", LOST)
    if run.status is ExecutionStatus.CANCELLED:
        return Chip(tr("cancelled · {at}").format(at=at), "plain", STOPPED)
    return Chip(tr("running since {at}").format(at=at), "run", "◐")


def _instead(live: Live) -> str:
    """What is said in place of a view; empty when there is one."""
    if live.problem is not None:
        return told.whole(live.problem)
    if live.execution is None:
        if live.job is not None and not live.job.ended:
            waiting = waiting_words(live.job) or tr("Waiting for its turn.")
            return waiting if str(live.job.status) == "pending" else tr("It has begun.")
        if live.loading:
            return tr("Reading …")
        if live.job is not None:
            return told.message(live.job.error) or tr("It never ran.")
        return tr("This run is not in the store.")
    if shown_view(live) == OUTPUT:
        return "" if has_output(live.execution) else _nothing_written(live.execution)
    if not total_of(live):
        return tr("No attestations yet.") if _running(live.execution) else tr("This run made no attestations.")
    return tr("Reading …") if not live.attestations else ""


def _nothing_written(run: Execution) -> str:
    return tr("Nothing written yet.") if _running(run) else tr("This run wrote nothing.")


def _running(run: Execution) -> bool:
    return run.status is ExecutionStatus.RUNNING


def _has_more(rect: QRectF, live: Live) -> bool:
    return total_of(live) > min(len(live.attestations), rows_that_fit(rect, total_of(live)))


def _all_row(rect: QRectF, live: Live) -> QRectF:
    """Right below the last row, so that nothing looks like a missing one."""
    rows = row_rects(rect, len(live.attestations), total_of(live))
    top = rows[-1].bottom() if rows else rect.bottom() - ROW_PX
    return QRectF(rect.left() + PADDING_PX, top, inner_width(rect.width()), ROW_PX)


def _all_words(live: Live) -> str:
    return tr("open all {live}").format(live=count(total_of(live)))


def _row_name(row: Attestation) -> str:
    return tr("{subjects} is {predicates} of {contexts}").format(
        subjects=terms(row.subjects), predicates=terms(row.predicates), contexts=terms(row.contexts)
    )
