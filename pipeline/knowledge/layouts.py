"""How the pages of a brochure are labelled: headings, credits, header values, names."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Literal, get_args

from pipeline.errors import KnowledgeError
from pipeline.hanzi import simplified
from pipeline.knowledge import load_toml, made_of
from pipeline.knowledge.countries import FIELD_END, FIELD_START, LONGEST_COUNTRY, countries
from pipeline.knowledge.credits import Credits, credit_key, without_brackets
from pipeline.knowledge.figures import UNIT_GROUPS
from pipeline.knowledge.headings import HeadingKind, HeadingMeaning, Headings, headings
from pipeline.knowledge.kinds import kinds
from pipeline.knowledge.nearest import Near, Nearest
from pipeline.knowledge.themes import Taxonomy, taxonomy
from pipeline.knowledge.units import Units, units
from pipeline.model import SectionKind
from pipeline.textforms import (
    begins_otherwise,
    has_han,
    match_key,
    plain,
    visible_text,
)

# Titles of a box, not of a text: no section begins or ends with them.
BOX_TITLES = ("facts", "themes")
SECTION_KINDS: frozenset[str] = frozenset(get_args(SectionKind))

_LONGEST_START = 60
_WIDE_GAP = 2
_SHORTEST_INLINE = 12
_LONGEST_VALUE = 120
_AROUND = " \t()（）[].…-–—"
_NUMERALS = "一二三四五六七八九十"  # of the number before a heading
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SITE = re.compile(r"\s*(?:https?://|www\.)[\w./~%?=&#-]+\s*")
_GAP = re.compile(r"(?<=\S)\s+")
_DIGIT = re.compile(r"\d")
_AFTER_LABEL = re.compile(r"[:：]?\s+(?=\S)|[:：](?=\S)|(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
_PAGE_NUMBER = re.compile(
    r"(?:[-–—~·•|]\s*)?\d{1,3}(?:\s+\d{1,3})?(?:\s*[-–—~·•|])?|[ivxlc]{1,6}"
    r"|第\s*\d{1,3}\s*[页頁](?:\s*[,，/／]?\s*共\s*\d{1,3}\s*[页頁])?|\d{1,3}\s*[/／]\s*\d{1,3}"
    r"|(?:page|p\.|seite|pág\.?)\s*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?",
    re.IGNORECASE,
)


class Layouts:
    """The labels of a brochure's pages, ready for matching. Immutable after construction."""

    def __init__(self, data: dict, themes: Taxonomy, measures: Units) -> None:
        self.themes = themes
        self.units = measures
        self.particles = frozenset(data["names"]["particles"])
        self._name_fields = tuple(
            _field(words) for words in (data["names"]["labels"], data["names"]["loose"])
        )
        self._fact_field = _field(data["names"]["facts"])
        self._parts: Headings = headings()
        self._headings: dict[str, HeadingKind] = {}
        labels = [
            *data["headings"].items(),
            ("matter", data["matter"]["labels"]),
            *data["boxes"].items(),
        ]
        for kind, variants in labels:
            for variant in variants:
                other = self._headings.setdefault(_heading_key(variant), kind)
                if other != kind:
                    lists = f"`{_list_of(other)}` and `{_list_of(kind)}`"
                    raise KnowledgeError(
                        f"layouts.toml: `{variant}` is in two lists, {lists}",
                        "keep it in one of them",
                    )
        self._variants = tuple(v for _, vs in labels for v in vs)
        self._nearest = Nearest((v, k) for k, vs in data["headings"].items() for v in vs)
        longest = max(map(len, self._headings))
        self._longest_heading = 3 * longest
        self._first_letters = frozenset(key[0] for key in self._headings) | set("第" + _NUMERALS)
        self._glued = frozenset(map(_unspaced, self._variants))
        self._last_letters = frozenset(key[-1] for key in self._glued)
        self._credits = Credits(data["credits"])
        self._contact_starts = tuple(credit_key(s) for s in data["contacts"]["starts"])
        self._in_prose = {
            kind: frozenset(map(match_key, words)) for kind, words in data["in_prose"].items()
        }
        self._continued = frozenset(map(match_key, data["pages"]["continued"]))
        self._no_value = frozenset(map(match_key, data["no_value"]["words"])) | {""}
        self._contact_letters = frozenset(start[0] for start in self._contact_starts)

    def may_begin_heading(self, text: str) -> bool:
        """Whether a heading may begin as a line does, by its length and its first letter."""
        return 0 < len(text) <= self._longest_heading and not begins_otherwise(
            text, self._first_letters
        )

    @lru_cache(maxsize=8192)  # noqa: B019  there is one such object
    def heading(self, text: str) -> HeadingKind | None:
        """The kind of heading that a whole line is, or None."""
        if not self.may_begin_heading(text):
            return None
        return self._headings.get(_heading_key(text)) or self._bilingual(text)

    def listed(self, text: str) -> str | None:
        """The list of the label file that has a whole line as it is (`[boxes] facts`), or None."""
        kind = self._headings.get(_heading_key(text))
        return kind and _list_of(kind)

    def meaning(self, text: str) -> HeadingMeaning | None:
        """What a line means by its parts if it is a heading; of two languages, what both mean."""
        halves = [self._parts.meaning(half) for half in _halves(text)]
        first = halves[0] or halves[-1]
        if first is None or any(h and h.kind != first.kind for h in halves):
            return None
        return first._replace(whole=all(h and h.whole for h in halves))

    def _bilingual(self, text: str) -> HeadingKind | None:
        """The kind of a heading printed in two languages side by side, if they agree."""
        halves = _halves(text)
        if len(halves) < 2:
            return None
        kinds = {self._headings.get(_heading_key(half)) for half in halves}
        return kinds.pop() if len(kinds) == 1 else None

    def why_heading(self, text: str) -> str:
        """The label of the label file that a heading is; the text itself if it is none."""
        keys = {_heading_key(half) for half in (text, *_halves(text))}
        return next((v for v in self._variants if _heading_key(v) in keys), text.strip())

    def why_value(self, text: str, kind: str) -> str:
        """What makes a line a population or an area: its label, its unit, or both."""
        figures = self.units.population if kind == "population" else self.units.area
        found = figures.match(text, bare=True)
        if found is None:
            return f"label `{text.strip()}`"
        unit = next((found[name] for name in UNIT_GROUPS if found[name]), None)
        parts = [f"label `{found['label']}`"] if found["label"] else []
        parts += ["number", f"unit `{unit.strip()}`"] if unit else ["number"]
        return " + ".join(parts)

    def near_heading(self, text: str, is_word: Callable[[str], bool]) -> Near[SectionKind] | None:
        """The section heading that a whole line, which is no known one, can only mean, or None."""
        return self._nearest.find(_HEADING_FRAME.sub("", text), is_word)

    def inline_heading(self, text: str) -> int | None:
        """Where the text begins that follows a heading and a colon in one line, or None."""
        label, colon, rest = text.partition("：") if "：" in text[:40] else text.partition(": ")
        if cells := None if colon else _CELL_GAP.search(text.strip()):
            label, colon, rest = text[: cells.start()], cells.group(), text[cells.end() :]
        if colon and self.heading(label) == "themes" and self.themes.match(rest):
            return len(label) + len(colon)
        if not colon or len(rest.strip()) < _SHORTEST_INLINE or len(match_key(label)) < 4:
            return None
        return len(label) + len(colon) if self._opens_text(label) else None

    def _opens_text(self, label: str) -> bool:
        return self.heading(label) not in (None, "matter", *BOX_TITLES)

    def glued_heading(self, text: str) -> int | None:
        """Where a heading begins that stands after other text at a line's end, or None."""
        last = text.rstrip()[-1:].casefold()
        if len(text) > _LONGEST_VALUE or simplified(last) not in self._last_letters:
            return None
        plain_text = simplified(text)
        gaps = (gap.end() for gap in _GAP.finditer(plain_text))
        return next((at for at in gaps if _unspaced(plain_text[at:]) in self._glued), None)

    def is_credit(self, text: str) -> bool:
        """Whether a line credits a picture, or is the caption of one."""
        return self._credits.matches(text)

    def is_contact(self, text: str) -> bool:
        """Whether a line begins with a label of an address, or of who made the document."""
        text = without_brackets(text)
        if begins_otherwise(text, self._contact_letters):
            return False
        return credit_key(text[:_LONGEST_START].strip()).startswith(self._contact_starts)

    def holds_address(self, text: str) -> bool:
        """Whether there is an e-mail address in a text, or it is that of a site and no more."""
        mail = "@" in text and _ADDRESS.search(text) is not None
        return mail or _SITE.fullmatch(text) is not None

    def is_page_number(self, text: str) -> bool:
        """Whether a line holds nothing but one or two printed page numbers, or `(cont.)`."""
        if len(text) > _LONGEST_VALUE:
            return False
        said = text.strip(_AROUND)
        goes_on = len(said) <= _LONGEST_START and match_key(said) in self._continued
        return goes_on or bool(_PAGE_NUMBER.fullmatch(text.strip()))

    def is_no_value(self, text: str) -> bool:
        """Whether a text says that there is no value (`n/a`, 未提供, a dash)."""
        return len(text) <= _LONGEST_START and match_key(text) in self._no_value

    def lacks_value(self, text: str) -> Literal["population", "area"] | None:
        """Which value a line labels and says that there is none of, or None."""
        if not self.names_value_label(text):
            return None
        breaks = (m.end() for m in _AFTER_LABEL.finditer(text))
        said = (self.value_label(text[:at]) for at in breaks if self.is_no_value(text[at:]))
        return next(filter(None, said), None)

    def holds_number(self, text: str) -> bool:
        """Whether there is any digit in a line; without one it states no value."""
        return bool(_DIGIT.search(plain(text)))

    def is_population(self, text: str) -> bool:
        """Whether a whole line states a population (`320,010人`, `Population: 1,666,530`)."""
        return len(text) <= _LONGEST_VALUE and self.units.population.match(text) is not None

    def is_country(self, text: str) -> bool:
        """Whether a line says that it is a country (`Country: Spain`), or is one's name."""
        if len(text) > LONGEST_COUNTRY:
            return False
        return bool(countries().labelled(text) or countries().code(text))

    def without_country(self, text: str) -> str:
        """A line of names without the country after a comma, dash or stroke at its end."""
        return countries().apart(text)[0] if len(text) <= _LONGEST_VALUE else text

    def is_area(self, text: str) -> bool:
        """Whether a whole line states an area (`145平方公里`, `Area: 39.41 km²`)."""
        return len(text) <= _LONGEST_VALUE and self.units.area.match(text) is not None

    def is_number(self, text: str, kind: str) -> bool:
        """Whether a line is a number that a label beside it makes a value of this kind."""
        figures = self.units.population if kind == "population" else self.units.area
        return len(text) <= _LONGEST_START and figures.match(text, bare=True) is not None

    def is_further_fact(self, text: str, *, spaced: bool = False) -> bool:
        """Whether a short line states what no table holds (`Mayor: Anna Nowak`).

        With `spaced`, a single space may part a Chinese label from what it says (`省份 江苏省`).
        """
        found = self._fact_field.match(text) if len(text) <= _LONGEST_VALUE else None
        if found is None or text.rstrip()[-1:] in "。.":
            return False
        return _parts_field(found.group(1)) or (spaced and has_han(text[: found.start(1)]))

    def is_fact_label(self, text: str) -> bool:
        """Whether a Chinese text is nothing but the label of a further fact (市花)."""
        label = text.strip()
        whole = has_han(label) and not re.search(r"\s{2,}|[\t:：|｜]", label)
        return whole and self.is_further_fact(f"{label}：-")

    def states_value(self, text: str, kind: str) -> bool:
        """Whether a line says by a label or a unit that it is a value of this kind."""
        return self.is_population(text) if kind == "population" else self.is_area(text)

    def labelled_name(self, text: str, *, loose: bool = False) -> int | None:
        """Where the name begins in a line that says that it is one (`City: Bonn`), or None.

        With `loose`, the label is one that begins other facts as well.
        """
        if len(text) > _LONGEST_VALUE or not (found := self._name_fields[loose].match(text)):
            return None
        return found.end() if _parts_field(found.group(1)) else None

    def is_kind(self, name: str) -> bool:
        """Whether a name says itself what kind of place it is (`Cluj County`, `天府新区`)."""
        return kinds().says_kind(name)

    def names_value_label(self, text: str) -> bool:
        """Whether a label of a population or area stands anywhere in a line."""
        form = self.units
        return form.population.names_label(text) or form.area.names_label(text)

    def names_figure(self, text: str) -> bool:
        """Whether a population or area may stand anywhere in a line, by its words."""
        form = self.units
        return form.population.names_any(text) or form.area.names_any(text)

    def has_label(self, text: str) -> bool:
        """Whether a value says by a label of its own what it is."""
        found = self.units.population.match(text) or self.units.area.match(text)
        return bool(found and found["label"])

    def states_in_prose(self, clause: str) -> Literal["population", "area"] | None:
        """Which value of all of a place a clause of a Chinese sentence states, or None."""
        if len(clause) > _LONGEST_START or not has_han(clause):
            return None
        for kind, figures in (("population", self.units.population), ("area", self.units.area)):
            found = figures.match(clause)
            label = match_key(found["label"]) if found and found["label"] else ""
            if label in self._in_prose[kind]:
                return kind  # type: ignore[return-value]
        return None

    def value_label(self, text: str) -> Literal["population", "area"] | None:
        """Which value a line that is nothing but a label announces, or None."""
        if len(text) >= _LONGEST_START:
            return None
        if self.units.population.is_label(text):
            return "population"
        return "area" if self.units.area.is_label(text) else None


def _list_of(kind: HeadingKind) -> str:
    if kind == "matter":
        return "[matter] labels"
    return f"[boxes] {kind}" if kind in BOX_TITLES else f"[headings] {kind}"


def _field(labels: list[str]) -> re.Pattern[str]:
    """A line that begins with one of some labels and goes on with what it says."""
    words = "|".join(re.escape(word) for word in sorted(labels, key=len, reverse=True))
    note = r"(?:\s*[(（][^()（）]*[)）])?"
    return re.compile(rf"{FIELD_START}(?:{words}){note}{FIELD_END}(?=\S)", re.IGNORECASE)


def _parts_field(gap: str) -> bool:
    """Whether what stands between a label and what it says parts them for certain."""
    return not gap.isspace() or len(gap) >= _WIDE_GAP or "\t" in gap


def _halves(text: str) -> list[str]:
    """A heading in two languages side by side, divided; another one whole."""
    return _TWO_LANGUAGES.split(text.strip(), maxsplit=1)


_CELL_GAP = re.compile(r"\s{3,}|\t|(?<=[\u4e00-\u9fff])\s")
_TWO_LANGUAGES = re.compile(r"(?:(?<!\s)\s+)?[/|·]\s*|(?<=[\u4e00-\u9fff])\s+(?=[A-Za-z])")
_HEADING_FRAME = re.compile(
    rf"^[\s【\[（(〔「『*=~]*(?:(?:第?[{_NUMERALS}]{{1,3}}|\d{{1,2}}|[ivx]{{1,4}})[、.．)）]\s*(?:\d{{1,2}}[.．]?\s+)?)?|[】\]）)〕」』\s*=~]+$",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)
def _heading_key(text: str) -> str:
    """A match key without a number or brackets around it and without hyphens."""
    return re.sub(r"[-‐‑–—]", "", match_key(_HEADING_FRAME.sub("", text)).replace("&", "and"))


def _unspaced(text: str) -> str:
    """The key of a label that may be set with a space between its characters."""
    return "".join(visible_text(text).casefold().split())


@cache
@made_of("layouts.toml")
def layouts() -> Layouts:
    """The project's layouts, read once."""
    return Layouts(load_toml("layouts.toml"), taxonomy(), units())
