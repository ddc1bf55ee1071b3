"""The history of a repository, told a batch at a time: commits from old to new, then branches, tags, dependencies.

Runs in the git process. What is told may be known already; whoever listens passes over it. The memory used grows
with the names of the commits, not with what they hold.
"""

from __future__ import annotations

import contextlib
import heapq
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from qntx_desktop.engines.git.commit import links_of, said_of, storable, term, text_of
from qntx_desktop.engines.git.facts import Fact, commit_facts, ref_fact
from qntx_desktop.engines.git.folder import COMMIT, TAG, Folder, mark_of, open_folder
from qntx_desktop.engines.git.project_files import dependencies
from qntx_desktop.engines.git.trouble import TroubleError

BATCH_FACTS = 600
BATCH_CHARS = 1 << 20
NOTES_TOLD = 50
_TOLD_EVERY = 500
_KINDS = ((b"refs/heads/", "branch"), (b"refs/tags/", "tag"))


class Teller(Protocol):
    """The way back to the app."""

    def __call__(self, current: float, total: float | None, message: str) -> None:
        """How far it is."""

    def send(self, message: dict[str, Any]) -> None:
        """Something that is not the last word; waits until it was taken."""


class Batches:
    """Facts on their way, so many at a time."""

    def __init__(self, tell: Teller) -> None:
        self._tell = tell
        self._facts: list[Fact] = []
        self._chars = 0

    def add(self, fact: Fact) -> None:
        """One more fact."""
        self._facts.append(fact)
        self._chars += sum(len(value) for value in fact["attributes"].values() if isinstance(value, str)) + 300

    def between(self) -> None:
        """Facts that belong together are complete: send them if they are many."""
        if len(self._facts) >= BATCH_FACTS or self._chars >= BATCH_CHARS:
            self.flush()

    def flush(self) -> None:
        """Send what waits."""
        if self._facts:
            self._tell.send({"facts": self._facts})
        self._facts, self._chars = [], 0


def history(request: dict[str, Any], tell: Teller) -> dict[str, Any]:
    """Tell everything that a repository says.

    Args:
        request: `url` or `path`; `store`: where to fetch to; `repository`: its name; `fallback`: of its project;
            `exclude`: commits whose ancestors are passed over; `since_s`, `since_commit`; `dependencies`;
            `unchanged`: a mark of the refs, at which there is nothing to tell.
        tell: Is sent `{facts: [...]}`, batch by batch.

    Returns:
        `commits, branches, tags, dependencies, manifests, notes, tips, mark, unchanged`.

    Raises:
        TroubleError: There is no repository, it cannot be fetched, or `since_commit` is not in it.
    """
    opened = _opened(request, tell)
    if isinstance(opened, str):
        return {"unchanged": True, "mark": opened}
    with contextlib.closing(opened) as folder:
        return _told(folder, request, tell)


def _opened(request: dict[str, Any], tell: Teller) -> Folder | str:
    """The repository; or the mark of its refs when nothing has changed."""
    if request["url"] is None:
        folder = open_folder(Path(request["path"]))
        mark = mark_of(folder.refs)
        if mark != request["unchanged"]:
            return folder
        folder.close()
        return mark
    from qntx_desktop.engines.git.whole import fetched  # late: a local folder needs no network

    return fetched(request["url"], Path(request["store"]), request["unchanged"], tell)


def _told(folder: Folder, request: dict[str, Any], tell: Teller) -> dict[str, Any]:
    repository, notes = request["repository"], Notes()
    batches = Batches(tell)
    tips = _tips(folder, notes)
    commits = _new_commits(folder, tips, _passed_over(folder, request), tell, notes)
    if request["since_s"] is not None:
        commits = [each for each in commits if each[0] >= request["since_s"]]
    commits.sort()
    for number, (_, sha) in enumerate(commits):
        found = folder.get(sha)
        if found is not None:
            for fact in commit_facts(sha.decode(), said_of(found[1]), repository):
                batches.add(fact)
        batches.between()
        tell(number + 1, len(commits), "commits read")
    counts = {"branch": 0, "tag": 0}
    for fact in _ref_facts(folder, repository, notes):
        counts[fact["attributes"]["kind"]] += 1
        batches.add(fact)
        batches.between()
    declared, files = 0, 0
    if request["dependencies"] and folder.refs.head is not None:
        for path_facts in dependencies(folder, folder.refs.head, repository, request["fallback"], notes.add):
            files += 1
            for fact in path_facts:
                declared += 1
                batches.add(fact)
                batches.between()
    batches.flush()
    return {
        "unchanged": False,
        "commits": len(commits),
        "branches": counts["branch"],
        "tags": counts["tag"],
        "manifests": files,
        "dependencies": declared,
        "notes": notes.told(),
        "tips": sorted(each.decode() for each in tips),
        "mark": mark_of(folder.refs),
    }


class Notes:
    """What a person should know, each once, the first few."""

    def __init__(self) -> None:
        self._notes: dict[str, None] = {}
        self._more = 0

    def add(self, note: str) -> None:
        """One more."""
        if len(self._notes) < NOTES_TOLD:
            self._notes[note[:500]] = None
        elif note not in self._notes:
            self._more += 1

    def told(self) -> list[str]:
        """All, and how many more."""
        return [*self._notes, *([f"{self._more:,} more notes of this kind."] if self._more else [])]


def _tips(folder: Folder, notes: Notes) -> set[bytes]:
    """The commits that branches, tags and HEAD mean."""
    names = {
        sha: name for name, sha in folder.refs.named.items() if name.startswith(tuple(kind for kind, _ in _KINDS))
    }
    if folder.refs.head is not None:
        names[folder.refs.head] = b"HEAD"
    tips = set()
    for sha, name in names.items():
        found = folder.peeled(sha)
        if found is None:
            notes.add(f"{term(text_of(name))} points to {sha.decode()}, which is missing or damaged.")
        elif found[0] == COMMIT:
            tips.add(found[1])
    return tips


def _passed_over(folder: Folder, request: dict[str, Any]) -> set[bytes]:
    found = {each.encode() for each in request["exclude"]}
    prefix = request["since_commit"]
    if prefix is None:
        return found
    matches = folder.starting_with(prefix)
    if len(matches) != 1:
        said = "There is no commit" if not matches else "There is more than one commit"
        raise TroubleError("since", f"{said} that begins with {prefix}.")
    return found | set(matches)


def _new_commits(
    folder: Folder, tips: set[bytes], passed_over: set[bytes], tell: Teller, notes: Notes
) -> list[tuple[int, bytes]]:
    """Commits that the tips lead to, and `passed_over` do not, with their times.

    Newest first, as git walks: where clocks were wrong, a commit too many may come out, never one too few.
    """
    old, seen, queued = set(passed_over), set(tips | passed_over), set[bytes]()
    waiting: list[tuple[int, bytes, tuple[bytes, ...]]] = []
    found: list[tuple[int, bytes]] = []

    def push(sha: bytes) -> bool:
        raw = folder.get(sha)
        if raw is None or raw[0] != COMMIT:
            return False
        time_s, parents = links_of(raw[1])
        heapq.heappush(waiting, (-time_s, sha, parents))
        queued.add(sha)
        return True

    for sha in seen:
        push(sha)
    new = len(queued - old)
    while new > 0:
        age, sha, parents = heapq.heappop(waiting)
        queued.remove(sha)
        is_old = sha in old
        if not is_old:
            new -= 1
            found.append((-age, sha))
            if len(found) % _TOLD_EVERY == 0:
                tell(len(found), None, "commits found")
        for parent in () if sha in folder.shallow else parents:
            if is_old and parent not in old:
                old.add(parent)
                new -= parent in queued
            if parent not in seen:
                seen.add(parent)
                if push(parent):
                    new += parent not in old
                elif not is_old:
                    notes.add("Some commits are missing, so the history ends there.")
    if folder.shallow:
        notes.add("The repository is a shallow clone: what came before it is not there.")
    return [each for each in found if each[1] not in old]


def _ref_facts(folder: Folder, repository: str, notes: Notes) -> Iterator[Fact]:
    for ref, sha in folder.refs.named.items():
        kind = next(((prefix, kind) for prefix, kind in _KINDS if ref.startswith(prefix)), None)
        name = term(storable(text_of(ref.removeprefix(kind[0])))) if kind else ""
        found = folder.peeled(sha) if name else None
        if kind is None or found is None:
            continue
        if found[0] != COMMIT:
            notes.add(f"The {kind[1]} {name} points to no commit.")
            continue
        raw = folder.get(sha)
        tag = said_of(raw[1]) if raw is not None and raw[0] == TAG else None
        yield ref_fact(name, kind[1], found[1].decode(), repository, tag)
