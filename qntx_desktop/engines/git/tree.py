"""Looks at a whole tree before anything of it is written: every path, kind and count.

Runs in the git process. Hides dulwich. A tree that could do harm on any system is refused whole, with the path that
is to blame; links are kept as the text they hold, as git does where there are no links.
"""

from __future__ import annotations

import re
import stat
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from qntx_desktop.engines.git.trouble import TroubleError

MAX_FILES = 50_000
MAX_ENTRIES = 100_000
MAX_DEPTH = 40
MAX_PATH_BYTES = 400
MAX_NAME_BYTES = 255
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])( *\..*)?", re.IGNORECASE)
_GIT_ALIAS = re.compile(r"git~[0-9]+|\.?git ?(::?\$.*|:.*)|gi[0-9a-f]{4}~[0-9]+", re.IGNORECASE)
_JOINERS = frozenset("\u200c\u200d")
_FORBIDDEN = frozenset('<>:"|?*\\')
GITLINK = 0o160000


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that will be written: its path, its blob and what it is."""

    path: str
    sha: bytes
    executable: bool
    link: bool


@dataclass(slots=True)
class Plan:
    """Everything that will be written, in order; `submodules` are left out and said."""

    entries: list[Entry] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    submodules: list[str] = field(default_factory=list)


def plan_of(tree_sha: bytes, tree_of: Callable[[bytes], Any]) -> Plan:
    """Walk a tree.

    Args:
        tree_of: Gives the entries of a tree: `(name, mode, sha)` each.

    Raises:
        TroubleError: The tree cannot be taken; `path` names what is to blame.
    """
    plan, seen = Plan(), 0
    waiting: list[tuple[str, bytes, int]] = [("", tree_sha, 0)]
    while waiting:
        prefix, sha, depth = waiting.pop()
        twins: dict[str, str] = {}
        for raw_name, mode, child in tree_of(sha):
            seen += 1
            path = _checked(prefix, raw_name, depth)
            name = path.rpartition("/")[2]
            key = unicodedata.normalize("NFC", unicodedata.normalize("NFKD", name).casefold())
            if key in twins:
                raise TroubleError(
                    "twins", f"'{path}' and '{prefix}{twins[key]}' are one name on some systems.", shown(path)
                )
            twins[key] = name
            if seen > MAX_ENTRIES or len(plan.entries) > MAX_FILES:
                raise TroubleError(
                    "too_many", f"The repository has more than {MAX_FILES:,} files.", shown(path)
                )
            _sort_in(plan, waiting, path, mode, child, depth)
    return plan


def _sort_in(
    plan: Plan, waiting: list[tuple[str, bytes, int]], path: str, mode: int, sha: bytes, depth: int
) -> None:
    if mode == GITLINK:
        plan.submodules.append(path)
    elif stat.S_ISDIR(mode):
        plan.folders.append(path)
        waiting.append((f"{path}/", sha, depth + 1))
    elif stat.S_ISREG(mode) or stat.S_ISLNK(mode):
        plan.entries.append(Entry(path, sha, bool(mode & 0o100), stat.S_ISLNK(mode)))
    else:
        raise TroubleError("mode", f"'{shown(path)}' is no file, folder or link ({mode:o}).", shown(path))


def check_link(path: str, target: bytes) -> None:
    """Refuse a link that leads out of the repository.

    Raises:
        TroubleError: It does, or its target is no path.
    """
    try:
        text = target.decode()
    except UnicodeDecodeError:
        text = "\0"
    depth = path.count("/")
    bad = not text or "\0" in text or "\\" in text or text.startswith(("/", "~")) or text[1:2] == ":"
    for part in () if bad else text.split("/"):
        depth += -1 if part == ".." else 0 if part in ("", ".") else 1
        bad = bad or depth < 0 or part.casefold() == ".git"
    if bad:
        raise TroubleError("symlink", f"'{shown(path)}' is a link that leads outside.", shown(path))


def shown(path: str) -> str:
    """A path as it may be printed: what cannot be seen is spelled out."""
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in path)[:300]


def _checked(prefix: str, raw: bytes, depth: int) -> str:
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        raise _refused(prefix + raw.decode(errors="backslashreplace"), "is not UTF-8") from None
    path = prefix + name
    for reason in _faults(name):
        raise _refused(path, reason)
    if depth > MAX_DEPTH or len(path.encode()) > MAX_PATH_BYTES or len(raw) > MAX_NAME_BYTES:
        raise _refused(path, "is too long or too deep")
    return path


def _faults(name: str) -> Iterator[str]:
    if name in ("", ".", "..") or "/" in name:
        yield "leads elsewhere"
    bad = next((each for each in name if _is_hidden(each)), None)
    if bad is not None:
        yield f"holds a character that cannot be seen (U+{ord(bad):04X})"
    plain = "".join(each for each in name if unicodedata.category(each) != "Cf")
    folded = unicodedata.normalize("NFKC", plain).casefold().rstrip(". ")
    if folded == ".git" or _GIT_ALIAS.fullmatch(folded):
        yield "is a spelling of .git"
    if _FORBIDDEN & set(name):
        yield f"holds {sorted(_FORBIDDEN & set(name))[0]}, which not every system can have in a name"
    if _DEVICE.fullmatch(name):
        yield "is a name that Windows keeps for a device"
    if name != name.rstrip(". ") or name != name.lstrip(" "):
        yield "starts or ends with a space or ends with a dot"


def _is_hidden(character: str) -> bool:
    category = unicodedata.category(character)
    return category in ("Cc", "Cs", "Zl", "Zp") or (category == "Cf" and character not in _JOINERS)


def _refused(path: str, reason: str) -> TroubleError:
    return TroubleError("path", f"'{shown(path)}' {reason}.", shown(path))
