"""Environments: locked by hashes, made whole, checked before use, made again when damaged, used without network."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qntx_desktop.engines.packages import environments as room
from qntx_desktop.engines.packages import pythons, uv_tool
from qntx_desktop.engines.packages.environments import Environments
from qntx_desktop.model.errors import (
    ErrCancelled,
    ErrDiskFull,
    ErrHomeUnusable,
    ErrPackagesMissing,
    ErrPackagesUnresolved,
    ErrPythonRequired,
    ErrUnexpected,
)
from qntx_desktop.model.package_lock import Environment, Fetch, PackageLock
from tests.wheels import add_wheel, served

ONLINE = Fetch()
OFFLINE = Fetch(offline=True)
WAIT_S = 30.0
NOWHERE = "http://127.0.0.1:9/"

Make = Callable[..., Environments]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("index")
    add_wheel(folder, "tiny", "1.0", "VERSION = 1\n")
    add_wheel(folder, "tiny", "2.0", "VERSION = 2\n")
    add_wheel(folder, "needs", "1.0", "import tiny\nVERSION = tiny.VERSION\n", ["tiny<2"])
    (folder / "only-source").mkdir()
    (folder / "only-source" / "only_source-1.0.tar.gz").write_bytes(b"")
    page = '<a href="only_source-1.0.tar.gz">only_source-1.0.tar.gz</a>'
    (folder / "only-source" / "index.html").write_text(page)
    with served(folder) as address:
        yield address


@pytest.fixture
def shelf(tmp_path: Path, index: str) -> Environments:
    return Environments(tmp_path / "environments", lambda: index)


@pytest.fixture
def disconnected(tmp_path: Path, index: str) -> Environments:
    """The same folder as another process sees it."""
    return Environments(tmp_path / "environments", lambda: index)


def say(environment: Environment, code: str) -> str:
    """Run code with an environment as handlers are run."""
    path = f"import sys; sys.path.extend({list(environment.site_paths)!r}); "
    ended = subprocess.run(
        [environment.python, "-I", "-S", "-B", "-c", path + code], capture_output=True, text=True, check=False
    )
    return ended.stdout.strip() or ended.stderr


def test_dependencies_are_pinned_with_hashes_and_installed(shelf: Environments) -> None:
    said: list[str] = []
    lock = shelf.resolve(["needs"], "", replace(ONLINE, say=said.append))
    assert lock.pins == ("needs==1.0", "tiny==1.0")
    assert lock.text.count("--hash=sha256:") == 2
    assert lock.python == f"{sys.version_info.major}.{sys.version_info.minor}"
    environment = shelf.open(lock, replace(ONLINE, say=said.append))
    assert say(environment, "import needs; print(needs.VERSION)") == "1"
    assert said == ["Choosing packages: needs", "Installing needs==1.0, tiny==1.0"]
    assert list(Path(environment.site_paths[0]).rglob("*.pyc"))  # handlers write none themselves


def test_what_was_fetched_once_works_without_network(shelf: Environments, disconnected: Environments) -> None:
    lock = shelf.resolve(["needs"], "", ONLINE)
    environment = shelf.open(lock, ONLINE)
    assert disconnected.open(lock, OFFLINE) == environment
    gone = Environments(shelf._root, lambda: NOWHERE)
    assert gone.open(lock, ONLINE) == environment


def test_two_versions_of_one_package_stand_side_by_side(shelf: Environments) -> None:
    old = shelf.open(shelf.resolve(["tiny<2"], "", ONLINE), ONLINE)
    new = shelf.open(shelf.resolve(["tiny"], "", ONLINE), ONLINE)
    assert [say(each, "import tiny; print(tiny.VERSION)") for each in (old, new, old)] == ["1", "2", "1"]


def test_what_nobody_uses_is_removed_and_made_again_without_network(
    shelf: Environments, disconnected: Environments
) -> None:
    locks = [shelf.resolve([wanted], "", ONLINE) for wanted in ("tiny<2", "tiny", "needs")]
    kept, idle, used = (Path(shelf.open(lock, ONLINE).python).parents[1] for lock in locks)
    month_ago = time.time() - room.UNUSED_S - 60
    for folder in (kept, idle):
        os.utime(folder / "qntx-used", (month_ago, month_ago))
    assert shelf.tidy([locks[0]]) == (idle.name,)
    assert {each.name for each in shelf._root.iterdir()} == {"cache", kept.name, used.name}
    again = disconnected.open(locks[1], OFFLINE)
    assert say(again, "import tiny; print(tiny.VERSION)") == "2"
    assert shelf.open(locks[1], OFFLINE) == again
    assert disconnected.tidy([]) == (kept.name,)


def test_without_network_the_missing_packages_are_named(shelf: Environments, index: str, tmp_path: Path) -> None:
    lock = shelf.resolve(["needs"], "", ONLINE)
    elsewhere = Environments(tmp_path / "elsewhere", lambda: index)
    elsewhere.open(PackageLock(text=lock.text[lock.text.index("tiny==") :], python=lock.python), ONLINE)
    with pytest.raises(ErrPackagesMissing) as caught:
        elsewhere.open(lock, OFFLINE)
    assert caught.value.details["packages"] == ["needs==1.0"]
    said: list[str] = []
    elsewhere.open(lock, replace(ONLINE, say=said.append))
    assert said == ["Installing needs==1.0, tiny==1.0", "Fetching needs==1.0"]
    with pytest.raises(ErrPackagesMissing) as caught:
        Environments(shelf._root, lambda: NOWHERE).resolve(["other-thing>=3"], "", ONLINE)
    assert caught.value.details["packages"] == ["other-thing"]
    assert "error sending request" in caught.value.message
    with pytest.raises(ErrPackagesMissing, match="offline"):
        elsewhere.resolve(["other-thing"], "", OFFLINE)


@pytest.mark.parametrize("wanted", [["tiny>5"], ["tiny<2", "tiny>=2"], ["no-such-thing"], ["only-source"]])
def test_what_cannot_be_met_is_refused_with_the_reason(shelf: Environments, wanted: list[str]) -> None:
    with pytest.raises(ErrPackagesUnresolved) as caught:
        shelf.resolve(wanted, "", ONLINE)
    assert caught.value.details["reason"]
    assert "\n" not in caught.value.message


def test_a_file_that_is_not_the_locked_one_is_refused(shelf: Environments) -> None:
    lock = shelf.resolve(["tiny<2"], "", ONLINE)
    digest = lock.text.partition("sha256:")[2][:64]
    forged = PackageLock(text=lock.text.replace(digest, "0" * 64), python=lock.python)
    with pytest.raises(ErrPackagesMissing, match=r"[Hh]ash"):
        shelf.open(forged, ONLINE)
    assert [path.name for path in shelf._root.iterdir()] == ["cache"]


@pytest.mark.parametrize("damage", ["cut", "removed", "no list", "no python", "no packages", "broken list"])
def test_a_damaged_environment_is_made_again_without_network(
    shelf: Environments, disconnected: Environments, damage: str
) -> None:
    lock = shelf.resolve(["tiny<2"], "", ONLINE)
    environment = shelf.open(lock, ONLINE)
    packages = Path(environment.site_paths[0])
    folder = Path(environment.python).parents[1]
    if damage == "cut":
        (packages / "tiny/__init__.py").write_text("")
    elif damage == "removed":
        (packages / "tiny/__init__.py").unlink()
    elif damage == "no list":
        (folder / room._LIST).unlink()
    elif damage == "broken list":
        (folder / room._LIST).write_text("[")
    elif damage == "no python":
        Path(environment.python).unlink()
    else:
        shutil.rmtree(packages)
    again = disconnected.open(lock, OFFLINE)
    assert again == environment
    assert say(again, "import tiny; print(tiny.VERSION)") == "1"
    assert sorted(path.name for path in folder.parent.iterdir()) == sorted(["cache", folder.name])


def test_damage_that_keeps_the_size_is_found_by_reading_everything(shelf: Environments, tmp_path: Path) -> None:
    root = tmp_path / "environments"
    assert room.damaged(root) == (0, ())
    environment = shelf.open(shelf.resolve(["tiny<2"], "", ONLINE), ONLINE)
    assert room.damaged(root) == (1, ())
    (Path(environment.site_paths[0]) / "tiny/__init__.py").write_text("VERSION = 7\n")
    assert room.damaged(root) == (1, (Path(environment.python).parents[1].name,))


def test_a_damaged_cache_is_fetched_again(shelf: Environments, tmp_path: Path) -> None:
    lock = shelf.resolve(["tiny<2"], "", ONLINE)
    environment = shelf.open(lock, ONLINE)
    for path in (tmp_path / "environments/cache").rglob("*"):
        if path.is_file() and not path.is_symlink():
            path.write_bytes(b"damaged")
    shutil.rmtree(Path(environment.python).parents[1])
    shutil.rmtree(tmp_path / "environments/cache/archive-v0", ignore_errors=True)
    again = Environments(tmp_path / "environments", shelf._index).open(lock, ONLINE)
    assert say(again, "import tiny; print(tiny.VERSION)") == "1"


KILLED = """
import os, signal, sys
from pathlib import Path
from qntx_desktop.engines.packages import environments as room
from qntx_desktop.model.package_lock import Fetch, PackageLock
def dying(folder):
    os.kill(os.getpid(), signal.SIGKILL)
room._files = dying
lock = PackageLock(text=sys.argv[3], python=sys.argv[4])
room.Environments(Path(sys.argv[1]), lambda: sys.argv[2]).open(lock, Fetch())
"""


def test_one_who_is_killed_in_the_middle_leaves_nothing_half_made(
    shelf: Environments, index: str, tmp_path: Path
) -> None:
    lock = shelf.resolve(["tiny<2"], "", ONLINE)
    root = tmp_path / "environments"
    ended = subprocess.run([sys.executable, "-c", KILLED, str(root), index, lock.text, lock.python], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert [path.name[:5] for path in root.iterdir() if path.name != "cache"] == [".new-"]
    environment = shelf.open(lock, OFFLINE)
    assert say(environment, "import tiny; print(tiny.VERSION)") == "1"
    assert not list(root.glob(".new-*"))


def test_two_who_make_the_same_end_up_with_one(index: str, tmp_path: Path) -> None:
    shelves = [Environments(tmp_path / "environments", lambda: index) for _ in range(3)]
    lock = shelves[0].resolve(["tiny<2"], "", ONLINE)
    found: list[Environment] = []
    threads = [threading.Thread(target=lambda each=each: found.append(each.open(lock, ONLINE))) for each in shelves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 3
    assert len(set(found)) == 1
    assert len(list((tmp_path / "environments").iterdir())) == 2


def test_fetching_can_be_cancelled(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(WAIT_S)
        asked = threading.Event()

        def listen() -> None:
            with silent.accept()[0] as connection:
                connection.recv(1)
                asked.set()
                connection.recv(1 << 16)  # until the other side is gone

        listener = threading.Thread(target=listen)
        listener.start()
        shelf = Environments(tmp_path, lambda: f"http://127.0.0.1:{silent.getsockname()[1]}/")
        with pytest.raises(ErrCancelled):
            shelf.resolve(["tiny"], "", replace(ONLINE, cancelled=asked.is_set))
        listener.join()
    assert asked.is_set()


FETCHING = """
import signal, sys, threading
from pathlib import Path
from qntx_desktop.engines.packages.environments import Environments
from qntx_desktop.model.errors import QntxError
from qntx_desktop.model.package_lock import Fetch
stopped = threading.Event()
signal.signal(signal.SIGINT, lambda *_: stopped.set())
try:
    Environments(Path(sys.argv[1]), lambda: sys.argv[2]).resolve(["tiny"], "", Fetch(cancelled=stopped.is_set))
except QntxError as error:
    print(error.code)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere uv may outlive the app for some seconds")
@pytest.mark.parametrize(("ending", "said"), [(signal.SIGINT, "cancelled"), (signal.SIGKILL, "")])
def test_uv_ends_with_the_app_and_leaves_ctrl_c_to_it(tmp_path: Path, ending: signal.Signals, said: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(WAIT_S)
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        app = subprocess.Popen(
            [sys.executable, "-c", FETCHING, str(tmp_path), address],
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env={**os.environ, "UV_HTTP_TIMEOUT": "600"},
        )
        with app, silent.accept()[0] as connection:
            connection.settimeout(WAIT_S)
            assert connection.recv(1)
            (os.killpg if said else os.kill)(app.pid, ending)  # a terminal tells the whole group of Ctrl-C
            while connection.recv(1 << 16):  # until uv is gone
                continue
            assert app.communicate()[0].strip() == said


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, index: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ErrHomeUnusable):
        Environments(tmp_path / "file", lambda: index).resolve(["tiny"], "", ONLINE)


def test_a_python_that_is_not_here_is_refused_clearly(shelf: Environments) -> None:
    assert shelf.python_for(">=3.11") is None
    with pytest.raises(ErrPythonRequired, match=r"needs Python >=4\.0; handlers run on Python 3\."):
        shelf.python_for(">=4.0")
    with pytest.raises(ErrPythonRequired):
        shelf.resolve(["tiny"], "<3", ONLINE)


def test_another_python_that_is_here_is_taken(
    shelf: Environments, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "python9"
    other.write_text("#!/bin/sh\necho 9 1 0\n")
    other.chmod(0o755)
    monkeypatch.setattr(pythons, "_another", lambda requires: str(other))
    assert shelf.python_for(">=9") == Environment(python=str(other))
    with pytest.raises(ErrPythonRequired):
        shelf.python_for(">=10")


def test_what_is_listed_is_asked_itself_before_it_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = pythons.interpreter()
    version = sys.version_info[:3]
    (tmp_path / "shim").write_text(f'#!/bin/sh\nexec "{own}" "$@"\n')
    (tmp_path / "broken").write_text("#!/bin/sh\nexit 127\n")
    for name in ("shim", "broken"):
        (tmp_path / name).chmod(0o755)

    def listed(path: str, number: tuple[int, ...] = version, implementation: str = "cpython") -> dict[str, object]:
        parts = dict(zip(("major", "minor", "patch"), number, strict=True))
        return {"path": path, "version_parts": parts, "implementation": implementation}

    def finds(*each: dict[str, object]) -> str | None:
        ended = uv_tool.Ended(code=0, out=json.dumps(each), told="")
        monkeypatch.setattr(pythons, "call_uv", lambda *_: ended)
        pythons._another.cache_clear()
        return pythons._another(">=3.11")

    assert finds(listed(str(tmp_path / "broken")), listed(str(tmp_path / "shim"))) == own
    others = [listed(own, (3, 10, 1)), listed(own, implementation="pypy"), listed(str(tmp_path / "none"))]
    assert finds(*others) is None
    assert finds(listed(own, (3, 99, 0))) is None  # it says another version of itself than was listed
    assert finds({"path": own}) is None
    pythons._another.cache_clear()


def test_a_missing_uv_is_said(shelf: Environments, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uv", None)
    assert uv_tool.uv_path() is None
    with pytest.raises(ErrUnexpected, match="uv"):
        shelf.resolve(["tiny"], "", ONLINE)


def test_a_full_disk_is_called_so(shelf: Environments, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = tmp_path / "uv"
    full.write_text("#!/bin/sh\necho 'error: cannot write: No space left on device (os error 28)' >&2\nexit 1\n")
    full.chmod(0o755)
    monkeypatch.setattr(uv_tool, "_uv", lambda: str(full))
    with pytest.raises(ErrDiskFull) as caught:
        shelf.resolve(["tiny"], "", ONLINE)
    assert caught.value.details["path"] == str(tmp_path / "environments" / "cache")


def test_what_surrounds_the_app_does_not_lead_uv_astray(
    shelf: Environments, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("VIRTUAL_ENV", "UV_PYTHON", "UV_CACHE_DIR", "PYTHONPATH", "PYTHONHOME"):
        monkeypatch.setenv(name, str(tmp_path / "nothing"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "uv.toml").write_text("offline = true\n")
    environment = shelf.open(shelf.resolve(["tiny"], "", ONLINE), ONLINE)
    assert say(environment, "import tiny; print(tiny.VERSION)") == "2"
    assert not (tmp_path / "nothing").exists()


def test_what_another_lives_on_is_not_swept_away(shelf: Environments, tmp_path: Path) -> None:
    lock = shelf.resolve(["tiny<2"], "", ONLINE)
    mine = tmp_path / "environments" / f".new-{os.getpid()}-x"
    mine.mkdir()
    shelf.open(lock, ONLINE)
    assert mine.is_dir()
