"""What can be wrong with schedules; re-exported by `errors`, where everybody finds them."""

from __future__ import annotations

from qntx_desktop.model.error_shape import Family, QntxError

__all__ = [
    "ErrInvalidSchedule",
    "ErrScheduleNotFound",
]


class ErrInvalidSchedule(QntxError):
    """A time table that cannot be followed. `field` is interval, cron, timezone, missed or command."""

    code = "invalid_schedule"
    family = Family.INVALID

    def __init__(self, field: str, reason: str, hint: str = "") -> None:
        super().__init__(
            message=f"The schedule cannot be followed: {reason}",
            hint=hint or "Say --every 5m, or --cron '0 9 * * MON-FRI' for nine o'clock on working days.",
            details={"field": field, "reason": reason},
        )


class ErrScheduleNotFound(QntxError):
    """No schedule has this id."""

    code = "schedule_not_found"
    family = Family.NOT_FOUND

    def __init__(self, schedule_id: int) -> None:
        super().__init__(
            message=f"There is no schedule {schedule_id}.",
            hint="See: qntx schedule list",
            details={"schedule_id": schedule_id},
        )
