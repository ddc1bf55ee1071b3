"""Every action a person can call, in one table: menus, context menus, keys and the shortcut sheet come from it.

Pure values; any thread. `Ctrl` in a key stands for Mod (Qt maps it to Cmd on macOS).
"""

from __future__ import annotations

from qntx_desktop.model.marks import TAGS
from qntx_desktop.ui.action import Action as Action
from qntx_desktop.ui.action import Situation as Situation
from qntx_desktop.ui.action import Where as Where
from qntx_desktop.ui.actions_elsewhere import TEXT, WINDOW
from qntx_desktop.ui.text import tr


def _some(now: Situation) -> bool:
    return now.selected > 0


def _any_glyph(now: Situation) -> bool:
    return now.glyphs > 0


def _several(now: Situation) -> bool:
    return now.selected > 1


def _three(now: Situation) -> bool:
    return now.selected > 2


_COLOURS = {
    "none": tr("None"),
    "red": tr("Red"),
    "amber": tr("Amber"),
    "green": tr("Green"),
    "blue": tr("Blue"),
    "violet": tr("Violet"),
}
_WHERE = {"Left": tr("on the left"), "Right": tr("on the right"), "Up": tr("above"), "Down": tr("below")}
_WAYS = {"Left": tr("left"), "Right": tr("right"), "Up": tr("up"), "Down": tr("down")}
_CANVASES: tuple[Action, ...] = (
    Action(id="canvases", label=tr("Canvases…"), keys=("Ctrl+O",), group=tr("Canvas")),
    Action(
        id="canvas_out",
        label=tr("Out of the sub-canvas"),
        keys=("Ctrl+Alt+Up", "Shift+Return", "Shift+Enter"),
        group=tr("Canvas"),
        enabled=lambda now: now.nested,
    ),
    Action(id="canvas_new", label=tr("New canvas…"), keys=("Ctrl+N",), group=tr("Canvas")),
    Action(id="canvas_empty", label=tr("Empty canvas"), keys=("Ctrl+Shift+N",), group=tr("Canvas")),
    Action(id="canvas_example", label=tr("Worked example"), group=tr("Canvas")),
    Action(id="canvas_rename", label=tr("Rename the canvas…"), keys=("Shift+F2",), group=tr("Canvas")),
    Action(id="canvas_duplicate", label=tr("Duplicate the canvas"), group=tr("Canvas")),
    Action(id="canvas_delete", label=tr("Delete the canvas"), group=tr("Canvas")),
)
_PLACES: tuple[Action, ...] = (
    Action(id="places", label=tr("Go to a kept place…"), keys=("Ctrl+B",), group=tr("Places")),
    Action(id="place_keep", label=tr("Keep this place…"), keys=("Ctrl+Shift+B",), group=tr("Places")),
    Action(id="place_drop", label=tr("Forget a place…"), group=tr("Places")),
)
_FIND_ALL = Action(id="find_all", label=tr("Find on all canvases…"), keys=("Ctrl+Shift+F",), group=tr("Find"))
ACTIONS: tuple[Action, ...] = (
    *_CANVASES,
    Action(id="import", label=tr("Import…"), group=tr("File")),
    Action(id="export", label=tr("Export…"), keys=("Ctrl+Shift+E",), group=tr("File"), enabled=_any_glyph),
    Action(id="quick_add", label=tr("Add a glyph…"), keys=("Tab", "Shift+A"), group=tr("Add")),
    Action(
        id="edit",
        label=tr("Edit or open"),
        keys=("Return", "Enter"),
        where=Where.GLYPH,
        group=tr("Glyph"),
        enabled=lambda now: now.can_open,
    ),
    Action(
        id="offer",
        label=tr("Do what the glyph offers"),
        keys=("Alt+Return", "Alt+Enter"),
        where=Where.GLYPH,
        group=tr("Glyph"),
        enabled=lambda now: now.can_offer,
        in_menu=False,
    ),
    Action(
        id="connect",
        label=tr("Pull a link out of the port"),
        keys=("C",),
        where=Where.GLYPH,
        group=tr("Glyph"),
        enabled=lambda now: now.can_connect,
    ),
    Action(
        id="enlarge",
        label=tr("As large as the window"),
        keys=("F11",),
        where=Where.GLYPH,
        group=tr("Glyph"),
        enabled=lambda now: now.selected == 1,
    ),
    Action(
        id="menu",
        label=tr("Everything a glyph can do"),
        keys=("Shift+F10",),
        where=Where.GLYPH,
        group=tr("Glyph"),
        in_menu=False,
    ),
    Action(
        id="run",
        label=tr("Run"),
        keys=("Ctrl+Return", "Ctrl+Enter"),
        where=Where.GLYPH,
        group=tr("Glyph"),
        enabled=lambda now: now.can_run,
    ),
    Action(
        id="run_wait",
        label=tr("Run and wait here"),
        keys=("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        where=Where.GLYPH,
        group=tr("Glyph"),
        enabled=lambda now: now.can_run and now.selected == 1,
    ),
    Action(
        id="cancel",
        label=tr("Cancel the run"),
        keys=("Ctrl+.",),
        where=Where.GLYPH,
        group=tr("Glyph"),
        enabled=lambda now: now.can_cancel,
    ),
    Action(
        id="undo",
        label=tr("Undo"),
        keys=("Ctrl+Z",),
        group=tr("Edit"),
        enabled=lambda now: bool(now.undo_text),
    ),
    Action(
        id="redo",
        label=tr("Redo"),
        keys=("Ctrl+Shift+Z", "Ctrl+Y"),
        group=tr("Edit"),
        enabled=lambda now: bool(now.redo_text),
    ),
    Action(
        id="delete",
        label=tr("Delete"),
        keys=("Delete", "Backspace"),
        where=Where.GLYPH,
        group=tr("Edit"),
        enabled=_some,
    ),
    Action(id="cut", label=tr("Cut"), keys=("Ctrl+X",), where=Where.GLYPH, group=tr("Edit"), enabled=_some),
    Action(id="copy", label=tr("Copy"), keys=("Ctrl+C",), where=Where.GLYPH, group=tr("Edit"), enabled=_some),
    Action(id="paste", label=tr("Paste"), keys=("Ctrl+V",), group=tr("Edit")),
    Action(
        id="duplicate",
        label=tr("Duplicate"),
        keys=("Ctrl+D",),
        where=Where.GLYPH,
        group=tr("Edit"),
        enabled=_some,
    ),
    Action(id="history", label=tr("History…"), group=tr("Edit")),
    Action(
        id="rename",
        label=tr("Rename"),
        keys=("F2",),
        where=Where.GLYPH,
        group=tr("Edit"),
        enabled=lambda now: now.selected == 1,
    ),
    Action(
        id="lock",
        label=tr("Lock or unlock"),
        keys=("Shift+L",),
        where=Where.GLYPH,
        group=tr("Edit"),
        enabled=_some,
    ),
    Action(
        id="disable",
        label=tr("Disable or enable"),
        keys=("D",),
        where=Where.GLYPH,
        group=tr("Edit"),
        enabled=_some,
    ),
    Action(
        id="compact",
        label=tr("Fold or unfold"),
        keys=("M",),
        where=Where.GLYPH,
        group=tr("Edit"),
        enabled=lambda now: now.selected > now.frames,
    ),
    *(
        Action(id=f"tag_{name}", label=_COLOURS[name], where=Where.GLYPH, group=tr("Colour"), enabled=_some)
        for name in ("none", *TAGS)
    ),
    *(
        Action(id=f"align_{side}", label=label, where=Where.GLYPH, group=tr("Arrange"), enabled=_several)
        for side, label in (
            ("left", tr("Align left edges")),
            ("middle", tr("Align middles one below the other")),
            ("right", tr("Align right edges")),
            ("top", tr("Align top edges")),
            ("centre", tr("Align middles side by side")),
            ("bottom", tr("Align bottom edges")),
        )
    ),
    *(
        Action(
            id=f"distribute_{way}",
            label=tr("Distribute across") if way == "across" else tr("Distribute down"),
            where=Where.GLYPH,
            group=tr("Arrange"),
            enabled=_three,
        )
        for way in ("across", "down")
    ),
    Action(
        id="front",
        label=tr("Bring to front"),
        keys=("]",),
        where=Where.GLYPH,
        group=tr("Arrange"),
        enabled=_some,
    ),
    Action(
        id="back",
        label=tr("Send to back"),
        keys=("[",),
        where=Where.GLYPH,
        group=tr("Arrange"),
        enabled=_some,
    ),
    Action(
        id="group",
        label=tr("Group in a frame"),
        keys=("Ctrl+G",),
        where=Where.GLYPH,
        group=tr("Arrange"),
        enabled=_some,
    ),
    Action(
        id="ungroup",
        label=tr("Take the frame away"),
        keys=("Ctrl+Shift+G",),
        where=Where.GLYPH,
        group=tr("Arrange"),
        enabled=lambda now: now.frames > 0,
    ),
    Action(id="tidy", label=tr("Tidy up"), group=tr("Edit"), enabled=_any_glyph),
    Action(id="snap", label=tr("Snapping on or off"), keys=("Ctrl+'",), group=tr("Edit")),
    Action(id="select_all", label=tr("Select all"), keys=("Ctrl+A",), group=tr("Select"), enabled=_any_glyph),
    Action(id="select_none", label=tr("Select nothing"), keys=("Esc",), group=tr("Select"), enabled=_some),
    Action(
        id="go_left",
        label=tr("Go to the glyph on the left"),
        keys=("Left",),
        group=tr("Select"),
        in_menu=False,
    ),
    Action(
        id="go_right",
        label=tr("Go to the glyph on the right"),
        keys=("Right",),
        group=tr("Select"),
        in_menu=False,
    ),
    Action(id="go_up", label=tr("Go to the glyph above"), keys=("Up",), group=tr("Select"), in_menu=False),
    Action(
        id="go_down", label=tr("Go to the glyph below"), keys=("Down",), group=tr("Select"), in_menu=False
    ),
    *(
        Action(
            id=f"extend_{way.lower()}",
            label=tr("Select the glyph {where} too").format(where=where),
            keys=(f"Shift+{way}",),
            group=tr("Select"),
            enabled=_some,
            in_menu=False,
        )
        for way, where in _WHERE.items()
    ),
    *(
        Action(
            id=f"nudge{'_far' if far else ''}_{way.lower()}",
            label=(tr("Move {way} by ten steps") if far else tr("Move {way} by one step")).format(
                way=_WAYS[way]
            ),
            keys=(f"Alt+Shift+{way}" if far else f"Alt+{way}",),
            where=Where.GLYPH,
            group=tr("Move"),
            enabled=_some,
            in_menu=False,
        )
        for far in (False, True)
        for way in ("Left", "Right", "Up", "Down")
    ),
    *(
        Action(
            id=f"resize{'_far' if far else ''}_{way.lower()}",
            label=(tr("{label} by ten steps") if far else tr("{label} by one step")).format(label=label),
            keys=(f"Ctrl+Alt+Shift+{way}" if far else f"Ctrl+Shift+{way}",),
            where=Where.GLYPH,
            group=tr("Size"),
            enabled=_some,
            in_menu=False,
        )
        for far in (False, True)
        for way, label in (
            ("Left", tr("Narrower")),
            ("Right", tr("Wider")),
            ("Up", tr("Shorter")),
            ("Down", tr("Taller")),
        )
    ),
    Action(id="zoom_in", label=tr("Zoom in"), keys=("Ctrl+=", "Ctrl++"), group=tr("View")),
    Action(id="zoom_out", label=tr("Zoom out"), keys=("Ctrl+-",), group=tr("View")),
    Action(id="zoom_100", label=tr("Zoom to 100 %"), keys=("Ctrl+0",), group=tr("View")),
    Action(
        id="fit",
        label=tr("Show everything"),
        keys=("Shift+1", "!", "Home"),
        group=tr("View"),
        enabled=_any_glyph,
    ),
    Action(
        id="fit_selection",
        label=tr("Show the selection"),
        keys=("Shift+2", "@", chr(34)),
        group=tr("View"),
        enabled=_some,
    ),
    *(
        Action(
            id=f"pan_{way.lower()}",
            label=tr("Look further {where}").format(where=_WAYS[way]),
            keys=(f"Ctrl+{way}",),
            group=tr("View"),
            in_menu=False,
        )
        for way in ("Left", "Right", "Up", "Down")
    ),
    Action(
        id="place_back",
        label=tr("Back to where you looked"),
        keys=("Ctrl+Alt+Left", "Alt+PgUp"),
        group=tr("View"),
        enabled=lambda now: now.can_go_back,
    ),
    Action(
        id="place_forward",
        label=tr("Forward again"),
        keys=("Ctrl+Alt+Right", "Alt+PgDown"),
        group=tr("View"),
        enabled=lambda now: now.can_go_forward,
    ),
    Action(id="minimap", label=tr("Overview in the corner"), keys=("Alt+M",), group=tr("View")),
    Action(id="palette", label=tr("What to do…"), keys=("Ctrl+Shift+P", "Ctrl+K"), group=tr("Find")),
    Action(id="go_to", label=tr("Go to a glyph or canvas…"), keys=("Ctrl+P",), group=tr("Find")),
    Action(id="find", label=tr("Find text…"), keys=("Ctrl+F",), group=tr("Find"), enabled=_any_glyph),
    _FIND_ALL,
    *_PLACES,
    *WINDOW,
    *TEXT,
    Action(id="shortcuts", label=tr("Keyboard shortcuts"), keys=("?",), group=tr("Help")),
)
ASKED = frozenset(
    {"history", "import", "export", *(each.id for each in (*_CANVASES, *_PLACES, *WINDOW, _FIND_ALL))}
)
"""What the window does, not the canvas alone."""
BY_ID = {action.id: action for action in ACTIONS}

GESTURES: tuple[tuple[str, str], ...] = (
    (tr("Move the canvas"), tr("Space and drag, middle drag, wheel")),
    (tr("Move the canvas sideways"), tr("Shift and wheel")),
    (tr("Zoom at the pointer"), tr("Ctrl and wheel, pinch")),
    (tr("Select several"), tr("Shift and click, drag on the background")),
    (tr("Select what the frame holds whole"), tr("Drag on the background from right to left")),
    (tr("Move copies"), tr("Alt and drag, Ctrl and drag")),
    (tr("Move along one axis"), tr("Shift while dragging")),
    (tr("Move without snapping"), tr("Press Ctrl while dragging")),
    (tr("Ingest or import"), tr("Drop a file, a folder, an address or text")),
    (tr("Put a row on the canvas"), tr("Drag it from results, Pulse or the Handlers panel")),
    (tr("Add a glyph here"), tr("Double-click on the background")),
    (tr("Edit a glyph"), tr("Double-click, or click its text")),
    (tr("Move the canvas by touch"), tr("One finger; on a selected glyph it moves that")),
    (tr("Zoom by touch"), tr("Two fingers")),
    (tr("Menu by touch"), tr("Hold a finger still")),
    (tr("Add or edit by touch"), tr("Tap twice")),
)
"""What the pointer does: (what, how), for the shortcut sheet."""
