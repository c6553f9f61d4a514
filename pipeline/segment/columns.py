"""Columns and paragraphs: how wrapped lines belong together.

Text justified in a column fills its lines. So a line clearly shorter than its column ends a
paragraph, and the width of the full lines tells one column from another.
"""

from __future__ import annotations

import re
from statistics import median

from pipeline.language import word_over_join
from pipeline.model import Document, Piece
from pipeline.pieces import piece_text
from pipeline.textforms import (
    OPENING_BRACKETS,
    display_width,
    ends_sentence,
    has_han,
    indent,
    without_letter_spacing,
)

_BULLET = re.compile(r"\s*(?:[•●▪■◆◇○◦‣∙·➢➤✓❖\uf0b7\uf0a7][\s\u3000]*|[-–*][ \u3000]+)(?=\S)")
_NUMBERED = re.compile(
    r"\s*(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[)）]|[.．、])(?!\d)|[①-⑳])\s*\S"
)
_CHINESE_NUMBERS = "一二三四五六七八九十"
_ENTRY_NUMBER = re.compile(r"\s*[(（]?(\d{1,2}|[一二三四五六七八九十])(?:[)）]|[.．、])(?!\d)")
_FIRST_WORD = re.compile(
    r"[（(“‘\"'《]*[A-Za-z0-9\u00c0-\u024f&'’.\-/]+[）)”’\"'》,.，、。;；:：]*|.[，。、；：！？）》”’]*"
)
_MIDDLE_OF_SENTENCE = tuple("，,、；;：:。！？）)】》”’%％")

_SLACK = 3  # half-width columns by which a justified line may miss its column's edge
_RAGGED_SLACK = 0.12  # share of the column that a ragged line may miss
_SAME_COLUMN = 3.5  # columns whose widths differ by no more than this are taken as alike


def visible(document: Document, piece: Piece) -> str:
    """A piece without surrounding white space and without letter spacing."""
    return without_letter_spacing(piece_text(document, piece).strip())


def width(document: Document, piece: Piece) -> int:
    """The columns that a piece takes, its indentation included."""
    text = piece_text(document, piece)
    return indent(text) + display_width(visible(document, piece))


def column_width(document: Document, pieces: tuple[Piece, ...]) -> float | None:
    """The width of the column in which a block of text is set; None without a full line."""
    inner = [width(document, p) for p in pieces[:-1]]
    return median(inner) if inner else None


def same_column(a: float, b: float) -> bool:
    """Whether two widths may be those of one column."""
    return abs(a - b) <= max(_SAME_COLUMN, 0.05 * max(a, b))


def is_short(document: Document, piece: Piece, after: Piece | None, column: float | None) -> bool:
    """Whether a line ends before its column does although the next word would have fitted."""
    if column is None:
        return False
    first = _FIRST_WORD.match(visible(document, after)) if after else None
    next_word = display_width(first.group()) if first else 2
    ragged = not has_han(piece_text(document, piece))
    slack = max(_SLACK, _RAGGED_SLACK * column) if ragged else _SLACK
    return width(document, piece) + next_word + ragged <= column - slack + (0 if ragged else 1)


def bullet_mark(text: str) -> int:
    """Length of the bullet sign with which a line begins, 0 without one."""
    found = _BULLET.match(text)
    return found.end() if found else 0


def is_numbered(text: str) -> bool:
    """Whether a line begins with the number of a list entry."""
    return bool(_NUMBERED.match(text))


def entry_number(text: str) -> int | None:
    """The number with which a list entry begins, or None."""
    found = _ENTRY_NUMBER.match(text)
    if found is None:
        return None
    digits = found.group(1)
    return int(digits) if digits.isdigit() else _CHINESE_NUMBERS.find(digits) + 1


def is_open(document: Document, piece: Piece) -> bool:
    """Whether a text breaks off: its last line ends no sentence."""
    text = visible(document, piece)
    return bool(text) and not ends_sentence(text)


def starts_inside_sentence(text: str) -> bool:
    """Whether a line can only be the rest of a sentence."""
    body = text.strip()
    return body.startswith(_MIDDLE_OF_SENTENCE) or body[:1].islower()


def runs_on(
    document: Document, last: Piece, first: Piece, column: float | None, *, list_style: bool
) -> bool:
    """Whether `first`, after a gap, goes on with the sentence that `last` leaves open.

    `column` is the width of the column of `last`. `list_style` says that entries without a
    full stop are usual in this section, so that a full line may end an entry.
    """
    left, right = visible(document, last), visible(document, first)
    if ends_sentence(left):
        return False
    if bullet_mark(right) or is_numbered(right) or indent(piece_text(document, first)) >= 2:
        return False
    if right[0] in OPENING_BRACKETS or starts_inside_sentence(right):
        return True
    if word_over_join(left, right) or left[-1] in "，、,":
        return True
    if is_short(document, last, first, column):
        return False
    return not list_style
