"""The container: only what is asked for is imported, and everything ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from qntx_desktop.app.container import build
from qntx_desktop.app.paths import Home
from qntx_desktop.model.errors import ErrHomeUnusable
from qntx_desktop.services.jobs import JOB_TYPES
from qntx_desktop.services.ports import Lane

SMALL = """
import json, sys
from pathlib import Path
from qntx_desktop.app.container import build
from qntx_desktop.app.paths import Home
services = build(Home(root=Path(sys.argv[1])))
services.ledger.ax("anna")
services.handlers.entries()
services.close()
heavy = ("sqlmodel", "sqlalchemy", "PySide6", "qasync", "pydantic", "qntx_desktop.engines")
print(json.dumps(sorted(name for name in sys.modules if name.startswith(heavy))))
"""
READERS = """
import json, sys
from pathlib import Path
from qntx_desktop.app.reader import open_readers
from qntx_desktop.app.paths import Home
import threading
with open_readers(Home(root=Path(sys.argv[1]))) as readers:
    readers.ledger.ax("anna")
    readers.handlers.entries()
    assert threading.active_count() == 1
heavy = ("sqlmodel", "sqlalchemy", "PySide6", "qasync", "pydantic", "qntx_desktop.engines")
print(json.dumps(sorted(name for name in sys.modules if name.startswith(heavy))))
"""


@pytest.mark.parametrize("code", [SMALL, READERS])
def test_asking_imports_neither_qt_nor_tables_nor_sandbox(tmp_path: Path, code: str) -> None:
    build(Home(root=tmp_path)).close()
    ended = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout) == []


def test_closing_twice_and_opening_again(tmp_path: Path) -> None:
    services = build(Home(root=tmp_path))
    services.runner.start()
    made = services.ledger.attest("a", "b", "c")
    services.close()
    services.close()
    again = build(Home(root=tmp_path))
    assert again.ledger.get(made.id).subjects == ("a",)
    assert again.instance_id != services.instance_id
    again.close()


def test_there_is_one_runner_and_one_canvas(tmp_path: Path) -> None:
    services = build(Home(root=tmp_path))
    assert services.runner is services.runner
    assert services.canvas is services.canvas
    assert services.canvas.open_first().folder == str(Path.home())
    services.close()


def test_a_home_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ErrHomeUnusable):
        build(Home(root=tmp_path / "file" / "home"))


def test_every_job_type_has_a_name_of_its_own_and_a_lane() -> None:
    assert len({each.name for each in JOB_TYPES}) == len(JOB_TYPES) >= 1
    assert {each.lane for each in JOB_TYPES} <= set(Lane)
