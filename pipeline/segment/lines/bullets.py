"""Signs and numbers with which the entries of a list begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.model import Document, Piece
from pipeline.textforms import BULLETS, PICTURES, display_width

_BULLET = re.compile(
    rf"\s*(?:[{BULLETS}][\s\u3000]*|[-–*][ \u3000]+"
    rf"|[{PICTURES}\ue000-\uf8ff][\ufe0f\u200d]*[\s\u3000]+(?=[^\W\d_]))(?=\S)"
)
_NUMBERED = re.compile(
    r"\s*(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[)）]|[.．、])(?!\d)|[①-⑳])\s*\S"
)
_CHINESE_NUMBERS = "一二三四五六七八九十"
_ENTRY_NUMBER = re.compile(r"\s*[(（]?(\d{1,2}|[一二三四五六七八九十])(?:[)）]|[.．、])(?!\d)")


@lru_cache(maxsize=8192)
def bullet_mark(text: str) -> int:
    """Length of the bullet sign with which a line begins, 0 without one."""
    found = _BULLET.match(text)
    return found.end() if found else 0


def hanging_indent(text: str) -> int:
    """The columns by which lines after the first of a list entry are set in, 0 for no entry."""
    body = text.lstrip()
    number = _ENTRY_NUMBER.match(body)
    mark = bullet_mark(body)
    if number and not mark:
        mark = len(body) - len(body[number.end() :].lstrip())
    return display_width(body[:mark])


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


def is_bulleted(document: Document, piece: Piece) -> bool:
    """Whether the line of a piece begins with a bullet sign."""
    return bullet_mark(document.lines[piece.line - 1].text) > 0


def with_bullets(document: Document, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Some pieces, each with the bullet sign that stands right before it."""
    marks = [bullet_mark(document.lines[p.line - 1].text) for p in pieces]
    return tuple(
        Piece(p.line, 0, p.end) if mark == p.start else p
        for p, mark in zip(pieces, marks, strict=True)
    )
