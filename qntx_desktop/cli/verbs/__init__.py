"""The verbs of `qntx`, one module a group and one line here for each.

Pure declarations; what a verb needs it imports when it runs, and its module is imported when its group is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module

from qntx_desktop.cli.grammar import Verb

MODULES: Mapping[str, Sequence[str]] = {
    "ix": ("ix",),
    "run": ("run",),
    "handler": ("handler", "handler_sharing"),
    "as": ("as_",),
    "ax": ("ax",),
    "why": ("why",),
    "attestation": ("attestation",),
    "job": ("job",),
    "schedule": ("schedule",),
    "secret": ("secret",),
    "canvas": ("canvas",),
    "config": ("config",),
    "serve": ("serve",),
    "api": ("api",),
    "hook": ("hook",),
    "doctor": ("doctor",),
    "backup": ("backup",),
    "verify": ("verify",),
    "restore": ("restore",),
    "source": ("source", "source_review"),
    "plugin": ("plugin", "plugin_new"),
    "completion": ("completion",),
}


class Groups(Mapping[str, Sequence[Verb]]):
    """The verbs by the first word of a call."""

    def __getitem__(self, word: str) -> Sequence[Verb]:
        modules = [import_module(f"{__name__}.{name}") for name in MODULES[word]]
        return tuple(verb for module in modules for verb in module.VERBS)

    def __iter__(self) -> Iterator[str]:
        return iter(MODULES)

    def __len__(self) -> int:
        return len(MODULES)


GROUPS = Groups()
