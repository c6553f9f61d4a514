"""What a header says, however it is set: names by type, rows of several facts, labels apart."""

from io import BytesIO

import pytest
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.knowledge.countries import countries
from pipeline.knowledge.layouts import layouts
from pipeline.normalise.names import read_names
from pipeline.segment.lines.cells import header_cells, name_fields
from pipeline.segment.naming.titletext import plain_names, title_parts
from tests.documents import read, records, segments, tables_of

PLACES = [
    ("Lyon", "France", "FR", 522250, 47.87),
    ("Porto", "Portugal", "PT", 231800, 41.4),
    ("Hangzhou", "China", "CN", 12376000, 16850.0),
]
HEADINGS = ("Socio-economic overview", "Good practices", "Preferred themes")


def prose(name):
    """Two lines about a place."""
    return (
        f"{name} looks back on a long history and forward to a short list of plans. In 2022 the\n"
        f"port of {name} moved 14 million tonnes, and its trams carried 300,000 people a day."
    )


def sections(name):
    """Three sections of text."""
    return "\n\n".join(f"{heading}\n\n{prose(name)}" for heading in HEADINGS)


def told(records):
    """What the table of places says."""
    return [(c.name_en, c.country_code, c.population, c.area_km2) for c in records.cities]


EXPECTED = [(name, code, people, area) for name, _, code, people, area in PLACES]

TEXTS = {
    "further facts around the numbers": (
        "{name}\n{country}\nMayor: Anna Nowak\nFounded: 1158\nPopulation: {people:,}\n"
        "GDP: EUR 12 billion\nArea: {area} km²\nTwin cities: Wuhan, Milan\nWebsite: www.city.example"
    ),
    "a row of three cells": "{name}\n{country} | {people:,} inhabitants | {area} km²",
    "name, country and figures in one row": (
        "{name}   {country}   Population: {people:,}   Area: {area} km²"
    ),
    "fields": "City: {name}\nCountry: {country}\nRegion: North\nInhabitants: {people:,}\nArea: {area} km²",
    "fields in another order": "Surface: {area} km²\nPopulation: {people:,}\nCountry: {country}\nName: {name}",
    "Markdown": "## {name}\n\n- **Country**: {country}\n- **Population**: {people:,}\n- **Area**: {area} km²",
    "an underlined title": "{name} ({country})\n==========\n\nInhabitants: {people:,}. Surface: {area} km².",
    "a frame": "=====================\n【{name}】\n=====================\n{country}\n{people:,} inhabitants\n{area} km²",
    "the country's label on a line of its own": (
        "{name}\nCountry\n{country}\nPopulation\n{people:,}\nArea\n{area} km²"
    ),
    "leaders": "Name ......... {name}\nCountry ...... {country}\nPopulation ... {people:,}\nArea ......... {area} km²",
}


@pytest.mark.parametrize("header", TEXTS.values(), ids=TEXTS)
def test_a_header_in_running_text(header):
    """Names, countries and values, and nothing else for a name."""
    parts = [
        header.format(name=name, country=country, people=people, area=area)
        + "\n\n"
        + sections(name)
        for name, country, _, people, area in PLACES
    ]
    assert told(read("\n\n\n".join(parts).encode())) == EXPECTED


@pytest.mark.parametrize(
    "header",
    [
        "Springfield\nMayor: Anna Nowak\nCountry: Ireland\nPopulation: 123,456\nArea: 78.9 km²",
        "Springfield\nPopulation: 123,456\nArea: 78.9 km²\n\nIreland",
        "Springfield\n\nIreland\nPopulation: 123,456\nArea: 78.9 km²",
    ],
)
def test_a_line_that_is_the_country_has_the_role_of_names(header):
    """It was understood: it is among no lines that belong to nothing."""
    found = segments(f"{header}\n\nSocio-economic overview\n\n{prose('Springfield')}\n")
    roles = {
        line.text: role.role for line, role in zip(found.document.lines, found.roles, strict=True)
    }
    assert next(role for text, role in roles.items() if "Ireland" in text) == "name"
    assert roles.get("Mayor: Anna Nowak") in (None, "unassigned")


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        (
            "Spain | 682 513 inhabitants | 973.8 km²",
            [("Spain", "country"), ("682 513 inhabitants", "population"), ("973.8 km²", "area")],
        ),
        (
            "中国浙江 人口：341.3万 面积：5 820 km²",
            [("中国浙江", "country"), ("人口：341.3万", "population"), ("面积：5 820 km²", "area")],
        ),
        ("贵阳   Guiyang   中国", [("贵阳", "name"), ("Guiyang", "name"), ("中国", "country")]),
        (
            "Brno Metropolitan Area | 捷克",
            [("Brno Metropolitan Area", "name"), ("捷克", "country")],
        ),
        (
            "人口（人） 面积（平方公里） 市花",
            [("人口（人）", "label"), ("面积（平方公里）", "label"), ("市花", "fact")],
        ),
        (
            "Population 1,000,000 · Area 20 km² · Mayor: Anna Nowak",
            [
                ("Population 1,000,000", "population"),
                ("Area 20 km²", "area"),
                ("Mayor: Anna Nowak", "fact"),
            ],
        ),
        (
            "所在省份   江苏省   常住人口   536.62万人",
            [("所在省份   江苏省", "fact"), ("常住人口   536.62万人", "population")],
        ),
        (
            "土地面积 4372平方公里 统计年份 2022",
            [("土地面积 4372平方公里", "area"), ("统计年份 2022", "fact")],
        ),
        ("428,450   385 km²", [("428,450", "number"), ("385 km²", "area")]),
        ("Tianfu New Area（中国）", []),
        ("西咸新区  Xixian New Area（中国）", []),
        ("Metropolitan population: 3.4 million", []),
        ("The city has 250 inhabitants per km² and 3 parks", []),
        ("全市常住人口 961.8万，其中城镇人口 80%", []),
        ("武汉   Wuhan   4", []),
        ("Population growth: 1.2%", []),
    ],
)
def test_the_cells_of_a_line(line, cells):
    """A line is divided where each part is one thing by itself; prose stays whole."""
    assert [(line[c.start : c.end], c.kind) for c in header_cells(line, layouts())] == cells


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("中文名称   湖州   英文名称   Huzhou", [("湖州", "name"), ("Huzhou", "name")]),
        (
            "国 家   中国   填报单位   湖州市外事办公室",
            [("中国", "country"), ("湖州市外事办公室", "fact")],
        ),
        (
            "英文名称   Lyon   所在国家（地区）   法国（罗讷省）",
            [("Lyon", "name"), ("法国", "country")],
        ),
        ("City name   Lyon   Country   France", [("Lyon", "name"), ("France", "country")]),
        ("外文名\tIași County\t别名\t无", []),  # one name alone
        ("人 口   340.6万人   面 积   5,820平方公里", []),
        ("湖州   Huzhou   中国", []),
    ],
)
def test_the_fields_of_a_form(line, fields):
    """Each value stands behind its label, a gap away."""
    found = name_fields(line, layouts())
    assert [(line[f.start : f.end], f.kind) for f in found[1::2]] == fields


def test_a_row_may_hold_a_name_and_a_value():
    """The value has its label with it."""
    line = "外文名\tLuoyang\t人口\t707.9万人"
    found = name_fields(line, layouts())
    assert [(line[f.start : f.end], f.kind) for f in found] == [
        ("外文名", "fact"),
        ("Luoyang", "name"),
        ("人口\t707.9万人", "population"),
    ]


@pytest.mark.parametrize(
    ("labels", "values", "population", "area"),
    [
        ("所属国家   常住人口（万人）   面积（平方公里）   城镇化率", "中国   486.8   20,248.4   55.3%", 4868000, 20248.4),
        ("所属国家   常住人口（万人）   面积（平方公里）   大学生人数", "芬兰   25.5   —   3.5万", 255000, None),
        ("所属国家   常住人口（万人）   面积（平方公里）   葡萄园面积", "法国   605.4   72,724   26.3万公顷", 6054000, 72724.0),
        ("Country | Inhabitants | Vineyards | Area (km²)", "France | 6,054,000 | 2,630 km² | not given", 6054000, None),
    ],
)  # fmt: skip
def test_a_row_of_labels_above_a_row_of_values(labels, values, population, area):
    """Each value is that of the label above it; another area in the row is another fact."""
    text = f"海城\nHaicheng\n\n{labels}\n{values}\n\n社会经济概况\n\n海城是一座港口城市，历史悠久，风景优美。\n"
    (city,) = records(text).cities
    assert (city.population, city.area_km2) == (population, area)


@pytest.mark.parametrize(
    "line",
    [
        "Population n/a – Area 115 km2 – China",
        "Population: not available | Area: 115 km² | China",
        "人口：待补充   面积：115平方公里   中国",
    ],
)
def test_where_no_value_is_given_the_row_says_so(line):
    """It is a fact of its own, and the other values of the row are read."""
    assert [cell.kind for cell in header_cells(line, layouts())] == ["fact", "area", "country"]


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("Gdynia Poland", [("Gdynia", "name"), ("Poland", "country")]),
        ("Lyon, France", [("Lyon", "name"), ("France", "country")]),
        ("葡萄牙·波尔图", [("波尔图", "name"), ("葡萄牙", "country")]),
        ("Alentejo Region Portugal", [("Alentejo Region", "name"), ("Portugal", "country")]),
        ("Upper Austria", [("Upper Austria", "name")]),
        ("New Jersey", [("New Jersey", "name")]),
        ("Singapore", [("Singapore", "name")]),
        ("Lyon (France)", [("Lyon (France)", "name")]),
        ("巴西圣保罗 São Paulo", [("圣保罗 São Paulo", "name"), ("巴西", "country")]),
        ("巴西利亚 Brasília", [("巴西利亚 Brasília", "name")]),
        ("突尼斯市 Tunis", [("突尼斯市 Tunis", "name")]),
        ("中国上海", [("上海", "name"), ("中国", "country")]),
    ],
)
def test_the_country_in_a_title(title, parts):
    """A country beside a name is none of it; a country that is part of a name is."""
    assert [(title[a:b], kind) for a, b, kind in title_parts(title)] == parts


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("马里博尔", ("马里博尔",)),
        ("马里", ()),
        ("丹麦奥胡斯", ("奥胡斯",)),
        ("巴西利亚", ("巴西利亚",)),
        ("Aarhus, Denmark", ("Aarhus",)),
    ],
)
def test_a_place_may_begin_like_a_country(title, names):
    """The gazetteer tells Maribor from Mali."""
    assert plain_names(title) == names


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("人口 Population   约23.18万 / approx. 231,800", True),
        ("人口：约23.18万 / about 231,800", True),
        ("Population: 231,800 / about", False),
    ],
)
def test_a_figure_said_twice_may_be_about_so_much_each_time(line, told):
    """Each script has its own word for it."""
    assert layouts().is_population(line) is told


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("中国浙江", "CN"),
        ("意大利 · 弗留利-威尼斯朱利亚", "IT"),
        ("Lombardy, Italy", "IT"),
        ("（葡萄牙）", "PT"),
        ("印度尼西亚", "ID"),
        ("Deutschland", "DE"),
        ("中国人民的朋友。", None),
        ("德国、捷克接壤，首府弗罗茨瓦", None),
        ("France has 12 metropolises", None),
        ("Europe", None),
    ],
)
def test_a_country_with_a_part_of_it(line, code):
    """The country of a line that says where in it a place lies."""
    span = countries().inside(line)
    assert (span and countries().code(line[slice(*span)])) == code


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["无锡（Wuxi）"], ("无锡", "Wuxi", None)),
        (["Wuxi (无锡)"], ("无锡", "Wuxi", None)),
        (["杭州（中国浙江省）"], ("杭州", None, "中国")),
        (["3. Utrecht (Netherlands)"], (None, "Utrecht", "Netherlands")),
        (["【里昂】", "Lyon"], ("里昂", "Lyon", None)),
        (["【洛阳】Luoyang（中国）"], ("洛阳", "Luoyang", "中国")),
        (["波尔图（Porto，葡萄牙）"], ("波尔图", "Porto", "葡萄牙")),
        (["Porto", "波尔图（Norte，葡萄牙）"], ("波尔图", "Porto", "葡萄牙")),
        (["澳门（Macao）"], ("澳门", "Macao", None)),
    ],
)
def test_what_stands_in_brackets(lines, names):
    """The name in the other script, or a country, perhaps with a part of it."""
    assert tuple(read_names(lines, countries())) == names


@pytest.mark.parametrize(
    ("title", "beside", "expected"),
    [
        ("澳門", "<p>Macao</p><p>澳門特別行政區</p>", ("澳門", "Macao", "MO")),
        ("Singapore", "<p>新加坡</p><p>Singapore</p>", ("新加坡", "Singapore", "SG")),
        ("里昂", "<p>Lyon</p><p>法国</p>", ("里昂", "Lyon", "FR")),
        ("香港特别行政区", "<p>Hong Kong SAR</p>", ("香港特别行政区", "Hong Kong SAR", "HK")),
        ("卢森堡（卢森堡）", "<p>Luxembourg</p>", ("卢森堡", "Luxembourg", "LU")),
    ],
)
def test_a_place_that_is_a_country_has_its_name_in_two_scripts(title, beside, expected):
    """Beside its title the same country in the other script is its name, and what is left none."""
    others = "".join(
        f"<h1>{zh}</h1><p>{en}</p><p>{country}</p><p>人口：100万人</p><h2>良好实践</h2><p>这是一座城市。</p>"
        for zh, en, country in [("绍兴", "Shaoxing", "中国"), ("布尔诺", "Brno", "捷克")]
    )
    page = f"<h1>{title}</h1>{beside}<p>人口：68万人</p><h2>良好实践</h2><p>这里有一座港口。</p>{others}"
    city = read(page.encode(), "edition/file.html").cities[0]
    assert (city.name_zh, city.name_en, city.country_code) == expected


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["新加坡", "Singapore", "新加坡"], ("新加坡", "Singapore", "新加坡")),
        (["澳門 Macao 澳門特別行政區"], ("澳門", "Macao", "澳門特別行政區")),
        (["Central", "Finland", "Region"], (None, "Central Finland Region", None)),
    ],
)
def test_a_place_said_again_as_a_country_is_one(lines, names):
    """The first time it is the name."""
    assert tuple(read_names(lines, countries())) == names


# ---------------------------------------------------------------- pages


def page(canvas, name, facts, *, size=24, again=False):
    """A page with a title in its own size, facts at places, and three sections of text."""
    canvas.setFont("Helvetica", size)
    canvas.drawString(60, 770, name)
    for x, y, text, points in facts:
        canvas.setFont("Helvetica", points)
        canvas.drawString(x, y, text)
    y = 620
    plain = name.split(",")[0].split(" (")[0]
    for heading in HEADINGS[1:] if again else HEADINGS:
        canvas.setFont("Helvetica-Bold", 13)
        canvas.drawString(60, y, heading)
        canvas.setFont("Helvetica", 10)
        for number, line in enumerate(prose(plain).split("\n"), start=1):
            canvas.drawString(60, y - 10 - 13 * number, line)
        y -= 80
    canvas.showPage()


def pdf(facts, title="{name}", *, front=(), again=False):
    """A file of one profile a page, or two with its title `again`, behind pages of `front`."""
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for lines in front:
        for number, (text, points) in enumerate(lines):
            canvas.setFont("Helvetica", points)
            canvas.drawString(60, 760 - 40 * number, text)
        canvas.showPage()
    for name, country, _, people, area in PLACES:
        said = {"name": name, "country": country, "people": f"{people:,}", "area": f"{area:g}"}
        placed = [(x, y, text.format(**said), points) for x, y, text, points in facts]
        page(canvas, title.format(**said), placed)
        if again:
            page(canvas, name + " (continued)", [], again=True)
    canvas.save()
    return out.getvalue()


COUNTRY = (60, 750, "{country}", 11)
LAYOUTS = {
    "labels left": [
        COUNTRY,
        (60, 720, "Mayor", 9), (160, 720, "Anna Nowak", 9),
        (60, 705, "Population (2023)", 9), (160, 705, "{people}", 9),
        (60, 690, "Founded", 9), (160, 690, "1158", 9),
        (60, 675, "Area, km²", 9), (160, 675, "{area}", 9),
    ],
    "labels above": [
        COUNTRY,
        (60, 720, "Population", 8), (60, 705, "{people}", 14),
        (200, 720, "Area, km²", 8), (200, 705, "{area}", 14),
    ],
    "labels below": [
        COUNTRY,
        (60, 720, "{people}", 16), (60, 706, "residents", 8),
        (200, 720, "{area} km²", 16), (200, 706, "surface", 8),
    ],
    "at the foot of the page": [
        (60, 100, "{country}", 11), (60, 80, "{people} inhabitants | {area} km²", 9),
    ],
}  # fmt: skip


@pytest.mark.parametrize("facts", LAYOUTS.values(), ids=LAYOUTS)
def test_labels_and_numbers_by_their_place(facts):
    """A number is what the label beside, above or below it says, in the unit that it names."""
    facts = [f if f[2] != "{country}" else COUNTRY for f in facts]
    assert told(read(pdf(facts), "edition/file.pdf")) == EXPECTED


@pytest.mark.parametrize(
    "title", ["{name}, {country}", "{country} – {name}", "{name} ({country})", "01 {name}"]
)
def test_names_by_their_type(title):
    """A name is what is set as the names of the other profiles are."""
    facts = [(60, 720, "{people} inhabitants", 10), (60, 705, "{area} km²", 10)]
    facts += [] if "country" in title else [COUNTRY]
    assert told(read(pdf(facts, title), "edition/file.pdf")) == EXPECTED


def test_a_country_stands_below_the_name_in_the_other_script():
    """However many lines the names take, and whatever the text beside them begins with."""
    registerFont(UnicodeCIDFont("STSong-Light"))
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for name, latin, country, beside in (
        ("下西里西亚大区", "Lower Silesia Region", "波兰", "德国、捷克接壤，首府弗罗茨瓦"),
        ("上奥地利州地区", "Upper Austria Region", "奥地利", "捷克、德国接壤，首府是林茨市"),
    ):
        texts = [
            (60, 760, name[:4], 26), (60, 730, name[4:], 26), (60, 700, latin[:13].strip(), 13),
            (60, 678, latin[13:].strip(), 13), (60, 655, country, 9),
            (60, 620, "人口", 8), (60, 605, "289.1万人", 15),
            (60, 580, "面积", 8), (60, 565, "19,947 km²", 15),
            (250, 765, "城市概况", 13), (250, 745, "这里与", 10), (250, 730, beside, 10),
            (250, 715, "夫，以工业闻名于世，近年来发展能源。", 10),
        ]  # fmt: skip
        for x, y, words, size in texts:
            canvas.setFont("STSong-Light", size)
            canvas.drawString(x, y, words)
        canvas.showPage()
    canvas.save()
    found = read(out.getvalue(), "edition/page.pdf").cities
    expected = [("Lower Silesia Region", "PL"), ("Upper Austria Region", "AT")]
    assert [(c.name_en, c.country_code) for c in found] == expected


def test_matter_and_further_pages_are_no_profiles():
    """A contents page that lists all names, an imprint in their type, a title said again."""
    facts = [COUNTRY, (60, 720, "{people} inhabitants", 10), (60, 705, "{area} km²", 10)]
    front = [
        [("Cities in touch", 40)],
        [("Contents", 24), *((f"{name}, {country}", 10) for name, country, *_ in PLACES)],
    ]
    found = read(pdf(facts, front=front, again=True), "edition/file.pdf")
    assert told(found) == EXPECTED


PROVINCES = {
    "before the name": "{province}{name}\n{latin}\n人口：{people}万人\n面积：{area}平方公里",
    "below both names": "{name}\n{latin}\n{province}\n人口：{people}万人\n面积：{area}平方公里",
    "set apart": "{name}\n\n{latin}\n\n{province}\n\n人口：{people}万人\n面积：{area}平方公里",
    "above, set apart": "{province}\n\n{name}\n\n{latin}\n\n人口：{people}万人\n面积：{area}平方公里",
    "with the country": "{name}\n{latin}\n中国{province}\n人口：{people}万人\n面积：{area}平方公里",
    "behind the Latin name": "{name}\n{latin}, {where}\n人口：{people}万人\n面积：{area}平方公里",
}


@pytest.mark.parametrize("header", PROVINCES.values(), ids=PROVINCES)
def test_a_province_beside_a_name(header):
    """It is of no name, and each place keeps its own names, with short sentences below them too."""
    places = [
        ("烟台市", "Yantai", "山东省", "Shandong", 710, 13864),
        ("昆明市", "Kunming", "云南省", "Yunnan", 846, 21000),
        ("杭州市", "Hangzhou", "浙江省", "Zhejiang", 1252, 16850),
    ]
    pages = [
        header.format(name=n, latin=e, province=p, where=w, people=k, area=a)
        + f"\n\n城市概况\n{n}历史悠久，是重要的门户城市，拥有完整的工业体系和丰富的旅游资源。"
        + "\n\n优秀实践\n推广自行车出行，治理河湖。\n\n合作意向\n与欧洲城市结为友好城市。"
        for n, e, p, w, k, a in places
    ]
    found = read("\n\n\n".join(pages).encode())
    assert [(c.city_id, c.name_zh, c.name_en, c.country_code) for c in found.cities] == [
        (f"cn-{e.lower()}", n, e, "CN") for n, e, *_ in places
    ]
    kinds = ["overview", "good_practices", "priorities"]
    assert [s.section for s in found.sections] == kinds * len(places)


@pytest.mark.parametrize(
    "lines",
    [("{latin}", "{province}"), ("{province}", "{latin}"), ("{latin}, {where}",), ("{province} · {latin}",)],
)  # fmt: skip
def test_a_province_beside_a_title(lines):
    """On a page it stands below the title, in a line of its own or with the Latin name."""
    registerFont(UnicodeCIDFont("STSong-Light"))
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    places = [("烟台市", "Yantai", "山东省", "Shandong"), ("昆明市", "Kunming", "云南省", "Yunnan")]
    for name, latin, province, where in places:
        beside = [line.format(latin=latin, province=province, where=where) for line in lines]
        below = ["人口：710万人", "面积：13,864平方公里", "城市概况"]
        below += [f"{name}历史悠久，拥有完整的工业体系和丰富的旅游资源，交通便利。"]
        for number, text in enumerate([name, *beside, *below]):
            canvas.setFont("STSong-Light", 24 if text == name else 11)
            canvas.drawString(60, 760 - 24 * number, text)
        canvas.showPage()
    canvas.save()
    found = read(out.getvalue(), "edition/file.pdf")
    assert [(c.name_zh, c.name_en) for c in found.cities] == [(n, e) for n, e, *_ in places]
    assert not [line.text for line in found.lines if line.role == "unassigned"]


def test_a_name_apart_is_not_part_of_the_name():
    """What is left of a profile at a document's end takes no name away, and is told."""
    header = "青港（中国）\nQinggang\n\n320,010人\n\n145平方公里"
    prose = "青港位于海边，以港口、造船和旅游闻名，近年来大力发展清洁能源与数字经济。"
    texts = "\n\n".join(f"{heading}\n\n{prose}" for heading in ("社会经济概况", "良好实践"))
    records = read(f"{header}\n\n\n\n{texts}\n\n里弗斯堡\n（德国）\n\nRiversburg\n".encode())
    assert [(c.name_zh, c.name_en) for c in records.cities] == [("青港", "Qinggang")]
    [finding] = [f for f in records.findings if f.check == "second_name"]
    assert finding.severity == "warning"
    assert "`里弗斯堡 （德国） Riversburg`" in finding.message


NOISE = """海城
Haicheng
中国

{header}

关注主题
☑ 循环经济
☐ 数字经济
☑ 文化旅游

社会经济概况

海城是一座港口城市，历史悠久，风景优美。老码头改造成了市民公园。
"""


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("人口：待补充\n面积：115平方公里", [("info", "missing_population")]),
        ("人口：860万人\nPopulation: 8.6 million\n面积：115平方公里\nArea: 115 km²", []),
        ("人口：860万人\n面积：115平方公里\n\n“老码头改造成了市民公园”", []),
        (
            "人口：860万人\n面积：115平方公里\n\n“另一处从未提到的公园”",
            [("warning", "unassigned_line")],
        ),
    ],
    ids=["none is given", "one value in two languages", "a quotation", "another sentence"],
)
def test_what_is_no_loss_is_no_warning(header, said):
    """A choice that is not ticked is none either."""
    rows = tables_of(records(NOISE.format(header=header)))
    kinds = ("missing_population", "missing_area", "several_values", "unassigned_line")
    found = [(f["severity"], f["check"]) for f in rows["findings"] if f["check"] in kinds]
    assert found == said


@pytest.mark.parametrize(
    ("header", "of"),
    [
        ("人口：860万人\n面积：115平方公里", []),
        ("人口：860万人（都市圈）\n面积：115平方公里", ["population"]),
        ("Population (metro): 8.6 million\n面积（市区）：115平方公里", ["population", "area_km2"]),
        ("常住人口：860万人\n全市总面积：115平方公里", []),
    ],
)
def test_a_value_of_a_wider_or_narrower_area_is_told(header, of):
    """It stands as it is printed; a reader may not take it for the city's."""
    rows = tables_of(records(NOISE.format(header=header)))
    found = [f["field"] for f in rows["findings"] if f["check"] == "value_of_other_area"]
    assert found == of
    assert rows["cities"][0]["population"] == 8_600_000
