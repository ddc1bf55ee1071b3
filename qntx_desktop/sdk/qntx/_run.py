"""Run one script: read the start message, take on the limits, execute, report, leave with the right exit code.

Main thread of the handler's process. Whether a run went well is the exit code and nothing else; what is sent at the
end only describes it.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # the C half of signal, which needs no enumerations
import builtins
import gc
import os
import signal
import sys

from . import _limits
from ._channel import Channel, encode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, FrameType
    from typing import Any

    from ._ready import Ready

MAX_STATE_BYTES = 1 << 20
_OWN_FOLDER = __file__.rpartition(os.sep)[0].rpartition(os.sep)[0]
qntx: Any = sys.modules[__package__ or "qntx"]


def main(argv: list[str]) -> None:
    """Run the script that the start message holds. Never returns.

    Args:
        argv: Numbers: the pipe to the app, the pipe from it, the lifeline, the app's process id.
    """
    send_fd, receive_fd, lifeline_fd, parent = map(int, argv)
    if sys.platform == "win32":
        send_fd, receive_fd, lifeline_fd = _descriptors(send_fd, receive_fd, lifeline_fd)
    for descriptor in (send_fd, receive_fd, lifeline_fd):
        os.set_inheritable(descriptor, False)
    _limits.die_with(parent, lifeline_fd)
    channel = Channel(send_fd, receive_fd)
    start = channel.receive()
    _prepare(start, channel)
    sys.exit(run(start, channel))


def run_forked(ready: Ready, with_network: bool) -> int:
    """Run the script in a child of the warm launcher, whose descriptors have their places. Returns the exit code.

    Args:
        ready: What it did while it waited.
        with_network: Whether descriptor 5 is its way to the network.

    What the interpreter would do at its end is done here, except for taking it apart, which would cost more than
    the whole start.
    """
    channel = Channel(3, 4)
    start = take_over(channel, 5 if with_network else None)
    _limits.put_by()
    ready.confine(start["orders"])
    code = run(start, channel)
    _end_modules()
    return code


def take_over(channel: Channel, broker_fd: int | None) -> dict[str, Any]:
    """Receive the start message, and become the process that it is for, but for being confined. Returns it."""
    start = channel.receive()
    os.chdir(start["folder"])
    for name, value in start["environment"].items():
        os.environ[name] = value
    start["broker_fd"] = broker_fd
    _take(start, channel)
    _limits.apply(start["limits"])
    return start


def forget() -> None:
    """Be nobody's process again, after a rehearsal."""
    qntx._channel = None
    qntx.args, qntx.options, qntx.command, qntx.script_type = [], {}, "", ""
    qntx.state, qntx.payload, qntx.upstream = {}, None, None
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _end_modules() -> None:
    """Run what was registered for the end, drop what the script made, so that its files are written, and flush."""
    import atexit

    atexit._run_exitfuncs()
    sys.modules["__main__"].__dict__.clear()
    gc.collect()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # the script has closed it
            continue


def _descriptors(*handles: int) -> list[int]:
    import msvcrt  # Windows only

    to_descriptor: Any = msvcrt.open_osfhandle  # type: ignore[attr-defined, unused-ignore]
    return [to_descriptor(handle, 0) for handle in handles]


def _prepare(start: dict[str, Any], channel: Channel) -> None:
    get_ready()
    if start["broker_fd"] is not None:
        os.set_inheritable(start["broker_fd"], False)
    _take(start, channel)
    _limits.put_by()
    _limits.apply(start["limits"])
    if start["orders"] is not None:
        _confine(start["orders"])


def get_ready() -> None:
    """What is the same for every script."""
    _add_builtins()
    sys.stdout.reconfigure(errors="backslashreplace", line_buffering=True)  # type: ignore[union-attr]


def _take(start: dict[str, Any], channel: Channel) -> None:
    """Take over what the start message says of this script."""
    qntx._channel = channel
    for name in ("args", "options", "command", "script_type", "state", "payload", "upstream"):
        setattr(qntx, name, start[name])
    if start["last_run_us"] is not None:
        qntx.last_run = _moment(start["last_run_us"])
    sys.path.extend(start["site_paths"])
    _ask_the_app_for_sockets(start["broker_fd"], channel)
    _signal.signal(signal.SIGTERM, _on_term)
    sys.argv[:] = [start["filename"], *start["args"]]


def _confine(orders: dict[str, Any]) -> None:
    from . import _confine, _quiet  # not where there is nothing to do

    if "filter" in orders:
        _quiet.quieten([os.path.realpath(folder) for folder in orders["writable"]])
    _confine.confine(orders)


def _moment(us: int) -> Any:
    from datetime import UTC, datetime, timedelta  # costs 2 ms, needed by few

    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)


def _add_builtins() -> None:
    import _sitebuiltins

    extra: Any = builtins
    extra.attest = qntx.attest
    extra.exit = _sitebuiltins.Quitter("exit", "Ctrl-D")
    extra.quit = _sitebuiltins.Quitter("quit", "Ctrl-D")
    extra.help = _sitebuiltins._Helper()


def _on_term(_signal: int, _frame: FrameType | None) -> None:
    qntx.cancelled = True


def _ask_the_app_for_sockets(broker_fd: int | None, channel: Channel) -> None:
    """Have `socket` changed when it is first imported; importing it for every script would cost 4 ms."""
    if "socket" in sys.modules:
        _change_sockets(broker_fd, channel)
    else:
        sys.meta_path.insert(0, _SocketFinder(lambda: _change_sockets(broker_fd, channel)))


def _change_sockets(broker_fd: int | None, channel: Channel) -> None:
    if broker_fd is not None:
        from . import _network

        _network.install(broker_fd)
    else:  # sockets cannot be handed over here
        from . import _advised

        _advised.install(channel)


class _SocketFinder:
    """Stands before the finders of modules until `socket` is asked for."""

    def __init__(self, change: Any) -> None:
        self._change = change

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if name != "socket":
            return None
        sys.meta_path.remove(self)
        found = (finder.find_spec(name, path, target) for finder in sys.meta_path)
        spec: Any = next((each for each in found if each is not None), None)
        if spec is not None and spec.loader is not None:
            spec.loader = _SocketLoader(spec.loader, self._change)
        return spec


class _SocketLoader:
    """Loads `socket` as ever, then sends its sockets through the app."""

    def __init__(self, loader: Any, change: Any) -> None:
        self._loader = loader
        self._change = change

    def create_module(self, spec: Any) -> Any:
        return self._loader.create_module(spec)

    def exec_module(self, module: Any) -> None:
        self._loader.exec_module(module)
        module.__spec__.loader = module.__loader__ = self._loader
        self._change()


class _Source:
    """Gives tracebacks the lines of a script that is no file."""

    def __init__(self, code: str) -> None:
        self._code = code

    def get_source(self, _name: str) -> str:
        return self._code


def run(start: dict[str, Any], channel: Channel) -> int:
    """Execute the script. Returns the exit code."""
    filename = start["filename"]
    before = _state_text(start["state"])
    module = type(sys)("__main__")
    module.__dict__.update(__file__=filename, __loader__=_Source(start["code"]), __builtins__=builtins)
    sys.modules["__main__"] = module
    try:
        code: CodeType = compile(start["code"].removeprefix("\ufeff"), filename, "exec", dont_inherit=True)
        exec(code, module.__dict__)
        _join_threads()
        _send_state(before, channel)
    except BaseException as error:  # noqa: BLE001 - whatever a script raises ends here
        _limits.reserve = None  # first of all: without memory not even a function can be called
        return _ended(error, filename, before, channel)
    return 0


def _ended(error: BaseException, filename: str, before: str, channel: Channel) -> int:
    """Tell of an exception. What goes wrong in the telling, by malice or want of memory, is no good end."""
    try:
        if isinstance(error, SystemExit):
            return _left(error, filename, before, channel)
        return _failed(error, filename, channel)
    except BaseException:  # noqa: BLE001 - such as the exit that an exception raises when asked for its text
        return 1


def _left(leaving: SystemExit, filename: str, before: str, channel: Channel) -> int:
    code = leaving.code
    if code is None or code == 0:
        try:
            _join_threads()
            _send_state(before, channel)
        except BaseException as error:  # noqa: BLE001 - a state that cannot be kept fails the run like any error
            return _failed(error, filename, channel)
        return 0
    exit_code = code & 0xFF if isinstance(code, int) else 1
    if not isinstance(code, int):
        sys.stderr.write(f"{code}\n")
    from . import _report  # dear, only for failures

    _send_last(channel, _report.describe(leaving, filename))
    return exit_code or 1


def _failed(error: BaseException, filename: str, channel: Channel) -> int:
    if not channel.own:
        return 1
    _limits.spare_memory()
    from . import _report  # dear, only for failures

    _send_last(channel, _report.describe(error, filename))
    _report.show(error, _OWN_FOLDER)
    return 1


def _send_last(channel: Channel, message: dict[str, Any]) -> None:
    try:
        qntx._send_due_progress()
        channel.tell(encode(message))
    except OSError as error:  # the script has closed the pipe; the exit code still says how it ended
        sys.stderr.write(f"The app could not be told why the run failed: {error}\n")


def _join_threads() -> None:
    threading = sys.modules.get("threading")
    if threading is None:
        return
    for thread in threading.enumerate():
        if not thread.daemon and thread is not threading.current_thread():
            thread.join()


def _state_text(state: object) -> str:
    from ._plain import plain

    if not isinstance(state, dict):
        raise ValueError(f"qntx.state must be a dict, not {type(state).__name__}")
    if not state:
        return "{}"
    return encode(plain("qntx_state", state))


def _send_state(before: str, channel: Channel) -> None:
    if not channel.own:
        return
    qntx._send_due_progress()
    text = _state_text(qntx.state)
    if len(text) > MAX_STATE_BYTES:
        raise ValueError(f"qntx.state is {len(text):,} bytes, at most {MAX_STATE_BYTES:,}")
    if text != before:
        channel.tell(encode({"op": "state", "json": text}))
