"""The first lines of a new handler: a template for its type, with its own arguments named in it.

Pure; any thread. The texts are files under `resources/templates`; the app reads them and hands them in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

GENERAL = "general"
_TEMPLATE_OF_TYPE = {"csv": "csv", "tsv": "csv", "json": "json"}
_MAX_SHOWN_CHARS = 200


class Templates:
    """Gives a template for any script type."""

    names = ("csv", "json", GENERAL)

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def template_for(self, script_type: str, args: Sequence[str]) -> str:
        """Code that runs as it stands, for a type and the arguments it was first called with.

        Args:
            script_type: A valid script type.
            args: As typed; they are shown in a comment only.
        """
        text = self._texts[_TEMPLATE_OF_TYPE.get(script_type, GENERAL)]
        command = " ".join(["ix", script_type, *(_shown(arg) for arg in args)])
        if len(command) > _MAX_SHOWN_CHARS:
            command = f"{command[: _MAX_SHOWN_CHARS - 3]}..."
        return text.replace("@script_type@", script_type).replace("@command@", command)


def _shown(arg: str) -> str:
    """One argument inside a comment line: `repr` leaves no line break and no lone surrogate in it."""
    return arg if arg.isprintable() and " " not in arg and arg else repr(arg)
