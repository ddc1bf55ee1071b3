"""`qntx plugin`: programs that bring handlers of their own."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from qntx_desktop.cli.grammar import Option, Verb, usage_error
from qntx_desktop.model.errors import QntxError

if TYPE_CHECKING:
    from qntx_desktop.app.container import Services
    from qntx_desktop.cli.call import Call
    from qntx_desktop.model.plugin import Plugin, PluginLine

_MOST_LINES = 100_000
_LOOK_S = 0.3
_SWITCHES = {"on": True, "off": False}


def _add(call: Call) -> int:
    program, *args = call.words
    with call.services() as services:
        made = services.plugins.add(program, args, name=call.text("--name"))
        try:
            return _introduced(call, services, made.name)
        except QntxError as error:
            kept = call.flag("--keep")
            if not kept:
                services.plugins.remove(made.name)
            said = "It was added all the same" if kept else "It was not added; with --keep it is"
            error.hint = ". ".join(filter(None, (error.hint.rstrip("."), f"{said}.")))
            error.details["added"] = kept
            raise


def _enable(call: Call) -> int:
    with call.services() as services:
        services.plugins.enable(call.words[0])
        return _introduced(call, services, call.words[0])


def _disable(call: Call) -> int:
    with call.services() as services:
        plugin = services.plugins.enable(call.words[0], False)
    return _told(call, plugin, f"{plugin.name} is disabled. Jobs for it wait, or fail, as plugins.when_away says.")


def _restart(call: Call) -> int:
    with call.services() as services:
        services.plugins.restart(call.words[0])
        return _introduced(call, services, call.words[0])


def _introduced(call: Call, services: Services, name: str) -> int:
    plugin = services.plugins.introduce(name, services.lock)
    handlers = ", ".join(plugin.handlers) or "no handlers"
    return _told(call, plugin, f"{plugin.name} {plugin.announced.version} runs: {handlers}")


def _told(call: Call, plugin: Plugin, sentence: str) -> int:
    if call.as_json:
        call.printer.document(plugin.to_json())
    else:
        call.printer.readable(sentence)
        for problem in plugin.announced.problems:
            call.printer.note(f"Passed over: {problem}")
    return 0


def _list(call: Call) -> int:
    from qntx_desktop.cli.tables import print_table

    with call.readers() as readers:
        found, folder = readers.plugins.list(), readers.plugins.folder
    if call.as_json:
        call.printer.document([each.to_json() for each in found])
        return 0
    if not found:
        call.printer.note(f"There are no plugins. Add one with: qntx plugin add PATH, or put it into {folder}")
        return 0
    rows = [(each.name, _state(each), each.announced.version, ", ".join(each.handlers)) for each in found]
    print_table(call.printer, ("NAME", "STATE", "VERSION", "HANDLERS"), rows)
    return 0


def _state(plugin: Plugin) -> str:
    """How it stands; one that failed when it ran last says that."""
    from qntx_desktop.model.plugin import PluginState

    failed = plugin.error is not None and plugin.state is PluginState.STOPPED
    return "stopped, failed" if failed else str(plugin.state)


def _show(call: Call) -> int:
    from qntx_desktop.cli.cells import shown

    with call.readers() as readers:
        plugin = readers.plugins.get(call.words[0])
    if call.as_json:
        call.printer.document(plugin.to_json())
        return 0
    said = plugin.announced
    named = " ".join(filter(None, (plugin.name, said.version)))
    lines = [f"{named} is {plugin.state}", shown(said.description), plugin.path]
    lines += [str(plugin.error["message"])] if plugin.error else []
    lines += [f"handler  {each}" for each in plugin.handlers]
    lines += [f"schedule {each.handler} every {each.interval_s:,} s" for each in said.schedules]
    lines += [f"watcher  {each.id} runs {each.handler}" for each in said.watchers]
    lines += [f"setting  {each.name} = {plugin.config.get(each.name, each.default)}" for each in said.fields]
    declared = {each.name for each in said.fields}
    others = sorted(plugin.config.keys() - declared)
    lines += [f"setting  {each} = {plugin.config[each]} (not declared)" for each in others]
    lines += [f"Passed over: {each}" for each in said.problems]
    call.printer.readable("\n".join(line for line in lines if line))
    return 0


def _set(call: Call) -> int:
    """One switch or setting; without a value a setting goes back to its default."""
    from qntx_desktop.model.plugin import Era

    name, key, *rest = call.words
    if len(rest) > 1:
        raise usage_error("a setting has one value; quote one with spaces", "plugin set")
    value = rest[0] if rest else None
    with call.services() as services:
        if key == "era":
            if value not in set(Era):
                raise usage_error("era is auto, current or legacy", "plugin set")
            services.plugins.set_up(name, era=Era(value))
        elif key in ("shim", "any-version"):
            if value not in _SWITCHES:
                raise usage_error(f"{key} is on or off", "plugin set")
            chosen = _SWITCHES[value]
            if key == "shim":
                services.plugins.set_up(name, shim=chosen)
            else:
                services.plugins.set_up(name, any_version=chosen)
        else:
            config = dict(services.plugins.get(name).config)
            config.pop(key, None)
            services.plugins.configure(name, config | ({key: value} if value is not None else {}))
            _note_undeclared(call, services.plugins.get(name), key)
        plugin = services.plugins.get(name)
    return _told(call, plugin, f"{plugin.name} is set up; where it runs, it is started anew.")


def _note_undeclared(call: Call, plugin: Plugin, key: str) -> None:
    """Say that a setting may have no effect; plugins may read what they do not declare, so it is set."""
    declared = sorted(each.name for each in plugin.announced.fields)
    if declared and key in plugin.config and key not in declared:
        call.printer.note(f"{plugin.name} declares no setting {key}; it has {', '.join(declared)}.")


def _logs(call: Call) -> int:
    from qntx_desktop.cli.wording import moment

    limit = call.number("--limit", 1, _MOST_LINES) or 200
    name = call.words[0]
    with call.readers() as readers:
        lines = readers.plugins.logs(name, limit)
        if call.as_json:
            call.printer.document([each.to_json() for each in lines])
            return 0
        while True:
            for line in lines:
                call.printer.readable(f"{moment(line.at_us)} {line.level:7} {_shown_lines(line.words)}")
            if not call.flag("--follow"):
                return 0
            seen = lines[-1] if lines else None
            time.sleep(_LOOK_S)
            found = readers.plugins.logs(name, _MOST_LINES)
            lines = tuple(each for each in found if seen is None or _is_later(each, seen))


def _shown_lines(text: str) -> str:
    """Signs that would drive a terminal are spelled; the lines of a traceback stay lines."""
    from qntx_desktop.cli.cells import shown

    return "\n".join(map(shown, text.split("\n")))


def _is_later(line: PluginLine, seen: PluginLine) -> bool:
    return (line.at_us, line.seq) > (seen.at_us, seen.seq)


def _remove(call: Call) -> int:
    with call.services() as services:
        plugin = services.plugins.remove(call.words[0])
    return _told(call, plugin, f"{plugin.name} is forgotten. Its program stays where it is.")


VERBS = (
    Verb(
        path=("plugin", "add"),
        summary="Add a plugin, start it, and say what it announces",
        run=_add,
        arguments=("PATH", "[ARGS...]"),
        options=(
            Option(name="--name", value="NAME", help="as it calls itself; from the file name unless told"),
            Option(name="--keep", help="add it also when it does not start"),
        ),
        examples=("plugin add ./qntx-weather-plugin", "plugin add weather"),
    ),
    Verb(path=("plugin", "list"), summary="List the plugins, and what lies in the plugins folder", run=_list),
    Verb(path=("plugin", "show"), summary="All about a plugin", run=_show, arguments=("NAME",)),
    Verb(
        path=("plugin", "enable"),
        summary="Let a plugin run, and start it",
        run=_enable,
        arguments=("NAME",),
    ),
    Verb(path=("plugin", "disable"), summary="End a plugin and keep it", run=_disable, arguments=("NAME",)),
    Verb(path=("plugin", "restart"), summary="Start a plugin anew", run=_restart, arguments=("NAME",)),
    Verb(
        path=("plugin", "set"),
        summary="Give a plugin a setting, its default without a value, or a switch: era, shim, any-version",
        run=_set,
        arguments=("NAME", "KEY", "[VALUE]"),
        examples=(
            "plugin set weather city Oslo",
            "plugin set weather city",
            "plugin set weather api_key secret:weather-key",
            "plugin set old era legacy",
        ),
    ),
    Verb(
        path=("plugin", "logs"),
        summary="What a plugin wrote, newest last",
        run=_logs,
        arguments=("NAME",),
        options=(
            Option(name="--limit", value="N", help="at most this many lines; 200 unless told"),
            Option(name="--follow", help="go on until Ctrl-C"),
        ),
    ),
    Verb(path=("plugin", "remove"), summary="Forget a plugin", run=_remove, arguments=("NAME",)),
)
