"""Pages that are pictures: how much of one pictures cover, and whether its text says anything.

A scan may carry text that a program or a printer put on it: a page number, a running line, the
name of the scanning program. A picture with a title or a text above it is a page like any other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from pipeline.errors import RUN_OCR
from pipeline.parse.chunks import PageText, SourceDoubt
from pipeline.parse.pdf.glyphs import Glyph, PageGlyphs
from pipeline.textforms import harmless

FEW = 100  # characters that a page holds at most if pictures are to be looked for
_MOST_OF_IT = 0.6  # share of a page
_CELLS = 20  # a page is looked at in so many rows and columns
_MARGIN = (0.08, 0.12)  # shares of a page's width and height
_SMALL = 0.022  # type size as a share of the page's height
_NUMBER = 4  # characters of a page number: `- 3 -`, `viii`
_SHOWN = 80  # characters in a message

Rect = tuple[float, float, float, float]  # left, top, right, bottom


def share_covered(pictures: Iterable[Rect], width: float, height: float) -> float:
    """The share of a page that pictures cover together; scans may be cut into strips."""
    found = list(pictures)
    centres = [
        ((column + 0.5) * width / _CELLS, (row + 0.5) * height / _CELLS)
        for row in range(_CELLS)
        for column in range(_CELLS)
    ]
    hit = (any(r[0] <= x <= r[2] and r[1] <= y <= r[3] for r in found) for x, y in centres)
    return sum(hit) / len(centres) if found else 0.0


def is_picture(page: PageGlyphs) -> bool:
    """Whether pictures cover most of a page."""
    return page.covered >= _MOST_OF_IT


def only_stamped(page: PageGlyphs) -> bool:
    """Whether a page is a picture and its text a number, or small and in the margins."""
    printed = [g for g in page.glyphs if not g.text.isspace()]
    if not is_picture(page) or any(g.style.size > _SMALL * page.height for g in printed):
        return False
    if len(printed) <= _NUMBER:
        return True
    wide, high = _MARGIN[0] * page.width, _MARGIN[1] * page.height
    places = map(_place, printed)
    return all(
        not (wide < x < page.width - wide and high < y < page.height - high) for x, y in places
    )


def stamped(text: str) -> SourceDoubt:
    """The doubt about a page that is a picture and holds this text alone."""
    shown = harmless(" ".join(text.split()))[:_SHOWN]
    return SourceDoubt(
        "warning",
        "no_text_layer",
        f"a picture covers the page, and its only text is `{shown}`; {RUN_OCR}",
    )


def without_stamped(pages: Sequence[PageText]) -> Iterator[PageText]:
    """The pages; a picture whose only text stands on another picture as well counts as lost."""
    pictures = [p for p in pages if p.picture and not p.lost]
    often = Counter(map(_text, pictures))
    for page in pages:
        if page.picture and not page.lost and often[_text(page)] > 1:
            doubts = (*page.doubts, stamped(_text(page)))
            yield msgspec.structs.replace(page, doubts=doubts, lost=True)
        else:
            yield page


def _text(page: PageText) -> str:
    return " ".join(line.text.strip() for line in page.lines if line.text.strip())


def _place(glyph: Glyph) -> tuple[float, float]:
    """Where on the page a glyph begins."""
    if glyph.style.turned == 90:
        return -glyph.base, glyph.x0
    if glyph.style.turned == 180:
        return -glyph.x0, -glyph.base
    if glyph.style.turned == 270:
        return glyph.base, -glyph.x0
    return glyph.x0, glyph.base
