"""Ten views as they were looked at and found good, in both themes and at two scales.

Compared as a person sees them from some way off: shrunk to an eighth, so that another version of FreeType, which
draws the edges of letters otherwise, changes little, and a part that is missing, moved, clipped or recoloured much.
What is kept and what was painted lie side by side after a failure. `tests.ui.gallery` makes the pictures again.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from tests.ui import gallery

GOLDEN = Path(__file__).resolve().parents[1] / "data" / "golden"
BLOCK_PX = 8
SEEN_LEVELS = 22
"""A block whose colour differs by less than so many of 255 levels looks the same."""
MOST_BLOCKS = 0.012
"""The part of all blocks that may look another."""
MOST_LEVELS = 2.0
"""The most that a picture may differ on average."""
WORDY = {"pulse": 4.0, "handlers": 4.0}
"""Views that are nearly all words, and how much more of them may be others before it is another look."""
MOST_BYTES = 1_500_000
PAINTS_S = 240


def differs(golden: QImage, painted: QImage, scale: int, wordy: float = 1.0) -> str:
    """In which way two pictures look different; nothing when they look the same."""
    if golden.size() != painted.size():
        return f"{painted.width()} x {painted.height()} in place of {golden.width()} x {golden.height()}"
    one, other = _shrunk(golden, scale), _shrunk(painted, scale)
    levels = [
        max(abs(one[at + part] - other[at + part]) for part in range(3)) for at in range(0, len(one), 4)
    ]
    seen = sum(level > SEEN_LEVELS for level in levels) / len(levels)
    mean = sum(levels) / len(levels)
    if seen > MOST_BLOCKS * wordy or mean > MOST_LEVELS * wordy:
        return f"{100 * seen:.2f} % of the blocks look different, {mean:.2f} levels on average"
    return ""


def _shrunk(image: QImage, scale: int) -> bytes:
    block = BLOCK_PX * scale
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    smooth = Qt.TransformationMode.SmoothTransformation
    small = plain.scaled(
        image.width() // block, image.height() // block, Qt.AspectRatioMode.IgnoreAspectRatio, smooth
    )
    return bytes(small.convertToFormat(QImage.Format.Format_RGB32).constBits())


def test_ten_views_look_as_they_were_found_good(tmp_path: Path, qapp: object) -> None:
    painting = {scale: gallery.start(tmp_path, scale, "--quick") for scale in gallery.SCALES}
    for process in painting.values():
        _, said = process.communicate(timeout=PAINTS_S)
        assert process.returncode == 0, said.decode()[-3000:]
    wrong = []
    for name, theme, scale in itertools.product(gallery.VIEWS, ("dark", "light"), gallery.SCALES):
        file = f"{name}-{theme}-{scale}x.png"
        if found := differs(QImage(str(GOLDEN / file)), QImage(str(tmp_path / file)), scale, WORDY.get(name, 1.0)):
            wrong.append(f"{file}: {found} (painted now: {tmp_path / file})")
    assert not wrong, "\n".join(wrong)


def test_the_golden_pictures_are_all_there_and_small() -> None:
    pictures = {path.name: path.stat().st_size for path in GOLDEN.glob("*.png")}
    names = itertools.product(gallery.VIEWS, ("dark", "light"), gallery.SCALES)
    assert set(pictures) == {f"{name}-{theme}-{scale}x.png" for name, theme, scale in names}
    assert sum(pictures.values()) < MOST_BYTES


@pytest.mark.parametrize("scale", gallery.SCALES)
def test_what_a_person_would_see_is_found_and_what_nobody_sees_is_not(scale: int, qapp: object) -> None:
    golden = QImage(str(GOLDEN / f"states-dark-{scale}x.png")).convertToFormat(QImage.Format.Format_RGB32)
    assert not differs(golden, golden, scale)

    def painted(draw: str) -> QImage:
        image = golden.copy()
        painter = QPainter(image)
        painter.scale(scale, scale)
        if draw == "grain":  # as another rasteriser of letters would
            for x in range(0, image.width() // scale, 3):
                painter.fillRect(x, 0, 1, image.height(), QColor(255, 255, 255, 4))
        elif draw == "a card gone":
            painter.fillRect(330, 150, 300, 140, QColor("#121419"))
        elif draw == "a button of another colour":
            painter.fillRect(178, 256, 118, 28, QColor("#c2362b"))
        elif draw == "moved by twelve pixels":
            painter.drawImage(12, 0, golden.scaled(golden.width() // scale, golden.height() // scale))
        painter.end()
        return image

    assert not differs(golden, painted("grain"), scale)
    for draw in ("a card gone", "a button of another colour", "moved by twelve pixels"):
        assert differs(golden, painted(draw), scale), draw
