"""Patterns for words of knowledge files, and the keys by which short texts are compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from pipeline.textforms import has_han, match_key, plain

_BEFORE = r"(?<![A-Za-z\u00c0-\u024f])"
_BEHIND = r"(?![A-Za-z\u00c0-\u024f])"


@lru_cache(maxsize=4096)
def letters(text: str) -> str:
    """The letters of a text alone, as they are compared: `Week 22` is `week`."""
    return "".join(c for c in match_key(text) if c.isalpha())


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of some words; Latin words end where letters end.

    A word all in capitals counts only in capitals.
    """
    ordered = [plain(word) for word in sorted(words, key=len, reverse=True)]
    latin = [word for word in ordered if any(map(str.isalpha, word)) and not has_han(word)]
    exact = [word for word in latin if word.isupper()]
    groups = (
        "|".join(_spaced(word) for word in ordered if word not in set(latin)),
        _whole(exact, ""),
        _whole([word for word in latin if not word.isupper()], "i"),
    )
    return f"(?:{'|'.join(filter(None, groups))})"


def _whole(words: Sequence[str], flag: str) -> str:
    """Words that are whole: no letter stands before or behind them."""
    return f"{_BEFORE}(?{flag}:{'|'.join(map(_spaced, words))}){_BEHIND}" if words else ""


def _spaced(word: str) -> str:
    return r"\s*".join(map(re.escape, word.split()))
