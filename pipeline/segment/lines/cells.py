"""Lines of a header that hold several things: a name, a country, figures, further facts.

`Spain | 682 513 inhabitants | 973.8 km²`, `中国浙江  人口：341.3万  面积：5 820 km²`,
`Population: 504,078. Area: 118.3 square km`. A line is divided so that each cell is one thing by
itself; where any part of it would be none, the line is prose and stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

from pipeline.knowledge.countries import FIELD_START, countries
from pipeline.knowledge.layouts import Layouts
from pipeline.knowledge.places import places
from pipeline.knowledge.subdivisions import subdivisions
from pipeline.knowledge.titles import titles
from pipeline.segment.naming.namelike import name_part
from pipeline.segment.naming.titletext import is_place_name, title_parts
from pipeline.textforms import BARS, has_han, has_latin, without_number, without_parentheses

CellKind = Literal["population", "area", "label", "country", "name", "fact", "themes", "number"]

_LONGEST = 160
_MOST_CELLS = 8
_TWO = 2
_LONGEST_PART = 40
_SAME_VALUE = 1.1  # times: how far a rounded value may be from the exact one
# Where a cell may end; a single space does so but within a number.
_BREAK = re.compile(
    r"\s*[|｜;；•·∙/／、，]\s*|,\s+|\.\s+(?=[A-Z])|\s+[–—-]\s+|\s{2,}|\t"
    r"|(?<!\d)\s|\s(?!\d)|(?<=[人²里米顷頃畝亩])(?=[^\s口均/])"
)
# Where a cell ends for certain: at a wide gap, a bar, or behind a note in brackets.
_CELL_END = re.compile(r"\s{2,}|\t+|\s*[|｜]\s*|(?<=[)）])(?=[^\s\W\d])")
_GAP_CELL = re.compile(r"\S(?:(?!\s{2,}|\t).)*")
_BARRED_CELL = re.compile(rf"[^\s{BARS}](?:(?!\s{{2,}}|\t|\s*[{BARS}]).)*")
_SENTENCE = re.compile(r"[。！？!?]|\.\s+[A-Z]|\.$")
_WIDE = re.compile(r"\s{2,}|\t|[|｜]")
OPEN_NOTE = re.compile(r"(?:(?<!\s)\s+)?[(（][^()（）]*$")
_REST_OF_NOTE = re.compile(r"[^()（）]{0,60}[)）]\s*")
DIGITS_APART = re.compile(r"\d(?:\s{2,}|\t)\d")  # no number is set with such a gap
BARE_NUMBER = re.compile(r"\d[\d.,' \u00a0\u202f]*")
_FACT = re.compile(rf"{FIELD_START}[^\W\d_][^:：。！？!?|]{{0,40}}[:：]\s*\S[^:：。！？!?]{{0,60}}")


def gap_cells(text: str) -> list[tuple[int, int]]:
    """The parts of a line between its wide gaps, tabs and bars."""
    return [m.span() for m in _BARRED_CELL.finditer(text)]


def opens_note(text: str) -> bool:
    """Whether a bracket of a line is closed below it."""
    return OPEN_NOTE.search(text) is not None


def closes_note(text: str) -> bool:
    """Whether a line is the rest of a note in brackets."""
    return _REST_OF_NOTE.fullmatch(text) is not None


class Cell(NamedTuple):
    """Part of a line from `start` to before `end`, and what it is."""

    start: int
    end: int
    kind: CellKind


def header_cells(text: str, layouts: Layouts) -> list[Cell]:
    """The cells of a line, at least two, if it is a row of a header; else nothing."""
    if len(text) > _LONGEST or not text.strip():
        return []
    wide = bool(_WIDE.search(text.strip()))
    if wide and (with_part := _title_with_part(text)):
        return with_part
    figures = layouts.names_figure(text)
    if not figures and not wide:
        return []
    if not wide and not any(map(str.isdigit, text)):
        if not layouts.names_value_label(text):
            return []  # prose that has a word which is also a unit
        if layouts.is_kind(without_parentheses(text).strip()):
            return []  # `Tianfu New Area（中国）`
    start = len(text) - len(text.lstrip())
    breaks = [g for g in _BREAK.finditer(text) if g.start() > start]
    found = _divided(text, start, breaks, 0, layouts)
    if len(found) < 2 or not _is_row(text, found, layouts):
        return _among_facts(text, layouts) if figures and wide else []
    return _said_once(text, found)


def _title_with_part(text: str) -> list[Cell]:
    """The cells of a title with the part of its country a gap away: `Surat, India    Gujarat`."""
    cells = gap_cells(text)
    if len(cells) != _TWO:
        return []
    (start, end), last = cells
    start += len(text[start:end]) - len(without_number(text[start:end]))
    title, part = text[start:end], text[slice(*last)]
    if has_han(title) is not has_han(part) or not _is_part(part):
        return []
    parts = [Cell(start + a, start + b, kind) for a, b, kind in title_parts(title)]
    stated = next(
        (title[p.start - start : p.end - start] for p in parts if p.kind == "country"), ""
    )
    if stated:
        known = subdivisions().is_of(part, countries().code(stated)) or is_place_name(title)
    else:
        found = subdivisions().in_chinese(part) if has_han(part) else subdivisions().named(part)
        known = bool(found) and not places().is_known(part) and is_place_name(title)
    return [] if not known else sorted([*parts, Cell(*last, "fact")])


def _is_part(text: str) -> bool:
    """Whether a text may be the name of a part of a country, by its letters."""
    plain = text.replace(" ", "").replace("-", "")
    short = len(text) <= _LONGEST_PART and plain.isalpha() and countries().code(text) is None
    return short and (has_han(text) or text[:1].isupper())


class NamedCell(NamedTuple):
    """Part of a line from `start` to before `end`: a name, a country, a value or a further fact.

    A value has its label with it.
    """

    start: int
    end: int
    kind: Literal["name", "country", "population", "area", "fact"]


def name_fields(text: str, layouts: Layouts) -> list[NamedCell]:
    """The cells of a row of labels and values in which a name or a country is one, or nothing.

    Each stands behind its label, a gap away: `中文名称   湖州   英文名称   Huzhou`.
    """
    if len(text) > _LONGEST or not _WIDE.search(text):
        return []
    cells = [m.span() for m in _GAP_CELL.finditer(text)]
    if len(cells) % 2:
        return []
    out: list[NamedCell] = []
    for label, value in zip(cells[::2], cells[1::2], strict=True):
        said = "".join(text[slice(*label)].split()) if has_han(text) else text[slice(*label)]
        if kind := layouts.value_label(said):
            if not layouts.is_number(text[slice(*value)], kind):
                return []
            out.append(NamedCell(label[0], value[1], kind))
            continue
        out.append(NamedCell(*label, "fact"))
        if layouts.labelled_name(f"{said}: {said}") is not None:
            out.append(NamedCell(*value, "name"))
        elif countries().is_label(said) and (span := countries().inside(text[slice(*value)])):
            out.append(NamedCell(value[0] + span[0], value[0] + span[1], "country"))
        else:
            out.append(NamedCell(*value, "fact"))
    if len(cells) == 2 and not countries().code(text[slice(*cells[1])]):
        return []  # a country and its part alone with their label: known by the whole line
    told = [f.kind for f in out if f.kind != "fact"]
    return out if "country" in told or ("name" in told and len(told) > 1) else []


def _among_facts(text: str, layouts: Layouts) -> list[Cell]:
    """The cells of a row that states a population or an area by its label, among facts of any kind.

    Or it states both.

    `人口：860万   面积：21012平方公里   海拔 1,891米`: what else stands in such a row, between wide
    gaps, is a further fact, whatever it says.
    """
    cells: list[Cell] = []
    for start, stop in _parts(text, layouts):
        part = text[start:stop]
        kind = _kind(part, layouts)
        if kind is None and (several := _within(part, start, layouts)):
            cells += several
            continue
        kind = kind or "fact"
        unsaid = kind == "name" and (cells or not is_place_name(part))
        cells.append(Cell(start, stop, "fact" if unsaid else kind))
    sure = {
        c.kind
        for c in cells
        if c.kind in ("population", "area") and layouts.has_label(text[c.start : c.end])
    }
    kinds = [c.kind for c in cells]
    prose = any(_SENTENCE.search(text[c.start : c.end]) for c in cells if c.kind == "fact")
    twice = any(kinds.count(k) > 1 for k in ("population", "area"))
    told = sure or {"population", "area"} <= set(kinds)
    return cells if told and len(cells) > 1 and not prose and not twice else []


def _parts(text: str, layouts: Layouts) -> Iterator[tuple[int, int]]:
    """Where the parts of a row between its wide gaps stand, a label together with its value."""
    ends = [(g.start(), g.end()) for g in _CELL_END.finditer(text.rstrip())]
    start = len(text) - len(text.lstrip())
    stops = [*ends, (len(text.rstrip()), 0)]
    for i, (stop, after) in enumerate(stops):
        if start > stop:
            continue  # taken with the label before it
        if layouts.value_label(text[start:stop]) and i + 1 < len(stops):
            with_value, beyond = stops[i + 1]
            if _kind(text[start:with_value], layouts) in ("population", "area"):
                yield start, with_value
                start = beyond or len(text)
                continue
        if text[start:stop].strip():
            yield start, stop
        start = after or len(text)


def _within(part: str, start: int, layouts: Layouts) -> list[Cell]:
    """The cells of a part of a row in which single spaces divide figures, or nothing."""
    breaks = [g for g in _BREAK.finditer(part) if g.start()]
    found = _divided(part, 0, breaks, 0, layouts) if layouts.names_figure(part) else []
    figures = all(c.kind in ("population", "area") for c in found)
    return [Cell(start + c.start, start + c.end, c.kind) for c in found] if figures else []


def _said_once(text: str, cells: list[Cell]) -> list[Cell]:
    """The cells, with the less exact one of two that state the same value as a further fact."""
    out = list(cells)
    for kind in ("population", "area"):
        both = [i for i, c in enumerate(cells) if c.kind == kind]
        if len(both) == 2:
            digits = {i: _digits(text[cells[i].start : cells[i].end]) for i in both}
            less = min(both, key=lambda i: (digits[i], -i))
            out[less] = cells[less]._replace(kind="fact")
    return out


def _digits(text: str) -> int:
    """How many digits of a value are printed."""
    return sum(map(str.isdigit, text))


def _divided(
    text: str, start: int, breaks: list[re.Match[str]], cells: int, layouts: Layouts
) -> list[Cell]:
    """The cells from `start` to the end of the line, each as long as it can be."""
    if cells >= _MOST_CELLS:
        return []
    end = len(text.rstrip(" .;,|；，　"))
    ends = [(end, end), *((g.start(), g.end()) for g in reversed(breaks) if g.start() > start)]
    for stop, after in ends:
        kind = _kind(text[start:stop], layouts) or _number(text, start, stop)
        if kind is None:
            continue
        cell = Cell(start, stop, kind)
        if stop >= end:
            return [cell]
        rest = _divided(text, after, breaks, cells + 1, layouts)
        if rest:
            return [cell, *rest]
    return []


def _kind(text: str, layouts: Layouts) -> CellKind | None:
    """What a cell is by itself, or None."""
    if not text.strip():
        return None
    if any(map(str.isdigit, text)):
        if DIGITS_APART.search(text):
            return None
        if layouts.is_population(text):
            return "population"
        if layouts.is_area(text):
            return "area"
    if layouts.value_label(text):
        return "label"
    label, colon, rest = text.partition("：") if "：" in text else text.partition(":")
    if colon and rest.strip() and layouts.heading(label) == "themes":
        return "themes"
    themes = layouts.heading(text) == "themes" or titles().may_list_themes(text)
    if themes or layouts.is_fact_label(text) or layouts.lacks_value(text) is not None:
        return "fact"
    if layouts.is_further_fact(text, spaced=True) and not layouts.names_figure(text):
        return "fact"
    return _named(text, layouts) or ("fact" if _is_fact(text, layouts) else None)


def _number(text: str, start: int, stop: int) -> CellKind | None:
    """A number without label or unit, where wide gaps set it apart on both sides."""
    if not BARE_NUMBER.fullmatch(text[start:stop]):
        return None
    before = not text[:start].strip() or _WIDE.fullmatch(
        text[len(text[:start].rstrip(" \t|｜")) : start]
    )
    after = not text[stop:].strip() or _WIDE.match(text, stop)
    return "number" if before and after else None


def _named(text: str, layouts: Layouts) -> Literal["country", "name"] | None:
    """Whether a cell is a name or a country, said so or by its letters."""
    if layouts.labelled_name(text) is not None:
        return "name"
    if countries().labelled(text):
        return "country"
    figure = layouts.names_figure(text) and not layouts.is_kind(text)
    if _WIDE.search(text) or figure:
        return None
    if countries().inside(text):
        return "country"
    return "name" if name_part(text, layouts) else None


def _is_fact(text: str, layouts: Layouts) -> bool:
    """Whether a cell is a label and what it says, neither a population nor an area."""
    stated = layouts.is_further_fact(text) or bool(_FACT.fullmatch(text))
    return stated and not layouts.names_figure(text)


def _is_row(text: str, cells: list[Cell], layouts: Layouts) -> bool:
    """Whether cells that are each one thing are together the row of a header."""
    kinds = [c.kind for c in cells]
    if any(kinds.count(k) > 1 and not _said_twice(text, cells, k) for k in ("population", "area")):
        return False
    if any(_part_of_label(text, a, b) or _is_kind(text, a, b, layouts) for a, b in pairwise(cells)):
        return False
    if "population" in kinds or "area" in kinds:
        values = {"population", "area"} & set(kinds)
        if kinds.count("name") > 1 and len(values) == 1 and not _WIDE.search(text.strip()):
            return False  # clauses around a figure
        sure = any(
            layouts.has_label(text[c.start : c.end])
            for c in cells
            if c.kind in ("population", "area")
        )
        if not sure and "fact" in kinds and not _WIDE.search(text.strip()):
            return False  # a sentence with a colon and a figure
        return sure or kinds.count("name") <= 1 or {"population", "area"} <= set(kinds)
    with_unit = any(c.kind == "label" and text[: c.end].rstrip()[-1:] in ")）" for c in cells)
    if kinds.count("label") > 1 or with_unit or ("label" in kinds and _WIDE.search(text.strip())):
        return True
    if "country" not in kinds or "fact" in kinds:
        return False
    names = [text[c.start : c.end] for c in cells if c.kind == "name"]
    scripts = {(has_han(n), has_latin(n)) for n in names}
    return 1 <= len(names) == len(scripts) and kinds.count("country") == 1


def _said_twice(text: str, cells: list[Cell], kind: CellKind) -> bool:
    """Whether one value is printed in two scripts, or in two units, with a stroke between."""
    both = [c for c in cells if c.kind == kind]
    if len(both) != 2 or text[both[0].end : both[1].start].strip() not in ("/", "／", "|", "｜"):
        return False
    if kind == "area":  # in two units
        return True
    one, other = (_mantissa(text[c.start : c.end]) for c in both)
    return max(one, other) <= _SAME_VALUE * min(one, other)


def _mantissa(text: str) -> float:
    """The first digits of a value as a number from 1 to 10, whatever its magnitude."""
    digits = "".join(c for c in text if c.isdigit()).lstrip("0")[:4]
    return float(f"{digits[:1] or 1}.{digits[1:] or 0}")


def _part_of_label(text: str, cell: Cell, after: Cell) -> bool:
    """Whether a word before a figure makes it another one (`Metropolitan population: …`)."""
    gap = text[cell.end : after.start]
    figure = after.kind in ("population", "area")
    name = text[cell.start : cell.end]
    return cell.kind == "name" and figure and gap == " " and not is_place_name(name)


def _is_kind(text: str, cell: Cell, after: Cell, layouts: Layouts) -> bool:
    """Whether a label is the end of the name before it (`Xixian New Area`)."""
    if (cell.kind, after.kind) != ("name", "label") or text[cell.end : after.start] != " ":
        return False
    name = without_parentheses(text[cell.start : after.end]).strip()
    return layouts.is_kind(name)


def country_span(text: str) -> tuple[int, int] | None:
    """Where the country stands in a cell that is one, with what it belongs to left out."""
    if countries().labelled(text):
        return 0, len(text)
    return countries().inside(text)


def value_cells(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a row of figures between its wide gaps, tabs and bars.

    A note in brackets at the end of the row that is closed below it is no part of a figure.
    """
    start = 0
    note = OPEN_NOTE.search(text)
    for gap in (*_WIDE.finditer(text), None):
        end = gap.start() if gap else len(text)
        if text[start:end].strip():
            yield start, note.start() if note and start < note.start() < end else end
        start = gap.end() if gap else end
