"""What stands beside the title of a profile: its name in the other script, and its country.

Where titles are known for certain, nothing else is a name. On a page with places, what belongs
to a title stands near it, however the lines are ordered; in a plain text it stands in the lines
around it, before any prose.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pipeline.knowledge.countries import BETWEEN_SCRIPTS, countries
from pipeline.knowledge.layouts import BOX_TITLES, Layouts
from pipeline.knowledge.parts import parts
from pipeline.model import Document, Line, Piece
from pipeline.pieces import piece_text
from pipeline.segment.lines.marks import Block
from pipeline.segment.naming.mastheads import goes_on, type_size
from pipeline.segment.naming.namelike import name_part
from pipeline.segment.naming.titletext import plain_names
from pipeline.textforms import has_han, has_latin, in_parentheses, without_parentheses

_ABOVE = 2.5  # type sizes of the title, between its edge and what belongs to it
_BELOW = 4.5
_AT_LEAST = 60.0  # points, below a small title
_MARKS = " \t|｜/,，·•–—-"
# `Kunming （中国云南）`; `Hefei · 安徽`
_NOTE = re.compile(r"(?P<name>[^()（）]+?)\s*[(（](?P<inside>[^()（）]+)[)）]\s*")
_BETWEEN = re.compile(r"\s*[·•|｜/／,，]\s*")
_STEPS = 8  # lines of a plain text
_SKIPPED = ("population", "area", "fact", "labels", "page_number", "credit", "country")


class _Found(NamedTuple):
    piece: Piece
    kind: str  # country, part of one, han or latin


def with_names_beside(document: Document, blocks: list[Block], layouts: Layouts) -> list[Block]:
    """The blocks, with the names and countries beside titles apart from the text."""
    taken: dict[Piece, list[_Found]] = {}
    groups = list(_groups(blocks))
    pages = _Pages(document, blocks, groups)
    following = {p.line: p for b in blocks for p in b.pieces if b.kind != "name"}
    for group in groups:
        have = _printed(document, [blocks[i] for i in group])
        if not have & {"han", "latin"}:
            continue
        own = [p for i in group for p in blocks[i].pieces]
        while True:  # the country stands below the name in the other script
            before = len(taken)
            for piece in _near(document, blocks, group, own, pages):
                if piece in taken:
                    continue
                found = _parts(document, piece, layouts)
                found = _of_territory(document, found, [blocks[i] for i in group], have)
                if _is_part_of(document, piece, [blocks[i] for i in group]):
                    taken[piece] = [_Found(piece, "part")]
                elif found and not have & {f.kind for f in found}:
                    taken[piece] = found
                    have |= {f.kind for f in found}
                    for more in _continued(document, following, piece, layouts):
                        taken[more] = [_Found(more, found[-1].kind)]
            own += list(taken)[before:]
            if len(taken) == before or "country" in have:
                break
    chosen = {f.piece for found in taken.values() for f in found}
    named = {p.line for group in groups for i in group for p in blocks[i].pieces}
    return [
        part
        for block in blocks
        for part in _apart(_no_guess(document, block, chosen, named), taken)
    ]


def _no_guess(document: Document, block: Block, chosen: set[Piece], named: set[int]) -> Block:
    """A country that stands beside no title and says nothing of itself as text."""
    sure = any(
        p in chosen or p.line in named or countries().labelled(piece_text(document, p))
        for p in block.pieces
    )
    return block._replace(kind="fact") if block.kind == "country" and not sure else block


def _is_part_of(document: Document, piece: Piece, title: list[Block]) -> bool:
    """Whether a line beside a title is the part of a country in which its place lies (山东省)."""
    texts = [piece_text(document, p).strip() for b in title for p in b.pieces]
    names = [name for text in texts for name in plain_names(text)]
    return parts().beside(piece_text(document, piece).strip(), names, "")


def _continued(
    document: Document, following: Mapping[int, Piece], piece: Piece, layouts: Layouts
) -> Iterator[Piece]:
    """The further lines of a name that is set on several, in one type.

    `following` has the pieces that are no titles, by their lines.
    """
    first = document.lines[piece.line - 1]
    whole = piece_text(document, piece)
    if first.box is None or countries().inside(whole):
        return
    above = first
    for line in document.lines[piece.line :]:
        if not line.text.strip():
            continue
        whole = f"{whole.strip()} {line.text.strip()}"
        if (
            line.number not in following
            or line.box is None
            or (line.box.size, line.box.color) != (first.box.size, first.box.color)
            or not goes_on(document, above, line)
            or name_part(whole, layouts) not in ("han", "latin")
            or countries().inside(line.text)
        ):
            return
        yield following[line.number]
        above = line


def _groups(blocks: list[Block]) -> Iterator[list[int]]:
    """The indices of the blocks of each title; its scripts may have labels on one line."""
    group: list[int] = []
    for i, block in enumerate(blocks):
        if block.kind == "name":
            line = block.pieces[0].line
            if group and not (i == group[-1] + 1 or line == blocks[group[-1]].pieces[-1].line):
                yield group
                group = []
            group.append(i)
    if group:
        yield group


def _printed(document: Document, group: list[Block]) -> set[str]:
    """What the title itself prints: its scripts, and a country."""
    texts = [piece_text(document, p) for b in group for p in b.pieces]
    have = {"han" for t in texts if has_han(t)} | {"latin" for t in texts if has_latin(t)}
    if any(countries().code(in_parentheses(t) or "") for t in texts):
        have.add("country")
    return have


def _of_territory(
    document: Document, found: list[_Found], title: list[Block], have: set[str]
) -> list[_Found]:
    """What stands beside a title that is a country itself: its name in the other script first."""
    if [f.kind for f in found] != ["country"] or len(have & {"han", "latin"}) != 1:
        return found
    text = piece_text(document, found[0].piece)
    titles = [without_parentheses(piece_text(document, p)) for b in title for p in b.pieces]
    own = {countries().code(name.strip()) for name in titles}
    script = "han" if has_han(text) else "latin"
    if script in have or countries().code(text.strip()) not in own:
        return found
    return [found[0]._replace(kind=script)]


def _parts(document: Document, piece: Piece, layouts: Layouts) -> list[_Found]:
    """A line beside a title as a country, a name, or both in two scripts; else nothing."""
    text = piece_text(document, piece).rstrip(_MARKS)
    piece = Piece(piece.line, piece.start, piece.start + len(text))
    span = countries().inside(text)
    if span:
        country = Piece(piece.line, piece.start + span[0], piece.start + span[1])
        return [*_other_script(text, span, piece, layouts), _Found(country, "country")]
    note = _NOTE.fullmatch(text)
    if note and (inside := countries().inside(note["inside"])):
        at = piece.start + note.start("inside")
        before = Piece(piece.line, piece.start, piece.start + note.end("name"))
        behind = _Found(Piece(piece.line, at + inside[0], at + inside[1]), "country")
        return [*_parts(document, before, layouts), behind]
    if parts().behind(text):  # `Yantai, Shandong`
        return [_Found(piece, "latin")]
    gap = next(BETWEEN_SCRIPTS.finditer(text), None) or next(_BETWEEN.finditer(text), None)
    if gap:
        halves = [
            Piece(piece.line, piece.start, piece.start + gap.start()),
            Piece(piece.line, piece.start + gap.end(), piece.end),
        ]
        found = [f for half in halves for f in _parts(document, half, layouts)]
        if len({f.kind for f in found}) != len(halves) or len(found) != len(halves):
            return []
        # What stands behind a name in the other script may be the part of a country.
        beside = [f for f in found if _is_part(document, f, found)]
        return [f for f in found if f not in beside] if len(beside) < len(found) else found
    script = name_part(text, layouts)
    return [_Found(piece, script)] if script in ("han", "latin") else []


def _other_script(
    text: str, span: tuple[int, int], piece: Piece, layouts: Layouts
) -> Iterator[_Found]:
    """The name that stands beside a country, where it is in the other script."""
    for start, end in ((0, span[0]), (span[1], len(text))):
        name = text[start:end].strip(_MARKS)
        at = text.find(name, start)
        script = name_part(name, layouts) if name else ""
        if script in ("han", "latin") and has_han(name) is not has_han(text[span[0] : span[1]]):
            yield _Found(Piece(piece.line, piece.start + at, piece.start + at + len(name)), script)


def _is_part(document: Document, one: _Found, found: list[_Found]) -> bool:
    """Whether a name is that of a province or the like, which the page prints beside a place."""
    text = piece_text(document, one.piece)
    return one.kind != "country" and any(
        parts().is_part(text, piece_text(document, other.piece))
        for other in found
        if other.kind not in ("country", one.kind)
    )


def _near(
    document: Document, blocks: list[Block], group: list[int], own: list[Piece], pages: _Pages
) -> list[Piece]:
    """The lines of text that may belong to a title, the nearest first.

    `own` are the lines of the title, and those that were found to belong to it.
    """
    title, *further = (document.lines[p.line - 1] for p in own)
    if title.box is None:
        return list(_around(blocks, group))
    others = [t for t in pages.titles[title.page] if t.number != title.number]
    found: list[tuple[float, Piece]] = []
    for piece in pages.text[title.page]:
        line = document.lines[piece.line - 1]
        reach = [d for t in (title, *further) if (d := _distance(t, line, title)) is not None]
        far = min(reach, default=None)
        if far is not None and not any(
            (d := _distance(other, line)) is not None and d < far for other in others
        ):
            found.append((far, piece))
    return [p for _, p in sorted(found, key=lambda f: (f[0], f[1].line, f[1].start))]


class _Pages:
    """The titles of each page, and its lines that may belong to one of them."""

    def __init__(self, document: Document, blocks: list[Block], groups: list[list[int]]) -> None:
        self.titles: dict[int, list[Line]] = defaultdict(list)
        self.text: dict[int, list[Piece]] = defaultdict(list)
        for group in groups:
            title = document.lines[blocks[group[0]].pieces[0].line - 1]
            self.titles[title.page].append(title)
        for block in blocks:
            if block.kind in ("text", "country"):
                for piece in block.pieces:
                    self.text[document.lines[piece.line - 1].page].append(piece)


def _distance(title: Line, line: Line, set_like: Line | None = None) -> float | None:
    """How far a line is from a title that it may belong to, None beyond that.

    The type of the title, or of the line that it is `set_like`, tells how far a line may be.
    """
    if title.page != line.page or title.box is None or line.box is None:
        return None
    size = type_size((set_like and set_like.box) or title.box)
    below = line.box.top - title.box.bottom
    above = title.box.top - line.box.bottom
    if below > max(_BELOW * size, _AT_LEAST) or above > _ABOVE * size:
        return None
    beside = max(0.0, line.box.x0 - title.box.x1, title.box.x0 - line.box.x1)
    return max(below, above, 0.0) + beside / 4


def _around(blocks: list[Block], group: list[int]) -> Iterator[Piece]:
    """The lines of text after a title and before it, up to any prose."""
    for step, start in ((1, group[-1]), (-1, group[0])):
        i, steps = start + step, 0
        while 0 <= i < len(blocks) and steps < _STEPS:
            block = blocks[i]
            if step < 0 and (block.kind != "text" or blocks[i + 1].blanks > 1):
                break
            if block.kind == "text":
                yield from block.pieces if len(block.pieces) <= _STEPS else ()
            elif block.kind not in _SKIPPED and block.heading not in BOX_TITLES:
                break
            i, steps = i + step, steps + 1


def _apart(block: Block, taken: dict[Piece, list[_Found]]) -> list[Block]:
    """A block in parts, where some of its lines are names or countries."""
    if block.kind == "name" or not any(p in taken for p in block.pieces):
        return [block]
    out: list[Block] = []
    for piece in block.pieces:
        first = not out
        head = block._replace(
            blanks=block.blanks if first else 0, page_start=block.page_start and first
        )
        if piece in taken:
            out += [
                head._replace(
                    kind="country" if f.kind == "country" else "partner", pieces=(f.piece,)
                )
                for f in taken[piece]
            ]
        elif out and out[-1].kind == block.kind:
            out[-1] = out[-1]._replace(pieces=(*out[-1].pieces, piece))
        else:
            out.append(head._replace(pieces=(piece,)))
    return out
