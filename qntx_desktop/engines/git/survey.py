"""Looks at what every file of a plan holds before any is written: sizes, links, pointers, declared types.

Runs in the git process. Small contents are remembered for the writer; the rest is read twice rather than held.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from qntx_desktop.engines.git.kept import DECLARES, LARGE, LINK, Kept, Shelf
from qntx_desktop.engines.git.tree import Entry, Plan, check_link, shown
from qntx_desktop.engines.git.trouble import TroubleError
from qntx_desktop.model.inline import declared_type

MAX_FILE_BYTES = 50 << 20
MAX_TOTAL_BYTES = 500 << 20
MAX_SCRIPT_BYTES = 500_000
REMEMBERED_BYTES = 8 << 20
_LFS = b"version https://git-lfs.github.com/spec/v1\n"

BlobOf = Callable[[bytes], bytes]


@dataclass(slots=True)
class Survey:
    """What was seen: the files in order of their paths, each with its word, and their size together."""

    words: list[tuple[Entry, str]] = field(default_factory=list)
    size_bytes: int = 0
    shared: dict[str, Kept] = field(default_factory=dict)
    _contents: dict[bytes, bytes] = field(default_factory=dict)
    _remembered_bytes: int = 0

    def remember(self, sha: bytes, content: bytes) -> None:
        """Keep a content for the writer, as long as all of them are small."""
        if sha not in self._contents and self._remembered_bytes + len(content) <= REMEMBERED_BYTES:
            self._contents[sha] = content
            self._remembered_bytes += len(content)

    def content(self, sha: bytes, blob_of: BlobOf) -> bytes:
        """What a file holds."""
        found = self._contents.get(sha)
        return blob_of(sha) if found is None else found


def survey(plan: Plan, blob_of: BlobOf, before: Shelf) -> Survey:
    """Look at every file.

    Args:
        blob_of: Gives the content of a blob.
        before: The revision that is there: what did not change was looked at then.

    Raises:
        TroubleError: A file or all of them are too large, or a link leads outside; `path` names what is to blame.
    """
    seen = Survey()
    looked_at: dict[bytes, tuple[int, str]] = {}  # one content may stand under many names
    for entry in sorted(plan.entries, key=lambda each: each.path):
        kept = None if entry.link else before.find(entry.path, entry.sha.decode(), entry.executable)
        alike = None if entry.link or entry.path.endswith(".py") else looked_at.get(entry.sha)
        if kept is not None:
            size_bytes, word = kept.size_bytes, kept.word
            seen.shared[entry.path] = kept
        elif alike is not None:
            size_bytes, word = alike
        else:
            content = blob_of(entry.sha)
            size_bytes, word = len(content), _word(entry, content)
            seen.remember(entry.sha, content)
            if word in ("", LARGE):
                looked_at[entry.sha] = size_bytes, word
        seen.size_bytes += size_bytes
        _check_size(entry, size_bytes, seen.size_bytes)
        seen.words.append((entry, word))
    return seen


def _word(entry: Entry, content: bytes) -> str:
    """What is to be said of a file."""
    if entry.link:
        check_link(entry.path, content)
        return LINK
    if content.startswith(_LFS):
        return LARGE
    if entry.path.endswith(".py") and len(content) <= MAX_SCRIPT_BYTES and b"script_type" in content:
        found = declared_type(content.decode(errors="replace"))
        return f"{DECLARES}{found}" if found is not None else ""
    return ""


def _check_size(entry: Entry, size_bytes: int, total_bytes: int) -> None:
    if size_bytes > MAX_FILE_BYTES:
        reason = f"'{shown(entry.path)}' has {size_bytes:,} bytes, at most {MAX_FILE_BYTES:,}."
        raise TroubleError("too_large", reason, shown(entry.path))
    if total_bytes > MAX_TOTAL_BYTES:
        raise TroubleError(
            "too_large", f"The files have more than {MAX_TOTAL_BYTES:,} bytes.", shown(entry.path)
        )
