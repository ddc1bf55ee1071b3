"""What routes work with: the services, and what the server shares among calls.

The API's loop; `run` takes blocking work to a thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from qntx_desktop.api.attesting import Attesting
from qntx_desktop.api.pages import Pages
from qntx_desktop.api.waiting import Waiting

if TYPE_CHECKING:
    from qntx_desktop.app.container import Services

T = TypeVar("T")
THREADS = 8
PLUGIN_THREADS = 16


class Desk:
    """Made on the loop; `close` ends its threads."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self._pool = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="api-work")
        self._plugin_pool = ThreadPoolExecutor(max_workers=PLUGIN_THREADS, thread_name_prefix="api-plugins")
        self.plugin_calls: dict[str, int] = {}
        """How many requests each plugin answers now; the loop's."""
        self.pages = Pages(services.db.change_number)
        self.attesting = Attesting(services.ledger.attest_json)
        self.waiting = Waiting(services.queue.get, self.run)
        services.events.add(self.waiting.on_event)

    async def run(self, work: Callable[[], T]) -> T:
        """Do something that may block, on a thread."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    async def run_for_plugins(self, work: Callable[[], T]) -> T:
        """Wait for a plugin, on a thread that nothing else needs."""
        return await asyncio.get_running_loop().run_in_executor(self._plugin_pool, work)

    async def close(self) -> None:
        """Let what is begun end, and end the threads."""
        self.services.events.remove(self.waiting.on_event)
        self.waiting.close()
        await self.attesting.close()
        for pool in (self._pool, self._plugin_pool):
            await asyncio.get_running_loop().run_in_executor(None, pool.shutdown)
