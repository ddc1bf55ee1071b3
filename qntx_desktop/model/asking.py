"""What code asks for beyond what it may have anyway, in sentences. Pure; any thread.

The one place that decides what counts as asking for more: the gate of a run, the sheet in the window,
`handler show` and the note after a save all speak from here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from qntx_desktop.model.handler import REMOTE, Requires

NOTHING = Requires()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One thing that is asked for.

    Args:
        kind: `network`, `read`, `write`, `secret`, `package`, `where`, `time` or `memory`.
        value: What exactly, such as `api.example.com:443`.
        sentence: For people, without a full stop: `connect to api.example.com:443`.
    """

    kind: str
    value: str
    sentence: str

    @property
    def short(self) -> str:
        """For one line: `network: api.example.com:443`."""
        return f"{self.kind}: {self.value}"

    def to_json(self) -> dict[str, Any]:
        """`{kind, value, sentence}`."""
        return {"kind": self.kind, "value": self.value, "sentence": self.sentence}


def asks_more(new: Requires, old: Requires = NOTHING) -> tuple[Ask, ...]:
    """What `new` asks for that `old` did not; against nothing, all that goes beyond the default."""
    asked, had = new.permissions, old.permissions
    readable = {*had.read, *had.write, *asked.write}
    found = [
        *_hosts(new, old),
        *_each("write", asked.write, had.write, "write {}"),
        *_each("read", asked.read, readable, "read {}"),
        *_each("secret", asked.secrets, had.secrets, "be told the secret {}"),
        *_each("package", asked.dependencies, had.dependencies, "use the package {}"),
    ]
    return (*found, *_limits(new, old))


def listed(asks: tuple[Ask, ...]) -> str:
    """All on one line: `network: api.example.com:443, secret: github-token`."""
    return ", ".join(each.short for each in asks)


def _each(kind: str, asked: Collection[str], had: Collection[str], sentence: str) -> Iterator[Ask]:
    for value in asked:
        if value not in had:
            yield Ask(kind=kind, value=value, sentence=sentence.format(value))


def _hosts(new: Requires, old: Requires) -> tuple[Ask, ...]:
    asked, had = new.permissions.network, old.permissions.network
    if had is True:
        return ()
    if asked is True:
        return (Ask(kind="network", value="any host", sentence="connect to any host"),)
    return tuple(_each("network", asked, had, "connect to {}"))


def _limits(new: Requires, old: Requires) -> tuple[Ask, ...]:
    found = []
    if new.where == REMOTE and old.where != REMOTE:
        found.append(Ask(kind="where", value=REMOTE, sentence="run on other computers, the cluster that is set"))
    if new.timeout_s > max(old.timeout_s, NOTHING.timeout_s):
        value = f"{new.timeout_s:,g} s"
        found.append(Ask(kind="time", value=value, sentence=f"run for up to {value}"))
    if new.memory_bytes > max(old.memory_bytes, NOTHING.memory_bytes):
        value = f"{new.memory_bytes / (1 << 20):,.0f} MB"
        found.append(Ask(kind="memory", value=value, sentence=f"use up to {value} of memory"))
    return tuple(found)
