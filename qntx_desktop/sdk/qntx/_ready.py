"""What the warm launcher does once, so that its children need not: rules, the way to the kernel, rehearsals.

Main thread of the launcher, and of children that wait; Linux. Nothing here knows which script will come. Paths of
plain files are left to the run, because systems replace such files, and a rule would hold for the one that is gone.

What a child writes to for the first time is copied for it, a page of memory at a time, and that takes more than all
else it does. A page that needs no change costs nothing: so everything is done here before, often enough that the
interpreter has made up its mind about each line.
"""

from __future__ import annotations

import os
import resource
import sys

from . import _confine, _limits, _quiet, _run
from ._channel import Channel, encode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

_REHEARSED = "import json\ndef say(what):\n    return json.dumps({'n': what, 'l': [1, 2.5, 'x']})\nsay(1)\n"
_NOWHERE = -1


class Ready:
    """A process that needs only the orders of its run to be confined. Made by the launcher, used by its children.

    Args:
        orders: Those that are the same for all runs.

    Attributes:
        fds: With Landlock the rules that do not hold yet, wherever they were moved to.
    """

    def __init__(self, orders: dict[str, Any]) -> None:
        self._kernel = _confine.Kernel()
        self._places: list[str] = []
        self._orders = orders
        self.fds: Sequence[int] = ()
        self._filter = bytes.fromhex(orders["filter"])
        _quiet.quieten(self._places)

    def rules(self) -> Sequence[int]:
        """Make the rules that are the same for all runs. A run adds its own to them, so no two may share them."""
        if "ruleset" not in self._orders:
            return ()
        ruleset_fd = _confine.begin_ruleset(self._kernel, bytes.fromhex(self._orders["ruleset"]))
        _confine.add_rules(self._kernel, ruleset_fd, self._orders["rules"], self._orders["file_rights"])
        return (ruleset_fd,)

    def die_with(self, parent: int) -> None:
        """Arrange that this process ends when its parent does."""
        _limits.end_with_parent(self._kernel.call, parent)

    def confine(self, own: dict[str, Any]) -> None:
        """Add the orders of the run, and let all of them hold.

        Args:
            own: Its rules; it is in its work folder already.

        Raises:
            NotConfinedError: An order failed.
        """
        self._places.append(os.getcwd())  # noqa: PTH109 - pathlib is not loaded
        _confine.drop_capabilities(self._kernel)
        for ruleset_fd in self.fds:
            self._add(ruleset_fd, own["rules"])
            _confine.close_ruleset(self._kernel, ruleset_fd)
        _confine.filter_calls(self._kernel, self._filter, self._orders["pid_offsets"])

    def _add(self, ruleset_fd: int, rules: Sequence[tuple[str, int]]) -> None:
        _confine.add_rules(self._kernel, ruleset_fd, rules, self._orders["file_rights"])

    def rehearse(self) -> None:
        """Go once through what a run does, but for what cannot be taken back, and put everything back in place."""
        main, argv, finders = sys.modules["__main__"], sys.argv[:], sys.meta_path[:]
        receive_fd, send_fd = os.pipe()
        try:
            channel = Channel(_NOWHERE, receive_fd)
            os.write(send_fd, _frame(_a_start()))
            start = _run.take_over(channel, None)
            _run.run(start, channel)
            _confine.filled(self._filter, self._orders["pid_offsets"])
            with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 - pathlib is not loaded
                print(start, file=nowhere)
        finally:
            os.close(receive_fd)
            os.close(send_fd)
            sys.modules["__main__"] = main
            sys.argv[:], sys.meta_path[:] = argv, finders
            _run.forget()


def _frame(message: dict[str, Any]) -> bytes:
    body = encode(message).encode()
    return len(body).to_bytes(4, "big") + body


def _a_start() -> dict[str, Any]:
    """A start message that changes nothing."""
    core = resource.getrlimit(resource.RLIMIT_CORE)[0]
    return {
        "code": _REHEARSED,
        "filename": "rehearsal.py",
        "args": ["a", "b"],
        "options": {},
        "command": "",
        "script_type": "",
        "state": {},
        "payload": None,
        "upstream": None,
        "last_run_us": None,
        "site_paths": [],
        "folder": "/",
        "environment": {"HOME": "/", "TMPDIR": "/", "QNTX_RUN": os.environ.get("QNTX_RUN", "")},
        "limits": {"RLIMIT_CORE": core},
        "orders": {"rules": []},
    }
