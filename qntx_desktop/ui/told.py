"""What the floors below say in English, in the person's language.

What errors say, what code asks for, how it is confined, how often a schedule runs. Pure; any thread. In English
every text comes out as it went in, and so does one that is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from qntx_desktop.model.asking import Ask
from qntx_desktop.model.error_shape import QntxError
from qntx_desktop.ui.below import translated
from qntx_desktop.ui.text import figure, language, tr

if TYPE_CHECKING:
    from qntx_desktop.model.schedule import Timing

_ASKED = {
    "network": tr("connect to {}"),
    "write": tr("write {}"),
    "read": tr("read {}"),
    "secret": tr("be told the secret {}"),
    "package": tr("use the package {}"),
    "where": tr("run on other computers, the cluster that is set"),
    "time": tr("run for up to {}"),
    "memory": tr("use up to {} of memory"),
}
_HELD = {
    "it is confined": tr("it is confined"),
    "it is only partly confined": tr("it is only partly confined"),
    "it is not confined": tr("it is not confined"),
    "confined": tr("confined"),
    "partly confined": tr("partly confined"),
    "not confined": tr("not confined"),
    "Confined": tr("Confined"),
    "Partly confined": tr("Partly confined"),
    "Not confined: a separate process with limits": tr("Not confined: a separate process with limits"),
}
_EVERY = {
    "day": (tr("every day"), tr("every {number} days")),
    "hour": (tr("every hour"), tr("every {number} hours")),
    "minute": (tr("every minute"), tr("every {number} minutes")),
    "second": (tr("every second"), tr("every {number} seconds")),
}
_INTERVAL = re.compile(r"every (?:([\d,]+) )?(day|hour|minute|second)s?")


def asked(ask: Ask) -> str:
    """One thing that code asks for, such as `connect to api.example.com:443`."""
    if ask.value == "any host":
        return _ASKED["network"].format(tr("any host"))
    value = figure(ask.value) if ask.kind in ("time", "memory") else ask.value
    return _ASKED[ask.kind].format(value) if ask.kind in _ASKED else ask.sentence


def held(words: str) -> str:
    """How code is confined."""
    return _HELD.get(words) or translated(words)


def timed(phrase: str, timing: Timing) -> str:
    """When a schedule runs: `every 5 minutes`, `on Monday to Friday at 09:00`.

    Args:
        phrase: What the floors below say of the timing.
    """
    if timing.cron is not None:
        from qntx_desktop.ui.cron_words import cron_words  # late: few schedules are cron lines

        return phrase if language() == "en" else cron_words(timing.cron)
    found = _INTERVAL.fullmatch(phrase)
    if found is None:
        return phrase
    one, many = _EVERY[found[2]]
    return many.format(number=figure(found[1])) if found[1] else one


def message(error: QntxError | Mapping[str, Any] | None) -> str:
    """What an error says, one that was raised or the shape of one that was kept; empty for none."""
    return _part(error, "message")


def hint(error: QntxError | Mapping[str, Any] | None) -> str:
    """What an error says to do."""
    return _part(error, "hint")


def whole(error: QntxError) -> str:
    """Message and hint on one line."""
    return f"{message(error)} {hint(error)}".strip()


def said(text: str, code: str = "") -> str:
    """A sentence of the floors below, such as why a job waits.

    Args:
        code: Of the error that it came from, if it is known.
    """
    return translated(text, code)


def _part(error: QntxError | Mapping[str, Any] | None, name: str) -> str:
    if not error:
        return ""
    if isinstance(error, QntxError):
        return translated(str(getattr(error, name)), error.code, error.details)
    details = error.get("details")
    known = details if isinstance(details, Mapping) else None
    return translated(str(error.get(name) or ""), str(error.get("code") or ""), known)
