"""Lists of all themes in which those that apply are ticked: which entries count.

The same signs are bullets elsewhere. They are ticks where the signs of both kinds, ticked and
not, stand before (or behind, in a table) words most of which are themes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from pipeline.knowledge.countries import countries
from pipeline.knowledge.layouts import Layouts
from pipeline.knowledge.listing import one_label
from pipeline.knowledge.themes import join_label
from pipeline.knowledge.titles import titles
from pipeline.language import is_word
from pipeline.model import Document, Line, Piece
from pipeline.pieces import piece_text
from pipeline.segment.lines.marks import LineKind, Mark
from pipeline.textforms import BULLETS, display_width, ends_sentence, indent, match_key

_EMPTY = "☐□○◯⚪◻▢❏❑"
_FULL = "☑☒■▣●◉⊙⚫◼🗹🗷⊠⦿✅"
_TICKED = "☑☒🗹🗷✅✓✔√"
_CHECKS = "✓✔√"
_CROSSES = "✗✘✕✖×❌"
_SIGN_INSIDE = re.compile(rf"[{_TICKED}]")
_BOXED = re.compile(r"[\[(]\s*[xX×✓✔√]?\s*[\])]")
_SIGN = rf"[{_EMPTY}{_FULL}{_CHECKS}{_CROSSES}]|[\[(](?:[ \u3000]{{1,2}}|_|[xX×✓✔√])[\])]|\[\]"
_PICTURE = "[\U0001f300-\U0001faff\u2600-\u27bf]"
_BEFORE = re.compile(rf"(?P<sign>{_SIGN})\ufe0f?\s*(?:{_PICTURE}[\ufe0f\u200d]*\s+)?")
_BULLET = f"{BULLETS} \t\u3000"
_WORDS = "Yes|yes|YES|No|no|NO|是|否|有|无|[xXｘ–—-]"
_AFTER = re.compile(rf"\s*(?P<label>\S.*?)(?:\s{{2,}}|\t)(?P<sign>{_SIGN}|{_WORDS})\s*")
_LONGEST = 60
_SAME_EDGE = 1.0  # points
_FAR = 3  # lines between two entries of one list
_MOST = 0.5  # of the entries are themes


class Tick(NamedTuple):
    """An entry of such a list: its pieces, one for each line, and whether it is ticked."""

    pieces: tuple[Piece, ...]
    on: bool


class _Ticks(NamedTuple):
    """The lists of ticks of a document, each as its entries, and the signs that say no."""

    lists: list[list[_Entry]]
    off: set[str]


class _Entry(NamedTuple):
    pieces: tuple[Piece, ...]
    sign: str


def _ticks(document: Document, layouts: Layouts) -> _Ticks:
    """The lists of themes with ticks; none where no sign tells what applies."""
    entries = list(_entries(document))
    runs = [[e for _, e in run] for _, run in groupby(_numbered(entries), key=lambda x: x[0])]
    lists = [run for run in runs if _lists_themes(document, run, layouts)]
    signs = {e.sign for run in lists for e in run}
    off = {s for s in signs if _is_off(s, signs)}
    if off == signs or not (off or all(map(_ticks_alone, signs))):
        return _Ticks([], off)
    return _Ticks(lists, off)


def _by_line(found: _Ticks) -> dict[int, list[Tick]]:
    """The entries of lists of ticks, by the line on which each begins."""
    out: dict[int, list[Tick]] = {}
    for entry in (e for run in found.lists for e in run):
        out.setdefault(entry.pieces[0].line, []).append(
            Tick(entry.pieces, entry.sign not in found.off)
        )
    return out


def _numbered(entries: list[_Entry]) -> Iterator[tuple[int, _Entry]]:
    """The entries with the number of the run of neighbouring lines in which each stands."""
    run = 0
    last = 0
    for entry in entries:
        run += entry.pieces[0].line - last > _FAR
        last = entry.pieces[-1].line
        yield run, entry


def _lists_themes(document: Document, run: list[_Entry], layouts: Layouts) -> bool:
    texts = [join_label([piece_text(document, p) for p in e.pieces]) for e in run]
    known = sum(one_label(t, layouts.themes, is_word) < 1 for t in texts)
    return known >= _MOST * len(run)


def _ticks_alone(sign: str) -> bool:
    """Whether a sign is a tick although no empty one stands beside it."""
    return bool(_BOXED.fullmatch(sign)) or sign in _TICKED


def _is_off(sign: str, signs: set[str]) -> bool:
    """Whether a sign says that an entry does not apply, by the signs that stand beside it.

    A cross in a box ticks it, and so does a cross where others are empty boxes; beside ticks it
    denies.
    """
    if _BOXED.fullmatch(sign) or sign == "[]":
        return not sign.strip("[]() _\u3000")
    if sign in _EMPTY or sign in ("否", "无", "–", "—", "-") or sign.casefold() == "no":
        return True
    if sign in _CROSSES:
        return not any(s in _EMPTY for s in signs)
    return False


def _entries(document: Document) -> Iterator[_Entry]:
    """Short texts with a sign before or behind them, with the lines on which they go on."""
    open_entry: _Entry | None = None
    for line in document.lines:
        text = line.text
        found = list(_BEFORE.finditer(text))
        head = text[: found[0].start()].strip(_BULLET) if found else ""
        if found and (not head or titles().may_list_themes(head)):
            ends = [m.start() for m in found[1:]] + [len(text)]
            starts = [m.end() for m in found]
            parts = [
                _Entry(
                    (Piece(line.number, start, start + len(text[start:end].rstrip())),), m["sign"]
                )
                for m, start, end in zip(found, starts, ends, strict=True)
            ]
            if open_entry:
                yield open_entry
            open_entry = None
            parts = [p for p in parts if 0 < p.pieces[0].end - p.pieces[0].start <= _LONGEST]
            yield from parts[:-1]
            open_entry = parts[-1] if parts else None
            continue
        if open_entry and _goes_on(document, open_entry, line.number):
            piece = Piece(line.number, _indent_end(text), len(text.rstrip()))
            open_entry = open_entry._replace(pieces=(*open_entry.pieces, piece))
            continue
        if open_entry:
            yield open_entry
            open_entry = None
        behind = _AFTER.fullmatch(text) if len(text) <= 2 * _LONGEST else None
        if behind:
            yield _Entry((Piece(line.number, *behind.span("label")),), behind["sign"])
    if open_entry:
        yield open_entry


def _indent_end(text: str) -> int:
    """Where the text of a line begins behind its indentation."""
    return len(text) - len(text.lstrip())


def _goes_on(document: Document, entry: _Entry, number: int) -> bool:
    """Whether a line goes on with an entry: right below it, and set in as its words are."""
    line = document.lines[number - 1]
    last = document.lines[number - 2]
    if not line.text.strip() or entry.pieces[-1].line != number - 1 or line.page != last.page:
        return False
    if display_width(line.text.strip()) > _LONGEST or len(entry.pieces) >= 3:
        return False
    first = document.lines[entry.pieces[0].line - 1]
    if line.box and first.box:
        inside = line.box.x0 > first.box.x0 + 0.6 * first.box.size and line.box.x0 < first.box.x1
        level = abs(line.box.x0 - first.box.x0) <= _SAME_EDGE and line.text.lstrip()[:1].islower()
        return inside or level
    return indent(line.text) >= indent(first.text) + 2


def tick_marks(document: Document, layouts: Layouts) -> dict[int, list[Mark]]:
    """What the lines with ticked and unticked themes hold: labels, and what does not apply.

    Lines on which a ticked label goes on belong to it.
    """
    found = _ticks(document, layouts)
    ticked = _by_line(found)
    marks = {line.number: [_title(line)] for line in _titles(document, found, layouts)}
    for number, ticks in ticked.items():
        first = min(t.pieces[0].start for t in ticks)
        head = _BEFORE.sub("", document.lines[number - 1].text[:first])
        if head.strip():
            marks[number] = [Mark(Piece(number, 0, len(head)), "heading", "themes")]
    for tick in (t for ticks in ticked.values() for t in ticks):
        for i, piece in enumerate(tick.pieces):
            kind: LineKind = "fact" if not tick.on else "goes_on" if i else "ticked"
            marks.setdefault(piece.line, []).append(Mark(piece, kind))
    return marks


def _title(line: Line) -> Mark:
    """The whole of a line as the title of a list of themes."""
    return Mark(Piece(line.number, 0, len(line.text)), "heading", "themes")


def _titles(document: Document, found: _Ticks, layouts: Layouts) -> list[Line]:
    """The lines right above lists of ticks that are their titles, whatever they say.

    They say the same above several lists, or hold the sign of a tick.
    """
    above = [
        line
        for run in found.lists
        if (line := _line_above(document, run[0])) and _may_be_title(line.text, layouts)
    ]
    counts = Counter(match_key(line.text) for line in above)
    return [
        line for line in above if counts[match_key(line.text)] > 1 or _SIGN_INSIDE.search(line.text)
    ]


def _line_above(document: Document, first: _Entry) -> Line | None:
    """The line above a list of ticks, over no more than the white space below a title."""
    number = first.pieces[0].line
    lines = document.lines[max(0, number - 1 - _FAR) : number - 1]
    above = next((line for line in reversed(lines) if line.text.strip()), None)
    return above if above and above.page == document.lines[number - 1].page else None


def _may_be_title(text: str, layouts: Layouts) -> bool:
    """Whether a line is a short one that is nothing else that is known, and no sentence."""
    known = (
        layouts.heading(text)
        or (layouts.meaning(text) and not _SIGN_INSIDE.search(text))
        or layouts.value_label(text)
        or layouts.themes.match(text)
        or layouts.is_credit(text)
        or layouts.names_figure(text)
        or countries().inside(text)
    )
    return not known and display_width(text) <= _LONGEST and not ends_sentence(text)
