"""Tables of facts: a row of labels above the row of their values.

`国家   人口（万人）   面积（平方公里）   大学生人数` stands above `芬兰   25.5   —   3.5万`. Each
cell belongs to the label above it, whatever it says: below a further label stands a further fact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.knowledge.layouts import Layouts
from pipeline.model import Document, Line, Piece
from pipeline.segment.lines.cells import country_span, gap_cells
from pipeline.segment.lines.marks import LineKind, Mark
from pipeline.textforms import display_width, ends_sentence

_WIDEST_LABEL = 28  # columns
_LEAST_CELLS, _MOST_CELLS = 3, 8
_BOTH = 2  # labels of figures, and nothing else
_GAPS = ("  ", "\t", "|", "｜")


def fact_table_marks(document: Document, layouts: Layouts) -> dict[int, list[Mark]]:
    """The marks of the two lines of such tables, by their numbers."""
    marks: dict[int, list[Mark]] = {}
    filled = [line for line in document.lines if line.text.strip()]
    for labels, values in pairwise(filled):
        gaps = any(sign in labels.text.strip() for sign in _GAPS)
        if gaps and labels.page == values.page and (found := _table(labels, values, layouts)):
            marks[labels.number], marks[values.number] = found
    return marks


def _table(labels: Line, values: Line, layouts: Layouts) -> tuple[list[Mark], list[Mark]] | None:
    """The marks of a row of labels and of the row of their values, or None."""
    if not layouts.names_value_label(labels.text):
        return None
    heads = _cells(labels)
    texts = [labels.text[p.start : p.end] for p in heads]
    kinds = [layouts.value_label(text) for text in texts]
    told = [kind for kind in kinds if kind]
    if not (_LEAST_CELLS <= len(heads) <= _MOST_CELLS or len(told) == len(heads) == _BOTH):
        return None
    if not told or len(set(told)) < len(told) or not all(map(_may_be_label, texts)):
        return None
    cells = _cells(values)
    if len(cells) != len(heads):
        return None
    below = list(_values(values, cells, kinds, layouts))
    if len(below) < len(cells):
        return None
    return [Mark(p, kind or "fact") for p, kind in zip(heads, kinds, strict=True)], below


def _cells(line: Line) -> list[Piece]:
    return [Piece(line.number, *span) for span in gap_cells(line.text)]


def _may_be_label(text: str) -> bool:
    return (
        display_width(text) <= _WIDEST_LABEL
        and not any(map(str.isdecimal, text))
        and any(map(str.isalpha, text))
        and not ends_sentence(text)
    )


def _values(
    line: Line, cells: Sequence[Piece], kinds: Sequence[LineKind | None], layouts: Layouts
) -> Iterator[Mark]:
    """The marks of the cells of a row of values; fewer where one does not fit its label."""
    for cell, kind in zip(cells, kinds, strict=True):
        text = line.text[cell.start : cell.end]
        if kind and layouts.is_no_value(text):
            yield Mark(cell, "fact")
        elif kind in ("population", "area"):
            if not layouts.is_number(text, kind):
                return
            yield Mark(cell, kind)
        elif kind is None and (span := country_span(text)):
            start = cell.start
            yield Mark(Piece(cell.line, start + span[0], start + span[1]), "country")
        else:
            yield Mark(cell, "fact")
