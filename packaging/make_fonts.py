"""Make the fonts in resources/fonts again from the full ones (needs fontTools: `pip install fonttools`).

    python3 packaging/make_fonts.py SOURCE_FOLDER

SOURCE_FOLDER is searched through for the files named below; Debian has them in fonts-noto-core,
fonts-noto-extra, fonts-inter and fonts-jetbrains-mono. No one font has all the symbols that the app draws, so
subsets of four are merged into one with one set of line metrics.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parents[1] / "resources" / "fonts"
SYMBOLS = "⨳⋈꩜⌬✦⟶⊨≡⍟◷▶⋯✓▲△▼▽◀◐◑◒◓○●◌■□⤢▣▢×−+↻↺⏸⏹✎⌕✕⚠←→↑↓↗⋮◆◇⧉⌘⏎⇥★☆⚙"
SYMBOL_FONTS = (
    "NotoSansMath-Regular.ttf",
    "NotoSansSymbols2-Regular.ttf",
    "NotoSansSymbols-Regular.ttf",
    "NotoSansCham-Regular.ttf",
)
#: Noto Sans's own line metrics: Noto Sans Math's are three times as high.
ASCENT, DESCENT = 1069, -293
TEXT_FONTS = {
    "Inter-Regular.otf": "Inter-Regular.otf",
    "Inter-Medium.otf": "Inter-Medium.otf",
    "Inter-SemiBold.otf": "Inter-SemiBold.otf",
    "JetBrainsMono-Regular.ttf": "JetBrainsMono-Regular.ttf",
    "JetBrainsMono-Bold.ttf": "JetBrainsMono-Bold.ttf",
}
TEXT_RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x24F),  # Latin-1, Latin Extended-A and -B
    (0x2B0, 0x2FF),
    (0x300, 0x36F),  # combining marks
    (0x370, 0x3FF),  # Greek
    (0x400, 0x4FF),  # Cyrillic
    (0x1E00, 0x1EFF),  # Latin Extended Additional
    (0x2000, 0x206F),  # punctuation
    (0x2070, 0x20BF),  # raised and lowered figures, currencies
    (0x2190, 0x2199),  # arrows
    (0x2200, 0x2265),
    (0x2500, 0x259F),  # lines and blocks, for output in monospace
    (0xFFFD, 0xFFFD),
)
KEPT_FEATURES = ["ccmp", "kern", "locl", "mark", "mkmk", "tnum", "zero"]


def subset(font: TTFont, characters: Iterable[int], features: list[str]) -> TTFont:
    """Cut `font` down to `characters`, without hints."""
    options = Options(hinting=False, layout_features=features, notdef_outline=True, name_IDs=["*"])
    options.drop_tables += ["FFTM", "MATH", "meta", "STAT", "DSIG"]
    cutter = Subsetter(options)
    cutter.populate(unicodes=set(characters))
    cutter.subset(font)
    return font


def rename(font: TTFont, family: str, licence: str) -> None:
    """Give the merged `font` a family name of its own; it is no longer any of its sources."""
    names = font["name"]
    names.names = []
    texts = {
        0: "Copyright the Noto Project Authors, merged by the QNTX Desktop authors",
        1: family,
        2: "Regular",
        3: f"{family} Regular",
        4: family,
        6: family.replace(" ", ""),
        13: licence,
    }
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)


def set_line_metrics(font: TTFont) -> None:
    """Give `font` the same ascent and descent in all three places where a system may look."""
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = ASCENT, DESCENT, 0
    os2 = font["OS/2"]
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = ASCENT, DESCENT, 0
    os2.usWinAscent, os2.usWinDescent = ASCENT, -DESCENT


def make_symbols(sources: dict[str, Path], scratch: Path) -> None:
    """Merge each symbol from the first font that has it."""
    wanted = {ord(character) for character in SYMBOLS}
    parts: list[str] = []
    for name in SYMBOL_FONTS:
        font = TTFont(sources[name])
        found = wanted & set(font.getBestCmap())
        wanted -= found
        part = scratch / f"part-{len(parts)}.ttf"
        subset(font, found, []).save(part)
        parts.append(str(part))
    if wanted:
        sys.exit(f"No font has: {' '.join(map(chr, sorted(wanted)))}")
    merged = Merger().merge(parts)
    rename(merged, "QNTX Symbols", "SIL Open Font License 1.1")
    set_line_metrics(merged)
    merged.save(TARGET / "QNTXSymbols.ttf")
    for part_name in parts:
        Path(part_name).unlink()


def make_texts(sources: dict[str, Path]) -> None:
    """Cut the text fonts down to the window's scripts; others fall back to the system's fonts."""
    characters = [code for first, last in TEXT_RANGES for code in range(first, last + 1)]
    for name, target in TEXT_FONTS.items():
        subset(TTFont(sources[name]), characters, KEPT_FEATURES).save(TARGET / target)


def main(arguments: list[str]) -> None:
    """Make every font; say how large each became."""
    if len(arguments) != 1:
        sys.exit(__doc__)
    needed = (*SYMBOL_FONTS, *TEXT_FONTS)
    found = {path.name: path for path in Path(arguments[0]).rglob("*.[ot]tf")}
    absent = [name for name in needed if name not in found]
    if absent:
        sys.exit(f"Not found under {arguments[0]}: {', '.join(absent)}")
    make_symbols(found, TARGET)
    make_texts(found)
    for path in sorted(TARGET.glob("*.[ot]tf")):
        print(f"{path.name}  {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
