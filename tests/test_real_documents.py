"""The real documents, row by row. Golden files hold what was checked against the pages.

`python -m pytest tests/test_real_documents.py --regenerate` writes them anew; read the diff.
"""

import csv
import hashlib
from pathlib import Path

import pandas as pd
import pytest

from pipeline.encoding import decode
from tests.conftest import REPO

GOLDEN = Path(__file__).parent / "golden"
EDITION = "iurc-china-2021"


def rows(frame, columns):
    """A table's rows as lists of texts, an empty text for a null."""
    return [
        ["" if pd.isna(value) else str(value) for value in row]
        for row in frame[columns].astype(object).where(frame[columns].notna(), None).to_numpy()
    ]


def compare(name, columns, found, regenerate):
    """Hold rows against a golden file."""
    path = GOLDEN / EDITION / f"{name}.csv"
    if regenerate:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerows([columns, *found])
    with path.open(encoding="utf-8", newline="") as file:
        assert [columns, *found] == list(csv.reader(file))


@pytest.fixture(scope="session")
def regenerate(request):
    """Whether the golden files are to be written anew."""
    return request.config.getoption("--regenerate")


CITIES = [
    "position", "city_id", "name_zh", "name_en", "kind", "country_code", "country_zh",
    "subdivision_code", "geonames_id", "population", "area_km2", "population_text", "area_text",
    "line_start", "line_end",
]  # fmt: skip


def test_cities(tables, regenerate):
    """All 44 profiles with the values of their headers."""
    cities = tables["cities"].sort_values("position")
    assert len(cities) == 44
    assert (cities.country_code == "CN").sum() == 22
    assert cities[["name_zh", "name_en", "population", "area_km2"]].notna().all(axis=None)
    compare("cities", CITIES, rows(cities, CITIES), regenerate)


def test_city_themes(tables, regenerate):
    """Every label of every profile with its themes."""
    columns = ["city_id", "position", "label", "theme", "group", "score"]
    assert tables["city_themes"].theme.notna().all()
    compare("city_themes", columns, rows(tables["city_themes"], columns), regenerate)


def test_paragraphs(tables, regenerate):
    """Every paragraph: its place, its ends, its length, and a digest of its text."""
    found = [
        [
            p.city_id, p.section, str(p.position), "" if p.lead is None else p.lead,
            str(p.bullet), str(len(p.text)), p.text[:8], p.text[-8:],
            hashlib.sha256(p.text.encode()).hexdigest()[:12], str(p.line_start), str(p.line_end),
        ]
        for p in tables["paragraphs"].astype({"lead": object}).replace({float("nan"): None}).itertuples()
    ]  # fmt: skip
    columns = [
        "city_id", "section", "position", "lead", "bullet", "characters", "start", "end",
        "sha256", "line_start", "line_end",
    ]  # fmt: skip
    found = [[("" if v == "<NA>" else v) for v in row] for row in found]
    compare("paragraphs", columns, found, regenerate)


QUANTITIES = [
    "city_id", "section", "paragraph", "start", "text", "kind", "value", "value_max", "unit",
    "comparator", "period", "aggregation", "object", "indicator",
]  # fmt: skip


def test_quantities(tables, regenerate):
    """Every measured number of the prose."""
    compare("quantities", QUANTITIES, rows(tables["quantities"], QUANTITIES), regenerate)


def test_mentions(tables, regenerate):
    """Every country and profile that the prose speaks of."""
    coded = tables["mentions"][tables["mentions"].type.isin(["country", "place"])]
    columns = ["city_id", "section", "paragraph", "start", "text", "type", "code"]
    compare("mentions", columns, rows(coded, columns), regenerate)


def test_quantities_and_mentions_are_cut_out_of_their_paragraphs(tables):
    """Paragraph, start and end lead to the text."""
    keys = ["edition", "city_id", "section", "position"]
    texts = tables["paragraphs"].set_index(keys).text
    for name in ("quantities", "mentions"):
        for row in tables[name].itertuples():
            text = texts[row.edition, row.city_id, row.section, row.paragraph]
            assert text[row.start : row.end] == row.text


def test_every_profile_has_every_section_of_its_page(tables):
    """A heading on the page is a section with text in the table."""
    headings = tables["lines"].query("role == 'heading'")
    glued = 1  # one heading stands at the end of a line that is a label
    assert len(tables["sections"]) == len(headings) + glued
    assert (tables["sections"].characters > 0).all()
    families = tables["sections"].groupby("city_id").section.apply(set)
    assert all("overview" in sections for sections in families)


def test_no_line_is_unassigned(tables):
    """Every line of both documents has a role that is understood."""
    assert not (tables["lines"].role == "unassigned").any()


def test_lines_joined_are_the_files(tables):
    """The audit gives each decoded file back exactly."""
    for source in tables["sources"].itertuples():
        lines = tables["lines"][tables["lines"].source_id == source.source_id]
        text = "\n".join(lines.sort_values("line").text)
        data = (REPO / source.path).read_bytes()
        assert text == decode(data)[0] == data.decode(source.encoding)
        assert len(lines) == source.lines
        assert hashlib.sha256(data).hexdigest() == source.sha256


@pytest.mark.parametrize(
    ("check", "city_id", "words"),
    [
        ("same_population_and_area", "cn-beijing", ["cn-xian", "21,893,000"]),
        ("same_population_and_area", "cn-xian", ["cn-beijing", "16,411"]),
        ("header_contradicts_prose", "es-castilla-y-leon", ["94,222", "94,225"]),
        ("name_spelled_two_ways", "es-fuenlabrada", ["富恩拉夫拉达", "富恩拉布拉达"]),
        ("lost_characters", "de-mannheim", ["CC BY-SA"]),
        ("population_differs_from_gazetteer", "pl-bielsko-biala", ["665,000"]),
    ],
)
def test_what_a_careful_reader_would_question(tables, check, city_id, words):
    """The mistakes of the source are shown."""
    findings = tables["findings"]
    messages = findings[(findings.check == check) & (findings.city_id == city_id)].message
    assert any(all(word in message for word in words) for message in messages)


def test_nothing_else_is_a_warning(tables):
    """A warning is worth a reader's time; the real documents have four causes."""
    findings = tables["findings"].query("severity != 'info'")
    assert sorted(set(findings.check)) == [
        "header_contradicts_prose",
        "name_spelled_two_ways",
        "pages_missing",
        "same_population_and_area",
    ]
    assert len(findings) == 5


def test_the_events_of_the_week(tables):
    """One event in two languages, linked, with the zone that the two times give."""
    events = tables["events"]
    assert events.language.tolist() == ["en", "zh"]
    assert events.timezone.tolist() == ["Europe/Brussels"] * 2
    assert events.timezone_source.tolist() == ["inferred"] * 2
    assert [str(t) for t in events.start_utc] == ["2022-06-02 07:00:00+00:00"] * 2
    assert [str(t) for t in events.end_utc] == ["2022-06-02 09:00:00+00:00"] * 2
    assert events.translation_of.tolist() == events.event_id.tolist()[::-1]
    assert tables["calendar_days"].events.tolist() == [0, 0, 0, 0, 2, 0, 0]
    assert tables["event_items"].groupby(["event_id", "list"]).size().tolist() == [2] * 4
