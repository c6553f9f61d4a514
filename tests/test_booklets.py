"""Booklets of other offices: boxes at the end, slides, twin towns, lists under titles of any wording."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from pipeline.records import Records
from tests.documents import read

PROSE = (
    "The city lies on the river and was the seat of government until the war. Its old town has\n"
    "some 240 listed houses, and every third resident works in the port."
)


def places(found: Records) -> list[tuple[str | None, str | None, int | None, float | None]]:
    """Of each city its name, its country, its population and its area."""
    return [
        (c.name_en or c.name_zh, c.country_code, c.population, c.area_km2 and round(c.area_km2, 2))
        for c in found.cities
    ]


def labels(found: Records) -> list[tuple[str, str, str | None]]:
    """The labels of all cities with their themes."""
    return [(t.city_id, t.label, t.theme) for t in found.city_themes]


# ---------------------------------------------------------------- titles and facts

FACTSHEET = """============================================================================
{number}. {name}, India{gap}{part}
============================================================================

CITY AT A GLANCE

{prose}

SUCCESS STORIES

Households separate their waste since 2003, and market halls use composting stations.

    +------------------------------------------------------------------+
    | FACTS AND FIGURES                                                |
    +------------------------------------------------------------------+
    | Population        {people:<47}|
    | Municipal area    {area:<47}|
    | Climate           tropical monsoon                               |
    | Thematic clusters Sustainable Urban Mobility                     |
    |                   Waste and circular economy                     |
    +------------------------------------------------------------------+

"""


def test_a_box_at_the_end_and_the_state_beside_the_name() -> None:
    """Lakh and Indian digit groups, square miles, hectares; further facts are no text."""
    rows = [
        ("Kochi", "Kerala", "6.77 lakh", "94.88 sq km"),
        ("Panaji", "Goa", "1,14,759", "2,105 hectares"),
        ("Chandigarh", "Union Territory", "10,55,450", "44 sq mi"),
    ]
    text = "INDIA-EU URBAN PARTNERSHIP\nCITY FACTSHEETS\n\n\n" + "".join(
        FACTSHEET.format(
            number=n, name=name, part=part, gap=" " * 40, people=p, area=a, prose=PROSE
        )
        for n, (name, part, p, a) in enumerate(rows, 1)
    )
    found = read(text.encode(), "india/factsheets.txt")
    assert places(found) == [
        ("Kochi", "IN", 677_000, 94.88),
        ("Panaji", "IN", 114_759, 21.05),
        ("Chandigarh", "IN", 1_055_450, 113.96),
    ]
    assert [row[1:] for row in labels(found) if row[0] == "in-kochi"] == [
        ("Sustainable Urban Mobility", "mobility"),
        ("Waste and circular economy", "circular-economy"),
    ]
    assert not any("Climate" in p.text or "URBAN PARTNERSHIP" in p.text for p in found.paragraphs)
    assert {p.section for p in found.paragraphs} == {"overview", "good_practices"}


TWIN = """{name} ({country})

Twin city since {year}  |  approx. {people} people  |  {area} square kilometres

Who they are

{prose}

What we have achieved together

More than 40 schools take part in the exchange of pupils, and fire brigades train together.

Where we go from here

Both cities want to compare how they plan trams and refurbish housing estates.

What connects us

• urban planning
• tourism
• renewable energy

"""


def test_a_row_with_bars_and_titles_in_any_wording() -> None:
    """Both figures of a row make it one of facts; what heads known labels again and again is a title."""
    rows = [("Kraków", "Poland", 1979, "804,200", "326.9"), ("Córdoba", "Spain", 2010, "319,500", "1,255.2"),
            ("Antalya", "Türkiye", 1997, "2.688 million", "20,177")]  # fmt: skip
    text = "Our Twin Cities\n\n" + "\n".join(
        TWIN.format(name=n, country=c, year=y, people=p, area=a, prose=PROSE)
        for n, c, y, p, a in rows
    )
    found = read(text.encode(), "twins/booklet.txt")
    assert places(found) == [
        ("Kraków", "PL", 804_200, 326.9),
        ("Córdoba", "ES", 319_500, 1255.2),
        ("Antalya", "TR", 2_688_000, 20_177.0),
    ]
    assert [row[1:] for row in labels(found) if row[0] == "pl-krakow"] == [
        ("urban planning", "urban-agenda"),
        ("tourism", "culture-tourism"),
        ("renewable energy", "climate-energy"),
    ]
    kinds = {s.heading: s.section for s in found.sections}
    assert kinds == {
        "Who they are": "overview",
        "What we have achieved together": "good_practices",
        "Where we go from here": "priorities",
    }


def test_a_list_of_what_was_done_is_no_list_of_themes() -> None:
    """Entries that name no theme stay the text of their section."""
    text = "Our Twin Cities\n\n" + "\n".join(
        TWIN.format(name=n, country="Spain", year=2000 + i, people="319,500", area="1,255.2", prose=PROSE)
        .replace("• urban planning\n• tourism\n• renewable energy", "• choirs from both towns\n• a fountain\n• 12 exhibitions")
        for i, n in enumerate(["Córdoba", "Granada", "Murcia"])
    )  # fmt: skip
    assert labels(read(text.encode(), "twins/booklet.txt")) == []


# ---------------------------------------------------------------- lists of themes


@pytest.mark.parametrize("sign", ["{}. ", "（{}）", "• ", "{}、"])
@pytest.mark.parametrize("title", ["意向领域", "优先合作主题"])
def test_numbered_labels_below_a_title(title: str, sign: str) -> None:
    """A title that comes again above short entries, half of them known, heads labels."""
    profile = (
        "{name}\n\n人口规模：{people}万人     行政区域面积：{area}平方公里\n\n一、市情概览\n"
        "  这座城市位于盆地西部，建城史有两千多年，是国家历史文化名城，拥有高校十五所。\n\n"
        "二、{title}\n  {a}循环利用与资源回收\n  {b}文化和旅游\n  {c}矿区转型\n\n"
    )
    rows = [("绵阳市", 491.1, 20248), ("宜宾市", 462.8, 13283), ("乐山市", 314.8, 12720)]
    a, b, c = (sign.format(n) for n in (1, 2, 3))
    text = "四川省对欧合作城市概览\n\n" + "".join(
        profile.format(name=n, people=p, area=x, title=title, a=a, b=b, c=c) for n, p, x in rows
    )
    found = read(text.encode(), "sichuan/overview.txt")
    assert [row[1] for row in labels(found) if row[0] == "cn-yibin"] == [
        "循环利用与资源回收", "文化和旅游", "矿区转型",
    ]  # fmt: skip
    assert [row[2] for row in labels(found) if row[0] == "cn-yibin"][2] is None


def test_clauses_around_an_area_are_prose() -> None:
    """A figure between commas makes no row of facts of a sentence."""
    text = "安特卫普\nAntwerp\n比利时\n人口：53万\n面积：204平方公里\n\n良好实践\n园区位于市中心，面积27公顷，现已改造为住宅、\n文化场馆兼具的街区。\n"
    found = read(text.encode(), "test/antwerp.txt")
    assert [p.text for p in found.paragraphs] == [
        "园区位于市中心，面积27公顷，现已改造为住宅、文化场馆兼具的街区。"
    ]
    assert found.cities[0].area_km2 == 204


# ---------------------------------------------------------------- slides


def test_slides_with_their_title_on_each() -> None:
    """The name on two slides is a title, and no running line; `(cont.)` is no text."""
    buffer = io.BytesIO()
    width, height = landscape(A4)
    canvas = Canvas(buffer, pagesize=(width, height))

    def slide(name: str, beside: str, heading: str, entries: list[str], facts: list[str]) -> None:
        canvas.setFont("Helvetica-Bold", 30)
        canvas.drawString(45, height - 60, name)
        canvas.setFont("Helvetica", 14)
        canvas.drawString(60 + canvas.stringWidth(name, "Helvetica-Bold", 30), height - 60, beside)
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(45, height - 120, heading)
        canvas.setFont("Helvetica", 14)
        for n, entry in enumerate(entries):
            canvas.drawString(45, height - 160 - 30 * n, f"• {entry}")
        for n, fact in enumerate(facts):
            canvas.drawString(560, height - 330 - 24 * n, fact)
        canvas.setFont("Helvetica", 9)
        canvas.drawString(45, 25, f"City Partnerships      {canvas.getPageNumber()}")
        canvas.showPage()

    rows = [("Rosario", "Argentina", "1.03 million", "178.7"), ("Quito", "Ecuador", "2.7 million", "4,218"),
            ("Cuenca", "Ecuador", "0.6 million", "70.6")]  # fmt: skip
    for name, country, people, area in rows:
        facts = [f"{people} inhabitants", f"{area} km²"]
        slide(
            name,
            country,
            "Overview",
            ["Heart of a large port complex", "Second city of the country"],
            facts,
        )
        slide(name, "(cont.)", "Good practices", ["Allotments: 75 hectares and 300 gardeners"], [])
    canvas.save()
    found = read(buffer.getvalue(), "slides/deck.pdf")
    assert places(found) == [
        ("Rosario", "AR", 1_030_000, 178.7),
        ("Quito", "EC", 2_700_000, 4218.0),
        ("Cuenca", "EC", 600_000, 70.6),
    ]
    assert [(p.section, p.text) for p in found.paragraphs if p.city_id == "ec-quito"] == [
        ("overview", "Heart of a large port complex"),
        ("overview", "Second city of the country"),
        ("good_practices", "Allotments: 75 hectares and 300 gardeners"),
    ]


# ---------------------------------------------------------------- fields, pages of a site, text alone


def test_labels_and_values_with_tabs() -> None:
    """A sheet's blocks: long values are sections, an empty label goes on with the one above."""
    block = (
        "序号\t{n}\n城市名称\t{zh}\n英文名称\t{en}\n所属国家\t中国\n常住人口\t{people}万人\n行政区面积\t{area}平方公里\n"
        "城市概况\t{zh}位于江边，建城已有两千五百多年历史，是国家历史文化名城。\n"
        "\t近年来，这里重点培育集成电路和生物医药产业，集聚企业一百余家。\n"
        "特色做法\t古城整体保护：对古城实行全域保护，每年安排专项资金不少于2亿元。\n"
        "合作需求\t希望与意大利、法国等国城市在时尚设计和纺织品循环利用方面开展合作。\n"
        "合作主题\t循环经济；文化旅游\n填报单位\t人民政府外事办公室\n审核状态\t已审核\n\n"
    )
    rows = [("绍兴", "Shaoxing", "539.4", "8,279"), ("珠海", "Zhuhai", "249.41", "1,725"), ("长春", "Changchun", "910.19", "24,744")]  # fmt: skip
    text = "".join(
        block.format(n=n, zh=zh, en=en, people=p, area=a)
        for n, (zh, en, p, a) in enumerate(rows, 1)
    )
    found = read(text.encode("utf-8-sig"), "sheet/export.txt")
    assert [(c.name_zh, c.name_en, c.population) for c in found.cities] == [
        ("绍兴", "Shaoxing", 5_394_000), ("珠海", "Zhuhai", 2_494_100), ("长春", "Changchun", 9_101_900),
    ]  # fmt: skip
    assert [row[1] for row in labels(found) if row[0] == "cn-zhuhai"] == ["循环经济", "文化旅游"]
    own = [(p.section, p.text[:6]) for p in found.paragraphs if p.city_id == "cn-zhuhai"]
    assert own == [
        ("overview", "珠海位于江边"), ("overview", "近年来，这里"), ("good_practices", "古城整体保护"),
        ("priorities", "希望与意大利"),
    ]  # fmt: skip


def test_cities_that_a_page_relates_are_no_profiles() -> None:
    """What stands below `Related cities` down to a heading of its rank is of other pages."""
    page = """<h1>Aarhus</h1><table><tr><th>Country<td>Denmark<tr><th>Population<td>367,095
    <tr><th>Area<td>468 km²</table>
    <h2>About the city</h2><p>Aarhus, the second largest city in Denmark, grows by about 4,000 inhabitants a year.</p>
    <h2>Related cities</h2><h3>Turku</h3><p>Finland's oldest city wants to be climate positive.</p>
    <h3>Gdynia</h3><p>A young port city that runs its buses on electricity.</p>
    <h3>Klaipėda</h3><p>Lithuania's gateway to the sea.</p>"""
    found = read(page.encode(), "network/aarhus.html")
    assert places(found) == [("Aarhus", "DK", 367_095, 468.0)]
    assert [p.section for p in found.paragraphs] == ["overview"]


def test_population_and_area_in_the_first_sentence() -> None:
    """Where no header states them, the one clause of each kind that can mean only the whole place."""
    text = """一、襄阳市
（一）基本情况
襄阳市位于湖北省西北部，全市总面积19,728平方公里，2023年末常住人口527.9万人，辖3个市辖区。
建成区面积215平方公里。
（二）合作意向
希望与欧洲城市在河流生态治理等方面开展合作，每年互派专业技术人员不少于10人次。
拟重点合作领域：循环经济、文化旅游、基于自然的解决方案。

二、潍坊市
（一）基本情况
潍坊市地处山东半岛西部，户籍人口900万人，园区面积12平方公里，规划面积30平方公里。
（二）合作意向
拟与德国城市共建中德职业教育培训中心，三年内培训教师300人、技能人才5,000人。
拟重点合作领域：可持续农业、数字经济。
"""
    found = read(text.encode("gb18030"), "ministry/annex.txt")
    assert places(found) == [("襄阳市", "CN", 5_279_000, 19_728.0), ("潍坊市", "CN", None, None)]
    assert found.cities[0].population_text == "2023年末常住人口527.9万人"
    told = [f.message for f in found.findings if f.check == "value_from_text"]
    assert len(told) == 2
    assert "527.9万人" in told[0]
    assert [row[1] for row in labels(found)] == [
        "循环经济", "文化旅游", "基于自然的解决方案", "可持续农业", "数字经济",
    ]  # fmt: skip


def test_a_header_stands_against_the_text() -> None:
    """A profile with one value in its header takes none from the text."""
    text = "襄阳市\nXiangyang\n\n面积：19,728平方公里\n\n基本情况\n襄阳市位于湖北省，常住人口527.9万人，是汉江流域中心城市。\n"
    found = read(text.encode(), "ministry/one.txt")
    assert places(found) == [("Xiangyang", "CN", None, 19_728.0)]
    assert "value_from_text" not in {f.check for f in found.findings}


def test_bold_paragraphs_stand_for_headings() -> None:
    """As converters and word processors write them; bold words of a text and labels are none."""
    profile = (
        "## {name}\n\n{country}\n\nPopulation: {people:,}\nArea: {area} km²\n\n**About the city**\n\n"
        "The city lies on the bay and was **founded** in 1603. Its port handles cars and steel.\n\n"
        "**Good practices**\n\nThe city recycles **all** of its glass and has opened a repair centre.\n\n"
    )
    rows = [("Toyama", "Japan", 409075, 1241.7), ("Graz", "Austria", 298479, 127.57), ("Kumamoto", "Japan", 738385, 390.3)]  # fmt: skip
    text = "".join(profile.format(name=n, country=c, people=p, area=a) for n, c, p, a in rows)
    found = read(text.encode(), "booklet/cities.md")
    assert [c.name_en for c in found.cities] == ["Toyama", "Graz", "Kumamoto"]
    assert [(s.section, s.heading) for s in found.sections if s.city_id == "at-graz"] == [
        ("overview", "About the city"), ("good_practices", "Good practices"),
    ]  # fmt: skip
