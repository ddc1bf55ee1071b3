"""Every error the product can tell a person, as one tree with one JSON shape.

Pure values; any thread. Doors (window, CLI, API) map a `Family` to a banner, an exit code or a status, and
never read meaning out of the message text.

    QntxError
    |- invalid input    ErrInvalidCommand ErrUnknownFlag ErrInvalidHandlerName ErrEmptyCode ErrSyntax ErrInvalidUrl
    |                   ErrInvalidPayload ErrInvalidQuery ErrInvalidAttestation ErrInvalidBundle
    |                   ErrPackagesUnresolved ErrInvalidOption ErrInvalidSchedule ErrInvalidSource
    |                   ErrInvalidSecret ErrWrongRecoveryCode ErrInvalidRequest ErrInvalidToken ErrMethodNotAllowed
    |                   ErrBodyTooLarge ErrUnsupportedMediaType ErrRequestTimeout ErrInvalidPlugin ErrInvalidBackup
    |- not found        ErrNoIngestScript ErrJobNotFound ErrFileNotFound ErrAttestationNotFound
    |                   ErrHandlerNotFound ErrGlyphNotFound ErrOptionNotFound ErrScheduleNotFound ErrSourceNotFound
    |                   ErrSecretNotFound ErrRouteNotFound ErrTokenNotFound ErrHookNotFound ErrCanvasNotFound
    |                   ErrPluginNotFound ErrDeliveryNotFound
    |- conflict         ErrActiveJobExists ErrJobNotCancellable ErrStaleVersion ErrDuplicateName ErrStaleFile
    |                   ErrHomeNotEmpty ErrHomeInUse
    |- denied           ErrPermissionRequired ErrPathRefused ErrSourceNotEditable ErrSourceNotSyncable
    |                   ErrPathOutsideSource ErrWebhookDisabled ErrWebhookUnauthorized
    |                   ErrSecretNotDeclared ErrUnauthorized ErrScopeRequired ErrHostRefused ErrOriginRefused
    |- environment      ErrStoreBusy ErrDiskFull ErrStoreReadOnly ErrStoreCorrupt ErrStoreNewer ErrStoreFault
    |                   ErrHomeUnusable ErrUnexpected ErrPythonRequired ErrPackagesMissing
    |                   ErrConfigUnreadable ErrConfigUnwritable ErrRemoteUnreachable ErrKeyringUnavailable
    |                   ErrKeyringLocked ErrKeyMissing ErrSealBroken ErrTooManyRequests ErrPortTaken
    |                   ErrPluginUnavailable ErrWorkerLost
    `- the user's code  ErrHandlerFailed ErrHandlerTimeout ErrHandlerLimit ErrHandlerKilled ErrJobFailed
                        ErrCancelled ErrSyncFailed ErrPluginFailed ErrPluginTimeout

Source: the project's contract, section 2.
"""

from __future__ import annotations

from typing import Any

from qntx_desktop.model.error_shape import Family as Family
from qntx_desktop.model.error_shape import QntxError as QntxError
from qntx_desktop.model.error_shape import error_from_json as error_from_json
from qntx_desktop.model.errors_api import *  # noqa: F403 - what its __all__ names
from qntx_desktop.model.errors_backups import *  # noqa: F403 - what its __all__ names
from qntx_desktop.model.errors_canvases import *  # noqa: F403 - what its __all__ names
from qntx_desktop.model.errors_home import *  # noqa: F403 - what its __all__ names
from qntx_desktop.model.errors_options import *  # noqa: F403 - what its __all__ names
from qntx_desktop.model.errors_permissions import *  # noqa: F403 - what its __all__ names
from qntx_desktop.model.errors_plugins import *  # noqa: F403 - what its __all__ names
from qntx_desktop.model.errors_remote import *  # noqa: F403 - what its __all__ names
from qntx_desktop.model.errors_schedules import *  # noqa: F403 - what its __all__ names
from qntx_desktop.model.errors_secrets import *  # noqa: F403 - what its __all__ names
from qntx_desktop.model.errors_sources import *  # noqa: F403 - what its __all__ names


class _Invalid(QntxError):
    family = Family.INVALID


class ErrInvalidCommand(_Invalid):
    """The IX command or the command line cannot be read. `column` is 1-based, None when it is about the whole."""

    code = "invalid_command"

    def __init__(self, reason: str, column: int | None = None, hint: str = "", **details: Any) -> None:
        where = f" (column {column})" if column is not None else ""
        super().__init__(
            message=f"{reason}{where}",
            hint=hint or "A command looks like: ix csv ./people.csv",
            details={"reason": reason, "column": column, **details},
        )


class ErrUnknownFlag(_Invalid):
    """An option that the verb, or the built-in command, does not know."""

    code = "unknown_flag"

    def __init__(self, flag: str, verb: str = "", hint: str = "") -> None:
        super().__init__(
            message=f"Unknown option {flag}" + (f" for {verb}" if verb else ""),
            hint=hint or f"Try: qntx {verb} --help".replace("  ", " "),
            details={"flag": flag, "verb": verb},
        )


class ErrInvalidHandlerName(_Invalid):
    """A script type that breaks the rule. `position` is the 1-based place of the first bad character."""

    code = "invalid_handler_name"

    def __init__(self, name: str, position: int, reason: str) -> None:
        super().__init__(
            message=f"'{name}' is not a handler name: {reason}",
            hint="Use 1 to 64 small letters a-z, digits and hyphens, starting with a letter or digit.",
            details={"name": name, "position": position, "reason": reason},
        )


class ErrEmptyCode(_Invalid):
    """Code with nothing in it to run."""

    code = "empty_code"

    def __init__(self) -> None:
        super().__init__(message="There is no code to save.", hint="Write at least one statement.")


class ErrSyntax(_Invalid):
    """Code that Python cannot parse. `line` and `column` are 1-based."""

    code = "syntax_error"

    def __init__(self, reason: str, line: int, column: int) -> None:
        super().__init__(
            message=f"Line {line}, column {column}: {reason}",
            hint="Correct that line and try again; nothing was run or saved.",
            details={"reason": reason, "line": line, "column": column},
        )


class ErrInvalidPayload(_Invalid):
    """A job payload that its type refuses, or a canvas that cannot be read. `field` is a dotted path."""

    code = "invalid_payload"

    def __init__(self, job_type: str, field: str, reason: str, what: str = "", hint: str = "") -> None:
        usual = f"Correct {field} and try again." if field else "Correct the payload and try again."
        super().__init__(
            message=f"{what or f'The payload of {job_type}'} is not valid: {field}: {reason}",
            hint=hint or usual,
            details={"type": job_type, "field": field, "reason": reason},
        )


class ErrInvalidQuery(_Invalid):
    """An AX query that cannot be read. `column` is 1-based."""

    code = "invalid_query"

    def __init__(self, reason: str, column: int | None = None, hint: str = "") -> None:
        where = f" (column {column})" if column is not None else ""
        super().__init__(
            message=f"{reason}{where}",
            hint=hint or "A query looks like: alice is member of TEAM by hr",
            details={"reason": reason, "column": column},
        )


class ErrInvalidAttestation(_Invalid):
    """An attestation that the store refuses; `field` names the part, `limit` the bound that was broken.

    `column` counts from 1 in what was typed; it is in the details only where something was typed.
    """

    code = "invalid_attestation"

    def __init__(self, field: str, reason: str, limit: int | None = None, column: int | None = None) -> None:
        super().__init__(
            message=f"{field}: {reason}",
            hint=f"Correct {field}; nothing was stored.",
            details={"field": field, "reason": reason, "limit": limit} | ({"column": column} if column else {}),
        )


class _NotFound(QntxError):
    family = Family.NOT_FOUND


class ErrNoIngestScript(_NotFound):
    """No handler is in use for a script type. `retired_version` is the newest one, if it had any."""

    code = "no_ingest_script"

    def __init__(self, script_type: str, retired_version: int | None = None) -> None:
        details: dict[str, Any] = {"script_type": script_type}
        message = f"Nothing knows '{script_type}' yet."
        hint = f"Create a handler: qntx handler create {script_type} --file handler.py"
        if retired_version is not None:
            details["retired_version"] = retired_version
            message = f"The handler of '{script_type}' is retired."
            hint = f"Bring it back: qntx handler restore {script_type} --version {retired_version}"
        super().__init__(message=message, hint=hint, details=details)


class ErrJobNotFound(_NotFound):
    """No job has this id."""

    code = "job_not_found"

    def __init__(self, job_id: int) -> None:
        message = f"There is no job {job_id}."
        super().__init__(message=message, hint="See: qntx job list", details={"job_id": job_id})


class ErrFileNotFound(_NotFound):
    """A named file does not exist or cannot be read as one."""

    code = "file_not_found"

    def __init__(self, path: str, reason: str = "there is no such file") -> None:
        super().__init__(
            message=f"{path}: {reason}", hint="Check the path.", details={"path": path, "reason": reason}
        )


class ErrAttestationNotFound(_NotFound):
    """No attestation has this id."""

    code = "attestation_not_found"

    def __init__(self, asid: str) -> None:
        super().__init__(message=f"There is no attestation {asid}.", hint="See: qntx ax", details={"id": asid})


class ErrHandlerNotFound(_NotFound):
    """No handler, or no such version of it, was ever saved."""

    code = "handler_not_found"

    def __init__(self, script_type: str, version: int | None = None) -> None:
        what = f"'{script_type}'" if version is None else f"'{script_type}' version {version}"
        super().__init__(
            message=f"There is no handler {what}.",
            hint="See: qntx handler list",
            details={"script_type": script_type, "version": version},
        )


class ErrGlyphNotFound(_NotFound):
    """A canvas has no such glyph."""

    code = "glyph_not_found"

    def __init__(self, glyph_id: int) -> None:
        super().__init__(message=f"There is no glyph {glyph_id}.", details={"glyph_id": glyph_id})


class _Conflict(QntxError):
    family = Family.CONFLICT


class ErrActiveJobExists(_Conflict):
    """Something with a running job cannot be removed or renamed, and a job that has not ended not done again."""

    code = "active_job_exists"

    def __init__(self, job_id: int, what: str, state: str = "") -> None:
        super().__init__(
            message=f"{what} is still {state}." if state else f"{what} has a running job ({job_id}).",
            hint=f"Wait for it, or cancel it: qntx job cancel {job_id}",
            details={"job_id": job_id, "what": what},
        )


class ErrJobNotCancellable(_Conflict):
    """The job has already ended."""

    code = "job_not_cancellable"

    def __init__(self, job_id: int, status: str) -> None:
        super().__init__(message=f"Job {job_id} is already {status}.", details={"job_id": job_id, "status": status})


class ErrStaleVersion(_Conflict):
    """Somebody saved a newer version in between."""

    code = "stale_version"

    def __init__(self, script_type: str, expected: int, actual: int) -> None:
        super().__init__(
            message=f"'{script_type}' is at version {actual}, not {expected}.",
            hint="Open the newer version, or save again to put yours on top.",
            details={"script_type": script_type, "expected": expected, "actual": actual},
        )


class _Environment(QntxError):
    family = Family.ENVIRONMENT


class ErrStoreBusy(_Environment):
    """Another process holds the store's write lock for too long."""

    code = "store_busy"

    def __init__(self, path: str) -> None:
        super().__init__(
            message="The store is busy.",
            hint="Another program is writing; try again in a moment.",
            details={"path": path},
            retryable=True,
        )


class ErrDiskFull(_Environment):
    """The disk has no room for what must be kept."""

    code = "disk_full"

    def __init__(self, path: str) -> None:
        super().__init__(
            message="The disk is full; nothing more can be stored.",
            hint=f"Make room on the disk that holds {path}. Work goes on by itself when there is room.",
            details={"path": path},
            retryable=True,
        )


class ErrStoreReadOnly(_Environment):
    """The store cannot be written."""

    code = "store_read_only"

    def __init__(self, path: str) -> None:
        super().__init__(
            message="The store cannot be written.",
            hint=f"Allow writing to {path}, or choose another home with --home.",
            details={"path": path},
            retryable=True,
        )


class ErrStoreCorrupt(_Environment):
    """The database file is damaged; it is kept aside, never replaced in silence."""

    code = "store_corrupt"

    def __init__(self, path: str, reason: str, backup: str | None = None) -> None:
        super().__init__(
            message=f"The store is damaged: {reason}",
            hint=(
                f"Nothing was changed. The newest good backup is {backup}: qntx restore, with --replace."
                if backup
                else "Nothing was changed. No backup was found; keep the file and its -wal beside it."
            ),
            details={"path": path, "reason": reason, "backup": backup},
        )


class ErrStoreNewer(_Environment):
    """The database was written by a later version of the app."""

    code = "store_newer"

    def __init__(self, path: str, found: int, known: int, written_by: str) -> None:
        super().__init__(
            message=f"The store was written by a newer version ({written_by}).",
            hint="Nothing was changed. Update the app, or choose another home with --home.",
            details={"path": path, "schema": found, "known_schema": known, "written_by": written_by},
        )


class ErrStoreFault(_Environment):
    """The store failed in a way that is none of the others; the reason is the library's own."""

    code = "store_fault"

    def __init__(self, reason: str, path: str = "") -> None:
        super().__init__(
            message=f"The store failed: {reason}",
            hint="Try again; if it stays, restart the app.",
            details={"reason": reason, "path": path},
            retryable=True,
        )


class ErrUnexpected(_Environment):
    """A defect of ours. The traceback goes to the log, not to the person."""

    code = "unexpected"

    def __init__(self, reason: str, kind: str = "") -> None:
        super().__init__(
            message=f"Something went wrong inside the app: {reason}",
            hint="The log in the home folder has the details.",
            details={"reason": reason, "kind": kind},
        )


class _UserCode(QntxError):
    family = Family.USER_CODE


class ErrHandlerFailed(_UserCode):
    """The code raised, or left with a non-zero exit code. `line` is 1-based in the script, None if unknown."""

    code = "handler_failed"

    def __init__(
        self,
        exception: str,
        message: str,
        line: int | None = None,
        traceback: str = "",
        exit_code: int | None = None,
        hint: str = "",
    ) -> None:
        where = f" (line {line})" if line else ""
        text = f"{exception}: {message}" if message else exception
        super().__init__(
            message=f"{text}{where}",
            hint=hint,
            details={
                "exception": exception,
                "message": message,
                "line": line,
                "traceback": traceback,
                "exit_code": exit_code,
            },
        )


class ErrHandlerTimeout(_UserCode):
    """The code ran longer than it may."""

    code = "handler_timeout"

    def __init__(self, timeout_s: float) -> None:
        super().__init__(
            message=f"Stopped after {timeout_s:g} s.",
            hint='Give it more time with  # timeout = "120s"  under [tool.qntx] in its inline metadata.',
            details={"timeout_s": timeout_s},
        )


class ErrHandlerLimit(_UserCode):
    """The code hit a limit other than time."""

    code = "handler_limit"

    def __init__(self, limit: str, value: str, hint: str = "", **details: Any) -> None:
        super().__init__(
            message=f"The {limit} limit of {value} was reached.",
            hint=hint,
            details={"limit": limit, "value": value, **details},
        )


class ErrHandlerKilled(_UserCode):
    """The process was ended by a signal that the app did not send."""

    code = "handler_killed"

    def __init__(self, signal: str) -> None:
        super().__init__(
            message=f"The process was ended by {signal}.",
            hint="A crash in native code or the system's memory guard does this.",
            details={"signal": signal},
        )


class ErrJobFailed(_UserCode):
    """A job ended badly for a reason of the job system itself, such as `interrupted_twice`."""

    code = "job_failed"

    def __init__(self, reason: str, message: str, hint: str = "", **details: Any) -> None:
        super().__init__(message=message, hint=hint, details={"reason": reason, **details})


class ErrCancelled(_UserCode):
    """The person (or quitting) stopped it."""

    code = "cancelled"

    def __init__(self, reason: str = "", message: str = "Cancelled.") -> None:
        super().__init__(message=message, details={"reason": reason} if reason else {})


class ErrSuperseded(_UserCode):
    """A newer request took the place of this pending job."""

    code = "superseded"

    def __init__(self, by_job_id: int) -> None:
        super().__init__(message=f"Replaced by job {by_job_id}.", details={"by_job_id": by_job_id})


class ErrInterruptedTwice(_UserCode):
    """The process that ran the job was lost twice."""

    code = "interrupted_twice"

    def __init__(self) -> None:
        super().__init__(
            message="Interrupted twice, so it was not started again.",
            hint="Run it again when the reason is clear.",
        )
