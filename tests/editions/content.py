"""What an edition says, apart from how it is laid out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from opencc import OpenCC

from pipeline.knowledge.calendars import calendars
from pipeline.knowledge.layouts import layouts
from pipeline.knowledge.lexicon import lexicon
from pipeline.model import SectionKind
from pipeline.normalise import normalise
from pipeline.parse import parse
from pipeline.records import Records
from pipeline.segment import segment
from tests.documents import source

REAL = Path(__file__).parent.parent.parent / "raw" / "iurc-china-2021" / "brochure.txt"
ENGLISH = Path(__file__).parent / "english.toml"


@dataclass(frozen=True)
class ParagraphContent:
    """One paragraph. `lead` is the title that `text` begins with, where it has one."""

    text: str
    lead: str | None = None
    bullet: bool = False


@dataclass(frozen=True)
class SectionContent:
    """One section under its printed heading."""

    kind: SectionKind
    heading: str
    paragraphs: tuple[ParagraphContent, ...]


@dataclass(frozen=True)
class ProfileContent:
    """One city or region, each field as it is to be printed; a name may be missing."""

    name_zh: str | None
    name_latin: str | None
    country: str | None
    population_text: str | None
    area_text: str | None
    labels: tuple[str, ...]
    sections: tuple[SectionContent, ...]
    credits: tuple[str, ...] = ()

    def section(self, kind: SectionKind) -> SectionContent | None:
        """The section of a kind, or None."""
        return next((s for s in self.sections if s.kind == kind), None)


Profiles = tuple[ProfileContent, ...]


def read(data: bytes, name: str) -> Records:
    """The records that the pipeline makes of a document called `name` (`folder/file.ext`)."""
    return normalise(segment(parse(data, source(name)), layouts(), calendars()), lexicon())


def contents_of(found: Records) -> Profiles:
    """The profiles of a run, in order."""
    return tuple(
        ProfileContent(
            name_zh=city.name_zh,
            name_latin=city.name_en,
            country=city.country_zh,
            population_text=city.population_text,
            area_text=city.area_text,
            labels=tuple(
                dict.fromkeys(t.label for t in found.city_themes if t.city_id == city.city_id)
            ),
            sections=tuple(
                SectionContent(
                    section.section,
                    section.heading,
                    tuple(
                        ParagraphContent(p.text, p.lead, p.bullet)
                        for p in found.paragraphs
                        if (p.city_id, p.section) == (city.city_id, section.section)
                    ),
                )
                for section in found.sections
                if section.city_id == city.city_id
            ),
            credits=_credits(found, city.city_id),
        )
        for city in found.cities
    )


def _credits(found: Records, city_id: str) -> tuple[str, ...]:
    """The captions of a profile; lines that follow one another are one caption."""
    captions: dict[int, str] = {}
    last = first = -1
    for line in found.lines:
        if line.role == "credit" and line.city_id == city_id:
            first = first if line.line == last + 1 else line.line
            captions[first] = captions.get(first, "") + line.text.strip()
            last = line.line
    return tuple(captions.values())


@cache
def real_records() -> Records:
    """The records of the real brochure, read from its plain text."""
    return read(REAL.read_bytes(), "iurc-china-2021/brochure.txt")


@cache
def real_profiles() -> Profiles:
    """All profiles of the real brochure, in order."""
    return contents_of(real_records())


@cache
def _converter(form: str) -> OpenCC:
    return OpenCC(form)


def traditional_text(text: str, form: str = "s2t") -> str:
    """A simplified text in traditional characters: OpenCC's `s2t`, `s2tw` or `s2hk`."""
    return _converter(form).convert(text)


def traditional(profiles: Iterable[ProfileContent], form: str = "s2t") -> Profiles:
    """Profiles in traditional characters; Latin text stays as it is."""

    def convert(text: str | None) -> str | None:
        return text and traditional_text(text, form)

    return tuple(
        replace(
            profile,
            name_zh=convert(profile.name_zh),
            country=convert(profile.country),
            population_text=convert(profile.population_text),
            area_text=convert(profile.area_text),
            labels=tuple(traditional_text(label, form) for label in profile.labels),
            sections=tuple(
                SectionContent(
                    section.kind,
                    traditional_text(section.heading, form),
                    tuple(
                        replace(p, text=traditional_text(p.text, form), lead=convert(p.lead))
                        for p in section.paragraphs
                    ),
                )
                for section in profile.sections
            ),
            credits=tuple(traditional_text(c, form) for c in profile.credits),
        )
        for profile in profiles
    )


@cache
def english_profiles() -> Profiles:
    """The profiles of an English edition, written for these tests."""
    entries = tomllib.loads(ENGLISH.read_text("utf-8"))["profile"]
    return tuple(
        ProfileContent(
            name_zh=entry.get("name_zh"),
            name_latin=entry["name"],
            country=entry.get("country"),
            population_text=entry["population"],
            area_text=entry["area"],
            labels=tuple(entry["labels"]),
            sections=tuple(
                SectionContent(
                    section["kind"],
                    section["heading"],
                    tuple(_english_paragraph(text) for text in section["paragraphs"]),
                )
                for section in entry["section"]
            ),
            credits=tuple(entry.get("credits", ())),
        )
        for entry in entries
    )


def _english_paragraph(text: str) -> ParagraphContent:
    """A paragraph as the file writes it: `- ` before a bullet, `**` around a lead."""
    bullet = text.startswith("- ")
    text = " ".join(text.removeprefix("- ").split())
    if not text.startswith("**"):
        return ParagraphContent(text, bullet=bullet)
    lead = text.split("**")[1]
    return ParagraphContent(text.replace("**", ""), lead.rstrip(":"), bullet)
