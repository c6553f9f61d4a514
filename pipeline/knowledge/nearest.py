"""The known label that an unknown one comes nearest to, where no other thing can be meant.

Short labels leave little room: one ideograph, or one letter, may make another theme. So a score
alone decides nothing. Latin labels are compared word by word; Chinese ones may differ only in
characters that make no other word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property, lru_cache
from typing import Generic, NamedTuple, TypeVar

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Levenshtein

from pipeline.knowledge import load_toml
from pipeline.textforms import has_han, match_key

T = TypeVar("T")

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:\.\d+)*")
_NUMBERS = re.compile(r"\d+(?:\.\d+)*")
_BELOW_EXACT = 0.99
_LONGEST = 120  # characters; no label is as long
_NO_LABEL = re.compile(r"[。！？!?：:“”《》©]|\.\s")


class Near(NamedTuple, Generic[T]):
    """What a label comes nearest to: a value, the known label for it, and a score below 1."""

    value: T
    label: str
    score: float


class _Rules:
    """The data of nearest.toml."""

    def __init__(self, data: dict) -> None:
        limits, latin, han = data["limits"], data["latin"], data["han"]
        self.least: float = limits["least"]
        self.han_for_each: int = limits["han_for_each"]
        self.letters: int = limits["letters"]
        self.explained: float = limits["explained"]
        self.stop = frozenset(latin["stop"])
        self.endings = [(a, b) for a, b in latin["endings"]]
        self.spellings = [(a, b) for a, b in latin["spellings"]]
        self.generic = frozenset(self.stem(w) for w in latin["generic"])
        self.joints = frozenset(han["joints"])
        self.generic_han: tuple[str, ...] = tuple(han["generic"])

    def stem(self, word: str) -> str:
        """A word without what tells its number, its American spelling or its kind of adjective."""
        word = re.sub(r"iz(?=ation|ing|ed|e\b)", "is", word)
        for american, british in self.spellings:
            if word.startswith(american) and not word.startswith(british):
                word = british + word[len(american) :]
        for ending, other in self.endings:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                return word[: -len(ending)] + other
        return word

    def words(self, label: str) -> tuple[str, ...]:
        """The stems of a Latin label's words, in alphabetical order."""
        text = unicodedata.normalize("NFKD", label.replace("&", " and ")).casefold()
        text = text.replace("co-oper", "cooper")
        text = "".join(c for c in text if not unicodedata.combining(c))
        return tuple(sorted(self.stem(w) for w in _WORD.findall(text) if w not in self.stop))


@cache
def _rules() -> _Rules:
    return _Rules(load_toml("nearest.toml"))


def stem(word: str) -> str:
    """A lower-case word without what tells its number, its spelling or its kind of adjective."""
    return _rules().stem(word)


def stop_words() -> frozenset[str]:
    """Words of a Latin label that mean nothing by themselves."""
    return _rules().stop


_BITS = 251


class _Form(NamedTuple):
    """What of a label is compared.

    `joints` counts the characters of a Chinese label that join two words, `marks` has a bit for
    each of its characters, which some share; `initials` are those of a Latin label's words.
    """

    key: str
    numbers: tuple[str, ...]
    han: bool
    joints: int
    marks: int
    words: tuple[str, ...]
    initials: frozenset[str]


@lru_cache(maxsize=4096)
def _form(label: str) -> _Form:
    key = match_key(label)
    han = has_han(label)
    joints = sum(c in _rules().joints for c in key) if han else 0
    words = () if han else _rules().words(label)
    initials = frozenset(word[0] for word in words)
    marks = 0
    for char in key if han else "":
        marks |= 1 << ord(char) % _BITS
    return _Form(key, tuple(_NUMBERS.findall(key)), han, joints, marks, words, initials)


class _Known(NamedTuple, Generic[T]):
    """A known label, what it stands for, and its form."""

    label: str
    value: T
    form: _Form


class Nearest(Generic[T]):
    """Known labels with what they stand for. Immutable after construction."""

    def __init__(self, known: Iterable[tuple[str, T]]) -> None:
        self._values = dict(known)
        self._of_size: dict[int, tuple[_Known[T], ...]] = {}

    def find(self, label: str, is_word: Callable[[str], bool]) -> Near[T] | None:
        """The one value that a label can only mean, or None.

        `is_word` tells whether a Chinese text is a dictionary word: a differing character that
        makes one is no slip (建筑智能 is not 建筑节能).
        """
        if len(label) > _LONGEST or not label.strip() or _NO_LABEL.search(label):
            return None
        ours = _form(label)
        found: list[Near[T]] = []
        for known, value, theirs in self._comparable(ours):
            if ours.numbers == theirs.numbers:
                points = (
                    _han_score(ours, theirs, is_word)
                    if ours.han
                    else _latin_score(ours.words, theirs.words)
                )
                if points >= _rules().least:
                    found.append(Near(value, known, round(min(points, _BELOW_EXACT), 3)))
        best = max(found, key=lambda n: n.score, default=None)
        if best is None or any(n.value != best.value and n.score >= best.score for n in found):
            return None
        return best

    def _comparable(self, ours: _Form) -> Sequence[_Known[T]]:
        """The known labels in the script of ours that are not out of the question at a glance.

        Those in Chinese are of about its length; the words of those in Latin letters begin as
        some of ours do.
        """
        if not ours.han:
            return [k for k in self._latin if k.form.initials <= ours.initials]
        size = len(ours.key)
        if size not in self._of_size:
            self._of_size[size] = tuple(k for k in self._han if _alike(size, len(k.form.key)))
        # Each character of theirs that ours has not is a difference.
        lacks, most = ~ours.marks, size // _rules().han_for_each + ours.joints
        return [k for k in self._of_size[size] if (k.form.marks & lacks).bit_count() <= most]

    @cached_property
    def _han(self) -> tuple[_Known[T], ...]:
        return tuple(_Known(k, v, _form(k)) for k, v in self._values.items() if has_han(k))

    @cached_property
    def _latin(self) -> tuple[_Known[T], ...]:
        return tuple(_Known(k, v, _form(k)) for k, v in self._values.items() if not has_han(k))


def _alike(size: int, other: int) -> bool:
    """Whether two Chinese labels of so many characters may be one, the longer with a slip."""
    less, more = sorted((size, other))
    return less >= max(_rules().han_for_each, _rules().least * more)


def explains(parts: Sequence[str], label: Sequence[str]) -> float:
    """The share of a label's parts that some known ones explain; 0.0 where it is too small.

    A known part must be long enough to mean one thing by itself.
    """
    share = sum(len(match_key(p)) for p in parts) / max(1, sum(len(match_key(p)) for p in label))
    distinct = all(
        len(match_key(p)) >= _rules().han_for_each if has_han(p) else len(p.split()) > 1
        for p in parts
    )
    return share if distinct and share >= _rules().explained else 0.0


def _latin_score(ours: Sequence[str], theirs: Sequence[str]) -> float:
    """Every word must have its counterpart; words without meaning of their own may be left over."""
    if not theirs or len(ours) < len(theirs):
        return 0.0
    left = _unpaired(ours, theirs)
    if left is None or any(w not in _rules().generic for w in left):
        return 0.0
    if left and len(theirs) < 2:
        return 0.0
    return fuzz.ratio(" ".join(ours), " ".join(theirs)) / 100


def _unpaired(ours: Sequence[str], theirs: Sequence[str]) -> list[str] | None:
    """Our words without a counterpart; None if one of theirs has none."""
    left = list(ours)
    for word in theirs:
        found = next((w for w in left if w == word), None) or next(
            (w for w in left if _one_slip(w, word)), None
        )
        if found is None:
            return None
        left.remove(found)
    return left


def _one_slip(a: str, b: str) -> bool:
    """Whether two words differ in one letter, or in two that changed places."""
    if min(len(a), len(b)) < _rules().letters or a[0] != b[0]:
        return False
    return OSA.distance(a, b, score_cutoff=1) <= 1


def _han_score(our: _Form, their: _Form, is_word: Callable[[str], bool]) -> float:
    """Few characters may differ, and none so that it makes another word."""
    rules = _rules()
    ours, theirs = our.key, their.key
    if ours.startswith(theirs) and ours[len(theirs) :] in rules.generic_han:
        return len(theirs) / len(ours)
    slight = min(len(ours), len(theirs)) // rules.han_for_each
    most = slight + our.joints
    if Levenshtein.distance(theirs, ours, score_cutoff=most) > most:
        return 0.0
    steps = Levenshtein.editops(theirs, ours)
    slips = [s for s in steps if not _is_joint(s.tag, ours, s.dest_pos)]
    if len(slips) > slight:
        return 0.0
    if any(_makes_a_word(s.tag, ours, theirs, s.dest_pos, is_word) for s in slips):
        return 0.0
    return 1 - len(steps) / max(len(ours), len(theirs))


def _is_joint(tag: str, ours: str, at: int) -> bool:
    return tag == "insert" and ours[at] in _rules().joints


def _makes_a_word(
    tag: str, ours: str, theirs: str, at: int, is_word: Callable[[str], bool]
) -> bool:
    """Whether the characters at a difference make a word that the known label does not hold."""
    if tag == "delete":
        around = [ours[max(0, at - 1) : at + 1]]
    else:
        spans = ((at - 1, at + 1), (at, at + 2), (at - 2, at + 1), (at, at + 3))
        around = [ours[max(0, start) : stop] for start, stop in spans]
    return any(len(w) > 1 and w not in theirs and is_word(w) for w in around)
