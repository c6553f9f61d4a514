"""Columns and paragraphs: how wrapped lines belong together.

Text justified in a column fills its lines. So a line clearly shorter than its column ends a
paragraph, and the width of the full lines tells one column from another.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from statistics import median

from pipeline.language import word_over_join
from pipeline.model import Document, Piece
from pipeline.pieces import piece_text
from pipeline.segment.lines.bullets import bullet_mark, is_numbered
from pipeline.textforms import (
    OPENING_BRACKETS,
    display_width,
    ends_sentence,
    has_han,
    has_latin,
    indent,
    visible_text,
    without_letter_spacing,
)

_FIRST_WORD = re.compile(
    r"[（(“‘\"'《]*(?:[A-Za-z0-9\u00c0-\u024f&'’.\-/]|(?<=\d)[:%](?=\d))+[）)”’\"'》,.，、。;；:：]*|.[，。、；：！？）》”’]*"
)
_MIDDLE_OF_SENTENCE = tuple("，,、；;：:。！？）)】》”’%％")

_SET_APART = 0.15  # em of white space above a line, beyond the usual leading
_TITLE_ROOM = 0.5  # em that are free after the next word where a title ends
_OTHER_SIZE = 0.02
_SAME_SIZE = 0.07
_BRACKETS = ("（）", "()", "《》", "“”", "「」", "『』", "〔〕")
_GOES_ON = tuple("，、,；;-‐\u00ad")
_WIDE_LETTERS = 1.3  # times half an em, for the widest Latin words
_EARLY = 2.0  # em that are free after the next word where a line ends for itself
_SLACK = 3  # half-width columns by which a justified line may miss its column's edge
_RAGGED_SLACK = 0.03  # share of the column that a ragged line may miss
_RAGGED_COLUMNS = 0.12  # share by which the longest lines of ragged columns may differ
_FLUSH = 0.7  # points by which the edges of a justified column differ
_JUSTIFIED_LINES = 5  # of it, at least
_SAME_COLUMN = 3.5  # columns whose widths differ by no more than this are taken as alike


def visible(document: Document, piece: Piece) -> str:
    """A piece without surrounding white space and without letter spacing."""
    return _visible(piece_text(document, piece))


@lru_cache(maxsize=8192)
def _visible(text: str) -> str:
    return without_letter_spacing(visible_text(text).strip())


@lru_cache(maxsize=8192)
def _columns(text: str) -> int:
    """The columns that a text takes, its indentation included."""
    return indent(text) + display_width(_visible(text))


def width(document: Document, piece: Piece) -> float:
    """The columns that a piece takes, its indentation included; a column is half an em."""
    text = piece_text(document, piece)
    line = document.lines[piece.line - 1]
    if line.box is not None and piece == Piece(line.number, 0, len(line.text)):
        return indent(text) + 2 * (line.box.x1 - line.box.x0) / line.box.size
    before = display_width(line.text[: piece.start]) if piece.start else 0
    return before + _columns(text)


def is_set_apart(document: Document, piece: Piece) -> bool:
    """Whether white space on the page itself parts a line from the one above it in its column."""
    box = document.lines[piece.line - 1].box
    return box is not None and box.space is not None and box.space > _SET_APART * box.size


def column_width(document: Document, pieces: tuple[Piece, ...]) -> float | None:
    """The width of the column in which a block of text is set; None without a full line.

    Justified lines are as wide as their column; of ragged ones only the longest comes near it.
    A line above a bullet ends an entry and says nothing of the width.
    """
    inner = [
        width(document, above)
        for above, below in pairwise(pieces)
        if not bullet_mark(piece_text(document, below))
    ]
    if not inner:
        return None
    ragged = not any(has_han(piece_text(document, p)) for p in pieces)
    return float(max(inner)) if ragged else median(inner)


def same_column(a: float, b: float, *, ragged: bool = False) -> bool:
    """Whether two widths may be those of one column; ragged lines tell its width less sharply."""
    return abs(a - b) <= max(_SAME_COLUMN, (_RAGGED_COLUMNS if ragged else 0.05) * max(a, b))


def is_short(document: Document, piece: Piece, after: Piece | None, column: float | None) -> bool:
    """Whether a line ends before its column does although the next word would have fitted."""
    box = document.lines[piece.line - 1].box
    if box is not None:
        column = width(document, piece) + 2 * box.room / box.size
    if column is None:
        return False
    first = _FIRST_WORD.match(visible(document, after)) if after else None
    next_word = display_width(first.group()) if first else 2
    ragged = not has_han(piece_text(document, piece))
    if ragged:
        slack = _RAGGED_SLACK * column
        return width(document, piece) + 1 + next_word <= column - slack
    return width(document, piece) + next_word <= column - _SLACK + 1


def starts_column(document: Document, piece: Piece) -> bool:
    """Whether a line is known to be the first one of its column."""
    box = document.lines[piece.line - 1].box
    return box is not None and box.space is None


def stays_in_column(document: Document, piece: Piece) -> bool:
    """Whether a line is known to stand in the same column as the line above it."""
    box = document.lines[piece.line - 1].box
    return box is not None and box.space is not None


def colors_differ(document: Document, one: Piece, other: Piece) -> bool:
    """Whether two lines are known to be printed in different colours."""
    boxes = [document.lines[p.line - 1].box for p in (one, other)]
    return None not in boxes and len({b.color for b in boxes if b}) == 2


def printed_alike(document: Document, one: Piece, other: Piece) -> bool:
    """Whether two lines may be printed alike: in one size and colour, as far as that is known."""
    a, b = (document.lines[p.line - 1].box for p in (one, other))
    if a is None or b is None:
        return True
    return abs(a.size - b.size) <= _SAME_SIZE * max(a.size, b.size) and a.color == b.color


def is_title_above(document: Document, above: Piece, below: Piece) -> bool:
    """Whether a line that does not fill its column is set in another type than the one below."""
    first, second = (document.lines[p.line - 1].box for p in (above, below))
    if first is None or second is None:
        return False
    text = visible(document, above)
    plain = not (first.mixed or second.mixed) and first.font != second.font
    if not _leaves(document, above, below, _TITLE_ROOM) and (
        not plain or starts_inside_sentence(visible(document, below))
    ):
        return False
    if (
        any(text.count(pair[0]) > text.count(pair[1]) for pair in _BRACKETS)
        or text[-1:] in _GOES_ON
    ):
        return False
    # A Chinese line with Latin letters or figures has two fonts, and either may be named.
    mixed = has_han(text) and any(has_latin(c) or c.isdigit() for c in text)
    size = abs(first.size - second.size) > _OTHER_SIZE * second.size
    return size or first.color != second.color or (first.font != second.font and not mixed)


def ends_early(document: Document, above: Piece, below: Piece) -> bool:
    """Whether a line ends although what follows it on the page would clearly have fitted."""
    box = document.lines[above.line - 1].box
    if box is None or starts_inside_sentence(visible(document, below)):
        return False
    return _leaves(document, above, below, _EARLY)


def _leaves(document: Document, above: Piece, below: Piece, room: float) -> bool:
    """Whether a line leaves so many em free beside the first word of the next."""
    box = document.lines[above.line - 1].box
    first = _FIRST_WORD.match(visible(document, below))
    word: float = display_width(first.group()) if first else 2
    if first and has_latin(first.group()):
        word *= _WIDE_LETTERS
    return box is not None and 2 * box.room / box.size >= word + 2 * room


def fills_column(document: Document, piece: Piece, after: Piece) -> bool | None:
    """Whether a line ends because its column does; None where the page is not known."""
    box = document.lines[piece.line - 1].box
    if box is None:
        return None
    first = _FIRST_WORD.match(visible(document, after))
    word = display_width(first.group()) if first else 2
    return 2 * box.room / box.size < word + _SLACK


def follows(document: Document, above: Piece, below: Piece) -> bool:
    """Whether a line is the next one with text after another, on one page."""
    lines = document.lines[above.line - 1 : below.line]
    between = any(line.text.strip() for line in lines[1:-1])
    return not between and lines[0].page == lines[-1].page


def is_open(document: Document, piece: Piece) -> bool:
    """Whether a text breaks off: its last line ends no sentence."""
    text = visible(document, piece)
    return bool(text) and not ends_sentence(text)


def starts_inside_sentence(text: str) -> bool:
    """Whether a line can only be the rest of a sentence."""
    body = text.strip()
    return body.startswith(_MIDDLE_OF_SENTENCE) or body[:1].islower()


def sentence_runs_on(
    document: Document, last: Piece, first: Piece, column: float | None, *, list_style: bool
) -> bool:
    """Whether `first`, after a gap, goes on with the sentence that `last` leaves open.

    `column` is the width of the column of `last`; without one no line of the section is wrapped,
    and a gap ends a paragraph unless its sentence plainly goes on. `list_style` says that entries
    without a full stop are usual in this section, so that a full line may end an entry.
    """
    left, right = visible(document, last), visible(document, first)
    if not (left and right):  # nothing but characters that print nothing
        return False
    if ends_sentence(left) or (is_set_apart(document, first) and follows(document, last, first)):
        return False
    deeper = indent(piece_text(document, first)) >= 2 and not starts_column(document, first)
    if bullet_mark(right) or is_numbered(right) or deeper:
        return False
    if right[0] in OPENING_BRACKETS or starts_inside_sentence(right):
        return True
    if left[-1] in "，、,":
        return True
    if column is None:
        return False
    if word_over_join(left, right):
        return True
    if right[0].isdigit() and not list_style and not has_han(left):
        return True  # a year, a number: no paragraph of Latin prose begins with one
    if is_short(document, last, first, column):
        return False
    return not list_style or starts_column(document, first)


def column_runs_on(document: Document, last: Piece, first: Piece) -> bool:
    """Whether a paragraph whose sentence ends at its column's foot goes on at the top of the next.

    Its last line fills a justified column: the end of a paragraph seldom does so by chance.
    """
    right = visible(document, first)
    return (
        starts_column(document, first)
        and ends_sentence(visible(document, last))
        and not (bullet_mark(right) or is_numbered(right))
        and _is_flush(document, last)
    )


def _is_flush(document: Document, piece: Piece) -> bool:
    """Whether a Latin line ends just where the others of its justified column do."""
    line = document.lines[piece.line - 1]
    box = line.box
    if box is None or has_han(line.text):
        return False
    column = [
        b.x1
        for other in document.lines
        if other.page == line.page
        and (b := other.box) is not None
        and (b.size, b.font) == (box.size, box.font)
        and abs(b.x0 - box.x0) <= _FLUSH
    ]
    flush = sum(abs(x1 - box.x1) <= _FLUSH for x1 in column)
    return flush >= _JUSTIFIED_LINES and 2 * flush > len(column)
