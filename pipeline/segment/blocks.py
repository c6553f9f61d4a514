"""Lines → blocks: what stands together on the page and is of one kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise, zip_longest
from typing import Literal, NamedTuple

from pipeline.knowledge.layouts import BOX_TITLES, HeadingKind, Layouts
from pipeline.knowledge.nearest import Near
from pipeline.knowledge.themes import join_label
from pipeline.knowledge.titles import titles
from pipeline.language import is_word
from pipeline.model import Document, Line, Piece, SectionKind
from pipeline.pieces import piece_text
from pipeline.segment.columns import bullet_mark, colors_differ, fills_column
from pipeline.segment.evidence import (
    Around,
    Mark,
    closes_note,
    mark_line,
    mark_title,
    names_loosely,
    openings,
    opens_note,
    running_lines,
    with_captions,
)
from pipeline.segment.flowing import in_flow
from pipeline.segment.headlines import Headline
from pipeline.segment.mastheads import NO_TITLES, Titles
from pipeline.segment.namelike import name_part
from pipeline.segment.theme_tables import labels_together, table_marks
from pipeline.segment.ticks import tick_marks
from pipeline.segment.titles import settle_titles
from pipeline.segment.titletext import is_place_name
from pipeline.segment.wrapping import runs_on, says_again
from pipeline.textforms import display_width, ends_sentence, first_word, in_parentheses

_SHORT_FACT = 24  # columns of what a table of facts may hold, where longer lines are prose
_MAX_LABEL_LINES = 4
_MAX_LABEL_WIDTH = 60
_BARE_NUMBER = re.compile(r"\d[\d.,' \u00a0\u202f]*")
_FACT = re.compile(r"[^\W\d_][^:：。！？!?]{1,40}[:：]\s*\S.{0,60}")
_NO_LABEL = re.compile(r"[。！？；：!?;:©]|\.(?:\s|$)")

BlockKind = Literal[
    "blank",
    "heading",
    "population",
    "area",
    "fact",
    "credit",
    "page_number",
    "labels",
    "text",
    "aside",
    "contact",
    "name",
    "partner",
    "country",
]


class Block(NamedTuple):
    """Neighbouring pieces of one kind.

    `labels` groups the pieces of a block of kind "labels" into labels. `blanks` is the number
    of blank lines before the block, `page_start` whether a page begins with it. `near` is the
    known heading for which an unknown one was taken. A "partner" is the name of a title in the
    other script.
    """

    kind: BlockKind
    pieces: tuple[Piece, ...]
    blanks: int
    page_start: bool
    heading: HeadingKind | None = None
    labels: tuple[tuple[Piece, ...], ...] = ()
    near: Near[SectionKind] | None = None


def make_blocks(
    document: Document,
    layouts: Layouts,
    titles: Titles = NO_TITLES,
    found: Mapping[int, Headline] | None = None,
) -> list[Block]:
    """The blocks of a document in the order of its lines; blank lines belong to none.

    `titles` are the lines that are known to be names by their type, `found` the headings that the
    document's look and words tell.
    """
    blocks: list[Block] = []
    blanks = 0
    last_page = 1
    for page, chunk in _chunks(document, layouts, titles, found or {}):
        if chunk[0].kind == "blank":
            blanks += len(chunk)
            continue
        blocks += _chunk_blocks(document, chunk, layouts, blanks, page != last_page)
        blanks, last_page = 0, page
    return _entries_to_prose(document, _names_apart(document, blocks, layouts))


def _entries_to_prose(document: Document, blocks: list[Block]) -> list[Block]:
    """The blocks, with theme names that are entries of a list in the prose as text.

    A text ends in a colon above them, or they are right below other entries.
    """
    out: list[Block] = []
    entries = False  # whether the block above is such a list
    for block in blocks:
        above = out[-1] if out else None
        entries = above is not None and _is_entry_below(document, above, block, entries=entries)
        if entries:
            pieces = tuple(_with_bullet(document, p) for p in block.pieces)
            out.append(block._replace(kind="text", pieces=pieces, labels=()))
        else:
            out.append(block)
    return out


def _is_entry_below(document: Document, above: Block, block: Block, *, entries: bool) -> bool:
    if above.kind != "text" or block.kind != "labels" or not _bulleted(document, block):
        return False
    last = piece_text(document, above.pieces[-1])
    near = entries or (bullet_mark(last) > 0 and not block.blanks)
    introduced = near or last.rstrip().endswith(("：", ":"))
    return introduced and not colors_differ(document, above.pieces[-1], block.pieces[0])


def _bulleted(document: Document, block: Block) -> bool:
    return bullet_mark(document.lines[block.pieces[0].line - 1].text) > 0


def _with_bullet(document: Document, piece: Piece) -> Piece:
    """A piece with the bullet sign that stands before it."""
    mark = bullet_mark(document.lines[piece.line - 1].text)
    return Piece(piece.line, 0, piece.end) if mark == piece.start else piece


def _names_apart(document: Document, blocks: list[Block], layouts: Layouts) -> list[Block]:
    """The blocks, with a name and its country below prose, but above its numbers, apart."""
    out: list[Block] = []
    for block, after in zip_longest(blocks, blocks[1:]):
        *prose, last = block.pieces
        text = piece_text(document, last)
        if (
            block.kind == "text"
            and prose
            and after is not None
            and after.kind in ("population", "area", "country", "fact")
            and name_part(text, layouts) in ("han", "latin", "both")
            and (
                is_place_name(text)
                or (in_parentheses(text) and ends_sentence(piece_text(document, prose[-1])))
            )
        ):
            out += [block._replace(pieces=tuple(prose)), Block("text", (last,), 1, False)]
        else:
            out.append(block)
    return out


def _chunks(
    document: Document,
    layouts: Layouts,
    titles: Titles,
    found: Mapping[int, Headline],
) -> Iterator[tuple[int, list[Mark]]]:
    """Runs of lines of one page that are all blank or all filled, each with its page."""
    chunk: list[Mark] = []
    key = (0, False)
    named = {piece.line: piece for title in titles.names for piece in title}
    beside = {
        **{p.line: Mark(p, "fact") for p in titles.again},
        **{p.line: Mark(p, "heading", "matter") for p in titles.matter},
    }
    ticks = table_marks(document) | tick_marks(document, layouts)
    heads = {n: (h.kind if n == h.lines[0] else None) for h in found.values() for n in h.lines}
    running = running_lines(document, layouts) - heads.keys() - named.keys() - ticks.keys()
    loose = not titles.names and names_loosely(document, layouts)
    opening = openings(document, layouts)
    after = {a.number: b.text for a, b in pairwise(document.lines)}
    rest = ""
    noted = False
    for line in document.lines:
        if line.number in named:
            marks = mark_title(line, named[line.number], layouts)
        elif line.number in beside:
            marks = [beside[line.number]]
        elif line.number in heads:
            whole = Piece(line.number, 0, len(line.text))
            marks = [Mark(whole, "heading", heads[line.number])]
        else:
            below = after.get(line.number, "")
            marks = ticks.get(line.number) or mark_line(
                line, layouts, Around(bool(titles.names), loose, below, opening)
            )
            if rest and first_word(line.text) == line.text.strip().rstrip(".;,"):
                marks = [marks[0]._replace(kind="fact")]
            if noted and closes_note(line.text):
                marks = [Mark(Piece(line.number, 0, len(line.text)), "fact")]
            noted = (
                len(marks) == 2
                and marks[0].kind in ("population", "area")
                and opens_note(line.text)
            )
            rest = below if is_broken(line, marks, layouts) else ""
        if line.number in running:
            marks = [Mark(Piece(line.number, 0, len(line.text)), "page_number")]
        here = (line.page, marks[0].kind == "blank")
        if chunk and here != key:
            yield key[0], chunk
            chunk = []
        key = here
        chunk += marks
    if chunk:
        yield key[0], chunk


def is_broken(line: Line, marks: list[Mark], layouts: Layouts) -> bool:
    """Whether a line ends in a value whose unit goes on below."""
    kind, piece = marks[-1].kind, marks[-1].piece
    return kind in ("population", "area") and not (
        layouts.states_value(line.text[piece.start : piece.end], kind)
        or layouts.value_label(line.text[piece.start : piece.end])
    )


def _chunk_blocks(
    document: Document, chunk: list[Mark], layouts: Layouts, blanks: int, page_start: bool
) -> list[Block]:
    """The blocks of one run of lines that no blank line and no page break divides."""
    chunk = in_flow(document, labels_together(chunk), layouts)
    texts = [piece_text(document, m.piece) for m in chunk]
    marks = with_captions(settle_titles(chunk, texts, layouts), texts, layouts)
    marks = _with_facts(_labelled_values(marks, texts, layouts), texts, layouts)
    marks = _doubt_values(marks, texts, layouts)
    blocks: list[Block] = []
    start = 0
    for end in range(1, len(marks) + 1):
        if end < len(marks) and _one_block(marks[start], marks[end]):
            continue
        pieces = tuple(m.piece for m in marks[start:end])
        first = not blocks
        head = Block(
            "text", pieces, blanks if first else 0, page_start and first, marks[start].heading
        )
        if marks[start].kind == "text":
            blocks.extend(_text_blocks(document, head, layouts))
        elif (kind := marks[start].kind) == "ticked" or kind == "goes_on":
            blocks.append(head._replace(kind="labels", labels=(pieces,)))
        else:
            blocks.append(head._replace(kind=kind))
        start = end
    return blocks


def _one_block(first: Mark, mark: Mark) -> bool:
    """Whether a piece goes on with a block: text, or the next line of a heading."""
    if first.kind == mark.kind and mark.kind in ("text", "name"):
        return True
    if (first.kind, mark.kind) == ("ticked", "goes_on"):
        return True
    return first.kind == mark.kind == "heading" and mark.heading is None


def _labelled_values(marks: list[Mark], texts: list[str], layouts: Layouts) -> list[Mark]:
    """A bare number below the label of a population or area is that value, else one above it.

    A label without any may be the last word of a name that is printed on two lines (`Area`).
    """
    out = list(marks)
    for i, mark in enumerate(marks):
        if mark.kind not in ("population", "area") or not layouts.value_label(texts[i]):
            continue
        for j in (i + 1, i - 1):
            if 0 <= j < len(out) and layouts.is_number(texts[j], mark.kind):
                if out[j].kind in ("text", "page_number"):
                    out[j] = out[j]._replace(kind=mark.kind)
                if out[j].kind == mark.kind:
                    break
        else:
            if i and marks[i - 1].kind == "text" and layouts.is_kind(f"{texts[i - 1]} {texts[i]}"):
                out[i] = mark._replace(kind="text")
    return out


def _with_facts(marks: list[Mark], texts: list[str], layouts: Layouts) -> list[Mark]:
    """Lines such as `Mayor: Anna Nowak` beside a population or area are further facts."""
    if not any(m.kind in ("population", "area") for m in marks):
        return marks
    sections = [i for i, m in enumerate(marks) if m.heading and m.heading not in BOX_TITLES]
    end = sections[0] if sections else len(marks)
    return [
        m._replace(kind="fact")
        if i < end
        and m.kind in ("text", "contact")
        and _FACT.fullmatch(t.strip())
        and not layouts.is_country(t)
        else m
        for i, (m, t) in enumerate(zip(marks, texts, strict=True))
    ]


def _doubt_values(marks: list[Mark], texts: list[str], layouts: Layouts) -> list[Mark]:
    """A line that looks like a population but stands amid lines of prose is prose."""
    if not any(m.kind in ("population", "area") for m in marks):
        return marks
    prose = any(
        m.kind == "text"
        and (display_width(t) > _SHORT_FACT or ends_sentence(t))
        and not name_part(t, layouts)
        and not layouts.themes.match(t)
        for m, t in zip(marks, texts, strict=True)
    )
    if not prose:
        return marks
    sure = [
        m._replace(kind="text") if m.kind in ("population", "area") and _amid(marks, i) else m
        for i, m in enumerate(marks)
    ]
    if any(m.kind in ("population", "area") for m in sure):
        return sure
    return [m._replace(kind="text") if m.kind == "fact" else m for m in sure]


def _amid(marks: list[Mark], i: int) -> bool:
    near = [marks[j].kind for j in (i - 1, i + 1) if 0 <= j < len(marks)]
    return bool(near) and all(kind == "text" for kind in near)


def _text_blocks(document: Document, block: Block, layouts: Layouts) -> list[Block]:
    """A run of text lines: theme labels, then what is not a label.

    The lines after a label are a name, or else the label is a title of the prose below it.
    """
    whole = block
    block, texts, full = _label_lines(document, whole)
    if len(texts) > 1 and _BARE_NUMBER.fullmatch(texts[0].strip()):
        first, *others = _text_blocks(document, whole._replace(pieces=whole.pieces[1:]), layouts)
        if first.kind == "labels":
            first = first._replace(blanks=0, page_start=False)
            return [whole._replace(pieces=whole.pieces[:1]), first, *others]
    groups, at = _label_run(texts, full, layouts)
    if at < len(texts) and (_all_labels(texts, layouts) or _all_near(texts, layouts)):
        groups, at = _label_run(texts, full, layouts, unknown=True)
    rest = texts[at:]
    if not groups or not all(name_part(t, layouts) for t in rest):
        return [whole]
    labels = _labels(block, groups)
    told = [x for x in labels.labels if not _is_title(document, x)]  # the title of a table's row
    labels = labels._replace(labels=tuple(told))
    if not rest:
        return [labels]
    return [labels, Block("text", whole.pieces[at:], 0, False)]


def _is_title(document: Document, label: tuple[Piece, ...]) -> bool:
    return titles().may_list_themes(join_label([piece_text(document, p) for p in label]))


def _label_lines(document: Document, block: Block) -> tuple[Block, list[str], list[bool | None]]:
    """A block without bullets, its texts, and whether each line but the last fills its column."""
    plain = _without_bullets(document, block)
    bulleted = [a != b for a, b in zip(block.pieces, plain.pieces, strict=True)]
    full = [
        False if sign or above.line == below.line else fills_column(document, above, below)
        for (above, below), sign in zip(pairwise(plain.pieces), bulleted[1:], strict=True)
    ]
    return plain, [piece_text(document, p) for p in plain.pieces], full


def _labels(block: Block, groups: list[int]) -> Block:
    """The first lines of a block as labels of so many lines each."""
    spans = []
    start = 0
    for size in groups:
        spans.append(block.pieces[start : start + size])
        start += size
    return block._replace(kind="labels", pieces=block.pieces[:start], labels=tuple(spans))


def _short(text: str) -> bool:
    return display_width(text.strip()) <= _MAX_LABEL_WIDTH and not _NO_LABEL.search(text)


def _without_bullets(document: Document, block: Block) -> Block:
    """A block without its bullets; a dash that only later lines begin with divides a label."""
    marks = [bullet_mark(piece_text(document, p)) for p in block.pieces]
    if not marks[0]:
        return block
    pieces = (Piece(p.line, p.start + m, p.end) for p, m in zip(block.pieces, marks, strict=True))
    return block._replace(pieces=tuple(pieces))


def _all_labels(texts: list[str], layouts: Layouts) -> bool:
    """Whether short lines without punctuation, some of them known labels, are all labels."""
    known = sum(bool(layouts.themes.match(t)) for t in texts)
    short = all(map(_short, texts)) and not any(map(layouts.is_country, texts))
    if not known or not short:
        return False
    understood = sum(bool(layouts.themes.listed(t, is_word)) for t in texts)
    if understood == len(texts):
        return True
    named = any(name_part(t, layouts) for t in texts if not layouts.themes.match(t))
    return short and (known >= 2 or (known == 1 and len(texts) == 2 and not named))


def _all_near(texts: list[str], layouts: Layouts) -> bool:
    """Whether each of some short lines is a label, or so near to one that it can be no other."""
    if not all(map(_short, texts)):
        return False
    return all(layouts.themes.match(t) or _near(t, layouts) for t in texts)


def _near(text: str, layouts: Layouts) -> bool:
    return bool(layouts.themes.nearest(text, is_word))


def _label_run(
    texts: list[str], full: list[bool | None], layouts: Layouts, *, unknown: bool = False
) -> tuple[list[int], int]:
    """The sizes of the labels with which a run of lines begins, and where they end.

    A label takes in the line below it when it ends with a separator, or when the two together
    are a label and the line below alone is none. Where the page is known, `full` tells of each
    line but the last whether it fills its column; a label may go on after such a line.
    """
    groups: list[int] = []
    at = 0
    while at < len(texts):
        size = 0
        for length in range(1, min(_MAX_LABEL_LINES, len(texts) - at) + 1):
            lines = texts[at : at + length]
            goes_on = length == 1 or runs_on(lines, full[at + length - 2], layouts)
            if goes_on and layouts.themes.match(join_label(lines)):
                size = length
        if not size and unknown:
            size = 1
        size += says_again(texts[at : at + size], texts[at + size :], layouts)
        if not size:
            break
        groups.append(size)
        at += size
    return groups, at
