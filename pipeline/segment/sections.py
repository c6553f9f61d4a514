"""The text blocks of a profile → its sections.

A section's text breaks off where its column ends and goes on elsewhere: after the name, the
numbers or the theme labels, sometimes after another section, without any mark. What goes on
with which section is weighed from three facts: a sentence left open, the width of the column,
and the order on the page.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.language import word_over_join
from pipeline.model import Document, Piece, SectionKind
from pipeline.segment.blocks import Block
from pipeline.segment.columns import (
    column_width,
    is_open,
    is_short,
    same_column,
    starts_inside_sentence,
    visible,
)
from pipeline.segment.headings import heading_key

_OPEN_AT_EDGE = 4.0
_OPEN_EARLIER = 2.0
_WORD_GOES_ON = 3.0
_CANNOT_GO_ON = -4.0
_SAME_WIDTH = 2.0
_OTHER_WIDTH = -2.0
_LAST_READ = 1.0
_CLEARLY_OTHER = 5.0


class Draft(NamedTuple):
    """A section being put together: the indices of its blocks, in reading order."""

    kind: SectionKind
    heading: Piece
    blocks: list[int]


def assign_sections(
    document: Document, blocks: list[Block], unknown: frozenset[str]
) -> list[Draft]:
    """The sections of the profile that some blocks make.

    Text before any heading, or under a heading whose key is among the `unknown`, is in none.
    """
    drafts: list[Draft] = []
    current: Draft | None = None
    interrupted = False
    fresh = False
    for i, block in enumerate(blocks):
        if block.kind == "heading":
            current = _open_section(drafts, block)
            interrupted, fresh = False, True
        elif block.kind == "text" and heading_key(document, block) in unknown:
            current = None
        elif block.kind != "text":
            interrupted = interrupted or block.kind in ("name", "population", "area", "labels")
        elif current is not None or (interrupted and drafts):
            if not fresh:
                run = _run_width(document, blocks, i)
                current = _best(document, blocks, drafts, current, i, run, interrupted)
            if current is not None:
                current.blocks.append(i)
            interrupted = fresh = False
    return drafts


def _open_section(drafts: list[Draft], block: Block) -> Draft | None:
    """The section that a heading opens, or takes up again."""
    if block.heading is None or block.heading == "matter":
        return None
    for draft in drafts:
        if draft.kind == block.heading:
            return draft
    draft = Draft(block.heading, block.pieces[0], [])
    drafts.append(draft)
    return draft


def _run_width(document: Document, blocks: list[Block], i: int) -> float | None:
    """The column width of the text from block `i` up to what interrupts it."""
    for block in blocks[i:]:
        if block.kind != "text":
            return None
        found = column_width(document, block.pieces)
        if found is not None:
            return found
    return None


def _section_width(document: Document, blocks: list[Block], draft: Draft) -> float | None:
    found = [column_width(document, blocks[i].pieces) for i in draft.blocks]
    known = sorted(w for w in found if w is not None)
    return known[len(known) // 2] if known else None


def _best(
    document: Document,
    blocks: list[Block],
    drafts: list[Draft],
    current: Draft | None,
    i: int,
    run: float | None,
    interrupted: bool,
) -> Draft | None:
    """The section that block `i` goes on with; under an unknown heading, one only for a reason."""
    if not interrupted and current is not None:
        run = column_width(document, blocks[i].pieces)
        here = _section_width(document, blocks, current)
        if run is None or here is None or abs(run - here) < _CLEARLY_OTHER:
            return current
        if current.blocks and _goes_on(document, blocks, current, i) > 0:
            return current
    scores = []
    for draft in drafts:
        score = _goes_on(document, blocks, draft, i)
        there = _section_width(document, blocks, draft)
        if run is not None and there is not None:
            score += _SAME_WIDTH if same_column(run, there) else _OTHER_WIDTH
        score += _LAST_READ * (draft is current)
        scores.append(score)
    best = max(range(len(drafts)), key=lambda k: (scores[k], -k))
    if scores[best] < _SAME_WIDTH and (current is None or not interrupted):
        return current
    return drafts[best]


def _goes_on(document: Document, blocks: list[Block], draft: Draft, i: int) -> float:
    """How much speaks for block `i` going on in the middle of a section's last sentence."""
    if not draft.blocks:
        return _OPEN_EARLIER
    tail, head = blocks[draft.blocks[-1]].pieces, blocks[i].pieces[0]
    left, right = visible(document, tail[-1]), visible(document, head)
    if not is_open(document, tail[-1]):
        return _CANNOT_GO_ON if starts_inside_sentence(right) else 0.0
    short = is_short(document, tail[-1], head, _section_width(document, blocks, draft))
    score = _OPEN_EARLIER if short else _OPEN_AT_EDGE
    return score + _WORD_GOES_ON * word_over_join(left, right)
