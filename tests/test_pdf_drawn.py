"""What is drawn on a page beside its letters says what belongs together, as it does to a reader."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pipeline.knowledge.countries import countries
from pipeline.knowledge.hyphens import hyphens
from pipeline.knowledge.layouts import layouts
from pipeline.knowledge.parts import parts
from pipeline.knowledge.subdivisions import subdivisions
from pipeline.normalise.names import read_names
from pipeline.parse.pdf.drawn import Shape
from pipeline.parse.pdf.glyphs import GlyphStyle, PageGlyphs
from pipeline.parse.pdf.page import page_lines
from pipeline.parse.pdf.pdfium import Pdfium
from pipeline.parse.pdf.plumber import Plumber
from pipeline.parse.pdf.signs import Sign
from pipeline.segment.lines.cells import header_cells
from tests.editions.content import read
from tests.test_pdf import column, set_text

Draw = Callable[[Canvas], None]
WIDTH, HEIGHT = A4

CITIES = {
    "Ghent": ("Belgium", "263,614", "157.77"),
    "Bilbao": ("Spain", "345,821", "41.5"),
    "Aarhus": ("Denmark", "285,273", "91"),
}
PROSE = (
    "{0} is a port on two rivers, and its",
    "university makes it a centre of research",
    "which many visitors come to see.",
)
PRACTICE = (
    "Since 2019 the schools of {0} cook with",
    "what farmers of the region grow, and the",
    "kitchens throw away a third less.",
)
THEMES = ("Circular economy", "Mobility and transport", "Urban planning")


def lines_of(*pieces, shapes=(), signs=()):
    """The lines of a page on which some pieces are set and some shapes are drawn."""
    glyphs = [g for piece in pieces for g in set_text(*piece)]
    page = PageGlyphs(1, 595.0, 842.0, tuple(glyphs), shapes=tuple(shapes), signs=tuple(signs))
    return [line.text for line in page_lines(page) if line.box]


def box(x0, top, x1, bottom, **how) -> Draw:
    """A box; `fill` makes it a tint, else it is a frame."""
    return lambda c: c.rect(
        x0, HEIGHT - bottom, x1 - x0, bottom - top, stroke=0 if how else 1, **how
    )


def rule(x0, x1, y) -> Draw:
    """A level rule."""
    return lambda c: c.line(x0, HEIGHT - y, x1, HEIGHT - y)


def text(x, top, size, words, font="Helvetica") -> Draw:
    """A line of text with its baseline at `top`."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0)
        canvas.setFont(font, size)
        canvas.drawString(x, HEIGHT - top, words)

    return draw


def block(x, top, city, title) -> list[Draw]:
    """A heading and its prose."""
    prose = PRACTICE if "practice" in title else PROSE
    lines = [text(x, top + 18 + 13 * k, 10, t.format(city)) for k, t in enumerate(prose)]
    return [text(x, top, 12, title, "Helvetica-Bold"), *lines]


def pages(*sheets: list[Draw]) -> bytes:
    """A PDF of sheets."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for sheet in sheets:
        for draw in sheet:
            canvas.saveState()
            draw(canvas)
            canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def strip_at_foot(city: str, drawn: Draw) -> list[Draw]:
    """Two columns, and below them a strip with all facts, whose words stand in the left column."""
    country, people, area = CITIES[city]
    return [
        text(50, 60, 22, city, "Helvetica-Bold"),
        text(130, 60, 11, country),
        *block(50, 110, city, "City profile"),
        *block(310, 110, city, "Good practices"),
        drawn,
        text(60, 190, 10, f"Population {people}"),
        text(60, 204, 10, f"Area {area} km²"),
        text(60, 220, 10, f"Themes: {'; '.join(THEMES)}"),
    ]


def fact_table(
    city: str, drawn: list[Draw], sign: str = "\u2022 ", row: tuple[str, ...] = ()
) -> list[Draw]:
    """A table of labels and values with a list of themes, and perhaps a further `row` below it."""
    country, people, area = CITIES[city]
    rows = (("Country", country), ("Population", people), ("Surface area", f"{area} km²"))
    return [
        *drawn,
        text(50, 60, 22, city, "Helvetica-Bold"),
        *[
            text(60 + 130 * j, 90 + 20 * k, 10, t)
            for k, r in enumerate(rows)
            for j, t in enumerate(r)
        ],
        text(60, 150, 10, "Themes"),
        *[text(190, 150 + 14 * k, 10, f"{sign}{t}") for k, t in enumerate(THEMES)],
        *[text(x, 192, 10, t) for x, t in zip((60, 190), row, strict=False)],
        *block(50, 220, city, "City profile"),
        *block(310, 220, city, "Good practices"),
    ]


def wrapped_cells(city: str, drawn: list[Draw]) -> list[Draw]:
    """A row of heads above a row of values, in which a note goes on in the next line of its cell."""
    country, people, area = CITIES[city]
    cells = ((country, 0), (f"{people} (as of", 0), (f"{area} km²", -3), ("www.city.example", -3))
    return [
        *drawn,
        text(50, 40, 22, city, "Helvetica-Bold"),
        *[
            text(60 + 110 * j, 83, 10, t)
            for j, t in enumerate(("Country", "Population", "Area", "Web"))
        ],
        *[text(60 + 110 * j, 103 + up, 10, t) for j, (t, up) in enumerate(cells)],
        text(170, 117, 10, "2021)"),
        text(60, 150, 10, f"Themes: {'; '.join(THEMES)}"),
        *block(50, 220, city, "City profile"),
        *block(310, 220, city, "Good practices"),
    ]


def card(city: str, left: float, top: float) -> list[Draw]:
    """A framed card with the name and the themes in a panel at the right."""
    country, people, area = CITIES[city]
    return [
        box(left, top, left + 500, top + 220),
        *block(left + 12, top + 24, city, "City profile"),
        *block(left + 12, top + 100, city, "Good practices"),
        text(left + 330, top + 40, 18, city, "Helvetica-Bold"),
        text(left + 330, top + 58, 10, country),
        text(left + 330, top + 80, 10, f"{people} people"),
        text(left + 330, top + 94, 10, f"{area} km²"),
        text(left + 330, top + 120, 9, "THEMES"),
        *[text(left + 330, top + 134 + 14 * k, 9, t) for k, t in enumerate(THEMES)],
    ]


def everything(city: str) -> tuple:
    """What is to be read of a city."""
    _, people, area = CITIES[city]
    return (
        city,
        float(people.replace(",", "")),
        float(area),
        list(THEMES),
        ["overview", "good_practices"],
    )


def told(data: bytes) -> list[tuple]:
    """Name, population, area, themes and sections of each profile."""
    found = read(data, "edition/page.pdf")
    return [
        (
            c.name_en,
            c.population,
            c.area_km2,
            list(dict.fromkeys(t.label for t in found.city_themes if t.city_id == c.city_id)),
            [s.section for s in found.sections if s.city_id == c.city_id],
        )
        for c in found.cities
    ]


GRID = [rule(50, 400, y) for y in (78, 97, 117, 137, 190)]


def sections_in_columns(city: str) -> list[Draw]:
    """Two sections, each in two columns below a heading in the left one; facts and themes above."""
    country, people, area = CITIES[city]

    def columns(top: float, title: str, prose: tuple[str, ...], more: int) -> list[Draw]:
        lines = [t.format(city) for t in prose]
        left = [text(50, top + 20 + 13 * k, 10, t) for k, t in enumerate(lines)]
        right = [text(310, top + 20 + 13 * k, 10, t) for k, t in enumerate(lines[:more])]
        return [text(50, top, 12, title, "Helvetica-Bold"), *left, *right]

    return [
        text(50, 60, 22, city, "Helvetica-Bold"),
        text(150, 60, 11, country),
        text(50, 90, 10, f"Population {people}"),
        text(50, 104, 10, f"Area {area} km²"),
        text(50, 118, 10, f"Themes: {'; '.join(THEMES)}"),
        *columns(150, "City profile", PROSE, 2),
        *columns(235, "Good practices", PRACTICE, 3),
    ]


DESIGNS: dict[str, list[list[Draw]]] = {
    "a tinted strip at the foot": [
        strip_at_foot(c, lambda k: (k.setFillGray(0.9), box(50, 175, 545, 232, fill=1)(k))[0])
        for c in CITIES
    ],
    "a framed strip at the foot": [strip_at_foot(c, box(50, 175, 545, 232)) for c in CITIES],
    "a rule above the facts at the foot": [strip_at_foot(c, rule(50, 545, 176)) for c in CITIES],
    "a table with rules": [fact_table(c, GRID) for c in CITIES],
    "a table of tinted rows": [
        fact_table(
            c,
            [
                lambda k: (k.setFillGray(0.9), box(50, 98, 400, 116, fill=1)(k))[0],
                lambda k: (k.setFillGray(0.9), box(50, 138, 400, 190, fill=1)(k))[0],
            ],
        )
        for c in CITIES
    ],
    "a table without any rule": [fact_table(c, []) for c in CITIES],
    "a table with a row below the themes": [
        fact_table(c, [*GRID, rule(50, 400, 183)], "", ("Contact office", f"City hall of {c}"))
        for c in CITIES
    ],
    "a cell that wraps": [
        wrapped_cells(c, [rule(50, 490, y) for y in (78, 96, 132)]) for c in CITIES
    ],
    "framed cards, two on a page": [
        [*card("Ghent", 45, 60), *card("Bilbao", 45, 300)],
        card("Aarhus", 45, 60),
    ],
}


@pytest.mark.parametrize("sheets", DESIGNS.values(), ids=DESIGNS)
def test_what_boxes_and_rules_part(sheets):
    """Facts and themes belong to the name of their page or card, and are read by rows."""
    assert told(pages(*sheets)) == [everything(city) for city in CITIES]


def test_a_heading_may_open_both_columns():
    """Each section fills its left column and then its right one, before the next heading."""
    found = read(pages(*(sections_in_columns(c) for c in CITIES)), "edition/page.pdf")
    city = next(iter(CITIES))
    assert [(p.section, p.text) for p in found.paragraphs if p.where.page == 1] == [
        ("overview", " ".join(PROSE).format(city)),
        ("overview", " ".join(PROSE[:2]).format(city)),
        ("good_practices", " ".join(PRACTICE).format(city)),
        ("good_practices", " ".join(PRACTICE).format(city)),
    ]


def test_a_title_in_one_of_two_running_columns_divides_nothing():
    """Where titles stand in both columns, each goes on below its own, though two lines be level."""
    bold = GlyphStyle("Bold", 11.0, "000000", 0)
    left = [
        *column("left one", 50, 100, 4),
        ("A title", 50, 170, bold),
        *column("left two", 50, 184, 4),
    ]
    right = [
        *column("right one", 300, 100, 3),
        *column("right two", 300, 184, 3),
        ("Another", 300, 240, bold),
        *column("right three", 300, 254, 2),
    ]
    assert lines_of(*right, *left) == [t for t, *_ in [*left, *right]]


def test_a_title_above_a_table_ends_the_columns_above_it():
    """The table is drawn, and read by itself, so that nothing stands below the title."""
    large = GlyphStyle("Bold", 20.0, "000000", 0)
    left, right = column("left words", 50, 100, 4), column("right words", 300, 100, 4)
    title = ("Tampere", 50, 200, large)
    row = [("Country", 60, 240), ("Population", 200, 240), ("Area", 400, 240)]
    drawn = [
        *(Shape(50, y, 540, y) for y in (228, 246)),
        *(Shape(x, 228, x, 246) for x in (50, 180, 380, 540)),
    ]
    found = lines_of(*right, title, *left, *row, shapes=drawn)
    assert found == [t for t, *_ in [*left, *right, title]] + ["Country   Population   Area"]


def test_headings_in_one_row_open_the_columns_below_them():
    """Though they are the largest type, with white below them, they are no head of the page."""
    bold = GlyphStyle("Bold", 13.0, "000000", 0)
    left = [("Practices", 50, 100, bold), *column("left words", 50, 126, 4)]
    right = [("Wishes", 300, 100, bold), *column("right words", 300, 126, 3)]
    credit = [("a photo", 60, 70, GlyphStyle("Body", 6.0, "000000", 0))]
    assert lines_of(*credit, *right, *left) == [t for t, *_ in [*credit, *left, *right]]


def test_no_gutter_runs_through_a_rule():
    """The words below it stand in one column by chance."""
    left, right = column("left words", 50, 100, 5), column("right words", 300, 100, 5)
    foot = [("Population 1,000", 60, 200), ("Area 20 km2", 60, 214)]
    found = lines_of(*left, *right, *foot, shapes=[Shape(40, 185, 560, 230)])
    assert found == [t for t, *_ in [*left, *right, *foot]]


def test_a_gutter_passes_beside_the_edge_of_a_box_and_the_line_below_a_heading():
    """A column goes on below the box beside it; each of the two is a little wider than its text."""
    long = "words enough for a column that is wide"
    left, right = column(long, 50, 100, 9), column("facts", 300, 102, 4)
    edge = max(g.x1 for piece in left for g in set_text(*piece))
    shapes = [Shape(edge + 20, 90, 400, 148), Shape(45, 130, edge + 6, 130.5)]
    right = [(t, edge + 30, y) for t, _, y, *_ in right]
    assert lines_of(*right, *left, shapes=shapes) == [t for t, *_ in [*left, *right]]


GRID = (
    *(Shape(50, y, 530, y) for y in (80, 94, 120, 134)),
    *(Shape(x, 80, x, 134) for x in (50, 170, 290, 410, 530)),
)
LARGE = GlyphStyle("Sans", 20.0, "204080", 0)


@pytest.mark.parametrize("name", ["青城", "青城高新技术产业开发区"])
def test_the_cells_of_a_drawn_table_are_read_one_by_one(name):
    """Below a title of any width; a label stands with its value, unless one of them wraps."""
    rows = [
        ("国家", 56, 90), ("中国", 176, 90), ("省份", 296, 90), ("东省", 416, 90),
        ("英文名称", 56, 104), ("Qingcheng High", 176, 104), ("Zone", 176, 115),
        ("市长", 296, 104), ("李青", 416, 104),
        ("人口", 56, 130), ("40万人", 176, 130), ("面积", 296, 130), ("115平方公里", 416, 130),
    ]  # fmt: skip
    prose = [("市区三面环山一面临海，每年有许多人到这里来看海", 56, 170 + 14 * k) for k in range(3)]
    found = lines_of((name, 56, 60, LARGE), *rows, *prose, shapes=GRID)
    assert found[:7] == [
        name,
        "国家   中国   省份   东省",
        "英文名称", "Qingcheng High", "Zone", "市长   李青",
        "人口   40万人   面积   115平方公里",
    ]  # fmt: skip


def test_text_beside_a_drawn_table_is_in_no_row_of_it():
    """A table in one of two columns leaves the other whole."""
    cells = [(f"{word}{n}", x, y) for n, y in enumerate((90, 108, 130))
             for word, x in (("甲", 56), ("乙", 176), ("丙", 296), ("丁", 416))]  # fmt: skip
    beside = [(f"旁边的文字第{n}行", 560, 90 + 14 * n) for n in range(4)]
    found = lines_of(*cells, *beside, shapes=GRID)
    assert found[-4:] == [words for words, *_ in beside]


def test_both_libraries_see_the_same_shapes():
    """Boxes, rules and bullets, whichever library reads the page; none of white."""
    data = pages(
        [
            box(50, 100, 300, 200),
            rule(50, 545, 250),
            lambda k: (k.setFillGray(1), box(60, 110, 100, 120, fill=1)(k))[0],
            lambda k: k.circle(62, HEIGHT - 300, 2, stroke=0, fill=1),
            text(70, 303, 10, "an entry"),
        ]
    )
    one, other = Pdfium(data).read(1), Plumber(data, 512).read(1)
    rounded = [[tuple(round(v) for v in s) for s in page.shapes] for page in (one, other)]
    assert rounded[0] == rounded[1] == [(50, 100, 300, 200), (50, 250, 545, 250)]
    assert [s.text for s in one.signs] == [s.text for s in other.signs] == ["•"]


def tick(x: float, y: float) -> Draw:
    """A tick of two strokes, from `x` on and above `y`."""

    def draw(k: Canvas) -> None:
        path = k.beginPath()
        path.moveTo(x, HEIGHT - y + 3)
        path.lineTo(x + 3, HEIGHT - y)
        path.lineTo(x + 8, HEIGHT - y + 6)
        k.drawPath(path)

    return draw


def test_what_is_a_box_to_tick():
    """A tick alone is a sign of its own, the filled head of a figure none; a tick fills a box."""
    icons = [
        lambda k: k.circle(60, HEIGHT - 97, 5, stroke=1, fill=1),
        text(70, 100, 10, "residents"),
        tick(56, 120),
        text(70, 120, 10, "an entry"),
    ]
    boxes = [
        part
        for n, y in enumerate((140, 160))
        for part in (box(55, y - 8, 64, y + 1), *[tick(56, y)] * n, text(70, y, 10, "an option"))
    ]
    data = pages([*icons, *boxes])
    for reader in (Pdfium(data).read(1), Plumber(data, 512).read(1)):
        assert [s.text for s in reader.signs] == ["•", "☐", "☑", "✓"]


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        (["•", "•"], ["• first entry", "• second entry"]),
        (["☑", "☐"], ["☑ first entry", "☐ second entry"]),
        (["•"], ["first entry", "second entry"]),  # an ornament
        (["☐"], ["first entry", "second entry"]),  # an icon
    ],
)
def test_drawn_bullets_are_read(signs, expected):
    """Before two lines or more."""
    drawn = [Sign(sign, 40, 44, 97 + 20 * k) for k, sign in enumerate(signs)]
    found = lines_of(("first entry", 50, 100), ("second entry", 50, 120), signs=drawn)
    assert found == expected


def test_boxes_beside_the_middle_of_entries_stand_before_their_first_lines():
    """One beside two lines, level with neither, tells that all stand so."""
    entries = (("first", 100), ("entry", 112), ("second", 140), ("the", 168), ("third", 180),
               ("one", 192))  # fmt: skip
    drawn = [Sign("☑", 40, 46, middle) for middle in (102.5, 136.5, 176.5)]
    found = lines_of(*((t, 50, y) for t, y in entries), signs=drawn)
    assert [t.strip() for t in found] == ["☑ first", "entry", "☑ second", "☑ the", "third", "one"]


def ring(x, y) -> Draw:
    """A ring of 16 points."""
    return lambda k: k.circle(x + 4, HEIGHT - y + 3, 8, stroke=1, fill=0)


def tinted(x, y) -> Draw:
    """A box of 12 points that is filled in a light colour and has an edge."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.8, 0.9, 1)
        canvas.rect(x - 2, HEIGHT - y - 3, 12, 12, stroke=1, fill=1)

    return draw


@pytest.mark.parametrize("drawn", [ring, tinted])
@pytest.mark.parametrize(("ticks", "signs"), [((1, 0, 1), ["☑", "☐", "☑"]), ((0, 0), [])])
def test_what_holds_ticks_is_a_box_to_tick(drawn, ticks, signs):
    """Rings are as large as those of icons, and a tint may be an ornament: ticks in some tell."""
    entries = [
        part
        for k, on in enumerate(ticks)
        for part in (drawn(56, 100 + 30 * k), *[tick(56, 100 + 30 * k)] * on)
    ]
    data = pages([*entries, text(76, 103, 9, "an entry")])
    for page in (Pdfium(data).read(1), Plumber(data, 512).read(1)):
        found = [s.text for s in sorted(page.signs, key=lambda s: s.middle)]
        assert [s for s in found if s != "•"] == signs


def test_figures_above_their_captions_are_columns():
    """However narrow the last ones are, they are no ticks of a table."""
    large, small = GlyphStyle("Sans", 14.0, "000000", 0), GlyphStyle("Sans", 8.0, "000000", 0)
    figures = [("3.12 million", 50), ("516.2 km²", 200), ("800+", 350), ("4,000", 480)]
    captions = ["residents", "of land", "lakes", "automotive suppliers"]
    found = lines_of(
        *((t, x, 100, large) for t, x in figures),
        *((t, x, 112, small) for t, (_, x) in zip(captions, figures, strict=True)),
        *((" ".join(PROSE)[:95], 50, 150 + 13 * k) for k in range(3)),
    )
    both = zip(figures, captions, strict=True)
    assert found[:8] == [t for (figure, _), caption in both for t in (figure, caption)]


TITLE, NOTE = GlyphStyle("Serif", 24.0, "000000", 0), GlyphStyle("Sans", 9.0, "000000", 0)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ([("Ghent", 50, 100, TITLE), ("Belgium", 125, 100, NOTE)], ["Ghent", "Belgium"]),
        ([("Belgium", 50, 100, NOTE), ("Ghent", 100, 100, TITLE)], ["Belgium", "Ghent"]),
        # A large figure keeps its small unit, and a paragraph its large first letter.
        ([("263 614", 50, 100, TITLE), ("people", 150, 100, NOTE)], ["263 614 people"]),
    ],
)
def test_a_title_stands_apart_from_small_print_beside_it(row, expected):
    """A name and its country in one row are two lines; a figure and its unit are one."""
    body = column("words of the text below", 50, 140, 6)
    assert [t.replace("   ", " ").strip() for t in lines_of(*row, *body)][
        : len(expected)
    ] == expected


def test_gaps_part_cells_where_they_are_no_spaces():
    """Cells of two rows that stand in columns; a gap wider than the spaces of its line."""
    rows = [("Country", 50, 100), ("People", 97, 100), ("Spain", 50, 114), ("345 821", 97, 114)]
    assert lines_of(*rows) == ["Country   People", "Spain   345 821"]
    assert lines_of(("two words", 50, 100), ("apart", 106, 100)) == ["two words   apart"]
    assert lines_of(("人口", 50, 100), ("面积", 80, 100)) == ["人口   面积"]


@pytest.mark.parametrize(
    ("row", "kinds"),
    [
        ("Finland   195 137   306.4 sq km", ["country", "number", "area"]),
        ("人口：860万   面积：21012.54平方公里   海拔 1,891米", ["population", "area", "fact"]),
        ("人口 887.9万（2022年常住）面积 11,015平方千米   主导产业   鞋、瓷", ["population", "area", "fact", "fact"]),
        ("人口 Population：940.43万人 / 9,404,283 inhabitants", []),  # one value, printed twice
        ("Population: 1.2 million (city) / 3.5 million people", []),
        ("新桥：2018年垮塌，43人", []),
    ],
)  # fmt: skip
def test_rows_of_a_header(row, kinds):
    """A row states figures among facts of any kind; a sentence states none."""
    assert [cell.kind for cell in header_cells(row, layouts())] == kinds


@pytest.mark.parametrize(
    ("left", "right", "kept"),
    [
        ("a zero-", "waste goal", True),
        ("a life-", "science cluster", True),
        ("the water-", "front", False),
        ("trans-", "port", False),
        ("neigh-", "bours", False),
        ("Liver-", "pool", False),
    ],
)
def test_a_compound_keeps_its_hyphen_at_a_line_end(left, right, kept):
    """Two usual words that are no word together are joined by it."""
    assert hyphens().keeps(left, right) is kept


def test_a_figure_amid_a_sentence_is_no_value():
    """The line above breaks off where its column ends, so that the line goes on with it."""
    amid = (
        "Plans expect the city to have from 255,000 to",
        "360,000 inhabitants",
        "in twenty years, most of them along the river.",
    )
    sheet = [
        text(50, 60, 22, "Ghent", "Helvetica-Bold"),
        text(50, 80, 10, "Belgium"),
        text(50, 94, 10, "Area: 157.77 km²"),
        text(50, 120, 12, "City profile", "Helvetica-Bold"),
        *[text(50, 138 + 13 * k, 10, t.format("Ghent")) for k, t in enumerate((*PROSE[:2], *amid))],
    ]
    (city,) = read(pages(sheet), "edition/page.pdf").cities
    assert city.population is None


@pytest.mark.parametrize(
    ("beside", "zh", "country"),
    [
        ("Kunming （中国云南）", "昆明", "CN"),
        ("Kunming · 云南", "昆明", "CN"),
        ("Kunming · 中国", "昆明", "CN"),
    ],
)
def test_names_beside_a_title(beside, zh, country):
    """A province or country beside the name in the other script is no part of a name."""
    names = read_names(
        [zh, beside.replace(" · ", " （") + "）" * ("·" in beside)],
        countries(),
        None,
        parts(),
    )
    assert (names.zh, names.en) == (zh, "Kunming")
    code = countries().code(names.country or "") or subdivisions().country_of(names.country or "")
    assert code == country


IMPRINT = (
    "This booklet was published by the association of port cities in the spring of last year and may be",
    "copied for any purpose that is not commercial.",
)


def test_an_imprint_and_running_heads_are_no_text():
    """A last page of text that is set wider than the columns; a line at one place of two pages."""
    sheets = [[text(50, 30, 8, "Port cities of the north"), *strip_at_foot(c, rule(50, 545, 176))]
              for c in ("Ghent", "Bilbao")]  # fmt: skip
    last = [text(50, 60 + 13 * k, 10, line) for k, line in enumerate(IMPRINT)]
    data = pages(*sheets, last)
    assert told(data) == [everything("Ghent"), everything("Bilbao")]
    texts = [p.text for p in read(data, "edition/page.pdf").paragraphs]
    assert not [t for t in texts if "association" in t or "Port cities" in t]


def test_an_address_on_a_last_page_goes_on_with_no_column_that_has_room():
    """As narrow as the columns, it would follow the last of them, were that at its foot."""
    long = [t.format("Ghent") for t in PRACTICE * 3]
    first = [
        *strip_at_foot("Ghent", rule(50, 545, 176))[:-3],
        *[text(310, 167 + 13 * k, 10, t) for k, t in enumerate(long)],
        *[text(60, 190 + 15 * k, 10, t) for k, t in enumerate(("Population 263,614", "Area 157.77 km²",
          f"Themes: {'; '.join(THEMES)}"))],
    ]  # fmt: skip
    second = strip_at_foot("Bilbao", rule(50, 545, 176))
    last = [
        text(50, 700 + 13 * k, 10, t)
        for k, t in enumerate(("Association of port cities", "Quay 7"))
    ]
    found = read(pages(first, second, last), "edition/page.pdf")
    assert [x.role for x in found.lines if x.page == 3 and x.text] == ["front_matter"] * 2


def contact_box(city: str) -> tuple[list[Draw], list[Draw]]:
    """A profile over two pages: text left, a box of facts, themes and contact on the right."""
    country, people, area = CITIES[city]
    rows = (country, f"Population {people}", f"Area {area} km²")
    office = ("Contact", "City hall", "Main office")
    first = [
        text(50, 60, 20, city, "Helvetica-Bold"),
        *block(50, 100, city, "Socio-economic overview"),
        *block(50, 180, city, "Good practices"),
        text(350, 100, 12, "Facts and figures", "Helvetica-Bold"),
        *[text(350, 118 + 15 * k, 10, t) for k, t in enumerate(rows)],
        text(350, 180, 12, "Themes", "Helvetica-Bold"),
        *[text(350, 198 + 15 * k, 10, t) for k, t in enumerate(THEMES)],
        text(350, 262, 12, office[0], "Helvetica-Bold"),
        *[text(350, 280 + 13 * k, 10, t) for k, t in enumerate(office[1:])],
    ]
    return first, [text(50, 60 + 13 * k, 10, t.format(city)) for k, t in enumerate(PRACTICE)]


def test_a_section_goes_on_left_of_the_box_in_which_the_contact_stands():
    """The title `Contact` below the facts ends their box, and no section."""
    found = read(pages(*(s for c in CITIES for s in contact_box(c))), "edition/page.pdf")
    for city in CITIES:
        practice = " ".join(PRACTICE).format(city)
        told = [
            p.text for p in found.paragraphs if p.section == "good_practices" and city in p.text
        ]
        assert told == [practice, practice]
    assert not [p for p in found.paragraphs if "hall" in p.text or "office" in p.text]


@pytest.mark.parametrize(("width", "count"), [(220, 1), (190, 2)])
def test_a_line_as_wide_as_its_justified_column_ends_no_paragraph_at_its_foot(width, count):
    """A sentence may end where the column does; the last line of a paragraph is shorter."""

    def line(x, top, words, to=220.0) -> Draw:
        def draw(canvas: Canvas) -> None:
            run = canvas.beginText(x, HEIGHT - top)
            run.setFont("Helvetica", 10)
            natural = canvas.stringWidth(words, "Helvetica", 10)
            run.setWordSpace((to - natural) / words.count(" ") if to else 0)
            run.textLine(words)
            canvas.drawText(run)

        return draw

    words = [f"The streets and squares of the town number {n}0 or" for n in range(1, 6)]
    sheet = [
        text(50, 60, 22, "Ghent", "Helvetica-Bold"),
        text(50, 80, 10, "Belgium"),
        text(50, 94, 10, "Area: 157.77 km²"),
        text(50, 120, 12, "City profile", "Helvetica-Bold"),
        *[line(50, 138 + 13 * k, t) for k, t in enumerate(words)],
        line(50, 203, "more, and the people of Ghent like them.", width),
        line(310, 138, "Many of them date from the middle ages and are"),
        line(310, 151, "closed to cars.", None),
    ]
    found = read(pages(sheet), "edition/page.pdf").paragraphs
    assert len(found) == count


def set_in(city: str, last: tuple[str, ...]) -> list[Draw]:
    """A profile whose paragraphs have their first lines set in, with `last` as its last ones."""
    country, people, area = CITIES[city]
    prose = [*PROSE, *PRACTICE]
    return [
        text(50, 60, 22, city, "Helvetica-Bold"),
        *[text(50, 80 + 14 * k, 10, t) for k, t in enumerate((country, f"Population {people}",
          f"Area {area} km²"))],
        text(50, 140, 12, "City profile", "Helvetica-Bold"),
        *[text(70 if k % 3 == 0 else 50, 160 + 13 * k, 10, t.format(city))
          for k, t in enumerate(prose)],
        text(50, 270, 12, "Good practices", "Helvetica-Bold"),
        *[text(70, 290 + 13 * k, 10, t) for k, t in enumerate(last)],
    ]  # fmt: skip


def test_lines_that_are_set_in_begin_paragraphs_where_first_lines_are():
    """Even one that fills its column is followed by another, and ends without a full stop."""
    last = ("The quays are lit by the wind of the sea;", "the ferries run on what is left of it;")
    sheets = [set_in(city, last) for city in CITIES]
    found = read(pages(*sheets), "edition/page.pdf").paragraphs
    assert [p.text for p in found if p.section == "good_practices"] == list(last) * len(CITIES)


def test_what_is_set_larger_than_headings_may_be_matter():
    """An appendix below the profiles has a title of its own rank."""
    appendix = [
        text(50, 60, 17, "Annex A   Contacts", "Helvetica-Bold"),
        text(50, 90, 10, "The office of the ports answers to"),
        text(50, 103, 10, "letters from all partners."),
        text(50, 116, 10, "E-mail: office@ports.example"),
    ]
    sheets = [set_in(city, (f"The quays of {city} are lit by the wind.",)) for city in CITIES]
    found = read(pages(*sheets, appendix), "edition/page.pdf")
    assert {x.role for x in found.lines if x.page == 4 and x.text} == {"front_matter"}
