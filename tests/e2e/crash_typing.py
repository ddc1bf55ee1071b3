"""A window in which somebody types, to be killed; and the same window later, to see what it kept.

`python crash_typing.py type HOME SEED` opens the real window, adds glyphs and types into them, and prints a line of
JSON for each step once it is done: `{"at": moment, "glyph": id, "text": what the editor shows}`. It never ends.
`python crash_typing.py look HOME` opens it again, prints `{"glyphs": {id: content}}` and closes it.
"""

from __future__ import annotations

import json
import os
import random
import string
import sys
import time

from PySide6.QtCore import QObject, QPointF, QTimer
from PySide6.QtTest import QTest

from qntx_desktop.__main__ import main
from qntx_desktop.ui.desktop import Desktop

STEP_MS = 25
STEPS_A_GLYPH = 20
TEXT_KEYS = ("text", "code")


class Typist(QObject):
    """Types a letter every few milliseconds, and begins another glyph now and then."""

    def __init__(self, desktop: Desktop, seed: int) -> None:
        super().__init__(desktop)
        assert desktop.work is not None
        self._view = desktop.work.view
        self._random = random.Random(seed)
        self._step = 0
        self._glyph = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._type)
        self._timer.start(STEP_MS)

    def _type(self) -> None:
        if self._step % STEPS_A_GLYPH == 0:
            self._begin_glyph()
        self._step += 1
        editor = self._view.editor
        assert editor is not None
        QTest.keyClicks(editor.widget, self._random.choice(string.ascii_lowercase))
        say({"at": time.monotonic(), "glyph": self._glyph, "text": editor.read()})

    def _begin_glyph(self) -> None:
        self._view.close_editor()
        number = self._step // STEPS_A_GLYPH
        place = QPointF(440.0 * (number % 5), 320.0 * (number // 5))
        self._glyph = self._view.add_glyph(("ix", "python")[number % 2], place)
        assert self._view.open_editor(self._glyph)


def say(fact: object) -> None:
    """One line, at once."""
    print(json.dumps(fact), flush=True)


def look(desktop: Desktop) -> None:
    """Say what the reopened window shows, and close it."""
    assert desktop.work is not None
    glyphs = desktop.work.document.canvas.glyphs
    say({"glyphs": {str(key): dict(glyph.content) for key, glyph in glyphs.items()}})
    desktop.close()


def run(mode: str, home: str, seed: int) -> int:
    """Open the window as `python -m qntx_desktop` does, and go on once the canvas shows."""
    begin = Desktop.begin

    def begun(self: Desktop) -> None:
        self.example = False
        self.failed.connect(lambda error: say({"failed": error.to_json()}))
        self.opened.connect(lambda: Typist(self, seed) if mode == "type" else look(self))
        begin(self)

    Desktop.begin = begun  # type: ignore[method-assign]
    return main(["--home", home])


if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sys.exit(run(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 0))
