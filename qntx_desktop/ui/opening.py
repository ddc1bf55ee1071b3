"""Opening a home on a worker: the heavy imports, the store, the first canvas.

Any thread but the GUI's. Nothing here touches a widget.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qntx_desktop.app.paths import Home
from qntx_desktop.app.qt_pool import QtLanes
from qntx_desktop.model.events import Publish
from qntx_desktop.model.glyph import Canvas
from qntx_desktop.model.history import Step
from qntx_desktop.ui.text import tr

if TYPE_CHECKING:
    from qntx_desktop.app.container import Services


@dataclass(frozen=True, slots=True)
class Opened:
    """What a window works with."""

    services: Services
    canvas: Canvas
    steps: tuple[Step, ...] = ()
    """What was done to the canvas, for undo and redo."""
    fresh: bool = False
    """Nobody has looked at the canvas yet: all of it is to be seen."""


def open_home(home: Home, publish: Publish, *, example: bool = True) -> Opened:
    """Open the store of a home and read its first canvas.

    Args:
        example: A home without any canvas begins with the worked example; else with an empty canvas.

    Raises:
        QntxError: The home or its store cannot be used; nothing is left open.
    """
    from qntx_desktop.app.container import build  # late: the store's libraries cost most of a second

    services = build(home, lanes=QtLanes(), publish=publish)
    try:
        begun = services.canvas_templates.begin(tr("Start here"), tr, first=tr("Canvas 1")) if example else None
        canvas = services.canvas.open_first(tr("Canvas 1"))
        steps = services.canvas.steps(canvas.id)
        # Made here so that the main thread never pays for their imports.
        _ = (services.queue, services.runs, services.runner, services.options)
    except BaseException:
        services.close()
        raise
    return Opened(services, canvas, steps, fresh=begun == canvas.id)


def close_home(services: Services, grace_s: float, on_wait: Callable[[float, int], None]) -> None:
    """Let jobs finish for a while, put back what still runs, close the store. Blocks.

    Args:
        grace_s: How long running jobs may still take, in seconds.
        on_wait: Told how long still and for how many jobs, a few times a second, on this thread.
    """
    try:
        services.runner.stop(grace_s, on_wait)
    finally:
        services.close()
