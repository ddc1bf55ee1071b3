"""What the worst scripts do: each run ends with the right reason; the `run` fixture sees that nothing is left."""

from __future__ import annotations

import sys
import textwrap
import threading
from pathlib import Path

import pytest

from qntx_desktop.engines.sandbox import work_folder
from qntx_desktop.engines.sandbox.confinement.plan import Layers
from qntx_desktop.engines.sandbox.launcher import CancelToken, reap_strays
from qntx_desktop.model.job import ExecutionStatus, Outcome
from tests.engines.runs import UNCONFINED, RecordingSink, Run, descriptors, marked

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
GENEROUS_S = 15.0
LOOP = "while True: pass"
IGNORE = "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
FOREVER = {
    "a busy loop": LOOP,
    "a loop that ignores TERM": f"{IGNORE}{LOOP}",
    "a busy loop in C": "sum(range(10 ** 14))",
    "a sleep": "import time\nwhile True: time.sleep(100)",
    "a stopped process": "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\nwhile True: pass",
    "threads": f"import threading\ndef f():\n    {LOOP}\nfor _ in 'abcde': threading.Thread(target=f).start()",
    "catching everything": f"while True:\n    try:\n        {LOOP}\n    except BaseException: pass",
}


def code(text: str) -> str:
    return textwrap.dedent(text).lstrip("\n")


def error_code(outcome: Outcome) -> str:
    return str(outcome.error["code"]) if outcome.error else ""


@pytest.mark.parametrize("script", FOREVER.values(), ids=FOREVER.keys())
def test_what_never_ends_is_stopped_in_time(run: Run, script: str) -> None:
    outcome = run(script, timeout_s=1.0)
    assert (outcome.status, error_code(outcome)) == (ExecutionStatus.FAILED, "handler_timeout")
    assert outcome.duration_ms < GENEROUS_S * 1000


@pytest.mark.parametrize("script", FOREVER.values(), ids=FOREVER.keys())
def test_what_never_ends_can_be_cancelled(run: Run, sink: RecordingSink, script: str) -> None:
    token = CancelToken()
    ended: list[Outcome] = []
    worker = threading.Thread(
        target=lambda: ended.append(run(f"import qntx\nqntx.log('info', 'on')\n{script}", cancel=token))
    )
    worker.start()
    assert sink.said.wait(GENEROUS_S)
    token.cancel("quit")
    worker.join(GENEROUS_S)
    assert not worker.is_alive()
    assert (ended[0].status, ended[0].state_json) == (ExecutionStatus.CANCELLED, None)
    assert ended[0].error is not None
    assert (ended[0].error["code"], ended[0].error["details"]) == ("cancelled", {"reason": "quit"})


def test_a_child_process_is_stopped_with_it(run: Run) -> None:
    script = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {IGNORE + LOOP!r}])"
    assert error_code(run(script, timeout_s=1.0, layers=UNCONFINED)) == "handler_timeout"


def test_a_script_hears_that_it_is_cancelled(run: Run, sink: RecordingSink) -> None:
    token = CancelToken()
    script = code("""
        import qntx, time
        qntx.log("info", "on")
        while not qntx.cancelled:
            time.sleep(0.01)
        attest("cleaned", "up", "here")
    """)
    worker = threading.Thread(target=lambda: (sink.said.wait(GENEROUS_S), token.cancel()))
    worker.start()
    outcome = run(script, cancel=token)
    worker.join()
    assert outcome.status is ExecutionStatus.CANCELLED
    assert [item["subjects"] for item in sink.stored] == ["cleaned"]


def test_fork_bomb(run: Run) -> None:
    script = code("""
        import os, time
        for _ in range(30):
            if os.fork() == 0:
                for _ in range(3):
                    os.fork()
                while True:
                    time.sleep(0.01)
        while True: pass
    """)
    assert error_code(run(script, timeout_s=1.0, layers=UNCONFINED)) == "handler_timeout"


def test_forks_that_go_on_after_the_end(run: Run) -> None:
    script = code("""
        import os
        for _ in range(10):
            if os.fork() == 0:
                os.setsid()
                for _ in range(20):
                    if os.fork():
                        os._exit(0)
                while True: pass
    """)
    assert run(script, layers=UNCONFINED).status is ExecutionStatus.COMPLETED


def test_thread_bomb(run: Run) -> None:
    script = (
        "import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(100,), daemon=True).start()"
    )
    outcome = run(script, memory_bytes=256 << 20, timeout_s=10.0)
    assert outcome.status is ExecutionStatus.FAILED
    assert error_code(outcome) in ("handler_failed", "handler_limit", "handler_timeout")


@pytest.mark.parametrize(
    "script",
    [
        "x = []\nwhile True: x.append(bytearray(1 << 20))",
        "x = []\nwhile True: x.append([None])",
        "x = bytearray(10 ** 12)",
    ],
)
def test_memory_bomb(run: Run, script: str) -> None:
    outcome = run(script, memory_bytes=128 << 20)
    assert error_code(outcome) == "handler_limit"
    assert outcome.error is not None
    assert (outcome.error["details"]["limit"], outcome.error["details"]["value"]) == ("memory", "128 MB")
    # Where the smallest object had no room any more, Python itself could not note the line.
    assert outcome.error["details"]["line"] in ((1, 2, None) if "[None]" in script else (1, 2))


def test_the_smallest_memory_is_enough_to_start(run: Run) -> None:
    assert run("print(1)", memory_bytes=32 << 20).stdout == "1\n"


def test_much_output_is_bounded_and_counted(run: Run) -> None:
    outcome = run("import os\nx = b'x' * (1 << 20)\nfor _ in range(200): os.write(1, x); os.write(2, x)")
    assert outcome.status is ExecutionStatus.COMPLETED
    kept = 8 << 20
    assert (len(outcome.stdout), outcome.stdout_dropped_bytes) == (kept, (200 << 20) - kept)
    assert (len(outcome.stderr), outcome.stderr_dropped_bytes) == (kept, (200 << 20) - kept)


def test_a_long_line_that_never_ends(run: Run) -> None:
    outcome = run("import os\nwhile True: os.write(1, b'y' * 65536)", timeout_s=1.0)
    assert error_code(outcome) == "handler_timeout"
    assert len(outcome.stdout) == 8 << 20
    assert outcome.stdout_dropped_bytes > 0


FRAMES = {
    "4 GiB": "b'\\xff\\xff\\xff\\xff'",
    "9 MiB": "(9 << 20).to_bytes(4, 'big')",
    "garbage": "frame(b'{garbage')",
    "not UTF-8": "frame(b'\\xff\\xfe')",
    "a list": "frame(b'[]')",
    "unknown operation": 'frame(b\'{"op":"shutdown"}\')',
    "NaN": 'frame(b\'{"op":"cost","usd":NaN}\')',
    "infinity": 'frame(b\'{"op":"cost","usd":1e999}\')',
    "a cost below zero": 'frame(b\'{"op":"cost","usd":-1}\')',
    "a huge integer": "frame(b'{\"op\":\"cost\",\"usd\":1' + b'0' * 4000 + b'}')",
    "depth": "frame(b'[' * 1000000)",
    "a request without number": 'frame(b\'{"op":"attest","items":[{}]}\')',
    "items that are none": 'frame(b\'{"op":"attest","id":1,"items":[3]}\')',
    "no items": 'frame(b\'{"op":"attest","id":1,"items":[]}\')',
    "a query without text": 'frame(b\'{"op":"query","id":1,"limit":1}\')',
    "progress without number": 'frame(b\'{"op":"progress","current":"x"}\')',
    "a state that is no JSON": 'frame(b\'{"op":"state","json":"{"}\')',
    "a line of text": 'frame(b\'{"op":"error","exception":"","message":"","traceback":"","line":"3"}\')',
}
FORGE = code("""
    import os, qntx, time
    def frame(body):
        return len(body).to_bytes(4, "big") + body
    rest = memoryview({frame})
    while rest:
        rest = rest[os.write(qntx._channel._send_fd, rest):]
    {then}
""")


@pytest.mark.parametrize("then", ["time.sleep(100)", "os._exit(0)"])
@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES.keys())
def test_a_forged_frame_ends_the_run(run: Run, sink: RecordingSink, frame: str, then: str) -> None:
    outcome = run(FORGE.format(frame=frame, then=then))
    assert error_code(outcome) == "handler_failed"
    assert outcome.error is not None
    assert outcome.error["message"].startswith("BrokenPipe: The handler broke its message pipe: ")
    assert sink.stored == []


def test_a_message_cannot_end_a_run_well(run: Run) -> None:
    body = b'{"op":"state","json":"{\\"a\\":1}"}'
    outcome = run(FORGE.format(frame=f"frame({body!r})", then="os._exit(7)"))
    assert (outcome.status, outcome.exit_code, outcome.state_json) == (ExecutionStatus.FAILED, 7, None)


def test_a_message_cannot_end_a_run_badly(run: Run) -> None:
    body = b'{"op":"error","exception":"MemoryError","message":"","traceback":"","line":1}'
    assert run(FORGE.format(frame=f"frame({body!r})", then="os._exit(0)")).status is ExecutionStatus.COMPLETED


def test_a_forged_attestation_passes_the_same_gate(run: Run, sink: RecordingSink) -> None:
    body = b'{"op":"attest","id":1,"items":[{"subjects":["a"],"predicates":["b"],"contexts":["c"],"id":"AS-1"}]}'
    then = "fd = qntx._channel._receive_fd; os.set_blocking(fd, True); print(os.read(fd, 9000))"
    assert b"is not known" in run(FORGE.format(frame=f"frame({body!r})", then=then)).stdout.encode()
    assert sink.stored == []


@pytest.mark.parametrize("then", ["while True: pass", "print('still here')"])
def test_closed_pipes_neither_end_nor_hang_a_run(run: Run, then: str) -> None:
    outcome = run(f"import os\nos.closerange(3, 100)\n{then}", timeout_s=1.0)
    if "print" in then:
        assert (outcome.status, outcome.stdout) == (ExecutionStatus.COMPLETED, "still here\n")
    else:
        assert error_code(outcome) == "handler_timeout"


def test_attesting_into_a_closed_pipe_raises(run: Run) -> None:
    outcome = run("import os\nos.closerange(3, 100)\ntry: attest('a', 'b', 'c')\nexcept OSError: print('closed')")
    assert (outcome.status, outcome.stdout) == (ExecutionStatus.COMPLETED, "closed\n")


def test_closed_output_neither_ends_nor_hangs_a_run(run: Run, sink: RecordingSink) -> None:
    outcome = run("import os\nos.close(1); os.close(2)\nattest('a', 'b', 'c')\nos._exit(0)")
    assert outcome.status is ExecutionStatus.COMPLETED
    assert len(sink.stored) == 1


@pytest.mark.parametrize(
    "flood",
    [
        'frame(b\'{"op":"log","level":"info","message":"x"}\')',
        'frame(b\'{"op":"progress","current":1,"total":2,"message":""}\')',
        'frame(b\'{"op":"query","id":1,"text":"x","limit":1}\')',
    ],
)
def test_a_flooded_pipe_is_stopped_in_time(run: Run, sink: RecordingSink, flood: str) -> None:
    sink.stored.append({"subjects": ["x" * 100_000]})
    script = f"import os, qntx\ndef frame(body): return len(body).to_bytes(4, 'big') + body\none = {flood} * 100\n"
    outcome = run(f"{script}while True: os.write(qntx._channel._send_fd, one)", timeout_s=1.0)
    assert error_code(outcome) == "handler_timeout"
    assert len(sink.logged) <= 10_000
    assert len(sink.progressed) < 200


@pytest.mark.parametrize(
    ("script", "name"),
    [
        ("import ctypes\nctypes.string_at(0)", "SIGSEGV"),
        ("import os\nos.abort()", "SIGABRT"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "SIGKILL"),
        ("import signal\nsignal.raise_signal(signal.SIGALRM)", "SIGALRM"),
    ],
)
def test_a_crash_names_its_signal(run: Run, script: str, name: str) -> None:
    outcome = run(script)
    assert (error_code(outcome), outcome.exit_code) == ("handler_killed", None)
    assert outcome.error is not None
    assert outcome.error["details"] == {"signal": name}


def test_leaving_in_the_middle(run: Run, sink: RecordingSink) -> None:
    outcome = run("import os\nattest('a', 'b', 'c')\nos._exit(0)\nattest('d', 'e', 'f')")
    assert outcome.status is ExecutionStatus.COMPLETED
    assert len(sink.stored) == 1


DAEMON = code("""
    import os, time
    if os.fork() == 0:
        os.setsid()
        if os.fork():
            os._exit(0)
        {shed}
        {then}
    os.wait()
    print("gone")
""")


@pytest.mark.parametrize(
    ("shed", "then"),
    [
        ("pass", "time.sleep(100)"),
        ("pass", "os.execv('/bin/sleep', ['sleep', '100'])"),
        ("os.chdir('/')", "time.sleep(100)"),
        ("os.chdir('/')", "os.execv('/bin/sleep', ['sleep', '100'])"),
        ("pass", "os.execve('/bin/sleep', ['sleep', '100'], {})"),
        ("pass", "\n    while True: os.write(1, b'z' * 1000)"),
        ("import signal; signal.signal(15, signal.SIG_IGN)", "time.sleep(100)"),
    ],
)
def test_a_daemon_that_holds_the_pipes_is_ended(run: Run, shed: str, then: str) -> None:
    outcome = run(DAEMON.format(shed=shed, then=then), layers=UNCONFINED)
    assert outcome.status is ExecutionStatus.COMPLETED
    assert "gone\n" in outcome.stdout
    assert outcome.duration_ms < GENEROUS_S * 1000


@pytest.mark.parametrize("layers", [UNCONFINED, None], ids=["unconfined", "confined"])
def test_a_work_folder_of_any_kind_is_removed(run: Run, layers: Layers | None) -> None:
    script = code("""
        import os
        os.makedirs("a/b/c")
        open("a/b/c/file", "w").close()
        os.symlink("/", "a/b/root")
        try: os.mkfifo("a/fifo")
        except PermissionError: pass
        os.chmod("a/b/c", 0)
        os.chmod("a/b", 0o500)
        os.chmod("a", 0)
        for _ in range(250):
            os.mkdir("deep" * 10)
            os.chdir("deep" * 10)
        try: os.chmod(".", 0)
        except PermissionError: pass
    """)
    outcome = run(script, layers=layers)
    assert outcome.status is ExecutionStatus.COMPLETED, outcome.stderr


def test_the_folder_that_a_link_names_is_left_alone(run: Run, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").write_text("mine")
    assert run(f"import os\nos.symlink({str(kept)!r}, 'link')").status is ExecutionStatus.COMPLETED
    assert (kept / "file").read_text() == "mine"


def test_what_stays_in_a_work_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "work"
    work_folder.make(folder)
    (folder / "left").touch()
    monkeypatch.setattr(work_folder.shutil, "rmtree", lambda path: None)
    assert work_folder.remove(folder) is False
    monkeypatch.undo()
    assert work_folder.remove(folder) is True


def test_a_work_folder_from_before_is_emptied(run: Run, tmp_path: Path) -> None:
    old = tmp_path / "work" / "old"
    old.mkdir(parents=True)
    (old / "secret").write_text("x")
    assert run("import os; print(os.listdir())", work_dir=old).stdout == "['tmp']\n"


def test_twenty_runs_leak_nothing(run: Run) -> None:
    run("pass")
    files, threads = descriptors(), threading.active_count()
    for _ in range(20):
        run("print(1)")
    assert descriptors(files) <= files
    assert threading.active_count() <= threads


def test_runs_beside_each_other(run: Run, sink: RecordingSink) -> None:
    ended: list[Outcome] = []
    script = "for n in range(50): attest('a', 'b', 'c')\nprint('end')"
    workers = [threading.Thread(target=lambda: ended.append(run(script))) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [outcome.stdout for outcome in ended] == ["end\n"] * 6
    assert len(sink.stored) == 300


LOST_APP = code("""
    import os, sys, threading
    from pathlib import Path
    from qntx_desktop.engines.sandbox.launcher import CancelToken, RunSpec, launch
    from tests.engines.runs import UNCONFINED

    class Sink:
        def log(self, level, message):
            os.kill(os.getpid(), 9)

    spec = RunSpec(code=sys.argv[1], filename="x.py", command="", script_type="x", args=(), timeout_s=60.0,
                   memory_bytes=1 << 29, work_dir=Path(sys.argv[2]) / "w", run_id="1", home_id=sys.argv[3],
                   layers=UNCONFINED)
    launch(spec, Sink(), CancelToken())
""")


def test_a_run_dies_with_the_app_and_a_later_start_finds_what_it_left(tmp_path: Path, home_id: str) -> None:
    import subprocess

    script = code("""
        import os, qntx, time
        if os.fork() == 0:
            os.setsid()
            while True:
                time.sleep(1)
        qntx.log("info", "kill the app")
        while True: pass
    """)
    ended = subprocess.run(
        [sys.executable, "-c", LOST_APP, script, str(tmp_path), home_id],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        timeout=GENEROUS_S,
        check=False,
    )
    assert ended.returncode == -9, ended.stderr
    assert reap_strays(f"{home_id}-other") == 0
    assert reap_strays(home_id) >= 1
    assert marked(home_id) == []
    assert reap_strays(home_id) == 0
    assert work_folder.remove(tmp_path / "w")
