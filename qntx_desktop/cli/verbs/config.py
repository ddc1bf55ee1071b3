"""`qntx config`: the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qntx_desktop.cli.grammar import Option, Verb, usage_error

if TYPE_CHECKING:
    from qntx_desktop.cli.call import Call
    from qntx_desktop.model.option import Setting
    from qntx_desktop.services.options import Options


def _config(call: Call) -> int:
    options = call.options()
    reset = call.flag("--reset")
    if reset and len(call.words) != 1:
        raise usage_error("--reset needs a KEY and no VALUE", "config")
    if not call.words:
        return _list(call, options)
    key = call.words[0]
    if reset:
        return _told(call, options.reset(key))
    if len(call.words) == 2:
        options.setting(key)  # a key that does not exist makes no home
        call.home.make()
        return _told(call, options.set(key, call.words[1]))
    setting = options.setting(key)
    _refuse_in_doubt(options)
    return _told(call, setting)


def _list(call: Call, options: Options) -> int:
    from qntx_desktop.cli.tables import print_table

    _refuse_in_doubt(options)
    settings = options.all()
    if call.as_json:
        call.printer.document([setting.to_json() for setting in settings])
    else:
        rows = [(each.option.key, _spelled(each), _default(each), each.option.help) for each in settings]
        print_table(call.printer, ("KEY", "VALUE", "DEFAULT", "WHAT IT DOES"), rows)
    for key in options.unknown:
        call.printer.note(f"{key} in {options.path} is not known to this version and has no effect.")
    return 0


def _refuse_in_doubt(options: Options) -> None:
    if options.problem is not None:
        raise options.problem


def _told(call: Call, setting: Setting) -> int:
    if call.as_json:
        call.printer.document(setting.to_json())
    else:
        call.printer.readable(_spelled(setting))
    return 0


def _spelled(setting: Setting) -> str:
    return _text(setting.value)


def _default(setting: Setting) -> str:
    return _text(setting.option.default) if setting.is_set else ""


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


VERBS = (
    Verb(
        path=("config",),
        summary="Show or change settings",
        run=_config,
        arguments=("[KEY]", "[VALUE]"),
        options=(Option(name="--reset", help="go back to the default of KEY"),),
        examples=("config", "config pulse.workers 2", "config pulse.workers --reset"),
    ),
)
