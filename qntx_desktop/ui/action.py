"""What a line of the table of actions is, and what its keys belong to. Pure values; any thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from qntx_desktop.ui.text import tr


class Where(StrEnum):
    """Which focus an action's keys belong to."""

    APP = "app"
    """Anywhere in the window, text included."""
    CANVAS = "canvas"
    GLYPH = "glyph"
    """On the canvas, for the selected glyphs."""
    TEXT = "text"
    """In the code editor; what they do is done there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What the canvas can do now."""

    glyphs: int = 0
    selected: int = 0
    frames: int = 0
    """How many of the selected glyphs are frames."""
    can_open: bool = False
    """The selected glyph has text to edit, or something that opens."""
    can_offer: bool = False
    """The selected glyph offers a next step."""
    can_connect: bool = False
    """The selected glyph has a port that a link can be pulled out of."""
    can_run: bool = False
    can_cancel: bool = False
    can_go_back: bool = False
    can_go_forward: bool = False
    nested: bool = False
    """The canvas lies in another one."""
    undo_text: str = ""
    redo_text: str = ""


def _always(_now: Situation) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One line of the table. The first of `keys` is the one that menus show."""

    id: str
    label: str
    keys: tuple[str, ...] = ()
    where: Where = Where.CANVAS
    group: str = tr("Canvas")
    enabled: Callable[[Situation], bool] = _always
    in_menu: bool = True
