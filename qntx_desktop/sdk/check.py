"""Parse a handler's code outside the app's process; the checker starts this file, code on stdin, JSON on stdout.

Prints one object: `{"ok": metadata or null}` or `{"reason", "line", "column"}`. If the parser itself dies, the exit
status says so. Standard library only.
"""

from __future__ import annotations

import ast
import json
import re
import sys
import warnings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_BLOCK = re.compile(r"(?m)^# /// (?P<type>[a-zA-Z0-9-]+)$\s(?P<content>(^#(| .*)$\s)+)^# ///$")
_AT_LINE = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")


def main() -> None:
    """Read, parse, print."""
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(5000)
    raw = sys.stdin.buffer.read()
    try:
        found = check(raw.decode("utf-8", "surrogatepass").removeprefix("\ufeff"))
    except RecursionError:
        found = _fault("The code is nested too deeply", 1, 1)
    json.dump(found, sys.stdout)


def check(code: str) -> dict[str, Any]:
    """The answer for `code`."""
    lines = re.split(r"\r\n|\r|\n", code)
    for number, line in enumerate(lines, start=1):
        for column, character in enumerate(line, start=1):
            if "\ud800" <= character <= "\udfff":
                return _fault("Half a character (surrogate)", number, column)
            if character == "\0":
                return _fault("A NUL character", number, column)
    try:
        tree = ast.parse(code, "<code>")
        compile(code, "<code>", "exec", dont_inherit=True)
    except SyntaxError as error:
        return _syntax_fault(error, lines)
    except (ValueError, OverflowError, MemoryError) as error:
        return _fault(str(error) or "The code is nested too deeply", 1, 1)
    if not tree.body:
        return {"empty": True}
    return _metadata(code)


def _syntax_fault(error: SyntaxError, lines: list[str]) -> dict[str, Any]:
    line = min(max(error.lineno or 1, 1), max(len(lines), 1))
    column = max(error.offset or 1, 1)
    reason = error.msg or "invalid syntax"
    return _fault(reason[0].upper() + reason[1:], line, column)


def _fault(reason: str, line: int, column: int) -> dict[str, Any]:
    return {"reason": reason, "line": line, "column": column}


def _metadata(code: str) -> dict[str, Any]:
    """The PEP 723 block, read as its specification says, and where each key stands."""
    code = code.replace("\r\n", "\n").replace("\r", "\n")
    blocks = [found for found in _BLOCK.finditer(code + "\n") if found["type"] == "script"]
    if len(blocks) > 1:
        return _fault("There are two blocks of inline metadata", code[: blocks[1].start()].count("\n") + 1, 1)
    if not blocks:
        opened = re.search(r"(?m)^# /// script\s*$", code)
        if opened is not None:
            return _fault(
                "The inline metadata has no end: a line of its own with  # ///",
                code[: opened.start()].count("\n") + 1,
                1,
            )
        return {"ok": {}, "lines": {}}
    import tomllib

    first = code[: blocks[0].start()].count("\n") + 2
    marked = blocks[0]["content"].splitlines()
    text = "".join(line[2:] + "\n" if line.startswith("# ") else line[1:] + "\n" for line in marked)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _AT_LINE.search(str(error))
        line, column = (int(place[1]), int(place[2]) + 2) if place and place[1] else (len(marked), 1)
        reason = str(error)[: place.start()].strip() if place else str(error)
        return _fault(f"Inline metadata: {reason}", first + line - 1, column)
    shown = json.loads(json.dumps(table, default=str))
    return {"ok": shown, "lines": _places(text.splitlines(), first)}


def _places(lines: list[str], first: int) -> dict[str, int]:
    """The line of the script where each key is set, by its last name."""
    places: dict[str, int] = {}
    for number, line in enumerate(lines, start=first):
        key = re.match(r"""\s*["']?([A-Za-z0-9_.-]+)["']?\s*=""", line)
        if key is not None:
            places.setdefault(key[1].split(".")[-1], number)
        section = re.match(r"\s*\[+\s*([^\]]*)\]", line)
        if section is not None:
            places.setdefault(section[1].strip(), number)
    return places


if __name__ == "__main__":
    main()
