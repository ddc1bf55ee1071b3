"""Servers and packs that mean harm: each is refused with a reason, and no file of it is ever seen."""

from __future__ import annotations

import hashlib
import shutil
import struct
import sys
import threading
import zlib
from pathlib import Path
from typing import Any

import pytest

from qntx_desktop.engines.git import port
from qntx_desktop.engines.git.port import FetchRequest, GitProcesses
from qntx_desktop.engines.sandbox.cancel import CancelToken
from qntx_desktop.model.errors import QntxError
from tests.git_server import Repository, Server, git, line, ref

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")

COMMIT, TREE, BLOB, TAG, OFS_DELTA = 1, 2, 3, 4, 6
WHO = b"author a <a> 1 +0000\ncommitter a <a> 1 +0000\n\nm"
NAMES = {COMMIT: b"commit", TREE: b"tree", BLOB: b"blob", TAG: b"tag"}
OFFERS = "multi_ack thin-pack ofs-delta shallow no-progress agent=x"
REASONS_OF_DAMAGE = {"damaged", "protocol", "cut", "no_commit"}


class Fetching:
    def __init__(self, server: Server, processes: GitProcesses, parent: Path) -> None:
        self.parent = parent
        self.cancel = CancelToken()
        self.processes = processes
        self._server = server

    def __call__(self, **options: Any) -> Any:
        places = {"url": self._server.url(), "objects": self.parent / "objects", "parent": self.parent}
        return self.processes.fetch(FetchRequest(**places | options), lambda *_: None, self.cancel)

    def refused(self, **options: Any) -> QntxError:
        with pytest.raises(QntxError) as refused:
            self(**options)
        assert [each.name for each in self.parent.glob("*") if each.name != "objects"] == []
        return refused.value


@pytest.fixture
def fetching(server: Server, processes: GitProcesses, tmp_path: Path) -> Fetching:
    return Fetching(server, processes, tmp_path / "fetched")


def sha_of(kind: int, content: bytes) -> str:
    return hashlib.sha1(NAMES[kind] + b" %d\0" % len(content) + content).hexdigest()


def size_bits(kind: int, size: int) -> bytes:
    out, rest = bytearray(), size >> 4
    byte = kind << 4 | size & 15
    while rest:
        out.append(byte | 128)
        byte, rest = rest & 127, rest >> 7
    return bytes([*out, byte])


def packed(kind: int, content: bytes, size: int | None = None) -> bytes:
    """One object of a pack; `size` is what it claims to have."""
    return size_bits(kind, len(content) if size is None else size) + zlib.compress(content)


def pack_of(*objects: bytes, count: int | None = None, tail: bytes | None = None) -> bytes:
    body = b"PACK" + struct.pack(">II", 2, len(objects) if count is None else count) + b"".join(objects)
    return body + (hashlib.sha1(body).digest() if tail is None else tail)


def serve(server: Server, tip: str, pack: bytes) -> None:
    """Answer with one branch that points to `tip`, and this pack whatever is asked for."""
    head = line(b"# service=git-upload-pack\n") + b"0000"
    server.raw_refs = head + ref("HEAD", tip, f"{OFFERS} symref=HEAD:refs/heads/main") + ref("refs/heads/main", tip)
    server.raw_refs += b"0000"
    server.raw_pack = line(b"shallow " + tip.encode()) + b"0000" + line(b"NAK\n") + pack
    server.mood = "raw"


def commit_of(tree: str) -> bytes:
    return b"tree " + tree.encode() + b"\n" + WHO


def one_file(content: bytes = b"x") -> tuple[str, list[bytes]]:
    """A commit with one file: its name and its objects."""
    blob = sha_of(BLOB, content)
    tree = b"100644 f\0" + bytes.fromhex(blob)
    commit = commit_of(sha_of(TREE, tree))
    return sha_of(COMMIT, commit), [packed(COMMIT, commit), packed(TREE, tree), packed(BLOB, content)]


def test_a_pack_made_by_hand_arrives(server: Server, fetching: Fetching) -> None:
    tip, objects = one_file(b"by hand")
    serve(server, tip, pack_of(*objects))
    answer = fetching()
    assert (answer["commit"], (fetching.parent / answer["folder"] / "f").read_bytes()) == (tip, b"by hand")


def _number(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def _copy(size: int) -> bytes:
    """Copy the whole base, in pieces of at most 16 MiB."""
    out = bytearray()
    offset = 0
    while size and len(out) < 4_000:
        piece = min(size, 0xFFFFFF)
        out += b"\xff" + struct.pack("<I", offset & 0xFFFFFFFF) + struct.pack("<I", piece)[:3]
        offset, size = offset + piece, size - piece
    return bytes(out)


def _offset(value: int) -> bytes:
    out = [value & 127]
    while value := value >> 7:
        value -= 1
        out.insert(0, value & 127 | 128)
    return bytes(out)


def changed(offset: int, delta: bytes) -> bytes:
    """An object that is a change of the one that begins so many bytes before it."""
    return size_bits(OFS_DELTA, len(delta)) + _offset(offset) + zlib.compress(delta)


def broken_packs() -> dict[str, tuple[str, bytes]]:
    tip, objects = one_file()
    good = pack_of(*objects)
    blob_tree = commit_of(sha_of(BLOB, b"x"))
    wrong_kind = b"100644 f\0" + bytes.fromhex(sha_of(TREE, b""))
    kind_commit = commit_of(sha_of(TREE, wrong_kind))
    no_such = commit_of("ab" * 20)
    odd = b"tree " + b"x" * 40 + b"\n\n"
    tag = b"object " + sha_of(BLOB, b"x").encode() + b"\ntype blob\ntag t\ntagger a <a> 1 +0000\n\nm"
    base = packed(BLOB, b"x" * 100)
    return {
        "cut short": (tip, good[:-30]),
        "wrong checksum": (tip, pack_of(*objects, tail=b"\0" * 20)),
        "more objects promised": (tip, pack_of(*objects, count=4_000_000_000)),
        "fewer objects promised": (tip, pack_of(*objects, count=1)),
        "no pack": (tip, b"hello"),
        "empty": (tip, pack_of()),
        "another commit": ("ab" * 20, good),
        "objects of a false size": (tip, pack_of(*objects[:2], packed(BLOB, b"x", size=1 << 40))),
        "rubbish that is no zlib": (tip, pack_of(*objects[:2], size_bits(BLOB, 1) + b"\xff" * 20)),
        "unknown kind": (tip, pack_of(*objects, size_bits(5, 1) + zlib.compress(b"x"))),
        "delta without a base": (tip, pack_of(*objects, changed(0x7F, b"\1\1\1"))),
        "delta out of its base": (tip, pack_of(base, changed(len(base), b"\x64\x05\x91\xff\x05"), *objects)),
        "a tree that is a blob": (sha_of(COMMIT, blob_tree), pack_of(packed(COMMIT, blob_tree), objects[2])),
        "a file that is a tree": (
            sha_of(COMMIT, kind_commit),
            pack_of(packed(COMMIT, kind_commit), packed(TREE, wrong_kind), packed(TREE, b"")),
        ),
        "a tree that is missing": (sha_of(COMMIT, no_such), pack_of(packed(COMMIT, no_such))),
        "a commit that says nothing": (sha_of(COMMIT, odd), pack_of(packed(COMMIT, odd))),
        "a tag of a file": (sha_of(TAG, tag), pack_of(packed(TAG, tag), objects[2])),
    }


@pytest.mark.parametrize("name", broken_packs())
def test_a_pack_that_is_broken_is_refused(server: Server, fetching: Fetching, name: str) -> None:
    serve(server, *broken_packs()[name])
    refused = fetching.refused()
    assert refused.details["reason"] in REASONS_OF_DAMAGE, refused
    tip, objects = one_file(b"afterwards")
    serve(server, tip, pack_of(*objects))
    assert fetching()["commit"] == tip


def test_a_file_that_unpacks_to_too_much_is_refused(server: Server, fetching: Fetching) -> None:
    tip, objects = one_file(bytes(52_500_000))
    assert sum(map(len, objects)) < 100_000
    serve(server, tip, pack_of(*objects))
    refused = fetching.refused()
    assert (refused.details["reason"], refused.details["path"]) == ("too_large", "f")


def test_many_names_for_a_large_file_are_refused_before_anything_is_written(
    server: Server, fetching: Fetching
) -> None:
    content = bytes(40_000_000)
    entry = bytes.fromhex(sha_of(BLOB, content))
    tree = b"".join(b"100644 f%02d\0" % number + entry for number in range(14))
    commit = commit_of(sha_of(TREE, tree))
    objects = [packed(COMMIT, commit), packed(TREE, tree), packed(BLOB, content)]
    serve(server, sha_of(COMMIT, commit), pack_of(*objects))
    refused = fetching.refused()
    assert (refused.details["reason"], refused.details["path"]) == ("too_large", "f13")


def test_deltas_that_grow_without_end_are_refused(server: Server, fetching: Fetching) -> None:
    """Each copies the one before twice: 2 KB of pack would be an exbibyte."""
    parts, size = [packed(BLOB, b"x" * 1024)], 1024
    for _ in range(45):
        parts.append(changed(len(parts[-1]), _number(size) + _number(size * 2) + _copy(size) * 2))
        size *= 2
    tip, objects = one_file()
    serve(server, tip, pack_of(*objects, *parts))
    refused = fetching.refused()
    assert refused.details["reason"] in {"memory", "damaged", "too_large", "crashed"}


def test_refs_without_end_are_refused(server: Server, repository: Repository, fetching: Fetching) -> None:
    repository.files({"a": b"1"})
    server.mood = "endless"
    assert fetching.refused().details["reason"] == "too_large"
    server.mood = ""
    assert fetching()["added"] == 1


def test_a_server_that_drips_is_ended_by_the_deadline(
    server: Server, repository: Repository, tmp_path: Path
) -> None:
    repository.files({"a": b"1"})
    server.mood = "drip"
    dripping = Fetching(server, GitProcesses(1.0), tmp_path / "fetched")
    try:
        assert dripping.refused().details["reason"] == "too_slow"
    finally:
        dripping.processes.close()
        server.free.set()


def test_redirects_to_itself_are_followed_a_few_times_only(
    server: Server, repository: Repository, fetching: Fetching
) -> None:
    repository.files({"a": b"1"})
    server.mood, server.redirect_to = "redirect", server.url("r.git/info/refs?service=git-upload-pack")
    assert fetching.refused().details["reason"] == "redirect"
    assert len(server.seen) == 4
    for elsewhere in ("http://127.0.0.1:1/r.git", "file:///etc/passwd", "//[::1", "https://127.0.0.1:1/"):
        server.redirect_to = elsewhere
        assert fetching.refused().details["reason"] == "redirect"


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")
def test_the_token_is_in_no_argument_variable_or_file_while_a_server_hangs(
    server: Server, repository: Repository, fetching: Fetching, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.files({"a": b"1"})
    server.mood = "hang"
    started: list[Any] = []
    real = port._started
    monkeypatch.setattr(port, "_started", lambda: started.append(real()) or started[-1])
    monkeypatch.setenv("HOME", "/home/somebody")
    fetching.processes = GitProcesses(60)  # started here, so that it would show

    def ask() -> None:
        with pytest.raises(QntxError):
            fetching(token="s3cr3t-token")

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        assert server.asked.wait(30)
        assert any(each for each in server.seen)
        told = [Path(f"/proc/{started[0].pid}/{name}").read_bytes() for name in ("cmdline", "environ")]
        assert not any(b"s3cr3t-token" in text or b"somebody" in text for text in told)
    finally:
        fetching.cancel.cancel()
        asking.join()
        server.free.set()
        fetching.processes.close()
    kept = [each for each in fetching.parent.rglob("*") if each.is_file() and b"s3cr3t" in each.read_bytes()]
    assert kept == []


def test_a_store_that_a_lost_process_left_is_made_anew_and_so_is_one_that_has_grown(
    repository: Repository, fetching: Fetching
) -> None:
    store = fetching.parent / "objects"
    repository.files({"a": b"1"})
    fetching()
    (store / "refs" / "heads" / "qntx.lock").touch()
    (store / "shallow.lock").touch()
    (store / "unfinished").touch()
    repository.files({"a": b"2"})
    assert fetching()["added"] == 1
    assert not (store / "unfinished").exists()
    (pack,) = (store / "objects" / "pack").glob("*.pack")
    for number in range(60):
        (pack.parent / f"pack-{number:040x}.pack").write_bytes(b"")
    repository.files({"a": b"3"})
    assert fetching()["added"] == 1
    assert len(list(pack.parent.glob("*.pack"))) == 1


def test_a_tag_of_a_tag_of_a_tag(server: Server, repository: Repository, fetching: Fetching) -> None:
    commit = target = repository.files({"a": b"1"})
    for number in range(5):
        git("tag", "-a", f"t{number}", "-m", "t", target, at=repository.path)
        target = git("rev-parse", f"t{number}", at=repository.path)
    assert fetching(tag="t4")["commit"] == commit
