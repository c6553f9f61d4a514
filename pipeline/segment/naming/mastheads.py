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

from pipeline.knowledge.countries import countries
from pipeline.knowledge.layouts import Layouts
from pipeline.knowledge.places import places
from pipeline.model import Box, Document, Line, Piece
from pipeline.segment.lines.cells import header_cells, name_fields
from pipeline.segment.naming.namelike import name_part
from pipeline.segment.naming.titletext import country_in_title, is_place_name, plain_names
from pipeline.textforms import match_key

_LEAST_TITLES = 2
_SUPPORTED = 0.6  # of the lines of a style, names of places for certain
_NEARLY_ALL = 0.7  # of the most titles that any style has
# Of a style in which nothing but places is set, so many and half as many as of any are enough: a
# list of contents or names in a second script may be set like headings.
_SURELY_TITLES, _HALF = 4, 0.45
_LEADING = 1.9  # type sizes from a title's line to its next
_SAME_PLACE = 1.5  # type sizes between the left edges of a title's lines
_LEAST_LETTERS = 2
_LONGEST = 80
_FEW_PAGES = 4
_STILL_LARGE = 1.25  # of the type of the text, for a title smaller than the others
_PLACE = 12.0  # points
_MARKED = 100.0  # above any type size: what the format itself marks as a heading
_MARK = re.compile(r"#{1,6}\s+")


class _Style(NamedTuple):
    size: float
    font: str  # empty where the size alone tells it from the text
    color: str


class Titles(NamedTuple):
    """The pieces of lines that are titles, that say one again on a further page, or are none.

    The last are lines in the type of titles that are no place: an acknowledgement, an imprint.
    """

    names: tuple[tuple[Piece, ...], ...] = ()
    again: tuple[Piece, ...] = ()
    matter: tuple[Piece, ...] = ()


NO_TITLES = Titles()


class _Candidate(NamedTuple):
    line: Line
    piece: Piece
    text: str


def find_titles(document: Document, layouts: Layouts, running: Collection[int]) -> Titles:
    """The titles of a document in order, each as its pieces of one line or several."""
    body = _body(document)
    styles: dict[_Style, list[_Candidate]] = defaultdict(list)
    skipped = {*running, *_of_other_pages(document, layouts)}
    for line in document.lines:
        style = _style(line, body)
        if style is not None and line.number not in skipped:
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
        return _only_title(document, titles, layouts)
    most = max(enough.values())
    pure = {s for s in enough if all(names[s][_key(t)] for t in titles[s])}
    best = max(
        s
        for s, n in enough.items()
        if n >= _NEARLY_ALL * most or (s in pure and n >= max(_SURELY_TITLES, _HALF * most))
    )
    if of_page := _of_page(document, titles, titles[best], layouts):
        return _told(document, [of_page], prose, layouts)
    chosen = [*titles[best], *_of_other_size(best, titles, names, body)]
    chosen = [_whole(document, title, layouts) for title in chosen]
    chosen.sort(key=lambda title: title[0].line.number)
    return _told(document, chosen, prose, layouts)


def _of_page(
    document: Document,
    titles: dict[_Style, list[list[_Candidate]]],
    chosen: list[list[_Candidate]],
    layouts: Layouts,
) -> list[_Candidate] | None:
    """The title of a web page of one place, above titles of lower rank without figures, or None.

    Those are of other pages (teasers), while the figures stand below the one.
    """
    first = chosen[0][0].line
    above = [
        title
        for found in titles.values()
        for title in found
        if 0 < title[0].line.level < first.level and title[0].line.number < first.number
    ]
    if len(above) != 1 or not is_place_name(_text(above[0])):
        return None
    stated = [x.number for x in document.lines if _states_figure(x, layouts)]
    starts = [title[0].line.number for title in chosen]
    ends = [*starts[1:], len(document.lines) + 1]
    own = sum(above[0][0].line.number < n < starts[0] for n in stated)
    each = [any(a < n < b for n in stated) for a, b in zip(starts, ends, strict=True)]
    return above[0] if own > 1 and 2 * sum(each) <= len(each) else None


def _of_other_pages(document: Document, layouts: Layouts) -> Iterator[int]:
    """The lines below headings of matter (`Related cities`), down to a heading of their rank."""
    rank = 0
    for line in document.lines:
        if line.level and line.level <= rank:
            rank = 0
        if rank:
            yield line.number
        elif line.level > 1 and layouts.heading(line.text) == "matter":
            rank = line.level
        elif line.level > 1 and (meaning := layouts.meaning(line.text)):
            rank = line.level if meaning.kind == "matter" and meaning.whole else 0


def _told(
    document: Document, chosen: list[list[_Candidate]], prose: dict[int, str], layouts: Layouts
) -> Titles:
    """The titles, without those that only say again what the one before them says."""
    stated = {line.page for line in document.lines if _states_figure(line, layouts)}
    names: list[tuple[Piece, ...]] = []
    again: list[Piece] = []
    matter: list[Piece] = []
    last: set[str] = set()
    for title in chosen:
        pieces = tuple(found.piece for found in title)
        said = {match_key(n) for n in plain_names(_text(title))}
        place = _is_place(title, prose, layouts) or countries().code(_text(title))
        if last and said & last:
            again += pieces
        elif not place and title[0].line.page not in stated:
            matter += pieces
        else:
            names.append(pieces)
            last = said
    return Titles(tuple(names), tuple(again), tuple(matter))


def _states_figure(line: Line, layouts: Layouts) -> bool:
    return layouts.is_population(line.text) or layouts.is_area(line.text)


def _only_title(
    document: Document, titles: dict[_Style, list[list[_Candidate]]], layouts: Layouts
) -> Titles:
    """The title of a document of one profile: a place of the gazetteer, in the largest type."""
    if document.pages > _FEW_PAGES:
        return NO_TITLES
    alone = [
        (style, found)
        for style, found in titles.items()
        if len({_key(t) for t in found}) == 1 and is_place_name(_text(found[0]))
    ]
    if not alone or max(alone, key=lambda one: one[0])[0] != max(titles):
        return NO_TITLES
    found = max(alone, key=lambda one: one[0])[1]
    return _told(document, found, {}, layouts)


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
    """Titles that are set smaller because they are long: where the others stand.

    They stand on other pages, or in another column than the title of their page.
    """
    places = [title[0].line.box for title in titles[best] if title[0].line.box]
    taken: dict[int, list[Box | None]] = defaultdict(list)
    for found in (one for title in titles[best] for one in title):
        taken[found.line.page].append(found.line.box)
    for style, others in titles.items():
        if body is None or style == best or style.size < _STILL_LARGE * body.size:
            continue
        for title in others:
            box = title[0].line.box
            if (
                box is not None
                and not any(
                    other is None or _overlap(box, other)
                    for other in taken.get(title[0].line.page, ())
                )
                and names[style][_key(title)]
                and any(_at_one_place(box, place) for place in places)
            ):
                yield title


def _overlap(box: Box, other: Box) -> bool:
    """Whether two lines stand in one column."""
    return box.x0 < other.x1 and other.x0 < box.x1


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
    if name_fields(text, layouts):
        return None  # what names the place says so, whatever its type
    if name_part(text, layouts) or country_in_title(text):
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


def _text(title: list[_Candidate]) -> str:
    return " ".join(found.text.strip() for found in title)


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
    text = _text(title)
    page = title[0].line.page
    below = prose.get(page, "") + prose.get(page + 1, "")
    return not countries().code(text) and any(
        places().is_known(name) or layouts.is_kind(name) or "".join(name.split()) in below
        for name in plain_names(text)
    )
