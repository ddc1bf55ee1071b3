"""The errors of the local API, its tokens and its webhooks; offered by `errors`, which everybody imports.

Pure values; any thread.
"""

from __future__ import annotations

from typing import Any

from qntx_desktop.model.error_shape import Family, QntxError

__all__ = [
    "ErrBodyTooLarge",
    "ErrDeliveryNotFound",
    "ErrHookNotFound",
    "ErrHostRefused",
    "ErrInvalidRequest",
    "ErrInvalidToken",
    "ErrMethodNotAllowed",
    "ErrOriginRefused",
    "ErrPortTaken",
    "ErrRequestTimeout",
    "ErrRouteNotFound",
    "ErrScopeRequired",
    "ErrTokenNotFound",
    "ErrTooManyRequests",
    "ErrUnauthorized",
    "ErrUnsupportedMediaType",
]


class ErrInvalidRequest(QntxError):
    """A request that cannot be read. `field` is a dotted path, such as `body.limit`; empty: the whole."""

    code = "invalid_request"
    family = Family.INVALID

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(
            message=f"{field} {reason}" if field else reason,
            hint="See: GET /openapi.json",
            details={"field": field, "reason": reason},
        )


class ErrInvalidToken(QntxError):
    """What was said about a client of the API cannot be; `field` names the part."""

    code = "invalid_token"
    family = Family.INVALID

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(
            message=f"{field}: {reason}",
            hint="See: qntx api token --help",
            details={"field": field, "reason": reason},
        )


class ErrRouteNotFound(QntxError):
    """Nothing answers at this address."""

    code = "route_not_found"
    family = Family.NOT_FOUND

    def __init__(self, path: str) -> None:
        super().__init__(
            message=f"There is nothing at {path[:200]}", hint="See: GET /openapi.json", details={"path": path[:200]}
        )


class ErrMethodNotAllowed(QntxError):
    """The address answers, but not to this method."""

    code = "method_not_allowed"
    family = Family.INVALID

    def __init__(self, method: str, allowed: tuple[str, ...]) -> None:
        super().__init__(
            message=f"{method[:20]} is not possible here.",
            hint=f"Use {' or '.join(allowed)}.",
            details={"method": method[:20], "allowed": list(allowed)},
        )


class ErrBodyTooLarge(QntxError):
    """More was sent than is taken here."""

    code = "body_too_large"
    family = Family.INVALID

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(
            message=f"The body has more than {limit_bytes:,} bytes.",
            hint="Send less at once.",
            details={"limit_bytes": limit_bytes},
        )


class ErrUnsupportedMediaType(QntxError):
    """The body is said to be something else than JSON, or is compressed."""

    code = "unsupported_media_type"
    family = Family.INVALID

    def __init__(self, found: str) -> None:
        super().__init__(
            message=f"The body is said to be '{found[:100]}'.",
            hint="Send it uncompressed, with Content-Type: application/json.",
            details={"content_type": found[:100]},
        )


class ErrRequestTimeout(QntxError):
    """The rest of a request did not come."""

    code = "request_timeout"
    family = Family.INVALID

    def __init__(self, seconds: float) -> None:
        super().__init__(
            message=f"The request was not complete after {seconds:g} s.",
            hint="Send it at once.",
            details={"seconds": seconds},
            retryable=True,
        )


class ErrTooManyRequests(QntxError):
    """A client asks more often than it may. `retry_after_s` says when it may again."""

    code = "too_many_requests"
    family = Family.ENVIRONMENT

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(
            message="Too many requests in a short time.",
            hint=f"Try again in {retry_after_s} s. The limit is set with: qntx config api.calls_per_minute",
            details={"retry_after_s": retry_after_s},
            retryable=True,
        )


class ErrUnauthorized(QntxError):
    """No token, or none that is known."""

    code = "unauthorized"
    family = Family.DENIED

    def __init__(self, reason: str = "there is no token") -> None:
        super().__init__(
            message=f"The request was refused: {reason}.",
            hint="Send the header Authorization: Bearer TOKEN. Make a token with: qntx api token",
            details={"reason": reason},
        )


class ErrScopeRequired(QntxError):
    """The token is good, but not for this."""

    code = "scope_required"
    family = Family.DENIED

    def __init__(self, scope: str, name: str) -> None:
        super().__init__(
            message=f"The token of '{name}' may not {scope}.",
            hint=f"Make one that may: qntx api token NAME --scopes read,{scope}",
            details={"scope": scope, "client": name},
        )


class ErrHostRefused(QntxError):
    """The request is addressed to another name than this computer's own."""

    code = "host_refused"
    family = Family.DENIED

    def __init__(self, host: str) -> None:
        super().__init__(
            message=f"The API does not answer as '{host[:100]}'.",
            hint="Use http://127.0.0.1 with the port of the API.",
            details={"host": host[:100]},
        )


class ErrOriginRefused(QntxError):
    """A web page asked that was not listed."""

    code = "origin_refused"
    family = Family.DENIED

    def __init__(self, origin: str) -> None:
        super().__init__(
            message=f"Pages of '{origin[:100]}' may not use the API.",
            hint="List it, if it is yours: qntx config api.origins http://localhost:3000",
            details={"origin": origin[:100]},
        )


class ErrTokenNotFound(QntxError):
    """No client of this name has a token."""

    code = "token_not_found"
    family = Family.NOT_FOUND

    def __init__(self, name: str) -> None:
        super().__init__(
            message=f"There is no token of '{name}'.", hint="See: qntx api tokens", details={"name": name}
        )


class ErrHookNotFound(QntxError):
    """No webhook has this name."""

    code = "hook_not_found"
    family = Family.NOT_FOUND

    def __init__(self, name: str, **details: Any) -> None:
        super().__init__(
            message=f"There is no webhook '{name[:80]}'.",
            hint="See: qntx hook list",
            details={"name": name[:80], **details},
        )


class ErrDeliveryNotFound(QntxError):
    """No delivery of this number started anything."""

    code = "delivery_not_found"
    family = Family.NOT_FOUND

    def __init__(self, delivery_id: int) -> None:
        super().__init__(
            message=f"There is no delivery {delivery_id} that started a job.",
            hint="See: qntx hook deliveries NAME",
            details={"delivery_id": delivery_id},
        )


class ErrPortTaken(QntxError):
    """Another program listens where the API should."""

    code = "port_taken"
    family = Family.ENVIRONMENT

    def __init__(self, port: int, reason: str) -> None:
        super().__init__(
            message=f"The API cannot listen on 127.0.0.1:{port}: {reason}",
            hint="Choose another port: qntx config api.port 8900",
            details={"port": port, "reason": reason},
            retryable=True,
        )
