"""Theme labels below or beside a title for them: one a line, or one line for all.

What stands below the title is a list as far as it is printed alike and reads like labels. A label
there counts even where no theme is known for it; a sentence never does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise

from pipeline.knowledge.layouts import HeadingKind, Layouts
from pipeline.knowledge.listing import divide, one_label
from pipeline.knowledge.themes import join_label
from pipeline.knowledge.titles import titles
from pipeline.language import is_word, word_over_join
from pipeline.model import Document, Piece
from pipeline.pieces import piece_text
from pipeline.segment.lines.columns import fills_column, starts_column
from pipeline.segment.lines.marks import Block
from pipeline.segment.listing.entries import Listed, find_lists
from pipeline.segment.listing.entry import (
    MARK,
    NUMBER,
    RESTS,
    SENTENCE,
    SIGNS,
    Entry,
    bare,
    is_known_piece,
    short_entries,
    with_mark,
    wraps,
)
from pipeline.segment.listing.joining import joined_pieces
from pipeline.segment.listing.labels import as_text
from pipeline.segment.listing.list_titles import WISHES
from pipeline.textforms import display_width, ends_sentence, match_key

_WIDEST, _WIDEST_UNKNOWN = 64, 48
_MOST_WRAPPED = 4
_SEVERAL = 4  # lists that tell how the others are set
_LEADS = re.compile(r"\s*[,，、;；/／|｜]")
_LISTS_ON = re.compile(r"[,，、;；/／|｜·•]\s*$")
_CELL = re.compile(r"(?:(?!\s{3,}|\t|\s*[;；|｜•·]\s*|\s+/\s+|\s*／\s*).)+")
_TOLD = re.compile("[:：]")
_BAR = re.compile(r"\s[|｜]\s")
_FULL_STOP = ".。 "
_NOTE = re.compile(r"\s*[(（].*[)）]\s*")  # how to fill in a form: `(tick)`
# The shares of labels that must be known below a title that is surely one, or perhaps.
_SURELY_KNOWN, _PERHAPS_KNOWN = 0.25, 0.5


def list_labels(document: Document, blocks: list[Block], layouts: Layouts) -> list[Block]:
    """The blocks, with the lists of themes below a title for them as labels, known or not."""
    lists = _alike_titles(document, list(find_lists(document, blocks, layouts)), layouts)
    told = [_runs(document, found, layouts) for found in lists if found.surely]
    usual = _usual_setting(told)
    elsewhere = _elsewhere(blocks, lists)
    taken: dict[int, list[Block]] = {}
    rows: set[Piece] = set()
    read = [_labels(document, found, layouts, usual, elsewhere=elsewhere) for found in lists]
    heads = {
        _key(document, found)
        for found, labels in zip(lists, read, strict=True)
        if labels is not None
    }
    prose = _above_prose(document, blocks, lists, read, layouts)
    for found, known in zip(lists, read, strict=True):
        if _key(document, found) in prose:
            continue
        labels = known
        if known is None and found.surely and _key(document, found) in heads:
            labels = _labels(document, found, layouts, usual, elsewhere=elsewhere, again=True)
        if labels is not None:
            entries = [(e.piece, e.block) for e in found.entries]
            kind = _kind(document, blocks, found)
            _put_list(blocks, (found.title, found.at, kind), entries, labels, taken)
            rows.update(found.row)
    out: list[Block] = []
    for i, block in enumerate(blocks):
        out += [part for b in taken.get(i, [block]) for part in _rows_apart(b, rows)]
    return _titled_prose(document, _titled_twice(document, out))


def _usual_setting(told: Sequence[int]) -> int:
    """How the lists of a document are set: in running lines (1), a label a line (-1), or either.

    All but one tell it for certain (2, -2): what a single list alone seems to be, it is not.
    """
    signs = [(t > 0) - (t < 0) for t in told]
    usual = (sum(signs) > 0) - (sum(signs) < 0)
    certain = len(signs) >= _SEVERAL and signs.count(usual) >= len(signs) - 1
    return usual * (1 + certain)


def _put_list(
    blocks: list[Block],
    title: tuple[Piece, int, HeadingKind],
    entries: Sequence[tuple[Piece, int]],
    labels: list[tuple[Piece, ...]],
    taken: dict[int, list[Block]],
) -> None:
    """Put the title and the labels of a list in the place of the blocks that they stood in.

    A title and an entry are each a piece and the index of its block; a title has its kind.
    """
    heading, at, kind = title
    used = {heading, *(piece for piece, _ in entries)}
    lines = {(p.line, p.start) for p in used}
    involved = sorted({at, *(block for _, block in entries)})
    pieces = tuple(p for label in labels for p in label)
    for i in involved:
        old = taken.pop(i, [blocks[i]])
        new: list[Block] = []
        for part in old:
            if not any((p.line, p.start) in lines for p in part.pieces):
                new.append(part)
                continue
            where = [k for k, p in enumerate(part.pieces) if (p.line, p.start) in lines]
            before, behind = part.pieces[: where[0]], part.pieces[where[-1] + 1 :]
            if before:
                new.append(part._replace(pieces=before, labels=_kept(part, before)))
            blanks = 0 if before else part.blanks
            page = part.page_start and not before
            if i == at and part.pieces[where[0]].line == heading.line:
                new.append(Block("heading", (heading,), blanks, page, kind))
                blanks, page = 0, False
            if i == entries[0][1]:
                new.append(Block("labels", pieces, blanks, page, labels=tuple(labels)))
            if behind:
                kept = _kept(part, behind)
                new.append(part._replace(pieces=behind, blanks=0, page_start=False, labels=kept))
        taken[i] = new


def _kept(block: Block, pieces: tuple[Piece, ...]) -> tuple[tuple[Piece, ...], ...]:
    """The labels of a block all of whose pieces are among some."""
    return tuple(label for label in block.labels if set(label) <= set(pieces))


def _rows_apart(block: Block, rows: set[Piece]) -> list[Block]:
    """A block in parts, with further rows of a table as facts."""
    if block.kind not in ("text", "labels") or not rows & set(block.pieces):
        return [block]
    out: list[Block] = []
    for is_row, group in groupby(block.pieces, key=rows.__contains__):
        pieces = tuple(group)
        kind = "fact" if is_row else block.kind
        kept = () if is_row else _kept(block, pieces)
        head = block._replace(blanks=0, page_start=False) if out else block
        out.append(head._replace(kind=kind, pieces=pieces, labels=kept))
    return out


def _titled_twice(document: Document, blocks: list[Block]) -> list[Block]:
    """The blocks, with a title for themes above the title of their first group as a heading."""
    out = list(blocks)
    for i, (block, below) in enumerate(pairwise(blocks)):
        if block.kind != "text" or len(block.pieces) > 1 or below.heading != "themes":
            continue
        if titles().may_list_themes(piece_text(document, block.pieces[0])):
            out[i] = block._replace(kind="heading", heading="themes")
    return out


def _alike_titles(document: Document, lists: list[Listed], layouts: Layouts) -> list[Listed]:
    """The lists, with a title that surely is one for themes in one place as sure in all.

    So is one that stands before lists with bars again and again, if some of their labels are known,
    and before short entries with signs or numbers, if half of them are.
    """
    keys = [_key(document, found) for found in lists]
    sure = {key for key, found in zip(keys, lists, strict=True) if found.surely}
    barred: dict[str, list[list[str]]] = {}
    signed: dict[str, list[list[str]]] = {}
    for key, found in zip(keys, lists, strict=True):
        signed.setdefault(key, []).append(
            short_entries(document, found.entries) if not found.prose else []
        )
        text = " ".join(piece_text(document, e.piece) for e in found.entries)
        if found.inline and (cells := _BAR.split(text.strip()))[1:]:
            barred.setdefault(key, []).append(cells)
    for lists_of, share in ((barred, _SURELY_KNOWN), (signed, _PERHAPS_KNOWN)):
        for key, rows in lists_of.items():
            known = [one_label(c, layouts.themes, is_word) < 1 for cells in rows for c in cells]
            if len(rows) >= _SEVERAL - 1 and all(rows) and sum(known) >= share * len(known):
                sure.add(key)
    return [
        found._replace(surely=found.surely or key in sure)
        for key, found in zip(keys, lists, strict=True)
    ]


def _key(document: Document, found: Listed) -> str:
    """The form in which titles of lists are compared."""
    return match_key(piece_text(document, found.title))


def _elsewhere(blocks: list[Block], lists: list[Listed]) -> bool:
    """Whether a document has its labels elsewhere than below titles that may mean a section."""
    inside = {e.block for found in lists for e in found.entries}
    doubtful = sum(not found.surely for found in lists)
    others = sum(b.kind == "labels" and i not in inside for i, b in enumerate(blocks))
    return any(found.surely for found in lists) or 2 * others > doubtful


def _above_prose(
    document: Document,
    blocks: list[Block],
    lists: list[Listed],
    read: Sequence[Sequence[tuple[Piece, ...]] | None],
    layouts: Layouts,
) -> set[str]:
    """The titles that head prose in some profiles, and entries of prose in the others.

    Most of what is listed below them is no theme's name, while another title heads lists of such
    names in as many profiles.
    """
    printed = Counter(match_key(piece_text(document, p)) for b in blocks for p in b.pieces)
    listed = Counter(_key(document, found) for found in lists)
    names: dict[str, list[bool]] = {}
    for found, labels in zip(lists, read, strict=True):
        texts = [join_label([piece_text(document, p) for p in label]) for label in labels or ()]
        names.setdefault(_key(document, found), []).extend(
            bool(layouts.themes.match(t, free_details=False)) for t in texts
        )
    themes = {
        k for k, known in names.items() if known and sum(known) >= _PERHAPS_KNOWN * len(known)
    }
    most = max((listed[key] for key in themes), default=0)
    return {k for k in listed if k not in themes and listed[k] < printed[k] <= most}


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
        if told or (below.kind == "text" and len(texts) > 1 and SENTENCE.search("".join(texts))):
            out[i] = block._replace(heading="preferred_themes")
            out[i + 1] = as_text(document, below) if below.kind == "labels" else below
    return out


def _runs(document: Document, found: Listed, layouts: Layouts) -> int:
    """How much speaks for one running line (above 0) or for a label a line (below 0).

    White space, signs before entries and lines that end early speak for certain (-2), and so does
    a line that ends or begins with the sign between two labels (2).
    """
    texts = [piece_text(document, e.piece) for e in found.entries]
    if any(e.gap for e in found.entries[1:]):
        return -2
    if any(MARK.match(with_mark(document, e.piece)) for e in found.entries):
        return -2
    if len(texts) == 1:
        return 0
    if all(map(NUMBER.match, texts)):
        return -2
    if not any(map(SIGNS.search, texts)) or _end_early(document, found):
        return -2
    told = [_over_break(a, b, layouts) for a, b in pairwise(texts)]
    sure = 2 if 2 in told else 1
    return sure * ((sum(told) > 0) - (sum(told) < 0))


def _end_early(document: Document, found: Listed) -> bool:
    """Whether lines of a list end before their column does, and without a sign: entries end so."""
    return any(
        fills_column(document, a.piece, b.piece) is False
        and not _LISTS_ON.search(piece_text(document, a.piece))
        for a, b in pairwise(found.entries)
    )


def _over_break(above: str, below: str, layouts: Layouts) -> int:
    """Whether a label goes on from one line to the next (1), or does not (-1), or both may be."""
    if _LISTS_ON.search(above) or _LEADS.match(below):
        return 2
    if below.lstrip()[:1].isupper() and not above.rstrip().endswith(("-", "‐")):
        return -1
    if word_over_join(above.rstrip(), below.lstrip()):
        return 1
    left, right = SIGNS.split(above)[-1], SIGNS.split(below)[0]
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
    document: Document,
    found: Listed,
    layouts: Layouts,
    usual: int,
    *,
    elsewhere: bool,
    again: bool = False,
) -> list[tuple[Piece, ...]] | None:
    """The labels of a list, each as its pieces, or None where it is none.

    Below a title that heads lists of known labels `again` and again, none of them need be known.
    """
    signed = bool(MARK.match(with_mark(document, found.entries[0].piece)))
    if not found.surely and (found.prose or (signed and elsewhere)):
        return None  # prose; with a sign, text of a profile that has its labels elsewhere
    labels = _divided(document, found, layouts, usual)
    texts = [join_label([piece_text(document, p) for p in label]) for label in labels]
    known = [one_label(t, layouts.themes, is_word) < 1 for t in texts]
    unknown = [t for t, k in zip(texts, known, strict=True) if not k]
    entry_each = found.surely and signed
    if any(
        display_width(t) > _WIDEST_UNKNOWN or (not entry_each and re.search("[，,]", t))
        for t in unknown
    ):
        return None
    if any(display_width(t) > _WIDEST and not layouts.themes.match(t) for t in texts):
        return None
    told = [t for t in texts if _TOLD.search(t) and not layouts.themes.match(_TOLD.sub("–", t))]
    if 2 * len(told) > len(texts):
        return None  # a theme and what is wanted of it
    if again:
        return labels if texts and not any(map(_NOTE.fullmatch, texts)) else None
    if found.surely:
        return labels if sum(known) >= _SURELY_KNOWN * len(known) and any(known) else None
    exact = sum(bool(layouts.themes.match(t)) for t in texts)
    return labels if texts and exact >= _PERHAPS_KNOWN * len(texts) else None


def _divided(
    document: Document, found: Listed, layouts: Layouts, usual: int
) -> list[tuple[Piece, ...]]:
    """A list cut into labels, as it is set: in running lines, or a label a line."""
    joined = joined_pieces(document, [e.piece for e in found.entries])
    if found.inline and len(found.entries) == 1:
        usual = 1  # a title and its list on one line
    own = _runs(document, found, layouts)
    in_lines = usual if abs(usual) > abs(own) else own
    if in_lines >= 0 and SIGNS.search(joined.text):
        run = divide(joined.text, layouts.themes, is_word)
        labels = [joined.pieces(*span) for span in run.spans]
    else:
        labels = []
        for group in _items(document, found.entries, layouts):
            labels += _cells(document, [e.piece for e in group], layouts)
    if len(labels) > 1 and SIGNS.search(joined.text):
        labels[-1] = _without_stop(document, labels[-1])
    return labels


def _without_stop(document: Document, label: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The last label of a list that is set as a sentence, without its full stop."""
    *before, last = label
    text = piece_text(document, last)
    return (*before, Piece(last.line, last.start, last.start + len(text.rstrip(_FULL_STOP))))


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
    start = piece.start + len(text) - len(bare(text).lstrip())
    return Piece(piece.line, start, piece.start + len(text.rstrip()))


def _items(document: Document, entries: Sequence[Entry], layouts: Layouts) -> list[list[Entry]]:
    """The entries of a list, each with the lines on which it goes on."""
    texts = [with_mark(document, e.piece) for e in entries]
    marked = bool(MARK.match(texts[0]) or NUMBER.match(texts[0]))
    gaps = {e.gap > 0 for e in entries[1:]}
    groups: list[list[Entry]] = []
    for i, entry in enumerate(entries):
        group = groups[-1] if groups else []
        if group and len(group) < _MOST_WRAPPED:
            above = [bare(piece_text(document, e.piece)) for e in group]
            if entry.piece.line == group[-1].piece.line:
                on = False
            elif marked:
                on = not (MARK.match(texts[i]) or NUMBER.match(texts[i]))
            elif len(gaps) == 2:
                known = [is_known_piece(document, e, layouts) for e in (group[-1], entry)]
                on = not entry.gap and (not any(known) or wraps(above, texts[i], None, layouts))
            else:
                full = fills_column(document, group[-1].piece, entry.piece)
                own = MARK.match(texts[i]) and not RESTS.match(texts[i])
                on = not (own or entry.gap) and wraps(above, texts[i], full, layouts)
            if on:
                group.append(entry)
                continue
        groups.append([entry])
    return groups


def _kind(document: Document, blocks: list[Block], found: Listed) -> HeadingKind:
    """What the title of a list of labels is: no section begins with it if no text is below."""
    kind = blocks[found.at].heading if blocks[found.at].kind == "heading" else None
    after = found.entries[-1].block + 1
    if kind is None or kind not in WISHES or after >= len(blocks):
        return kind or "themes"
    below = blocks[after]
    last = piece_text(document, below.pieces[-1])
    prose = ends_sentence(last) or display_width(last) > _WIDEST_UNKNOWN or len(below.pieces) > 2
    goes_on = below.kind == "text" and prose and not starts_column(document, below.pieces[0])
    return kind if goes_on else "themes"
