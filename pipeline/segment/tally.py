"""What a run of blocks holds, and what speaks against its being one profile."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from pipeline.knowledge.layouts import SECTION_KINDS
from pipeline.model import Document
from pipeline.pieces import piece_text
from pipeline.segment.lines.marks import Block
from pipeline.textforms import has_han, has_latin, match_key

# What it costs when a profile has a part too often, or lacks it.
_TWICE = {
    "overview": 8.0,
    "population": 4.0,
    "area": 4.0,
    "name": 4.0,
    "priorities": 3.0,
    "good_practices": 3.0,
    "preferred_themes": 3.0,
}
_LABEL_TWICE = 0.5
_LACKS = {"overview": 2.0, "population": 1.5, "area": 1.5, "name": 2.0}
# Where names are known by their type, each profile has one and what has none is no profile.
_TITLE_TWICE = 10.0
_LACKS_TITLE = 8.0
_NAME_NOT_IN_PROSE = 1.0
_NAMED_LATE = 0.5  # a name on a later page than a section of its profile
_NOTHING_IN_IT = 3.0
_NAMED_BELOW = 0.25  # a name below a section that seldom opens a profile
_NAMED_FIRST = 3.0  # a name below any section, where most profiles begin with their name
_LATER = frozenset(("priorities", "good_practices", "preferred_themes"))
# Short lines that recur from profile to profile stand once in each.
_RECURRING_TWICE = 2.0


class Held(NamedTuple):
    """What one block adds to a profile: a part or none, a name, labels as match keys.

    A part in two languages is there once, so `scripts` tells in which it is printed.
    """

    part: str | None = None
    scripts: frozenset[bool] = frozenset((True,))
    name: str | None = None
    labels: tuple[str, ...] = ()
    recurring: str | None = None
    no_matter: bool = False
    page_start: bool = False


class Tally:
    """What a growing run of blocks holds, and what speaks against its being one profile."""

    def __init__(self, *, titled: bool, named_first: bool = False) -> None:
        self._named_first = named_first
        self.parts: set[str] = set()
        self._recurring: set[str] = set()
        self._twice = {**_TWICE, "name": _TITLE_TWICE} if titled else _TWICE
        self._lacks = {**_LACKS, "name": _LACKS_TITLE} if titled else _LACKS
        self._printed: set[tuple[str, bool]] = set()
        self.labels: set[str] = set()
        self.names: list[str] = []
        self.no_matter = False
        self._turned = False  # whether a section stands on an earlier page
        self._cost = sum(self._lacks.values())  # of what is there twice or not at all

    def add(self, held: Held) -> None:
        """Count in what one more block holds."""
        self._turned = self._turned or (held.page_start and bool(self.parts & SECTION_KINDS))
        if held.part == "name" and "name" not in self.parts:
            self._cost += _NAMED_BELOW * bool(self.parts & _LATER) + _NAMED_LATE * self._turned
            self._cost += _NAMED_FIRST * (self._named_first and bool(self.parts & SECTION_KINDS))
        if held.part is not None:
            printed = {(held.part, script) for script in held.scripts}
            if printed & self._printed:
                self._cost += self._twice.get(held.part, 0.0)
            elif held.part not in self.parts:
                self._cost -= self._lacks.get(held.part, 0.0)
            self._printed |= printed
            self.parts.add(held.part)
        if held.recurring is not None:
            self._cost += _RECURRING_TWICE * (held.recurring in self._recurring)
            self._recurring.add(held.recurring)
        for label in held.labels:
            if label in self.labels:
                self._cost += _LABEL_TWICE
            self.labels.add(label)
        if held.name is not None:
            self.names.append(held.name)
        self.no_matter = self.no_matter or held.no_matter

    def cost(self, first: int, end: int, naming: dict[str, list[int]]) -> float:
        """The cost of the blocks from `first` to before `end`, which are those added.

        `naming` has the text blocks that hold a name, in order.
        """
        if not (self.parts or self.labels):
            return _NOTHING_IN_IT
        if len(self.names) != 1:
            return self._cost
        places = naming[self.names[0]]
        next_place = bisect_left(places, first)
        named = next_place < len(places) and places[next_place] < end
        return self._cost + (0.0 if named else _NAME_NOT_IN_PROSE)


def held_by(
    document: Document, block: Block, name: str | None, below: Block | None, *, further: bool
) -> Held:
    """What a block adds to a profile; `name` is that of the group of name blocks it begins.

    A label above its value adds nothing: the block `below` does. A `further` heading of a section
    adds nothing either.
    """
    if block.kind == "heading":
        if further:
            return Held(no_matter=True)
        text = piece_text(document, block.pieces[0])
        scripts = frozenset((has_han(text), not has_latin(text)))
        return Held(block.heading, scripts, no_matter=block.heading != "matter")
    if block.kind in ("population", "area"):
        text = piece_text(document, block.pieces[0])
        if below and below.kind == block.kind and not any(map(str.isdigit, text)):
            return Held(no_matter=True)
        script = has_han(text)
        return Held(block.kind, frozenset((script,)), no_matter=True)
    if block.kind == "name":
        return Held("name" if name is not None else None, name=name, no_matter=True)
    if block.kind == "labels" and not is_indented(document, block):
        texts = ("".join(piece_text(document, p) for p in label) for label in block.labels)
        return Held(labels=tuple(map(match_key, texts)))
    return Held()


def is_indented(document: Document, block: Block) -> bool:
    """Bullets repeat the labels of their profile; they do not count against it."""
    return piece_text(document, block.pieces[0]).startswith(("  ", "\u3000"))
