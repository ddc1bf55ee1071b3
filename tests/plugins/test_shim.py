"""The relay repairs what sloppy HTTP/2 gets wrong, and changes nothing else."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from qntx_desktop.engines.plugins.answers import Answers
from qntx_desktop.engines.plugins.eras import Spelling
from qntx_desktop.engines.plugins.shim import Mender
from qntx_desktop.model.plugin import Era
from qntx_desktop.protocol import atsstore_pb2 as ats

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
SETTINGS, HEADERS, DATA, CONTINUATION = 4, 1, 0, 9
PATH = b"/protocol.ATSStoreService/AttestationExists"
AUTHORITY = b"\x01\x09localhost"


def frame(kind: int, flags: int, payload: bytes = b"", stream: int = 0) -> bytes:
    return len(payload).to_bytes(3) + bytes([kind, flags]) + stream.to_bytes(4) + payload


def text(value: bytes) -> bytes:
    return bytes([len(value)]) + value


REQUEST = b"\x83\x86" + b"\x04" + text(PATH)
REST = b"\x0f\x10" + text(b"application/grpc") + b"\x00" + text(b"te") + text(b"trailers")


@pytest.mark.parametrize(
    ("sent", "passed"),
    [
        (frame(SETTINGS, 0), frame(SETTINGS, 1)),
        (frame(SETTINGS, 2), frame(SETTINGS, 1)),
        (frame(SETTINGS, 1), frame(SETTINGS, 1)),
        (frame(SETTINGS, 1, b"\0" * 6), frame(SETTINGS, 1)),
        (frame(SETTINGS, 0, b"\0\4\0\0\0\1"), frame(SETTINGS, 0, b"\0\4\0\0\0\1")),
        (frame(DATA, 1, b"hello", 1), frame(DATA, 1, b"hello", 1)),
        (frame(6, 0, b"12345678"), frame(6, 0, b"12345678")),
    ],
)
def test_settings_are_acknowledged_as_they_should_be(sent: bytes, passed: bytes) -> None:
    mender = Mender(is_client=False)
    assert mender.feed(frame(SETTINGS, 0)) == frame(SETTINGS, 0), "the first one is no acknowledgement"
    got = b"".join(mender.feed(sent[at : at + 1]) for at in range(len(sent)))
    assert got == passed


@pytest.mark.parametrize(
    ("block", "passed"),
    [
        (REQUEST + REST, AUTHORITY + REQUEST + REST),
        (b"\x3f\xe1\x1f" + REQUEST, b"\x3f\xe1\x1f" + AUTHORITY + REQUEST),
        (REQUEST + b"\x41" + text(b"x") + REST, None),
        (REQUEST + b"\x00" + text(b":authority") + text(b"x"), None),
        (b"\x40" + text(b":authority") + text(b"x") + REQUEST, None),
        (b"\x00" + text(b"grpc-status") + text(b"0"), None),
    ],
)
def test_a_request_gets_an_authority_if_it_has_none(block: bytes, passed: bytes | None) -> None:
    mender = Mender(is_client=True)
    assert mender.feed(PREFACE) == PREFACE
    for flags, before, after in ((4, b"", b""), (4 | 8, b"\x02", b"\0\0"), (4 | 0x20, b"\0\0\0\0\x10", b"")):
        sent = frame(HEADERS, flags, before + block + after, 1)
        wanted = frame(HEADERS, flags, before + (passed or block) + after, 1)
        assert Mender(is_client=True).feed(PREFACE + sent) == PREFACE + wanted


def test_an_authority_in_the_table_is_remembered_and_a_block_may_come_in_pieces() -> None:
    mender = Mender(is_client=True)
    first = frame(HEADERS, 4, b"\x41" + text(b"host") + b"\x40" + text(b"a") + text(b"b") + REQUEST, 1)
    assert mender.feed(PREFACE + first) == PREFACE + first
    again = frame(HEADERS, 4, REQUEST + b"\xbf", 3)  # entry 63: the authority
    assert mender.feed(again) == again
    other = mender.feed(frame(HEADERS, 4, REQUEST + b"\xbe", 5))  # entry 62: a
    assert other == frame(HEADERS, 4, AUTHORITY + REQUEST + b"\xbe", 5)
    pieces = frame(HEADERS, 0, REQUEST[:5], 7) + frame(CONTINUATION, 4, REQUEST[5:] + REST, 7)
    assert mender.feed(pieces) == frame(HEADERS, 0, AUTHORITY + REQUEST[:5], 7) + frame(
        CONTINUATION, 4, REQUEST[5:] + REST, 7
    )


@pytest.mark.parametrize("block", [b"\x83\x04\xff", b"\x04\x7f\xff\xff\xff\xff\xff\xff", b"\x00\x05a"])
def test_nonsense_ends_the_connection(block: bytes) -> None:
    mender = Mender(is_client=True)
    with pytest.raises(ValueError, match="makes no sense"):
        mender.feed(PREFACE + frame(HEADERS, 4, block, 1))
    with pytest.raises(ValueError, match="does not begin"):
        Mender(is_client=True).feed(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")


class _Desk:
    def exists(self, asid: str) -> bool:
        return asid == "AS-1"


@pytest.fixture(params=[True, False], ids=["mended", "as it is"])
def answers(request: Any) -> Iterator[tuple[Answers, bool]]:
    made = Answers(_Desk(), Spelling(Era.AUTO, None, lambda _era: None), "token", mend=request.param)
    yield made, request.param
    made.close()


def test_a_call_without_authority_is_answered_only_when_it_is_mended(answers: tuple[Answers, bool]) -> None:
    served, is_mended = answers
    message = ats.AttestationExistsRequest(auth_token="token", id="AS-1").SerializeToString()
    with socket.create_connection(("127.0.0.1", served.port), timeout=60) as talking:
        talking.sendall(PREFACE + frame(SETTINGS, 0))
        talking.sendall(frame(HEADERS, 4, REQUEST + REST, 1))
        talking.sendall(frame(DATA, 1, b"\0" + len(message).to_bytes(4) + message, 1))
        answered = _until_the_stream_ends(talking)
    wanted = b"\0" + (2).to_bytes(4) + ats.AttestationExistsResponse(exists=True).SerializeToString()
    assert (wanted in answered) is is_mended


def test_a_plugin_behind_the_relay_works_as_any_other(stage: Any) -> None:
    stage.add("weather")
    stage.services.plugins.set_up("weather", shim=True)
    stage.start()
    assert stage.run("weather/report").status == "completed"
    assert stage.run("weather/attest").result["success"]


def _until_the_stream_ends(talking: socket.socket) -> list[bytes]:
    """The payloads of the data of stream 1."""
    data, found = b"", []
    while True:
        while len(data) < 9 or len(data) < 9 + int.from_bytes(data[:3]):
            more = talking.recv(65_536)
            if not more:
                return found
            data += more
        size = int.from_bytes(data[:3])
        kind, flags, stream = data[3], data[4], int.from_bytes(data[5:9])
        payload, data = data[9 : 9 + size], data[9 + size :]
        if stream == 1 and kind == DATA:
            found.append(payload)
        if stream == 1 and (flags & 1 or kind == 3):
            return found
