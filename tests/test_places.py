"""Where a row says it is printed: the lines of a value, and the pages of a text."""

import pytest

from pipeline.knowledge import load_csv
from pipeline.knowledge.build_place_words import place_words
from tests.documents import records

_PROFILE = """ 测试市（德国）

人口：120,000人
面积：300平方公里

社会经济概况
本市有大学12所，学生4万人，位于两条河流的交汇处，是该国历史最悠久的城市之一，拥有许多
博物馆和剧院，年接待游客120万人次，其中来自法国的游客占15%，与巴黎和柏林均有直达的高
速铁路相连，每天开行列车80列。

优秀实践
本市与法国合作建设了一座能源中心。
"""


def test_a_value_says_on_which_line_it_is_printed():
    """Quantities and mentions have their own lines, and not those of the whole paragraph."""
    found = records(_PROFILE)
    first = found.paragraphs[0].where.line_start
    assert {q.text: q.where.line_start - first for q in found.quantities} == {
        "12所": 0,
        "4万人": 0,
        "两条": 0,
        "120万人次": 1,
        "15%": 1,
        "80列": 2,
    }
    assert {m.text: m.where.line_start - first for m in found.mentions[:2]} == {
        "法国": 1,
        "巴黎": 1,
    }


def test_a_value_broken_over_two_lines_has_both():
    """A number that ends on the next line, and a page that begins within the paragraph."""
    broken = _PROFILE.replace("巴黎和柏林均有直达的高\n", "巴黎有直达，年客流30\n\f万人次，高")
    found = records(broken)
    quantity = next(q for q in found.quantities if q.text.endswith("30万人次"))
    assert quantity.where.line_end == quantity.where.line_start + 1
    last = next(q for q in found.quantities if q.text == "80列")
    assert (quantity.where.page, last.where.page) == (1, 2)


def _pages(*numbers):
    """Profiles of which each begins a page, with a page number at the end of some."""
    out = ""
    for i, number in enumerate(numbers):
        city = _PROFILE.replace("测试市", f"{'甲乙丙丁戊'[i]}测试市") + "能源中心供应全市。\n" * 8
        out += city + (f"\n{number}\n" if number else "")
    return out


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (_pages(1, 2, 3), None),
        (_pages("3 4", None, "7 8"), None),
        (_pages("3 4", None, "9 10"), "by 1 at `9 10` (counted as 3)"),
        (_pages(5, None, None, 8, 10), "by 1 at `10` (counted as 5)"),
        (_pages(5, 7, 9), "by 1 at `7` (counted as 2), by 2 at `9` (counted as 3)"),
        (_pages(5, None, 3), None),
        (_pages(5, "6 7", 9), None),
    ],
    ids=["each", "facing", "missing", "late", "twice", "backwards", "mixed"],
)
def test_printed_page_numbers_that_run_ahead(text, told):
    """A text that lost its form feeds has counted pages; printed numbers can tell more."""
    found = [f for f in records(text).findings if f.check == "pages_missing"]
    assert [f.severity for f in found] == (["warning"] if told else [])
    assert all(told in f.message for f in found)


def test_the_words_for_places_are_those_of_the_table_of_places():
    """The file is what its builder makes of today's places."""
    kept = dict(load_csv("place_words.csv", ("name", "country")))
    assert place_words() == kept
