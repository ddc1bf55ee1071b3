"""What the services need from outside and the app wires in: workers for runs, and the home's lock.

Pure declarations; any thread. The window fills them with Qt's pools, the command line with plain threads.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Protocol


class Lane(StrEnum):
    """A group of workers that do not wait for those of another group."""

    LIGHT = "light"
    """Short work of the app itself."""
    NETWORK = "network"
    """Work of the app itself that waits for other computers."""
    SANDBOX = "sandbox"
    """Runs of code in a process of their own; a worker waits for its process."""


MOST_WORKERS = 64


def lane_widths() -> Mapping[str, int]:
    """How many things each lane does at once on this machine."""
    return {Lane.LIGHT: 2, Lane.NETWORK: 2, Lane.SANDBOX: max(1, min(4, os.cpu_count() or 1))}


class Lanes(Protocol):
    """Workers in lanes. Every method may be called from any thread."""

    def submit(self, lane: str, work: Callable[[], None]) -> None:
        """Run `work` on a worker of the lane; it never raises.

        Raises:
            RuntimeError: The lanes are closed.
        """

    def width(self, lane: str) -> int:
        """How many things the lane is meant to do at once; none for a lane that does not exist."""

    def resize(self, lane: str, width: int) -> None:
        """Give a lane another width, at least 1; what runs already goes on. One that does not exist is made."""

    def close(self) -> None:
        """Wait for what runs and end the workers; calling it twice is allowed."""


class HomeLock(Protocol):
    """Makes one process of a home the one that runs its jobs; ends with its process, however that ends."""

    @property
    def held(self) -> bool:
        """Whether this process holds it through this object."""

    def acquire(self) -> bool:
        """Take it if nobody holds it; never waits.

        Raises:
            ErrHomeUnusable: The home folder does not allow locking.
        """

    def release(self) -> None:
        """Let it go; calling it without holding it is allowed."""


class Sealer(Protocol):
    """Encrypts what is secret in rows of the store; `place` binds the result to its row."""

    def ready(self) -> None:
        """Have the key at hand; may write to the store, so it comes before a transaction.

        Raises:
            QntxError: The key cannot be got.
        """

    def seal(self, text: str, place: str) -> str:
        """Text that is safe to store."""

    def open(self, sealed: str, place: str) -> str:
        """What was sealed.

        Raises:
            QntxError: The key is not at hand.
        """
