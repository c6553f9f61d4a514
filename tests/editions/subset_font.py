"""Make the embedded test font: a small part of WenQuanYi Micro Hei (Apache License 2.0).

    python -m tests.editions.subset_font wqy-microhei.ttc

The whole font is Debian's package fonts-wqy-microhei. Run with fontTools, which the tests do not
need, when an edition wants characters that the font lacks. What is kept: GB 2312's first level, the
characters of the brochure, the traditional forms of both, Latin up to Extended-A, punctuation and
symbols. What is added: the two dashes that the brochure prints and the font lacks, the degree sign
whose glyph is blank, and the Kangxi radicals, which some programs write for the ideographs that
look alike.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.editions.content import REAL, real_profiles, traditional, traditional_text
from tests.editions.fonts import FONT_FILE
from tests.editions.matter import CHINESE

RANGES = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x218, 0x21B), (0x2010, 0x2027), (0x2030, 0x205E),
    (0x20AC, 0x20AC), (0x2100, 0x214F), (0x2150, 0x218B), (0x2190, 0x2193), (0x2200, 0x22FF),
    (0x2460, 0x2473), (0x25A0, 0x25FF), (0x3000, 0x303F), (0x3300, 0x33FF), (0xFF00, 0xFFEF),
    (0xFFFD, 0xFFFD),
)  # fmt: skip
RADICALS = range(0x2F00, 0x2FD6)
FIGURE_DASH, EN_DASH, EM_DASH, TWO_EM_DASH = 0x2012, 0x2013, 0x2014, 0x2E3A
CELSIUS = 0x2103
BLANK = {0x203E, 0x2109, 0x212B, 0x2164, 0x2169, 0x223C}  # the font has no outline for them


def wanted() -> set[int]:
    """The code points to keep."""
    rows = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    characters = [row.decode("gb2312", "ignore") for row in rows]
    texts = [REAL.read_text("utf-8"), str(CHINESE), *characters]
    for form in ("s2t", "s2tw", "s2hk"):
        texts += [traditional_text(c, form) for c in characters]
        # Words that a line end divides in the file are converted as words, too.
        texts += [str(traditional(real_profiles(), form)), traditional_text(str(CHINESE), form)]
    points = {ord(c) for text in texts for c in text if c.isprintable()}
    points |= {p for first, last in RANGES for p in range(first, last + 1)}
    points -= BLANK
    return points | {ord(unicodedata.normalize("NFKC", chr(p))) for p in RADICALS}


def compose(font: Any, name: str, parts: Sequence[int]) -> str:
    """Add a glyph made of others side by side; gives its name."""
    from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

    table, advance = font["cmap"].getBestCmap(), 0
    glyph = Glyph()
    glyph.numberOfContours = -1
    glyph.components = []
    for point in parts:
        part = GlyphComponent()
        part.glyphName, part.x, part.y, part.flags = table[point], advance, 0, 0x204
        glyph.components.append(part)
        advance += font["hmtx"][table[point]][0]
    font["glyf"][name] = glyph
    font["hmtx"][name] = (advance, font["hmtx"][table[parts[0]]][1])
    return name


def main(whole: Path) -> None:
    """Write the part of the font at `whole` beside this module."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(whole, fontNumber=0)
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.glyph_names = False
    options.notdef_outline = True
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "kern", "morx", "vhea", "vmtx", "FFTM"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted())
    subsetter.subset(font)

    table = font["cmap"].getBestCmap()
    names = {FIGURE_DASH: table[EN_DASH]}
    for point in RADICALS:
        same = ord(unicodedata.normalize("NFKC", chr(point)))
        if same in table:
            names[point] = table[same]
    names[TWO_EM_DASH] = compose(font, "uni2E3A", (EM_DASH, EM_DASH))
    names[CELSIUS] = compose(font, "celsius", (ord("°"), ord("C")))
    font.setGlyphOrder(font["glyf"].glyphOrder)
    for part in font["cmap"].tables:
        if part.isUnicode():
            part.cmap.update(names)
    for record in font["name"].names:
        if record.nameID in {1, 4, 6}:
            record.string = record.toUnicode() + (" Part" if record.nameID != 6 else "-Part")
    font.recalcTimestamp = False
    font.save(FONT_FILE)
    sys.stdout.write(f"{FONT_FILE}: {len(font['cmap'].getBestCmap())} characters\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
