"""Work off the Qt main thread: a call goes to a worker, its answer comes back to the main thread.

`Tasks` lives on the Qt main thread; the calls run on workers of its own pool. An answer for somebody who is gone is
dropped. No exception vanishes: an error nobody asked for goes to `unhandled`, a defect also to the log.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from qntx_desktop.app.qt_pool import Work, make_pool
from qntx_desktop.model.errors import ErrUnexpected, QntxError

_log = logging.getLogger(__name__)
T = TypeVar("T")

THREADS = 4
Failed = Callable[[QntxError], None]


@dataclass(frozen=True, slots=True)
class _Answer:
    owner: QObject | None
    value: Any
    error: QntxError | None
    then: Callable[[Any], None] | None
    failed: Failed | None


class Tasks(QObject):
    """Runs calls of services for the window.

    Signals:
        unhandled(QntxError): A call failed and nobody said what to do then.
    """

    unhandled = Signal(object)
    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = make_pool(THREADS)
        self._open = True
        self._hears = True
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        owner: QObject | None,
        call: Callable[..., T],
        *args: Any,
        then: Callable[[T], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Call something on a worker and hand its answer to `then` or `failed` on the main thread.

        Args:
            owner: When this object is deleted meanwhile, the answer is dropped. None: never dropped.
            failed: None: the error goes to `unhandled`.
        """
        if not self._open:
            return

        def work() -> None:
            value, error = self._outcome(call, args)
            if self._open:
                self._answered.emit(_Answer(owner, value, error, then, failed))

        self._pool.start(Work(work))

    def drop_answers(self) -> None:
        """Nobody wants to hear of anything any more; what runs may still end."""
        self._hears = False

    def close(self, within_ms: int = 5_000) -> bool:
        """Take nothing more and drop answers on their way; waits for calls that run.

        Returns:
            Whether all ended in time.
        """
        self._open = False
        self._pool.clear()
        return self._pool.waitForDone(within_ms)

    @staticmethod
    def _outcome(call: Callable[..., Any], args: tuple[Any, ...]) -> tuple[Any, QntxError | None]:
        try:
            return call(*args), None
        except QntxError as error:
            return None, error
        except Exception as error:  # noqa: BLE001 - a defect of ours: said in the banner, whole in the log
            _log.exception("a task failed")
            return None, ErrUnexpected(str(error) or type(error).__name__, type(error).__name__)

    def _deliver(self, answer: _Answer) -> None:
        if not (self._open and self._hears) or (answer.owner is not None and not isValid(answer.owner)):
            return
        if answer.error is None:
            if answer.then is not None:
                answer.then(answer.value)
        elif answer.failed is not None:
            answer.failed(answer.error)
        else:
            self.unhandled.emit(answer.error)
