"""What a handler declares is what it gets from the operating system: no less, no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from qntx_desktop.app.container import Services
from qntx_desktop.model.confinement import SandboxLevel
from qntx_desktop.model.job import Job
from qntx_desktop.services.confinement import sandbox_report
from qntx_desktop.services.handlers import requires_of

pytestmark = pytest.mark.skipif(
    sandbox_report().level is not SandboxLevel.FULL, reason="handlers are not fully confined on this machine"
)

TRIES = """
from pathlib import Path
for word in {words!r}:
    what, path = word.split("=", 1)
    try:
        if what == "read":
            Path(path).read_text()
        else:
            Path(path).write_text("changed")
        print(word, "worked")
    except OSError as error:
        print(word, type(error).__name__)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("given", "declared/in", "writable", "other"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "file.txt").write_text("text")
    return tmp_path


def declaring(words: list[str], **declared: list[Path]) -> str:
    lines = [f"# {key} = {[str(path) for path in paths]!r}\n" for key, paths in declared.items()]
    return f"# /// script\n# [tool.qntx]\n{''.join(lines)}# ///\n" + TRIES.replace("{words!r}", repr(words))


def said(services: Services, code: str, args: list[str]) -> tuple[dict[str, str], Job]:
    services.handlers.create("try", code, source="test")
    job = services.runner.run_until(services.runs.ix(["ix", "try", *args], base=None, bare=True).id)
    execution = services.queue.execution_of(job.id)
    assert execution is not None
    assert job.error is not None or execution.sandbox == "full"
    lines = (line.rsplit(" ", 1) for line in execution.stdout.splitlines())
    return dict(lines), job


def test_a_folder_around_the_app_is_open_and_its_store_is_not(services: Services, folder: Path) -> None:
    """Who could open the store could also hold the locks of its files, and stop the app."""
    around = services.home.db.parent.parent
    (around / "beside").mkdir()
    (around / "beside" / "file.txt").touch()
    store = [f"read={services.home.db}{end}" for end in ("", "-shm", "-wal")]
    code = declaring([f"read={around}/beside/file.txt", *store], read=[around])
    outcomes, job = said(services, f"{code}import os\nprint('beside' in os.listdir({str(around)!r}), 'listed')", [])
    assert job.error is None
    assert [*outcomes.values()] == ["worked", *["PermissionError"] * 3, "listed"]


def test_declared_and_named_paths_are_open_and_nothing_else(services: Services, folder: Path) -> None:
    words = [
        f"read={folder}/given/file.txt",
        f"read={folder}/declared/in/file.txt",
        f"read={folder}/writable/file.txt",
        f"read={folder}/other/file.txt",
        f"write={folder}/writable/new.txt",
        f"write={folder}/given/file.txt",
        f"write={folder}/declared/in/file.txt",
        f"write={folder}/other/new.txt",
    ]
    code = declaring(words, read=[folder / "declared"], write=[folder / "writable"])
    outcomes, job = said(services, code, [str(folder / "given" / "file.txt")])
    assert job.error is None
    assert list(outcomes.values()) == ["worked"] * 3 + ["PermissionError"] + ["worked"] + ["PermissionError"] * 3
    assert (folder / "other/file.txt").read_text() == (folder / "given/file.txt").read_text() == "text"


def test_a_link_beside_a_named_file_opens_nothing_more(services: Services, folder: Path) -> None:
    (folder / "given" / "link.txt").symlink_to(folder / "other" / "file.txt")
    words = [f"read={folder}/given/file.txt", f"read={folder}/given/link.txt", f"read={folder}/other/file.txt"]
    outcomes, _ = said(services, declaring(words), [str(folder / "given")])
    assert list(outcomes.values()) == ["worked", "PermissionError", "PermissionError"]
    outcomes, _ = said(services, declaring(words), [str(folder / "given" / "link.txt")])
    assert list(outcomes.values()) == ["PermissionError", "worked", "worked"]


def test_the_apps_own_folder_stays_closed_whatever_is_named(services: Services, folder: Path) -> None:
    database = services.home.db
    outcomes, job = said(services, declaring([f"read={database}", f"write={database}"]), [str(database)])
    assert list(outcomes.values()) == ["PermissionError"] * 2
    code = declaring([], write=[services.home.root.parent])
    _, job = said(services, code, [])
    assert (job.error or {}).get("code") == "path_refused"


def test_time_and_memory_of_the_metadata_hold(services: Services) -> None:
    head = '# /// script\n# [tool.qntx]\n# timeout = "1s"\n# memory = "128MB"\n# ///\n'
    saved = services.handlers.create("slow", f"{head}while True: pass\n", source="test")
    assert requires_of(saved.requires).timeout_s == 1
    job = services.runner.run_until(services.runs.ix("ix slow", base=None, bare=True).id)
    assert (job.error or {}).get("code") == "handler_timeout"
    services.handlers.create("large", f"{head}x = bytearray(300 << 20)\n", source="test")
    job = services.runner.run_until(services.runs.ix("ix large", base=None, bare=True).id)
    assert (job.error or {}).get("code") == "handler_limit"
