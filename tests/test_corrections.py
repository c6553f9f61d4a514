"""What people correct: how the file is read, what is applied, refused, stale, and what follows."""

import pytest

from pipeline.knowledge.calendars import calendars
from pipeline.knowledge.catalogue import catalogue
from pipeline.knowledge.layouts import layouts
from pipeline.knowledge.lexicon import lexicon
from pipeline.model import Correction
from pipeline.normalise import normalise
from pipeline.segment import segment
from pipeline.store.corrections import read_corrections
from tests.conftest import REPO
from tests.documents import edition, tables_of
from tests.test_segment import CHINESE, EUROPEAN

ID = "zz-jiangcheng"
HEADER = "city_id,table,field,value,reason\n"
LINE = f"{ID},cities,population,1250000,misprint\n"


# ---------------------------------------------------------------- the file


def read(folder, data):
    """The corrections in a file of an edition `e`."""
    (folder / "corrections.csv").write_bytes(data)
    return read_corrections(folder, "e")


EXPECTED = Correction("e", 2, ID, "cities", "population", "1250000", "misprint")


@pytest.mark.parametrize(
    "data",
    [
        (HEADER + LINE).encode(),
        (HEADER + LINE).encode("utf-8-sig"),
        (HEADER + LINE).replace("\n", "\r\n").encode(),
        (HEADER + LINE).replace(",", ";").encode("utf-8-sig"),
        (HEADER + LINE).replace(",", "\t").encode("utf-16"),
        (HEADER + LINE).replace("\n", "\r\n").replace(",", "\t").encode("utf-16-be").join([b"\xfe\xff", b""]),
        (HEADER.replace("city_id", '"City_ID"') + LINE.replace("misprint", '"misprint"')).encode(),
        (HEADER + LINE).replace("\n", ",,\n").encode(),
        (HEADER + LINE + ",,,,\n\n").encode(),
        (HEADER + LINE).replace(",", " , ").replace("misprint", '"misprint"').encode(),
    ],
    ids=["plain", "BOM", "CRLF", "semicolons", "UTF-16 tabs", "UTF-16 BE", "quotes", "empty columns", "empty lines", "spaces"],
)  # fmt: skip
def test_files_of_spreadsheet_programs_are_read(tmp_path, data):
    """Excel writes what its locale likes."""
    found = read(tmp_path, data)
    assert (found.corrections, found.findings) == ((EXPECTED,), ())


def test_lines_are_counted_as_an_editor_counts_them(tmp_path):
    """With `sep=`, an empty line and a reason of two lines before."""
    text = f'sep=;\n{HEADER}{LINE}\n{ID};cities;kind;city;"two\nlines"\n{LINE}'.replace(",", ";")
    found = read(tmp_path, text.encode())
    assert [c.line for c in found.corrections] == [3, 5, 7]
    assert found.corrections[1].reason == "two\nlines"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is empty"),
        (HEADER.encode() + "Málaga,".encode("cp1252"), "line 2 is no UTF-8"),
        (b"city_id,table,field,value\n", "no column `reason`"),
        (HEADER.encode().replace(b"\n", b",value\n"), "`value` twice"),
        (HEADER.encode() + LINE.encode() + b'"a"b,c\n', "line 3: "),
    ],
)
def test_a_file_that_cannot_be_read_is_one_finding(tmp_path, data, why):
    """It says what is wrong and that nothing was corrected."""
    found = read(tmp_path, data)
    assert found.corrections == ()
    (finding,) = found.findings
    assert (finding.severity, finding.check) == ("error", "correction_file")
    assert "raw/e/corrections.csv cannot be read" in finding.message
    assert why in finding.message


def test_an_unknown_column_is_told(tmp_path):
    """A misspelled `printed` would guard nothing."""
    found = read(tmp_path, (HEADER + LINE).replace("reason", "reason,pirnted").encode())
    assert len(found.corrections) == 1
    assert "`pirnted`" in found.findings[0].message


@pytest.mark.parametrize("codec", ["gb18030", "big5"])
def test_common_chinese_is_read_in_an_older_encoding(tmp_path, codec):
    """As spreadsheet programs of China and Taiwan save `CSV`; a finding says so."""
    reason = "人口誤印，見二○二○年人口普查結果，與統計年鑒一致"
    reason = reason if codec == "big5" else "人口误印，见二○二○年人口普查结果，与统计年鉴一致"
    line = LINE.replace("misprint", reason)
    found = read(tmp_path, (HEADER + line).encode(codec))
    assert found.corrections[0].reason == reason
    (finding,) = found.findings
    assert (finding.severity, finding.check) == ("info", "correction_file")
    assert f"was read as {codec.upper()}" in finding.message


def test_a_line_in_one_cell_is_taken_apart(tmp_path):
    """As it lands where it is pasted into a sheet that is saved with semicolons."""
    header = HEADER.replace(",", ";")
    line = LINE.strip().replace('"', '""')
    found = read(tmp_path, f'{header}"{line}";;;;\n'.encode())
    assert found.corrections == read(tmp_path, (HEADER + LINE).encode()).corrections


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (f"{ID},cities,population,1,250,000,misprint", "7 cells for 5 columns"),
        (f"{ID},cities,population", "ends before"),
        (f"{ID},cities,population,1250000,", "`reason` is empty"),
        (",cities,population,1250000,misprint", "`city_id` is empty"),
        (f"{ID}，cities，population，1250000，误印", "full-width"),
    ],
)
def test_a_line_that_cannot_be_used_keeps_its_reason(tmp_path, line, problem):
    """The other lines are used."""
    found = read(tmp_path, f"{HEADER}{line}\n{LINE}".encode())
    assert problem in found.corrections[0].problem
    assert found.corrections[1].problem == ""


# ---------------------------------------------------------------- what is applied

PAGE = CHINESE.replace(
    "风景优美。",
    "风景优美。全市人口1,250,000人。有大学12所，研究院12所。2020年地区生产总值达到3,600亿元。",
)


def corrected(*lines, page=PAGE):
    """The tables of an edition with some corrections, each a dictionary of cells."""
    given = [
        Correction("e", n, **({"city_id": ID, "table": "cities", "reason": "checked"} | line))
        for n, line in enumerate(lines, start=2)
    ]
    return tables_of(edition("e", page), corrections=given)


def outcome(tables):
    """Status, message and settled checks of each correction."""
    return [(r["status"], r["message"], r["settles"]) for r in tables["corrections"]]


def checks(tables):
    """The names of all findings."""
    return [f["check"] for f in tables["findings"]]


def test_a_corrected_population_is_followed_by_what_depends_on_it():
    """Density and findings follow; the printed text stays as evidence."""
    assert "header_contradicts_prose" in checks(corrected())
    tables = corrected({"field": "population", "value": "1250000", "printed": "1,234,500人"})
    (city,) = tables["cities"]
    assert (city["population"], city["population_text"]) == (1250000, "1,234,500人")
    assert city["density_per_km2"] == round(1250000 / 2345.6, 2)
    assert "header_contradicts_prose" not in checks(tables)
    (row,) = tables["corrections"]
    assert (row["status"], row["old"], row["value"]) == ("applied", "1234500", "1250000")
    assert (row["printed"], row["settles"]) == ("1,234,500人", "header_contradicts_prose")
    assert (row["edition"], row["line"], row["line_start"]) == ("e", 2, city["line_start"])


def test_a_corrected_value_is_checked_like_any_other():
    """A slip of the pen is questioned."""
    tables = corrected({"field": "population", "value": "12"})
    assert "implausible_value" in checks(tables)


def test_a_corrected_country_is_followed_by_the_place():
    """What was looked up under the old country is looked up anew; the id stays."""
    page = (
        EUROPEAN.replace("（波兰）", "（法国）").replace("奥尔登", "巴里").replace("Olden", "Bari")
    )
    line = {"city_id": "fr-bari", "field": "country_code", "value": "IT", "printed": "法国"}
    before = corrected(page=page)["cities"][0]
    after = corrected(line, page=page)["cities"][0]
    assert (before["geonames_id"], before["subdivision_code"]) == (None, None)
    assert (after["city_id"], after["country_code"]) == ("fr-bari", "IT")
    assert (after["geonames_id"], after["country_zh"]) == (3182351, "法国")


def test_a_label_gets_the_themes_that_a_person_names():
    """All rows of the label are replaced; the group follows, and there is no score."""
    page = PAGE.replace("城市议程/规划、\n城市可持续发展战略公共空间、城市模式", "奇怪的标签")
    before = corrected(page=page)
    assert "unknown_label" in checks(before)
    where = next(r for r in before["city_themes"] if r["theme"] is None)
    tables = corrected(
        {"table": "city_themes", "field": "theme", "value": "mobility climate-energy", "printed": where["label"]},
        page=page,
    )  # fmt: skip
    own = [r for r in tables["city_themes"] if r["position"] == where["position"]]
    assert [(r["theme"], r["group"], r["score"]) for r in own] == [
        ("climate-energy", "cross_cutting", None),
        ("mobility", "primary", None),
    ]
    assert "unknown_label" not in checks(tables)
    assert outcome(tables) == [("applied", None, "unknown_label")]


def test_a_quantity_is_named_by_its_printed_text():
    """Where the text stands twice, its place tells which is meant."""
    line = {"table": "quantities", "field": "indicator", "value": "universities"}
    tables = corrected(line | {"printed": "12所", "start": "0"}, line | {"printed": "3,600亿元"})
    assert [r["status"] for r in tables["corrections"]] == ["refused", "applied"]
    gdp = next(q for q in tables["quantities"] if q["text"] == "3,600亿元")
    assert gdp["indicator"] == "universities"
    sum_ = line | {"field": "aggregation", "value": "cumulative", "printed": "3,600亿元"}
    (gdp,) = (q for q in corrected(sum_)["quantities"] if q["text"] == "3,600亿元")
    assert gdp["aggregation"] == "cumulative"
    starts = [q["start"] for q in tables["quantities"] if q["text"] == "12所"]
    tables = corrected(line | {"printed": "12所", "start": str(starts[1]), "value": "gdp_rank"})
    assert [q["indicator"] for q in tables["quantities"] if q["text"] == "12所"][1] == "gdp_rank"


def test_an_id_is_corrected_everywhere():
    """The place has the same id as in other editions; no table is left behind."""
    tables = corrected({"field": "city_id", "value": "cn-jiangcheng"})
    for name in ("cities", "sections", "paragraphs", "city_themes", "quantities"):
        assert {r["city_id"] for r in tables[name]} == {"cn-jiangcheng"}
    assert ID not in {r["city_id"] for name in ("lines", "findings") for r in tables[name]}


REFUSED = [
    ({"city_id": "zz-jiangchen"}, "did you mean `zz-jiangcheng`"),
    ({"table": "citys"}, "did you mean `cities`"),
    ({"table": "paragraphs", "field": "text"}, "`paragraphs` cannot be corrected"),
    ({"field": "population_text"}, "cannot be corrected"),
    ({"field": "population", "value": "1,250,000"}, "without separators"),
    ({"field": "population", "value": "-5"}, "out of bounds"),
    ({"field": "population", "value": "1e6"}, "not a whole number"),
    ({"field": "area_km2", "value": "12,5"}, "a point before decimals"),
    ({"field": "area_km2", "value": "94.225"}, "may be 94225 with a separator between thousands"),
    ({"table": "quantities", "field": "value", "value": "367.500", "printed": "3,600亿元"}, "write 367500 or 367.5000"),
    ({"field": "name_zh", "value": "???"}, "characters were lost"),
    ({"city_id": "江城"}, "did you mean `zz-jiangcheng`"),
    ({"field": "latitude", "value": "91"}, "out of bounds"),
    ({"field": "kind", "value": "town"}, "is none of city"),
    ({"field": "kind", "value": ""}, "cannot be left empty"),
    ({"field": "country_code", "value": "XX"}, "no country"),
    ({"field": "country_code", "value": "China"}, "must fit"),
    ({"field": "city_id", "value": "CN Bari"}, "must fit"),
    ({"field": "population", "value": "1", "position": "2"}, "leave it empty"),
    ({"table": "city_themes", "field": "theme", "value": "mobilty", "position": "1"}, "did you mean `mobility`"),
    ({"table": "city_themes", "field": "theme", "value": "mobility"}, "name one of them with `position`, `printed`"),
    ({"table": "city_themes", "field": "theme", "value": "mobility", "position": "9"}, "no such row"),
    ({"table": "quantities", "field": "value", "value": "2", "position": "x"}, "whole number"),
    ({"table": "quantities", "field": "value", "value": "2", "printed": "12所"}, "2 rows of `quantities` fit"),
    ({"problem": "its `reason` is empty"}, "`reason` is empty"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "why"), REFUSED)
def test_a_line_that_does_not_fit_is_refused(line, why):
    """An error names file and line; the next line is applied, and everything else goes on."""
    good = {"field": "area_km2", "value": "2400"}
    tables = corrected({"field": "population", "value": "1250000"} | line, good)
    assert [r["status"] for r in tables["corrections"]] == ["refused", "applied"]
    (finding,) = [f for f in tables["findings"] if f["check"] == "correction_refused"]
    assert finding["severity"] == "error"
    assert finding["message"].startswith("raw/e/corrections.csv, line 2: ")
    assert why in finding["message"]
    (city,) = tables["cities"]
    assert (city["population"], city["area_km2"]) == (1234500, 2400.0)


@pytest.mark.parametrize(
    "line",
    [
        {"field": "population", "value": "1250000", "printed": "999人"},
        {"table": "quantities", "field": "value", "value": "13", "printed": "13所"},
        {"table": "city_themes", "field": "theme", "value": "mobility", "printed": "交通", "position": "1"},
    ],
)  # fmt: skip
def test_a_line_about_another_text_is_stale(line):
    """What the page prints has changed since the correction was made."""
    tables = corrected(line)
    assert [r["status"] for r in tables["corrections"]] == ["stale"]
    (finding,) = [f for f in tables["findings"] if f["check"] == "correction_stale"]
    assert f"not `{line['printed']}`" in finding["message"]
    rest = {k: v for k, v in tables.items() if k not in ("corrections", "findings")}
    assert rest == {k: v for k, v in corrected().items() if k in rest}


@pytest.mark.parametrize(
    ("second", "status", "population"),
    [
        ("1250000", ["applied", "refused"], 1250000),
        ("1260000", ["refused", "refused"], 1234500),
    ],
)
def test_two_lines_for_one_value(second, status, population):
    """One that repeats another is superfluous; of two that contradict each other, neither counts."""
    line = {"field": "population", "value": "1250000"}
    tables = corrected(line, line | {"value": second})
    assert [r["status"] for r in tables["corrections"]] == status
    assert tables["cities"][0]["population"] == population


@pytest.mark.parametrize(
    "lines",
    [
        [(ID, "cn-a"), (ID, "cn-b")],
        [(ID, "cn-a"), ("pl-olden", "cn-a")],
        [(ID, "pl-olden")],
    ],
)
def test_an_id_belongs_to_one_profile(lines):
    """Neither one profile under two ids nor two under one."""
    given = [{"city_id": i, "field": "city_id", "value": value} for i, value in lines]
    tables = corrected(*given, page=CHINESE + EUROPEAN)
    assert {r["status"] for r in tables["corrections"]} == {"refused"}
    assert {c["city_id"] for c in tables["cities"]} == {ID, "pl-olden"}


def test_a_line_that_is_no_longer_needed_says_so():
    """The program reads the value by now."""
    tables = corrected({"field": "population", "value": "1234500"})
    assert "it can be removed" in tables["corrections"][0]["message"]


def test_what_is_looked_up_anew_is_what_was_looked_up(brochure):
    """A correction to the value that is there already changes no table."""
    document = normalise(segment(brochure, layouts(), calendars()), lexicon())
    before = tables_of(document)
    lines = [
        Correction(
            "iurc-china-2021", n, c["city_id"], "cities", "country_code", c["country_code"], "same"
        )
        for n, c in enumerate(before["cities"], start=2)
    ]
    after = tables_of(document, corrections=lines)
    assert {r["status"] for r in after["corrections"]} == {"applied"}
    assert after["cities"] == before["cities"]


def test_values_that_were_weighed_against_a_corrected_one_are_weighed_anew():
    """GDP a head is held against the corrected population."""
    page = PAGE.replace("3,600亿元。", "3,600亿元，人均地区生产总值28.8万元。")
    page = page.replace("1,234,500人", "2,000,000人")
    assert "per_capita_differs_from_total" in checks(corrected(page=page))
    tables = corrected({"field": "population", "value": "1250000"}, page=page)
    assert "per_capita_differs_from_total" not in checks(tables)
    assert "per_capita_differs_from_total" in tables["corrections"][0]["settles"]


@pytest.mark.parametrize("number", ["52.520", "-13.405"])
def test_three_decimals_that_can_be_nothing_else(number):
    """No latitude is in the thousands."""
    tables = corrected({"field": "latitude", "value": number})
    assert [r["status"] for r in tables["corrections"]] == ["applied"]


def test_the_other_half_of_a_misprint_stays_in_question():
    """Until it is corrected too, or confirmed by a line with the value that is read anyway."""
    page = PAGE + "\f" + PAGE.replace("江城", "海城").replace("Jiangcheng", "Haicheng")
    population = {"field": "population", "value": "1250000"}

    def same(*lines):
        found = corrected(*lines, page=page)["findings"]
        return [
            (f["city_id"], f["field"]) for f in found if f["check"] == "same_population_and_area"
        ]

    assert len(same()) == 2
    assert same(population) == [(ID, "area_km2")]
    assert same({"field": "area_km2", "value": "2400"}) == [(ID, "population")]
    for area in ("2345.6", "2400"):
        assert same(population, {"field": "area_km2", "value": area}) == []


def test_changes_compare_corrected_values():
    """An edition that is corrected to what the next one prints has not changed."""
    later = CHINESE.replace("1,234,500人", "1,250,000人")
    made = [
        edition("s-1", CHINESE, series="s", year=2021),
        edition("s-2", later, series="s", year=2022),
    ]
    line = Correction("s-1", 2, ID, "cities", "population", "1250000", "misprint")
    (row,) = tables_of(*made, corrections=[line])["changes"]
    assert (row["difference"], row["old_text"]) == ("spelling", "1,234,500人")


# ---------------------------------------------------------------- the whole program


def test_a_changed_file_makes_a_run_do_its_work(run_pipeline, tmp_path):
    """It is a part of the fingerprint, and a file that lies elsewhere is told."""
    import pandas as pd

    folder = tmp_path / "raw" / "e"
    (folder / "deep").mkdir(parents=True)
    (folder / "page.txt").write_text(CHINESE, "utf-8")
    (folder / "deep" / "corrections.csv").write_text(HEADER + LINE)
    (folder / "corrections.csv.txt").write_text(HEADER + LINE)

    def extract():
        done = run_pipeline(
            "extract", "--raw", tmp_path / "raw", "--output", tmp_path / "o", check=0
        )
        tables = tmp_path / "o" / "tables"
        return done.stderr, pd.read_parquet(tables / "cities.parquet").population.tolist()

    message, population = extract()
    assert population == [1234500]
    (folder / "corrections.csv").write_text(HEADER + LINE)
    assert extract()[1] == [1250000]
    assert "nothing to do" in extract()[0]
    (folder / "corrections.csv").write_text(HEADER + LINE.replace("1250000", "many"))
    message, population = extract()
    assert population == [1234500]
    assert "raw/e/corrections.csv, line 2: `many` is not a whole number" in message
    findings = pd.read_parquet(tmp_path / "o" / "tables" / "findings.parquet")
    assert "raw/e/deep/corrections.csv" in " ".join(
        findings[findings.check == "file_ignored"].message
    )
    assert "raw/e/corrections.csv.txt is not read; save it" in message


def test_the_documentation_names_all_that_can_be_corrected():
    """docs/corrections.md and the Chinese one follow the catalogue."""
    for page in ("corrections.md", "corrections.zh.md"):
        text = (REPO / "docs" / page).read_text("utf-8")
        for table in catalogue():
            if table.correctable:
                assert f"| `{table.name}` |" in text
                assert all(f"`{name}`" in text for name in table.correctable)
