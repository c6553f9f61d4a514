"""A list of labels in the place of the blocks in which its lines stood."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.knowledge.layouts import HeadingKind
from pipeline.model import Piece
from pipeline.segment.blocks import Block


def put_list(
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
