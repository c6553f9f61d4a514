"""`cities.geojson`, as a program for maps reads it."""

import json

import pandas as pd
import pytest

from pipeline.emit.assemble import Copy, Kept, place_pieces
from pipeline.emit.geojson import COLLECTION
from pipeline.emit.part import ByteSpan, Part
from pipeline.model import Edition


@pytest.fixture(scope="module")
def places(output):
    """The file's features."""
    return json.loads((output / "cities.geojson").read_bytes())


def test_every_profile_is_a_feature(places, tables):
    """A point where the place is, longitude first, or no geometry; values are those of `cities`."""
    assert set(places) == {"type", "name", "features"}
    assert places["type"] == "FeatureCollection"
    cities = tables["cities"].set_index("city_id")
    assert [f["properties"]["city_id"] for f in places["features"]] == list(cities.index)
    for feature in places["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        own = feature["properties"]
        city = cities.loc[own["city_id"]]
        assert feature["id"] == f"{city['edition']}/{own['city_id']}"
        if pd.notna(city["latitude"]):
            point = {"type": "Point", "coordinates": [city["longitude"], city["latitude"]]}
            assert feature["geometry"] == point
        else:
            assert feature["geometry"] is None
        for name in ("name_zh", "population", "area_km2", "area_text", "line_start"):
            assert own[name] == (None if pd.isna(city[name]) else city[name])


def test_themes_are_a_text(places, tables):
    """Programs for maps filter texts, not lists."""
    themes = tables["city_themes"].dropna(subset=["theme"])
    for feature in places["features"]:
        own = themes[themes["city_id"] == feature["properties"]["city_id"]]
        assert (feature["properties"]["themes"] or "").split() == sorted(set(own["theme"]))


def editions_on_the_map(*editions):
    """The editions whose places are on the map, of some that have profiles or not."""
    parts = [
        Kept(
            e.edition,
            Part(e, {}, ByteSpan(0, 0, 0), ByteSpan(0, 0, 0), features=ByteSpan(0, size, 0)),
            0,
        )
        for e, size in editions
    ]
    pieces = place_pieces(parts)
    assert (pieces[0], pieces[-1]) == COLLECTION
    copies = pieces[1:-1:2]
    assert pieces[2:-1:2] == [b",\n"] * (len(copies) - 1 if copies else 0)
    assert all(isinstance(c, Copy) for c in copies)
    return [c.key for c in copies]


def test_the_latest_edition_of_a_series_is_on_the_map():
    """No two points of a series lie upon one another; editions without a series are all there."""
    assert editions_on_the_map(
        (Edition("a", "s", year=2020), 9),
        (Edition("b", "s", year=2021), 9),
        (Edition("c"), 9),
        (Edition("d", "s"), 9),
        (Edition("s"), 9),
        (Edition("z", "t", year=2019), 9),
    ) == ["b", "c", "s", "z"]


def test_an_edition_of_which_nothing_was_read_hides_none():
    """The latest edition that has profiles is taken."""
    assert editions_on_the_map(
        (Edition("a", "s", year=2020), 9), (Edition("b", "s", year=2021), 0)
    ) == ["a"]


def test_a_map_may_be_empty():
    """A collection without features is one."""
    assert editions_on_the_map((Edition("a"), 0)) == []
    assert json.loads(b"".join(COLLECTION))["features"] == []
