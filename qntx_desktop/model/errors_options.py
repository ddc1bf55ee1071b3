"""What can be wrong with settings; re-exported by `errors`, where everybody finds them."""

from __future__ import annotations

from qntx_desktop.model.error_shape import Family, QntxError

__all__ = [
    "ErrConfigUnreadable",
    "ErrConfigUnwritable",
    "ErrInvalidOption",
    "ErrOptionNotFound",
]


class ErrInvalidOption(QntxError):
    """A value that the option does not take; `reason` goes on after the key."""

    code = "invalid_option"
    family = Family.INVALID

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(
            message=f"{key} {reason}",
            hint="See: qntx config",
            details={"key": key, "reason": reason},
        )


class ErrOptionNotFound(QntxError):
    """No option has this key; `nearest` is one that is spelled nearly so."""

    code = "option_not_found"
    family = Family.NOT_FOUND

    def __init__(self, key: str, nearest: str = "") -> None:
        super().__init__(
            message=f"There is no option '{key}'.",
            hint=f"Did you mean: {nearest}" if nearest else "See: qntx config",
            details={"key": key, "nearest": nearest},
        )


class ErrConfigUnreadable(QntxError):
    """The file of settings cannot be read; it stays as it is. `line` counts from 1."""

    code = "config_unreadable"
    family = Family.ENVIRONMENT

    def __init__(self, path: str, reason: str, line: int | None = None) -> None:
        where = f", line {line}" if line else ""
        super().__init__(
            message=f"The settings in {path}{where} cannot be used: {reason}",
            hint="Correct the file in an editor, or move it away to go back to the defaults. Nothing was changed.",
            details={"path": path, "reason": reason, "line": line},
        )


class ErrConfigUnwritable(QntxError):
    """The file of settings cannot be written; it stays as it is."""

    code = "config_unwritable"
    family = Family.ENVIRONMENT

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            message=f"The settings in {path} cannot be written: {reason}",
            hint="Allow writing there and see that the disk has room. Nothing was changed.",
            details={"path": path, "reason": reason},
        )
