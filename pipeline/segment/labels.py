"""Which label-like lines of a profile are theme labels, and which are prose that reads alike."""

from __future__ import annotations

import re

from pipeline.model import Document
from pipeline.pieces import piece_text
from pipeline.segment.blocks import Block
from pipeline.segment.columns import bullet_mark
from pipeline.textforms import display_width, ends_sentence, indent

_BULLET_INDENT = range(2, 6)  # deeper ones are cross-cutting labels
_MAX_UNKNOWN_WIDTH = 60
_SENTENCE = re.compile(r"[。！？；：:;!?]|\.\s")


def settle_labels(document: Document, blocks: list[Block]) -> list[Block]:
    """The blocks of one profile, with every block of kind "labels" certain.

    - Indented lines that a paragraph introduces with a colon are its bullets.
    - A label that stands alone between two blocks of prose, in a profile that has its labels
      elsewhere, is a title.
    - A short line among labels is a label, even one that no theme matches.
    """
    settled = _bullets_to_prose(document, blocks)
    settled = _unknown_to_labels(document, settled)
    return _titles_to_prose(settled)


def _bullets_to_prose(document: Document, blocks: list[Block]) -> list[Block]:
    out: list[Block] = []
    introduced = False
    for block in blocks:
        first = piece_text(document, block.pieces[0])
        listed = bullet_mark(first) > 0 or indent(first) in _BULLET_INDENT
        if block.kind == "labels" and listed and (introduced or bullet_mark(first)):
            out.append(block._replace(kind="text", labels=()))
            continue
        if block.kind == "text":
            last = piece_text(document, block.pieces[-1]).rstrip()
            introduced = last.endswith(("：", ":")) or (introduced and listed)
        elif block.kind not in ("credit", "page_number"):
            introduced = False
        out.append(block)
    return out


def _unknown_to_labels(document: Document, blocks: list[Block]) -> list[Block]:
    out = list(blocks)
    for i, block in enumerate(out):
        if block.kind != "text" or not _may_be_label(document, block):
            continue
        before = out[i - 1].kind if i else "heading"
        after = out[i + 1].kind if i + 1 < len(out) else "end"
        between = before == "labels" and after in ("labels", "credit", "end", "name")
        opens = after == "labels" and before in ("name", "population", "area", "credit")
        if between or opens:
            out[i] = block._replace(kind="labels", labels=(block.pieces,))
    return out


def _may_be_label(document: Document, block: Block) -> bool:
    texts = [piece_text(document, p) for p in block.pieces]
    return (
        len(texts) <= 2
        and not any(_SENTENCE.search(t) or ends_sentence(t) for t in texts)
        and all(display_width(t.strip()) <= _MAX_UNKNOWN_WIDTH for t in texts)
    )


def _titles_to_prose(blocks: list[Block]) -> list[Block]:
    """Labels alone between prose become prose where the profile has labels elsewhere."""
    beside = ("text", "heading")
    alone = [
        i
        for i, b in enumerate(blocks)
        if b.kind == "labels"
        and 0 < i < len(blocks) - 1
        and blocks[i - 1].kind in beside
        and blocks[i + 1].kind == "text"
    ]
    others = sum(b.kind == "labels" for b in blocks) - len(alone)
    if not others:
        return blocks
    return [b._replace(kind="text", labels=()) if i in alone else b for i, b in enumerate(blocks)]
