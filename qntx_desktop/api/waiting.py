"""Waiting for jobs to end without a thread for each.

Waits on the API's loop; hears of changes on whichever thread publishes. Looks now and then as well, because another
process may run the jobs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from qntx_desktop.model.events import Event, JobChanged
from qntx_desktop.model.job import Job

LOOK_S = 1.0

Run = Callable[[Callable[[], Job]], Awaitable[Job]]


class Waiting:
    """Everybody who waits for a job."""

    def __init__(self, get: Callable[[int], Job], run: Run) -> None:
        self._get = get
        self._run = run
        self._loop = asyncio.get_running_loop()
        self._events: dict[int, list[asyncio.Event]] = {}
        self._closed = False

    def on_event(self, event: Event) -> None:
        """Wake who waits for this job; any thread."""
        if isinstance(event, JobChanged) and event.job.id in self._events and _rests(event.job):
            self._loop.call_soon_threadsafe(self._wake, event.job.id)

    async def rested(self, job_id: int, at_most_s: float) -> Job:
        """The job when it has ended or waits for something, or as it is after a time.

        Raises:
            ErrJobNotFound: There is none.
        """
        end_s = self._loop.time() + at_most_s
        event = asyncio.Event()
        self._events.setdefault(job_id, []).append(event)
        try:
            while True:
                event.clear()
                job = await self._run(lambda: self._get(job_id))
                left_s = end_s - self._loop.time()
                if _rests(job) or left_s <= 0 or self._closed:
                    return job
                try:
                    await asyncio.wait_for(event.wait(), min(left_s, LOOK_S))
                except TimeoutError:
                    continue
        finally:
            waiting = self._events[job_id]
            waiting.remove(event)
            if not waiting:
                del self._events[job_id]

    def close(self) -> None:
        """Let everybody go."""
        self._closed = True
        for job_id in tuple(self._events):
            self._wake(job_id)

    def _wake(self, job_id: int) -> None:
        for event in self._events.get(job_id, ()):
            event.set()


def _rests(job: Job) -> bool:
    return job.ended or job.waiting_code is not None
