"""What changed between editions, and which places share themes."""

from collections import Counter
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.emit.changes import compare, snapshots
from pipeline.emit.similarities import MANY, NEAREST, similarities_rows
from pipeline.emit.tables import Sources, rows_of
from pipeline.emit.wording import compare_wording, summary
from pipeline.knowledge.themes import taxonomy
from tests.documents import edition, tables_of
from tests.test_segment import CHINESE, EUROPEAN

ENGLISH = """\f江 城
Jiangcheng

1,234,500 inhabitants

2,345.6 km2

Socio-economic overview

Jiangcheng lies on the middle reaches of the great river and is a hub of trade and transport.

Priority areas of cooperation

Green growth: working with European cities on circular economy and renewable energy.

Circular economy
"""


def series(*texts, **known):
    """One edition of the series `s` for each text, of the years from 2021 on."""
    return [
        edition(f"s-{2021 + i}", text, **({"series": "s", "year": 2021 + i} | known))
        for i, text in enumerate(texts)
    ]


def changes(*texts, **known):
    """The rows of `changes` for a series."""
    return tables_of(*series(*texts, **known))["changes"]


def told(row):
    """What a row says, without where it is from."""
    keys = ("field", "item", "change", "difference", "old", "new")
    return tuple(row[k] for k in keys)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("1,234,500人", "1,250,000人", ("population", None, "changed", "value", "1234500", "1250000")),
        ("1,234,500人", "123.45万人", ("population", None, "changed", "spelling", "1234500", "1234500")),
        ("1,234,500人\n\n", "", ("population", None, "removed", "value", "1234500", None)),
        ("2,345.6平方公里", "2,400平方公里", ("area_km2", None, "changed", "value", "2345.6", "2400")),
        ("Jiangcheng\n", "Jiang Cheng\n", None),
        ("城市议程/规划、\n", "健康与生命科学\n\n", ("theme", "health-life-sciences", "added", "value", None, "health-life-sciences")),
        ("绿色循环经济与基于自然的解决方案", "循环经济与基于自然的解决方案", ("theme", "circular-economy", "changed", "spelling", "circular-economy", "circular-economy")),
        ("优美。", "优美，", ("section", "overview", "changed", "value", None, None)),
    ],
)  # fmt: skip
def test_each_kind_of_change_is_told(before, after, expected):
    """A value is told from its spelling; a name that is spelled otherwise keeps its id or not."""
    assert before in CHINESE
    found = changes(CHINESE, CHINESE.replace(before, after))
    if expected is None:  # another slug is another id
        assert {r["field"] for r in found} == {"profile"}
        return
    rows = [told(r) for r in found]
    if expected[0] == "section":
        assert expected[:4] in [r[:4] for r in rows]
    else:
        assert expected in rows


def test_a_changed_value_stands_beside_its_printed_texts_and_their_lines():
    """Both pages can be looked up."""
    (row,) = changes(CHINESE, CHINESE.replace("1,234,500人", "1,250,000人"))
    assert (row["series"], row["edition_from"], row["edition_to"]) == ("s", "s-2021", "s-2022")
    assert (row["old_text"], row["new_text"]) == ("1,234,500人", "1,250,000人")
    assert (row["source_id_from"], row["source_id_to"]) == ("s-2021/page.txt", "s-2022/page.txt")
    lines = CHINESE.split("\n")
    assert lines[row["line_from"] - 1].strip() == "江  城"


def test_the_changed_paragraphs_of_a_section_are_named():
    """Positions of what changed, came and left, and how alike the whole is."""
    before = EUROPEAN.replace("    绿色屋顶\n", "    绿色屋顶与垂直花园的推广计划\n")
    after = before.replace("推广计划", "推广方案").replace(
        "    雨水收集\n", "    雨水收集\n    社区花园\n"
    )
    (row,) = changes(before, after)
    assert (row["field"], row["item"]) == ("section", "good_practices")
    assert row["note"] == "1 paragraph changed (2), 1 added (3); 86% alike"
    assert row["old"] == "绿色屋顶与垂直花园的推广计划雨水收集"
    assert row["new"] == "绿色屋顶与垂直花园的推广方案雨水收集\n社区花园"
    assert row["similarity"] == 0.8667


def test_profiles_that_come_and_go():
    """One row each; their parts are not listed."""
    found = changes(CHINESE, CHINESE + EUROPEAN, EUROPEAN)
    assert [(r["edition_to"], r["city_id"], r["change"], r["field"]) for r in found] == [
        ("s-2022", "pl-olden", "added", "profile"),
        ("s-2023", "zz-jiangcheng", "removed", "profile"),
    ]
    assert found[0]["new"] == "奥尔登 Olden"


def test_the_same_city_in_another_language_is_not_all_changed():
    """Values are compared, texts are not, and the row says why."""
    found = changes(CHINESE, ENGLISH.replace("1,234,500", "1,250,000"))
    assert {r["city_id"] for r in found} == {"zz-jiangcheng"}
    by_field = {(r["field"], r["item"]): r for r in found}
    assert by_field["population", None]["new"] == "1250000"
    assert ("area_km2", None) not in by_field
    for section in ("overview", "priorities"):
        row = by_field["section", section]
        assert row["difference"] == "language"
        assert row["similarity"] is None
        assert "texts in two languages are not compared" in row["note"]
    assert ("theme", "circular-economy") not in by_field
    assert by_field["theme", "urban-agenda"]["change"] == "removed"


def test_a_name_that_the_other_language_leaves_out_is_no_lost_name():
    """Its difference is the language."""
    found = changes(CHINESE, ENGLISH.replace("江 城\n", ""))
    assert [r["difference"] for r in found if r["field"] == "name_zh"] == ["language"]


def test_indicators_are_compared_by_the_time_that_they_are_of():
    """A new year comes beside the old one; a value that became another is a change."""
    page = CHINESE.replace("风景优美。", "风景优美。2020年地区生产总值达到3,600亿元。")
    other = page.replace("3,600", "3,700")
    later = page.replace("2020年", "2021年")
    assert [
        (r["period"], *told(r)[2:]) for r in changes(page, other) if r["field"] == "indicator"
    ] == [("2020", "changed", "value", "360000000000 CNY", "370000000000 CNY")]
    assert [(r["item"], r["period"], r["change"]) for r in changes(page, later) if r["field"] == "indicator"] == [
        ("gdp", "2020", "removed"),
        ("gdp", "2021", "added"),
    ]  # fmt: skip


def test_editions_are_ordered_by_year_and_nothing_is_guessed():
    """Without a series or a year there is no comparison, and a finding says so."""
    other = CHINESE.replace("1,234,500人", "1,250,000人")
    found = tables_of(edition("p-2021", CHINESE), edition("p-2022", other))
    assert found["changes"] == []
    assert "series_not_stated" in {f["check"] for f in found["findings"]}

    found = tables_of(*series(CHINESE, other, year=None))
    assert found["changes"] == []
    assert [f["edition"] for f in found["findings"] if f["check"] == "edition_not_compared"] == [
        "s-2021",
        "s-2022",
    ]

    found = tables_of(
        edition("b", CHINESE, series="s", year=2023),
        edition("a", other, series="s", year=2024),
        edition("c", CHINESE, series="s", year=2024),
    )
    assert [(r["edition_from"], r["edition_to"]) for r in found["changes"]] == [
        ("a", "c"),
        ("b", "a"),
    ]
    assert [f["edition"] for f in found["findings"] if f["check"] == "edition_order"] == ["c"]


def test_a_place_under_two_ids_is_noticed():
    """The Latin name changed, the Chinese one did not."""
    found = tables_of(*series(CHINESE, CHINESE.replace("Jiangcheng", "Kiangcheng")))
    (finding,) = [f for f in found["findings"] if f["check"] == "same_place_two_ids"]
    assert finding["city_id"] == "zz-kiangcheng"
    assert "zz-jiangcheng" in finding["message"]


def test_a_place_with_another_name_and_the_same_area_is_noticed():
    """A title was put before its name."""
    page = "{name}\nAustria\n\nPopulation: {people}\nArea: 127.6 km²\n\nOverview\n\nIt lies on a river.\n"
    found = tables_of(
        *series(
            page.format(name="Graz", people="302,749"),
            page.format(name="Landeshauptstadt Graz", people="306,068"),
        )
    )
    (finding,) = [f for f in found["findings"] if f["check"] == "same_place_two_ids"]
    assert "at-graz of s may be the same place" in finding["message"]


def test_an_edition_that_was_not_read_in_full_loses_no_profile(run_pipeline, tmp_path):
    """What may stand in an unread document is not called removed; the whole program."""
    raw = tmp_path / "raw"
    for year, text in (
        (2021, CHINESE + EUROPEAN),
        (2022, CHINESE.replace("1,234,500", "1,250,000")),
    ):
        (raw / f"s{year}").mkdir(parents=True)
        (raw / f"s{year}" / "page.txt").write_text(text, "utf-8")
        (raw / f"s{year}" / "edition.toml").write_text(f'series = "s"\nyear = {year}\n')
    (raw / "s2022" / "bad.txt").write_bytes(b"")
    run_pipeline("extract", "--raw", raw, "--output", tmp_path / "out", check=1)
    import pandas as pd

    found = pd.read_parquet(tmp_path / "out" / "tables" / "changes.parquet")
    assert found[["city_id", "field", "new"]].to_numpy().tolist() == [
        ["zz-jiangcheng", "population", "1250000"]
    ]
    findings = pd.read_parquet(tmp_path / "out" / "tables" / "findings.parquet")
    assert "edition_not_compared" in set(findings.check)


PARAGRAPHS = st.lists(st.text("绿色城市abcdef ", max_size=12), max_size=5)


@given(PARAGRAPHS)
def test_a_text_against_itself_is_the_same(texts):
    """Every paragraph finds itself, in order."""
    wording = compare_wording(texts, texts)
    assert (wording.similarity, wording.reordered, wording.differing) == (1.0, False, [])


@given(PARAGRAPHS, PARAGRAPHS)
def test_wordings_compare_alike_in_both_directions(old, new):
    """Each pair the other way round, the same likeness."""
    there, back = compare_wording(old, new), compare_wording(new, old)
    assert {(p.new, p.old, p.similarity) for p in there.pairs} == set(back.pairs)
    assert (there.similarity, there.reordered) == (back.similarity, back.reordered)
    assert {p.old for p in there.pairs} - {None} == set(range(1, len(old) + 1))
    assert {p.new for p in there.pairs} - {None} == set(range(1, len(new) + 1))


VARIANTS = st.lists(
    st.sampled_from(
        [
            ("1,234,500人", "1,250,000人"),
            ("1,234,500人", "123.45万人"),
            ("城市议程/规划、\n", ""),
            ("绿色循环经济与基于自然的解决方案", "健康与生命科学"),
            ("风景优美。", "风景优美。有大学12所。"),
            ("江  城", "新江城"),
            ("Jiangcheng", "Kiangcheng"),
            ("聚焦绿色发展", "聚焦数字发展"),
            (CHINESE, CHINESE + EUROPEAN),
            (CHINESE, ENGLISH),
        ]
    ),
    max_size=4,
    unique=True,
)


def page(replacements):
    """The made-up page with some replacements."""
    text = CHINESE
    for old, new in replacements:
        text = text.replace(old, new)
    return text


@cache
def snapshot(text):
    """The rows of a one-page edition."""
    return snapshots(rows_of(Sources((edition("e", text),)), taxonomy()))["e"]


MIRRORED = {"added": "removed", "removed": "added", "changed": "changed"}


@settings(deadline=None, max_examples=40)
@given(VARIANTS, VARIANTS)
def test_changes_mirror_one_another(left, right):
    """From A to B is from B to A backwards, and from A to A is nothing."""
    a, b = snapshot(page(left)), snapshot(page(right))
    assert compare(a, a) == []
    mirrored = [
        c._replace(
            change=MIRRORED[c.change],
            old=c.new, new=c.old, old_text=c.new_text, new_text=c.old_text,
            old_at=c.new_at, new_at=c.old_at, note=None,
        )
        for c in compare(a, b)
    ]  # fmt: skip
    assert mirrored == [c._replace(note=None) for c in compare(b, a)]


def test_a_changed_order_is_told():
    """The same paragraphs in another order are alike, but not the same."""
    wording = compare_wording(["甲甲甲甲", "乙乙乙乙"], ["乙乙乙乙", "甲甲甲甲"])
    assert summary(wording) == "the order changed; 100% alike"


def test_of_very_many_profiles_each_has_its_nearest():
    """The number of pairs grows with the profiles, not with their square."""
    themes = [{"theme": f"t{i}", "group": "primary"} for i in range(7)]
    cities = [
        {"edition": "e", "city_id": f"c{i:04}", "country_code": "CN"} for i in range(MANY + 1)
    ]
    named = [
        {"edition": "e", "city_id": c["city_id"], "theme": f"t{(i * k) % 7}"}
        for i, c in enumerate(cities)
        for k in (1, 2, 3)
    ]
    rows = similarities_rows(cities, named, themes)
    assert len(rows) <= len(cities) * NEAREST
    assert all(r["city_a"] < r["city_b"] for r in rows)
    assert rows == sorted(rows, key=lambda r: (r["city_a"], r["city_b"]))
    partners = Counter(c for r in rows for c in (r["city_a"], r["city_b"]))
    assert all(partners[c["city_id"]] > 40 for c in cities)  # where so many share a theme


def test_places_that_share_themes_are_listed_once():
    """Within one edition, the lesser id first, with the themes that both name."""
    third = (
        EUROPEAN.replace("奥尔登", "新城")
        .replace("Olden", "Newton")
        .replace("循环经济⸺废物管理\n\n", "")
    )
    rows = tables_of(edition("e", CHINESE + EUROPEAN + third))["similarities"]
    assert [
        (r["city_a"], r["city_b"], r["shared_themes"], r["shared"], r["jaccard"]) for r in rows
    ] == [
        ("pl-newton", "pl-olden", "digital-transformation", 1, 0.5),
        ("pl-olden", "zz-jiangcheng", "circular-economy", 1, 0.25),
    ]
    assert [r["jaccard_primary"] for r in rows] == [0.0, 0.3333]
    assert [r["across_countries"] for r in rows] == [False, None]
