"""The person's settings as the window knows them: read from memory, written on a worker, told when they change.

Qt main thread.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.option import Setting
from qntx_desktop.ui.errors import Banner
from qntx_desktop.ui.tasks import Tasks

if TYPE_CHECKING:
    from qntx_desktop.services.options import Options

PROBLEM_KEY = "settings"


class Preferences(QObject):
    """Settings for the parts of the window.

    Signals:
        changed(key, value): Here, in the file, or by another process.
    """

    changed = Signal(str, object)

    def __init__(self, options: Options, tasks: Tasks, banner: Banner, parent: QObject) -> None:
        super().__init__(parent)
        self._options = options
        self._tasks = tasks
        self._banner = banner
        # Emitted on whatever thread noticed; Qt brings it to this one.
        self._unwatch = options.watch(self.changed.emit)
        self.changed.connect(self._look)
        self._look()

    def get(self, key: str) -> Any:
        """What an option is set to."""
        return self._options.get(key)

    def is_set(self, key: str) -> bool:
        """Whether the person set it."""
        return self._options.setting(key).is_set

    def all(self) -> tuple[Setting, ...]:
        """Every option."""
        return self._options.all()

    def set(self, key: str, value: object, failed: Callable[[QntxError], None] | None = None) -> None:
        """Keep a value; without `failed` an error goes to the banner."""
        self._tasks.run(self, self._options.set, key, value, failed=failed or self._fail)

    def reset(self, key: str, failed: Callable[[QntxError], None] | None = None) -> None:
        """Go back to the default."""
        self._tasks.run(self, partial(self._options.reset, key), failed=failed or self._fail)

    def stop(self) -> None:
        """Hear of nothing any more."""
        self._unwatch()

    def _fail(self, error: QntxError) -> None:
        self._banner.fail(error, key=PROBLEM_KEY)

    def _look(self, _key: str = "", _value: object = None) -> None:
        problem = self._options.problem
        if problem is not None:
            self._fail(problem)
        else:
            self._banner.clear(PROBLEM_KEY)
