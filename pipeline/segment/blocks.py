"""Lines → blocks: what stands together on the page and is of one kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

from pipeline.knowledge.layouts import HeadingKind, Layouts
from pipeline.knowledge.themes import join_label
from pipeline.model import Document, Piece
from pipeline.pieces import piece_text
from pipeline.segment.evidence import Mark, mark_line, name_scripts, with_captions
from pipeline.textforms import display_width

_MAX_LABEL_LINES = 4
_MAX_LABEL_WIDTH = 60
_BARE_NUMBER = re.compile(r"\d[\d.,' \u00a0\u202f]*")
_NO_LABEL = re.compile(r"[。！？；：!?;:©]|\.\s")
_LABEL_SEPARATORS = tuple("、，,/⸺—–‒")

BlockKind = Literal[
    "blank", "heading", "population", "area", "credit", "page_number", "labels", "text", "name"
]


class Block(NamedTuple):
    """Neighbouring pieces of one kind.

    `labels` groups the pieces of a block of kind "labels" into labels. `blanks` is the number
    of blank lines before the block, `page_start` whether a page begins with it.
    """

    kind: BlockKind
    pieces: tuple[Piece, ...]
    blanks: int
    page_start: bool
    heading: HeadingKind | None = None
    labels: tuple[tuple[Piece, ...], ...] = ()


def make_blocks(document: Document, layouts: Layouts) -> list[Block]:
    """The blocks of a document in the order of its lines; blank lines belong to none."""
    blocks: list[Block] = []
    blanks = 0
    last_page = 1
    for page, chunk in _chunks(document, layouts):
        if chunk[0].kind == "blank":
            blanks += len(chunk)
            continue
        blocks += _chunk_blocks(document, chunk, layouts, blanks, page != last_page)
        blanks, last_page = 0, page
    return blocks


def _chunks(document: Document, layouts: Layouts) -> Iterator[tuple[int, list[Mark]]]:
    """Runs of lines of one page that are all blank or all filled, each with its page."""
    chunk: list[Mark] = []
    key = (0, False)
    for line in document.lines:
        marks = mark_line(line, layouts)
        here = (line.page, marks[0].kind == "blank")
        if chunk and here != key:
            yield key[0], chunk
            chunk = []
        key = here
        chunk += marks
    if chunk:
        yield key[0], chunk


def _chunk_blocks(
    document: Document, chunk: list[Mark], layouts: Layouts, blanks: int, page_start: bool
) -> list[Block]:
    """The blocks of one run of lines that no blank line and no page break divides."""
    texts = [piece_text(document, m.piece) for m in chunk]
    marks = with_captions(chunk, texts, layouts)
    marks = _doubt_values(_labelled_values(marks, texts), texts, layouts)
    blocks: list[Block] = []
    start = 0
    for end in range(1, len(marks) + 1):
        if end < len(marks) and marks[end].kind == marks[start].kind == "text":
            continue
        pieces = tuple(m.piece for m in marks[start:end])
        first = not blocks
        head = Block(
            "text", pieces, blanks if first else 0, page_start and first, marks[start].heading
        )
        if marks[start].kind == "text":
            blocks.extend(_text_blocks(document, head, layouts))
        else:
            blocks.append(head._replace(kind=marks[start].kind))
        start = end
    return blocks


def _labelled_values(marks: list[Mark], texts: list[str]) -> list[Mark]:
    """A bare number below the label of a population or area is that value."""
    out = list(marks)
    for i, (above, below) in enumerate(pairwise(marks)):
        labelled = above.kind in ("population", "area") and not any(map(str.isdigit, texts[i]))
        if labelled and below.kind == "text" and _BARE_NUMBER.fullmatch(texts[i + 1].strip()):
            out[i + 1] = below._replace(kind=above.kind)
    return out


def _doubt_values(marks: list[Mark], texts: list[str], layouts: Layouts) -> list[Mark]:
    """A line that looks like a population but stands amid lines of prose is prose."""
    if not any(m.kind in ("population", "area") for m in marks):
        return marks
    prose = any(
        m.kind == "text" and not name_scripts(t, layouts.particles) and not layouts.themes.match(t)
        for m, t in zip(marks, texts, strict=True)
    )
    if not prose:
        return marks
    return [
        m._replace(kind="text") if m.kind in ("population", "area") and _amid(marks, i) else m
        for i, m in enumerate(marks)
    ]


def _amid(marks: list[Mark], i: int) -> bool:
    near = [marks[j].kind for j in (i - 1, i + 1) if 0 <= j < len(marks)]
    return bool(near) and all(kind == "text" for kind in near)


def _text_blocks(document: Document, block: Block, layouts: Layouts) -> list[Block]:
    """A run of text lines: theme labels, then what is not a label.

    The lines after a label are a name, or else the label is a title of the prose below it.
    """
    texts = [piece_text(document, p) for p in block.pieces]
    groups, at = _label_run(texts, layouts)
    if at < len(texts) and _all_labels(texts, layouts):
        groups, at = _label_run(texts, layouts, unknown=True)
    if not groups:
        return [block]
    rest = texts[at:]
    if rest and not all(name_scripts(t, layouts.particles) for t in rest):
        return [block]
    spans = []
    start = 0
    for size in groups:
        spans.append(block.pieces[start : start + size])
        start += size
    labels = block._replace(kind="labels", pieces=block.pieces[:at], labels=tuple(spans))
    if not rest:
        return [labels]
    return [labels, Block("text", block.pieces[at:], 0, False)]


def _all_labels(texts: list[str], layouts: Layouts) -> bool:
    """Whether short lines without punctuation, some of them known labels, are all labels."""
    known = sum(bool(layouts.themes.match(t)) for t in texts)
    if not known:
        return False
    short = all(
        display_width(t.strip()) <= _MAX_LABEL_WIDTH and not _NO_LABEL.search(t) for t in texts
    )
    named = any(name_scripts(t, layouts.particles) for t in texts if not layouts.themes.match(t))
    return short and (known >= 2 or (known == 1 and len(texts) == 2 and not named))


def _label_run(
    texts: list[str], layouts: Layouts, *, unknown: bool = False
) -> tuple[list[int], int]:
    """The sizes of the labels with which a run of lines begins, and where they end.

    A label takes in the line below it when it ends with a separator, or when the two together
    are a label and the line below alone is none.
    """
    groups: list[int] = []
    at = 0
    while at < len(texts):
        size = 0
        for length in range(1, min(_MAX_LABEL_LINES, len(texts) - at) + 1):
            lines = texts[at : at + length]
            runs_on = length == 1 or _runs_on(lines, layouts)
            if runs_on and layouts.themes.match(join_label(lines)):
                size = length
        if not size and unknown:
            size = 1
        if not size:
            break
        groups.append(size)
        at += size
    return groups, at


def _runs_on(lines: list[str], layouts: Layouts) -> bool:
    """Whether the last of these lines may continue the label above it."""
    above, below = lines[-2].rstrip(), lines[-1].strip()
    if above[-1:] in _LABEL_SEPARATORS or below[:1] in _LABEL_SEPARATORS:
        return True
    return bool(layouts.themes.match(join_label(lines), free_details=False)) and not (
        layouts.themes.match(below)
    )
