"""A script that imports a locked package: in its environment through the launcher, and by `uv run` of its file."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from qntx_desktop.engines.packages.environments import Environments
from qntx_desktop.engines.packages.uv_tool import uv_path
from qntx_desktop.engines.sandbox.launcher import CancelToken, RunSpec, launch
from qntx_desktop.model.package_lock import Environment, Fetch
from tests.benchmarks.figures import Figure, Place, median
from tests.engines.runs import RecordingSink
from tests.wheels import add_wheel, served

REPEATS = 40
CODE = "import tiny\nassert tiny.VERSION == 1\n"
HEAD = '# /// script\n# dependencies = ["tiny"]\n# ///\n'


def measure(place: Place) -> Sequence[Figure]:
    """Interleaved runs; everything was fetched before, and the network is not used."""
    folder = Path(place.folder)
    add_wheel(folder / "index", "tiny", "1.0", "VERSION = 1\n")
    with served(folder / "index") as address:
        shelf = Environments(folder / "environments", lambda: address)
        lock = shelf.resolve(["tiny"], "", Fetch())
        environment = shelf.open(lock, Fetch())
        script = folder / "script.py"
        script.write_text(HEAD + CODE, encoding="utf-8")
        uv = [uv_path() or "uv", "run", "--no-config", "--default-index", address, "-q", "--script", str(script)]
        os.environ["UV_CACHE_DIR"] = str(folder / "uv")
        subprocess.run(uv, check=True)
    ways: dict[str, Callable[[], None]] = {
        "environment": lambda: _launched(folder, CODE, environment),
        "bare": lambda: _launched(folder, "pass\n", None),
        "uv run": lambda: _called([*uv[:2], "--offline", *uv[2:]]),
    }
    took: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(place.repeats or REPEATS):
        for name, way in ways.items():
            began = time.perf_counter()
            way()
            took[name].append((time.perf_counter() - began) * 1000)
    ours, bare, peer = (median(took[name]) for name in ways)
    return [
        Figure(
            name="packages",
            what="a confined run with a locked package, from start to end, against `uv run --offline` of the file",
            unit="ms",
            ours=ours,
            peer=peer,
            ratio=ours / peer,
            at_most=1.0,
        ),
        Figure(
            name="packages, added",
            what="the same against a confined run without packages",
            unit="ms",
            ours=ours,
            peer=bare,
            ratio=ours / bare,
        ),
    ]


def _called(words: Sequence[str]) -> None:
    subprocess.run(words, check=True)


def _launched(folder: Path, code: str, environment: Environment | None) -> None:
    outcome = launch(
        RunSpec(
            code=code,
            filename="script.py",
            command="run",
            script_type="script",
            args=(),
            timeout_s=60,
            memory_bytes=512 << 20,
            work_dir=folder / "work",
            run_id="1",
            home_id="benchmark",
            interpreter=environment.python if environment else None,
            site_paths=environment.site_paths if environment else (),
        ),
        RecordingSink(),
        CancelToken(),
    )
    if outcome.error is not None:
        raise RuntimeError(str(outcome.error))
