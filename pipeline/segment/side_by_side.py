"""Columns that stand side by side in the lines of a plain text, as `pdftotext -layout` prints them.

A gutter is a place at which many lines of a page begin anew after a wide gap, and that no line
among them prints over. Lines from the first to the last of them are read column by column.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.model import Document, Finding, Line, Piece
from pipeline.pieces import where_lines
from pipeline.textforms import display_width, has_han, has_latin

_CELL = re.compile(r"\S+(?: \S+)*")
_LEAST_LINES = 5  # begin at a gutter
_LEAST_SHARE = 0.5  # of the lines from the first to the last of them that have text
_LEAST_TEXT = 16  # columns that the lines of each side take, by their median
_SLACK = 1


def column_pieces(lines: Sequence[Line]) -> list[Piece] | None:
    """The pieces of all lines in the order of reading, or None where no columns stand so."""
    if any(line.box for line in lines) or not any("   " in line.text.strip() for line in lines):
        return None
    out: list[Piece] = []
    found = False
    for _, page in groupby(lines, key=lambda line: line.page):
        here = list(page)
        band = _band(here)
        found = found or band is not None
        out += _read(here, *band) if band else map(_whole, here)
    return out if found else None


def column_findings(document: Document, pieces: Sequence[Piece]) -> Iterator[Finding]:
    """A finding where `pieces` read a plain text column by column."""
    divided = [p.line for p in pieces if p.start and p.start < p.end]
    if any(line.box or "\r" in line.text for line in document.lines) or not divided:
        return
    where = where_lines(document, divided)
    yield Finding(
        "warning",
        "columns_in_lines",
        f"{len(divided)} lines hold columns side by side, which were read one after the other; "
        "check the paragraphs, or give the PDF instead of its text",
        document.source.edition.edition,
        None,
        "paragraphs",
        "text",
        where,
    )


def _whole(line: Line) -> Piece:
    return Piece(line.number, 0, len(line.text))


def _cells(text: str) -> Iterator[tuple[int, int, int]]:
    """Offset, first and last column of each part of a line that two spaces or more set apart."""
    for cell in _CELL.finditer(text):
        column = display_width(text[: cell.start()])
        yield cell.start(), column, column + display_width(cell.group())


def _band(lines: Sequence[Line]) -> tuple[int, int, int] | None:
    """Where the right column begins, and the indices of the first and last line of the band."""
    cells = [list(_cells(line.text)) for line in lines]
    begins = Counter(c[1] for row in cells for c in row[-1:] if c[1] >= _LEAST_TEXT)
    for gutter, count in sorted(begins.items(), key=lambda b: (-b[1], b[0])):
        if count < _LEAST_LINES:
            return None
        right = [i for i, row in enumerate(cells) if any(abs(c[1] - gutter) <= _SLACK for c in row)]
        first, last = right[0], right[-1]
        while any(c[1] < gutter - _SLACK and c[2] >= gutter for c in cells[first]):
            first += 1
        inside = cells[first : last + 1]
        filled = [row for row in inside if row]
        crossed = any(c[1] < gutter - _SLACK and c[2] >= gutter for row in inside for c in row)
        sides = [[r[0] for r in filled if r[0][1] < gutter - _SLACK],
                 [r[-1] for r in filled if r[-1][1] >= gutter - _SLACK]]  # fmt: skip
        if (
            not crossed
            and len(right) >= _LEAST_SHARE * len(filled)
            and all(side and _median(c[2] - c[1] for c in side) >= _LEAST_TEXT for side in sides)
            and _is_prose(lines[first : last + 1])
        ):
            return gutter - _SLACK, first, _left_end(cells, gutter, last)
    return None


def _left_end(cells: list[list[tuple[int, int, int]]], gutter: int, last: int) -> int:
    """The last line of a band whose left column goes on below its right one."""
    for i in range(last + 1, len(cells)):
        if not cells[i] and (i + 1 == len(cells) or not cells[i + 1]):
            break
        if any(c[2] >= gutter for c in cells[i]):
            break
        if cells[i]:
            last = i
    return last


def _median(values: Iterator[int]) -> int:
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


def _is_prose(lines: Sequence[Line]) -> bool:
    text = "".join(line.text for line in lines)
    return has_han(text) or has_latin(text)


def _read(lines: Sequence[Line], gutter: int, first: int, last: int) -> list[Piece]:
    """The band's left column, then its right one, with the lines above and below it."""
    left, right = [], []
    for line in lines[first : last + 1]:
        at = next((o for o, column, _ in _cells(line.text) if column >= gutter), len(line.text))
        left.append(Piece(line.number, 0, len(line.text[:at].rstrip()) if at else 0))
        right.append(Piece(line.number, at, len(line.text)))
    above, below = lines[:first], lines[last + 1 :]
    return [*map(_whole, above), *left, *right, *map(_whole, below)]
