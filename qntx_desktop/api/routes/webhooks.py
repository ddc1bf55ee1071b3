"""Webhooks: no bearer token, any Host, a secret of their own. Answered at once, whatever comes of them."""

from __future__ import annotations

from qntx_desktop.api.models import MAYBE_WHOLE, TEXT
from qntx_desktop.api.route import Answer, Asked, Route
from qntx_desktop.api.routes.sources import ID
from qntx_desktop.api.shapes import Fields, Text
from qntx_desktop.model.errors import ErrWebhookUnauthorized
from qntx_desktop.model.hook import SOURCE, Outcome
from qntx_desktop.services.webhooks import Reception

MOST_BYTES = 5 << 20
RECEPTION = Fields(
    {"status": Text(choices=("queued", "ping", "ignored", "repeated")), "reason": TEXT, "job_id": MAYBE_WHOLE}
)
_EVENTS = ("x-github-event", "x-gitea-event", "x-forgejo-event", "x-gitlab-event", "x-event-key")


def _source(asked: Asked) -> Answer:
    services, source_id = asked.desk.services, asked.path["id"]
    event = next((asked.headers[name] for name in _EVENTS if name in asked.headers), "")
    try:
        reception = services.webhooks.receive(source_id, asked.headers, asked.raw, asked.query.get("secret"))
    except ErrWebhookUnauthorized as error:
        services.hooks.note(SOURCE, source_id, Outcome.REFUSED, event=event, reason=str(error.details["reason"]))
        raise
    services.hooks.note_source(source_id, reception, event)
    return _told(reception)


def _hook(asked: Asked) -> Answer:
    return _told(asked.desk.services.hooks.receive(asked.path["name"], asked.headers, asked.raw))


def _told(reception: Reception) -> Answer:
    return Answer(status=202 if reception.job is not None else 200, body=reception.to_json())


OPEN_ROUTES = (
    Route(
        method="POST",
        path="/api/sources/{id}/webhook",
        summary="Ask for a sync: webhooks of GitHub, Gitea, Forgejo, Bitbucket, GitLab, or with X-Webhook-Secret",
        scope=None,
        answers={202: RECEPTION, 200: RECEPTION},
        work=_source,
        params={"id": ID},
        query={"secret": Text(most=1_024)},
        takes_raw=True,
        most_bytes=MOST_BYTES,
    ),
    Route(
        method="POST",
        path="/hooks/{name}",
        summary="Start the handler of a webhook with the body as `qntx.payload`; signed, or with X-Webhook-Secret",
        scope=None,
        answers={202: RECEPTION, 200: RECEPTION},
        work=_hook,
        params={"name": Text(fewest=1, most=200)},
        takes_raw=True,
        most_bytes=MOST_BYTES,
    ),
)
