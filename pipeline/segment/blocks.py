"""Lines → blocks: what stands together on the page and is of one kind."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import groupby, zip_longest

from pipeline.knowledge.layouts import BOX_TITLES, Layouts
from pipeline.knowledge.titles import titles
from pipeline.model import Document, Line, Piece
from pipeline.pieces import piece_text
from pipeline.segment.heading.heading_marks import settle_headings
from pipeline.segment.heading.headlines import Headline
from pipeline.segment.lines.cells import closes_note, gap_cells, opens_note
from pipeline.segment.lines.evidence import (
    Around,
    in_fields,
    mark_line,
    mark_title,
    names_loosely,
    openings,
    with_captions,
)
from pipeline.segment.lines.fact_tables import fact_table_marks
from pipeline.segment.lines.flowing import in_flow
from pipeline.segment.lines.marks import Block, Mark
from pipeline.segment.listing.label_runs import label_blocks
from pipeline.segment.listing.theme_tables import labels_together, table_marks
from pipeline.segment.listing.ticks import tick_marks
from pipeline.segment.naming.mastheads import Titles
from pipeline.segment.naming.namelike import name_part
from pipeline.segment.naming.titletext import is_place_name
from pipeline.textforms import display_width, ends_sentence, first_word, in_parentheses

_SHORT_FACT = 24  # columns of what a table of facts may hold, where longer lines are prose
_FACT = re.compile(r"[^\W\d_][^:：。！？!?]{1,40}[:：]\s*\S.{0,60}")


def make_blocks(
    document: Document,
    layouts: Layouts,
    titles: Titles,
    heads: Mapping[int, Headline],
    running: Collection[int],
) -> list[Block]:
    """The blocks of a document in the order of its lines; blank lines belong to none.

    `titles` are the lines that are known to be names by their type, `heads` the headings that the
    document's look and words tell, `running` the numbers of the lines at the edges of its pages.
    """
    blocks: list[Block] = []
    blanks = 0
    last_page = 1
    sure = _sure_marks(document, layouts, titles, heads, running)
    marked = _marked(document, layouts, sure, titled=bool(titles.names))
    for (page, blank), lines in groupby(marked, key=lambda m: (m[0].page, m[1][0].kind == "blank")):
        chunk = [mark for _, marks in lines for mark in marks]
        if blank:
            blanks += len(chunk)
            continue
        blocks += _chunk_blocks(document, chunk, layouts, blanks, page != last_page)
        blanks, last_page = 0, page
    return _names_apart(document, blocks, layouts)


def _sure_marks(
    document: Document,
    layouts: Layouts,
    titles: Titles,
    heads: Mapping[int, Headline],
    running: Collection[int],
) -> dict[int, list[Mark]]:
    """The marks of the lines of which the whole document tells what they are, by their numbers."""
    whole = {line.number: Piece(line.number, 0, len(line.text)) for line in document.lines}
    told = [
        {n: [Mark(whole[n], "page_number")] for n in running},
        table_marks(document) | tick_marks(document, layouts),
        fact_table_marks(document, layouts),
        {
            n: [Mark(whole[n], "heading", head.kind if n == head.lines[0] else None)]
            for head in heads.values()
            for n in head.lines
        },
        {p.line: [Mark(p, "heading", "matter")] for p in titles.matter},
        {p.line: [Mark(p, "fact")] for p in titles.again},
        {
            p.line: mark_title(document.lines[p.line - 1], p, layouts)
            for title in titles.names
            for p in title
        },
    ]
    return {number: marks for sure in told for number, marks in sure.items()}


def _marked(
    document: Document, layouts: Layouts, sure: Mapping[int, list[Mark]], *, titled: bool
) -> Iterator[tuple[Line, list[Mark]]]:
    """Each line with its marks: the sure ones, else what it is by itself and the line above."""
    loose = not titled and names_loosely(document, layouts)
    opening = openings(document, layouts)
    fields = in_fields(document)
    rest = ""  # the line below, in which the unit of a value goes on
    noted = False  # whether a note beside a value goes on below
    for line, below in zip_longest(document.lines, document.lines[1:]):
        if line.number in sure:
            yield line, sure[line.number]
            continue
        after = below.text if below else ""
        marks = mark_line(line, layouts, Around(titled, loose, after, opening, fields))
        if rest and first_word(line.text) == line.text.strip().rstrip(".;,"):
            marks = [marks[0]._replace(kind="fact")]
        if noted and closes_note(line.text):
            marks = [Mark(Piece(line.number, 0, len(line.text)), "fact")]
        value = len(marks) == 2 and marks[0].kind in ("population", "area")
        noted = value and opens_note(line.text)
        rest = after if _is_broken(line, marks, layouts) else ""
        yield line, marks


def _names_apart(document: Document, blocks: list[Block], layouts: Layouts) -> list[Block]:
    """The blocks, with a name and its country below prose, but above its numbers, apart."""
    out: list[Block] = []
    for block, after in zip_longest(blocks, blocks[1:]):
        above_values = after and after.kind in ("population", "area", "country", "fact")
        at = _first_of_name(document, block, layouts) if above_values else 0
        if block.kind == "text" and at:
            out.append(block._replace(pieces=block.pieces[:at]))
            out.append(Block("text", block.pieces[at:], 1, False))
        else:
            out.append(block)
    return out


def _first_of_name(document: Document, block: Block, layouts: Layouts) -> int:
    """Where the name of a place begins with which a run of lines ends, 0 where none does so.

    It has a line in each script; a line of it in brackets may be no place that is known.
    """
    texts = [piece_text(document, p) for p in block.pieces]
    at = len(texts)
    scripts: set[str] = set()
    while at:
        script = name_part(texts[at - 1], layouts)
        noted = in_parentheses(texts[at - 1]) and at > 1 and ends_sentence(texts[at - 2])
        if script not in ("han", "latin", "both") or scripts & {script, "both"}:
            break
        if not (is_place_name(texts[at - 1]) or noted):
            break
        scripts.add(script)
        at -= 1
    whole = all(name_part(text, layouts) for text in texts[:at])  # the rest of a name, no prose
    return 0 if whole or at == len(texts) else at


def _is_broken(line: Line, marks: list[Mark], layouts: Layouts) -> bool:
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
    marks = with_captions(settle_headings(chunk, texts, layouts), texts, layouts)
    marks = _with_facts(_names_whole(marks, texts, layouts), texts, layouts)
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
            blocks.extend(label_blocks(document, head, layouts))
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


def _names_whole(marks: list[Mark], texts: list[str], layouts: Layouts) -> list[Mark]:
    """The marks, with a label that is the last word of a name on several lines as text.

    So is `Dianzhong / New / Area`. A label beside a number of its kind is one.
    """
    out = list(marks)
    for i, (mark, text) in enumerate(zip(marks, texts, strict=True)):
        if not i or mark.kind not in ("population", "area") or not layouts.value_label(text):
            continue
        beside = (texts[j] for j in (i - 1, i + 1) if j < len(texts))
        if any(layouts.is_number(t, mark.kind) for t in beside):
            continue
        words = [text]
        for j in range(i - 1, -1, -1):
            if marks[j].kind != "text" or name_part(texts[j], layouts) != "latin":
                break
            words.insert(0, texts[j])
        if layouts.is_kind(" ".join(words)):
            out[i] = mark._replace(kind="text")
    return out


def _with_facts(marks: list[Mark], texts: list[str], layouts: Layouts) -> list[Mark]:
    """Lines such as `Mayor: Anna Nowak` beside a population or area are further facts.

    So are those that set what they say in the column of its value.
    """
    values = {
        _column(t) for m, t in zip(marks, texts, strict=True) if m.kind in ("population", "area")
    }
    if not values:
        return marks
    marks = _amid_facts(marks, texts, layouts)
    sections = [i for i, m in enumerate(marks) if m.heading and m.heading not in BOX_TITLES]
    end = sections[0] if sections else len(marks)
    return [
        m._replace(kind="fact")
        if i < end
        and m.kind in ("text", "contact")
        and (_FACT.fullmatch(t.strip()) or (_column(t) in values - {0} and not _lists(t)))
        and not layouts.is_country(t)
        else m
        for i, (m, t) in enumerate(zip(marks, texts, strict=True))
    ]


def _amid_facts(marks: list[Mark], texts: list[str], layouts: Layouts) -> list[Mark]:
    """The marks, with a short line between two facts as one of them (`State Yucatán`)."""
    facts = ("population", "area", "country", "fact")
    out = list(marks)
    for i in range(1, len(marks) - 1):
        above, below = marks[i - 1], marks[i + 1]
        amid = above.kind in facts and below.kind == "fact" and above.piece.line < below.piece.line
        plain = marks[i].kind == "text" and display_width(texts[i]) <= _SHORT_FACT
        known = layouts.themes.match(texts[i]) or layouts.is_country(texts[i])
        if amid and plain and not known and " " in texts[i].strip() and not ends_sentence(texts[i]):
            out[i] = marks[i]._replace(kind="fact")
    return out


def _column(text: str) -> int:
    """The column in which a value begins that a wide gap parts from its label, else 0."""
    cells = gap_cells(text)
    return display_width(text[: cells[1][0]]) if len(cells) == 2 else 0


def _lists(text: str) -> bool:
    """Whether a row has the title of a list of themes on its left."""
    return titles().may_list_themes(text[slice(*gap_cells(text)[0])])


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
        m._replace(kind="text")
        if m.kind in ("population", "area") and _amid(marks, texts, i, layouts)
        else m
        for i, m in enumerate(marks)
    ]
    if any(m.kind in ("population", "area") for m in sure):
        return sure
    return [m._replace(kind="text") if m.kind == "fact" else m for m in sure]


def _amid(marks: list[Mark], texts: list[str], i: int, layouts: Layouts) -> bool:
    """Whether nothing but text stands beside a line; a number may be the value of a label."""
    near = [j for j in (i - 1, i + 1) if 0 <= j < len(marks)]
    return bool(near) and all(
        marks[j].kind == "text" and not layouts.is_number(texts[j], marks[i].kind) for j in near
    )
