"""Webhooks of code sources: decides whether a request may ask for a sync, and asks for it.

Any thread but the GUI's. The door that receives requests hands over what came, whole and raw:

    webhooks.receive(source_id, headers, body, query_secret) -> Reception

A refusal is an error with a code of its own (`source_not_found`, `webhook_disabled`, `webhook_unauthorized`, or why
the secret cannot be read); everything else is answered with what was made of it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from qntx_desktop.model.clock import Clock, now_us
from qntx_desktop.model.errors import ErrWebhookDisabled
from qntx_desktop.model.job import Job, JobRequest, Trigger
from qntx_desktop.model.source import Source
from qntx_desktop.model.webhook import Delivery, Told, concerns, read_webhook
from qntx_desktop.services.sources import Sources

REMEMBERED = 4_096
"""How many deliveries are known again, for at most a day; in this process only."""
REMEMBERED_US = 86_400 * 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """What was made of a webhook that was let in.

    Args:
        status: `queued` (there is a job), `ping`, `ignored` or `repeated`.
        reason: Why there is no job, in words; empty when there is one.
    """

    status: str
    reason: str = ""
    job: Job | None = None

    def to_json(self) -> dict[str, Any]:
        """The answer to the sender; the job by its number only."""
        return {"status": self.status, "reason": self.reason, "job_id": self.job.id if self.job else None}


class Webhooks:
    """Receives the webhooks of all sources.

    Args:
        enqueue: Puts the sync into the queue; one that waits already is joined.
    """

    def __init__(self, sources: Sources, enqueue: Callable[[JobRequest], Job], clock: Clock = now_us) -> None:
        self._sources = sources
        self._enqueue = enqueue
        self._clock = clock
        self._guard = threading.Lock()
        self._seen: OrderedDict[tuple[int, str], int] = OrderedDict()

    def receive(
        self, source_id: int, headers: Mapping[str, str], body: bytes, query_secret: str | None = None
    ) -> Reception:
        """Decide about a webhook, and ask for the sync it asks for.

        Args:
            headers: Of the request, in any capitals.
            body: As it came, byte by byte: signatures are over these bytes.
            query_secret: The value of `?secret=`; counts only where the source allows it.

        Raises:
            ErrSourceNotFound: There is no such source.
            ErrWebhookDisabled: The source takes none, or is disabled.
            ErrWebhookUnauthorized: It is neither signed with the secret nor carries it.
            QntxError: The secret cannot be read, or the job cannot be stored; the sender may try again.
        """
        source = self._sources.by_id(source_id)
        if not source.sync.webhook_enabled:
            raise ErrWebhookDisabled(source.name, f"qntx source update {source.name} --webhook on")
        if not source.enabled:
            raise ErrWebhookDisabled(source.name, f"qntx source enable {source.name}")
        delivery = read_webhook(
            {name.lower(): value for name, value in headers.items()},
            body,
            secret=self._sources.webhook_secret(source) if source.has_webhook_secret else None,
            query_secret=query_secret if source.sync.secret_in_query else None,
        )
        return self._ignored(source, delivery) or self._queued(source, delivery)

    def _ignored(self, source: Source, delivery: Delivery) -> Reception | None:
        if delivery.told is Told.PING:
            return Reception(status="ping", reason=f"'{source.name}' hears you.")
        if delivery.told is Told.OTHER:
            return Reception(status="ignored", reason=f"'{delivery.event}' changes no files.")
        if source.syncable and not concerns(delivery, source.settings):
            return Reception(status="ignored", reason=f"'{source.name}' does not follow {delivery.refs[0][:100]}.")
        return None

    def _queued(self, source: Source, delivery: Delivery) -> Reception:
        key = (source.id, delivery.once) if delivery.once is not None else None
        if key is not None and not self._is_new(key):
            return Reception(status="repeated", reason="This delivery came before.")
        try:
            job = self._enqueue(self._sources.sync_request(source, Trigger.WEBHOOK))
        except BaseException:
            self._forget(key)  # the sender tries again, and shall be heard then
            raise
        return Reception(status="queued", job=job)

    def _is_new(self, key: tuple[int, str]) -> bool:
        now = self._clock()
        with self._guard:
            while self._seen and now - next(iter(self._seen.values())) > REMEMBERED_US:
                self._seen.popitem(last=False)
            if key in self._seen:
                return False
            self._seen[key] = now
            if len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)
            return True

    def _forget(self, key: tuple[int, str] | None) -> None:
        if key is not None:
            with self._guard:
                self._seen.pop(key, None)
