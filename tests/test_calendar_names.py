"""Names of months, weekdays and time zones in many languages, as CLDR has them."""

from __future__ import annotations

import pytest

from pipeline.knowledge import load_csv
from pipeline.knowledge.build_calendar_names import COLUMNS as NAMES
from pipeline.knowledge.build_calendar_names import calendar_names
from pipeline.knowledge.build_zone_names import COLUMNS as ZONES
from pipeline.knowledge.build_zone_names import zone_names
from pipeline.knowledge.calendars import calendars


def test_the_tables_are_as_they_are_built() -> None:
    """Each is made of CLDR's data, and nothing in it was changed by hand."""
    assert [*map(tuple, load_csv("calendar_names.csv", NAMES))] == calendar_names()
    assert [*map(tuple, load_csv("zone_names.csv", ZONES))] == zone_names()


@pytest.mark.parametrize(
    ("text", "year", "month", "day"),
    [
        ("Donnerstag, 22. Februar 2024", 2024, 2, 22),
        ("Do., 22.02.2024", 2024, 2, 22),
        ("jeudi 1er mars 2024", 2024, 3, 1),
        ("martes, 5 de noviembre de 2024", 2024, 11, 5),
        ("segunda-feira, 3 de março", None, 3, 3),
        ("Tue Mar 5, 2024", 2024, 3, 5),
        ("2024年11月5日（火）", 2024, 11, 5),
        ("2024년 11월 5일 (화)", 2024, 11, 5),
        ("5-Nov-2024", 2024, 11, 5),
        ("Day 2   Wednesday, 7 June 2023", 2023, 6, 7),
        ("★ 9月7日(周二)", None, 9, 7),
        ("### Friday 15 March 2024", 2024, 3, 15),
    ],
)
def test_a_date_in_many_languages(text: str, year: int | None, month: int, day: int) -> None:
    """With its weekday, in words or numbers, behind what decorates the line."""
    found = calendars().date(text)
    assert found is not None
    assert found[:3] == (year, month, day)


@pytest.mark.parametrize("text", ["Chapter 12", "Page 5", "Set of 12", "11 Partner", "5 Städte"])
def test_a_word_and_a_number_are_no_date(text: str) -> None:
    """The word has to be a month."""
    assert calendars().date(text) is None


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("All times are Central European Summer Time", "Europe/Brussels"),
        ("Fri Mar 1, 2024 – Sun Mar 31, 2024 (Colombia Standard Time - Bogotá)", "America/Bogota"),
        ("（文中时间均为北京时间）", "Asia/Shanghai"),
        ("※ 時間は日本時間です。", "Asia/Tokyo"),
        ("Time zone: (UTC+01:00) Brussels, Copenhagen, Madrid, Paris", "Europe/Paris"),
        ("June 3, 10:00 - 11:00 (Central European Time)", None),
        ("Kick-off (Brussels)", None),
        ("Visit of the Japan Standard Time laboratory", None),
    ],
)
def test_the_zone_of_a_page(text: str, zone: str | None) -> None:
    """In a note on all times, or in brackets behind the days of the page; not that of one event."""
    assert calendars().times.zone_of_page(text) == zone
