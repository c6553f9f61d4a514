"""What a careful reading of calendar pages must not get wrong: dates, ends, titles, lost events."""

from __future__ import annotations

import time

import pytest

from tests.documents import read

THREE = "{0}\n{1}\n{2}\n"


def told(text: str) -> list[tuple[str, str | None, str, str | None, str | None]]:
    """Of each event its first and last day, title, beginning and end."""
    events = read(text.encode()).events
    return [(e.date, e.last_date, e.title, e.start_utc, e.end_utc) for e in events]


@pytest.mark.parametrize(
    ("line", "date", "last", "title"),
    [
        (
            "June 5, 2023 – 20 years of LIFE projects",
            "2023-06-05",
            None,
            "20 years of LIFE projects",
        ),
        ("5 June 2023 - 45 ways to save: a talk", "2023-06-05", None, "45 ways to save: a talk"),
        ("30 May to 2 June 2023: River summit", "2023-05-30", "2023-06-02", "River summit"),
        (
            "28 December - 2 January 2024: Winter school",
            "2023-12-28",
            "2024-01-02",
            "Winter school",
        ),
        ("2023年5月18日（四）10:00 水资源讲座", "2023-05-18", None, "水资源讲座"),
        ("2023年5月18日（周四）10:00 水资源讲座", "2023-05-18", None, "水资源讲座"),
        ("5 June 2023 (Mon), 10:00: River summit", "2023-06-05", None, "River summit"),
        ("水资源讲座，2023年5月18日（四）10:00", "2023-05-18", None, "水资源讲座"),
    ],
)
def test_a_line_with_a_date_and_a_title(line: str, date: str, last: str | None, title: str) -> None:
    """A number behind a dash is a last day only if nothing behind it says otherwise."""
    found = told(f"{line}\n" * 3)
    assert [row[:3] for row in found] == [(date, last, title)] * 3


@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        ("9 June 2023 9:00 - 11 June 2023 14:00", "2023-06-09T07:00:00Z", "2023-06-11T12:00:00Z"),
        ("5 June 2023 9:00 - 7 June 14:00", "2023-06-05T07:00:00Z", "2023-06-07T12:00:00Z"),
        ("5 June 2023  9:00 - 7 June 2023 14:00", "2023-06-05T07:00:00Z", "2023-06-07T12:00:00Z"),
        ("2023年6月9日 9:00 - 6月11日 14:00", "2023-06-09T07:00:00Z", "2023-06-11T12:00:00Z"),
        (
            "31 December 2023 22:00 - 1 January 02:00",
            "2023-12-31T21:00:00Z",
            "2024-01-01T01:00:00Z",
        ),
    ],
)
def test_a_time_that_ends_on_a_later_day(when: str, start: str, end: str) -> None:
    """The number of a day is no hour, and the new year is the next one."""
    text = f"{when}\nWebinar on rivers\n\n20 June 2023 10:00\nWebinar on lakes\n"
    assert told(text)[0][2:] == ("Webinar on rivers", start, end)


def test_a_range_over_the_new_year() -> None:
    """Its first day is in the year before that of its last one."""
    text = "December 30 - January 2, 2024\nWinter school\n\nMay 3, 2024\nMay talk\n\nMay 5, 2024\nTalk on fire\n"
    assert told(text)[0][:3] == ("2023-12-30", "2024-01-02", "Winter school")


@pytest.mark.parametrize(
    "zone", ["(Brussels local time)", "local time in Brussels", "(CET, local time)"]
)
def test_a_zone_beside_a_time_is_no_note_on_the_page(zone: str) -> None:
    """The line stays the time of its event."""
    text = f"5 June 2023\n10:00 - 11:00 {zone}\nRiver summit\n\n7 June 2023\n11:00 - 12:00 {zone}\nSea summit\n"
    assert [row[2] for row in told(text)] == ["River summit", "Sea summit"]


def test_a_zone_behind_one_day_is_no_note_on_the_page() -> None:
    """The line stays the head of its day."""
    text = "".join(f"{n} June 2023 (CEST)\n10:00 - 11:00\nRiver summit {n}\n\n" for n in (5, 6, 7))
    assert [row[0] for row in told(text)] == ["2023-06-05", "2023-06-06", "2023-06-07"]


SMALL_CALENDAR = "June 2023\nMon Tue Wed Thu Fri Sat Sun\n" + "".join(
    " ".join(str(d) for d in range(first, min(first + 7, 31))) + "\n" for first in range(-2, 31, 7)
).replace("-2 -1 0 ", "")


def test_a_small_calendar_above_a_list() -> None:
    """It is no grid of a month: nothing stands in it."""
    lines = "".join(f"{n} June 2023, 10:00 - 11:00: River summit\n" for n in (5, 6, 7))
    assert [row[0] for row in told(SMALL_CALENDAR + "\n" + lines)] == [
        "2023-06-05",
        "2023-06-06",
        "2023-06-07",
    ]


def test_of_which_day_of_a_week_nobody_knows() -> None:
    """What stands below the numbers of a whole week is no event of its last day."""
    text = SMALL_CALENDAR.replace("5 6 7 8 9 10 11\n", "5 6 7 8 9 10 11\nRiver summit\n")
    assert told(text) == []


def test_a_note_inside_a_day_ends_it_not() -> None:
    """An event with a time follows."""
    text = (
        "5 June 2023\n10:00 - 11:00\nRiver summit\nAll times are CEST\n14:00 - 15:00\nLake summit\n\n"
        "7 June 2023\n10:00 - 11:00\nSea summit\n"
    )
    assert [row[2] for row in told(text)] == ["River summit", "Lake summit", "Sea summit"]


def test_a_title_keeps_its_own_numbers_and_signs() -> None:
    """A number without space behind its point is of the title, and so are signs that opened none."""
    text = (
        "5 June 2023\n3.Generation programme\n10:00\n\n6 June 2023\nWhat is C++ and C__\n10:00\n\n"
        "7 June 2023\n**A bold talk**\n11:00\n"
    )
    assert [row[2] for row in told(text)] == [
        "3.Generation programme",
        "What is C++ and C__",
        "A bold talk",
    ]


def test_wrapped_entries_of_a_column() -> None:
    """A cell goes on below in both columns; a dash may be one column wide or two."""
    for dash in "-–":
        text = (
            "Date              Time              Event             Participants\n"
            f"5 June 2023       10:00 {dash} 11:00     River summit      City of Lyon\n"
            "                                    in the delta      City of Ghent\n"
            f"6 June 2023       10:00 {dash} 11:00     Sea summit        City of Bari\n"
        )
        records = read(text.encode())
        assert [e.title for e in records.events] == ["River summit in the delta", "Sea summit"]
        assert [i.text for i in records.event_items] == [
            "City of Lyon City of Ghent",
            "City of Bari",
        ]


def test_a_day_of_a_list_that_holds_a_label_alone() -> None:
    """Nothing raises, and there is no event."""
    days = [
        f"{d} {('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')[(d + 2) % 7]}"
        for d in range(1, 31)
    ]
    days[4] += " │ June │ Today"
    records = read(("June 2023\n" + "\n".join(days) + "\n").encode())
    assert len(records.calendar_days) == 30
    assert not records.events


@pytest.mark.parametrize("line", ["A" * 20_000, "5" + " " * 20_000 + "!", "\n" * 20_000])
def test_a_long_line_or_many_take_no_longer_than_they_are(line: str) -> None:
    """Nothing is tried at every place of it."""
    begin = time.process_time()
    read(f"June 5, 2023\n10:00\nTalk\n{line}\nJune 6, 2023\n10:00\nTalk\n".encode())
    assert time.process_time() - begin < 20
