"""Two texts word by word: what is the same in both, and what differs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

# Letters, and numbers with their signs, are taken whole; an ideograph is a word.
_TOKEN = re.compile(r"[A-Za-z\u00c0-\u024f]+|\d[\d.,]*\d|\s+|.", re.DOTALL)


class Stretch(NamedTuple):
    """What is the same in two texts, or else what each of them has in the place of the other's."""

    same: str
    old: str
    new: str


def stretches(old: str, new: str) -> list[Stretch]:
    """Two texts in stretches that are the same and that differ, in turns.

    >>> stretches("12 universities", "14 universities")
    [Stretch(same='', old='12', new='14'), Stretch(same=' universities', old='', new='')]
    """
    from rapidfuzz.distance import Indel

    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    found: list[Stretch] = []
    for op in Indel.opcodes(a, b):
        before = "".join(a[op.src_start : op.src_end])
        after = "".join(b[op.dest_start : op.dest_end])
        if op.tag == "equal":
            found.append(Stretch(before, "", ""))
        else:
            _add(found, before, after)
    return _without_islands(found)


def _without_islands(parts: Sequence[Stretch]) -> list[Stretch]:
    """The stretches, a single character that is the same between two changes joined to them."""
    out: list[Stretch] = []
    for i, part in enumerate(parts):
        island = len(part.same) == 1 and 0 < i < len(parts) - 1
        if part.same and not island:
            out.append(part)
        else:
            _add(out, part.same or part.old, part.same or part.new)
    return out


def _add(found: list[Stretch], old: str, new: str) -> None:
    """Add what differs, to a stretch before it that differs too."""
    if found and not found[-1].same:
        found[-1] = Stretch("", found[-1].old + old, found[-1].new + new)
    else:
        found.append(Stretch("", old, new))
