"""Forms in which offices set brochures, each as small as it can be."""

from __future__ import annotations

import pytest

from pipeline.knowledge import load_csv
from pipeline.knowledge.build_country_names import country_names
from pipeline.knowledge.countries import NAME_COLUMNS, countries
from pipeline.knowledge.parts import parts
from pipeline.normalise.names import read_names
from tests.documents import paragraphs, read, records

PROSE = "这里是一座位于江边的城市，有两千多年的历史，工业和贸易都很发达，高校和科研机构也不少。"


def themes(found):
    """The labels and codes of each profile."""
    return [(t.city_id, t.label, t.theme) for t in found.city_themes]


def values(found):
    """Names and numbers of each profile."""
    return [(c.name_zh or c.name_en, c.population, c.area_km2) for c in found.cities]


# ---------------------------------------------------------------- where profiles begin


def test_a_second_heading_of_a_section_opens_no_profile() -> None:
    """`重点产业` means an overview too, and stands in the middle of each profile."""
    page = """{name}
人口：{people}万人
面积：5910平方公里

一、城市概况
{prose}

二、重点产业
装备制造、清洁能源装备。规上工业企业1,500余家。

三、合作主题
循环经济
文化旅游

"""
    names = (("德阳市", 346), ("宜宾市", 461), ("绵阳市", 488))
    found = records("".join(page.format(name=n, people=p, prose=PROSE) for n, p in names))
    assert values(found) == [(n, p * 10_000, 5910) for n, p in names]
    assert len(themes(found)) == 2 * len(names)
    assert paragraphs(found, "cn-deyang", "overview")[-1].startswith("装备制造")


def test_a_letter_without_a_blank_line() -> None:
    """Parts are numbered 一、 and （一）, values stand on one line, labels run up to the next name."""
    page = """{number}、{name}
　　常住人口：{people}万人　　陆域面积：1440平方公里
　　（一）经济社会概况
　　{prose}
　　（二）重点合作领域
　　海洋科技：与挪威、葡萄牙等国在深远海养殖、海洋新材料方面共建实验室。
　　（三）意向合作主题
　　１．海洋经济
　　２．文化旅游
"""
    names = (
        ("一", "温州市", 968),
        ("二", "绍兴市", 535),
        ("三", "嘉兴市", 555),
        ("四", "湖州市", 341),
    )
    text = "".join(page.format(number=k, name=n, people=p, prose=PROSE) for k, n, p in names)
    found = records(f"关于报送基本情况的函\n\n各有关单位：\n　　现将有关情况汇总如下。\n{text}")
    assert values(found) == [(n, p * 10_000, 1440) for _, n, p in names]
    assert [t[1] for t in themes(found)] == ["海洋经济", "文化旅游"] * len(names)


def test_a_missed_name_does_not_cost_the_other_profiles() -> None:
    """Nothing tells where the third place begins; the first two are read all the same."""
    page = """{name}
人口：{people}万人
面积：1440平方公里
城市概况
{prose}
良好实践
{prose}
"""
    names = (("温州市", 968), ("绍兴市", 535), ("此地无人知晓是何处也未可知", 341))
    found = records("".join(page.format(name=n, people=p, prose=PROSE) for n, p in names))
    assert values(found)[:1] == [("温州市", 9_680_000, 1440)]


@pytest.mark.parametrize("number", ["甲、", "（乙）", "丙．", "丁、"])
def test_names_numbered_by_heavenly_stems(number) -> None:
    """As offices in Hong Kong and Taiwan number parts."""
    assert tuple(read_names([f"{number}佛山　Foshan"], countries())) == ("佛山", "Foshan", None)


def test_the_title_of_a_document_is_of_no_profile() -> None:
    """It stands above the first name, and above no other."""
    page = "{name}\n{latin}\n\n人口：346万人\n\n城市概况\n{prose}\n\n"
    names = (("绵阳", "Mianyang"), ("汉堡", "Hamburg"))
    text = "".join(page.format(name=n, latin=x, prose=PROSE) for n, x in names)
    found = records(f"城市合作手册（二〇二三年版）\n\n{text}")
    assert [c.name_zh for c in found.cities] == ["绵阳", "汉堡"]
    assert found.lines[0].role == "front_matter"


# ---------------------------------------------------------------- names and countries


@pytest.mark.parametrize(
    ("lines", "name", "country"),
    [
        (["Pittsburgh", "Pennsylvania, United States"], "Pittsburgh", "United States"),
        (["Durham Region", "Ontario, Canada"], "Durham Region", "Canada"),
        (["Frankfurt am Main", "Hesse", "Germany"], "Frankfurt am Main", "Germany"),
        (["Graz (Styria)", "Austria"], "Graz", "Austria"),
        (["Braga (Minho)", "Portugal"], "Braga", "Portugal"),
        (["Yantai, Shandong", "China"], "Yantai", "China"),
        (["New York", "New York, United States"], "New York", "United States"),
        (["Lower", "Saxony", "Germany"], "Lower Saxony", "Germany"),
        (["Utrecht", "Netherlands"], "Utrecht", "Netherlands"),
    ],
)
def test_a_region_below_a_name_is_no_part_of_it(lines, name, country) -> None:
    """It is a part of the country that is printed beside it."""
    found = read_names(lines, countries(), parts=parts())
    assert (found.en, found.country) == (name, country)


def test_a_title_before_a_name_hides_no_place() -> None:
    """`City of Graz` is Graz, in the id, in GeoNames and in ISO 3166-2."""
    page = "{name}\nAustria\n\nPopulation: 302,749\n\nOverview\n\nThe city lies on the river Mur.\n"
    one, other = (records(page.format(name=n)) for n in ("City of Graz", "Graz"))
    known = [(c.city_id, c.geonames_id, c.subdivision_code) for r in (one, other) for c in r.cities]
    assert known[0] == known[1]
    assert known[0][1] is not None
    assert "place_known_otherwise" not in {f.check for f in one.findings}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Lao PDR", "LA"),
        ("Lao People's Democratic Republic", "LA"),
        ("Turkey", "TR"),
        ("Brunei Darussalam", "BN"),
        ("Kingdom of Spain", "ES"),
        ("Côte d'Ivoire", "CI"),
        ("西班牙王国", "ES"),
        ("United Republic of Tanzania", "TZ"),
    ],
)
def test_a_country_by_its_official_name(name, code) -> None:
    """ISO 3166-1 has it, in English and in Chinese."""
    assert countries().code(name) == code


def test_the_table_of_official_names_is_as_it_is_built() -> None:
    """Nothing in it was changed by hand."""
    assert [*map(tuple, load_csv("country_names.csv", NAME_COLUMNS))] == country_names()


# ---------------------------------------------------------------- values, headings, lists


@pytest.mark.parametrize("label", ["Population1", "Population¹", "Population*", "Population[2]"])
def test_a_label_with_the_mark_of_a_footnote(label) -> None:
    """The mark is no value, and the number below the label is not that of the next label."""
    page = "Ghent\n\n{label}\n267,709\n\nArea\n157.8 km²\n\nOverview\nGhent is a port city of some size.\n"
    (city,) = records(page.format(label=label)).cities
    assert (city.population, city.area_km2) == (267_709, 157.8)


WEB = """<h1>{name}</h1><p>Sweden</p>
<table><tr><th>Population</th><td>97,137</td></tr><tr><th>Signatory since</th><td>2008</td></tr></table>
<h3>About the municipality</h3><p>Forests cover 70% of the municipality, and lakes another part of it.</p>
<h3>What we are proud of</h3><p>A plant of 66 MW burns forest residues gathered within 80 kilometres.</p>
<h3>Priorities until 2030</h3><p>Our plan asks every municipal company to phase out fossil fuels soon.</p>
<h4>Key action areas</h4><ul><li>Energy-efficient buildings</li>
<li>Recovery, reconstruction and social inclusion</li><li>Health services</li></ul>
<h4>Contact</h4><p>Climate office</p>
<h2>Related signatories</h2><ul><li>Malmö<p>Population 357,377</p></li><li>Aarhus</li></ul>"""


def test_a_web_page_of_one_place() -> None:
    """The page marks its headings; a list below a second heading of wishes is one of themes."""
    found = read(WEB.format(name="Växjö").encode(), "edition/file.html")
    (city,) = found.cities
    assert city.population == 97_137
    assert [s.section for s in found.sections] == ["overview", "good_practices", "priorities"]
    assert [t.label for t in found.city_themes] == [
        "Energy-efficient buildings",
        "Recovery, reconstruction and social inclusion",
        "Health services",
    ]
    assert "several_values" not in {f.check for f in found.findings}
    assert not any("Aarhus" in p.text for p in found.paragraphs)


def test_wishes_in_two_languages_are_one_section() -> None:
    """`合作意向` and `Cooperation Interests` head the same text twice."""
    page = """{zh}
{en}
人口：{people}万人

城市概况

{prose}

合作意向

希望与欧洲城市在湿地修复和花卉育种方面开展交流，并互派技术人员到对方的研究机构学习。

City Profile

It lies on a lake in the south of the country and has grown flowers for more than a century.

Cooperation Interests

It wishes to exchange techniques of wetland recovery, and to learn from flower auctions in Europe.

"""
    names = (("昆明", "Kunming", 846), ("武汉", "Wuhan", 1374), ("里昂", "Lyon", 52))
    found = records("\f".join(page.format(zh=z, en=e, people=p, prose=PROSE) for z, e, p in names))
    assert {s.section for s in found.sections} == {"overview", "priorities"}


@pytest.mark.parametrize(
    "heading",
    ["Looking for partners in", "Keen to work with others on", "Our next steps abroad"],
)
def test_a_heading_that_comes_again_below_a_list_of_themes(heading) -> None:
    """It may end in a preposition, or say what no list has; the list above is no section."""
    page = """{name}

Population: 97,137

Themes
Sustainable mobility | Creative industries | Clean-tech clusters | Night-time economy

Portrait
The city lies by a river and a lake, and has been a place of trade for many centuries.

What we do well
Two tram lines were extended to reach the new district, and parking is limited there.

{heading}
The city would like to work with others of its size, and to exchange staff between schools.

"""
    names = ("Graz", "Tartu", "Braga", "Ostrava")
    found = records("\n".join(page.format(name=n, heading=heading) for n in names))
    assert [s.heading for s in found.sections if s.section == "priorities"] == [heading] * 4
    assert len(found.city_themes) == 4 * len(names)


def test_labels_below_one_another_stay_apart() -> None:
    """An unknown label gains nothing from the known one below it."""
    page = "{name}\n人口：346万人\n\n城市概况\n{prose}\n\n合作主题\n高端装备制造\n职业教育\n循环经济\n\n"
    found = records("".join(page.format(name=n, prose=PROSE) for n in ("德阳市", "宜宾市")))
    assert [t[1] for t in themes(found)] == ["高端装备制造", "职业教育", "循环经济"] * 2


def test_a_title_before_lists_with_bars() -> None:
    """It is sure once it comes again and again and some of the labels are known."""
    page = "{name}\n\nPopulation: 97,137\n\nOur fields: {labels}\n\nOverview\n\nIt lies by a river.\n\n"
    lists = (
        "Sustainable mobility | Clean-tech clusters | Night-time economy",
        "Industrial transition | Air quality | Circular economy",
        "Nanotechnology | Night-time economy | Urban regeneration",
    )
    text = "".join(
        page.format(name=n, labels=x)
        for n, x in zip(("Graz", "Tartu", "Braga"), lists, strict=True)
    )
    assert len(records(text).city_themes) == 9


def test_spaces_that_fill_up_a_line_are_one() -> None:
    """As a justified text is extracted."""
    text = "Graz\n\nPopulation: 97,137\n\nOverview\n\nThe city   is   the   capital   of   the province\nand lies on a river.\n"
    assert [p.text for p in records(text).paragraphs] == [
        "The city is the capital of the province and lies on a river."
    ]


def test_a_list_that_is_set_as_a_sentence() -> None:
    """Its full stop is none of the last label."""
    page = "{name}\n\nPopulation: 97,137\n\nOverview\n\nThe city lies by a river and a lake.\n\n"
    line = "Thematic areas: Sustainable mobility; Digital economy; Culture and tourism.\n\n"
    found = records("".join(page.format(name=n) + line for n in ("Rosario", "Recife")))
    assert {t.label for t in found.city_themes} == {
        "Sustainable mobility", "Digital economy", "Culture and tourism",
    }  # fmt: skip


def test_a_title_beside_the_number_of_its_page() -> None:
    """Another title on each page, while the numbers go up as the pages do."""
    page = "{name}\n\nPopulation: 97,137\n\nOverview\n\nThe city lies by a river and a lake.\n\n"
    names = ("Pittsburgh", "Halifax", "Chula Vista", "Hamilton")
    text = "\f".join(
        f"{page.format(name=n)}{n}{' ' * 90}{number}\n" for number, n in enumerate(names, 2)
    )
    found = records(text)
    assert values(found) == [(n, 97_137, None) for n in names]
    assert {p.text for p in found.paragraphs} == {"The city lies by a river and a lake."}


def test_a_letter_before_a_hyphen_keeps_it() -> None:
    """No word is broken behind its first letter."""
    text = "The city wishes to learn how others organise their public services, and above all e-\n"
    text += "government and participation, from cities of its size in the south of the continent.\n"
    found = records(f"Tartu\n\nPopulation: 97,137\n\nOverview\n\n{text}")
    assert "e-government" in found.paragraphs[0].text
