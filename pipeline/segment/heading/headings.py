"""Headings that no label file knows, or knows in other words.

A line that stands like a heading and can only mean a known one is taken for it, with a finding.

A heading stands alone on a short line above prose. So does a title within the prose; what tells
them apart in plain text is that a heading stands in several profiles. Such a line ends the
section before it: what follows is not understood, and says so, until the wording is known. A
line that looks like a heading once is only a finding.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from pipeline.knowledge.layouts import SECTION_KINDS, Layouts
from pipeline.knowledge.nearest import Near
from pipeline.language import is_word
from pipeline.model import Document, Finding, Piece, SectionKind
from pipeline.pieces import piece_text, where_of
from pipeline.segment.heading.styles import ink, style_of
from pipeline.segment.lines.columns import column_width, is_short, width
from pipeline.segment.lines.marks import Block
from pipeline.textforms import display_width, ends_sentence, indent, match_key, toml_line

_MAX_WIDTH = 40
_MAX_NEAR_WIDTH = 50
_TITLE_WIDTH = 0.8  # of the line below
_MOST_WORDS = 6
_PUNCTUATION = re.compile(r"[，。、；：！？,;:!?（）()“”\"《》/⸺—]")
_PROFILES = 2


def unknown_headings(
    document: Document, profiles: Sequence[list[Block]], layouts: Layouts
) -> tuple[frozenset[str], list[Finding]]:
    """The match keys of lines that are headings without being known, and what is doubtful.

    `profiles` are the blocks of each profile.
    """
    counts: Counter[str] = Counter()
    first: dict[str, Block] = {}
    for blocks in profiles:
        keys = set()
        for i, block in enumerate(blocks):
            if _looks_like_heading(document, blocks, i, layouts):
                key = heading_key(document, block)
                keys.add(key)
                first.setdefault(key, block)
        counts.update(keys)
    certain = frozenset(k for k, n in counts.items() if n >= _PROFILES)
    headings = (b for blocks in profiles for b in blocks if b.heading in SECTION_KINDS)
    inks = {found for b in headings if (found := _ink(document, b))}
    findings = []
    for key, block in first.items():
        own = _ink(document, block)
        otherwise = own is not None and bool(inks) and own not in inks
        findings.append(_finding(document, block, certain=key in certain, otherwise=otherwise))
    return certain, findings


def _ink(document: Document, block: Block) -> tuple[float, str] | None:
    """The type size and the colour of a heading, where the page tells them."""
    line = document.lines[block.pieces[0].line - 1]
    return ink(style_of(line)) if line.box else None


def heading_key(document: Document, block: Block) -> str:
    """The form under which a heading is compared; empty for a block of several lines."""
    return match_key(piece_text(document, block.pieces[0])) if len(block.pieces) == 1 else ""


def _looks_like_heading(document: Document, blocks: list[Block], i: int, layouts: Layouts) -> bool:
    """A short line alone, without punctuation, above longer prose, and no entry of a list."""
    block = blocks[i]
    if block.kind != "text" or len(block.pieces) != 1 or not (block.blanks or block.page_start):
        return False
    text = piece_text(document, block.pieces[0]).strip()
    if (
        display_width(text) > _MAX_WIDTH
        or len(text.split()) > _MOST_WORDS
        or _PUNCTUATION.search(text)
        or indent(piece_text(document, block.pieces[0])) >= 2
        or layouts.themes.match(text)
    ):
        return False
    if i + 1 >= len(blocks) or not _is_prose(document, blocks[i + 1]):
        return False
    return _after_an_end(document, blocks, i)


def _after_an_end(document: Document, blocks: list[Block], i: int) -> bool:
    """Whether what stands before a block is at an end, so that a heading may follow."""
    if i == 0 or blocks[i - 1].kind != "text":
        return i == 0 or blocks[i - 1].kind != "heading"
    last = blocks[i - 1].pieces[-1]
    before = piece_text(document, last).rstrip()
    if ends_sentence(before):
        return before[-1] not in ":："
    # A text that breaks off does so at its column's edge; a short open line is a list entry.
    column = column_width(document, blocks[i - 1].pieces)
    return column is not None and not is_short(document, last, None, column)


def near_headings(document: Document, blocks: list[Block], layouts: Layouts) -> list[Block]:
    """The blocks, with lines that stand like a heading and can only mean a known one as such."""
    out: list[Block] = []
    for i, block in enumerate(blocks):
        first, *rest = block.pieces
        below = Block("text", tuple(rest), 1, False) if rest else next(iter(blocks[i + 1 :]), None)
        near = None
        if (
            block.kind == "text"
            and (block.blanks or block.page_start)
            and below is not None
            and (not rest or _much_shorter(document, first, rest[0]))
            and _is_prose(document, below)
            and _after_an_end(document, blocks, i)
        ):
            near = _near(piece_text(document, first).strip(), layouts)
        if near is None:
            out.append(block)
            continue
        out.append(block._replace(kind="heading", pieces=(first,), heading=near.value, near=near))
        if rest:
            out.append(Block("text", tuple(rest), 0, False))
    return out


def _much_shorter(document: Document, first: Piece, second: Piece) -> bool:
    """Whether a line directly above prose is no line of it by its width."""
    return width(document, first) < _TITLE_WIDTH * width(document, second)


def _near(text: str, layouts: Layouts) -> Near[SectionKind] | None:
    """The known heading that a short line can only mean, if it is no label."""
    if display_width(text) > _MAX_NEAR_WIDTH or ends_sentence(text) or layouts.themes.match(text):
        return None
    return layouts.near_heading(text, is_word)


def near_findings(document: Document, profiles: Iterable[list[Block]]) -> Iterator[Finding]:
    """A finding for each wording of a heading that was taken for a known one."""
    told: set[str] = set()
    for block in (b for blocks in profiles for b in blocks):
        if block.near is None or (key := heading_key(document, block)) in told:
            continue
        told.add(key)
        text = piece_text(document, block.pieces[0]).strip()
        yield Finding(
            "warning",
            "near_heading",
            f"`{text}` is no known heading; it was taken for `{block.near.label}` (score "
            f"{block.near.score:.2f}); if that is right, add the line `{toml_line(text)}` to "
            f"`{block.near.value}` in pipeline/knowledge/layouts.toml",
            document.source.edition.edition,
            None,
            "sections",
            "heading",
            where_of(document, block.pieces),
        )


def _is_prose(document: Document, block: Block) -> bool:
    if block.kind != "text" or not block.blanks:
        return False
    return len(block.pieces) > 1 or ends_sentence(piece_text(document, block.pieces[-1]))


def _finding(document: Document, block: Block, *, certain: bool, otherwise: bool) -> Finding:
    """What looks like a heading; set `otherwise` than those of sections, it is a title in one."""
    text = piece_text(document, block.pieces[0]).strip()
    what = (
        "stands in several profiles like a heading, so the text below it is in no section"
        if certain
        else "looks like a heading; the text below it is taken for the section before it"
    )
    return Finding(
        "info" if otherwise and not certain else "warning",
        "unknown_heading",
        f"`{text}` {what}; if it is a heading, add the line `{toml_line(text)}` to the list of its "
        "section in pipeline/knowledge/layouts.toml",
        document.source.edition.edition,
        None,
        "sections",
        "heading",
        where_of(document, block.pieces),
    )
