"""Which blocks print a profile's name: short lines beside its population and area."""

from __future__ import annotations

from pipeline.knowledge.countries import countries
from pipeline.knowledge.layouts import Layouts
from pipeline.knowledge.parts import parts
from pipeline.knowledge.places import places
from pipeline.knowledge.subdivisions import subdivisions
from pipeline.model import Document, Piece
from pipeline.pieces import piece_text
from pipeline.segment.lines.marks import Block
from pipeline.segment.naming.beside import with_names_beside
from pipeline.segment.naming.mastheads import NO_TITLES, Titles
from pipeline.segment.naming.namelike import name_part
from pipeline.segment.naming.titletext import (
    country_in_title,
    is_place_name,
    plain_names,
    title_parts,
)
from pipeline.textforms import (
    ends_sentence,
    has_han,
    has_latin,
    in_parentheses,
    is_letter_spaced,
    without_number,
    without_parentheses,
)

_SEVERAL_LINES = 2
_LEAST_SURE = 2  # names by their type or a label, which make guesses about others needless
_MOSTLY = 0.7  # of the names beside numbers that are places, so that they are believed
_MAX_BELOW = 6
_MAX_NAME_BLOCKS = 5
_MAX_NAME_LINES = 8  # of one block: a name of two scripts, a word a line, and its country
_MAX_BLANKS_INSIDE = 2
_LONGEST_LONE_NAME = 10
_NUMBERS = ("population", "area")
_BESIDE_NAMES = ("country", "fact", "labels")


def mark_names(
    document: Document, blocks: list[Block], layouts: Layouts, titles: Titles = NO_TITLES
) -> list[Block]:
    """The same blocks, with the names among the text blocks marked as such.

    A name stands next to a population or area line: before it, after it, or in two scripts on
    both sides. Where a page has neither number, a name is a letter-spaced name or one with a
    country in parentheses, above a Latin name.
    """
    if titles.names:
        lines = {p.line for title in titles.names for p in title}
        return with_names_beside(document, _titles_alone(blocks, lines), layouts)
    found = _by_numbers(document, blocks, layouts)
    better = text_titles(document, blocks, layouts)
    groups, supported = _supported(document, found)
    places_found = sum(i - 1 not in better for i in better)
    doubtful = supported < _MOSTLY * groups or not groups
    if doubtful and places_found > max(1, supported) and places_found >= groups:
        chosen = [
            b._replace(kind="name") if i in better else _unnamed(b) for i, b in enumerate(blocks)
        ]
        found = with_names_beside(document, chosen, layouts)
    found = _last_place_alone(document, found)
    return [part for block in found for part in _country_apart(document, block)]


def _last_place_alone(document: Document, blocks: list[Block]) -> list[Block]:
    """The blocks, with Chinese lines above the place of a name as text: they end what is above it.

    The place is known by its own line, which is the last Chinese one of its name.
    """
    out = list(blocks)
    for start, end in reversed(_runs_of_names(blocks)):
        own = [
            (i, k) for i in range(start, end) for k, p in enumerate(blocks[i].pieces)
            if has_han(piece_text(document, p)) and not has_latin(piece_text(document, p))
        ]  # fmt: skip
        if len(own) < _SEVERAL_LINES:
            continue
        texts = ["".join(piece_text(document, blocks[i].pieces[k]).split()) for i, k in own]
        above = [t for t in texts[:-1] if not (countries().code(t) or subdivisions().says_level(t))]
        whole = any(places().is_known("".join(texts[n:])) for n in range(len(texts) - 1))
        if not above or whole or not places().is_known(without_number(texts[-1])):
            continue
        at, piece = own[-1]
        for i in range(start, at):
            out[i] = blocks[i]._replace(kind="text")
        if piece:
            block = blocks[at]
            out[at] = block._replace(kind="text", pieces=block.pieces[:piece])
            out.insert(
                at + 1, block._replace(pieces=block.pieces[piece:], blanks=0, page_start=False)
            )
    return out


def _runs_of_names(blocks: list[Block]) -> list[tuple[int, int]]:
    """Where runs of blocks that are names begin and end."""
    names = {i for i, block in enumerate(blocks) if block.kind == "name"}
    starts = sorted(i for i in names if i - 1 not in names)
    ends = sorted(i + 1 for i in names if i + 1 not in names)
    return list(zip(starts, ends, strict=True))


def _unnamed(block: Block) -> Block:
    return block._replace(kind="fact") if block.kind == "name" else block


def _country_apart(document: Document, block: Block) -> list[Block]:
    """The name of a block and the country that stands before or behind it in one line."""
    if block.kind != "name" or len(block.pieces) != 1:
        return [block]
    piece = block.pieces[0]
    parts = title_parts(piece_text(document, piece))
    return [
        block._replace(
            kind=kind,
            pieces=(Piece(piece.line, piece.start + start, piece.start + end),),
            blanks=block.blanks if k == 0 else 0,
            page_start=block.page_start and k == 0,
        )
        for k, (start, end, kind) in enumerate(parts)
    ]


def _supported(document: Document, blocks: list[Block]) -> tuple[int, int]:
    """How many names the blocks hold, and how many are places or what the prose speaks of."""
    prose = "".join(
        "".join(piece_text(document, p).split())
        for b in blocks
        if b.kind == "text"
        for p in b.pieces
    )
    groups = count = 0
    for i, block in enumerate(blocks):
        if block.kind != "name" or (i and blocks[i - 1].kind == "name"):
            continue
        groups += 1
        texts = [piece_text(document, p) for p in block.pieces]
        names = [n for t in (*texts, " ".join(texts)) for n in plain_names(t)]
        count += any(is_place_name(n) or "".join(n.split()) in prose for n in names)
    return groups, count


def text_titles(document: Document, blocks: list[Block], layouts: Layouts) -> set[int]:
    """The blocks of a text that are places by themselves, with figures or a heading below them.

    What stands between is no prose. A name stands alone in its block.
    """
    out: set[int] = set()
    for i, block in enumerate(blocks):
        if block.kind not in ("text", "name") or len(block.pieces) > 1:
            continue
        text = piece_text(document, block.pieces[0])
        if not (name_part(text, layouts) or country_in_title(text)) or not is_place_name(text):
            continue
        below = blocks[i + 1 : i + 1 + _MAX_BELOW]
        kinds = [b.kind for b in below]
        end = next((k for k, b in enumerate(below) if _is_prose(document, b)), len(below))
        section = any(b.heading and b.heading != "matter" for b in below[:end])
        if {"population", "area"} & set(kinds[:end]) or section:
            out.add(i)
    return out


def _is_prose(document: Document, block: Block) -> bool:
    return block.kind == "text" and (
        len(block.pieces) > 1 or ends_sentence(piece_text(document, block.pieces[-1]))
    )


def _by_numbers(document: Document, blocks: list[Block], layouts: Layouts) -> list[Block]:
    """The names that stand beside numbers, or that a label states."""
    sure = sum(b.kind == "name" for b in blocks)
    if sure >= _LEAST_SURE or (sure and sure >= sum(b.heading == "overview" for b in blocks)):
        return with_names_beside(document, blocks, layouts)
    finder = _NameFinder(document, blocks, layouts)
    named: set[int] = set()
    at = 0
    while at < len(blocks):
        if blocks[at].kind not in ("population", "area"):
            at += 1
            continue
        end = at
        while end + 1 < len(blocks) and _goes_on(finder, blocks, end):
            end += 1
        while blocks[end].kind not in ("population", "area"):
            end -= 1
        named.update(finder.around(at, end))
        named.update(i for i in range(at, end) if blocks[i].kind == "text")
        at = end + 1
    named.update(finder.alone(named))
    return [b._replace(kind="name") if i in named else b for i, b in enumerate(blocks)]


def _titles_alone(blocks: list[Block], lines: set[int]) -> list[Block]:
    """The blocks, with what a label calls a name, and is no title, as text like other."""
    return [
        b._replace(kind="text") if b.kind == "name" and b.pieces[0].line not in lines else b
        for b in blocks
    ]


def _in_box(block: Block) -> bool:
    """Whether a block is the title of the numbers' box or another fact in it."""
    return block.heading == "facts" or block.kind in ("fact", "country")


def _goes_on(finder: _NameFinder, blocks: list[Block], i: int) -> bool:
    """Whether the block after `i` belongs to the same group of numbers."""
    after = blocks[i + 1]
    if after.page_start or after.blanks > _MAX_BLANKS_INSIDE:
        return False
    if after.kind in ("population", "area"):
        return after.kind != blocks[i].kind
    if _in_box(after):
        return True
    follows = i + 2 < len(blocks) and blocks[i + 2].kind in ("population", "area")
    return follows and after.kind == "text" and bool(finder.scripts(i + 1))


class _NameFinder:
    """Looks for names around given blocks of one document."""

    def __init__(self, document: Document, blocks: list[Block], layouts: Layouts) -> None:
        self._document = document
        self._blocks = blocks
        self._layouts = layouts
        prose = [line.text for line in document.lines]
        self._prose = "".join("".join(t.split()) for t in prose)
        self._mostly_han = has_han(self._prose)

    def texts(self, i: int) -> list[str]:
        return [piece_text(self._document, p) for p in self._blocks[i].pieces]

    def scripts(self, i: int) -> set[str]:
        """The scripts of a block if all of it may be a name, else an empty set."""
        if self._blocks[i].kind != "text" or len(self._blocks[i].pieces) > _MAX_NAME_LINES:
            return set()
        found = {name_part(t, self._layouts) for t in self.texts(i)}
        if "" in found:
            return set()
        return ({"han", "latin"} if "both" in found else set()) | (found - {"both"})

    def around(self, first: int, last: int) -> set[int]:
        """The name blocks around the numbers in blocks `first` to `last`."""
        before = self._walk(first, -1, set())
        have = set().union(*(self.scripts(i) for i in before)) if before else set()
        after = self._walk(last, +1, have & {"han", "latin"})
        return before | after

    def _walk(self, start: int, step: int, have: set[str]) -> set[int]:
        """Name blocks from `start` outwards, one script after the other.

        `have` are scripts that need no further name. A block beyond a blank line is taken in
        only where it completes the name: the other script, a Latin word of several, or Chinese
        whose whole is found in the prose or set with letter spacing.
        """
        taken: set[int] = set()
        seen: list[str] = []
        i = start
        while len(taken) < _MAX_NAME_BLOCKS:
            inner = self._blocks[i] if step < 0 else None
            i += step
            if 0 <= i < len(self._blocks) and _in_box(self._blocks[i]):
                continue
            if not 0 <= i < len(self._blocks):
                break
            outer = inner if step < 0 else self._blocks[i]
            if outer is not None and (outer.page_start or outer.blanks > _MAX_BLANKS_INSIDE):
                break
            scripts = {"country"} if self._is_part(i) else self.scripts(i)
            if not scripts or scripts & have or not self._completes(scripts, seen, i, taken):
                break
            taken.add(i)
            seen += sorted(scripts)
        return taken

    def _is_part(self, i: int) -> bool:
        """Whether a block is a line with the part of a country in which a name beside it lies."""
        texts = self.texts(i)
        if len(texts) != 1 or not parts().subdivisions.says_level(texts[0].strip()):
            return False
        near = [j for j in range(max(0, i - 2), min(len(self._blocks), i + 3)) if j != i]
        return any(
            parts().beside(texts[0].strip(), [t.strip() for t in self.texts(j)], "")
            for j in near
            if self.scripts(j)
        )

    def _completes(self, scripts: set[str], seen: list[str], i: int, taken: set[int]) -> bool:
        names = [s for s in seen if s != "country"]
        if not names or scripts == {"country"}:
            return True
        if "han" in names and "latin" in scripts and names[-1] == "han":
            return "latin" not in names
        if scripts == {"latin"}:
            return self._mostly_han and "han" not in names
        if "han" not in names:
            return True
        if any(is_letter_spaced(t) for t in self.texts(i)):
            return True
        if any(in_parentheses(t) for t in self.texts(i)):
            return False
        order = sorted([*taken, i])
        whole = "".join(t for j in order for t in self.texts(j) if has_han(t) and not has_latin(t))
        return "".join(without_parentheses(whole).split()) in self._prose.replace(whole, "")

    def alone(self, named: set[int]) -> set[int]:
        """Names on pages without numbers: unmistakable ones only."""
        found: set[int] = set()
        for i in range(len(self._blocks) - 1):
            if i in named or i + 1 in named or self._near_numbers(i) or not self.scripts(i):
                continue
            texts = self.texts(i)
            sure = any(is_letter_spaced(t) or in_parentheses(t) for t in texts) or (
                self._blocks[i].blanks + self._blocks[i].page_start > 0 and self._in_prose(texts)
            )
            if not sure:
                continue
            if {"han", "latin"} <= self.scripts(i):
                found.add(i)
            elif self.scripts(i + 1) == {"latin"} and self._blocks[i + 1].blanks <= 1:
                found.update((i, i + 1))
        return found

    def _in_prose(self, texts: list[str]) -> bool:
        """Whether a short Chinese name is what the prose speaks of, beyond the name itself."""
        name = "".join("".join(t.split()) for t in texts if has_han(t) and not has_latin(t))
        return 2 <= len(name) <= _LONGEST_LONE_NAME and self._prose.count(name) > 1

    def _near_numbers(self, i: int) -> bool:
        near = self._blocks[max(0, i - 2) : i + 4]
        return any(b.kind in ("population", "area") for b in near)


def name_groups(blocks: list[Block]) -> list[tuple[Piece, ...]]:
    """The names of a profile, one beside its numbers first; each as pieces in reading order.

    No text or heading stands between the blocks of a name, but a title's name in the other script
    belongs to it wherever it stands. There is more than one where the next profile has lost its
    other parts.
    """
    groups: list[list[Piece]] = []
    numbered: list[bool] = []
    partners: list[Piece] = []  # before the first name
    together = False
    for block in blocks:
        if block.kind == "partner":
            (groups[-1] if groups else partners).extend(block.pieces)
        elif block.kind == "name" or block.kind in _NUMBERS:
            if not together:
                groups.append([])
                numbered.append(False)
            together = True
            groups[-1] += block.pieces if block.kind == "name" else ()
            numbered[-1] |= block.kind in _NUMBERS
        elif block.kind not in _BESIDE_NAMES:
            together = False
    named = [i for i, group in enumerate(groups) if group]
    if not named:
        return [tuple(partners)] if partners else []
    groups[named[0]][:0] = partners
    return [tuple(groups[i]) for i in sorted(named, key=lambda i: not numbered[i])]
