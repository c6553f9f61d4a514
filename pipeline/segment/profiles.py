"""Blocks → profiles: where one profile ends and the next begins.

No single mark tells. A page break can stand inside a profile, a heading can come before or
after the name, and theme labels can open a page. So every way of cutting the document is
weighed: a profile should have one overview, one population, one area, one name that its prose
speaks of, and no heading or label twice; a cut should fall on a page break or a wide gap. The
cheapest way wins, found by dynamic programming over the places where a cut is possible.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from pipeline.model import Document
from pipeline.pieces import piece_text
from pipeline.segment.blocks import Block
from pipeline.textforms import has_han, match_key, without_parentheses

# What it costs when a profile has a part too often, or lacks it.
_TWICE = {
    "overview": 8.0,
    "population": 4.0,
    "area": 4.0,
    "name": 4.0,
    "section": 3.0,
    "label": 0.5,
}
_LACKS = {"overview": 2.0, "population": 1.5, "area": 1.5, "name": 2.0}
_NAME_NOT_IN_PROSE = 1.0
_NOTHING_IN_IT = 3.0
# What a cut costs by what stands before it.
_CUT_AT_PAGE = 0.0
_CUT_AT_GAP = {0: 2.5, 1: 1.5, 2: 0.5}
_CUT_WITHIN_PAGE = 3.0  # added to the above where the document has pages
_CUT_AT_WIDE_GAP = 0.0
_CUT_BEFORE_HEADING = -0.5
_HOPELESS = 14.0


class Span(NamedTuple):
    """Blocks `first` to `last`, inclusive; `profile` is False for matter of no profile."""

    first: int
    last: int
    profile: bool


class _Tally:
    """What a growing run of blocks holds."""

    def __init__(self) -> None:
        self.parts: Counter[str] = Counter()
        self.labels: Counter[str] = Counter()
        self.prose: set[int] = set()
        self.names: list[str] = []

    def cost(self, documents_prose: dict[str, set[int]]) -> float:
        parts = self.parts
        evidence = sum(parts.values()) + sum(self.labels.values())
        if not evidence:
            return _NOTHING_IN_IT
        cost = 0.0
        for part, weight in _TWICE.items():
            if part in ("section", "label"):
                continue
            cost += weight * max(0, parts[part] - 1)
        for part, weight in _LACKS.items():
            cost += weight * (not parts[part])
        for kind in ("priorities", "good_practices", "preferred_themes"):
            cost += _TWICE["section"] * max(0, parts[kind] - 1)
        cost += _TWICE["label"] * sum(n - 1 for n in self.labels.values())
        if len(self.names) == 1 and not documents_prose[self.names[0]] & self.prose:
            cost += _NAME_NOT_IN_PROSE
        return cost


def find_profiles(document: Document, blocks: list[Block]) -> list[Span]:
    """The profiles of a document and what stands before, between and after them, in order."""
    if not blocks:
        return []
    names = _names_by_group(document, blocks)
    prose = _prose_naming(document, blocks, set(names.values()))
    starts = [i for i in range(len(blocks)) if _may_start(blocks, i)]
    paged = _has_pages(blocks)
    ends = [*starts[1:], len(blocks)]
    best: list[float] = [0.0] + [float("inf")] * len(starts)
    came: list[tuple[int, bool]] = [(0, False)] * (len(starts) + 1)
    for s, first in enumerate(starts):
        cut = 0.0 if s == 0 else _cut_cost(blocks, first, paged=paged)
        tally = _Tally()
        for e in range(s, len(starts)):
            for i in range(starts[e], ends[e]):
                _add(tally, document, blocks, i, names)
            matter = _is_matter(blocks, first, ends[e], front=s == 0)
            cost = 0.0 if matter else tally.cost(prose)
            if cost > _HOPELESS:
                break
            if best[s] + cut + cost < best[e + 1]:
                best[e + 1] = best[s] + cut + cost
                came[e + 1] = (s, not matter and bool(tally.parts))
    spans: list[Span] = []
    at = len(starts)
    while at > 0:
        s, profile = came[at]
        spans.append(Span(starts[s], ends[at - 1] - 1, profile))
        at = s
    return spans[::-1]


def _may_start(blocks: list[Block], i: int) -> bool:
    block = blocks[i]
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


def _cut_cost(blocks: list[Block], i: int, *, paged: bool) -> float:
    if blocks[i].page_start or blocks[i - 1].kind == "page_number":
        cost = _CUT_AT_PAGE
    else:
        gap = _CUT_AT_GAP.get(blocks[i].blanks, _CUT_AT_WIDE_GAP)
        cost = gap + (_CUT_WITHIN_PAGE if gap and paged else 0.0)
    return cost + (_CUT_BEFORE_HEADING if blocks[i].kind in ("heading", "name") else 0.0)


def _is_matter(blocks: list[Block], first: int, end: int, *, front: bool) -> bool:
    """Whether blocks are matter of no profile: a foreword, or what a matter heading opens."""
    kinds = {b.kind for b in blocks[first:end]}
    headings = {b.heading for b in blocks[first:end] if b.kind == "heading"}
    if kinds & {"name", "population", "area"} or headings - {"matter"}:
        return False
    return front or blocks[first].heading == "matter"


def _add(
    tally: _Tally, document: Document, blocks: list[Block], i: int, names: dict[int, str]
) -> None:
    block = blocks[i]
    if block.kind == "heading" and block.heading:
        tally.parts[block.heading] += 1
    elif block.kind in ("population", "area"):
        tally.parts[block.kind] += 1
    elif block.kind == "name" and i in names:
        tally.parts["name"] += 1
        tally.names.append(names[i])
    elif block.kind == "labels" and not _indented(document, block):
        for label in block.labels:
            tally.labels[match_key("".join(piece_text(document, p) for p in label))] += 1
    elif block.kind == "text":
        tally.prose.add(i)


def _indented(document: Document, block: Block) -> bool:
    """Bullets repeat the labels of their profile; they do not count against it."""
    return piece_text(document, block.pieces[0]).startswith(("  ", "\u3000"))


def _names_by_group(document: Document, blocks: list[Block]) -> dict[int, str]:
    """First block of each group of name blocks → what the prose would call the place.

    Name blocks with only numbers between them are one group.
    """
    groups: dict[int, str] = {}
    open_group: list[int] = []
    for i, block in enumerate([*blocks, None]):
        if block is not None and block.kind == "name" and not (block.page_start and open_group):
            open_group.append(i)
        elif open_group and (block is None or block.kind not in ("population", "area")):
            pieces = [p for j in open_group for p in blocks[j].pieces]
            texts = [without_parentheses(piece_text(document, p)) for p in pieces]
            han = "".join("".join(t.split()) for t in texts if has_han(t))
            groups[open_group[0]] = han or " ".join(" ".join(t.split()) for t in texts)
            open_group = [i] if block is not None and block.kind == "name" else []
    return groups


def _prose_naming(document: Document, blocks: list[Block], names: set[str]) -> dict[str, set[int]]:
    """Name → the text blocks that hold it, or its longest part between hyphens."""
    texts = {
        i: "".join("".join(piece_text(document, p).split()) for p in b.pieces)
        for i, b in enumerate(blocks)
        if b.kind == "text"
    }
    found: dict[str, set[int]] = {}
    for name in names:
        core = max([name, *name.replace("—", "-").split("-")][1:], key=len)
        core = "".join(core.split())[:_CORE_LENGTH] if has_han(core) else "".join(core.split())
        found[name] = {i for i, text in texts.items() if core in text}
    return found


_CORE_LENGTH = 4
