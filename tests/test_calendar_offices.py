"""Calendar pages of offices: notices, newsletters, sheets, months as lists, other languages."""

from __future__ import annotations

import pytest

from pipeline.records import Records
from tests.documents import read
from tests.editions.calendar_pages import (
    BOXES,
    DAY_BY_DAY,
    EVENTS_BY_MONTH,
    FIRST_AND_LAST,
    LABELS_BELOW_TITLES,
    LANGUAGES_APART,
    NEWSLETTER_WITH_STATUS,
    POINTS,
    PROGRAM_PRINT,
    STROKES,
    TAGS_ABOVE_TITLES,
    TITLES_ABOVE_LISTS,
    TITLES_BEFORE_DATES,
    WEEK_IN_SPANISH,
)

Row = tuple[str, str, str, str | None]


def told(records: Records) -> list[Row]:
    """Of each event its day, title, printed time and beginning."""
    return [(e.date, e.title, e.time_text, e.start_utc) for e in records.events]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param(
            BOXES.encode("gb18030"),
            [
                ("2024-05-08", "合作项目启动会", "上午9:00—11:30", "2024-05-08T01:00:00Z"),
                ("2024-05-10", "绿色金融与城市基础设施专题培训", "下午2:30—5:00",
                 "2024-05-10T06:30:00Z"),
                ("2024-05-17", "换乘枢纽考察", "全天", None),
            ],
            id="a table drawn with signs",
        ),
        pytest.param(
            FIRST_AND_LAST.encode("utf-16"),
            [
                ("2023-07-04", "Steering group: third meeting", "10:00-11:30",
                 "2023-07-04T08:00:00Z"),
                ("2023-07-12", "Study visit to Gdynia", "12-Jul-2023\t14-Jul-2023", None),
                ("2023-09-05", "Info day for companies", "11:00", "2023-09-05T09:00:00Z"),
            ],
            id="a sheet with first and last days",
        ),
        pytest.param(
            NEWSLETTER_WITH_STATUS.encode(),
            [
                ("2024-05-14", "Green roofs for busy streets: lessons from Cork and Wuxi", "2–4pm",
                 "2024-05-14T13:00:00Z"),
                ("2024-06-04", "Drop-in clinic for applicants", "10am–12 noon",
                 "2024-06-04T09:00:00Z"),
                ("2024-06-06", "Visit of the delegation", "Thursday 6 to Saturday 8 June", None),
            ],
            id="a newsletter",
        ),
        pytest.param(
            PROGRAM_PRINT.encode(),
            [
                ("2024-03-05", "Call with Rennes: cycling on Sundays", "9am – 10:30am",
                 "2024-03-05T14:00:00Z"),
                ("2024-03-07", "Visit of the design team", "2:30pm – 5pm", "2024-03-07T19:30:00Z"),
                ("2024-03-12", "Deadline: questionnaire", "All day", None),
            ],
            id="printed by a program",
        ),
        pytest.param(
            TITLES_ABOVE_LISTS.encode(),
            [
                ("2024-02-22", "Online-Seminar: Wärmeplanung in den Quartieren", "9:30–11:00 Uhr",
                 "2024-02-22T08:30:00Z"),
                ("2024-03-04", "Besuch der Delegation aus Qingdao",
                 "ganztägig", None),
                ("2024-03-07", "Werkstattgespräch zum Radverkehr", "ab 18 Uhr",
                 "2024-03-07T17:00:00Z"),
            ],
            id="in German",
        ),
        pytest.param(
            LABELS_BELOW_TITLES.encode(),
            [
                ("2023-10-03", "Module 1: Reading the data",
                 "10:00–12:00 Brussels time / 16:00–18:00 Beijing time", "2023-10-03T08:00:00Z"),
                ("2023-10-10", "Module 2: From data to a baseline",
                 "10:00–12:00 Brussels time / 16:00–18:00 Beijing time", "2023-10-10T08:00:00Z"),
            ],
            id="labels below titles",
        ),
        pytest.param(
            POINTS.encode(),
            [
                ("2023-10-16", "Welcome and briefing", "09.30 – 10.15", "2023-10-16T01:30:00Z"),
                ("2023-10-16", "Working session", "10.30 – 12.30", "2023-10-16T02:30:00Z"),
                ("2023-10-16", "Official dinner", "19.00", "2023-10-16T11:00:00Z"),
            ],
            id="points in times",
        ),
        pytest.param(
            DAY_BY_DAY.encode(),
            [
                ("2024-11-05", "環境協力の連絡会議", "10時～11時30分", "2024-11-05T01:00:00Z"),
                ("2024-11-05", "防災教室", "13時～", "2024-11-05T04:00:00Z"),
                ("2024-11-18", "視察団の受入れ", "終日", None),
                ("2024-11-23", "市民まつり", "", None),
            ],
            id="a month day by day",
        ),
        pytest.param(
            TAGS_ABOVE_TITLES.encode(),
            [
                ("2025-03-04", "Info session: second call", "10:00 - 11:30 (CET)",
                 "2025-03-04T09:00:00Z"),
                ("2025-03-20", "Budgets that last", "14:00 - 15:30 (CET)", "2025-03-20T13:00:00Z"),
            ],
            id="tags above titles",
        ),
        pytest.param(
            EVENTS_BY_MONTH.encode(),
            [
                ("2024-09-12", "Working Group Air Quality", "9:30 am - 12:00 pm CEST",
                 "2024-09-12T07:30:00Z"),
                ("2024-10-02", "Mayors' Summit", "9:00 am - October 4 @ 1:00 pm CEST",
                 "2024-10-02T07:00:00Z"),
                ("2024-10-29", "Housing Exchange Week", "October 29 - November 1", None),
            ],
            id="a list by months",
        ),
        pytest.param(
            WEEK_IN_SPANISH.encode(),
            [
                ("2025-05-12", "Reunión del comité de las ciudades", "08:00am - 09:30am",
                 "2025-05-12T13:00:00Z"),
                ("2025-05-14", "Recepción de la delegación", "04:00pm - 05:30pm",
                 "2025-05-14T21:00:00Z"),
                ("2025-05-14", "Cierre de las inscripciones", "05:00pm", "2025-05-14T22:00:00Z"),
            ],
            id="in Spanish",
        ),
        pytest.param(
            STROKES.encode(),
            [
                ("2024-11-05", "青年线上茶叙", "北京时间16:00—17:30（德国时间9:00—10:30）",
                 "2024-11-05T08:00:00Z"),
                ("2024-11-12", "市代表团访问长崎", "11月12日至14日", None),
                ("2024-11-29", "摄影展开幕", "11月29日（周五），具体时间另行通知", None),
            ],
            id="strokes behind labels",
        ),
        pytest.param(
            TITLES_BEFORE_DATES.encode(),
            [
                ("2025-06-10", "청년 창업가 교류회", "14:00~17:30", "2025-06-10T12:00:00Z"),
                ("2025-06-04", "초청연수 환영식", "10:00~11:00", "2025-06-04T08:00:00Z"),
            ],
            id="titles before dates by the heads",
        ),
    ],
)  # fmt: skip
def test_each_event_with_its_time(page: bytes, expected: list[Row]) -> None:
    """As an analyst would read it from the page."""
    records = read(page)
    assert told(records) == expected
    assert not records.cities


def test_a_status_is_no_title_and_a_lead_begins_a_list() -> None:
    """Both stay with their event."""
    records = read(NEWSLETTER_WITH_STATUS.encode())
    assert "CANCELLED" in records.events[1].description
    assert [(i.list, i.text) for i in records.event_items] == [
        ("participants", "Building managers")
    ]


def test_all_days_of_a_month_are_shown() -> None:
    """Those without events as well; all is in one language."""
    records = read(DAY_BY_DAY.encode())
    assert [d.date for d in records.calendar_days] == [f"2024-11-{d:02}" for d in range(1, 31)]
    assert sum(d.events for d in records.calendar_days) == 4
    assert {e.language for e in records.events} == {"ja"}


def test_the_language_is_told() -> None:
    """By its function words."""
    records = read(TITLES_ABOVE_LISTS.encode())
    assert {e.language for e in records.events} == {"de"}
    assert [(i.list, i.text) for i in records.event_items] == [
        ("participants", "Fachämter für Bauen")
    ]


def test_two_languages_one_below_the_other_are_translations() -> None:
    """Where their days and times are the same, in the same order."""
    records = read(LANGUAGES_APART.encode("big5hkscs"))
    titles = {e.event_id: e.title for e in records.events}
    pairs = [(e.title, titles[e.translation_of or ""]) for e in records.events]
    assert pairs[:2] == [
        ("長者友善社區研討會", "Seminar on Age-friendly Community"),
        ("海濱規劃考察團", "Field Visit on Harbourfront Planning"),
    ]
    assert [(b, a) for a, b in pairs[:2]] == pairs[2:]
    assert {e.start_utc for e in records.events} == {"2024-03-15T07:00:00Z", "2024-03-20T01:30:00Z"}


# ---------------------------------------------------------------- years that stand elsewhere


@pytest.mark.parametrize(
    ("above", "dates", "years"),
    [
        ("2025年下半年活动一览", ("7月24日", "12月5日"), (2025, 2025)),
        ("2024年4月26日 17:30 发布", ("5月11日（周六）", "5月18日（六）"), (2024, 2024)),
        ("Printed 22 December 2023", ("Wed 27 December", "Wed 3 January"), (2023, 2024)),
        ("Printed 22 December 2023", ("Wed 10 January", "Wed 17 January"), (2024, 2024)),
    ],
)
def test_a_year_that_the_page_prints_elsewhere(above, dates, years) -> None:
    """Held against the weekdays beside the dates, where there are any; a finding says so."""
    text = "".join(f"{d}\n10:00 - 11:00\nMeeting {n}\n\n" for n, d in enumerate(dates))
    found = read(f"{above}\n\n{text}".encode())
    assert tuple(int(e.date[:4]) for e in found.events) == years
    assert [f.check for f in found.findings if "year" in f.check] == ["year_from_page"]


@pytest.mark.parametrize(
    ("above", "dates"),
    [
        ("Plans for 2024 and 2025", ("24 July", "5 December")),
        ("Printed 22 May 2023", ("Wed 24 July", "Fri 5 December")),
        ("Printed in spring", ("24 July", "5 December")),
        ("In 2018 we began; news of 2026", ("Sat 12 May", "Sat 19 May")),  # of 2018, by chance
        ("News of 2017", ("Sat 12 May", "Sat 19 May")),  # of the year after, by chance
    ],
)
def test_no_year_where_the_page_does_not_tell_it(above, dates) -> None:
    """Of two years, or against the weekdays, none is taken."""
    text = "".join(f"{d}\n10:00 - 11:00\nMeeting {n}\n\n" for n, d in enumerate(dates))
    found = read(f"{above}\n\n{text}".encode())
    assert found.events == ()
    assert {f.check for f in found.findings if "year" in f.check} == {"date_without_year"}


def test_a_heading_of_the_page_above_a_date_is_its_title() -> None:
    """Whatever stands above it or below the date."""
    page = "".join(
        f"<div>Webinaire</div><h2>Titre {n}</h2><div>Mardi 12 novembre 2024, de {n}h à 19h</div>"
        "<div>En ligne</div>"
        for n in (14, 15, 16)
    )
    found = read(f"<h1>Agenda</h1>{page}".encode(), "edition/file.html")
    assert [e.title for e in found.events] == ["Titre 14", "Titre 15", "Titre 16"]


def test_a_tag_in_two_languages_is_no_title() -> None:
    """`讲座 | LECTURE` stands between the title and the date."""
    page = "".join(
        f"慢设计第{n}讲\n讲座 | LECTURE\n\n时间：2024年5月1{n}日 14:30-16:30\n地点：报告厅\n\n"
        for n in (1, 2, 3)
    )
    assert [e.title for e in read(page.encode()).events] == [f"慢设计第{n}讲" for n in (1, 2, 3)]
