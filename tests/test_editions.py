"""The test editions are what they say: all of the content, once, legibly, the same every time."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from itertools import combinations

import msgspec
import pdfplumber
import pypdfium2
import pytest

from tests.editions.__main__ import samples
from tests.editions.compare import content_differences, differences
from tests.editions.content import english_profiles, read, real_profiles, real_records, traditional
from tests.editions.edition import render, sheets_of
from tests.editions.faults import FAULTS, PASSWORD, encrypted, offset_crop_box
from tests.editions.fonts import FONT_FILE, face
from tests.editions.layouts import LAYOUTS
from tests.editions.paint import ORDERS, PORTIONS
from tests.editions.plain import text_edition
from tests.editions.typeset import NO_END, NO_START, Style, hyphenations, wrap

LANGUAGES = ("zh", "zh-tw", "en")


def characters(*texts):
    """How often each character stands in texts; white space and case do not count."""
    return Counter(c for text in texts for c in text.casefold() if not c.isspace())


def raw_text(data, password=None):
    """All characters of a file, in whatever order; pdfium gives U+FFFE for a line's last hyphen."""
    with pypdfium2.PdfDocument(data, password=password) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return "".join(pages).replace("\ufffe", "-")


def printed(profile):
    """All texts of a profile."""
    fields = (profile.name_zh, profile.name_latin, profile.country)
    fields += (profile.population_text, profile.area_text, *profile.labels, *profile.credits)
    for section in profile.sections:
        fields += (section.heading, *(p.text for p in section.paragraphs))
    return [field for field in fields if field]


def overlap(a, b):
    """Whether two boxes share more than an edge."""
    slack = 0.01
    return all(a[i] < b[i + 2] - slack and b[i] < a[i + 2] - slack for i in (0, 1))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_edition_has_the_same_bytes_every_time(layout):
    """No clock, random name or order of a set gets into a file."""
    profiles = samples()["zh"]
    assert render(profiles, layout) == render(profiles, layout)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_all_content_is_drawn(layout, language):
    """Every character of the profiles is in the file, and none that no line holds."""
    profiles = samples()[language]
    options = {"hyphenate": language == "en", "running_header": "IURC"}
    sheets = sheets_of(profiles, layout, **options)
    found = characters(raw_text(render(profiles, layout, **options)))
    assert found == characters(*(line.text for sheet in sheets for line in sheet.lines))
    assert characters(*(text for p in profiles for text in printed(p))) <= found


@pytest.mark.parametrize("font", ["cid", "cid-traditional"])
def test_fonts_that_are_only_named_hold_all_content(font):
    """Read with pdfminer: pdfium drops what a font without outlines draws alone."""
    profiles = samples()["zh" if font == "cid" else "zh-tw"][:3]
    data = render(profiles, font=font)
    with pdfplumber.open(BytesIO(data)) as document:
        found = characters(*(c["text"] for page in document.pages for c in page.chars))
    assert characters(*(text for p in profiles for text in printed(p))) <= found


@pytest.mark.parametrize("portions", PORTIONS)
@pytest.mark.parametrize("order", ORDERS)
def test_how_a_page_is_drawn_changes_no_character(order, portions):
    """The order and the portions of drawing leave the same characters on the page."""
    profiles = samples()["zh"][:3]
    found = raw_text(render(profiles, order=order, portions=portions, font="mixed"))
    assert characters(found) == characters(raw_text(render(profiles, font="mixed")))


@pytest.mark.parametrize("leading", [12, 13, 15, 17])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_two_lines_overlap_and_none_leaves_the_page(layout, leading):
    """The pages are legible: every line has its own place within the margins."""
    number = {12: "corner", 17: "none"}.get(leading, "gutter")
    for profiles in (real_profiles()[1::4], english_profiles()):
        options = {"leading": leading, "page_number": number, "indented": leading == 15}
        for sheet in sheets_of(profiles, layout, matter=True, **options):
            boxes = [line.box for line in sheet.lines]
            assert not [pair for pair in combinations(boxes, 2) if overlap(*pair)]
            for x0, y0, x1, y1 in boxes:
                assert 10 < x0 < x1 < sheet.width - 10
                assert 10 < y0 < y1 < sheet.height - 10


def test_the_overview_of_the_broken_layout_breaks_off_in_a_sentence():
    """The left column ends without a full stop; the sentence goes on beside it."""
    for sheet in sheets_of(real_profiles()[:6], "broken_overview"):
        left = [line for line in sheet.lines if line.x < 200 and line.y > 50]
        assert min(left, key=lambda line: line.y).text[-1] not in "。：）”"


@pytest.mark.parametrize("width", [80, 113, 150, 222])
def test_no_line_begins_with_closing_punctuation(width):
    """Nor ends with an opening bracket, and no word or number is cut (kinsoku shori)."""
    style = Style(size=9)
    for profile in real_profiles():
        for text in printed(profile):
            rows = wrap(text, (width, width), style, face("embedded"))
            lines = [text[row.start : row.end] for row in rows]
            assert "".join("".join(lines).split()) == "".join(text.split())
            assert not [line for line in lines[1:] if line[0] in NO_START]
            assert not [line for line in lines[:-1] if line[-1] in NO_END]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("development", ["develop-ment"]),
        ("administration", ["adminis-tration", "administ-ration"]),
        ("city", []),
        ("China", []),
    ],
)
def test_words_are_parted_between_consonants(word, parts):
    """At least three letters stay on each line; names stay whole."""
    found = [f"{word[:at]}-{word[at:]}" for at in hyphenations(word)]
    assert set(parts) <= set(found)
    assert bool(found) == bool(parts)


def test_front_matter_names_every_profile_with_its_page():
    """The table of contents tells the number of the page on which a profile begins."""
    sheets = sheets_of(english_profiles(), "three_columns", matter=True)
    lines = [line.text for line in sheets[1].lines]
    names = [p.name_latin for p in english_profiles()]
    assert [lines[lines.index(name) + 1] for name in names] == [str(n) for n in range(3, 11)]
    assert sheets[5].lines[0].text.startswith(names[3])


def test_plain_text_of_the_real_profiles_reads_as_the_real_brochure():
    """The twin of an edition says the same as its source, so PDF can be compared with either."""
    found = read(text_edition(real_profiles()), "twin/brochure.txt")
    assert differences(real_records(), found) == []
    assert content_differences(real_profiles(), found) == []


def test_traditional_profiles_are_converted_in_all_parts():
    """Names, labels, headings and paragraphs change their script; Latin text does not."""
    first = traditional(real_profiles(), "s2tw")[13]
    assert (first.name_zh, first.name_latin) == ("武漢", "Wuhan")
    assert first.sections[0].heading == "社會經濟概況"
    assert "中國" in first.sections[0].paragraphs[0].text


def test_differences_are_told_row_by_row():
    """A changed value, a lost row and a row too many each give a line; white space gives none."""
    real = real_records()
    city, *cities = real.cities
    paragraph, *paragraphs = real.paragraphs
    change = msgspec.structs.replace
    spaced = change(paragraph, text=paragraph.text.replace("，", "， "))
    assert differences(real, change(real, paragraphs=(spaced, *paragraphs))) == []
    found = change(
        real,
        cities=(change(city, population=1), *cities),
        city_themes=real.city_themes[1:],
        paragraphs=(change(paragraph, text=paragraph.text[:-2]), *paragraphs),
    )
    population, theme, text = differences(real, found)
    assert population == "cities cn-beijing: population: 21893000 became 1"
    assert theme.startswith("city_themes cn-beijing/1/sustainable-agriculture: missing")
    assert text.endswith("…入新发展格局创造了有利条[件。]… became …入新发展格局创造了有利条[]…")
    assert differences(change(real, cities=tuple(cities)), real)[0].startswith(
        "cities cn-beijing: too many"
    )


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_are_the_same_every_time(fault):
    """A fault is a file like any other."""
    profiles = real_profiles()[23:27]
    assert FAULTS[fault](profiles) == FAULTS[fault](profiles)


@pytest.mark.parametrize("fault", ["truncated", "no_pages", "not_a_pdf", "encrypted"])
def test_unreadable_files_cannot_be_opened(fault):
    """These are failures of the file, not of a page."""
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(FAULTS[fault](real_profiles()[23:27]))


@pytest.mark.parametrize(
    "fault",
    [
        "image_with_text_layer",
        "empty_page",
        "rotated_90",
        "rotated_180",
        "rotated_270",
        "offset_crop_box",
        "owner_password",
    ],
)
def test_odd_files_hold_all_content(fault):
    """What is odd about these files costs no character."""
    profiles = real_profiles()[23:27]
    assert characters(raw_text(FAULTS[fault](profiles))) == characters(raw_text(render(profiles)))


@pytest.mark.parametrize("fault", ["image_only", "unmapped_font"])
def test_one_page_cannot_be_read(fault):
    """The second profile's text is lost, the others' is not."""
    profiles = real_profiles()[23:27]
    found = raw_text(FAULTS[fault](profiles))
    names = [p.name_zh for p in profiles]
    assert [name for name in names if name not in found] == [names[1]]


def test_a_password_opens_the_encrypted_file():
    """The file is sound, only locked."""
    assert "巴塞罗那" in raw_text(encrypted(real_profiles()[22:24]), PASSWORD)


def test_the_printers_slug_stands_beyond_the_crop_box():
    """A reader that asks for all text gets a line that nobody sees."""
    data = offset_crop_box(real_profiles()[:1], slug="brochure_v7.indd")
    with pypdfium2.PdfDocument(data) as document:
        left, bottom, right, top = document[0].get_cropbox()
        assert (left, bottom) == (40, 40)
        page = document[0].get_textpage()
        assert "brochure_v7" in page.get_text_range()
        assert "brochure_v7" not in page.get_text_bounded(left, bottom, right, top)


def test_radicals_stand_for_ideographs():
    """Compatibility folding gives the content back."""
    found = raw_text(FAULTS["radicals"](real_profiles()[:1]))
    assert "⼈" in found
    assert "人" not in found


def test_the_font_is_small():
    """It lies in the repository."""
    assert FONT_FILE.stat().st_size < 1_200_000
