"""Webhooks that start a handler: make them, receive what comes, look at it and do it again.

Any thread but the GUI's. A delivery, its job and the memory of it are one transaction, so that one that comes twice
starts one job, also after a kill.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qntx_desktop.model.errors import (
    ErrDeliveryNotFound,
    ErrDuplicateName,
    ErrHookNotFound,
    ErrWebhookDisabled,
    ErrWebhookUnauthorized,
    QntxError,
)
from qntx_desktop.model.hook import HOOK, SOURCE, DeliveryRecord, Hook, Outcome, new_secret, payload_of
from qntx_desktop.model.ix import check_handler_name
from qntx_desktop.model.job import PYTHON_SCRIPT, Job, JobRequest, Trigger
from qntx_desktop.model.plugin import split_type
from qntx_desktop.model.source import check_webhook_secret
from qntx_desktop.model.webhook import Delivery, Told, read_webhook
from qntx_desktop.services.ports import Sealer
from qntx_desktop.services.webhooks import Reception
from qntx_desktop.store import hooks as stored
from qntx_desktop.store.database import Database, Tx
from qntx_desktop.store.secrets import place_of

if TYPE_CHECKING:
    from qntx_desktop.services.queue import Queue
    from qntx_desktop.services.runs import Runs


class HookReader:
    """The webhooks of handlers, looked at."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def list(self) -> tuple[Hook, ...]:
        """All of them, by name."""
        with self._db.read() as connection:
            return stored.every(connection)

    def get(self, name: str) -> Hook:
        """One by its name.

        Raises:
            ErrHookNotFound: There is none.
        """
        with self._db.read() as connection:
            found = stored.get(connection, name)
        if found is None:
            raise ErrHookNotFound(name)
        return found

    def deliveries(self, name: str, limit: int = 50) -> tuple[DeliveryRecord, ...]:
        """What came to a webhook, newest first.

        Raises:
            ErrHookNotFound: There is none.
        """
        hook = self.get(name)
        with self._db.read() as connection:
            return stored.deliveries(connection, HOOK, hook.id, limit)

    def source_deliveries(self, source_id: int, limit: int = 50) -> tuple[DeliveryRecord, ...]:
        """What came to the webhook of a code source, newest first."""
        with self._db.read() as connection:
            return stored.deliveries(connection, SOURCE, source_id, limit)


class Hooks(HookReader):
    """The webhooks of handlers."""

    def __init__(self, db: Database, sealer: Sealer, runs: Runs, queue: Queue) -> None:
        super().__init__(db)
        self._sealer = sealer
        self._runs = runs
        self._queue = queue

    def add(
        self, name: str, script_type: str = "", args: Sequence[str] = (), secret: str | None = None
    ) -> tuple[str, Hook]:
        """Make an address that starts `ix <script_type> <args>`; the handler may come later.

        Args:
            script_type: Empty: the name.
            secret: None: a new one.

        Returns:
            The secret, which is shown now and never again, and what is kept.

        Raises:
            ErrInvalidHandlerName, ErrInvalidSource: The name, the type or the secret cannot be.
            ErrDuplicateName: The name is taken.
            QntxError: There is no key to seal the secret with.
        """
        check_handler_name(name)
        check_handler_name(script_type or name)
        given = check_webhook_secret(secret) if secret is not None else new_secret()
        self._sealer.ready()
        made = self._db.write(
            lambda tx: stored.insert(tx, name=name, script_type=script_type or name, args=tuple(args))
        )
        if made is None:
            raise ErrDuplicateName(name, "A webhook")
        return given, self._sealed(made, given)

    def rotate(self, name: str, secret: str | None = None) -> tuple[str, Hook]:
        """Give a webhook another secret; the old one is worth nothing from now on.

        Raises:
            ErrHookNotFound, ErrInvalidSource, QntxError: As `add`.
        """
        hook = self.get(name)
        given = check_webhook_secret(secret) if secret is not None else new_secret()
        self._sealer.ready()
        return given, self._sealed(hook, given)

    def enable(self, name: str, enabled: bool = True) -> Hook:
        """Open the address again, or close it.

        Raises:
            ErrHookNotFound: There is none.
        """
        hook = self.get(name)
        self._db.write(lambda tx: stored.set_enabled(tx, hook.id, enabled))
        return self.get(name)

    def remove(self, name: str) -> Hook:
        """Forget a webhook and what came to it; jobs that it started stay.

        Raises:
            ErrHookNotFound: There is none.
        """
        hook = self.get(name)
        self._db.write(lambda tx: stored.remove(tx, hook))
        return hook

    def receive(self, name: str, headers: Mapping[str, str], body: bytes) -> Reception:
        """Start the handler with what came.

        Args:
            headers: Of the request, in any capitals.
            body: As it came, byte by byte: signatures are over these bytes.

        Raises:
            ErrHookNotFound, ErrWebhookDisabled: There is none, or it is closed.
            ErrWebhookUnauthorized: It is neither signed with the secret nor carries it.
            ErrInvalidRequest, ErrUnsupportedMediaType, ErrInvalidPayload: The body cannot be handed on.
            ErrNoIngestScript: Nobody knows the type.
        """
        hook = self.get(name)
        if not hook.enabled:
            raise ErrWebhookDisabled(hook.name, f"qntx hook enable {hook.name}")
        small = {key.lower(): value for key, value in headers.items()}
        try:
            delivery = read_webhook(small, body, secret=self._secret(hook), query_secret=None)
        except ErrWebhookUnauthorized as error:
            self.note(HOOK, hook.id, Outcome.REFUSED, reason=str(error.details["reason"]))
            raise
        if delivery.told is Told.PING:
            self.note(HOOK, hook.id, Outcome.PING, event=delivery.event)
            return Reception(status="ping", reason=f"'{hook.name}' hears you.")
        try:
            request = self._request(hook, delivery, small, body)
        except QntxError as error:
            self.note(HOOK, hook.id, Outcome.IGNORED, event=delivery.event, reason=error.message)
            raise
        return self._queued(hook, delivery, request)

    def note(self, target: str, target_id: int, outcome: Outcome, *, event: str = "", reason: str = "") -> None:
        """Keep that something came and started nothing."""
        self._db.write(
            lambda tx: stored.note(tx, target, target_id, event=event, outcome=outcome, reason=reason[:500])
        )

    def note_source(self, source_id: int, reception: Reception, event: str) -> None:
        """Keep what was made of the webhook of a code source."""
        job_id = reception.job.id if reception.job is not None else None
        outcome = Outcome(reception.status)
        self._db.write(
            lambda tx: stored.note(
                tx, SOURCE, source_id, event=event[:100], outcome=outcome, reason=reception.reason, job_id=job_id
            )
        )

    def deliver_again(self, delivery_id: int) -> Job:
        """Do again what a delivery started, with the same payload and the handler of now.

        Raises:
            ErrDeliveryNotFound: There is no such delivery, or it started nothing.
            ErrJobNotFound: Retention has removed its job.
            ErrActiveJobExists: It has not ended.
        """
        with self._db.read() as connection:
            found = stored.delivery(connection, delivery_id)
        if found is None or found.job_id is None:
            raise ErrDeliveryNotFound(delivery_id)
        job = self._queue.retry(found.job_id)
        self._db.write(
            lambda tx: stored.note(
                tx,
                found.target,
                found.target_id,
                event=found.event,
                outcome=Outcome.QUEUED,
                reason="again",
                job_id=job.id,
            )
        )
        return job

    def _request(self, hook: Hook, delivery: Delivery, headers: Mapping[str, str], body: bytes) -> JobRequest:
        event = ["--event", delivery.event] if delivery.event else []
        typed = ["ix", hook.script_type, *hook.args, *event]
        _, request = self._runs.request_ix(typed, base=None, bare=False, trigger=Trigger.WEBHOOK)
        payload = payload_of(headers, body)
        if request.type == PYTHON_SCRIPT or split_type(request.type) is not None:
            request = replace(request, payload={**request.payload, "payload": payload})
        self._queue.check(request)
        return request

    def _queued(self, hook: Hook, delivery: Delivery, request: JobRequest) -> Reception:
        once = delivery.once or ""

        def work(tx: Tx) -> Job | None:
            if once and stored.came_before(tx.connection, HOOK, hook.id, once):
                stored.note(tx, HOOK, hook.id, event=delivery.event, outcome=Outcome.REPEATED)
                return None
            job = self._queue.enqueue_in(tx, request)
            stored.note(
                tx, HOOK, hook.id, event=delivery.event, outcome=Outcome.QUEUED, delivery=once, job_id=job.id
            )
            return job

        job = self._db.write(work)
        if job is None:
            return Reception(status="repeated", reason="This delivery came before.")
        return Reception(status="queued", job=job)

    def _sealed(self, hook: Hook, secret: str) -> Hook:
        sealed = self._sealer.seal(secret, place_of("api_hook", "sealed", hook.id))
        self._db.write(lambda tx: stored.put_secret(tx, hook.id, sealed))
        return self.get(hook.name)

    def _secret(self, hook: Hook) -> str:
        with self._db.read() as connection:
            sealed = stored.secret(connection, hook.id)
        if not sealed:  # its making was cut short
            raise ErrWebhookDisabled(hook.name, f"qntx hook rotate {hook.name}")
        return self._sealer.open(sealed, place_of("api_hook", "sealed", hook.id))
