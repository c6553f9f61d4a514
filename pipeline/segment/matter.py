"""What stands in a brochure and is of no profile: dividing pages, forewords, imprints."""

from __future__ import annotations

from pipeline.knowledge.layouts import BOX_TITLES, SECTION_KINDS, Layouts
from pipeline.model import Document, Piece
from pipeline.pieces import piece_text
from pipeline.segment.lines.columns import is_open
from pipeline.segment.lines.marks import Block
from pipeline.textforms import ends_sentence

_PLAIN = ("text", "credit", "page_number")
_WIDER_IMPRINT = 1.4  # times the columns of a profile
_ROOM = 5.0  # type sizes, below a text that goes on on no other page
_MOST_LINES = 4  # of a title, and of an imprint below addresses


def dividers_apart(document: Document, blocks: list[Block], layouts: Layouts) -> list[Block]:
    """The blocks, with a country that has a page for itself as matter of no profile."""
    pages: dict[int, list[int]] = {}
    for i, block in enumerate(blocks):
        if block.kind not in ("page_number", "credit"):
            pages.setdefault(document.lines[block.pieces[0].line - 1].page, []).append(i)
    out = list(blocks)
    for here in pages.values():
        text = " ".join(piece_text(document, p) for p in blocks[here[0]].pieces)
        if len(pages) > 1 and len(here) == 1 and layouts.is_country(text):
            out[here[0]] = blocks[here[0]]._replace(kind="heading", heading="matter")
    return out


def front_apart(spans: list[tuple[bool, list[Block]]]) -> list[tuple[bool, list[Block]]]:
    """The spans, with a foreword above the first profile apart from it."""
    if not spans or not spans[0][0]:
        return spans
    blocks = spans[0][1]
    plain = [b.kind in _PLAIN or b.heading == "matter" for b in blocks]
    end = plain.index(False) if False in plain else 0
    if not any(b.heading == "matter" for b in blocks[:end]):
        return spans
    return [(False, blocks[:end]), (True, blocks[end:]), *spans[1:]]


def title_apart(
    document: Document, spans: list[tuple[bool, list[Block]]]
) -> list[tuple[bool, list[Block]]]:
    """The spans, with the title of the document above the name of the first profile apart from it.

    It is a few lines that are no sentences, and no other profile has any above its name.
    """
    own = [i for i, (profile, _) in enumerate(spans) if profile]
    if not own or any(spans[i][1][0].kind == "text" for i in own[1:]):
        return spans
    blocks = spans[own[0]][1]
    end = next((i for i, b in enumerate(blocks) if b.kind != "text"), 0)
    lines = [piece_text(document, p) for b in blocks[:end] for p in b.pieces]
    if blocks[end].kind != "name" or not 0 < len(lines) <= _MOST_LINES:
        return spans
    if any(map(ends_sentence, lines)) or len(own) == 1:
        return spans
    return [*spans[: own[0]], (False, blocks[:end]), (True, blocks[end:]), *spans[own[0] + 1 :]]


def back_apart(
    document: Document, spans: list[tuple[bool, list[Block]]]
) -> list[tuple[bool, list[Block]]]:
    """The spans, with an imprint that has the last page for itself apart from the last profile.

    It is text alone, and set wider than the columns of the profile, or the text above it ends where
    its column has room for more.
    """
    if not spans or not spans[-1][0]:
        return spans
    blocks = spans[-1][1]
    lines = [document.lines[b.pieces[0].line - 1] for b in blocks]
    start = next((i for i, line in enumerate(lines) if line.page == lines[-1].page), 0)
    if not start or any(b.kind not in _PLAIN for b in blocks[start:]):
        return spans
    before, after = (_widest(document, part) for part in (blocks[:start], blocks[start:]))
    wider = before and after >= _WIDER_IMPRINT * before
    texts = [b.pieces[-1] for _, inside in spans for b in inside if b.kind == "text"]
    above = [b.pieces[-1] for b in blocks[:start] if b.kind == "text"]
    if not wider and not (above and _has_room(document, above[-1], texts)):
        return spans
    return [*spans[:-1], (True, blocks[:start]), (False, blocks[start:])]


def tails_apart(
    document: Document, spans: list[tuple[bool, list[Block]]]
) -> list[tuple[bool, list[Block]]]:
    """The spans, with what a page marks as matter apart where no more of a profile follows.

    So a web page ends: whom to write to, what is related, and figures of other places in it.
    """
    out: list[tuple[bool, list[Block]]] = []
    for profile, blocks in spans:
        own = [i for i, b in enumerate(blocks) if _is_of_profile(b)]
        ends = (i for i, b in enumerate(blocks) if own and i > own[-1] and b.heading == "matter")
        end = next(ends, None) if profile else None
        if end is None or not document.lines[blocks[end].pieces[0].line - 1].level:
            out.append((profile, blocks))
        else:
            out += [(True, blocks[:end]), (False, blocks[end:])]
    return out


def _is_of_profile(block: Block) -> bool:
    return block.kind in ("name", "labels") or block.heading in (*SECTION_KINDS, *BOX_TITLES)


def _has_room(document: Document, last: Piece, texts: list[Piece]) -> bool:
    """Whether a text ends its sentence well above the place where others of `texts` end."""
    box = document.lines[last.line - 1].box
    feet = [b.bottom for t in texts if (b := document.lines[t.line - 1].box)]
    if box is None or is_open(document, last):
        return False
    return box.bottom + _ROOM * box.size < max(feet)


def _widest(document: Document, blocks: list[Block]) -> float:
    """The width in points of the widest line of text; 0 where none is known."""
    boxes = [document.lines[p.line - 1].box for b in blocks if b.kind == "text" for p in b.pieces]
    return max((box.x1 - box.x0 for box in boxes if box), default=0.0)


def below_matter(document: Document, blocks: list[Block]) -> set[int]:
    """The text blocks of a profile below a heading of matter such as its address.

    Where the heading is one of a box beside the text, what begins left of it is that text again.
    """
    below: set[int] = set()
    boxes = box_titles(blocks)
    title: int | None = None
    for i, block in enumerate(blocks):
        if block.kind == "text" and title is not None:
            if title in boxes and _begins_left(document, block, blocks[title]):
                title = None
            else:
                below.add(i)
        elif block.kind not in _PLAIN:
            title = i if block.heading == "matter" else None
    return below


def box_titles(blocks: list[Block]) -> set[int]:
    """The titles in boxes of facts or themes, headings of matter that follow in the box included.

    They interrupt a section and end none.
    """
    found: set[int] = set()
    inside = False
    for i, block in enumerate(blocks):
        if block.heading in BOX_TITLES or (inside and block.heading == "matter"):
            found.add(i)
            inside = True
        elif block.kind in ("heading", "text"):
            inside = False
    return found


def _begins_left(document: Document, block: Block, title: Block) -> bool:
    """Whether a text begins left of the column in which a title stands."""
    own, other = (document.lines[b.pieces[0].line - 1].box for b in (block, title))
    return own is not None and other is not None and own.x0 + other.size < other.x0


def imprint_apart(blocks: list[Block]) -> list[Block]:
    """The blocks of the last profile, with the little text below its contacts as an imprint."""
    kinds = [b.kind for b in blocks]
    if "contact" not in kinds:
        return blocks
    last = len(kinds) - 1 - kinds[::-1].index("contact")
    below = [b for b in blocks[last + 1 :] if b.kind == "text"]
    if not set(kinds[last + 1 :]) <= {"text", "credit", "page_number"}:
        return blocks
    if sum(len(b.pieces) for b in below) > _MOST_LINES:
        return blocks
    return [
        b._replace(kind="contact") if i > last and b.kind == "text" else b
        for i, b in enumerate(blocks)
    ]
