"""5,000 random actions on a canvas, killed with `kill -9` again and again; then all undone and all redone.

Not a ratio but a yes: what is on the canvas after each kill is what was saved last, undoing every step leads to the
empty canvas, and redoing them leads to the same canvas as before, compared by a hash of glyphs and links.
`python -m tests.benchmarks.undo HOME SEED` is the process that is killed: it says what it is about to save, and
when it has been saved.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from qntx_desktop.app.container import build
from qntx_desktop.app.paths import Home
from tests.benchmarks.figures import Figure, Place
from tests.ui.canvas.test_history import act, digest, reopened, save

ROOT = Path(__file__).resolve().parents[2]
ACTIONS = 5_000
ACTIONS_A_LIFE = 300
MOST_BETWEEN_SAVES = 9


def measure(place: Place) -> Sequence[Figure]:
    """Kill until enough was done, then go through the history both ways in new processes' eyes."""
    dice, home = random.Random(place.seed), Path(place.folder) / "home"
    done = kills = 0
    broken: list[str] = []
    while done < ACTIONS:
        actions, allowed = _life(home, dice)
        done, kills = done + actions, kills + 1
        found = _digest_of(home)
        if found not in allowed:
            broken.append(f"kill {kills}: the canvas is neither what was saved last nor what was being saved")
            place.say(broken[-1])
    began = time.perf_counter()
    steps, good = _there_and_back(home)
    if not good:
        broken.append("undoing all and redoing all did not lead back")
    place.say(f"{done:,} actions, {kills} kills, {steps:,} steps undone and redone")
    return [
        Figure(
            name="undo over kills",
            what=f"canvases in order after kill -9, and after undoing and redoing {steps:,} steps",
            unit="checks",
            ours=kills + 1 - len(broken),
            peer=kills + 1,
            ratio=(kills + 1 - len(broken)) / (kills + 1),
            at_least=1.0,
            spread={"actions": done, "both_ways_s": time.perf_counter() - began, "broken": broken},
        )
    ]


def _life(home: Path, dice: random.Random) -> tuple[int, set[str]]:
    """Let a process act until it is killed; how much it did, and what may be on the canvas now."""
    words = [sys.executable, "-m", "tests.benchmarks.undo", str(home), str(dice.randrange(1 << 30))]
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    lines: list[list[str]] = []
    wanted = dice.randrange(ACTIONS_A_LIFE // 2, ACTIONS_A_LIFE)
    for line in process.stdout:
        lines.append(line.split())
        if int(lines[-1][1]) >= wanted:
            break
    time.sleep(dice.random() * 0.01)
    process.kill()
    rest, _ = process.communicate()
    lines += [line.split() for line in rest.splitlines() if line.endswith("\n") or len(line.split()) == 3]
    saved = max((number for number, line in enumerate(lines) if line[0] == "saved"), default=-1)
    allowed = {line[2] for line in lines[max(saved, 0) :]}
    return int(lines[-1][1]), allowed


def _digest_of(home: Path) -> str:
    services = build(Home(root=home))
    try:
        return digest(reopened(services).canvas)
    finally:
        services.close()


def _there_and_back(home: Path) -> tuple[int, bool]:
    services = build(Home(root=home))
    try:
        document = reopened(services)
        done, there = document.steps_done, digest(document.canvas)
        document.go_to_step(0)
        empty = not document.canvas.glyphs and not document.canvas.edges
        save(services, document)
        document = reopened(services)
        document.go_to_step(done)
        return done, empty and digest(document.canvas) == there
    finally:
        services.close()


def main(home: str, seed: str) -> None:
    """Act and save until killed."""
    dice = random.Random(int(seed))
    services = build(Home(root=Path(home)))
    document, actions = reopened(services), 0
    while True:
        for _ in range(dice.randint(1, MOST_BETWEEN_SAVES)):
            act(document, dice)
            actions += 1
        number = digest(document.canvas)
        sys.stdout.write(f"about {actions} {number}\n")
        sys.stdout.flush()
        save(services, document)
        sys.stdout.write(f"saved {actions} {number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
