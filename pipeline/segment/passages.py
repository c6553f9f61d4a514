"""The blocks of a section → its paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.knowledge.layouts import Layouts
from pipeline.language import word_over_join
from pipeline.model import Document, Passage, Piece
from pipeline.pieces import piece_text
from pipeline.segment.lines.bullets import bullet_mark, entry_number, hanging_indent, is_numbered
from pipeline.segment.lines.columns import (
    column_runs_on,
    column_width,
    ends_early,
    fills_column,
    is_set_apart,
    is_short,
    is_title_above,
    sentence_runs_on,
    starts_column,
    visible,
    width,
)
from pipeline.segment.lines.marks import Block
from pipeline.segment.text_style import INDENT, TextStyle, is_far_short, leaves_word
from pipeline.textforms import ends_sentence, has_han, indent

_NARROW = 0.7
_LONGER = 4  # columns
_ENTRIES = 2  # that make a list
_TITLE_LINES = 2
_TITLE_WIDTH = 0.6  # of the column: no wrapped line leaves as much of it empty
_TYPED_INDENT = "\u3000\u3000"  # with which Chinese plain text opens a paragraph


def make_passages(
    document: Document, blocks: list[Block], layouts: Layouts, style: TextStyle
) -> list[Passage]:
    """The paragraphs of the given text blocks, in reading order."""
    parts: list[tuple[list[Piece], float | None, bool]] = []
    widths = [column_width(document, b.pieces) for b in blocks]
    columns = _columns(widths)
    spaced = any(
        is_set_apart(document, b.pieces[0]) and _on_one_page(document, a, b)
        for a, b in pairwise(blocks)
    )
    for block, column in zip(blocks, columns, strict=True):
        if spaced:
            split = _split_marked(document, block)
        else:
            split = _split_block(document, block, column, layouts, style)
        for k, pieces in enumerate(split):
            parts.append((pieces, column, k == 0))
    list_style = _has_list_style(document, parts)
    indented = style.indented or _first_lines_indented(document, [p for p, _, _ in parts])
    joined: list[tuple[list[Piece], float | None]] = []
    for pieces, column, after_gap in parts:
        if joined and after_gap:
            last, last_column = joined[-1]
            leaves = not indented and _leaves_indent(document, last[-1], pieces[0])
            leaves = leaves or (
                len(last) <= _TITLE_LINES and is_title_above(document, last[-1], pieces[0])
            )
            if not leaves and (
                _rest_of_entry(document, [p for p, _, _ in parts], last, pieces)
                or column_runs_on(document, last[-1], pieces[0])
                or sentence_runs_on(
                    document, last[-1], pieces[0], last_column, list_style=list_style
                )
            ):
                joined[-1] = ([*last, *pieces], column)
                continue
        joined.append((pieces, column))
    return [
        Passage(tuple(p), _is_bullet(document, p, first_lines_indented=indented)) for p, _ in joined
    ]


def _rest_of_entry(
    document: Document, parts: Sequence[list[Piece]], last: list[Piece], pieces: list[Piece]
) -> bool:
    """Whether lines below a gap are the rest of an entry, in a plain list of entries with signs.

    The entry breaks off on the longest line of the list, and no other part of it has no sign. (The
    gap is one of the column beside it.)
    """
    lines = [p for part in parts for p in part]
    unsigned = [part for part in parts if not bullet_mark(piece_text(document, part[0]))]
    open_end = visible(document, last[-1])
    return (
        all(document.lines[p.line - 1].box is None for p in lines)
        and len(parts) - len(unsigned) >= _ENTRIES
        and unsigned == [pieces]
        and bullet_mark(piece_text(document, last[0])) > 0
        and bool(open_end)
        and not ends_sentence(open_end)
        and width(document, last[-1]) >= max(width(document, p) for p in lines) - _LONGER
    )


def _on_one_page(document: Document, above: Block, below: Block) -> bool:
    """Whether a block begins on the page on which the one before it ends."""
    last, first = (
        document.lines[above.pieces[-1].line - 1],
        document.lines[below.pieces[0].line - 1],
    )
    return last.page == first.page


def _leaves_indent(document: Document, above: Piece, below: Piece) -> bool:
    """Whether the text goes back to the margin after an indented entry."""
    first, second = piece_text(document, above), piece_text(document, below)
    # The first line of a paragraph may be the last one of its column.
    if starts_column(document, below) and fills_column(document, above, below):
        return False
    return indent(first) >= indent(second) + INDENT and not word_over_join(first, second.strip())


def _columns(widths: list[float | None]) -> list[float | None]:
    """A width for every block: its own, or that of the nearest block that has one.

    A block much narrower than the others is a list of short entries; its lines tell nothing
    of the column they stand in.
    """
    widest = max((w for w in widths if w is not None), default=0.0)
    known = [(k, w) for k, w in enumerate(widths) if w is not None and w >= _NARROW * widest]
    if not known:
        return widths
    return [
        w
        if w is not None and w >= _NARROW * widest
        else min(known, key=lambda x: (abs(x[0] - k), x[0]))[1]
        for k, w in enumerate(widths)
    ]


def _split_block(
    document: Document, block: Block, column: float | None, layouts: Layouts, style: TextStyle
) -> list[list[Piece]]:
    """A run of lines without a blank line, cut where a paragraph ends inside it."""
    if _is_unwrapped(document, block, style):
        return [[piece] for piece in block.pieces]
    parts: list[list[Piece]] = [[block.pieces[0]]]
    for i, (above, below) in enumerate(pairwise(block.pieces), start=1):
        title = _is_title_between(document, block.pieces, i, style)
        title = title or _leaves_entry(document, parts[-1], block.pieces, i)
        if title or _ends_inside(document, parts[-1], above, below, column, layouts, style):
            parts.append([])
        parts[-1].append(below)
    return parts


def _split_marked(document: Document, block: Block) -> list[list[Piece]]:
    """A block of a section whose paragraphs white space parts: entries of lists alone divide it."""
    parts: list[list[Piece]] = [[block.pieces[0]]]
    for i, (above, below) in enumerate(pairwise(block.pieces), start=1):
        text, after = piece_text(document, above), piece_text(document, below)
        deeper = indent(after) >= _hanging(text, first=len(parts[-1]) == 1) + INDENT
        # A dash that wraps to a line's start is no sign of an entry where no entry is open.
        wrapped = (
            after.lstrip()[:1] in "-–"
            and not bullet_mark(piece_text(document, parts[-1][0]))
            and not ends_sentence(text)
            and fills_column(document, above, below)
        )
        entry = bullet_mark(after) > 0 and not wrapped
        alone = _stands_alone(document, parts[-1], above, below)
        alone = alone or _leaves_entry(document, parts[-1], block.pieces, i)
        if entry or alone or deeper or (is_numbered(after) and ends_sentence(text)):
            parts.append([])
        parts[-1].append(below)
    return parts


def _leaves_entry(document: Document, part: list[Piece], pieces: Sequence[Piece], i: int) -> bool:
    """Whether line `i` stands below an entry whose lines hang, and is of it no more.

    It goes back to the margin, or the line below it does and it is the first of a paragraph.
    """
    if len(part) < 2 or not bullet_mark(piece_text(document, part[0])):
        return False
    hanging = min(indent(piece_text(document, p)) for p in part[1:])
    before, text, *after = (piece_text(document, p) for p in pieces[i - 1 : i + 2])
    if hanging < INDENT or bullet_mark(text) or not ends_sentence(before):
        return False
    back = (t for t in (text, *after) if not bullet_mark(t))
    return any(indent(t) <= hanging - INDENT for t in back)


def _is_title_between(
    document: Document, pieces: Sequence[Piece], i: int, style: TextStyle
) -> bool:
    """Whether line `i` is a title between two paragraphs.

    It stands at the margin where their first lines are set in, or ends far before the column in
    which all lines are as wide as it lets them.
    """
    if i + 1 >= len(pieces):
        return False
    before, text, after = (piece_text(document, p) for p in pieces[i - 1 : i + 2])
    if style.indented:
        apart = indent(after) >= INDENT > indent(text)
    elif style.ragged and text.strip()[:1].isupper() and after.strip()[:1].isupper():
        apart = leaves_word(document, pieces[i], pieces[i + 1], style.ragged)
    else:
        apart = style.sharp > 0 and is_far_short(document, pieces[i], pieces[i + 1], style.sharp)
    return (
        apart
        and width(document, pieces[i]) < _TITLE_WIDTH * width(document, pieces[i - 1])
        and ends_sentence(before)
        and not (ends_sentence(text) or bullet_mark(text))
    )


def _is_unwrapped(document: Document, block: Block, style: TextStyle) -> bool:
    """Whether every line is a paragraph of its own: all end a sentence, some before the others.

    In wrapped text a line seldom ends where a sentence does, and the last one is no longer
    than those above it.
    """
    if len(block.pieces) < 2:
        return False
    if style.unwrapped and document.lines[block.pieces[0].line - 1].box is None:
        return True
    if not all(ends_sentence(piece_text(document, p)) for p in block.pieces):
        return False
    if all(piece_text(document, p).startswith(_TYPED_INDENT) for p in block.pieces):
        return True
    widths = [width(document, p) for p in block.pieces]
    return len(widths) > 2 or widths[-1] > widths[0] + _LONGER


def _ends_inside(
    document: Document,
    part: list[Piece],
    above: Piece,
    below: Piece,
    column: float | None,
    layouts: Layouts,
    style: TextStyle,
) -> bool:
    """Whether a paragraph ends between two lines that no blank line divides."""
    text, after = piece_text(document, above), piece_text(document, below)
    if _stands_alone(document, part, above, below) or _begins_entry(
        document, part, text, after, style
    ):
        return True
    if style.sharp and is_far_short(document, above, below, style.sharp):
        return True
    if style.ragged and leaves_word(document, above, below, style.ragged):
        return True
    if style.ragged and column:
        column = min(column, style.ragged.widest)
    if len(part) == 1 and column and _is_title_over(document, above, below, column):
        return True
    if not is_short(document, above, below, column):
        if style.indented and indent(text) >= INDENT > indent(after):
            return False  # the first line of a paragraph and its second
        return len(part) == 1 and bool(layouts.themes.match(text)) and _is_title(text)
    indented = indent(text) >= INDENT and indent(after) >= INDENT
    title = len(part) == 1 and bool(layouts.themes.match(text))
    return ends_sentence(text) or indented or title


def _begins_entry(
    document: Document, part: list[Piece], text: str, after: str, style: TextStyle
) -> bool:
    """Whether a line begins a paragraph by itself: with a sign, a number, or set in."""
    first = piece_text(document, part[0])
    return (
        bullet_mark(after) > 0
        or (is_numbered(after) and ends_sentence(text))
        or entry_number(after) == 1 + (entry_number(first) or -1)
        or indent(after) >= _hanging(text, first=len(part) == 1) + INDENT
        or (style.indented and indent(after) >= INDENT and not hanging_indent(first))
    )


def _is_title_over(document: Document, above: Piece, below: Piece, column: float) -> bool:
    """Whether a line of plain Latin text is a title: it leaves much of its column empty."""
    text, after = visible(document, above), visible(document, below)
    return (
        document.lines[above.line - 1].box is None
        and not has_han(text)
        and width(document, above) < _TITLE_WIDTH * column
        and text[:1].isupper()
        and after[:1].isupper()
        and _is_title(text)
    )


def _stands_alone(document: Document, part: list[Piece], above: Piece, below: Piece) -> bool:
    """Whether a line ends a paragraph by its look: a title, or one that its column cuts not off."""
    title = len(part) <= _TITLE_LINES and is_title_above(document, above, below)
    return title or ends_early(document, above, below)


def _hanging(text: str, *, first: bool) -> int:
    """The columns by which the line below is set in if it goes on with the same entry."""
    return indent(text) + (hanging_indent(text) if first else 0)


def _is_title(text: str) -> bool:
    return text.strip()[-1:] not in "、，,/⸺—–"


def _has_list_style(
    document: Document, parts: list[tuple[list[Piece], float | None, bool]]
) -> bool:
    """Whether most entries of a section end on a short line without a full stop."""
    entries = 0
    for (pieces, column, _), after in pairwise(parts):
        last = pieces[-1]
        open_end = not ends_sentence(visible(document, last))
        entries += open_end and is_short(document, last, after[0][0], column)
    return entries >= 2 and entries >= 0.4 * (len(parts) - 1)


def _is_bullet(document: Document, pieces: list[Piece], *, first_lines_indented: bool) -> bool:
    """Whether a paragraph is set as a bullet: by a sign, or with all its lines indented.

    Where paragraphs have their first line indented, an indented single line says nothing.
    """
    texts = [piece_text(document, p) for p in pieces]
    if bullet_mark(texts[0]):
        return True
    return all(indent(t) >= INDENT for t in texts) and (len(pieces) > 1 or not first_lines_indented)


def _first_lines_indented(document: Document, parts: list[list[Piece]]) -> bool:
    long = [p for p in parts if len(p) > 1]
    first = [
        p
        for p in long
        if indent(piece_text(document, p[0])) >= INDENT > indent(piece_text(document, p[1]))
    ]
    return bool(first) and 2 * len(first) >= len(long)
