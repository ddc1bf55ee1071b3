"""Handlers under the real kernel: what is refused, what works all the same, and which layer holds what."""

# The scripts stand as they are run, one a line.
# ruff: noqa: E501

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from qntx_desktop.engines.sandbox.confinement import landlock, probe
from qntx_desktop.engines.sandbox.confinement.plan import Layers
from qntx_desktop.model.confinement import Denial, SandboxLevel
from qntx_desktop.model.job import ExecutionStatus
from tests.engines.runs import UNCONFINED, Run

FULL = sys.platform == "linux" and probe.report().level is SandboxLevel.FULL
pytestmark = pytest.mark.skipif(not FULL, reason="this computer does not confine handlers fully")

BY_THE_FILTER = set(Denial) - {Denial.READ, Denial.WRITE}
OLD_ABIS = [version for version in (1, 2, 3, 4, 5, 6) if version <= landlock.abi()]


def refused(run: Run, statement: str, **changes: object) -> bool:
    """Whether a statement raises PermissionError, and the handler can go on after it."""
    script = f"try:\n{textwrap.indent(statement, '    ')}\nexcept PermissionError:\n    print('refused')\n"
    outcome = run(script, **changes)
    assert outcome.status is ExecutionStatus.COMPLETED, outcome.stderr
    return outcome.stdout == "refused\n"


@pytest.mark.parametrize("version", [*OLD_ABIS, landlock.abi()])
def test_the_filter_makes_up_for_an_older_landlock(version: int) -> None:
    report = probe.report(Layers(landlock_abi=version, seccomp=True))
    assert (report.level, report.missing, report.reason) == (SandboxLevel.FULL, (), "")


def test_each_layer_holds_what_it_is_there_for() -> None:
    filter_only = probe.report(Layers(landlock_abi=0, seccomp=True))
    assert (filter_only.level, set(filter_only.missing)) == (SandboxLevel.PARTIAL, {Denial.READ, Denial.WRITE})
    files_only = probe.report(Layers(landlock_abi=landlock.abi(), seccomp=False))
    assert files_only.level is SandboxLevel.PARTIAL
    assert set(files_only.missing) <= BY_THE_FILTER
    assert {Denial.PROCESSES, Denial.NETWORK, Denial.METADATA} <= set(files_only.missing)


def test_without_a_layer_nothing_is_called_confined() -> None:
    report = probe.report(Layers(landlock_abi=0, seccomp=False))
    assert report.level in (SandboxLevel.PROCESS, SandboxLevel.PARTIAL)
    assert {Denial.READ, Denial.WRITE, Denial.NETWORK, Denial.PROCESSES} <= set(report.missing)


def test_a_probe_that_cannot_start_counts_as_not_confined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "start_of_command", lambda script: ["/nowhere/python"])
    report = probe.probe.__wrapped__(Layers(landlock_abi=landlock.abi(), seccomp=True))
    assert (report.level, report.missing) == (SandboxLevel.PROCESS, tuple(Denial))
    assert "nowhere" in report.reason


REFUSED = {
    "a file of the person": "open({secret!r})",
    "a folder of the person": "import os\nos.listdir({folder!r})",
    "a link to a file of the person": "import os\nos.symlink({secret!r}, 'link')\nopen('link')",
    "other processes": "import os\nos.listdir('/proc')",
    "itself in /proc": "open('/proc/self/mem', 'rb')",
    "accounts": "open('/etc/passwd')",
    "appending": "open({secret!r}, 'a')",
    "a new file": "open({folder!r} + '/new', 'x')",
    "a new folder": "import os\nos.mkdir({folder!r} + '/new')",
    "removing": "import os\nos.unlink({secret!r})",
    "truncating": "import os\nos.truncate({secret!r}, 0)",
    "mode": "import os\nos.chmod({secret!r}, 0o777)",
    "owner": "import os\nos.chown({secret!r}, 0, 0)",
    "times": "import os\nos.utime({secret!r})",
    "extended attributes": "import os\nos.setxattr({secret!r}, 'user.x', b'1')",
    "mode through a descriptor": "import os\nos.fchmod(os.open('/dev/null', os.O_RDONLY), 0o777)",
    "memory files": "import os\nos.memfd_create('x')",
    "shared memory": "from multiprocessing import shared_memory\nshared_memory.SharedMemory(create=True, size=9)",
    "TCP": "import socket\nsocket.create_connection(('127.0.0.1', 9))",
    "TCP to an address": "import _socket\n_socket.socket()",
    "UDP": "import _socket as socket\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
    "IPv6": "import _socket as socket\nsocket.socket(socket.AF_INET6)",
    "Unix": "import _socket as socket\nsocket.socket(socket.AF_UNIX)",
    "netlink": "import _socket as socket\nsocket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
    "a datagram pair": "import _socket as socket\nsocket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)",
    "fork": "import os\nos.fork()",
    "subprocess": "import subprocess\nsubprocess.run(['/bin/true'])",
    "a shell": "import subprocess\nsubprocess.run('true', shell=True)",
    "posix_spawn": "import os\nos.posix_spawn('/bin/true', ['true'], {{}})",
    "exec": "import os\nos.execv('/bin/true', ['true'])",
    "multiprocessing": "import multiprocessing as m\nm.get_context('fork').Process(target=print).start()",
    "multiprocessing by spawning": "import multiprocessing as m\nm.get_context('spawn').Process(target=print).start()",
    "a pseudo terminal": "import os\nos.openpty()",
    "a signal to the app": "import os\nos.kill(os.getppid(), 0)",
    "a signal to all": "import os\nos.kill(-1, 0)",
    "a signal through a descriptor": "import os\nos.pidfd_open(os.getppid())",
    "signals by an owner": "import fcntl, os\nfcntl.fcntl(0, fcntl.F_SETOWN, os.getppid())",
    "limits of the app": "import os, resource\nresource.prlimit(os.getppid(), resource.RLIMIT_CORE)",
    "more memory": "import resource\nresource.setrlimit(resource.RLIMIT_CORE, (-1, -1))",
    "urgency": "import os\nos.setpriority(os.PRIO_PROCESS, os.getppid(), 5)",
    "another user": "import os\nos.setuid(os.getuid())",
    "a named pipe": "import os\nos.mkfifo('pipe')",
    "watching": "import ctypes, os\nl = ctypes.CDLL(None, use_errno=True)\n"
    "if l.inotify_add_watch(l.inotify_init1(0), b'/', 2) < 0: raise OSError(ctypes.get_errno(), 'x')",
    "living longer than the app": "import ctypes\nl = ctypes.CDLL(None, use_errno=True)\n"
    "if l.prctl(1, 0, 0, 0, 0) < 0: raise OSError(ctypes.get_errno(), 'x')",
}


def test_nobody_is_handed_the_memory_of_who_crashed(run: Run) -> None:
    """With a limit of 0 Linux hands it to a program that collects crashes; with 1 it does not."""
    outcome = run("import resource\nprint(resource.getrlimit(resource.RLIMIT_CORE))")
    assert outcome.stdout == "(1, 1)\n"


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_refused_is_a_permission_error(run: Run, tmp_path: Path, statement: str) -> None:
    folder = tmp_path / "private"
    folder.mkdir()
    secret = folder / "secret"
    secret.write_text("do not tell")
    before = secret.stat()
    kind = "ValueError" if "setrlimit" in statement else "PermissionError"  # the word of `resource` for not permitted
    said = statement.format(secret=str(secret), folder=str(folder))
    script = f"try:\n{textwrap.indent(said, '    ')}\nexcept {kind}:\n    print('refused')\n"
    outcome = run(script)
    assert (outcome.stdout, outcome.status) == ("refused\n", ExecutionStatus.COMPLETED), outcome.stderr
    assert outcome.sandbox == "full"
    after = secret.stat()
    assert (secret.read_text(), after.st_mtime_ns, after.st_mode) == (
        "do not tell",
        before.st_mtime_ns,
        before.st_mode,
    )
    assert [path.name for path in folder.iterdir()] == ["secret"]


def test_the_same_is_not_refused_without_confinement(run: Run, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("told")
    outcome = run(f"import os\nprint(open({str(secret)!r}).read())\nos.fork() or os._exit(0)", layers=UNCONFINED)
    assert (outcome.stdout, outcome.sandbox) == ("told\n", probe.report(UNCONFINED).level)


@pytest.mark.parametrize(
    ("statement", "hint"),
    [
        ("open('/etc/shadow')", '# read = ["/etc/shadow"]'),
        ("open('/etc/none of mine', 'w')", "(or write)"),
        ("os.fork()", "cannot start programs"),
        ("raise PermissionError('of its own')", ""),
        ("raise PermissionError(13, 'of its own', b'/x')", ""),
        ("raise PermissionError(True, 'of its own', '/x')", ""),
        ("raise PermissionError(10 ** 5000, 'of its own', '/x')", ""),
        ("raise PermissionError(13, 'of its own', '/' + 'x' * 100_000)", "# read = "),
        ("raise PermissionError(13, 'of its own', '/\\ud800\\u202e\\0')", "# read = "),
    ],
)
def test_a_refusal_says_what_to_declare(run: Run, statement: str, hint: str) -> None:
    outcome = run(f"import os\n{statement}")
    assert outcome.error is not None
    assert outcome.error["details"]["exception"] == "PermissionError"
    said = outcome.error["hint"]
    assert said.isprintable()
    assert hint in said
    assert bool(said) is bool(hint)


def test_a_refusal_of_an_unconfined_run_is_the_systems_own(run: Run) -> None:
    outcome = run("raise PermissionError(1, 'of its own')", layers=UNCONFINED)
    assert outcome.error is not None
    assert outcome.error["hint"] == ""


def test_moving_a_file_in_or_out_is_refused(run: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.write_text("mine")
    script = textwrap.dedent(f"""
        import os
        open("made", "w").close()
        for move in (os.rename, os.link, os.replace):
            for pair in (({str(mine)!r}, "taken"), ("made", {str(tmp_path / "given")!r})):
                try:
                    move(*pair)
                except OSError:
                    continue
                print(move, pair)
    """)
    outcome = run(script)
    assert (outcome.stdout, outcome.status) == ("", ExecutionStatus.COMPLETED), outcome.stderr
    assert mine.read_text() == "mine"


@pytest.mark.parametrize("version", [1, 2])
def test_reading_rights_do_not_allow_emptying(run: Run, tmp_path: Path, version: int) -> None:
    mine = tmp_path / "mine"
    mine.write_text("mine")
    layers = Layers(landlock_abi=version, seccomp=True)
    statement = f"import os\nos.open({str(mine)!r}, os.O_RDONLY | os.O_TRUNC)"
    assert refused(run, statement, read_paths=(mine,), layers=layers)
    assert mine.read_text() == "mine"


def test_named_files_are_readable_and_no_more(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("1")
    (tmp_path / "b.csv").write_text("2")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "c.csv").write_text("3")
    paths = (tmp_path / "a.csv", folder)
    script = f"import os\nos.chdir({str(tmp_path)!r})\nprint(open('a.csv').read(), open('folder/c.csv').read())"
    assert run(script, read_paths=paths).stdout == "1 3\n"
    assert refused(run, f"open({str(tmp_path / 'b.csv')!r})", read_paths=paths)
    assert refused(run, f"open({str(tmp_path / 'a.csv')!r}, 'w')", read_paths=paths)
    assert (tmp_path / "a.csv").read_text() == "1"


def test_declared_folders_are_writable(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    script = f"import os, shutil\nopen('x', 'w').write('y')\nshutil.copy('x', {str(target)!r})\nos.rename('x', {str(target)!r} + '/z')"
    outcome = run(script, write_paths=(target,))
    assert outcome.status is ExecutionStatus.COMPLETED, outcome.stderr
    assert sorted(path.name for path in target.iterdir()) == ["x", "z"]


WORKS = {
    "threads": "import threading\nt = threading.Thread(target=print, args=('ok',)); t.start(); t.join()",
    "a pool of threads": "from concurrent.futures import ThreadPoolExecutor as T\nprint(T(4).submit(str, 'ok').result())",
    "asyncio": "import asyncio\nasync def f(): await asyncio.sleep(0); return 'ok'\nprint(asyncio.run(f()))",
    "asyncio threads": "import asyncio\nprint(asyncio.run(asyncio.to_thread(str, 'ok')))",
    "socket pairs": "import socket\na, b = socket.socketpair(); a.send(b'ok'); print(b.recv(9).decode())",
    "time zones": "import zoneinfo\nprint(zoneinfo.ZoneInfo('Europe/Vienna') and 'ok')",
    "certificates": "import ssl\nprint('ok' if ssl.create_default_context().get_ca_certs() else 'none')",
    "sqlite": "import sqlite3\nc = sqlite3.connect('x.db'); c.execute('PRAGMA journal_mode=WAL')\n"
    "c.execute('create table t(x)'); c.commit(); c.close(); print('ok')",
    "temporary files": "import tempfile\nwith tempfile.TemporaryDirectory() as d: open(d + '/x', 'w').write('1')\n"
    "with tempfile.NamedTemporaryFile() as f: f.write(b'1')\nprint('ok')",
    "copying trees": "import os, shutil\nos.makedirs('a/b'); open('a/b/c', 'w').close()\n"
    "shutil.copytree('a', 'd'); shutil.copy2('a/b/c', 'e'); shutil.move('d', 'f'); shutil.rmtree('a')\n"
    "print('ok' if os.path.exists('f/b/c') else os.listdir('f'))",
    "archives": "import os, shutil, tarfile, zipfile\nos.mkdir('a'); open('a/x', 'w').write('1'); os.symlink('x', 'a/l')\n"
    "shutil.make_archive('t', 'gztar', '.', 'a'); shutil.make_archive('z', 'zip', '.', 'a')\n"
    "tarfile.open('t.tar.gz').extractall('out'); zipfile.ZipFile('z.zip').extractall('zout')\n"
    "print('ok' if os.path.exists('out/a/x') and os.path.exists('zout/a/x') else 'lost')",
    "modes in the work folder": "import os, pathlib\np = pathlib.Path('x'); p.touch(); p.touch(); p.chmod(0o600)\n"
    "os.utime('x'); os.chown('x', -1, -1); os.chmod(os.getcwd(), 0o700)\nprint('ok')",
    "mapped files": "import mmap\nf = open('x', 'w+b'); f.truncate(9); m = mmap.mmap(f.fileno(), 9); m[0] = 1; print('ok')",
    "random numbers": "import os, random, secrets\nos.urandom(9); random.SystemRandom().random(); secrets.token_hex()\nprint('ok')",
    "locale": "import locale\nlocale.setlocale(locale.LC_ALL, ''); print('ok')",
    "compression": "import bz2, lzma, zlib, gzip\nprint('ok')",
    "its own signals": "import os, signal\nsignal.signal(signal.SIGUSR1, lambda *a: print('ok'))\nos.kill(os.getpid(), signal.SIGUSR1)",
    "timers": "import signal, time\nsignal.signal(signal.SIGALRM, lambda *a: print('ok'))\nsignal.setitimer(signal.ITIMER_REAL, 0.01)\ntime.sleep(0.2)",
    "pipes": "import os, select\nr, w = os.pipe(); os.write(w, b'ok'); select.select([r], [], [])\nprint(os.read(r, 9).decode())",
    "terminal questions": "import os, shutil, sys\nsys.stdout.isatty(); shutil.get_terminal_size(); print('ok')",
    "subinterpreter of decimals": "import decimal, fractions, statistics, json, csv, xml.etree.ElementTree\nprint('ok')",
    "late imports of the SDK": "import qntx\ntry: qntx.attest('', '', '')\nexcept ValueError: print('ok')",
}


@pytest.mark.parametrize("script", WORKS.values(), ids=WORKS.keys())
def test_what_works_all_the_same(run: Run, script: str) -> None:
    outcome = run(script)
    assert (outcome.stdout, outcome.stderr) == ("ok\n", "")
    assert outcome.status is ExecutionStatus.COMPLETED


def test_a_missing_file_is_missing_and_not_refused(run: Run) -> None:
    script = "import os\ntry: os.chmod('absent', 0)\nexcept FileNotFoundError: print('absent')"
    assert run(script).stdout == "absent\n"


def test_root_keeps_no_powers(run: Run) -> None:
    script = textwrap.dedent("""
        import ctypes
        head, body = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
        print(ctypes.CDLL(None).capget(head, body), list(body))
    """)
    assert run(script).stdout == "0 [0, 0, 0, 0, 0, 0]\n"


def test_an_order_that_cannot_be_carried_out_ends_the_run(run: Run) -> None:
    """Landlock of a version that this kernel does not have is refused by the kernel; nothing may run without it."""
    from qntx_desktop.engines.sandbox import launcher

    original = launcher.orders

    def spoilt(**given: object) -> object:
        found = original(**given)  # type: ignore[arg-type]
        assert found is not None
        return found | {"ruleset": "ff" * 24}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(launcher, "orders", spoilt)
        outcome = run("print('ran')")
    assert (outcome.status, outcome.stdout) == (ExecutionStatus.FAILED, "")
    assert "could not be confined" in outcome.stderr


def test_a_32_bit_call_is_refused(run: Run, tmp_path: Path) -> None:
    """The numbers of 32-bit calls mean other things: 11 is execve there."""
    if os.uname().machine != "x86_64" or shutil.which("gcc") is None:
        pytest.skip("needs gcc on x86_64")
    source = tmp_path / "call.c"
    source.write_text(
        "long qntx_getpid32(void) { long r; __asm__ volatile (\"int $0x80\" : \"=a\"(r) : \"a\"(20L)); return r; }"
    )
    library = tmp_path / "call.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", str(library), str(source)], check=True)
    script = f"import ctypes\nprint(ctypes.CDLL({str(library)!r}).qntx_getpid32())"
    assert run(script, read_paths=(library,)).stdout == "-1\n"
