"""What a verb of the command line is, declared as data, and how the words of a call are read against it.

Pure; main thread. argparse is not used because two verbs (`ix`, `run`) hand unknown options on to the command,
every refusal is one line with a code of its own, and help, documentation and checks read the same declarations.

Source: the project's contract, section 3.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qntx_desktop.model.errors import ErrInvalidCommand, ErrUnknownFlag

if TYPE_CHECKING:
    from qntx_desktop.cli.call import Call


_NUMBER = re.compile(r"-\.?\d[\d.]*(e[+-]?\d+)?", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option. `value` names what follows it (`N`); an empty one makes it a switch."""

    name: str
    value: str = ""
    help: str
    short: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One verb: `path` is what is typed after `qntx`, `run` does it and returns the exit code.

    Args:
        arguments: `NAME`, `[B]` (may be left out), `ARGS...` (at least one) or `[ARGS...]` (any number).
        foreign: Whether the words spell a command of the person's own: from the first word on, options that
            are not the verb's belong to that command.
        examples: Lines for `--help`, without `qntx`.
    """

    path: tuple[str, ...]
    summary: str
    run: Callable[[Call], int]
    arguments: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    foreign: bool = False
    examples: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What is typed, such as `handler create`."""
        return " ".join(self.path)

    @property
    def fewest(self) -> int:
        """How many words it needs."""
        return sum(not argument.startswith("[") for argument in self.arguments)

    @property
    def most(self) -> int | None:
        """How many words it takes; None without bound."""
        return None if self.arguments and "..." in self.arguments[-1] else len(self.arguments)


@dataclass(slots=True)
class Words:
    """A call as far as it was read; kept by the caller, so that a refusal still knows about `--json`."""

    home: str | None = None
    json: bool = False
    verbosity: int = 0
    version: bool = False
    help: bool = False
    verb: Verb | None = None
    group: str = ""
    words: list[str] = field(default_factory=list)
    options: dict[str, str | bool] = field(default_factory=dict)


GLOBAL_OPTIONS = (
    Option(name="--home", value="DIR", help="the folder that holds everything; else QNTX_HOME, else the usual"),
    Option(name="--json", help="print the answer, or the error, as one JSON document"),
    Option(name="--verbose", short="-v", help="say more; show where an unexpected error comes from"),
    Option(name="--version", help="print the version"),
    Option(name="--help", short="-h", help="explain qntx, or the verb it stands with"),
)


def read_words(
    argv: Sequence[str], groups: Mapping[str, Sequence[Verb]], into: Words, *, unfinished: bool = False
) -> None:
    """Read a call.

    Args:
        groups: The verbs by their first word.
        into: Filled as far as the call can be read.
        unfinished: More words may follow, so that too few are not refused.

    Raises:
        ErrInvalidCommand: No such verb, too few or too many words, a value that is missing or not wanted.
        ErrUnknownFlag: An option that neither qntx nor the verb has.
    """
    _Reading(argv, groups, into).read()
    if not into.help and not into.version and not unfinished:
        _check_count(into)


class _Reading:
    def __init__(self, argv: Sequence[str], groups: Mapping[str, Sequence[Verb]], into: Words) -> None:
        self._rest = list(argv)
        self._groups = groups
        self._into = into
        self._plain = False

    def read(self) -> None:
        while self._rest:
            token = self._rest.pop(0)
            if self._plain or not token.startswith("-") or self._is_value(token):
                self._word(token)
            elif token == "--" and self._into.verb is not None:
                self._plain = True
            else:
                self._option(token)

    def _is_value(self, token: str) -> bool:
        """Whether it is `-`, or a number below 0: no option looks like one."""
        return token == "-" or (self._into.verb is not None and _NUMBER.fullmatch(token) is not None)

    def _word(self, token: str) -> None:
        if self._into.verb is not None:
            self._into.words.append(token)
        elif self._into.group:
            self._into.verb = self._verb(self._into.group, token)
        else:
            self._group(token)

    def _group(self, token: str) -> None:
        verbs = self._groups.get(token)
        if verbs is None:
            known = tuple(self._groups)
            raise ErrInvalidCommand(f"There is no verb '{token}'", hint=_nearest(token, known, "qntx"), verb=token)
        self._into.group = token
        if len(verbs[0].path) == 1:
            self._into.verb = verbs[0]

    def _verb(self, group: str, token: str) -> Verb:
        verbs = {verb.path[1]: verb for verb in self._groups[group]}
        if token not in verbs:
            hint = _nearest(token, tuple(verbs), f"qntx {group}")
            raise ErrInvalidCommand(f"There is no verb '{group} {token}'", hint=hint, verb=f"{group} {token}")
        return verbs[token]

    def _option(self, token: str) -> None:
        name, equals, value = token.partition("=")
        verb = self._into.verb
        started = verb is not None and verb.foreign and bool(self._into.words)
        own = find_option(verb.options if verb else (), name)
        common = None if started else find_option(GLOBAL_OPTIONS, name)
        if own is not None:
            self._into.options[own.name] = self._value(own, equals, value)
        elif common is not None:
            self._common(common, self._value(common, equals, value))
        elif not started and not equals and len(name) > 2 and set(name[1:]) == {"v"}:
            self._into.verbosity += len(name) - 1
        elif started:
            self._into.words.append(token)
        else:
            raise ErrUnknownFlag(name, verb.name if verb else self._into.group)

    def _value(self, option: Option, equals: str, value: str) -> str | bool:
        if not option.value:
            if equals:
                raise self._wrong(f"{option.name} takes no value")
            return True
        if equals:
            return value
        if not self._rest or (self._rest[0].startswith("--") and len(self._rest[0]) > 2):
            raise self._wrong(f"{option.name} needs a value: {option.name} {option.value}")
        return self._rest.pop(0)

    def _common(self, option: Option, value: str | bool) -> None:
        if option.name == "--home":
            if not value:
                raise self._wrong("--home needs a folder")
            self._into.home = str(value)
        elif option.name == "--json":
            self._into.json = True
        elif option.name == "--verbose":
            self._into.verbosity += 1
        elif option.name == "--version":
            self._into.version = True
        else:
            self._into.help = True

    def _wrong(self, reason: str) -> ErrInvalidCommand:
        return usage_error(reason, self._into.verb.name if self._into.verb else self._into.group)


def usage_error(reason: str, verb: str = "") -> ErrInvalidCommand:
    """A refusal of the call itself, which points at the help of its verb."""
    return ErrInvalidCommand(reason, hint=f"Try: qntx {verb} --help".replace("  ", " "), verb=verb)


def find_option(options: Sequence[Option], name: str) -> Option | None:
    """The option of this name, long or short; None when there is none."""
    return next((option for option in options if name in (option.name, option.short) and name), None)


def _nearest(token: str, known: Sequence[str], prefix: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(token, known, n=1)
    return f"Did you mean: {prefix} {close[0]}" if close else f"Try: {prefix} --help"


def _check_count(read: Words) -> None:
    verb, count = read.verb, len(read.words)
    if verb is None:
        what = f"{read.group} needs a verb" if read.group else "Nothing to do"
        raise usage_error(what, read.group)
    if count < verb.fewest:
        raise usage_error(f"{verb.name} needs {verb.arguments[count]}", verb.name)
    if verb.most is not None and count > verb.most:
        extra = read.words[verb.most]
        taken = " ".join(verb.arguments) or "no words"
        raise usage_error(f"{verb.name} takes {taken}; '{extra}' is too many", verb.name)
