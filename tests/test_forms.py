"""Forms of text: keys, widths, spacing, slugs."""

import pytest

from pipeline import language
from pipeline.textforms import (
    display_width,
    ends_sentence,
    match_key,
    number_text,
    slug,
    without_letter_spacing,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bielsko-Biała", "bielsko-biala"),
        ("Xi’an", "xian"),
        ("Xi'an", "xian"),
        ("Castilla y León", "castilla-y-leon"),
        ("Bacău County", "bacau-county"),
        ("Région Île-de-France", "region-ile-de-france"),
        ("Århus", "arhus"),
        ("Gießen", "giessen"),
        ("北京", ""),
    ],
)
def test_slugs_are_lower_case_ascii(text, expected):
    """Diacritics are folded and apostrophes dropped."""
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("前  言", "前言"),
        ("Good Practices:", "good practices"),
        ("ＧＯＯＤ　ＰＲＡＣＴＩＣＥＳ", "Good practices"),
        ("良好实践：", "良好实践"),
        ("良好\u200b实践", "良好实践"),
    ],
)
def test_match_keys_are_alike_for_one_label(a, b):
    """White space, width, case and a final colon make no other label."""
    assert match_key(a) == match_key(b)


def test_widths_count_ideographs_twice():
    """A full-width character takes two columns."""
    assert display_width("GDP达到3.6万亿元，") == 3 + 4 + 3 + 8


def test_letter_spacing_is_removed_from_a_line_set_that_way_only():
    """A letter-spaced line loses its spaces, another keeps them."""
    assert without_letter_spacing("全 球 6 7 % 人 口 。生 态 环 境 一 流，森 林") == (
        "全球67%人口。生态环境一流，森林"
    )
    plain = "最佳可行技术(简称BAT)：种子基金(seed fund) 、创新融资计划。"
    assert without_letter_spacing(plain) == plain


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("增长7.3%。", True),
        ("“高地”。”", True),
        ("包括：", True),
        ("直线距", False),
        ("（H2020）", False),
    ],
)
def test_sentence_ends(text, ends):
    """Closing quotes and brackets after a full stop do not hide it."""
    assert ends_sentence(text) is ends


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("与北京的直线距", "离只有400多公里", True),
        ("和农产品领", "域的“更绿色的欧洲”", True),
        ("可持续发展的关键部分", "鼓励公民参与对话", False),
        ("（H2020）", "项目", False),
        ("", "项目", False),
    ],
)
def test_a_dictionary_word_over_a_line_end_joins_the_lines(left, right, joined):
    """Jieba's dictionary tells that 直线距 + 离只有 is one text."""
    assert language.word_over_join(left, right) is joined


def test_words_are_the_text():
    """Cutting a text into words loses nothing, and knows the project's labels."""
    text = "北京将在基于自然的解决方案方面开展合作。"
    assert "".join(language.words(text)) == text
    assert "基于自然的解决方案" in language.words(text)


def test_a_damaged_dictionary_copy_is_made_anew(tmp_path):
    """A kept dictionary is read only if it is sound."""
    import subprocess
    import sys

    code = (
        "import sys; from pathlib import Path; from pipeline import language;"
        "language.set_up(Path(sys.argv[1])); print(language.words('直线距离'))"
    )

    def words():
        done = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
        )
        return done.stdout

    first = words()
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    assert words() == first
    kept.write_bytes(whole[: len(whole) // 2])
    assert words() == first
    assert kept.read_bytes() == whole


@pytest.mark.parametrize(
    ("value", "text"),
    [(1234500, "1234500"), (2345.6, "2345.6"), (88.0, "88"), (3.6e16, "36000000000000000"), (-0.25, "-0.25"), (1e-7, "0.0000001"), (0, "0")],
)  # fmt: skip
def test_numbers_are_written_in_full(value, text):
    """No exponent, no idle decimals: the text is what a person would type."""
    assert number_text(value) == text
