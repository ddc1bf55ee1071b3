"""Webhooks that ask for a sync: one job at most for all that come, none for those that may not ask."""

from __future__ import annotations

import json

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.model.errors import (
    ErrSourceNotFound,
    ErrStoreBusy,
    ErrWebhookDisabled,
    ErrWebhookUnauthorized,
)
from qntx_desktop.model.source import Source
from qntx_desktop.model.webhook import signature
from qntx_desktop.services.webhooks import Reception, Webhooks

SECRET = "sixteen letters or more"
URL = "https://example.com/team/repo.git"


@pytest.fixture
def source(services: Services, monkeypatch: pytest.MonkeyPatch) -> Source:
    monkeypatch.setenv("QNTX_PASSPHRASE", "of the test")
    return services.sources.add("feeds", "git", {"url": URL, "branch": "main"}, webhook_secret=SECRET)


def push(services: Services, source: Source, number: int = 1, ref: str = "refs/heads/main") -> Reception:
    body = json.dumps({"ref": ref, "after": f"{number:040}"}).encode()
    headers = {"X-Hub-Signature-256": f"sha256={signature(SECRET, body)}", "X-GitHub-Event": "push"}
    return services.webhooks.receive(source.id, headers, body)


def test_pushes_make_one_job_and_repeats_none(services: Services, source: Source) -> None:
    first = push(services, source)
    assert first.job is not None
    assert (first.job.type, first.job.reference_id) == ("source_sync", str(source.id))
    assert push(services, source, 2).job == services.queue.get(first.job.id)
    again = push(services, source)
    assert (again.status, again.job) == ("repeated", None)
    assert first.to_json() == {"status": "queued", "reason": "", "job_id": first.job.id}


def test_other_branches_pings_and_other_events_make_none(services: Services, source: Source) -> None:
    assert push(services, source, ref="refs/heads/dev").status == "ignored"
    for event, status in (("ping", "ping"), ("issues", "ignored")):
        headers = {"x-hub-signature-256": signature(SECRET, b"{}"), "x-github-event": event}
        assert services.webhooks.receive(source.id, headers, b"{}").status == status
    assert services.queue.list() == ()


def test_who_may_not_ask_is_refused(services: Services, source: Source) -> None:
    with pytest.raises(ErrWebhookUnauthorized):
        services.webhooks.receive(source.id, {}, b"{}")
    with pytest.raises(ErrWebhookUnauthorized):  # not switched on for this source
        services.webhooks.receive(source.id, {}, b"{}", query_secret=SECRET)
    with pytest.raises(ErrSourceNotFound):
        services.webhooks.receive(99, {}, b"{}")
    services.sources.update("feeds", secret_in_query=True)
    assert services.webhooks.receive(source.id, {}, b"{}", query_secret=SECRET).status == "queued"
    services.sources.enable("feeds", False)
    with pytest.raises(ErrWebhookDisabled) as caught:
        push(services, source)
    assert caught.value.hint.endswith("qntx source enable feeds")
    services.sources.enable("feeds")
    services.sources.update("feeds", webhook_enabled=False)
    with pytest.raises(ErrWebhookDisabled):
        push(services, source)


def test_a_source_without_a_secret_hears_everybody(services: Services) -> None:
    source = services.sources.add("open", "git", {"url": URL}, webhook_enabled=True)
    assert services.webhooks.receive(source.id, {}, b"").status == "queued"


def test_a_manual_source_reads_its_folder_again(services: Services) -> None:
    services.sources.update("manual", webhook_enabled=True)
    source = services.sources.get("manual")
    job = services.webhooks.receive(source.id, {}, b"").job
    assert job is not None
    assert services.runner.run_until(job.id).status == "completed"
    assert services.sources.get("manual").last_sync_at_us is None


def test_a_delivery_that_could_not_be_kept_is_heard_when_it_comes_again(services: Services, source: Source) -> None:
    troubles = [ErrStoreBusy("somebody")]

    def enqueue(request: object) -> object:
        if troubles:
            raise troubles.pop()
        return services.queue.enqueue(request)  # type: ignore[arg-type]

    vars(services)["_webhooks"] = Webhooks(services.sources, enqueue)  # type: ignore[arg-type]
    with pytest.raises(ErrStoreBusy):
        push(services, source)
    assert push(services, source).status == "queued"
