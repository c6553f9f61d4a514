"""Which lines are titles of profiles: names of places in a type that is kept for them.

Each profile of a brochure has its name set in one style, larger than the text. Headings share
a style as well, but say the same in every profile; titles within the text are not what its
gazetteer or its prose calls a place; a title page has its style for itself.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from typing import NamedTuple

from pipeline.knowledge.countries import BETWEEN_SCRIPTS, countries
from pipeline.knowledge.layouts import Layouts
from pipeline.knowledge.places import places
from pipeline.model import Box, Document, Line, Piece
from pipeline.segment.cells import header_cells
from pipeline.segment.namelike import name_part
from pipeline.textforms import (
    has_han,
    match_key,
    name_form,
    without_number,
    without_parentheses,
)

_LEAST_TITLES = 2
_SUPPORTED = 0.6  # of the lines of a style, names of places for certain
_NEARLY_ALL = 0.7  # of the most titles that any style has
_LEADING = 1.9  # type sizes from a title's line to its next
_SAME_PLACE = 1.5  # type sizes between the left edges of a title's lines
_LEAST_LETTERS = 2
_LONGEST = 80
_STILL_LARGE = 1.25  # of the type of the text, for a title smaller than the others
_PLACE = 12.0  # points
_MARKED = 100.0  # above any type size: what the format itself marks as a heading
_MARK = re.compile(r"#{1,6}\s+")


class _Style(NamedTuple):
    size: float
    font: str  # empty where the size alone tells it from the text
    color: str


class _Candidate(NamedTuple):
    line: Line
    piece: Piece
    text: str


def title_pieces(
    document: Document, layouts: Layouts, running: Collection[int]
) -> tuple[tuple[Piece, ...], ...]:
    """The titles of a document in order, each as its pieces of one line or several."""
    body = _body(document)
    styles: dict[_Style, list[_Candidate]] = defaultdict(list)
    for line in document.lines:
        style = _style(line, body)
        if style is not None and line.number not in running:
            found = _candidate(line, layouts)
            if found:
                styles[style].append(found)
    prose = _prose(document, body)
    titles = {style: _titles(document, found) for style, found in styles.items()}
    names = {s: {_key(t): _is_place(t, prose, layouts) for t in titles[s]} for s in titles}
    enough = {
        style: sum(sure.values())
        for style, sure in names.items()
        if sum(sure.values()) >= max(_LEAST_TITLES, _SUPPORTED * len(sure))
        and (body is None or len({found.line.page for found in styles[style]}) > 1)
    }
    if not enough:
        return ()
    most = max(enough.values())
    best = max(s for s, n in enough.items() if n >= _NEARLY_ALL * most)
    chosen = [*titles[best], *_of_other_size(best, titles, names, body)]
    chosen = [_whole(document, title, layouts) for title in chosen]
    chosen.sort(key=lambda title: title[0].line.number)
    return tuple(tuple(found.piece for found in title) for title in chosen)


def _whole(document: Document, title: list[_Candidate], layouts: Layouts) -> list[_Candidate]:
    """A title with the lines that end it and are no names by themselves (one letter, `Area`)."""
    out = list(title)
    for line in document.lines[title[-1].line.number :]:
        if not line.text.strip():
            continue
        joined = " ".join([*(found.text.strip() for found in out), line.text.strip()])
        if not goes_on(document, out[-1].line, line) or not _same_type(out[-1].line, line):
            break
        if layouts.holds_number(line.text) or not name_part(joined, layouts):
            break
        out.append(_Candidate(line, Piece(line.number, 0, len(line.text)), line.text))
    return out


def _same_type(one: Line, other: Line) -> bool:
    a, b = one.box, other.box
    return bool(a and b and type_size(a) == type_size(b) and a.color == b.color)


def _of_other_size(
    best: _Style,
    titles: dict[_Style, list[list[_Candidate]]],
    names: dict[_Style, dict[str, bool]],
    body: _Style | None,
) -> Iterator[list[_Candidate]]:
    """Titles that are set smaller because they are long: where the others stand, on other pages."""
    pages = {found.line.page for title in titles[best] for found in title}
    places = [found.line.box for title in titles[best] for found in title[:1] if found.line.box]
    for style, found in titles.items():
        if body is None or style == best or style.size < _STILL_LARGE * body.size:
            continue
        for title in found:
            box = title[0].line.box
            if (
                title[0].line.page not in pages
                and names[style][_key(title)]
                and box is not None
                and any(_at_one_place(box, place) for place in places)
            ):
                yield title


def _at_one_place(box: Box, other: Box) -> bool:
    """Whether two lines of two pages stand at one place, by one edge and their height."""
    side = min(abs(box.x0 - other.x0), abs(box.x1 - other.x1))
    return box.color == other.color and side <= _PLACE and abs(box.bottom - other.bottom) <= _PLACE


def type_size(box: Box) -> float:
    """The size of a line's largest word."""
    return box.largest or box.size


def _body(document: Document) -> _Style | None:
    """The style of most letters of a document."""
    letters: Counter[_Style] = Counter()
    for line in document.lines:
        if line.box and line.text.strip():
            style = _Style(_rounded(line.box.size), line.box.font, line.box.color)
            letters[style] += len(line.text.strip())
    return max(letters, key=lambda s: (letters[s], s)) if letters else None


def _rounded(size: float) -> float:
    return round(2 * size) / 2


def _style(line: Line, body: _Style | None) -> _Style | None:
    """The style of a line that is set apart from the text, and no smaller; else None."""
    if line.level:
        return _Style(_MARKED - line.level, "", "")
    if line.box is None or body is None:
        return None
    size = _rounded(type_size(line.box))
    if size > body.size:
        return _Style(size, "", "")
    style = _Style(size, line.box.font, line.box.color)
    return None if style == body or size < body.size else style


def _candidate(line: Line, layouts: Layouts) -> _Candidate | None:
    """The part of a line that may be a name by its letters, or None."""
    mark = _MARK.match(line.text) if line.level else None
    start = mark.end() if mark else 0
    text = line.text[start:]
    if not text.strip() or len(text) > _LONGEST or sum(map(str.isalpha, text)) < _LEAST_LETTERS:
        return None
    if layouts.heading(text) or layouts.value_label(text) or layouts.themes.match(text):
        return None
    if name_part(text, layouts):
        return _Candidate(line, Piece(line.number, start, len(line.text)), text)
    cells = header_cells(text, layouts)
    if not cells or cells[0].kind != "name":
        return None
    end = next((c.start for c in cells if c.kind not in ("name", "country")), len(text))
    last = max(c.end for c in cells if c.end <= end)
    return _Candidate(line, Piece(line.number, start, start + last), text[:last])


def _titles(document: Document, found: list[_Candidate]) -> list[list[_Candidate]]:
    """The lines of one style, with those of one title that is set on several together."""
    out: list[list[_Candidate]] = []
    for one in found:
        if out and goes_on(document, out[-1][-1].line, one.line):
            out[-1].append(one)
        else:
            out.append([one])
    return out


def goes_on(document: Document, above: Line, below: Line) -> bool:
    """Whether a line stands right below another one, or centred below it."""
    if above.page != below.page or above.box is None or below.box is None:
        return False
    between = document.lines[above.number : below.number - 1]
    size = type_size(above.box)
    return (
        not any(line.text.strip() for line in between)
        and 0 < below.box.bottom - above.box.bottom <= _LEADING * size
        and (
            abs(above.box.x0 - below.box.x0) <= _SAME_PLACE * size
            or abs(above.box.x0 + above.box.x1 - below.box.x0 - below.box.x1) <= _SAME_PLACE * size
        )
    )


def _key(title: list[_Candidate]) -> str:
    return match_key("".join(found.text for found in title))


def _prose(document: Document, body: _Style | None) -> dict[int, str]:
    """Page → the text in the type of the body, without white space."""
    out: dict[int, list[str]] = defaultdict(list)
    for line in document.lines:
        if line.box is None or body is None:
            plain = not line.level
        else:
            plain = _rounded(line.box.size) <= body.size
        if plain:
            out[line.page].append("".join(line.text.split()))
    return {page: "".join(texts) for page, texts in out.items()}


def _is_place(title: list[_Candidate], prose: dict[int, str], layouts: Layouts) -> bool:
    """Whether a title is a place of the gazetteer, or what the text below it speaks of."""
    text = " ".join(found.text for found in title)
    page = title[0].line.page
    below = prose.get(page, "") + prose.get(page + 1, "")
    return not countries().inside(text) and any(
        places().is_known(name) or layouts.is_kind(name) or "".join(name.split()) in below
        for name in plain_names(text, layouts)
    )


def is_place_name(text: str, layouts: Layouts) -> bool:
    """Whether the gazetteer knows a line as a place, or it says itself what kind of place it is."""
    return not countries().inside(text) and any(
        places().is_known(name) or layouts.is_kind(name) for name in plain_names(text, layouts)
    )


def plain_names(text: str, layouts: Layouts) -> list[str]:
    """The names in a title, one for each script, without number, brackets and country."""
    whole = without_parentheses(without_number(name_form(text))).strip()
    parts = [part.strip() for part in BETWEEN_SCRIPTS.split(whole)]
    if len(parts) == 1:
        at = country_at_end(whole)
        parts = [whole[:at].strip()] if at else [layouts.without_country(whole)]
    return [p for p in parts if p and not (countries().inside(p) and len(parts) > 1)]


def country_at_end(text: str, *, mixed: bool = False) -> int | None:
    """Where a country begins that stands after a name in one line, or None (`Gdynia Poland`).

    What stands before it must be a place, or set in another type: Upper Austria is a name.
    """
    words = [i for i, c in enumerate(text) if i and text[i - 1].isspace() and not c.isspace()]
    for at in words:
        if countries().inside(text[at:]) and has_han(text[at:]) is has_han(text[:at]):
            name = without_number(name_form(text[:at]))
            known = places().is_known(name) and not places().is_known(text)
            return at if known or mixed else None
    return None
