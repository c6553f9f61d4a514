"""What the interface says, in English and Chinese: a script turns one into the other.

Pages are written in English; each text carries its key, and `assets/report.js` puts the Chinese one
there. So a page exists once, whatever its reader's language.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import msgspec
from markupsafe import Markup

from pipeline.knowledge.messages import check_names
from pipeline.report import pieces
from pipeline.report.resources import text_of

LANGUAGES = ("en", "zh")


@cache
def strings() -> dict[str, dict[str, str]]:
    """Every text by its key (`view.name`), in each language."""
    groups = tomllib.loads(text_of("strings.toml")) | {"finding": check_names()}
    return {f"{group}.{name}": t for group, own in groups.items() for name, t in own.items()}


def with_themes(themes: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    """All texts, with the labels of the rows of `themes`."""
    labels = {f"theme.{t['theme']}": {"en": t["label_en"], "zh": t["label_zh"]} for t in themes}
    return strings() | labels


def strings_js(themes: Iterable[Mapping[str, Any]]) -> bytes:
    """All texts as a script, for pages that open from disk."""
    texts = with_themes(themes)
    by_language = {g: {k: t[g] for k, t in sorted(texts.items())} for g in LANGUAGES}
    return b"const STRINGS = " + msgspec.json.encode(by_language) + b";\n"


class Texts(dict[str, Markup]):
    """The texts of one page or of many, each by its key as an element that a script can turn."""

    def __init__(self, texts: Mapping[str, Mapping[str, str]]) -> None:
        """`texts` are all that there are; their markup is made as it is asked for."""
        super().__init__()
        self._texts = texts
        self._themes: dict[str, Markup] = {}  # many pages have the same few together

    def __missing__(self, key: str) -> Markup:
        self[key] = made = pieces.text(key, self.english(key))
        return made

    def __call__(self, key: str, *values: object) -> Markup:
        """A text in which values are filled in."""
        return pieces.text(key, self.english(key).format(*values), *values)

    def attribute(self, name: str, key: str, *values: object) -> Markup:
        """An attribute of an element, such as its title, that can be turned likewise."""
        return pieces.attribute(name, key, self.english(key).format(*values), *values)

    def theme(self, code: str) -> str:
        """The English name of a theme."""
        return self.english(f"theme.{code}")

    def themes(self, codes: Sequence[str]) -> Markup:
        """Some themes by their names."""
        key = " ".join(codes)
        if key not in self._themes:
            self._themes[key] = pieces.themes(codes, [self.theme(code) for code in codes])
        return self._themes[key]

    def option(self, value: str, key: str) -> Markup:
        """An option of a list."""
        return pieces.option(value, key, self.english(key))

    def english(self, key: str) -> str:
        """The English text; a key without one shows its code in words."""
        text = self._texts.get(key)
        return text["en"] if text else key.rpartition(".")[2].replace("_", " ")
