"""Titles of lists of themes, and what stands below each as far as it is printed like one list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.knowledge.layouts import Layouts
from pipeline.knowledge.listing import one_label
from pipeline.knowledge.themes import join_label
from pipeline.knowledge.titles import titles
from pipeline.language import is_word
from pipeline.model import Document, Piece
from pipeline.pieces import piece_text
from pipeline.segment.heading.styles import style_of
from pipeline.segment.lines.bullets import bullet_mark, is_numbered
from pipeline.segment.lines.columns import printed_alike, starts_column
from pipeline.segment.lines.marks import Block
from pipeline.textforms import display_width, ends_sentence, has_han, indent, match_key

_WIDEST_TITLE = 60
_LONGEST_GAP = 40  # that is looked for; one that is found may be longer
_SHORTEST_PROSE = 30
_MOST_LINES = 24
_OFTEN = 3
_WIDEST_ENTRY = 48
_WIDEST_ALONE = 48
_WIDE = re.compile(r"[^\S\u3000]{3,}|\t")
_SET_IN = 2  # columns between a title and the list that is set in below it
WISHES = ("preferred_themes", "priorities")
_TITLE_GAP = re.compile(r"\s*[:：]\s*(?=\S)|\s*[.…·_‥⋯]{3,}\s*|[\s\u3000]{2,}|\t|[|｜]")
# Behind what a title may begin within a line.
_TITLE_START = re.compile(r"[.。;；|｜]\s*(?=[A-Z\u4e00-\u9fff])")
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
_PARTS = re.compile(r"\s[|｜•·]\s|[;；]\s")
_NEXT_WORD = re.compile(r"(?<=\s)(?=[A-Z0-9])")
SIGNS = re.compile(r"[,，、;；／|｜·•]| / ")
_STEP = 0.3
_KNOWN = 0.2  # what a known label costs


class Entry(NamedTuple):
    """One piece of text below a title, the blank lines before it, and the block it is from."""

    piece: Piece
    gap: int
    block: int


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
        title = _title(document, blocks, entries, at, again, layouts)
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


def short_entries(document: Document, entries: Sequence[Entry]) -> list[str]:
    """The entries of a list without their signs, if all have one and are short, else nothing."""
    pieces = [e.piece for e in entries]
    signed = all(
        MARK.match(with_mark(document, p)) or is_numbered(piece_text(document, p)) for p in pieces
    )
    texts = [bare(piece_text(document, p)) for p in pieces]
    short = all(display_width(t) <= _WIDEST_ENTRY and not SENTENCE.search(t) for t in texts)
    return texts if signed and short else []


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


def _title(
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
    if not alone or display_width(text) > _WIDEST_TITLE or _known(text, layouts):
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
        starts = (w.start() for w in words if _known(text[w.start() :], layouts))
        return next((at for at in starts if titles().surely(text[:at].rstrip())), None)
    for word in _NEXT_WORD.finditer(text, 0, _WIDEST_TITLE):
        if not titles().may_list_themes(text[: word.start()].rstrip()):
            continue
        labels = [part for part in _PARTS.split(text[word.start() :]) if part.strip()]
        known = [_known(label, layouts) for label in labels]
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
        if ends and not (found and _ends_list(document, found, text, layouts)):
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
    known = entry.gap == 1 and _known(piece_text(document, entry.piece), layouts)
    second = len(found) == 1 and (known or _same_sign(document, found, entry))
    if entry.gap <= max(usual, second or _is_numbered_like(document, found, entry)):
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
        return _alike(one.group().strip(), other.group().strip())
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


def _same_sign(document: Document, found: list[Entry], entry: Entry) -> bool:
    """Whether a line has the sign that the first one of a list has."""
    one, other = (MARK.match(with_mark(document, e.piece)) for e in (found[0], entry))
    return bool(one and other and _alike(one.group().strip(), other.group().strip()))


def _alike(one: str, other: str) -> bool:
    """Whether two signs may stand before entries of one list: one sign, or a picture for each."""
    return one == other or bool(_PICTURES.fullmatch(one) and _PICTURES.fullmatch(other))


def _is_numbered_like(document: Document, found: list[Entry], entry: Entry) -> bool:
    """Whether a line begins with another number, as the first one of a list does."""
    one, other = (NUMBER.match(piece_text(document, e.piece)) for e in (found[0], entry))
    return bool(one and other and one.group() != other.group())


def with_mark(document: Document, piece: Piece) -> str:
    """The text of a piece with the sign that stands before it."""
    line = document.lines[piece.line - 1].text
    mark = MARK.match(line)
    start = 0 if mark and mark.end() == piece.start else piece.start
    return line[start : piece.end]


def is_known_piece(document: Document, entry: Entry, layouts: Layouts) -> bool:
    """Whether an entry is a label that is known."""
    return _known(piece_text(document, entry.piece), layouts)


def _ends_list(document: Document, found: list[Entry], text: str, layouts: Layouts) -> bool:
    """Whether a line ends a list that runs on from the line above, with the only full stop."""
    above = piece_text(document, found[-1].piece)
    first = piece_text(document, found[0].piece)
    if not any(one_label(t, layouts.themes, is_word) < 1 for t in SIGNS.split(first)):
        return False
    return bool(re.search(r"[,，、]", above)) and not SENTENCE.search(text.rstrip().rstrip("。."))


def _known(text: str, layouts: Layouts) -> bool:
    return one_label(bare(text), layouts.themes, is_word) < 1


def bare(text: str) -> str:
    """A text without a bullet or number before it."""
    mark = MARK.match(text)
    body = text[mark.end() if mark else bullet_mark(text) :]
    number = NUMBER.match(body)
    return body[number.end() :] if number else body


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
