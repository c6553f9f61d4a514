"""How far apart the lines of a page are set, and which goes on in the one below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pipeline.parse.pdf.runs import is_wide
from pipeline.parse.pdf.set_lines import EDGE, FIRST_LINE, SetLine, same_size
from pipeline.textforms import ends_sentence, is_han

_FARTHEST = 3.0  # type sizes between the baselines of lines that tell a leading
_OFTEN = 0.3  # as often as this, in parts of the most usual distance
_TELL_OF_SCRIPT = 3  # distances in one script that tell its own leading
_TELL_OF_COLUMN = 3  # lines that go on in the next one
_WIDEST = 2.0  # type sizes between the baselines of one text
_WIDER_SET = 1.3  # times the leading of Latin lines, at most, that of ideographs among them
_SOME = 0.25  # of the letters of a line
# Signs that no line of Chinese begins or ends with.
_NEVER_FIRST = frozenset("，。、；：？！）》」』】”’〉％%·…")
_NEVER_LAST = frozenset("（《「『【“‘〈")


class _Step(NamedTuple):
    """The distance of two baselines, and whether the upper line goes on in the lower one."""

    height: float
    goes_on: bool


class Leadings:
    """The usual distance of baselines, by type size and, where both are set, by script.

    Ideographs are often set further apart than the Latin lines between them.
    """

    def __init__(self, regions: Sequence[Sequence[SetLine]]) -> None:
        steps: dict[tuple[float, bool | None], list[_Step]] = {}
        for region in regions:
            for above, below in pairwise(region):
                step = below.base - above.base
                if same_size(above, below) and step < _FARTHEST * above.size:
                    for script in {None, _script(above, below)}:
                        found = _Step(round(2 * step) / 2, _goes_on(above, below))
                        steps.setdefault((_size(above), script), []).append(found)
        self._usual = {
            key: _usual_step(found, key[0])
            for key, found in steps.items()
            if key[1] is None or len(found) >= _TELL_OF_SCRIPT
        }
        self._columns = _column_leadings(regions)

    def between(self, above: SetLine, below: SetLine) -> float:
        """The usual distance from a line to the one below it.

        A column may be set wider than a list beside it. Where too few lines of ideographs tell, it
        is that of a full line to the one it goes on in.
        """
        size, script = _size(above), _script(above, below)
        usual = self._usual.get((size, None), 1.5 * above.size)
        own = self._columns.get(_column(above), usual)
        if usual < own <= _WIDER_SET * usual:
            return own
        if (size, True) in self._usual and (size, False) in self._usual:
            return self._usual.get((size, script), usual)
        step = below.base - above.base
        goes_on = _goes_on(above, below)
        return step if script and goes_on and usual < step <= _WIDER_SET * usual else usual


def _usual_step(steps: Sequence[_Step], size: float) -> float:
    """Of distances that are met often the smallest: a list may have more gaps than lines.

    Entries that stand so far apart that no text does, and seldom go on, may wrap but once.
    """
    counts = Counter(s.height for s in steps)
    often = min(s for s, n in counts.items() if n >= _OFTEN * max(counts.values()))
    close = [s for s in counts if size <= s <= _WIDEST * size]
    apart = [s.goes_on for s in steps if s.height >= often]
    return min(close) if close and often > _WIDEST * size and 2 * sum(apart) < len(apart) else often


def _column_leadings(regions: Sequence[Sequence[SetLine]]) -> dict[tuple[int, int], float]:
    """The distance of baselines in each column where most lines go on inside a sentence."""
    steps: dict[tuple[int, int], list[float]] = {}
    lines: Counter[tuple[int, int]] = Counter()
    for above, below in (pair for region in regions for pair in pairwise(region)):
        if same_size(above, below) and _column(above) == _column(below):
            lines[_column(above)] += 1
            if _goes_on(above, below) and below.runs[0].plain[:1].islower():
                steps.setdefault(_column(above), []).append(below.base - above.base)
    return {
        column: median(found)
        for column, found in steps.items()
        if len(found) >= _TELL_OF_COLUMN and 2 * len(found) > lines[column]
    }


def _size(line: SetLine) -> float:
    """The type size of a line, to half a point: text of 10.5 is no list of 9.5 or 10."""
    return round(2 * line.size) / 2


def _column(line: SetLine) -> tuple[int, int]:
    """The type size and the left edge of a line."""
    return round(line.size), round(line.x0 / EDGE)


def _goes_on(above: SetLine, below: SetLine) -> bool:
    """Whether a line is full, ends no sentence, and has another one right below it.

    The first line of a paragraph may be indented. In Chinese, what cannot be parted (`38.4%。`)
    leaves room above it; words of letters always do, and say nothing.
    """
    back = above.x0 - below.x0
    first = above.indent > 0 and 0 < back <= FIRST_LINE * above.size
    return (
        above.room < max(above.size, _first_width(below) if _is_wide(above) else 0.0)
        and (first or abs(back) < EDGE)
        and not ends_sentence(above.runs[-1].plain)
    )


def _first_width(line: SetLine) -> float:
    """The width of what stands first in a line and goes to the next one as a whole."""
    run = line.runs[0]
    end = 1
    while end < len(run.glyphs) and not run.spaced[end]:
        left, right = run.glyphs[end - 1].text[-1:], run.glyphs[end].text[:1]
        if (
            (is_han(left) or is_han(right))
            and right not in _NEVER_FIRST
            and left not in _NEVER_LAST
        ):
            break
        end += 1
    return run.glyphs[end - 1].x1 - run.glyphs[0].x0


def _script(above: SetLine, below: SetLine) -> bool | None:
    """Whether two lines are of ideographs; None for one of them and one of letters.

    A line of figures alone is like the other one.
    """
    told = {_is_wide(line) for line in (above, below)} - {None}
    return told.pop() if len(told) == 1 else None


def _is_wide(line: SetLine) -> bool | None:
    """Whether a line is as high as ideographs are: a good part of it are, words between them."""
    letters = [c for r in line.runs for c in r.plain if c.isalpha()]
    return sum(map(is_wide, letters)) > _SOME * len(letters) if letters else None
