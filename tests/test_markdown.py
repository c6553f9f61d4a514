"""Documents in Markdown become the lines that they show as a page."""

from __future__ import annotations

import pytest

from pipeline.parse import parse
from tests.documents import read, source


def lines(text: str) -> list[str]:
    """The lines of a document, without blank ones."""
    found = parse(text.encode(), source("test/portraits.md"))
    assert (found.media_type, found.reader) == ("text/markdown", "markdown-it")
    return [line.text for line in found.lines if line.text.strip()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A **bold** word, a [link](https://x.example) and `code`.", ["A bold word, a link and code."]),
        ("One\ntwo\n\nthree", ["One", "two", "three"]),
        ("**Country:** Albania\n**Population:** 598,176", ["Country: Albania", "Population: 598,176"]),
        ("- One\n- Two\n", ["• One", "• Two"]),
        ("1. One\n2. Two\n", ["1. One", "2. Two"]),
        ("| Population | 598,176 |\n|:--|--:|\n| Area | 1,110 km² |", ["Population\t598,176", "Area\t1,110 km²"]),
        ("![The port](port.jpg)\n\nText.", ["The port", "Text."]),
        ("---\ntitle: A & B\n---\n\nText.", ["title: A & B", "Text."]),
        ("Seen <!-- not --> too", ["Seen too"]),
        ("# 北京\n\n中国首都", ["北京", "中国首都"]),
        ("1996 was a year.\n2\\. is no entry", ["1996 was a year.", "2. is no entry"]),
    ],
)  # fmt: skip
def test_lines_are_those_that_are_shown(text: str, expected: list[str]) -> None:
    """Marks are not shown, and a line end inside a paragraph is kept."""
    assert lines(text) == expected


def test_headings_have_their_rank() -> None:
    """As those of a web page have."""
    found = parse(b"# One\n\n### Three\n\nTwo\n---\n", source("test/portraits.md"))
    assert [(x.text, x.level) for x in found.lines if x.text] == [
        ("One", 1),
        ("Three", 3),
        ("Two", 2),
    ]


PORTRAITS = """---
title: "Member Portraits"
---

# Green Cities Network: Member Portraits

- [Tirana](#tirana)
- [Podgorica](#podgorica)
- [Bitola](#bitola)

{}
"""
PORTRAIT = """
## {name}

| Fact | Value |
|:-----|------:|
| **Country** | {country} |
| **Population** | {people:,} |
| **Surface area** | {area:,} km² |

### Snapshot

The city lies *between* the mountains and the sea, and one in five people of the country
lives here. Its tram was opened in 1906.

### Worth copying

* On Car-Free Days, **Skanderbeg Square** belongs to children
* Every school is within 15 minutes on foot

### Topics for cooperation

1. Clean transport
2. Waste and circular economy
3. Spatial planning and public space
"""


def test_a_brochure_in_markdown() -> None:
    """Names, facts, sections, entries and numbered labels, without the marks."""
    cities = [("Tirana", "Albania", 598176, 1110), ("Podgorica", "Montenegro", 179505, 1399),
              ("Bitola", "North Macedonia", 85164, 787)]  # fmt: skip
    text = "\n---\n".join(
        PORTRAIT.format(name=n, country=c, people=p, area=a) for n, c, p, a in cities
    )
    found = read(PORTRAITS.format(text).encode(), "portraits/members.md")
    assert [(c.name_en, c.country_code, c.population, c.area_km2) for c in found.cities] == [
        ("Tirana", "AL", 598176, 1110.0),
        ("Podgorica", "ME", 179505, 1399.0),
        ("Bitola", "MK", 85164, 787.0),
    ]
    assert [(t.label, t.theme) for t in found.city_themes if t.city_id == "al-tirana"] == [
        ("Clean transport", "mobility"),
        ("Waste and circular economy", "circular-economy"),
        ("Spatial planning and public space", "urban-agenda"),
    ]
    practice = [
        p.text
        for p in found.paragraphs
        if p.city_id == "al-tirana" and p.section == "good_practices"
    ]
    assert practice == [
        "On Car-Free Days, Skanderbeg Square belongs to children",
        "Every school is within 15 minutes on foot",
    ]


def test_rules_between_profiles_are_no_front_matter() -> None:
    """What stands between two rules is text, unless it begins with a field."""
    profile = (
        "# {}\n\nPopulation: {}\n\nArea: {} km2\n\n## Overview\n\nA city on a river.\n\n---\n\n"
    )
    said = "---\n\n" + profile.format("Bonn, Germany", "330,000", 141)
    said += profile.format("Graz, Austria", "290,000", 127)
    assert [c.name_en for c in read(said.encode(), "office/two.md").cities] == ["Bonn", "Graz"]
