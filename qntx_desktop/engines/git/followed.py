"""What a name meant when it was followed last, and what to say when it does not go on from there.

Runs in the git process. Hides dulwich. A revision is one commit without its history, so whether a branch goes on
from the commit before is asked of the server: for commits alone, since the time of that commit.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dulwich.errors import GitProtocolError, HangupException
from dulwich.object_store import DiskObjectStore, ObjectStoreGraphWalker
from dulwich.objects import Commit

from qntx_desktop.engines.git.remote import Remote
from qntx_desktop.engines.git.tree import shown
from qntx_desktop.engines.git.trouble import TroubleError

MAX_ASKED_BYTES = 32 << 20
SLACK_S = 86_400
"""How far clocks of those who commit may be apart."""
_BRANCH = b"refs/heads/"


def read_ref(repo: Any, name: Any) -> Any:
    """The name of the object that a reference means, in bytes; None if there is no such reference."""
    try:
        return bytes(repo.refs[name])
    except KeyError:
        return None


def before_of(repo: Any, name: bytes, commit: Any) -> bytes | None:
    """What a branch or tag meant when it was followed last, and now means `commit`; None: the same, or new."""
    words = name.removeprefix(b"refs/tags/")
    kept: Any = b"refs/qntx/" + hashlib.sha256(words).hexdigest().encode()
    before = read_ref(repo, kept)
    repo.refs[kept] = commit
    return None if before == commit else before


def notes_on(repo: Any, name: bytes | None, commit: Commit, ask: Callable[[], Remote]) -> list[str]:
    """That a tag was moved, which tags are not supposed to be, or that a branch was rewritten.

    Args:
        name: The whole name of what is followed; None: one commit, which means itself for good.
        ask: The server, for a question of its own.
    """
    before = before_of(repo, name, commit.id) if name is not None else None
    if name is None or before is None:
        return []
    if not name.startswith(_BRANCH):
        tag = shown(name.removeprefix(b"refs/tags/").decode(errors="replace"))
        return [f"The tag {tag} was moved: it meant {before[:10].decode()} before."]
    branch = shown(name.removeprefix(_BRANCH).decode(errors="replace"))
    goes_on = _goes_on(repo, before, commit, ask)
    if goes_on is None:
        return [f"Whether the branch {branch} was rewritten since {before[:10].decode()} cannot be told."]
    return [] if goes_on else [f"The branch {branch} was rewritten: {before[:10].decode()} is not in it any more."]


def _goes_on(repo: Any, before: Any, commit: Commit, ask: Callable[[], Remote]) -> bool | None:
    """Whether a commit has an earlier one among its ancestors; None: the server does not tell."""
    if before in commit.parents:
        return True
    try:
        since_s = repo.object_store[before].commit_time - SLACK_S
    except KeyError:
        return None
    if commit.commit_time < since_s:
        return False
    folder = Path(repo.path) / "asked"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    store = DiskObjectStore.init(str(folder))
    try:
        _fetch_commits(ask(), store, commit.id, since_s, folder)
        return before in store
    except (TroubleError, GitProtocolError, HangupException):
        return None
    finally:
        store.close()
        shutil.rmtree(folder)


def _fetch_commits(remote: Remote, store: DiskObjectStore, tip: Any, since_s: int, folder: Path) -> None:
    from tempfile import SpooledTemporaryFile

    wants: Any = lambda _refs, depth=None: [tip]  # noqa: E731, ARG005 - dulwich names the argument
    walker = ObjectStoreGraphWalker([], lambda _sha: [])
    with SpooledTemporaryFile(max_size=4 << 20, dir=str(folder)) as pack:
        remote.fetch_pack(
            "",
            wants,
            walker,
            pack.write,
            filter_spec=b"tree:0",
            protocol_version=2,
            shallow_since=str(since_s),
        )
        if pack.tell():
            pack.seek(0)
            store.add_thin_pack(pack.read, None)
