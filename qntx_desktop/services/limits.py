"""Rate and budget limits of handlers: a job that would break one waits, says why, and goes on by itself.

Called in the transaction that claims, on whatever thread that is. Looks only at jobs that have a `limit_key`.
"""

from __future__ import annotations

from qntx_desktop.model.handler import requires_of
from qntx_desktop.model.job import Job, Waiting
from qntx_desktop.model.limit import (
    MINUTE_US,
    Hold,
    Limit,
    Local,
    day_of,
    local_time,
    next_day_us,
    next_month_us,
)
from qntx_desktop.services.handlers import Handlers
from qntx_desktop.store import job_holds
from qntx_desktop.store.database import Tx

_MOST_KNOWN = 1000


class Limits:
    """Says whether a job may run now."""

    def __init__(self, handlers: Handlers, local: Local = local_time) -> None:
        self._handlers = handlers
        self._local = local
        self._known: dict[str, Limit] = {}

    def of(self, limit_key: str) -> Limit:
        """What the newest active version of a handler declares."""
        handler = self._handlers.newest(limit_key)
        if handler is None:
            return Limit()
        known = self._known.get(handler.asid)  # a version never changes
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            known = self._known[handler.asid] = requires_of(handler.requires).limit
        return known

    def hold(self, tx: Tx, job: Job) -> Hold | None:
        """Why a job must wait, None when it may run."""
        if job.limit_key is None:
            return None
        limit = self.of(job.limit_key)
        if not limit:
            return None
        return self._budget(tx, job.limit_key, limit) or self._rate(tx, job.limit_key, limit)

    def _rate(self, tx: Tx, key: str, limit: Limit) -> Hold | None:
        calls = limit.calls_per_minute
        if calls is None:
            return None
        began_us = job_holds.nth_newest_start_us(tx.connection, key, calls, tx.now_us)
        if began_us is None or began_us + MINUTE_US <= tx.now_us:
            return None
        return Hold(
            code=Waiting.RATE_LIMIT,
            message=f"'{key}' may run {_times(calls)} a minute; this waits for its turn.",
            until_us=began_us + MINUTE_US,
            at_once=calls,
            stretch_us=MINUTE_US,
        )

    def _budget(self, tx: Tx, key: str, limit: Limit) -> Hold | None:
        today = day_of(tx.now_us, self._local)
        for allowed, days, period, until_us in (
            (limit.cost_per_month, today[:7], "month", next_month_us),
            (limit.cost_per_day, today, "day", next_day_us),
        ):
            if allowed is None:
                continue
            spent = job_holds.spent(tx.connection, key, days)
            if spent >= allowed:
                goes_on_us = until_us(tx.now_us, self._local)
                message = f"'{key}' has spent {spent:,.2f} of the {allowed:,.2f} USD it may cost a {period}."
                return Hold(code=Waiting.BUDGET, message=message, until_us=goes_on_us)
        return None


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number:,} times"
