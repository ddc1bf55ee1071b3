"""The window is killed while somebody types; opened again it shows all but at most the last second."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.e2e.crash_windows import delays, kill_and_look

pytestmark = [
    pytest.mark.timeout(200),
    pytest.mark.skipif(sys.platform == "win32", reason="kills as only POSIX systems do"),
]
SEED = 7
POINTS = 3


@pytest.mark.parametrize("number", range(POINTS))
def test_what_was_typed_a_second_ago_survives_a_kill(tmp_path: Path, number: int) -> None:
    delay_s = list(delays(SEED, POINTS))[number]
    typed = kill_and_look(tmp_path, delay_s, seed=number)
    assert typed.lines > 0
