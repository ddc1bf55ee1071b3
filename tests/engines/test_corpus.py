"""The hostile corpus, as two users, from a warm launcher, and with layers taken away one by one.

Scripts run side by side, each with files and sockets of its own to attack. See `corpus.py` for the words.
"""

from __future__ import annotations

import os
import re
import sys
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from qntx_desktop.engines.sandbox import launcher, process, work_folder
from qntx_desktop.engines.sandbox.confinement import landlock, probe
from qntx_desktop.engines.sandbox.confinement.plan import Layers
from qntx_desktop.engines.sandbox.warm import WarmLaunchers
from qntx_desktop.model.confinement import SandboxLevel
from tests.engines.corpus import (
    CANARY,
    NOBODY,
    SYSTEM_PYTHON,
    Script,
    Seen,
    can_be_nobody,
    scripts,
    try_script,
)

FULL = sys.platform == "linux" and probe.report().level is SandboxLevel.FULL
pytestmark = [
    pytest.mark.skipif(not FULL, reason="this computer does not confine handlers fully"),
    pytest.mark.timeout(400),  # all scripts run before the first test of them begins
]

SCRIPTS = [
    each
    for each in scripts()
    if each.word("machine") in ("", os.uname().machine if sys.platform != "win32" else "")
]
ATTACKS = [each for each in SCRIPTS if "open" in each.expected]
CAN_BE_NOBODY = can_be_nobody()
OTHERS = pytest.mark.skipif(not CAN_BE_NOBODY, reason="needs a Python that others can start")
OTHER, WARM = "another user", "warm"
SIDE_BY_SIDE = 4
MAX_ERROR_CHARS = 300_000
MAX_OUTPUT_CHARS = 8 << 20
Take = Callable[[str, str], Seen]

ALL_BUT = {
    "landlock": lambda: Layers(landlock_abi=0, seccomp=True),
    "seccomp": lambda: Layers(landlock_abi=landlock.abi(), seccomp=False),
    "both": lambda: Layers(landlock_abi=0, seccomp=False),
}
"""What is left when a layer is taken away."""


@pytest.fixture(scope="module")
def taken(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Take:
    """What was seen of a script, by its name and the way it was run; all that were chosen run side by side."""
    known = {each.name: each for each in SCRIPTS}
    chosen: list[tuple[str, str]] = []
    for item in request.session.items:
        params: dict[str, Any] = getattr(getattr(item, "callspec", None), "params", {})
        if item.path == Path(__file__) and "name" in params and (CAN_BE_NOBODY or params["way"] != OTHER):
            chosen.append((params["name"], params["way"]))
    shared = tmp_path_factory.mktemp("warm")
    launchers = WarmLaunchers(f"hostile-launchers-{uuid.uuid4().hex}", shared, first=1)
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        for name in ("QNTX_CANARY_VARIABLE", "DBUS_SESSION_BUS_ADDRESS", "SSH_AUTH_SOCK", "XDG_RUNTIME_DIR"):
            patch.setenv(name, CANARY)
        _let_runs_change_user(patch)
        futures = {key: pool.submit(_try, known[key[0]], key[1], launchers, shared) for key in chosen}
    launchers.close()
    return lambda name, way: futures[name, way].result()


def _try(script: Script, way: str, launchers: WarmLaunchers, shared: Path) -> Seen:
    if way == WARM:
        return try_script(script, warm=launchers, shared=shared)
    if way in ALL_BUT:
        return try_script(script, layers=ALL_BUT[way]())
    return try_script(script, user=NOBODY if way == OTHER else 0)


def _let_runs_change_user(patch: pytest.MonkeyPatch) -> None:
    """Start whatever runs the system's Python as another user, in a folder that is theirs."""
    popen, make = process.subprocess.Popen, work_folder.make

    def start(words: list[str], **options: Any) -> Any:
        if words[0] == SYSTEM_PYTHON and options.get("pass_fds"):
            folder = options["cwd"]
            for path in (folder, folder / "tmp"):
                os.chown(path, NOBODY, NOBODY)
            options |= {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        return popen(words, **options)

    def make_reachable(folder: Path) -> None:
        make(folder)
        folder.parent.chmod(0o755)

    patch.setattr(process.subprocess, "Popen", start)
    patch.setattr(launcher.work_folder, "make", make_reachable)


IS_ROOT = sys.platform != "win32" and os.getuid() == 0
"""Root becomes somebody else for half of the tries; for anybody else "this user" is that very try."""
WAYS = [
    pytest.param(script.name, way, id=f"{script.name}-{way}", marks=[OTHERS] if way == OTHER else [])
    for script in SCRIPTS
    for way in (("this user", OTHER, WARM) if IS_ROOT else ("this user", WARM))
    if way == "this user" or "once" not in script.expected
]


@pytest.mark.parametrize(("name", "way"), WAYS)
def test_what_handlers_may_try(taken: Take, name: str, way: str) -> None:
    expected = next(each for each in SCRIPTS if each.name == name).expected
    seen = taken(name, way)
    outcome = seen.outcome
    said = f"{outcome.error}\n{outcome.stdout[-2000:]}\n{outcome.stderr[-2000:]}"
    status, *more = expected["ends"][0].split()
    assert str(outcome.status) == status, said
    if more:
        assert outcome.error is not None
        assert outcome.error["code"] == more[0], said
    if more[1:]:
        assert outcome.error["details"]["exception"] == more[1], said
    for text in expected.get("says", ()):
        assert text in outcome.stdout, said
    if "exit" in expected:
        assert outcome.exit_code == int(expected["exit"][0])
    assert not seen.breached, f"{said}\n{seen.arrived}"
    assert (outcome.stdout_dropped_bytes + outcome.stderr_dropped_bytes > 0) is ("dropped" in expected)
    assert len(outcome.stdout) <= MAX_OUTPUT_CHARS
    assert len(repr(outcome.error)) <= MAX_ERROR_CHARS
    _same_attestations(expected, seen)
    verdicts = {str(each.verdict) for each in seen.sink.connections.values()}
    assert set(expected.get("ledger", ())) <= verdicts
    assert seen.left == []
    assert seen.after == "alive\n"


def _same_attestations(expected: Any, seen: Seen) -> None:
    if "attested" in expected:
        assert len(seen.sink.stored) == int(expected["attested"][0])
    if "acked" in expected:
        acknowledged = seen.outcome.stdout.count("acked\n")
        assert 0 < acknowledged <= len(seen.sink.stored) <= acknowledged + 1


WITHOUT = [
    pytest.param(script.name, way, id=f"{script.name}-without-{way}")
    for script in ATTACKS
    for way in ALL_BUT
    if landlock.abi() >= 6
]


@pytest.mark.parametrize(("name", "way"), WITHOUT)
def test_which_layer_holds_what(taken: Take, name: str, way: str) -> None:
    """Taking the layer away that a script names lets it through; taking another away does not."""
    holds = next(each for each in SCRIPTS if each.name == name).word("open")
    seen = taken(name, way)
    lets_through = holds in (way, "both") if way == "both" else holds == way
    if way == "both" and holds in ("landlock", "seccomp"):
        lets_through = True
    assert seen.breached is lets_through, f"{seen.outcome.stdout}\n{seen.outcome.stderr[-1500:]}\n{seen.arrived}"
    assert seen.after == "alive\n"
    assert seen.left == []


def test_the_page_says_which_layer_holds_what() -> None:
    page = (Path(__file__).parents[2] / "docs" / "hostile.md").read_text("utf-8")
    assert f"holds {len(scripts())} small scripts" in page
    rows = {"the system-call": "seccomp", "Landlock": "landlock", "either": "both", "the app itself": "none"}
    for start, layer in rows.items():
        row = next(line for line in page.splitlines() if line.startswith(f"| {start}"))
        named = sorted(re.findall(r"`([a-z_0-9]+)`", row))
        assert named == sorted(each.name for each in scripts() if each.word("open") == layer)


def test_the_corpus_is_large_and_covers_both_users_and_all_layers() -> None:
    assert len(SCRIPTS) >= 100
    assert {each.word("open") for each in ATTACKS} == {"landlock", "seccomp", "both", "none"}
