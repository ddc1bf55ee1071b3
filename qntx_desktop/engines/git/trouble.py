"""What goes wrong in the git process, as plain words that may travel: no token, no library's own text.

Pure; used on both sides of the pipe.
"""

from __future__ import annotations

from typing import Any

from qntx_desktop.model.errors import ErrDiskFull, ErrRemoteUnreachable, ErrSyncFailed, QntxError

_UNREACHABLE = {
    "offline": ("The app is offline.", "Switch it on: qntx config network.offline false"),
    "unknown_host": ("The server's name is not known.", "Check the address, and the network."),
    "no_connection": ("The server cannot be reached.", "Check the address, the network and the proxy."),
    "timeout": ("The server did not answer in time.", ""),
    "too_slow": ("The sync took too long and was stopped.", ""),
    "cut": ("The server broke the connection off.", ""),
    "tls": ("The server's certificate is not trusted.", "Name your own authority in SSL_CERT_FILE."),
    "proxy": ("The proxy refused the connection.", "Check HTTPS_PROXY and NO_PROXY."),
    "unauthorized": (
        "The server wants a token, or refuses the one it got (401).",
        "Give a token that may read.",
    ),
    "forbidden": ("The server does not allow it (403).", "Give a token that may read this repository."),
    "not_found": ("There is no such repository, or the token may not see it (404).", "Check the address."),
    "throttled": ("The server asks to come back later (429).", ""),
    "server_error": ("The server failed.", ""),
    "redirect": (
        "The server sends to another address.",
        "Use the address that it sends to, if you trust it.",
    ),
    "not_git": (
        "The address answers with a web page, not as a git server.",
        "Use the address to clone from.",
    ),
    "protocol": ("The server does not speak git as expected.", "Check the address."),
}
_FAILED = {
    "no_branch": ("There is no such branch any more.", "Follow another one: qntx source update"),
    "no_tag": ("There is no such tag any more.", "Follow another one: qntx source update"),
    "no_commit": ("That commit is not there any more.", "Follow another one: qntx source update"),
    "empty": ("The repository has no commit yet.", "Push something first."),
    "damaged": ("What the server sent is damaged.", ""),
    "memory": ("The repository needs more memory than a sync may use.", ""),
    "too_large": ("The repository is larger than a sync may fetch.", "Use a smaller one."),
    "crashed": ("The git process ended unexpectedly.", "Sync again; if it stays, report it."),
}


class TroubleError(Exception):
    """Something that ends a sync. `reason` is a word of the tables above, or comes with its own sentence."""

    def __init__(self, reason: str, message: str = "", path: str | None = None, **details: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.message = message
        self.path = path
        self.details = details

    def to_json(self) -> dict[str, Any]:
        """What goes through the pipe."""
        return {"reason": self.reason, "message": self.message, "path": self.path, "details": self.details}


def error_of(shape: dict[str, Any]) -> QntxError:
    """The error that a person sees, of what came through the pipe."""
    reason, details = str(shape["reason"]), dict(shape.get("details") or {})
    if reason == "disk_full":
        return ErrDiskFull(str(details.get("folder", "")))
    if reason in _UNREACHABLE:
        message, hint = _UNREACHABLE[reason]
        return ErrRemoteUnreachable(reason, shape.get("message") or message, hint, **details)
    message, hint = _FAILED.get(reason, ("The sync failed.", ""))
    return ErrSyncFailed(reason, shape.get("message") or message, hint, path=shape.get("path"), **details)
