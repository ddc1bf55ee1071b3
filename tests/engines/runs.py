"""What the tests of the engines share: a sink that keeps what runs say, and looks at what is left of them."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qntx_desktop.engines.sandbox.confinement.plan import Layers
from qntx_desktop.model.attestation import check_draft
from qntx_desktop.model.connection import Connection
from qntx_desktop.model.errors import ErrInvalidAttestation
from qntx_desktop.model.job import Outcome

#: Handlers as on a system that confines nothing: a separate process and limits.
GRACE_S = 3.0
UNCONFINED = Layers(landlock_abi=0, seccomp=False)
FIELDS = frozenset({"subjects", "predicates", "contexts", "actors", "attributes"})


@dataclass
class RecordingSink:
    """Keeps what a run said; checks attestations with the real gate, a chunk whole or not at all."""

    stored: list[dict[str, Any]] = field(default_factory=list)
    chunks: list[int] = field(default_factory=list)
    progressed: list[tuple[float, float | None, str]] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    connections: dict[int, Connection] = field(default_factory=dict)
    logged: list[tuple[str, str]] = field(default_factory=list)
    queries: list[tuple[str, int]] = field(default_factory=list)
    trouble: Exception | None = None
    said: threading.Event = field(default_factory=threading.Event)

    def attest(self, items: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        if self.trouble is not None:
            raise self.trouble
        for item in items:
            unknown = set(item) - FIELDS
            if unknown:
                raise ErrInvalidAttestation(min(unknown), "is not known")
            fields = {name: item.get(name) for name in FIELDS}
            check_draft(**fields)  # type: ignore[arg-type]
        made = [{**item, "id": f"AS-{len(self.stored) + n}"} for n, item in enumerate(items)]
        self.stored += made
        self.chunks.append(len(made))
        return made

    def query(self, text: str, limit: int) -> list[dict[str, Any]]:
        self.queries.append((text, limit))
        return self.stored[:limit]

    def progress(self, current: float, total: float | None, message: str) -> None:
        self.progressed.append((current, total, message))
        self.said.set()

    def connected(self, connection: Connection) -> None:
        self.connections[connection.seq] = connection

    def cost(self, usd: float) -> None:
        self.costs.append(usd)

    def log(self, level: str, message: str) -> None:
        self.logged.append((level, message))
        self.said.set()


Run = Callable[..., Outcome]


def marked(home_id: str) -> list[str]:
    """Living processes that carry the marker of a home."""
    found = []
    for place in Path("/proc").iterdir():
        if place.name.isdecimal():
            try:
                if f"QNTX_RUN={home_id}:".encode() in (place / "environ").read_bytes():
                    found.append(f"{place.name} {(place / 'cmdline').read_bytes()!r}")
            except OSError:
                continue
    return found


def descriptors(at_most: int | None = None) -> int:
    """How many are open here; fewer may come to light when what an earlier test left behind is collected.

    Args:
        at_most: How many there should be; waited for as long as a server in a thread may need to close its own.
    """
    deadline = time.monotonic() + GRACE_S
    while True:
        gc.collect()
        found = sum(1 for _ in Path("/proc/self/fd").iterdir())
        if at_most is None or found <= at_most or time.monotonic() > deadline:
            return found
        time.sleep(0.01)
