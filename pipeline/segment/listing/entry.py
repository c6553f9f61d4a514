"""One entry of a list of themes: its sign or number, its text, and what goes on below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.knowledge.layouts import Layouts
from pipeline.knowledge.listing import one_label
from pipeline.knowledge.themes import join_label
from pipeline.language import is_word
from pipeline.model import Document, Piece
from pipeline.pieces import piece_text
from pipeline.segment.lines.bullets import bullet_mark, is_numbered
from pipeline.textforms import display_width, has_han

_WIDEST_ENTRY = 48
# A sign before a label: any that is no bracket or quotation mark.
MARK = re.compile(r"\s*[^\w\s（()）\[\]【】“”\"'‘’《》「」『』,，、;；/／|&]+\s*(?=\S)")
# Pictures of things, of which each label has its own; none that ticks or merely begins an entry.
_PICTURES = re.compile(
    r"[\u2190-\u21ff\u2300-\u23ff\u2600-\u260f\u2613-\u2712\u2719-\u2775\u2794-\u27bf\ue000-\uf8ff"
    r"\U0001f300-\U0001faff]\ufe0f?"
)
SENTENCE = re.compile(r"[。！？!?]|\.\s+\S")
NUMBER = re.compile(
    r"\s*(?:[(（]?\d{1,2}[)）.．、]\s*(?=\D)|[①-⑳]\s*|[A-Za-z]\d{0,2}[.)]\s+|0\d\s+"
    r"|1?\d\s+(?=[A-Z\u4e00-\u9fff]))"
)
_GOES_ON = re.compile(r"(?:[,，、;；/／|&（(–—⸺-]|\b(?:and|of|for|in|the|to|with)|[和与與及])\s*$")
RESTS = re.compile(r"\s*(?:[,，、;；/／|&）)–—⸺]|(?:and|of|for|in|to|with)\b|[和与與及])")
SIGNS = re.compile(r"[,，、;；／|｜·•]| / ")
_STEP = 0.3
_KNOWN = 0.2  # what a known label costs


class Entry(NamedTuple):
    """One piece of text below a title, the blank lines before it, and the block it is from."""

    piece: Piece
    gap: int
    block: int


def with_mark(document: Document, piece: Piece) -> str:
    """The text of a piece with the sign that stands before it."""
    line = document.lines[piece.line - 1].text
    mark = MARK.match(line)
    start = 0 if mark and mark.end() == piece.start else piece.start
    return line[start : piece.end]


def bare(text: str) -> str:
    """A text without a bullet or number before it."""
    mark = MARK.match(text)
    body = text[mark.end() if mark else bullet_mark(text) :]
    number = NUMBER.match(body)
    return body[number.end() :] if number else body


def is_known(text: str, layouts: Layouts) -> bool:
    """Whether a text, its sign aside, is a label that is known."""
    return one_label(bare(text), layouts.themes, is_word) < 1


def is_known_piece(document: Document, entry: Entry, layouts: Layouts) -> bool:
    """Whether an entry is a label that is known."""
    return is_known(piece_text(document, entry.piece), layouts)


def short_entries(document: Document, entries: Sequence[Entry]) -> list[str]:
    """The entries of a list without their signs, if all have one and are short, else nothing."""
    pieces = [e.piece for e in entries]
    signed = all(
        MARK.match(with_mark(document, p)) or is_numbered(piece_text(document, p)) for p in pieces
    )
    texts = [bare(piece_text(document, p)) for p in pieces]
    short = all(display_width(t) <= _WIDEST_ENTRY and not SENTENCE.search(t) for t in texts)
    return texts if signed and short else []


def same_sign(document: Document, found: list[Entry], entry: Entry) -> bool:
    """Whether a line has the sign that the first one of a list has."""
    one, other = (MARK.match(with_mark(document, e.piece)) for e in (found[0], entry))
    return bool(one and other and alike_signs(one.group().strip(), other.group().strip()))


def alike_signs(one: str, other: str) -> bool:
    """Whether two signs may stand before entries of one list: one sign, or a picture for each."""
    return one == other or bool(_PICTURES.fullmatch(one) and _PICTURES.fullmatch(other))


def is_numbered_like(document: Document, found: list[Entry], entry: Entry) -> bool:
    """Whether a line begins with another number, as the first one of a list does."""
    one, other = (NUMBER.match(piece_text(document, e.piece)) for e in (found[0], entry))
    return bool(one and other and one.group() != other.group())


def wraps(above: list[str], below: str, full: bool | None, layouts: Layouts) -> bool:
    """Whether a label goes on from some lines to the one below."""
    if _GOES_ON.search(above[-1]) or RESTS.match(below):
        return True
    whole = join_label(above)
    if re.search(r"[（(][^）)]*$", whole):
        return True
    if not has_han(below) and below.lstrip()[:1].islower() and whole[:1].isupper():
        return True
    join = join_label([*above, below])
    alone = one_label(below, layouts.themes, is_word)
    before = one_label(whole, layouts.themes, is_word)
    if alone <= _KNOWN:
        return False
    if before <= _KNOWN:
        return bool(layouts.themes.match(join, free_details=False))
    together = one_label(join, layouts.themes, is_word)
    if full is None and together >= alone:
        return False  # nothing is gained by what stands above
    return together < before + alone - (_STEP if full else 2 * _STEP) and (
        full is not False or alone >= 1
    )
