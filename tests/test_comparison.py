"""`diff`: what changed between two editions, for people and for programs."""

import json
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.comparison import text_diff
from tests.test_changes import ENGLISH
from tests.test_segment import CHINESE, EUROPEAN

LATER = (
    CHINESE.replace("1,234,500人", "1,250,000人")
    .replace("2,345.6平方公里", "2345.6平方公里")
    .replace("优美", "秀美")
    .replace("城市议程/规划、\n城市可持续发展战略公共空间、城市模式", "健康与生命科学")
)


@pytest.fixture(scope="module")
def outputs(run_pipeline, tmp_path_factory):
    """The output of a run over four editions, and that of an earlier run over one of them."""
    folder = tmp_path_factory.mktemp("diff")
    pages = {"p-2021": CHINESE, "p-2022": LATER, "p-2023-en": ENGLISH, "other": CHINESE + EUROPEAN}
    for name, text in pages.items():
        (folder / "raw" / name).mkdir(parents=True)
        (folder / "raw" / name / "page.txt").write_text(text, "utf-8")
    run_pipeline("extract", "--raw", folder / "raw", "--output", folder / "old", check=0)
    (folder / "raw" / "p-2021" / "corrections.csv").write_text(
        "city_id,table,field,value,reason\nzz-jiangcheng,cities,population,1250000,checked\n"
    )
    shutil.rmtree(folder / "raw" / "other")
    run_pipeline("extract", "--raw", folder / "raw", "--output", folder / "new", check=0)
    return folder


@pytest.fixture
def diff(run_pipeline, outputs):
    """Run `diff` over the older output, and give what it prints."""

    def run(*arguments, check=0):
        options = ["diff", *arguments]
        if "--output" not in arguments:
            options += ["--output", outputs / "old"]
        return run_pipeline(*options, check=check)

    return run


def test_people_see_both_printed_texts_and_the_words_that_changed(diff):
    """Added and removed words are marked, with colours on a terminal alone."""
    text = diff("p-2021", "p-2022").stdout
    assert text.splitlines() == [
        "p-2021 → p-2022",
        "profiles: 1, then 1; 0 added, 0 removed, 1 changed, 0 the same",
        "the documents differ, read by the same program",
        "",
        "zz-jiangcheng  江城 Jiangcheng",
        "  population: `1,234,500人` → `1,250,000人`  (1234500 → 1250000)",
        "  area: `2,345.6平方公里` → `2345.6平方公里`  (printed in another way)",
        "  theme + health-life-sciences `健康与生命科学`",
        "  theme - urban-agenda `城市议程/规划、城市可持续发展战略公共空间、城市模式`",
        "  overview: 1 paragraph changed (1); 98% alike",
        "    1  …江中游，是中心城市与交通枢纽，城市历史悠久，风景[-优-]{+秀+}美。与省会的直线距离只有40公里，是重要的物流节…",
    ]


def test_profiles_that_came_are_named(diff):
    """One line each."""
    assert "+ pl-olden  奥尔登 Olden" in diff("p-2021", "other").stdout
    assert "- pl-olden  奥尔登 Olden" in diff("other", "p-2021").stdout


def test_texts_in_two_languages_are_said_to_be_so(diff):
    """No page of removed and added paragraphs."""
    text = diff("p-2021", "p-2023-en").stdout
    assert "texts in two languages are not compared" in text
    assert "[-" not in text


def test_programs_read_json(diff):
    """One object with the columns of `changes` and the paragraphs that differ."""
    data = json.loads(diff("p-2021", "p-2022", "--json").stdout)
    assert (data["edition_from"], data["edition_to"]) == ("p-2021", "p-2022")
    assert (data["same_documents"], data["same_program"]) == (False, True)
    by_field = {c["item"] or c["field"]: c for c in data["changes"]}
    assert by_field["population"]["new"] == "1250000"
    (paragraph,) = by_field["overview"]["paragraphs"]
    assert "优美" in paragraph["old"]
    assert "秀美" in paragraph["new"]


def test_an_edition_against_itself_and_against_an_earlier_run(diff, outputs):
    """A changed document is told from a changed reading of the same document."""
    assert json.loads(diff("p-2021", "p-2021", "--json").stdout)["changes"] == []
    assert "nothing differs" in diff("p-2021", "p-2021").stdout
    options = ["p-2021", "p-2021", "--output", outputs / "new", "--before", outputs / "old"]
    text = diff(*options).stdout
    assert "read by the same program: what differs comes from edition.toml or corrections" in text
    assert "population: `1,234,500人` → `1,234,500人`  (1234500 → 1250000)" in text


def test_an_unknown_edition_is_wrong_usage(diff, tmp_path):
    """The message names those that there are, the likeliest first."""
    done = diff("p-2021", "p-2020", check=2)
    assert "holds no edition `p-2020`" in done.stderr
    assert "did you mean `p-20" in done.stderr
    assert "there are other, p-2021, p-2022, p-2023-en" in done.stderr
    done = diff("p-2021", "p-2022", "--output", tmp_path, check=2)
    assert "run `python -m pipeline extract` first" in done.stderr


WORDS = st.lists(st.sampled_from(["城市", "green ", "1,250 ", "a", "。"]), max_size=20).map("".join)


@given(WORDS, WORDS)
def test_the_marked_words_are_those_that_differ(old, new):
    """Nothing is marked that both texts have in full, and what is marked is in its text."""
    pieces = text_diff(old, new)
    assert (old == new) == (not any(style for style, _ in pieces))
    for style, text in pieces:
        if style:
            assert text[2:-2] in (old if style == "removed" else new)
