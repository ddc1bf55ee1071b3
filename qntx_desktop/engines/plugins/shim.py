"""A loopback relay that repairs HTTP/2 on its way, for plugins whose own does not stand up to a strict one.

Two things are mended, in both directions of every connection: an acknowledgement of SETTINGS that carries the wrong
flags (or a payload), and a request without `:authority`. Everything else goes through as it is.

Owns the thread `plugin-shim` and two for each connection. A field is added as a literal that is not indexed, so
both ends' tables stay the same.

Source: RFC 9113, sections 4.1, 6.2, 6.5 and 8.3.1; RFC 7541, sections 5 and 6.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress

_PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
_HEADER_BYTES = 9
_MOST_FRAME_BYTES = (1 << 24) - 1
_HEADERS, _SETTINGS, _CONTINUATION = 0x1, 0x4, 0x9
_ACK, _END_HEADERS, _PADDED, _PRIORITY = 0x1, 0x4, 0x8, 0x20
_MOST_BLOCK_BYTES = 1 << 20
_AUTHORITY_INDEX = 1
_AUTHORITY = b":authority"
_AUTHORITY_HUFFMAN = bytes.fromhex("b83b5339ec327d7f")
_CHUNK_BYTES = 65_536


class Shim:
    """Listens on 127.0.0.1 and passes everything on to a port there."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._guard = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._closed = False
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._start(self._accept, "plugin-shim")

    def close(self) -> None:
        """End all connections and the threads."""
        with self._guard:
            self._closed = True
            sockets, self._sockets = [*self._sockets, self._listening], []
        for each in sockets:
            with suppress(OSError):  # the other end may have gone already
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            pass  # where a shutdown does not wake who accepts
        for thread in self._threads:
            thread.join()

    def _start(self, work: Callable[[], None], name: str) -> None:
        thread = threading.Thread(target=work, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                asking, _ = self._listening.accept()
            except OSError:
                return
            try:
                answering = socket.create_connection(("127.0.0.1", self._target), timeout=5)
            except OSError:
                asking.close()
                continue
            answering.settimeout(None)
            with self._guard:
                if self._closed:
                    asking.close()
                    answering.close()
                    return
                self._sockets += [asking, answering]
            for each in (asking, answering):
                each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            forth, back = Mender(is_client=True), Mender(is_client=False)
            self._start(lambda a=asking, b=answering, m=forth: _pump(a, b, m), "plugin-shim-forth")  # type: ignore[misc]
            self._start(lambda a=answering, b=asking, m=back: _pump(a, b, m), "plugin-shim-back")  # type: ignore[misc]


def _pump(source: socket.socket, sink: socket.socket, mender: Mender) -> None:
    try:
        while data := source.recv(_CHUNK_BYTES):
            sink.sendall(mender.feed(data))
    except (OSError, ValueError):
        pass
    finally:
        for each in (source, sink):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


class Mender:
    """Repairs what one end of a connection sends. Pure but for what it remembers of that end.

    Args:
        is_client: Whether that end asks; only then it begins with the preface, and its headers need an authority.
    """

    def __init__(self, *, is_client: bool) -> None:
        self._is_client = is_client
        self._rest = b""
        self._begun = not is_client
        self._has_settings = False
        self._pieces: list[bytes] = []
        """Frames of a header block that is not whole yet."""
        self._names: list[bool] = []
        """Of each entry of its header table, newest first, whether it is the authority; none is ever dropped here,
        since nobody refers to one that the other end has dropped."""

    def feed(self, data: bytes) -> bytes:
        """What goes on for what came; the rest of a frame is kept until it is whole.

        Raises:
            ValueError: It is no HTTP/2.
        """
        self._rest += data
        mended = b""
        if not self._begun:
            if len(self._rest) < len(_PREFACE):
                return b""
            if not self._rest.startswith(_PREFACE):
                raise ValueError("it does not begin as HTTP/2 does")
            mended, self._rest, self._begun = _PREFACE, self._rest[len(_PREFACE) :], True
        while len(self._rest) >= _HEADER_BYTES:
            size = int.from_bytes(self._rest[:3])
            if len(self._rest) < _HEADER_BYTES + size:
                break
            frame, self._rest = self._rest[: _HEADER_BYTES + size], self._rest[_HEADER_BYTES + size :]
            mended += self._mended(frame)
        return mended

    def _mended(self, frame: bytes) -> bytes:
        kind, flags, stream, payload = frame[3], frame[4], frame[5:9], frame[9:]
        if kind == _SETTINGS:
            return self._settings(flags, stream, payload)
        if self._is_client and kind in (_HEADERS, _CONTINUATION):
            self._pieces.append(frame)
            if sum(len(piece) for piece in self._pieces) > _MOST_BLOCK_BYTES:
                raise ValueError("a header block is too long")
            if not flags & _END_HEADERS:
                return b""
            (first, *more), self._pieces = self._pieces, []
            rest = b"".join(piece[_HEADER_BYTES:] for piece in more)
            mended = self._with_authority(first[4], first[_HEADER_BYTES:], rest)
            return _frame(first[3], first[4], stream, mended) + b"".join(more)
        return frame

    def _settings(self, flags: int, stream: bytes, payload: bytes) -> bytes:
        """The first one says how this end wants it; a later one that says nothing can only acknowledge."""
        if not self._has_settings:
            self._has_settings = True
            return _frame(_SETTINGS, 0, stream, payload)
        if flags & _ACK or not payload:
            return _frame(_SETTINGS, _ACK, stream, b"")
        return _frame(_SETTINGS, 0, stream, payload)

    def _with_authority(self, flags: int, payload: bytes, rest: bytes) -> bytes:
        """The payload of a frame of headers, of which `rest` continues the block."""
        start = (1 if flags & _PADDED else 0) + (5 if flags & _PRIORITY else 0)
        end = len(payload) - (payload[0] if flags & _PADDED else 0)
        block = payload[start:end]
        place, found = self._scan(block + rest)
        if found or block[place:] == b"" or not self._is_request(block, place):
            return payload
        value = b"localhost"
        field = bytes([_AUTHORITY_INDEX, len(value)]) + value
        return payload[:start] + block[:place] + field + block[place:] + payload[end:]

    def _is_request(self, block: bytes, place: int) -> bool:
        """Trailers have no pseudo-headers. A request begins with one, of the table's first places or spelled."""
        first = block[place]
        if first & 0x80:
            return 1 <= first & 0x7F <= 7
        index = first & (0x3F if first & 0x40 else 0x0F)
        if index:
            return index <= 7
        return block[place + 2 : place + 3] in (b":", b"\xb8", b"\xb9")

    def _scan(self, block: bytes) -> tuple[int, bool]:
        """Where the fields begin, and whether the authority is among them; keeps the table of names."""
        at, place, found = 0, 0, False
        while at < len(block):
            first = block[at]
            if first & 0x80:  # a field of the table
                index, at = _number(block, at, 7)
                found |= self._is_authority(index)
            elif first & 0xE0 == 0x20:  # another size of the table
                _, at = _number(block, at, 5)
                place = at
            else:
                is_kept = bool(first & 0x40)
                index, at = _number(block, at, 6 if is_kept else 4)
                if index:
                    named = self._is_authority(index)
                else:
                    raw, at = _text(block, at)
                    named = raw in (_AUTHORITY, _AUTHORITY_HUFFMAN)
                _, at = _text(block, at)
                found |= named
                if is_kept:
                    self._names.insert(0, named)
        return place, found

    def _is_authority(self, index: int) -> bool:
        if index <= 61:
            return index == _AUTHORITY_INDEX
        place = index - 62
        return place < len(self._names) and self._names[place]


def _number(block: bytes, at: int, bits: int) -> tuple[int, int]:
    """A number of RFC 7541, section 5.1, and where the next thing begins."""
    most = (1 << bits) - 1
    number, at = block[at] & most, at + 1
    if number < most:
        return number, at
    shift = 0
    while at < len(block) and shift < 28:
        more, at = block[at], at + 1
        number += (more & 0x7F) << shift
        shift += 7
        if not more & 0x80:
            return number, at
    raise ValueError("a header block makes no sense")


def _text(block: bytes, at: int) -> tuple[bytes, int]:
    if at >= len(block):
        raise ValueError("a header block makes no sense")
    size, at = _number(block, at, 7)
    if at + size > len(block):
        raise ValueError("a header block makes no sense")
    return block[at : at + size], at + size


def _frame(kind: int, flags: int, stream: bytes, payload: bytes) -> bytes:
    if len(payload) > _MOST_FRAME_BYTES:
        raise ValueError("a frame is too long")
    return len(payload).to_bytes(3) + bytes([kind, flags]) + stream + payload
