"""Agendas as sites, mails, posts and offices print them: badges, ranges, weeks, tables, Markdown."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.documents import read

Told = list[tuple[str, str | None, str, str | None]]


def told(text: str | bytes, name: str = "test/agenda.txt") -> Told:
    """Of each event its first and last day, its title and its beginning."""
    data = text.encode() if isinstance(text, str) else text
    return [(e.date, e.last_date, e.title, e.start_utc) for e in read(data, name).events]


# ---------------------------------------------------------------- badges


def test_badges_of_several_lines() -> None:
    """Day, month and year on lines of their own; the year of the page holds where none is printed."""
    page = """What's on: Spring 2025

12
MAR
Public lecture: two rivers compared
5:30 pm – 7:00 pm
Aula Magna

03
APR
–
05
APR
Graduate conference
Conference Centre North

30
APR
Alumni evening
"""
    assert told(page) == [
        ("2025-03-12", None, "Public lecture: two rivers compared", "2025-03-12T16:30:00Z"),
        ("2025-04-03", "2025-04-05", "Graduate conference", None),
        ("2025-04-30", None, "Alumni evening", None),
    ]


def test_what_kind_an_event_is_of_stands_above_its_title() -> None:
    """Where times stand below the second line of most entries, the first one is no title."""
    page = """15-16
JAN
2026
Conferences
Urban Dialogue of two continents
Bilbao, Spain
22
JAN
2026
Info days
Second call for city pairings
Thursday 22 January 2026, 10:00 - 12:30 (CET)
Online only
03
FEB
2026
Training
Indicators for circular districts
Tuesday 3 February 2026, 14:00 - 16:00 (CET)
Online only
"""
    assert told(page) == [
        ("2026-01-15", "2026-01-16", "Urban Dialogue of two continents", None),
        ("2026-01-22", None, "Second call for city pairings", "2026-01-22T09:00:00Z"),
        ("2026-02-03", None, "Indicators for circular districts", "2026-02-03T13:00:00Z"),
    ]


def test_one_badge_is_none() -> None:
    """A number above the name of a month is as likely to be that of a page."""
    assert told("Report\n12\nMay\nThe city has grown.\n") == []


# ---------------------------------------------------------------- several days


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("10月17日（星期五）至10月19日（星期日）", ("2025-10-17", "2025-10-19")),
        ("三、10月17日（五）至19日（日）", ("2025-10-17", "2025-10-19")),
        ("10月17日—19日（周一闭馆）", ("2025-10-17", "2025-10-19")),
        ("10月17日至19日　星期五至星期日", ("2025-10-17", "2025-10-19")),
        ("Friday 17 October to Sunday 19 October", ("2025-10-17", "2025-10-19")),
        ("From 17 to 19 October", ("2025-10-17", "2025-10-19")),
        ("Du 17 au 19 octobre", ("2025-10-17", "2025-10-19")),
        ("Du vendredi 17 au dimanche 19 octobre", ("2025-10-17", "2025-10-19")),
        ("Du 30 octobre au 2 novembre", ("2025-10-30", "2025-11-02")),
        ("Vom 17. bis 19. Oktober", ("2025-10-17", "2025-10-19")),
        ("Del 17 al 19 de octubre", ("2025-10-17", "2025-10-19")),
    ],
)  # fmt: skip
def test_days_of_an_event(line: str, days: tuple[str, str]) -> None:
    """Weekdays, words around them, the number of an entry and a note behind change nothing."""
    page = f"Agenda 2025\n\n{line}\n《Open doors》\n\n5 November 2025\nRiver summit\n\n7 November 2025\nLake summit\n"
    assert told(page)[0][:3] == (*days, "《Open doors》")


def test_several_days_with_other_days_inside() -> None:
    """Among dates of events, several days are those of an event, though another day lies in them."""
    page = """Event
19.09.2024 – 29.09.2024
European Film Festival
Urgoo Cinema

Event
26.09.2024, 14:30 – 17:00
Day of Languages
Library

Event
08.10.2024
Business Forum
"""
    assert [row[:3] for row in told(page)] == [
        ("2024-09-19", "2024-09-29", "European Film Festival"),
        ("2024-09-26", None, "Day of Languages"),
        ("2024-10-08", None, "Business Forum"),
    ]


def test_a_week_that_heads_its_days_is_no_event() -> None:
    """What stands below the days of a week is of them."""
    page = (
        "29 May – 4 June 2022\nThis week\n29 May\nRiver summit\n10:00\n2 June\nLake summit\n11:00\n"
    )
    assert [row[0] for row in told(page)] == ["2022-05-29", "2022-06-02"]


# ---------------------------------------------------------------- years and dates


def test_years_of_the_republic() -> None:
    """114年 is 2025 where a page in Taiwan says so, and weekdays are held to it."""
    page = """114年第4季國際交流活動一覽

發布日期：114年9月22日

一、10月3日（星期五）上午9時30分
  「姊妹市青年論壇」開幕式
  地點：市立圖書館

二、10月9日（星期四）下午2時至4時
  美國訪問團座談會
  地點：市政中心

三、11月29日至12月7日
  觀光物產展
"""
    assert [row[:3] for row in told(page.encode("big5"))] == [
        ("2025-10-03", None, "「姊妹市青年論壇」開幕式"),
        ("2025-10-09", None, "美國訪問團座談會"),
        ("2025-11-29", "2025-12-07", "觀光物產展"),
    ]


MAIL = """Von:      Europabüro <europabuero@stadt.example>
An:       verteiler@stadt.example
Datum:    Mo, 3. März 2025 10:12
Betreff:  Rundmail 3/2025

Liebe Freundinnen und Freunde, hier die nächsten Termine.

* Do., 13.03., 18.30 Uhr
  Bürgerdialog: Was bringt die Förderung?
  Altes Rathaus

* Fr., 4.4., bis So., 6.4.
  Jugendbegegnung Besançon
  Jugendherberge

* Di., 15.04., 20 Uhr
  Vortrag und Gespräch: Shenyang heute, Eindrücke einer
  Fachkräftereise
  VHS, Raum 204
"""


def test_a_mail_with_days_and_months_in_numbers() -> None:
    """13.03. is a date beside weekdays; the year is that of the mail, whose own date is no day."""
    assert told(MAIL) == [
        ("2025-03-13", None, "Bürgerdialog: Was bringt die Förderung?", "2025-03-13T17:30:00Z"),
        ("2025-04-04", "2025-04-06", "Jugendbegegnung Besançon", None),
        (
            "2025-04-15",
            None,
            "Vortrag und Gespräch: Shenyang heute, Eindrücke einer Fachkräftereise",
            "2025-04-15T18:00:00Z",
        ),
    ]


def test_numbers_of_chapters_are_no_dates() -> None:
    """Without weekdays beside them, 3.1. and 3.2. say nothing of days."""
    page = "Report 2025\n\n3.1. The harbour\nIt grew.\n\n3.2. The airport\nIt grew as well.\n\n3.3. Trams\n"
    assert told(page) == []


# ---------------------------------------------------------------- lists and tables


def test_titles_above_dates_with_places() -> None:
    """What stands behind the date is where; the title is the heading above it."""
    page = """### [Cool Streets](https://hub.example/heat)

**Tue, Jun 10, 2025, 4:00 PM** · Online
From $0.00

### [Climate Breakfast](https://hub.example/lagos)

**Wed, Jun 18, 2025, 7:30 AM – 9:00 AM** · Convention Centre, Lagos

### [Regional Forum](https://hub.example/forum)

**Jun 24 – 26, 2025** · Suwon, Republic of Korea
"""
    assert [row[:3] for row in told(page, "test/agenda.md")] == [
        ("2025-06-10", None, "Cool Streets"),
        ("2025-06-18", None, "Climate Breakfast"),
        ("2025-06-24", "2025-06-26", "Regional Forum"),
    ]


def test_a_week_as_a_table() -> None:
    """Weekday and number are a day of the week above; a cell may hold several rows or days."""
    page = """<h2>Week commencing 16 June 2025</h2><table>
    <tr><th>Day<th>Time<th>Engagement<th>Venue
    <tr><th rowspan=2>Monday 16<td>9.15am<td>Briefing by the office<td>Parlour
    <tr><td>noon to 1.30pm<td>Lunch for the Ambassador<td>Mansion House
    <tr><th>Tuesday 17<td colspan=3>No public engagements
    <tr><th>Friday 20 to Sunday 22<td>All day<td>Dragon Boat Festival<td>Old Docks
    <tr><th>Friday 21<td>9am<td>Wrong weekday<td>Nowhere</table>"""
    found = read(page.encode(), "test/diary.html")
    events = [(e.date, e.last_date, e.title, e.start_utc) for e in found.events]
    assert events[:3] == [
        ("2025-06-16", None, "Briefing by the office", "2025-06-16T07:15:00Z"),
        ("2025-06-16", None, "Lunch for the Ambassador", "2025-06-16T10:00:00Z"),
        ("2025-06-20", "2025-06-22", "Dragon Boat Festival", None),
    ]
    assert [(d.date, d.events) for d in found.calendar_days][1] == ("2025-06-17", 0)
    assert "2025-06-21" not in {d.date for d in found.calendar_days}


def test_a_title_that_wraps_in_a_mail() -> None:
    """A line that is as wide as others goes on, where the next word would not have fitted."""
    page = """Dear members, thank you for the splendid turnout at our New Year party.
Two hundred dumplings did not last an hour!

Monday 3 March 2025, 10:00-12:00: Reception for the Hangzhou education
delegation, Civic Hall

Saturday 8 March 2025, 2.00 pm: Calligraphy for beginners, Library
Please bring a brush.

Sunday 27 April 2025: Stall at the fair
"""
    assert [row[2] for row in told(page)] == [
        "Reception for the Hangzhou education delegation, Civic Hall",
        "Calligraphy for beginners, Library",
        "Stall at the fair",
    ]


def test_each_title_in_two_languages_above_its_time() -> None:
    """The Chinese title stands above the English one; an event without a second title has one."""
    entry = "{}\n{}\n\n🕒 时间：5月{}日（周六）14:30-16:30\n📍 地点：二层报告厅\n\n"
    page = (
        "活动预告\n2024年4月26日 17:30 四川\n\n"
        + entry.format("慢设计：丹麦住区的五十年", "Slow Design: Fifty Years of Housing", 11)
        + entry.format("肉桂卷烘焙工作坊", "Cinnamon Bun Workshop", 18)
        + entry.format("露天电影：海边的修表匠", "The Watchmaker by the Sea", 25)
    )
    assert [(row[0], row[2]) for row in told(page)] == [
        ("2024-05-11", "慢设计：丹麦住区的五十年"),
        ("2024-05-11", "Slow Design: Fifty Years of Housing"),
        ("2024-05-18", "肉桂卷烘焙工作坊"),
        ("2024-05-18", "Cinnamon Bun Workshop"),
        ("2024-05-25", "露天电影：海边的修表匠"),
        ("2024-05-25", "The Watchmaker by the Sea"),
    ]


ROWS = [
    (["Tue 4 Feb 2025", "15:00–17:00"], ["Information session on the", "new Export Law"],
     ["Shanghai,", "Kerry Centre"]),
    (["13–14 Feb 2025"], ["Forum on District Heating", "and Energy Storage"], ["Harbin"]),
    (["Wed 26 Feb", "2025", "8:30 am"], ["Executive Breakfast"], ["Beijing, Hotel", "Éclat"]),
]  # fmt: skip


@pytest.mark.parametrize("middle", [False, True])
@pytest.mark.parametrize("order", ["rows", "columns"])
def test_a_table_of_wrapped_cells(middle: bool, order: str) -> None:
    """In a PDF cells are told by their places, in whatever order they are drawn."""
    drawn: list[tuple[float, float, str]] = [
        (60.0, 100.0, "Date"),
        (180.0, 100.0, "Event"),
        (360.0, 100.0, "Place"),
    ]
    top = 125.0
    for row in ROWS:
        height = 12.0 * max(map(len, row))
        for x, cell in zip((60.0, 180.0, 360.0), row, strict=True):
            start = top + (height - 12.0 * len(cell)) / 2 * middle
            drawn += [(x, start + 12.0 * n, line) for n, line in enumerate(cell)]
        top += height + 10
    if order == "columns":
        drawn.sort()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(60, A4[1] - 60, "Calendar of activities")
    for x, y, line in drawn:
        canvas.drawString(x, A4[1] - y, line)
    canvas.save()
    found = read(buffer.getvalue(), "test/table.pdf").events
    assert [(e.date, e.last_date, e.title, e.time_text) for e in found] == [
        ("2025-02-04", None, "Information session on the new Export Law", "15:00–17:00"),
        (
            "2025-02-13",
            "2025-02-14",
            "Forum on District Heating and Energy Storage",
            "13–14 Feb 2025",
        ),
        ("2025-02-26", None, "Executive Breakfast", "8:30 am"),
    ]
    assert [e.description for e in found] == [
        "Shanghai, Kerry Centre",
        "Harbin",
        "Beijing, Hotel Éclat",
    ]


# ---------------------------------------------------------------- events on each of their days

DAY = """
  • {day}
    November {day}, 2022

    Networking Event: Nature-based Solutions

    Nov 15 - 16, 2022

    08:30 -12:00

    Two half-days of exchanges between urban planners on sponge cities.

"""


def test_an_event_that_is_listed_on_each_of_its_days() -> None:
    """It is told once, on its first day, with the last one, and its days are no text of it."""
    page = (
        "November 2022\n"
        + DAY.format(day=15)
        + DAY.format(day=16)
        + "  • 17\n    November 17, 2022\n    No events\n"
    )
    found = read(page.encode(), "test/calendar.txt")
    assert [(e.date, e.last_date, e.title, e.time_text) for e in found.events] == [
        ("2022-11-15", "2022-11-16", "Networking Event: Nature-based Solutions", "08:30 -12:00")
    ]
    assert [e.description for e in found.events] == [
        "Two half-days of exchanges between urban planners on sponge cities."
    ]
    assert [(d.date, d.events) for d in found.calendar_days] == [
        ("2022-11-15", 1), ("2022-11-16", 0), ("2022-11-17", 0),
    ]  # fmt: skip
    assert "unassigned_line" not in {f.check for f in found.findings}


def test_an_event_that_began_before_the_page() -> None:
    """Nothing is lost where the first day is not on the page."""
    page = "November 2022\n" + DAY.format(day=16) + "  • 17\n    November 17, 2022\n    No events\n"
    assert [row[:3] for row in told(page)] == [
        ("2022-11-16", None, "Networking Event: Nature-based Solutions")
    ]


def test_numbered_days_of_an_event() -> None:
    """`(Day 2/3)` behind a title says that the event is the one of the day before."""
    page = """September 2025
Search
Schedule

8
SEP, MON
9:30 – 11am
Steering Committee
Microsoft Teams

17
SEP, WED
All day
World Port Days (Day 1/2)
Hamburg Messe

18
SEP, THU
All day
World Port Days (Day 2/2)
Hamburg Messe
7:30pm
Networking Dinner
"""
    assert told(page) == [
        ("2025-09-08", None, "Steering Committee", "2025-09-08T07:30:00Z"),
        ("2025-09-17", "2025-09-18", "World Port Days", None),
        ("2025-09-18", None, "Networking Dinner", "2025-09-18T17:30:00Z"),
    ]


def test_sentences_of_a_notice() -> None:
    """Date, place and event of a Chinese sentence, and what it goes on with; a deadline is none."""
    page = """关于做好2024年6月份重要外事活动安排的通知

　　一、6月3日（星期一）上午9:00，在国际会议中心201报告厅举行中欧绿色城市对话会，请组织师生参加。

　　二、6月5日（星期三）下午2:30至5:00，在图书馆报告厅举办“丝路青年说”演讲比赛决赛，请各学院负责组织。

　　三、6月12日至14日，在体育馆举办第六届海外名校交流展，请分批参观。

　　请各单位于5月31日前报送名单。
"""
    found = read(page.encode(), "test/notice.txt").events
    assert [(e.date, e.last_date, e.title, e.description) for e in found] == [
        ("2024-06-03", None, "中欧绿色城市对话会", "国际会议中心201报告厅\n请组织师生参加。"),
        ("2024-06-05", None, "“丝路青年说”演讲比赛决赛", "图书馆报告厅\n请各学院负责组织。"),
        ("2024-06-12", "2024-06-14", "第六届海外名校交流展", "体育馆\n请分批参观。"),
    ]


def test_days_of_a_month_by_weekday_and_number() -> None:
    """Below the title of a month; a weekday that does not fit the number makes no day."""
    page = """Month at a glance · March 2024

Fri 1
European Film Screening
19:00–21:00

Tue 12 – Wed 13
Workshop on Emissions Trading
09:00–17:00

Thu 14
Information Day
14:00–16:30

Fri 21
Wrong weekday
"""
    assert [row[:3] for row in told(page)] == [
        ("2024-03-01", None, "European Film Screening"),
        ("2024-03-12", "2024-03-13", "Workshop on Emissions Trading"),
        ("2024-03-14", None, "Information Day"),
    ]


def test_the_year_of_an_issue() -> None:
    """The month and year of a newsletter tell the year, though the text speaks of a later one."""
    page = """Twin Towns Bulletin
Newsletter of Twinned Towns · Issue 61 · October 2023

Tuesday 10 October, 5.30 pm – 7 pm
Autumn Lecture
Art Gallery

Monday 16 to Friday 20 October
Teachers' Study Week

Thursday 26 October, noon – 1 pm
Online Clinic

The membership fee for 2024 stays at £35.
"""
    assert [row[:3] for row in told(page)] == [
        ("2023-10-10", None, "Autumn Lecture"),
        ("2023-10-16", "2023-10-20", "Teachers' Study Week"),
        ("2023-10-26", None, "Online Clinic"),
    ]


def test_a_time_above_its_title_among_rows() -> None:
    """A long time may have a line of its own; the title stands where those of the rows do."""
    page = """WEEK AHEAD: 13 to 19 January 2025

MONDAY 13 JANUARY

10.00 a.m.   President meets the Ambassador
             Venue: President's office

3.00 p.m. to 4.30 p.m.
             Working Group on Housing
             Venue: Room 62

TUESDAY 14 JANUARY

9.30 a.m.    Launch of the Barometer
"""
    assert [(row[0], row[2]) for row in told(page)] == [
        ("2025-01-13", "President meets the Ambassador"),
        ("2025-01-13", "Working Group on Housing"),
        ("2025-01-14", "Launch of the Barometer"),
    ]


# ---------------------------------------------------------------- what looks like something else

WEEK = """Week commencing 16 June 2025

Monday 16 – Tuesday 17    Retreat of the cabinet
Wednesday 18    9.15am    Briefing of the press
Thursday 19    10.00am    Visit of the port
"""


def test_a_row_of_two_weekdays_without_a_time() -> None:
    """It has its days and no time."""
    assert told(WEEK)[0][:3] == ("2025-06-16", "2025-06-17", "Retreat of the cabinet")


def test_a_week_of_29_february_without_a_year() -> None:
    """It is a day of leap years alone, and no reason to stop."""
    page = "Week of 29 February\n\n1 March 2024\nOpen day\n10:00\n\n2 March 2024\nTalk\n11:00\n"
    assert [e[2] for e in told(page)] == ["Open day", "Talk"]


def test_a_later_week_of_another_year() -> None:
    """The header of a week stays one, however many days have dates of their own."""
    page = """Week of 18 December - 24 December 2023

19 December
Open day
10:00 - 11:00

20 December
Talk on trams
12:00 - 13:00

Week of 3 November - 9 November 2025

5 November
Forum on ports
09:00 - 10:00
"""
    assert [e[0] for e in told(page)] == ["2023-12-19", "2023-12-20", "2025-11-05"]


def test_from_and_to_with_times_are_no_head_of_a_letter() -> None:
    """`From: 10:00` says when, and the date above is that of an event."""
    day = "{} June 2024\n{}\nFrom: 10:00\nTo: 12:00\n\n"
    page = "".join(
        day.format(n, t) for n, t in ((5, "Open day"), (6, "Talk on trams"), (7, "Forum"))
    )
    assert [e[0] for e in told(page)] == ["2024-06-05", "2024-06-06", "2024-06-07"]


def test_an_age_in_years_is_no_year_of_the_republic() -> None:
    """`120年` beside years of the common era counts years."""
    page = """活动日历 2024年
大学建校120年纪念

6月3日（星期一）
开放日
10:00 - 11:00

6月4日（星期二）
讲座
12:00 - 13:00
"""
    assert [e[0] for e in told(page)] == ["2024-06-03", "2024-06-04"]


@pytest.mark.parametrize(
    ("printed", "days"),
    [
        ("5 and 6 June 2024", ("2024-06-05", "2024-06-06")),
        ("5 to 12 June 2024", ("2024-06-05", "2024-06-12")),
        ("5 June and 12 June 2024", None),
    ],
)
def test_two_days_are_no_range_unless_they_follow_one_another(
    printed: str, days: tuple[str, str] | None
) -> None:
    """`and` joins days; what lies between them is none of the event's."""
    page = f"{printed}\nForum on ports\n10:00 - 12:00\n\n20 June 2024\nOpen day\n09:00 - 10:00\n"
    found = [e[:2] for e in told(page) if e[2] == "Forum on ports"]
    assert found == ([days] if days else [])


def test_german_dates_on_lines_of_their_own() -> None:
    """`Mo, 13.03.` is a date, with its last point."""
    page = """Termine 2023

Mo, 13.03.
Tag der offenen Tür
10:00 - 12:00

Di, 14.03.
Vortrag im Rathaus
18:00 - 19:00
"""
    assert [e[:3:2] for e in told(page)] == [
        ("2023-03-13", "Tag der offenen Tür"),
        ("2023-03-14", "Vortrag im Rathaus"),
    ]


@pytest.mark.parametrize(
    ("printed", "days"),
    [
        (["12 December", "30 December", "15 January"], ["2023-12-12", "2023-12-30", "2024-01-15"]),
        (["30 December", "12 December", "15 January"], ["2023-12-30", "2023-12-12", "2023-01-15"]),
        (
            ["15 January", "3 March", "12 December", "15 January"],
            ["2023-01-15", "2023-03-03", "2023-12-12", "2023-01-15"],
        ),
    ],
    ids=["over the new year", "the latest first", "the year once more"],
)
def test_january_after_december_under_one_year(printed: list[str], days: list[str]) -> None:
    """Days that follow one another go on in the next year; in any other order nothing says so."""
    page = "Agenda 2023\n\n" + "".join(
        f"{day}\nMeeting {n} of the network\n10:00\n\n" for n, day in enumerate(printed)
    )
    assert [e[0] for e in told(page)] == days


@pytest.mark.parametrize(
    ("page", "days"),
    [
        (
            "March 2024\n\nTue 5\nOpen day\n10:00\n\nFri 15\nBriefing\n11:00\n\nThu 21\nForum\n12:00\n",
            [("2024-03-05", None), ("2024-03-15", None), ("2024-03-21", None)],
        ),
        (
            (
                "Programme, March 2024\n\n5 – 7 March\nTrade fair\n\nFri 15\nBriefing\n11:00\n\n"
                "Mon 18\nReception\n12:00\n\nThu 21\nForum\n13:00\n"
            ),
            [("2024-03-05", "2024-03-07")] + [(f"2024-03-{n}", None) for n in (15, 18, 21)],
        ),
        (
            "Agenda 2023\n\n12\nDEC\nOpen day\n10:00\n\n30\nDEC\n–\n02\nJAN\nWinter school\n",
            [("2023-12-12", None), ("2023-12-30", "2024-01-02")],
        ),
    ],
    ids=["a month alone above them", "a range amid them", "a badge over the new year"],
)
def test_days_by_weekday_and_number(page: str, days: list[tuple[str, str | None]]) -> None:
    """They are of the month above, whatever else stands between."""
    assert [e[:2] for e in told(page)] == days


def test_text_behind_a_weekday_and_a_number_is_not_lost() -> None:
    """Such a line is no date; what it says is told where nothing understands it."""
    page = "Programme, March 2024\n\nFri 15 Press briefing\nMon 18 Reception at the town hall\n"
    assert "calendar" not in {
        line.role
        for line in read(page.encode(), "test/agenda.txt").lines
        if "briefing" in line.text
    }
