"""The one shape of every error, and the families that doors map to exit codes and statuses.

Pure values; any thread. The leaves live in `errors`, which everybody imports; this room only holds what they share.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar


class Family(StrEnum):
    """What kind of trouble an error is; decides the exit code and the HTTP status."""

    INVALID = "invalid_input"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    DENIED = "denied"
    ENVIRONMENT = "environment"
    USER_CODE = "user_code"


_FAMILY_OF_CODE: dict[str, Family] = {}


class QntxError(Exception):
    """An error that a person is told about.

    Args:
        code: Stable machine-readable word, such as `no_ingest_script`.
        message: One sentence saying what happened.
        hint: One sentence saying what to do; may be empty.
        details: JSON-ready facts; keys are stable.
        retryable: True when the same request may succeed later unchanged.
        family: The family of the code; looked up when not given.
    """

    code: ClassVar[str] = ""
    family: ClassVar[Family] = Family.ENVIRONMENT

    def __init__(
        self,
        code: str = "",
        message: str = "",
        hint: str = "",
        details: Mapping[str, Any] | None = None,
        retryable: bool = False,
    ) -> None:
        super().__init__(message)
        if code:
            self.code = code  # type: ignore[misc]
        self.message = message
        self.hint = hint
        self.details: dict[str, Any] = dict(details or {})
        self.retryable = retryable
        if type(self) is QntxError:
            self.family = _FAMILY_OF_CODE.get(self.code, Family.USER_CODE)  # type: ignore[misc]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.code:
            _FAMILY_OF_CODE[cls.code] = cls.family

    def to_json(self) -> dict[str, Any]:
        """The inner error object: `{code, message, hint, details}`, as stored with jobs and printed by doors."""
        return {"code": self.code, "message": self.message, "hint": self.hint, "details": dict(self.details)}

    def __reduce__(self) -> tuple[Any, ...]:
        return (error_from_json, (self.to_json(),))


def error_from_json(shape: Mapping[str, Any]) -> QntxError:
    """Rebuild a stored error object; the result is a plain `QntxError` that keeps code, family and details."""
    return QntxError(
        code=str(shape.get("code", "unexpected")),
        message=str(shape.get("message", "")),
        hint=str(shape.get("hint", "")),
        details=shape.get("details") or {},
    )
