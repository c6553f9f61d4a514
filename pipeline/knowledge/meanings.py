"""What a part of a label means whose wording is not known: its theme by the word at its head.

The head of a Chinese part stands last (冰雪文化旅游 is a kind of 文化旅游), and so does that of an
English one before its first preposition (`Low-carbon transport for islands` is transport). What
stands before it narrows it; what only says that something is done about it (发展, `policy`) does
not count. A head that no theme has means none, whatever stands before it: `Tourist tax` is a tax.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.errors import KnowledgeError
from pipeline.knowledge import load_toml, made_of
from pipeline.knowledge.nearest import stem, stop_words
from pipeline.textforms import has_han, match_key, plain_form

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:\.\d+)*")
_GAP = "…"
_JOINTS = "的之性"
_MARK = r"[IVX]{1,4}|[A-Z]?\d{1,2}"  # of a numbered theme


class ThemeMeaning(NamedTuple):
    """The code of a theme, the word that means it, and the share of the part that it explains."""

    code: str
    term: str
    share: float


class Meanings:
    """The terms of all themes, ready for matching. Immutable after construction."""

    def __init__(self, data: dict) -> None:
        self._same: dict[str, str] = dict(data["same"]["words"])
        words = sorted(self._same, key=len, reverse=True)
        self._other_word = re.compile("|".join(map(re.escape, words)))
        self.other_letters = frozenset(word[0] for word in words)
        self._han: dict[str, tuple[str, str]] = {}
        self._latin: dict[tuple[str, ...], tuple[str, str]] = {}
        self._around: list[tuple[tuple[str, ...], tuple[str, ...], str, str]] = []
        for theme in data["theme"]:
            for term in theme["terms"]:
                self._add(term, theme["code"])
        tails = data["tails"]["words"]
        self._han_tails = tuple(sorted(filter(has_han, tails), key=len, reverse=True))
        self._latin_tails = frozenset(_words(t) for t in tails if not has_han(t))
        self._prepositions = frozenset(data["tails"]["prepositions"])
        self._longest_han = max(map(len, self._han))
        self._longest_latin = max(map(len, self._latin))
        frames = "|".join(sorted(map(re.escape, data["frames"]["before"]), key=len, reverse=True))
        self._frame = re.compile(
            rf"\s*(?:{frames})s?\s*(?:(?:{_MARK})\s*)?[:：–—-]\s*(?=\S)", re.IGNORECASE
        )

    def _add(self, term: str, code: str) -> None:
        if _GAP in term:
            head, tail = (_words(p) for p in map(self.standard, term.split(_GAP)))
            self._around.append((head, tail, code, term))
            return
        known: dict = self._han if has_han(term) else self._latin
        key = self.standard(match_key(term)) if has_han(term) else _words(term)
        if known.setdefault(key, (code, term))[0] != code:
            raise KnowledgeError(
                f"meanings.toml: `{term}` means {known[key][0]} and {code}",
                "keep it with one theme",
            )

    @lru_cache(maxsize=8192)  # noqa: B019  there is one such object
    def standard(self, text: str) -> str:
        """A simplified text with the words of other regions in those of the label files.

        >>> meanings().standard("永续观光")
        '可持续旅游'
        """
        return self._other_word.sub(lambda m: self._same[m.group()], text) if text else text

    def unframed(self, label: str) -> str:
        """A label without what says which kind of theme it is (`Cross-cutting: …`)."""
        return self._frame.sub("", label, count=1)

    def head(self, part: str) -> ThemeMeaning | None:
        """What a part of a label means by its head, or None."""
        return self._around_any(part) or (
            self._of_han(part) if has_han(part) else self._of_latin(part)
        )

    def _around_any(self, part: str) -> ThemeMeaning | None:
        """The meaning of a term that has others before or behind it."""
        text = self.standard(plain_form(part).casefold())
        words = _words(text)
        for head, tail, code, term in self._around:
            if has_han(term):
                key = "".join(text.split())
                first, last = "".join(head), "".join(tail)
                at = key.find(first)
                if at < 0 or (not last and at) or last not in key[at + len(first) :]:
                    continue
            else:
                at = _find(words, head, 0)
                if at < 0 or (not tail and at) or _find(words, tail, at + len(head)) < 0:
                    continue
            return ThemeMeaning(code, term, 1.0)
        return None

    def _of_han(self, part: str) -> ThemeMeaning | None:
        key = self.standard(match_key(part))
        rest = key
        while rest:
            for size in range(min(self._longest_han, len(rest)), 1, -1):
                if found := self._han.get(rest[-size:]):
                    explained = size + len(key) - len(rest)
                    return ThemeMeaning(*found, explained / len(key))
            tail = next((t for t in self._han_tails if rest.endswith(t)), None)
            if tail is None and rest[-1] not in _JOINTS:
                return None
            rest = rest[: -len(tail)] if tail else rest[:-1]
        return None

    def _of_latin(self, part: str) -> ThemeMeaning | None:
        every = [m.group() for m in _WORD.finditer(plain_form(part).casefold())]
        segments: list[list[str]] = [[]]
        for word in every:
            if word in self._prepositions:
                segments.append([])
            elif word not in stop_words():
                segments[-1].append(stem(word))
        total = sum(map(len, segments))
        stripped = 0
        for segment in segments:
            rest = tuple(segment)
            while rest:
                for size in range(min(self._longest_latin, len(rest)), 0, -1):
                    if found := self._latin.get(rest[-size:]):
                        return ThemeMeaning(*found, (size + stripped) / total)
                if rest[-1:] not in self._latin_tails:
                    return None
                rest = rest[:-1]
                stripped += 1
        return None


def _find(words: tuple[str, ...], part: tuple[str, ...], start: int) -> int:
    """Where some words stand in a row among others, -1 if nowhere."""
    ends = range(start, len(words) - len(part) + 1)
    return next((i for i in ends if words[i : i + len(part)] == part), -1)


def _words(text: str) -> tuple[str, ...]:
    """The stems of a text's words in order; a Chinese text is one word."""
    if has_han(text):
        return ("".join(text.split()),)
    return tuple(stem(m.group()) for m in _WORD.finditer(text.casefold()))


@cache
@made_of("meanings.toml")
def meanings() -> Meanings:
    """The project's meanings, read once."""
    return Meanings(load_toml("meanings.toml"))
