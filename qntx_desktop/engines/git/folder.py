"""A repository that lies in a folder, opened for reading only: its refs and its objects.

Runs in the git process. Hides dulwich's object store. No configuration is read, neither the person's nor the
repository's own, so nothing in it can make us read or start anything else.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dulwich.object_store import DiskObjectStore

from qntx_desktop.engines.git.trouble import TroubleError

COMMIT, TREE, BLOB, TAG = 1, 2, 3, 4
MAX_REF_BYTES = 4_096
MAX_REFS = 100_000
MAX_PACKED_BYTES = 64 << 20
MAX_STEPS = 10
_SHA = re.compile(rb"[0-9a-f]{40}")
_SHA256 = re.compile(rb"[0-9a-f]{64}")
_POINTER = b"gitdir:"


@dataclass(slots=True)
class Refs:
    """Names below `refs/` with the objects that they point at; `head` is where HEAD leads, None: nowhere yet."""

    named: dict[bytes, bytes] = field(default_factory=dict)
    head: bytes | None = None


class Folder:
    """Objects and refs of one repository.

    Args:
        objects: Its object store.
        refs: As they stood when it was opened.
        shallow: Commits whose parents were left out when it was cloned.
    """

    def __init__(self, objects: Path, refs: Refs, shallow: frozenset[bytes] = frozenset()) -> None:
        self._store = DiskObjectStore(str(objects))
        self.refs = refs
        self.shallow = shallow

    def get(self, sha: bytes) -> tuple[int, bytes] | None:
        """The kind and content of an object; None when it is not there or cannot be read."""
        try:
            kind, content = self._store.get_raw(_any(sha))
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - a damaged object, whatever the library says of it, is one that is not there
            return None
        return int(kind), bytes(content)

    def peeled(self, sha: bytes) -> tuple[int, bytes, bytes] | None:
        """What a ref means in the end, behind tags: kind, name and content."""
        for _ in range(MAX_STEPS):
            found = self.get(sha)
            if found is None or found[0] != TAG:
                return None if found is None else (found[0], sha, found[1])
            target = re.match(rb"object ([0-9a-f]{40})\n", found[1])
            if target is None:
                return None
            sha = target[1]
        return None

    def starting_with(self, prefix: str) -> list[bytes]:
        """The commits whose names begin like this, at most a few more than two."""
        found = []
        for sha in self._store.iter_prefix(_any(prefix.encode())):
            known = self.get(sha)
            if known is not None and known[0] == COMMIT and sha not in found:
                found.append(bytes(sha))
            if len(found) > 2:
                break
        return found

    def close(self) -> None:
        """Let the files go."""
        self._store.close()


def open_folder(path: Path) -> Folder:
    """Open a working folder, a bare repository, a linked worktree or a submodule.

    Raises:
        TroubleError: It is no repository, or one that is kept in a way that is not known here.
    """
    private = _git_folder(path)
    common = _common(private)
    objects = common / "objects"
    if not objects.is_dir() or not (private / "HEAD").is_file():
        raise TroubleError("no_repository", f"'{path}' is not a git repository.")
    if (common / "reftable").is_dir():
        raise TroubleError("format", "The repository keeps its refs as a reftable, which is not read yet.")
    refs = Refs(named=_packed(common))
    for name, text in _loose(common):
        refs.named[name] = text
    refs.named = {name: sha for name in sorted(refs.named) if (sha := _resolved(refs.named, refs.named[name]))}
    refs.head = _resolved(refs.named, _small(private / "HEAD"))
    return Folder(objects, refs, frozenset(_SHA.findall(_small(common / "shallow", MAX_PACKED_BYTES))))


def mark_of(refs: Refs) -> str:
    """A text that changes whenever a branch, a tag or HEAD does."""
    lines = [
        name + b" " + sha for name, sha in refs.named.items() if name.startswith((b"refs/heads/", b"refs/tags/"))
    ]
    return hashlib.sha256(b"\n".join([refs.head or b"", *sorted(lines)])).hexdigest()


def _git_folder(path: Path) -> Path:
    inside = path / ".git"
    if inside.is_dir():
        return inside
    if inside.is_file():
        text = _small(inside)
        if text.startswith(_POINTER):
            return path / os.fsdecode(text.removeprefix(_POINTER).strip())
    return path


def _common(private: Path) -> Path:
    """Where a linked worktree keeps what it shares with the others."""
    text = _small(private / "commondir").strip()
    return private / os.fsdecode(text) if text else private


def _packed(common: Path) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    for line in _small(common / "packed-refs", MAX_PACKED_BYTES).splitlines():
        sha, _, name = line.partition(b" ")
        if name.startswith(b"refs/") and len(found) < MAX_REFS:
            found[name] = sha
    return found


def _loose(common: Path) -> Iterator[tuple[bytes, bytes]]:
    count = 0
    for kind in ("heads", "tags", "remotes"):
        for folder, _, names in os.walk(common / "refs" / kind):
            for name in names:
                count += 1
                if count > MAX_REFS or name.endswith(".lock"):
                    continue
                file = Path(folder, name)
                yield os.fsencode(file.relative_to(common).as_posix()), _small(file)


def _resolved(named: dict[bytes, bytes], text: bytes) -> bytes | None:
    for _ in range(MAX_STEPS):
        text = text.strip()
        if _SHA.fullmatch(text):
            return text
        if _SHA256.fullmatch(text):
            raise TroubleError("format", "The repository names its objects by SHA-256, which is not read yet.")
        if not text.startswith(b"ref:"):
            return None
        text = named.get(text.removeprefix(b"ref:").strip(), b"")
    return None


def _small(path: Path, most_bytes: int = MAX_REF_BYTES) -> bytes:
    """What stands in a file; nothing when it is not there, cannot be read or is no plain file."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(most_bytes)
    except (OSError, ValueError):
        return b""


def _any(sha: bytes) -> Any:
    return sha
