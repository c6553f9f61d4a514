"""The text blocks of a profile → its sections.

A section's text breaks off where its column ends and goes on elsewhere: after the name, the
numbers or the theme labels, sometimes after another section, without any mark. What goes on
with which section is weighed from four facts: a sentence left open, the width of the column,
the order on the page, and in a profile in two languages the one that a section lacks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple, get_args

from pipeline.language import word_over_join
from pipeline.model import Document, Piece, SectionKind
from pipeline.pieces import piece_text
from pipeline.segment.heading.headings import heading_key
from pipeline.segment.lines.columns import (
    column_width,
    is_open,
    is_short,
    same_column,
    starts_column,
    starts_inside_sentence,
    stays_in_column,
    visible,
)
from pipeline.segment.lines.marks import Block
from pipeline.segment.matter import below_matter, box_titles
from pipeline.textforms import display_width, ends_sentence, has_han

_SECTIONS: dict[str, SectionKind] = {kind: kind for kind in get_args(SectionKind)}
_INTERRUPTS = ("name", "population", "area", "fact", "labels")
# What speaks for a section, and against it.
_OPEN_AT_EDGE = 4.0
_OPEN_EARLIER = 2.0
_WORD_GOES_ON = 3.0
_CANNOT_GO_ON = -4.0
_SAME_WIDTH = 2.0
_OTHER_WIDTH = -2.0
_LAST_READ = 1.0
_USUAL = 1.5
_OTHER_LANGUAGE = 3.0
_MOST = 0.8  # share of the profiles that makes a section the usual one
_WIDEST_FACT = 40  # columns
_CLEARLY_OTHER = 5.0  # half-width columns
_CLEARLY_OTHER_RAGGED = 0.25  # share of the wider column, where lines are not justified


class SectionDraft(NamedTuple):
    """A section being put together: the indices of its blocks, in reading order, each with why.

    `resumed` are the blocks that go on with an open sentence after an interruption.
    """

    kind: SectionKind
    heading: tuple[Piece, ...]
    blocks: list[int]
    why: list[str]
    resumed: list[int]


class _Choice(NamedTuple):
    """The section to which a block goes, and why."""

    draft: SectionDraft | None
    why: str


def assign_sections(
    document: Document,
    blocks: list[Block],
    unknown: frozenset[str],
    usual: SectionKind | None = None,
) -> list[SectionDraft]:
    """The sections of the profile that some blocks make.

    Text before any heading, or under a heading whose key is among the `unknown`, is in none.
    `usual` is the section that goes on after an interruption in other profiles of the document.
    """
    sections = _Sections(document, blocks, usual)
    current: SectionDraft | None = None
    interrupted = False
    fresh = boxed = False
    boxes, matter = box_titles(blocks), below_matter(document, blocks)
    for i, block in enumerate(blocks):
        boxed = block.heading == "facts" or (boxed and _in_box(document, block))
        if i in boxes:
            interrupted = True
        elif block.kind == "heading":
            current = sections.opened(block)
            interrupted, fresh = False, True
        elif block.kind == "text" and heading_key(document, block) in unknown:
            current = None
        elif block.kind != "text":
            interrupted = interrupted or block.kind in _INTERRUPTS
        elif not (boxed or i in matter) and (
            current is not None or (interrupted and sections.drafts)
        ):
            why = "first below its heading"
            if not fresh:
                current, why = sections.best(i, current, interrupted=interrupted)
            if current is not None:
                if interrupted and not fresh and current.blocks:
                    current.resumed.extend(
                        [i] if sections.goes_on(current, i) >= _OPEN_AT_EDGE else []
                    )
                current.blocks.append(i)
                current.why.append(why)
            interrupted = fresh = False
    return sections.drafts


def _in_box(document: Document, block: Block) -> bool:
    """Whether a block is one of short lines below the title of a box of facts, in its column."""
    texts = [piece_text(document, p).strip() for p in block.pieces]
    return (
        block.kind != "heading"
        and stays_in_column(document, block.pieces[0])
        and not any(ends_sentence(t) for t in texts)
        and all(display_width(t) <= _WIDEST_FACT for t in texts)
    )


def usual_sections(
    parts: Iterable[list[SectionDraft]],
) -> dict[frozenset[SectionKind], SectionKind]:
    """Which section goes on after an interruption, for profiles of the same sections.

    An open sentence tells it in some profiles; the others of an edition are laid out alike.
    """
    votes: dict[frozenset[SectionKind], Counter[SectionKind]] = {}
    for drafts in parts:
        kinds = frozenset(d.kind for d in drafts)
        votes.setdefault(kinds, Counter()).update(d.kind for d in drafts if d.resumed)
    usual = {}
    for kinds, counts in votes.items():
        for kind, number in counts.most_common(1):
            if number > 1 and number >= _MOST * counts.total():
                usual[kinds] = kind
    return usual


class _Sections:
    """The sections of one profile while they are put together, and what speaks for each."""

    def __init__(self, document: Document, blocks: list[Block], usual: SectionKind | None) -> None:
        self._document = document
        self._blocks = blocks
        self._usual = usual
        self.drafts: list[SectionDraft] = []

    def opened(self, block: Block) -> SectionDraft | None:
        """The section that a heading opens, or takes up again."""
        kind = _SECTIONS.get(block.heading or "")
        if kind is None:
            return None
        for draft in self.drafts:
            if draft.kind == kind:
                return draft
        draft = SectionDraft(kind, block.pieces, [], [], [])
        self.drafts.append(draft)
        return draft

    def best(self, i: int, current: SectionDraft | None, *, interrupted: bool) -> _Choice:
        """The section block `i` goes on with; under an unknown heading, one only for a reason."""
        run = self._run_width(i)
        if not interrupted and current is not None:
            choice = self._uninterrupted(i, current)
            if choice is not None:
                return choice
            run = column_width(self._document, self._blocks[i].pieces)
        scores = self._scores(i, current, run, interrupted=interrupted)
        best = max(range(len(self.drafts)), key=lambda k: (sum(scores[k]), -k))
        if sum(scores[best]) < _SAME_WIDTH and (current is None or not interrupted):
            return _Choice(current, "nothing speaks for another section")
        return _Choice(self.drafts[best], _weighed(self.drafts, scores, best))

    def goes_on(self, draft: SectionDraft, i: int) -> float:
        """How much speaks for block `i` going on in the middle of a section's last sentence."""
        if not draft.blocks:
            return _OPEN_EARLIER
        document = self._document
        tail, head = self._blocks[draft.blocks[-1]].pieces, self._blocks[i].pieces[0]
        left, right = visible(document, tail[-1]), visible(document, head)
        if not is_open(document, tail[-1]):
            return _CANNOT_GO_ON if starts_inside_sentence(right) else 0.0
        short = is_short(document, tail[-1], head, self._width(draft))
        score = _OPEN_EARLIER if short else _OPEN_AT_EDGE
        return score + _WORD_GOES_ON * word_over_join(left, right)

    def _uninterrupted(self, i: int, current: SectionDraft) -> _Choice | None:
        """What a block goes on with that nothing parts from the one above, where that is plain."""
        document, block = self._document, self._blocks[i]
        first = block.pieces[0]
        if stays_in_column(document, first):
            return _Choice(current, "follows the text above in its column")
        if block.page_start and starts_column(document, first):
            return _Choice(current, "opens a page where the text above ends one")
        elsewhere = self._left_open(current, i)
        if elsewhere is not None:
            return _Choice(elsewhere, "goes on with the sentence that another section leaves open")
        ragged = _is_ragged(document, block)
        run = column_width(document, block.pieces)
        here = self._width(current, ragged=ragged)
        clearly = _CLEARLY_OTHER_RAGGED * max(run or 0, here or 0) if ragged else _CLEARLY_OTHER
        if run is None or here is None or abs(run - here) < clearly:
            return _Choice(current, "follows the text above in its column")
        if current.blocks and self.goes_on(current, i) > 0:
            return _Choice(current, "goes on with the sentence above")
        return None

    def _scores(
        self, i: int, current: SectionDraft | None, run: float | None, *, interrupted: bool
    ) -> list[tuple[float, ...]]:
        """What speaks for each section that block `i` may go on with, fact by fact."""
        ragged = _is_ragged(self._document, self._blocks[i])
        written = [
            {_is_ragged(self._document, self._blocks[k]) for k in draft.blocks}
            for draft in self.drafts
        ]
        in_two = any(len(languages) > 1 for languages in written)
        scores: list[tuple[float, ...]] = []
        for draft, languages in zip(self.drafts, written, strict=True):
            there = self._width(draft, ragged=ragged)
            width = 0.0
            if run is not None and there is not None:
                width = _SAME_WIDTH if same_column(run, there, ragged=ragged) else _OTHER_WIDTH
            expected = _USUAL * (interrupted and draft.kind == self._usual)
            missing = _OTHER_LANGUAGE * (interrupted and in_two and languages == {not ragged})
            last = _LAST_READ * (draft is current)
            scores.append((self.goes_on(draft, i), width, last, expected, missing))
        return scores

    def _left_open(self, current: SectionDraft, i: int) -> SectionDraft | None:
        """The one section in whose last sentence block `i` goes on, where `current` is at an end.

        Only what plainly begins inside a sentence goes on so.
        """
        blocks = self._blocks
        if not current.blocks or is_open(self._document, blocks[current.blocks[-1]].pieces[-1]):
            return None
        inside = starts_inside_sentence(visible(self._document, blocks[i].pieces[0]))
        least = _OPEN_AT_EDGE if inside else _OPEN_AT_EDGE + _WORD_GOES_ON
        others = (d for d in self.drafts if d is not current and d.blocks)
        found = [d for d in others if self.goes_on(d, i) >= least]
        return found[0] if len(found) == 1 else None

    def _run_width(self, i: int) -> float | None:
        """The column width of the text from block `i` up to what interrupts it."""
        for block in self._blocks[i:]:
            if block.kind != "text":
                return None
            found = column_width(self._document, block.pieces)
            if found is not None:
                return found
        return None

    def _width(self, draft: SectionDraft, *, ragged: bool | None = None) -> float | None:
        """The column width of a section, or of its text in one script alone."""
        found = [
            column_width(self._document, self._blocks[i].pieces)
            for i in draft.blocks
            if ragged is None or ragged is _is_ragged(self._document, self._blocks[i])
        ]
        known = sorted(w for w in found if w is not None)
        return known[len(known) // 2] if known else None


def _weighed(drafts: list[SectionDraft], scores: list[tuple[float, ...]], best: int) -> str:
    """What speaks for the best section, beside the sums of the others."""
    facts = zip(
        ("open sentence", "column width", "last read", "as in other profiles", "other language"),
        scores[best],
        strict=True,
    )
    others = [
        f"{d.kind} {sum(s):g}" for d, s in zip(drafts, scores, strict=True) if s is not scores[best]
    ]
    return ", ".join(f"{name} {score:+g}" for name, score in facts if score) + (
        f" (against {', '.join(others)})" if others else ""
    )


def _is_ragged(document: Document, block: Block) -> bool:
    """Whether a text is in Latin letters, whose lines are seldom as wide as their column."""
    return not any(has_han(piece_text(document, p)) for p in block.pieces)
