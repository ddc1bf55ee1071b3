"""Storing what many callers attest at once: whoever comes while a commit is under way shares the next one.

The API's loop gathers, a thread of its own stores and wakes the loop once for each commit. Each is durable before
its caller is answered.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from queue import SimpleQueue

from qntx_desktop.model.attestation import Draft
from qntx_desktop.model.errors import Family, QntxError

AttestJson = Callable[[Sequence[Draft]], list[bytes]]
Waiting = tuple[Draft, "asyncio.Future[bytes]"]
MOST_AT_ONCE = 512
ENOUGH = 64
"""With so many a commit costs little for each; waiting for more would only leave the disk idle. With fewer, the
loop and the thread that stores are at work at the same time more often, and get into each other's way."""
GATHER_S = 0.001


class Attesting:
    """Gathers drafts and stores them together. Made on the loop; `close` ends its thread.

    Args:
        attest_json: Stores drafts, all or none, and gives the JSON of each; may block.
    """

    def __init__(self, attest_json: AttestJson) -> None:
        self._attest_json = attest_json
        self._loop = asyncio.get_running_loop()
        self._waiting: list[Waiting] = []
        self._batches: SimpleQueue[list[Waiting] | None] = SimpleQueue()
        self._answered = 0
        """How many were answered last: they may be back in a moment."""
        self._busy = False
        self._wanted = 0
        self._timer: asyncio.TimerHandle | None = None
        self._thread = threading.Thread(target=self._store, name="api-attest")
        self._thread.start()

    def attest(self, draft: Draft) -> asyncio.Future[bytes]:
        """Have a checked draft stored; returns at once.

        Returns:
            The attestation as JSON once it is durable, or a `QntxError`: the store did not take it.
        """
        future: asyncio.Future[bytes] = self._loop.create_future()
        self._waiting.append((draft, future))
        if not self._busy:
            self._busy = True
            self._gather()
        elif self._timer is not None and len(self._waiting) >= self._wanted:
            self._hand_over()
        return future

    async def close(self) -> None:
        """Store what was asked for, and end."""
        while self._busy:
            await asyncio.sleep(GATHER_S)
        self._batches.put(None)
        await self._loop.run_in_executor(None, self._thread.join)

    # On the loop

    def _gather(self) -> None:
        """Give those who were just answered a moment to ask again, when others wait: one commit for all costs half.

        A caller on its own never waits: nobody else was answered.
        """
        self._wanted = min(len(self._waiting) + self._answered, ENOUGH)
        if len(self._waiting) < self._wanted:
            self._timer = self._loop.call_later(GATHER_S, self._hand_over)
        else:
            self._hand_over()

    def _hand_over(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
        self._batches.put(batch)

    def _answer(self, batch: list[Waiting], answers: Sequence[bytes | Exception]) -> None:
        for (_, future), answer in zip(batch, answers, strict=True):
            if future.done():
                continue
            if isinstance(answer, bytes):
                future.set_result(answer)
            else:
                future.set_exception(answer)
        self._answered = len(batch) if self._waiting else 0
        if self._waiting:
            self._gather()
        else:
            self._busy = False

    # On the thread

    def _store(self) -> None:
        while (batch := self._batches.get()) is not None:
            answers = self._stored([draft for draft, _ in batch])
            self._loop.call_soon_threadsafe(self._answer, batch, answers)

    def _stored(self, drafts: list[Draft]) -> Sequence[bytes | Exception]:
        try:
            return self._attest_json(drafts)
        except Exception as error:  # noqa: BLE001 - it belongs to each caller
            if len(drafts) == 1 or not _of_one(error):
                return [_own(error) for _ in drafts]
        return [each for draft in drafts for each in self._stored([draft])]


def _of_one(error: Exception) -> bool:
    """Whether one draft is the reason, so that the others can be stored without it."""
    return isinstance(error, QntxError) and error.family is Family.INVALID


def _own(error: Exception) -> Exception:
    """A copy for each caller: one exception raised in many tasks would gather all their tracebacks."""
    if not isinstance(error, QntxError):
        return error
    copied = QntxError(error.code, error.message, error.hint, error.details, error.retryable)
    copied.family = error.family  # type: ignore[misc]
    return copied
