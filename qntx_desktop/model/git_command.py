"""What `ix git` was asked: which repository, since when, with or without its dependencies. Pure; any thread.

Source: the project's contract, section 5.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from qntx_desktop.model.errors import ErrInvalidCommand, ErrInvalidSource, ErrUnknownFlag
from qntx_desktop.model.ix import is_git_address
from qntx_desktop.model.source import check_git_url

LAST_RUN = "last_run"
HINT = "It looks like: ix git <address or folder> [--since last_run|TIME|COMMIT] [--no-deps]"
_COMMIT = re.compile(r"[0-9a-fA-F]{4,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """Which commits are passed over; at most one is set, and all are taken when none is.

    Args:
        time_s: Those before this moment, in seconds since 1970 UTC.
        commit: Those that this commit, or the beginning of its name, leads back to.
    """

    last_run: bool = False
    time_s: int | None = None
    commit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GitCommand:
    """A command that can be read. `repository` is an absolute path, or an address without `.git` at its end."""

    repository: str
    address: str | None
    since: Since
    with_dependencies: bool = True

    @property
    def name(self) -> str:
        """The last part of the repository's name, such as `qntx`."""
        return self.repository.replace("\\", "/").rstrip("/").rpartition("/")[2] or self.repository


def read_git_command(args: Sequence[str]) -> GitCommand:
    """Read the arguments of `ix git`.

    Raises:
        ErrInvalidCommand: No repository, or more than one; a value is missing.
        ErrUnknownFlag: An option that it does not know.
        ErrInvalidSource: What is named is no folder, or `--since` cannot be read.
        ErrInvalidUrl: An address that is not fetched from.
    """
    places: list[str] = []
    since, with_dependencies = Since(), True
    waiting = list(args)
    while waiting:
        arg = waiting.pop(0)
        flag, equals, value = arg.partition("=")
        if flag == "--since":
            if not equals and not waiting:
                raise ErrInvalidCommand("--since needs a value", hint=HINT)
            since = _since(value if equals else waiting.pop(0))
        elif arg == "--no-deps":
            with_dependencies = False
        elif arg.startswith("-"):
            raise ErrUnknownFlag(flag, "ix git", HINT)
        else:
            places.append(arg)
    if len(places) != 1:
        said = "No repository is named" if not places else f"{len(places):,} repositories are named"
        raise ErrInvalidCommand(said, hint=HINT)
    repository, address = _place(places[0])
    return GitCommand(repository=repository, address=address, since=since, with_dependencies=with_dependencies)


def _place(text: str) -> tuple[str, str | None]:
    """The name that the repository goes by, and its address when it is not on this computer."""
    if Path(text).is_absolute():
        return os.path.normpath(text), None
    if "://" in text or is_git_address(text):
        address = check_git_url(text)
        return address.rstrip("/").removesuffix(".git").rstrip("/"), address
    raise ErrInvalidSource(
        "repository",
        f"'{text}' is no folder and no address.",
        "Name a git folder by its path, or an https address.",
    )


def _since(text: str) -> Since:
    if text == LAST_RUN:
        return Since(last_run=True)
    if _COMMIT.fullmatch(text):
        return Since(commit=text.lower())
    try:
        moment = datetime.fromisoformat(text)
        return Since(time_s=int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()))
    except (ValueError, OverflowError):
        raise ErrInvalidSource(
            "since",
            f"'{text[:100]}' is no time and no commit.",
            "Give last_run, a time such as 2026-11-01 or 2026-11-01T08:00:00Z, or a commit of 4 to 40 digits.",
        ) from None
