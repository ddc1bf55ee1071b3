"""A canvas of many glyphs for the benchmark of frames: commands, scripts, results and notes in turns, and links."""

from __future__ import annotations

import math
from typing import Any

from qntx_desktop.model.diff import CanvasDiff
from qntx_desktop.model.glyph import EDGE_HANDLER, EDGE_RESULT, Edge, Glyph

PITCH = (340.0, 240.0)
CARD = (300, 200)
KINDS = ("ix", "python", "result", "note")


def columns_of(count: int) -> int:
    """A block a little wider than high."""
    return max(1, int(math.sqrt(count * 1.6)))


def code_of(number: int) -> str:
    """A script as it could stand there."""
    return "\n".join(
        [
            f"# glyph {number}",
            "import csv, qntx",
            "",
            "with open(qntx.args[0], newline='') as file:",
            "    for row in csv.DictReader(file):",
            f"        attest([row['name']], ['p{number % 200}'], [row['town']])",
            "        qntx.progress(1, message=row['name'])",
        ]
    )


def made(count: int, first_id: int) -> CanvasDiff:
    """All of them in a grid; a command is joined to the script beside it, the script to the result after it."""
    columns = columns_of(count)
    glyphs = {first_id + number: _glyph(first_id + number, number, columns) for number in range(count)}
    edges: dict[int, Edge] = {}
    for number in range(0, count - 3, 4):
        for kind, start in ((EDGE_HANDLER, number), (EDGE_RESULT, number + 1)):
            key = first_id + count + len(edges)
            source = first_id + start
            edges[key] = Edge(id=key, kind=kind, source_id=source, target_id=source + 1)
    return CanvasDiff(added=glyphs, edges_added=edges)


def _glyph(glyph_id: int, number: int, columns: int) -> Glyph:
    kind = KINDS[number % len(KINDS)]
    content: dict[str, Any] = {
        "ix": {"text": f"ix csv ./people-{number}.csv"},
        "python": {"code": code_of(number), "script_type": f"type-{number % 50}"},
        "result": {},
        "note": {
            "text": f"# Note {number}\n\nWhat the *rows* of town {number % 90} say, and why:\n\n- one\n- two"
        },
    }[kind]
    return Glyph(
        id=glyph_id,
        kind=kind,
        x=PITCH[0] * (number % columns),
        y=PITCH[1] * (number // columns),
        width=float(CARD[0]),
        height=float(CARD[1]),
        content=content,
    )
