"""Which bare numbers are values because of a label that stands above or below them."""

from __future__ import annotations

from pipeline.knowledge.layouts import Layouts
from pipeline.model import Document
from pipeline.pieces import piece_text
from pipeline.segment.blocks import Block

_NEAR = 1  # blank lines: a number and its label are often set in other sizes


def with_labelled_values(document: Document, blocks: list[Block], layouts: Layouts) -> list[Block]:
    """The blocks, with each bare number that stands alone beside a bare label as its value.

    In one box all labels stand on one side: below their numbers if a number opens the box and a
    label ends it, else above them.
    """
    out = list(blocks)
    start = 0
    for end in range(1, len(blocks) + 1):
        if end < len(blocks) and _in_box(document, blocks, end, layouts):
            continue
        box = range(start, end)
        below = not _is_label(document, blocks[start], layouts) and _is_label(
            document, blocks[end - 1], layouts
        )
        for i in box:
            label = blocks[i]
            at = i - 1 if below else i + 1
            if not _is_label(document, label, layouts) or at not in box:
                continue
            text = piece_text(document, blocks[at].pieces[0])
            if blocks[at].kind == "text" and layouts.is_number(text, label.kind):
                out[at] = blocks[at]._replace(kind=label.kind)
        start = end
    return out


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
    return block.kind == "text" and (
        layouts.is_number(text, "population") or layouts.is_number(text, "area")
    )
