"""What can be wrong with canvases as a whole; re-exported by `errors`, where everybody finds them."""

from __future__ import annotations

from qntx_desktop.model.error_shape import Family, QntxError

__all__ = ["ErrCanvasNotFound"]


class ErrCanvasNotFound(QntxError):
    """No canvas has this name or number."""

    code = "canvas_not_found"
    family = Family.NOT_FOUND

    def __init__(self, canvas: str | int) -> None:
        super().__init__(
            message=f"There is no canvas '{canvas}'.",
            hint="See: qntx canvas list",
            details={"canvas": canvas},
        )
