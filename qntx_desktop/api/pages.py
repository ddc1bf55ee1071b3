"""Answers that were made already, kept as long as nothing in the store has changed.

The API's loop. Only answers to GET that the scope `read` allows are put here: whoever asks again is answered before
the address is read. The store's change number moves with each commit of any process, so what is given out is never
older than the store.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from qntx_desktop.api.route import Answer

MOST_PAGES = 200
MOST_BYTES = 16 << 20
LARGEST_BYTES = 1 << 20


class Pages:
    """The newest few pages.

    Args:
        number: The store's change number; quick.
    """

    def __init__(self, number: Callable[[], int]) -> None:
        self._number = number
        self._kept_for = -1
        self._pages: OrderedDict[str, Answer] = OrderedDict()
        self._bytes = 0

    def get(self, key: str) -> tuple[int, Answer | None]:
        """What was answered, if it still holds.

        Returns:
            The number to `put` a new page under, and the kept one.
        """
        now = self._number()
        if now != self._kept_for:
            self._pages.clear()
            self._kept_for, self._bytes = now, 0
        return now, self._pages.get(key)

    def put(self, number: int, key: str, answer: Answer) -> None:
        """Keep a page that was read after `get` gave the number."""
        body = answer.bytes()
        if number != self._kept_for or len(body) > LARGEST_BYTES or key in self._pages:
            return
        self._pages[key] = answer
        self._bytes += len(body)
        while len(self._pages) > MOST_PAGES or self._bytes > MOST_BYTES:
            _, gone = self._pages.popitem(last=False)
            self._bytes -= len(gone.bytes())
