"""Calendar pages as other offices make them: lists with labels, tables, months, two languages."""

from __future__ import annotations

import pytest

from pipeline.knowledge.calendars import calendars
from pipeline.model import Box, Line
from pipeline.records import CalendarDay, Event, EventItem
from pipeline.segment.calendar import looks_like_calendar, segment_calendar
from pipeline.segment.calendar.columns import beside_times
from pipeline.segment.calendar.lines import LineMark
from tests.documents import document, read
from tests.editions.calendar_grid import month_on_a_page, month_on_the_web
from tests.editions.calendar_table import week_in_a_table

MONTH = """Skip to content
Home
Events for October 2023
Find Events
October 2023

Tue
3
October 3 @ 10:00 am - 11:30 am CEST
Cooperation Calls 2024
Online
A short introduction to the two calls that open in January.

Thu
12
October 12
Deadline for Study Visit Applications
Cities that wish to host a visit send their form.

Tue
17
October 17 @ 9:00 am - October 19 @ 5:00 pm CEST
Study Visit: A Delegation in Turin
Three days of site visits.
Objectives
• Share results
• Find partners
Participants
• City planners

Previous Events
Today
Next Events
Subscribe to calendar
"""

FORM = """滨海新城国际合作办公室
2023年11月国际城市合作活动安排

各有关单位：
    现将我办11月活动安排印发给你们。

活动一
日期：2023年11月6日（星期一）
时间：15:00—17:00
地点：行政中心2号楼301会议室
主题：中欧城市可持续交通研讨会

活动二
日期：2023年11月21日（星期二）
时间：全天
地点：滨海科技园
主题：绿色建筑示范项目现场考察
参会人员：
1. 市规划局负责同志
2. 企业代表

注：以上时间均为北京时间。
联系人：陈女士

滨海新城国际合作办公室
2023年10月27日
"""

TWO_LANGUAGES = """一周活动
The Week Ahead

2024年3月4日-3月10日
4 March - 10 March 2024

3月4日 星期一 / Monday, 4 March 2024

无活动 / No events

3月5日 星期二 / Tuesday, 5 March 2024

线上研讨会：公园城市

北京时间 16:00-17:30

两座城市将介绍如何把公园连成网络。

Webinar: Park Cities

09:00-10:30 CET

Two cities will show how they connect parks.

3月8日 星期五 / Friday, 8 March 2024

2025年征集截止

各城市须在当日提交。

Deadline: Expressions of Interest

Cities submit their expression of interest on this day.
"""

ROWS = """Calendar of events, June 2023
All times are CEST.

Date | Time | Event | Place
5 June 2023 | 09:30 - 11:00 | Opening Webinar | Online
7 June 2023 | 14:00 - 15:00 | Steering Group | Lyon
9 June 2023 | 10:00 - 11:30 | Training Session | Online
"""

NEWSLETTER = """THE LINKS NEWSLETTER
No. 14

* On 18 April more than sixty people joined our webinar on river parks.

UPCOMING EVENTS - MAY AND JUNE 2024

14 May | 10:00-11:30 CEST | Webinar: Financing district heating

16 May | 09:00-10:30 CEST | Webinar: Sharing data for cleaner air - lessons
                            from Krakow and Shijiazhuang

27 June | time to be confirmed | Annual assembly 2024, Lyon
    Programme and hotel list follow in the next issue.
"""

TITLES_ABOVE = """Twin Regions Network

Upcoming events

Times are given in Brussels time.



Webinar: Skills for green jobs

Tuesday, 14 March 2023 | 10:00 am – 11:30 am (Brussels time)

Two regions show how they trained people.

Who should attend:

• Regional employment services



CANCELLED: Round table on hydrogen

Thursday, 16 March 2023 | 2:00 pm – 4:00 pm (Brussels time)

We are sorry that this round table cannot take place.
"""

NUMBERED = """2023年9月份对外合作活动预告

发布时间：2023-08-31

　　现将9月份主要对外合作活动预告如下：

一、中欧城市绿色建筑技术交流会

　　时间：9月5日（星期二）上午9:00-11:30（北京时间）

　　地点：市会议中心三楼多功能厅

　　活动内容：

　　1.介绍既有建筑节能改造的经验做法

　　2.讨论老旧小区改造试点项目的合作方式

二、友好城市图片展

　　时间：9月20日（星期三）

　　地点：市图书馆一楼展厅

市人民政府外事办公室
2023年8月31日

上一篇：2023年8月份对外合作活动预告
"""

VISIT = """STUDY VISIT TO GHENT

16-18 October 2023

All times are local time in Ghent, Belgium (CEST).


Day 1 – Monday 16 October 2023
------------------------------

09:00 – 09:30   Welcome at the City Hall
                - Words of welcome
                - Introduction of the delegations

11:15 – 12:30   Walk through the pedestrian zone


Day 2 – Tuesday 17 October 2023
-------------------------------

19:00           Dinner hosted by the City of Ghent
"""

TRADITIONAL = """港歐城市合作計劃
2023年5月活動行事曆

（時間均為香港時間）

5月4日（四）10:00–11:30
網上研討會：歐洲城市的電動巴士採購經驗
地點：Zoom 網上會議

5月9日（二）下午2時30分至4時
分享會：社區園圃與城市農業
地點：灣仔會議展覽中心
對象：
1. 規劃及建築專業人士
2. 大專院校師生
"""

WEB_TABLE = """<html><body><h1>Events in November 2022</h1>
<table><tr><th>Date</th><th>Time (CET)</th><th>Event</th><th>Organiser</th></tr>
<tr><td>Thu 3 November</td><td>09:30 – 11:00</td><td>Webinar: Circular economy</td><td>Secretariat</td></tr>
<tr><td rowspan="2">Tue 8 November</td><td>10:00 – 12:00</td><td>Peer review session</td><td>Turin</td></tr>
<tr><td>14:00 – 15:30</td><td>Matchmaking clinic</td><td>Secretariat</td></tr>
<tr><td>Wed 30 November</td><td>–</td><td>Deadline for cooperation plans</td><td>All</td></tr>
</table></body></html>
"""

Found = tuple[tuple[Event, ...], tuple[EventItem, ...], tuple[CalendarDay, ...]]


def found_in(text: str | bytes) -> Found:
    """The events, entries and days of a page that is known for a calendar."""
    data = text.encode() if isinstance(text, str) else text
    records = read(data, "week/page.txt" if isinstance(text, str) else "week/page.pdf")
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
