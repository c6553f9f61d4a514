"""Which lines are titles of lists of themes, and where in its line each of them stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.knowledge.layouts import Layouts
from pipeline.knowledge.titles import titles
from pipeline.model import Document, Piece
from pipeline.pieces import piece_text
from pipeline.segment.lines.bullets import bullet_mark
from pipeline.segment.lines.marks import Block
from pipeline.segment.listing.entry import Entry, is_known, short_entries
from pipeline.textforms import display_width, ends_sentence, has_han, match_key

_WIDEST_TITLE = 60
_LONGEST_GAP = 40  # that is looked for; one that is found may be longer
_SHORTEST_PROSE = 30
_TITLE_GAP = re.compile(r"\s*[:：]\s*(?=\S)|\s*[.…·_‥⋯]{3,}\s*|[\s\u3000]{2,}|\t|[|｜]")
# Behind what a title may begin within a line.
_TITLE_START = re.compile(r"[.。;；|｜]\s*(?=[A-Z\u4e00-\u9fff])")
_PARTS = re.compile(r"\s[|｜•·]\s|[;；]\s")
_NEXT_WORD = re.compile(r"(?<=\s)(?=[A-Z0-9])")
WISHES = ("preferred_themes", "priorities")


def title_at(
    document: Document,
    blocks: list[Block],
    entries: list[Entry],
    at: int,
    again: frozenset[str],
    layouts: Layouts,
) -> tuple[Piece, Entry | None, bool, bool] | None:
    """The title with which an entry begins, what follows it on its line, and what it says.

    `again` are the wordings that come again from profile to profile.
    """
    entry = entries[at]
    block = blocks[entry.block]
    text = piece_text(document, entry.piece)
    after = entries[at + 1] if at + 1 < len(entries) else None
    same_line = after is not None and after.piece.line == entry.piece.line
    if block.kind == "heading":
        if block.heading == "themes" or (
            block.heading in WISHES and titles().may_list_themes(text)
        ):
            sure = block.heading == "themes" or titles().surely(text)
            return entry.piece, None, same_line, sure
        return None
    if block.kind not in ("text", "labels", "fact"):
        return None
    if match_key(text) not in again and _rest_of_sentence(document, entries, at):
        return None
    mark = bullet_mark(text)
    if display_width(text) <= _WIDEST_TITLE and titles().may_list_themes(text[mark:]):
        return entry.piece, None, same_line, titles().surely(text)
    if match_key(text) in again and _heads_entries(document, blocks, entries, at, layouts):
        return entry.piece, None, False, False  # in whatever words
    return _inline_title(entry, text, mark, layouts)


def _heads_entries(
    document: Document, blocks: list[Block], entries: list[Entry], at: int, layouts: Layouts
) -> bool:
    """Whether a short line stands by itself right above an entry with a sign or a number."""
    alone = len(blocks[entries[at].block].pieces) == 1
    text = piece_text(document, entries[at].piece)
    if not alone or display_width(text) > _WIDEST_TITLE or is_known(text, layouts):
        return False
    if short_entries(document, entries[at : at + 1]):
        return False  # an entry itself
    return bool(short_entries(document, entries[at + 1 : at + 2]))


def _inline_title(
    entry: Entry, text: str, mark: int, layouts: Layouts
) -> tuple[Piece, Entry, bool, bool] | None:
    """The title with which the line of an entry begins, and the list that follows it there."""
    if layouts.themes.match(text):
        return None
    for begin in [mark, *(m.end() for m in _TITLE_START.finditer(text))]:
        for gap in _gaps(text, begin):
            head = text[begin : gap.start()]
            if titles().may_list_themes(head):
                return _parted(entry, begin if begin > mark else 0, gap.end(), head)
    end = _title_before_list(text[mark:], layouts)
    return _parted(entry, 0, mark + end, text[mark : mark + end]) if end is not None else None


def _gaps(text: str, begin: int) -> Iterator[re.Match[str]]:
    """The gaps of a line behind which a list may begin, if what begins before them is its title.

    Only where one may stand is looked at: a line may have as many beginnings as sentences.
    """
    at, last = begin + 1, begin + _WIDEST_TITLE
    while at <= last and (found := _TITLE_GAP.search(text, at, last + _LONGEST_GAP)):
        gap = _TITLE_GAP.match(text, found.start()) or found
        if gap.start() > last:
            return
        yield gap
        at = gap.end()


def _parted(entry: Entry, start: int, end: int, head: str) -> tuple[Piece, Entry, bool, bool]:
    """The title of a line, which stands in it from `start` to `end`, and what follows it."""
    line, at = entry.piece.line, entry.piece.start
    rest = Piece(line, at + end, entry.piece.end)
    return (
        Piece(line, at + start, at + end),
        Entry(rest, 0, entry.block),
        True,
        titles().surely(head),
    )


def _title_before_list(text: str, layouts: Layouts) -> int | None:
    """Where a title ends before a list that only its type parts from it, or None.

    `Fields of interest Mobility | Circular economy`: the list has a sign that parts labels, and the
    first label and most of the others are known. Or the title is surely one, and one label follows.
    """
    if not _PARTS.search(text):
        words = list(_NEXT_WORD.finditer(text, 0, _WIDEST_TITLE))
        starts = (w.start() for w in words if is_known(text[w.start() :], layouts))
        return next((at for at in starts if titles().surely(text[:at].rstrip())), None)
    for word in _NEXT_WORD.finditer(text, 0, _WIDEST_TITLE):
        if not titles().may_list_themes(text[: word.start()].rstrip()):
            continue
        labels = [part for part in _PARTS.split(text[word.start() :]) if part.strip()]
        known = [is_known(label, layouts) for label in labels]
        if len(labels) > 1 and known[0] and 2 * sum(known) >= len(known):
            return word.start()
    return None


def _rest_of_sentence(document: Document, entries: list[Entry], at: int) -> bool:
    """Whether a line goes on with a sentence from the line right above it."""
    if not at or entries[at].gap or entries[at - 1].block != entries[at].block:
        return False
    above = piece_text(document, entries[at - 1].piece)
    if ends_sentence(above) or display_width(above) < _SHORTEST_PROSE:
        return False
    if has_han(above):
        return not re.search("[:：]", above)
    words = above.split()
    return sum(w[:1].islower() for w in words) > len(words) / 2
