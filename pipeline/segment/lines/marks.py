"""What lines are by themselves, and what they make together: marks and blocks."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pipeline.knowledge.layouts import HeadingKind
from pipeline.knowledge.nearest import Near
from pipeline.model import Piece, SectionKind

LineKind = Literal[
    "blank", "heading", "population", "area", "fact", "credit", "page_number", "text", "name",
    "country", "ticked", "goes_on", "contact",
]  # fmt: skip
BlockKind = Literal[
    "blank",
    "heading",
    "population",
    "area",
    "fact",
    "credit",
    "page_number",
    "labels",
    "text",
    "aside",
    "contact",
    "name",
    "partner",
    "country",
]


class Mark(NamedTuple):
    """One piece of a line and what it is; `heading` is set for headings alone."""

    piece: Piece
    kind: LineKind
    heading: HeadingKind | None = None


class Block(NamedTuple):
    """Neighbouring pieces of one kind.

    `labels` groups the pieces of a block of kind "labels" into labels. `blanks` is the number
    of blank lines before the block, `page_start` whether a page begins with it. `near` is the
    known heading for which an unknown one was taken. A "partner" is the name of a title in the
    other script.
    """

    kind: BlockKind
    pieces: tuple[Piece, ...]
    blanks: int
    page_start: bool
    heading: HeadingKind | None = None
    labels: tuple[tuple[Piece, ...], ...] = ()
    near: Near[SectionKind] | None = None
