"""Which bare numbers are values because of a label that stands beside, above or below them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

from pipeline.knowledge.countries import countries
from pipeline.knowledge.layouts import Layouts
from pipeline.model import Document, Piece
from pipeline.pieces import piece_text
from pipeline.segment.lines.cells import (
    BARE_NUMBER,
    closes_note,
    header_cells,
    opens_note,
    value_cells,
)
from pipeline.segment.lines.marks import Block
from pipeline.textforms import display_width, first_word, unbroken

_NEAR = 1  # blank lines: a number and its label are often set in other sizes
_REACH = 3.0  # type sizes between a label and a number above or below it
_LEVEL = 0.6  # type sizes between two that stand in one row
_EDGE = 12.0  # points between the left edges of what stands in one column

Side = Literal["right", "below", "above"]
_HOLD_NUMBERS = ("text", "page_number", "labels", "fact")
_MAY_BE_VALUES = ("text", "page_number")
_SIDES: tuple[Side, ...] = ("right", "below", "above")


class _Spot(NamedTuple):
    """A piece with its place on a page; `cell` is its number among the cells of its line."""

    piece: Piece
    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    cell: int
    cells: int


def with_labelled_values(document: Document, blocks: list[Block], layouts: Layouts) -> list[Block]:
    """The blocks, with each bare number that a label makes a value as that value.

    In one document all labels stand on one side of their numbers. Where the place of the lines
    is not known, a number and its label are next to one another in one box.
    """
    if any(line.box for line in document.lines):
        return _by_place(document, blocks, layouts)
    return _by_order(document, blocks, layouts)


def _by_place(document: Document, blocks: list[Block], layouts: Layouts) -> list[Block]:
    """Labels and numbers by where they stand on the page."""
    labels = list(_labels(document, blocks, layouts))
    numbers = list(_numbers(document, blocks))
    found: dict[tuple[_Spot, Side], _Spot] = {}
    for kind, label in labels:
        for side in _SIDES:
            near = [
                (gap, spot.piece.line, spot.piece.start, spot)
                for spot in numbers
                if (gap := _gap(label, spot, side)) is not None
                and layouts.is_number(piece_text(document, spot.piece), kind)
            ]
            if near:
                found[label, side] = min(near)[-1]
    usual = Counter(side for _, side in found)
    order = sorted(_SIDES, key=lambda s: (-usual[s], _SIDES.index(s)))
    taken: dict[Piece, Literal["population", "area"]] = {}
    for kind, label in labels:
        for side in order:
            spot = found.get((label, side))
            if spot and spot.piece not in taken:
                taken[spot.piece] = kind
                break
    found_countries = _with_countries(document, blocks)
    return [part for block in found_countries for part in _carved(document, block, taken)]


def _with_countries(document: Document, blocks: list[Block]) -> list[Block]:
    """The blocks, with a country beside or below the label for it as that."""
    lone = [
        (i, spot)
        for i, block in enumerate(blocks)
        if block.kind in ("text", "fact") and len(block.pieces) == 1
        for spot in _spot(document, block.pieces[0], 0, 1)
    ]
    texts = {i: piece_text(document, spot.piece).strip() for i, spot in lone}
    out = list(blocks)
    for i, label in lone:
        if not countries().is_label(texts[i]):
            continue
        near = [
            (gap, j)
            for side in _SIDES[:2]
            for j, spot in lone
            if j != i and (gap := _gap(label, spot, side)) is not None
            if countries().code(texts[j])
        ]
        out[i] = blocks[i]._replace(kind="fact")
        if near:
            j = min(near)[1]
            out[j] = blocks[j]._replace(kind="country")
    return out


def _labels(
    document: Document, blocks: list[Block], layouts: Layouts
) -> Iterator[tuple[Literal["population", "area"], _Spot]]:
    """The labels without a number that stand in the blocks."""
    for block in blocks:
        if block.kind not in ("population", "area"):
            continue
        for piece in block.pieces:
            kind = layouts.value_label(piece_text(document, piece))
            if kind:
                line = document.lines[piece.line - 1].text
                starts = [c.start for c in header_cells(line, layouts)]
                cell = starts.index(piece.start) if piece.start in starts else 0
                yield from ((kind, s) for s in _spot(document, piece, cell, max(1, len(starts))))


def _numbers(document: Document, blocks: list[Block]) -> Iterator[_Spot]:
    """The cells of lines of text that hold a figure."""
    for block in blocks:
        if block.kind not in _HOLD_NUMBERS:
            continue
        for piece in block.pieces:
            text = piece_text(document, piece)
            if not any(map(str.isdigit, text)):
                continue
            if block.kind == "fact" and not BARE_NUMBER.fullmatch(text.strip()):
                continue
            cells = list(value_cells(text))
            for number, (start, end) in enumerate(cells):
                part = Piece(piece.line, piece.start + start, piece.start + end)
                yield from _spot(document, part, number, len(cells))


def _spot(document: Document, piece: Piece, cell: int, cells: int) -> Iterator[_Spot]:
    line = document.lines[piece.line - 1]
    if line.box is None:
        return
    body = line.text.strip()
    first = len(line.text) - len(line.text.lstrip())
    whole = display_width(body) or 1
    scale = (line.box.x1 - line.box.x0) / whole
    left = line.box.x0 + scale * display_width(line.text[first : piece.start])
    right = line.box.x0 + scale * display_width(line.text[first : piece.end].rstrip())
    yield _Spot(piece, line.page, left, right, line.box.top, line.box.bottom, cell, cells)


def _gap(label: _Spot, number: _Spot, side: Side) -> float | None:
    """How far a number stands from a label on one side of it, None if it does not."""
    if label.page != number.page:
        return None
    size = max(label.bottom - label.top, number.bottom - number.top)
    if side == "right":
        level = abs(label.bottom - number.bottom) <= _LEVEL * size
        after = number.piece.start >= label.piece.end if _in_line(label, number) else True
        return max(0.0, number.x0 - label.x1) if level and after and number.x1 > label.x1 else None
    gap = number.top - label.bottom if side == "below" else label.top - number.bottom
    if not -_LEVEL * size <= gap <= _REACH * size or _in_line(label, number):
        return None
    if label.cells > 1 and number.cells > 1 and label.cell == number.cell:
        return max(gap, 0.0)
    if 1 < label.cells == number.cells:
        return None
    # A row of a table in which a cell wraps may be in parts, each with some of its cells.
    under = label.x0 - _EDGE <= number.x1 and number.x0 <= label.x1 + _EDGE
    return max(gap, 0.0) + abs(label.x0 - number.x0) / 10 if under else None


def _in_line(label: _Spot, number: _Spot) -> bool:
    return label.piece.line == number.piece.line


def _carved(
    document: Document, block: Block, taken: dict[Piece, Literal["population", "area"]]
) -> list[Block]:
    """A block in parts, where some cells of it are values; other cells beside them are facts."""
    out: list[Block] = []
    for piece in block.pieces:
        text = piece_text(document, piece)
        inside = sorted(
            (p for p in taken if p.line == piece.line and piece.start <= p.start < piece.end),
            key=lambda p: p.start,
        )
        first = not out
        head = block._replace(
            blanks=block.blanks if first else 0, page_start=block.page_start and first
        )
        if inside and block.kind == "labels":
            return _beside_labels(document, block, taken)
        if inside and block.kind in _HOLD_NUMBERS:
            out += [head._replace(kind=taken[p], pieces=(p,), blanks=0) for p in inside]
            out[-len(inside)] = out[-len(inside)]._replace(blanks=head.blanks)
            if rest := _rest(document, piece, inside):
                out.append(head._replace(kind="fact", pieces=rest, blanks=0, page_start=False))
        elif out and out[-1].kind == block.kind:
            out[-1] = out[-1]._replace(pieces=(*out[-1].pieces, piece))
        elif out and opens_note(document.lines[piece.line - 2].text) and closes_note(text):
            out.append(head._replace(kind="fact", pieces=(piece,)))  # of the value above it
        else:
            out.append(head._replace(pieces=(piece,)))
    return out if len(out) > 1 or out[0].kind != block.kind else [block]


def _beside_labels(
    document: Document, block: Block, taken: dict[Piece, Literal["population", "area"]]
) -> list[Block]:
    """Values that stand in one row with labels of themes, and the labels without them."""
    inside = [p for p in taken if any(_holds(piece, p) for piece in block.pieces)]
    labels = tuple(
        tuple(part for piece in label for part in _without(document, piece, inside))
        for label in block.labels
    )
    labels = tuple(label for label in labels if label)
    values = [
        block._replace(kind=taken[p], pieces=(p,), labels=(), blanks=0, page_start=False)
        for p in inside
    ]
    values[0] = values[0]._replace(blanks=block.blanks, page_start=block.page_start)
    rest = block._replace(
        pieces=tuple(p for label in labels for p in label), labels=labels, blanks=0,
        page_start=False,
    )  # fmt: skip
    return [*values, rest] if labels else values


def _holds(piece: Piece, part: Piece) -> bool:
    return piece.line == part.line and piece.start <= part.start < piece.end


def _without(document: Document, piece: Piece, inside: list[Piece]) -> tuple[Piece, ...]:
    if not any(_holds(piece, p) for p in inside):
        return (piece,)
    rest = _rest(document, piece, inside)
    return (Piece(piece.line, rest[0].start, rest[-1].end),) if rest else ()


def _rest(document: Document, piece: Piece, inside: list[Piece]) -> tuple[Piece, ...]:
    text = piece_text(document, piece)
    cells = (Piece(piece.line, piece.start + a, piece.start + b) for a, b in value_cells(text))
    return tuple(c for c in cells if c not in inside)


def _by_order(document: Document, blocks: list[Block], layouts: Layouts) -> list[Block]:
    """Labels and numbers by their order in one box.

    All labels stand below their numbers if a number opens the box and a label ends it, else above.
    """
    out = list(_numbers_apart(document, blocks, layouts))
    start = 0
    for end in range(1, len(out) + 1):
        if end < len(out) and _in_box(document, out, end, layouts):
            continue
        box = range(start, end)
        below = not _is_label(document, out[start], layouts) and _is_label(
            document, out[end - 1], layouts
        )
        for i in box:
            label = out[i]
            at = i - 1 if below else i + 1
            if not _is_label(document, label, layouts) or at not in box:
                continue
            text = piece_text(document, out[at].pieces[0])
            if out[at].kind in _MAY_BE_VALUES and layouts.is_number(text, label.kind):
                out[at] = out[at]._replace(kind=label.kind)
        start = end
    return out


def _numbers_apart(document: Document, blocks: list[Block], layouts: Layouts) -> Iterator[Block]:
    """The blocks, with a number that stands in a run of text next to a label apart from the run."""
    for above, block, below in zip([None, *blocks], blocks, [*blocks[1:], None], strict=False):
        if block.kind != "text" or len(block.pieces) == 1:
            yield block
            continue
        first, last = (
            beside is not None
            and _is_label(document, beside, layouts)
            and layouts.is_number(piece_text(document, piece), beside.kind)
            for beside, piece in ((above, block.pieces[0]), (below, block.pieces[-1]))
        )
        cuts = [0, *([1] if first else []), *([len(block.pieces) - 1] if last else [])]
        for a, b in pairwise([*cuts, len(block.pieces)]):
            yield block._replace(
                pieces=block.pieces[a:b],
                blanks=0 if a else block.blanks,
                page_start=block.page_start and not a,
            )


def _is_label(document: Document, block: Block, layouts: Layouts) -> bool:
    """Whether a block is nothing but the label of a value."""
    return (
        block.kind in ("population", "area")
        and len(block.pieces) == 1
        and layouts.value_label(piece_text(document, block.pieces[0])) is not None
    )


def _in_box(document: Document, blocks: list[Block], i: int, layouts: Layouts) -> bool:
    """Whether a block is in one box of values and labels with the block above it."""
    return (
        blocks[i].blanks <= _NEAR
        and not blocks[i].page_start
        and all(_is_part(document, b, layouts) for b in blocks[i - 1 : i + 1])
    )


def _is_part(document: Document, block: Block, layouts: Layouts) -> bool:
    if len(block.pieces) != 1 or block.kind in ("population", "area"):
        return len(block.pieces) == 1
    text = piece_text(document, block.pieces[0])
    return block.kind in _MAY_BE_VALUES and (
        layouts.is_number(text, "population") or layouts.is_number(text, "area")
    )


def label_beside(
    document: Document, blocks: list[Block], value: Piece | None, kind: str, layouts: Layouts
) -> Piece | None:
    """What makes a number a value: the end of its unit in the next line, or its label."""
    if value is None or layouts.states_value(piece_text(document, value), kind):
        return None
    if value.line < len(document.lines):
        below = document.lines[value.line].text
        word = first_word(below)
        if word and layouts.states_value(unbroken(piece_text(document, value), word), kind):
            start = below.index(word)
            return Piece(value.line + 1, start, start + len(word))
    labels = [
        piece
        for block in blocks
        if block.kind == kind
        for piece in block.pieces
        if layouts.value_label(piece_text(document, piece))
    ]
    return min(labels, key=lambda p: (abs(p.line - value.line), p.line), default=None)


def country_piece(document: Document, blocks: list[Block]) -> Piece | None:
    """The country of a profile: that beside its title, else one at its pages' edges."""
    for kind in ("country", "page_number", "fact"):
        for piece in (p for b in blocks if b.kind == kind for p in b.pieces):
            text = piece_text(document, piece)
            span = (0, len(text)) if countries().labelled(text) else countries().inside(text)
            if span:
                return Piece(piece.line, piece.start + span[0], piece.start + span[1])
    return None
