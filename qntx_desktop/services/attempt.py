"""One attempt at a job, from its claim to the moment its end is stored.

Lives on a lane's worker; `cancel` and `tick` may be called from any thread. Whatever happens inside, the job
ends in some stored way, and no exception leaves `run`.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from qntx_desktop.engines.sandbox.launcher import CancelReason, CancelToken
from qntx_desktop.model.errors import (
    ErrCancelled,
    ErrPermissionRequired,
    ErrPluginUnavailable,
    ErrUnexpected,
    ErrWorkerLost,
    Family,
    QntxError,
)
from qntx_desktop.model.events import JobChanged, Publish
from qntx_desktop.model.job import ExecutionStatus, Job, Outcome, Waiting
from qntx_desktop.services.gate import Gate
from qntx_desktop.services.jobs.job_type import JobType, RunContext, RunIdentity, Workbench
from qntx_desktop.services.run_record import StoredRun
from qntx_desktop.store import jobs, plugins
from qntx_desktop.store.database import Database, Tx
from qntx_desktop.store.job_recovery import recover_lost
from qntx_desktop.store.permit_holds import hold

_log = logging.getLogger(__name__)

QUIT: CancelReason = "quit"
CANCELLED: CancelReason = "cancelled"
AGAIN_S = 1.0
"""How long a run that could not begin is held back before its job may be claimed again."""
_FIRST_WAIT_S = 0.1
_LONGEST_WAIT_S = 2.0

NextIn = Callable[[Tx], "jobs.Claim | None"]


class Attempt:
    """Runs one claimed job and stores how it ended, however long the store takes to accept that.

    Args:
        given_up: Set when the app quits and will not wait for the store any longer; the next start then finds the
            job interrupted.
    """

    def __init__(
        self,
        *,
        db: Database,
        claim: jobs.Claim,
        job_type: JobType,
        bench: Workbench,
        gate: Gate,
        publish: Publish,
        given_up: threading.Event,
    ) -> None:
        self._db = db
        self._claim = claim
        self._job_type = job_type
        self._bench = bench
        self._gate = gate
        self._publish = publish
        self._given_up = given_up
        self.has_looked = False
        """Whether the transaction that stored the end asked for the next job; said by who asks."""
        self._record = StoredRun(db, claim)
        self._token = CancelToken()
        self._held: ErrPermissionRequired | ErrPluginUnavailable | None = None
        self._lost = ""

    @property
    def lane(self) -> str:
        """Whose workers it keeps busy."""
        return self._job_type.lane

    @property
    def job(self) -> Job:
        """The job as it was claimed."""
        return self._claim.job

    def cancel(self, reason: CancelReason) -> None:
        """Stop the run; `quit` puts its job back, `cancelled` ends it. The first reason counts."""
        self._token.cancel(reason)

    def tick(self) -> None:
        """Send waiting log lines and progress to the store."""
        self._record.outbox.tick()

    def run(self, next_in: NextIn) -> jobs.Claim | None:
        """Run the job and store its end, together with the claim of the next one.

        Args:
            next_in: Claims what this worker does next, in the transaction that stores the end.

        Returns:
            What was claimed, None when nothing was.
        """
        try:
            return self._keep(self._outcome(), next_in)
        except Exception:  # noqa: BLE001 - the lane must not hear of it, and the job is found at the next start
            _log.exception("job %d: its end could not be stored", self.job.id)
            return None
        finally:
            self._gate.resume(self)

    def _outcome(self) -> Outcome | None:
        """How the run ended; None when it never began and shall be tried again."""
        started, noted = time.monotonic(), self._claim.noted
        context = RunContext(
            payload=self.job.payload,
            run_id=str(self._claim.execution_id),
            record=self._record,
            cancel=self._token,
            bench=self._bench,
            schedule_id=self.job.schedule_id,
            job_id=self.job.id,
            noted=noted if isinstance(noted, RunIdentity) else None,
        )
        try:
            if self._token.requested:
                return _cancelled(self._token.reason or CANCELLED)
            return self._job_type.run(context)
        except ErrPermissionRequired as error:
            self._held = error
            return None
        except ErrPluginUnavailable as error:
            if self._record.begun or self._bench.plugins.when_away == "fail":
                return _failed(error, started)
            self._held = error
            return None
        except ErrWorkerLost as error:
            self._lost = error.message
            return None
        except QntxError as error:
            if error.retryable and not self._record.begun:
                self._gate.pause(self, error)
                self._given_up.wait(AGAIN_S)
                return None
            return _failed(error, started)
        except Exception as error:  # noqa: BLE001 - a defect of ours must end this job, not the runner
            _log.exception("job %d failed unexpectedly", self.job.id)
            return _failed(ErrUnexpected(str(error), type(error).__name__), started)

    def _keep(self, outcome: Outcome | None, next_in: NextIn) -> jobs.Claim | None:
        stopped_by_quit = (
            outcome is not None and outcome.status is ExecutionStatus.CANCELLED and self._token.reason == QUIT
        )
        if outcome is None or stopped_by_quit:
            self._until_stored(self._put_back)
            return None
        ended = outcome

        def end_and_go_on(tx: Tx) -> jobs.Claim | None:
            self._finish(tx, ended)
            return next_in(tx)

        try:
            return self._db.write(end_and_go_on)
        except Exception as error:  # noqa: BLE001 - the end alone is tried again, and what is wrong with it told
            self.has_looked = False
            self._record.outbox.put_back()
            if not isinstance(error, QntxError):
                _log.warning("job %d: its end and the next claim together: %r", self.job.id, error)
        try:
            self._until_stored(lambda tx: self._finish(tx, ended))
        except Exception as error:  # noqa: BLE001 - such as an outcome that the store cannot hold
            _log.exception("job %d: its outcome could not be stored", self.job.id)
            plain = replace(
                ended,
                status=ExecutionStatus.FAILED,
                stdout="",
                stderr="",
                result=None,
                state_json=None,
                error=ErrUnexpected(str(error), type(error).__name__).to_json(),
            )
            self._until_stored(lambda tx: self._finish(tx, plain))
        return None

    def _finish(self, tx: Tx, outcome: Outcome) -> None:
        self._record.outbox.empty_into(tx)
        self._record.settle(tx)
        jobs.finish(tx, self._claim, outcome, memory_key=self._record.memory_key)

    def _put_back(self, tx: Tx) -> None:
        self._record.outbox.empty_into(tx)
        if isinstance(self._held, ErrPluginUnavailable):
            plugins.hold(tx, self._claim, self._held)
        elif self._held is not None:
            hold(tx, self._claim, self._held)
        elif self._lost:
            recover_lost(tx, self.job, self._lost)
        else:
            jobs.release(tx, self._claim)

    def _until_stored(self, work: Callable[[Tx], None]) -> None:
        """Write, again and again while the trouble is the store's; the queue pauses meanwhile."""
        wait_s = _FIRST_WAIT_S
        while not self._given_up.is_set():
            try:
                self._db.write(work)
                return
            except QntxError as error:
                if error.family is not Family.ENVIRONMENT:
                    _log.warning("job %d is not ours any more: %s", self.job.id, error)
                    return
                self._record.outbox.put_back()
                self._say_unsaved(error)
            self._given_up.wait(wait_s)
            wait_s = min(wait_s * 2, _LONGEST_WAIT_S)
        _log.error("job %d: the app quits before its end could be stored", self.job.id)

    def _say_unsaved(self, error: QntxError) -> None:
        self._gate.pause(self, error)
        job = replace(self.job, waiting_code=Waiting.NOT_SAVED_YET, waiting_message="Finished, but not saved yet.")
        self._publish(JobChanged(job=job))


def _failed(error: QntxError, started: float) -> Outcome:
    return Outcome(
        status=ExecutionStatus.FAILED,
        error=error.to_json(),
        duration_ms=(time.monotonic() - started) * 1000,
    )


def _cancelled(reason: str) -> Outcome:
    error = ErrCancelled(reason, "Cancelled before it began.")
    return Outcome(status=ExecutionStatus.CANCELLED, error=error.to_json())
