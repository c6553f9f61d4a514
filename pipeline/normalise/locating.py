"""Where a page says that its place lies: the country of a sentence such as `X is a city in Y`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.knowledge.lexicon import Lexicon
from pipeline.normalise.mentions import country_names
from pipeline.normalise.names import Names
from pipeline.textforms import has_han, plain_form

_FIRST = 3  # paragraphs that may introduce the place
_CLAUSE_ZH = re.compile(r"[^，,。；;！？!?：:]+")
_SENTENCE_EN = re.compile(r"[^.;!?]+(?:\.(?!\s)[^.;!?]*)*")
_SHORT = 2  # characters of a longer name by which a clause may call it
_AFTER_BE = 6  # characters between `是` and the country of `是意大利北部的城市`
_BE = re.compile(r"\b(?:is|was|as)\s+$")


def located_in(names: Names, prose: Sequence[str], lexicon: Lexicon) -> str | None:
    """The code of the one country in which the first paragraphs say the place lies, or None.

    A clause counts if it is about the place, says where it lies or what kind of place it is, and
    names the country there, or a part of a single country. Clauses about borders, distances and
    partners do not count; where two countries are named, none is taken.
    """
    found: set[str] = set()
    for number, text in enumerate(prose[:_FIRST]):
        if has_han(text):
            found.update(_of_chinese(plain_form(text), names, lexicon))
        else:
            found.update(_of_english(text, names, lexicon, first=number == 0))
    return found.pop() if len(found) == 1 else None


def _of_chinese(text: str, names: Names, lexicon: Lexicon) -> Iterator[str]:
    data = lexicon.kinds.locating
    for match in _CLAUSE_ZH.finditer(text):
        clause = match.group().strip()
        if any(word in clause for word in data.not_zh):
            continue
        word = next((w for w in data.zh if w in clause), None)
        if word is not None:
            subject, _, rest = clause.partition(word)
            if _is_place(subject, names, lexicon):
                yield from (code for _, code in _countries_zh(rest, lexicon))
            continue
        subject, be, rest = clause.partition("是")
        if not be:
            subject, be, rest = clause.partition("为")
        if be and subject and _is_place(subject, names, lexicon) and rest.endswith(data.nouns_zh):
            yield from (c for start, c in _countries_zh(rest, lexicon) if start <= _AFTER_BE)


def _is_place(subject: str, names: Names, lexicon: Lexicon) -> bool:
    """Whether the subject of a clause is the place, by its name or a pronoun, or left out."""
    name = plain_form(names.zh or "")
    named = bool(name) and (name in subject or (len(name) > _SHORT and name[:_SHORT] in subject))
    return not subject or named or subject.startswith(lexicon.kinds.locating.pronouns_zh)


def _countries_zh(text: str, lexicon: Lexicon) -> list[tuple[int, str]]:
    """Where a text names countries, and their codes; else that of the part it begins with."""
    after = lexicon.kinds.locating.not_after_zh
    named = country_names(text, text, lexicon.speech)
    found = [(start, code) for start, end, code in named if not text[end:].startswith(after)]
    part = None if found else lexicon.subdivisions.country_at_start(text, after)
    return [(0, part)] if part else found


def _of_english(text: str, names: Names, lexicon: Lexicon, *, first: bool) -> Iterator[str]:
    """The countries in sentences about the place; the `first` sentence of all is one of them."""
    data = lexicon.kinds.locating
    for number, match in enumerate(_SENTENCE_EN.finditer(text)):
        sentence = match.group()
        named = bool(names.en) and str(names.en).casefold() in sentence.casefold()
        if not ((first and number == 0) or named or data.about_en.match(sentence)):
            continue
        for start, end, code in country_names(sentence, sentence, lexicon.speech):
            if data.not_en.search(sentence, 0, start):
                continue
            owned = _BE.search(sentence, 0, start) and data.after_country.match(sentence, end)
            if owned or data.before_country.search(sentence, 0, start):
                yield code
