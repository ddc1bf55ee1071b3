"""A card in words: its name, how it stands, what it holds, its parts. For screen readers and the outline.

Qt main thread, but pure: everything follows from what a card shows, so that a new kind speaks without a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF

from qntx_desktop.model.glyph import EDGE_HANDLER, EDGE_RESULT, Canvas
from qntx_desktop.ui.canvas.item import GlyphItem
from qntx_desktop.ui.text import tr
from qntx_desktop.ui.wording import one_line

MOST_CHARS = 200
MOST_VALUE_CHARS = 100_000
_STATES = {"ok": tr("done"), "bad": tr("failed"), "run": tr("running"), "wait": tr("waiting")}
_FROM = {EDGE_HANDLER: tr("handler"), EDGE_RESULT: tr("result")}
_TO = {EDGE_HANDLER: tr("handles"), EDGE_RESULT: tr("result of")}
PartRole = Literal["button", "row", "link", "field", "fact", "port"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a card that can be told apart.

    Args:
        key: Unique on its card, the same after the card was laid out again.
        rect: Canvas units from the corner of the card.
        press: Does what a press with the pointer does; None for what only says something.
    """

    key: str
    role: PartRole
    name: str
    rect: QRectF
    enabled: bool = True
    press: str | None = None


def name_of(item: GlyphItem) -> str:
    """`Ingest: csv ./people.csv`."""
    title = one_line(item.layout.title_whole, MOST_CHARS)
    return title if title == item.kind.label or not title else f"{item.kind.label}: {title}"


def state_of(item: GlyphItem) -> str:
    """How it stands, each chip with the word for its colour and sign unless it says it itself."""
    said = []
    for placed in item.layout.chips:
        chip = placed.chip
        word = _STATES.get(chip.tone, "")
        plain = chip.text.replace("·", ",").replace(" ,", ",")
        if chip.action:
            continue  # one of several views, not a state
        said.append(plain if not word or _says(plain, chip.tone) else f"{word}, {plain}")
    return ", ".join(said)


_OWN_WORDS = {
    "ok": (tr("done"), tr("saved")),
    "bad": (tr("failed"), tr("not saved"), tr("line {line}").format(line="")),
    "run": (tr("running"), tr("stopping")),
    "wait": tuple(
        map(tr, ("queued", "waiting", "unsaved", "interrupted", "not allowed", "disabled"))
    ),
}


def _says(text: str, tone: str) -> bool:
    """True when a chip's words alone say what its colour says."""
    return any(word in text for word in _OWN_WORDS.get(tone, ()))


def facts_of(item: GlyphItem) -> str:
    """What stands at the foot of the card."""
    return ", ".join(whole for _text, _rect, whole in item.layout.footer if whole)


def value_of(item: GlyphItem) -> str:
    """The text it holds, such as a command or code; empty for a card without text of its own."""
    spec = item.kind.editor(item.glyph)
    return str(item.glyph.content.get(spec.key, ""))[:MOST_VALUE_CHARS] if spec is not None else ""


def links_of(canvas: Canvas, glyph_id: int, name: Callable[[int], str]) -> str:
    """What it is linked with: `handler Python: csv, result Result`.

    Args:
        name: The name of a glyph by its number; empty for one that is not shown.
    """
    found = []
    for edge in canvas.edges.values():
        if edge.source_id == glyph_id:
            found.append((_FROM.get(edge.kind, tr("to")), name(edge.target_id)))
        elif edge.target_id == glyph_id:
            found.append((_TO.get(edge.kind, tr("from")), name(edge.source_id)))
    return ", ".join(f"{word} {other}" for word, other in found if other)


def parts_of(item: GlyphItem) -> tuple[Part, ...]:
    """Everything on a card: what it says, what can be pressed, where links begin; in the order of reading."""
    found: dict[str, Part] = {}
    for part in (*_chips(item), *_buttons(item), *_spots(item), *_facts(item), *_ports(item)):
        found.setdefault(part.key, part)
    return tuple(found.values())


def _chips(item: GlyphItem) -> Iterator[Part]:
    for number, placed in enumerate(item.layout.chips):
        chip = placed.chip
        if chip.action:
            yield Part(f"chip:{chip.action}", "button", chip.tooltip or chip.text, placed.rect, press=chip.action)
        else:
            words = f"{chip.text}, {chip.tooltip}" if chip.tooltip else chip.text
            yield Part(f"state:{number}", "fact", words, placed.rect)


def _buttons(item: GlyphItem) -> Iterator[Part]:
    for placed in item.layout.buttons:
        button = placed.button
        name = button.text or button.tooltip.partition(" (")[0]
        yield Part(f"button:{button.id}", "button", name, placed.rect, button.enabled, button.id)


def _spots(item: GlyphItem) -> Iterator[Part]:
    for spot in item.layout.hotspots:
        role: PartRole = "field" if spot.role == "field" else "row" if spot.role == "row" else "button"
        role = "link" if spot.role == "link" else role
        yield Part(f"spot:{spot.id}", role, one_line(spot.name, MOST_CHARS), spot.rect, spot.enabled, spot.id)


def _facts(item: GlyphItem) -> Iterator[Part]:
    for number, (_text, rect, whole) in enumerate(item.layout.footer):
        if whole:
            yield Part(f"fact:{number}", "fact", whole, rect)


def _ports(item: GlyphItem) -> Iterator[Part]:
    for placed in item.layout.ports:
        port = placed.port
        name = port.name or tr("Port {id}").format(id=port.id)
        press = f"port:{port.id}" if port.drags else None
        yield Part(f"port:{port.id}", "port", name, placed.target, press=press)
