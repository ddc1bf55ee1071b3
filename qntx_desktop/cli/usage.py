"""The texts of `--help`, made from the declarations of the verbs.

Pure; main thread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qntx_desktop.cli.grammar import GLOBAL_OPTIONS, Option, Verb

_ENDING = """\
Exit codes: 0 done; 1 the script or job failed; 2 invalid input; 3 not found; 4 conflict, denied or waiting;
            5 the surroundings (disk, store); 130 Ctrl-C."""


_FIRST_STEPS = """\
qntx: your own small scripts read files, and what they find becomes attestations.

first steps:
  qntx ix csv ./people.csv                    nothing knows 'csv' yet, and says how to change that
  qntx handler create csv --file handler.py   save a script under a type
  qntx ix csv ./people.csv                    run it
  qntx ax "is lives_in" --limit 5             ask what it attested
"""


def welcome() -> str:
    """What a plain `qntx` prints."""
    return f"{_FIRST_STEPS}\n`qntx --help` lists everything; `qntx-desktop` opens the window."


def overview(groups: Mapping[str, Sequence[Verb]]) -> str:
    """What `qntx --help` prints."""
    verbs = [verb for group in groups.values() for verb in group]
    lines = ["usage: qntx [OPTIONS] VERB ...", "", *_FIRST_STEPS.splitlines(), "", "verbs:"]
    lines += _columns([(_synopsis(verb), verb.summary) for verb in verbs])
    lines += ["", "options:", *_options(GLOBAL_OPTIONS), "", "`qntx VERB --help` says more.", "", _ENDING]
    return "\n".join(lines)


def group_help(verbs: Sequence[Verb]) -> str:
    """What `qntx handler --help` prints."""
    lines = [f"usage: qntx {verbs[0].path[0]} VERB ...", "", "verbs:"]
    lines += _columns([(_synopsis(verb), verb.summary) for verb in verbs])
    return "\n".join(lines)


def verb_help(verb: Verb) -> str:
    """What `qntx VERB --help` prints."""
    lines = [f"usage: qntx {_synopsis(verb)}{' [OPTIONS]' if verb.options else ''}", "", f"{verb.summary}."]
    if verb.options:
        lines += ["", "options:", *_options(verb.options)]
    if verb.foreign:
        first = verb.arguments[0].rstrip(".")
        lines += ["", f"Options of qntx itself (--home, --json, -v) stand in front of {first}. After it, every"]
        lines += ["option that is not listed here belongs to the command; so does everything after --."]
    if verb.examples:
        lines += ["", "examples:", *(f"  qntx {example}" for example in verb.examples)]
    return "\n".join(lines)


def _synopsis(verb: Verb) -> str:
    return " ".join((*verb.path, *verb.arguments))


def _options(options: Sequence[Option]) -> list[str]:
    return _columns([(_spelled(option), option.help) for option in options])


def _spelled(option: Option) -> str:
    short = f"{option.short}, " if option.short else ""
    return f"{short}{option.name} {option.value}".rstrip()


def _columns(rows: Sequence[tuple[str, str]]) -> list[str]:
    width = max((len(left) for left, _ in rows), default=0)
    return [f"  {left.ljust(width)}  {right}".rstrip() for left, right in rows]
