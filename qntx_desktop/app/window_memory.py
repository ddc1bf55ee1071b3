"""How the window of a home looked when it was last used: size, panel, theme. `window.json` in the home.

Read once on the Qt main thread, before anything is shown (a few hundred bytes); written on a worker. It holds
nothing that a person made, so what cannot be read counts as not there. What `config.toml` says of the look goes
before it: a setting that was changed while no window was open counts in the next one, not in the one after it.
"""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from qntx_desktop.app.paths import Home

_log = logging.getLogger(__name__)

MOST_BYTES = 64 * 1024
LANGUAGES = ("system", "en", "de")
THEMES = ("system", "dark", "light", "contrast")
LEAST_TEXT_PERCENT = 80
_SETTINGS = ("theme", "text_percent", "language")
_LIMITS = {
    "x": 100_000,
    "y": 100_000,
    "width": 20_000,
    "height": 20_000,
    "panel_width": 2_000,
    "pulse_height": 4_000,
    "outline_width": 2_000,
    "text_percent": 200,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowMemory:
    """All in screen pixels; `x` and `y` None until the window was moved once."""

    x: int | None = None
    y: int | None = None
    width: int = 1360
    height: int = 860
    maximised: bool = False
    panel_shown: bool = True
    panel_width: int = 312
    pulse_shown: bool = False
    pulse_height: int = 400
    outline_shown: bool = False
    outline_width: int = 280
    theme: str = "system"
    drawn: str = ""
    """The theme that was shown last: it is the first paint's, when the desktop chooses; empty: not known."""
    text_percent: int = 100
    language: str = "system"


def read_memory(home: Home) -> WindowMemory:
    """What is remembered; the defaults for everything that is missing or makes no sense."""
    return WindowMemory(**(_remembered(home) | _chosen(home)))


def _remembered(home: Home) -> dict[str, Any]:
    try:
        with _file(home).open("rb") as file:
            found = json.loads(file.read(MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {field.name: found[field.name] for field in fields(WindowMemory) if _sensible(field.name, found)}


def _chosen(home: Home) -> dict[str, Any]:
    """What the settings say of the look; a file that is broken is named later, by those who read all of it."""
    try:
        with home.config.open("rb") as file:
            text = file.read(MOST_BYTES).decode("utf-8")
    except (OSError, ValueError):
        return {}
    import tomllib  # late: most homes have no settings of their own

    try:
        found = tomllib.loads(text).get("window")
    except (ValueError, RecursionError):
        return {}
    return {name: found[name] for name in _SETTINGS if _sensible(name, found)} if isinstance(found, dict) else {}


def write_memory(home: Home, memory: WindowMemory) -> None:
    """Keep it; a home that cannot be written is somebody else's to complain about."""
    path = _file(home)
    fresh = path.with_suffix(".json.new")
    try:
        fresh.write_text(json.dumps(asdict(memory), indent=1), "utf-8")
        os.replace(fresh, path)  # noqa: PTH105 - said as the system says it
    except OSError as error:
        _log.info("the look of the window is not kept: %s", error)


def _file(home: Home) -> Path:
    return home.root / "window.json"


def _sensible(name: str, found: dict[str, Any]) -> bool:
    value = found.get(name)
    if name == "language":
        return value in LANGUAGES
    if name == "theme":
        return value in THEMES
    if name == "drawn":
        return value in THEMES[1:]
    if name in _LIMITS:
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _LIMITS[name]:
            return False
        return name != "text_percent" or value >= LEAST_TEXT_PERCENT
    return isinstance(value, bool)
