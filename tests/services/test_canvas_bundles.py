"""Canvases as bundles: what they need travels, nothing else does, and what comes waits for a yes."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from qntx_desktop.app.container import Services, build
from qntx_desktop.app.paths import Home
from qntx_desktop.model import canvas_file
from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.errors import ErrFileNotFound, ErrInvalidBundle, ErrInvalidPayload, QntxError
from qntx_desktop.model.glyph import Glyph
from qntx_desktop.services import bundle_zip
from qntx_desktop.services.bundle_zip import CANVAS, HANDLERS, packed, unpacked
from qntx_desktop.services.canvases import came_from_elsewhere, code_sha256

QUIET = "import qntx\nprint(open(qntx.args[0]).read())\n"
LOUD = '# /// script\n# [tool.qntx]\n# network = ["api.example.com:443"]\n# secrets = ["token"]\n# ///\nprint(1)\n'
EMPTY = canvas_file.written("Empty", [], []).encode()


def glyph(key: int, kind: str, **content: object) -> Glyph:
    return Glyph(id=key, kind=kind, x=0, y=0, width=90, height=90, content=content, state={"job_id": 7})


@pytest.fixture
def homes(tmp_path: Path) -> Iterator[tuple[Services, Services]]:
    made = [build(Home(root=tmp_path / name)) for name in ("here", "there")]
    yield made[0], made[1]
    for each in made:
        each.close()


def test_a_canvas_arrives_with_its_handlers_and_files(homes: tuple[Services, Services], tmp_path: Path) -> None:
    here, there = homes
    folder = tmp_path / "mine"
    (folder / "deep").mkdir(parents=True)
    (folder / "people.csv").write_text("a,b\n", "utf-8")
    (folder / "deep" / "PEOPLE.csv").write_text("other", "utf-8")
    (folder / "deep" / "-x;y.csv").write_text("odd", "utf-8")
    here.handlers.create("quiet", QUIET, source="window")
    here.handlers.create("loud", LOUD, source="window")
    here.handlers.create("unused", QUIET, source="window")
    first, inner = here.canvas.open_first(), here.canvases.make("Inner")
    here.canvas.save(first.id, CanvasDiff(folder=(first.folder, str(folder))), "test")
    command = f"ix quiet ./people.csv --more={folder}/deep/PEOPLE.csv './deep/-x;y.csv' ./absent.csv ./deep 5"
    added = {
        1: glyph(1, "ix", text=command),
        2: glyph(2, "ix", text="ix loud ./people.csv"),
        3: glyph(3, "python", code=LOUD, script_type="loud"),
        4: glyph(4, "canvas", canvas=inner.uid),
        5: glyph(5, "ix", text="ix nobody 'unclosed"),
        6: glyph(6, "ix", text="ix nobody"),
    }
    here.canvas.save(first.id, CanvasDiff(added=added), "me")
    here.canvas.save(inner.id, CanvasDiff(added={7: glyph(7, "python", code=LOUD)}), "me")
    path = str(tmp_path / "all.qntx")
    written = here.canvas_bundles.export(first.id, path)
    assert (written.handlers, written.inputs) == (("loud", "quiet"), ("people.csv", "PEOPLE-2.csv", "file.csv"))
    files = dict(here.canvas_bundles.files(first.id))
    assert files == {
        str(folder / "people.csv"): 4,
        str(folder / "deep/PEOPLE.csv"): 5,
        str(folder / "deep/-x;y.csv"): 3,
    }
    few = here.canvas_bundles.export(first.id, str(tmp_path / "few.qntx"), [str(folder / "deep/PEOPLE.csv")])
    assert few.inputs == ("people.csv", "file.csv")
    again = str(tmp_path / "again.qntx")
    here.canvas_bundles.export(first.id, again)
    assert Path(path).read_bytes() == Path(again).read_bytes()
    assert b"job_id" not in unpacked(Path(path).read_bytes())[CANVAS]

    there.handlers.create("quiet", QUIET, source="window")
    look = there.canvas_bundles.look(path)
    assert (look.name, look.glyphs, look.canvases) == ("Canvas 1", 7, 2)
    assert [(each.name, each.known, bool(each.asks)) for each in look.handlers] == [
        ("loud", False, True),
        ("quiet", True, False),
    ]
    assert there.canvases.list() == ()
    made = there.canvas_bundles.take(path, look.digest)
    loaded = there.canvas.load(made.id)
    assert Path(loaded.folder) == tmp_path / "there" / "inputs" / "canvas-1"
    inputs = {each.name: each.read_text("utf-8") for each in Path(loaded.folder).iterdir()}
    assert inputs == {"people.csv": "a,b\n", "PEOPLE-2.csv": "other", "file.csv": "odd"}
    texts = [each.content["text"] for each in loaded.glyphs.values() if each.kind == "ix"]
    assert texts[:2] == [
        "ix quiet ./people.csv --more=./PEOPLE-2.csv ./file.csv ./absent.csv ./deep 5",
        "ix loud ./people.csv",
    ]
    assert texts[2:] == ["ix nobody 'unclosed", "ix nobody"]
    (python,) = (each for each in loaded.glyphs.values() if each.kind == "python")
    assert python.state["saved"]["version"] == 1
    assert python.state["came"] == code_sha256(LOUD)
    loud = there.handlers.show("loud")
    assert not loud.allowed
    assert there.handlers.show("quiet").source == "window"
    job = there.runs.ix("loud ./people.csv", base=Path(loaded.folder), bare=True)
    assert job.waiting_code == "permission_required"
    # Once more, with a yes: another folder, the same version, and the job that waited goes on.
    other = there.canvas_bundles.take(path, look.digest, ["loud"])
    assert Path(there.canvas.load(other.id).folder).name == "canvas-1-2"
    assert there.handlers.show("loud").version == loud.version
    assert there.handlers.show("loud").allowed
    assert there.queue.get(job.id).waiting_code is None

    Path(path).write_bytes(packed({CANVAS: EMPTY}))
    with pytest.raises(ErrInvalidBundle, match="changed"):
        there.canvas_bundles.take(path, look.digest)
    assert there.canvas_bundles.look(path).handlers == ()


def test_nothing_stays_of_a_bundle_that_cannot_be_kept(homes: tuple[Services, Services], tmp_path: Path) -> None:
    here, _ = homes
    path = tmp_path / "x.qntx"
    path.write_bytes(packed({CANVAS: EMPTY, "inputs/a.csv": b"a", HANDLERS: b'{"format": "qntx-handlers"}'}))
    digest = bundle_zip.read_file(str(path))[1]
    with pytest.raises(ErrInvalidBundle):
        here.canvas_bundles.look(str(path))
    with pytest.raises(ErrInvalidBundle):
        here.canvas_bundles.take(str(path), digest)
    assert not list((tmp_path / "here").glob("inputs/*"))
    assert here.canvases.list() == ()
    with pytest.raises(ErrFileNotFound):
        here.canvas_bundles.look(str(tmp_path / "absent.qntx"))
    path.write_bytes(packed({CANVAS: b'{"format": "qntx.canvas", "version": 9}'}))
    with pytest.raises(ErrInvalidPayload):
        here.canvas_bundles.look(str(path))


def raw(*entries: tuple[str, bytes, int]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content, mode in ((CANVAS, EMPTY, 0o100644), *entries):
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            bundle.writestr(entry, content)
    return target.getvalue()


def forged() -> bytes:
    """An entry that says that it is longer than it is."""
    content = bytearray(raw(("inputs/a", b"x" * 50, 0o100644)))
    at = content.rindex(b"PK\x01\x02") + 24
    content[at : at + 4] = (60).to_bytes(4, "little")
    return bytes(content)


def bomb() -> bytes:
    """Entries that say that they are huge."""
    content = bytearray(raw(*((f"inputs/{key}", b"", 0o100644) for key in range(9))))
    at = 0
    while (at := content.find(b"PK\x01\x02", at + 1)) > 0:
        content[at + 24 : at + 28] = (31 << 20).to_bytes(4, "little")
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a zip",
        packed({"inputs/a": b""}),
        packed({CANVAS: EMPTY})[:-30],
        packed({CANVAS: EMPTY, "other.txt": b""}),
        packed({CANVAS: EMPTY, "inputs/../a": b""}),
        packed({CANVAS: EMPTY, "/etc/passwd": b""}),
        packed({CANVAS: EMPTY, "inputs/deep/a": b""}),
        packed({CANVAS: EMPTY, "inputs/a\\b": b""}),
        packed({CANVAS: EMPTY, "inputs/C:a": b""}),
        packed({CANVAS: EMPTY, "inputs/NUL.txt": b""}),
        packed({CANVAS: EMPTY, "inputs/a.": b""}),
        packed({CANVAS: EMPTY, "inputs/-rf": b""}),
        packed({CANVAS: EMPTY, "inputs/.bashrc": b""}),
        packed({CANVAS: EMPTY, "inputs/a\u202eb": b""}),
        packed({CANVAS: EMPTY, "inputs/": b""}),
        packed({CANVAS: EMPTY, "inputs/A.csv": b"", "inputs/a.csv": b""}),
        packed({CANVAS: EMPTY, "inputs/\u00e4": b"", "inputs/a\u0308": b""}),
        raw(("inputs/link", b"/etc/passwd", stat.S_IFLNK | 0o777)),
        raw(("inputs/pipe", b"", stat.S_IFIFO | 0o644)),
        forged(),
        bomb(),
    ],
    ids=range(22),
)
def test_hostile_files_are_refused_whole(content: bytes) -> None:
    with pytest.raises(ErrInvalidBundle):
        unpacked(content)


def test_a_script_that_came_with_a_file_asks_before_it_reaches_out(homes: tuple[Services, Services]) -> None:
    here, _ = homes
    found = came_from_elsewhere(
        canvas_file.CanvasText(glyphs=(glyph(1, "python", code=LOUD), glyph(2, "note", text=LOUD)))
    )
    assert [each.state.get("came") for each in found.glyphs] == [code_sha256(LOUD), None]
    made = here.canvases.make_filled(found)
    copy = here.canvases.duplicate(made.id)
    (kept, _) = here.canvas.load(copy.id).glyphs.values()
    assert kept.state == {"came": code_sha256(LOUD)}
    key = f"script:{code_sha256(LOUD)}"
    with pytest.raises(QntxError) as caught:
        here.permits.check_code(key, here.check_code(LOUD), "It")
    assert caught.value.code == "permission_required"
    here.permits.allow_code(key, "import")
    here.permits.check_code(key, here.check_code(LOUD), "It")


def test_each_pasted_picture_is_a_file_of_its_own(homes: tuple[Services, Services], tmp_path: Path) -> None:
    first, second = (Path(homes[0].canvas_bundles.keep_picture(content)) for content in (b"one", b"two"))
    assert (first.read_bytes(), second.read_bytes()) == (b"one", b"two")
    assert first.is_relative_to(tmp_path / "here" / "inputs")
