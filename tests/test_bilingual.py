"""Editions in two languages: side by side, one after the other, page by page."""

import pytest

from tests.documents import records

ZH = {
    "overview": "江城位于大江中游，是中心城市与交通枢纽，城市历史悠久，风景优美，经济总量位居全国前列，拥有多所高等院校与科研机构。",
    "priorities": "聚焦绿色发展：推动与欧洲城市在循环经济和可再生能源领域的务实合作，共同建设绿色产业园区。",
}
EN = {
    "overview": "Jiangcheng lies on the middle reaches of the great river and is a central city and a transport hub with a long history and beautiful scenery.",
    "priorities": "Green development: practical cooperation with European cities on the circular economy and on renewable energy.",
}
HEADER = "江  城\nJiangcheng\n\n1,234,500人\n\n2,345.6平方公里\n"
ENGLISH_HEADER = "Jiangcheng (China)\n\nPopulation: 1,234,500\nArea: 2,345.6 km²\n"


def wrapped(text, width):
    """A text in lines: Chinese anywhere, English between words."""
    import textwrap

    if text.isascii():
        return textwrap.fill(text, 2 * width)
    return "\n".join(text[i : i + width] for i in range(0, len(text), width))


ZH1, ZH2 = (wrapped(t, 27) for t in ZH.values())
EN1, EN2 = (wrapped(t, 37) for t in EN.values())
LABELS = "循环经济\n\n数字经济\n"
EDITIONS = {
    "side by side": f"\f社会经济概况 / Socio-economic overview\n\n{ZH1}\n\n{EN1}\n\n重点合作领域 Priority areas of cooperation\n\n{ZH2}\n\n{EN2}\n\n{HEADER}\n循环经济 / Circular economy\n\n数字经济 Digital economy\n",
    "headings and labels on two lines": f"\f社会经济概况\nSocio-economic overview\n\n{ZH1}\n\n{EN1}\n\n重点合作领域\nPriority areas of cooperation\n\n{ZH2}\n\n{EN2}\n\n{HEADER}\n循环经济\nCircular economy\n\n数字经济\nDigital economy\n",
    "one after the other": f"\f{HEADER}\n社会经济概况\n\n{ZH1}\n\n重点合作领域\n\n{ZH2}\n\nSocio-economic overview\n\n{EN1}\n\nPriority areas of cooperation\n\n{EN2}\n\n{LABELS}",
    "page by page": f"\f社会经济概况\n\n{ZH1}\n\n重点合作领域\n\n{ZH2}\n\n{HEADER}\n{LABELS}\fSocio-economic overview\n\n{EN1}\n\nPriority areas of cooperation\n\n{EN2}\n\n{ENGLISH_HEADER}\nCircular economy\n\nDigital economy\n",
}


def two_places(text):
    """A text and the same of another place."""
    other = (
        text.replace("江城", "河城").replace("江  城", "河  城").replace("Jiangcheng", "Hecheng")
    )
    return text + other.replace("1,234,500", "2,234,500")


@pytest.mark.parametrize("text", EDITIONS.values(), ids=EDITIONS)
def test_one_place_in_two_languages_is_one_profile(text):
    """Both names, one header, and in each section the paragraphs of both languages."""
    found = records(two_places(text))
    assert [(c.name_zh, c.name_en, c.population, c.area_km2) for c in found.cities] == [
        ("江城", "Jiangcheng", 1234500, 2345.6),
        ("河城", "Hecheng", 2234500, 2345.6),
    ]
    city = found.cities[0].city_id
    for section in ("overview", "priorities"):
        read = [p.text for p in found.paragraphs if (p.city_id, p.section) == (city, section)]
        assert read == [ZH[section], EN[section]]
    themes = [t.theme for t in found.city_themes if t.city_id == city]
    assert themes == ["circular-economy", "digital-economy"]
    assert not [x.text for x in found.lines if x.role == "unassigned"]
    assert {x.city_id for x in found.lines if x.role == "name"} == {c.city_id for c in found.cities}


def test_a_number_that_differs_between_the_languages_is_a_warning():
    """The first is used, and the finding says what the other prints."""
    text = EDITIONS["page by page"].replace("Population: 1,234,500", "Population: 1,243,500")
    found = records(text)
    assert found.cities[0].population == 1234500
    (doubt,) = [f for f in found.findings if f.severity == "warning"]
    assert (doubt.check, doubt.field) == ("profile_in_two_languages", "population")
    assert "Population: 1,243,500" in doubt.message


def test_a_chinese_profile_may_have_english_labels():
    """The codes are the same in either language."""
    text = EDITIONS["one after the other"].replace(
        LABELS, "Circular economy – waste management\n\nDigital transformation & smart cities\n"
    )
    found = records(text)
    assert [(t.label, t.theme) for t in found.city_themes] == [
        ("Circular economy – waste management", "circular-economy"),
        ("Digital transformation & smart cities", "digital-transformation"),
    ]


def test_two_places_of_one_name_in_one_language_stay_two():
    """Only another language makes a second profile a translation."""
    found = records(EDITIONS["page by page"].split("\f")[2] * 2)
    assert [c.city_id for c in found.cities] == ["cn-jiangcheng", "cn-jiangcheng-2"]
    assert "profile_twice" in [f.check for f in found.findings]
