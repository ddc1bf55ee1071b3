"""Puts together what makes backups of a home and puts them back; opens no store of its own. Any thread."""

from __future__ import annotations

from qntx_desktop import __version__
from qntx_desktop.app.home_lock import FileLock
from qntx_desktop.app.paths import Home
from qntx_desktop.model.clock import now_us
from qntx_desktop.model.ids import new_instance_id
from qntx_desktop.services.backups import Backups
from qntx_desktop.services.ports import HomeLock


def open_backups(home: Home) -> Backups:
    """What backs this home up; it may not exist."""

    def locks() -> tuple[HomeLock, ...]:
        instance = new_instance_id()
        return FileLock(home.window_lock, instance), FileLock(home.lock, instance)

    return Backups(home.root, locks, __version__, now_us)
