"""The taxonomy of themes, and how a printed label is matched to it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal

import msgspec

from pipeline.errors import KnowledgeError
from pipeline.knowledge import load_toml
from pipeline.textforms import has_han, match_key

Group = Literal["primary", "cross_cutting"]

# What stands between the parts of a label. A hyphen-minus separates only beside a space or an
# ideograph: "Nature-based" is one part.
_DASH = r"[⸺⸻—–‒―─]+|(?<=[\s\u4e00-\u9fff])-|-(?=[\s\u4e00-\u9fff])"
_SEPARATOR = re.compile(rf"\s*(?:({_DASH})|[、,，/;；]|以及|[与和及&]|\band\b)\s*", re.IGNORECASE)
_NOT_IN_LABELS = re.compile(r"[。！？!?：:“”《》©]")
_MAX_FREE_DETAIL = 40


class Theme(msgspec.Struct, frozen=True):
    """One entry of the taxonomy."""

    theme: str
    label_zh: str
    label_en: str
    group: Group


class Match(msgspec.Struct, frozen=True):
    """A theme that a label names; `score` is 1.0 for an exact label or alias."""

    theme: Theme
    score: float


def _parts(label: str) -> tuple[list[str], int]:
    """The parts of a label as match keys, and how many of them stand before its first dash."""
    text = unicodedata.normalize("NFKC", label)
    parts: list[str] = []
    before_dash = -1
    position = 0
    for found in _SEPARATOR.finditer(text):
        parts.append(match_key(text[position : found.start()]))
        if found.group(1) and before_dash < 0:
            before_dash = len(parts)
        position = found.end()
    parts.append(match_key(text[position:]))
    return parts, before_dash if before_dash >= 0 else len(parts)


class Taxonomy:
    """The themes with their aliases, ready for matching. Immutable after construction."""

    def __init__(self, data: dict) -> None:
        self.themes: tuple[Theme, ...] = ()
        self._aliases: dict[tuple[str, ...], Theme] = {}
        self._details: set[tuple[str, ...]] = set()
        themes = []
        for entry in data["theme"]:
            theme = Theme(entry["code"], entry["zh"], entry["en"], entry["group"])
            themes.append(theme)
            for alias in [entry["zh"], entry["en"], *entry["aliases"]]:
                key = tuple(filter(None, _parts(alias)[0]))
                other = self._aliases.setdefault(key, theme)
                if other is not theme:
                    raise KnowledgeError(
                        f"themes.toml: `{alias}` stands for {other.theme} and for {theme.theme}",
                        "keep it with one theme",
                    )
            self._details.update(tuple(filter(None, _parts(d)[0])) for d in entry["details"])
        self.themes = tuple(themes)
        if len({t.theme for t in themes}) != len(themes):
            raise KnowledgeError("themes.toml: a code stands twice", "give each theme one entry")
        self._longest = max(map(len, [*self._aliases, *self._details]))

    def match(self, label: str, *, free_details: bool = True) -> tuple[Match, ...]:
        """The themes that a whole printed label names, in its order; empty if it is none.

        A label is one or more aliases, each with its details. With `free_details`, short words
        after a dash are details even where no entry knows them.
        """
        if _NOT_IN_LABELS.search(label):
            return ()
        parts, before_dash = _parts(label)
        keys = [(i, p) for i, p in enumerate(parts) if p]
        found: list[Match] = []
        at = 0
        while at < len(keys):
            step, theme = self._longest_at(keys, at)
            position, part = keys[at]
            if theme is not None and (position < before_dash or not found):
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

    def _longest_at(self, keys: list[tuple[int, str]], at: int) -> tuple[int, Theme | None]:
        """How many parts from `at` are an alias (with its theme) or a detail; (0, None) if none."""
        for length in range(min(self._longest, len(keys) - at), 0, -1):
            key = tuple(k for _, k in keys[at : at + length])
            if key in self._aliases:
                return length, self._aliases[key]
            if key in self._details:
                return length, None
        return 0, None


def join_label(lines: list[str]) -> str:
    """A label's wrapped lines as one text: Chinese without a space, Latin words with one."""
    text = ""
    for line in (line.strip() for line in lines):
        latin = text and not has_han(text[-1]) and text[-1].isascii() and line[:1].isascii()
        text += (" " if latin else "") + line
    return text


@cache
def taxonomy() -> Taxonomy:
    """The project's taxonomy, read once."""
    return Taxonomy(load_toml("themes.toml"))
