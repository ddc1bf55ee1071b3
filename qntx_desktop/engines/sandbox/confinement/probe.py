"""Find out, once for each layer set, how far handlers are confined here: by trying what must be refused. Blocks.

A throw-away process confines itself like a handler and then tries every denial; version numbers prove nothing.
Whatever goes wrong on the way counts as not refused.
"""

from __future__ import annotations

import functools
import json
import logging
import shutil
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from qntx_desktop.engines.interpreter import clean_environment, interpreter, start_of_command
from qntx_desktop.engines.sandbox.confinement import landlock, seccomp, system_paths
from qntx_desktop.engines.sandbox.confinement.plan import Layers, orders
from qntx_desktop.model.confinement import Denial, SandboxLevel, SandboxReport, level_of
from qntx_desktop.model.errors import QntxError

_TIMEOUT_S = 20.0
_KEPT = "what stays as it is"
_lock = threading.Lock()
_log = logging.getLogger(__name__)


def working_layers() -> Layers:
    """The layers that can be put on here; known without a process after the first call."""
    return _found()[0]


def report(layers: Layers | None = None) -> SandboxReport:
    """How far handlers are confined on this computer, or with fewer layers; the first call takes some 50 ms."""
    if layers is None:
        return _found()[1]
    return probe(layers)


def was_found() -> bool:
    """Whether `report` knows its answer; never waits."""
    return _find.cache_info().currsize > 0


@functools.lru_cache(maxsize=32)
def probe(layers: Layers) -> SandboxReport:
    """Try every denial with these layers; never raises."""
    if sys.platform != "linux":
        return _nothing("handlers are not confined on this system yet")
    # On a thread of its own: Ctrl-C reaches the main thread, and must not leave the folder behind.
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="sandbox-probe") as pool:
        return pool.submit(_try_out, layers).result()


def _try_out(layers: Layers) -> SandboxReport:
    folder = Path(tempfile.mkdtemp(prefix="qntx-probe-"))
    try:
        missing = _tried(layers, folder)
        return SandboxReport(level=level_of(missing), missing=missing, layers=layers.names)
    except (OSError, ValueError, subprocess.SubprocessError, QntxError) as error:
        _log.warning("the sandbox cannot be tried: %s", error)
        return _nothing(str(error))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _found() -> tuple[Layers, SandboxReport]:
    with _lock:
        return _find()


@functools.cache
def _find() -> tuple[Layers, SandboxReport]:
    """All layers; if they cannot be put on together, the filter alone; else none."""
    wanted = Layers(landlock_abi=landlock.abi(), seccomp=seccomp.known_machine())
    filter_only = Layers(landlock_abi=0, seccomp=True)
    for layers in dict.fromkeys((wanted, filter_only)):
        found = probe(layers)
        if not found.reason:
            return layers, found
    return Layers(landlock_abi=0, seccomp=False), found


def _nothing(reason: str) -> SandboxReport:
    return SandboxReport(level=SandboxLevel.PROCESS, missing=tuple(Denial), reason=reason)


def _tried(layers: Layers, folder: Path) -> tuple[Denial, ...]:
    work, outside = folder / "work", folder / "outside"
    work.mkdir()
    outside.mkdir()
    for name in ("kept", "readable"):
        (outside / name).write_text(_KEPT, encoding="utf-8")
    readable = str(outside / "readable")
    plan = orders(
        read=(*system_paths.readable(interpreter()), readable), write=(), layers=layers, work_dir=str(work)
    )
    ended = subprocess.run(
        start_of_command("probe.py"),
        input=json.dumps({"orders": plan, "work": str(work), "outside": str(outside)}).encode(),
        capture_output=True,
        env=clean_environment(),
        cwd=work,
        timeout=_TIMEOUT_S,
        check=False,
        start_new_session=True,
    )
    if ended.returncode:
        raise ValueError(ended.stderr.decode(errors="replace").strip()[-300:] or f"exit code {ended.returncode}")
    said = _answer(ended.stdout)
    missing = {Denial(name) for name in said}
    if _changed(outside):
        missing.add(Denial.WRITE)
    return tuple(each for each in Denial if each in missing)


def _answer(raw: bytes) -> list[str]:
    answer: Any = json.loads(raw)
    if not isinstance(answer, dict) or not isinstance(answer.get("open"), list):
        raise ValueError("the trial process gave no answer")
    return [str(name) for name in answer["open"]]


def _changed(outside: Path) -> bool:
    """Whether the files are not what they were, whatever the process says."""
    kept = {"kept", "readable"}
    names = {path.name for path in outside.iterdir()}
    return names != kept or any((outside / name).read_text(encoding="utf-8") != _KEPT for name in kept)
