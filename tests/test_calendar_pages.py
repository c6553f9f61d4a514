"""Calendar pages as other offices make them: lists with labels, tables, months, two languages."""

from __future__ import annotations

import pytest

from pipeline.knowledge.calendars import calendars
from pipeline.model import Box, Line
from pipeline.records import CalendarDay, Event, EventItem
from pipeline.segment.calendar import looks_like_calendar, segment_calendar
from pipeline.segment.calendar.columns import around_times, beside_times
from pipeline.segment.calendar.marks import LineMark
from tests.documents import document, read
from tests.editions.calendar_grid import month_on_a_page, month_on_the_web
from tests.editions.calendar_pages import (
    FORM,
    MONTH,
    NEWSLETTER,
    NUMBERED,
    ROWS,
    TITLES_ABOVE,
    TRADITIONAL,
    TWO_LANGUAGES,
    VISIT,
    WEB_TABLE,
)
from tests.editions.calendar_table import week_in_a_table

Found = tuple[tuple[Event, ...], tuple[EventItem, ...], tuple[CalendarDay, ...]]


def found_in(text: str | bytes) -> Found:
    """The events, entries and days of a page that is known for a calendar."""
    data = text.encode() if isinstance(text, str) else text
    ending = "txt" if isinstance(text, str) else "pdf" if text.startswith(b"%PDF") else "html"
    records = read(data, f"week/page.{ending}")
    assert not records.cities
    return records.events, records.event_items, records.calendar_days


@pytest.mark.parametrize(
    "text",
    [MONTH, FORM, TWO_LANGUAGES, ROWS, NEWSLETTER, TITLES_ABOVE, NUMBERED, VISIT, TRADITIONAL],
)
def test_it_is_told_from_a_brochure(text: str) -> None:
    """Dates with labels or times beside them tell it, and so do rows of a table."""
    assert looks_like_calendar(document(text), calendars())


def test_a_month_from_a_web_page() -> None:
    """A date and a time on one line head an event, which may end on a later day."""
    events, items, _ = found_in(MONTH)
    assert [(e.date, e.title, e.start_utc, e.end_utc) for e in events] == [
        ("2023-10-03", "Cooperation Calls 2024", "2023-10-03T08:00:00Z", "2023-10-03T09:30:00Z"),
        ("2023-10-12", "Deadline for Study Visit Applications", None, None),
        (
            "2023-10-17",
            "Study Visit: A Delegation in Turin",
            "2023-10-17T07:00:00Z",
            "2023-10-19T15:00:00Z",
        ),
    ]
    assert [(i.list, i.text) for i in items] == [
        ("objectives", "Share results"),
        ("objectives", "Find partners"),
        ("participants", "City planners"),
    ]
    assert "Next Events" not in events[-1].description


def test_a_list_that_says_with_labels_what_is_what() -> None:
    """The note on all times is the zone of each; the date of the letter is no day."""
    events, items, days = found_in(FORM)
    assert [(e.title, e.time_text, e.start_utc, e.timezone_source) for e in events] == [
        ("中欧城市可持续交通研讨会", "15:00—17:00", "2023-11-06T07:00:00Z", "stated"),
        ("绿色建筑示范项目现场考察", "全天", None, None),
    ]
    assert [i.text for i in items] == ["市规划局负责同志", "企业代表"]
    assert [(d.date, d.events) for d in days] == [("2023-11-06", 1), ("2023-11-21", 1)]
    assert "地点：滨海科技园" in events[1].description


def test_two_languages_side_by_side() -> None:
    """Times of two zones that are one instant make one event of two, and so does a pair alone."""
    events, _, days = found_in(TWO_LANGUAGES)
    assert [(e.date, e.language, e.start_utc) for e in events] == [
        ("2024-03-05", "zh", "2024-03-05T08:00:00Z"),
        ("2024-03-05", "en", "2024-03-05T08:00:00Z"),
        ("2024-03-08", "zh", None),
        ("2024-03-08", "en", None),
    ]
    assert events[0].translation_of == events[1].event_id
    assert events[2].translation_of == events[3].event_id
    assert [d.events for d in days] == [0, 2, 2]


def test_an_event_a_row() -> None:
    """The cells of a row that are neither date nor time are its title and what is beside it."""
    events, _, _ = found_in(ROWS)
    assert [(e.date, e.title, e.start_utc, e.description) for e in events] == [
        ("2023-06-05", "Opening Webinar", "2023-06-05T07:30:00Z", "Online"),
        ("2023-06-07", "Steering Group", "2023-06-07T12:00:00Z", "Lyon"),
        ("2023-06-09", "Training Session", "2023-06-09T08:00:00Z", "Online"),
    ]


def test_a_table_on_a_page() -> None:
    """Titles stand beside their times; a title may wrap, and a day may have two events."""
    events, items, days = found_in(week_in_a_table())
    assert [(e.date, e.title, e.time_text) for e in events] == [
        ("2023-06-05", "Opening Webinar: Green Deals", "09:30 - 11:00"),
        ("2023-06-05", "Steering Group of the Cluster", "14:00 - 15:00"),
        ("2023-06-07", "Joint Workshop on Historic Districts and Low-Carbon Tourism", "08:30 - 10:30"),
    ]  # fmt: skip
    assert "The programme presents its new partners." in events[0].description
    assert "The programme" not in events[1].description
    assert [(i.list, i.text) for i in items] == [
        ("objectives", "Compare rules for shop fronts"),
        ("participants", "Heritage departments"),
    ]
    assert [d.events for d in days] == [2, 0, 1]


def test_where_days_have_lines_of_their_own_a_label_with_a_date_is_of_its_event() -> None:
    """So is a date with a time."""
    text = (
        "June 2, 2022\n\nIURC meeting\n\n9:00-10:00\n\n日期：2022年6月3日\n\nJune 4, 2022, 10:00\n\n"
        "June 5, 2022\nNo events\n"
    )
    page = segment_calendar(document(text), calendars())
    assert [d.date for d in page.days] == ["2022-06-02", "2022-06-05"]
    assert len(page.events) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            NEWSLETTER,
            [
                ("2024-05-14", "Webinar: Financing district heating", "2024-05-14T08:00:00Z"),
                (
                    "2024-05-16",
                    "Webinar: Sharing data for cleaner air - lessons from Krakow and Shijiazhuang",
                    "2024-05-16T07:00:00Z",
                ),
                ("2024-06-27", "Annual assembly 2024, Lyon", None),
            ],
        ),
        (
            TITLES_ABOVE,
            [
                ("2023-03-14", "Webinar: Skills for green jobs", "2023-03-14T09:00:00Z"),
                ("2023-03-16", "CANCELLED: Round table on hydrogen", "2023-03-16T13:00:00Z"),
            ],
        ),
        (
            NUMBERED,
            [
                ("2023-09-05", "中欧城市绿色建筑技术交流会", "2023-09-05T01:00:00Z"),
                ("2023-09-20", "友好城市图片展", None),
            ],
        ),
        (
            VISIT,
            [
                ("2023-10-16", "Welcome at the City Hall", "2023-10-16T07:00:00Z"),
                ("2023-10-16", "Walk through the pedestrian zone", "2023-10-16T09:15:00Z"),
                ("2023-10-17", "Dinner hosted by the City of Ghent", "2023-10-17T17:00:00Z"),
            ],
        ),
        (
            TRADITIONAL,
            [
                ("2023-05-04", "網上研討會：歐洲城市的電動巴士採購經驗", "2023-05-04T02:00:00Z"),
                ("2023-05-09", "分享會：社區園圃與城市農業", "2023-05-09T06:30:00Z"),
            ],
        ),
    ],
    ids=["a newsletter", "titles above", "numbered titles above", "a visit", "traditional Chinese"],
)
def test_other_forms(text: str, told: list[tuple[str, str, str | None]]) -> None:
    """The year may stand in the page's title alone, the zone in a note, a title over two lines."""
    events, _, days = found_in(text)
    assert [(e.date, e.title, e.start_utc) for e in events] == told
    assert [d.date for d in days] == sorted({date for date, _, _ in told})


def test_what_stands_below_a_date_with_its_title_is_of_its_event() -> None:
    """Lists keep their leads, and a letter's date at the end is none."""
    events, items, _ = found_in(NUMBERED)
    assert events[0].time_text == "上午9:00-11:30（北京时间）"
    assert [(i.list, i.text) for i in items] == [
        ("other", "介绍既有建筑节能改造的经验做法"),
        ("other", "讨论老旧小区改造试点项目的合作方式"),
    ]
    _, items, _ = found_in(TITLES_ABOVE)
    assert [(i.list, i.text) for i in items] == [("participants", "Regional employment services")]


def test_a_table_of_a_web_page() -> None:
    """The head of a column has the zone; a row may go on with the day of the one above."""
    records = read(WEB_TABLE.encode(), "month/page.html")
    assert [(e.date, e.title, e.start_utc) for e in records.events] == [
        ("2022-11-03", "Webinar: Circular economy", "2022-11-03T08:30:00Z"),
        ("2022-11-08", "Peer review session", "2022-11-08T09:00:00Z"),
        ("2022-11-08", "Matchmaking clinic", "2022-11-08T13:00:00Z"),
        ("2022-11-30", "Deadline for cooperation plans", None),
    ]


def test_a_date_without_a_title_takes_none_from_the_event_above() -> None:
    """What stands above it is the date of that event."""
    text = TITLES_ABOVE + "\nFriday, 17 March 2023 | 9:00 am (Brussels time)\n"
    again = text + "\nSaturday, 18 March 2023 | 9:00 am (Brussels time)\n"
    events, _, _ = found_in(again)
    assert [e.title for e in events[:2]] == [
        "Webinar: Skills for green jobs",
        "CANCELLED: Round table on hydrogen",
    ]


def test_a_label_between_two_heads_of_days_is_of_the_latter() -> None:
    """No day begins above the head of the day before it."""
    text = "May 29 - June 04, 2022\n• 2\nToday\nJune 2, 2022\nNo events\n• 3\nNo events\n"
    page = segment_calendar(document(text), calendars())
    assert sorted({d.date for d in page.days}) == ["2022-06-02", "2022-06-03"]


def test_two_times_on_one_level_are_no_two_events() -> None:
    """A page may have a column for the beginning and one for the end."""
    cells = ((57, "5 June 2023"), (150, "09:30"), (200, "11:00 am"), (250, "Opening Webinar"))
    page = [
        Line(n, 1, text, Box(x0, 100.0, x0 + 40.0, 110.0, 9.0, "Body", "000000"))
        for n, (x0, text) in enumerate(cells, start=1)
    ]
    marks = [LineMark(kind) for kind in ("date", "time", "time", "text")]
    assert beside_times(page, marks, range(4)) == []


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(month_on_a_page(), id="numbers on the left"),
        pytest.param(month_on_a_page(numbers_right=True), id="numbers on the right"),
        pytest.param(month_on_the_web(), id="on the web"),
    ],
)
def test_a_month_as_a_grid_of_days(page: bytes) -> None:
    """What stands below a number and above the next week is of its day; all days are shown."""
    events, _, days = found_in(page)
    assert [(e.date, e.title, e.time_text) for e in events] == [
        ("2023-05-04", "Webinar: water in dense cities", "10:00–11:30"),
        ("2023-05-09", "Deadline for study visits", ""),
        ("2023-05-16", "Partners' call", "09:00–10:00"),
        ("2023-05-16", "Workshop on trees", "14:00–15:30"),
        ("2023-05-31", "Closing talk", "13:00–14:00"),
    ]
    assert [d.date for d in days] == [f"2023-05-{day:02}" for day in range(1, 32)]
    assert sum(d.events for d in days) == len(events)
    roles = {line.text: line.role for line in read(page, "month/page").lines}
    assert roles["Events in May 2023"] == "calendar"


def test_the_numbers_of_pages_are_no_month() -> None:
    """A grid of days has the weekdays as heads."""
    text = "Annual report\nMay 2023\n\n" + "".join(
        f"Words of a page.\n\n{n}\n" for n in range(1, 32)
    )
    assert not looks_like_calendar(document(text), calendars())
    heads = "Mon\nTue\nWed\nThu\nFri\nSat\nSun\n"
    assert looks_like_calendar(document(text.replace("\n\n", f"\n\n{heads}", 1)), calendars())


def test_cells_in_the_middle_of_their_rows() -> None:
    """The lines of a title lie around the level of its time."""
    cells = (
        (57, 205, "4月22日"), (130, 112, "10:00-11:00"), (130, 166, "15:00"),
        (210, 100, "会见南特都市区副主席一行，"), (210, 112, "商谈城市更新与水环境治理"), (210, 124, "合作"),
        (210, 160, "赴高新区调研外资企业服务"), (210, 172, "需求"),
        (400, 112, "迎宾馆"), (400, 166, "高新区"),
    )  # fmt: skip
    page = [
        Line(n, 1, text, Box(x0, top, x0 + 60.0, top + 9.0, 9.0, "Body", "000000"))
        for n, (x0, top, text) in enumerate(cells, start=1)
    ]
    marks = [LineMark(kind) for kind in ("date", "time", "time", *["text"] * 7)]
    found = around_times(page, marks, range(len(page)))
    said = [["".join(page[p.line - 1].text for p in event.title), *(page[i].text for i in event.body)]
            for event in found]  # fmt: skip
    assert said == [
        ["会见南特都市区副主席一行，商谈城市更新与水环境治理合作", "迎宾馆"],
        ["赴高新区调研外资企业服务需求", "高新区"],
    ]
