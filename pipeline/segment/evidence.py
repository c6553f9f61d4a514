"""What single lines of a brochure look like: the evidence from which profiles are put together."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from pipeline.knowledge.layouts import HeadingKind, Layouts
from pipeline.model import Document, Line, Piece
from pipeline.segment.columns import bullet_mark
from pipeline.textforms import (
    HAN,
    display_width,
    ends_sentence,
    has_han,
    has_latin,
    in_parentheses,
    match_key,
    name_form,
    without_number,
    without_parentheses,
)

LineKind = Literal[
    "blank", "heading", "population", "area", "fact", "credit", "page_number", "text"
]

# Signs and wide gaps divide two values for certain; a single space does so but within a number.
_VALUE_BREAKS = (
    re.compile(r"\s*[|｜;；•·/／、，]\s*|,\s+|\s{2,}|\t"),
    re.compile(r"(?<!\d)\s|\s(?!\d)|(?<=[人²里米顷頃畝亩])(?=\S)"),
)
_CELL = re.compile(r"\S+(?:[^\S\t]{1,2}\S+)*")  # what a tab or a wide gap ends
# A mark in a cell beside a label says whether it applies; bullets such as • and – say nothing
# before a label, and no ✓ stands before those alone that apply.
_TICKS = frozenset("✓✔☑√●■xXｘ是有") | {"Yes", "yes", "YES"}
_CROSSES = "–|—|-|✗|✘|✕|×|☐|□|○|否|无|No|no|NO"
_TICK_AFTER = re.compile(
    rf"\s*(?P<label>\S.*?)(?:\s{{2,}}|\t)(?P<tick>{'|'.join(sorted(_TICKS))}|{_CROSSES})\s*"
)
_TICK_BEFORE = re.compile(r"\s*(?P<tick>[☑☐✗✘✕□])\s*(?P<label>\S.*?)\s*")
_NUMERAL = re.compile(r"[\d一二三四五六七八九十百千万萬]")
_HAN_NAME = re.compile(rf"[{HAN}\s·•・\-‐‑–—]+")
_LATIN_WORD = re.compile(
    r"[-‐‑–]?[A-Za-z\u00c0-\u024f\u1e00-\u1eff][A-Za-z\u00c0-\u024f\u1e00-\u1eff'’‘ʼ.\-‐‑–]*"
)
_ELIDED = re.compile(r"[a-z]{1,5}['’‘ʼ][A-Z\u00c0-\u00de]")  # d'Aosta, nell'Emilia
_BETWEEN = ("-", "–", "—", "/", "&", "|", "·")  # between the parts of a double name
_LONGEST_VALUES = 200
_MAX_NAME_LINE = 120
_MAX_HAN_NAME = 16
_MAX_LATIN_WORDS = 6
_MAX_CAPTION_WIDTH = 60
_DIGITS = re.compile(r"\d+")
_MANY = 3


class Mark(NamedTuple):
    """One piece of a line and what it is; `heading` is set for headings alone."""

    piece: Piece
    kind: LineKind
    heading: HeadingKind | None = None


def mark_line(line: Line, layouts: Layouts) -> list[Mark]:
    """What the pieces of one line are, judged by the line alone."""
    text = line.text
    whole = Piece(line.number, 0, len(text))
    if not text.strip():
        return [Mark(whole, "blank")]
    if kind := layouts.heading(text):
        return [Mark(whole, "heading", kind)]
    numbered = bool(_NUMERAL.search(text))
    if numbered and layouts.is_population(text):
        return [Mark(whole, "population")]
    if numbered and layouts.is_area(text):
        return [Mark(whole, "area")]
    if layouts.is_page_number(text):
        return [Mark(whole, "page_number")]
    if layouts.is_credit(text):
        return [Mark(whole, "credit")]
    if label := layouts.value_label(text):
        return [Mark(whole, "population" if label == "population" else "area")]
    values = _two_values(line, layouts) if numbered and len(text) <= _LONGEST_VALUES else []
    return values or _parts(line, layouts) or [Mark(whole, "text")]


def running_lines(document: Document, layouts: Layouts) -> frozenset[int]:
    """The numbers of the lines that are printed at the head or foot of many pages.

    Such a line says the same on each, but for a page number, and is nothing else by itself.
    """
    edges: dict[int, list[Line]] = {}
    for line in document.lines:
        if line.text.strip():
            edges.setdefault(line.page, []).append(line)
    alike: dict[str, set[Line]] = {}
    for line in (edge for lines in edges.values() for edge in _edge_lines(lines)):
        alike.setdefault(_DIGITS.sub("", match_key(line.text)), set()).add(line)
    found: set[int] = set()
    for key, lines in alike.items():
        if key and len(lines) >= _MANY:
            numbers = {line.number for line in lines if _says_nothing(line, layouts)}
            found |= numbers if len(numbers) >= _MANY else set()
    return frozenset(found)


def _says_nothing(line: Line, layouts: Layouts) -> bool:
    """Whether a line is neither a label nor anything else that a profile prints."""
    label = layouts.themes.match(line.text[bullet_mark(line.text) :])
    return not label and mark_line(line, layouts)[0].kind == "text"


def _edge_lines(lines: list[Line]) -> set[Line]:
    """The first and the last line of a page: the highest and the lowest, where that is known."""
    placed = [(line.box.top, line) for line in lines if line.box]
    if not placed:
        return {lines[0], lines[-1]}
    tops = [top for top, _ in placed]
    edge = {line for top, line in placed if top in (min(tops), max(tops))}
    return {line for line in edge if line.box and line.box.space != 0.0}


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
    """Theme labels side by side in one line, or one that is ticked or not, or nothing."""
    if ticked := _ticked(line, layouts):
        return ticked
    cells = [Piece(line.number, *c.span()) for c in _CELL.finditer(line.text)]
    texts = [line.text[c.start : c.end] for c in cells]
    if len(cells) < 2 or not all(layouts.themes.match(t[bullet_mark(t) :]) for t in texts):
        return []
    return [Mark(cell, "text") for cell in cells]


def _ticked(line: Line, layouts: Layouts) -> list[Mark]:
    """A theme of a table in which those that apply are ticked: a label or no label."""
    for pattern in (_TICK_AFTER, _TICK_BEFORE):
        found = pattern.fullmatch(line.text)
        if found and layouts.themes.match(found["label"]):
            if found["tick"] in _TICKS:
                return [Mark(Piece(line.number, *found.span("label")), "text")]
            return [Mark(Piece(line.number, 0, len(line.text)), "fact")]
    return []


def _two_values(line: Line, layouts: Layouts) -> list[Mark]:
    """Population and area in one line, in either order, or nothing."""
    if not layouts.units.area.names_unit(line.text):
        return []
    for gap in (g for breaks in _VALUE_BREAKS for g in breaks.finditer(line.text)):
        left, right = line.text[: gap.start()], line.text[gap.end() :]
        first = Piece(line.number, 0, gap.start())
        second = Piece(line.number, gap.end(), len(line.text))
        if layouts.is_population(left) and layouts.is_area(right):
            return [Mark(first, "population"), Mark(second, "area")]
        if layouts.is_area(left) and layouts.is_population(right):
            return [Mark(first, "area"), Mark(second, "population")]
    return []


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


def name_part(text: str, layouts: Layouts) -> str:
    """Like `name_scripts`; a line that says that it is a country is one."""
    if layouts.is_country(text):
        return "country"
    return name_scripts(layouts.without_country(text), layouts.particles)


@lru_cache(maxsize=4096)
def name_scripts(text: str, particles: frozenset[str]) -> str:
    """Which scripts a name-like line is in: "han", "latin", "both", "country" or "" for none.

    A name is short, holds no punctuation of a sentence, and its Latin words are capitalised.
    """
    if len(text) > _MAX_NAME_LINE or bullet_mark(text):
        return ""
    text = without_number(name_form(text))
    body = without_parentheses(text).strip()
    if not body:
        country = in_parentheses(text)
        return "country" if country and len(country) <= 30 and not ends_sentence(text) else ""
    if body[0] in "•·・":
        return ""  # an entry of a list
    han_part = "".join(c if not has_latin(c) else " " for c in body)
    if has_han(body) and has_latin(body):
        split = re.split(rf"(?<=[{HAN}])\s*[/|]?\s*(?=[A-Z])", body, maxsplit=1)
        if len(split) == 2 and _is_han_name(split[0]) and _is_latin_name(split[1], particles):
            return "both"
        split = re.split(rf"(?<=[a-zA-Z])\s*[/|]?\s*(?=[{HAN}])", body, maxsplit=1)
        if len(split) == 2 and _is_han_name(split[1]) and _is_latin_name(split[0], particles):
            return "both"
        return ""
    if has_han(body):
        return "han" if _is_han_name(han_part) else ""
    return "latin" if _is_latin_name(body, particles) else ""


def _is_han_name(text: str) -> bool:
    letters = sum(map(has_han, text))
    return 1 <= letters <= _MAX_HAN_NAME and bool(_HAN_NAME.fullmatch(text))


def _is_latin_name(text: str, particles: frozenset[str]) -> bool:
    words = re.sub(r",\s*(?=[A-Z][A-Za-z ]+$)", " ", text).split()
    words = [w for i, w in enumerate(words) if not 0 < i < len(words) - 1 or w not in _BETWEEN]
    if not 1 <= len(words) <= _MAX_LATIN_WORDS or not all(map(_LATIN_WORD.fullmatch, words)):
        return False
    capitals = [w for w in words if w.lstrip("-‐‑–")[:1].isupper() or _ELIDED.match(w)]
    return bool(capitals) and all(w in particles or w in capitals for w in words)
