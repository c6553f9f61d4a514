"""Patterns for words of knowledge files, and the keys by which short texts are compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
    return "(?:" + "|".join(_word(w) for w in sorted(words, key=len, reverse=True)) + ")"


def _word(word: str) -> str:
    body = r"\s*".join(map(re.escape, plain(word).split()))
    if has_han(word) or not any(map(str.isalpha, word)):
        return body
    found = body if word.isupper() else f"(?i:{body})"
    return f"{_BEFORE}{found}{_BEHIND}"
