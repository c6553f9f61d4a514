"""Two versions of a section's paragraphs: which belong together, and how alike they are."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.textforms import CHINESE, han_share, match_key

# Paragraphs less alike than this are not versions of one another: Latin texts without anything
# in common are about 0.5 alike by their letters.
_VERSION_OF = 0.6


class ParagraphPair(NamedTuple):
    """A paragraph in both versions, or in one; positions count from 1."""

    old: int | None
    new: int | None
    similarity: float


class Wording(NamedTuple):
    """How two versions of a section compare: its pairs, and how alike the whole is."""

    pairs: tuple[ParagraphPair, ...]
    similarity: float
    reordered: bool

    @property
    def differing(self) -> list[ParagraphPair]:
        """The pairs whose text is not the same letter by letter."""
        return [p for p in self.pairs if p.similarity < 1]


def is_chinese(texts: Iterable[str]) -> bool | None:
    """Whether texts are in Chinese; None if they hold no letters that could tell."""
    joined = "".join(texts)
    if not any(c.isalpha() for c in joined):
        return None
    return han_share(joined) >= CHINESE


def compare_wording(old: Sequence[str], new: Sequence[str]) -> Wording:
    """The paragraphs of two versions, joined by likeness whatever their order.

    The result for (new, old) is the mirror of that for (old, new).
    """
    joined = _same(old, new)
    joined += _alike(old, new, joined)
    left = {p.old for p in joined}
    right = {p.new for p in joined}
    lone = [ParagraphPair(i, None, 0.0) for i in range(1, len(old) + 1) if i not in left]
    lone += [ParagraphPair(None, j, 0.0) for j in range(1, len(new) + 1) if j not in right]
    ordered = sorted(joined, key=lambda p: p.old or 0)
    after = [p.new or 0 for p in ordered]
    return Wording(
        tuple(sorted([*joined, *lone], key=_place)),
        _whole(joined, old, new),
        after != sorted(after),
    )


def _place(pair: ParagraphPair) -> tuple[int, int]:
    """Where a pair is listed: by its place in the later version, else in the earlier."""
    return (pair.new or pair.old or 0, 0 if pair.new is None else 1)


def _same(old: Sequence[str], new: Sequence[str]) -> list[ParagraphPair]:
    """The paragraphs that stand in both versions letter by letter, the first with the first."""
    places: dict[str, list[int]] = {}
    for j, text in enumerate(new, start=1):
        places.setdefault(text, []).append(j)
    return [
        ParagraphPair(i, places[t].pop(0), 1.0) for i, t in enumerate(old, start=1) if places.get(t)
    ]


def _alike(
    old: Sequence[str], new: Sequence[str], same: Sequence[ParagraphPair]
) -> list[ParagraphPair]:
    """The other paragraphs, the likest first; among equals, those nearest to one another."""
    from rapidfuzz import fuzz

    left = sorted(set(range(1, len(old) + 1)) - {p.old for p in same})
    right = sorted(set(range(1, len(new) + 1)) - {p.new for p in same})
    likely: list[ParagraphPair] = []
    for i in left:
        for j in right:
            score = fuzz.ratio(old[i - 1], new[j - 1], score_cutoff=100 * _VERSION_OF) / 100
            if score:
                likely.append(ParagraphPair(i, j, score))
    found: list[ParagraphPair] = []
    for pair in sorted(likely, key=_nearest_likest):
        if all(pair.old != p.old and pair.new != p.new for p in found):
            found.append(pair)
    return found


def _nearest_likest(pair: ParagraphPair) -> tuple[float, int, int]:
    i, j = pair.old or 0, pair.new or 0
    return (-pair.similarity, abs(i - j), i + j)  # symmetric, so that the mirror sorts alike


def _whole(joined: Sequence[ParagraphPair], old: Sequence[str], new: Sequence[str]) -> float:
    """Likeness of all, each paragraph by its length; to four decimals, 1.0 only for the same."""
    total = sum(map(len, old)) + sum(map(len, new))
    everywhere = len(joined) == len(old) == len(new)
    alike = sum(
        p.similarity * (len(old[p.old - 1]) + len(new[p.new - 1]))
        for p in sorted(joined, key=_nearest_likest)
        if p.old and p.new
    )
    if not total or (everywhere and all(p.similarity == 1 for p in joined)):
        return 1.0
    return min(round(alike / total, 4), 0.9999)


def only_spelled(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether two versions differ in white space, widths and capitals alone."""
    return [match_key(t) for t in old] == [match_key(t) for t in new]


def summary(wording: Wording) -> str:
    """What changed between two versions of a section, its paragraphs named by position."""
    changed = [p for p in wording.differing if p.old and p.new]
    named = [str(p.new) if p.old == p.new else f"{p.old}→{p.new}" for p in changed]
    added = [str(p.new) for p in wording.pairs if p.old is None]
    removed = [str(p.old) for p in wording.pairs if p.new is None]
    parts: list[str] = []
    for what, which in (("changed", named), ("added", added), ("removed", removed)):
        if which:
            noun = "" if parts else f" paragraph{'' if len(which) == 1 else 's'}"
            parts.append(f"{len(which)}{noun} {what} ({', '.join(which)})")
    if wording.reordered:
        parts.append("the order changed")
    return f"{', '.join(parts)}; {int(wording.similarity * 100)}% alike"


def name_key(name: str) -> str:
    """The form in which spellings of one name agree: no diacritics, capitals, signs, spaces."""
    parts = unicodedata.normalize("NFKD", match_key(name))
    return "".join(c for c in parts if c.isalnum())
