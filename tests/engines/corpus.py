"""The hostile corpus: scripts that try what handlers must not do, each with what must be seen.

A script is a file in `hostile/`. Its first lines say what must be seen:

    #: ends STATUS [CODE [EXCEPTION]]   how the run ends
    #: says TEXT                        stands in its output; `BREACH` never does
    #: open LAYER                       which layer alone holds it: `landlock`, `seccomp`; `both`: either does;
                                        `none`: the app itself, whatever the kernel can do
    #: attested N / acked               how many attestations are stored / as many as were acknowledged, at least
    #: ledger VERDICT                   the connection ledger holds such an attempt
    #: timeout S, memory MB, network good|any, own tcp, read victim, cancel, exit N, dropped yes, once, root only,
       machine NAME

`PRELUDE` stands before each of them, on one line, so that line numbers stay.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
import threading
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qntx_desktop.engines.sandbox.confinement.plan import Layers
from qntx_desktop.engines.sandbox.launcher import CancelToken, RunSpec, launch
from qntx_desktop.engines.sandbox.warm import WarmLaunchers
from qntx_desktop.model.job import Outcome
from tests.engines.runs import RecordingSink, marked

FOLDER = Path(__file__).parent / "hostile"
CANARY = "canary-0f9d2c7b41"
NOBODY = 65534
SYSTEM_PYTHON = "/usr/bin/python3"
PRELUDE = """
import os as _os, json as _json
def refuse(): raise PermissionError("refused")
def attempt(name, work):
    try: found = work()
    except OSError as error: print("held", name, type(error).__name__, flush=True)
    else: print("BREACH", name, repr(found)[:200], flush=True)
globals().update(_json.loads(__import__("qntx").args[0]))
"""


@dataclass(frozen=True, slots=True)
class Script:
    """A file of the corpus."""

    name: str
    code: str
    expected: Mapping[str, tuple[str, ...]]

    def number(self, key: str, default: float) -> float:
        return float(self.expected[key][0]) if key in self.expected else default

    def word(self, key: str) -> str:
        return self.expected.get(key, ("",))[0]


@dataclass
class Seen:
    """What a run left."""

    outcome: Outcome
    sink: RecordingSink
    arrived: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    after: str = ""

    @property
    def everything(self) -> str:
        """All text that came out of the run, wherever."""
        sink, outcome = self.sink, self.outcome
        said = [sink.stored, sink.logged, sink.progressed, list(sink.connections.values()), sink.queries]
        return "\n".join([outcome.stdout, outcome.stderr, repr((outcome.error, outcome.state_json, said))])

    @property
    def breached(self) -> bool:
        """Whether an attack came through."""
        return "BREACH" in self.outcome.stdout or bool(self.arrived) or CANARY in self.everything


def scripts() -> list[Script]:
    """All of them, by name."""
    return [_read(path) for path in sorted(FOLDER.glob("*.py.txt"))]


def _read(path: Path) -> Script:
    text = path.read_text("utf-8")
    expected: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        if not line.startswith("#: "):
            break
        key, _, value = line.removeprefix("#: ").partition(" ")
        expected[key] = (*expected.get(key, ()), value)
    return Script(path.name.removesuffix(".py.txt"), text, expected)


class Places:
    """What the scripts attack, for one run: a secret, files of somebody else, and sockets that count who comes."""

    def __init__(self, base: Path, user: int, shared: Path | None) -> None:
        self.base = base
        self.user = user
        self.work = (shared / base.name) if shared else base / "work"
        self.sibling = self.work / "sibling"
        self.sibling.mkdir(parents=True)
        (self.sibling / "result").write_text(CANARY, "utf-8")
        self.outside = base / "outside"
        self.outside.mkdir()
        (self.outside / "keyrings").mkdir()
        self.victim = self.outside / "victim"
        for path in (self.outside / "secret", self.outside / "keyrings" / "login.keyring", self.victim):
            path.write_text(CANARY if path != self.victim else "as it was", "utf-8")
        if user:
            for path in (self.outside, self.victim, self.outside / "secret"):
                os.chown(path, user, user)
        self._sockets = ExitStack()
        self._abstract = f"qntx-test-{uuid.uuid4().hex}"
        self._tcp = self._listen(socket.AF_INET, ("127.0.0.1", 0))
        self._good = self._listen(socket.AF_INET, ("127.0.0.1", 0))
        self._unix = self._listen(socket.AF_UNIX, str(self.outside / "unix"))
        self._hidden = self._listen(socket.AF_UNIX, f"\0{self._abstract}")
        self._udp = self._bound(socket.AF_INET, ("127.0.0.1", 0))
        self._datagram = self._bound(socket.AF_UNIX, str(self.outside / "datagram"))
        for name in ("unix", "datagram"):
            (self.outside / name).chmod(0o777)
        self._before = self._picture()

    @property
    def tcp_port(self) -> int:
        return int(self._tcp.getsockname()[1])

    @property
    def good_port(self) -> int:
        return int(self._good.getsockname()[1])

    def told(self) -> dict[str, Any]:
        """What the script is told, by the name of the variable."""
        return {
            "SECRET": str(self.outside / "secret"),
            "KEYRING": str(self.outside / "keyrings" / "login.keyring"),
            "OUTSIDE": str(self.outside),
            "VICTIM": str(self.victim),
            "UNIX": str(self.outside / "unix"),
            "DATAGRAM": str(self.outside / "datagram"),
            "ABSTRACT": self._abstract,
            "TCP": self.tcp_port,
            "GOOD": self.good_port,
            "UDP": self._udp.getsockname()[1],
            "PARENT": os.getpid(),
            "SIBLING": str(self.sibling),
        }

    def arrived(self) -> list[str]:
        """Who came to a socket, or changed a file."""
        found = []
        listeners = {"tcp": self._tcp, "unix": self._unix, "abstract": self._hidden}
        for name, listener in listeners.items():
            try:
                listener.accept()[0].close()
                found.append(name)
            except BlockingIOError:
                continue
        for name, bound in {"udp": self._udp, "datagram": self._datagram}.items():
            try:
                found.append(f"{name} {bound.recv(4096)!r}")
            except BlockingIOError:
                continue
        return found if self._picture() == self._before else [*found, "a file was changed"]

    def left(self) -> list[str]:
        """What still lies in the work folders."""
        return [path.name for path in self.work.iterdir() if path != self.sibling]

    def close(self) -> None:
        shutil.rmtree(self.work)
        self._sockets.close()
        shutil.rmtree(self.base)

    def _picture(self) -> list[tuple[str, int, int, int, str]]:
        found = []
        for path in sorted([*self.outside.rglob("*"), *self.sibling.rglob("*")]):
            state = path.lstat()
            text = path.read_text("utf-8") if path.is_file() else ""
            found.append((str(path), state.st_mode, state.st_uid, state.st_mtime_ns, text))
        return found

    def _listen(self, family: int, place: Any) -> socket.socket:
        found = self._bound(family, place, socket.SOCK_STREAM)
        found.listen(8)
        return found

    def _bound(self, family: int, place: Any, kind: int = socket.SOCK_DGRAM) -> socket.socket:
        found = self._sockets.enter_context(socket.socket(family, kind))
        found.bind(place)
        found.setblocking(False)
        return found


@contextmanager
def places(user: int, shared: Path | None = None) -> Iterator[Places]:
    """A place of its own for a run, which another user can reach, unlike the folders of the tests."""
    base = Path(tempfile.mkdtemp(prefix="qntx-hostile-"))
    base.chmod(0o755)
    found = Places(base, user, shared)
    try:
        yield found
    finally:
        found.close()


def try_script(
    script: Script,
    *,
    user: int = 0,
    layers: Layers | None = None,
    warm: WarmLaunchers | None = None,
    shared: Path | None = None,
) -> Seen:
    """Run one script through the real launcher, then see what it left and whether the next run works.

    Args:
        warm: Fork it from one of these, whose work folders are below `shared`.
    """
    with places(user, shared) as around:
        home_id = f"hostile-{uuid.uuid4().hex}"
        sink = RecordingSink()
        cancel = CancelToken()
        if "cancel" in script.expected:
            threading.Thread(target=_cancel_later, args=(sink, cancel), name="test-cancel").start()
        spec = _spec(script, around, home_id, layers)
        seen = Seen(outcome=launch(spec, sink, cancel, warm), sink=sink)
        seen.arrived = around.arrived()
        seen.left = [*marked(home_id), *around.left()]
        simple = _spec(Script("simple", "print('alive')", {}), around, home_id, layers)
        seen.after = launch(simple, RecordingSink(), CancelToken(), warm).stdout
        sink.said.set()
        return seen


def _cancel_later(sink: RecordingSink, cancel: CancelToken) -> None:
    sink.said.wait(30)
    cancel.cancel()


def _spec(script: Script, around: Places, home_id: str, layers: Layers | None) -> RunSpec:
    import json

    run_id = uuid.uuid4().hex
    network: Any = {"good": (f"127.0.0.1:{around.good_port}",), "any": True}.get(script.word("network"), ())
    own = frozenset({around.tcp_port} if script.word("own") else ())
    return RunSpec(
        code=_with_prelude(script.code),
        filename="hostile.py",
        command="ix hostile",
        script_type="hostile",
        args=(json.dumps(around.told()),),
        timeout_s=script.number("timeout", 10.0),
        memory_bytes=int(script.number("memory", 512)) << 20,
        work_dir=around.work / run_id,
        run_id=run_id,
        home_id=home_id,
        network=network,
        own_ports=lambda: own,
        read_paths=(around.victim,) if script.word("read") else (),
        interpreter=SYSTEM_PYTHON if around.user else None,
        layers=layers,
    )


def _with_prelude(code: str) -> str:
    lines = code.split("\n")
    first = next(number for number, line in enumerate(lines) if not line.startswith("#: "))
    return "\n".join([*lines[:first], f"exec({PRELUDE!r})", *lines[first:]])


def can_be_nobody() -> bool:
    """Whether runs as another user can be tried here: by root, with a Python that others can start too."""
    return sys.platform == "linux" and os.getuid() == 0 and _others_can_start(SYSTEM_PYTHON)


def _others_can_start(python: str) -> bool:
    import subprocess

    try:
        ended = subprocess.run(
            [python, "-I", "-S", "-c", "import sys; print(sys.version_info >= (3, 11))"],
            capture_output=True,
            text=True,
            check=False,
            user=NOBODY,
            group=NOBODY,
            extra_groups=[],
            timeout=20,
            cwd="/",
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return ended.stdout.strip() == "True"
