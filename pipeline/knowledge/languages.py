"""In which language a short text is, by its letters and by the function words in it."""

from __future__ import annotations

import re
from functools import cache

from pipeline.knowledge import load_toml, made_of
from pipeline.textforms import CHINESE, HAN, han_share

_WORD = re.compile(r"[^\W\d_]+")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HAN = re.compile(f"[{HAN}]")
_LEAST_KANA = 0.05  # for an ideograph, in a Japanese text
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_DEFAULT = "en"
_LEAST = 2  # function words that speak for another language


@cache
@made_of("languages.toml")
def _function_words() -> dict[str, frozenset[str]]:
    words = load_toml("languages.toml")["words"]
    return {language: frozenset(own) for language, own in words.items()}


def is_japanese(text: str) -> bool:
    """Whether a text has kana beside its ideographs."""
    return _LEAST_KANA * len(_HAN.findall(text)) < len(_KANA.findall(text))


def language_of(title: str, text: str, *, japanese: bool = False) -> str:
    """The language (ISO 639-1) of a title with the rest of its text.

    On a page that is in `japanese`, a title of ideographs alone is as well.

    The title counts as much as the rest: a Chinese event may quote English, and the reverse. A text
    in Latin letters is in English but where more function words of another language stand in it.
    With a capital they are of a name.
    """
    if (han_share(title) + han_share(title + text)) / 2 >= CHINESE:
        return "ja" if japanese or is_japanese(title + text) else "zh"
    if _HANGUL.search(title):
        return "ko"
    words = [word for part in (title, text) for word in _WORD.findall(part[:1].lower() + part[1:])]
    counts = {
        language: sum(word in own for word in words) for language, own in _function_words().items()
    }
    best = max(counts, key=lambda language: (counts[language], language == _DEFAULT))
    clear = counts[best] >= max(_LEAST, counts[_DEFAULT] + 1)
    return best if clear else _DEFAULT
