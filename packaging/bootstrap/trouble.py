"""The one error of the bootstrap: a line that says what is wrong and a line that says what to do."""

from __future__ import annotations

#: Exit code of everything that the machine, not the person's input, stands in the way of.
EXIT_ENVIRONMENT = 5


class SetupError(Exception):
    """Set-up cannot go on.

    Args:
        message: What is wrong, in one line.
        hint: What the person can do about it, in one line.
    """

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
