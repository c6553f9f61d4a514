"""Documents that look like what rules may take them for: no value, name or event that is not theirs."""

from __future__ import annotations

import pytest

from pipeline.records import Records
from tests.documents import read


def cities(found: Records) -> list[tuple[str | None, int | None, float | None]]:
    """Of each city its name, its population and its area."""
    return [(c.name_zh or c.name_en, c.population, c.area_km2) for c in found.cities]


def annex(sentence: str) -> Records:
    """Two profiles without headers, the first of which begins with a sentence."""
    profile = "{}\n（一）基本情况\n{}。\n（二）合作意向\n希望与欧洲城市开展合作，每年互派人员。\n拟重点合作领域：循环经济、文化旅游。\n\n"
    text = profile.format("一、襄阳市", sentence) + profile.format(
        "二、潍坊市", "潍坊素有世界风筝都之称"
    )
    return read(text.encode(), "ministry/annex.txt")


# ---------------------------------------------------------------- numbers of something else


@pytest.mark.parametrize(
    "sentence",
    [
        "江苏省面积10.72万平方公里，人口8,500万人，襄阳是它的友好城市",
        "襄阳国家高新区面积220平方公里，人口56万人",
        "襄阳的友好城市埃森人口58万人，面积210平方公里",
        "襄阳市位于汉江中游，其高新区规划面积220平方公里，人口56万人",
        "汉江地区人口约2,800万人，面积25,000平方公里",
    ],
)
def test_numbers_of_another_place_in_the_first_sentence(sentence: str) -> None:
    """A province, a park, a partner: what is said of them is no value of the city."""
    assert cities(annex(sentence))[0] == ("襄阳市", None, None)


def test_a_label_that_names_all_of_the_place() -> None:
    """`全市` may stand in a sentence that begins otherwise."""
    said = "作为汉江流域中心城市，全市总面积19,728平方公里，全市常住人口527.9万人"
    assert cities(annex(said))[0] == ("襄阳市", 5_279_000, 19_728.0)


WISHES = """Gdynia
Poland

Population: 246,000
Area: 135 km2

Overview

A port city on the Baltic.

{heading}

Digital economy

Preferred themes

Mobility and transport
"""


@pytest.mark.parametrize(
    ("heading", "sections", "labels"),
    [
        ("Priorities", ["overview", "priorities"], ["Mobility and transport"]),
        ("Themes of interest", ["overview"], ["Digital economy", "Mobility and transport"]),
    ],
)
def test_a_priority_that_reads_like_a_theme(
    heading: str, sections: list[str], labels: list[str]
) -> None:
    """Below the heading of a section it is of that, where the themes have a title of their own."""
    found = read(WISHES.format(heading=heading).encode(), "office/profile.txt")
    assert [p.section for p in found.paragraphs] == sections
    assert [t.label for t in found.city_themes] == labels


@pytest.mark.parametrize(
    "struck",
    [
        "<del>900 km2</del> 973 km2",
        "973 km2 <s>900 km2</s>",
        "</p><del><p>Area: 900 km2</p></del><p>Area: 973 km2",
    ],
)
def test_a_value_that_is_struck_out(struck: str) -> None:
    """It is printed with its strokes, and is none."""
    page = f"<h1>Zaragoza</h1><p>Spain</p><p>Population: 675,000</p><p>Area: {struck}</p><h2>Overview</h2><p>A city on the Ebro.</p>"
    found = read(page.encode(), "site/zaragoza.html")
    assert all(area in (None, 973.0) for _, _, area in cities(found))
    assert any("~~" in line.text and "900 km2~~" in line.text for line in found.lines)


def test_teasers_of_other_cities() -> None:
    """The figures below the title of a page are its own, whatever is teased below."""
    page = """<h1>Zaragoza</h1><p>Spain</p><p>Population: 675,000</p><p>Area: 973 km2</p>
    <h2>Overview</h2><p>A city on the Ebro.</p>
    <h3>Chengdu</h3><p>China</p><p>20,900,000 inhabitants. Read more</p>
    <h3>Sofia</h3><p>Bulgaria</p><p>1,400,000 inhabitants. Read more</p>"""
    assert cities(read(page.encode(), "site/zaragoza.html")) == [("Zaragoza", 675_000, 973.0)]


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    "above",
    [
        "1. 建设智慧港口\n2. 发展绿色航运\n\n",
        "海上花园\n",
        "重点项目\n",
        "合作伙伴\n汉堡\n鹿特丹\n\n",
    ],
)
def test_lines_above_a_name_are_no_part_of_it(above: str) -> None:
    """A slogan, a subheading, the end of a list: the place is known by its own line."""
    text = f"社会经济概况\n\n宁波是港口城市。\n\n重点合作领域\n\n聚焦港口物流。\n\n{above}宁波\nNingbo\n\n9,404,000人\n\n9,816平方公里\n\n交通与运输\n"
    assert [c.name_zh for c in read(text.encode(), "edition/ningbo.txt").cities] == ["宁波"]


@pytest.mark.parametrize(
    ("printed", "name"),
    [("滨海\n新区", "滨海新区"), ("江苏省\n苏州市", "苏州市"), ("乌鲁\n木齐", "乌鲁木齐")],
)
def test_a_name_on_two_lines_stays_whole(printed: str, name: str) -> None:
    """Where its last line alone is no place, or what is above it a province."""
    text = f"社会经济概况\n\n这里是一座城市。\n\n{printed}\n\n9,404,000人\n\n9,816平方公里\n\n交通与运输\n"
    assert [c.name_zh for c in read(text.encode(), "edition/one.txt").cities] == [name]


# ---------------------------------------------------------------- events


def test_a_brochure_with_a_box_of_events() -> None:
    """Headers and headings of profiles make it one, whatever dates it prints."""
    text = """Gdynia
Poland
Population: 246,348
Area: 135 km²

Overview
The city lies on the bay and has one of the largest ports of the Baltic Sea.

Good practices
March 12, 1998
Port opened
May 3, 2004
Joined the network

Upcoming events
3 June 2021
Hackathon
10:00 - 16:00
"""
    found = read(text.encode(), "edition/gdynia.txt")
    assert found.kind == "brochure"
    assert cities(found) == [("Gdynia", 246_348, 135.0)]
    assert not found.events


def test_the_same_day_of_another_year_is_another_day() -> None:
    """A past edition in a text does not take the place of the day below."""
    text = """March 13, 2023
Information session
10:00 - 11:00
The last edition took place on
March 14, 2022
with 200 participants.

March 14, 2023
Weekly call
14:00 - 15:00
"""
    found = read(text.encode(), "calendar/week.txt")
    assert ("2023-03-14", "Weekly call") in [(e.date, e.title) for e in found.events]
