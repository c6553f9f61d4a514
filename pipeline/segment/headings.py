"""Headings that no label file knows.

A heading stands alone on a short line above prose. So does a title within the prose; what tells
them apart in plain text is that a heading stands in several profiles. Such a line ends the
section before it: what follows is not understood, and says so, until the wording is known. A
line that looks like a heading once is only a finding.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from pipeline.knowledge.layouts import Layouts
from pipeline.model import Document, Finding
from pipeline.pieces import piece_text, where_of
from pipeline.segment.blocks import Block
from pipeline.segment.columns import column_width, is_short
from pipeline.textforms import display_width, ends_sentence, indent, match_key

_MAX_WIDTH = 40
_MOST_WORDS = 6
_PUNCTUATION = re.compile(r"[，。、；：！？,;:!?（）()“”\"《》/⸺—]")
_PROFILES = 2


def unknown_headings(
    document: Document, profiles: Iterable[list[Block]], layouts: Layouts
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
    return certain, [_finding(document, first[k], certain=k in certain) for k in first]


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
    if i == 0 or blocks[i - 1].kind != "text":
        return i == 0 or blocks[i - 1].kind != "heading"
    last = blocks[i - 1].pieces[-1]
    before = piece_text(document, last).rstrip()
    if ends_sentence(before):
        return before[-1] not in ":："
    # A text that breaks off does so at its column's edge; a short open line is a list entry.
    column = column_width(document, blocks[i - 1].pieces)
    return column is not None and not is_short(document, last, None, column)


def _is_prose(document: Document, block: Block) -> bool:
    if block.kind != "text" or not block.blanks:
        return False
    return len(block.pieces) > 1 or ends_sentence(piece_text(document, block.pieces[-1]))


def _finding(document: Document, block: Block, *, certain: bool) -> Finding:
    text = piece_text(document, block.pieces[0]).strip()
    what = (
        "stands in several profiles like a heading, so the text below it is in no section"
        if certain
        else "looks like a heading; the text below it is taken for the section before it"
    )
    return Finding(
        "warning",
        "unknown_heading",
        f"`{text}` {what}; if it is a heading, add it to pipeline/knowledge/layouts.toml",
        document.source.edition.edition,
        None,
        "sections",
        "heading",
        where_of(document, block.pieces),
    )
