"""What single lines of a brochure look like: the evidence from which profiles are put together."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from pipeline.knowledge.countries import countries
from pipeline.knowledge.layouts import SECTION_KINDS, Layouts
from pipeline.knowledge.listing import divide
from pipeline.knowledge.titles import titles
from pipeline.language import is_word
from pipeline.model import Document, Line, Piece
from pipeline.segment.lines.bullets import bullet_mark
from pipeline.segment.lines.cells import (
    BARE_NUMBER,
    DIGITS_APART,
    OPEN_NOTE,
    Cell,
    country_span,
    header_cells,
    name_fields,
)
from pipeline.segment.lines.marks import LineKind, Mark
from pipeline.segment.naming.namelike import name_part
from pipeline.segment.naming.titletext import is_place_name, title_parts
from pipeline.textforms import (
    display_width,
    ends_sentence,
    first_word,
    is_rule,
    unbroken,
)

_CELL = re.compile(r"\S+(?:[^\S\t]{1,2}\S+)*")  # what a tab or a wide gap ends
_DIVIDED = ("-", "‐", "\u00ad")  # at the end of a line whose last word goes on
_NUMERAL = re.compile(r"[\d一二三四五六七八九十百千万萬]")
_MAX_CAPTION_WIDTH = 60
_LEAST_OPENINGS = 2
_LEAST_FIELDS, _NEARLY_ALL = 10, 0.8
_WIDEST_LABEL, _WIDEST_VALUE = 20, 40
_LONGEST_OPENING = 40
_SHORTEST_TEXT = 24  # columns
_LONGEST_LIST = 240
_OTHER_THAN_LABEL = re.compile(r"[\d。！？!?:：，；;]|.{31}")


def mark_title(line: Line, title: Piece, layouts: Layouts) -> list[Mark]:
    """The pieces of a line that holds the title of a profile: its names, its country, the rest."""
    text = line.text[title.start : title.end]
    cells = header_cells(line.text, layouts)
    if cells:
        first = next((c for c in cells if c.kind != "name"), cells[-1])
        name = Mark(Piece(line.number, title.start, first.start), "name")
        return [name, *(m for m in _cells(line, layouts) if m.piece.start >= first.start)]
    mixed = line.box is not None and line.box.largest > 0
    return [
        Mark(Piece(line.number, title.start + start, title.start + end), kind)
        for start, end, kind in title_parts(text, mixed=mixed)
    ]


class Around(NamedTuple):
    """What the rest of a document says of a line.

    `titled`: its names are known by their type, so that a row of a header tells none. `loose`:
    its places are named by labels that begin other facts elsewhere. `below` is the next line, in
    which the unit at the end of a row of figures may go on. `openings` are wordings of headings
    that stand with a colon before the text itself. `fields`: its lines are labels and values, and
    a tab between.
    """

    titled: bool = False
    loose: bool = False
    below: str = ""
    openings: frozenset[str] = frozenset()
    fields: bool = False


NOTHING_AROUND = Around()


def mark_line(line: Line, layouts: Layouts, around: Around = NOTHING_AROUND) -> list[Mark]:
    """What the pieces of one line are, judged by the line alone and by what is `around`."""
    text = line.text
    whole = Piece(line.number, 0, len(text))
    if not text.strip():
        return [Mark(whole, "blank")]
    if kind := layouts.heading(text):
        return [Mark(whole, "heading", kind)]
    if plain := _plain_kind(text, layouts):
        return [Mark(whole, plain)]
    return (
        _labelled(line, layouts, around)
        or _noted_value(line, layouts)
        or _cells(line, layouts, around)
        or _parts(line, layouts)
        or _opening(line, layouts, around)
        or ([Mark(whole, "fact")] if around.fields and _is_field(text) else [])
        or [Mark(whole, "text")]
    )


def in_fields(document: Document) -> bool:
    """Whether a document is of labels and values, a tab between them in nearly all its lines."""
    filled = [line.text for line in document.lines if line.text.strip()]
    tabs = sum("\t" in text for text in filled)
    return tabs >= max(_LEAST_FIELDS, _NEARLY_ALL * len(filled))


def _is_field(text: str) -> bool:
    """Whether a line is a label and a short value that a tab parts from it."""
    label, tab, value = text.partition("\t")
    short = display_width(label) <= _WIDEST_LABEL and display_width(value) <= _WIDEST_VALUE
    return bool(tab and label.strip() and value.strip()) and short and "\t" not in value


def _plain_kind(text: str, layouts: Layouts) -> LineKind | None:
    """What a whole line is by its form: a value, its label, a page number, a credit."""
    numbered = bool(_NUMERAL.search(text)) and not DIGITS_APART.search(text)
    if numbered and layouts.is_population(text):
        return "population"
    if numbered and layouts.is_area(text):
        return "area"
    if layouts.is_page_number(text) or is_rule(text):
        return "page_number"
    if layouts.is_contact(text):
        return "contact"
    if layouts.is_credit(text):
        return "credit"
    return layouts.value_label(text)


def _labelled(line: Line, layouts: Layouts, around: Around) -> list[Mark]:
    """The name that a line states with a label, or the country, or nothing."""
    text = line.text
    at = layouts.labelled_name(text)
    if at is None and around.loose:
        at = layouts.labelled_name(text, loose=True)
    if fields := name_fields(text, layouts):
        return [Mark(Piece(line.number, f.start, f.end), f.kind) for f in fields]
    if at is not None and name_part(text[at:], layouts):
        return [Mark(Piece(line.number, at, len(text)), "name")]
    whole = Piece(line.number, 0, len(text))
    if countries().labelled(text):
        return [Mark(whole, "country")]
    if not layouts.is_further_fact(text):
        return []
    row = _cells(line, layouts, around) if layouts.names_value_label(text) else []
    return row or [Mark(whole, "fact")]


def _noted_value(line: Line, layouts: Layouts) -> list[Mark]:
    """A value and the note behind it whose bracket the next line closes, or nothing."""
    found = OPEN_NOTE.search(line.text)
    if found is None or not found.start():
        return []
    value, note = line.text[: found.start()], Piece(line.number, found.start(), len(line.text))
    piece = Piece(line.number, 0, found.start())
    if layouts.is_population(value):
        return [Mark(piece, "population"), Mark(note, "fact")]
    return [Mark(piece, "area"), Mark(note, "fact")] if layouts.is_area(value) else []


def names_loosely(document: Document, layouts: Layouts) -> bool:
    """Whether loose labels (`Region: Lombardy`) name the places of a document: no other does."""
    texts = [line.text for line in document.lines]
    if any(layouts.labelled_name(text) is not None for text in texts):
        return False
    found = [
        text[at:] for text in texts if (at := layouts.labelled_name(text, loose=True)) is not None
    ]
    return 2 * sum(is_place_name(name) for name in found) > len(found) > 0


def openings(document: Document, layouts: Layouts) -> frozenset[str]:
    """The wordings of headings that stand before the text of several sections on its line."""
    found = Counter(
        head
        for line in document.lines
        if (head := _before_colon(line.text))
        and (meaning := layouts.meaning(head))
        and meaning.whole
        and meaning.kind in SECTION_KINDS
    )
    return frozenset(head for head, count in found.items() if count >= _LEAST_OPENINGS)


def _before_colon(text: str) -> str:
    """The short text before a colon or a tab, where there is longer text behind it."""
    found = [(at, s) for s in ("：", "\t", ": ") if 0 <= (at := text.find(s)) <= _LONGEST_OPENING]
    sign = min(found)[1] if found else ": "
    head, colon, rest = text.partition(sign)
    known = colon and len(head) <= _LONGEST_OPENING
    return head.strip() if known and display_width(rest.strip()) >= _SHORTEST_TEXT else ""


def _opening(line: Line, layouts: Layouts, around: Around) -> list[Mark]:
    """The heading and the text of a line that holds both, or nothing."""
    head = _before_colon(line.text) if around.openings else ""
    meaning = layouts.meaning(head) if head in around.openings else None
    if meaning is None:
        return []
    at = line.text.index(head) + len(head) + 1
    pieces = Piece(line.number, 0, at), Piece(line.number, at, len(line.text))
    kind = "themes" if _lists_themes(head, line.text[at:], layouts) else meaning.kind
    return [Mark(pieces[0], "heading", kind), Mark(pieces[1], "text")]


def _lists_themes(head: str, text: str, layouts: Layouts) -> bool:
    """Whether a title that may be one of a list of themes stands before such a list."""
    if not titles().may_list_themes(head) or len(text) > _LONGEST_LIST:
        return False
    found = divide(text, layouts.themes, is_word)
    return 2 * found.known >= len(found.spans)


def _parts(line: Line, layouts: Layouts) -> list[Mark]:
    """The pieces of a line that is two things at once, or nothing."""
    text = line.text
    inline = layouts.inline_heading(text)
    if inline is not None:
        kind = layouts.heading(text[:inline].rstrip("：: "))
        head, rest = Piece(line.number, 0, inline), Piece(line.number, inline, len(text))
        return [Mark(head, "heading", kind), Mark(rest, "text")]
    glued = layouts.glued_heading(text)
    if glued is not None and layouts.themes.match(text[:glued]):
        label, head = Piece(line.number, 0, glued), Piece(line.number, glued, len(text))
        return [Mark(label, "text"), Mark(head, "heading", layouts.heading(text[glued:]))]
    return _label_cells(line, layouts)


def _label_cells(line: Line, layouts: Layouts) -> list[Mark]:
    """Theme labels side by side in one line, or nothing."""
    cells = [Piece(line.number, *c.span()) for c in _CELL.finditer(line.text)]
    texts = [line.text[c.start : c.end] for c in cells]
    if len(cells) < 2:
        return []
    bare = [t[bullet_mark(t) :] for t in texts]
    if not any(layouts.themes.match(t) for t in bare):
        return []
    known = [bool(layouts.themes.listed(t, is_word)) for t in bare]
    wide = (display_width(t) > _MAX_CAPTION_WIDTH for t in texts)
    if any(w and not k for w, k in zip(wide, known, strict=True)):
        return []
    if BARE_NUMBER.fullmatch(bare[0]):  # a value of the row to the left of its labels
        return [Mark(cell, "text") for cell in cells] if all(known[1:]) else []
    if 2 * sum(known) < len(known) or any(
        name_part(t, layouts) == "country" or _OTHER_THAN_LABEL.search(t)
        for t, k in zip(bare, known, strict=True)
        if not k
    ):
        return []
    return [Mark(cell, "text") for cell in cells]


def _cells(line: Line, layouts: Layouts, around: Around = NOTHING_AROUND) -> list[Mark]:
    """The cells of a line that is a row of a header, or nothing."""
    out = []
    cells = header_cells(line.text, layouts) or _broken_cells(line.text, around.below, layouts)
    labels = sum(c.kind == "label" for c in cells)
    sure = any(c.kind == "country" for c in cells) and not around.titled
    for cell in cells:
        piece = Piece(line.number, cell.start, cell.end)
        text = line.text[cell.start : cell.end]
        if titles().may_list_themes(text):
            out.append(Mark(piece, "heading", "themes"))
        elif cell.kind == "label":
            out.append(Mark(piece, layouts.value_label(text) or "fact"))
        elif cell.kind in ("country", "name"):
            marks = named_marks(piece, text, layouts)
            if cell.kind == "name" and (labels or sure) and marks[0].kind == "text":
                marks = [marks[0]._replace(kind="fact" if labels else "name")]
            out += marks
        elif cell.kind == "themes":
            at = cell.start + re.search("[:：]", text).end()  # type: ignore[union-attr]
            out.append(Mark(Piece(line.number, cell.start, at), "heading", "themes"))
            out.append(Mark(Piece(line.number, at, len(line.text)), "text"))
        else:
            out.append(Mark(piece, "fact" if cell.kind == "number" else cell.kind))
    return out


def _broken_cells(text: str, below: str, layouts: Layouts) -> list[Cell]:
    """The cells of a row of figures whose last unit is broken at the line's end."""
    last = text.rstrip()[-1:]
    if not (last.isascii() and last.isalpha()) and last not in _DIVIDED:
        return []
    word = first_word(below)
    if not word or not layouts.names_figure(text) or ends_sentence(text):
        return []
    end = len(text.rstrip())
    cells = header_cells(unbroken(text, word), layouts)
    if not cells or cells[-1].kind not in ("population", "area") or cells[-1].start >= end:
        return []
    return [*cells[:-1], cells[-1]._replace(end=end)]


def named_marks(piece: Piece, text: str, layouts: Layouts) -> list[Mark]:
    """A cell that states a name or a country: the name without its label, the country alone."""
    at = layouts.labelled_name(text)
    if at is not None:
        return [Mark(Piece(piece.line, piece.start + at, piece.end), "name")]
    span = country_span(text)
    if span is None:
        return [Mark(piece, "text")]
    return [Mark(Piece(piece.line, piece.start + span[0], piece.start + span[1]), "country")]


def with_captions(chunk: list[Mark], texts: list[str], layouts: Layouts) -> list[Mark]:
    """A run of lines without a blank, in which captions beside a credit are credits as well.

    A caption is a short line without a sentence's end: the one line above a credit, or up to
    two below it that end the run.
    """
    marks = list(chunk)
    for i, mark in enumerate(chunk):
        if mark.kind != "credit":
            continue
        if i == 1 and _is_caption(chunk[0], texts[0], layouts):
            marks[0] = marks[0]._replace(kind="credit")
        rest = range(i + 1, len(chunk))
        if len(rest) <= 2 and all(_is_caption(chunk[j], texts[j], layouts) for j in rest):
            for j in rest:
                marks[j] = marks[j]._replace(kind="credit")
    return marks


def _is_caption(mark: Mark, text: str, layouts: Layouts) -> bool:
    return (
        mark.kind == "text"
        and display_width(text.strip()) <= _MAX_CAPTION_WIDTH
        and not ends_sentence(text)
        and not layouts.themes.match(text)
    )
