"""Titles in a left column that end the columns above them and open those below."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.parse.pdf.page_rows import Row
from pipeline.parse.pdf.runs import Run

_WIDE_TITLE = 1.7  # type larger than the usual by this divides what is above and below it
# In em of the page's usual type.
_HEADING_GAP = 2.2  # the least space that a heading leaves on the side where it does not stand
_LEVEL = 0.15  # by which the first lines below it may stand uneven
_LIKE_WIDTHS = 0.85  # of the narrower column to the wider one: a side bar is no column of these


def divides(rows: Sequence[Row], i: int, first: int, x: float, em: float) -> bool:
    """Whether row `i` is a title that divides the columns beside a gutter at `x`.

    `first` is the row with which the columns begin. Large type does, also above a table that is
    read by itself; so does a heading set otherwise than the text where both columns have a gap and
    begin anew level with each other.
    """
    row = rows[i]
    if i == first or any(r.x0 > x for r in row.runs):
        return False
    if any(is_wide_title(r, em) for r in row.runs):
        sides_above = {r.x0 > x for other in rows[first:i] for r in other.runs}
        sides_below = {r.x0 > x for other in rows[i + 1 :] for r in other.runs}
        last = i + 1 == len(rows) and row.top - rows[i - 1].bottom >= _HEADING_GAP * em
        return len(sides_above) == 2 and (last or len(sides_below) == 2)
    return _opens_both(rows, i, x, em) and _one_of_several(rows, i, first, x, em)


def is_wide_title(run: Run, em: float) -> bool:
    """Whether a run begins with so large type as divides columns, whatever is set beside it."""
    return run.glyphs[0].style.size >= _WIDE_TITLE * em and len(run.plain) > 1


def _opens_both(rows: Sequence[Row], i: int, x: float, em: float) -> bool:
    """Whether a row is a heading on the left below which both columns begin level."""
    if i + 1 >= len(rows) or len(rows[i].runs) > 1 or rows[i].runs[0].x0 > x:
        return False
    left = [r for r in rows[i + 1].runs if r.x0 <= x]
    right = [r for r in rows[i + 1].runs if r.x0 > x]
    if not left or not right or abs(left[0].base - right[0].base) > _LEVEL * em:
        return False
    heading, text = rows[i].runs[0].style, left[0].style
    return heading != text and heading.size >= text.size


def _one_of_several(rows: Sequence[Row], i: int, first: int, x: float, em: float) -> bool:
    """Whether a heading has another like it above, and none like it stands on the right."""
    ended = next((row for row in rows[i - 1 : first : -1] if any(r.x0 > x for r in row.runs)), None)
    if ended is None or rows[i + 1].top - ended.bottom < _HEADING_GAP * em:
        return False
    style = rows[i].runs[0].style
    alike = [j for j, row in enumerate(rows) for r in row.runs if r.style == style]
    return (
        any(j < i and _opens_both(rows, j, x, em) for j in alike)
        and not any(r.style == style and r.x0 > x for j in alike for r in rows[j].runs)
        and _like_columns(rows[first : i + 2], x)
    )


def _like_columns(rows: Sequence[Row], x: float) -> bool:
    """Whether what stands to the left of `x` and to the right of it is about as wide."""
    left = [r for row in rows for r in row.runs if r.x0 <= x]
    right = [r for row in rows for r in row.runs if r.x0 > x]
    widths = [max(r.x1 for r in side) - min(r.x0 for r in side) for side in (left, right)]
    return min(widths) >= _LIKE_WIDTHS * max(widths)
