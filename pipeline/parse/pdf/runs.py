"""Glyphs → runs: what stands together on one baseline with no wide gap inside.

Spaces in a PDF are hints at best: some programs print them, some only move on. Gaps decide, and
printed spaces are believed where there are any.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from pipeline.parse.pdf.glyphs import Glyph, GlyphStyle, without_copies
from pipeline.textforms import is_han, is_latin

# All in em, the type size.
_SAME_BASELINE = 0.3
_RUN_GAP = 0.75  # a wider gap ends a run; the narrowest gutter is a little wider
_WORD_GAP = 0.15
_HAN_GAP = 0.6
_OTHER_INK = 0.2  # between a label and what it says, where the one is set in another ink
_MIXED_GAP = 0.4  # typesetters put a quarter em between Chinese and Latin without meaning a space
_EVEN = 0.25  # how much the gaps of letter-spaced type may differ, in parts of their median
_WIDEST_TRACKING = 4.0
_RAISED = 0.6  # a small sign this near to the baseline of larger type belongs to it: km²
_LIFTED = 0.15  # of the larger type, by which a raised digit stands above its baseline
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_MARK = 0.82  # of the digits before it, at most
_SMALL = 0.85  # browsers set a raised sign in five sixths
_INSIDE = 0.15  # by which a sign may overlap the letters beside it
_FULL_WIDTH_SIGN = re.compile(r"[\u3000-\u303f\uff00-\uffef‘’“”…—·]")


class Run(NamedTuple):
    """Glyphs on one baseline in the order of reading, with printed spaces left out.

    `spaced` tells for each glyph whether a printed space stands before it; `plain` has the
    characters without any space.
    """

    glyphs: tuple[Glyph, ...]
    spaced: tuple[bool, ...]
    x0: float
    x1: float
    base: float
    size: float
    plain: str

    @property
    def style(self) -> GlyphStyle:
        """The style of most of its glyphs."""
        styles = [g.style for g in self.glyphs]
        return max(styles, key=styles.count)


def make_runs(glyphs: Iterable[Glyph]) -> list[Run]:
    """The runs of glyphs of one direction, from top to bottom and left to right."""
    runs: list[Run] = []
    for row in _baselines(without_copies(glyphs)):
        found = _split(sorted(row, key=lambda g: (g.x0, g.x1)))
        runs += _letter_spaced(found)
    return sorted(_with_raised(runs), key=lambda r: (r.base, r.x0))


def _baselines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The glyphs by rows; all that stand at one height are in one, whatever their order."""
    rows: list[list[Glyph]] = []
    anchor, reach = 0.0, 0.0
    ordered = sorted(glyphs, key=lambda g: g.base)
    for height, group in groupby(ordered, key=lambda g: round(g.base, 2)):
        level = list(group)
        smallest = min(g.style.size for g in level)
        if not rows or height - anchor > _SAME_BASELINE * min(smallest, reach):
            rows.append([])
            anchor, reach = height, smallest
        rows[-1] += level
    return rows


def _split(row: Sequence[Glyph]) -> list[Run]:
    """One baseline, cut where a wide gap stands."""
    runs: list[Run] = []
    glyphs: list[Glyph] = []
    spaced: list[bool] = []
    space = False
    for glyph in row:
        if glyph.text.isspace():
            space = True
            continue
        if glyphs:
            gap = glyph.x0 - glyphs[-1].x1
            if gap > _RUN_GAP * max(glyph.style.size, glyphs[-1].style.size):
                runs.append(run_of(glyphs, spaced))
                glyphs, spaced = [], []
            elif not space and _is_mark(glyph, glyphs[-1]):
                glyphs.append(glyph._replace(text=glyph.text.translate(_SUPERSCRIPTS)))
                spaced.append(False)
                continue
        glyphs.append(glyph)
        spaced.append(space and len(glyphs) > 1)
        space = False
    if glyphs:
        runs.append(run_of(glyphs, spaced))
    return runs


def _is_mark(glyph: Glyph, before: Glyph) -> bool:
    """Whether a digit right behind another one is so small that it is the mark of a footnote."""
    digits = glyph.text.isdecimal() and before.text[-1:].isdigit()
    marks = before.text in _RAISED_DIGITS and glyph.style.size == before.style.size
    return digits and (marks or glyph.style.size <= _MARK * before.style.size)


def run_of(glyphs: Sequence[Glyph], spaced: Sequence[bool]) -> Run:
    """A run of some glyphs; `spaced` tells before which of them a space is printed."""
    sizes = [g.style.size for g in glyphs]
    bases = [g.base for g in glyphs]
    return Run(
        tuple(glyphs),
        tuple(spaced),
        min(g.x0 for g in glyphs),
        max(g.x1 for g in glyphs),
        median(bases) if len(bases) > 1 else bases[0],
        max(sizes, key=sizes.count) if len(set(sizes)) > 1 else sizes[0],
        "".join(g.text for g in glyphs),
    )


def _letter_spaced(runs: Sequence[Run]) -> list[Run]:
    """The runs of one baseline, with single letters that stand evenly apart put together."""
    out: list[Run] = []
    group: list[Run] = []
    for run in [*runs, None]:
        if run is not None and len(run.glyphs) == 1 and _goes_on(group, run):
            group.append(run)
            continue
        out += _together(group)
        group = []
        if run is not None:
            if len(run.glyphs) == 1:
                group = [run]
            else:
                out.append(run)
    return out


def _goes_on(group: Sequence[Run], run: Run) -> bool:
    if not group:
        return True
    gap = run.x0 - group[-1].x1
    if run.style != group[-1].style or gap > _WIDEST_TRACKING * run.size:
        return False
    gaps = [b.x0 - a.x1 for a, b in pairwise(group)]
    return not gaps or abs(gap - median(gaps)) <= _EVEN * max(gap, median(gaps))


def _together(group: Sequence[Run]) -> list[Run]:
    letters = all(is_han(r.plain) for r in group) or all(is_latin(r.plain) for r in group)
    if len(group) < 2 or not letters or (len(group) == 2 and not is_han(group[0].plain)):
        return list(group)
    return [run_of([r.glyphs[0] for r in group], [False] * len(group))]


def _with_raised(runs: list[Run]) -> list[Run]:
    """Small raised or lowered signs joined to the run they follow."""
    out = sorted(runs, key=lambda r: -r.size)
    kept: list[Run] = []
    for run in out:
        host = None
        if len(run.glyphs) <= 3 and _put_inside(kept, run):
            continue
        if len(run.glyphs) <= 3:
            host = next((i for i, r in enumerate(kept) if _follows(r, run)), None)
        if host is None:
            kept.append(run)
        else:
            large = kept[host]
            sign = _as_raised(large, run)
            kept[host] = large._replace(
                glyphs=(*large.glyphs, *sign.glyphs),
                spaced=(*large.spaced, False, *sign.spaced[1:]),
                x1=sign.x1,
                plain=large.plain + sign.plain,
            )
    return _rejoined(kept)


def _as_raised(large: Run, small: Run) -> Run:
    """A small sign with raised digits printed as such: km², and the mark of a footnote.

    Else that would join the number before it.
    """
    if not small.plain.isdecimal() or large.base - small.base < _LIFTED * large.size:
        return small
    glyphs = tuple(g._replace(text=g.text.translate(_SUPERSCRIPTS)) for g in small.glyphs)
    return small._replace(glyphs=glyphs, plain="".join(g.text for g in glyphs))


def _put_inside(kept: list[Run], small: Run) -> bool:
    """Whether a small raised sign stands in a gap of a run of larger type; it is put there."""
    for i, large in enumerate(kept):
        if not (
            small.size <= _SMALL * large.size
            and 0 < abs(large.base - small.base) <= _RAISED * large.size
            and large.x0 < small.x0 < small.x1 < large.x1
        ):
            continue
        edge = small.x0 + _INSIDE * large.size
        at = next((k for k, g in enumerate(large.glyphs) if g.x1 > edge), None)
        if at is None:  # the last letters of a damaged run need not reach its end
            return False
        left, right = large.glyphs[at - 1] if at else None, large.glyphs[at]
        if left is None or right.x0 < small.x1 - _INSIDE * large.size:
            return False
        sign = _as_raised(large, small)
        glyphs = (*large.glyphs[:at], *sign.glyphs, *large.glyphs[at:])
        kept[i] = large._replace(
            glyphs=glyphs,
            spaced=(*large.spaced[:at], False, *sign.spaced[1:], *large.spaced[at:]),
            plain="".join(g.text for g in glyphs),
        )
        return True
    return False


def _follows(large: Run, small: Run) -> bool:
    return (
        small.size <= _SMALL * large.size
        and 0 < abs(large.base - small.base) <= _RAISED * large.size
        and -0.1 * large.size <= small.x0 - large.x1 <= 0.25 * large.size
    )


def _rejoined(runs: list[Run]) -> list[Run]:
    """Runs on one baseline that a raised sign between them had kept apart, joined again."""
    out: list[Run] = []
    for run in sorted(runs, key=lambda r: (round(r.base, 1), r.x0)):
        last = out[-1] if out else None
        if (
            last is not None
            and abs(last.base - run.base) <= _SAME_BASELINE * min(last.size, run.size)
            and last.glyphs[-1].base != last.base
            and -0.1 * run.size <= run.x0 - last.x1 <= _RUN_GAP * run.size
        ):
            out[-1] = last._replace(
                glyphs=(*last.glyphs, *run.glyphs),
                spaced=(*last.spaced, *run.spaced),
                x1=run.x1,
                plain=last.plain + run.plain,
            )
        else:
            out.append(run)
    return out


def run_text(run: Run, line_tracking: float = 0.0) -> str:
    """The text of a run, with a space where the gap or a printed space says so.

    `line_tracking` is how far apart (in em) the letters of its line are set, for a run of which
    too few letters tell.
    """
    pairs = list(pairwise(run.glyphs))
    apart = tracking(run) if len(pairs) > 1 else line_tracking
    out = [run.glyphs[0].text]
    for (left, right), space in zip(pairs, run.spaced[1:], strict=True):
        gap = (right.x0 - left.x1) / run.size
        if gap >= _OTHER_INK + apart and _ends_label(left, right):
            out.append("   ")
        elif space or gap > _threshold(left.text, right.text) + apart:
            out.append(" ")
        out.append(right.text)
    return "".join(out)


def _ends_label(left: Glyph, right: Glyph) -> bool:
    """Whether a Chinese label in another ink ends before a letter: no space is set there else."""
    if not is_wide(left.text):
        return False
    recoloured = left.style.color != right.style.color
    return recoloured or (is_wide(right.text) and left.style.font != right.style.font)


def tracking(run: Run) -> float:
    """How far apart, in em, the letters of a justified or letter-spaced run are set."""
    gaps = sorted(
        (b.x0 - a.x1) / run.size
        for (a, b), space in zip(pairwise(run.glyphs), run.spaced[1:], strict=True)
        if not space
    )
    return max(0.0, gaps[len(gaps) // 4]) if gaps else 0.0


def word_gaps(run: Run, apart: float) -> list[float]:
    """How wide the spaces between the words of a run are, in points; `apart` is its tracking."""
    return [
        right.x0 - left.x1
        for (left, right), space in zip(pairwise(run.glyphs), run.spaced[1:], strict=True)
        if space or right.x0 - left.x1 > (_threshold(left.text, right.text) + apart) * run.size
    ]


@lru_cache(maxsize=16384)
def is_wide(char: str) -> bool:
    """Whether a character takes a whole em, as ideographs and their signs do."""
    return is_han(char) or bool(_FULL_WIDTH_SIGN.match(char))


def _threshold(left: str, right: str) -> float:
    if is_wide(left):
        return _HAN_GAP if is_wide(right) else _MIXED_GAP
    return _MIXED_GAP if is_wide(right) else _WORD_GAP
