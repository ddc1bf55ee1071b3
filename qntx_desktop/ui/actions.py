"""Every action a person can call, in one table: menus, context menus, keys and the shortcut sheet come from it.

Pure values; any thread. `Ctrl` in a key stands for Mod (Qt maps it to Cmd on macOS).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from qntx_desktop.model.marks import TAGS


class Where(StrEnum):
    """Which focus an action's keys belong to."""

    APP = "app"
    CANVAS = "canvas"
    GLYPH = "glyph"
    """On the canvas, for the selected glyphs."""


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


def _some(now: Situation) -> bool:
    return now.selected > 0


def _any_glyph(now: Situation) -> bool:
    return now.glyphs > 0


def _several(now: Situation) -> bool:
    return now.selected > 1


def _three(now: Situation) -> bool:
    return now.selected > 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One line of the table. The first of `keys` is the one that menus show."""

    id: str
    label: str
    keys: tuple[str, ...] = ()
    where: Where = Where.CANVAS
    group: str = "Canvas"
    enabled: Callable[[Situation], bool] = _always
    in_menu: bool = True


_CANVASES: tuple[Action, ...] = (
    Action(id="canvases", label="Canvases…", keys=("Ctrl+O",), group="Canvas"),
    Action(
        id="canvas_out",
        label="Out of the sub-canvas",
        keys=("Ctrl+Alt+Up",),
        group="Canvas",
        enabled=lambda now: now.nested,
    ),
    Action(id="canvas_new", label="New canvas…", keys=("Ctrl+N",), group="Canvas"),
    Action(id="canvas_example", label="Worked example", group="Canvas"),
    Action(id="canvas_rename", label="Rename the canvas…", keys=("Shift+F2",), group="Canvas"),
    Action(id="canvas_duplicate", label="Duplicate the canvas", group="Canvas"),
    Action(id="canvas_delete", label="Delete the canvas", group="Canvas"),
)
_PLACES: tuple[Action, ...] = (
    Action(id="places", label="Go to a kept place…", keys=("Ctrl+B",), group="Places"),
    Action(id="place_keep", label="Keep this place…", keys=("Ctrl+Shift+B",), group="Places"),
    Action(id="place_drop", label="Forget a place…", group="Places"),
)
_FIND_ALL = Action(id="find_all", label="Find on all canvases…", keys=("Ctrl+Shift+F",), group="Find")
ACTIONS: tuple[Action, ...] = (
    *_CANVASES,
    Action(id="import", label="Import…", group="File"),
    Action(id="export", label="Export…", keys=("Ctrl+Shift+E",), group="File", enabled=_any_glyph),
    Action(id="quick_add", label="Add a glyph…", keys=("Tab", "Shift+A"), group="Add"),
    Action(
        id="edit",
        label="Edit or open",
        keys=("Return", "Enter"),
        where=Where.GLYPH,
        group="Glyph",
        enabled=lambda now: now.can_open,
    ),
    Action(
        id="offer",
        label="Do what the glyph offers",
        keys=("Alt+Return", "Alt+Enter"),
        where=Where.GLYPH,
        group="Glyph",
        enabled=lambda now: now.can_offer,
        in_menu=False,
    ),
    Action(
        id="connect",
        label="Pull a link out of the port",
        keys=("C",),
        where=Where.GLYPH,
        group="Glyph",
        enabled=lambda now: now.can_connect,
    ),
    Action(
        id="enlarge",
        label="As large as the window",
        keys=("F11",),
        where=Where.GLYPH,
        group="Glyph",
        enabled=lambda now: now.selected == 1,
    ),
    Action(
        id="menu",
        label="Everything a glyph can do",
        keys=("Shift+F10",),
        where=Where.GLYPH,
        group="Glyph",
        in_menu=False,
    ),
    Action(
        id="run",
        label="Run",
        keys=("Ctrl+Return", "Ctrl+Enter"),
        where=Where.GLYPH,
        group="Glyph",
        enabled=lambda now: now.can_run,
    ),
    Action(
        id="run_wait",
        label="Run and wait here",
        keys=("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        where=Where.GLYPH,
        group="Glyph",
        enabled=lambda now: now.can_run and now.selected == 1,
    ),
    Action(
        id="cancel",
        label="Cancel the run",
        keys=("Ctrl+.",),
        where=Where.GLYPH,
        group="Glyph",
        enabled=lambda now: now.can_cancel,
    ),
    Action(id="undo", label="Undo", keys=("Ctrl+Z",), group="Edit", enabled=lambda now: bool(now.undo_text)),
    Action(
        id="redo",
        label="Redo",
        keys=("Ctrl+Shift+Z", "Ctrl+Y"),
        group="Edit",
        enabled=lambda now: bool(now.redo_text),
    ),
    Action(
        id="delete",
        label="Delete",
        keys=("Delete", "Backspace"),
        where=Where.GLYPH,
        group="Edit",
        enabled=_some,
    ),
    Action(id="cut", label="Cut", keys=("Ctrl+X",), where=Where.GLYPH, group="Edit", enabled=_some),
    Action(id="copy", label="Copy", keys=("Ctrl+C",), where=Where.GLYPH, group="Edit", enabled=_some),
    Action(id="paste", label="Paste", keys=("Ctrl+V",), group="Edit"),
    Action(
        id="duplicate", label="Duplicate", keys=("Ctrl+D",), where=Where.GLYPH, group="Edit", enabled=_some
    ),
    Action(id="history", label="History…", group="Edit"),
    Action(
        id="rename",
        label="Rename",
        keys=("F2",),
        where=Where.GLYPH,
        group="Edit",
        enabled=lambda now: now.selected == 1,
    ),
    Action(
        id="lock", label="Lock or unlock", keys=("Shift+L",), where=Where.GLYPH, group="Edit", enabled=_some
    ),
    Action(
        id="disable", label="Disable or enable", keys=("D",), where=Where.GLYPH, group="Edit", enabled=_some
    ),
    Action(
        id="compact",
        label="Fold or unfold",
        keys=("M",),
        where=Where.GLYPH,
        group="Edit",
        enabled=lambda now: now.selected > now.frames,
    ),
    *(
        Action(id=f"tag_{name}", label=name.capitalize(), where=Where.GLYPH, group="Colour", enabled=_some)
        for name in ("none", *TAGS)
    ),
    *(
        Action(id=f"align_{side}", label=label, where=Where.GLYPH, group="Arrange", enabled=_several)
        for side, label in (
            ("left", "Align left edges"),
            ("middle", "Align middles one below the other"),
            ("right", "Align right edges"),
            ("top", "Align top edges"),
            ("centre", "Align middles side by side"),
            ("bottom", "Align bottom edges"),
        )
    ),
    *(
        Action(
            id=f"distribute_{way}",
            label=f"Distribute {way}",
            where=Where.GLYPH,
            group="Arrange",
            enabled=_three,
        )
        for way in ("across", "down")
    ),
    Action(
        id="front", label="Bring to front", keys=("]",), where=Where.GLYPH, group="Arrange", enabled=_some
    ),
    Action(id="back", label="Send to back", keys=("[",), where=Where.GLYPH, group="Arrange", enabled=_some),
    Action(
        id="group",
        label="Group in a frame",
        keys=("Ctrl+G",),
        where=Where.GLYPH,
        group="Arrange",
        enabled=_some,
    ),
    Action(
        id="ungroup",
        label="Take the frame away",
        keys=("Ctrl+Shift+G",),
        where=Where.GLYPH,
        group="Arrange",
        enabled=lambda now: now.frames > 0,
    ),
    Action(id="tidy", label="Tidy up", group="Edit", enabled=_any_glyph),
    Action(id="snap", label="Snapping on or off", keys=("Ctrl+'",), group="Edit"),
    Action(id="select_all", label="Select all", keys=("Ctrl+A",), group="Select", enabled=_any_glyph),
    Action(id="select_none", label="Select nothing", keys=("Esc",), group="Select", enabled=_some),
    Action(id="go_left", label="Go to the glyph on the left", keys=("Left",), group="Select", in_menu=False),
    Action(
        id="go_right", label="Go to the glyph on the right", keys=("Right",), group="Select", in_menu=False
    ),
    Action(id="go_up", label="Go to the glyph above", keys=("Up",), group="Select", in_menu=False),
    Action(id="go_down", label="Go to the glyph below", keys=("Down",), group="Select", in_menu=False),
    *(
        Action(
            id=f"extend_{way.lower()}",
            label=f"Select the glyph {where} too",
            keys=(f"Shift+{way}",),
            group="Select",
            enabled=_some,
            in_menu=False,
        )
        for way, where in (("Left", "on the left"), ("Right", "on the right"), ("Up", "above"), ("Down", "below"))
    ),
    *(
        Action(
            id=f"nudge{'_far' if far else ''}_{way.lower()}",
            label=f"Move {way.lower()} by {'ten steps' if far else 'one step'}",
            keys=(f"Alt+Shift+{way}" if far else f"Alt+{way}",),
            where=Where.GLYPH,
            group="Move",
            enabled=_some,
            in_menu=False,
        )
        for far in (False, True)
        for way in ("Left", "Right", "Up", "Down")
    ),
    *(
        Action(
            id=f"resize{'_far' if far else ''}_{way.lower()}",
            label=f"{label} by {'ten steps' if far else 'one step'}",
            keys=(f"Ctrl+Alt+Shift+{way}" if far else f"Ctrl+Shift+{way}",),
            where=Where.GLYPH,
            group="Size",
            enabled=_some,
            in_menu=False,
        )
        for far in (False, True)
        for way, label in (("Left", "Narrower"), ("Right", "Wider"), ("Up", "Shorter"), ("Down", "Taller"))
    ),
    Action(id="zoom_in", label="Zoom in", keys=("Ctrl+=", "Ctrl++"), group="View"),
    Action(id="zoom_out", label="Zoom out", keys=("Ctrl+-",), group="View"),
    Action(id="zoom_100", label="Zoom to 100 %", keys=("Ctrl+0",), group="View"),
    Action(
        id="fit", label="Show everything", keys=("Shift+1", "!", "Home"), group="View", enabled=_any_glyph
    ),
    Action(
        id="fit_selection",
        label="Show the selection",
        keys=("Shift+2", "@", chr(34)),
        group="View",
        enabled=_some,
    ),
    *(
        Action(
            id=f"pan_{way.lower()}",
            label=f"Look further {where}",
            keys=(f"Ctrl+{way}",),
            group="View",
            in_menu=False,
        )
        for way, where in (("Left", "left"), ("Right", "right"), ("Up", "up"), ("Down", "down"))
    ),
    Action(
        id="place_back",
        label="Back to where you looked",
        keys=("Ctrl+Alt+Left",),
        group="View",
        enabled=lambda now: now.can_go_back,
    ),
    Action(
        id="place_forward",
        label="Forward again",
        keys=("Ctrl+Alt+Right",),
        group="View",
        enabled=lambda now: now.can_go_forward,
    ),
    Action(id="minimap", label="Overview in the corner", keys=("Alt+M",), group="View"),
    Action(id="palette", label="What to do…", keys=("Ctrl+Shift+P", "Ctrl+K"), group="Find"),
    Action(id="go_to", label="Go to a glyph or canvas…", keys=("Ctrl+P",), group="Find"),
    Action(id="find", label="Find text…", keys=("Ctrl+F",), group="Find", enabled=_any_glyph),
    _FIND_ALL,
    *_PLACES,
    Action(id="shortcuts", label="Keyboard shortcuts", keys=("?",), group="Help"),
)
ASKED = frozenset({"history", "import", "export", *(action.id for action in (*_CANVASES, *_PLACES, _FIND_ALL))})
"""What the window does, not the canvas alone."""
BY_ID = {action.id: action for action in ACTIONS}

GESTURES: tuple[tuple[str, str], ...] = (
    ("Move the canvas", "Space and drag, middle drag, wheel"),
    ("Move the canvas sideways", "Shift and wheel"),
    ("Zoom at the pointer", "Ctrl and wheel, pinch"),
    ("Select several", "Shift and click, drag on the background"),
    ("Select what the frame holds whole", "Drag on the background from right to left"),
    ("Move copies", "Alt and drag, Ctrl and drag"),
    ("Move along one axis", "Shift while dragging"),
    ("Move without snapping", "Press Ctrl while dragging"),
    ("Ingest or import", "Drop a file, a folder, an address or text"),
    ("Put a row on the canvas", "Drag it from results, Pulse or the Handlers panel"),
    ("Add a glyph here", "Double-click on the background"),
    ("Edit a glyph", "Double-click, or click its text"),
    ("Move the canvas by touch", "One finger; on a selected glyph it moves that"),
    ("Zoom by touch", "Two fingers"),
    ("Menu by touch", "Hold a finger still"),
    ("Add or edit by touch", "Tap twice"),
)
"""What the pointer does: (what, how), for the shortcut sheet."""
