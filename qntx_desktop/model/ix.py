"""The IX language: `ix <type> [args...]`, from what a person typed to a type and its arguments.

Pure; any thread. Nothing here touches a disk: whether a path exists, or is a git folder, is asked of a
callable that the caller hands in. Which handler a type has is not known here either.

Source: the project's contract, section 5.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qntx_desktop.model.ats_tokens import refused_character, shown_character, shown_text
from qntx_desktop.model.errors import ErrInvalidCommand, ErrInvalidHandlerName

KEYWORD = "ix"
GIT_TYPE = "git"
MAX_COMMAND_CHARS = 100_000
MAX_NAME_CHARS = 64

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_NAME_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_NEEDS_QUOTES = re.compile(r"[\s'\"]")
# Possessive only what holds no group: with a possessive group CPython 3.11.2 (Debian 12) takes a lone quote.
_TOKEN = re.compile(r"""(?:[^\s'"]++|'[^']*+'|"[^"]*+")+""")
_PIECE = re.compile(r"""'([^']*+)'|"([^"]*+)"|([^'"]++)""")
_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://[^\s/]\S*")
_HAS_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:/")
_GIT_SCHEMES = frozenset({"https", "http", "git", "ssh", "git+ssh", "git+https", "git+http"})
_GIT_SCP = re.compile(r"[\w.-]+@[\w.-]+:[^\s:]\S*|[\w.-]{2,}:[^\s:]+\.git/?")
_LOCAL = re.compile(r"[./~]|[A-Za-z]:[\\/]")


@dataclass(frozen=True, slots=True, kw_only=True)
class IxCommand:
    """An IX command that can be read; whether anything knows its type is another question.

    Args:
        command: What was typed, one space between tokens, with `ix` in front.
        script_type: The type to look a handler up by; None when a file of a code source is named.
        args: All tokens after the type, quotes resolved.
        source_path: `source/path/file.py`, only when `script_type` is None.
    """

    command: str
    script_type: str | None
    args: tuple[str, ...]
    source_path: str | None = None


def tokenise(text: str) -> tuple[str, ...]:
    """Split at white space; single and double quotes group, and glue to what stands beside them.

    A backslash is an ordinary character, because paths on Windows are full of them.

    Returns:
        The tokens, quotes resolved; a pair of quotes with nothing inside is an empty token.

    Raises:
        ErrInvalidCommand: Unclosed quote, control character or too long a text, with the 1-based column.
    """
    return tuple(_value(source) for source, _ in _spelled(text))


def quote_token(token: str) -> str:
    """Spell a token so that `tokenise` gives it back: bare, in either quotes, or glued from quoted pieces."""
    if token and not _NEEDS_QUOTES.search(token):
        return token
    if "'" not in token:
        return f"'{token}'"
    if '"' not in token:
        return f'"{token}"'
    return '"\'"'.join(f"'{piece}'" if piece else "" for piece in token.split("'"))


def parse_ix(
    typed: str | Sequence[str],
    *,
    allow_bare: bool = True,
    is_git_folder: Callable[[str], bool] | None = None,
) -> IxCommand:
    """Read an IX command.

    Args:
        typed: The text of a glyph, or tokens that need no splitting (each is one, spaces and all).
        allow_bare: Whether the leading `ix` may be left out.
        is_git_folder: Asked only about a first token that starts like a local path.

    Raises:
        ErrInvalidCommand: Nothing to run, unreadable text, or a first token that can be no type.
        ErrInvalidHandlerName: The first token was meant as a type but breaks the rule.
    """
    text = typed if isinstance(typed, str) else " ".join(map(quote_token, typed))
    spelled = _without_keyword(_spelled(text), allow_bare=allow_bare)
    head, *rest = (_value(source) for source, _ in spelled)
    script_type, source_path = _target(head, spelled[0][1], is_git_folder)
    return IxCommand(
        command=" ".join([KEYWORD, *(source for source, _ in spelled)]),
        script_type=script_type,
        args=(head, *rest) if script_type == GIT_TYPE and head != GIT_TYPE else tuple(rest),
        source_path=source_path,
    )


def check_handler_name(name: str) -> str:
    """Give back a name that may be a script type: `[a-z0-9][a-z0-9-]{0,63}`.

    Raises:
        ErrInvalidHandlerName: With the 1-based position of the first bad character and why it is bad.
    """
    if _NAME.fullmatch(name):
        return name
    position, reason = _name_fault(name)
    raise ErrInvalidHandlerName(shown_text(name), position, reason)


def is_git_address(token: str) -> bool:
    """Whether a token is an address that git can fetch from: https, http, git, ssh, or `user@host:path`."""
    address = _ADDRESS.fullmatch(token)
    if address is not None:
        return address[1].lower() in _GIT_SCHEMES
    return _GIT_SCP.fullmatch(token) is not None


def absolute_args(args: Sequence[str], base: Path | None, exists: Callable[[Path], bool]) -> tuple[str, ...]:
    """Make every argument absolute that names an existing file or folder, also after `--x=`.

    Args:
        base: Where relative paths and `~` start to make sense; None leaves them alone (schedules, API).
        exists: Asked about each candidate; may raise `OSError` or `ValueError` for what cannot be a path.

    Returns:
        As many arguments, in the same order; those that name nothing are unchanged.
    """
    return tuple(_absolute(arg, base, exists) for arg in args)


def read_options(args: Sequence[str]) -> dict[str, str | bool]:
    """The options among arguments: `--k v` and `--k=v` give a text, `--flag` gives True, the last one wins.

    A value may start with one hyphen (`--offset -5`), not with two. Nothing after a lone `--` is an option.
    """
    options: dict[str, str | bool] = {}
    end = args.index("--") if "--" in args else len(args)
    for index, arg in enumerate(args[:end]):
        name, equals, value = arg[2:].partition("=")
        if not arg.startswith("--") or not name:
            continue
        follower = args[index + 1] if index + 1 < len(args) else "--"
        if equals:
            options[name] = value
        else:
            options[name] = True if follower.startswith("--") else follower
    return options


def _spelled(text: str) -> list[tuple[str, int]]:
    """Every token as it was typed, quotes included, with its 1-based column."""
    if len(text) > MAX_COMMAND_CHARS:
        raise ErrInvalidCommand(
            f"The command is {len(text):,} characters long, at most {MAX_COMMAND_CHARS:,}",
            hint="Put long input into a file and name the file.",
            limit=MAX_COMMAND_CHARS,
        )
    refused = refused_character(text)
    if refused is not None:
        raise ErrInvalidCommand(f"The command holds {refused[1]}", column=refused[0], hint="Remove it.")
    tokens: list[tuple[str, int]] = []
    end = 0
    for found in _TOKEN.finditer(text):
        _check_gap(text, end, found.start())
        tokens.append((found[0], found.start() + 1))
        end = found.end()
    _check_gap(text, end, len(text))
    return tokens


def _check_gap(text: str, start: int, end: int) -> None:
    gap = text[start:end]
    if gap and not gap.isspace():
        column = start + len(gap) - len(gap.lstrip()) + 1
        raise ErrInvalidCommand(
            f"The quote {text[column - 1]} is not closed",
            column=column,
            hint="Close it, or put the other kind of quotes around it.",
        )


def _value(source: str) -> str:
    if "'" not in source and '"' not in source:
        return source
    return _PIECE.sub(lambda piece: piece[piece.lastindex or 0], source)


def _without_keyword(spelled: list[tuple[str, int]], *, allow_bare: bool) -> list[tuple[str, int]]:
    if not spelled:
        raise ErrInvalidCommand("The command is empty", column=1)
    source, column = spelled[0]
    if source.lower() != KEYWORD:
        if allow_bare:
            return spelled
        raise ErrInvalidCommand(f"A command starts with ix, not with {shown_text(source)}", column=column)
    if len(spelled) == 1:
        raise ErrInvalidCommand("Nothing follows ix", column=column + len(source))
    return spelled[1:]


def _target(
    head: str, column: int, is_git_folder: Callable[[str], bool] | None
) -> tuple[str | None, str | None]:
    """The script type, or None and the path inside a code source, that the first token means."""
    if _NAME.fullmatch(head):
        return head, None
    if is_git_address(head):
        return GIT_TYPE, None
    if _LOCAL.match(head):
        if is_git_folder is not None and is_git_folder(head):
            return GIT_TYPE, None
        raise ErrInvalidCommand(
            f"'{shown_text(head)}' is not a git folder",
            column=column,
            hint="To read a file, put its type in front: ix csv ./people.csv",
        )
    if _HAS_SCHEME.match(head):
        raise ErrInvalidCommand(
            f"'{shown_text(head)}' is not an address of a git repository",
            column=column,
            hint="Use https, ssh or git, the path of a local folder, or put a type in front.",
        )
    if "/" in head and head.endswith(".py"):
        if any(part in ("", ".", "..") for part in head.split("/")):
            raise ErrInvalidCommand(
                f"'{shown_text(head)}' is not a file of a code source",
                column=column,
                hint="It looks like: source/path/file.py",
            )
        return None, head
    return check_handler_name(head), None


def _name_fault(name: str) -> tuple[int, str]:
    if not name:
        return 1, "it is empty"
    if name.startswith("-"):
        return 1, "it starts with a hyphen"
    for position, character in enumerate(name[:MAX_NAME_CHARS], start=1):
        if character not in _NAME_CHARACTERS:
            return position, f"character {position} is {_named(character)}"
    return MAX_NAME_CHARS + 1, f"it has {len(name):,} characters, at most {MAX_NAME_CHARS}"


def _named(character: str) -> str:
    if character == " ":
        return "a space"
    if "A" <= character <= "Z":
        return f"the capital letter '{character}'"
    return shown_character(character)


def _absolute(arg: str, base: Path | None, exists: Callable[[Path], bool]) -> str:
    option, equals, value = arg.partition("=") if arg.startswith("--") else ("", "", arg)
    if not value or base is None:
        return arg
    path = base / os.path.expanduser(value)  # noqa: PTH111 - Path.expanduser raises for an unknown ~user
    return f"{option}{equals}{path}" if _names_something(path, exists) else arg


def _names_something(path: Path, exists: Callable[[Path], bool]) -> bool:
    try:
        return exists(path)
    except (OSError, ValueError):  # too long a name, a NUL: what cannot be a path names nothing
        return False
