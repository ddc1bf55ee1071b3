"""Schedules: what runs again and again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from qntx_desktop.api.models import SCHEDULE
from qntx_desktop.api.route import Answer, Asked, Route
from qntx_desktop.api.shapes import Fields, ListOf, OrNull, Shape, Text, Whole, optional
from qntx_desktop.model.api_token import Scope
from qntx_desktop.model.errors import ErrInvalidRequest
from qntx_desktop.model.schedule import MAX_INTERVAL_S, MissedPolicy, Schedule, ScheduleState, Timing

_ID = Whole(low=1, high=2**53)
_TIMING: dict[str, Shape] = {
    "interval_seconds": OrNull(Whole(low=1, high=MAX_INTERVAL_S)),
    "cron": OrNull(Text(fewest=1, most=200)),
    "timezone": Text(fewest=1, most=100),
    "missed": Text(choices=tuple(MissedPolicy)),
}


def _list(asked: Asked) -> Answer:
    return Answer(body=[each.to_json() for each in asked.desk.services.schedules.list()])


def _create(asked: Asked) -> Answer:
    schedules, body = asked.desk.services.schedules, asked.body
    interval_s, cron = body.get("interval_seconds"), body.get("cron")
    if (interval_s is None) == (cron is None):
        raise ErrInvalidRequest("body.cron", "or interval_seconds is needed, and only one of them")
    timing = Timing(interval_s=interval_s, cron=cron, timezone=body.get("timezone") or schedules.local_zone())
    policy = MissedPolicy(body.get("missed", MissedPolicy.ONCE))
    made = schedules.add_ix(body["command"], timing, policy, base=None, bare=True)
    return Answer(status=201, body=made.to_json())


def _show(asked: Asked) -> Answer:
    return Answer(body=asked.desk.services.schedules.get(asked.path["id"]).to_json())


def _change(asked: Asked) -> Answer:
    schedules, body = asked.desk.services.schedules, asked.body
    if not body:
        raise ErrInvalidRequest("body", "names nothing to change")
    found = schedules.get(asked.path["id"])
    if set(body) - {"state"}:
        timing, policy = _changed(found, body)
        found = schedules.change(found.id, timing, policy)
    state = body.get("state", str(found.state))
    if state != found.state:
        found = schedules.pause(found.id) if state == ScheduleState.PAUSED else schedules.resume(found.id)
    return Answer(body=found.to_json())


def _changed(found: Schedule, body: Mapping[str, Any]) -> tuple[Timing, MissedPolicy]:
    """What a schedule is told to become; naming an interval drops the cron line, and the other way round."""
    interval_s, cron = body.get("interval_seconds"), body.get("cron")
    if interval_s is not None and cron is not None:
        raise ErrInvalidRequest("body.cron", "and interval_seconds exclude each other")
    timing = found.timing
    if interval_s is not None or cron is not None:
        timing = replace(timing, interval_s=interval_s, cron=cron)
    timing = replace(timing, timezone=body.get("timezone", timing.timezone))
    return timing, MissedPolicy(body.get("missed", found.missed))


def _remove(asked: Asked) -> Answer:
    asked.desk.services.schedules.remove(asked.path["id"])
    return Answer(status=204)


ROUTES = (
    Route(
        method="GET",
        path="/api/pulse/schedules",
        summary="All schedules, oldest first",
        scope=Scope.READ,
        answers={200: ListOf(SCHEDULE)},
        work=_list,
    ),
    Route(
        method="POST",
        path="/api/pulse/schedules",
        summary="Have an IX command run at an interval or by a cron line; paths absolute",
        scope=Scope.EXECUTE,
        answers={201: SCHEDULE},
        work=_create,
        body=optional({"command": Text(most=200_000), **_TIMING}, "command"),
    ),
    Route(
        method="GET",
        path="/api/pulse/schedules/{id}",
        summary="One schedule",
        scope=Scope.READ,
        answers={200: SCHEDULE},
        work=_show,
        params={"id": _ID},
    ),
    Route(
        method="PATCH",
        path="/api/pulse/schedules/{id}",
        summary="Change when a schedule runs and what happens to missed runs, pause it, let it go on",
        scope=Scope.EXECUTE,
        answers={200: SCHEDULE},
        work=_change,
        params={"id": _ID},
        body=Fields({**_TIMING, "state": Text(choices=tuple(ScheduleState))}, frozenset({*_TIMING, "state"})),
    ),
    Route(
        method="DELETE",
        path="/api/pulse/schedules/{id}",
        summary="Remove a schedule; its runs stay",
        scope=Scope.EXECUTE,
        answers={204: None},
        work=_remove,
        params={"id": _ID},
    ),
)
