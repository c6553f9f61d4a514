"""Columns that stand side by side in the lines of a plain text, as `pdftotext -layout` prints them.

A gutter is a place at which many lines of a page begin anew after a wide gap, and that no line
among them prints over. Lines from the first to the last of them are read column by column, or row
by row where the left column holds the titles of what stands beside them. Programs count columns
by characters or by their widths, and round; so a column begins at about the same place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from pipeline.knowledge.layouts import Layouts
from pipeline.model import Document, Finding, Line, Piece
from pipeline.pieces import where_lines
from pipeline.segment.view.dress import sentences_over
from pipeline.textforms import display_width, ends_sentence, has_han, has_latin, is_justified

_CELL = re.compile(r"\S+(?:[ \u3000]\S+)*")
_LEAST_LINES = 5  # begin at a gutter
_LEAST_SHARE = 0.5  # of the lines from the first to the last of them that have text
_LEAST_PROSE = 28  # columns that the lines of a column of prose take, by their median
_LEAST_TEXT = 16  # and of two columns of text
_LEAST_BESIDE = 4  # and of what stands beside prose
_LEAST_GUTTER = 10  # columns to the left of a gutter
_WINDOW = 5  # columns from the left edge of a column to the deepest beginning of a line in it
_MOST_BLANKS = 2  # lines within a column
_DEEPEST = 2  # gutters within a page, beside each other
_INDENT = 2
_TITLE_WIDTH = 0.7  # of the line below
_EVEN = 0.8  # of the lines of a column that begin at its edge or at one indentation
_LEAST_TITLES = 2
_TITLED = 0.8  # of the cells of a left column, where they are titles of what is beside them
_TITLES_SHARE = 0.5  # of the lines beside them
_LABELS = 0.6  # of the cells of a left column, where they are labels of what is beside them

Measure = Callable[[str], int]


class _Cell(NamedTuple):
    """Part of a line that wide gaps set apart: its offsets, and its first and last column."""

    start: int
    end: int
    left: int
    right: int


class _Row(NamedTuple):
    """A line, or the part of it that stands in one column.

    `facts` are the gaps between labels of figures and their figures.
    """

    line: Line
    cells: tuple[_Cell, ...]
    facts: tuple[range, ...] = ()


class _Band(NamedTuple):
    """A gutter, the first and last row that it divides, and how many lines begin at it.

    `right_end` is the last row with something on its right.
    """

    gutter: int
    first: int
    last: int
    right_end: int
    lines: int


def column_pieces(lines: Sequence[Line], layouts: Layouts) -> list[Piece] | None:
    """The pieces of all lines in the order of reading, or None where no columns stand so."""
    if any(line.box for line in lines) or not any("   " in line.text.strip() for line in lines):
        return None
    pages = [list(page) for _, page in groupby(lines, key=lambda line: line.page)]
    readings = [_read_all(pages, measure, layouts) for measure in (display_width, len)]
    best, count = max(readings, key=lambda r: r[1])
    return best if count else None


def _read_all(
    pages: list[list[Line]], measure: Measure, layouts: Layouts
) -> tuple[list[Piece], int]:
    """The pieces of all pages in order, and how many lines stand in columns."""
    out: list[Piece] = []
    count = 0
    for page in pages:
        pieces, found = _read([_row(line, measure, layouts) for line in page], _DEEPEST)
        out += pieces if found else map(_whole, page)
        count += found
    return out, count


def column_findings(document: Document, pieces: Sequence[Piece]) -> Iterator[Finding]:
    """A finding where `pieces` read a plain text column by column."""
    divided = [p.line for p in pieces if p.start and p.start < p.end]
    held = Counter(p.line for p in pieces if p.start < p.end)
    several = any(count > 1 for count in held.values())
    if any(line.box or "\r" in line.text for line in document.lines) or not several:
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


def _row(line: Line, measure: Measure, layouts: Layouts) -> _Row:
    text = line.text.rstrip()
    if is_justified(text):
        spans = [(len(text) - len(text.lstrip()), len(text))]
    else:
        spans = [cell.span() for cell in _CELL.finditer(text)]
    cells = tuple(_Cell(a, b, measure(text[:a]), measure(text[:b])) for a, b in spans)
    facts = (
        range(label.right, value.left + 1)
        for label, value in pairwise(cells)
        if (kind := layouts.value_label(text[label.start : label.end]))
        and layouts.is_number(text[value.start : value.end], kind)
    )
    return _Row(line, cells, tuple(facts))


def _read(rows: list[_Row], depth: int, *, inner: bool = False) -> tuple[list[Piece], int]:
    """The pieces of some rows in the order of reading, and how many of them are divided.

    `inner` says that the rows are of a column.
    """
    band = _band(rows) if depth else None
    if band is None:
        return (_pieces(rows) if inner else [_whole(row.line) for row in rows]), 0
    gutter, first, last, right_end, count = band
    if _are_titles(*_sides(rows[first : right_end + 1], gutter)):
        last = right_end
        parts = [(_by_rows(*_sides(rows[first : last + 1], gutter)), 0)]
    else:
        inside = rows[first : last + 1]
        sides = [_without_half_blanks(side, inside) for side in _sides(inside, gutter)]
        parts = [_read(side, depth - 1, inner=True) for side in sides]
    above, below = (_read(part, depth, inner=inner) for part in (rows[:first], rows[last + 1 :]))
    read = [above, *parts, below]
    return [p for pieces, _ in read for p in pieces], count + sum(n for _, n in read)


def _pieces(rows: list[_Row]) -> list[Piece]:
    """The parts of rows that stand in one column, each with its indentation in that column."""
    lefts = [row.cells[0].left for row in rows if row.cells]
    edge, count = max(Counter(lefts).items(), key=lambda x: (x[1], -x[0]), default=(0, 0))
    filled = [row for row in rows if row.cells]
    deeper = [i for i, left in enumerate(lefts) if _INDENT <= left - edge <= 2 * _INDENT]
    opens = sum(not i or i - 1 in deeper or _ends(filled[i - 1], filled[i]) for i in deeper)
    even = count + len(deeper) >= _EVEN * len(lefts) and opens >= _EVEN * len(deeper)
    out = []
    for row in rows:
        if not row.cells:
            out.append(Piece(row.line.number, 0, 0))
            continue
        start = row.cells[0].start
        depth = row.cells[0].left - edge if even else 0
        while depth > 0 and start and row.line.text[start - 1] in " \u3000":
            depth -= display_width(row.line.text[start - 1])
            start -= 1
        out.append(Piece(row.line.number, start, row.cells[-1].end))
    return out


def _sides(rows: list[_Row], gutter: int) -> tuple[list[_Row], list[_Row]]:
    """The parts of some rows to the left and to the right of a gutter."""
    left = [_Row(r.line, tuple(c for c in r.cells if c.left < gutter)) for r in rows]
    return left, [_Row(r.line, tuple(c for c in r.cells if c.left >= gutter)) for r in rows]


def _ends(above: _Row, below: _Row) -> bool:
    """Whether a line can only be the first of a paragraph by what stands above it."""
    short = _width(above) < _TITLE_WIDTH * _width(below)
    return ends_sentence(_text(above)) or short or below.line.number > above.line.number + 1


def _without_half_blanks(side: list[_Row], whole: list[_Row]) -> list[_Row]:
    """The rows of a column, without those in which the other one alone has text, amid a sentence.

    The lines of two columns need not stand on the same heights.
    """
    filled = [i for i, row in enumerate(side) if row.cells]
    goes_on = sentences_over([_text(side[i]) for i in filled])
    half: set[int] = set()
    for above, below in pairwise(filled):
        between = range(above + 1, below)
        if between and all(whole[i].cells for i in between):
            texts = _text(side[above]), _text(side[below])
            half |= set(between) if goes_on(*texts) else set()
    return [row for i, row in enumerate(side) if i not in half]


def _by_rows(left: list[_Row], right: list[_Row]) -> list[Piece]:
    """The pieces of rows with titles in the left column: each title, then what is beside it."""
    out: list[Piece] = []
    for title, beside, piece in zip(left, right, _pieces(right), strict=True):
        if title.cells:
            out += [Piece(title.line.number, 0, 0), *_pieces([title])]
        if beside.cells or not title.cells:
            out.append(piece)
    return out


def _are_titles(left: list[_Row], right: list[_Row]) -> bool:
    """Whether each cell of the left column stands beside the first line of a text."""
    titles = [i for i, row in enumerate(left) if row.cells]
    texts = [i for i, row in enumerate(right) if row.cells]
    if len(titles) < _LEAST_TITLES or len(titles) > _TITLES_SHARE * len(texts):
        return False
    opens = sum(
        bool(right[i].cells)
        and (i == 0 or not right[i - 1].cells or ends_sentence(_text(right[i - 1])))
        for i in titles
    )
    return opens >= _TITLED * len(titles) and not any(ends_sentence(_text(left[i])) for i in titles)


def _text(row: _Row) -> str:
    return row.line.text[row.cells[0].start : row.cells[-1].end]


def _width(row: _Row) -> int:
    return display_width(_text(row))


def _band(rows: list[_Row]) -> _Band | None:
    """The gutter at which most lines begin anew, with the rows that it divides."""
    starts = sorted({c.left for row in rows for c in row.cells if c.left >= _LEAST_GUTTER})
    found = [band for gutter in starts for band in _bands(rows, gutter)]
    return max(found, key=lambda b: (b.lines, b.gutter), default=None)


def _bands(rows: list[_Row], gutter: int) -> Iterator[_Band]:
    """The runs of rows that a gutter divides; the rows of a table of facts are none."""
    run: list[int] = []
    blanks = 0
    facts = _fact_rows(rows, gutter)
    for i, row in enumerate([*rows, None]):
        blanks = blanks + 1 if row is not None and not row.cells else 0
        crossed = row is None or i in facts or any(c.left < gutter < c.right for c in row.cells)
        if crossed or blanks > _MOST_BLANKS:
            band = _settled(rows, gutter, run)
            if band is not None:
                yield band
            run = []
        elif row is not None and row.cells:
            run.append(i)


def _fact_rows(rows: list[_Row], gutter: int) -> set[int]:
    """The rows between two blank ones where a gutter parts a figure from its label in one."""
    out: set[int] = set()
    for _, group in groupby(enumerate(rows), key=lambda row: bool(row[1].cells)):
        block = list(group)
        if any(gutter in gap for _, row in block for gap in row.facts):
            out.update(i for i, _ in block)
    return out


def _settled(rows: list[_Row], gutter: int, run: list[int]) -> _Band | None:
    """A run of rows with text as a band, if both sides of it are columns."""
    begins = [i for i in run if any(gutter <= c.left <= gutter + _WINDOW for c in rows[i].cells)]
    if len(begins) < _LEAST_LINES:
        return None
    first, last = begins[0], begins[-1]
    inside = [rows[i] for i in run if first <= i <= last]
    sides = _sides(inside, gutter)
    widths = [_median([_width(row) for row in side if row.cells]) for side in sides]
    lefts = sum(rows[i].cells[0].left < gutter for i in run if i <= last)
    labels = sum(_text(row).endswith((":", "：")) for row in sides[0] if row.cells)
    text = "".join(r.line.text for r in inside)
    if (
        len(begins) < _LEAST_SHARE * len(inside)
        or lefts < _LEAST_LINES - 2
        or labels > _LABELS * lefts
        or not (min(widths) >= _LEAST_TEXT or max(widths) >= _LEAST_PROSE)
        or min(widths) < _LEAST_BESIDE
        or not (has_han(text) or has_latin(text))
    ):
        return None
    return _Band(gutter, first, _left_end(rows, run, last, widths[0]), last, len(begins))


def _left_end(rows: list[_Row], run: list[int], last: int, width: int) -> int:
    """The last row of a band whose left column goes on below its right one.

    It does on the very next line; below blank ones only with text as wide as the column.
    """
    below = [i for i in run if i > last]
    end = last
    for i in below:
        blanks = i - end - 1
        least = 0 if end == last else 1
        if blanks > least and not _goes_wide(rows, [j for j in below if j >= i], width):
            break
        end = i
    return end


def _goes_wide(rows: list[_Row], below: list[int], width: int) -> bool:
    """Whether a line as wide as its column is among the rows up to the next blank ones."""
    for n, i in enumerate(below):
        if n and i - below[n - 1] > 1:
            break
        if rows[i].cells and _width(rows[i]) >= width - _WINDOW:
            return True
    return False


def _median(values: list[int]) -> int:
    ordered = sorted(values)
    return ordered[len(ordered) // 2] if ordered else 0
