"""Finds the files of a commit that declare dependencies. Runs in the git process."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from typing import Any

from qntx_desktop.engines.git.commit import said_of, storable, term, text_of
from qntx_desktop.engines.git.folder import BLOB, COMMIT, TREE, Folder
from qntx_desktop.engines.git.manifests import dependency_facts, is_manifest

MAX_ENTRIES = 200_000
MAX_MANIFESTS = 500
MAX_DEPTH = 40
SUBMODULE = 0o160000
_NOT_OWN = frozenset({"node_modules", "vendor", "third_party", "site-packages", ".venv"})


def dependencies(
    folder: Folder, head: bytes, repository: str, fallback: str, note: Callable[[str], None]
) -> Iterator[list[dict[str, Any]]]:
    """The declared dependencies of each such file in the commit that is checked out.

    Args:
        note: Told about files that cannot be read, and about what is left out; neither ends anything.

    Yields:
        The facts of one file.
    """
    peeled = folder.peeled(head)
    if peeled is None or peeled[0] != COMMIT:
        return
    commit, tree = peeled[1].decode(), said_of(peeled[2]).tree
    for path, sha in _manifests(folder, tree.encode(), note):
        found = folder.get(sha)
        if found is None or found[0] != BLOB:
            note(f"{path} is missing from the repository.")
            continue
        try:
            yield dependency_facts(path, found[1], commit, repository, fallback)
        except ValueError as error:
            note(f"{path} cannot be read: {term(str(error))[:200]}")


def _manifests(folder: Folder, tree: bytes, note: Callable[[str], None]) -> Iterator[tuple[str, bytes]]:
    waiting, seen, count = [("", tree, 0)], 0, 0
    submodules: list[str] = []
    while waiting:
        prefix, sha, depth = waiting.pop()
        for name, mode, child in _entries(folder, sha):
            seen += 1
            if seen > MAX_ENTRIES:
                note(f"The repository has more than {MAX_ENTRIES:,} files; the rest was not searched.")
                return
            path = prefix + name
            if mode == SUBMODULE:
                submodules.append(path)
            elif stat.S_ISDIR(mode) and name not in _NOT_OWN and depth < MAX_DEPTH:
                waiting.append((f"{path}/", child, depth + 1))
            elif stat.S_ISREG(mode) and is_manifest(name):
                count += 1
                if count > MAX_MANIFESTS:
                    note(f"More than {MAX_MANIFESTS:,} files declare dependencies; the rest was not read.")
                    return
                yield path, child
    if submodules:
        note(f"Submodules are not followed: {', '.join(sorted(submodules))}")


def _entries(folder: Folder, sha: bytes) -> Iterator[tuple[str, int, bytes]]:
    """Name, mode and object of each entry; what is broken ends the tree."""
    found = folder.get(sha)
    if found is None or found[0] != TREE:
        return
    raw, at = found[1], 0
    while at < len(raw):
        space, end = raw.find(b" ", at), raw.find(b"\0", at)
        if not at < space < end or end + 21 > len(raw) or not raw[at:space].isdigit():
            return
        yield storable(text_of(raw[space + 1 : end])), int(raw[at:space], 8), raw[end + 1 : end + 21].hex().encode()
        at = end + 21
