"""Errors as HTTP tells them: the one shape, and a status by family or code. Pure."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from qntx_desktop.api.route import Answer
from qntx_desktop.model.errors import ErrMethodNotAllowed, ErrTooManyRequests, ErrUnexpected, Family, QntxError

_log = logging.getLogger(__name__)

OF_FAMILY: Mapping[Family, int] = {
    Family.INVALID: 400,
    Family.NOT_FOUND: 404,
    Family.CONFLICT: 409,
    Family.DENIED: 403,
    Family.ENVIRONMENT: 503,
    Family.USER_CODE: 422,
}
"""The user's own code fails inside a job, which is a good answer; what remains of that family could not begin."""

OF_CODE: Mapping[str, int] = {
    "unauthorized": 401,
    "webhook_unauthorized": 401,
    "method_not_allowed": 405,
    "request_timeout": 408,
    "body_too_large": 413,
    "unsupported_media_type": 415,
    "too_many_requests": 429,
    "unexpected": 500,
}
PRIVATE = frozenset({"path", "backup", "reason", "traceback"})
"""Details that name places of this computer; errors of the surroundings keep them to themselves."""


def status_of(error: QntxError) -> int:
    """The status that an error is answered with."""
    return OF_CODE.get(error.code, OF_FAMILY[error.family])


def answer_of_error(error: QntxError) -> Answer:
    """An error as it is told."""
    shape = error.to_json()
    if error.family is Family.ENVIRONMENT:
        shape["details"] = {key: value for key, value in shape["details"].items() if key not in PRIVATE}
    headers = {}
    if error.code in ("unauthorized", "webhook_unauthorized"):
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, ErrMethodNotAllowed):
        headers["Allow"] = ", ".join(error.details["allowed"])
    if isinstance(error, ErrTooManyRequests):
        headers["Retry-After"] = str(error.details["retry_after_s"])
    return Answer(body={"error": shape}, status=status_of(error), headers=headers)


def unexpected(error: Exception) -> Answer:
    """A defect of ours: the log gets all of it, the caller nothing of it."""
    _log.error("a call failed", exc_info=error)
    told = ErrUnexpected("the log says more")
    told.details = {}
    return answer_of_error(told)
