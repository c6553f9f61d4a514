"""Numbers and units as the pages show them to readers of either language."""

import re
import tomllib

import pytest

from pipeline.knowledge.measures import grammar
from pipeline.report.amounts import amount, chinese_number, unit_name
from pipeline.report.resources import text_of

UNITS = tomllib.loads(text_of("units.toml"))


def in_both(markup):
    """What a reader of English and one of Chinese is shown."""
    turned = re.fullmatch(r'<span lang="en" data-zh="([^"]*)">(.*)</span>', markup)
    return (turned[2], turned[1]) if turned else (markup, markup)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (246_000_000_000, "2,460 亿"),
        (1_002_039_000_000, "10,020.39 亿"),
        (100_000_000, "1 亿"),
        (1_234_000_000, "12.34 亿"),
        (1_234_500_000, "123,450 万"),  # no more than two decimals
        (1_234_567_890, "1,234,567,890"),
        (-30_000, "-3 万"),
        (15_534, "15,534"),
        (9_999, "9,999"),
        (0.3333, "0.3333"),
        (0, "0"),
        (None, "–"),
        (float("inf"), "inf"),
    ],
)
def test_numbers_in_chinese(value, shown):
    """By 万 and 亿 where that says the same in fewer signs."""
    assert chinese_number(value) == shown


@pytest.mark.parametrize(
    ("value", "most", "unit", "comparator", "english", "chinese"),
    [
        (246e9, None, "EUR", ">=", "≥ 246,000,000,000 EUR", "≥ 2,460 亿欧元"),
        (1_002_039_000_000.0, None, "CNY", "=", "1,002,039,000,000 CNY", "10,020.39 亿元"),
        (2300, None, "a", ">=", "≥ 2,300 years", "≥ 2,300 年"),
        (1, None, "a", "=", "1 year", "1 年"),
        (3, 5, "h", "=", "3 – 5 hours", "3 – 5 小时"),
        (10, None, "1", "=", "10", "10"),
        (430_000, None, "1", "=", "430,000", "43 万"),
        (47.5, None, "%", "=", "47.5%", "47.5%"),
        (15, None, "Cel", "~", "~ 15 °C", "~ 15 ℃"),
        (70e6, None, "/a", "=", "70,000,000 a year", "7,000 万/年"),
        (1e11, None, None, ">=", "≥ 100,000,000,000", "≥ 1,000 亿"),
        (None, None, "CNY", "=", "– CNY", "– 元"),
        (5, None, "XYZ", "=", "5 XYZ", "5 XYZ"),
    ],
)
def test_amounts(value, most, unit, comparator, english, chinese):
    """A number with its unit in words; none for counts, ranks and fractions."""
    row = {"value": value, "value_max": most, "unit": unit, "comparator": comparator}
    assert in_both(amount(row)) == (english, chinese)


@pytest.mark.parametrize(
    ("code", "english", "chinese"),
    [
        ("CNY", "CNY (Chinese yuan)", "人民币（元）"),
        ("EUR", "EUR (euro)", "欧元"),
        ("a", "years", "年"),
        ("km2", "km²", "平方公里"),
        ("<b>", "&lt;b&gt;", "&lt;b&gt;"),
    ],
)
def test_heads_of_lists_of_one_unit(code, english, chinese):
    """Names beside codes in English, names alone in Chinese; a code that has none is shown."""
    assert in_both(unit_name(code)) == (english, chinese)


@pytest.mark.parametrize("code", ["1", None])
def test_numbers_without_a_unit_go_by_their_kind(code):
    """The pages head them `count` or `rank`."""
    assert unit_name(code) is None


def test_every_unit_that_is_read_has_a_name():
    """And no code has two."""
    known = {unit.code for unit in grammar().measures.units.values()}
    assert known - {"1"} <= UNITS["unit"].keys() | UNITS["currency"].keys()
    assert not UNITS["unit"].keys() & UNITS["currency"].keys()


def test_names_of_currencies_are_those_of_cldr():
    """But for capitals."""
    from babel import Locale

    for code, said in UNITS["currency"].items():
        assert said["zh"] == Locale("zh").currencies[code]
        assert said["en"].casefold() == Locale("en").currencies[code].casefold()
