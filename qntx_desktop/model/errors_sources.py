"""The errors of code sources; offered by `errors`, which everybody imports.

Pure values; any thread.

Source: the project's contract, section 2.
"""

from __future__ import annotations

from typing import Any

from qntx_desktop.model.error_shape import Family, QntxError

__all__ = [
    "ErrDuplicateName",
    "ErrInvalidSource",
    "ErrInvalidUrl",
    "ErrPathOutsideSource",
    "ErrRemoteUnreachable",
    "ErrSourceNotEditable",
    "ErrSourceNotFound",
    "ErrSourceNotSyncable",
    "ErrStaleFile",
    "ErrSyncFailed",
    "ErrWebhookDisabled",
    "ErrWebhookUnauthorized",
]


class ErrInvalidSource(QntxError):
    """What was said about a code source cannot be; `field` names the part."""

    code = "invalid_source"
    family = Family.INVALID

    def __init__(self, field: str, reason: str, hint: str = "", **details: Any) -> None:
        super().__init__(
            message=reason,
            hint=hint or f"Correct the {field} and try again.",
            details={"field": field, "reason": reason, **details},
        )


class ErrInvalidUrl(QntxError):
    """An address that is not fetched from. Details never hold what may be a password."""

    code = "invalid_url"
    family = Family.INVALID

    def __init__(self, reason: str, hint: str = "") -> None:
        super().__init__(
            message=reason,
            hint=hint or "An address looks like: https://example.com/team/repository.git",
            details={"field": "url", "reason": reason},
        )


class ErrSourceNotFound(QntxError):
    """No code source has this name."""

    code = "source_not_found"
    family = Family.NOT_FOUND

    def __init__(self, name: str) -> None:
        super().__init__(
            message=f"There is no code source '{name}'.", hint="See: qntx source list", details={"name": name}
        )


class ErrDuplicateName(QntxError):
    """A name is taken, maybe in another spelling of capitals."""

    code = "duplicate_name"
    family = Family.CONFLICT

    def __init__(self, name: str, what: str = "A code source") -> None:
        super().__init__(
            message=f"{what} called '{name}' exists already.",
            hint="Choose another name.",
            details={"name": name},
        )


class ErrSourceNotEditable(QntxError):
    """The files of this source come from elsewhere and are only read."""

    code = "source_not_editable"
    family = Family.DENIED

    def __init__(self, name: str, type: str) -> None:  # noqa: A002 - the word of the contract
        super().__init__(
            message=f"The files of '{name}' come from {type} and cannot be changed here.",
            hint="Change them where they come from and sync, or copy them to a manual source.",
            details={"name": name, "type": type},
        )


class ErrSourceNotSyncable(QntxError):
    """There is nothing to sync this source with."""

    code = "source_not_syncable"
    family = Family.DENIED

    def __init__(self, name: str, type: str) -> None:  # noqa: A002 - the word of the contract
        super().__init__(
            message=f"'{name}' is a {type} source: there is nothing to sync it with.",
            hint="Its files are what lies in its folder.",
            details={"name": name, "type": type},
        )


class ErrStaleFile(QntxError):
    """Somebody else changed the file since it was read."""

    code = "stale_file"
    family = Family.CONFLICT

    def __init__(self, path: str) -> None:
        super().__init__(
            message=f"{path} was changed or removed since it was opened.",
            hint="Open it again, or save again to put yours in its place.",
            details={"path": path},
        )


class ErrPathOutsideSource(QntxError):
    """A path that does not name a file inside its source."""

    code = "path_outside_source"
    family = Family.DENIED

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            message=f"'{path}' is not a path inside the source: {reason}",
            hint="Use a path such as lib/feed.py.",
            details={"path": path, "reason": reason},
        )


class ErrWebhookDisabled(QntxError):
    """The source, or the webhook of a handler, takes none now; `command` changes that."""

    code = "webhook_disabled"
    family = Family.DENIED

    def __init__(self, name: str, command: str) -> None:
        super().__init__(
            message=f"'{name}' takes no webhooks.",
            hint=f"Switch them on: {command}",
            details={"name": name, "command": command},
        )


class ErrWebhookUnauthorized(QntxError):
    """A webhook without the right signature or secret."""

    code = "webhook_unauthorized"
    family = Family.DENIED

    def __init__(self, reason: str) -> None:
        super().__init__(
            message=f"The webhook was refused: {reason}",
            hint="Give both sides the same secret.",
            details={"reason": reason},
        )


class ErrRemoteUnreachable(QntxError):
    """The server did not answer, or not as a git server does. `reason` is one word, such as `timeout`."""

    code = "remote_unreachable"
    family = Family.ENVIRONMENT

    def __init__(self, reason: str, message: str, hint: str = "", **details: Any) -> None:
        super().__init__(
            message=message,
            hint=hint or "The files that are here stay as they are. Try again later.",
            details={"reason": reason, **details},
            retryable=True,
        )


class ErrSyncFailed(QntxError):
    """What came cannot be used. `reason` is one word, such as `symlink`; `path` names the file, if one did it."""

    code = "sync_failed"
    family = Family.USER_CODE

    def __init__(
        self, reason: str, message: str, hint: str = "", path: str | None = None, **details: Any
    ) -> None:
        super().__init__(
            message=message,
            hint=hint or "The files that are here stay as they are.",
            details={"reason": reason, **details} | ({"path": path} if path is not None else {}),
        )
