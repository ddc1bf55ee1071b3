"""How the app is, and what it answers to."""

from __future__ import annotations

from qntx_desktop import __version__
from qntx_desktop.api.models import HEALTH
from qntx_desktop.api.route import Answer, Asked, Route
from qntx_desktop.api.shapes import AnyObject
from qntx_desktop.model.api_token import Scope


def _health(asked: Asked) -> Answer:
    services = asked.desk.services
    paused = services.runner.paused
    counts = services.queue.counts()
    return Answer(
        body={
            "status": "ok" if paused is None else "paused",
            "version": __version__,
            "runner": services.runner.active,
            "paused": paused.to_json() if paused is not None else None,
            "attestations": services.ledger.total(),
            "jobs": {str(status): count for status, count in counts.items()},
        }
    )


def _document(_asked: Asked) -> Answer:
    from qntx_desktop.api.openapi import document
    from qntx_desktop.api.routes import OPEN_ROUTES, ROUTES

    return Answer(body=document((*ROUTES, *OPEN_ROUTES)))


ROUTES = (
    Route(
        method="GET",
        path="/api/health",
        summary="Whether the app works, who runs the jobs, and how much there is",
        scope=Scope.READ,
        answers={200: HEALTH},
        work=_health,
    ),
    Route(
        method="GET",
        path="/openapi.json",
        summary="This document",
        scope=Scope.READ,
        answers={200: AnyObject()},
        work=_document,
    ),
)
