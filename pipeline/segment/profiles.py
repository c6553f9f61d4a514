"""Blocks → profiles: where one profile ends and the next begins.

No single mark tells. A page break can stand inside a profile, a heading can come before or
after the name, and theme labels can open a page. So every way of cutting the document is
weighed: a profile should have one overview, one population, one area, one name that its prose
speaks of, and no heading or label twice; a cut should fall on a page break or a wide gap. The
cheapest way wins, found by dynamic programming over the places where a cut is possible.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import zip_longest
from math import inf
from typing import NamedTuple

from pipeline.knowledge.layouts import BOX_TITLES, SECTION_KINDS
from pipeline.knowledge.parts import parts
from pipeline.model import Document
from pipeline.pieces import piece_text
from pipeline.segment.lines.columns import is_open
from pipeline.segment.lines.marks import Block
from pipeline.segment.tally import Held, Tally, held_by, is_indented
from pipeline.textforms import (
    display_width,
    has_han,
    match_key,
    without_parentheses,
)

_BEFORE_TITLES = -0.4
_COVER = 1.0  # pages at the beginning on which nothing stands but text and what may be a name
# What a cut costs by what stands before it.
_CUT_AT_PAGE = 0.0
_CUT_AT_GAP = {0: 2.5, 1: 1.5, 2: 0.5}
_CUT_WITHIN_PAGE = 3.0  # added to the above where the document has pages
_CUT_AT_WIDE_GAP = 0.0
_CUT_BEFORE_HEADING = -0.5
_CUT_BEFORE_TEXT = 0.2
_CUT_IN_SENTENCE = 2.0
_CUT_AT_NAME = 2.0  # inside a page, where each name has a page for itself
_MOSTLY_ALONE = 0.8
_MOSTLY_FIRST = 0.6  # of the profiles
_HOPELESS = 14.0
_HOPELESS_WITHOUT_TITLE = 18.0  # where names are known, so that lacking one costs more
# Short lines that say the same in each profile, whatever they mean.
_LONGEST_RECURRING = 40
_A_LIST = "\n"  # stands for any list of themes among such lines
_RECURS = (0.6, 1.4)  # as often as there are profiles
_INSIDE_NAMES = ("population", "area", "country", "partner")
_WITHIN_SECTION = ("text", "heading")
_CORE_LENGTH = 4  # ideographs by which prose calls a place
_DIGITS = re.compile(r"\d+")


class Span(NamedTuple):
    """Blocks `first` to `last`, inclusive; `profile` is False for matter of no profile."""

    first: int
    last: int
    profile: bool


def find_profiles(document: Document, blocks: list[Block], *, titled: bool = False) -> list[Span]:
    """The profiles of a document and what stands before, between and after them, in order.

    `titled` says that the names are known by their type: then a part without one is no profile.
    """
    if not blocks:
        return []
    found = _cheapest(document, blocks, titled=titled, named_first=False)
    if not titled:
        return found
    told = [blocks[s.first : s.last + 1] for s in found if s.profile]
    first = sum(_begins_with_name(own) for own in told)
    if not _MOSTLY_FIRST * len(told) <= first < len(told):
        return found
    return _cheapest(document, blocks, titled=titled, named_first=True)


def _begins_with_name(blocks: list[Block]) -> bool:
    """Whether the name of a profile stands above its sections."""
    kinds = ("name" if b.kind == "name" else b.heading for b in blocks)
    return next((k for k in kinds if k == "name" or k in SECTION_KINDS), None) == "name"


def _cheapest(
    document: Document, blocks: list[Block], *, titled: bool, named_first: bool
) -> list[Span]:
    """The way of cutting a document that costs least."""
    names = _names_by_group(document, blocks)
    prose = _prose_naming(document, blocks, set(names.values()))
    recurring = _recurring(document, blocks, len(names))
    further = _further_headings(document, blocks)
    held = [
        held_by(document, block, names.get(i), below, further=i in further)._replace(
            page_start=block.page_start, recurring=recurring.get(i)
        )
        for i, (block, below) in enumerate(zip_longest(blocks, blocks[1:]))
    ]
    starts = [i for i in range(len(blocks)) if _may_start(blocks, i, names)]
    paged = _has_pages(blocks)
    at_name = None
    if titled:
        alone = _one_on_each_page(document, blocks, names)
        at_name = _CUT_AT_NAME if alone else _CUT_AT_PAGE
    ends = [*starts[1:], len(blocks)]
    cuts = [
        _cut_cost(document, blocks, first, paged=paged, at_name=at_name) if s else 0.0
        for s, first in enumerate(starts)
    ]
    weighed = _Weighed(
        blocks, held, starts, ends, cuts, prose, titled=titled, named_first=named_first
    )
    hopeless = _HOPELESS_WITHOUT_TITLE if titled else _HOPELESS
    while (found := _way(weighed, hopeless)) is None:
        hopeless *= 2  # two profiles with nothing to cut between them
    return found


class _Weighed(NamedTuple):
    """What the ways of cutting a document are weighed by.

    `starts` are the blocks before which a cut is possible, each with what it costs in `cuts` and
    the end of what it begins in `ends`; `held` is what each block adds, `prose` who names whom.
    """

    blocks: list[Block]
    held: list[Held]
    starts: list[int]
    ends: list[int]
    cuts: list[float]
    prose: dict[str, list[int]]
    titled: bool
    named_first: bool


def _way(weighed: _Weighed, hopeless: float) -> list[Span] | None:
    """The cheapest way whose parts each cost no more than what is `hopeless`, if there is one."""
    blocks, held, starts, ends, cuts, prose, titled, named_first = weighed
    plain = Held()
    adding = [[h for h in held[a:b] if h != plain] for a, b in zip(starts, ends, strict=True)]
    best: list[float] = [0.0] + [inf] * len(starts)
    came: list[tuple[int, bool]] = [(0, False)] * (len(starts) + 1)
    for s, first in enumerate(starts):
        if best[s] == inf:
            continue
        tally = Tally(titled=titled, named_first=named_first)
        for e in range(s, len(starts)):
            for block in adding[e]:
                tally.add(block)
            matter = not tally.no_matter and (s == 0 or blocks[first].heading == "matter")
            cost = 0.0 if matter else tally.cost(first, ends[e], prose)
            if s == 0 and titled and "name" not in tally.parts:
                cost = _BEFORE_TITLES  # what stands above the first title, whatever it looks like
            elif s == 0 and _is_cover(tally, ends[e], blocks):
                matter, cost = True, min(cost, _COVER)
            if cost > hopeless:
                break
            if best[s] + cuts[s] + cost < best[e + 1]:
                best[e + 1] = best[s] + cuts[s] + cost
                named = "name" in tally.parts or not titled
                came[e + 1] = (s, not matter and bool(tally.parts) and named)
    return _spans(starts, ends, came) if best[-1] < inf else None


def _spans(starts: list[int], ends: list[int], came: list[tuple[int, bool]]) -> list[Span]:
    """The spans of the cheapest way, found from its end: where each part began, what it is."""
    spans: list[Span] = []
    at = len(starts)
    while at > 0:
        s, profile = came[at]
        spans.append(Span(starts[s], ends[at - 1] - 1, profile))
        at = s
    return spans[::-1]


def _is_cover(tally: Tally, end: int, blocks: list[Block]) -> bool:
    """Whether the first pages of a document hold nothing of a profile but what may be its name."""
    whole = end == len(blocks) or blocks[end].page_start
    return whole and {"name"} <= tally.parts <= {"name", "matter"} and not tally.labels


def _recurring(document: Document, blocks: list[Block], profiles: int) -> dict[int, str]:
    """The blocks that begin with a short line which recurs about once for each profile.

    So do lists of themes, whatever they say.
    """
    keys: dict[int, str] = {}
    listed = False  # whether the block above is of a list of themes
    for i, block in enumerate(blocks):
        text = piece_text(document, block.pieces[0])
        title = block.heading in BOX_TITLES
        if (block.kind == "text" or title) and display_width(text) <= _LONGEST_RECURRING:
            keys[i] = _DIGITS.sub("", match_key(text))
        elif block.kind == "labels" and not listed and not is_indented(document, block):
            keys[i] = _A_LIST
        listed = block.kind == "labels"
    counts = Counter(keys.values())
    least, most = (share * profiles for share in _RECURS)
    return {i: k for i, k in keys.items() if k and max(least, 2) <= counts[k] <= most}


def _further_headings(document: Document, blocks: list[Block]) -> frozenset[int]:
    """The headings of a wording that always heads more of a section, with only text between.

    A profile may say in two sections what is one here (`City profile`, `Key industries`): the
    second one never stands behind a name or a value, as it would at the head of a profile.
    """
    places: dict[tuple[str, str], list[int]] = {}
    last: dict[str, str] = {}
    further: set[int] = set()
    for i, block in enumerate(blocks):
        if block.kind not in _WITHIN_SECTION or block.page_start:
            last = {}
        if block.heading in SECTION_KINDS:
            key = _DIGITS.sub("", match_key(piece_text(document, block.pieces[0])))
            places.setdefault((block.heading, key), []).append(i)
            if last.get(block.heading, key) != key:
                further.add(i)
            last[block.heading] = key
    return frozenset(i for found in places.values() if further >= set(found) for i in found)


def _one_on_each_page(document: Document, blocks: list[Block], names: dict[int, str]) -> bool:
    """Whether names stand one on a page, so that a cut within a page is unlikely."""
    pages = Counter(document.lines[blocks[i].pieces[0].line - 1].page for i in names)
    alone = sum(count == 1 for count in pages.values())
    return len(pages) > 1 and alone >= _MOSTLY_ALONE * len(names)


def _may_start(blocks: list[Block], i: int, names: dict[int, str]) -> bool:
    block = blocks[i]
    if i in names:
        return True
    if block.kind in ("credit", "page_number") and i and not block.page_start:
        return False  # what stands at a page's foot closes the page
    return (
        i == 0
        or block.page_start
        or block.blanks >= 2
        or (block.kind in ("heading", "labels", "name", "population", "area") and block.blanks >= 1)
    )


def _has_pages(blocks: list[Block]) -> bool:
    """Whether page breaks and wide gaps are as many as the overviews, so that cuts fall there."""
    breaks = sum(b.page_start or b.blanks >= 3 for b in blocks)
    overviews = sum(b.heading == "overview" for b in blocks)
    return breaks >= 1 and breaks >= overviews - 1


def _cut_cost(
    document: Document, blocks: list[Block], i: int, *, paged: bool, at_name: float | None
) -> float:
    if blocks[i].page_start or blocks[i - 1].kind == "page_number":
        cost = _CUT_AT_PAGE
    elif at_name is not None and blocks[i].kind == "name":
        cost = at_name
    else:
        gap = _CUT_AT_GAP.get(blocks[i].blanks, _CUT_AT_WIDE_GAP)
        cost = gap + (_CUT_WITHIN_PAGE if gap and paged else 0.0)
    if blocks[i].kind == "text":
        cost += _CUT_BEFORE_TEXT
        foot = ("page_number", "credit")
        above = next((b for b in reversed(blocks[:i]) if b.kind not in foot), None)
        if above and above.kind == "text" and is_open(document, above.pieces[-1]):
            cost += _CUT_IN_SENTENCE
    return cost + (_CUT_BEFORE_HEADING if blocks[i].kind in ("heading", "name") else 0.0)


def _names_by_group(document: Document, blocks: list[Block]) -> dict[int, str]:
    """First block of each group of name blocks → what the prose would call the place.

    Name blocks with only numbers between them are one group.
    """
    groups: dict[int, str] = {}
    open_group: list[int] = []
    for i, block in enumerate([*blocks, None]):
        if block is not None and block.kind == "name" and not (block.page_start and open_group):
            open_group.append(i)
        elif open_group and (block is None or block.kind not in _INSIDE_NAMES):
            pieces = [p for j in open_group for p in blocks[j].pieces]
            texts = [without_parentheses(piece_text(document, p)) for p in pieces]
            han = "".join("".join(t.split()) for t in texts if has_han(t))
            han = han[parts().before(han, "") :]
            groups[open_group[0]] = han or " ".join(" ".join(t.split()) for t in texts)
            open_group = [i] if block is not None and block.kind == "name" else []
    return groups


def _prose_naming(document: Document, blocks: list[Block], names: set[str]) -> dict[str, list[int]]:
    """Name → the text blocks that hold it, or its longest part between hyphens."""
    texts = {
        i: "".join("".join(piece_text(document, p).split()) for p in b.pieces)
        for i, b in enumerate(blocks)
        if b.kind == "text"
    }
    found: dict[str, list[int]] = {}
    for name in names:
        core = max([name, *name.replace("—", "-").split("-")][1:], key=len)
        core = "".join(core.split())[:_CORE_LENGTH] if has_han(core) else "".join(core.split())
        found[name] = [i for i, text in texts.items() if core in text]
    return found
