"""What a child of the warm launcher does while it waits, so that its run need not: rules, a rehearsal.

Main thread of a child that was forked ahead; Linux. Nothing here knows which script will come. Paths of plain files
are left to the run, because systems replace such files, and a rule would hold for the one that is gone.
"""

from __future__ import annotations

import gc
import os
import resource
import sys

from . import _confine, _quiet
from ._channel import decode, encode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

_REHEARSED = "import json\ndef say(what):\n    return json.dumps({'n': what, 'l': [1, 2.5, 'x']})\nsay(1)\n"


class Ready:
    """A process that needs only the orders of its run to be confined. Made by the launcher, used by its children.

    Args:
        orders: Those that are the same for all runs.

    Attributes:
        fds: What it keeps open, wherever it is moved to: with Landlock the rules that do not hold yet.
    """

    def __init__(self, orders: dict[str, Any]) -> None:
        self._kernel = _confine.Kernel()
        self._places: list[str] = []
        self._orders = orders
        self.fds: Sequence[int] = ()
        self._filter = bytes.fromhex(orders["filter"])
        _quiet.quieten(self._places)

    def begin(self) -> None:
        """Make the rules that are the same for all runs, in the child, because they cannot be copied."""
        if "ruleset" in self._orders:
            ruleset_fd = _confine.begin_ruleset(self._kernel, bytes.fromhex(self._orders["ruleset"]))
            _confine.add_rules(self._kernel, ruleset_fd, self._orders["rules"], self._orders["file_rights"])
            self.fds = (ruleset_fd,)

    def confine(self, own: dict[str, Any]) -> None:
        """Add the orders of the run, and let all of them hold.

        Args:
            own: Its paths are real ones.

        Raises:
            NotConfinedError: An order failed.
        """
        self._places += own["writable"]
        _confine.drop_capabilities(self._kernel)
        for ruleset_fd in self.fds:
            _confine.add_rules(self._kernel, ruleset_fd, own["rules"], self._orders["file_rights"])
            _confine.close_ruleset(self._kernel, ruleset_fd)
        _confine.filter_calls(self._kernel, self._filter, self._orders["pid_offsets"])


def rehearse() -> None:
    """Go once through what a run does, so that the memory it needs is this process's own by then.

    A fresh fork pays for each page that it touches for the first time: half of what a short script takes.
    """
    start = decode(encode({"code": _REHEARSED, "args": ["a", "b"], "state": {}}))
    os.chdir("/")
    os.environ["HOME"] = os.environ.get("HOME", "/")
    resource.setrlimit(resource.RLIMIT_CORE, resource.getrlimit(resource.RLIMIT_CORE))
    exec(compile(start["code"], "<rehearsal>", "exec", dont_inherit=True), {"__name__": "rehearsal"})
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 - pathlib is not loaded
        print(start, file=nowhere)
    sys.stdout.flush()
    gc.collect()
    gc.freeze()
