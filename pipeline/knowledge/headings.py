"""What a heading means, by its parts.

A heading is a few words: one that says what stands below it, and others beside it that say
nothing of their own. So a combination that no list has is understood (`可供借鉴的实践`, `What the
city does well`). Whether a line *is* a heading is not told here.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from pipeline.knowledge import load_toml, made_of
from pipeline.model import SectionKind
from pipeline.textforms import has_han, plain

HeadingKind = SectionKind | Literal["matter", "facts", "themes"]

_LONGEST = 48  # characters; no heading is longer
_MOST_WORDS = 10
_LEAST_KNOWN = 0.6  # share of the letters that must be known in a heading understood in part
_LONGEST_NAME = 18  # letters of one unknown part, such as the name of a place; ideographs count 3
_ASKING = frozenset({"wish", "interest", "cooperate"})  # meanings
_SENTENCE_END = ("。", "！", "；", "，", "!", ";", ",")
_NUMERALS = "一二三四五六七八九十"
_FRAME = re.compile(
    rf"^[^\w]*(?:(?:第?[{_NUMERALS}]{{1,3}}|\d{{1,2}}|[ivx]{{1,4}}|[a-h])(?:[、.．)）:：]\s*|\s+|(?=\d))"
    r"(?:部分|章|节)?)?[^\w]*|[^\w]+$"
)
# `附录A 联系方式`, `附：通讯录`, `Annex 2: List of partners`: matter, whatever its title.
_APPENDIX = re.compile(
    rf"(附[录件表]?|appendix|annexe?)\s*(?:(?:[a-z]|\d{{1,2}}|[{_NUMERALS}]{{1,2}}|[ivx]{{1,3}})"
    r"(?:\s*[:：.、—–-]\s*|\s+|$)|[:：]).{0,40}"
)
_NO_HEADING = re.compile(r"[。！，；,;!“”\"《》|]|\.\s|[:：]\s*\S|\w@\w|\bwww\.")
_MOTTO = re.compile(r"([^:：。.!?！？]{2,24})[:：]\s*([^:：]{2,24})")
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_HAN_RUN = re.compile(r"[\u3400-\u9fff、]+")


class HeadingMeaning(NamedTuple):
    """What a heading means: its kind, and the word that tells it.

    `frame` is the heading with a star for what is unknown in it, such as the name of a place;
    `whole` is whether every part of it is known; `wish` whether it speaks of wishes alone, which
    name a section less surely than others.
    """

    kind: HeadingKind
    word: str
    frame: str
    whole: bool
    wish: bool = False


class _Words:
    """The words of one script: what each means, and how a text is cut into them."""

    def __init__(self, data: dict[str, list[str]]) -> None:
        self.exact: dict[str, set[str]] = {}
        self.stems: dict[str, set[str]] = {}
        for meaning, entries in data.items():
            for entry in entries:
                known = self.stems if entry.endswith("*") else self.exact
                known.setdefault(entry.rstrip("*"), set()).add(meaning)
        self.longest = max(len(e.split()) for e in (*self.exact, *self.stems))
        self.widest = max(map(len, self.exact))

    def of(self, text: str) -> set[str]:
        """The meanings of one entry, none for what is unknown."""
        found = self.exact.get(text)
        if found is not None:
            return found
        return next((m for s, m in self.stems.items() if text.startswith(s)), set())


class Headings:
    """The parts of headings. Immutable after construction."""

    def __init__(self, data: dict) -> None:
        self._latin = _Words(data["latin"])
        self._han = _Words(data["han"])
        self._relative_ends = frozenset(data["decide"]["relative_ends"])
        self._pronouns = frozenset(data["decide"]["pronouns"])
        self._weak = frozenset(data["decide"]["weak"])
        self._open_ends = frozenset(data["decide"]["open_ends"])
        self._order = [(frozenset(m.split("+")), k) for m, k in data["decide"]["order"]]

    def meaning(self, text: str) -> HeadingMeaning | None:
        """What a line means if it is a heading, or None where its parts tell nothing."""
        if not text or len(text) > _LONGEST + 20 or text.rstrip().endswith(_SENTENCE_END):
            return None
        body = text.strip()
        return None if "，" in body[1:] else self._meaning(body)

    @lru_cache(maxsize=4096)  # noqa: B019 - one instance lives as long as the program
    def _meaning(self, text: str) -> HeadingMeaning | None:
        body = _FRAME.sub("", plain(text).casefold())
        if numbered := _APPENDIX.fullmatch(body):
            return HeadingMeaning("matter", numbered[1], f"{numbered[1]} *", whole=True)
        if parted := _MOTTO.fullmatch(body):
            return self._after_motto(*parted.groups())
        if not 2 <= len(body) <= _LONGEST or _NO_HEADING.search(body):
            return None
        han = has_han(body)
        if han and len(body) > _LONGEST // 3:
            return None
        parts = self._cut_han(body) if han else self._cut_latin(body)
        if not 0 < len(parts) <= _MOST_WORDS or self._is_open(parts):
            return None
        return self._decide(parts)

    def _after_motto(self, motto: str, heading: str) -> HeadingMeaning | None:
        """What the heading behind a few words and a colon means: `What works: good practices`."""
        found = self._meaning(heading)
        if found is None or not found.whole or found.wish:
            return None
        said = self._meaning(motto)
        return found if said is None or said.kind == found.kind else None

    def _is_open(self, parts: list[tuple[str, set[str]]]) -> bool:
        """Whether a text breaks off.

        `The themes we work on` does not, nor does what begins with a wish, such as `Looking for
        partners in`.
        """
        last = parts[-1][0]
        asks = bool(parts[0][1] & _ASKING) or any(p in self._pronouns for p, _ in parts)
        relative = last in self._relative_ends and asks
        return last in self._open_ends and not relative

    def _decide(self, parts: list[tuple[str, set[str]]]) -> HeadingMeaning | None:
        known = sum(len(p) for p, m in parts if m)
        total = sum(len(p) for p, _ in parts)
        if not known or (known < _LEAST_KNOWN * total and not _one_name(parts)):
            return None
        said = set().union(*(m for _, m in parts)) - {"plain"}
        for needed, kind in self._order:
            if needed <= said and (known == total or not needed & self._weak):
                word = next(p for p, m in parts if m & needed)
                wish = needed in ({"wish"}, {"interest"}) or (
                    needed == {"prefer"} and "theme" not in said
                )
                frame = re.sub(r"\*(?: \*)+", "*", " ".join(p if m else "*" for p, m in parts))
                return HeadingMeaning(kind, word, frame, known == total, wish)
        return None

    def _cut_latin(self, text: str) -> list[tuple[str, set[str]]]:
        words = _WORD.findall(text)
        parts: list[tuple[str, set[str]]] = []
        at = 0
        while at < len(words):
            for size in range(min(self._latin.longest, len(words) - at), 0, -1):
                entry = " ".join(words[at : at + size])
                found = self._latin.of(entry) if size == 1 else self._latin.exact.get(entry)
                if found or size == 1:
                    parts.append((entry, found or set()))
                    at += size
                    break
        return parts

    def _cut_han(self, text: str) -> list[tuple[str, set[str]]]:
        """The cut that leaves the fewest characters unknown, and of those the fewest parts."""
        body = "".join(_HAN_RUN.findall(text))
        rest = "".join(text.split())
        best: list[tuple[tuple[int, int], list[tuple[str, set[str]]]]] = [((0, 0), [])]
        for end in range(1, len(body) + 1):
            options = []
            for start in range(max(0, end - self._han.widest), end):
                entry = body[start:end]
                meanings = self._han.exact.get(entry, set())
                if not meanings and end - start > 1:
                    continue
                (unknown, count), parts = best[start]
                cost = (unknown + (not meanings), count + 1)
                options.append((cost, [*parts, (entry, meanings)]))
            best.append(min(options, key=lambda o: o[0]))
        parts = best[-1][1]
        left = len(rest) - len(body)
        return [*parts, ("x" * left, set())] if left else parts


def _one_name(parts: list[tuple[str, set[str]]]) -> bool:
    """Whether what is unknown stands together at one end, as the name of a place does."""
    unknown = [i for i, (_, meanings) in enumerate(parts) if not meanings]
    letters = sum(len(parts[i][0]) * (3 if has_han(parts[i][0]) else 1) for i in unknown)
    together = unknown[-1] - unknown[0] + 1 == len(unknown)
    at_end = unknown[0] == 0 or unknown[-1] == len(parts) - 1
    return together and at_end and letters <= _LONGEST_NAME


@cache
@made_of("headings.toml")
def headings() -> Headings:
    """The project's words of headings, read once."""
    return Headings(load_toml("headings.toml"))
