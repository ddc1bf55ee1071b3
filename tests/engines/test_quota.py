"""How much a run may put into its folder: counted when the disk has grown, whatever a script does to hide it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from qntx_desktop.engines.sandbox import quota
from qntx_desktop.engines.sandbox.quota import Quota
from tests.engines.runs import Run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quota, "MAX_FILES", 2_000)
    monkeypatch.setattr(quota, "MAX_BYTES", 64 << 20)
    monkeypatch.setattr(quota, "_RECOUNT_S", 0.1)


FILLS = {
    "files": "for n in range(10**9): open(f'f{n}', 'w').close()",
    "folders": "import os\nfor n in range(10**9): os.mkdir(f'd{n}')",
    "links": "import os\nfor n in range(10**9): os.symlink('x', f'l{n}')",
    "nested folders": "import os\nfor n in range(10**9): os.makedirs(f'a/{n % 7}/b{n}')",
    "large files": "for n in range(10**9): open(f'f{n}', 'wb').write(bytes(1 << 22))",
    "deleted files": "import os\nkept = []\nfor n in range(1000):\n    kept.append(open('f', 'wb', 0))\n"
    "    os.unlink('f')\n    kept[-1].write(b'x' * (1 << 22))\nwhile True: pass",
    "files below a path that is too long": "import os\nfor n in range(60):\n"
    "    os.mkdir('a' * 100)\n    os.chdir('a' * 100)\n"
    "for n in range(10**9): open(f'f{n}', 'wb').write(bytes(1 << 20))",
}


MAPPED = """
import ctypes, os
libc = ctypes.CDLL(None)
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
for n in range(500):
    fd = os.open("f", os.O_RDWR | os.O_CREAT)
    os.write(fd, b"x" * (1 << 22))
    libc.mmap(None, 4096, 1, 1, fd, 0)
    os.unlink("f")
    os.close(fd)
while True: pass
"""


def test_a_file_without_name_and_descriptor_counts(run: Run, tmp_path: Path) -> None:
    before = quota._written_bytes(os.getpid())
    (tmp_path / "tried").write_bytes(bytes(1 << 20))
    if quota._written_bytes(os.getpid()) - before < 1 << 20:
        pytest.skip("what is written here goes to no disk, or the kernel does not count it")
    outcome = run(MAPPED, timeout_s=60.0)
    assert outcome.error is not None
    assert outcome.error["code"] == "handler_limit"


@pytest.mark.parametrize("script", FILLS.values(), ids=FILLS.keys())
def test_a_run_that_fills_the_disk_is_stopped(run: Run, script: str) -> None:
    outcome = run(script, timeout_s=60.0)
    assert outcome.error is not None
    assert outcome.error["code"] == "handler_limit"
    assert outcome.error["details"]["limit"] in ("files", "disk")
    assert outcome.duration_ms < 50_000


def test_what_is_within_bounds_goes_on(run: Run) -> None:
    script = (
        "import time\nfor n in range(500): open(f'f{n}', 'wb').write(bytes(10_000))\n"
        "open('sparse', 'wb').truncate(1 << 29)\ntime.sleep(1)"
    )
    assert run(script).error is None


@pytest.mark.parametrize("elsewhere", [True, False])
def test_what_is_written_to_declared_folders_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, elsewhere: bool
) -> None:
    watched = Quota(tmp_path, lambda: 0, writes_elsewhere=elsewhere)
    held = watched._holds()
    monkeypatch.setattr(watched, "_holds", lambda: (held[0], held[1] + 10**9))
    monkeypatch.setattr(quota, "_written_bytes", lambda _pid: 10**9)
    assert watched.excess() == (None if elsewhere else "disk")


def test_others_who_fill_the_disk_do_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "one").write_bytes(b"x")
    watched = Quota(folder, lambda: 0)
    held = watched._holds()
    monkeypatch.setattr(watched, "_holds", lambda: (held[0] + 10**6, held[1] + 10**12))
    assert watched.excess() is None
