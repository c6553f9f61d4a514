"""What stands on a page beside the text: captions, notes, pull quotes, set in a type of their own.

The text of a brochure is set in one type, or a few: those that stand right below the headings of
sections. What is set otherwise is no text of a section, unless it is a title above such text.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from pipeline.knowledge.layouts import SECTION_KINDS, Layouts
from pipeline.model import Box, Document
from pipeline.pieces import piece_text
from pipeline.segment.lines.bullets import bullet_mark
from pipeline.segment.lines.columns import stays_in_column
from pipeline.segment.lines.marks import Block
from pipeline.textforms import display_width, ends_sentence

_OPENS = 0.15  # of the sections, that text of one type opens
_SHARE = 0.12  # of the letters of all text that a type of the text has at least
_SAME_SIZE = 0.05
_TITLE_LINES = 2
_TITLE_WIDTH = 64
_SMALLER = 0.95
_CONTACT_LINES = 4
_LONE_TITLE = 30
_ADDRESS_WIDTH = 44
_QUOTES = tuple('“”„«»"「『‘')


class Ink(NamedTuple):
    """A type size and a colour."""

    size: float
    color: str


def asides_apart(document: Document, blocks: list[Block], known: set[Ink]) -> list[Block]:
    """The blocks, with what is set otherwise than the text of sections apart from it.

    `known` are the types of that text, see `text_inks`.
    """
    if not known:
        return blocks
    inks = [_ink(document, block) for block in blocks]
    out: list[Block] = []
    for i, block in enumerate(blocks):
        ink = inks[i]
        if (
            block.kind != "text"
            or ink is None
            or _among(ink, known)
            or _is_coloured_text(document, block, ink, known)
        ):
            out.append(block)
            continue
        below = blocks[i + 1] if i + 1 < len(blocks) else None
        if bullet_mark(piece_text(document, block.pieces[0])) or (
            below is not None and _is_title(document, block, below, inks[i + 1], known)
        ):
            out.append(block)
            continue
        small = ink.size < _SMALLER * min(k.size for k in known)
        out.append(block._replace(kind="credit" if small else "aside"))
    return out


def _box(document: Document, block: Block) -> Box | None:
    return document.lines[block.pieces[0].line - 1].box


def _ink(document: Document, block: Block) -> Ink | None:
    """The type of most of a block; its first words may be set in another."""
    letters: Counter[Ink] = Counter()
    for piece in block.pieces:
        if box := document.lines[piece.line - 1].box:
            letters[Ink(box.size, box.color)] += piece.end - piece.start
    return max(letters, key=lambda ink: (letters[ink], ink)) if letters else None


def _is_coloured_text(document: Document, block: Block, ink: Ink, known: set[Ink]) -> bool:
    """Whether a block is of the size of the text and no lone short line.

    Its colour alone says nothing: the first words of a paragraph may be coloured.
    """
    box = _box(document, block)
    text = piece_text(document, block.pieces[-1])
    alone = len(block.pieces) == 1 and box is not None and box.room > 2 * box.size
    alike = any(abs(ink.size - k.size) <= _SAME_SIZE * k.size for k in known)
    return alike and (not alone or ends_sentence(text))


def _among(ink: Ink, known: set[Ink]) -> bool:
    return any(
        ink.color == k.color and abs(ink.size - k.size) <= _SAME_SIZE * k.size for k in known
    )


def contacts_apart(document: Document, blocks: list[Block], layouts: Layouts) -> list[Block]:
    """The blocks, with what tells whom to write to apart from the text, and its title."""
    out = list(blocks)
    for i, block in enumerate(blocks):
        texts = [piece_text(document, p) for p in block.pieces]
        below_label = bool(i) and out[i - 1].kind == "contact" and not block.blanks
        address = len(texts) <= _CONTACT_LINES and any(map(layouts.holds_address, texts))
        if block.kind != "contact" and not (block.kind == "text" and (address or below_label)):
            continue
        out[i] = block._replace(kind="contact")
        at = i
        while at and (above := _line_above(out, at)) is not None:
            first = _opens_page(document, blocks, above)
            near = (first or not out[at].blanks) and _is_address(document, out[above], alone=first)
            title = _is_lone_title(document, out[above])
            if not near and not title:
                break
            out[above:at] = [b._replace(kind="contact") for b in out[above:at]]
            at = 0 if title and not near else above
    return out


def _line_above(blocks: list[Block], i: int) -> int | None:
    """The block of text above another one; what stands behind it on its line may be a country."""
    at = i - 1
    while at and blocks[at].kind == "fact" and _on_line_of(blocks[at], blocks[at - 1]):
        at -= 1
    return at if blocks[at].kind == "text" else None


def _on_line_of(block: Block, before: Block) -> bool:
    return block.pieces[0].line == before.pieces[-1].line


def _opens_page(document: Document, blocks: list[Block], i: int) -> bool:
    """Whether a block is the first one of its page but for a running title."""
    above = next((b for b in blocks[i - 1 :: -1] if b.kind != "page_number"), None) if i else None
    pages = [document.lines[b.pieces[-1].line - 1].page for b in (above, blocks[i]) if b]
    return blocks[i].page_start or len(set(pages)) > 1


def _is_address(document: Document, block: Block, *, alone: bool) -> bool:
    """Whether a block is a few short lines without a sentence, as an office and its street are.

    Where it stands `alone` at the top of a page, all of it may be one line with a number.
    """
    texts = [piece_text(document, p).strip() for p in block.pieces]
    one = alone and len(texts) == 1 and any(map(str.isdigit, texts[0]))
    widest = _TITLE_WIDTH if one else _ADDRESS_WIDTH
    return len(texts) <= _CONTACT_LINES and all(
        display_width(t) <= widest and not ends_sentence(t) and not bullet_mark(t) for t in texts
    )


def _is_lone_title(document: Document, block: Block) -> bool:
    """Whether a block is a short line that ends no sentence."""
    text = piece_text(document, block.pieces[0]).strip()
    short = len(block.pieces) == 1 and display_width(text) <= _LONE_TITLE
    return short and not ends_sentence(text) and not bullet_mark(text)


def text_inks(document: Document, blocks: list[Block]) -> set[Ink]:
    """The types in which the text of sections is set; none where the page is not known."""
    inks = [_ink(document, block) for block in blocks]
    opens: Counter[Ink] = Counter()
    letters: Counter[Ink] = Counter()
    inside = fresh = False
    for block, ink in zip(blocks, inks, strict=True):
        if block.kind == "heading":
            inside = fresh = block.heading in SECTION_KINDS
        elif block.kind == "text" and ink is not None and inside:
            letters[ink] += sum(p.end - p.start for p in block.pieces)
            long = sum(display_width(piece_text(document, p)) for p in block.pieces) > _TITLE_WIDTH
            if fresh and long:
                opens[ink] += 1
                fresh = False
    sections = opens.total()
    text = letters.total()
    return {
        ink
        for ink in letters
        if opens[ink] >= max(1, _OPENS * sections) or (text and letters[ink] >= _SHARE * text)
    }


def _is_title(
    document: Document, block: Block, below: Block, ink: Ink | None, known: set[Ink]
) -> bool:
    """Whether a block is a title of the text below it in its column."""
    texts = [piece_text(document, p).strip() for p in block.pieces]
    own = _box(document, block)
    return (
        below.kind == "text"
        and ink is not None
        and own is not None
        and _among(ink, known)
        and stays_in_column(document, below.pieces[0])
        and len(texts) <= _TITLE_LINES
        and sum(map(display_width, texts)) <= _TITLE_WIDTH
        and not ends_sentence(texts[-1])
        and not texts[0].startswith(_QUOTES)
        and own.size >= _SMALLER * min(k.size for k in known) * 0.8
    )
