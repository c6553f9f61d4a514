"""How a line is set."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.model import Line
from pipeline.textforms import HAN_NUMBER, is_han

_MARK = re.compile(
    rf"\s*(#{{1,6}}|[^\w\s]+|\d{{1,2}}[.、)）．]?|第?{HAN_NUMBER}[、.)）章节]|[IVXivx]{{1,4}}[.)])\s*(?=[^\W\d])"
)
_HAN_NUMBER = re.compile(HAN_NUMBER)
_MARKED = "#"  # a heading of whatever level, by the page itself
_SIZE_STEP = 0.5


class LineStyle(NamedTuple):
    """How a line is set: type size, font and colour, or in plain text its mark and its capitals."""

    size: float
    font: str
    color: str
    mark: str
    capitals: bool


@lru_cache(maxsize=8192)
def _letters(text: str) -> tuple[str, bool]:
    """The mark before a line, its number left out, and whether its letters are capitals."""
    text = text.strip()
    found = _MARK.match(text)
    mark = re.sub(r"\d+", "1", found.group(1)) if found else ""
    mark = _HAN_NUMBER.sub("一", mark)
    capitals = text.isupper() and sum(c.isalpha() and not is_han(c) for c in text) > 2
    return mark, capitals


def style_of(line: Line) -> LineStyle:
    """How a line is set."""
    mark, capitals = _letters(line.text)
    mark = _MARKED if line.level else mark
    box = line.box
    if box is None:
        return LineStyle(0.0, "", "", mark, capitals)
    return LineStyle(round(box.size / _SIZE_STEP) * _SIZE_STEP, box.font, box.color, mark, capitals)


def ink(style: LineStyle) -> tuple[float, str]:
    """Type size and colour: what an emphasis within prose leaves as it is."""
    return style.size, style.color
