"""Which lines of a brochure are headings: by what they mean and by how they are set.

A heading is a short line that stands for itself. Three things tell that it is one: its words
(`knowledge/headings`), its style, which it shares with the other headings and not with the prose,
and that it comes again from profile to profile. A wording that a list has needs no more; one
whose every part is known must stand like a heading; one that is understood in part must be set
in the style of headings or come again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.knowledge.headings import HeadingMeaning
from pipeline.knowledge.layouts import BOX_TITLES, SECTION_KINDS, HeadingKind, Layouts
from pipeline.knowledge.themes import join_label
from pipeline.model import Document, Finding, Line, Piece
from pipeline.pieces import where_of
from pipeline.segment.heading.standing import Standing
from pipeline.segment.heading.styles import LineStyle, style_of
from pipeline.segment.lines.bullets import bullet_mark
from pipeline.textforms import (
    display_width,
    ends_sentence,
    has_han,
    match_key,
    toml_line,
)

_MAX_WIDTH = 56
_OFTEN = 3  # a wording that stands as often is one of each profile
_STYLE_LINES = 2  # headings that make a style one of headings
_STYLE_SHARE = 0.3  # of the lines in it
_SMALL_PRINT = 0.75  # of the type of the text; no heading of a section is as small
_LIST_SIGNS = "–—-*"
_KINDS = ("overview", "good_practices", "wishes")
_WISHES: tuple[HeadingKind, ...] = ("priorities", "preferred_themes")
_OF_LISTS = ("preferred_themes", "themes")  # what may head a list and no text
_FEW, _MOST = 0.3, 0.6  # of the profiles
_WIDEST_UNKNOWN = 40
_SENTENCE_SIGNS = re.compile(r"[\d。！；，,;!“”\"《》|•●■]|[.:：]\s*\S|[.。]\s*$")


class Headline(NamedTuple):
    """A line, or up to three, that are a heading: its kind, and what it means if no list has it."""

    kind: HeadingKind
    lines: tuple[int, ...]
    meaning: HeadingMeaning | None = None


class _Candidate(NamedTuple):
    lines: tuple[Line, ...]
    text: str
    known: HeadingKind | None
    meaning: HeadingMeaning | None
    style: LineStyle


def headlines(
    document: Document, layouts: Layouts, running: Collection[int] = ()
) -> dict[int, Headline]:
    """The headings of a document by the number of their first line.

    `running` are the lines that stand at the edge of many pages.
    """
    lines = [line for line in document.lines if line.text.strip()]
    body = _body_style(lines)
    candidates = _without_cover(lines, list(_candidates(lines, body, running, layouts)), layouts)
    if not candidates:
        return {}
    counts = Counter(c.meaning.frame for c in candidates if c.meaning)
    styles = Counter(style_of(line) for line in lines)
    # What stands before and after the profiles may be set otherwise.
    own = _own_styles(candidates, styles, body, SECTION_KINDS) or _own_styles(
        candidates, styles, body, (*SECTION_KINDS, *BOX_TITLES)
    )
    standing = Standing(document, layouts)
    found: dict[int, Headline] = {}
    for c in candidates:
        kind = _kind(c, counts, own, body, standing)
        if kind is None or c.lines[0].number in {n for h in found.values() for n in h.lines}:
            continue
        numbers = tuple(line.number for line in c.lines)
        found[numbers[0]] = Headline(kind, numbers, None if c.known == kind else c.meaning)
    found = _two_wishes(_again(candidates, _as_elsewhere(document, found)))
    found = _in_two_languages(document, found)
    return found | _left_over(lines, found, own, body, standing, running)


def _own_styles(
    candidates: Sequence[_Candidate],
    styles: Counter[LineStyle],
    body: LineStyle,
    kinds: Collection[str],
) -> set[LineStyle]:
    """The styles in which a document sets headings of these kinds, and little else."""
    sure = Counter(c.style for c in candidates if _surely(c) in kinds)
    return {
        style
        for style, n in sure.items()
        if style != body and n >= _STYLE_LINES and n >= _STYLE_SHARE * styles[style]
    }


def _without_cover(
    lines: list[Line], candidates: list[_Candidate], layouts: Layouts
) -> list[_Candidate]:
    """The candidates without those on a cover: its title may say what a heading does.

    So may the first line of all, which is the title of the document.
    A cover is a first page without a sentence and without a value, while sections are headed on
    other pages.
    """
    title = lines[0].number if lines else 0
    headed = any(_surely(c) in SECTION_KINDS for c in candidates)
    candidates = [
        c for c in candidates if not (headed and c.lines[0].number == title and not _surely(c))
    ]
    first = lines[0].page if lines else 0
    cover = [line.text for line in lines if line.page == first]
    if len(cover) == len(lines) or any(
        (ends_sentence(t) and display_width(t) >= _MAX_WIDTH / 2)
        or bullet_mark(t)
        or layouts.is_population(t)
        or layouts.is_area(t)
        or layouts.themes.match(t)
        for t in cover
    ):
        return candidates
    inside = [c for c in candidates if c.lines[0].page != first]
    if not any(_surely(c) in SECTION_KINDS for c in inside):
        return candidates
    return [c for c in candidates if c in inside or _surely(c) not in SECTION_KINDS]


def _again(candidates: Sequence[_Candidate], found: dict[int, Headline]) -> dict[int, Headline]:
    """The headings, with lines of a wording and type in which others are headings of one kind.

    Where a column ends below a heading, what stands next to it tells nothing, and beside an
    initial lines are short. Each profile may have a colour of its own.
    """
    alike: dict[tuple[str, LineStyle], list[Headline]] = {}
    rest: list[_Candidate] = []
    taken = {n for headline in found.values() for n in headline.lines}
    for c in candidates:
        if headline := found.get(c.lines[0].number):
            alike.setdefault(_wording(c), []).append(headline)
        elif not taken & {line.number for line in c.lines}:
            rest.append(c)
    out = dict(found)
    for c in rest:
        others = alike.get(_wording(c), [])
        if len(others) >= _OFTEN and len({h.kind for h in others}) == 1:
            numbers = tuple(line.number for line in c.lines)
            out[numbers[0]] = others[0]._replace(lines=numbers)
    return out


def _wording(c: _Candidate) -> tuple[str, LineStyle]:
    """What a candidate says, and how it is set but for its colour."""
    return match_key(c.text), c.style._replace(color="")


def _two_wishes(found: dict[int, Headline]) -> dict[int, Headline]:
    """The headings, with wishes as preferred themes where others are surely of priorities.

    An edition that heads the one section in two ways means two: of places of two kinds, say.
    """
    kinds = {h.kind for h in found.values()}
    wishes = {
        n for n, h in found.items() if h.kind == "priorities" and h.meaning and h.meaning.wish
    }
    sure = sum(h.kind == "priorities" for h in found.values()) - len(wishes)
    if not wishes or sure < _STYLE_LINES or "preferred_themes" in kinds:
        return found
    return found | {n: found[n]._replace(kind="preferred_themes") for n in wishes}


def _in_two_languages(document: Document, found: dict[int, Headline]) -> dict[int, Headline]:
    """The headings, with wishes of one kind where each language has but one of the two kinds.

    The sections of a text in two languages are printed in both; the Chinese heading tells which.
    """
    kinds: dict[bool, Counter[HeadingKind]] = {True: Counter(), False: Counter()}
    for number, headline in found.items():
        kinds[has_han(document.lines[number - 1].text)][headline.kind] += 1
    han, latin = kinds[True], kinds[False]
    both = 0 < han["overview"] == latin["overview"]
    here, there = ([k for k in _WISHES if c[k]] for c in (han, latin))
    if not both or len(here) != 1 or len(there) != 1 or han[here[0]] != latin[there[0]]:
        return found
    return {n: h._replace(kind=here[0]) if h.kind == there[0] else h for n, h in found.items()}


def _as_elsewhere(document: Document, found: dict[int, Headline]) -> dict[int, Headline]:
    """The headings, with a title of themes as such where it is one nearly everywhere."""
    alike: dict[str, list[int]] = {}
    for number, headline in found.items():
        if headline.kind in ("themes", "preferred_themes"):
            alike.setdefault(match_key(document.lines[number - 1].text), []).append(number)
    out = dict(found)
    for numbers in alike.values():
        titled = sum(found[n].kind == "themes" for n in numbers)
        if _MOST * len(numbers) < titled < len(numbers):
            out |= {n: found[n]._replace(kind="themes") for n in numbers}
    return out


def _left_over(
    lines: list[Line],
    found: dict[int, Headline],
    own: set[LineStyle],
    body: LineStyle,
    standing: Standing,
    running: Collection[int],
) -> dict[int, Headline]:
    """The lines of one unknown wording that stand like headings once in each profile.

    They are taken for those of the one kind of section that no heading of the document is of.
    """
    titles_of_lists = {
        n
        for n, h in found.items()
        if h.kind == "preferred_themes" and not standing.above_prose(standing.line(h.lines[-1]))
    }
    counts = Counter(
        "wishes" if h.kind in _WISHES else h.kind
        for n, h in found.items()
        if n not in titles_of_lists
    )
    profiles = max((counts[kind] for kind in _KINDS), default=0)
    missing = [kind for kind in _KINDS if counts[kind] < _FEW * profiles]
    if profiles < _OFTEN or len(missing) != 1:
        return {}
    alike: dict[str, list[Line]] = {}
    for line in lines:
        if line.number not in found and line.number not in running and is_title_text(line.text):
            alike.setdefault(match_key(line.text), []).append(line)
    again = [
        group
        for group in alike.values()
        if max(_OFTEN, _MOST * profiles) <= len(group) <= profiles / _MOST
        and all(_may_head(line, own, body, standing) for line in group)
    ]
    if len(again) != 1:
        return {}
    kind: HeadingKind = "priorities" if missing[0] == "wishes" else missing[0]  # type: ignore[assignment]
    meaning = HeadingMeaning(kind, "", match_key(again[0][0].text), whole=False, wish=True)
    return {line.number: Headline(kind, (line.number,), meaning) for line in again[0]}


def is_title_text(text: str) -> bool:
    """Whether a line is short and reads like a title: letters, and nothing that a sentence has."""
    body = text.strip()
    short = len(body) > 1 and display_width(body) <= _WIDEST_UNKNOWN
    return short and any(map(str.isalpha, body)) and not _SENTENCE_SIGNS.search(body)


def _may_head(line: Line, own: set[LineStyle], body: LineStyle, standing: Standing) -> bool:
    """Whether a line of unknown words stands like the headings of its document."""
    style = style_of(line)
    if (own and style not in own) or standing.says_otherwise(line):
        return False
    alone = style != body or standing.alone(line, line, again=True)
    return alone and standing.opens_text(line, body)


def _surely(c: _Candidate) -> HeadingKind | None:
    """The kind of heading that the words of a candidate alone tell, or None."""
    return c.known or (c.meaning.kind if c.meaning and c.meaning.whole else None)


def _kind(
    c: _Candidate,
    counts: Counter[str],
    own: set[LineStyle],
    body: LineStyle,
    standing: Standing,
) -> HeadingKind | None:
    """The kind of heading that a candidate is, or None."""
    meaning = c.meaning
    kind = c.known or (meaning.kind if meaning else None)
    often = meaning is not None and counts[meaning.frame] >= _OFTEN
    if kind == "matter" and meaning and meaning.kind == "overview" and often:
        kind = "overview"  # an introduction of each profile
    if kind in BOX_TITLES:
        if not standing.above_prose(c.lines[-1]):
            return kind if c.known else None
        kind = "overview" if kind == "facts" else "preferred_themes"
    if c.known or meaning is None:
        return kind
    if kind == "preferred_themes" and standing.above_labels(c.lines[-1]):
        return "themes" if meaning.whole else None
    if not _stands(c, own, body, standing, often=often):
        return None
    return kind if meaning.whole or c.style in own or often else None


def _stands(
    c: _Candidate, own: set[LineStyle], body: LineStyle, standing: Standing, *, often: bool
) -> bool:
    """Whether a candidate is set like a heading and has its text below it."""
    meaning = c.meaning
    # What stands before and after the profiles may be set larger than the headings in them.
    apart = meaning is not None and meaning.kind == "matter" and meaning.whole
    larger = apart and c.style.size > body.size
    if own and c.style not in own and (c.style == body or not (often or larger)):
        return False
    first, last = c.lines[0], c.lines[-1]
    again = often and c.meaning is not None and c.meaning.whole
    if c.style == body and not standing.alone(first, last, again=again):
        return False
    # Below a heading of each profile a figure or a quotation may stand before its text.
    over_other = again and c.style in own and meaning is not None and meaning.kind not in _OF_LISTS
    if over_other or standing.opens_text(last, body):
        return True
    # Text in two languages is set in two types.
    whole = c.meaning is not None and c.meaning.whole
    return whole and c.style in own and standing.above_prose(last)


def _body_style(lines: list[Line]) -> LineStyle:
    """The style of most of the text."""
    letters: Counter[LineStyle] = Counter()
    for line in lines:
        letters[style_of(line)] += len(line.text)
    return (
        max(letters, key=lambda s: (letters[s], s)) if letters else LineStyle(0, "", "", "", False)
    )


def _candidates(
    lines: list[Line], body: LineStyle, running: Collection[int], layouts: Layouts
) -> Iterator[_Candidate]:
    """Lines, and up to three lines of one style, whose words may be a heading's."""
    for i, line in enumerate(lines):
        if display_width(line.text.strip()) > _MAX_WIDTH or line.place != "body":
            continue
        style = style_of(line)
        if style.size < _SMALL_PRINT * body.size or (
            line.number in running and (style.size < body.size or _at_number(lines, i, layouts))
        ):
            continue
        for size in (3, 2, 1) if style != body else (1,):
            group = lines[i : i + size]
            if len(group) < size or any(not _goes_on(a, b, body) for a, b in pairwise(group)):
                continue
            text = join_label([x.text for x in group])
            if found := _candidate(group, text, style, layouts):
                yield found
                break


def _at_number(lines: list[Line], i: int, layouts: Layouts) -> bool:
    """Whether a line of a plain text stands right above or below the number of a page."""
    beside = (lines[j] for j in (i - 1, i + 1) if 0 <= j < len(lines))
    return lines[i].box is None and any(layouts.is_page_number(x.text) for x in beside)


def _goes_on(above: Line, below: Line, body: LineStyle) -> bool:
    """Whether a line may be the next one of a heading."""
    if below.number != above.number + 1 or below.page != above.page:
        return False
    style, other = style_of(above), style_of(below)
    return style != body and other._replace(mark="") == style._replace(mark="") and not other.mark


def _candidate(
    group: list[Line], text: str, style: LineStyle, layouts: Layouts
) -> _Candidate | None:
    body = text.strip()
    entry = body[bullet_mark(body) :]
    if body[:1] in _LIST_SIGNS or display_width(body) > _MAX_WIDTH or layouts.themes.match(entry):
        return None
    known = layouts.heading(body)
    meaning = layouts.meaning(body)
    if known is None and (meaning is None or (ends_sentence(body) and body[-1] not in "？?")):
        return None
    if known is None and meaning and entry != body and not meaning.whole:
        return None
    return _Candidate(tuple(group), body, known, meaning, style)


def headline_findings(
    document: Document, found: dict[int, Headline], layouts: Layouts
) -> Iterator[Finding]:
    """A finding for each wording of a heading that was understood by its parts."""
    told: set[str] = set()
    for headline in found.values():
        meaning = headline.meaning
        if meaning is None or headline.kind in ("matter", *BOX_TITLES) or meaning.frame in told:
            continue
        told.add(meaning.frame)
        pieces = tuple(Piece(n, 0, len(document.lines[n - 1].text)) for n in headline.lines)
        text = join_label([document.lines[n - 1].text for n in headline.lines]).strip()
        listed = layouts.listed(text)
        elsewhere = f", and take it out of `{listed}` there" if listed else ""
        because = f"of `{meaning.word}`" if meaning.word else "each profile has it and no other"
        yield Finding(
            "info" if meaning.whole and not meaning.wish else "warning",
            "heading_understood",
            f"`{text}` was taken for a heading of `{headline.kind}` because {because}; "
            f"if another section is meant, add the line `{toml_line(text)}` to its list in "
            f"pipeline/knowledge/layouts.toml{elsewhere}",
            document.source.edition.edition,
            None,
            "sections",
            "heading",
            where_of(document, pieces),
        )
