"""What can be wrong with backups; re-exported by `errors`, where everybody finds them."""

from __future__ import annotations

from qntx_desktop.model.error_shape import Family, QntxError

__all__ = ["ErrHomeInUse", "ErrHomeNotEmpty", "ErrInvalidBackup"]


class ErrInvalidBackup(QntxError):
    """A file that is no backup, or not whole. `entry` names the part, empty when it is about the file."""

    code = "invalid_backup"
    family = Family.INVALID

    def __init__(self, path: str, reason: str, entry: str = "", hint: str = "") -> None:
        super().__init__(
            message=f"{path}: {f'{entry}: ' if entry else ''}{reason}",
            hint=hint or "Nothing was changed. Use another backup.",
            details={"path": path, "entry": entry, "reason": reason},
        )


class ErrHomeNotEmpty(QntxError):
    """A backup would take the place of what stands in the home."""

    code = "home_not_empty"
    family = Family.CONFLICT

    def __init__(self, path: str, attestations: int | None) -> None:
        what = "a store that cannot be read" if attestations is None else f"{attestations:,} attestations"
        super().__init__(
            message=f"The home {path} is in use already: it holds {what}.",
            hint="Say --replace to put the backup in its place; what is there now is kept in its folder backups.",
            details={"path": path, "attestations": attestations},
        )


class ErrHomeInUse(QntxError):
    """A window or `qntx serve` works on the home, which would go on with what it has in memory."""

    code = "home_in_use"
    family = Family.CONFLICT

    def __init__(self, path: str) -> None:
        super().__init__(
            message=f"A window, qntx serve or a run is at work in {path}.",
            hint="Close it and try again. Nothing was changed.",
            details={"path": path},
            retryable=True,
        )
