"""Handlers forked from a warm launcher: the same as others, only faster; and what happens when the launcher dies."""

# The scripts stand as they are run, one a line.
# ruff: noqa: E501

from __future__ import annotations

import errno
import os
import select
import signal
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from qntx_desktop.engines.interpreter import interpreter
from qntx_desktop.engines.sandbox import warm as warm_module
from qntx_desktop.engines.sandbox.cancel import CancelToken
from qntx_desktop.engines.sandbox.confinement import probe, seccomp
from qntx_desktop.engines.sandbox.confinement.plan import Layers, orders_ahead, orders_of_run
from qntx_desktop.engines.sandbox.confinement.system_paths import readable
from qntx_desktop.engines.sandbox.launcher import RunSpec, launch
from qntx_desktop.engines.sandbox.warm import AHEAD, MOST_LAUNCHERS, WarmLaunchers
from qntx_desktop.engines.sandbox.work_folder import SpareFolders
from qntx_desktop.model.errors import ErrHomeUnusable
from qntx_desktop.model.job import ExecutionStatus, Outcome
from tests.engines.runs import RecordingSink, Run, descriptors, marked

FILTERED = sys.platform == "linux" and probe.working_layers().seccomp
pytestmark = pytest.mark.skipif(not FILTERED, reason="handlers are not forked where system calls cannot be filtered")
PARENT = "import os\nprint(os.getppid())"


@pytest.fixture
def warm(tmp_path: Path, home_id: str) -> Iterator[WarmLaunchers]:
    launchers = WarmLaunchers(home_id, tmp_path / "work", first=1)
    before = descriptors()
    yield launchers
    launchers.close()
    assert come_true(lambda: marked(home_id) == [])  # those of one that was killed are just dying
    assert descriptors(before) <= before
    assert list((tmp_path / "work").iterdir()) == []


@pytest.fixture
def warm_run(warm: WarmLaunchers, tmp_path: Path, sink: RecordingSink, home_id: str) -> Run:
    def start(code: str, *, cancel: CancelToken | None = None, **changes: Any) -> Outcome:
        run_id = uuid.uuid4().hex
        chosen: dict[str, Any] = {
            "filename": "csv.py",
            "command": "ix csv",
            "script_type": "csv",
            "args": (),
            "timeout_s": 30.0,
            "memory_bytes": 512 << 20,
            "work_dir": tmp_path / "work" / run_id,
            "run_id": run_id,
            "home_id": home_id,
        }
        return launch(RunSpec(code=code, **(chosen | changes)), sink, cancel or CancelToken(), warm)

    return start


def test_handlers_of_one_launcher_share_their_parent(warm_run: Run) -> None:
    parents = {warm_run(PARENT).stdout for _ in range(5)}
    assert len(parents) == 1
    assert parents != {f"{os.getpid()}\n"}


def test_one_handler_alone_needs_no_launcher(run: Run, warm: WarmLaunchers, warm_run: Run) -> None:
    warm._first = 2
    assert warm_run(PARENT).stdout == f"{os.getpid()}\n"
    assert warm_run(PARENT).stdout != f"{os.getpid()}\n"


def test_what_may_write_elsewhere_is_started_the_long_way(warm_run: Run, tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    outcome = warm_run(f"{PARENT}\nopen({str(target / 'x')!r}, 'w').write('y')", write_paths=(target,))
    assert (outcome.status, outcome.stdout) == (ExecutionStatus.COMPLETED, f"{os.getpid()}\n")
    assert (target / "x").read_text() == "y"


def test_a_forked_handler_is_as_clean_as_another(run: Run, warm_run: Run) -> None:
    script = "\n".join(
        [
            "import json, os, sys, signal",
            "names = sorted(os.environ)",
            "import stat",
            "def kind(fd):",
            "    try: return stat.S_IFMT(os.fstat(fd).st_mode)",
            "    except OSError: return None",
            "print(json.dumps([names, os.getcwd() == os.environ['HOME'], os.getpgrp() == os.getsid(0) == os.getpid(),",
            "    sys.argv, __name__, __file__, sys.flags.isolated, repr(sys.stdin.read()), os.listdir(),",
            "    [name for name in sys.modules if name in ('socket', 'ctypes', 'warm')], kind(0), kind(1), kind(2)]))",
        ]
    )
    assert warm_run(script).stdout == run(script).stdout


def test_a_forked_handler_has_no_way_to_others(warm_run: Run) -> None:
    """Its descriptors are the first five or six; the sockets of the launcher and of other runs are closed."""
    script = "import os\nfor fd in range(4096):\n    try: os.fstat(fd)\n    except OSError: continue\n    print(fd)"
    slow = threading.Thread(target=lambda: warm_run("import time\ntime.sleep(0.5)"))
    slow.start()
    found = [int(word) for word in warm_run(script).stdout.split()]
    slow.join()
    assert found == [0, 1, 2, 3, 4, 5]


def test_attestations_output_and_state_arrive(warm_run: Run, sink: RecordingSink) -> None:
    outcome = warm_run(
        "import qntx, sys\nfor n in range(3): attest(f's{n}', 'p', 'c')\nqntx.state['n'] = 2\n"
        "print('out')\nprint('err', file=sys.stderr)\nsys.stdout.write('no end of line')"
    )
    assert (outcome.stdout, outcome.stderr, outcome.state_json) == ("out\nno end of line", "err\n", '{"n":2}')
    assert len(sink.stored) == 3


@pytest.mark.parametrize(
    ("script", "code", "text"),
    [
        ("1 / 0", "handler_failed", "ZeroDivisionError"),
        ("import os\nos.kill(os.getpid(), 9)", "handler_killed", "SIGKILL"),
        ("import os\nos.abort()", "handler_killed", "SIGABRT"),
        ("import ctypes\nctypes.string_at(0)", "handler_killed", "SIGSEGV"),
        ("import os\nos._exit(7)", "handler_failed", "7"),
        ("raise SystemExit(3)", "handler_failed", "3"),
        ("x = bytearray(10 ** 12)", "handler_limit", "512"),
    ],
)
def test_the_end_is_told_as_it_was(warm_run: Run, script: str, code: str, text: str) -> None:
    outcome = warm_run(script)
    assert outcome.error is not None
    assert outcome.error["code"] == code
    assert text in str(outcome.error)


def test_what_is_open_at_the_end_is_written(warm_run: Run, tmp_path: Path) -> None:
    script = "import atexit\natexit.register(print, 'at exit')\nclass C:\n    def __del__(self): print('dropped')\nc = C()"
    assert warm_run(script).stdout == "at exit\ndropped\n"


@pytest.mark.parametrize("script", ["while True: pass", "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)"])
def test_a_forked_handler_is_stopped_in_time(warm_run: Run, script: str) -> None:
    outcome = warm_run(f"import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n{script}", timeout_s=0.5)
    assert outcome.error is not None
    assert outcome.error["code"] == "handler_timeout"


def test_random_numbers_differ_between_forks(warm_run: Run) -> None:
    script = "import random, uuid, os\nprint(random.random(), uuid.uuid4(), os.urandom(8))"
    assert len({warm_run(script).stdout for _ in range(4)}) == 4


def test_a_forked_handler_is_confined_as_well(warm_run: Run, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("x")
    for statement in (
        f"open({str(secret)!r})",
        f"open({str(tmp_path / 'work' / 'other')!r}, 'w')",
        "import os; os.fork()",
        "import os; os.kill(os.getppid(), 0)",
        "import os; os.chmod('/', 0)",
        "import ctypes; l = ctypes.CDLL(None, use_errno=True)\n    if l.prctl(1, 0, 0, 0, 0): raise PermissionError",
    ):
        outcome = warm_run(f"try:\n    {statement}\nexcept PermissionError: print('refused')")
        assert outcome.stdout == "refused\n", (statement, outcome.stderr)
        assert outcome.sandbox == probe.report().level


@pytest.mark.parametrize("landlock_abi", [0, 1, 4])
def test_older_kernels_are_served_from_a_launcher_too(warm_run: Run, tmp_path: Path, landlock_abi: int) -> None:
    layers = Layers(landlock_abi=min(landlock_abi, probe.working_layers().landlock_abi), seccomp=True)
    secret = tmp_path / "secret"
    secret.write_text("told")
    tries = (f"open({str(secret)!r}).read()", "os.fork()", "os.mkdir('made')")
    script = "import os\n" + "\n".join(
        f"try: print({each})\nexcept PermissionError: print('refused')" for each in tries
    )
    outcome = warm_run(script, layers=layers)
    assert outcome.stdout.split() == ["refused" if layers.landlock_abi else "told", "refused", "None"], outcome.stderr
    assert outcome.sandbox == probe.report(layers).level


def test_what_launcher_and_child_refuse_is_what_one_filter_refuses() -> None:
    """Each name is in one of the two parts: a child has both on."""
    machine = os.uname().machine
    every, launcher, rest = (
        seccomp.named_blocks(machine, landlock_abi=2, part=part) for part in ("all", "launcher", "rest")
    )
    assert {**launcher, **rest} == every
    assert not launcher.keys() & rest.keys()
    assert {"fork", "clone", "kill", "prctl"} <= rest.keys()


@pytest.mark.skipif(not probe.working_layers().landlock_abi, reason="there is no Landlock here")
def test_rules_for_files_that_a_system_replaces_are_left_to_the_run() -> None:
    ahead = orders_ahead(readable(interpreter()), probe.working_layers())
    named = [path for path, _ in ahead["rules"]]
    assert [path for path in named if Path(path).is_file()] == []
    own = orders_of_run(
        common=readable(interpreter()), read=(), layers=probe.working_layers(), work_dir="/somewhere"
    )
    both = {path for path, _ in [*ahead["rules"], *own["rules"]]}
    assert both == {*readable(interpreter()), "/dev/null", "/somewhere"}


def test_a_launcher_that_died_is_replaced(warm: WarmLaunchers, warm_run: Run) -> None:
    first = int(warm_run(PARENT).stdout)
    os.kill(first, signal.SIGKILL)
    outcome = warm_run(PARENT)
    assert outcome.status is ExecutionStatus.COMPLETED
    assert int(outcome.stdout) not in (first, os.getpid())


def test_a_launcher_that_does_not_answer_is_replaced(
    warm: WarmLaunchers, warm_run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = int(warm_run(PARENT).stdout)
    monkeypatch.setattr(warm_module, "_ANSWERS_S", 0.1)
    monkeypatch.setattr(warm_module, "_ENDS_S", 0.1)
    os.kill(first, signal.SIGSTOP)
    outcome = warm_run(PARENT)
    assert outcome.status is ExecutionStatus.COMPLETED
    assert int(outcome.stdout) != first


def test_more_output_than_a_pipe_holds_arrives_at_once(warm_run: Run) -> None:
    script = "for n in range(20):\n    print(str(n % 10) * 19_999)\n    print('x' * 19_999, file=sys.stderr)"
    outcome = warm_run(f"import sys\n{script}")
    assert outcome.stdout == "".join(f"{n % 10}" * 19_999 + "\n" for n in range(20))
    assert outcome.stderr == ("x" * 19_999 + "\n") * 20


def test_a_start_larger_than_a_pipe_arrives(warm_run: Run) -> None:
    assert warm_run("import qntx\nprint(len(qntx.payload))", payload="x" * 300_000).stdout == "300000\n"


def test_pipes_that_the_kernel_made_small_hold_nobody_up(
    warm_run: Run, sink: RecordingSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has very many pipes gets small ones, and so do all other programs of the same person."""
    monkeypatch.setattr(warm_module, "_Pipes", _SmallPipes)
    script = "import qntx\nprint(len(qntx.payload), attest('a', 'b', 'c')['id'])"
    for size in (6_000, 30_000, 300_000):
        assert warm_run(script, payload="x" * size).stdout.startswith(f"{size} AS-")


class _SmallPipes(warm_module._Pipes):
    def __init__(self) -> None:
        import fcntl  # not everywhere

        super().__init__()
        for fd in (*self.theirs, self.answers_fd):
            fcntl.fcntl(fd, fcntl.F_SETPIPE_SZ, 4096)


@pytest.mark.parametrize("trouble", [errno.ETOOMANYREFS, errno.EMFILE])
def test_want_of_descriptors_here_ends_nobody_else_s_run(
    warm_run: Run, sink: RecordingSink, monkeypatch: pytest.MonkeyPatch, trouble: int
) -> None:
    ended: list[Outcome] = []
    patient = "import os, qntx\nqntx.log('info', 'here')\nprint(os.getppid())\nwhile not qntx.query('a'): pass"
    worker = threading.Thread(target=lambda: ended.append(warm_run(patient)))
    worker.start()
    assert sink.said.wait(15)
    with monkeypatch.context() as patch:
        patch.setattr(warm_module.socket, "send_fds", _raises(OSError(trouble, "not now")))
        assert warm_run(PARENT).stdout == f"{os.getpid()}\n"  # the long way
    assert warm_run("attest('a', 'b', 'c')").status is ExecutionStatus.COMPLETED
    worker.join()
    assert ended[0].status is ExecutionStatus.COMPLETED
    assert warm_run(PARENT).stdout == ended[0].stdout


def _raises(error: Exception) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise error

    return fail


def test_a_launcher_that_dies_takes_its_handlers_along(warm_run: Run, sink: RecordingSink) -> None:
    killer = threading.Thread(target=lambda: (sink.said.wait(15), os.kill(int(sink.logged[0][1]), signal.SIGKILL)))
    killer.start()
    outcome = warm_run("import os, qntx\nqntx.log('info', str(os.getppid()))\nwhile True: pass")
    killer.join()
    assert outcome.error is not None
    assert outcome.error["code"] == "handler_killed"


def test_a_child_that_was_killed_while_it_waited_is_skipped(warm_run: Run) -> None:
    parent = int(warm_run(PARENT).stdout)
    listed = Path(f"/proc/{parent}/task/{parent}/children")
    assert come_true(lambda: len(listed.read_text().split()) == AHEAD)
    for child in map(int, listed.read_text().split()):
        handle = os.pidfd_open(child)
        os.kill(child, signal.SIGKILL)
        assert select.select([handle], [], [], 15)[0]
        os.close(handle)
    assert [warm_run(PARENT).stdout for _ in range(3)] == [f"{parent}\n"] * 3


def test_a_child_whose_folder_cannot_be_made_is_ended_unused(
    warm: WarmLaunchers, warm_run: Run, tmp_path: Path
) -> None:
    """It was asked for before; the fixture looks for what is left of it."""
    parent = int(warm_run(PARENT).stdout)
    (tmp_path / "plain").write_text("a file")
    spare, warm.spares = warm.spares, SpareFolders(tmp_path / "work")  # so that one has to be made
    for _ in range(AHEAD + 2):  # those that wait, and those that are forked for it
        with pytest.raises(ErrHomeUnusable):
            warm_run(PARENT, work_dir=tmp_path / "plain" / "run")
    spare.close()
    assert int(warm_run(PARENT).stdout) == parent
    children = Path(f"/proc/{parent}/task/{parent}/children")
    assert come_true(lambda: len(children.read_text().split()) == AHEAD)


def test_no_launcher_means_the_long_way(warm: WarmLaunchers, warm_run: Run) -> None:
    warm_run("pass")
    warm.close()
    assert warm_run(PARENT).stdout == f"{os.getpid()}\n"


def test_few_launchers_are_kept(warm: WarmLaunchers, warm_run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    for number in range(MOST_LAUNCHERS + 3):
        folder, _, name = interpreter().rpartition("/")
        named = f"{folder}{'/.' * number}/{name}"
        seen.append(int(warm_run(PARENT, interpreter=named).stdout))
    assert len(set(seen)) == MOST_LAUNCHERS + 3
    assert sum(Path(f"/proc/{pid}").exists() for pid in seen) == MOST_LAUNCHERS


def test_many_at_once(warm_run: Run, sink: RecordingSink) -> None:
    ended: list[Outcome] = []
    workers = [threading.Thread(target=lambda: ended.append(warm_run("attest('a', 'b', 'c')"))) for _ in range(12)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [outcome.status for outcome in ended] == [ExecutionStatus.COMPLETED] * 12
    assert len(sink.stored) == 12


def test_two_hundred_runs_leak_nothing(warm_run: Run, home_id: str) -> None:
    parent = int(warm_run(PARENT).stdout)

    def held() -> tuple[int, int, int]:
        theirs = len(list(Path(f"/proc/{parent}/fd").iterdir()))
        return descriptors(), theirs, threading.active_count()

    def waiting() -> int:
        return len(Path(f"/proc/{parent}/task/{parent}/children").read_text().split())

    for _ in range(3):
        warm_run("pass")
    assert come_true(lambda: waiting() == AHEAD)
    before = held()
    for _ in range(200):
        warm_run("pass")
    # The launcher may still be forking ahead, and the thread of the watchdogs ends a little later.
    assert come_true(lambda: waiting() == AHEAD and all(map(int.__le__, held(), before))), (before, held())
    assert int(warm_run(PARENT).stdout) == parent
    assert len(marked(home_id)) <= 1 + AHEAD + 1


def come_true(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 15
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True
