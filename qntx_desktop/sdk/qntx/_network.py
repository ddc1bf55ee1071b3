"""Keeps `socket` working in a process that may not open sockets: each look-up and connect is done by the app.

Installed when a script first imports `socket`; any thread of the handler. It changes the methods of `socket.socket`
in place, so that urllib, requests, httpx, asyncio and ssl need to know nothing. This is no boundary: what holds a
handler is the system, and the app, which checks each request. Without it a script would only see worse errors.

    socket.socket(AF_INET or AF_INET6, SOCK_STREAM)     a stand-in: one end of a pair of Unix sockets
    connect()     asks the app, and puts the socket that comes back in its place, under the same number, with its
                  connect under way
"""

from __future__ import annotations

import _socket
import errno
import json
import os
import select
import socket
import sys
from _thread import allocate_lock
from time import monotonic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_Plain: Any = _socket.socket
_Socket: Any = socket.socket
_INET = (socket.AF_INET, socket.AF_INET6)
_SO_DOMAIN = 39
_FLAGS = getattr(socket, "SOCK_NONBLOCK", 0) | getattr(socket, "SOCK_CLOEXEC", 0)
ANYWHERE = ("", "0.0.0.0", "127.0.0.1", "::", "::1")
_MAX_LINE_BYTES = 4096
_PATIENCE_S = 60.0
_LINUX = sys.platform == "linux"
_SERVICES = {"http": 80, "https": 443, "ftp": 21, "smtp": 25, "ssh": 22, "imaps": 993}
_KINDS = ((socket.SOCK_STREAM, 6), (socket.SOCK_DGRAM, 17), (socket.SOCK_RAW, 0))
_NO_UDP = "handlers cannot use {}: only TCP connections to declared hosts"
NO_SERVER = "handlers cannot take connections, only make them to declared hosts"

_app: Any = None  # set by use
_options: dict[int, list[tuple[Any, ...]]] = {}
"""What was set on stand-ins, by descriptor, to be set again on the sockets that replace them."""
_real_init: Any = _Socket.__init__
_real_close: Any = _Socket._real_close
_real_getaddrinfo: Any = _socket.getaddrinfo
_real_getnameinfo: Any = _socket.getnameinfo


class _App:
    """Ways to ask the app: one to start with, more as threads need them; one request at a time on each."""

    def __init__(self, fd: int) -> None:
        self._lock = allocate_lock()
        self._root = _wrapped(fd)
        self._free: list[Any] = []

    def ask(self, wait_s: float, **request: Any) -> tuple[dict[str, Any], int]:
        """Returns the answer and a descriptor, -1 for none. Raises OSError if there is no answer."""
        line = json.dumps(request).encode() + b"\n"
        if len(line) > _MAX_LINE_BYTES:
            raise OSError(errno.EINVAL, "the host name is too long")
        with self._lock:
            way = self._free.pop() if self._free else self._another()
        try:
            answer = _exchange(way, line, wait_s)
        except BaseException:
            way.close()  # a late answer must never meet the next request
            raise
        with self._lock:
            self._free.append(way)
        return answer

    def _another(self) -> Any:
        reply, fd = _exchange(self._root, b'{"op":"channel"}\n', _PATIENCE_S)
        if fd < 0:
            raise error_of(reply)
        return _wrapped(fd)


def _wrapped(fd: int) -> Any:
    found = _Plain(socket.AF_UNIX, socket.SOCK_STREAM, 0, fd)
    found.setblocking(True)
    return found


def _exchange(way: Any, line: bytes, wait_s: float) -> tuple[dict[str, Any], int]:
    way.sendall(line)
    poll = select.poll()
    poll.register(way.fileno(), select.POLLIN)
    until, text, fds = monotonic() + wait_s, b"", []
    while not text.endswith(b"\n"):
        if not poll.poll(max(0.0, until - monotonic()) * 1000):
            raise TimeoutError("timed out")
        chunk, ancillary, _, _ = way.recvmsg(1 << 16, socket.CMSG_SPACE(4))
        for level, kind, packed in ancillary:
            if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
                fds.append(int.from_bytes(packed[:4], sys.byteorder))
        if not chunk:
            raise ConnectionAbortedError(errno.ECONNABORTED, "the app has closed the way to the network")
        text += chunk
    reply: dict[str, Any] = json.loads(text)
    if "fd" in reply and not fds:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))  # the kernel had no number for it
    if fds:
        os.set_inheritable(fds[0], False)
    return reply, fds[0] if fds else -1


def error_of(reply: dict[str, Any]) -> OSError:
    """What an answer without a socket means."""
    if "refused" in reply:
        return PermissionError(errno.EACCES, reply["refused"])
    if "gai" in reply:
        return socket.gaierror(reply["gai"], reply["error"])
    return OSError(reply["errno"], reply["error"])


def _stands_in(sock: Any) -> bool:
    if sock.family not in _INET:
        return False
    if not _LINUX:
        return sock.fileno() in _options
    try:
        return bool(_Plain.getsockopt(sock, socket.SOL_SOCKET, _SO_DOMAIN) == socket.AF_UNIX)
    except OSError:
        return False


def _init(  # the names are those of socket.socket
    self: Any,
    family: int = -1,
    type: int = -1,  # noqa: A002
    proto: int = -1,
    fileno: int | None = None,
) -> None:
    if fileno is not None:
        _real_init(self, family, type, proto, fileno)
        return
    check_kind(family, type, proto)
    family = socket.AF_INET if family == -1 else family
    mine, other = _socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    other.close()
    fd = mine.detach()
    try:
        os.set_inheritable(fd, False)
        _real_init(self, family, socket.SOCK_STREAM, max(proto, 0), fd)
    except BaseException:
        os.close(fd)
        raise
    _options[fd] = []
    if type != -1 and type & getattr(socket, "SOCK_NONBLOCK", 0):
        self.setblocking(False)


def check_kind(family: int, kind: int, proto: int) -> None:
    """Raise unless it is TCP; -1 stands for what `socket.socket` takes by itself."""
    kind = socket.SOCK_STREAM if kind == -1 else kind & ~_FLAGS
    if family not in (-1, *_INET) or kind != socket.SOCK_STREAM or proto not in (-1, 0, socket.IPPROTO_TCP):
        what = "Unix sockets" if family == getattr(socket, "AF_UNIX", None) else "UDP or raw sockets"
        raise PermissionError(errno.EACCES, _NO_UDP.format(what))


def destination(self: Any, address: Any) -> tuple[str, int]:
    """Host and port of an address; raises what `connect` raises if it is none."""
    sizes = (2,) if self.family == socket.AF_INET else (2, 3, 4)
    if not isinstance(address, tuple) or len(address) not in sizes:
        raise TypeError("the address must be a tuple of host and port")
    host, port = address[0], address[1]
    host = bytes(host).decode("ascii") if isinstance(host, (bytes, bytearray)) else host
    if not isinstance(host, str) or not isinstance(port, int):
        raise TypeError("the host must be a text and the port a whole number")
    if not 0 <= port <= 65535:
        raise OverflowError("the port must be 0-65535")
    return host or "0.0.0.0", int(port)


def _connect(self: Any, address: Any) -> None:
    if self.family not in _INET:
        raise PermissionError(errno.EACCES, _NO_UDP.format("Unix sockets"))
    if not _stands_in(self):
        raise _already(self)
    timeout, began = self.gettimeout(), monotonic()
    host, port = destination(self, address)
    reply, fd = _app.ask(timeout or _PATIENCE_S, op="connect", host=host, port=port, family=int(self.family))
    if fd < 0:
        raise error_of(reply)
    number = self.fileno()
    try:
        os.set_blocking(fd, timeout is None)
        os.dup2(fd, number, inheritable=os.get_inheritable(number))
    finally:
        os.close(fd)
    for args in _options.pop(number, ()):
        _Plain.setsockopt(self, *args)
    if timeout == 0:
        raise BlockingIOError(errno.EINPROGRESS, os.strerror(errno.EINPROGRESS))
    _await_connected(self, None if timeout is None else max(0.0, timeout - (monotonic() - began)))


def _already(self: Any) -> OSError:
    number = _Plain.getsockopt(self, socket.SOL_SOCKET, socket.SO_ERROR)
    if not number:
        try:
            _Plain.getpeername(self)
            number = errno.EISCONN
        except OSError:
            number = errno.EALREADY
    return OSError(number, os.strerror(number))


def _await_connected(self: Any, left_s: float | None) -> None:
    poll = select.poll()
    poll.register(self.fileno(), select.POLLOUT)
    if not poll.poll(None if left_s is None else left_s * 1000):
        raise TimeoutError("timed out")
    number = _Plain.getsockopt(self, socket.SOL_SOCKET, socket.SO_ERROR)
    if number:
        raise OSError(number, os.strerror(number))


def connect_ex(self: Any, address: Any) -> int:
    """`socket.connect_ex` over whatever `connect` now is."""
    try:
        self.connect(address)
    except TimeoutError as error:
        return error.errno or errno.EAGAIN
    except OSError as error:
        if isinstance(error, socket.gaierror) or error.errno is None:
            raise
        return error.errno
    return 0


def _setsockopt(self: Any, level: int, name: int, *value: Any) -> None:
    if _stands_in(self):
        _options.setdefault(self.fileno(), []).append((level, name, *value))
        if level != socket.SOL_SOCKET:
            return
    _Plain.setsockopt(self, level, name, *value)


def _getsockopt(self: Any, level: int, name: int, *size: int) -> Any:
    if level != socket.SOL_SOCKET and _stands_in(self):
        kept = [args[2] for args in _options.get(self.fileno(), ()) if args[:2] == (level, name)]
        return kept[-1] if kept else 0
    return _Plain.getsockopt(self, level, name, *size)


def _sendmsg(self: Any, buffers: Any, ancillary: Any = (), flags: int = 0, _address: Any = None) -> int:
    """By `send`: the system refuses `sendmsg`, with which descriptors could be hidden."""
    if list(ancillary):
        raise PermissionError(errno.EPERM, "handlers cannot pass descriptors on")
    sent: int = self.send(b"".join(buffers), flags)
    return sent


def _getpeername(self: Any) -> Any:
    if _stands_in(self):
        raise OSError(errno.ENOTCONN, os.strerror(errno.ENOTCONN))
    return _Plain.getpeername(self)


def _getsockname(self: Any) -> Any:
    if _stands_in(self):
        return ("0.0.0.0", 0) if self.family == socket.AF_INET else ("::", 0, 0, 0)
    return _Plain.getsockname(self)


def _bind(self: Any, address: Any) -> None:
    # Any address and any port change nothing before a connect; urllib3 tries IPv6 so, asyncio a local address.
    if not (_stands_in(self) and address[0] in ANYWHERE and address[1] == 0):
        raise PermissionError(errno.EACCES, NO_SERVER)


def _listen(_self: Any, _backlog: int = 0) -> None:
    raise PermissionError(errno.EACCES, NO_SERVER)


def _close(self: Any, _plain: Any = _Plain) -> None:
    if self.family in _INET:
        _options.pop(self.fileno(), None)
    _real_close(self)


def _getaddrinfo(  # the names are those of socket.getaddrinfo
    host: Any,
    port: Any,
    family: int = 0,
    type: int = 0,  # noqa: A002
    proto: int = 0,
    flags: int = 0,
) -> Any:
    host = bytes(host).decode("ascii") if isinstance(host, (bytes, bytearray)) else host
    port = _port_number(port)
    numeric = flags & ~getattr(socket, "AI_ADDRCONFIG", 0) | socket.AI_NUMERICHOST
    try:
        return _real_getaddrinfo(host, port, family, type, proto, numeric)
    except socket.gaierror as error:
        if flags & socket.AI_NUMERICHOST or error.errno != socket.EAI_NONAME:
            raise
    except UnicodeError:
        if flags & socket.AI_NUMERICHOST:
            raise
    reply, _ = _app.ask(_PATIENCE_S, op="resolve", host=host, port=port or None, family=int(family))
    if "addresses" not in reply:
        raise error_of(reply)
    canonical = host if flags & socket.AI_CANONNAME else ""
    kinds = [each for each in _KINDS if type in (0, each[0]) and proto in (0, each[1])]
    found = [
        (socket.AddressFamily(fam), socket.SocketKind(kind), number, canonical, _place(fam, ip, port or 0))
        for fam, ip in reply["addresses"]
        for kind, number in kinds
    ]
    if not found:
        raise socket.gaierror(socket.EAI_SOCKTYPE, "the kind of socket is not supported")
    return found


def _place(family: int, ip: str, port: int) -> tuple[Any, ...]:
    return (ip, port) if family == socket.AF_INET else (ip, port, 0, 0)


def _port_number(port: Any) -> int | None:
    port = bytes(port).decode("ascii") if isinstance(port, (bytes, bytearray)) else port
    if not isinstance(port, str):
        return None if port is None else int(port)
    if not port.isdigit() and port.lower() not in _SERVICES:
        raise socket.gaierror(getattr(socket, "EAI_SERVICE", -8), f"the service {port[:40]} is not known")
    return int(port) if port.isdigit() else _SERVICES[port.lower()]


def _gethostbyname(host: str) -> Any:
    return _getaddrinfo(host, None, socket.AF_INET, socket.SOCK_STREAM)[0][4][0]


def _gethostbyname_ex(host: str) -> Any:
    return host, [], [each[4][0] for each in _getaddrinfo(host, None, socket.AF_INET, socket.SOCK_STREAM)]


def _getnameinfo(address: Any, flags: int) -> Any:
    return _real_getnameinfo(address, flags | socket.NI_NUMERICHOST | socket.NI_NUMERICSERV)


def _gethostbyaddr(_host: str) -> Any:
    raise PermissionError(errno.EACCES, "handlers cannot look names up by their address")


def install(fd: int) -> None:
    """Let every socket of this process go through the app.

    Args:
        fd: The process's end of the way to the app's network broker.
    """
    use(_App(fd))
    methods = (_init, _connect, connect_ex, _setsockopt, _getsockopt, _getpeername, _getsockname, _bind, _listen)
    _Socket.sendmsg = _sendmsg
    for method in methods:
        name = method.__name__.removeprefix("_")
        setattr(_Socket, "__init__" if name == "init" else name, method)
    _Socket._real_close = _close
    install_resolver()


def use(app: Any) -> None:
    """Ask this way from now on."""
    global _app
    _app = app


def ask_app(wait_s: float, **request: Any) -> tuple[dict[str, Any], int]:
    """Ask the app; returns its answer and a descriptor, -1 for none."""
    answer: tuple[dict[str, Any], int] = _app.ask(wait_s, **request)
    return answer


def install_resolver() -> None:
    """Let the app look names up, and hide what would go around it."""
    for function in (_getaddrinfo, _gethostbyname, _gethostbyname_ex, _getnameinfo, _gethostbyaddr):
        name = function.__name__.removeprefix("_")
        setattr(_socket, name, function)  # socket.getaddrinfo looks there at each call
        if name != "getaddrinfo":
            setattr(socket, name, function)
    for variable in list(os.environ):
        if variable.lower().endswith("_proxy"):
            del os.environ[variable]
    for module in (
        "aiodns",
        "pycares",
        "uvloop",
    ):  # they open sockets in C; None: not installed, so callers do without
        sys.modules.setdefault(module, None)  # type: ignore[arg-type]
