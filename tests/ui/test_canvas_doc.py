"""The page for users names every key of the one table of actions, and nothing else as a key of it."""

from __future__ import annotations

from pathlib import Path

from qntx_desktop.ui.actions import ACTIONS, GESTURES

PAGE = Path(__file__).parents[2] / "docs" / "canvas.md"
SAME_KEY_ELSEWHERE = {"!", "@", '"'}  # what Shift+1 and Shift+2 type on some keyboards


def rows() -> set[tuple[str, ...]]:
    lines = PAGE.read_text("utf-8").splitlines()
    return {tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in lines if line.startswith("| ")}


def test_every_key_stands_on_the_page() -> None:
    wanted = {
        (action.group, action.label, ", ".join(f"`{key}`" for key in action.keys if key not in SAME_KEY_ELSEWHERE))
        for action in ACTIONS
        if action.keys
    }
    listed = {row for row in rows() if len(row) == 3 and row[0] != "group"}
    assert listed == wanted


def test_every_gesture_stands_on_the_page() -> None:
    listed = {row for row in rows() if len(row) == 2 and row[0] != "with the pointer"}
    assert listed == set(GESTURES)


def test_its_pictures_are_there() -> None:
    named = [part.split(")")[0] for part in PAGE.read_text("utf-8").split("](")[1:]]
    pictures = [name for name in named if name.endswith(".png")]
    assert len(pictures) == 2
    assert all((PAGE.parent / name).is_file() for name in pictures)
