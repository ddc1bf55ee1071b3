"""What the person set about runs: how many at once, how long one may take, how long ended jobs are kept.

Any thread; read anew each time, from memory.
"""

from __future__ import annotations

from collections.abc import Callable

from qntx_desktop.model.handler import Requires
from qntx_desktop.services.options import Options
from qntx_desktop.services.ports import Lane, Lanes, lane_widths
from qntx_desktop.services.retention import Keep

LANE_OPTIONS = {Lane.SANDBOX: "pulse.workers", Lane.LIGHT: "pulse.light_workers"}
"""The option that says how wide a lane is; 0 leaves it to the machine."""


class Pace:
    """The settings of Pulse as its parts need them."""

    def __init__(self, options: Callable[[], Options]) -> None:
        self._options = options

    def timeout_s(self, requires: Requires) -> float:
        """How long code may run: what it says itself, else what the person set."""
        if "timeout" in requires.declared:
            return requires.timeout_s
        return float(self._options().get("pulse.timeout_s"))

    def keep(self) -> Keep:
        """How long ended jobs stay."""
        options = self._options()
        return Keep(
            completed_days=options.get("pulse.keep_completed_days"),
            failed_days=options.get("pulse.keep_failed_days"),
        )

    def widen(self, lanes: Lanes) -> None:
        """Give each lane the width that is set, now and whenever it is set anew."""

        def apply(key: str, value: object) -> None:
            for lane, option in LANE_OPTIONS.items():
                if option == key:
                    lanes.resize(lane, int(str(value)) or lane_widths()[lane])

        options = self._options()
        for option in LANE_OPTIONS.values():
            if options.setting(option).is_set:
                apply(option, options.get(option))
        options.watch(apply)
