"""Calendar pages as programs save them and as agendas print them: one line may hold several things."""

from __future__ import annotations

import pytest

from pipeline.records import Event
from tests.documents import read

MARKDOWN = """# Twin towns: activities, January to March 2024

## January

### Wednesday 17 January 2024

- 10:00–11:30 **Peer review of the climate plans**
  - Place: online
  - Objectives:
    1. Compare the drafts
    2. Write comments
  - Participants:
    - Climate officers

## February

### Thursday 22 February 2024

- 09:00–12:00 **Writing workshop for the report**
- 15:00–16:00 **Language café: Chinese for beginners**
  - Place: City Library

---

Questions? Write to the secretariat.
"""

OUTLOOK = """Calendar: International relations
Exported: 07/11/2022 08:14
Time zone: (UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna

-----------------------------------------

Subject:\tWorking group on electric buses
Location:\tOnline

Start:\tTue 08/11/2022 09:00
End:\tTue 08/11/2022 10:30
Show Time As:\tBusy

Second meeting of the group.

Participants:
*\tPublic transport company
*\tUniversity

-----------------------------------------

Subject:\tStudy visit by the delegation
Location:\tTown Hall

Start:\tThu 17/11/2022 13:00
End:\tSat 19/11/2022 12:00
"""

POST = """活动预告 | 2021年9月城市合作活动一览
友城之窗  2021-08-31 17:30

(文中时间均为北京时间)

★ 9月7日(周二)
【线上研讨会】雨洪管理
时间:16:00—18:00
平台:视频会议
参加人员:
1、住建部门代表
2、设计院专家

★ 9月16日(周四)
【线上讲座】城市的碳中和之路
时间:晚7点—8点半

★ 9月28日(周二)
【工作会议】季度通报会
时间:16:00开始

报名方式:发送邮件
"""

AGENDA = """Kick-off of the programme
Ghent, 5 and 6 June 2023

Monday 5 June 2023

09:30 Registration and coffee
10:00 – 10:45 Opening by the Deputy Mayor
14:00 – 16:00: Parallel workshops

Tuesday 6 June 2023

9:00-12:00 Site visit to the new harbour
12:00 Lunch
"""

BOTH_LANGUAGES = """<html><body><h1>2023年11月活动安排</h1><p>Activities, November 2023</p>
<table><tr><td><p>日期</p><p>Date</p></td><td><p>时间(北京时间)</p><p>Time (Beijing)</p></td>
<td><p>活动名称</p></td><td><p>Event</p></td><td><p>参加单位</p></td><td><p>Participants</p></td></tr>
<tr><td><p>11月8日</p><p>8 November</p></td><td><p>15:30-17:00</p></td><td><p>绿色制造技术交流会</p></td>
<td><p>Technical Exchange on Green Manufacturing</p></td><td><p>市工业局</p><p>开发区</p></td>
<td><p>Bureau of Industry</p><p>Development Zone</p></td></tr>
<tr><td rowspan="2"><p>11月15日</p><p>15 November</p></td><td><p>9:00-11:30</p></td>
<td><p>历史街区专题研讨会</p></td><td><p>Seminar on Historic Quarters</p></td>
<td><p>市规划局</p></td><td><p>Bureau of Planning</p></td></tr>
<tr><td><p>16:00-17:30</p></td><td><p>与友城视频会谈</p></td><td><p>Video Talks with the Twin City</p></td>
<td><p>市外事办公室</p></td><td><p>Foreign Affairs Office</p></td></tr>
</table></body></html>
"""

WITH_PARTICIPANTS = """Programme of the exchange week, May 2023

Date      Time           Event                   Participants
22 May    14:00-17:30    Arrival and welcome     All delegates
23 May    09:00-10:00    Opening ceremony        Mayors and heads of delegation
          10:30-12:00    Round table on parks    Experts from universities
"""

Told = list[tuple[str, str, str, str | None, str | None]]


def told(events: tuple[Event, ...]) -> Told:
    """Of each event its day, title, printed time, and instants."""
    return [(e.date, e.title, e.time_text, e.start_utc, e.end_utc) for e in events]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            MARKDOWN,
            [
                ("2024-01-17", "Peer review of the climate plans", "10:00–11:30",
                 "2024-01-17T09:00:00Z", "2024-01-17T10:30:00Z"),
                ("2024-02-22", "Writing workshop for the report", "09:00–12:00",
                 "2024-02-22T08:00:00Z", "2024-02-22T11:00:00Z"),
                ("2024-02-22", "Language café: Chinese for beginners", "15:00–16:00",
                 "2024-02-22T14:00:00Z", "2024-02-22T15:00:00Z"),
            ],
            id="a list in Markdown",
        ),
        pytest.param(
            OUTLOOK,
            [
                ("2022-11-08", "Working group on electric buses", "09:00",
                 "2022-11-08T08:00:00Z", "2022-11-08T09:30:00Z"),
                ("2022-11-17", "Study visit by the delegation", "13:00",
                 "2022-11-17T12:00:00Z", "2022-11-19T11:00:00Z"),
            ],
            id="items with a start and an end",
        ),
        pytest.param(
            POST,
            [
                ("2021-09-07", "【线上研讨会】雨洪管理", "16:00—18:00",
                 "2021-09-07T08:00:00Z", "2021-09-07T10:00:00Z"),
                ("2021-09-16", "【线上讲座】城市的碳中和之路", "晚7点—8点半",
                 "2021-09-16T11:00:00Z", "2021-09-16T12:30:00Z"),
                ("2021-09-28", "【工作会议】季度通报会", "16:00开始", "2021-09-28T08:00:00Z", None),
            ],
            id="a post with stars",
        ),
        pytest.param(
            AGENDA,
            [
                ("2023-06-05", "Registration and coffee", "09:30", "2023-06-05T07:30:00Z", None),
                ("2023-06-05", "Opening by the Deputy Mayor", "10:00 – 10:45",
                 "2023-06-05T08:00:00Z", "2023-06-05T08:45:00Z"),
                ("2023-06-05", "Parallel workshops", "14:00 – 16:00",
                 "2023-06-05T12:00:00Z", "2023-06-05T14:00:00Z"),
                ("2023-06-06", "Site visit to the new harbour", "9:00-12:00",
                 "2023-06-06T07:00:00Z", "2023-06-06T10:00:00Z"),
                ("2023-06-06", "Lunch", "12:00", "2023-06-06T10:00:00Z", None),
            ],
            id="an agenda",
        ),
    ],
)  # fmt: skip
def test_one_line_may_hold_a_time_and_a_title(text: str, expected: Told) -> None:
    """Or a label with the day and the time at which an event begins, above that of its end."""
    assert told(read(text.encode()).events) == expected


def test_lists_below_an_entry_are_of_its_event() -> None:
    """A lead may be an entry itself, and a place is none."""
    items = read(MARKDOWN.encode()).event_items
    assert [(i.list, i.position, i.text) for i in items] == [
        ("objectives", 1, "Compare the drafts"),
        ("objectives", 2, "Write comments"),
        ("participants", 1, "Climate officers"),
    ]


@pytest.mark.parametrize(
    ("start", "told_by", "date"),
    [
        ("Tue 08/11/2022 09:00", "Start: Wed 09/11/2022 10:00", "2022-11-08"),
        ("08/11/2022 09:00", "Start: 28/11/2022 10:00", "2022-11-08"),
        ("08/11/2022 09:00", "Start: 11/28/2022 10:00", "2022-08-11"),
        ("08/11/2022 09:00", "", None),
        ("Fri 08/11/2022 09:00", "", None),
    ],
)
def test_the_page_tells_whether_the_day_stands_first(
    start: str, told_by: str, date: str | None
) -> None:
    """By a weekday that fits one reading alone, or by a number above 12; else nobody knows."""
    text = f"Subject: Talk on water\nStart: {start}\n\nSubject: Talk on fire\n{told_by}\n"
    found = [e.date for e in read(text.encode()).events if e.title == "Talk on water"]
    assert found == ([date] if date else [])


def test_each_title_in_two_languages() -> None:
    """It is an event in each, with one time, the other's id, and the list in its language."""
    records = read(BOTH_LANGUAGES.encode(), "month/page.html")
    titles = {e.event_id: e.title for e in records.events}
    assert [(e.language, e.title, titles[e.translation_of or ""]) for e in records.events] == [
        ("zh", "绿色制造技术交流会", "Technical Exchange on Green Manufacturing"),
        ("en", "Technical Exchange on Green Manufacturing", "绿色制造技术交流会"),
        ("zh", "历史街区专题研讨会", "Seminar on Historic Quarters"),
        ("en", "Seminar on Historic Quarters", "历史街区专题研讨会"),
        ("zh", "与友城视频会谈", "Video Talks with the Twin City"),
        ("en", "Video Talks with the Twin City", "与友城视频会谈"),
    ]
    assert [(titles[i.event_id][:9], i.list, i.text) for i in records.event_items] == [
        ("绿色制造技术交流会", "participants", "市工业局"),
        ("绿色制造技术交流会", "participants", "开发区"),
        ("Technical", "participants", "Bureau of Industry"),
        ("Technical", "participants", "Development Zone"),
        ("历史街区专题研讨会", "participants", "市规划局"),
        ("Seminar o", "participants", "Bureau of Planning"),
        ("与友城视频会谈", "participants", "市外事办公室"),
        ("Video Tal", "participants", "Foreign Affairs Office"),
    ]


def test_a_column_of_participants_is_a_list() -> None:
    """Each row has the entries of its event."""
    records = read(WITH_PARTICIPANTS.encode())
    titles = {e.event_id: e.title for e in records.events}
    assert [(titles[i.event_id], i.list, i.text) for i in records.event_items] == [
        ("Arrival and welcome", "participants", "All delegates"),
        ("Opening ceremony", "participants", "Mayors and heads of delegation"),
        ("Round table on parks", "participants", "Experts from universities"),
    ]


def test_a_time_inside_a_text_begins_no_event_where_times_stand_alone() -> None:
    """The programme of one event is part of it."""
    text = (
        "June 3, 2022\n\nStudy visit to the harbour\n\n9:00-12:00\n\nWhat we shall do:\n"
        "9:00 Welcome at the gate\n\nJune 4, 2022\n\nFarewell\n\n10:00-11:00\n"
    )
    assert [e.title for e in read(text.encode()).events] == [
        "Study visit to the harbour",
        "Farewell",
    ]
