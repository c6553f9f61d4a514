"""Which label-like lines of a profile are theme labels, and which are prose that reads alike."""

from __future__ import annotations

import re

from pipeline.knowledge.layouts import SECTION_KINDS, Layouts
from pipeline.knowledge.listing import divide
from pipeline.knowledge.titles import titles
from pipeline.language import is_word
from pipeline.model import Document, Piece
from pipeline.pieces import piece_text
from pipeline.segment.lines.bullets import bullet_mark, is_bulleted, with_bullets
from pipeline.segment.lines.columns import colors_differ, printed_alike, starts_column
from pipeline.segment.lines.marks import Block
from pipeline.segment.listing.joining import joined_pieces
from pipeline.textforms import display_width, ends_sentence, indent

_BULLET_INDENT = range(2, 6)  # deeper ones are cross-cutting labels
_MAX_UNKNOWN_WIDTH = 60
_SEPARATORS = tuple("、，,/;；⸺—–-")
_COMMA = re.compile("[,，、;；]")
_SENTENCE = re.compile(r"[。！？；：:;!?“”]|\.\s")
_LIST_HEADINGS = frozenset({"themes", "preferred_themes"})  # below which labels are themes


def settle_labels(document: Document, blocks: list[Block], layouts: Layouts) -> list[Block]:
    """The blocks of one profile, with every block of kind "labels" certain.

    - A label that stands alone between two blocks of prose, in a profile that has its labels
      elsewhere, is a title; one below the heading of another section is of that section.
    - A short line among labels is a label, even one that no theme matches.
    - A label that is a list of known ones is each of them.
    """
    settled = _unknown_to_labels(document, blocks, layouts)
    settled = _titles_to_prose(document, settled)
    settled = _own_sections_to_prose(document, settled)
    return [_each_label(document, b, layouts) if b.kind == "labels" else b for b in settled]


def bullets_to_prose(document: Document, blocks: list[Block]) -> list[Block]:
    """The blocks of a document, with theme names that are entries of a list in its prose as text.

    They are indented lines that a paragraph introduces with a colon, and lines with a bullet
    sign in the run of a text.
    """
    out: list[Block] = []
    introduced = False
    unmarked = any(b.kind == "labels" and not is_bulleted(document, b.pieces[0]) for b in blocks)
    for i, block in enumerate(blocks):
        first = document.lines[block.pieces[0].line - 1].text
        bulleted = is_bulleted(document, block.pieces[0])
        listed = bulleted or indent(first) in _BULLET_INDENT
        recolored = i > 0 and _recolored(document, out[-1], block)
        apart = recolored or starts_column(document, block.pieces[0])
        is_list = bulleted and not (apart or _lists_themes(blocks, i, unmarked=unmarked))
        if block.kind == "labels" and listed and ((introduced and not recolored) or is_list):
            out.append(
                block._replace(kind="text", pieces=with_bullets(document, block.pieces), labels=())
            )
            continue
        if block.kind == "text":
            last = piece_text(document, block.pieces[-1]).rstrip()
            introduced = last.endswith(("：", ":")) or (introduced and listed)
        elif block.kind not in ("credit", "page_number"):
            introduced = False
        out.append(block)
    return out


def _recolored(document: Document, above: Block, block: Block) -> bool:
    """Whether a list of labels is told from the text above it by its colour."""
    return above.kind == "text" and colors_differ(document, above.pieces[-1], block.pieces[0])


def _lists_themes(blocks: list[Block], i: int, *, unmarked: bool) -> bool:
    """Whether bulleted theme names are the profile's labels, and no list within its prose.

    They are beside the header or other labels, under a title for them, or where wishes stand or
    below a gap in a profile that prints no labels without a bullet (`unmarked`).
    """
    before = blocks[i - 1] if i else None
    if before is None or before.kind in ("name", "population", "area", "labels", "fact"):
        return True
    if before.kind == "heading":
        return before.heading == "themes" or (before.heading == "preferred_themes" and not unmarked)
    return not unmarked and (before.kind != "text" or blocks[i].blanks > 0)


def _unknown_to_labels(document: Document, blocks: list[Block], layouts: Layouts) -> list[Block]:
    out = list(blocks)
    for i, block in enumerate(out):
        if block.kind != "text" or not _may_be_label(document, block, layouts):
            continue
        before = out[i - 1].kind if i else "heading"
        after = out[i + 1].kind if i + 1 < len(out) else "end"
        between = before == "labels" and after in ("labels", "credit", "end", "name", "heading")
        opens = after == "labels" and (
            before in ("name", "population", "area", "credit") or _ends_prose(document, out, i)
        )
        beside = out[i - 1] if between else out[i + 1] if opens else None
        far = document.lines[block.pieces[0].line - 1].box is None and between and block.blanks > 1
        if beside and not far and _listed_alike(document, beside, block):
            out[i] = block._replace(kind="labels", labels=_one_or_each(document, block, layouts))
    return out


def _listed_alike(document: Document, labels: Block, block: Block) -> bool:
    """Whether a line may be one of a list of labels: in their type, with their sign before it."""
    one, other = labels.pieces[-1], block.pieces[0]
    same_sign = is_bulleted(document, labels.pieces[0]) == is_bulleted(document, other)
    return same_sign and printed_alike(document, one, other)


def _one_or_each(
    document: Document, block: Block, layouts: Layouts
) -> tuple[tuple[Piece, ...], ...]:
    """Two unknown lines as one label where the first may have run over, else as two."""
    texts = [piece_text(document, p).strip() for p in block.pieces]
    widths = [display_width(t) for t in texts]
    runs_over = texts[0].endswith(_SEPARATORS) or widths[0] > widths[-1]
    if len(texts) > 1 and layouts.themes.listed(texts[0], is_word):
        runs_over = texts[0].endswith(_SEPARATORS)
    pieces = tuple(
        Piece(p.line, p.start + bullet_mark(piece_text(document, p)), p.end) for p in block.pieces
    )
    return (pieces,) if runs_over else tuple((p,) for p in pieces)


def _each_label(document: Document, block: Block, layouts: Layouts) -> Block:
    """A block of labels, with one that lists several known ones as each of them."""
    labels = tuple(each for label in block.labels for each in _listed(document, label, layouts))
    return block if len(labels) == len(block.labels) else block._replace(labels=labels)


def _listed(
    document: Document, label: tuple[Piece, ...], layouts: Layouts
) -> list[tuple[Piece, ...]]:
    """The labels that a label is a list of: known ones of a theme each, all that it names."""
    if not any(_COMMA.search(piece_text(document, p)) for p in label):
        return [label]
    joined = joined_pieces(document, label)
    spans = divide(joined.text, layouts.themes, is_word).spans
    found = [layouts.themes.match(joined.text[slice(*span)]) for span in spans]
    named = [m.theme.theme for matches in found for m in matches]
    whole = {m.theme.theme for m in layouts.themes.match(joined.text)}
    if len(spans) < 2 or not all(found) or len(set(named)) < len(named) or whole - set(named):
        return [label]
    return [joined.pieces(*span) for span in spans]


def _ends_prose(document: Document, blocks: list[Block], i: int) -> bool:
    """Whether a line stands alone below prose that ended, so that the labels begin with it."""
    if not i or blocks[i - 1].kind != "text" or not blocks[i].blanks or len(blocks[i].pieces) > 1:
        return False
    above = piece_text(document, blocks[i - 1].pieces[-1]).rstrip()
    return ends_sentence(above) and not above.endswith((":", "："))


def _may_be_label(document: Document, block: Block, layouts: Layouts) -> bool:
    texts = [piece_text(document, p) for p in block.pieces]
    return (
        len(texts) <= 2
        and not any(_SENTENCE.search(t) or ends_sentence(t) for t in texts)
        and all(display_width(t.strip()) <= _MAX_UNKNOWN_WIDTH for t in texts)
        and all(sum(map(str.isalpha, t)) > 1 for t in texts)
        and not any(layouts.is_country(t) or titles().may_list_themes(t) for t in texts)
    )


def _titles_to_prose(document: Document, blocks: list[Block]) -> list[Block]:
    """Labels alone between prose become prose where the profile has labels elsewhere.

    Those that are set as the others are, and not as the prose, stay.
    """
    beside = ("text", "heading")
    alone = [
        i
        for i, b in enumerate(blocks)
        if b.kind == "labels"
        and 0 < i < len(blocks) - 1
        and blocks[i - 1].kind in beside
        and blocks[i - 1].heading != "themes"
        and blocks[i + 1].kind == "text"
    ]
    elsewhere = [b for i, b in enumerate(blocks) if b.kind == "labels" and i not in alone]
    if not elsewhere:
        return blocks
    own = {_set_as(document, b) for b in elsewhere} - {None}
    alone = [
        i
        for i in alone
        if _set_as(document, blocks[i]) not in own
        or _set_as(document, blocks[i]) == _set_as(document, blocks[i + 1])
    ]
    return [as_text(document, b) if i in alone else b for i, b in enumerate(blocks)]


def _own_sections_to_prose(document: Document, blocks: list[Block]) -> list[Block]:
    """Labels below the heading of a section, where others stand below a title of themes."""
    headed = [
        (i, blocks[i - 1])
        for i, b in enumerate(blocks)
        if i and b.kind == "labels" and blocks[i - 1].kind == "heading"
    ]
    listing = {i for i, above in headed if above.heading in _LIST_HEADINGS}
    if not listing:
        return blocks
    own = {
        i
        for i, above in headed
        if above.heading in SECTION_KINDS - _LIST_HEADINGS
        and not titles().may_list_themes(piece_text(document, above.pieces[0]))
    }
    return [as_text(document, b) if i in own else b for i, b in enumerate(blocks)]


def _set_as(document: Document, block: Block) -> tuple[str, float, str] | None:
    """The font, the size and the colour of the first line of a block, where they are known."""
    box = document.lines[block.pieces[0].line - 1].box
    return (box.font, box.size, box.color) if box else None


def as_text(document: Document, block: Block) -> Block:
    """A block of labels as text: a sign before a label or between two belongs to it."""
    lines: dict[int, tuple[int, int]] = {}
    for p in with_bullets(document, block.pieces):
        start, end = lines.get(p.line, (p.start, p.end))
        lines[p.line] = (min(start, p.start), max(end, p.end))
    whole = tuple(Piece(line, *span) for line, span in lines.items())
    return block._replace(kind="text", pieces=whole, labels=())
