"""What a handler asks for, said beside an answer on stderr.

Main thread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qntx_desktop.cli.cells import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qntx_desktop.cli.call import Call
    from qntx_desktop.model.asking import Ask
    from qntx_desktop.model.handler import HandlerVersion, Requires


def note_asks(call: Call, version: HandlerVersion, before: HandlerVersion | None = None) -> None:
    """Say what a version asks for beyond the default, or only what is more than an earlier version asked for."""
    from qntx_desktop.model.asking import asks_more
    from qntx_desktop.model.handler import requires_of

    if before is None:
        head, asks = "It asks to", asks_more(requires_of(version.requires))
    else:
        head = f"It asks for more than v{before.version}, to"
        asks = asks_more(requires_of(version.requires), requires_of(before.requires))
    if asks:
        call.printer.note(f"{head} {_sentences(asks)}.")
    if not version.allowed:
        name = f"{version.script_type} --version {version.version}" if version.version else version.script_type
        call.printer.note(f"It does not run until it is allowed: qntx handler allow {name}")


def note_requires(call: Call, requires: Requires) -> None:
    """Say what code asks for beyond the default."""
    from qntx_desktop.model.asking import asks_more

    asks = asks_more(requires)
    if asks:
        call.printer.note(f"It asks to {_sentences(asks)}.")


def _sentences(asks: Sequence[Ask]) -> str:
    *most, last = (shown(each.sentence) for each in asks)
    return f"{', '.join(most)} and {last}" if most else last
