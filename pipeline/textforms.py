"""Forms of text: widths, scripts, and the keys under which labels are compared.

Printed text is never changed by these functions; keys are for comparing only.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

HAN = "\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_SPACE_OR_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")

_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")
_PARENTHESES = re.compile(r"[（(]([^（）()]*)[）)]")

SENTENCE_END = "。！？!?．.…"
CLOSERS = "”’\"'）)】》〉」』]"
OPENING_BRACKETS = "（(〔［"


def is_han(char: str) -> bool:
    """Whether a character is a Chinese ideograph."""
    return bool(_HAN.match(char))


def has_han(text: str) -> bool:
    """Whether any character of `text` is a Chinese ideograph."""
    return bool(_HAN.search(text))


def has_latin(text: str) -> bool:
    """Whether any character of `text` is a Latin letter."""
    return bool(_LATIN.search(text))


def is_latin(char: str) -> bool:
    """Whether a character is a Latin letter, with or without diacritics."""
    return bool(_LATIN.match(char))


def han_share(text: str) -> float:
    """Share of ideographs among the letters of `text`, 0.0 for a text without letters."""
    han = len(_HAN.findall(text))
    latin = len(_LATIN.findall(text))
    return han / (han + latin) if han + latin else 0.0


@lru_cache(maxsize=65536)
def _char_width(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


def display_width(text: str) -> int:
    """Columns that `text` takes in a fixed-width East Asian font (UAX #11, ambiguous = wide)."""
    return sum(map(_char_width, text))


def indent(text: str) -> int:
    """Columns of white space before the first visible character; form feeds take none."""
    body = text.lstrip("\f")
    return display_width(body[: len(body) - len(body.lstrip())])


def match_key(text: str) -> str:
    """The form in which labels are compared: NFKC, casefolded, no white space, no final colon."""
    folded = _SPACE_OR_INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return folded.rstrip(":")


def is_letter_spaced(text: str) -> bool:
    """Whether nearly every character of a Chinese text is set apart by a space (`北  京`)."""
    words = text.split()
    return len(words) > 1 and all(len(w) <= 2 for w in words) and has_han(text)


def without_letter_spacing(text: str) -> str:
    """A Chinese line set with a space between its characters, without those spaces.

    A line counts as set that way when most of its words are one character long; its Latin
    words would then be spaced out too, so nothing of it is lost.
    """
    words = text.split()
    if len(words) < 8 or not has_han(text):
        return text
    single = sum(len(w) <= 2 for w in words)
    return "".join(words) if single >= 0.8 * len(words) else text


def ends_sentence(text: str) -> bool:
    """Whether a text ends where a sentence (or what introduces a list) ends."""
    body = text.rstrip()
    while body and body[-1] in CLOSERS:
        body = body[:-1]
    return bool(body) and body[-1] in SENTENCE_END + "：:"


def visible_text(text: str) -> str:
    """A text without characters that show nothing: direction marks, zero-width spaces."""
    return _INVISIBLE.sub("", text)


def in_parentheses(text: str) -> str | None:
    """What stands in the first parentheses of a text (`巴里（意大利）`), or None."""
    found = _PARENTHESES.search(text)
    return found.group(1).strip() if found else None


def without_parentheses(text: str) -> str:
    """A text without what stands in parentheses."""
    return _PARENTHESES.sub("", text)


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens: diacritics folded, apostrophes dropped."""
    folded = text.translate(_LETTERS)
    folded = unicodedata.normalize("NFKD", folded)
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    folded = re.sub(r"['’‘ʼ`´]", "", folded)
    return re.sub(r"[^a-z0-9]+", "-", folded.lower()).strip("-")


# Letters that Unicode does not decompose.
_LETTERS = str.maketrans(
    {
        "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ß": "ss", "æ": "ae",
        "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i",
    }
)  # fmt: skip
