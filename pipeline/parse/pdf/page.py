"""A page's glyphs → its lines in reading order, with an empty line for the space between blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from pipeline.model import Box
from pipeline.parse.chunks import PrintedLine
from pipeline.parse.pdf.bullets import with_signs
from pipeline.parse.pdf.drawn import Shape
from pipeline.parse.pdf.glyphs import Glyph, PageGlyphs
from pipeline.parse.pdf.grids import grid_rows
from pipeline.parse.pdf.initials import initials_apart, with_initials
from pipeline.parse.pdf.leadings import Leadings
from pipeline.parse.pdf.numbered import with_icons, with_numbers
from pipeline.parse.pdf.order import halves, reading_order
from pipeline.parse.pdf.rows import WIDE, row_text
from pipeline.parse.pdf.runs import Run, make_runs, tracking
from pipeline.parse.pdf.set_lines import FIRST_LINE, LOOSE, SetLine, lines_of, same_size
from pipeline.parse.pdf.shapes import rules_of
from pipeline.parse.pdf.strips import framed

_LARGER = 1.1  # times the size of most letters of its line: a name before a country
_ASCENT, _DESCENT = 0.85, 0.15  # em
_VERY_LOOSE = 4.0  # times the usual leading: what is further apart has nothing to do with it
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
    runs = with_icons(with_numbers(_runs(list(glyphs))))
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
        regions = [lines_of(region, em) for region in reading_order(part, em, rules, grid)]
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
    if alone:  # no initials: they are read as all other glyphs are
        opening = [g for g in large if not any(g is a for a in alone)]
        runs, _ = with_initials(make_runs([*plain, *alone]), opening)
    return runs


def _span(runs: Sequence[Run], width: float) -> float:
    """The width whose middle divides two facing pages; turned text may lie left of its origin."""
    least = min(r.x0 for r in runs)
    return width if least >= 0 else least + max(r.x1 for r in runs)


def _usual_size(runs: Sequence[Run]) -> float:
    sizes: Counter[float] = Counter()
    for run in runs:
        sizes[round(2 * run.size) / 2] += len(run.glyphs)
    return max(sizes, key=lambda s: (sizes[s], s)) or 1.0


def _spaced(lines: Sequence[SetLine], leadings: Leadings) -> list[SetLine | None]:
    """The lines with None where white space or another look parts them."""
    out: list[SetLine | None] = list(lines[:1])
    for above, below in pairwise(lines):
        leading = leadings.between(above, below)
        step = below.base - above.base
        beside = max(below.x0 - above.x1, above.x0 - below.x1)
        near = step <= LOOSE * leading and beside <= FIRST_LINE * above.size
        if step <= 0 or (beside > 0 and not near):
            out += [None, below]  # another column
            continue
        if step > _VERY_LOOSE * leading:
            out += [None, None]
        elif step > LOOSE * leading or not same_size(above, below) or _other_color(above, below):
            out.append(None)
        out.append(below._replace(space=max(0.0, round(step - leading, 1))))
    return out


def _other_color(above: SetLine, below: SetLine) -> bool:
    """Whether the colour tells lines apart; the first words of a paragraph may be coloured."""
    return above.color != below.color and above.room > _FULL * above.size


def _printed(line: SetLine, turned: int) -> PrintedLine:
    apart = tracking(max(line.runs, key=lambda r: len(r.glyphs)))
    texts = row_text(line.runs, line.size, apart, line.cells)
    box = _box(line, turned)
    if WIDE in texts and not turned:
        box = msgspec.structs.replace(box, cells=_cells(line, texts))
    return PrintedLine("".join([" " * round(2 * line.indent), *texts]), box)


def _cells(line: SetLine, texts: Sequence[str]) -> tuple[tuple[float, float], ...]:
    """Where the cells of a line begin and end; `texts` are those of its runs and between them."""
    cells = [[run] for run in line.runs[:1]]
    for run, gap in zip(line.runs[1:], texts[1::2], strict=True):
        if gap == WIDE:
            cells.append([])
        cells[-1].append(run)
    return tuple((round(c[0].x0, 1), round(max(r.x1 for r in c), 1)) for c in cells)


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
