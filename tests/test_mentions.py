"""Countries, places, organisations and programmes in prose."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.knowledge.speech import NameFinder, speech
from pipeline.normalise.mentions import NO_PEERS, peer_names, read_mentions

PEERS = peer_names(
    [
        ("cn-yangzhou", "扬州", "Yangzhou"),
        ("cn-jinan", "济南", "Jinan"),
        ("es-barcelona", "巴塞罗那", "Barcelona"),
        ("it-nuovo-circondario-imolese", "博洛尼亚-伊莫拉新区", "Nuovo Circondario Imolese"),
    ]
)


def codes(text):
    """The codes that a text mentions."""
    return sorted(m.code for m in read_mentions(text, PEERS, speech()) if m.code)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("以中德产业园为契机", ["CN", "DE"]),
        ("高水平推进中德国际产业园建设", ["CN", "DE"]),
        ("着力打造中欧、中意战略合作桥头堡", ["CN", "IT"]),
        ("西葡北部联盟的一员", ["ES", "PT"]),
        ("辐射日韩俄的航线", ["JP", "KR", "RU"]),
        ("中以高技术合作以及中沙产能合作", ["CN", "CN", "IL", "SA"]),
        ("在柏林中德论坛上", ["CN", "DE"]),
        ("现已有中瑞产业园", ["CN"]),
        ("对接荷兰瓦赫宁根大学", ["NL"]),
        ("400多家德企", ["DE"]),
        ("义大利與德國的合作", ["DE", "IT"]),
        ("partners in the Netherlands and Czech Republic", ["CZ", "NL"]),
    ],
)
def test_countries(text, expected):
    """Full names of CLDR and one-character forms; an ambiguous one has no code."""
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text",
    ["其中欧洲城市14个", "内蒙古自治区", "中车四方等企业", "在合作中以合作共赢为目标", "国际合作", "其中新增企业", "教育中德育为先", "中西部地区", "中等城市", "印度洋沿岸"],
)  # fmt: skip
def test_traps(text):
    """What looks like a country and is none."""
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("加强与巴塞罗那市政府的交流", ["es-barcelona"]),
        ("与博洛尼亚—伊莫拉新区政府共建", ["it-nuovo-circondario-imolese"]),
        ("参与了扬州世界园艺博览会", ["cn-yangzhou"]),
        ("沿海经济南北贯通", []),
        ("a project with Barcelona", ["es-barcelona"]),
    ],
)
def test_other_profiles_of_the_edition(text, expected):
    """Under their names, whatever the dash, and as whole words."""
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("与意大利罗马开展合作", "place", "罗马"),
        ("如巴塞罗那大学等", "organisation", "巴塞罗那大学"),
        ("联合国可持续发展", "organisation", "联合国"),
        ("三个地平线2020项目", "programme", "地平线2020"),
        ("欧盟可持续城市项目（URBACT）", "programme", "URBACT"),
    ],
)
def test_places_organisations_and_programmes(text, kind, words):
    """By packaged data, by known names, or by what a name ends with."""
    found = read_mentions(text, NO_PEERS, speech())
    assert (kind, words) in [(m.type, text[m.start : m.end]) for m in found]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("对接荷兰瓦赫宁根大学及研究中心", ["荷兰瓦赫宁根大学"]),
        ("高标准推进南昌技师学院建设", ["南昌技师学院"]),
        ("加泰罗尼亚理工大学、庞培·法布拉大学等", ["庞培·法布拉大学"]),
        ("曼海姆与宜可城—地方可持续发展协会共同举办", ["宜可城—地方可持续发展协会"]),
        ("拥有伊莫莱国际学术基金会和机构", ["伊莫莱国际学术基金会"]),
        ("基于集体智慧以实现大学卓越的项目", []),
        ("由于学院和研究所云集", []),
        ("助力创业公司、生物技术公司和废物管理公司", []),
        ("中国公司和荷兰大学", []),
        ("大健康研究院和商业协会", []),
    ],
)
def test_names_of_organisations_are_whole_or_not_there(text, names):
    """A place, a country or a name that is no word begins them; anything else is no name."""
    found = [m for m in read_mentions(text, NO_PEERS, speech()) if m.type == "organisation"]
    assert [text[m.start : m.end] for m in found] == names


def test_a_body_in_general_is_no_organisation():
    """两所大学 and 知名高校 name nobody."""
    assert not [
        m
        for m in read_mentions("这里有两所大学和知名大学", NO_PEERS, speech())
        if m.type == "organisation"
    ]


@given(
    st.text(
        st.sampled_from("中德法意以其国际合作欧盟印度洋内蒙古大学扬州 China,。") | st.characters(),
        max_size=40,
    )
)
def test_mentions_lie_in_any_text(text):
    """No text makes it fail; each mention is a span of the text."""
    for m in read_mentions(text, PEERS, speech()):
        assert 0 <= m.start < m.end <= len(text)


NAMES = ["中国", "中国香港", "国香", "香港", "European Union", "EU", "巴黎", "巴黎市"]
LONGEST_FIRST = re.compile("|".join(sorted(map(re.escape, NAMES), key=len, reverse=True)))


@given(
    st.lists(st.sampled_from([*NAMES, "中", "国", "港", "E", " ", "，"]), max_size=9).map("".join)
)
def test_names_are_found_as_one_pattern_of_them_all_finds_them(text):
    """From left to right, the longest at each place, none overlapping another."""
    assert list(NameFinder(NAMES).spans(text)) == [m.span() for m in LONGEST_FIRST.finditer(text)]
