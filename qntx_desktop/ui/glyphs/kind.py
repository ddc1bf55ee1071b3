"""What a glyph kind is: how one card of that kind is named, measured, painted and acted on.

Qt main thread, but pure: a kind holds no state and reads nothing; everything it says follows from the glyph (what
is saved with the canvas) and its `Live` (what was read from the store).
All rectangles are canvas units relative to the card's top left corner.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from PySide6.QtCore import QRectF, SignalInstance
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from qntx_desktop.model.glyph import Glyph
from qntx_desktop.model.marks import is_compact
from qntx_desktop.ui.glyphs.live import Live
from qntx_desktop.ui.theme import FOOTER_PX, TITLE_PX, Theme

Tone = Literal["ok", "bad", "run", "wait", "plain"]
RIGHT = "\t"
"""A footer part that starts with this stands at the right end."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A small label: word, tone, and the shape that says the same as the colour."""

    text: str
    tone: Tone = "plain"
    symbol: str = ""
    end: bool = False
    """True: at the right, before the buttons; the state chip stands at the name."""
    action: str = ""
    """An action id when the chip can be pressed."""
    tooltip: str = ""
    chosen: bool = False
    """Of several views, the one that is shown."""
    short: str = ""
    """A sign that stands for all of it where there is no room for words: the chip is never left out."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button in the title row. Text or symbol; the name for screen readers is `tooltip` or `text`."""

    id: str
    text: str = ""
    symbol: str = ""
    tooltip: str = ""
    enabled: bool = True
    primary: bool = False
    framed: bool = True


@dataclass(frozen=True, slots=True)
class Hotspot:
    """A part of the body that can be pressed. `role` is `button`, `row`, `link` or `field` (opens the editor).

    `id` is the action id that leaves the canvas when it is pressed; a `field` opens the editor instead.
    """

    id: str
    rect: QRectF
    role: str = "button"
    name: str = ""
    tooltip: str = ""
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Port:
    """A place on the edge where links begin and end. `offset_px` counts from the top (left, right) or left end."""

    id: str
    side: Literal["left", "right", "bottom"]
    offset_px: float
    active: bool = False
    """True: something is linked or offered here; drawn filled."""
    name: str = ""
    drags: bool = False
    """True: a link can be pulled out of it, or the port pressed."""
    ghost_symbol: str = ""
    ghost_title: str = ""
    ghost_kind: str = ""
    """What the ghost card at the end of the pulled link shows, and which kind it is of."""
    ghost_size: tuple[float, float] | None = None
    """How large the new glyph will be; None for the default size of its kind."""
    fits: tuple[tuple[str, str], ...] = ()
    """What can be pulled out, when it is more than `ghost_kind`: (name of the kind, what it will be)."""


@dataclass(frozen=True, slots=True)
class EditorSpec:
    """The text of a glyph that can be edited in place: `key` of its content, where, and how."""

    key: str
    mode: Literal["line", "code", "text"]
    rect: QRectF
    hint: str = ""
    """What an empty line says; empty for that of commands."""
    runs: bool = True
    """False: Enter only leaves the text."""


class GlyphKind(Protocol):
    """A kind of glyph; one file and one entry in `registry.KINDS` each."""

    @property
    def name(self) -> str:
        """What `Glyph.kind` holds."""

    @property
    def symbol(self) -> str:
        """One sign, or `py`."""

    @property
    def label(self) -> str:
        """What menus and the rail call it."""

    @property
    def in_palette(self) -> bool:
        """True when a person can put one on the canvas by hand."""

    @property
    def default_size(self) -> tuple[float, float]:
        """Width and height of a new one."""

    @property
    def min_size(self) -> tuple[float, float]:
        """The smallest width and height it can be dragged to."""

    def new_content(self) -> Mapping[str, Any]:
        """Content of a new one."""

    def title(self, glyph: Glyph) -> str:
        """The name in the title row."""

    def chips(self, glyph: Glyph, live: Live) -> tuple[Chip, ...]:
        """State chip first."""

    def buttons(self, glyph: Glyph, live: Live) -> tuple[Button, ...]:
        """From left to right; the canvas adds the menu button (`menu`) itself when none is named so."""

    def footer(self, glyph: Glyph, live: Live) -> tuple[str, ...]:
        """Facts; a part that starts with `RIGHT` stands at the right end. Empty: no footer."""

    def ports(self, glyph: Glyph, live: Live) -> tuple[Port, ...]:
        """Where links begin and end."""

    def height_for(self, glyph: Glyph, live: Live) -> float | None:
        """The height the card needs at least now (it grows by itself, it never shrinks what was dragged)."""

    def paint_body(self, painter: QPainter, rect: QRectF, glyph: Glyph, live: Live, theme: Theme) -> None:
        """Paint what stands between title row and footer; clipped to `rect`."""

    def hotspots(self, rect: QRectF, glyph: Glyph, live: Live) -> tuple[Hotspot, ...]:
        """What can be pressed within the body `rect`; ids are action ids."""

    def editor(self, glyph: Glyph) -> EditorSpec | None:
        """The text that can be edited, with its rectangle on the card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveEditor:
    """A text widget over a glyph, as the canvas sees it; made by the `EditorFactory`."""

    widget: QWidget
    read: Callable[[], str]
    load: Callable[[str], None]
    """Begin with this text; the widget's own undo starts here."""
    replace: Callable[[str], None]
    """Take a text that changed under the editor (undo on the canvas)."""
    set_scale: Callable[[float], None]
    changed: SignalInstance
    run: SignalInstance
    leave: SignalInstance
    save: SignalInstance | None = None
    run_wait: SignalInstance | None = None
    set_first_key: Callable[[Callable[[QKeyEvent], bool]], None] | None = None
    """Ask this about each key that writes no plain character before it is carried out; True: it was taken.

    Without one the canvas filters all events of the widget, which costs each key press something.
    """


EditorFactory = Callable[[EditorSpec, Theme, QWidget], LiveEditor]
"""Makes the live editor for a spec as a child of the given viewport."""


def shown_height(kind: GlyphKind, glyph: Glyph, live: Live) -> float:
    """Height of the card as it is shown now: what is stored, or more where the content needs more.

    A compact one is its title row.
    """
    if is_compact(glyph):
        return float(TITLE_PX)
    return max(glyph.height, kind.height_for(glyph, live) or 0.0)


def body_rect(kind: GlyphKind, glyph: Glyph, live: Live) -> QRectF:
    """The rectangle between title row and footer."""
    height = shown_height(kind, glyph, live)
    foot = FOOTER_PX if kind.footer(glyph, live) else 0
    return QRectF(0, TITLE_PX, glyph.width, max(0.0, height - TITLE_PX - foot))
