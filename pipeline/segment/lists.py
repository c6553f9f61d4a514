"""Theme labels below or beside a title for them: one a line, or one line for all.

What stands below the title is a list as far as it is printed alike and reads like labels. A label
there counts even where no theme is known for it; a sentence never does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.knowledge.layouts import Layouts
from pipeline.knowledge.listing import divide, one_label
from pipeline.knowledge.themes import join_label
from pipeline.knowledge.titles import titles
from pipeline.language import is_word, word_over_join
from pipeline.model import Document, Piece
from pipeline.pieces import piece_text
from pipeline.segment.blocks import Block
from pipeline.segment.columns import bullet_mark, fills_column
from pipeline.segment.joining import joined_pieces
from pipeline.segment.labels import as_text
from pipeline.segment.listing import put_list
from pipeline.textforms import display_width, ends_sentence, has_han, indent, match_key

_WIDEST_TITLE = 60
_WIDEST, _WIDEST_UNKNOWN = 64, 48
_SHORTEST_PROSE = 30
_MOST_LINES = 24
_OFTEN = 3
_MOST_WRAPPED = 4
_SAME_SIZE = 0.07
_WISHES = ("preferred_themes", "priorities")
_TITLE_GAP = re.compile(r"\s*[:：]\s*(?=\S)|\s*[.…·_‥⋯]{3,}\s*|[\s\u3000]{2,}|\t|[|｜]")
# Behind what a title may begin within a line.
_TITLE_START = re.compile(r"[.。;；|｜]\s*(?=[A-Z\u4e00-\u9fff])")
# A sign before a label: any that is no bracket or quotation mark.
_MARK = re.compile(r"\s*[^\w\s（()）\[\]【】“”\"'‘’《》「」『』,，、;；/／|&]+\s*(?=\S)")
_LEADS = re.compile(r"\s*[,，、;；/／|]")
_SENTENCE = re.compile(r"[。！？!?]|\.\s+\S")
_SURELY = re.compile(
    r"主[题題]|[议議][题題]|[话話][题題]|[标標][签籤]|[课課][题題]|[专專][题題]"
    r"|(?i:theme|topic|thematic|interest)"
)
_NUMBER = re.compile(
    r"\s*(?:[(（]?\d{1,2}[)）.．、]\s*(?=\D)|[①-⑳]\s*|[A-Za-z]\d{0,2}[.)]\s+|0\d\s+)"
)
_GOES_ON = re.compile(r"(?:[,，、;；/／|&（(–—⸺-]|\b(?:and|of|for|in|the|to|with)|[和与與及])\s*$")
_RESTS = re.compile(r"\s*(?:[,，、;；/／|&）)–—⸺]|(?:and|of|for|in|to|with)\b|[和与與及])")
_LISTS_ON = re.compile(r"[,，、;；/／|·•]\s*$")
_CELL = re.compile(r"(?:(?!\s{3,}|\t|\s*[;；|｜•·]\s*|\s+/\s+|\s*／\s*).)+")
_SIGNS = re.compile(r"[,，、;；／|·•]| / ")
_TOLD = re.compile("[:：]")
_STEP = 0.3
_KNOWN = 0.2  # what a known label costs
# The shares of labels that must be known below a title that is surely one, or perhaps.
_SURELY_KNOWN, _PERHAPS_KNOWN = 0.25, 0.5


class _Entry(NamedTuple):
    """One piece of text below a title, the blank lines before it, and the block it is from."""

    piece: Piece
    gap: int
    block: int


class _List(NamedTuple):
    """A title and what may be the list below it."""

    title: Piece
    at: int  # of the title's block
    inline: bool
    entries: tuple[_Entry, ...]
    surely: bool
    prose: bool  # whether the lines below run on into prose


def list_labels(document: Document, blocks: list[Block], layouts: Layouts) -> list[Block]:
    """The blocks, with the lists of themes below a title for them as labels, known or not."""
    lists = list(_find(document, blocks, layouts))
    told = sum(_runs(document, found, layouts) for found in lists if found.surely)
    usual = (told > 0) - (told < 0)
    taken: dict[int, list[Block]] = {}
    for found in lists:
        labels = _labels(document, found, layouts, usual)
        if labels is not None:
            entries = [(e.piece, e.block) for e in found.entries]
            put_list(blocks, (found.title, found.at), entries, labels, taken)
    out: list[Block] = []
    for i, block in enumerate(blocks):
        out += taken.get(i, [block])
    return _titled_prose(document, out)


def _titled_prose(document: Document, blocks: list[Block]) -> list[Block]:
    """The blocks, with a title for themes above prose as the heading of wishes.

    Prose are sentences, and themes each with what is wanted of it after a colon.
    """
    out = list(blocks)
    for i, (block, below) in enumerate(pairwise(blocks)):
        if block.heading != "themes" or below.kind not in ("text", "labels"):
            continue
        texts = [piece_text(document, p) for p in below.pieces]
        told = 2 * sum(bool(_TOLD.search(t)) for t in texts) > len(texts)
        if told or (below.kind == "text" and len(texts) > 1 and _SENTENCE.search("".join(texts))):
            out[i] = block._replace(heading="preferred_themes")
            out[i + 1] = as_text(document, below) if below.kind == "labels" else below
    return out


def _find(document: Document, blocks: list[Block], layouts: Layouts) -> Iterator[_List]:
    """The titles of lists and what stands below them, in order."""
    entries = [
        _Entry(piece, block.blanks if k == 0 else 0, i)
        for i, block in enumerate(blocks)
        for k, piece in enumerate(block.pieces)
    ]
    counts = Counter(match_key(piece_text(document, e.piece)) for e in entries)
    again = frozenset(key for key, count in counts.items() if count >= _OFTEN)
    at = 0
    while at < len(entries):
        title = _title(document, blocks, entries, at, again, layouts)
        if title is None:
            at += 1
            continue
        piece, first, inline, surely = title
        below, prose = _below(document, blocks, entries, at + 1, first, layouts)
        if not below:
            at += 1
            continue
        yield _List(piece, entries[at].block, inline, tuple(below), surely, prose)
        at += 1 + len(below) - (first is not None)


def _title(
    document: Document,
    blocks: list[Block],
    entries: list[_Entry],
    at: int,
    again: frozenset[str],
    layouts: Layouts,
) -> tuple[Piece, _Entry | None, bool, bool] | None:
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
            block.heading in _WISHES and titles().may_list_themes(text)
        ):
            sure = block.heading == "themes"
            return entry.piece, None, same_line, sure
        return None
    if block.kind not in ("text", "labels", "fact"):
        return None
    if match_key(text) not in again and _rest_of_sentence(document, entries, at):
        return None
    mark = bullet_mark(text)
    if display_width(text) <= _WIDEST_TITLE and titles().may_list_themes(text[mark:]):
        return entry.piece, None, same_line, bool(_SURELY.search(text))
    starts = [mark, *(m.end() for m in _TITLE_START.finditer(text))]
    for begin in starts if not layouts.themes.match(text) else []:
        for gap in _TITLE_GAP.finditer(text, begin + 1):
            if gap.start() > begin + _WIDEST_TITLE:
                break
            head = text[begin : gap.start()]
            if titles().may_list_themes(head):
                at_piece, line = entry.piece.start, entry.piece.line
                piece = Piece(line, at_piece + (begin if begin > mark else 0), at_piece + gap.end())
                rest = Piece(line, at_piece + gap.end(), entry.piece.end)
                return piece, _Entry(rest, 0, entry.block), True, bool(_SURELY.search(head))
    return None


def _rest_of_sentence(document: Document, entries: list[_Entry], at: int) -> bool:
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
    entries: list[_Entry],
    at: int,
    first: _Entry | None,
    layouts: Layouts,
) -> tuple[list[_Entry], bool]:
    """What stands below a title as far as it is printed like one list, and if prose goes on."""
    found = [first] if first else []
    prose = False
    kinds = ("text", "labels", "fact") if first else ("text", "labels")
    for entry in entries[at : at + _MOST_LINES]:
        block = blocks[entry.block]
        text = piece_text(document, entry.piece)
        if block.kind not in kinds or not any(map(str.isalnum, text)) or layouts.is_country(text):
            break
        if not found and layouts.is_number(text, "population"):
            continue  # a value of the row whose last cell the title is
        if found and (
            (block.page_start and entry.gap) or not _alike(document, found[0].piece, entry.piece)
        ):
            break
        usual = found[1].gap if len(found) > 1 else 0
        known = bool(found) and entry.gap == 1 and _known(text, layouts)
        if found and entry.gap > max(usual, known and len(found) == 1):
            alone = known or _amid_sentence(document, blocks, entry)
            if entry.gap > 1 or document.lines[entry.piece.line - 1].box or not alone:
                break
        if titles().may_list_themes(text) or (
            found and not _same_list(document, found, entry, layouts)
        ):
            break
        ends = _SENTENCE.search(_bare(text)) or text.rstrip().endswith((":", "："))
        if ends and not (found and _ends_list(document, found, text, layouts)):
            # What runs on into prose is prose, but for labels that are known.
            prose = bool(found) and not entry.gap
            while found and not entry.gap and not _known_piece(document, found[-1], layouts):
                found.pop()
            break
        found.append(entry)
    return found, prose


def _all_capital(document: Document, found: list[_Entry]) -> bool:
    return all(_bare(piece_text(document, e.piece)).lstrip()[:1].isupper() for e in found)


def _amid_sentence(document: Document, blocks: list[Block], entry: _Entry) -> bool:
    """Whether a short line stands alone above what can only be the rest of a sentence."""
    block, *after = blocks[entry.block : entry.block + 2]
    text = piece_text(document, entry.piece).strip()
    rest = piece_text(document, after[0].pieces[0]) if after and after[0].kind == "text" else ""
    short = len(block.pieces) == 1 and display_width(text) <= _WIDEST_UNKNOWN
    return short and text[:1].isupper() and rest.lstrip()[:1].islower()


def _same_list(document: Document, found: list[_Entry], entry: _Entry, layouts: Layouts) -> bool:
    """Whether a line below one with a sign has the same sign, or goes on with the label above."""
    first, text = (_with_mark(document, e.piece) for e in (found[0], entry))
    if entry.gap and text[:1].islower() and _all_capital(document, found):
        return False  # the rest of a sentence
    one, other = _MARK.match(first), _MARK.match(text)
    if one is None:
        return True
    if other is not None:
        return one.group().strip() == other.group().strip()
    boxes = [document.lines[e.piece.line - 1].box for e in (found[0], entry)]
    if boxes[0] and boxes[1]:
        return boxes[1].x0 > boxes[0].x0 + boxes[0].size / 2
    above = _bare(_with_mark(document, found[-1].piece))
    return indent(text) > indent(first) or _wraps([above], text, None, layouts)


def _with_mark(document: Document, piece: Piece) -> str:
    """The text of a piece with the sign that stands before it."""
    line = document.lines[piece.line - 1].text
    mark = _MARK.match(line)
    start = 0 if mark and mark.end() == piece.start else piece.start
    return line[start : piece.end]


def _known_piece(document: Document, entry: _Entry, layouts: Layouts) -> bool:
    return _known(piece_text(document, entry.piece), layouts)


def _ends_list(document: Document, found: list[_Entry], text: str, layouts: Layouts) -> bool:
    """Whether a line ends a list that runs on from the line above, with the only full stop."""
    above = piece_text(document, found[-1].piece)
    first = piece_text(document, found[0].piece)
    if not any(one_label(t, layouts.themes, is_word) < 1 for t in _SIGNS.split(first)):
        return False
    return bool(re.search(r"[,，、]", above)) and not _SENTENCE.search(text.rstrip().rstrip("。."))


def _known(text: str, layouts: Layouts) -> bool:
    return one_label(_bare(text), layouts.themes, is_word) < 1


def _bare(text: str) -> str:
    """A text without a bullet or number before it."""
    mark = _MARK.match(text)
    body = text[mark.end() if mark else bullet_mark(text) :]
    number = _NUMBER.match(body)
    return body[number.end() :] if number else body


def _alike(document: Document, one: Piece, other: Piece) -> bool:
    """Whether two lines may be printed alike: in one size and colour, as far as that is known."""
    a, b = (document.lines[p.line - 1].box for p in (one, other))
    if a is None or b is None:
        return True
    return abs(a.size - b.size) <= _SAME_SIZE * max(a.size, b.size) and a.color == b.color


def _runs(document: Document, found: _List, layouts: Layouts) -> int:
    """How much speaks for one running line (above 0) or for a label a line (below 0)."""
    texts = [piece_text(document, e.piece) for e in found.entries]
    if any(e.gap for e in found.entries[1:]):
        return -1
    if any(_MARK.match(_with_mark(document, e.piece)) for e in found.entries):
        return -1
    if len(texts) == 1:
        return 0
    if not any(map(_SIGNS.search, texts)):
        return -1
    told = sum(_over_break(a, b, layouts) for a, b in pairwise(texts))
    return (told > 0) - (told < 0)


def _over_break(above: str, below: str, layouts: Layouts) -> int:
    """Whether a label goes on from one line to the next (1), or does not (-1), or both may be."""
    if _LISTS_ON.search(above) or _LEADS.match(below):
        return 2
    if below.lstrip()[:1].isupper() and not above.rstrip().endswith(("-", "‐")):
        return -1
    if word_over_join(above.rstrip(), below.lstrip()):
        return 1
    left, right = _SIGNS.split(above)[-1], _SIGNS.split(below)[0]
    if layouts.themes.match(above) and layouts.themes.match(below):
        return -1
    costs = [one_label(t, layouts.themes, is_word) for t in (left, right)]
    if max(costs) < 1:
        return -1
    whole = join_label([left, right])
    return int(costs[0] >= 1 > one_label(whole, layouts.themes, is_word)) or int(
        bool(layouts.themes.match(whole, free_details=False))
    )


def _labels(
    document: Document, found: _List, layouts: Layouts, usual: int
) -> list[tuple[Piece, ...]] | None:
    """The labels of a list, each as its pieces, or None where it is none."""
    if not found.surely and (
        found.prose or _MARK.match(_with_mark(document, found.entries[0].piece))
    ):
        return None  # prose; with a sign, text of a profile that has its labels elsewhere
    joined = joined_pieces(document, [e.piece for e in found.entries])
    if found.inline and len(found.entries) == 1:
        usual = 1  # a title and its list on one line
    if (_runs(document, found, layouts) or usual) >= 0 and _SIGNS.search(joined.text):
        run = divide(joined.text, layouts.themes, is_word)
        labels = [joined.pieces(*span) for span in run.spans]
    else:
        labels = []
        for group in _items(document, found.entries, layouts):
            labels += _cells(document, [e.piece for e in group], layouts)
    texts = [join_label([piece_text(document, p) for p in label]) for label in labels]
    known = [one_label(t, layouts.themes, is_word) < 1 for t in texts]
    unknown = [t for t, k in zip(texts, known, strict=True) if not k]
    if any(display_width(t) > _WIDEST_UNKNOWN or re.search("[，,]", t) for t in unknown):
        return None
    if any(display_width(t) > _WIDEST and not layouts.themes.match(t) for t in texts):
        return None
    told = [t for t in texts if _TOLD.search(t) and not layouts.themes.match(_TOLD.sub("–", t))]
    if 2 * len(told) > len(texts):
        return None  # a theme and what is wanted of it
    if found.surely:
        return labels if sum(known) >= _SURELY_KNOWN * len(known) and any(known) else None
    exact = sum(bool(layouts.themes.match(t)) for t in texts)
    return labels if texts and exact >= _PERHAPS_KNOWN * len(texts) else None


def _cells(
    document: Document, pieces: Sequence[Piece], layouts: Layouts
) -> list[tuple[Piece, ...]]:
    """The labels that stand side by side where one entry has several."""
    bare = [_without_mark(document, p) for p in pieces]
    joined = joined_pieces(document, bare)
    whole = one_label(joined.text, layouts.themes, is_word)
    cells = [m.span() for m in _CELL.finditer(joined.text)]
    return [joined.pieces(*c) for c in cells] if len(cells) > 1 and whole > 0.2 else [tuple(bare)]


def _without_mark(document: Document, piece: Piece) -> Piece:
    text = piece_text(document, piece)
    start = piece.start + len(text) - len(_bare(text).lstrip())
    return Piece(piece.line, start, piece.start + len(text.rstrip()))


def _items(document: Document, entries: Sequence[_Entry], layouts: Layouts) -> list[list[_Entry]]:
    """The entries of a list, each with the lines on which it goes on."""
    texts = [_with_mark(document, e.piece) for e in entries]
    marked = bool(_MARK.match(texts[0]) or _NUMBER.match(texts[0]))
    gaps = {e.gap > 0 for e in entries[1:]}
    groups: list[list[_Entry]] = []
    for i, entry in enumerate(entries):
        group = groups[-1] if groups else []
        if group and len(group) < _MOST_WRAPPED:
            above = [_bare(piece_text(document, e.piece)) for e in group]
            if entry.piece.line == group[-1].piece.line:
                on = False
            elif marked:
                on = not (_MARK.match(texts[i]) or _NUMBER.match(texts[i]))
            elif len(gaps) == 2:
                known = [_known_piece(document, e, layouts) for e in (group[-1], entry)]
                on = not entry.gap and (not any(known) or _wraps(above, texts[i], None, layouts))
            else:
                full = fills_column(document, group[-1].piece, entry.piece)
                own = _MARK.match(texts[i]) and not _RESTS.match(texts[i])
                on = not (own or entry.gap) and _wraps(above, texts[i], full, layouts)
            if on:
                group.append(entry)
                continue
        groups.append([entry])
    return groups


def _wraps(above: list[str], below: str, full: bool | None, layouts: Layouts) -> bool:
    """Whether a label goes on from some lines to the one below."""
    if _GOES_ON.search(above[-1]) or _RESTS.match(below):
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
    return together < before + alone - (_STEP if full else 2 * _STEP) and (
        full is not False or alone >= 1
    )
