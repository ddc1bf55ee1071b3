"""Errors about runs on other computers. Pure values; any thread."""

from __future__ import annotations

from qntx_desktop.model.error_shape import Family, QntxError

__all__ = ["ErrWorkerLost"]


class ErrWorkerLost(QntxError):
    """A run had begun on a worker of the cluster that is not heard of any more; it does not go on there.

    Pulse starts such a job again like one whose app was ended, so a person sees this of a dry run only.
    """

    code = "worker_lost"
    family = Family.ENVIRONMENT

    def __init__(self, address: str) -> None:
        super().__init__(
            message=f"The worker that ran this was lost: {address}.",
            hint="Try again; when it happens again, look after the cluster.",
            details={"address": address},
            retryable=True,
        )
