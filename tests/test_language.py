"""Words: cut by the dictionary alone, exactly as jieba cuts them without its hidden Markov model."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import language
from pipeline.hanzi import simplified
from pipeline.language import is_word, set_up, word_over_join, words

PIECES = st.sampled_from(
    ["直线距离", "只有", "循环", "经济", "占比", "高达", "中德", "T恤", "卡拉OK", "G", "20", "%", "3.5",
     "，", " ", "\r\n", "〇", "々", "㐀", "\u3000", "é", "龘", "乘"]
)  # fmt: skip


@pytest.fixture(scope="module")
def jieba():
    """Jieba with its own dictionary and the words that the project adds."""
    tokenizer = language._jieba().dt
    language._packed()
    return tokenizer


@settings(deadline=None)
@given(st.lists(PIECES | st.text(max_size=3), max_size=12).map("".join))
def test_the_words_are_those_that_jieba_cuts(jieba, text):
    """Whatever the text: ideographs, Latin letters, digits, white space, rare characters."""
    assert words(text) == tuple(jieba.cut(text, HMM=False))


def test_all_words_of_jieba_and_no_mere_beginnings_are_words(jieba):
    """A beginning of longer words stands in jieba's dictionary too, with no count of its own."""
    entries = ((e, count) for e, count in jieba.FREQ.items() if simplified(e) == e)
    assert all(is_word(entry) == bool(count) for entry, count in entries)


def test_the_project_adds_words_of_its_own():
    """占比高 begins with 占比; jieba alone reads 占 + 比高."""
    assert words("占比高达")[0] == "占比"


@pytest.mark.parametrize("left", ["欧洲的直线距", "直线距"])
def test_a_word_may_run_over_the_end_of_a_line(left):
    """直线距 + 离只有 belong together, 直线距离 + 只有 need not."""
    assert word_over_join(left, "离只有")
    assert not word_over_join(left + "离", "只有")


@pytest.fixture
def kept_in(tmp_path):
    """A folder of its own for the parsed dictionary; afterwards it is the session's again."""
    before = language._Kept.folder
    set_up(tmp_path)
    yield tmp_path
    set_up(before)


@pytest.mark.parametrize("damage", [b"", b"no digest\n", b"\x00"])
def test_a_damaged_copy_of_the_dictionary_is_made_anew(kept_in, damage):
    """The copy carries a digest of its content; without a sound copy the words are the same."""
    before = words.__wrapped__("循环经济与循环")
    (kept,) = kept_in.iterdir()
    sound = kept.read_bytes()
    kept.write_bytes(damage + sound[:-1] if damage else damage)
    set_up(kept_in)
    assert words.__wrapped__("循环经济与循环") == before
    assert kept.read_bytes() == sound
