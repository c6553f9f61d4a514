"""Keys by which a place is found: any script, with or without accents.

`fold` in `assets/report.js` makes the key of what is typed, from the same characters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

from pipeline.report.resources import text_of

# Letters that no decomposition takes apart.
LETTERS = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i",
           "þ": "th", "ħ": "h", "ŋ": "n"}  # fmt: skip


@cache
def hanzi() -> str:
    """Traditional characters, each followed by the simplified one that it is searched as."""
    return text_of("data/hanzi.txt").strip()


@cache
def _table() -> dict[int, str]:
    pairs = hanzi()
    return {ord(a): b for a, b in zip(pairs[::2], pairs[1::2], strict=True)} | {
        ord(a): b for a, b in LETTERS.items()
    }


def fold(text: str) -> str:
    """A text as it is searched: simplified characters, letters without accents, no signs.

    >>> fold("Bielsko-Biała"), fold("廣州 Xi’an")
    ('bielskobiala', '广州xian')
    """
    plain = unicodedata.normalize("NFKD", text).lower().translate(_table())
    return "".join(c for c in plain if c.isalnum())


def key(texts: Iterable[str | None]) -> str:
    """The key of a place that has several names."""
    return " ".join(sorted({fold(t) for t in texts if t} - {""}))
