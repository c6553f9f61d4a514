"""The profiles of a brochure → cities, sections, paragraphs, themes."""

from __future__ import annotations

from collections import defaultdict

import msgspec

from pipeline.knowledge.hyphens import Hyphens
from pipeline.knowledge.lexicon import Lexicon
from pipeline.knowledge.themes import join_label
from pipeline.model import Document, Finding, Profile, Segments
from pipeline.normalise.bilingual import told_places
from pipeline.normalise.cities import Header, read_header
from pipeline.normalise.consistency import consistency_doubts
from pipeline.normalise.doubts import prose_doubts
from pipeline.normalise.passages import join_lines, lead_of
from pipeline.normalise.printed import Printed
from pipeline.normalise.prose import prose_mentions, prose_quantities
from pipeline.normalise.several_values import PrintedValues
from pipeline.normalise.themes import read_labels
from pipeline.normalise.value_scope import scope_doubts
from pipeline.pieces import piece_text, where_of
from pipeline.records import City, CityQuantity, CityTheme, Paragraph, Records, Section


def normalise_profiles(
    segments: Segments, lexicon: Lexicon, records: Records
) -> tuple[Records, tuple[str, ...]]:
    """The records of a brochure with those of its profiles, and the `city_id` of each profile.

    Two profiles that tell of one place have one `city_id`.
    """
    document = segments.document
    edition = document.source.edition.edition
    printed = lexicon.hyphens.of(line.text for line in document.lines)
    ids: dict[int, str] = {}
    cities: list[City] = []
    sections: list[Section] = []
    prose: list[Printed] = []
    themes: list[CityTheme] = []
    findings: list[Finding] = []
    values = PrintedValues(segments)
    places, doubts = told_places(document, segments.profiles, lexicon)
    findings += doubts
    for position, (profile, names, parts) in enumerate(places, start=1):
        texts = _texts(document, profile, printed)
        said = [text for section in texts for text in section]
        header = read_header(document, profile, names, position, said, lexicon)
        header = _unique(header, list(ids.values()), edition)
        city_id = header.city.city_id
        ids |= dict.fromkeys(parts, city_id)
        cities.append(header.city)
        findings += header.findings
        findings += values.doubts(parts, header.city, lexicon.units)
        findings += scope_doubts(header.city, edition, lexicon.units)
        new_sections, new_prose = _sections(document, profile, city_id, texts)
        sections += new_sections
        prose += new_prose
        findings += prose_doubts(header.city, new_prose, edition, lexicon)
        new_themes, doubts = read_labels(document, profile, city_id, lexicon.themes)
        themes += new_themes
        findings += doubts
    quantities = tuple(prose_quantities(prose, cities, lexicon))
    measured: dict[str, list[CityQuantity]] = defaultdict(list)
    for quantity in quantities:
        measured[quantity.city_id].append(quantity)
    for city in cities:
        findings += consistency_doubts(city, measured[city.city_id], edition)
    filled = msgspec.structs.replace(
        records,
        cities=tuple(cities),
        sections=tuple(sections),
        paragraphs=tuple(printed.paragraph for printed in prose),
        city_themes=tuple(themes),
        quantities=quantities,
        mentions=tuple(prose_mentions(prose, cities, lexicon)),
        findings=tuple(findings),
    )
    return filled, tuple(ids[i] for i in range(len(segments.profiles)))


def _texts(document: Document, profile: Profile, printed: Hyphens) -> list[list[str]]:
    """The rebuilt paragraphs of each section of a profile."""
    return [
        [
            join_lines((piece_text(document, p) for p in passage.pieces), printed)
            for passage in span.passages
        ]
        for span in profile.sections
    ]


def _sections(
    document: Document, profile: Profile, city_id: str, texts: list[list[str]]
) -> tuple[list[Section], list[Printed]]:
    sections: list[Section] = []
    prose: list[Printed] = []
    for span, section_texts in zip(profile.sections, texts, strict=True):
        pieces = [*span.heading, *(p for passage in span.passages for p in passage.pieces)]
        sections.append(
            Section(
                city_id=city_id,
                section=span.kind,
                heading=join_label([piece_text(document, p) for p in span.heading]),
                text="\n".join(section_texts),
                paragraphs=len(section_texts),
                where=where_of(document, pieces),
            )
        )
        for position, (passage, text) in enumerate(
            zip(span.passages, section_texts, strict=True), start=1
        ):
            paragraph = Paragraph(
                city_id=city_id,
                section=span.kind,
                position=position,
                lead=lead_of(text),
                text=text,
                bullet=passage.bullet,
                where=where_of(document, passage.pieces),
            )
            prose.append(Printed(paragraph, document, passage.pieces))
    return sections, prose


def _unique(header: Header, taken: list[str], edition: str) -> Header:
    """The same header; a second profile with one id gets a number and an error finding."""
    city = header.city
    if city.city_id not in taken:
        return header
    number = 2
    while f"{city.city_id}-{number}" in taken:
        number += 1
    new_id = f"{city.city_id}-{number}"
    doubt = Finding(
        "error",
        "profile_twice",
        f"a second profile is named like {city.city_id}; it is kept as {new_id}",
        edition,
        new_id,
        "cities",
        "city_id",
        city.where,
    )
    renamed = [msgspec.structs.replace(f, city_id=new_id) for f in header.findings]
    return Header(msgspec.structs.replace(city, city_id=new_id), (*renamed, doubt))
