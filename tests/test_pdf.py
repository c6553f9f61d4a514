"""PDF: the same profiles as from plain text, whatever the layout and the way it was drawn."""

from __future__ import annotations

from collections import Counter
from functools import cache, partial

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.parse import parse
from pipeline.parse.pdf.glyphs import Glyph, GlyphStyle, PageGlyphs
from pipeline.parse.pdf.page import page_lines
from tests.documents import source
from tests.editions.compare import differences, plain
from tests.editions.content import (
    english_profiles,
    read,
    real_profiles,
    real_records,
    traditional,
)
from tests.editions.edition import render
from tests.editions.faults import FAULTS
from tests.editions.layouts import LAYOUTS
from tests.editions.plain import text_edition

FEW = 6


@cache
def few(language="zh"):
    """A few profiles of both families."""
    if language == "en":
        return english_profiles()
    chosen = real_profiles()[:: len(real_profiles()) // FEW][:FEW]
    return traditional(chosen, "s2tw") if language == "zh-tw" else chosen


@cache
def as_text(language="zh"):
    """What the plain text of the same profiles gives."""
    return read(text_edition(few(language)), "edition/text.txt")


def kinds(expected, found):
    """How many differences there are, by table."""
    return Counter(d.split()[0] for d in differences(expected, found))


def lines(data, reader="auto"):
    """The lines of a file with text, without the white space that does not count."""
    document = parse(data, msgspec.structs.replace(source("edition/file.pdf"), reader=reader))
    return [plain(line.text) for line in document.lines if line.text.strip()]


# ---------------------------------------------------------------- whole editions


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_real_profiles_in_every_layout(layout):
    """All 44 of them: cities and themes as printed, and the text.

    Where a paragraph ends on a full line at a column's end, nothing tells that it ends.
    """
    found = kinds(real_records(), read(render(real_profiles(), layout), "edition/file.pdf"))
    assert not found["cities"]
    assert not found["city_themes"]
    assert found["sections"] <= 4
    assert found["paragraphs"] <= 4


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("language", "font"),
    [("zh", "cid"), ("zh", "mixed"), ("zh-tw", "cid-traditional"), ("en", "embedded")],
)
def test_languages_and_fonts_in_every_layout(layout, language, font):
    """Embedded fonts or none, simplified or traditional Chinese, English."""
    found = read(render(few(language), layout, font=font), "edition/file.pdf")
    expected = as_text(language)
    if layout == "capitals":  # prints its headings in capitals
        expected, found = (
            msgspec.structs.replace(
                records,
                sections=tuple(
                    msgspec.structs.replace(s, heading=s.heading.casefold())
                    for s in records.sections
                ),
            )
            for records in (expected, found)
        )
    assert differences(expected, found) == []


@pytest.mark.parametrize(
    ("leading", "font"), [(12, "embedded"), (13, "cid"), (15, "embedded"), (17, "cid")]
)
def test_order_does_not_depend_on_how_a_page_is_drawn(leading, font):
    """Drawn by columns, by rows or at random; the page number in the gutter, a corner or nowhere."""
    profiles = few()[:3]
    setting = partial(render, profiles, leading=leading, font=font)
    for layout in ("two_columns", "three_columns", "broken_overview"):
        first = lines(setting(layout, order="columns", page_number="none"))
        for order, place in (
            ("columns", "gutter"),
            ("rows", "gutter"),
            ("rows", "corner"),
            ("shuffled", "gutter"),
            ("shuffled", "none"),
        ):
            found = lines(setting(layout, order=order, page_number=place))
            assert [x for x in found if not x.isdigit()] == [x for x in first if not x.isdigit()]


@pytest.mark.parametrize("portions", ["words", "characters"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_letters_may_be_drawn_one_by_one(portions, language):
    """Programs that kern write words, or letters, each by itself and without spaces."""
    whole = lines(render(few(language), "two_columns"))
    assert lines(render(few(language), "two_columns", portions=portions)) == whole


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_both_libraries_give_the_same_lines(layout, language):
    """White space that typesetters put beside Chinese signs apart."""
    data = render(few(language), layout, matter=True)
    assert lines(data, "pdfplumber") == lines(data, "pypdfium2") == lines(data)


# ---------------------------------------------------------------- pages and files that go wrong


@pytest.mark.parametrize(
    ("fault", "profiles", "checks"),
    [
        ("image_only", 2, ["no_text_layer", "pages_not_read"]),
        ("image_with_text_layer", 3, []),
        ("image_behind_text", 3, []),
        ("image_with_stamp", 2, ["no_text_layer", "pages_not_read"]),
        ("image_in_strips", 2, ["no_text_layer", "pages_not_read"]),
        ("empty_page", 3, []),
        ("unmapped_font", 2, ["text_unreadable", "pages_not_read"]),
        ("rotated_90", 3, []),
        ("rotated_180", 3, []),
        ("rotated_270", 3, []),
        ("offset_crop_box", 3, []),
        ("printers_slug", 3, ["text_outside_page"] * 3),
        ("owner_password", 3, []),
        ("radicals", 3, []),
        ("doubled_bold", 3, []),
    ],
)
def test_odd_pages_cost_themselves_alone(fault, profiles, checks):
    """What of a page cannot be read is said; the others are as they would be without it."""
    chosen = real_profiles()[:3]
    found = read(FAULTS[fault](chosen), "edition/file.pdf")
    assert [f.check for f in found.findings if f.table == "sources"] == checks
    kept = {c.city_id for c in found.cities}
    assert len(kept) == profiles
    expected = read(text_edition(chosen), "edition/text.txt")
    assert not [
        d for d in differences(expected, found) if d.split()[1].split("/")[0].strip(":") in kept
    ]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("encrypted", "password"),
        ("truncated", "damaged"),
        ("no_pages", "no page"),
        ("not_a_pdf", "damaged"),
    ],
)
@pytest.mark.parametrize("reader", ["auto", "pdfplumber"])
def test_files_that_cannot_be_read_say_why(fault, words, reader):
    """One message a kind of damage, with what to do."""
    where = msgspec.structs.replace(source("edition/file.pdf"), reader=reader)
    with pytest.raises(SourceError) as caught:
        parse(FAULTS[fault](real_profiles()[:2]), where)
    assert words in caught.value.message
    assert caught.value.hint


def test_a_file_of_pictures_asks_for_text_recognition():
    """Without any text there is nothing to take."""
    with pytest.raises(SourceError, match="no text layer"):
        parse(FAULTS["image_only"](real_profiles()[:1], pages=(1,)), source("edition/file.pdf"))


# ---------------------------------------------------------------- the geometry of a page

BODY = GlyphStyle("Serif", 10.0, "000000", 0)


def set_text(text, x, base, style=BODY, advance=None):
    """The glyphs of a line of upright text from `x`; `advance` is in em, a Chinese letter's is 1."""
    glyphs = []
    for char in text:
        step = style.size * (advance or (1.0 if ord(char) > 0x2E80 else 0.5))
        width = style.size * (1.0 if ord(char) > 0x2E80 else 0.5)
        if char != " ":
            glyphs.append(Glyph(char, x, x + width, base, style))
        x += step
    return glyphs


def printed(*pieces, width=595.0, height=842.0):
    """The lines of a page on which some pieces are set, None for white space between blocks."""
    glyphs = [g for piece in pieces for g in set_text(*piece)]
    found = page_lines(PageGlyphs(1, width, height, tuple(glyphs)))
    return [line.text if line.box else None for line in found]


def column(text, x, top, count, leading=14.0):
    """Pieces: the same text on so many lines of one column, numbered."""
    return [(f"{text}{n}", x, top + leading * n) for n in range(count)]


def test_columns_are_read_one_after_the_other():
    """The gutter decides, wherever the lines stand."""
    left, right = (
        column("左栏文字文字文字文字", 50, 100, 4),
        column("右栏文字文字文字", 300, 107, 4),
    )
    assert printed(*right, *left) == [t for t, *_ in left] + [None] + [t for t, *_ in right]


def test_a_title_across_columns_comes_first():
    """And what stands across below them comes last."""
    across = "横贯两栏的标题横贯两栏的标题横贯两栏的标题横贯两栏"
    left, right = (
        column("左栏文字文字文字文字", 50, 140, 3),
        column("右栏文字文字文字", 300, 140, 3),
    )
    found = printed((across, 50, 100), *left, *right, (across, 50, 230))
    assert [t for t in found if t] == [across, *(t for t, *_ in left + right), across]


def test_a_page_number_in_the_gutter_parts_nothing():
    """It comes last; a number at the edge of a column belongs to its line."""
    left, right = (
        column("左栏文字文字文字文字", 50, 100, 5),
        column("右栏文字文字文字", 200, 100, 5),
    )
    found = [t for t in printed(*left, *right, ("12", 177, 128)) if t]
    assert found == [*(t for t, *_ in left + right), "12"]
    found = printed(("to", 50, 100), ("20", 75, 100), ("countries", 100, 100), *left[1:])
    assert found[0] == "to 20 countries"


def test_a_table_of_figures_is_read_by_rows():
    """A label and its figure are one line, not two columns."""
    rows = [("Population", "1,666,530"), ("Area", "101.4 km2"), ("Founded", "1137")]
    pieces = [
        piece
        for n, (label, figure) in enumerate(rows)
        for piece in ((label, 50, 100 + 16 * n), (figure, 200, 100 + 16 * n))
    ]
    assert [t for t in printed(*pieces) if t] == [f"{a}   {b}" for a, b in rows]


def test_a_table_of_facts_above_two_columns_is_read_by_rows():
    """Its texts begin elsewhere than the right column, though one gutter runs through both."""
    facts = [("How many we are", "270,473 people"), ("Surface", "158 km2"), ("Mayor", "Ann Roe")]
    table = [
        piece
        for n, (label, fact) in enumerate(facts)
        for piece in ((label, 50, 100 + 20 * n), (fact, 190, 100 + 20 * n))
    ]
    left, right = (
        column("The left side runs on", 50, 160, 6),
        column("and the right one too", 200, 160, 4),
    )
    found = [t for t in printed(*table, *left, *right) if t]
    assert found == [f"{a}   {b}" for a, b in facts] + [t for t, *_ in left + right]
    # Entries of two columns that stand level are of their columns.
    entries = [
        (f"{t}", x, 100 + 20 * n) for x, t in ((50, "an entry 1"), (200, "one 2")) for n in (0, 1)
    ]
    found = [t for t in printed(*entries, *left, *right) if t]
    assert found == ["an entry 1"] * 2 + [t for t, *_ in left] + ["one 2"] * 2 + [
        t for t, *_ in right
    ]


def test_letters_of_one_line_stay_together_whatever_stands_beside_them():
    """Smaller type at its height, and a line a little higher in another column."""
    small = BODY._replace(size=7.0)
    found = printed(
        ("parcels by boat", 50, 197.5), ("a cab and a bus", 200, 200), ("beacon", 400, 200, small)
    )
    assert any("a cab and a bus" in t for t in found if t)


def test_entries_far_apart_are_parted_though_one_alone_wraps():
    """No text is set so wide: the lines of one entry tell the leading."""
    entries = [["green"], ["poverty, old", "quarters"], ["mobility and"], ["energy"], ["transport"]]
    pieces, expected, base = [], [], 100.0
    for lines in entries:
        for k, line in enumerate(lines):
            pieces.append((line, 50, base + 12 * k))
        expected += [None, *lines]
        base += 12 * (len(lines) - 1) + 26
    assert printed(*pieces) == expected[1:]
    prose = column("a line of a text that is typed with much room", 50, 100, 6, 26.0)
    assert None not in printed(*prose, *column("an address", 50, 256, 2, 12.0))


def test_a_column_may_be_set_wider_than_the_list_below_it():
    """Lines that go on in the next one tell its leading, whatever is usual on the page."""
    prose = [
        *column("full lines of prose that go on in the next on", 50, 100, 4, 15.0),
        *column("full lines of prose that go on in the next on", 50, 166, 4, 15.0),
    ]
    entries = [
        p for n in range(5) for p in column("an entry that wraps ", 70, 260 + 33 * n, 2, 12.0)
    ]
    found = printed(*prose, *entries)
    assert found[:9] == [*(t for t, *_ in prose[:4]), None, *(t for t, *_ in prose[4:])]


TIGHT = column("表格的一格里有许多文字", 50, 600, 6, 11.0)


@pytest.mark.parametrize(
    "lines",
    [
        ["　　城市位于河流的入海口岸边，以港口和造", "船闻名于世。"],
        ["　　城市位于河流的入海口岸边，占全国", "38.4%。"],
        ["　　城市位于河流的入海口岸边，以海港湾", "区、码头闻名于世。"],
    ],
    ids=["indented first line", "a figure is not parted", "a comma begins no line"],
)
def test_a_paragraph_of_two_lines_is_one_though_a_table_is_set_tighter(lines):
    """Its first line is full and ends no sentence: so it goes on, whatever the table's leading."""
    texts = ["城市位于河流的入海口岸边城市位于河流的。", *lines, "　　新的一段从这里开始。"]
    pieces = [
        (text.lstrip("　"), 50 + 20 * text.startswith("　"), 100 + 13 * k, BODY)
        for k, text in enumerate(texts)
    ]
    found = printed(*pieces, *TIGHT)
    at = found.index(f"    {lines[0].strip()}")
    assert found[at + 1] == lines[1]


def test_a_number_beside_an_entry_goes_before_its_first_line():
    """Designers set it in a badge, at half the height of the entry."""
    entries = [
        ("Culture, tourism", 80, 100), ("and creativity", 80, 112),
        ("Building renovation", 80, 140),
        ("Climate change", 80, 168), ("and energy", 80, 180), ("transition", 80, 192),
    ]  # fmt: skip
    numbers = [("1", 60, 106), ("2", 60, 140), ("3", 60, 180)]
    found = printed(*entries, *numbers)
    assert [line.strip() for line in found if line] == [
        "1 Culture, tourism", "and creativity", "2 Building renovation",
        "3 Climate change", "and energy", "transition",
    ]  # fmt: skip
    other = [("1", 60, 106), ("2", 60, 140), ("17", 60, 180)]  # figures, and no count of entries
    assert "1 Culture, tourism" not in [line and line.strip() for line in printed(*entries, *other)]
    groups = [("Primary", 200, y) for _, _, y in numbers]  # the rows of a table
    assert "1 Culture, tourism" not in [
        line and line.strip() for line in printed(*entries, *numbers, *groups)
    ]


def test_an_icon_beside_the_middle_of_an_entry_goes_before_its_first_line():
    """So do those in its column that stand level with theirs; icons of one entry stay in place."""
    entries = [
        ("Cultural tourism", 80, 100),
        ("Climate and energy", 80, 130), ("transition", 80, 142),
        ("Urban poverty", 80, 172),
    ]  # fmt: skip
    icons = [("♫", 55, 102), ("☀", 55, 138), ("⌂", 55, 174)]
    found = [line.strip() for line in printed(*entries, *icons) if line]
    assert found == ["♫ Cultural tourism", "☀ Climate and energy", "transition", "⌂ Urban poverty"]
    two = [("♫", 55, 130), ("☀", 55, 142)]
    assert [line.strip() for line in printed(*entries, *two) if line][1:3] == [
        "♫ Climate and energy",
        "☀ transition",
    ]


def test_numbers_of_a_table_stay_in_their_rows():
    """A third column stands level with them."""
    rows = [
        ("1", 50, 106), ("Culture, tourism", 70, 100), ("and creativity", 70, 112), ("Primary", 260, 106),
        ("2", 50, 140), ("Renovation", 70, 140), ("Primary", 260, 140),
    ]  # fmt: skip
    assert "1 Culture, tourism" not in [line and line.strip() for line in printed(*rows)]


def test_a_line_of_both_scripts_is_as_far_from_the_next_as_ideographs_are():
    """A word in Latin letters makes it no line of the narrower set text beside it."""
    chinese = [(f"城市位于大江中游是交通枢纽{n}", 60, 100 + 17 * n) for n in range(4)]
    mixed = [("尔（Kavalir）的小型电动车", 60, 100 + 17 * 4)]
    latin = [(f"lines of letters set closer {n}", 320, 100 + 12 * n) for n in range(8)]
    lines = printed(*chinese, *mixed, *latin)
    assert lines.index(mixed[0][0]) == lines.index(chinese[-1][0]) + 1


def test_a_list_in_smaller_type_tells_no_leading_of_the_text():
    """A point less is another type, though lines of both may belong together."""
    text, small = (GlyphStyle("Serif", size, "000000", 0) for size in (10.5, 9.5))
    ticked = [(f"☐主题{n}", 60, 100 + 11.6 * n, small) for n in range(12)]
    steps = (0, 13.8, 28.9, 44.0, 59.1, 73.6)
    prose = [
        (f"2022年生产总值1{n},966亿元，规模以上工业企业3,200家", 60, 300 + step, text)
        for n, step in enumerate(steps)
    ]
    assert None not in printed(*ticked, *prose)[-len(steps) :]


def test_a_table_of_contents_tells_no_leading():
    """Each of its lines fills the column, and none goes on."""
    entries = [p for n in range(5) for p in column(f"Town {n} " + "." * 36, 50, 170 + 17 * n, 1)]
    prose = column("Prose that goes on in the line below it, and on", 50, 100, 2, 14.0)
    after = column("prose that goes on in the line below it, and on", 50, 300, 4, 14.0)
    assert None not in printed(*prose, *after)[:2]
    assert printed(*prose, *entries, *after)[2:7:2] == [None] * 3


def test_a_single_letter_may_be_the_largest():
    """It heads nothing."""
    letter = ("A", 50, 80, BODY._replace(size=17.0))
    prose = column("a line of the text below it", 50, 120, 4)
    assert printed(letter, *prose) == ["A", None, *(t for t, *_ in prose)]


def test_letter_spacing_is_no_space():
    """Letters set apart evenly are one word; a wider gap divides two."""
    title = GlyphStyle("Serif", 20.0, "000000", 0)
    assert printed(("OVERVIEW", 50, 100, title, 1.1)) == ["OVERVIEW"]
    assert printed(("北京", 50, 100, title, 2.0)) == ["北京"]
    assert printed(("GOOD PRACTICE", 50, 100, BODY, 0.8)) == ["GOOD PRACTICE"]


def test_raised_signs_belong_to_their_line():
    """The 2 of km² is small and stands high, and so does the mark of a footnote, which joins no number."""
    small = GlyphStyle("Serif", 6.0, "000000", 0)
    assert printed(("101.4 km", 50, 100), ("2", 90, 96, small)) == ["101.4 km²"]
    assert printed(("330,000", 50, 100), ("1", 85, 96, small)) == ["330,000¹"]
    assert printed(("H", 50, 100), ("2", 55, 102, small)) == ["H2"]


def test_turned_text_comes_after_the_upright():
    """A caption along a picture does not stand amid the text."""
    turned = GlyphStyle("Serif", 6.0, "000000", 90)
    text = column("正文文字文字文字", 50, 100, 3)
    assert printed(("Photo", 100, -300, turned), *text) == [*(t for t, *_ in text), None, "Photo"]


PIECES = st.lists(
    st.tuples(
        st.text(st.sampled_from("北京市abc12,."), min_size=1, max_size=8),
        st.integers(0, 500),
        st.integers(20, 800),
        st.sampled_from(
            [BODY, GlyphStyle("Sans", 24.0, "ff0000", 0), GlyphStyle("Serif", 6.0, "000000", 90)]
        ),
    ),
    max_size=25,
)


@settings(max_examples=150, deadline=None)
@given(PIECES)
def test_every_letter_of_a_page_is_printed_once(pieces):
    """Wherever it stands: nothing is lost and nothing doubled, overprinting apart."""
    glyphs = {
        (g.text, round(g.x0), round(g.base), g.style.turned): g
        for piece in pieces
        for g in set_text(*piece)
    }
    kept = [
        g
        for key, g in glyphs.items()
        if not any(
            other != key
            and other[0] == key[0]
            and abs(other[1] - key[1]) <= 6
            and abs(other[2] - key[2]) <= 6
            for other in glyphs
        )
    ]
    page = PageGlyphs(1, 595.0, 842.0, tuple(kept))
    found = Counter(c for line in page_lines(page) for c in line.text if not c.isspace())
    assert found == Counter(g.text for g in kept)
    assert page_lines(page) == page_lines(page._replace(glyphs=tuple(reversed(kept))))
