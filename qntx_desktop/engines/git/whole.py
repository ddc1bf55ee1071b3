"""Fetches all branches and tags of a repository into a store that is thrown away. Runs in the git process.

Hides dulwich's client side.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any

from dulwich.object_store import DiskObjectStore, ObjectStoreGraphWalker

from qntx_desktop.engines.git.folder import Folder, Refs, mark_of
from qntx_desktop.engines.git.remote import Remote

_TAKEN = (b"refs/heads/", b"refs/tags/")
_PEELED = b"^{}"
_IN_MEMORY_BYTES = 4 << 20


def fetched(
    url: str, store: Path, unchanged: str | None, tell: Callable[[float, float | None, str], None]
) -> Folder | str:
    """Fetch everything that branches and tags lead to.

    Args:
        store: A folder that does not exist yet.
        unchanged: The mark of the refs at which nothing is fetched.

    Returns:
        The repository, or the mark when it is `unchanged`.

    Raises:
        TroubleError: The server cannot be reached, or does not answer as one.
    """
    remote = Remote(url, None, lambda count: tell(count, None, f"Received {count:,} bytes"))
    all_refs, default = remote.refs()
    named = {
        name: sha
        for name, sha in sorted(all_refs.items())
        if name.startswith(_TAKEN) and not name.endswith(_PEELED)
    }
    head = all_refs.get(default or b"HEAD") or all_refs.get(b"HEAD")
    refs = Refs(named=named, head=head)
    mark = mark_of(refs)
    if mark == unchanged:
        return mark
    store.mkdir(mode=0o700, parents=True)
    objects = DiskObjectStore.init(str(store))
    wanted = {*named.values(), *([head] if head else [])}
    if wanted:
        _fetch_pack(remote, objects, sorted(wanted), store)
    objects.close()
    return Folder(store, refs)


def _fetch_pack(remote: Remote, objects: DiskObjectStore, wanted: list[bytes], folder: Path) -> None:
    walker = ObjectStoreGraphWalker([], lambda _sha: [])
    wants: Any = lambda _refs, depth=None: wanted  # noqa: E731, ARG005 - dulwich names the argument
    with SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES, dir=str(folder)) as pack:
        remote.fetch_pack("", wants, walker, pack.write, protocol_version=0)
        if pack.tell():
            pack.seek(0)
            objects.add_thin_pack(pack.read, None)
