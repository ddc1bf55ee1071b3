"""Lines that declare one dependency each: Python requirements and Go modules.

Pure, standard library only; runs in the git process.

Source: PEP 508, PEP 503, pip's requirements file format, the Go modules reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_NAME = re.compile(r"\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*(.*)", re.DOTALL)
_CONSTRAINT = re.compile(r"(?:[<>=!~]|@|\(|$)")
_EGG = re.compile(r"#(?:.*&)?egg=([A-Za-z0-9._-]+)")
_OPTION = re.compile(r"\s--[a-z].*")
_PASSWORD = re.compile(r"(://)[^/@\s]*@")
_SEPARATORS = re.compile(r"[-_.]+")


@dataclass(frozen=True, slots=True)
class Declared:
    """One declared dependency. `group` names the extra, group or kind that it belongs to."""

    predicate: str
    package: str
    constraint: str = ""
    group: str = ""
    extras: tuple[str, ...] = ()
    marker: str = ""
    indirect: bool = False


def parsed(lines: Iterable[str], predicate: str, group: str) -> Iterator[Declared]:
    """Python requirements; a line that names no package is passed over."""
    for line in lines:
        found = _requirement(line, predicate, group)
        if found is not None:
            yield found


def requirement_lines(text: str) -> Iterator[str]:
    """The requirements of a file as pip reads it: lines joined, comments and options left out."""
    for line in re.sub(r"\\\r?\n", " ", text).splitlines():
        bare = _OPTION.sub("", re.sub(r"(^|\s)#.*", "", line)).strip()
        if bare.startswith(("-e ", "--editable ")):
            yield line.split(None, 1)[1]
        elif bare and not bare.startswith("-"):
            yield bare if "://" not in bare else line.strip()


def go_module(text: str) -> tuple[str, list[Declared]]:
    """The name of a Go module, and what it needs.

    Raises:
        ValueError: The file is no go.mod.
    """
    name, block, found = "", "", []
    for number, line in enumerate(text.splitlines(), start=1):
        code, _, comment = line.partition("//")
        words = code.split()
        if not words:
            continue
        if block:
            if words == [")"]:
                block = ""
                continue
            words = [block, *words]
        elif words[1:] == ["("]:
            block = words[0]
            continue
        if words[0] == "module" and len(words) > 1:
            name = words[1].strip('"')
        elif words[0] in ("go", "toolchain") and len(words) > 1:
            found.append(Declared("requires", words[0], words[1]))
        elif words[0] == "require":
            if len(words) < 3:
                raise ValueError(f"line {number}: a requirement has a name and a version")
            indirect = comment.strip().startswith("indirect")
            found.append(Declared("depends_on", words[1].strip('"'), words[2], indirect=indirect))
    if not name:
        raise ValueError("it names no module")
    return name, found


def without_password(text: str) -> str:
    """An address without the name and password that may stand in it."""
    return _PASSWORD.sub(r"\1", text)


def _requirement(line: str, predicate: str, group: str) -> Declared | None:
    found = _NAME.fullmatch(line)
    if found is None or _CONSTRAINT.match(found[3].partition(";")[0].strip()) is None:
        egg = _EGG.search(line)
        return Declared(predicate, _normal(egg[1]), line.strip(), group) if egg else None
    constraint, _, marker = found[3].partition(" ;" if found[3].startswith("@") else ";")
    extras = tuple(each.strip() for each in (found[2] or "").split(",") if each.strip())
    return Declared(predicate, _normal(found[1]), constraint.strip(), group, extras, marker.strip())


def _normal(name: str) -> str:
    return _SEPARATORS.sub("-", name).lower()
