"""A page's glyphs → its lines in reading order, with an empty line for the space between blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pipeline.model import Box
from pipeline.parse.chunks import PrintedLine
from pipeline.parse.pdf.glyphs import Glyph, PageGlyphs
from pipeline.parse.pdf.initials import initials_apart, with_initials
from pipeline.parse.pdf.level import Cells
from pipeline.parse.pdf.order import halves, reading_order
from pipeline.parse.pdf.rows import CELL, cells_of, row_text, title_apart
from pipeline.parse.pdf.runs import Run, is_wide, make_runs, tracking
from pipeline.parse.pdf.shapes import Shape, rules_of
from pipeline.parse.pdf.signs import with_signs
from pipeline.parse.pdf.strips import framed
from pipeline.textforms import ends_sentence, is_han

# In em, the size of the type concerned.
_ONE_LINE = 0.4
_LARGER = 1.1  # than most letters of its line: a name before a country
_ASCENT, _DESCENT = 0.85, 0.15
_LEAST_INDENT, _MOST_INDENT = 0.8, 12.0
_CENTRED = 0.6
_EDGE = 3.0  # points within which lines begin at one edge
_EDGE_LINES = 3  # as many lines make an edge

_NO_EDGE = 0.5  # of the usual line that begins where a line does: a shorter one shows no edge
_LOOSE = 1.15  # times the usual leading: what is further apart is another paragraph
_VERY_LOOSE = 4.0
_WIDER_SET = 1.3  # times the leading of Latin lines, at most, that of ideographs among them
_TELL_OF_SCRIPT = 3  # distances in one script that tell its own leading
_WIDEST = 2.0  # type sizes between the baselines of one text
_TELL_OF_COLUMN = 3  # lines that go on in the next one
_FIRST_LINE = 2.5  # a short last line may end left of where the indented line above it begins
_OFTEN = 0.3  # as often as this, in parts of the most usual distance
_FULL = 2.0  # em that a full line may leave free
_OTHER_SIZE = 0.15
# Signs that no line of Chinese begins or ends with.
_NEVER_FIRST = frozenset("，。、；：？！）》」』】”’〉％%·…")
_NEVER_LAST = frozenset("（《「『【“‘〈")
_LANDSCAPE = 1.2  # a sheet that is wider than high by this may show two pages side by side
_BETWEEN_PAGES = 3


class _Set(NamedTuple):
    """A line as it is set: its runs from left to right, and what they have in common."""

    runs: tuple[Run, ...]
    x0: float
    x1: float
    base: float
    size: float
    color: str
    indent: float = 0.0  # in em
    space: float | None = None  # above, beyond the usual leading
    room: float = 0.0  # from its end to the right edge of its column
    cells: frozenset[int] = frozenset()  # the runs that begin where those of a line near by do


def page_lines(page: PageGlyphs) -> list[PrintedLine]:
    """The lines of a page. Text in the direction of most of it comes first, turned text after."""
    directions = Counter(g.style.turned for g in page.glyphs if not g.text.isspace())
    out: list[PrintedLine] = []
    for turned, _ in sorted(directions.items(), key=lambda d: (-d[1], d[0])):
        glyphs = [g for g in page.glyphs if g.style.turned == turned]
        width, height = page.width, page.height
        if turned % 180:
            width, height = height, width
        if out:
            out.append(PrintedLine("", None))
        out += [
            _printed(line, turned) if line else PrintedLine("", None)
            for line in _with_spaces(
                glyphs if turned else with_signs(glyphs, page.signs),
                width,
                height,
                () if turned else page.shapes,
            )
        ]
    return out


def _with_spaces(
    glyphs: Iterable[Glyph], width: float, height: float, shapes: Sequence[Shape]
) -> list[_Set | None]:
    """The lines of glyphs of one direction; None stands for an empty line."""
    runs = _runs(list(glyphs))
    if not runs:
        return []
    em = _usual_size(runs)
    pages = halves(runs, _span(runs, width), em) if width >= _LANDSCAPE * height else None
    out: list[_Set | None] = []
    rules = rules_of(shapes)
    for part in pages or framed(runs, shapes) or [runs]:
        if out:
            out += [None] * _BETWEEN_PAGES
        regions = [_lines(region, em) for region in reading_order(part, em, rules)]
        out += _spaced([line for region in regions for line in region], _Leadings(regions))
    return out


def _runs(glyphs: list[Glyph]) -> list[Run]:
    """The runs of glyphs of one direction, with initials before the lines that they open."""
    sizes = Counter(round(2 * g.style.size) / 2 for g in glyphs)
    if not sizes:
        return []
    plain, large = initials_apart(glyphs, max(sizes, key=lambda s: (sizes[s], s)))
    if not large:
        return make_runs(glyphs)
    runs, alone = with_initials(make_runs(plain), large)
    return (
        runs
        if not alone
        else with_initials(
            make_runs([*plain, *alone]), [g for g in large if not any(g is a for a in alone)]
        )[0]
    )


def _span(runs: Sequence[Run], width: float) -> float:
    """The width whose middle divides two facing pages; turned text may lie left of its origin."""
    least = min(r.x0 for r in runs)
    return width if least >= 0 else least + max(r.x1 for r in runs)


def _usual_size(runs: Sequence[Run]) -> float:
    sizes: Counter[float] = Counter()
    for run in runs:
        sizes[round(2 * run.size) / 2] += len(run.glyphs)
    return max(sizes, key=lambda s: (sizes[s], s)) or 1.0


def _lines(region: Sequence[Run], em: float) -> list[_Set]:
    """The lines of a region without a gutter, from top to bottom."""
    lines: list[list[Run]] = []
    for run in sorted(region, key=lambda r: r.base):
        if lines and run.base - lines[-1][0].base <= _ONE_LINE * min(run.size, lines[-1][0].size):
            lines[-1].append(run)
        else:
            lines.append([run])
    rows = (sorted(line, key=lambda r: r.x0) for line in lines)
    parts = [part for row in rows for part in title_apart(row, em)]
    sets = [
        _set_line(part)._replace(cells=cells)
        for part, cells in zip(parts, cells_of(parts, table=isinstance(region, Cells)), strict=True)
    ]
    return _indented(_with_room(sets))


def _set_line(runs: Sequence[Run]) -> _Set:
    largest = max(runs, key=lambda r: len(r.glyphs))
    colors = Counter(g.style.color for r in runs for g in r.glyphs)
    return _Set(
        tuple(runs),
        min(r.x0 for r in runs),
        max(r.x1 for r in runs),
        largest.base,
        largest.size,
        max(colors, key=lambda c: (colors[c], c)),
    )


def _with_room(lines: list[_Set]) -> list[_Set]:
    """The lines with what they leave free.

    A right edge that several lines share is that of a column: each line is measured by the
    nearest one, and in ragged text by the longest line that begins where it does.
    """
    begins: dict[int, list[float]] = {}
    for line in lines:
        if not _is_row(line):
            begins.setdefault(round(line.x0 / _EDGE), []).append(line.x1)
    usual = {left: median(own) - left * _EDGE for left, own in begins.items()}
    # Last lines of two or three ideographs end at one place by chance.
    ends = Counter(
        round(line.x1 / _EDGE)
        for line in lines
        if not _is_row(line) and line.x1 - line.x0 >= _NO_EDGE * usual[round(line.x0 / _EDGE)]
    )
    shared = sorted(end * _EDGE for end, n in ends.items() if n >= _EDGE_LINES)
    out = []
    for line in lines:
        widest = max((other.x1 for other in lines if other.x0 < line.x1), default=line.x1)
        alike = begins.get(round(line.x0 / _EDGE), [])
        longest = max(alike) if len(alike) >= _EDGE_LINES else widest
        right = next((end for end in shared if end > line.x1 - _EDGE), longest)
        out.append(line._replace(room=max(0.0, right - line.x1)))
    return out


def _is_row(line: _Set) -> bool:
    """Whether a line is of cells, which say nothing of the width of a column of text."""
    gaps = (b.x0 - a.x1 for a, b in pairwise(line.runs))
    return any(gap > CELL * line.size for gap in gaps)


def _indented(lines: list[_Set]) -> list[_Set]:
    """The lines with their indentation from the left edge that most of their kind keep to."""
    if len(lines) < _EDGE_LINES:
        return lines
    kinds: dict[tuple[int, str], list[_Set]] = {}
    for line in lines:
        kinds.setdefault((round(line.size), line.color), []).append(line)
    right = max(s.x1 for s in lines)
    out = []
    for line in lines:
        alike = kinds[round(line.size), line.color]
        left = _left_edge(alike if len(alike) > 1 else lines)
        indent = (line.x0 - left) / line.size
        centred = abs((line.x0 - left) - (right - line.x1)) < _CENTRED * line.size and not any(
            abs(s.x0 - line.x0) < _EDGE and abs(s.x1 - line.x1) >= _EDGE for s in alike
        )
        fits = _LEAST_INDENT <= indent <= _MOST_INDENT and not centred
        out.append(line._replace(indent=indent) if fits else line)
    return out


def _left_edge(lines: Sequence[_Set]) -> float:
    """Where most of a text begins, by the length of its lines.

    Paragraphs of two lines have more text in their indented lines than in the others: where a
    full line goes on further left, the text begins there.
    """
    starts: Counter[int] = Counter()
    for line in lines:
        starts[round(line.x0 / _EDGE)] += round(line.x1 - line.x0)
    usual = max(starts, key=lambda s: (starts[s], -s))
    left = min(s.x0 for s in lines if round(s.x0 / _EDGE) == usual)
    step = min((b.base - a.base for a, b in pairwise(lines) if b.base > a.base), default=0.0)
    goes_on = [
        below.x0
        for above, below in pairwise(lines)
        if abs(above.x0 - left) < _EDGE < left - below.x0 <= _FIRST_LINE * above.size
        and above.room < above.size
        and below.base - above.base <= _LOOSE * step
    ]
    return min(goes_on, default=left)


class _Step(NamedTuple):
    """The distance of two baselines, and whether the upper line goes on in the lower one."""

    height: float
    goes_on: bool


class _Leadings:
    """The usual distance of baselines, by type size and, where both are set, by script.

    Ideographs are often set further apart than the Latin lines between them.
    """

    def __init__(self, regions: Sequence[Sequence[_Set]]) -> None:
        steps: dict[tuple[float, bool | None], list[_Step]] = {}
        for region in regions:
            for above, below in pairwise(region):
                step = below.base - above.base
                if _alike(above, below) and step < 3 * above.size:
                    for script in {None, _script(above, below)}:
                        found = _Step(round(2 * step) / 2, _goes_on(above, below))
                        steps.setdefault((round(above.size), script), []).append(found)
        self._usual = {
            key: _usual_step(found, key[0])
            for key, found in steps.items()
            if key[1] is None or len(found) >= _TELL_OF_SCRIPT
        }
        self._columns = _column_leadings(regions)

    def between(self, above: _Set, below: _Set) -> float:
        """The usual distance from a line to the one below it.

        A column may be set wider than a list beside it. Where too few lines of ideographs tell, it
        is that of a full line to the one it goes on in.
        """
        size, script = round(above.size), _script(above, below)
        usual = self._usual.get((size, None), 1.5 * above.size)
        own = self._columns.get(_column(above), usual)
        if usual < own <= _WIDER_SET * usual:
            return own
        if (size, True) in self._usual and (size, False) in self._usual:
            return self._usual.get((size, script), usual)
        step = below.base - above.base
        goes_on = _goes_on(above, below)
        return step if script and goes_on and usual < step <= _WIDER_SET * usual else usual


def _usual_step(steps: Sequence[_Step], size: float) -> float:
    """Of distances that are met often the smallest: a list may have more gaps than lines.

    Entries that stand so far apart that no text does, and seldom go on, may wrap but once.
    """
    counts = Counter(s.height for s in steps)
    often = min(s for s, n in counts.items() if n >= _OFTEN * max(counts.values()))
    close = [s for s in counts if size <= s <= _WIDEST * size]
    apart = [s.goes_on for s in steps if s.height >= often]
    return min(close) if close and often > _WIDEST * size and 2 * sum(apart) < len(apart) else often


def _column_leadings(regions: Sequence[Sequence[_Set]]) -> dict[tuple[int, int], float]:
    """The distance of baselines in each column where most lines go on inside a sentence."""
    steps: dict[tuple[int, int], list[float]] = {}
    lines: Counter[tuple[int, int]] = Counter()
    for above, below in (pair for region in regions for pair in pairwise(region)):
        if _alike(above, below) and _column(above) == _column(below):
            lines[_column(above)] += 1
            if _goes_on(above, below) and below.runs[0].plain[:1].islower():
                steps.setdefault(_column(above), []).append(below.base - above.base)
    return {
        column: median(found)
        for column, found in steps.items()
        if len(found) >= _TELL_OF_COLUMN and 2 * len(found) > lines[column]
    }


def _column(line: _Set) -> tuple[int, int]:
    """The type size and the left edge of a line."""
    return round(line.size), round(line.x0 / _EDGE)


def _goes_on(above: _Set, below: _Set) -> bool:
    """Whether a line is full, ends no sentence, and has another one right below it.

    The first line of a paragraph may be indented. What cannot be parted (`38.4%。`) leaves room
    above it.
    """
    back = above.x0 - below.x0
    first = above.indent > 0 and 0 < back <= _FIRST_LINE * above.size
    return (
        above.room < max(above.size, _first_width(below))
        and (first or abs(back) < _EDGE)
        and not ends_sentence(above.runs[-1].plain)
    )


def _first_width(line: _Set) -> float:
    """The width of what stands first in a line and goes to the next one as a whole."""
    run = line.runs[0]
    end = 1
    while end < len(run.glyphs) and not run.spaced[end]:
        left, right = run.glyphs[end - 1].text[-1:], run.glyphs[end].text[:1]
        if (
            (is_han(left) or is_han(right))
            and right not in _NEVER_FIRST
            and left not in _NEVER_LAST
        ):
            break
        end += 1
    return run.glyphs[end - 1].x1 - run.glyphs[0].x0


def _script(above: _Set, below: _Set) -> bool | None:
    """Whether two lines are of ideographs; None for one of them and one of letters.

    A line of figures alone is like the other one.
    """
    told = {_is_wide(line) for line in (above, below)} - {None}
    return told.pop() if len(told) == 1 else None


def _is_wide(line: _Set) -> bool | None:
    letters = [c for r in line.runs for c in r.plain if c.isalpha()]
    return 2 * sum(map(is_wide, letters)) > len(letters) if letters else None


def _alike(above: _Set, below: _Set) -> bool:
    return abs(above.size - below.size) <= _OTHER_SIZE * above.size


def _spaced(lines: Sequence[_Set], leadings: _Leadings) -> list[_Set | None]:
    """The lines with None where white space or another look parts them."""
    out: list[_Set | None] = list(lines[:1])
    for above, below in pairwise(lines):
        leading = leadings.between(above, below)
        step = below.base - above.base
        beside = max(below.x0 - above.x1, above.x0 - below.x1)
        near = step <= _LOOSE * leading and beside <= _FIRST_LINE * above.size
        if step <= 0 or (beside > 0 and not near):
            out += [None, below]  # another column
            continue
        if step > _VERY_LOOSE * leading:
            out += [None, None]
        elif step > _LOOSE * leading or not _alike(above, below) or _other_color(above, below):
            out.append(None)
        out.append(below._replace(space=max(0.0, round(step - leading, 1))))
    return out


def _other_color(above: _Set, below: _Set) -> bool:
    """Whether the colour tells lines apart; the first words of a paragraph may be coloured."""
    return above.color != below.color and above.room > _FULL * above.size


def _printed(line: _Set, turned: int) -> PrintedLine:
    apart = tracking(max(line.runs, key=lambda r: len(r.glyphs)))
    out = [" " * round(2 * line.indent)]
    out += row_text(line.runs, line.size, apart, line.cells)
    return PrintedLine("".join(out), _box(line, turned))


def _box(line: _Set, turned: int) -> Box:
    """The line's place on the page as it is shown."""
    top, bottom = line.base - _ASCENT * line.size, line.base + _DESCENT * line.size
    corners = {
        0: (line.x0, top, line.x1, bottom),
        90: (-bottom, line.x0, -top, line.x1),
        180: (-line.x1, -bottom, -line.x0, -top),
        270: (top, -line.x1, bottom, -line.x0),
    }[turned]
    x0, y0, x1, y1 = (round(v, 1) for v in corners)
    fonts = Counter(g.style.font for r in line.runs for g in r.glyphs)
    font = max(fonts, key=lambda f: (fonts[f], f))
    return Box(
        x0, y0, x1, y1, round(line.size, 1), font, line.color, line.space, round(line.room, 1),
        _largest(line), len({g.style for r in line.runs for g in r.glyphs if g.text.isalnum()}) > 1,
    )  # fmt: skip


def _largest(line: _Set) -> float:
    """The largest type size of at least two letters, 0 where it is that of most letters."""
    sizes = Counter(g.style.size for r in line.runs for g in r.glyphs if g.text.isalpha())
    words = [size for size, letters in sizes.items() if letters > 1]
    return round(max(words), 1) if words and max(words) > _LARGER * line.size else 0.0
