"""The handler's end of the two pipes to the app: frames of four length bytes and JSON, one answer a request.

Any thread of the handler; a lock keeps requests apart. A forked child may not use it, for two processes would
read each other's answers.
"""

from __future__ import annotations

import json
import os
import sys
from _thread import allocate_lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_FRAME_BYTES = 8 << 20
MAX_ANSWER_BYTES = 64 << 20
_READ_BYTES = 1 << 13
_LOOKS = 400
"""How often to look for an answer, giving way to others in between, before going to sleep: about half a
millisecond, the time of a commit. Waking a sleeping core would add a tenth to every durable attest."""

encode = json.JSONEncoder(allow_nan=False, check_circular=False, separators=(",", ":")).encode
_scan = json.JSONDecoder().scan_once  # type: ignore[attr-defined]  # what `decode` calls between two regular expressions


class Channel:
    """Sends messages and waits for answers.

    Args:
        send_fd: Where messages go.
        receive_fd: Where the start message and the answers come from.
    """

    def __init__(self, send_fd: int, receive_fd: int) -> None:
        self._send_fd = send_fd
        self._receive_fd = receive_fd
        self._process = os.getpid()
        self._lock = allocate_lock()
        self._buffer = b""
        self._number = 0
        self._sleeps = True

    @property
    def own(self) -> bool:
        """False in a forked child."""
        return os.getpid() == self._process

    def tell(self, text: str) -> None:
        """Send one message that has no answer; silent in a forked child."""
        if self.own:
            with self._lock:
                self._write(text.encode())

    def ask(self, fields: str) -> Any:
        """Send a request and wait for its answer.

        Args:
            fields: The members of a JSON object without braces, such as `"op":"query","text":"alice"`.

        Returns:
            What the app answered.

        Raises:
            ValueError: The app refuses what was said; the message names the field.
            PermissionError: The run may not.
            OSError: The app cannot store it (disk full, read-only), or the pipe is closed.
            RuntimeError: Any other trouble of the app, or the call of a forked child.
        """
        if not self.own:
            raise RuntimeError("only the process that the app started may talk to it, not a fork of it")
        with self._lock:
            self._number += 1
            number = self._number
            self._write(b'{"id":%d,%s}' % (number, fields.encode()))
            answer = self.receive()
            while answer.get("id") != number:  # left over from a request that an exception interrupted
                answer = self.receive()
        if "error" in answer:
            raise _exception(answer["error"])
        return answer["value"]

    def receive(self) -> dict[str, Any]:
        """Read one frame from the app.

        Raises:
            OSError: The app has closed the pipe.
        """
        while True:
            size = int.from_bytes(self._buffer[:4], "big") + 4
            if len(self._buffer) >= max(size, 4):
                frame, self._buffer = self._buffer[4:size], self._buffer[size:]
                answer: dict[str, Any] = _scan(frame.decode(), 0)[0]
                return answer
            missing = size - len(self._buffer)
            chunk = self._arriving(max(_READ_BYTES, missing))
            if not chunk:
                raise BrokenPipeError("the app has closed the pipe")
            self._buffer += chunk

    def _arriving(self, most: int) -> bytes:
        if sys.platform == "linux":
            self._may_sleep(False)
            for _ in range(_LOOKS):
                try:
                    return os.read(self._receive_fd, most)
                except BlockingIOError:
                    os.sched_yield()
            self._may_sleep(True)
        return os.read(self._receive_fd, most)

    def _may_sleep(self, sleeps: bool) -> None:
        if sleeps is not self._sleeps:
            os.set_blocking(self._receive_fd, sleeps)
            self._sleeps = sleeps

    def _write(self, body: bytes) -> None:
        if len(body) > MAX_FRAME_BYTES:
            raise ValueError(f"a message of {len(body):,} bytes, at most {MAX_FRAME_BYTES:,}")
        rest = memoryview(len(body).to_bytes(4, "big") + body)
        while rest:
            rest = rest[os.write(self._send_fd, rest) :]


def _exception(error: dict[str, Any]) -> Exception:
    kinds = {"value": ValueError, "os": OSError, "permission": PermissionError}
    raised = kinds.get(error["kind"], RuntimeError)(error["message"])
    if error.get("hint"):
        raised.add_note(error["hint"])
    return raised
