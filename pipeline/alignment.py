"""Where the characters of a rebuilt text are printed: text → characters of source lines.

Tables give the lines of a paragraph and not the place of each character, because paragraphs are
rebuilt from wrapped lines. Here the two are laid side by side again. What cannot be found keeps no
place, and a page then shows the lines as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.textforms import as_shown

_PROBE = 6  # characters by which the place is found again after a difference
_SURE = 3  # so many are enough at the end of a text
_MISSES = 60  # differences after which the rest is given up

Spot = tuple[int, int]  # index of a line, character in it


class LineSpan(NamedTuple):
    """Characters `start` to `end` of a line, given by its index."""

    line: int
    start: int
    end: int


def places(text: str, lines: Sequence[str]) -> list[Spot | None]:
    """For each character of `text` where it stands in `lines`; None for white space and the lost.

    >>> places("ab c", ["  a", "b-c"])
    [(0, 2), (1, 0), None, (1, 2)]
    """
    printed = [_letters(line) for line in lines]
    stream = [(n, i) for n, (_, indices) in enumerate(printed) for i in indices]
    wanted = [i for i, char in enumerate(text) if not char.isspace()]
    found = _aligned("".join(text.split()), "".join(chars for chars, _ in printed))
    out: list[Spot | None] = [None] * len(text)
    for i, at in zip(wanted, found, strict=True):
        if at is not None:
            out[i] = stream[at]
    return out


def spans(found: Iterable[Spot | None]) -> list[LineSpan]:
    """The places of some characters, joined to a span for each line; those without are left out."""
    ends: dict[int, tuple[int, int]] = {}
    for place in found:
        if place is not None:
            line, at = place
            start, end = ends.get(line, (at, at + 1))
            ends[line] = min(start, at), max(end, at + 1)
    return [LineSpan(line, *ends[line]) for line in sorted(ends)]


@lru_cache(maxsize=4096)
def _letters(line: str) -> tuple[str, tuple[int, ...]]:
    """The characters of a line that print something, as tables hold them, and their indices."""
    if line.isascii() or as_shown(line) == line:
        own = [(char, i) for i, char in enumerate(line) if not char.isspace()]
    else:
        own = [(c, i) for i, char in enumerate(line) for c in as_shown(char) if not c.isspace()]
    return "".join(char for char, _ in own), tuple(i for _, i in own)


def _aligned(wanted: str, stream: str) -> list[int | None]:
    """The index in `stream` of each character of `wanted`, in order where that is possible."""
    whole = stream.find(wanted)
    if whole >= 0:
        return list(range(whole, whole + len(wanted)))
    out: list[int | None] = []
    at, misses = 0, 0
    for i, char in enumerate(wanted):
        if at and at < len(stream) and stream[at] == char:
            out.append(at)
            at += 1
            continue
        misses += 1
        if misses > _MISSES:
            return out + [None] * (len(wanted) - len(out))
        probe = wanted[i : i + _PROBE]
        if len(probe) < _SURE:
            # So few characters stand anywhere; the end of what was found so far tells.
            again = stream.find(probe, at, at + _SURE) if at else -1
        else:
            again = stream.find(probe, at)
            again = stream.find(probe) if again < 0 else again
        if again < 0:
            out.append(None)
        else:
            out.append(again)
            at = again + 1
    return out
