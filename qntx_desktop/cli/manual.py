"""The man page, made from the declarations of the verbs, so that it cannot be out of date.

Pure; main thread. Source: man(7).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from qntx_desktop import __version__
from qntx_desktop.cli.grammar import GLOBAL_OPTIONS, Option, Verb

_HEAD = """\
.TH QNTX 1 "" "qntx {version}" "QNTX Desktop"
.SH NAME
qntx \\- your own small scripts read files, and what they find becomes attestations
.SH SYNOPSIS
.B qntx
.RI [ OPTIONS ]
.I VERB ...
.SH DESCRIPTION
Every verb works beside an open window on the same home.
Answers go to stdout, everything else to stderr; with
.B \\-\\-json
the answer, or the error, is one JSON document.
"""
_EXIT_CODES = (
    ("0", "Done and good."),
    ("1", "The script or the job failed."),
    ("2", "Invalid input."),
    ("3", "Not found."),
    ("4", "Conflict, denied, or waiting."),
    ("5", "The surroundings: disk, store, network."),
    ("130", "Ended by Ctrl-C."),
)
_ENVIRONMENT = (
    ("QNTX_HOME", "The folder that holds everything, unless --home names one."),
    ("QNTX_PASSPHRASE", "Derives the key of secrets, for machines without a keyring."),
    ("NO_COLOR", "No colours."),
)


def man_page(groups: Mapping[str, Sequence[Verb]]) -> str:
    """The whole page as roff."""
    verbs = [verb for group in groups.values() for verb in group]
    parts = [_HEAD.format(version=__version__), ".SH OPTIONS\n", *map(_option, GLOBAL_OPTIONS), ".SH VERBS\n"]
    parts += [_verb(verb) for verb in verbs]
    parts += [".SH EXIT STATUS\n", *_listed(_EXIT_CODES), ".SH ENVIRONMENT\n", *_listed(_ENVIRONMENT)]
    return "".join(parts)


def _verb(verb: Verb) -> str:
    called = " ".join(("qntx", *verb.path))
    lines = [f".SS {_text(called)}\n", f".B {_text(called)}\n"]
    if verb.arguments or verb.options:
        taken = [*(["[OPTIONS]"] if verb.options else []), *verb.arguments]
        lines.append(f".I {_text(' '.join(taken))}\n")
    lines.append(f".PP\n{_text(verb.summary)}.\n")
    lines += [_option(option) for option in verb.options]
    if verb.examples:
        examples = "\n".join(_text(f"qntx {example}") for example in verb.examples)
        lines.append(f".PP\n.nf\n{examples}\n.fi\n")
    return "".join(lines)


def _option(option: Option) -> str:
    names = ", ".join(name for name in (option.short, option.name) if name)
    value = f" \\fI{_text(option.value)}\\fR" if option.value else ""
    return f".TP\n\\fB{_text(names)}\\fR{value}\n{_text(option.help)}.\n"


def _listed(rows: Iterable[tuple[str, str]]) -> list[str]:
    return [f".TP\n.B {_text(name)}\n{_text(meaning)}\n" for name, meaning in rows]


def _text(text: str) -> str:
    """Plain text as roff: no escape, no request, no hyphen that becomes another sign."""
    plain = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join(f"\\&{line}" if line[:1] in (".", "'") else line for line in plain.splitlines())
