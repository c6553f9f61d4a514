"""Which lines of one run are headings, where the lines beside them tell."""

from __future__ import annotations

from itertools import pairwise

from pipeline.knowledge.layouts import BOX_TITLES, Layouts
from pipeline.knowledge.themes import join_label
from pipeline.segment.lines.marks import Mark
from pipeline.textforms import ends_sentence, has_han, match_key

_LONGEST_WORD = 2
_MOST_LINES = 3


def settle_headings(marks: list[Mark], texts: list[str], layouts: Layouts) -> list[Mark]:
    """The marks of a run of lines with its headings certain.

    The second and third line of a heading are marked as headings without a kind.
    """
    return _wrapped(_without_words(marks, texts), texts, layouts)


def _without_words(marks: list[Mark], texts: list[str]) -> list[Mark]:
    """The marks without titles of one word that are the rest of the sentence above them."""
    out = list(marks)
    for i, (above, mark) in enumerate(pairwise(marks), start=1):
        word = len(match_key(texts[i])) <= _LONGEST_WORD
        title = mark.heading and (word or mark.heading in BOX_TITLES) and has_han(texts[i])
        if title and above.kind == "text" and not ends_sentence(texts[i - 1]):
            out[i] = mark._replace(kind="text", heading=None)
    return out


def _wrapped(marks: list[Mark], texts: list[str], layouts: Layouts) -> list[Mark]:
    """The marks with headings on two or three lines."""
    out = list(marks)
    for i, mark in enumerate(out):
        if mark.kind not in ("text", "heading") or (mark.kind == "heading" and not mark.heading):
            continue
        if not layouts.may_begin_heading(texts[i]):
            continue
        for end in range(min(i + _MOST_LINES, len(out)), i + 1, -1):
            if any(m.kind not in ("text", "heading") for m in out[i + 1 : end]):
                continue
            kind = layouts.heading(join_label(texts[i:end]))
            if kind and mark.heading in (None, kind):
                out[i] = mark._replace(kind="heading", heading=kind)
                out[i + 1 : end] = [
                    m._replace(kind="heading", heading=None) for m in out[i + 1 : end]
                ]
                break
    return out
