"""What the floors below say in English, in the person's language.

What code asks for, how it is confined, how often a schedule runs. Pure; any thread. In English every text
comes out as it went in, and so does one that is not known here.
"""

from __future__ import annotations

import re

from qntx_desktop.model.asking import Ask
from qntx_desktop.ui.text import figure, tr

_ASKED = {
    "network": tr("connect to {}"),
    "write": tr("write {}"),
    "read": tr("read {}"),
    "secret": tr("be told the secret {}"),
    "package": tr("use the package {}"),
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
    return _HELD.get(words, words)


def timed(phrase: str) -> str:
    """How often a schedule runs: `every 5 minutes`; what a cron line says of itself stays English."""
    found = _INTERVAL.fullmatch(phrase)
    if found is None:
        return phrase
    one, many = _EVERY[found[2]]
    return many.format(number=figure(found[1])) if found[1] else one
