"""One fetch: find the commit, get what is missing, look at its tree, write it out.

Runs in the git process. Hides dulwich. The object store is bare and shallow and grows with each fetch; what is
there already is not sent again.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from dulwich.errors import GitProtocolError, HangupException
from dulwich.object_store import ObjectStoreGraphWalker
from dulwich.objects import Blob, Commit, Tag, Tree
from dulwich.repo import Repo

from qntx_desktop.engines.git.export import Progress, export
from qntx_desktop.engines.git.followed import MAX_ASKED_BYTES, notes_on, read_ref
from qntx_desktop.engines.git.kept import changes, read
from qntx_desktop.engines.git.remote import Remote
from qntx_desktop.engines.git.tree import plan_of
from qntx_desktop.engines.git.trouble import TroubleError

PATHS_TOLD = 1_000
MAX_TAG_STEPS = 10
MAX_PACKS = 50

_KEPT_REF = b"refs/heads/qntx"


def fetch(request: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Bring a source up to date.

    Args:
        request: `url, branch, tag, commit, token, have, have_folder, objects, parent`.
        progress: Told current, total (or None) and what is being done.

    Returns:
        `{unchanged: True, commit}` or the new revision: `folder, commit, files, size_bytes, notes, declared,
        paths, added, changed, removed`; both with `received_bytes`.

    Raises:
        TroubleError, OSError: The old files are untouched.
    """
    remote = Remote(
        request["url"], request["token"], lambda count: progress(count, None, f"Received {count:,} bytes")
    )
    wanted, followed = _wanted(remote, request)
    if wanted == (request.get("have") or "").encode():
        return {"unchanged": True, "commit": wanted.decode(), "received_bytes": remote.received_bytes}
    objects = Path(request["objects"])
    with _store(objects) as repo:
        commit = _fetched(remote, repo, wanted, request)
        sha = commit.id.decode()
        plan = plan_of(commit.tree, lambda tree: _items(repo, tree))
        before = read(Path(request["parent"]), request.get("have_folder"))
        exported = export(
            sha, plan, lambda blob: _content(repo, blob), Path(request["parent"]), before, progress
        )
        said = notes_on(repo, followed, commit, lambda: _asking(request))
    differing = changes(before.files, exported.held)
    return {
        "unchanged": False,
        "commit": sha,
        "folder": exported.folder,
        "files": exported.files,
        "size_bytes": exported.size_bytes,
        "notes": [*exported.notes, *said],
        "declared": exported.declared,
        "paths": differing[:PATHS_TOLD],
        **{word: sum(kind == sign for kind, _ in differing) for word, sign in _SIGNS},
        "received_bytes": remote.received_bytes,
    }


_SIGNS = (("added", "+"), ("changed", "~"), ("removed", "-"))


def look(request: dict[str, Any], _progress: Progress) -> dict[str, Any]:
    """The branches and tags of a repository, and its default branch."""
    refs, head = Remote(request["url"], request["token"], lambda _count: None).refs()
    names = {
        kind: _names(refs, prefix) for kind, prefix in (("branches", b"refs/heads/"), ("tags", b"refs/tags/"))
    }
    default = head.removeprefix(b"refs/heads/").decode(errors="replace") if head else None
    return {**names, "default": default}


def _names(refs: dict[bytes, bytes], prefix: bytes) -> list[str]:
    found = (
        name.removeprefix(prefix) for name in refs if name.startswith(prefix) and not name.endswith(b"^{}")
    )
    return sorted(name.decode(errors="replace") for name in found)


def _asking(request: dict[str, Any]) -> Remote:
    """The same server, for a small question."""
    return Remote(request["url"], request["token"], lambda _count: None, MAX_ASKED_BYTES)


def _wanted(remote: Remote, request: dict[str, Any]) -> tuple[bytes, bytes | None]:
    """The object that is followed now, a commit or a tag that points at one, and the name that means it."""
    if request["commit"]:
        return str(request["commit"]).encode(), None
    refs, head = remote.refs()
    if request["branch"]:
        name = b"refs/heads/" + request["branch"].encode()
        return _or_none(refs, name, "no_branch", request["branch"]), name
    if request["tag"]:
        name = b"refs/tags/" + request["tag"].encode()
        return refs.get(name + b"^{}") or _or_none(refs, name, "no_tag", request["tag"]), name
    for name in (head, b"HEAD", b"refs/heads/main", b"refs/heads/master"):
        if name is not None and name in refs:
            return refs[name], None if name == b"HEAD" else name
    raise TroubleError("empty")


def _or_none(refs: dict[bytes, bytes], name: bytes, reason: str, said: str) -> bytes:
    if name not in refs:
        what = reason.removeprefix("no_")
        raise TroubleError(reason, f"The repository has no {what} '{said}'.")
    return refs[name]


@contextlib.contextmanager
def _store(folder: Path) -> Iterator[Any]:
    """The bare repository in `folder`, marked while something is done with it.

    One that still bears the mark was left by a process that died, or holds something damaged: locks, half a pack,
    names without objects. It is made anew, and so is one with many packs, each of which makes look-ups slower.
    """
    mark = folder / "unfinished"
    if mark.exists() or len(list((folder / "objects" / "pack").glob("*.pack"))) > MAX_PACKS:
        shutil.rmtree(folder)
    with contextlib.closing(_opened(folder)) as repo:
        mark.touch()
        try:
            yield repo
        except TroubleError as trouble:
            if trouble.reason != "damaged":
                mark.unlink()
            raise
        mark.unlink()


def _opened(folder: Path) -> Any:
    """The bare repository in `folder`; one that cannot be opened is made anew."""
    if folder.exists():
        try:
            return Repo(str(folder))
        except Exception:  # noqa: BLE001 - whatever is wrong with it: everything in it can be fetched again
            shutil.rmtree(folder)
    folder.mkdir(mode=0o700, parents=True)
    return Repo.init_bare(str(folder))


def _fetched(remote: Remote, repo: Any, wanted: bytes, request: dict[str, Any]) -> Commit:
    if wanted not in repo.object_store:
        try:
            _fetch_pack(remote, repo, wanted, pinned=bool(request["commit"]))
        except (HangupException, GitProtocolError):
            # A whole answer without the commit: that is how a server says that it has none of this name.
            if not request["commit"]:
                raise
            raise TroubleError("no_commit") from None
    commit = _commit(repo, wanted)
    repo.refs[_KEPT_REF] = commit.id  # what is there already is told to the server next time
    return commit


def _fetch_pack(remote: Remote, repo: Any, wanted: bytes, *, pinned: bool) -> None:
    from tempfile import SpooledTemporaryFile

    heads = [sha for sha in [read_ref(repo, _KEPT_REF)] if sha is not None and sha in repo.object_store]
    walker = ObjectStoreGraphWalker(
        heads, lambda _sha: [], shallow=repo.get_shallow(), update_shallow=repo.update_shallow
    )
    wants: Any = _Wants(wanted)
    with SpooledTemporaryFile(max_size=4 << 20, dir=repo.object_store.path) as pack:
        result = remote.fetch_pack(
            "",
            wants,
            walker,
            pack.write,
            depth=1,
            protocol_version=2 if pinned else 0,
        )
        if pack.tell():
            pack.seek(0)
            repo.object_store.add_thin_pack(pack.read, None)
    repo.update_shallow(result.new_shallow, result.new_unshallow)


class _Wants:
    """Asks for one object, whatever else there is."""

    def __init__(self, wanted: Any) -> None:
        self._wanted = wanted

    def __call__(self, _refs: Any, depth: int | None = None) -> list[Any]:
        return [self._wanted]


def _commit(repo: Any, sha: bytes) -> Commit:
    found: Any = None
    for _ in range(MAX_TAG_STEPS):
        try:
            found = repo.object_store[sha]
        except KeyError:
            raise TroubleError("no_commit") from None
        if not isinstance(found, Tag):
            break
        sha = found.object[1]
    if not isinstance(found, Commit):
        raise TroubleError("no_commit", "What is followed is no commit.")
    return found


def _items(repo: Any, sha: bytes) -> Iterator[tuple[bytes, int, bytes]]:
    found = _object(repo, sha, Tree)
    return ((bytes(each.path), int(each.mode), bytes(each.sha)) for each in found.iteritems())


def _content(repo: Any, sha: bytes) -> bytes:
    return bytes(_object(repo, sha, Blob).data)


def _object(repo: Any, sha: bytes, kind: type) -> Any:
    try:
        found = repo.object_store[sha]
    except KeyError:
        raise TroubleError("damaged", "An object of the commit is missing.") from None
    if not isinstance(found, kind):
        raise TroubleError("damaged")
    return found


_ASK: dict[str, Callable[[dict[str, Any], Progress], dict[str, Any]]] = {"fetch": fetch, "look": look}


def answer(request: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Do what is asked for: `fetch` or `look`."""
    return _ASK[request["ask"]](request, progress)
