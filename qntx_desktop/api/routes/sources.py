"""Code sources: add, look at, change, remove, sync."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qntx_desktop.api.models import ERROR, JOB, MAYBE_MOMENT, MAYBE_TEXT, SOURCE, answer_of
from qntx_desktop.api.route import Answer, Asked, Route
from qntx_desktop.api.shapes import AnyObject, Fields, Flag, ListOf, OrNull, Shape, Text, Whole, optional
from qntx_desktop.model.api_token import Scope
from qntx_desktop.model.job import JobFilter, Trigger
from qntx_desktop.model.source import MANUAL, REFERENCE

ID = Whole(low=1, high=2**53)
_SYNC = Fields(
    {"interval_seconds": Whole(low=0, high=2_592_000), "webhook_enabled": Flag(), "secret_in_query": Flag()},
    frozenset({"interval_seconds", "webhook_enabled", "secret_in_query"}),
)
_CHANGES: dict[str, Shape] = {
    "settings": AnyObject(),
    "sync": _SYNC,
    "token": Text(most=4_000),
    "webhook_secret": Text(most=1_024),
}


def _list(asked: Asked) -> Answer:
    return Answer(body=[each.to_json() for each in asked.desk.services.sources.every()])


def _create(asked: Asked) -> Answer:
    body, sources = asked.body, asked.desk.services.sources
    sync: Mapping[str, Any] = body.get("sync", {})
    made = sources.add(
        body["name"],
        body.get("type", MANUAL),
        body.get("settings"),
        token=body.get("token"),
        interval_seconds=sync.get("interval_seconds", 0),
        webhook_secret=body.get("webhook_secret"),
        webhook_enabled=sync.get("webhook_enabled", False),
    )
    if sync.get("secret_in_query"):
        made = sources.update(made.name, secret_in_query=True)
    return Answer(status=201, body=made.to_json())


def _show(asked: Asked) -> Answer:
    return Answer(body=asked.desk.services.sources.by_id(asked.path["id"]).to_json())


def _change(asked: Asked) -> Answer:
    body, sources = asked.body, asked.desk.services.sources
    source = sources.by_id(asked.path["id"])
    sync: Mapping[str, Any] = body.get("sync", {})
    source = sources.update(
        source.name,
        body.get("settings"),
        token=body.get("token"),
        interval_seconds=sync.get("interval_seconds"),
        webhook_secret=body.get("webhook_secret"),
        webhook_enabled=sync.get("webhook_enabled"),
        secret_in_query=sync.get("secret_in_query"),
    )
    if "enabled" in body and body["enabled"] != source.enabled:
        source = sources.enable(source.name, body["enabled"])
    return Answer(body=source.to_json())


def _remove(asked: Asked) -> Answer:
    sources = asked.desk.services.sources
    sources.remove(sources.by_id(asked.path["id"]).name, keep_files=asked.query.get("keep_files", False))
    return Answer(status=204)


def _sync(asked: Asked) -> Answer:
    services = asked.desk.services
    request = services.sources.sync_request(services.sources.by_id(asked.path["id"]), Trigger.API)
    return Answer(status=202, body={"job": services.queue.enqueue(request).to_json()})


def _status(asked: Asked) -> Answer:
    services = asked.desk.services
    source = services.sources.by_id(asked.path["id"])
    jobs = services.queue.list(JobFilter(reference_type=REFERENCE, reference_id=str(source.id), limit=1))
    shape = source.to_json()
    kept = ("enabled", "revision", "last_sync_started_at", "last_sync_at", "last_sync_error", "next_sync_at")
    return Answer(body={key: shape[key] for key in kept} | {"job": jobs[0].to_json() if jobs else None})


ROUTES = (
    Route(
        method="GET",
        path="/api/sources",
        summary="All code sources, by name",
        scope=Scope.READ,
        answers={200: ListOf(SOURCE)},
        work=_list,
    ),
    Route(
        method="POST",
        path="/api/sources",
        summary="Add a code source; nothing is fetched yet",
        scope=Scope.WRITE,
        answers={201: SOURCE},
        work=_create,
        body=optional({"name": Text(most=200), "type": Text(most=40), **_CHANGES}, "name"),
    ),
    Route(
        method="GET",
        path="/api/sources/{id}",
        summary="One code source; secrets are shown as set or not",
        scope=Scope.READ,
        answers={200: SOURCE},
        work=_show,
        params={"id": ID},
    ),
    Route(
        method="PUT",
        path="/api/sources/{id}",
        summary="Change a code source; what is not named stays, an empty token or webhook secret is taken away",
        scope=Scope.WRITE,
        answers={200: SOURCE},
        work=_change,
        params={"id": ID},
        body=optional({"enabled": Flag(), **_CHANGES}),
    ),
    Route(
        method="DELETE",
        path="/api/sources/{id}",
        summary="Forget a code source, and its files unless they are kept",
        scope=Scope.WRITE,
        answers={204: None},
        work=_remove,
        params={"id": ID},
        query={"keep_files": Flag()},
    ),
    Route(
        method="POST",
        path="/api/sources/{id}/sync",
        summary="Ask for a sync; one that waits already is joined",
        scope=Scope.EXECUTE,
        answers={202: answer_of(job=JOB)},
        work=_sync,
        params={"id": ID},
    ),
    Route(
        method="GET",
        path="/api/sources/{id}/status",
        summary="How the last sync went, and the newest job",
        scope=Scope.READ,
        answers={
            200: answer_of(
                enabled=Flag(),
                revision=MAYBE_TEXT,
                last_sync_started_at=MAYBE_MOMENT,
                last_sync_at=MAYBE_MOMENT,
                last_sync_error=OrNull(ERROR),
                next_sync_at=MAYBE_MOMENT,
                job=OrNull(JOB),
            )
        },
        work=_status,
        params={"id": ID},
    ),
)
