"""The way to the network where the app cannot hand sockets over (Windows): ask first, then connect oneself.

Any thread of the handler. Nothing here is enforced, and docs/network.md says so. The other way is `_network`.
"""

from __future__ import annotations

import errno
import json
import socket
from _thread import _local

from . import _network

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._channel import Channel

_Plain: Any = _network._Plain
_Socket: Any = socket.socket
_real_init: Any = _Socket.__init__
_real_pair: Any = socket.socketpair
_pairing: Any = _local()


class _App:
    """Asks by the pipe that everything else goes through."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    def ask(self, _wait_s: float, **request: Any) -> tuple[dict[str, Any], int]:
        """Returns the answer, and -1 as there is no descriptor."""
        return self._channel.ask(f'"op":"network","request":{json.dumps(request)}'), -1


def _free() -> bool:
    """Whether this thread is making a pair of its own, which some systems do with TCP."""
    return getattr(_pairing, "on", False)


def _init(  # the names are those of socket.socket
    self: Any,
    family: int = -1,
    type: int = -1,  # noqa: A002
    proto: int = -1,
    fileno: int | None = None,
) -> None:
    if fileno is None and not _free():
        _network.check_kind(family, type, proto)
    _real_init(self, family, type, proto, fileno)


def _connect(self: Any, address: Any) -> None:
    if _free():
        _Plain.connect(self, address)
        return
    host, port = _network.destination(self, address)
    reply, _ = _network.ask_app(30.0, op="connect", host=host, port=port, family=int(self.family))
    if "addresses" not in reply:
        raise _network.error_of(reply)
    fitting = [ip for family, ip in reply["addresses"] if family == self.family]
    if not fitting:
        raise OSError(errno.EADDRNOTAVAIL, f"{host} has no address of this kind")
    _Plain.connect(self, (fitting[0], port))


def _bind(self: Any, address: Any) -> None:
    if _free():
        _Plain.bind(self, address)
    elif address[0] not in _network.ANYWHERE or address[1] != 0:
        raise PermissionError(errno.EACCES, _network.NO_SERVER)


def _listen(self: Any, backlog: int = 128) -> None:
    if not _free():
        raise PermissionError(errno.EACCES, _network.NO_SERVER)
    _Plain.listen(self, backlog)


def _pair(*args: Any, **options: Any) -> Any:
    _pairing.on = True
    try:
        return _real_pair(*args, **options)
    finally:
        _pairing.on = False


def install(channel: Channel) -> None:
    """Have every socket of this process ask before it connects."""
    _network.use(_App(channel))
    for method in (_init, _connect, _bind, _listen):
        name = method.__name__.removeprefix("_")
        setattr(_Socket, "__init__" if name == "init" else name, method)
    _Socket.connect_ex = _network.connect_ex
    socket.socketpair = _pair
    _network.install_resolver()
