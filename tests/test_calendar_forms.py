"""Calendar pages as programs save them and as agendas print them: one line may hold several things."""

from __future__ import annotations

import pytest

from pipeline.knowledge.calendars import calendars
from pipeline.records import Event
from pipeline.segment.calendar import looks_like_calendar
from tests.documents import document, read
from tests.editions.calendar_pages import (
    AGENDA,
    BOTH_LANGUAGES,
    DATES_BEFORE_TITLES,
    DATES_BEHIND_TITLES,
    MARKDOWN,
    OUTLOOK,
    PLACES_BESIDE_TIMES,
    POST,
    SEVERAL_DAYS,
    SEVERAL_DAYS_WITH_LABELS,
    WITH_PARTICIPANTS,
)

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
        pytest.param(
            DATES_BEFORE_TITLES,
            [
                ("2023-05-03", "Opening webinar: heat in cities", "10:00–11:30 CEST",
                 "2023-05-03T08:00:00Z", "2023-05-03T09:30:00Z"),
                ("2023-06-14", "Workshop on urban forests, Utrecht", "", None, None),
                ("2023-06-26", "Call for partners", "9:00-10:00 CEST",
                 "2023-06-26T07:00:00Z", "2023-06-26T08:00:00Z"),
                ("2023-10-12", "Study visit for planners, Graz", "", None, None),
            ],
            id="dates before titles",
        ),
        pytest.param(
            DATES_BEHIND_TITLES,
            [
                ("2023-05-09", "Webinar: Heat plans", "10:00–11:30 (CEST)",
                 "2023-05-09T08:00:00Z", "2023-05-09T09:30:00Z"),
                ("2023-05-11", "Workshop on trees", "14:00–16:00 (CEST)",
                 "2023-05-11T12:00:00Z", "2023-05-11T14:00:00Z"),
                ("2023-05-26", "Assembly", "all day", None, None),
            ],
            id="dates behind titles",
        ),
    ],
)  # fmt: skip
def test_one_line_may_hold_a_time_and_a_title(text: str, expected: Told) -> None:
    """Or a label with the day and the time at which an event begins, above that of its end."""
    assert told(read(text.encode()).events) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            SEVERAL_DAYS,
            [
                ("2023-06-05", "2023-06-07", "Study visit to Turin", "5–7 June 2023"),
                ("2023-06-14", None, "Webinar: Heat plans", "2–3.30pm CEST"),
                ("2023-06-28", "2023-06-29", "Annual conference", "28-29 June 2023"),
            ],
            id="as heads",
        ),
        pytest.param(
            SEVERAL_DAYS_WITH_LABELS,
            [
                ("2023-05-16", "2023-05-18", "中欧城市更新论坛", "2023年5月16日至18日"),
                ("2023-05-23", None, "绿色建筑线上研讨会", "下午3:00"),
                ("2023-06-05", "2023-06-09", "青年交流营", "2023年6月5日—9日"),
            ],
            id="with labels",
        ),
    ],
)
def test_an_event_of_several_days(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    """It is one of its first day, and the days stand where a time would."""
    events = read(text.encode()).events
    assert [(e.date, e.last_date, e.title, e.time_text) for e in events] == expected


def test_a_place_beside_a_time_is_no_title() -> None:
    """The title stands above, below the date."""
    events = read(PLACES_BESIDE_TIMES.encode(), "list/page.html").events
    assert [(e.date, e.title, e.time_text, e.description) for e in events] == [
        ("2023-05-12", "Webinar on water", "15:00 - 16:30 (CEST)",
         "Online\nTwo cities present their work."),
        ("2023-05-17", "Peer review in Oulu", "09:00 - 17:00 (EEST)", "Oulu"),
        ("2023-06-01", "Deadline for visits", "", "Online"),
    ]  # fmt: skip


def test_dates_in_a_text_are_no_events() -> None:
    """A few lines of a brochure may begin or end with a date."""
    line = "The city works with its partners on clean water and trees"
    text = "\n".join([*[line] * 20, "12 May 2019: Memorandum signed", *[line] * 20,
                      "3 June 2020: First visit to Turin", "Last change of data: 4 May 2021"])  # fmt: skip
    assert not looks_like_calendar(document(text), calendars())


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
        ("Fri 00/11/2022 09:00", "Fri 11/00/2022", None),
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
