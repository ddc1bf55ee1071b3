"""What a shell offers behind Tab: verbs, options, and names from the home.

Main thread; only reads, makes no home, never fails: who presses Tab sees offers or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from qntx_desktop.cli.call import Call
from qntx_desktop.cli.grammar import GLOBAL_OPTIONS, Option, Verb, Words, find_option, read_words
from qntx_desktop.cli.printer import Printer
from qntx_desktop.model.errors import QntxError

if TYPE_CHECKING:
    from qntx_desktop.app.reader import Readers

Offer = tuple[str, str]
"""What may be typed, and what it means in a few words."""
Groups = Mapping[str, Sequence[Verb]]

MOST_JOBS = 50
SHELLS = ("bash", "zsh", "fish", "powershell", "man")
_ON_OFF = (("on", ""), ("off", ""))


def offers(words: Sequence[str], groups: Groups, printer: Printer) -> list[Offer]:
    """What may follow.

    Args:
        words: The words after `qntx`; the last one is being typed, and may be empty.

    Returns:
        What begins with that last word; nothing where a file belongs, so that the shell offers files.
    """
    *before, current = _without_equals(words) or ("",)
    current = current.lstrip("\"'")  # zsh passes on a quote that is still open, some PowerShells an empty pair
    option, equals, value = current.partition("=")
    if option.startswith("--") and equals:
        found = offers([*before, option, value], groups, printer)
        return [(f"{option}={text}", meaning) for text, meaning in found]
    read = Words()
    try:
        read_words(before, groups, read, unfinished=True)
        makes_sense = True
    except QntxError:  # such as an option that still waits for its value
        makes_sense = False
    asked = _asked_value(before, read.verb)
    if asked is not None:
        found = _of_value(asked, read, printer)
    elif not makes_sense:
        found = []
    elif current.startswith("-"):
        found = _options(read)
    else:
        found = _words(read, groups, printer)
    return [offer for offer in found if offer[0].startswith(current)]


def _without_equals(words: Sequence[str]) -> Sequence[str]:
    """The words as bash should have parted them: it makes three of `--status=p`, and replaces the third only."""
    if words and words[-1] == "=":
        return [*words[:-1], ""]
    return [*words[:-2], words[-1]] if words[-2:-1] == ["="] else words


def _asked_value(before: Sequence[str], verb: Verb | None) -> Option | None:
    """The option whose value is being typed."""
    if not before:
        return None
    option = find_option((*(verb.options if verb else ()), *GLOBAL_OPTIONS), before[-1])
    return option if option is not None and option.value else None


def _options(read: Words) -> list[Offer]:
    verb = read.verb
    if verb is not None and verb.foreign and read.words:
        known: Sequence[Option] = verb.options
    else:
        own = verb.options if verb is not None else ()
        known = (*own, *(each for each in GLOBAL_OPTIONS if find_option(own, each.name) is None))
    return [(option.name, option.help) for option in known]


def _words(read: Words, groups: Groups, printer: Printer) -> list[Offer]:
    if read.verb is not None:
        return _of_argument(read.verb, len(read.words), read, printer)
    if read.group:
        return [(verb.path[1], verb.summary) for verb in groups[read.group]]
    if read.words:
        return []
    return [(name, verbs[0].summary if len(verbs) == 1 else "") for name, verbs in groups.items()]


def _of_argument(verb: Verb, index: int, read: Words, printer: Printer) -> list[Offer]:
    if index and verb.foreign:
        return []
    if not verb.arguments or (index >= len(verb.arguments) and verb.most is not None):
        return []
    argument = verb.arguments[min(index, len(verb.arguments) - 1)].strip("[].")
    if argument == "SHELL":
        return [(shell, "") for shell in SHELLS]
    if verb.path == ("config",):
        return _settings() if argument == "KEY" else _values_of(read.words[0])
    named = _NAMED.get((verb.path[0], argument))
    return _from_home(named, read, printer) if named is not None else []


def _of_value(option: Option, read: Words, printer: Printer) -> list[Offer]:
    if option.value == "ON":
        return list(_ON_OFF)
    named = _VALUES.get(option.name)
    if named is not None:
        return _from_home(named, read, printer)
    return [(each, "") for each in _choices(option.name)]


def _choices(name: str) -> Sequence[str]:
    if name == "--missed":
        from qntx_desktop.model.schedule import MissedPolicy

        return tuple(MissedPolicy)
    if name in ("--status", "--trigger"):
        from qntx_desktop.model.job import JobStatus, Trigger

        return (*JobStatus, "waiting") if name == "--status" else tuple(Trigger)
    if name == "--scopes":
        from qntx_desktop.model.api_token import Scope

        return tuple(Scope)
    return ()


def _from_home(named: Callable[[Readers, Words], list[Offer]], read: Words, printer: Printer) -> list[Offer]:
    verb = read.verb
    if verb is None:
        return []
    try:
        with Call(read, printer).readers() as readers:
            return named(readers, read)
    except QntxError:  # no home, no store that can be read: nothing to offer
        return []


def _types(readers: Readers, _read: Words) -> list[Offer]:
    return [(line.script_type, line.description) for line in readers.handler_lines()]


def _sources(readers: Readers, _read: Words) -> list[Offer]:
    return [(source.name, source.type) for source in readers.sources.every()]


def _paths(readers: Readers, read: Words) -> list[Offer]:
    if read.verb is None or read.verb.path[1] not in ("cat", "write", "delete-file"):
        return []
    return [(entry.path, "") for entry in readers.sources.files(read.words[0]).tree()]


def _jobs(readers: Readers, _read: Words) -> list[Offer]:
    from qntx_desktop.cli.wording import what_runs
    from qntx_desktop.model.job import JobFilter

    return [
        (str(job.id), f"{what_runs(job)} {job.status}") for job in readers.queue.list(JobFilter(limit=MOST_JOBS))
    ]


def _schedules(readers: Readers, _read: Words) -> list[Offer]:
    return [(str(each.id), each.command) for each in readers.schedules.list()]


def _secrets(readers: Readers, _read: Words) -> list[Offer]:
    return [(each.name, "") for each in readers.secrets.list()]


def _clients(readers: Readers, _read: Words) -> list[Offer]:
    return [(each.name, ", ".join(each.scopes)) for each in readers.api_tokens.list()]


def _hooks(readers: Readers, read: Words) -> list[Offer]:
    if read.verb is not None and read.verb.path[1] == "add":  # a new one; most are called as their handler
        return _types(readers, read)
    return [(each.name, f"starts ix {each.script_type}") for each in readers.hooks.list()]


def _canvases(readers: Readers, _read: Words) -> list[Offer]:
    return [(each.name, f"{each.glyphs:,} glyphs") for each in readers.canvases.list() if not each.in_bin]


def _plugins(readers: Readers, _read: Words) -> list[Offer]:
    return [(each.name, f"{each.announced.version} {each.state}".strip()) for each in readers.plugins.list()]


def _settings() -> list[Offer]:
    from qntx_desktop.model.option import OPTIONS

    return [(option.key, option.help) for option in OPTIONS]


def _values_of(key: str) -> list[Offer]:
    """What a setting may be set to: all that it may be, or its default and what else it takes."""
    from qntx_desktop.model.option import BY_KEY, OptionKind

    option = BY_KEY.get(key)
    if option is None:
        return []
    if option.kind is OptionKind.FLAG:
        return [(word, "default" if (word == "on") is option.default else "") for word, _ in _ON_OFF]
    if option.choices:
        return [(each, "default" if each == option.default else "") for each in option.choices]
    if option.kind is OptionKind.NUMBER:
        span = f"{option.minimum:,} to {option.maximum:,}"
        return [(str(option.default), f"default; a number from {span} {option.unit}".rstrip())]
    return []


_NAMED: Mapping[tuple[str, str], Callable[[Readers, Words], list[Offer]]] = {
    ("ix", "COMMAND"): _types,
    ("handler", "NAME"): _types,
    ("source", "NAME"): _sources,
    ("source", "PATH"): _paths,
    ("secret", "NAME"): _secrets,
    ("api", "NAME"): _clients,
    ("hook", "NAME"): _hooks,
    ("plugin", "NAME"): _plugins,
    ("job", "ID"): _jobs,
    ("schedule", "ID"): _schedules,
    ("canvas", "NAME"): _canvases,
}
_VALUES: Mapping[str, Callable[[Readers, Words], list[Offer]]] = {
    "--handler": _types,
    "--schedule": _schedules,
}
