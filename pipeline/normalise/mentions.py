"""Countries, places, organisations and programmes that prose speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.knowledge.speech import Speech
from pipeline.language import is_word, word_bounds, words
from pipeline.textforms import HAN, aligned, before_any, has_latin, is_han

_NAME_RUN = re.compile(rf"[{HAN}A-Za-z·\-—]+")
_DASH = re.compile(r"\s*[-‐‑–—]\s*")
_MAX_BODY = 18  # characters of the name of a body before its ending
_SHORTEST_NAME = 3
_SINGLES = 3  # characters in a row that are no words: a name in transcription
_LEFT = 6
_NUMERALS = "一二两三四五六七八九十百千万多几数各"


class FoundMention(NamedTuple):
    """A mention: its place in the text, what it is, and its code where that is certain."""

    start: int
    end: int
    type: str
    code: str | None


class Peers(NamedTuple):
    """Names of profiles as one pattern, and the id for each group of it.

    A text that holds none of `parts`, the first parts of the names, holds no name.
    """

    pattern: re.Pattern[str] | None
    ids: Sequence[str]
    parts: Sequence[str]


NO_PEERS = Peers(None, (), ())


def read_mentions(text: str, peers: Peers, speech: Speech) -> list[FoundMention]:
    """The mentions in a text, in order.

    `peers` are names of profiles in the same document with their ids; longer names win over
    shorter ones that they hold. A pair such as 中德 is one mention for each country. Names are
    compared in simplified characters, those of countries first as printed: 義大利 is no 意大利.
    """
    printed, text = text, aligned(text)
    bounds = word_bounds(text) | {0, len(text)}
    taken = _Taken(text)
    for start, end, codes in _pairs(text, speech, bounds):
        taken.add(start, end, "country", *codes)
    for start, end, city_id in _peers(text, peers, bounds):
        taken.add(start, end, "place", city_id)
    for start, end, code in country_names(printed, text, speech):
        taken.add(start, end, "country", code)
    for match in speech.programmes.finditer(text):
        taken.add(*match.span(), "programme", None)
    for start, end in speech.bodies.spans(text):
        taken.add(start, end, "organisation", None)
    places = [s for s in speech.place_names.spans(text) if bounds.issuperset(s)]
    known = [(f.start, f.end, f.type) for f in taken.found if f.type in ("country", "place")]
    known += [(start, end, "place") for start, end in places]
    for start, end in _bodies(text, speech, known):
        taken.add_around(start, end, "organisation")
    for start, end in places:
        taken.add(start, end, "place", None)
    return sorted(taken.found, key=lambda f: (f.start, f.end, f.type, f.code or ""))


class _Taken:
    """The mentions of a text so far; what one takes, no other may."""

    def __init__(self, text: str) -> None:
        self.found: list[FoundMention] = []
        self._taken = [False] * len(text)

    def add(self, start: int, end: int, kind: str, *codes: str | None) -> None:
        if not any(self._taken[start:end]):
            self._taken[start:end] = [True] * (end - start)
            self.found += [FoundMention(start, end, kind, code) for code in codes]

    def add_around(self, start: int, end: int, kind: str) -> None:
        """Add a mention that may hold others (`荷兰瓦赫宁根大学`) but lies in none."""
        if not any(f.start <= start and end <= f.end for f in self.found):
            self.found.append(FoundMention(start, end, kind, None))


def country_names(printed: str, text: str, speech: Speech) -> Iterator[tuple[int, int, str]]:
    """Full names of countries, Chinese and Latin; `text` is the aligned form of `printed`."""
    inside = [name for name in speech.not_inside if name in text]
    blocked = [m.span() for name in inside for m in re.finditer(name, text)]
    for form in dict.fromkeys((printed, text)):
        for start, end in speech.han_names.spans(form):
            part = any(a <= start and end <= b for a, b in blocked)
            if not part and not text.startswith(speech.not_followed, end):
                yield start, end, speech.countries[form[start:end]]
    for match in speech.latin_names.finditer(text) if has_latin(text) else ():
        if any(map(str.isupper, match.group())):
            yield *match.span(), speech.countries[match.group().casefold()]


def _pairs(
    text: str, speech: Speech, bounds: frozenset[int]
) -> list[tuple[int, int, list[str | None]]]:
    """中德, 日韩俄, 西葡, 德企 with the codes of their countries; None for an ambiguous one."""
    out: list[tuple[int, int, list[str | None]]] = []
    for match in re.finditer("中", text):
        at = match.start()
        partner = text[at + 1 : at + 2]
        if partner in speech.partners and _is_pair(text, at, speech):
            out.append((at, at + 2, [_code(c, speech) for c in text[at : at + 2]]))
    for combination in speech.combinations:
        if combination not in text:
            continue
        codes = [_code(c, speech) for c in combination]
        spans = (m.span() for m in re.finditer(combination, text))
        out += [(a, b, codes) for a, b in spans if a in bounds or b in bounds]
    for match in speech.singles.finditer(text):
        after = text[match.end() : match.end() + 1]
        if not (after and is_word(match.group()[1] + after)):
            out.append((*match.span(), [_code(match.group()[0], speech)]))
    return out


def _code(char: str, speech: Speech) -> str | None:
    return speech.abbreviations.get(char) or None


def _is_pair(text: str, at: int, speech: Speech) -> bool:
    """Whether 中 and the character after it stand for two countries here.

    They do not where 中 ends a word (其中) or means "in" (合作中以合作), nor where the other
    character begins a word with what follows (中新增), unless that runs into a word which often
    follows a pair (中德国际).
    """
    before, partner = text[:at], text[at + 1]
    rest = text[at + 2 :]
    if before and is_word(before[-1] + "中") and len(words(before[-_LEFT:])[-1]) == 1:
        return False  # 其中, but not 柏林 + 中德
    followed = rest.startswith(speech.follow)
    begins_word = any(is_word(partner + rest[:n]) for n in (1, 2) if len(rest) >= n)
    if begins_word and not followed:
        return False
    if partner in "以比加意新美" and before.endswith(speech.locative):
        return False
    return not (is_word("中" + partner + rest[:1]) and not followed)


def _peers(text: str, peers: Peers, bounds: frozenset[int]) -> Iterator[tuple[int, int, str]]:
    """Names of other profiles, whatever their dashes; a short one must be whole words."""
    folded = text.casefold()
    if peers.pattern is None or not any(part in folded for part in peers.parts):
        return
    for match in peers.pattern.finditer(text):
        name = match.group()
        whole = match.start() in bounds and match.end() in bounds
        if whole or len(name) > 3 or not is_han(name[0]):
            yield *match.span(), peers.ids[(match.lastindex or 1) - 1]


def _bodies(
    text: str, speech: Speech, known: Sequence[tuple[int, int, str]]
) -> Iterator[tuple[int, int]]:
    """Names that end like an organisation's and have a name of their own before that.

    `known` are the places and countries in the text. `荷兰瓦赫宁根大学` begins with one; else only
    a name that is no word (庞培·法布拉, 伊莫莱) makes a body: 生物技术公司 may be any.
    """
    if not any(ending in text for ending in speech.endings):
        return
    for run in _NAME_RUN.finditer(text):
        parts: list[tuple[int, str]] = []
        at = run.start()
        for word in words(run.group()):
            parts.append((at, word))
            at += len(word)
        for i, (start, word) in enumerate(parts):
            ending = next((e for e in speech.endings if word.endswith(e)), None)
            if ending is None:
                continue
            end = start + len(word)
            begin = _beginning(text, parts[: i + 1], end - len(ending), speech, known)
            if begin is not None and begin < end - len(ending):
                yield begin, end


def _beginning(
    text: str,
    parts: Sequence[tuple[int, str]],
    ending: int,
    speech: Speech,
    known: Sequence[tuple[int, int, str]],
) -> int | None:
    """Where the name of a body begins whose ending stands at `ending`, or None."""
    k = len(parts) - 1
    while k and ending - parts[k - 1][0] <= _MAX_BODY and not _ends_name(parts[k - 1][1], speech):
        k -= 1
    left = parts[k][0]
    heads = [h for h in known if left <= h[0] and h[1] <= ending]
    if not heads:
        ends = ((at, speech.place_at(text, at, ending)) for at, _ in parts[k:] if at < ending)
        heads = [(at, end, "place") for at, end in ends if end]
    if heads:
        start, end, kind = min(heads)
        middle = "".join(text[end:ending].split())
        alone = not middle or middle in speech.generic
        needs_more = kind == "country" or text.startswith(speech.common, ending)
        return None if alone and needs_more else start
    strange = _unknown_name([p for p in parts[k:] if p[0] < ending])
    return strange if strange is not None and ending - strange >= _SHORTEST_NAME else None


def _ends_name(word: str, speech: Speech) -> bool:
    """Whether a word cannot stand in the name of a body: a verb, a particle, a number."""
    return word in speech.not_in_bodies or word[0] in _NUMERALS


def _unknown_name(parts: Sequence[tuple[int, str]]) -> int | None:
    """Where words begin that are a foreign name: with a point, or of characters one by one."""
    points = [i for i, (_, word) in enumerate(parts) if word == "·"]
    if points and points[0]:
        first = points[0] - 1
        while first and len(parts[first][1]) == len(parts[first - 1][1]) == 1:
            first -= 1
        return parts[first][0]
    for i in range(len(parts) - _SINGLES + 1):
        if all(len(word) == 1 and is_han(word) for _, word in parts[i : i + _SINGLES]):
            return parts[i][0]
    return None


def _peer_key(name: str) -> str:
    return _DASH.sub("-", name).casefold()


def peer_names(names: Sequence[tuple[str, str | None, str | None]]) -> Peers:
    """Names under which the prose may speak of profiles, from (id, Chinese name, Latin name).

    A Chinese name counts with 市 as well; a name that two profiles share counts for neither.
    """
    found: dict[str, set[str]] = {}
    printed: dict[str, str] = {}
    for city_id, han, latin in names:
        forms = {n for n in (han, latin, f"{han}市" if han else None) if n and len(n) > 1}
        for form in forms:
            found.setdefault(_peer_key(form), set()).add(city_id)
            printed[_peer_key(form)] = form
    ids = {key: min(cities) for key, cities in found.items() if len(cities) == 1}
    patterns = []
    keys = sorted(ids, key=lambda k: (-len(k), k))
    for key in keys:
        pattern = r"\s*[-‐‑–—]\s*".join(map(re.escape, _DASH.split(printed[key])))
        patterns.append(f"({pattern})" if is_han(key[0]) else rf"\b({pattern})\b")
    if not patterns:
        return NO_PEERS
    any_dash = any(_DASH.match(printed[key]) for key in keys)  # where a name begins with one
    ahead = "" if any_dash else before_any(printed[key] for key in keys)
    joined = re.compile(f"{ahead}(?:{'|'.join(patterns)})", re.IGNORECASE)
    parts = {_DASH.split(key)[0] for key in keys}
    shortest = [p for p in parts if not any(q != p and q in p for q in parts)]
    return Peers(joined, tuple(ids[key] for key in keys), sorted(shortest))
