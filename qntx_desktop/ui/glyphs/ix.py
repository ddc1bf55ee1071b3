"""The IX glyph: a command, how its last run went, and the next step in place when nothing knows its type.

Qt main thread; holds no state. Whether a handler exists is told by `Live` and the saved error, never guessed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from qntx_desktop.model.clock import now_us
from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.glyph import KIND_IX, KIND_PYTHON, Glyph
from qntx_desktop.model.ix import parse_ix
from qntx_desktop.ui import told
from qntx_desktop.ui.glyphs.kind import Button, Chip, EditorSpec, Hotspot, Port
from qntx_desktop.ui.glyphs.live import Live
from qntx_desktop.ui.glyphs.paint import (
    BUTTON_PX,
    FIELD_PX,
    FIELD_SIDE_PX,
    FIELD_TOP_PX,
    button_width,
    draw_button,
    draw_field,
    draw_line,
    draw_wrapped,
    inner_width,
    text_width,
    wrapped,
)
from qntx_desktop.ui.glyphs.python import size_for
from qntx_desktop.ui.glyphs.run_words import (
    FAILED,
    LOST,
    failed_words,
    job_chip,
    progress_words,
    run_buttons,
    schedule_button,
    schedule_words,
    waiting_words,
)
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.theme import (
    FOOTER_PX,
    LINE_PX,
    PADDING_PX,
    TITLE_PX,
    Theme,
    fact_font,
    mono_font,
    ui_font,
)
from qntx_desktop.ui.wording import failure, one_line

PLACEHOLDER = "ix csv ./people.csv"
CREATE, OPEN, ALLOW, FETCH = tr("Create handler"), tr("open"), tr("Allow…"), tr("Fetch and run")
PERMISSION, PACKAGES = "permission_required", "packages_missing"
PORT_HANDLER = "handler"
MOST_FAILED_LINES = 2
_GAP_PX = 10.0
_BEFORE_RUN = frozenset({"no_ingest_script", "invalid_command", "invalid_handler_name"})
"""Errors that keep a command from becoming a job: nothing has failed, something is missing."""


@lru_cache(maxsize=2_000)
def read_type(text: str) -> str | None:
    """The script type a command names, None while it cannot be read."""
    try:
        return parse_ix(text).script_type
    except QntxError:
        return None


def _named(text: str) -> str:
    """The type, or the file of a code source, that a command names; empty while it cannot be read."""
    try:
        command = parse_ix(text)
    except QntxError:
        return ""
    return command.script_type or command.source_path or ""


@dataclass(frozen=True, slots=True)
class _Message:
    """What stands below the command: lines with a tone, perhaps a hint and an offered action."""

    lines: tuple[str, ...]
    hint: tuple[str, ...] = ()
    offer: str = ""
    action: str = "create_handler"
    bad: bool = True

    @property
    def height(self) -> float:
        """Its own height without padding."""
        text = (len(self.lines) + len(self.hint)) * LINE_PX
        return max(float(text), BUTTON_PX if self.offer else 0.0)


class IxKind:
    """Ingest: runs `ix <type> [args]`."""

    name = KIND_IX
    symbol = "⨳"
    label = tr("Ingest")
    in_palette = True
    default_size = (360.0, 88.0)
    min_size = (280.0, 88.0)

    def new_content(self) -> Mapping[str, Any]:
        """An empty command."""
        return {"text": ""}

    def title(self, glyph: Glyph) -> str:
        """The type, once there is one."""
        return read_type(_text(glyph)) or tr("ingest")

    def chips(self, glyph: Glyph, live: Live) -> tuple[Chip, ...]:
        """How the last run went, or what is missing."""
        error = current_error(glyph, live)
        if live.job is not None and not live.job.ended:
            return (job_chip(live.job, live.execution, live.attestation_total),)
        if error is not None:
            ran = error.get("code") not in _BEFORE_RUN
            return (Chip(failed_words(error) if ran else failure(error), "bad", FAILED),)
        if live.job is not None:
            return (job_chip(live.job, live.execution, live.attestation_total),)
        if live.loading and glyph.state.get("job_id") is not None:
            return (Chip(tr("reading"), "plain", LOST),)
        return ()

    def buttons(self, glyph: Glyph, live: Live) -> tuple[Button, ...]:
        """Run or stop, and more."""
        more = Button("menu", symbol="⋯", tooltip=tr("More"), framed=False)
        return (schedule_button(live), *run_buttons(live.job), more)

    def footer(self, glyph: Glyph, live: Live) -> tuple[str, ...]:
        """Progress in words while it runs, else when it runs again."""
        progress = progress_words(live.job) if live.job is not None else ()
        return progress or schedule_words(live, now_us())

    def ports(self, glyph: Glyph, live: Live) -> tuple[Port, ...]:
        """The handler port: filled when a handler is known or asked for; it can be pulled once there is a type."""
        script_type = read_type(_text(glyph))
        missing = is_missing(glyph, live)
        known = live.handler is not None
        return (
            Port(
                PORT_HANDLER,
                "right",
                TITLE_PX + FIELD_TOP_PX + FIELD_PX / 2,
                active=known or missing,
                name=tr("Handler of {script_type}").format(script_type=script_type)
                if script_type
                else tr("Handler"),
                drags=script_type is not None,
                ghost_symbol="py",
                ghost_title=script_type or "",
                ghost_kind=KIND_PYTHON,
                ghost_size=size_for(live.handler.code if live.handler is not None else None),
            ),
        )

    def height_for(self, glyph: Glyph, live: Live) -> float | None:
        """Title, command, what is said below it, footer: everything, wrapped."""
        height = TITLE_PX + FIELD_TOP_PX + FIELD_PX + _GAP_PX
        message = self._message(glyph, live)
        if message is not None:
            height += message.height + PADDING_PX
        if self._link(live):
            height += LINE_PX + PADDING_PX - 2
        if self.footer(glyph, live):
            height += FOOTER_PX
        return height

    def paint_body(self, painter: QPainter, rect: QRectF, glyph: Glyph, live: Live, theme: Theme) -> None:
        """Paint the command, the message and the link to the handler."""
        field = _field(rect)
        draw_field(painter, field, theme)
        text = _text(glyph)
        inside = field.adjusted(FIELD_SIDE_PX, 0, -FIELD_SIDE_PX, 0)
        draw_line(painter, inside, text or PLACEHOLDER, theme.text if text else theme.dim, mono_font())
        y = field.bottom() + _GAP_PX
        message = self._message(glyph, live)
        if message is not None:
            self._paint_message(painter, rect, y, message, theme)
            y += message.height + PADDING_PX
        link = self._link(live)
        if link:
            named, opens = _link_rects(rect, y, link)
            draw_line(painter, named, link, theme.dim, fact_font())
            draw_line(painter, opens, OPEN, theme.accent, fact_font())

    def _paint_message(
        self, painter: QPainter, rect: QRectF, y: float, message: _Message, theme: Theme
    ) -> None:
        left, width = rect.left() + PADDING_PX, inner_width(rect.width())
        text_height = (len(message.lines) + len(message.hint)) * LINE_PX
        top = y + max(0.0, (message.height - text_height) / 2)
        colour = theme.failed if message.bad else theme.dim
        top += draw_wrapped(painter, QPointF(left, top), message.lines, colour, ui_font(), width)
        draw_wrapped(painter, QPointF(left, top), message.hint, theme.dim, ui_font(), width)
        if message.offer:
            draw_button(painter, _offer_rect(rect, y, message), message.offer, theme.accent)

    def hotspots(self, rect: QRectF, glyph: Glyph, live: Live) -> tuple[Hotspot, ...]:
        """The command, the offered button, the link to the handler."""
        field = _field(rect)
        text = _text(glyph)
        spots = [
            Hotspot(
                "edit",
                field,
                "field",
                tr("Command: {part}").format(part=text or tr("empty")),
                _field_tip(field, text),
            )
        ]
        y = field.bottom() + _GAP_PX
        message = self._message(glyph, live)
        if message is not None:
            if message.offer:
                name = tr("{offer} for {glyph}").format(offer=message.offer.rstrip('…'), glyph=_named(_text(glyph)))
                spots.append(Hotspot(message.action, _offer_rect(rect, y, message), "button", name))
            y += message.height + PADDING_PX
        link = self._link(live)
        if link:
            named, opens = _link_rects(rect, y, link)
            row = named.united(opens).adjusted(0, -3, 0, 3)
            spots.append(
                Hotspot(
                    "goto_handler",
                    row,
                    "link",
                    tr("Open the handler {link}").format(link=link),
                    tr("Go to the handler"),
                )
            )
        return tuple(spots)

    def editor(self, glyph: Glyph) -> EditorSpec | None:
        """The command, inside the frame of its field."""
        field = _field(QRectF(0, TITLE_PX, glyph.width, 0))
        return EditorSpec("text", "line", field.adjusted(1, 1, -1, -1))

    def _link(self, live: Live) -> str:
        return f"{live.handler.script_type} v{live.handler.version}" if live.handler is not None else ""

    def _message(self, glyph: Glyph, live: Live) -> _Message | None:
        width = inner_width(glyph.width)
        running = live.job is not None and not live.job.ended
        if running and live.job is not None:
            waiting = waiting_words(live.job)
            if waiting and live.job.waiting_code == PERMISSION:
                room = width - button_width(ALLOW) - _GAP_PX
                lines = wrapped(waiting, room, "ui", MOST_FAILED_LINES)
                return _Message(lines, offer=ALLOW, action="allow_handler", bad=False)
            return _Message(wrapped(waiting, width), bad=False) if waiting else None
        if is_missing(glyph, live):
            room = width - button_width(CREATE) - _GAP_PX
            sentence = _missing_words(glyph, live)
            return _Message(wrapped(sentence, room, "ui", 3), offer=CREATE)
        error = current_error(glyph, live)
        failed = live.job is not None and str(live.job.status) == "failed"
        if error is None and failed and live.job is not None:
            error = live.job.error
        if error is None:
            return None
        if failed:  # shortly: the result below says all of it, and the card must not grow over that
            offer = FETCH if error.get("code") == PACKAGES else ""
            room = width - button_width(FETCH) - _GAP_PX if offer else width
            said = wrapped(told.message(error) or tr("It failed."), room, "ui", MOST_FAILED_LINES)
            return _Message(said, offer=offer, action="run")
        hint = told.hint(error)
        return _Message(
            wrapped(told.message(error) or tr("It failed."), width, "ui", 6),
            wrapped(hint, width, "ui", 4) if hint else (),
        )


def current_error(glyph: Glyph, live: Live) -> Mapping[str, Any] | None:
    """What stands in the way now: a fresh problem, or the saved one as long as the command is still its own."""
    if live.problem is not None:
        return live.problem.to_json()
    error: Mapping[str, Any] | None = glyph.state.get("error")
    if not error:
        return None
    script_type = read_type(_text(glyph))
    code = error.get("code")
    if code == "no_ingest_script":
        named = (error.get("details") or {}).get("script_type")
        stale = live.handler is not None or named != script_type
        return None if stale else error
    stale = code in ("invalid_command", "invalid_handler_name") and script_type is not None
    return None if stale else error


def _missing_words(glyph: Glyph, live: Live) -> str:
    name = read_type(_text(glyph))
    details = (current_error(glyph, live) or {}).get("details") or {}
    if details.get("retired_version") is not None:
        return tr("The handler of “{name}” is retired.").format(name=name)
    return tr("Nothing knows “{name}” yet.").format(name=name)


def is_missing(glyph: Glyph, live: Live) -> bool:
    """Whether the command's type is known to have no handler."""
    error = current_error(glyph, live)
    return error is not None and error.get("code") == "no_ingest_script"


def _text(glyph: Glyph) -> str:
    return str(glyph.content.get("text", ""))


def _field(rect: QRectF) -> QRectF:
    left, top = rect.left() + PADDING_PX, rect.top() + FIELD_TOP_PX
    return QRectF(left, top, inner_width(rect.width()), FIELD_PX)


def _field_tip(field: QRectF, text: str) -> str:
    """The whole command when it does not fit, else what pressing does."""
    cut = text_width(text, mono_font()) > field.width() - 2 * FIELD_SIDE_PX
    return one_line(text, 600) if cut else tr("Edit the command (Enter)")


def _link_rects(rect: QRectF, y: float, link: str) -> tuple[QRectF, QRectF]:
    """Where the name of the handler stands, shortened when it is long, and the word behind it that opens it."""
    word = text_width(OPEN, fact_font()) + 1
    name = min(text_width(link, fact_font()) + 1, inner_width(rect.width()) - word - PADDING_PX)
    named = QRectF(rect.left() + PADDING_PX, y, name, LINE_PX)
    return named, QRectF(named.right() + PADDING_PX, y, word, LINE_PX)


def _offer_rect(rect: QRectF, y: float, message: _Message) -> QRectF:
    width = button_width(message.offer)
    top = y + (message.height - BUTTON_PX) / 2
    return QRectF(rect.right() - PADDING_PX - width, top, width, BUTTON_PX)
