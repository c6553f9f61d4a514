"""Initials: large first letters that stand beside the first lines of a text."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.parse.pdf.glyphs import Glyph
from pipeline.parse.pdf.runs import Run

# In em of the text beside the initial.
_LARGE = 1.8
_LEVEL = 0.7  # by which its baseline may miss that of the last line beside it
_EDGE = 0.4
_BESIDE = 1.2
_NEXT_LINE = 1.8
_TOP = 0.8  # of its size: how far above its baseline the first line may stand


def initials_apart(glyphs: Sequence[Glyph], em: float) -> tuple[list[Glyph], list[Glyph]]:
    """Glyphs without single large letters and digits, and these; `em` is the usual type size."""
    large = [g for g in glyphs if g.style.size >= _LARGE * em and not g.text.isspace()]
    alone = [
        g
        for g in large
        if (g.text.isalpha() or g.text.isdigit())
        and not any(
            o is not g
            and abs(o.base - g.base) < o.style.size
            and o.x0 - g.x1 < g.style.size
            and g.x0 - o.x1 < g.style.size
            for o in large
        )
    ]
    return [g for g in glyphs if not any(g is a for a in alone)], alone


def with_initials(runs: Sequence[Run], initials: Sequence[Glyph]) -> tuple[list[Run], list[Glyph]]:
    """The runs, each initial before the first of the lines beside it, which begin where it does.

    The second value is the letters that stand beside no text.
    """
    out = list(runs)
    left: list[Glyph] = []
    for initial in initials:
        beside = sorted((i for i in range(len(out)) if _stands_beside(initial, out[i])),
                        key=lambda i: out[i].base)  # fmt: skip
        level = beside and abs(out[beside[-1]].base - initial.base) <= _LEVEL * out[beside[-1]].size
        if not level:
            left.append(initial)
            continue
        first = out[beside[0]]
        if initial.text.isdigit() and not first.plain[:1].isdigit():
            left.append(initial)  # a number beside a text, and not the year that it begins with
            continue
        letter = initial._replace(x0=first.x0, x1=first.x0, base=first.base)
        out[beside[0]] = first._replace(
            glyphs=(letter, *first.glyphs), spaced=(False, *first.spaced)
        )
        for i in [*beside, *_below(out, out[beside[-1]])]:
            out[i] = out[i]._replace(x0=initial.x0)
    return out, left


def _below(runs: Sequence[Run], last: Run) -> list[int]:
    """The next line, where it begins with the last one beside an initial: the space is taller."""
    return [
        i
        for i, run in enumerate(runs)
        if abs(run.x0 - last.x0) <= _EDGE * last.size
        and 0 < run.base - last.base <= _NEXT_LINE * last.size
    ]


def _stands_beside(initial: Glyph, run: Run) -> bool:
    return (
        initial.style.size >= _LARGE * run.size
        and -_EDGE * run.size <= run.x0 - initial.x1 <= _BESIDE * run.size
        and -_LEVEL * run.size <= initial.base - run.base <= _TOP * initial.style.size
    )
