"""Numbers in badges and icons before the entries of a list: each goes to its entry's first line.

A designer centres them on entries of two lines and more, so that they would be read within these.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from pipeline.parse.pdf.runs import Run

_MOST = 30  # entries of a list
_BEFORE = 3.5  # em of the entry between a number and what it numbers
_GAP = 0.25  # em, as a typed number has it
_EDGE = 2.0  # points within which the lines of an entry begin
_LEADING = 1.5  # em between the baselines of an entry's lines
_ASCENT, _DESCENT = 0.8, 0.2
_SEVERAL = 2
_DIGITS = 2
_LEVEL = 0.5  # points between the baselines of one row
_ALONE = 2.0  # em left of a number without a letter


def with_numbers(runs: Sequence[Run]) -> list[Run]:
    """The runs, with numbers that stand beside entries right before the first line of each.

    They are 1 to as many as there are, each once.
    """
    short = ((i, r.plain) for i, r in enumerate(runs) if len(r.plain) <= _DIGITS)
    numbers = {i: int(text) for i, text in short if text.isdecimal()}
    entries = _entries(runs, numbers)
    found = sorted(numbers[i] for i in entries)
    if len(found) < _SEVERAL or found != list(range(1, len(found) + 1)) or len(found) > _MOST:
        return list(runs)
    return list(runs) if _is_table(runs, entries) else _put_before(runs, entries)


def with_icons(runs: Sequence[Run]) -> list[Run]:
    """The runs, with icons of a font that stand beside entries right before the first line of each.

    Several stand in a column, and some of them beside the middle of their entries.
    """
    icons = [i for i, r in enumerate(runs) if len(r.plain) == 1 and _is_icon(r.plain)]
    columns = Counter(round(runs[i].x0 / _EDGE) for i in icons)
    several = {i for i in icons if columns[round(runs[i].x0 / _EDGE)] >= _SEVERAL}
    entries = _entries(runs, several)
    apart = any(2 * abs(runs[i].base - runs[e].base) > runs[e].size for i, e in entries.items())
    return _put_before(runs, entries) if apart and len(entries) >= _SEVERAL else list(runs)


def _is_icon(char: str) -> bool:
    return unicodedata.category(char) in ("So", "Sm", "Co")


def _entries(runs: Sequence[Run], numbers: Collection[int]) -> dict[int, int]:
    """The first lines of the entries beside some runs that stand beside one; none beside two."""
    found = {i: e for i in numbers if (e := _entry(runs, i, numbers)) is not None}
    return found if len(set(found.values())) == len(found) else {}


def _put_before(runs: Sequence[Run], entries: Mapping[int, int]) -> list[Run]:
    """The runs, with some of them before others, which begin their entries."""
    joined = {first: _joined(runs[i], runs[first]) for i, first in entries.items()}
    return [joined.get(i, r) for i, r in enumerate(runs) if i not in entries]


def _is_table(runs: Sequence[Run], entries: Mapping[int, int]) -> bool:
    """Whether a further column stands level with the numbers: it is read by rows then."""
    listed = {*entries, *entries.values()}
    beyond = [
        {
            round(r.x0 / _EDGE)
            for k, r in enumerate(runs)
            if k not in listed and r.x0 > runs[entry].x0 and abs(r.base - runs[i].base) < _LEVEL
        }
        for i, entry in entries.items()
    ]
    columns = Counter(x for found in beyond for x in found)
    return 2 * max(columns.values(), default=0) > len(entries)


def _entry(runs: Sequence[Run], number: int, numbers: Collection[int]) -> int | None:
    """The first line of the entry beside a number, None where no text stands there."""
    own = runs[number]
    if any(
        abs(r.base - own.base) < own.size and 0 <= own.x0 - r.x1 < _ALONE * own.size for r in runs
    ):
        return None  # a figure within a line
    middle = own.base - own.size / 3
    right = [
        i for i, r in enumerate(runs) if i not in numbers and 0 <= r.x0 - own.x1 <= _BEFORE * r.size
    ]
    near = [runs[i] for i in right if abs(runs[i].base - own.base) <= _LEADING * runs[i].size]
    if not near:
        return None
    edge = min(r.x0 for r in near)
    lines = (i for i in right if abs(runs[i].x0 - edge) <= _EDGE)
    for block in _blocks(runs, sorted(lines, key=lambda i: runs[i].base)):
        first, last = runs[block[0]], runs[block[-1]]
        if first.base - _ASCENT * first.size <= middle <= last.base + _DESCENT * last.size:
            return block[0] if any(c.isalpha() for i in block for c in runs[i].plain) else None
    return None


def _blocks(runs: Sequence[Run], lines: Sequence[int]) -> list[list[int]]:
    """Lines of one size, cut where they stand further apart than those of one entry."""
    blocks: list[list[int]] = []
    for i in lines:
        line, last = runs[i], runs[blocks[-1][-1]] if blocks else None
        if last and line.size == last.size and line.base - last.base <= _LEADING * line.size:
            blocks[-1].append(i)
        else:
            blocks.append([i])
    return blocks


def _joined(number: Run, first: Run) -> Run:
    """A line with its number before it, a space between."""
    shift = first.x0 - _GAP * first.size - number.x1
    moved = [g._replace(x0=g.x0 + shift, x1=g.x1 + shift, base=first.base) for g in number.glyphs]
    return first._replace(
        glyphs=(*moved, *first.glyphs),
        spaced=(*number.spaced, True, *first.spaced[1:]),
        x0=number.x0 + shift,
        plain=number.plain + first.plain,
    )
