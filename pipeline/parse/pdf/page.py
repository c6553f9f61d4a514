"""A page's glyphs → its lines in reading order, with an empty line for the space between blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from pipeline.model import Box
from pipeline.parse.chunks import PrintedLine
from pipeline.parse.pdf.glyphs import Glyph, PageGlyphs
from pipeline.parse.pdf.grids import grid_rows
from pipeline.parse.pdf.initials import initials_apart, with_initials
from pipeline.parse.pdf.leadings import EDGE, FIRST_LINE, Leadings, SetLine, same_size
from pipeline.parse.pdf.level import Cells
from pipeline.parse.pdf.numbered import with_numbers
from pipeline.parse.pdf.order import halves, reading_order
from pipeline.parse.pdf.rows import CELL, cells_of, row_text, title_apart
from pipeline.parse.pdf.runs import Run, make_runs, tracking
from pipeline.parse.pdf.shapes import Shape, rules_of
from pipeline.parse.pdf.signs import with_signs
from pipeline.parse.pdf.strips import framed

# In em, the size of the type concerned.
_ONE_LINE = 0.4
_LARGER = 1.1  # than most letters of its line: a name before a country
_ASCENT, _DESCENT = 0.85, 0.15
_LEAST_INDENT, _MOST_INDENT = 0.8, 12.0
_CENTRED = 0.6
_EDGE_LINES = 3  # as many lines make an edge

_NO_EDGE = 0.5  # of the usual line that begins where a line does: a shorter one shows no edge
_LOOSE = 1.15  # times the usual leading: what is further apart is another paragraph
_VERY_LOOSE = 4.0
_FULL = 2.0  # em that a full line may leave free
_LANDSCAPE = 1.2  # a sheet that is wider than high by this may show two pages side by side
_BETWEEN_PAGES = 3


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
) -> list[SetLine | None]:
    """The lines of glyphs of one direction; None stands for an empty line."""
    runs = with_numbers(_runs(list(glyphs)))
    if not runs:
        return []
    em = _usual_size(runs)
    pages = halves(runs, _span(runs, width), em) if width >= _LANDSCAPE * height else None
    out: list[SetLine | None] = []
    rules = rules_of(shapes)
    grid = grid_rows(rules, shapes)
    for part in pages or framed(runs, shapes) or [runs]:
        if out:
            out += [None] * _BETWEEN_PAGES
        regions = [_lines(region, em) for region in reading_order(part, em, rules, grid)]
        out += _spaced([line for region in regions for line in region], Leadings(regions))
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


def _lines(region: Sequence[Run], em: float) -> list[SetLine]:
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


def _set_line(runs: Sequence[Run]) -> SetLine:
    largest = max(runs, key=lambda r: len(r.glyphs))
    colors = Counter(g.style.color for r in runs for g in r.glyphs)
    return SetLine(
        tuple(runs),
        min(r.x0 for r in runs),
        max(r.x1 for r in runs),
        largest.base,
        largest.size,
        max(colors, key=lambda c: (colors[c], c)),
    )


def _with_room(lines: list[SetLine]) -> list[SetLine]:
    """The lines with what they leave free.

    A right edge that several lines share is that of a column: each line is measured by the
    nearest one, and in ragged text by the longest line that begins where it does.
    """
    begins: dict[int, list[float]] = {}
    for line in lines:
        if not _is_row(line):
            begins.setdefault(round(line.x0 / EDGE), []).append(line.x1)
    usual = {left: median(own) - left * EDGE for left, own in begins.items()}
    # Last lines of two or three ideographs end at one place by chance.
    ends = Counter(
        round(line.x1 / EDGE)
        for line in lines
        if not _is_row(line) and line.x1 - line.x0 >= _NO_EDGE * usual[round(line.x0 / EDGE)]
    )
    shared = sorted(end * EDGE for end, n in ends.items() if n >= _EDGE_LINES)
    out = []
    for line in lines:
        widest = max((other.x1 for other in lines if other.x0 < line.x1), default=line.x1)
        alike = begins.get(round(line.x0 / EDGE), [])
        longest = max(alike) if len(alike) >= _EDGE_LINES else widest
        right = next((end for end in shared if end > line.x1 - EDGE), longest)
        out.append(line._replace(room=max(0.0, right - line.x1)))
    return out


def _is_row(line: SetLine) -> bool:
    """Whether a line is of cells, which say nothing of the width of a column of text."""
    gaps = (b.x0 - a.x1 for a, b in pairwise(line.runs))
    return any(gap > CELL * line.size for gap in gaps)


def _indented(lines: list[SetLine]) -> list[SetLine]:
    """The lines with their indentation from the left edge that most of their kind keep to."""
    if len(lines) < _EDGE_LINES:
        return lines
    kinds: dict[tuple[int, str], list[SetLine]] = {}
    for line in lines:
        kinds.setdefault((round(line.size), line.color), []).append(line)
    right = max(s.x1 for s in lines)
    out = []
    for line in lines:
        alike = kinds[round(line.size), line.color]
        left = _left_edge(alike if len(alike) > 1 else lines)
        indent = (line.x0 - left) / line.size
        centred = abs((line.x0 - left) - (right - line.x1)) < _CENTRED * line.size and not any(
            abs(s.x0 - line.x0) < EDGE and abs(s.x1 - line.x1) >= EDGE for s in alike
        )
        fits = _LEAST_INDENT <= indent <= _MOST_INDENT and not centred
        out.append(line._replace(indent=indent) if fits else line)
    return out


def _left_edge(lines: Sequence[SetLine]) -> float:
    """Where most of a text begins, by the length of its lines.

    Paragraphs of two lines have more text in their indented lines than in the others: where a
    full line goes on further left, the text begins there.
    """
    starts: Counter[int] = Counter()
    for line in lines:
        starts[round(line.x0 / EDGE)] += round(line.x1 - line.x0)
    usual = max(starts, key=lambda s: (starts[s], -s))
    left = min(s.x0 for s in lines if round(s.x0 / EDGE) == usual)
    step = min((b.base - a.base for a, b in pairwise(lines) if b.base > a.base), default=0.0)
    goes_on = [
        below.x0
        for above, below in pairwise(lines)
        if abs(above.x0 - left) < EDGE < left - below.x0 <= FIRST_LINE * above.size
        and above.room < above.size
        and below.base - above.base <= _LOOSE * step
    ]
    return min(goes_on, default=left)


def _spaced(lines: Sequence[SetLine], leadings: Leadings) -> list[SetLine | None]:
    """The lines with None where white space or another look parts them."""
    out: list[SetLine | None] = list(lines[:1])
    for above, below in pairwise(lines):
        leading = leadings.between(above, below)
        step = below.base - above.base
        beside = max(below.x0 - above.x1, above.x0 - below.x1)
        near = step <= _LOOSE * leading and beside <= FIRST_LINE * above.size
        if step <= 0 or (beside > 0 and not near):
            out += [None, below]  # another column
            continue
        if step > _VERY_LOOSE * leading:
            out += [None, None]
        elif step > _LOOSE * leading or not same_size(above, below) or _other_color(above, below):
            out.append(None)
        out.append(below._replace(space=max(0.0, round(step - leading, 1))))
    return out


def _other_color(above: SetLine, below: SetLine) -> bool:
    """Whether the colour tells lines apart; the first words of a paragraph may be coloured."""
    return above.color != below.color and above.room > _FULL * above.size


def _printed(line: SetLine, turned: int) -> PrintedLine:
    apart = tracking(max(line.runs, key=lambda r: len(r.glyphs)))
    out = [" " * round(2 * line.indent)]
    out += row_text(line.runs, line.size, apart, line.cells)
    return PrintedLine("".join(out), _box(line, turned))


def _box(line: SetLine, turned: int) -> Box:
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


def _largest(line: SetLine) -> float:
    """The largest type size of at least two letters, 0 where it is that of most letters."""
    sizes = Counter(g.style.size for r in line.runs for g in r.glyphs if g.text.isalpha())
    words = [size for size, letters in sizes.items() if letters > 1]
    return round(max(words), 1) if words and max(words) > _LARGER * line.size else 0.0
