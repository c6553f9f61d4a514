"""In which language a short text is, by its letters and by the function words in it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from pipeline.knowledge import load_toml, made_of
from pipeline.textforms import CHINESE, HAN, han_share

_WORD = re.compile(r"[^\W\d_]+")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HAN = re.compile(f"[{HAN}]")
_LEAST_KANA = 0.05  # for an ideograph, in a Japanese text
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_LEAST = 2  # function words that speak for another language


@cache
@made_of("languages.toml")
def _function_words() -> dict[str, frozenset[str]]:
    words = load_toml("languages.toml")["words"]
    return {language: frozenset(own) for language, own in words.items()}


def ends_open(text: str) -> bool:
    """Whether a text in Latin letters ends with a function word of its language, and so goes on."""
    words = _WORD.findall(text)
    own = _function_words()[_latin_language([text], "en")]
    return bool(words) and text.rstrip()[-1:].isalpha() and words[-1] in own


class PageLanguages(NamedTuple):
    """What is written on a page with ideographs, and what in Latin letters."""

    han: str = "zh"
    latin: str = "en"


def languages_of_page(text: str) -> PageLanguages:
    """The languages (ISO 639-1) of a page by all its text: kana and function words tell."""
    japanese = _LEAST_KANA * len(_HAN.findall(text)) < len(_KANA.findall(text))
    return PageLanguages("ja" if japanese else "zh", _latin_language([text], "en"))


def language_of(title: str, text: str, page: PageLanguages) -> str:
    """The language (ISO 639-1) of a title with the rest of its text, on a page.

    The title counts as much as the rest: a Chinese event may quote English, and the reverse. A text
    in Latin letters is in that of the page but where more function words of another one are in it.
    """
    if (han_share(title) + han_share(title + text)) / 2 >= CHINESE:
        return page.han
    return "ko" if _HANGUL.search(title) else _latin_language([title, text], page.latin)


def _latin_language(texts: list[str], default: str) -> str:
    """The language of texts by their function words; with a capital these are of a name."""
    words = [word for text in texts for word in _WORD.findall(text[:1].lower() + text[1:])]
    counts = {
        language: sum(word in own for word in words) for language, own in _function_words().items()
    }
    best = max(counts, key=lambda language: (counts[language], language == default))
    return best if counts[best] >= max(_LEAST, counts[default] + 1) else default
