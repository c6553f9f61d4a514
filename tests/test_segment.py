"""How pages of a brochure are taken apart: the traps of printed text, one by one."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.knowledge.layouts import layouts
from pipeline.segment.naming.namelike import name_scripts
from tests.conftest import BROCHURE
from tests.documents import paragraphs, records, segments

CHINESE = """\f社会经济概况

江城位于大江中游，是中心城市与交通枢纽，
城市历史悠久，风景优美。与省会的直线距

重点合作领域

聚焦绿色发展：推动与欧洲城市在循环经济和可再生能源领域的务
实合作。

江  城
Jiangcheng

1,234,500人

2,345.6平方公里

离只有40公里，是重要的物流节点。

绿色循环经济与基于自然的解决方案

城市议程/规划、
城市可持续发展战略公共空间、城市模式
"""

EUROPEAN = """\f首选合作主题领域

文化旅游
该市希望与中方城市分享博物馆与遗产保护方面的
经验。

循环经济⸺废物管理

       数字化转型与智慧城市
资料来源：Pixabay©Someone

社会经济概况

奥尔登位于波兰北部，是该国第九大城市。

良好实践

该市的主要项目包括：
    绿色屋顶
    雨水收集
\f奥尔登（波兰）
Olden

210,000人

88.3平方公里
"""


def only_profile(text):
    """The one profile of a text and its records."""
    found = records(text)
    assert len(found.cities) == 1
    return found, found.cities[0]


def test_a_chinese_profile_is_read_whole():
    """Header, sections and labels of a Chinese page."""
    found, city = only_profile(CHINESE)
    assert (city.name_zh, city.name_en) == ("江城", "Jiangcheng")
    assert (city.population, city.area_km2) == (1234500, 2345.6)
    assert (city.population_text, city.area_text) == ("1,234,500人", "2,345.6平方公里")
    assert [(t.label, t.theme) for t in found.city_themes] == [
        ("绿色循环经济与基于自然的解决方案", "circular-economy"),
        ("绿色循环经济与基于自然的解决方案", "nature-based-solutions"),
        ("城市议程/规划、城市可持续发展战略公共空间、城市模式", "urban-agenda"),
    ]
    assert not [x for x in found.lines if x.role == "unassigned"]


def test_an_overview_goes_on_after_the_name_block():
    """What breaks off in mid-sentence at the column's end is joined across the header."""
    found, city = only_profile(CHINESE)
    (overview,) = paragraphs(found, city.city_id, "overview")
    assert overview.endswith("与省会的直线距离只有40公里，是重要的物流节点。")
    (priority,) = [p for p in found.paragraphs if p.section == "priorities"]
    assert priority.lead == "聚焦绿色发展"
    assert priority.text.endswith("领域的务实合作。")


def test_a_european_profile_is_read_in_any_order():
    """Sections in any order, titles within prose, bullets, a country beside the name."""
    found, city = only_profile(EUROPEAN)
    assert (city.city_id, city.country_zh, city.kind) == ("pl-olden", "波兰", "city")
    assert paragraphs(found, "pl-olden", "preferred_themes") == [
        "文化旅游",
        "该市希望与中方城市分享博物馆与遗产保护方面的经验。",
    ]
    practices = [p for p in found.paragraphs if p.section == "good_practices"]
    assert [(p.text, p.bullet) for p in practices] == [
        ("该市的主要项目包括：", False),
        ("绿色屋顶", True),
        ("雨水收集", True),
    ]
    assert [(t.theme, t.group) for t in found.city_themes] == [
        ("circular-economy", "primary"),
        ("digital-transformation", "cross_cutting"),
    ]
    assert [x.text for x in found.lines if x.role == "credit"] == ["资料来源：Pixabay©Someone"]


def test_labels_after_a_page_break_belong_to_the_profile_that_follows():
    """Labels directly under those of the profile before are told apart by the page break."""
    second = CHINESE.replace("江城", "河城").replace("江  城", "河  城")
    second = second.replace("Jiangcheng", "Hecheng").replace("\f社", "\f文化、旅游和创意\n\n社")
    found = records(CHINESE + second)
    labels = {c.city_id: [] for c in found.cities}
    for theme in found.city_themes:
        labels[theme.city_id].append(theme.theme)
    first, after = labels.values()
    assert first == ["circular-economy", "nature-based-solutions", "urban-agenda"]
    assert after[0] == "culture-tourism"


def test_a_blank_line_before_a_bracket_is_no_paragraph_break():
    """A line that begins with a full-width bracket is set lower and leaves a false blank."""
    text = CHINESE.replace("风景优美。", "风景优美的中国\n\n（东部）名城。")
    (overview,) = paragraphs(records(text), only_profile(text)[1].city_id, "overview")
    assert "风景优美的中国（东部）名城。" in overview


def test_a_heading_glued_to_a_label_is_both():
    """`气候变化与能源转型 良好实践`: the page ended without a line break."""
    text = EUROPEAN.replace("\n良好实践\n", "\n").replace(
        "社会经济概况\n\n奥尔登", "社会经济概况\n\n奥尔登"
    )
    text = text.replace(
        "       数字化转型与智慧城市\n资料来源：Pixabay©Someone\n",
        "       数字化转型与智慧城市 良好实践\n\n该市建成了雨水花园。\n",
    ).replace("该市的主要项目包括：\n    绿色屋顶\n    雨水收集\n", "")
    found, city = only_profile(text)
    assert paragraphs(found, city.city_id, "good_practices") == ["该市建成了雨水花园。"]
    assert "digital-transformation" in [t.theme for t in found.city_themes]


def test_a_section_goes_on_in_its_own_column_without_any_mark():
    """After the priorities, text as wide as the overview's column is the overview again."""
    narrow = "两江之城坐落在群山之间是内陆开放门户，风景优\n美而闻名于世界各地的山水园林城市典范与样板，\n四季分明。"
    wide = "深化合作：与欧洲城市在先进制造与数字经济和绿色金融等领域开\n展合作并共同建设国际产业园区与研发中心和创新平台以及友好\n学校。"
    more = "城市建成区绿化良好，拥有一百余个生态公园，城\n市绿地与湿地景观遍布全城，为市民提供了优质的\n生活空间。"
    text = f"\f社会经济概况\n\n{narrow}\n\n重点合作领域\n\n{wide}\n\n{wide}\n\n{more}\n\n数字经济\n\n山  城\nShancheng\n\n3,290,000人\n\n1,200平方公里\n"
    found, city = only_profile(text)
    assert len(paragraphs(found, city.city_id, "priorities")) == 2
    overview = paragraphs(found, city.city_id, "overview")
    assert len(overview) == 2
    assert overview[1].startswith("城市建成区绿化良好")


SET_IN = """江城
Jiangcheng
中国

人口：1,234,500人
面积：2,345.6平方公里

城市简介
  江城位于大江中游，是中心城市与交通枢纽，城市
历史悠久，风景优美。全市公园超过一千个，市民出
门五百米可达社区公园。
优先合作事项
  电动交通：巴士与的士已全部电动化，愿与海外城
市分享充电网络布局和电池回收的经验。
  智慧专业化战略（RIS3 Euskadi）的监察与评估指
标，以及先进制造、能源与生物健康三个领域的企业
之间的配对和互访。
"""


def test_where_first_lines_are_set_in_a_line_at_the_margin_is_a_heading():
    """It needs no white space; and a first line that reads like a theme is no title."""
    found = records(SET_IN)
    assert [(p.section, p.text[:6]) for p in found.paragraphs] == [
        ("overview", "江城位于大江"),
        ("priorities", "电动交通：巴"),
        ("priorities", "智慧专业化战"),
    ]


def test_an_entry_goes_on_below_the_gap_of_the_column_beside_it():
    """All others of the list have a sign, and the entry breaks off on the longest line."""
    entries = [
        "◆ 电子显微与光学产业链",
        "◆ 青年参与城市治理，尤其是中学生议会的具体运\n\n作方法",
        "◆ 功能主义建筑遗产的活化",
    ]
    text = (
        SET_IN.split("优先合作事项", maxsplit=1)[0] + "\n优良案例\n" + "\n\n".join(entries) + "\n"
    )
    found, city = only_profile(text)
    practices = paragraphs(found, city.city_id, "good_practices")
    assert practices == [e.lstrip("◆ ").replace("\n", "") for e in entries]


ENTRIES = """江城
Jiangcheng
中国

人口：1,234,500人
面积：2,345.6平方公里

良好实践
• 开通首年客运量一千二百七十万人次，准点率高，
  深受好评。
• 全部车辆在本省制造。
{after}
"""


@pytest.mark.parametrize(
    ("entry", "after", "count"),
    [
        ("• 希望与沿海省份共同制定港口\n  配套标准。", "湖滨的循环街区\n", 4),
        (
            "• 希望与沿海省份共同制定港口\n  配套标准。",
            "  市政府设有常驻代表处，可以协\n助企业和高校完成对接。",
            4,
        ),
        ("• 希望与沿海省份共同制定港口\n  配套标准。", "• 另有一项已经完成。", 4),
    ],
    ids=["a title at the margin", "the first line of a paragraph", "another entry"],
)
def test_what_goes_back_to_the_margin_is_of_no_entry(entry, after, count):
    """The lines of an entry hang below its first one."""
    found, city = only_profile(ENTRIES.format(after=f"{entry}\n{after}"))
    assert len(paragraphs(found, city.city_id, "good_practices")) == count


HYPHENS_OUT = """Aarhus
Denmark
Population: 352,751
Area: 468 km²

Socio-economic profile
Aarhus is the second city of the country and the port of
Jutland. Its container terminal handles around two thirds
of the traffic of the country, while the inner harbour has
been turned into a district for 12,000 residents and as many jobs.
With some 60,000 students, a third of them at Aarhus
University, the city has the youngest population in Denmark. Employment has grown by some two per cent a year since
2015, led by wind energy, by food science, and by what
comes with both of them. The largest firms all have their
headquarters here, and many others follow.

Good practices
The river that came back
In the 1930s the river of Aarhus was put in a pipe and a
road was built on top of it. Between 1996 and 2015 the
pipe was opened again, metre by metre, over a length of
750 metres, and the rents along the new quay rose.
Heat from straw
District heating reaches nearly all of the homes. Since
coal was given up in 2016, the network has run on straw,
on wood chips and on waste, and on the heat of the sea.
"""


def test_a_program_that_takes_hyphens_out_puts_two_lines_in_one():
    """Such lines tell no width; a title between paragraphs is short, and so are their last lines."""
    found = records(HYPHENS_OUT)
    assert [p.text.split()[0] + " … " + p.text.split()[-1] for p in found.paragraphs] == [
        "Aarhus … jobs.",
        "With … follow.",
        "The … back",
        "In … rose.",
        "Heat … straw",
        "District … sea.",
    ]


BOOKLET_PAGES = (
    """{place}
{latin}
国家
中国
人口
1,034,200人
面积
1,293平方公里
感兴趣的主题
{themes}

社会经济概况
{place}地处大江中游的冲积平原，三面环水，是全省最大
的港口。港口去年的吞吐量居全国前列，航线通往七
十个国家和地区。
{title}
{place}的公园占全市面积的三成，市民出门不远就有绿地
和水面，河岸的步道把它们连成一片，供人行走和骑
车往来{place}。
""",
    """良好实践
{place}的老码头改造成了市民公园，仓库里开了书店和剧
场，每年接待的客人超过一百万，{place}因此闻名。
""",
)
BOOKLET_PLACES = {
    "江城": ("Jiangcheng", "山水之间", "循环经济\n气候变化与能源转\n型\n技术4.0、工业5.0"),
    "河城": ("Hecheng", "一河两岸", "文化旅游\n数字经济"),
    "湖城": ("Hucheng", "环湖而居", "循环经济\n交通与运输"),
    "海城": ("Haicheng", "向海而生", "文化旅游\n循环经济"),
}


def test_a_booklet_of_plain_pages_is_read_by_what_its_pages_have_in_common():
    """The cover's title is no heading, names at the tops of pages no text, one list set as all are.

    A short line that ends no sentence, between two paragraphs as wide as their column, is a title.
    """
    pages = [
        page.format(place=place, latin=latin, title=title, themes=themes)
        for place, (latin, title, themes) in BOOKLET_PLACES.items()
        for page in BOOKLET_PAGES
    ]
    tops = [place for place in BOOKLET_PLACES for _ in BOOKLET_PAGES]
    text = "寻找你的伙伴城市\n秘书处编\n" + "".join(
        f"\f伙伴城市手册（2023）\n\n{top}\n\n{page}\n·{n}·\n"
        for n, (top, page) in enumerate(zip(tops, pages, strict=True), start=2)
    )
    found = records(text)
    assert [c.name_zh for c in found.cities] == list(BOOKLET_PLACES)
    assert [t.label for t in found.city_themes if t.city_id == "cn-jiangcheng"] == [
        "循环经济",
        "气候变化与能源转型",
        "技术4.0、工业5.0",
        "技术4.0、工业5.0",
    ]
    for place in found.cities:
        own = [p for p in found.paragraphs if p.city_id == place.city_id]
        assert [p.section for p in own] == ["overview"] * 3 + ["good_practices"]
        assert own[1].text == BOOKLET_PLACES[place.name_zh][1]
        assert all(p.text.endswith("。") for p in own if p is not own[1])


@pytest.mark.parametrize(
    ("header", "zh", "en"),
    [
        ("海  城\nHaicheng\n\n1,000人\n\n20平方公里", "海城", "Haicheng"),
        ("1,000人\n\n20平方公里\n\n海  城\nHaicheng", "海城", "Haicheng"),
        ("海城（希腊）\n\n1,000人\n\n20平方公里\n\nHai de\nCheng\n-Ames", "海城", "Hai de Cheng-Ames"),
        ("海  城\n\n湾新区\nHaicheng\nBay\n\nNew Area\n\n1,000人\n\n20平方公里", "海城湾新区", "Haicheng Bay New Area"),
        ("海  城\n湾新区\nHaicheng\nBay\nNew\nArea\n\n1,000人\n\n20平方公里", "海城湾新区", "Haicheng Bay New Area"),
        ("海城-湾城\n自治区（西班牙）\n\nHai\n-Wan\n\n1,000人\n20平方公里", "海城-湾城自治区", "Hai-Wan"),
        ("海城 Haicheng\n20平方公里\n1,000人", "海城", "Haicheng"),
        ("海城\nHaicheng\n人口：1,000人 | 面积：20平方公里", "海城", "Haicheng"),
    ],
    ids=[
        "above the numbers",
        "below the numbers",
        "on both sides",
        "split over lines and blanks",
        "a word a line",
        "two parts and a country",
        "in one line",
        "numbers in one line",
    ],
)  # fmt: skip
def test_names_are_found_around_the_numbers(header, zh, en):
    """Names are letter-spaced, split over lines, above, below or on both sides."""
    text = f"社会经济概况\n\n海城湾新区位于沿海地区，经济发达。\n\n{header}\n"
    _, city = only_profile(text)
    assert (city.name_zh, city.name_en) == (zh, en)
    assert (city.population, city.area_km2) == (1000, 20.0)


@pytest.mark.parametrize(
    ("text", "scripts"),
    [
        ("北  京", "han"),
        ("巴里（意大利）", "han"),
        ("（波兰）", "country"),
        ("-Biała", "latin"),
        ("y Leon", "latin"),
        ("北京 Beijing", "both"),
        ("推进。", ""),
        ("the region is", ""),
        ("资源集聚，富有活力", ""),
    ],
)
def test_what_a_name_looks_like(text, scripts):
    """A name is short, capitalised and holds no punctuation of a sentence."""
    assert name_scripts(text, layouts().particles) == scripts


def test_a_brochure_with_a_profile_that_lacks_its_area_gives_the_rest():
    """A missing area costs nothing else."""
    found, city = only_profile(CHINESE.replace("2,345.6平方公里\n\n", ""))
    assert (city.name_zh, city.population, city.area_km2) == ("江城", 1234500, None)
    assert len(paragraphs(found, city.city_id, "overview")) == 1


def test_a_number_amid_prose_is_prose():
    """A wrapped line that happens to read like a population is none."""
    text = CHINESE.replace("城市历史悠久，", "城市历史悠久，人口超过\n300万人\n并且，")
    _, city = only_profile(text)
    assert city.population == 1234500


def test_an_unknown_label_among_labels_is_kept_with_a_finding():
    """A label that no theme matches keeps its row, with a null theme."""
    text = CHINESE.replace("城市议程/规划、\n", "蓝色海洋经济\n\n城市议程/规划、\n")
    found = records(text)
    assert ("蓝色海洋经济", None) in [(t.label, t.theme) for t in found.city_themes]
    assert [f.check for f in found.findings if f.check == "unknown_label"] == ["unknown_label"]


def test_two_unknown_labels_stay_two():
    """A line that a label could not have filled is a label of its own."""
    found = records(CHINESE.replace("城市议程/规划、\n", "蓝色经济\n海洋经济\n\n城市议程/规划、\n"))
    assert [t.label for t in found.city_themes if t.theme is None] == ["蓝色经济", "海洋经济"]


def test_a_heading_of_several_profiles_that_is_not_known_ends_the_section_before_it():
    """Its text is in no section rather than in a wrong one, and a finding names the line."""
    second = CHINESE.replace("江城", "河城").replace("江  城", "河  城")
    both = CHINESE + second.replace("Jiangcheng", "Hecheng")
    found = records(both.replace("重点合作领域", "四季的节庆"))
    assert {p.section for p in found.paragraphs} == {"overview"}
    assert all("离只有40公里" in p.text for p in found.paragraphs)
    unassigned = [x.text for x in found.lines if x.role == "unassigned"]
    assert "四季的节庆" in unassigned
    assert len(unassigned) == 6
    assert [f.check for f in found.findings].count("unknown_heading") == 1


def test_a_line_like_a_heading_in_one_profile_is_a_finding():
    """It may be a title of the prose, so its text stays where it stands."""
    found = records(CHINESE.replace("重点合作领域", "四季的节庆"))
    assert "unknown_heading" in [f.check for f in found.findings]
    assert not [x for x in found.lines if x.role == "unassigned"]


def test_text_that_belongs_to_nothing_is_unassigned_not_lost():
    """A page of something else stays visible in the audit."""
    found = segments("购物清单\n牛奶\n面包")
    assert {r.role for r in found.roles} <= {"front_matter", "unassigned"}


TWO_LANGUAGES = """江城 Rivertown
中国

人口：1,234,500人
面积：2,345.6平方公里

城市概况 | City profile

江城位于大江中游，是中心城市与交通枢纽，城市历史悠久，风景优美。

Rivertown lies on the middle course of a long river and has been a centre of
trade and traffic for two thousand years.

重点合作领域 | Priority areas for cooperation

与欧洲企业共建智能制造培训中心，每年培养技师五百名，并互派教师短期授课。

关注主题 | Themes of interest

• 工业5.0 Industry 5.0
• 文化旅游 Culture and tourism

Set up a training centre for smart manufacturing with firms from Europe, for five
hundred technicians a year.
"""


def test_text_in_the_language_that_a_section_lacks_belongs_to_it():
    """Whatever stands between, where other sections are printed in two languages."""
    found, _ = only_profile(TWO_LANGUAGES)
    assert [(p.section, p.text[:2]) for p in found.paragraphs] == [
        ("overview", "江城"),
        ("overview", "Ri"),
        ("priorities", "与欧"),
        ("priorities", "Se"),
    ]


LINES = st.sampled_from(
    [
        *BROCHURE.read_text("utf-8").split("\n")[:900:3],
        "",
        " ",
        "\f",
        "1,000人",
        "社会经济概况",
        "20 km²",
        "Bari",
        "（",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        LINES | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30), max_size=60
    )
)
def test_every_line_has_one_role_whatever_the_text(lines):
    """No text makes segmentation fail, and no line or character of prose is lost or doubled."""
    text = "\n".join(lines) or " "
    found = segments(text)
    assert len(found.roles) == len(found.document.lines)
    pieces = [
        (p.line, p.start, p.end)
        for profile in found.profiles
        for span in profile.sections
        for passage in span.passages
        for p in passage.pieces
    ]
    assert len(pieces) == len(set(pieces))
    prose = {n for n, r in enumerate(found.roles, 1) if r.section and r.role == r.section}
    assert prose == {line for line, _, _ in pieces}
    for role, line in zip(found.roles, found.document.lines, strict=True):
        assert (role.role == "blank") == (not line.text.strip())
