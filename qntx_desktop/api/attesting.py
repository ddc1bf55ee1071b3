"""Storing what many callers attest at once: whoever comes while a commit is under way shares the next one.

The API's loop. Each is durable before its caller is answered.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

from qntx_desktop.model.attestation import Attestation, Draft
from qntx_desktop.model.errors import QntxError

AttestMany = Callable[[Sequence[Draft]], list[Attestation]]
Run = Callable[[Callable[[], list[Attestation]]], Awaitable[list[Attestation]]]
MOST_AT_ONCE = 500
ENOUGH = 8
"""With so many a commit costs little for each; waiting for more would only leave the disk idle."""
GATHER_S = 0.001


class Attesting:
    """Gathers drafts and stores them together."""

    def __init__(self, attest_many: AttestMany, run: Run) -> None:
        self._attest_many = attest_many
        self._run = run
        self._waiting: list[tuple[Draft, asyncio.Future[Attestation]]] = []
        self._task: asyncio.Task[None] | None = None

    async def attest(self, draft: Draft) -> Attestation:
        """Store a checked draft; it is durable on return.

        Raises:
            QntxError: The store did not take it.
        """
        future: asyncio.Future[Attestation] = asyncio.get_running_loop().create_future()
        self._waiting.append((draft, future))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._store())
        return await future

    async def _store(self) -> None:
        answered = 0
        while self._waiting:
            await self._gather(len(self._waiting) + answered)
            batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
            drafts = [draft for draft, _ in batch]
            try:
                stored = await self._run(lambda drafts=drafts: self._attest_many(drafts))  # type: ignore[misc]
            except Exception as error:  # noqa: BLE001 - it belongs to each caller
                for _, future in batch:
                    if not future.done():
                        future.set_exception(_own(error))
                continue
            for (_, future), attestation in zip(batch, stored, strict=True):
                if not future.done():
                    future.set_result(attestation)
            answered = len(batch)

    async def _gather(self, expected: int) -> None:
        """Give those who were just answered a moment to ask again, when others wait: one commit for all costs half.

        A caller on its own never waits: nobody else was answered.
        """
        end_s = time.monotonic() + GATHER_S
        while len(self._waiting) < min(expected, ENOUGH) and time.monotonic() < end_s:
            await asyncio.sleep(0)


def _own(error: Exception) -> Exception:
    """A copy for each caller: one exception raised in many tasks would gather all their tracebacks."""
    if not isinstance(error, QntxError):
        return error
    copied = QntxError(error.code, error.message, error.hint, error.details, error.retryable)
    copied.family = error.family  # type: ignore[misc]
    return copied
