"""Lines of the table of actions that are not the canvas's: those of the window itself, and of the code editor.

Pure values; any thread.
"""

from __future__ import annotations

from qntx_desktop.ui.action import Action, Where
from qntx_desktop.ui.text import tr

WINDOW: tuple[Action, ...] = tuple(
    Action(
        id=name, label=label, keys=(key,) if key else (), where=Where.APP, group=tr("Window"), in_menu=False
    )
    for name, label, key in (
        ("handlers_panel", tr("Show or hide the Handlers panel"), "Ctrl+Alt+H"),
        ("pulse_panel", tr("Show or hide the Pulse panel"), "Ctrl+Alt+P"),
        ("outline", tr("Show or hide the outline of the canvas"), "Ctrl+Alt+O"),
        ("folder", tr("Canvas folder…"), "Ctrl+Shift+O"),
        ("settings", tr("Settings…"), "Ctrl+,"),
        ("sources", tr("Code sources…"), "Ctrl+Alt+C"),
        ("plugins", tr("Plugins…"), "Ctrl+Alt+G"),
        ("secrets", tr("Secrets…"), "Ctrl+Alt+S"),
        ("doors", tr("API and webhooks…"), "Ctrl+Alt+A"),
        ("theme_system", f"{tr('Theme')}: {tr('As the system')}", ""),
        ("theme_dark", f"{tr('Theme')}: {tr('Dark')}", ""),
        ("theme_light", f"{tr('Theme')}: {tr('Light')}", ""),
        ("theme_contrast", f"{tr('Theme')}: {tr('High contrast')}", ""),
        ("part_next", tr("To the next part of the window"), "F6"),
        ("part_back", tr("To the part before"), "Shift+F6"),
        ("window_menu", tr("Menu"), "F10"),
        ("about", tr("About QNTX Desktop"), ""),
        ("quit", tr("Quit"), "Ctrl+Q"),
    )
)
TEXT: tuple[Action, ...] = tuple(
    Action(id=name, label=label, keys=keys, where=Where.TEXT, group=tr("In text"), in_menu=False)
    for name, label, keys in (
        ("text_save", tr("Save the handler"), ("Ctrl+S",)),
        ("text_run", tr("Run"), ("Ctrl+Return", "Ctrl+Enter")),
        ("text_run_wait", tr("Run and wait here"), ("Ctrl+Shift+Return", "Ctrl+Shift+Enter")),
        ("text_comment", tr("Comment lines in or out"), ("Ctrl+/",)),
        ("text_up", tr("Move lines up"), ("Alt+Up",)),
        ("text_down", tr("Move lines down"), ("Alt+Down",)),
        ("text_match", tr("Select the next match"), ("Ctrl+D",)),
        ("text_complete", tr("Complete the name"), ("Ctrl+Space",)),
        ("text_definition", tr("Go to where a name is defined"), ("F12",)),
    )
)
