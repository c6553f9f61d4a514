"""What a PDF reader gives: the glyphs of a page, each with its place and its look.

Both readers give the same values, so that everything after them is written once. Coordinates
are points (1/72 inch) from the upper left corner of the page as it is shown: cropped and
turned as the file says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple, Protocol

from pipeline.parse.pdf.drawn import Shape
from pipeline.parse.pdf.signs import Sign

UNREADABLE = "\ufffd"  # a glyph of which the font does not say what it stands for
_UNEXPLAINED = 0.2  # share of a font's glyphs without a Unicode value
_SEVERAL = 20  # as many of them tell a bad font from a text that lost characters itself
_OVERPRINT = 0.15  # em: copies that make a letter bold or give it a shadow lie this near


class GlyphStyle(NamedTuple):
    """How a glyph is set: font, type size in points, colour (RRGGBB), direction of writing.

    `turned` is the clockwise angle of its line in degrees: 0, 90, 180 or 270.
    """

    font: str
    size: float
    color: str
    turned: int


class Glyph(NamedTuple):
    """One printed character: its extent along its line, and its baseline.

    For upright text, `x0` and `x1` run from left to right and `base` is the height of the
    baseline from the top; turned text has them along and across its own direction.
    """

    text: str
    x0: float
    x1: float
    base: float
    style: GlyphStyle


class PageGlyphs(NamedTuple):
    """One page: its number (from 1), its size in points, and its glyphs in no set order.

    `outside` counts glyphs that lie beyond the page's visible part, `hidden` those on layers that
    are not shown; both are left out. `drawn`
    tells whether the page shows anything beside text; `substituted`, whether an East Asian font
    is missing from the file, so that what the library reads may depend on the machine's fonts.
    `shapes` are the boxes and rules that are drawn, `signs` the bullets. `covered` is the share
    of the page that pictures cover; it is looked for where there is little text.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    outside: int = 0
    drawn: bool = False
    substituted: bool = False
    error: str = ""
    shapes: tuple[Shape, ...] = ()
    signs: tuple[Sign, ...] = ()
    covered: float = 0.0
    hidden: int = 0


def without_guesses(page: PageGlyphs) -> PageGlyphs:
    """A page on which fonts that leave many glyphs unexplained are unreadable as a whole.

    Where a font has no Unicode map, libraries take some of its codes for letters of a standard
    encoding: `Äß30` may be anything.
    """
    fonts = Counter(g.style.font for g in page.glyphs if not g.text.isspace())
    lost = Counter(g.style.font for g in page.glyphs if g.text == UNREADABLE)
    bad = {f for f, n in lost.items() if n >= max(_SEVERAL, _UNEXPLAINED * fonts[f])}
    if not bad:
        return page
    glyphs = (
        g._replace(text=UNREADABLE) if g.style.font in bad and not g.text.isspace() else g
        for g in page.glyphs
    )
    return page._replace(glyphs=tuple(glyphs))


class PageLook(NamedTuple):
    """A page before it is read: as `PageGlyphs` has it, `covered` whatever text there is."""

    width: float
    height: float
    rotation: int
    characters: int
    covered: float


class PdfReader(Protocol):
    """A library that reads PDF, opened on one file."""

    name: str

    @property
    def pages(self) -> int:
        """The number of pages that the library finds."""

    def read(self, number: int) -> PageGlyphs:
        """One page by its number (from 1); what the library raises is told in `error`."""

    def close(self) -> None:
        """Free what the library holds."""


def without_copies(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The glyphs without those that are printed twice in one place."""
    ordered = sorted(glyphs, key=lambda g: (g.text, g.style.turned, round(g.base), g.x0))
    copies = {
        id(right)
        for left, right in pairwise(ordered)
        if left.text == right.text
        and not left.text.isspace()
        and left.style.turned == right.style.turned
        and abs(right.x0 - left.x0) < _OVERPRINT * left.style.size
        and abs(right.base - left.base) < _OVERPRINT * left.style.size
    }
    return [g for g in ordered if id(g) not in copies]


def along_line(
    corners: tuple[float, float, float, float], origin: tuple[float, float], turned: int
) -> tuple[float, float, float]:
    """A glyph's extent along its line and its baseline, from its box (x0, top, x1, bottom).

    `origin` is the point on the baseline where the glyph begins.
    """
    x0, top, x1, bottom = corners
    if turned == 0:
        return x0, x1, origin[1]
    if turned == 90:  # from top to bottom
        return top, bottom, -origin[0]
    if turned == 180:
        return -x1, -x0, -origin[1]
    return -bottom, -top, origin[0]  # from bottom to top
