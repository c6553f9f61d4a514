"""How the paragraphs of a document are set, by all its text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pipeline.model import Document, Piece
from pipeline.pieces import piece_text
from pipeline.segment.lines.bullets import bullet_mark
from pipeline.segment.lines.columns import column_width, visible, width
from pipeline.segment.lines.marks import Block
from pipeline.textforms import display_width, ends_sentence, has_han, indent

INDENT = 2  # columns: what begins further right is set in
_LONGEST_LINE = 150  # columns; no page is set in wider ones
_OFTEN = 0.1  # of the long lines: as many that no page holds are paragraphs of one line
_LONG_LINE = 30  # columns
_NEARLY_ALL = 0.8  # of the long lines end a sentence, where each is a paragraph
_MOSTLY_INDENTED = 0.6  # of the blocks of a text whose paragraphs are set in
_ENOUGH_LINES = 6  # that break off in a sentence, to tell the width of Chinese text
_MOSTLY_EVEN = 0.75  # of those are as wide as the column
_EVEN = 3  # columns by which full lines of Chinese text differ
_FAR_SHORT = 6  # columns
_LINES_OF_COLUMN = 4  # that tell the width of a ragged column
_ENOUGH_BLOCKS = 4  # that tell the one width of all Latin text
_FULL = 0.9  # of the blocks are no wider
_ONE_WIDTH = 0.9  # of the widest, in which all but a quarter of the blocks are
_SELDOM = 0.02  # of the lines that go on leave room for the next word
_SPARE = 2  # columns beyond the next word
_NO_BREAK = re.compile(r"[“「『（《〈]*(?:[A-Za-z0-9.,%'’/+-]+|.)[，。、；：！？）》”」』]*")


class TextStyle(NamedTuple):
    """How the paragraphs of a document are set, which its single ones do not tell for certain.

    Of a page with places, only whether they are `indented`.

    `unwrapped`: each is one line. `indented`: their first lines are set in, and no others.
    `sharp` and `ragged` are the widths of the columns in which all Chinese or Latin text is set
    as wide as it lets them, so that a line that is clearly shorter ends a paragraph; else 0.
    """

    unwrapped: bool = False
    indented: bool = False
    sharp: float = 0.0
    ragged: float = 0.0


def text_style(document: Document, sections: Iterable[list[Block]]) -> TextStyle:
    """How the paragraphs of a document are set, by the text of all its sections."""
    blocks = [b for inside in sections for b in inside]
    pieces = [p for b in blocks for p in b.pieces if document.lines[p.line - 1].box is None]
    if not pieces:  # of the rest, the page itself tells
        return TextStyle(indented=_indents(document, blocks))
    long = [
        t for p in pieces if display_width((t := piece_text(document, p)).strip()) >= _LONG_LINE
    ]
    wide = sum(len(t) > _LONGEST_LINE // (1 + has_han(t)) for t in long)
    ends = sum(map(ends_sentence, long))
    unwrapped = wide > _OFTEN * len(long) or ends >= _NEARLY_ALL * len(long) > 0
    if unwrapped:
        return TextStyle(unwrapped=True)
    indented, sharp = _indents(document, blocks), _sharp_width(document, blocks)
    return TextStyle(False, indented, sharp, _one_width(document, blocks))


def _one_width(document: Document, blocks: list[Block]) -> float:
    """The width of the one column in which all Latin text of a document is set, or 0."""
    widths = sorted(
        column_width(document, b.pieces) or 0.0
        for b in blocks
        if len(b.pieces) >= _LINES_OF_COLUMN
        and all(document.lines[p.line - 1].box is None for p in b.pieces)
        and not any(has_han(piece_text(document, p)) for p in b.pieces)
    )
    if len(widths) < _ENOUGH_BLOCKS:
        return 0.0
    widest = widths[int(_FULL * (len(widths) - 1))]
    if widths[len(widths) // 4] < _ONE_WIDTH * widest:
        return 0.0
    on = [
        (above, below)
        for b in blocks
        for above, below in pairwise(b.pieces)
        if visible(document, below)[:1].islower()
    ]
    short = sum(leaves_word(document, above, below, widest) for above, below in on)
    return widest if short <= _SELDOM * len(on) else 0.0


def _indents(document: Document, blocks: list[Block]) -> bool:
    """Whether lines that are set in begin the paragraphs of a document, and open each block."""
    first = [indent(piece_text(document, b.pieces[0])) >= INDENT for b in blocks]
    others = [
        indent(piece_text(document, p)) >= INDENT
        for b in blocks
        for p in b.pieces[1:]
        if not bullet_mark(piece_text(document, p))
    ]
    return (
        len(first) > 1
        and sum(first) >= _MOSTLY_INDENTED * len(first)
        and len(others) > sum(first) / 2
        and sum(others) <= len(others) / 2
    )


def _sharp_width(document: Document, blocks: list[Block]) -> float:
    """The one width of all lines of Chinese text that break off in a sentence, or 0."""
    open_lines = [
        width(document, above)
        for b in blocks
        for above, below in pairwise(b.pieces)
        if has_han(text := piece_text(document, above))
        and document.lines[above.line - 1].box is None
        and not ends_sentence(text)
        and not bullet_mark(piece_text(document, below))
    ]
    if len(open_lines) < _ENOUGH_LINES:
        return 0.0
    column = median(open_lines)
    even = sum(abs(w - column) <= _EVEN for w in open_lines)
    return column if even >= _MOSTLY_EVEN * len(open_lines) else 0.0


def leaves_word(document: Document, above: Piece, below: Piece, column: float) -> bool:
    """Whether a line of plain Latin text ends although the next word would have fitted."""
    text, after = visible(document, above), visible(document, below)
    if document.lines[above.line - 1].box is not None or has_han(text) or not after:
        return False
    return width(document, above) + 1 + display_width(after.split()[0]) + _SPARE <= column


def is_far_short(document: Document, above: Piece, below: Piece, column: float) -> bool:
    """Whether a line of plain Chinese text leaves room that the next word would have taken."""
    text = piece_text(document, above)
    if document.lines[above.line - 1].box is not None or not has_han(text):
        return False
    word = _NO_BREAK.match(visible(document, below))
    taken = display_width(word.group()) if word else 2
    return width(document, above) + max(taken + _EVEN, _FAR_SHORT) < column
