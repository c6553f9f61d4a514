"""Lists of themes as designers print them: what is one label, and what is none."""

import pytest

from pipeline.knowledge.listing import divide
from pipeline.knowledge.themes import taxonomy
from pipeline.knowledge.titles import titles
from pipeline.language import is_word
from tests.documents import records

_CITY = """Springfield
Ireland

Population: 123,456
Area: 78.9 km²

{themes}

Socio-economic overview

Springfield lies on the river and is the second port of its country. The city
was founded by merchants and lives from trade and from its university.
"""

_CITY_ZH = """江城
Jiangcheng
中国

人口：1,234,500人
面积：2,345.6平方公里

{themes}

社会经济概况

江城位于大江中游，是中心城市与交通枢纽，城市历史悠久，风景优美。
"""


def labels(page: str, themes: str) -> list[tuple[str, str | None]]:
    """The labels that are read where a page shows some themes, and the theme of each."""
    found = records(page.format(themes=themes))
    return [(t.label, t.theme) for t in found.city_themes]


MOBILITY = ("Mobility and transport", "mobility")
CIRCULAR = ("Circular economy", "circular-economy")
BEES = ("Urban beekeeping", None)


@pytest.mark.parametrize(
    "themes",
    [
        "Themes of interest\nMobility and transport\nCircular economy\nUrban beekeeping",
        "Our themes:\n\n• Mobility and transport\n• Circular economy\n• Urban beekeeping",
        "Topics\n⇄ Mobility and transport\n♻ Circular economy\n✿ Urban beekeeping",
        "Topics\n\n🚋 Mobility and\n   transport\n♻️ Circular economy\n🐝 Urban beekeeping",
        "Topics\n\n1. Mobility and transport\n2. Circular economy\n3. Urban beekeeping",
        "Topics\n\n1 Mobility and transport\n\n2 Circular economy\n\n3 Urban beekeeping",
        "Themes: Mobility and transport, Circular economy, Urban beekeeping",
        "Themes: Mobility and transport; Circular economy; Urban beekeeping",
        "Thematic interests: Mobility and transport | Circular economy | Urban beekeeping",
        "Topics of interest   Mobility and transport / Circular economy / Urban beekeeping",
        "Themes of interest: Mobility and transport, Circular econo-\nmy, Urban beekeeping.",
        "Areas of interest\nMobility and transport · Circular economy · Urban beekeeping",
        "Topics\n\n⚙ Mobility and transport\n\n✎ Circular economy\n\n★ Urban beekeeping",
        (
            "A. Themes (tick)\n☒ Mobility and transport\n☐ Culture and tourism\n☒ Circular economy\n"
            "☐ Health\n☒ Urban beekeeping"
        ),
        (
            "Themes\n● Mobility and transport\n○ Culture and tourism\n● Circular economy\n○ Health\n"
            "● Urban beekeeping"
        ),
        (
            "Themes\n[x] Mobility and transport\n[ ] Culture and tourism\n[x] Circular economy\n"
            "[ ] Health\n[x] Urban beekeeping"
        ),
        "Themes\n  [x] Mobility and transport\n  [x] Circular economy\n  [x] Urban beekeeping",
        (
            "Themes\n✓ Mobility and transport\n✗ Culture and tourism\n✓ Circular economy\n✗ Health\n"
            "✓ Urban beekeeping"
        ),
        (
            "Themes\n• ☑ 🚋 Mobility and transport\n• ☐ 🏛️ Culture and tourism\n• ☑ ♻️ Circular economy\n"
            "• ☐ 🩺 Health\n• ☑ 🐝 Urban beekeeping"
        ),
        (
            "#   Theme   Type\n1   Mobility and transport   Primary\n\n2   Circular economy   Primary\n\n"
            "    Urban\n3   Cross-cutting\n    beekeeping"
        ),
        (
            "#   Theme   Type\n1   Mobility and transport   Primary\n    Circular\n2   Primary\n"
            "    economy\n    Urban\n3   Cross-cutting\n    beekeeping"
        ),
        (
            "Themes of interest\n\nTheme   Category\nMobility and transport   Main\n"
            "Circular economy   Main\nUrban beekeeping   Other"
        ),
    ],
)
def test_one_list_in_many_settings(themes):
    """Only what is ticked counts; a label that no theme matches is kept."""
    assert labels(_CITY, themes) == [MOBILITY, CIRCULAR, BEES]


@pytest.mark.parametrize(
    "themes",
    [
        "关注主题：循环经济、教育、就业和技能、海洋牧场",
        "关注领域：循环经济；教育、就业和技能；海洋牧场",
        "意向主题\n循环经济\n教育、就业和技能\n海洋牧场",
        "【想谈的主题】\n◎循环经济\n◎教育、就业和技能\n◎海洋牧场",
        "合作主题   循环经济 ／ 教育、就业和技能 ／ 海洋牧场",
        "关注议题\n循环经济｜教育、就业和\n技能｜海洋牧场",
        "申报主题\n☑ 循环经济\n☐ 数字经济\n☑ 教育、就业和技能\n☐ 改造浪潮\n☑ 海洋牧场",
        "四、关注主题\n\n【主要主题】\n－ 循环经济\n－ 教育、就业和技能\n－ 海洋牧场",
        "关注主题\n    循环经济\n    教育、就业和技能\n    海洋牧场\n联络单位   市外事办公室",
        "意向主题 ………… 循环经济\n　　　　 ………… 教育、就业和技能\n　　　　 ………… 海洋牧场",
    ],
)
def test_one_chinese_list_in_many_settings(themes):
    """A sign that stands inside a known label divides nothing."""
    assert labels(_CITY_ZH, themes) == [
        ("循环经济", "circular-economy"),
        ("教育、就业和技能", "education-skills-clusters"),
        ("海洋牧场", None),
    ]


def test_a_title_that_heads_lists_elsewhere_heads_one_of_unknown_labels():
    """A profile may name nothing but what no theme matches; a note in brackets is no label."""
    lists = [("循环经济", "数字经济"), ("循环经济", "教育、就业和技能"), ("海洋牧场", "河湖治理")]
    pages = [
        _CITY_ZH.replace("江城", name)
        .replace("Jiangcheng", latin)
        .format(themes="我们的话题\n• " + "\n• ".join(themes))
        for name, latin, themes in zip(
            ("江城", "河城", "湖城"), ("Jiangcheng", "Hecheng", "Hucheng"), lists, strict=True
        )
    ]
    found = records("\f".join(pages)).city_themes
    assert [t.label for t in found] == [label for themes in lists for label in themes]
    noted = pages[2].replace("• 海洋牧场\n• 河湖治理", "（可多选）")
    found = records("\f".join([*pages[:2], noted])).city_themes
    assert [t.label for t in found] == [label for themes in lists[:2] for label in themes]


def test_a_title_that_heads_prose_elsewhere_heads_entries_of_prose():
    """The themes stand below another title in each profile; these are what is wanted of them."""
    below = {
        "江城": "希望与伙伴城市交流港口更新的经验，特别是老码头的利用。",
        "河城": "同时关注低排放区的管理。欢迎互派人员。",
        "湖城": "▪ 陡坡地形下的公共交通与无障碍出行\n▪ 登陆站与数据中心带来的产业机会",
    }
    wishes = "\n\n希望合作的主题\n\n{}\n"
    pages = [
        _CITY_ZH.replace("江城", name)
        .replace("Jiangcheng", latin)
        .format(themes="关注领域\n1. 循环经济\n2. 数字经济")
        + wishes.format(below[name])
        for name, latin in zip(below, ("Jiangcheng", "Hecheng", "Hucheng"), strict=True)
    ]
    found = records("\f".join(pages))
    assert [t.label for t in found.city_themes] == ["循环经济", "数字经济"] * 3
    wanted = [p.text for p in found.paragraphs if p.section == "preferred_themes"]
    assert wanted[:2] == list(below.values())[:2]
    assert [t.lstrip("▪ ") for t in wanted[2:]] == [
        "陡坡地形下的公共交通与无障碍出行",
        "登陆站与数据中心带来的产业机会",
    ]


@pytest.mark.parametrize(
    ("titles_printed", "read_as_title"),
    [
        (["有意交流的项目（☑）", "有意交流的项目（☑）"], True),
        (["有意交流的项目（☑）", "（可多选，以☑为准）"], True),
        (["本市所选（可多选）", "本市所选（可多选）"], True),
        (["江城愿意学习。", "河城愿意学习。"], False),
    ],
)
def test_what_stands_above_ticks_is_their_title(titles_printed, read_as_title):
    """It holds the sign of a tick, or says the same above the other lists; a sentence is text."""
    ticks = "☑ 循环经济\n☐ 数字经济\n☐ 改造浪潮\n☑ 教育、就业和技能"
    pages = [
        _CITY_ZH.replace("江城", name).replace("Jiangcheng", latin).format(themes="").rstrip()
        + f"\n\n{title}\n\n{ticks}\n"
        for name, latin, title in zip(
            ("江城", "河城"), ("Jiangcheng", "Hecheng"), titles_printed, strict=True
        )
    ]
    found = records("\f".join(pages))
    assert [t.theme for t in found.city_themes] == [
        "circular-economy",
        "education-skills-clusters",
    ] * 2
    said = "".join(p.text for p in found.paragraphs)
    assert [title not in said for title in titles_printed] == [read_as_title] * 2


def test_an_entry_that_lists_several_themes_is_each_of_them():
    """Parts that name one theme stay together: a comma may stand inside a label."""
    entries = "• Circular economy, Mobility and transport\n• Health, ageing and life sciences"
    assert labels(_CITY, f"Themes\n\n{entries}") == [
        CIRCULAR,
        MOBILITY,
        ("Health, ageing and life sciences", "health-life-sciences"),
    ]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("教育、就业和技能、数字经济", ["教育、就业和技能", "数字经济"]),
        ("health and life sciences, mobility", ["health and life sciences", "mobility"]),
        ("Education, skills and clusters, mobility", ["Education, skills and clusters", "mobility"]),
        ("Circular economy, mobility and health.", ["Circular economy", "mobility", "health"]),
        ("technology 4.0 and digital economy, mobility", ["technology 4.0 and digital economy", "mobility"]),
        ("交通与运输（港航，口岸）；循环经济", ["交通与运输（港航，口岸）", "循环经济"]),
        ("城市议程/规划、海洋经济", ["城市议程/规划", "海洋经济"]),
        ("技术4.0、工业5.0、数字经济", ["技术4.0、工业5.0、数字经济"]),
        ("气候变化、生物多样性、文旅", ["气候变化", "生物多样性", "文旅"]),  # no detail without a dash
        ("工业5.0，岭南文化旅游，体育交流", ["工业5.0", "岭南文化旅游", "体育交流"]),
    ],
)  # fmt: skip
def test_dividing_one_line(line, parts):
    """The cheapest way of dividing a line, where what is known costs least."""
    found = divide(line, taxonomy(), is_word)
    assert [line[a:b] for a, b in found.spans] == parts


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        *((t, True) for t in ("关注主题", "想谈的主题", "【愿意参与的主题】", "优先合作领域", "主题 Themes", "### 感兴趣的主题")),
        *((t, True) for t in ("Themes of interest", "B. TOPICS (tick)", "Interested in", "Our key topics")),
        *((t, False) for t in ("城市概况", "良好实践", "数字经济", "Facts and context", "Good practices")),
        *((t, False) for t in ("The city is interested in cooperation", "Area", "Priority", "Network")),
    ],
)  # fmt: skip
def test_titles_of_lists(line, expected):
    """A title is made of words for themes and for wanting them, and of no others."""
    assert titles().may_list_themes(line) is expected


@pytest.mark.parametrize(
    "themes",
    [
        (
            "Topics of interest\n\nThe city would like to exchange experience on circular economy,\n"
            "mobility and transport. It offers its own."
        ),
        "优先合作主题\n\n循环经济、绿色出行等方面的经验，希望与欧洲城市分享。双方可以互派人员。",
        "● The port has grown.\n● The mills have closed.\n○ Nobody knows why.",
    ],
)
def test_prose_is_no_list(themes):
    """A sentence is none, whatever stands above it."""
    page = _CITY_ZH if "优先" in themes else _CITY
    assert labels(page, themes) == []
