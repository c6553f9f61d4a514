"""Runs of text lines → theme labels, and what is none."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.knowledge.layouts import Layouts
from pipeline.knowledge.themes import join_label
from pipeline.knowledge.titles import titles
from pipeline.language import is_word
from pipeline.model import Document, Piece
from pipeline.pieces import piece_text
from pipeline.segment.lines.bullets import bullet_mark
from pipeline.segment.lines.cells import BARE_NUMBER
from pipeline.segment.lines.columns import fills_column
from pipeline.segment.lines.marks import Block
from pipeline.segment.listing.wrapping import label_runs_on, says_again
from pipeline.segment.naming.namelike import name_part
from pipeline.textforms import display_width

_MAX_LINES = 4
_MAX_WIDTH = 60
_NO_LABEL = re.compile(r"[。！？；：！?;:©]|\.(?:\s|$)")


def label_blocks(document: Document, block: Block, layouts: Layouts) -> list[Block]:
    """A run of text lines: theme labels, then what is not a label.

    The lines after a label are a name, or else the label is a title of the prose below it.
    """
    whole = block
    block, texts, full = _label_lines(document, whole)
    if len(texts) > 1 and BARE_NUMBER.fullmatch(texts[0].strip()):
        first, *others = label_blocks(document, whole._replace(pieces=whole.pieces[1:]), layouts)
        if first.kind == "labels":
            first = first._replace(blanks=0, page_start=False)
            return [whole._replace(pieces=whole.pieces[:1]), first, *others]
    groups, at = _label_run(texts, full, layouts)
    if at < len(texts) and (_all_labels(texts, layouts) or _all_near(texts, layouts)):
        groups, at = _label_run(texts, full, layouts, unknown=True)
    rest = texts[at:]
    if not groups or not all(name_part(t, layouts) for t in rest):
        return [whole]
    labels = _labels(block, groups)
    told = [x for x in labels.labels if not _is_title(document, x)]  # the title of a table's row
    labels = labels._replace(labels=tuple(told))
    if not rest:
        return [labels]
    return [labels, Block("text", whole.pieces[at:], 0, False)]


def _is_title(document: Document, label: tuple[Piece, ...]) -> bool:
    return titles().may_list_themes(join_label([piece_text(document, p) for p in label]))


def _label_lines(document: Document, block: Block) -> tuple[Block, list[str], list[bool | None]]:
    """A block without bullets, its texts, and whether each line but the last fills its column."""
    plain = _without_bullets(document, block)
    bulleted = [a != b for a, b in zip(block.pieces, plain.pieces, strict=True)]
    full = [
        False if sign or above.line == below.line else fills_column(document, above, below)
        for (above, below), sign in zip(pairwise(plain.pieces), bulleted[1:], strict=True)
    ]
    return plain, [piece_text(document, p) for p in plain.pieces], full


def _labels(block: Block, groups: list[int]) -> Block:
    """The first lines of a block as labels of so many lines each."""
    spans = []
    start = 0
    for size in groups:
        spans.append(block.pieces[start : start + size])
        start += size
    return block._replace(kind="labels", pieces=block.pieces[:start], labels=tuple(spans))


def _short(text: str) -> bool:
    return display_width(text.strip()) <= _MAX_WIDTH and not _NO_LABEL.search(text)


def _without_bullets(document: Document, block: Block) -> Block:
    """A block without its bullets; a dash that only later lines begin with divides a label."""
    marks = [bullet_mark(piece_text(document, p)) for p in block.pieces]
    if not marks[0]:
        return block
    pieces = (Piece(p.line, p.start + m, p.end) for p, m in zip(block.pieces, marks, strict=True))
    return block._replace(pieces=tuple(pieces))


def _all_labels(texts: list[str], layouts: Layouts) -> bool:
    """Whether short lines without punctuation, some of them known labels, are all labels."""
    known = sum(bool(layouts.themes.match(t)) for t in texts)
    short = all(map(_short, texts)) and not any(map(layouts.is_country, texts))
    if not known or not short:
        return False
    understood = sum(bool(layouts.themes.listed(t, is_word)) for t in texts)
    if understood == len(texts):
        return True
    named = any(name_part(t, layouts) for t in texts if not layouts.themes.match(t))
    return short and (known >= 2 or (known == 1 and len(texts) == 2 and not named))


def _all_near(texts: list[str], layouts: Layouts) -> bool:
    """Whether each of some short lines is a label, or so near to one that it can be no other."""
    if not all(map(_short, texts)):
        return False
    return all(layouts.themes.match(t) or _near(t, layouts) for t in texts)


def _near(text: str, layouts: Layouts) -> bool:
    return bool(layouts.themes.nearest(text, is_word))


def _label_run(
    texts: list[str], full: list[bool | None], layouts: Layouts, *, unknown: bool = False
) -> tuple[list[int], int]:
    """The sizes of the labels with which a run of lines begins, and where they end.

    A label takes in the line below it when it ends with a separator, or when the two together
    are a label and the line below alone is none. Where the page is known, `full` tells of each
    line but the last whether it fills its column; a label may go on after such a line.
    """
    groups: list[int] = []
    at = 0
    while at < len(texts):
        size = 0
        for length in range(1, min(_MAX_LINES, len(texts) - at) + 1):
            lines = texts[at : at + length]
            goes_on = length == 1 or label_runs_on(lines, full[at + length - 2], layouts)
            if goes_on and layouts.themes.match(join_label(lines)):
                size = length
        if not size and unknown:
            size = 1
        size += says_again(texts[at : at + size], texts[at + size :], layouts)
        if not size:
            break
        groups.append(size)
        at += size
    return groups, at
