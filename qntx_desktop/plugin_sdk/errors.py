"""What can go wrong between a plugin and its host, and between a plugin and its own declarations.

Pure; any thread.
"""

from __future__ import annotations


class PluginError(Exception):
    """Base of everything the SDK raises; the text is one or two sentences for a person."""


class DeclarationError(PluginError):
    """The class of a plugin declares something that cannot work; raised before anything is served."""


class SettingError(PluginError):
    """A setting is missing or of the wrong kind.

    Args:
        setting: Its name.
        reason: What is wrong with it.
    """

    def __init__(self, setting: str, reason: str) -> None:
        super().__init__(f"Setting '{setting}' {reason}.")
        self.setting = setting


class HostError(PluginError):
    """The host refused a call, or did not answer.

    Args:
        call: The method of the protocol, such as `Enqueue`.
        reason: What the host said.
        retryable: Whether the same call may work later.
    """

    def __init__(self, call: str, reason: str, *, retryable: bool = False) -> None:
        super().__init__(f"{call}: {reason}")
        self.call, self.reason, self.retryable = call, reason, retryable


class Cancelled(PluginError):
    """The host asked this job to stop, or gave up waiting for it. Let it pass: it ends the handler."""


class HTTPError(PluginError):
    """Answers a request with this status instead of a result.

    Args:
        status: From 400 to 599.
        message: For the caller.
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message
