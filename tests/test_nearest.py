"""Labels never seen before: which known one they can only mean, and which mean another thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.knowledge import load_toml
from pipeline.knowledge.layouts import layouts
from pipeline.knowledge.nearest import Nearest
from pipeline.knowledge.themes import taxonomy
from pipeline.language import is_word
from tests.conftest import BROCHURE
from tests.documents import paragraphs, records
from tests.test_segment import CHINESE

THEMES = [
    (label, entry["code"])
    for entry in load_toml("themes.toml")["theme"]
    for label in [entry["zh"], entry["en"], *entry["aliases"]]
]
HEADINGS = [
    (label, kind)
    for kind, labels in load_toml("layouts.toml")["headings"].items()
    for label in labels
]


@pytest.mark.parametrize(
    ("label", "codes"),
    [
        ("循环经挤", ["circular-economy"]),  # one ideograph misread
        ("数宇经济", ["digital-economy"]),
        ("循环经济发展", ["circular-economy"]),  # a word of no meaning of its own
        ("循环经济与废物", ["circular-economy"]),  # a further, unknown part
        ("循环经挤⸺废物管理", ["circular-economy"]),
        ("技术4.0、工业5.0、数宇经济", ["technology-4.0", "industry-5.0", "digital-economy"]),
        ("Circular econmy", ["circular-economy"]),
        ("Circular economies", ["circular-economy"]),
        ("Circular economy and waste", ["circular-economy"]),
        ("Nature based soluton", ["nature-based-solutions"]),
        ("Climat change", ["climate-energy"]),
        ("Smart cities & digital transformations", ["digital-transformation"]),
        ("Creativity, culture and tourism", ["culture-tourism"]),
        ("Health and Life Scienses", ["health-life-sciences"]),
        ("Post-covid recoverry", ["post-covid-recovery"]),
        ("Urban planing & design", ["urban-agenda"]),
        ("Industry 5.0 development", ["industry-5.0"]),
    ],
)
def test_unknown_labels_that_can_mean_one_thing(label, codes):
    """A slip, another form of a word, another order, or a further part; never with score 1."""
    found = taxonomy().nearest(label, is_word)
    assert [m.theme.theme for m in found] == codes
    assert any(m.near for m in found)
    assert all(0 < m.score < 1 for m in found if m.near)


@pytest.mark.parametrize(
    "label",
    [
        "可持续旅游",  # 可持续农业 but for two ideographs of five
        "城市制造", "建筑智能", "区域创业", "城际交通", "生命科技", "新能源转型", "文化旅居", "数字贸易",
        "工业4.0", "技术5.0", "蓝色经济", "绿色经济", "海洋经济", "健身", "循环", "健康、安全与应急管理",
        "Industry 4.0", "Technology 5.0", "Blue economy", "Sustainable tourism", "Digital academy",
        "Sustainable architecture", "Urban property", "Urban nobility", "Urban agency", "Wealth",
        "Regional renovation", "Energy transaction", "Transport and blue economy", "Innovation",
        "Circular", "Mannheim", "The economy of the city is circular.",
    ],
)  # fmt: skip
def test_labels_that_mean_another_thing(label):
    """One other word or ideograph may be another theme: nothing is taken for something near."""
    assert not taxonomy().match(label)
    assert not taxonomy().nearest(label, is_word)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("社会经济概況", "overview"),
        ("社会经挤概况", "overview"),
        ("Socio-economical overview", "overview"),
        ("Socio Economic Overviews", "overview"),
        ("2. Good practises", "good_practices"),
        ("Main good practices", "good_practices"),
        ("重点合作领城", "priorities"),
        ("Priority area for co-operation", "priorities"),
        ("Prefered thematic areas for cooperation", "preferred_themes"),
        ("Best prices", None),
        ("Good price", None),
        ("City profit", None),
        ("良好实线", None),  # 实线 is a word: a solid line
        ("Murcia (Spain)", None),
    ],
)
def test_unknown_headings(line, kind):
    """Headings are held to the same rules."""
    if layouts().heading(line) is None:
        found = layouts().near_heading(line, is_word)
        assert (found.value if found else None) == kind


@pytest.mark.parametrize("known", [THEMES, HEADINGS], ids=["themes", "headings"])
def test_no_known_label_comes_near_to_another_meaning(known):
    """Were a label not known, it would not be taken for one of another theme or section."""
    for label, value in known:
        others = Nearest([(x, v) for x, v in known if v != value])
        assert others.find(label, is_word) is None, label


def test_no_heading_comes_near_to_a_theme_and_no_theme_to_a_heading():
    """The two kinds of label are told apart by their words alone."""
    for label, _ in HEADINGS:
        assert Nearest(THEMES).find(label, is_word) is None, label
    for label, _ in THEMES:
        assert Nearest(HEADINGS).find(label, is_word) is None, label


def test_no_line_of_prose_comes_near_to_a_label():
    """Of the 2,785 lines of the brochure, those that are no label are near to none."""
    for line in BROCHURE.read_text("utf-8").splitlines():
        if line.strip() and not taxonomy().match(line) and layouts().heading(line) is None:
            assert not taxonomy().nearest(line, is_word), line
            assert layouts().near_heading(line, is_word) is None, line


@given(st.sampled_from([label for label, _ in THEMES]))
def test_a_known_label_is_never_matched_by_nearness(label):
    """An exact match wins; what is exact has score 1 and names no other label."""
    assert taxonomy().nearest(label, is_word) == ()
    assert [(m.score, m.near) for m in taxonomy().match(label)] == [(1.0, "")]


def test_a_misread_heading_opens_its_section_with_a_finding():
    """The finding names what it was taken for, and the line to add to the label file."""
    found = records(CHINESE.replace("重点合作领域", "重点合作领城"))
    (city,) = found.cities
    assert len(paragraphs(found, city.city_id, "priorities")) == 1
    (doubt,) = [f for f in found.findings if f.check == "near_heading"]
    assert "`重点合作领域` (score 0.83)" in doubt.message
    assert '`"重点合作领城",` to `priorities` in pipeline/knowledge/layouts.toml' in doubt.message


def test_a_misread_label_has_its_theme_a_lower_score_and_a_finding():
    """The label stays as printed."""
    found = records(CHINESE.replace("绿色循环经济与基于自然的解决方案", "循环经挤"))
    (row,) = [t for t in found.city_themes if t.theme == "circular-economy"]
    assert (row.label, row.score) == ("循环经挤", 0.75)
    (doubt,) = [f for f in found.findings if f.check == "near_label"]
    assert '`"循环经挤",` to the `aliases` of `circular-economy`' in doubt.message


@pytest.mark.parametrize(
    ("label", "codes"),
    [
        ("可持续旅游", ["culture-tourism"]),  # the head of a Chinese part stands last
        ("数字化农业发展", ["sustainable-agriculture"]),
        ("清洁能源", ["climate-energy"]),
        ("基于自然的雨水管理", ["nature-based-solutions"]),
        ("永續觀光與文化資產", ["culture-tourism"]),  # words of Taiwan
        ("數碼經濟", ["digital-economy"]),  # and of Hong Kong
        ("疫后经济复苏", ["post-covid-recovery"]),
        ("智能制造（工业5.0）", ["industry-5.0"]),  # brackets name the theme
        ("音乐与文化", ["culture-tourism"]),
        ("跨领域主题：数字化转型", ["digital-transformation"]),
        ("能源与交通", ["climate-energy", "mobility"]),
        ("职业教育与青年就业", ["education-skills-clusters"]),
        ("智慧医疗与养老服务", ["health-life-sciences"]),
        ("Low-carbon transport for islands", ["mobility"]),  # an English one's, before `for`
        ("Development of rural tourism", ["culture-tourism"]),
        ("Healthy and active ageing", ["health-life-sciences"]),
        ("Vocational training", ["education-skills-clusters"]),
        ("Urban regeneration", ["urban-agenda"]),
        ("Clean energy*", ["climate-energy"]),
        ("Cross-cutting: climate change", ["climate-energy"]),
        ("Economic recovery after COVID-19", ["post-covid-recovery"]),
        ("Old mills (renovation wave)", ["renovation-wave"]),
        # Another thing at the head; words that several themes share; lists of other things.
        ("海洋经济", []), ("体育交流", []), ("乡村振兴", []), ("青年创业", []), ("家纺产业集群", []),
        ("人工智能", []), ("公共空间", []), ("旅游税", []), ("健康食品加工", []), ("科技创新", []),
        ("健康、安全与应急管理", []), ("冰雪运动", []), ("交通银行", []), ("国际合作", []),
        ("Arctic logistics", []), ("Public space on water", []), ("Street food", []),
        ("Tourist tax", []), ("Bees in the city", []), ("Research and innovation", []),
        ("Health, safety and emergencies", []), ("Astronomy", []), ("Sustainable development", []),
    ],
)  # fmt: skip
def test_labels_are_understood_by_their_heads(label, codes):
    """What certainly is a label has the theme that the head of its parts means, below score 1."""
    found = taxonomy().listed(label, is_word)
    assert sorted(m.theme.theme for m in found) == sorted(codes)
    assert all(m.score == 1 or (m.near and m.score >= 0.65) for m in found)


def test_an_unknown_label_says_what_to_add():
    """Another theme keeps its row with a null theme."""
    found = records(CHINESE.replace("绿色循环经济与基于自然的解决方案", "可持续狩猎"))
    (row,) = [t for t in found.city_themes if t.label == "可持续狩猎"]
    assert (row.theme, row.score) == (None, None)
    (doubt,) = [f for f in found.findings if f.check == "unknown_label"]
    assert '`"可持续狩猎",`' in doubt.message


def test_a_short_line_of_prose_is_no_heading_however_near():
    """A heading stands alone above prose, after what ends a sentence."""
    text = CHINESE.replace(
        "离只有40公里，是重要的物流节点。",
        "离只有40公里，属于\n\n重点合作领城\n\n并且是重要的物流节点。",
    )
    found = records(text)
    assert not [f for f in found.findings if f.check == "near_heading"]
