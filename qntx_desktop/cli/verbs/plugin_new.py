"""`qntx plugin new`: a folder with a plugin that works, and tests that pass."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qntx_desktop.cli.grammar import Option, Verb

if TYPE_CHECKING:
    from qntx_desktop.cli.call import Call


def _new(call: Call) -> int:
    from qntx_desktop.app.new_plugin import has_plugins, plugin_template

    made = plugin_template().write(call.words[0], Path(call.text("--in") or ".").expanduser())
    if call.as_json:
        paths = {"folder": str(made.folder), "launcher": str(made.launcher)}
        call.printer.document({"name": made.name, **paths, "python": made.python})
        return 0
    call.printer.readable(f"{made.folder}")
    call.printer.note(f"Try its tests:  cd {made.folder} && {made.python} -m unittest")
    call.printer.note(f"Then add it:    qntx plugin add {made.launcher}")
    if not has_plugins():
        call.printer.note("Plugins need an extra: pip install 'qntx-desktop[plugins]'")
    return 0


VERBS = (
    Verb(
        path=("plugin", "new"),
        summary="Write a plugin in Python that works, with tests",
        run=_new,
        arguments=("NAME",),
        options=(Option(name="--in", value="DIR", help="the folder that gets the new folder; else this one"),),
        examples=("plugin new weather", "plugin new weather --in ~/plugins"),
    ),
)
