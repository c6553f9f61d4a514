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
from pipeline.segment.lines.columns import visible, width
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
_LINES_OF_COLUMN = 4  # of a block of text whose lines tell the width of a ragged column
_FULL = 0.95  # of the lines are no wider
_PROPORTIONAL = 0.88  # of the widest: what lines of letters of different widths all fill
_TWO_LINES = 1.3  # times the usual width: what is wider may be two lines
_SELDOM = 0.02  # of the lines that go on leave room for the next word
_WIDER = 1.05  # times the widest line: what is wider is two lines
_CLEARLY_SHORT = 0.8  # of a column
_SPARE = 2  # columns beyond the next word
_NO_BREAK = re.compile(r"[“「『（《〈]*(?:[A-Za-z0-9.,%'’/+-]+|.)[，。、；：！？）》”」』]*")


class RaggedColumn(NamedTuple):
    """A column of Latin text: the width that all its lines fill, and that of its widest ones."""

    filled: float
    widest: float


class TextStyle(NamedTuple):
    """How the paragraphs of a document are set, which its single ones do not tell for certain.

    Of a page with places, only whether they are `indented`.

    `unwrapped`: each is one line. `indented`: their first lines are set in, and no others.
    `sharp` and `ragged` are the columns in which all Chinese or Latin text is set as wide as it
    lets them, so that a line that is clearly shorter ends a paragraph; else 0 or None.
    """

    unwrapped: bool = False
    indented: bool = False
    sharp: float = 0.0
    ragged: RaggedColumn | None = None


def text_style(document: Document, texts: Iterable[list[Block]]) -> TextStyle:
    """How the paragraphs of a document are set, by the texts of all its profiles."""
    blocks = [b for text in texts for b in text]
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
    return TextStyle(False, indented, sharp, _ragged_column(document, blocks))


def style_of_part(document: Document, blocks: list[Block], style: TextStyle) -> TextStyle:
    """The style of the text of one profile: where a document has several widths, with its own."""
    if style.unwrapped or style.ragged:
        return style
    return style._replace(ragged=_ragged_column(document, blocks))


def _ragged_column(document: Document, blocks: list[Block]) -> RaggedColumn | None:
    """The one column in which all Latin text of some blocks is set, or None.

    It is told by lines that plainly go on in the next one. Letters are of different widths, so
    that lines of fewer of them may be full. A program that takes hyphens out puts two lines in one,
    which are wider than the column.
    """
    on = [
        (above, below)
        for b in blocks
        if len(b.pieces) >= _LINES_OF_COLUMN
        for above, below in pairwise(b.pieces)
        if document.lines[above.line - 1].box is None
        and not has_han(piece_text(document, above))
        and visible(document, below)[:1].islower()
    ]
    if len(on) < _ENOUGH_LINES:
        return None
    widths = sorted(width(document, above) for above, _ in on)
    single = [w for w in widths if w <= _TWO_LINES * median(widths)]
    widest = single[int(_FULL * (len(single) - 1))]
    for filled in (widest, _PROPORTIONAL * widest):
        column = RaggedColumn(filled, widest)
        short = sum(leaves_word(document, above, below, column) for above, below in on)
        if short <= _SELDOM * len(on):
            return column
    return None


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


def leaves_word(document: Document, above: Piece, below: Piece, column: RaggedColumn) -> bool:
    """Whether a line of plain Latin text ends although the next word would have fitted.

    Two lines in one end where the second does; it must clearly be short, and end a sentence.
    """
    text, after = visible(document, above), visible(document, below)
    if document.lines[above.line - 1].box is not None or has_han(text) or not after:
        return False
    taken = width(document, above)
    more = 1 + display_width(after.split()[0]) + _SPARE
    if taken > _WIDER * column.widest:
        return (
            ends_sentence(text) and taken - column.widest + more <= _CLEARLY_SHORT * column.filled
        )
    return taken + more <= column.filled


def is_far_short(document: Document, above: Piece, below: Piece, column: float) -> bool:
    """Whether a line of plain Chinese text leaves room that the next word would have taken."""
    text = piece_text(document, above)
    if document.lines[above.line - 1].box is not None or not has_han(text):
        return False
    word = _NO_BREAK.match(visible(document, below))
    taken = display_width(word.group()) if word else 2
    return width(document, above) + max(taken + _EVEN, _FAR_SHORT) < column
