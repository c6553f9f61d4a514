"""Lines that are printed at the head or foot of many pages, or beside the numbers of pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from pipeline.knowledge.layouts import SECTION_KINDS, Layouts
from pipeline.model import Document, Line
from pipeline.segment.lines.bullets import bullet_mark
from pipeline.segment.lines.evidence import mark_line
from pipeline.textforms import match_key

_DIGITS = re.compile(r"\d+")
_MANY = 3
_LARGER = 1.3  # times the usual type
# A running title parted by a gap or a bar from the number of its page.
_TITLE_AND_NUMBER = re.compile(
    r"(?P<first>\d{1,3})(?:\s{2,}|\s*[|｜]\s*)(?P<behind>\D.*)"
    r"|(?P<before>.*[^\s|｜])(?:\s{2,}|\s*[|｜]\s*)(?P<last>\d{1,3})"
)
_LONGEST, _WIDEST = 120, 240
_OFTEN = 0.45  # of the pages, on which a running title that reads like a heading stands
_TITLE_LINES = 3
_BESIDE = 3  # lines of a page, of which more are needed for one beside its number


def running_lines(document: Document, layouts: Layouts) -> frozenset[int]:
    """The numbers of the lines that are printed at the head or foot of many pages.

    Such a line says the same on each, but for a page number, and is nothing else by itself.
    """
    edges: dict[int, list[Line]] = {}
    for line in document.lines:
        if line.text.strip():
            edges.setdefault(line.page, []).append(line)
    at_edges: list[Line] = [
        edge for lines in edges.values() for edge in _edge_lines(lines, layouts)
    ]
    pages = tuple(edges)
    if len(edges) == 1:
        only = edges.popitem()[1]
        at_edges = [*_beside_numbers(only, layouts), *_title_again(only), *_numbered(only)]
    alike: dict[str, set[Line]] = {}
    for line in at_edges:
        alike.setdefault(_DIGITS.sub("", match_key(line.text)), set()).add(line)
    found: set[int] = set()
    titles = _titles_of_pages(document, alike)
    for key, lines in alike.items():
        if key in titles:
            continue
        least = 2 if _at_one_place(lines) else _MANY
        if key and len(lines) >= least:
            seldom = len({line.page for line in lines}) < _OFTEN * len(pages)
            numbers = {
                line.number
                for line in lines
                if _says_nothing(line, layouts) and not (seldom and _is_section(line, layouts))
            }
            found |= numbers if len(numbers) >= least else set()
    found |= {line.number for line in _with_their_number(edges)}
    return frozenset(found | _names_again(edges, found, layouts))


def _titles_of_pages(document: Document, alike: Mapping[str, Collection[Line]]) -> set[str]:
    """The wordings that are set larger than the text, at one place, where others stand as well.

    A title of several pages says of each whose it is; a running title is small, or always the same.
    """
    sizes = Counter(line.box.size for line in document.lines if line.box)
    usual = max(sizes, key=lambda size: (sizes[size], size), default=0.0)
    places: dict[tuple[float, float, float, str], set[str]] = {}
    for key, lines in alike.items():
        for box in (line.box for line in lines):
            if box and box.size >= _LARGER * usual:
                at = (round(box.x0 / 2), round(box.top / 2), box.size, box.color)
                places.setdefault(at, set()).add(key)
    return {key for keys in places.values() if len(keys) >= _MANY for key in keys}


def _with_their_number(pages: Mapping[int, list[Line]]) -> Iterator[Line]:
    """The first or last lines of plain pages that say a title and the number of their page.

    The title may be another on each (`Halifax      3`); the numbers go up as the pages do.
    """
    for edge in (0, -1):
        numbered: dict[int, list[Line]] = {}
        for page, lines in pages.items():
            text = lines[edge].text.strip()
            plain = lines[edge].box is None and len(text) <= _WIDEST
            if plain and (found := _TITLE_AND_NUMBER.fullmatch(text)):
                number = int(found["first"] or found["last"])
                numbered.setdefault(number - page, []).append(lines[edge])
        for own in numbered.values():
            if len(own) >= max(_MANY, _OFTEN * len(pages)):
                yield from own


def _names_again(
    pages: dict[int, list[Line]], running: Collection[int], layouts: Layouts
) -> set[int]:
    """The lines of plain pages that say at their top, below a running title, whose pages they are.

    Such a line stands on the page before or after as well. On the first page of a profile it is
    its title, unless that follows.
    """
    tops: dict[int, str] = {}
    found: dict[int, str] = {}
    for page, lines in pages.items():
        at = next((i for i, x in enumerate(lines) if not _at_edge(x, running, layouts)), 0)
        if not at or lines[at].box or not _says_nothing(lines[at], layouts):
            continue
        if layouts.meaning(lines[at].text):
            continue  # a heading
        key = tops[page] = match_key(lines[at].text)
        again = any(match_key(x.text) == key for x in lines[at + 1 : at + 1 + _TITLE_LINES])
        if again or tops.get(page - 1) == key:
            found[lines[at].number] = key
    return set(found) if len(set(found.values())) >= _MANY else set()


def _at_edge(line: Line, running: Collection[int], layouts: Layouts) -> bool:
    return line.number in running or layouts.is_page_number(line.text)


def _at_one_place(lines: Collection[Line]) -> bool:
    """Whether lines stand at one place of different pages, in one type."""
    boxes = [line.box for line in lines if line.box]
    places = {(round(b.x0 / 2), round(b.top / 2), b.size, b.color) for b in boxes}
    pages = {line.page for line in lines}
    return len(boxes) == len(lines) == len(pages) and len(places) == 1


def _beside_numbers(lines: list[Line], layouts: Layouts) -> Iterator[Line]:
    """The lines above and below page numbers, where a text has lost its pages."""
    numbers = [i for i, line in enumerate(lines) if layouts.is_page_number(line.text)]
    near = {i + step for i in numbers for step in (-1, 1)} - set(numbers)
    yield from (lines[i] for i in sorted(near) if 0 <= i < len(lines))


def _numbered(lines: list[Line]) -> Iterator[Line]:
    """The lines that say the same beside a page number, which goes up from one to the next."""
    last: dict[str, int] = {}
    alike: dict[str, list[Line]] = {}
    for line in lines:
        text = line.text.strip()
        if not (text[:1].isdigit() or text[-1:].isdigit()):
            continue
        found = _TITLE_AND_NUMBER.fullmatch(text) if len(text) <= _LONGEST else None
        if found is None:
            continue
        key = match_key(found["before"] or found["behind"])
        number = int(found["first"] or found["last"])
        if number > last.get(key, -1):
            alike.setdefault(key, []).append(line)
        else:
            alike[key] = []  # a number that goes back is that of no page
        last[key] = number
    for own in alike.values():
        yield from own


def _title_again(lines: list[Line]) -> Iterator[Line]:
    """The lines that say again what the first lines of a plain text say."""
    title = {match_key(line.text) for line in lines[:_TITLE_LINES] if not line.box}
    yield from (line for line in lines if match_key(line.text) in title)


def _says_nothing(line: Line, layouts: Layouts) -> bool:
    """Whether a line is neither a label nor anything else that a profile prints."""
    label = layouts.themes.match(line.text[bullet_mark(line.text) :])
    return not label and mark_line(line, layouts)[0].kind == "text"


def _is_section(line: Line, layouts: Layouts) -> bool:
    """Whether a line of plain text reads like the heading of a section, part by part."""
    meaning = layouts.meaning(line.text) if line.box is None else None
    return bool(meaning and meaning.whole and meaning.kind in SECTION_KINDS)


def _edge_lines(lines: list[Line], layouts: Layouts) -> set[Line]:
    """The first and the last line of a page: the highest and the lowest, where that is known.

    In a plain text, one beside the number of the page is at the edge as well.
    """
    placed = [(line.box.top, line) for line in lines if line.box]
    if not placed:
        edge = {lines[0], lines[-1]}
        if len(lines) > _BESIDE:
            ends = ((lines[0], lines[1]), (lines[-1], lines[-2]))
            edge |= {inner for outer, inner in ends if layouts.is_page_number(outer.text)}
        return edge
    tops = [top for top, _ in placed]
    edge = {line for top, line in placed if top in (min(tops), max(tops))}
    return {line for line in edge if line.box and line.box.space != 0.0}
