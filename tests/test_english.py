"""Editions as other offices set them: what was laid out is what is read."""

import json

import pytest

from tests.documents import records
from tests.typeset import FOLDER, Style, lay_out, profiles

_COLUMNS = "overview good_practices preferred_themes name facts rest themes"
_BOX = (
    "Key facts\nCountry: {country}\nPopulation: {population:,}\n"
    "Population density: 514 inhabitants/km²\nArea: {area:,} km²\nMayor: Anna Nowak"
)
STYLES = {
    "single column": Style(),
    "header below the labels": Style(order="themes name facts overview good_practices preferred_themes"),
    "two columns": Style(order="overview good_practices preferred_themes name facts rest themes", width=50, runs_over=True, label_gap="\n\n"),
    "columns of one width": Style(order="overview good_practices preferred_themes name facts rest themes", runs_over=True),
    "two columns, wishes first": Style(order="preferred_themes themes overview good_practices name facts rest", width=46, runs_over=True, label_gap="\n\n"),
    "two columns, hyphenated": Style(order="overview good_practices preferred_themes name facts rest themes", width=44, runs_over=True, hyphenate=True, label_gap="\n\n"),
    "capitals": Style(upper_headings=True, upper_names=True),
    "numbered headings": Style(numbered=True, label_mark="• ", practice_mark="• "),
    "headings with a colon": Style(headings=("Socio-economic overview:", "Best practices:", "Preferred themes:")),
    "inline headings": Style(inline=True),
    "key facts": Style(facts="Key facts\nPopulation: {population:,}\nArea: {area:,} km²", themes_title="Themes"),
    "key facts with country": Style(name="{name}", facts="Key facts\n\nCountry: {country}\nPopulation: {population:,}\nArea: {area:,} km²"),
    "country after a comma": Style(name="{name}, {country}", facts="{population:,} inhabitants\n{area:,} km²"),
    "country below": Style(name="{name}\n{country}", facts="{population:,} inhabitants\n\n{area:,} square kilometres"),
    "facts in one line": Style(facts="Population: {population:,} | Area: {area:,} km²"),
    "facts after their labels": Style(facts="Population\n{population:,}\n\nArea\n{area:,} km²"),
    "no blank lines, first lines indented": Style(gap="\n    ", width=66),
    "page numbers": Style(order="name facts themes overview good_practices preferred_themes number"),
    "running title": Style(running="IURC China – City and region profiles"),
    "no form feeds": Style(page_end="\n\n\n"),
    "dashes": Style(practice_mark="– ", label_mark="– ", width=64),
    "themes last": Style(order="name facts overview good_practices preferred_themes themes", themes_title="Thematic areas:", label_mark="• "),
    "themes in one line": Style(label_gap="; "),
    "further facts in the box": Style(name="{name}", facts=_BOX),
    "box between the columns": Style(order=_COLUMNS, runs_over=True, name="{name}", facts=_BOX, width=50, label_gap="\n\n"),
    "code of the country": Style(name="{name} ({code})"),
    "country after a dash": Style(name="{name} – {country}"),
    "country after a stroke": Style(name="{name} | {country}"),
    "country above": Style(name="{country}\n{name}"),
    "numbered names": Style(name="1. {name} ({country})"),
    "labels broken before a dash": Style(width=38),
    "narrow columns": Style(order=_COLUMNS, runs_over=True, width=40, hyphenate=True),
    "headings in other words": Style(headings=("Socio-economical overview", "Good practises", "Prefered thematic areas for cooperation")),
}  # fmt: skip


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_what_was_laid_out_is_what_is_read(style):
    """Header, themes and paragraphs of an English edition, exactly, in every style."""
    said = profiles()
    found = records(lay_out(said, style))
    expected_name = [p["name"].upper() if style.upper_names else p["name"] for p in said]
    assert [
        (c.name_en, c.country_code, c.city_id, c.kind, c.population, c.area_km2)
        for c in found.cities
    ] == [
        (n, p["code"], p["city_id"], p["kind"], p["population"], p["area"])
        for n, p in zip(expected_name, said, strict=True)
    ]
    for profile in said:
        where = profile["city_id"]
        assert [t.theme for t in found.city_themes if t.city_id == where] == [
            theme for _, theme in profile["themes"]
        ]
        for section in ("overview", "good_practices", "preferred_themes"):
            read = [p.text for p in found.paragraphs if (p.city_id, p.section) == (where, section)]
            assert read == profile[section], (where, section)
    left = [x.text for x in found.lines if x.role == "unassigned"]
    assert set(left) <= {"Population density: 514 inhabitants/km²", "Mayor: Anna Nowak"}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda p: p.stem)
def test_made_up_editions(path, request):
    """Whole brochures as offices would write them, with what must be read from them."""
    found = records(path.read_text("utf-8"))
    read = {
        "cities": [
            [c.city_id, c.name_en, c.country_code, c.kind, c.population, c.area_km2]
            for c in found.cities
        ],
        "themes": [[t.city_id, t.label, t.theme, t.score] for t in found.city_themes],
        "paragraphs": [[p.city_id, p.section, p.text] for p in found.paragraphs],
        "unassigned": [x.text for x in found.lines if x.role == "unassigned"],
        "warnings": [[f.check, f.message] for f in found.findings if f.severity != "info"],
    }
    golden = path.with_suffix(".json")
    if request.config.getoption("--regenerate"):
        golden.write_text(json.dumps(read, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert read == json.loads(golden.read_text("utf-8"))


@pytest.mark.parametrize("headings", [("Between two hills", "Bells and lamps", "Doors ajar")])
def test_an_edition_whose_headings_nobody_knows_gives_its_headers_and_says_so(headings):
    """No text is put into a section; each wording is a finding, and the rest is read."""
    said = profiles()
    found = records(lay_out(said, Style(headings=headings)))
    assert [c.population for c in found.cities] == [p["population"] for p in said]
    assert not found.paragraphs
    assert [f.check for f in found.findings].count("unknown_heading") == len(headings)
