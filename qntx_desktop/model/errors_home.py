"""What can be wrong with the home folder itself; re-exported by `errors`, where everybody finds it.

The window takes it from here: before its first paint it needs no other error.
"""

from __future__ import annotations

from qntx_desktop.model.error_shape import Family, QntxError

__all__ = ["ErrHomeUnusable"]


class ErrHomeUnusable(QntxError):
    """The home folder cannot be made or entered."""

    code = "home_unusable"
    family = Family.ENVIRONMENT

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            message=f"The home folder {path} cannot be used: {reason}",
            hint="Choose another with --home or QNTX_HOME.",
            details={"path": path, "reason": reason},
        )
