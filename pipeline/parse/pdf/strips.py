"""A page → the strips that are read one after the other, before any column is looked for.

Two things divide a page from side to side: a head that stands above the columns in larger type
(a name with its numbers beside it), and cards, one below the other, that hold the same words at
the same places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.parse.pdf.drawn import Shape, holds
from pipeline.parse.pdf.runs import Run
from pipeline.parse.pdf.shapes import Rule

# In em of the page's usual type.
_HEAD_GAP = 1.4  # of white from side to side below a head
_HEAD_TYPE = 1.15
_HEAD_SHARE = 0.4  # of the height that a head may take at most
_COLUMN_LINES = 3
_SIDE_GAP = 2.0  # between a title and what stands beside it in its head
_TITLE_TYPE = 1.3
_TITLE_STEP = 2.0  # times its size, between the lines of one title
_PROSE_LINE = 10.0
_PROSE_STEP = 2.0  # times the type size, between two lines of prose
_CARD_GAP = 1.0
_SAME_PLACE = 2.0
_LEAST_WORDS = 3  # as many words that come again make cards
_SHORT = 24  # characters; what comes again is a heading or a label

# In points: the least size of a card that is drawn as a box.
_CARD_HEIGHT, _CARD_WIDTH = 80.0, 120.0
_CARD_LINES = 5
_MOST_CARDS = 9
_SAME_WIDTH = 0.9
_MOST_TEXT = 0.8  # of the lines of a page that its cards hold

_Runs = list[Run]


def strips(runs: Sequence[Run], em: float, rules: Sequence[Rule] = ()) -> list[_Runs]:
    """The parts of a page from top to bottom, each to be read before the next.

    What one of the `rules` runs through is not parted in two sides.
    """
    out: list[_Runs] = []
    for card in _cards(runs, em):
        for part in _titled(card, em):
            out += _head_apart(part, em, rules)
    return out


def framed(runs: Sequence[Run], shapes: Sequence[Shape]) -> list[_Runs] | None:
    """The cards of a page that are drawn as boxes of one size, with what is around them; or None.

    They hold most of the text, each some prose, and none of them another one. Cards are read by
    rows; what stands above the first one is read before, all else after.
    """
    boxes = [s for s in shapes if s.bottom - s.top >= _CARD_HEIGHT and s.x1 - s.x0 >= _CARD_WIDTH]
    inside = {box: [r for r in runs if _is_in(r, box)] for box in boxes}
    cards = [box for box in boxes if _CARD_LINES <= len(inside[box]) < len(runs)]
    cards = [c for c in cards if not any(holds(o, c) for o in cards)]
    if not 1 < len(cards) <= _MOST_CARDS:
        return None
    width = max(c.x1 - c.x0 for c in cards)
    alike = all(c.x1 - c.x0 >= _SAME_WIDTH * width for c in cards)
    apart = not any(_meet(a, b) for i, a in enumerate(cards) for b in cards[:i])
    held = sum(len(inside[c]) for c in cards)
    if not alike or not apart or held < _MOST_TEXT * len(runs):
        return None
    height = min(c.bottom - c.top for c in cards)
    cards.sort(key=lambda c: (round(c.top / height), c.x0))
    rest = [r for r in runs if not any(_is_in(r, c) for c in cards)]
    above = [r for r in rest if r.base <= min(c.top for c in cards)]
    below = [r for r in rest if r not in above]
    return [part for part in (above, *(inside[c] for c in cards), below) if part]


def _is_in(run: Run, box: Shape) -> bool:
    return box.x0 - 1 <= run.x0 and run.x1 <= box.x1 + 1 and box.top <= run.base <= box.bottom


def _meet(a: Shape, b: Shape) -> bool:
    return a.x0 < b.x1 - 1 and b.x0 < a.x1 - 1 and a.top < b.bottom - 1 and b.top < a.bottom - 1


def _titled(runs: _Runs, em: float) -> list[_Runs]:
    """A page that is divided above each title in its largest type, where columns end above it."""
    titles = [r for r in runs if len(r.plain) > 1 and _type(r) >= _TITLE_TYPE * em]
    if not titles:
        return [runs]
    largest = max(map(_type, titles))
    cuts = []
    for start, end in _gaps(runs):
        below = [
            r
            for r in titles
            if 0 <= r.base - end <= r.size
            and r.size >= 0.95 * largest
            and not any(0 < r.base - t.base <= _TITLE_STEP * r.size for t in titles)
        ]
        above = [r for r in runs if r.base <= start]
        if below and end - start >= _CARD_GAP * em and _has_prose(above, em):
            cuts.append((start + end) / 2)
    return _parts(runs, cuts)


def _type(run: Run) -> float:
    """The size of the largest type in which several letters of a run are set."""
    sizes = Counter(g.style.size for g in run.glyphs)
    return max((size for size, letters in sizes.items() if letters > 1), default=run.size)


def _cards(runs: Sequence[Run], em: float) -> list[_Runs]:
    """The cards of a page that hold the same words below one another; else the whole page."""
    places: dict[tuple[str, int], list[float]] = {}
    for run in runs:
        if len(run.plain) <= _SHORT and not run.plain.isdigit():
            places.setdefault((run.plain, round(run.x0 / _SAME_PLACE)), []).append(run.base)
    again: dict[int, list[list[float]]] = {}
    for bases in places.values():
        if len(bases) > 1:
            again.setdefault(len(bases), []).append(sorted(bases))
    for found in (again[n] for n in sorted(again, reverse=True)):
        if len(found) < _LEAST_WORDS:
            continue
        cuts = [_cut_between(runs, found, i, em) for i in range(len(found[0]) - 1)]
        if None not in cuts:
            return _parts(runs, [c for c in cuts if c is not None])
    return [list(runs)]


def _cut_between(
    runs: Sequence[Run], found: Sequence[Sequence[float]], i: int, em: float
) -> float | None:
    """Where white from side to side parts two cards: below all words of one, above the next."""
    last, first = max(b[i] for b in found), min(b[i + 1] for b in found)
    gaps = [
        g for g in _gaps(runs) if g[1] - g[0] >= _CARD_GAP * em and last <= g[0] and g[1] <= first
    ]
    if not gaps:
        return None
    # A card begins as far above its first known word as the first card does.
    start = first - (min(b[0] for b in found) - min(r.base - 0.75 * r.size for r in runs))
    top, bottom = min(gaps, key=lambda g: (abs(g[1] - start), g[0]))
    return (top + bottom) / 2


def _gaps(runs: Sequence[Run]) -> list[tuple[float, float]]:
    """White from side to side: where no letter stands."""
    spans = sorted((r.base - 0.75 * r.size, r.base + 0.1 * r.size) for r in runs)
    gaps: list[tuple[float, float]] = []
    end = spans[0][1] if spans else 0.0
    for top, bottom in spans:
        if top > end:
            gaps.append((end, top))
        end = max(end, bottom)
    return gaps


def _parts(runs: Sequence[Run], cuts: Sequence[float]) -> list[_Runs]:
    edges = [float("-inf"), *sorted(cuts), float("inf")]
    return [part for a, b in pairwise(edges) if (part := [r for r in runs if a < r.base <= b])]


def _head_apart(runs: _Runs, em: float, rules: Sequence[Rule]) -> list[_Runs]:
    """A head with the largest type of the page, then what stands below it, where it is parted."""
    if not runs:
        return []
    top, bottom = min(r.base for r in runs), max(r.base for r in runs)
    largest = (
        max(r.size for r in runs if len(r.plain) > 1 or r.size < 2 * em)
        if any(len(r.plain) > 1 for r in runs)
        else 0.0
    )
    if largest < _HEAD_TYPE * em:
        return [runs]
    titles = [r for r in runs if r.size >= 0.95 * largest and len(r.plain) > 1]
    if not titles:
        return [runs]  # a single letter is the largest
    lowest = max(r.base for r in titles)
    for start, end in _gaps(runs):
        if start < lowest or end - start < _HEAD_GAP * em:
            continue
        if start - top > _HEAD_SHARE * (bottom - top):
            break
        head, below = [r for r in runs if r.base <= start], [r for r in runs if r.base > start]
        if (
            _has_sides(head, em)
            and _has_sides(below, em)
            and not _has_prose(head, em)
            and not _opens_column(head, below, titles)
            and not _open_columns(titles, below, em)
        ):
            return [*_beside_title(head, titles, em, rules), below]
    return [runs]


def _beside_title(head: _Runs, titles: _Runs, em: float, rules: Sequence[Rule]) -> list[_Runs]:
    """A title and what stands to the right of all of it, if a head is of such two sides.

    The rows of a table below a title are none: its rules run from one side to the other.
    """
    edge = max(r.x1 for r in titles) + em
    right = [r for r in head if r.x0 >= edge]
    left = [r for r in head if r.x0 < edge]
    beside = [a.x0 - b.x1 for a in right for b in left if abs(a.base - b.base) < em]
    top, bottom = max(r.base for r in titles), max(r.base for r in head)
    ruled = any(
        rule.x0 < min(r.x1 for r in left) and rule.x1 > edge and top < rule.y < bottom
        for rule in rules
        if left
    )
    parted = (
        right
        and not ruled
        and all(r.x1 < edge for r in left)
        and all(gap >= _SIDE_GAP * em for gap in beside)
    )
    return [left, right] if parted else [head]


def _opens_column(head: _Runs, below: _Runs, titles: _Runs) -> bool:
    """Whether what stands beside the title is a heading that a column below goes on with."""
    others = [r for r in head if r not in titles]
    return any(
        not any(c.isdigit() for c in r.plain)
        and sum(abs(r.x0 - x.x0) <= _SAME_PLACE for x in below) >= _COLUMN_LINES
        and not any(abs(r.x0 - t.x0) <= _SAME_PLACE for t in titles)
        for r in others
    )


def _open_columns(titles: _Runs, below: _Runs, em: float) -> bool:
    """Whether titles stand side by side in one row, each above a column that begins below it."""
    opening = [t for t in titles if sum(abs(t.x0 - r.x0) <= _SAME_PLACE for r in below) > 1]
    return any(
        abs(a.base - b.base) <= _SAME_PLACE and b.x0 - a.x1 >= em for a in opening for b in opening
    )


def _has_prose(runs: Sequence[Run], em: float) -> bool:
    """Whether two long lines of text stand one below the other."""
    long = [r for r in runs if r.x1 - r.x0 >= _PROSE_LINE * em and r.size < _HEAD_TYPE * em]
    lines = sorted(long, key=lambda r: r.base)
    return any(
        abs(a.x0 - b.x0) <= 2 * em and 0 < b.base - a.base <= _PROSE_STEP * a.size
        for i, a in enumerate(lines)
        for b in lines[i + 1 : i + 6]
    )


def _has_sides(runs: Sequence[Run], em: float) -> bool:
    """Whether lines stand side by side."""
    ordered = sorted(runs, key=lambda r: (r.base, r.x0))
    return any(
        abs(a.base - b.base) <= 2 * em and (b.x0 - a.x1 >= em or a.x0 - b.x1 >= em)
        for i, a in enumerate(ordered)
        for b in ordered[i + 1 : i + 5]
    )
