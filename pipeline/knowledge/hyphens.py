"""Whether a hyphen at a line's end belongs to the word or was put there to break it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from pipeline.knowledge import load_csv, load_toml, made_of
from pipeline.textforms import has_latin

_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_TAIL = re.compile(r"([^\W\d_]+)[-‐\u00ad]$")
_SHORTEST = 3
_HEAD = re.compile(r"[^\W\d_]+")
# A program that hyphenates breaks one line in twenty or more, and mostly within syllables.
_LEAST_BREAKS, _MOST_BREAKS = 2, 0.05


class Hyphens(NamedTuple):
    """What is known of hyphens: compounds in general, and the words of one document.

    `unbroken` is whether no word of the document is broken, so that all its hyphens are printed.
    """

    always_first: frozenset[str]
    always_last: frozenset[str]
    first: frozenset[str]
    last: frozenset[str]
    before_participle: frozenset[str]
    participles: frozenset[str]
    printed: frozenset[str] = frozenset()
    unbroken: bool = False

    def of(self, texts: Iterable[str]) -> Hyphens:
        """The same, with the words that the lines of a document print whole.

        Lines without a Latin letter hold none that a hyphen may break.
        """
        latin = [t for t in texts if has_latin(t)]
        words = (w for t in latin for w in _WORD.findall(t.rstrip("-‐")))
        found = frozenset(w.casefold().replace("‐", "-") for w in words)
        return self._replace(printed=found, unbroken=_is_unbroken(latin))

    def keeps(self, left: str, right: str) -> bool:
        """Whether the hyphen at the end of the line `left` stays before the line `right`.

        A part that does not begin in lower case is a name or another word (`Castilla-La`),
        except where all of it is set in capitals.
        """
        tail, head = _TAIL.search(left), _HEAD.match(right)
        if not tail or not head:
            return True
        a, b = tail.group(1), head.group()
        if "\u00ad" in left[-1:]:
            return False
        if b[0].isupper() and not (a.isupper() and b[:2].isupper()):
            return True
        a, b = a.casefold(), b.casefold()
        if (a + b in self.printed) != (f"{a}-{b}" in self.printed):
            return f"{a}-{b}" in self.printed
        if (
            self.unbroken
            or len(a) == 1  # e-government: no word is broken behind its first letter
            or a in self.always_first
            or (b in self.always_last and len(a) >= _SHORTEST)
        ):
            return True
        if a in self.before_participle and b.endswith(tuple(self.participles)):
            return True
        if a in self.first and b in self.last:
            return True
        return tail.group(1)[0].islower() and is_compound(a, b)


def _is_unbroken(lines: list[str]) -> bool:
    """Whether all hyphens at the ends of lines stand between two usual words, and are few."""
    ends = ((_TAIL.search(a.rstrip()), _HEAD.match(b.lstrip())) for a, b in pairwise(lines))
    breaks = [(a.group(1), b.group()) for a, b in ends if a and b and b.group()[0].islower()]
    if not _LEAST_BREAKS <= len(breaks) <= _MOST_BREAKS * len(lines):
        return False
    usual, _ = _words()
    return all(a.casefold() in usual and b in usual for a, b in breaks)


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """The usual English words, and all that are one word though they are made of two."""
    rows = load_csv("words.csv", ("word", "usual"))
    return frozenset(w for w, usual in rows if usual == "1"), frozenset(w for w, _ in rows)


def is_compound(first: str, last: str) -> bool:
    """Whether two usual English words are no word together, so that a hyphen joins them.

    >>> is_compound("zero", "waste"), is_compound("water", "front"), is_compound("trans", "port")
    (True, False, False)
    """
    usual, known = _words()
    return first in usual and last in usual and first + last not in known


@cache
@made_of("hyphens.toml", "words.csv")
def hyphens() -> Hyphens:
    """The project's knowledge of hyphens, read once."""
    data = load_toml("hyphens.toml")
    lists: dict[str, Any] = {name: frozenset(words) for name, words in data.items()}
    return Hyphens(**lists)
