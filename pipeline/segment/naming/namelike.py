"""Which lines may be the name of a place, by their letters alone."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.knowledge.layouts import Layouts
from pipeline.segment.lines.bullets import bullet_mark
from pipeline.textforms import (
    HAN,
    ends_sentence,
    has_han,
    has_latin,
    in_parentheses,
    name_form,
    without_number,
    without_parentheses,
)

_HAN_NAME = re.compile(rf"[{HAN}\s·•・\-‐‑–—]+")
_LATIN_WORD = re.compile(
    r"[-‐‑–]?[A-Za-z\u00c0-\u024f\u1e00-\u1eff][A-Za-z\u00c0-\u024f\u1e00-\u1eff'’‘ʼ.\-‐‑–]*"
)
_ELIDED = re.compile(r"[a-z]{1,5}['’‘ʼ][A-Z\u00c0-\u00de]")  # d'Aosta, nell'Emilia
_BETWEEN = ("-", "–", "—", "/", "&", "|", "·")  # between the parts of a double name
_MAX_NAME_LINE = 120
_MAX_HAN_NAME = 16
_MAX_LATIN_WORDS = 6


def name_part(text: str, layouts: Layouts) -> str:
    """Like `name_scripts`; a line that says that it is a country is one.

    A further fact is no name, nor is its label alone.
    """
    if layouts.is_country(text):
        return "country"
    if layouts.is_further_fact(text) or layouts.is_fact_label(text):
        return ""
    return name_scripts(layouts.without_country(text), layouts.particles)


@lru_cache(maxsize=4096)
def name_scripts(text: str, particles: frozenset[str]) -> str:
    """Which scripts a name-like line is in: "han", "latin", "both", "country" or "" for none.

    A name is short, holds no punctuation of a sentence, and its Latin words are capitalised.
    """
    if len(text) > _MAX_NAME_LINE or bullet_mark(text):
        return ""
    text = without_number(name_form(text))
    body = without_parentheses(text).strip()
    if not body:
        country = in_parentheses(text)
        return "country" if country and len(country) <= 30 and not ends_sentence(text) else ""
    if body[0] in "•·・":
        return ""  # an entry of a list
    han_part = "".join(c if not has_latin(c) else " " for c in body)
    if has_han(body) and has_latin(body):
        split = re.split(rf"(?<=[{HAN}])\s*[/|]?\s*(?=[A-Z])", body, maxsplit=1)
        if len(split) == 2 and _is_han_name(split[0]) and _is_latin_name(split[1], particles):
            return "both"
        split = re.split(rf"(?<=[a-zA-Z])\s*[/|]?\s*(?=[{HAN}])", body, maxsplit=1)
        if len(split) == 2 and _is_han_name(split[1]) and _is_latin_name(split[0], particles):
            return "both"
        return ""
    if has_han(body):
        return "han" if _is_han_name(han_part) else ""
    return "latin" if _is_latin_name(body, particles) else ""


def _is_han_name(text: str) -> bool:
    letters = sum(map(has_han, text))
    return 1 <= letters <= _MAX_HAN_NAME and bool(_HAN_NAME.fullmatch(text))


def _is_latin_name(text: str, particles: frozenset[str]) -> bool:
    words = re.sub(r",\s*(?=[A-Z][A-Za-z ]+$)", " ", text).split()
    words = [w for i, w in enumerate(words) if not 0 < i < len(words) - 1 or w not in _BETWEEN]
    if not 1 <= len(words) <= _MAX_LATIN_WORDS or not all(map(_LATIN_WORD.fullmatch, words)):
        return False
    capitals = [w for w in words if w.lstrip("-‐‑–")[:1].isupper() or _ELIDED.match(w)]
    return bool(capitals) and all(w in particles or w in capitals for w in words)
