"""What a commit or a tag says, read by hand: what is broken in one is left out, and never ends the run.

Runs in the git process. Standard library only.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from qntx_desktop.model.attestation import MAX_TERM_CHARS

MAX_MESSAGE_CHARS = 65_536
_PERSON = re.compile(rb"^(.*?)[ \t]*<([^<>]*)>[ \t]*(?:(-?\d{1,18})(?:[ \t]+([+-]\d{1,6}))?)?")
_SHA = re.compile(rb"[0-9a-f]{40}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Person:
    """Who wrote or committed, and when: `time_s` since 1970 UTC, `zone` as `+0200`; empty or None: not said."""

    name: str = ""
    email: str = ""
    time_s: int | None = None
    zone: str = ""

    @property
    def at(self) -> str | None:
        """The moment as ISO 8601 UTC; None when there is none, or none that a calendar knows."""
        if self.time_s is None:
            return None
        try:
            return (_EPOCH + timedelta(seconds=self.time_s)).strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20)
        except OverflowError:
            return None

    def to_json(self) -> dict[str, str]:
        """What is known, without what is not."""
        known = {"name": self.name, "email": self.email, "at": self.at or "", "zone": self.zone}
        return {key: value for key, value in known.items() if value}


@dataclass(frozen=True, slots=True)
class Said:
    """The parts of a commit, or of an annotated tag (whose `author` is the tagger)."""

    tree: str
    parents: tuple[bytes, ...]
    author: Person
    committer: Person
    message: str


def links_of(raw: bytes) -> tuple[int, tuple[bytes, ...]]:
    """When it was committed (0 when it does not say) and its parents: all that a walk needs."""
    head = raw.partition(b"\n\n")[0]
    parents = tuple(line[7:47] for line in head.split(b"\n") if line.startswith(b"parent "))
    committer = next((line[10:] for line in head.split(b"\n") if line.startswith(b"committer ")), b"")
    found = _PERSON.match(committer)
    time_s = int(found[3]) if found is not None and found[3] else 0
    return time_s, tuple(each for each in parents if _SHA.fullmatch(each))


def said_of(raw: bytes) -> Said:
    """Everything, as text: in the encoding that it names, else UTF-8, else Latin-1."""
    head, _, body = raw.partition(b"\n\n")
    lines = head.split(b"\n")
    encoding = _value(lines, b"encoding").decode("ascii", "replace")
    return Said(
        tree=_value(lines, b"tree").decode("ascii", "replace"),
        parents=links_of(raw)[1],
        author=_person(_value(lines, b"author") or _value(lines, b"tagger"), encoding),
        committer=_person(_value(lines, b"committer"), encoding),
        message=text_of(body, encoding).strip("\n"),
    )


def text_of(raw: bytes, encoding: str = "") -> str:
    """Bytes as a text that can be stored."""
    for each in (encoding, "utf-8"):
        try:
            info = codecs.lookup(each) if each else None
            if info is not None and getattr(info, "_is_text_encoding", True):
                return storable(str(info.decode(raw, "strict")[0]))
        except (LookupError, ValueError):
            continue
    return storable(raw.decode("latin-1"))


def storable(text: str) -> str:
    """Without NUL and half characters, which no JSON text may hold."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def term(text: str) -> str:
    """A text on one line, at most as long as a term may be; maybe empty."""
    line = " ".join(storable(text).split())
    return line if len(line) <= MAX_TERM_CHARS else f"{line[: MAX_TERM_CHARS - 1]}…"


def _value(lines: list[bytes], name: bytes) -> bytes:
    prefix = name + b" "
    return next((line[len(prefix) :] for line in lines if line.startswith(prefix)), b"")


def _person(line: bytes, encoding: str) -> Person:
    found = _PERSON.match(line)
    if found is None:
        return Person(name=term(text_of(line, encoding)))
    return Person(
        name=term(text_of(found[1], encoding)),
        email=term(text_of(found[2], encoding)),
        time_s=int(found[3]) if found[3] else None,
        zone=(found[4] or b"").decode("ascii"),
    )
