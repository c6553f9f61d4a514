"""Pages as other programs set them: what must come out as lines, values and paragraphs."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pipeline.parse.pdf.glyphs import Glyph, GlyphStyle
from pipeline.parse.pdf.pdfium import _ligatures_apart
from tests.editions.content import read

Text = tuple[float, float, float, str]  # left, baseline from the top, size, text

PROSE = (
    "Ghent is the second largest city of the region and a port on",
    "two rivers. Its university makes it a centre of research, and",
    "its quarters by the water draw many visitors every year.",
)
END = ("Good practices", "The city has a food strategy of its own and shares it gladly.")


def _records(texts: list[Text]):
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for left, top, size, text in texts:
        canvas.setFont("Helvetica", size)
        canvas.drawString(left, A4[1] - top, text)
    canvas.showPage()
    canvas.save()
    return read(buffer.getvalue(), "edition/page.pdf")


def _column(left: float, top: float, lines: tuple[str, ...], size: float = 10) -> list[Text]:
    return [(left, top + 13 * k, size, line) for k, line in enumerate(lines)]


HEADERS: dict[str, list[Text]] = {
    "a table of facts, one of its values on two lines": [
        (60, 60, 24, "Ghent"),
        *[(60, 90 + 20 * k, 10, t) for k, t in enumerate(("Country", "Population", "Area"))],
        *[(160, 90 + 20 * k, 10, t) for k, t in enumerate(("Belgium", "263,614", "157.77 km²"))],
        (60, 150, 10, "Themes"),
        (160, 150, 10, "Circular economy; Mobility and transport; Climate change"),
        (160, 163, 10, "and energy transition"),
    ],
    "large numbers above their labels, the country on a line of its own": [
        (60, 60, 24, "Ghent"),
        (60, 80, 12, "Belgium"),
        (60, 104, 18, "263,614"),
        (60, 114, 7, "INHABITANTS"),
        (60, 136, 18, "157.77 km²"),
        (60, 146, 7, "SURFACE AREA"),
        (60, 166, 10, "Circular economy"),
        (200, 166, 10, "Mobility and transport"),
        (60, 180, 10, "Climate change and energy transition"),
    ],
    "a table in which the themes that apply are ticked": [
        (60, 60, 24, "Ghent, Belgium"),
        (60, 80, 10, "Population: 263,614"),
        (60, 93, 10, "Area: 157.77 km²"),
        *[
            (left, 110 + 18 * k, 10, text)
            for k, (label, mark) in enumerate(
                (
                    ("Urban planning", "no"),
                    ("Circular economy", "yes"),
                    ("Mobility and transport", "yes"),
                    ("Health and life sciences", "no"),
                    ("Climate change and energy transition", "yes"),
                )
            )
            for left, text in ((60, label), (280, mark))
        ],
    ],
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_header(header: list[Text]) -> None:
    """Names, numbers and themes are read from the places where designers put them."""
    body = [
        (60, 230, 12, "Socio-economic overview"),
        *_column(60, 248, PROSE),
        (60, 310, 12, END[0]),
        (60, 328, 10, END[1]),
    ]
    found = _records([*header, *body])
    (city,) = found.cities
    assert (city.name_en, city.country_code, city.population, city.area_km2) == (
        "Ghent", "BE", 263614, 157.77,
    )  # fmt: skip
    assert [t.theme for t in found.city_themes] == [
        "circular-economy",
        "mobility",
        "climate-energy",
    ]
    assert [p.text for p in found.paragraphs] == [" ".join(PROSE), END[1]]


HEAD: list[Text] = [
    (60, 60, 24, "Ghent"),
    (60, 80, 10, "Belgium"),
    (60, 94, 10, "Population: 263,614"),
    (60, 108, 10, "Area: 157.77 km²"),
]
BODIES: dict[str, list[Text]] = {
    "headings in the margin, level with their text": [
        *_column(60, 150, ("Socio-economic", "overview")),
        *_column(160, 150, PROSE),
        (60, 210, 10, END[0]),
        (160, 210, 10, END[1]),
    ],
    "an initial of two lines": [
        (60, 150, 12, "Socio-economic overview"),
        (60, 184, 28, "G"),
        (84, 171, 10, PROSE[0][1:]),
        (84, 184, 10, PROSE[1]),
        (60, 197, 10, PROSE[2]),
        (60, 230, 12, END[0]),
        (60, 250, 10, END[1]),
    ],
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_body(body: list[Text]) -> None:
    """Each text stands below the heading beside it, from its first letter on."""
    found = _records([*HEAD, *body])
    assert [(p.section, p.text) for p in found.paragraphs] == [
        ("overview", " ".join(PROSE)),
        ("good_practices", END[1]),
    ]


def test_short_lines_beside_an_initial_are_the_text_of_a_heading() -> None:
    """None of them is long, but each goes on in the next."""
    lines = ("hents lie where two", "rivers meet, and the town", "has long lived from wool.")
    body: list[Text] = [
        (60, 150, 13, "Portrait of the town"),
        (60, 184, 28, "G"),
        *[(84, 171 + 13 * k, 10, line) for k, line in enumerate(lines[:2])],
        (60, 197, 10, lines[2]),
        (60, 230, 13, END[0]),
        (60, 250, 10, END[1]),
    ]
    found = _records([*HEAD, *body])
    assert [(p.section, p.text) for p in found.paragraphs] == [
        ("overview", "G" + " ".join(lines)), ("good_practices", END[1]),
    ]  # fmt: skip


def test_a_list_in_two_columns_goes_on_over_the_foot_of_the_first() -> None:
    """A page's number there divides no list."""
    themes = ["Mobility and transport", "Circular economy", "Urban beekeeping", "Health"]
    body: list[Text] = [
        (60, 150, 12, "Socio-economic overview"),
        *_column(60, 168, PROSE),
        (60, 300, 10, "Themes of interest"),
        *[
            (60 + 250 * (k % 2), 320 + 26 * (k // 2), 10, f"{k + 1} {theme}")
            for k, theme in enumerate(themes)
        ],
        (60, 700, 9, "- 3 -"),
    ]
    found = _records([*HEAD, *body])
    assert sorted(t.label for t in found.city_themes) == sorted(themes)


@pytest.mark.parametrize(
    ("initial", "first", "text"),
    [
        ("1", "859 opened the port to ships of all", "1859 opened the port to ships of all"),
        ("2", "A second part of the text that is", None),
    ],
    ids=["the first digit of a year", "a number beside a text"],
)
def test_a_digit_as_an_initial(initial: str, first: str, text: str | None) -> None:
    """It is one where the text goes on with digits."""
    rest = ("nations, and the town has lived from", "it since then.")
    body: list[Text] = [
        (60, 150, 12, "Socio-economic overview"),
        (60, 184, 28, initial),
        (84, 171, 10, first),
        (84, 184, 10, rest[0]),
        (60, 197, 10, rest[1]),
    ]
    texts = [p.text for p in _records([*HEAD, *body]).paragraphs]
    assert ([" ".join((text, *rest))] == texts) if text else (first in " ".join(texts))


def test_ligature() -> None:
    """The letters of a ligature, which PDFium puts all in one place, stand side by side."""
    style = GlyphStyle("Font", 10, "000000", 0)
    letters = [Glyph(c, 10, 19, 5, style) for c in "ffi"]
    copies = [Glyph("f", 10, 19, 5, style) for _ in range(2)]
    assert [(g.x0, g.x1) for g in _ligatures_apart(letters, [1, 1, 1])] == [
        (10, 13), (13, 16), (16, 19),
    ]  # fmt: skip
    assert _ligatures_apart(copies, [1, 2]) == copies  # printed twice by two objects


def test_columns_side_by_side_in_text() -> None:
    """Columns in the lines of a plain text are read one after the other, with a finding."""
    left = ["Socio-economic overview", "", *(f"The port has quay number {n} and" for n in range(7)),
            "it grows."]  # fmt: skip
    right = ["Good practices", "", *(f"The plan has part number {n} and so" for n in range(7)),
             "it is long."]  # fmt: skip
    lines = [f"  {a:<44}{b}".rstrip() for a, b in zip(left, right, strict=True)]
    text = "\n".join(["Ghent (Belgium)", "", "Population: 263,614", "Area: 157.77 km²", "", *lines])
    found = read(text.encode(), "edition/page.txt")
    assert [(p.section, p.text) for p in found.paragraphs] == [
        ("overview", " ".join(left[2:])),
        ("good_practices", " ".join(right[2:])),
    ]
    assert [f.check for f in found.findings if f.severity == "warning"] == ["columns_in_lines"]


def test_paragraphs_on_lines_of_their_own() -> None:
    """A word processor writes each paragraph on one line, however short the one below it is."""
    long = "The port has grown for years and " * 6 + "it goes on to grow."
    text = f"""Ghent
Belgium

Population:\t263,614
Area:\t157.77 km²

Circular economy\tDigital economy, Circular economy – waste management, Post-COVID recovery

Socio-economic overview
{long}
{long}
It is large.
"""
    found = read(text.encode(), "edition/page.txt")
    (city,) = found.cities
    assert (city.name_en, city.country_code) == ("Ghent", "BE")
    assert [p.text for p in found.paragraphs] == [long, long, "It is large."]
    assert {t.theme for t in found.city_themes} == {
        "circular-economy", "digital-economy", "post-covid-recovery",
    }  # fmt: skip


def test_header_in_two_languages() -> None:
    """Two columns in two languages are one profile, whose themes are named once."""
    chinese = ["人口：263,614人", "面积：157.77平方公里", "", "循环经济", "交通与运输", "",
               "社会经济概况", "", "根特是一座港口城市。"]  # fmt: skip
    english = ["Population: 263,614", "Area: 157.77 km²", "", "Circular economy", "Mobility", "",
               "Socio-economic overview", "", "Ghent is a port."]  # fmt: skip
    text = "\n".join(["根特 Ghent", "比利时 Belgium", "", *chinese, "", *english])
    found = read(text.encode(), "edition/page.txt")
    (city,) = found.cities
    assert (city.name_zh, city.name_en, city.country_code) == ("根特", "Ghent", "BE")
    assert [t.label for t in found.city_themes] == ["循环经济", "交通与运输"]
    assert [p.text for p in found.paragraphs] == [chinese[-1], english[-1]]
