"""Tables of themes with other columns beside them: a number, or which group a theme is of.

`#   Theme   Type` stands above rows such as `2   Urban poverty   Primary`. The cells of the theme's
column are the labels; a label in two lines has its number and its group level with it, between
the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.knowledge.titles import titles
from pipeline.model import Document, Line, Piece
from pipeline.segment.lines.cells import gap_cells
from pipeline.segment.lines.marks import LineKind, Mark

_GAP = re.compile(r"\S(?:\s{2,}|\t|\s*[|｜])")
_NUMBER = re.compile(r"[#№]|(?:No\.?|Nr\.?|序号|编号)|\d{1,2}[.)]?", re.IGNORECASE)
_LONGEST = 80  # characters in the row of heads
_LEAST_ROWS = 2
_MOST_CELLS = 3
_MOST_LINES = 100  # of a run of rows


def table_marks(document: Document) -> dict[int, list[Mark]]:
    """The marks of the lines of such tables: the heads, then labels among further cells."""
    marks: dict[int, list[Mark]] = {}
    lines = document.lines
    for i, line in enumerate(lines):
        if line.number in marks or not (head := _head(line)):
            continue
        rows: dict[int, list[Mark]] = {}
        for row in _rows(lines[i + 1 :], line.page):
            found = _row(row)
            if not found:
                break
            rows |= found
        if sum(m.kind == "ticked" for own in rows.values() for m in own) >= _LEAST_ROWS:
            marks |= {line.number: head} | rows
    return marks


def labels_together(marks: list[Mark]) -> list[Mark]:
    """The marks with the rest of a label right behind its begin, before cells level with both."""
    out: list[Mark] = []
    for mark in marks:
        at = len(out)
        while mark.kind == "goes_on" and at and out[at - 1].kind == "fact":
            at -= 1
        begun = mark.kind == "goes_on" and at and out[at - 1].kind in ("ticked", "goes_on")
        out.insert(at if begun else len(out), mark)
    return out


def _head(line: Line) -> list[Mark]:
    """The heads of the columns, one of which is that of themes and another of their groups."""
    if len(line.text) > _LONGEST or not _GAP.search(line.text):
        return []
    cells = gap_cells(line.text)
    texts = [line.text[slice(*cell)] for cell in cells]
    themes = [titles().may_list_themes(_unnumbered(text)) for text in texts]
    others = [titles().heads_groups(t) or bool(_NUMBER.fullmatch(t)) for t in texts]
    if len(cells) < 2 or themes.count(True) != 1 or not any(map(titles().heads_groups, texts)):
        return []
    if not all(t or o for t, o in zip(themes, others, strict=True)):
        return []
    return [
        Mark(Piece(line.number, *cell), "heading" if own else "fact", "themes" if own else None)
        for cell, own in zip(cells, themes, strict=True)
    ]


def _unnumbered(text: str) -> str:
    return re.sub(r"^[#№]\s*", "", text)


def _rows(lines: Sequence[Line], page: int) -> Iterator[list[Line]]:
    """The runs of lines of one page that no blank line divides."""
    for blank, run in groupby(lines, key=lambda x: not x.text.strip()):
        own = list(run)
        if not blank and own[0].page == page:
            yield own
        elif not blank:
            return


def _row(row: Sequence[Line]) -> dict[int, list[Mark]]:
    """The marks of a run of rows: labels, numbers and groups; none for other text.

    A line with all of them is a row; in a run without, the lines of one label are.
    """
    marks: dict[int, list[Mark]] = {}
    label = grouped = False
    if len(row) > _MOST_LINES:
        return {}
    table = [[line.text[slice(*cell)] for cell in gap_cells(line.text)] for line in row]
    others = [[titles().is_group(t) or bool(_NUMBER.fullmatch(t)) for t in own] for own in table]
    first = _first_lines(others)
    for i, (line, texts, beside) in enumerate(zip(row, table, others, strict=True)):
        cells = gap_cells(line.text)
        grouped = grouped or any(map(titles().is_group, texts))
        if len(cells) > _MOST_CELLS or beside.count(False) > 1:
            return {}
        label = label and i not in first and (all(beside) or not any(beside))
        for cell, other in zip(cells, beside, strict=True):
            kind: LineKind = "fact" if other else "goes_on" if label else "ticked"
            marks.setdefault(line.number, []).append(Mark(Piece(line.number, *cell), kind))
            label = label or not other
    return marks if label and grouped else {}


def _first_lines(others: Sequence[Sequence[bool]]) -> set[int]:
    """The lines with which labels begin whose further cells stand beside the middle of them.

    As many lines of such a label stand below these cells as above them. `others` tells of each
    cell of each line whether it is such a further one.
    """
    found: set[int] = set()
    own = 0  # lines of a label since the last row
    below = 0  # of them, those of the label above
    for i, beside in enumerate(others):
        if not any(beside):
            own += 1
            continue
        if all(beside):
            above = max(0, own - below)
            if above:
                found.add(i - above)
            below = above
        else:
            below = 0
        own = 0
    return found
