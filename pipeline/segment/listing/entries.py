"""Titles of lists of themes, and what stands below each as far as it is printed like one list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.knowledge.layouts import Layouts
from pipeline.knowledge.listing import one_label
from pipeline.knowledge.titles import titles
from pipeline.language import is_word
from pipeline.model import Document, Piece
from pipeline.pieces import piece_text
from pipeline.segment.heading.styles import style_of
from pipeline.segment.lines.columns import printed_alike, starts_column
from pipeline.segment.lines.marks import Block
from pipeline.segment.listing.entry import (
    MARK,
    RESTS,
    SENTENCE,
    SIGNS,
    Entry,
    alike_signs,
    bare,
    is_known,
    is_known_piece,
    is_numbered_like,
    same_sign,
    short_entries,
    with_mark,
    wraps,
)
from pipeline.segment.listing.list_titles import WISHES, title_at
from pipeline.textforms import display_width, indent, match_key

_MOST_LINES = 24
_OFTEN = 3
_WIDEST_ALONE = 48
_WIDE = re.compile(r"[^\S\u3000]{3,}|\t")
_SET_IN = 2  # columns between a title and the list that is set in below it


class Listed(NamedTuple):
    """A title, what may be the list below it, and the line of the next row of its table."""

    title: Piece
    at: int  # of the title's block
    inline: bool
    entries: tuple[Entry, ...]
    surely: bool
    prose: bool  # whether the lines below run on into prose
    row: tuple[Piece, ...] = ()


def find_lists(document: Document, blocks: list[Block], layouts: Layouts) -> Iterator[Listed]:
    """The titles of lists and what stands below them, in order."""
    entries = [
        Entry(piece, block.blanks if k == 0 else 0, i)
        for i, block in enumerate(blocks)
        for k, piece in enumerate(block.pieces)
    ]
    counts = Counter(match_key(piece_text(document, e.piece)) for e in entries)
    again = frozenset(key for key, count in counts.items() if count >= _OFTEN)
    second = _second_wishes(document, blocks)
    at = 0
    while at < len(entries):
        title = title_at(document, blocks, entries, at, again, layouts)
        if title is None:
            at += 1
            continue
        piece, first, inline, surely = title
        surely = surely or entries[at].block in second
        below, prose = _below(document, blocks, entries, at + 1, first, layouts)
        below, row = _above_next_row(document, piece, below)
        if not below:
            at += 1
            continue
        if blocks[entries[at].block].heading in WISHES and (
            prose or not short_entries(document, below)
        ):
            surely = entries[at].block in second  # wishes in sentences
        yield Listed(piece, entries[at].block, inline, tuple(below), surely, prose, row)
        at += 1 + len(below) - (first is not None)


def _second_wishes(document: Document, blocks: list[Block]) -> frozenset[int]:
    """The headings of wishes in a profile that has other wishes under another heading.

    The second one is then the title of a list, if it stands above one.
    """
    found: set[int] = set()
    here: dict[str, str] = {}
    for i, block in enumerate(blocks):
        if block.kind == "name" or block.heading == "overview":
            here = {}
        elif block.heading in WISHES:
            key = match_key(piece_text(document, block.pieces[0]))
            if here.setdefault(block.heading, key) != key:
                found.add(i)
    return frozenset(found)


def _below(
    document: Document,
    blocks: list[Block],
    entries: list[Entry],
    at: int,
    first: Entry | None,
    layouts: Layouts,
) -> tuple[list[Entry], bool]:
    """What stands below a title as far as it is printed like one list, and if prose goes on."""
    found = [first] if first else []
    prose = False
    kinds = ("text", "labels", "fact") if first else ("text", "labels")
    for entry in entries[at : at + _MOST_LINES]:
        block = blocks[entry.block]
        text = piece_text(document, entry.piece)
        placed = document.lines[entry.piece.line - 1].box is not None
        if found and block.kind == "page_number" and placed and not block.page_start:
            continue  # the foot of one column of a list, where the next one begins
        if block.kind not in kinds or not any(map(str.isalnum, text)) or layouts.is_country(text):
            break
        if not found and layouts.is_number(text, "population"):
            continue  # a value of the row whose last cell the title is
        if found and (
            (block.page_start and (entry.gap or starts_column(document, entry.piece)))
            or not printed_alike(document, found[0].piece, entry.piece)
        ):
            break
        if found and _is_far(document, blocks, found, entry, layouts):
            break
        title = titles().may_list_themes(text) and not RESTS.match(text)
        if title or (found and not _same_list(document, found, entry, layouts)):
            break
        ends = SENTENCE.search(bare(text)) or text.rstrip().endswith((":", "："))
        if ends and not _ends_list(document, [entries[at - 1], *found], entry, layouts):
            # What runs on into prose is prose, but for labels that are known.
            prose = bool(found) and not entry.gap
            while found and not entry.gap and not is_known_piece(document, found[-1], layouts):
                found.pop()
            break
        found.append(entry)
    return found, prose


def _is_far(
    document: Document, blocks: list[Block], found: list[Entry], entry: Entry, layouts: Layouts
) -> bool:
    """Whether a line stands further from the one above it than the lines of a list do."""
    usual = found[1].gap if len(found) > 1 else 0
    known = entry.gap == 1 and is_known(piece_text(document, entry.piece), layouts)
    second = len(found) == 1 and (known or same_sign(document, found, entry))
    if entry.gap <= max(usual, second or is_numbered_like(document, found, entry)):
        return False
    alone = known or _amid_sentence(document, blocks, entry)
    return entry.gap > 1 or document.lines[entry.piece.line - 1].box is not None or not alone


def _above_next_row(
    document: Document, title: Piece, found: list[Entry]
) -> tuple[list[Entry], tuple[Piece, ...]]:
    """The entries of a list set in below its title, and the next row, which is not set in."""
    at = [_left(document, e.piece.line) - _left(document, title.line) for e in found]
    below = [i for i, e in enumerate(found) if e.piece.line != title.line]
    if not below or at[below[0]] < _SET_IN:
        return found, ()
    end = next((i for i in below if at[i] < _SET_IN / 2), len(found))
    row = tuple(e.piece for e in found[end:] if e.piece.line == found[end].piece.line)
    cells = len(row) > 1 or any(_WIDE.search(piece_text(document, p).strip()) for p in row)
    return found[:end], row if cells else ()


def _left(document: Document, number: int) -> float:
    """Where a line begins, in columns of half an em."""
    line = document.lines[number - 1]
    return 2 * line.box.x0 / line.box.size if line.box else float(indent(line.text))


def _all_capital(document: Document, found: list[Entry]) -> bool:
    return all(bare(piece_text(document, e.piece)).lstrip()[:1].isupper() for e in found)


def _amid_sentence(document: Document, blocks: list[Block], entry: Entry) -> bool:
    """Whether a short line stands alone above what can only be the rest of a sentence."""
    block, *after = blocks[entry.block : entry.block + 2]
    text = piece_text(document, entry.piece).strip()
    rest = piece_text(document, after[0].pieces[0]) if after and after[0].kind == "text" else ""
    short = len(block.pieces) == 1 and display_width(text) <= _WIDEST_ALONE
    return short and text[:1].isupper() and rest.lstrip()[:1].islower()


def _same_list(document: Document, found: list[Entry], entry: Entry, layouts: Layouts) -> bool:
    """Whether a line below one with a sign has the same sign, or goes on with the label above."""
    first, text = (with_mark(document, e.piece) for e in (found[0], entry))
    if _opens_part(document, found[0], entry):
        return False
    if entry.gap and text[:1].islower() and _all_capital(document, found):
        return False  # the rest of a sentence
    one, other = MARK.match(first), MARK.match(text)
    if one is None:
        return True
    if other is not None:
        return alike_signs(one.group().strip(), other.group().strip())
    boxes = [document.lines[e.piece.line - 1].box for e in (found[0], entry)]
    if boxes[0] and boxes[1]:
        if starts_column(document, entry.piece):
            return False
        if boxes[1].x0 > boxes[0].x0 + boxes[0].size / 2:
            return True
    above = bare(with_mark(document, found[-1].piece))
    return indent(text) > indent(first) or wraps([above], text, None, layouts)


def _opens_part(document: Document, first: Entry, entry: Entry) -> bool:
    """Whether a line is numbered as parts are (二、) and the first line of a list is not."""
    here, there = (style_of(document.lines[e.piece.line - 1]).mark for e in (first, entry))
    return there != here and there.lstrip("第").startswith("一")


def _is_list_as_sentence(text: str, layouts: Layouts) -> bool:
    """Whether a text is a list of labels with a full stop: most of them are known."""
    parts = [part for part in SIGNS.split(text.rstrip().rstrip("。.")) if part.strip()]
    known = sum(is_known(part, layouts) for part in parts)
    return len(parts) > 1 and not SENTENCE.search("".join(parts)) and 2 * known >= len(parts)


def _ends_list(document: Document, found: list[Entry], entry: Entry, layouts: Layouts) -> bool:
    """Whether a line ends a list below a title with its only full stop.

    It runs on from the line above, or is all of the list, behind its title.
    """
    text = piece_text(document, entry.piece)
    title, *listed = found
    if not listed:
        return title.piece.line == entry.piece.line and _is_list_as_sentence(text, layouts)
    above = piece_text(document, listed[-1].piece)
    first = piece_text(document, listed[0].piece)
    if not any(one_label(t, layouts.themes, is_word) < 1 for t in SIGNS.split(first)):
        return False
    return bool(re.search(r"[,，、]", above)) and not SENTENCE.search(text.rstrip().rstrip("。."))
