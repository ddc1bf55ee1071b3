"""Errors about plugins. Pure values; any thread."""

from __future__ import annotations

from qntx_desktop.model.error_shape import Family, QntxError

__all__ = ["ErrInvalidPlugin", "ErrPluginFailed", "ErrPluginNotFound", "ErrPluginTimeout", "ErrPluginUnavailable"]


class ErrPluginNotFound(QntxError):
    """No plugin of this name was added, and none lies where they are looked for."""

    code = "plugin_not_found"
    family = Family.NOT_FOUND

    def __init__(self, name: str) -> None:
        super().__init__(
            message=f"There is no plugin '{name}'.",
            hint="See: qntx plugin list. Add one with: qntx plugin add PATH",
            details={"plugin": name},
        )


class ErrInvalidPlugin(QntxError):
    """A program that cannot be a plugin, or a setting that a plugin does not take. `field` says which part."""

    code = "invalid_plugin"
    family = Family.INVALID

    def __init__(self, plugin: str, field: str, reason: str, hint: str = "") -> None:
        super().__init__(
            message=f"Plugin '{plugin}': {field}: {reason}",
            hint=hint or f"Correct {field} and try again.",
            details={"plugin": plugin, "field": field, "reason": reason},
        )


class ErrPluginUnavailable(QntxError):
    """A plugin does not answer now.

    Args:
        reason: Why, as a sentence.
        final: It will not by itself: somebody has to do something.
    """

    code = "plugin_unavailable"
    family = Family.ENVIRONMENT

    def __init__(self, plugin: str, reason: str, *, hint: str = "", final: bool = False) -> None:
        super().__init__(
            message=f"Plugin '{plugin}' is not available: {reason}",
            hint=hint or f"See: qntx plugin logs {plugin}",
            details={"plugin": plugin, "reason": reason, "final": final},
        )


class ErrPluginFailed(QntxError):
    """A plugin said that a job failed, or broke while it ran one."""

    code = "plugin_failed"
    family = Family.USER_CODE

    def __init__(self, plugin: str, handler: str, reason: str) -> None:
        super().__init__(
            message=f"Plugin '{plugin}' failed at {handler}: {reason}",
            hint=f"What it said meanwhile: qntx plugin logs {plugin}",
            details={"plugin": plugin, "handler": handler, "reason": reason},
        )


class ErrPluginTimeout(QntxError):
    """A plugin took longer for a job than it may."""

    code = "plugin_timeout"
    family = Family.USER_CODE

    def __init__(self, plugin: str, handler: str, timeout_s: float) -> None:
        super().__init__(
            message=f"Plugin '{plugin}' did not end {handler} within {timeout_s:g} s.",
            hint="Give its jobs more time: qntx config plugins.job_timeout_s SECONDS",
            details={"plugin": plugin, "handler": handler, "timeout_s": timeout_s},
        )
