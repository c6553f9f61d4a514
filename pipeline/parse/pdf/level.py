"""Two sides of a gutter that are read across: tables of facts, and headings in the margin.

The left side is short entries, and each stands level with the text that belongs to it on the
right. Columns of prose are not like that: their lines are long, or begin level by chance amid a
paragraph of the other column.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.parse.pdf.page_rows import Row
from pipeline.parse.pdf.runs import Run

_WIDEST_ENTRY = 14.0  # em; what is wider on the left is a column of text
_WIDEST_MARK = 3.0  # em: a tick, or yes and no, in the right cells of a table
_LEVEL = 0.35  # em by which an entry and its text may stand off level
_WRAPPED = 1.55  # em between the lines of one entry
_LOOSELY = 0.7  # em of white between the rows of a table above columns
_LOOSE = 1.15  # times the least distance of lines: where the text on the right has a gap
_SENTENCE_END = tuple(".。!！?？;；,，")

_Lines = list[list[Run]]


class Cells(list[Run]):
    """The runs of one row of a table: each is a cell, however near they stand."""


def read_across(left: Sequence[Run], right: Sequence[Run], em: float) -> list[list[Run]] | None:
    """The regions of entries and their texts in turn, or None where the sides are columns.

    An entry of one line and its text of one line are one region.
    """
    entries, texts = _lines(left), _lines(right)
    plain = ["".join(r.plain for r in line) for line in entries]
    width = max(r.x1 for r in left) - min(r.x0 for r in left)
    narrow = all(r.x1 - r.x0 <= _WIDEST_MARK * em for r in right)
    marks = narrow and len({round(r.size) for r in right}) == 1  # no figure above its caption
    if marks and (ticked := _single_rows(entries, texts, em)):
        return [Cells(r for line in (*a, *b) for r in line) for a, b in ticked]
    if (
        width > _WIDEST_ENTRY * em
        or any(p.endswith(_SENTENCE_END) for p in plain)
        or any(c.isdigit() for p in plain for c in p)
    ):
        return None
    rows = _single_rows(entries, texts, em) or _rows(_groups(entries), texts, em)
    if rows is None or len(rows) < 2:
        return None
    out: list[list[Run]] = []
    for entry, text in rows:
        one = [r for line in entry for r in line], [r for line in text for r in line]
        out += [Cells([*one[0], *one[1]])] if len(entry) == len(text) == 1 else list(one)
    return out


def table_above(rows: Sequence[Row], middle: float, em: float) -> int:
    """How many rows at the top of two columns are a table of facts that stands above them, or 0.

    Each is a short entry and its text, level and set loosely, some text holds a figure, and the
    texts begin at a place at which no line of the right column does.
    """
    count = 0
    places: set[float] = set()
    for row, below in pairwise(rows):
        left, *right = sorted(row.runs, key=lambda r: r.x0)
        if (
            len(right) != 1
            or not left.x1 <= middle <= right[0].x0
            or abs(left.base - right[0].base) > _LEVEL * em
            or left.x1 - left.x0 > _WIDEST_ENTRY * em
            or any(c.isdigit() for c in left.plain)
            or left.plain.endswith(_SENTENCE_END)
            or below.top - row.bottom < _LOOSELY * em
        ):
            break
        places.add(round(right[0].x0))
        count += 1
    texts = [r for row in rows[:count] for r in row.runs if r.x0 >= middle]
    column = {round(r.x0) for row in rows[count:] for r in row.runs if r.x0 >= middle}
    near = {x + step for x in column for step in (-1, 0, 1)}
    figures = any(c.isdigit() for r in texts for c in r.plain)
    return count if count > 1 and len(places) == 1 and figures and not places & near else 0


def _lines(runs: Sequence[Run]) -> _Lines:
    lines: _Lines = []
    for run in sorted(runs, key=lambda r: (r.base, r.x0)):
        if lines and run.base - lines[-1][0].base <= _LEVEL * run.size:
            lines[-1].append(run)
        else:
            lines.append([run])
    return lines


def _groups(lines: _Lines) -> list[_Lines]:
    """The entries of the left side: lines near one another are one entry."""
    groups: list[_Lines] = [[lines[0]]]
    for above, below in pairwise(lines):
        if below[0].base - above[0].base > _WRAPPED * below[0].size:
            groups.append([])
        groups[-1].append(below)
    return groups


def _single_rows(entries: _Lines, texts: _Lines, em: float) -> list[tuple[_Lines, _Lines]] | None:
    """The rows of a table in which every cell is one line."""
    level = len(entries) == len(texts) and all(
        abs(a[0].base - b[0].base) <= _LEVEL * em for a, b in zip(entries, texts, strict=True)
    )
    return [([a], [b]) for a, b in zip(entries, texts, strict=True)] if level else None


def _rows(groups: list[_Lines], texts: _Lines, em: float) -> list[tuple[_Lines, _Lines]] | None:
    """Each entry with the lines on the right that stand level with it, or around its middle."""
    steps = [b[0].base - a[0].base for a, b in pairwise(texts)]
    if not steps:
        return None
    starts = [0]
    for above, below in pairwise(groups):
        level = (
            k
            for k in range(starts[-1] + 1, len(texts))
            if abs(texts[k][0].base - below[0][0].base) <= _LEVEL * em
        )
        between = [
            k
            for k in range(starts[-1] + 1, len(texts))
            if _middle(above) < (texts[k - 1][0].base + texts[k][0].base) / 2 < _middle(below)
        ]
        start = next(level, None)
        if start is None or steps[start - 1] <= _LOOSE * min(steps):
            start = max(between, key=lambda k: steps[k - 1], default=None)
        if start is None or steps[start - 1] <= _LOOSE * min(steps):
            return None
        starts.append(start)
    rows = [
        (group, texts[a:b])
        for group, a, b in zip(groups, starts, [*starts[1:], len(texts)], strict=True)
    ]
    return rows if all(_belongs(group, text, em) for group, text in rows) else None


def _belongs(group: _Lines, text: _Lines, em: float) -> bool:
    top = abs(group[0][0].base - text[0][0].base) <= _LEVEL * em
    return top or abs(_middle(group) - _middle(text)) <= _LEVEL * em


def _middle(lines: _Lines) -> float:
    return (lines[0][0].base + lines[-1][0].base) / 2
