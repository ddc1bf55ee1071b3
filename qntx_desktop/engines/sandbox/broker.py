"""Connects for handlers, which may not open sockets: checks what a run asks for, connects, hands the socket over.

One broker a run. It costs two descriptors until the run asks for the first time; then it has a thread of its own,
and one more for each name that is being looked up. The handler is not believed: it can send anything, gets what the
rules allow, and can pass no descriptors in. What it sees is `sdk/qntx/_network.py`.

Requests are lines of JSON on Unix sockets, one at a time on each:
    {"op":"channel"}                                   another socket to ask on comes with {"fd":1}
    {"op":"resolve","host":h,"port":p,"family":f}      {"addresses":[[family, address], ...]}
    {"op":"connect","host":h,"port":p,"family":f}      {"fd":1} with a socket whose connect has started
Refusals are {"refused":text}; trouble is {"gai":number,"error":text} or {"errno":number,"error":text}.
"""

from __future__ import annotations

import errno
import ipaddress
import json
import logging
import os
import selectors
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from qntx_desktop.engines.sandbox.broker_rules import Asked, Decider, Refused
from qntx_desktop.engines.sandbox.ledger import Ledger
from qntx_desktop.model.connection import Arrival, Connection, NetworkRules, Verdict

MAX_LINE_BYTES = 4096
MAX_CHANNELS = 64
MAX_ATTEMPTS = 10_000
MAX_LOOKUPS = 8
MAX_OPENING = 256
ATTEMPTS_A_SECOND = 200
OPEN_WITHIN_S = 130.0
LOOK_S = 1.0
"""How often to look whether the app went offline, while the run may have connections."""
_FAMILIES = (0, int(socket.AF_INET), int(socket.AF_INET6))
_log = logging.getLogger(__name__)

Resolve = Callable[[str, int], "list[tuple[int, str]]"]
Shut = Callable[[Collection[int]], Collection[int]]
"""Ends the connections of a run with these inodes, and tells which of them it has ended."""
Reply = dict[str, Any]


def system_resolve(name: str, family: int) -> list[tuple[int, str]]:
    """Addresses of a name, as this machine knows them."""
    found = socket.getaddrinfo(name, None, family, socket.SOCK_STREAM)
    return list(dict.fromkeys((int(each[0]), str(each[4][0])) for each in found))


@dataclass(slots=True, eq=False)
class _Channel:
    """One socket to ask on; it is not read while its request is being worked on."""

    socket: socket.socket
    buffer: bytearray = field(default_factory=bytearray)


@dataclass(slots=True, eq=False)
class _Opening:
    """A copy of a handed-over socket, kept only until it is known how its connect ended."""

    socket: socket.socket
    entry: int
    until: float


class Broker:
    """Answers one run.

    Args:
        rules: What the run may reach.
        heard: Called with each attempt and each change of one, on the broker's threads; must not block.
        resolve: Looks a name up; blocks.

    Attributes:
        fd: Readable when the run asks for the first time: then `begin` must be called.
        child_fd: For the handler's process; given back by `handed_over`.
    """

    def __init__(
        self,
        rules: NetworkRules,
        heard: Callable[[Connection], None],
        *,
        resolve: Resolve = system_resolve,
    ) -> None:
        self._decider = Decider(rules)
        self._resolve = resolve
        self.ledger = Ledger(heard)
        self._attempts = 0
        self._budget, self._budget_at = float(ATTEMPTS_A_SECOND), time.monotonic()
        self._done: deque[tuple[_Channel, Reply, socket.socket | None, int]] = deque()
        self._waiting: deque[tuple[_Channel, Asked]] = deque()
        self._lookups = 0
        self._channels: set[_Channel] = set()
        self._opening: set[_Opening] = set()
        self._is_offline = rules.is_offline
        self._handed: dict[int, int] = {}
        self._shut: Shut | None = None
        self._looks_at = 0.0
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._root, self._child = socket.socketpair()
        self.fd, self.child_fd = self._root.fileno(), self._child.fileno()

    def handed_over(self) -> None:
        """Close the handler's end here; its process has it."""
        self._child.close()

    def may_cut(self, shut: Shut) -> None:
        """Say how connections that the run has are ended when the app goes offline; without it they stay."""
        self._shut = shut

    def begin(self) -> None:
        """Start to answer, unless the other side has merely gone."""
        try:
            if not self._root.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT):
                return
        except BlockingIOError:
            return
        except OSError as error:
            _log.debug("a run closed its way to the network: %r", error)
            return
        self._selector = selectors.DefaultSelector()
        self._wake_in, self._wake_out = socket.socketpair()
        self._wake_in.setblocking(False)
        self._wake_out.setblocking(False)
        self._selector.register(self._wake_in, selectors.EVENT_READ)
        self._add(self._root)
        self._thread = threading.Thread(target=self._serve, name="network-broker", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End; the handler's process has ended. Look-ups that still hang end by themselves and change nothing."""
        self._closing.set()
        self._child.close()
        if self._thread is None:
            self._root.close()
            return
        self._ring()
        self._thread.join()
        for opening in self._opening:
            self._settle(opening)
            opening.socket.close()
        for channel in self._channels:
            channel.socket.close()
        for _, _, handed, _ in self._done:
            if handed is not None:
                handed.close()
        self._selector.close()
        self._wake_in.close()
        self._wake_out.close()

    def _serve(self) -> None:
        while not self._closing.is_set():
            for key, _ in self._selector.select(self._patience_s()):
                if key.fileobj is self._wake_in:
                    self._take_done()
                elif isinstance(key.data, _Channel):
                    self._read(key.data)
                elif isinstance(key.data, _Opening):
                    self._opened(key.data)
            self._give_up_late_ones()
            self._follow_switch()

    def _add(self, sock: socket.socket) -> None:
        sock.setblocking(False)
        channel = _Channel(sock)
        self._channels.add(channel)
        self._selector.register(sock, selectors.EVENT_READ, channel)

    def _drop(self, channel: _Channel) -> None:
        if channel in self._channels:
            self._channels.remove(channel)
            if channel.socket in self._selector.get_map():
                self._selector.unregister(channel.socket)
            channel.socket.close()

    def _read(self, channel: _Channel) -> None:
        try:
            # Not recvmsg: descriptors that a handler sends are thrown away by the kernel.
            chunk = channel.socket.recv(MAX_LINE_BYTES + 1)
        except BlockingIOError:
            return
        except OSError:
            chunk = b""
        channel.buffer += chunk
        whole = channel.buffer.endswith(b"\n")
        if not chunk or len(channel.buffer) > MAX_LINE_BYTES or channel.buffer.count(b"\n") > whole:
            self._drop(channel)
        elif whole:
            line = bytes(channel.buffer)
            channel.buffer.clear()
            self._handle(channel, line)

    def _handle(self, channel: _Channel, line: bytes) -> None:
        request = _of_line(line)
        if request is None:
            self._drop(channel)
        elif isinstance(request, str):
            self._open_channel(channel)
        elif self._within_limits(channel, request):
            self._decide(channel, request)

    def _open_channel(self, channel: _Channel) -> None:
        if len(self._channels) >= MAX_CHANNELS:
            self._reply(channel, _trouble(errno.EMFILE))
            return
        try:
            mine, theirs = socket.socketpair()
        except OSError as error:  # this process has no descriptors left
            self._reply(channel, _trouble(error.errno or errno.EMFILE))
            return
        self._add(mine)
        self._reply(channel, {"fd": 1}, theirs)

    def _within_limits(self, channel: _Channel, asked: Asked) -> bool:
        """Slow a run down that asks very fast; refuse it after very many attempts, without filling the ledger."""
        self._attempts += 1
        if self._attempts > MAX_ATTEMPTS:
            if self._attempts == MAX_ATTEMPTS + 1:
                self.ledger.add(asked, Verdict.TOO_MANY)
            self._reply(channel, {"refused": f"This run has made {MAX_ATTEMPTS:,} attempts; it may make no more."})
            return False
        now = time.monotonic()
        self._budget = min(self._budget + (now - self._budget_at) * ATTEMPTS_A_SECOND, ATTEMPTS_A_SECOND)
        self._budget_at = now
        self._budget -= 1
        return self._budget >= 0 or not self._closing.wait(-self._budget / ATTEMPTS_A_SECOND)

    def _decide(self, channel: _Channel, asked: Asked) -> None:
        try:
            decision = self._decider.first(asked)
            if isinstance(decision, str):  # a name that may be looked up
                self._selector.unregister(channel.socket)
                self._waiting.append((channel, asked.named(decision)))
                self._look_up_next()
                return
            reply, sock, entry = self._connect(
                asked.named(decision.host), decision.address, decision.verdict, decision.entry
            )
        except Refused as refused:
            self._reply(channel, self._refusal(asked, refused))
            return
        self._reply(channel, reply, sock, entry)

    def _look_up_next(self) -> None:
        while self._waiting and self._lookups < MAX_LOOKUPS:
            self._lookups += 1
            work = self._waiting.popleft()
            threading.Thread(target=self._look_up, args=work, name="network-lookup", daemon=True).start()

    def _look_up(self, channel: _Channel, asked: Asked) -> None:
        """On a thread of its own: look a name up, and connect to an address that may be used."""
        sock, entry = None, 0
        try:
            found = self._resolve(asked.host, asked.family)
            if self._closing.is_set():  # the run has ended meanwhile: nobody may be reached for it any more
                return
            addresses = self._decider.usable(asked, found)
            if asked.connects:
                reply, sock, entry = self._connect(
                    asked, ipaddress.ip_address(addresses[0][1]), self._decider.verdict
                )
            else:
                plain = [each for _, each in addresses]
                entry = self.ledger.add(
                    asked, self._decider.verdict, addresses=plain, arrival=Arrival.LOOKED_UP
                )
                self._decider.pin(asked.host, plain, entry)
                reply = {"addresses": addresses}
        except Refused as refused:
            reply = self._refusal(asked, refused)
        except (OSError, UnicodeError) as error:
            self.ledger.add(asked, self._decider.verdict, arrival=Arrival.NO_SUCH_NAME)
            number = error.errno if isinstance(error, socket.gaierror) else socket.EAI_NONAME
            reply = {"gai": number, "error": f"The name {asked.host} cannot be looked up"}
        except Exception:  # noqa: BLE001 - a defect of ours must not leave the handler waiting
            _log.exception("the network broker failed")
            reply = _trouble(errno.EIO)
        self._done.append((channel, reply, sock, entry))
        self._ring()

    def _take_done(self) -> None:
        try:
            self._wake_in.recv(4096)
        except BlockingIOError:
            return
        while self._done and not self._closing.is_set():
            channel, reply, sock, entry = self._done.popleft()
            self._lookups -= 1
            self._selector.register(channel.socket, selectors.EVENT_READ, channel)
            self._reply(channel, reply, sock, entry)
        self._look_up_next()

    def _ring(self) -> None:
        try:
            self._wake_out.send(b"x")
        except OSError as error:  # full: it is awake anyway; closed: a look-up that outlived its run
            _log.debug("the network broker was not woken: %r", error)

    def _connect(
        self, asked: Asked, address: ipaddress.IPv4Address | ipaddress.IPv6Address, verdict: Verdict, entry: int = 0
    ) -> tuple[Reply, socket.socket | None, int]:
        """The only place that connects: to the very address that was checked. Never waits."""
        family = socket.AF_INET if address.version == 4 else socket.AF_INET6
        sock = None
        try:
            sock = socket.socket(family, socket.SOCK_STREAM)
            sock.setblocking(False)
            number = sock.connect_ex((str(address), asked.port or 0))
        except OSError as error:  # this process has no descriptors left, or the machine no such family
            number = error.errno or errno.EIO
        started = number in (0, errno.EINPROGRESS)
        arrival = Arrival.STARTED if started else Arrival.FAILED
        entry = self.ledger.add(asked, verdict, addresses=[str(address)], arrival=arrival, instead_of=entry)
        if started:
            return {"fd": 1}, sock, entry
        if sock is not None:
            sock.close()
        return _trouble(number), None, entry

    def _refusal(self, asked: Asked, refused: Refused) -> Reply:
        self.ledger.add(asked, refused.verdict)
        return {"refused": refused.text}

    def _reply(self, channel: _Channel, reply: Reply, sock: socket.socket | None = None, entry: int = 0) -> None:
        line = json.dumps(reply).encode() + b"\n"
        try:
            if sock is None:
                channel.socket.send(line, socket.MSG_DONTWAIT)
            else:
                socket.send_fds(channel.socket, [line], [sock.fileno()], socket.MSG_DONTWAIT)
                if entry:  # a connection, and no socket to ask on
                    self._handed[os.fstat(sock.fileno()).st_ino] = entry
        except OSError:  # the handler has gone, or does not read
            self._drop(channel)
        if sock is not None and entry and len(self._opening) < MAX_OPENING:
            opening = _Opening(sock, entry, time.monotonic() + OPEN_WITHIN_S)
            self._opening.add(opening)
            self._selector.register(sock, selectors.EVENT_WRITE, opening)
        elif sock is not None:
            sock.close()

    def _opened(self, opening: _Opening) -> None:
        self._opening.discard(opening)
        self._selector.unregister(opening.socket)
        self._settle(opening)
        opening.socket.close()  # keeping it would keep the connection open when the handler closes it

    def _settle(self, opening: _Opening) -> None:
        try:
            opening.socket.getpeername()  # not SO_ERROR: asking for that would take the answer from the handler
        except OSError:
            self.ledger.settle(opening.entry, Arrival.FAILED)
        else:
            self.ledger.settle(opening.entry, Arrival.CONNECTED)

    def _patience_s(self) -> float | None:
        moments = [each.until for each in self._opening]
        if self._handed and self._shut is not None:
            moments.append(self._looks_at)
        return max(0.0, min(moments) - time.monotonic()) if moments else None

    def _follow_switch(self) -> None:
        """End what the run has open when the app has gone offline."""
        if not self._handed or self._shut is None or time.monotonic() < self._looks_at:
            return
        if self._is_offline():
            for inode in self._shut(self._handed):
                self.ledger.cut(self._handed.pop(inode))
        self._looks_at = time.monotonic() + LOOK_S

    def _give_up_late_ones(self) -> None:
        now = time.monotonic()
        for opening in [each for each in self._opening if each.until <= now]:
            self._opened(opening)


def _of_line(line: bytes) -> Asked | str | None:
    try:
        return read_request(json.loads(line))
    except (ValueError, RecursionError):
        return None


def read_request(message: Any) -> Asked | str | None:
    """What a handler asks for: `channel`, an attempt, or None if it breaks the protocol."""
    try:
        operation = message["op"]
        if operation == "channel":
            return "channel"
        host, port, family = message["host"], message["port"], message["family"]
    except (KeyError, TypeError):
        return None
    if operation not in ("resolve", "connect") or not isinstance(host, str):
        return None
    if type(family) is not int or family not in _FAMILIES:
        return None
    if port is None and operation == "resolve":
        return Asked(host=host, port=None, family=family, connects=False)
    if type(port) is not int or not 0 <= port <= 65535:
        return None
    return Asked(host=host, port=port, family=family, connects=operation == "connect")


def _trouble(number: int) -> Reply:
    return {"errno": number, "error": os.strerror(number)}
