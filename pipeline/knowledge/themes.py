"""The taxonomy of themes, and how a printed label is matched to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Literal

import msgspec

from pipeline.errors import KnowledgeError
from pipeline.knowledge import load_toml, made_of
from pipeline.knowledge.hyphens import hyphens
from pipeline.knowledge.meanings import Meanings, meanings
from pipeline.knowledge.nearest import Nearest, explains
from pipeline.textforms import begins_otherwise, has_han, has_latin, match_key, plain_form

_IsWord = Callable[[str], bool]
Group = Literal["primary", "cross_cutting"]

# What stands between the parts of a label. A hyphen-minus separates only beside a space or an
# ideograph: "Nature-based" is one part.
_DASH = r"[⸺⸻—–‒―─]+|(?<=[\s\u4e00-\u9fff])-|-(?=[\s\u4e00-\u9fff])"
# White space begins where it begins, so that a long run of it is looked through once.
_SPACE = r"(?:(?<!\s)\s+)?"
_SEPARATOR = re.compile(rf"{_SPACE}(?:({_DASH})|[、,，/;；]|以及|[与和及&]|(?i:\band\b))\s*")
# What divides whole labels that stand in one line.
_BETWEEN_LABELS = re.compile(rf"{_SPACE}[;；|｜•·]\s*")
_HAN_THEN_LATIN = re.compile(
    r"(.*[\u4e00-\u9fff](?:\d[\d.]*)?)\s*[/|(（]?\s*([A-Za-z][^\u4e00-\u9fff]*?)[)）]?"
)
_LATIN_THEN_HAN = re.compile(
    r"([A-Za-z][^\u4e00-\u9fff]*?)\s*[/|(（]?\s*([\u4e00-\u9fff].*?)[)）]?"
)
_HYPHEN = re.compile(r"[-‐]")
_NOT_IN_LABELS = re.compile(r"[。！？!?：:“”《》©]")
_MAX_FREE_DETAIL = 40
_LONGEST = 4000  # characters of a line that is nothing but labels
_WIDE_SPACE = re.compile(r"\s{2,}")
_NOTE = re.compile(r"(?<=\S)\s*[*†‡※]+\s*$|^\s*[*†‡※]+\s*")
# The score of a label that is no known one.
_LEAST = 0.65
_MOST = 0.95


class Theme(msgspec.Struct, frozen=True):
    """One entry of the taxonomy."""

    theme: str
    label_zh: str
    label_en: str
    group: Group


class Match(msgspec.Struct, frozen=True):
    """A theme that a label names; `score` is 1.0 for an exact label or alias.

    Below that, `near` is the known label to which the printed one was matched.
    """

    theme: Theme
    score: float
    near: str = ""


@lru_cache(maxsize=4096)
def _parts(label: str) -> tuple[tuple[str, ...], int]:
    """The parts of a label, and how many of them stand before its first dash."""
    # Details may stand in parentheses instead of after a dash.
    text = plain_form(label).replace("(", " – ").replace(")", " ")
    parts: list[str] = []
    before_dash = -1
    position = 0
    for found in _SEPARATOR.finditer(text):
        parts.append(text[position : found.start()])
        if found.group(1) and before_dash < 0:
            before_dash = len(parts)
        position = found.end()
    parts.append(text[position:])
    return tuple(parts), before_dash if before_dash >= 0 else len(parts)


def _keys(label: str) -> tuple[str, ...]:
    """The parts of a label as match keys."""
    return tuple(filter(None, map(_part_key, _parts(label)[0])))


def _part_key(text: str) -> str:
    """A match key without hyphens, in standard words: `Nature based` is `Nature-based`."""
    key = _HYPHEN.sub("", match_key(text))
    return key if key.isascii() else meanings().standard(key)


def _halves(label: str) -> tuple[str, str] | None:
    """The two halves of a label that is printed in two languages side by side, or None."""
    if not has_latin(label) or not has_han(label):
        return None
    found = _HAN_THEN_LATIN.fullmatch(label.strip()) or _LATIN_THEN_HAN.fullmatch(label.strip())
    return (found.group(1), found.group(2)) if found else None


def _score(share: float) -> float:
    return round(min(max(share, _LEAST), _MOST), 3)


def _one(match: Match | None) -> tuple[Match, ...]:
    return (match,) if match else ()


class Taxonomy:
    """The themes with their aliases, ready for matching. Immutable after construction."""

    def __init__(self, data: dict, terms: Meanings) -> None:
        self._meanings = terms
        self.themes: tuple[Theme, ...] = ()
        self._aliases: dict[tuple[str, ...], Theme] = {}
        self._details: set[tuple[str, ...]] = set()
        themes = []
        for entry in data["theme"]:
            theme = Theme(entry["code"], entry["zh"], entry["en"], entry["group"])
            themes.append(theme)
            for alias in [entry["zh"], entry["en"], *entry["aliases"]]:
                key = _keys(alias)
                other = self._aliases.setdefault(key, theme)
                if other is not theme:
                    raise KnowledgeError(
                        f"themes.toml: `{alias}` stands for {other.theme} and for {theme.theme}",
                        "keep it with one theme",
                    )
            self._details.update(_keys(d) for d in entry["details"])
        self.themes = tuple(themes)
        if len({t.theme for t in themes}) != len(themes):
            raise KnowledgeError("themes.toml: a code stands twice", "give each theme one entry")
        self._longest = max(map(len, [*self._aliases, *self._details]))
        self._first_parts = {key[0] for key in [*self._aliases, *self._details] if key}
        self._first_letters = {part[0] for part in self._first_parts} | set("以与和及")
        self._first_letters |= self._meanings.other_letters
        self._of_code = {t.theme: t for t in themes}
        self._nearest = Nearest(
            (label, theme)
            for theme, entry in zip(themes, data["theme"], strict=True)
            for label in [entry["zh"], entry["en"], *entry["aliases"]]
        )

    @lru_cache(maxsize=8192)  # noqa: B019  there is one such object
    def match(self, label: str, *, free_details: bool = True) -> tuple[Match, ...]:
        """The themes that a whole printed label names, in its order; empty if it is none.

        A label is one or more aliases, each with its details. With `free_details`, short words
        after a dash are details even where no entry knows them.
        """
        label = _WIDE_SPACE.sub(" ", label)
        none = len(label) > _LONGEST or begins_otherwise(label, self._first_letters)
        if none or _NOT_IN_LABELS.search(label):
            return ()
        several = [part for part in _BETWEEN_LABELS.split(label) if part.strip()]
        if len(several) > 1:
            each = [self.match(part, free_details=free_details) for part in several]
            return tuple(dict.fromkeys(m for found in each for m in found)) if all(each) else ()
        if halves := _halves(label):
            one, other = (self.match(half, free_details=free_details) for half in halves)
            if one == other:
                return one
        parts, before_dash = _parts(label)
        keys = [(i, key) for i, part in enumerate(parts) if (key := _part_key(part))]
        found: list[Match] = []
        at = 0
        while at < len(keys):
            step, theme = self._longest_at(keys, at)
            position, part = keys[at]
            # After several themes the dash is that of one label in a list of them.
            if theme is not None and (position < before_dash or len(found) != 1):
                found.append(Match(theme, 1.0))
            elif step == 0:
                free = free_details and position >= before_dash and len(part) <= _MAX_FREE_DETAIL
                if not (found and free):
                    return ()
                step = 1
            elif not found:
                return ()
            at += step
        return tuple(dict.fromkeys(found))

    def holds_details(self, label: str) -> bool:
        """Whether a label that is known has details before any dash."""
        parts, before_dash = _parts(label)
        keys = [(i, key) for i, part in enumerate(parts[:before_dash]) if (key := _part_key(part))]
        at = 0
        while at < len(keys):
            step, theme = self._longest_at(keys, at)
            if theme is None:
                return True
            at += step
        return False

    def nearest(self, label: str, is_word: _IsWord) -> tuple[Match, ...]:
        """The themes that a label means which is no known one, in its order; empty if unsure.

        `is_word` tells whether a Chinese text is a dictionary word. A label of several themes
        gives each of them or none: where one part means nothing, the others must explain most of
        the label.
        """
        if self.match(label) or _NOT_IN_LABELS.search(label):
            return ()
        if whole := self._near(label, is_word):
            return (whole,)
        parts, before_dash = _parts(label)
        if before_dash == 1 < len(parts) and (first := self._near(parts[0], is_word)):
            return (first,)
        printed = [p for p in parts if p.strip()]
        each: list[tuple[Match, ...]] = []
        for part in printed:
            each.append(self.match(part) or _one(self._near(part, is_word)))
            if each.count(()) > 1:
                return ()  # a list of things, some of which are also themes
        understood = [part for part, found in zip(printed, each, strict=True) if found]
        found = tuple({m.theme: m for several in each for m in several}.values())
        if len(printed) < 2 or not found:
            return ()
        if len(understood) == len(printed):
            return found
        share = round(explains(understood, printed), 3)
        return tuple(Match(m.theme, share, m.near or m.theme.label_en) for m in found if share)

    @lru_cache(maxsize=4096)  # noqa: B019  there is one such object
    def listed(self, label: str, is_word: _IsWord) -> tuple[Match, ...]:
        """The themes of a label that certainly is one.

        A colon may stand for a dash, and a sign for a note behind it. Where its wording is not
        known, its parts are read by the word at the head of each.
        """
        text = self._meanings.unframed(_NOTE.sub("", label))
        found = self.match(text) or self.nearest(text, is_word)
        head, colon, rest = text.replace("：", ":").partition(":")
        if not found and colon and rest.strip():
            text = f"{head} – {rest}"
            found = self.match(text) or self.nearest(text, is_word)
        return found or self._meant(text, is_word)

    def _meant(self, label: str, is_word: _IsWord) -> tuple[Match, ...]:
        """The themes of a label by the heads of its parts; details stand for themes only alone."""
        if halves := _halves(label):
            one, other = (self.listed(half, is_word) for half in halves)
            same = {m.theme for m in one} == {m.theme for m in other}
            return one if same or not other else other if not one else ()
        parts, before_dash = _parts(label)
        before, behind = parts[:before_dash], parts[before_dash:]
        return self._by_heads(before, is_word) or self._by_heads(behind, is_word)

    def _by_heads(self, parts: Sequence[str], is_word: _IsWord) -> tuple[Match, ...]:
        printed = [p for p in parts if _part_key(p)]
        keys = list(enumerate(map(_part_key, printed)))
        found: dict[Theme, Match] = {}
        unknown: list[str] = []
        at = 0
        while at < len(keys):
            step, theme = self._longest_at(keys, at)
            match = Match(theme, 1.0) if theme else None
            if not step:
                match = self._near(printed[at], is_word) or self._by_head(printed[at])
                unknown += [] if match else [printed[at]]
            if match:
                found.setdefault(match.theme, match)
            at += step or 1
        if len(unknown) > len(printed) - len(unknown):
            return ()  # a list of things, some of which are also themes
        if not unknown:
            return tuple(found.values())
        known = sum(map(len, printed)) - sum(map(len, unknown))
        share = known / max(1, sum(map(len, printed)))
        return tuple(
            Match(m.theme, _score(m.score * share), m.near or m.theme.label_en)
            for m in found.values()
        )

    def _by_head(self, part: str) -> Match | None:
        meant = self._meanings.head(part)
        return Match(self._of_code[meant.code], _score(meant.share), meant.term) if meant else None

    @lru_cache(maxsize=4096)  # noqa: B019  there is one such object
    def _near(self, label: str, is_word: _IsWord) -> Match | None:
        near = self._nearest.find(label, is_word)
        return Match(near.value, near.score, near.label) if near else None

    def _longest_at(self, keys: list[tuple[int, str]], at: int) -> tuple[int, Theme | None]:
        """How many parts from `at` are an alias (with its theme) or a detail; (0, None) if none."""
        if keys[at][1] not in self._first_parts:
            return 0, None
        for length in range(min(self._longest, len(keys) - at), 0, -1):
            key = tuple(k for _, k in keys[at : at + length])
            if key in self._aliases:
                return length, self._aliases[key]
            if key in self._details:
                return length, None
        return 0, None


def join_label(lines: list[str]) -> str:
    """A label's wrapped lines as one text: Chinese without a space, Latin words with one."""
    if len(lines) == 1:
        return lines[0].strip()
    text = ""
    for line in (line.strip() for line in lines):
        if text[-1:] in ("-", "‐") and text[-2:-1].isalpha() and line[:1].islower():
            text = text if hyphens().keeps(text, line) else text[:-1]
            text += line
            continue
        spaced = text[-2:-1] == " " or text[-1:].isascii()
        latin = text and not has_han(text[-1]) and spaced and line[:1].isascii()
        text += (" " if latin else "") + line
    return text


@cache
@made_of("themes.toml", "meanings.toml")
def taxonomy() -> Taxonomy:
    """The project's taxonomy, read once."""
    return Taxonomy(load_toml("themes.toml"), meanings())
