"""Calendar pages, from their lines to events, days and `events.ics`."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.emit.ics import calendar_entries, calendar_frame, empty_calendar
from pipeline.knowledge.calendars import Calendars, calendars
from pipeline.model import Document, Edition, Finding, Segments, Source, Where
from pipeline.normalise.events import normalise_events
from pipeline.parse import parse
from pipeline.records import CalendarDay, Event, EventItem
from pipeline.segment.calendar import looks_like_calendar, segment_calendar

RAW = Path(__file__).parent.parent / "raw"
PAGE = RAW / "iurc-calendar-2022-w22" / "calendar.txt"
BROCHURE = RAW / "iurc-china-2021" / "brochure.txt"
ENGLISH_TITLE = (
    "IURC China Webinar: Regional Innovation & Smart Sustainable Specialization Strategies"
)
BEIJING = "2022年6月2日 北京时间下午3-5点"

Read = tuple[tuple[Event, ...], tuple[EventItem, ...], tuple[CalendarDay, ...], tuple[Finding, ...]]


def events_ics(events: list[Event] | tuple[Event, ...]) -> bytes:
    """The calendar file that a run makes of some events."""
    head, tail = calendar_frame()
    return head + calendar_entries(events) + tail if events else empty_calendar()


def document(text: str | bytes, edition: str = "week-22", **known: Any) -> Document:
    """A document of some text in some edition."""
    data = text if isinstance(text, bytes) else text.encode()
    digest = hashlib.sha256(data).hexdigest()
    source = Source(f"{edition}/calendar.txt", Edition(edition, **known), "", digest, len(data))
    return parse(data, source)


def segments(text: str | bytes, edition: str = "week-22", **known: Any) -> Segments:
    """The segments of some text."""
    return segment_calendar(document(text, edition, **known), calendars())


def read(text: str | bytes, edition: str = "week-22", **known: Any) -> Read:
    """The records of some text."""
    return normalise_events(segments(text, edition, **known), calendars())


def page(time: str, *body: str, day: str = "June 2, 2022", title: str = "IURC Webinar") -> str:
    """A page of one day with one event."""
    return "\n\n".join((day, title, time, *body))


def checks(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Severity and name of each finding."""
    return [(f.severity, f.check) for f in findings]


@pytest.fixture(scope="module")
def words() -> Calendars:
    """The project's calendar words."""
    return calendars()


class TestRealPage:
    """The calendar of one week that the project was built on."""

    @pytest.fixture
    def found(self) -> Read:
        """The records of the page."""
        return read(PAGE.read_bytes(), "iurc-calendar-2022-w22")

    def test_it_is_told_from_a_brochure(self, words: Calendars) -> None:
        """The calendar page is one, the brochure is none."""
        assert looks_like_calendar(document(PAGE.read_bytes()), words)
        assert not looks_like_calendar(document(BROCHURE.read_bytes()), words)

    def test_every_line_is_placed(self) -> None:
        """Each line has one role, and none with text is left unassigned."""
        found = segments(PAGE.read_bytes())
        roles = [r.role for r in found.roles]
        assert len(roles) == len(found.document.lines)
        assert {role: roles.count(role) for role in set(roles)} == {
            "blank": 56,
            "calendar": 22,
            "event": 22,
        }

    def test_one_event_in_two_languages(self, found: Read) -> None:
        """Both rows carry the times, each names the other, and nothing is doubtful."""
        events, _, _, findings = found
        assert findings == ()
        assert [(e.event_id, e.language, e.title, e.translation_of) for e in events] == [
            (
                "iurc-calendar-2022-w22-2022-06-02-1-zh",
                "zh",
                "IURC China 研讨会:区域创新与智慧专业化战略",
                "iurc-calendar-2022-w22-2022-06-02-1-en",
            ),
            (
                "iurc-calendar-2022-w22-2022-06-02-1-en",
                "en",
                ENGLISH_TITLE,
                "iurc-calendar-2022-w22-2022-06-02-1-zh",
            ),
        ]
        for event in events:
            assert (event.date, event.time_text) == ("2022-06-02", "09:00 -11:00")
            assert event.start_utc == "2022-06-02T07:00:00Z"
            assert event.end_utc == "2022-06-02T09:00:00Z"
            assert (event.timezone, event.timezone_source) == ("Europe/Brussels", "inferred")

    def test_descriptions_hold_the_paragraphs_alone(self, found: Read) -> None:
        """Paragraphs are kept in order with the line of the date; list entries stand apart."""
        chinese, english = (e.description.split("\n") for e in found[0])
        assert [p[:12] for p in chinese] == [
            "欧盟自2002年以来实施",
            "此次研讨会是作为欧盟国际",
            "日期:2022年6月2日",
        ]
        assert len(english) == 7
        assert english[-1] == "Read the highlights from the event"

    def test_lists_are_known_by_their_cues(self, found: Read) -> None:
        """In Chinese the second list has no paragraph before it, so its entries decide."""
        rows = [(e.event_id[-2:], e.list, e.position, e.text[:12]) for e in found[1]]
        assert rows == [
            ("zh", "objectives", 1, "分享观点、政策倡议和最佳"),
            ("zh", "objectives", 2, "确认潜在的合作项目和利益"),
            ("zh", "participants", 1, "IURC China“区"),
            ("zh", "participants", 2, "受邀的IURC 全球社区"),
            ("en", "objectives", 1, "Share perspe"),
            ("en", "objectives", 2, "Identify pot"),
            ("en", "participants", 1, "stakeholders"),
            ("en", "participants", 2, "invited part"),
        ]

    def test_days_with_their_events(self, found: Read) -> None:
        """Seven days, of which one holds the two rows."""
        assert [(d.date, d.events) for d in found[2]] == [
            ("2022-05-29", 0),
            ("2022-05-30", 0),
            ("2022-05-31", 0),
            ("2022-06-01", 0),
            ("2022-06-02", 2),
            ("2022-06-03", 0),
            ("2022-06-04", 0),
        ]

    def test_every_record_says_where_it_stands(self, found: Read) -> None:
        """The lines that a record names hold its text."""
        lines = document(PAGE.read_bytes()).lines
        for record in found[1]:
            where = record.where
            text = "".join(line.text for line in lines[where.line_start - 1 : where.line_end])
            assert record.text in text
        assert [e.where.line_start for e in found[0]] == [19, 55]
        assert {e.where.source_id for e in found[0]} == {"iurc-calendar-2022-w22/calendar.txt"}


class TestDates:
    """What counts as a line that is nothing but a date."""

    @pytest.mark.parametrize(
        "text",
        [
            "June 2, 2022",
            "June 2nd, 2022",
            "Jun. 2, 2022",
            "2 June 2022",
            "2nd of June 2022",
            "Thursday, 2 June 2022",
            "2022年6月2日",
            "2022年6月2日（星期四）",
            "２０２２年６月２日",
            "2022 年 6 月 2 日",
            "2022-06-02",
            "2022/6/2",
        ],
    )
    def test_forms_of_one_day(self, text: str, words: Calendars) -> None:
        """Each of these lines is the second of June."""
        printed = words.date(text)
        assert printed is not None
        assert printed[:3] == (2022, 6, 2)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [("29/05/2022", (2022, 5, 29)), ("05/29/2022", (2022, 5, 29)), ("02/06/2022", None)],
    )
    def test_numbers_are_read_where_they_can_mean_one_day(
        self, text: str, expected: tuple[int, int, int] | None, words: Calendars
    ) -> None:
        """A number above twelve is no month; two small ones are ambiguous and no date."""
        printed = words.date(text)
        assert (printed[:3] if printed else None) == expected

    @pytest.mark.parametrize(
        "text",
        ["February 30, 2022", "日期:2022年6月2日", "June 2022", "on June 2, 2022 we meet", "29"],
    )
    def test_what_is_no_date_line(self, text: str, words: Calendars) -> None:
        """Days that do not exist, dates within other text, months and bare numbers."""
        assert words.date(text) is None

    @pytest.mark.parametrize(
        ("header", "day", "expected"),
        [
            ("< 2022 >\nMay 29 - June 04", "June 2", ["2022-06-02"]),
            ("May 29 - June 4, 2022", "June 2", ["2022-06-02"]),
            ("2022年5月29日至6月4日", "6月2日", ["2022-06-02"]),
            ("June 2022", "2 June", ["2022-06-02"]),
            ("December 26, 2022 - January 1, 2023", "January 1", ["2023-01-01"]),
            ("December 26 - January 1, 2023", "December 31", ["2022-12-31"]),
            ("< 2022 >\nDecember 26 - January 1", "January 1", []),
            ("May 29 - June 4", "June 2", []),
        ],
    )
    def test_a_day_takes_the_year_of_its_header(
        self, header: str, day: str, expected: list[str]
    ) -> None:
        """Without a year in its header, or with two possible ones, a day is not guessed."""
        found = segments(f"{header}\n\n{day}\nNo events")
        assert [d.date for d in found.days] == expected
        assert [f.check for f in found.findings] == ([] if expected else ["date_without_year"])

    def test_day_numbers_alone_are_days_of_the_week_above(self) -> None:
        """Where days show as numbers only, the week's header gives the rest."""
        found = segments("2022\nMay 30 - June 5\n• 30\nNo events\n• 31\nNo events\n• 01\nNo events")
        assert [d.date for d in found.days] == ["2022-05-30", "2022-05-31", "2022-06-01"]


class TestTimes:
    """Time lines and what they say."""

    @pytest.mark.parametrize(
        ("text", "start", "end", "zone"),
        [
            ("09:00 -11:00", "9:00", "11:00", None),
            ("9:00–11:00", "9:00", "11:00", None),
            ("9：00—11：00", "9:00", "11:00", None),
            ("14:00 to 15:30", "14:00", "15:30", None),
            ("Time: 9.30 - 11.00", "9:30", "11:00", None),
            ("9h30-11h", "9:30", "11:00", None),
            ("9am-1pm", "9:00", "13:00", None),
            ("3:00 - 5:00 p.m.", "15:00", "17:00", None),
            ("11-1 pm", "11:00", "13:00", None),
            ("上午9:00-11:00", "9:00", "11:00", None),
            ("上午10:00-12:00", "10:00", "12:00", None),
            ("下午3-5点", "15:00", "17:00", None),
            ("下午3点半至5点", "15:30", "17:00", None),
            ("中午12-1点", "12:00", "13:00", None),
            ("晚上10-12点", "22:00", "24:00", None),
            ("22:00-01:00", "22:00", "25:00", None),
            ("时间：9时30分-11时", "9:30", "11:00", None),
            ("09:00 - 11:00 CET", "9:00", "11:00", "Europe/Brussels"),
            ("9:00-11:00 (Brussels time)", "9:00", "11:00", "Europe/Brussels"),
            ("布鲁塞尔时间上午9:00-11:00", "9:00", "11:00", "Europe/Brussels"),
            ("北京时间下午3点至5点", "15:00", "17:00", "Asia/Shanghai"),
            ("15:00-17:00 UTC+8", "15:00", "17:00", "Etc/GMT-8"),
            ("08:00-10:00 GMT", "8:00", "10:00", "UTC"),
            ("08:00-10:00 BST", "8:00", "10:00", "Europe/London"),
        ],
    )
    def test_forms(
        self, text: str, start: str, end: str, zone: str | None, words: Calendars
    ) -> None:
        """A line with a range is a time line; its ends and zone are read."""
        assert words.times.is_time(text)
        clock = words.times.clocks_in(text)[0]
        assert clock.start is not None
        assert clock.end is not None
        hands = [f"{minutes // 60}:{minutes % 60:02}" for minutes in (clock.start, clock.end)]
        assert (*hands, clock.zone) == (start, end, zone)

    @pytest.mark.parametrize(
        "text", ["3-5", "2022-06-02", "9.30", "We meet at 9:00-11:00", "29 - 31", "1. 9:00 start"]
    )
    def test_what_is_no_time_line(self, text: str, words: Calendars) -> None:
        """Bare numbers and times within other text are no time lines."""
        assert not words.times.is_time(text)

    @pytest.mark.parametrize("text", ["25:00 - 26:00", "09:75-10:00", "11:00-09:00", "9:00-9:00"])
    def test_what_no_clock_shows(self, text: str) -> None:
        """An impossible time stays as printed, without instants, and is reported."""
        (event,), _, _, findings = read(page(text))
        assert event.time_text == text
        assert (event.start_utc, event.end_utc, event.timezone) == (None, None, None)
        assert event.timezone_source is None
        assert checks(findings) == [("warning", "time_unreadable")]

    def test_a_late_evening_ends_the_next_day(self) -> None:
        """An end before the start is the next morning where the start is in the evening."""
        (event,), _, _, _ = read(page("22:00 - 01:00 CET"))
        assert event.start_utc == "2022-06-02T20:00:00Z"
        assert event.end_utc == "2022-06-02T23:00:00Z"

    @pytest.mark.parametrize("text", ["All day", "全天", "Time to be confirmed"])
    def test_no_time_on_purpose(self, text: str) -> None:
        """A page that says that there is no time leaves no doubt and no instants."""
        (event,), _, _, findings = read(page(text))
        assert (event.time_text, event.start_utc, event.timezone) == (text, None, None)
        assert findings == ()

    def test_no_time_line_at_all(self) -> None:
        """Text right under a date is an event, and its missing time is noted."""
        (event,), _, _, findings = read("June 2, 2022\n\nDragon Boat Festival\n\nOffices closed.")
        assert (event.title, event.time_text) == ("Dragon Boat Festival", "")
        assert (event.start_utc, event.description) == (None, "Offices closed.")
        assert checks(findings) == [("info", "time_missing")]


class TestZones:
    """In which zone a printed time is."""

    @pytest.mark.parametrize(
        ("day", "printed", "stated", "zone", "start"),
        [
            ("2022年6月2日", "09:00-11:00", "下午3-5点", "Europe/Brussels", "2022-06-02T07:00:00Z"),
            (
                "2022年12月8日",
                "08:00-10:00",
                "15:00-17:00",
                "Europe/Brussels",
                "2022-12-08T07:00:00Z",
            ),
            (
                "2022年12月8日",
                "09:00-11:00",
                "16:00-18:00",
                "Europe/Brussels",
                "2022-12-08T08:00:00Z",
            ),
            ("2022年6月2日", "08:00-10:00", "下午3-5点", "Europe/London", "2022-06-02T07:00:00Z"),
            ("2022年6月2日", "10:00-12:00", "下午3-5点", "Europe/Athens", "2022-06-02T07:00:00Z"),
        ],
    )
    def test_inferred_from_a_second_time(
        self, day: str, printed: str, stated: str, zone: str, start: str
    ) -> None:
        """The zone is the first home zone where both times are one, in summer and in winter."""
        (event,), _, _, findings = read(page(printed, f"日期：{day} 北京时间{stated}", day=day))
        assert (event.timezone, event.timezone_source) == (zone, "inferred")
        assert event.start_utc == start
        assert findings == ()

    def test_inferred_across_midnight(self) -> None:
        """The second time may lie on the next day, with or without its own date."""
        for second in ("Beijing time 02:00-04:00", "3 June 2022, Beijing time 02:00-04:00"):
            (event,), _, _, findings = read(page("20:00-22:00", second))
            assert (event.timezone, event.timezone_source) == ("Europe/Brussels", "inferred")
            assert findings == ()

    def test_stated_in_the_time_line(self) -> None:
        """A zone in the time line is taken as it stands, and the text stays as printed."""
        (event,), _, _, findings = read(page("  09:00  - 11:00 CEST "))
        assert (event.timezone, event.timezone_source) == ("Europe/Brussels", "stated")
        assert event.time_text == "09:00  - 11:00 CEST"
        assert event.end_utc == "2022-06-02T09:00:00Z"
        assert findings == ()

    def test_stated_by_the_same_time_in_the_text(self) -> None:
        """The printed range repeated with a zone is a range in that zone."""
        (event,), _, _, findings = read(page("15:00-17:00", f"日期：{BEIJING}"))
        assert (event.timezone, event.timezone_source) == ("Asia/Shanghai", "stated")
        assert event.start_utc == "2022-06-02T07:00:00Z"
        assert findings == ()

    def test_two_times_that_cannot_both_be(self) -> None:
        """Where no home zone fits, the time with the zone is taken, with a warning."""
        (event,), _, _, findings = read(page("13:00-14:00", f"日期：{BEIJING}"))
        assert (event.timezone, event.timezone_source) == ("Asia/Shanghai", "stated")
        assert event.start_utc == "2022-06-02T07:00:00Z"
        assert event.end_utc == "2022-06-02T09:00:00Z"
        assert checks(findings) == [("warning", "times_disagree")]

    def test_a_stated_zone_that_the_text_contradicts(self) -> None:
        """The time line keeps its zone; the contradiction is a warning."""
        (event,), _, _, findings = read(page("09:00-11:00 CET", "Beijing time 18:00-20:00"))
        assert event.start_utc == "2022-06-02T07:00:00Z"
        assert checks(findings) == [("warning", "times_disagree")]

    def test_the_time_of_another_day_is_none_of_this_event(self) -> None:
        """A range with a zone and a date of its own far off says nothing about the event."""
        (event,), _, _, _ = read(page("09:00-11:00", "Next: 9 June 2022, 18:00-19:00 Beijing time"))
        assert event.timezone_source == "default"

    @pytest.mark.parametrize(
        ("own", "zone", "start"),
        [
            (None, "Europe/Brussels", "2022-06-02T07:00:00Z"),
            ("Asia/Shanghai", "Asia/Shanghai", "2022-06-02T01:00:00Z"),
            ("No/Such_Zone", "Europe/Brussels", "2022-06-02T07:00:00Z"),
        ],
    )
    def test_assumed_where_nothing_is_stated(self, own: str | None, zone: str, start: str) -> None:
        """The edition's zone, else the home zone, is assumed; a finding says so."""
        (event,), _, _, findings = read(page("09:00-11:00", "A webinar."), timezone=own)
        assert (event.timezone, event.timezone_source) == (zone, "default")
        assert event.start_utc == start
        misspelt = own is not None and zone != own
        assert checks(findings) == [
            *([("warning", "edition_file")] if misspelt else []),
            ("info", "timezone_assumed"),
        ]
        assert (findings[-1].table, findings[-1].field) == ("events", "timezone")
        assert findings[-1].where == event.where


class TestTranslations:
    """Which two events are one event in two languages."""

    @staticmethod
    def two(first: str, second: str) -> str:
        """A day with two events."""
        return f"June 2, 2022\n\n{first}\n\n{second}"

    ZH = "IURC 研讨会\n\n09:00 - 11:00\n\n区域创新与智慧专业化战略的讨论。"
    EN = "IURC Webinar\n\n09:00-11:00\n\nA talk about regional innovation."

    def test_same_time_and_a_shared_acronym(self) -> None:
        """They name each other and share a number; a third event gets the next one."""
        text = self.two(self.ZH, self.EN) + "\n\nIURC Workshop\n\n14:00-15:00\n\nAnother one."
        events, _, days, _ = read(text)
        assert [(e.event_id, e.translation_of) for e in events] == [
            ("week-22-2022-06-02-1-zh", "week-22-2022-06-02-1-en"),
            ("week-22-2022-06-02-1-en", "week-22-2022-06-02-1-zh"),
            ("week-22-2022-06-02-2-en", None),
        ]
        assert [d.events for d in days] == [3]

    def test_lists_of_the_same_sizes(self) -> None:
        """Without a shared word, lists of the same sizes are the common evidence."""
        chinese = "区域创新研讨会\n\n09:00-11:00\n\n1. 分享观点\n\n2. 确认项目"
        english = "Regional webinar\n\n09:00-11:00\n\n1. Share views\n\n2. Identify projects"
        events, _, _, _ = read(self.two(chinese, english))
        assert all(e.translation_of for e in events)

    @pytest.mark.parametrize(
        "second",
        [
            EN.replace("11:00", "12:00"),
            EN.replace("IURC ", ""),
            "IURC 会议\n\n09:00-11:00\n\n另一场活动的说明文字。",
        ],
        ids=["another time", "nothing in common", "the same language"],
    )
    def test_what_is_no_translation(self, second: str) -> None:
        """Events that differ in time, share nothing or are in one language stand alone."""
        events, _, _, _ = read(self.two(self.ZH, second))
        assert [e.translation_of for e in events] == [None, None]
        assert [e.event_id.split("-")[-2] for e in events] == ["1", "2"]

    @pytest.mark.parametrize(
        ("title", "body", "language"),
        [
            ("IURC 研讨会", "讨论 IURC China 的区域创新。", "zh"),
            ("IURC Webinar", "讨论区域创新与智慧专业化战略。", "zh"),
            ("研讨会", "Regional Innovation Webinar", "zh"),
            ("Visit to 北京", "Partners meet their hosts.", "en"),
        ],
    )
    def test_a_language_shows_in_the_letters(self, title: str, body: str, language: str) -> None:
        """A few words of the other language do not change an event's own."""
        (event,), _, _, _ = read(page("9:00-10:00", body, title=title))
        assert event.language == language

    def test_a_zone_found_in_one_language_holds_for_both(self) -> None:
        """The line of the date stands in one of them; both get the times."""
        events, _, _, findings = read(self.two(self.ZH + f"\n\n日期：{BEIJING}", self.EN))
        assert {(e.timezone, e.timezone_source) for e in events} == {
            ("Europe/Brussels", "inferred")
        }
        assert findings == ()

    def test_ids_are_ascii_whatever_the_edition_is_called(self) -> None:
        """An edition without a Latin letter is named by its digest."""
        (event,), _, _, _ = read(page("9:00-10:00"), "日历")
        digest = hashlib.sha256("日历".encode()).hexdigest()[:8]
        assert event.event_id == f"e{digest}-2022-06-02-1-en"


class TestLists:
    """The lists of an event and what they hold."""

    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            (["Objectives:", "1. One", "2. Two"], [("objectives", 1), ("objectives", 2)]),
            (["参会人员：", "（1）甲", "（2）乙"], [("participants", 1), ("participants", 2)]),
            (["Agenda:", "1. Welcome of participants"], [("other", 1)]),
            (["1. Share views", "2. Identify needs"], [("objectives", 1), ("objectives", 2)]),
            (["① 各城市代表"], [("participants", 1)]),
            (["1. Red", "2. Blue"], [("other", 1), ("other", 2)]),
            (["1. Red", "1. Blue"], [("other", 1), ("other", 2)]),
            (
                ["The aims are:", "1. One", "It is open to:", "2. Two", "3. Three"],
                [("objectives", 1), ("participants", 1), ("participants", 2)],
            ),
        ],
    )
    def test_kinds(self, body: list[str], expected: list[tuple[str, int]]) -> None:
        """The paragraph before a list decides, else its entries; a paragraph ends a list."""
        _, items, _, _ = read(page("9:00-10:00", *body))
        assert [(item.list, item.position) for item in items] == expected

    def test_a_translation_tells_what_the_original_does_not(self) -> None:
        """A list without a cue takes the kind of the list at its place in the translation."""
        text = (
            "June 2, 2022\n\nIURC 会议\n\n9:00-10:00\n\n1. 甲方\n\n2. 乙方\n\n"
            "IURC meeting\n\n9:00-10:00\n\nParticipants:\n\n1. One\n\n2. Two"
        )
        _, items, _, _ = read(text)
        assert {item.list for item in items} == {"participants"}
        assert len(items) == 4

    def test_entries_lose_their_number_and_keep_their_wrapped_lines(self) -> None:
        """A wrapped entry is one entry, and the next number begins the next one."""
        _, items, _, _ = read(page("9:00-10:00", "1. Share\n   good views\n2. Learn"))
        assert [item.text for item in items] == ["Share good views", "Learn"]
        assert (items[0].where.line_start, items[0].where.line_end) == (7, 8)


class TestPages:
    """Pages of other makes."""

    CHINESE = (
        "2022年5月29日-6月4日\n\n5月29日 星期日\n暂无活动\n\n6月2日 星期四\n\n"
        "区域创新研讨会\n上午9:00-11:00（布鲁塞尔时间）\n\n讨论区域创新。\n\n"
        "城市更新论坛\n下午2:00-4:00（布鲁塞尔时间）\n\n讨论城市更新。\n\n6月4日\n没有活动\n\n"
        "© IURC"
    )

    def test_a_chinese_page(self, words: Calendars) -> None:
        """Chinese dates, times and phrases need no other code."""
        assert looks_like_calendar(document(self.CHINESE), words)
        events, _, days, findings = read(self.CHINESE)
        assert [(e.title, e.start_utc, e.description) for e in events] == [
            ("区域创新研讨会", "2022-06-02T07:00:00Z", "讨论区域创新。"),
            ("城市更新论坛", "2022-06-02T12:00:00Z", "讨论城市更新。"),
        ]
        assert [(d.date, d.events) for d in days] == [
            ("2022-05-29", 0),
            ("2022-06-02", 2),
            ("2022-06-04", 0),
        ]
        assert findings == ()

    def test_nothing_with_text_is_blank(self) -> None:
        """Lines have a role by what they are; a picture's credit stays one."""
        found = segments(self.CHINESE)
        for line, role in zip(found.document.lines, found.roles, strict=True):
            assert (role.role == "blank") == (not line.text.strip())
        assert found.roles[-1].role == "credit"
        assert "unassigned" not in {r.role for r in found.roles}

    def test_what_belongs_to_no_day_is_unassigned(self) -> None:
        """Text around the days is not thrown away and not made an event."""
        found = segments("Subscribe to us\n\nJune 2, 2022\nNo events\n\nFollow us")
        roles = [r.role for r in found.roles if r.role != "blank"]
        assert roles == ["unassigned", "calendar", "calendar", "unassigned"]

    def test_a_date_within_its_own_event_begins_no_day(self) -> None:
        """An event that repeats its date in a line of its own stays whole."""
        events, _, days, _ = read(page("9:00-10:00", "June 2, 2022", "At the town hall."))
        assert events[0].description == "June 2, 2022\nAt the town hall."
        assert len(days) == 1

    def test_a_time_above_its_title(self) -> None:
        """Where a time is the first thing of a day, titles stand below their times."""
        text = "June 2, 2022\n\n9:00-10:00\nOpening\nWords.\n\n11:00-12:00\nClosing\nMore words."
        events, _, _, _ = read(text)
        assert [(e.title, e.time_text, e.description) for e in events] == [
            ("Opening", "9:00-10:00", "Words."),
            ("Closing", "11:00-12:00", "More words."),
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "A plain text.",
            "June 2, 2022\n\nA letter with a date above it.",
            "• 1\n• 2\n• 3\nA list of numbers.",
            "上海市\n人口 24,870,895人\n面积 6,340平方公里\n社会经济概况\n上海市位于中国东部。",
        ],
    )
    def test_what_is_no_calendar(self, text: str, words: Calendars) -> None:
        """One date or a few numbers make no calendar."""
        assert not looks_like_calendar(document(text), words)


class TestIcs:
    """The file that a calendar program imports."""

    WHERE = Where("week-22/calendar.txt", 1, 1, 3)

    def event(self, **changed: Any) -> Event:
        """An event with some of its values changed."""
        known: dict[str, Any] = {
            "event_id": "week-22-2022-06-02-1-en",
            "language": "en",
            "date": "2022-06-02",
            "last_date": None,
            "title": "Talks, walks; and more",
            "time_text": "09:00 -11:00",
            "start_utc": "2022-06-02T07:00:00Z",
            "end_utc": "2022-06-02T09:00:00Z",
            "timezone": "Europe/Brussels",
            "timezone_source": "inferred",
            "translation_of": None,
            "description": "One.\nTwo \\ three\x0b.",
            "where": self.WHERE,
        }
        return Event(**(known | changed))

    def test_the_real_page_read_back(self) -> None:
        """Both languages are entries with their times, and point at each other."""
        data = events_ics(read(PAGE.read_bytes())[0])
        calendar = icalendar.Calendar.from_ical(data)
        english, chinese = calendar.walk("VEVENT")
        assert calendar["VERSION"] == "2.0"
        assert english["UID"] == "week-22-2022-06-02-1-en@city-profiles"
        assert english["RELATED-TO"] == chinese["UID"]
        assert chinese["RELATED-TO"] == english["UID"]
        assert chinese["SUMMARY"] == "IURC China 研讨会:区域创新与智慧专业化战略"
        assert chinese["SUMMARY"].params["LANGUAGE"] == "zh"
        assert english.decoded("dtstart") == datetime(2022, 6, 2, 7, tzinfo=UTC)
        assert english.decoded("dtend") == datetime(2022, 6, 2, 9, tzinfo=UTC)
        assert english.decoded("dtstamp") == english.decoded("dtstart")

    def test_several_days_last_to_the_end_of_the_last_one(self) -> None:
        """DTEND is the day after it (RFC 5545, section 3.6.1)."""
        event = self.event(start_utc=None, end_utc=None, last_date="2022-06-04")
        (entry,) = icalendar.Calendar.from_ical(events_ics([event])).walk("VEVENT")
        assert entry.decoded("dtstart") == date(2022, 6, 2)
        assert entry.decoded("dtend") == date(2022, 6, 5)

    def test_text_comes_back_as_it_was(self) -> None:
        """Separators and line breaks survive; control characters, which RFC 5545 bars, do not.

        Neither do marks that turn the direction of text.
        """
        event = self.event(title="Talks, \u202ewalks; and more")
        (entry,) = icalendar.Calendar.from_ical(events_ics([event])).walk("VEVENT")
        assert entry["SUMMARY"] == "Talks, walks; and more"
        assert entry["DESCRIPTION"] == "One.\nTwo \\ three."

    def test_an_event_without_times_takes_its_day(self) -> None:
        """It is an all-day entry, stamped by its date."""
        data = events_ics([self.event(start_utc=None, end_utc=None)])
        (entry,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
        assert entry.decoded("dtstart") == date(2022, 6, 2)
        assert entry.decoded("dtend") == date(2022, 6, 3)
        assert entry.decoded("dtstamp") == datetime(2022, 6, 2, tzinfo=UTC)

    def test_the_same_events_give_the_same_bytes(self) -> None:
        """Neither the order of the events nor the clock shows in the file."""
        events = [self.event(), self.event(event_id="week-22-2022-06-02-2-en", start_utc=None)]
        assert events_ics(events) == events_ics(events[::-1])

    def test_lines_are_folded_as_the_format_wants(self) -> None:
        """No line is longer than 75 octets, and each ends with CR LF."""
        data = events_ics([self.event(description="区域创新" * 100)])
        assert all(len(line) <= 75 for line in data.split(b"\r\n"))
        assert b"\n" not in data.replace(b"\r\n", b"")

    def test_no_events_is_a_calendar_still(self) -> None:
        """A calendar must hold a component; without events it is the definition of UTC."""
        calendar = icalendar.Calendar.from_ical(events_ics([]))
        assert calendar.walk("VEVENT") == []
        assert len(calendar.subcomponents) == 1


_LINES = """
June 2, 2022|June 3|2022年6月2日|6月31日|29/05/2022|31 December 9999|• 29|29|< 2022 >
May 29 - June 04|December 30 - January 2|June 5 - 99|No events|暂无活动|09:00 -11:00|下午3-5点
25:00-26:00
All day|北京时间下午3-5点|9:00-10:00 UTC+99|9:00-10:00 UTC+14|IURC Webinar|研讨会
1. Share views|2. Members|• item|•
日期：2022年6月2日 北京时间15:00-17:00|Objectives:|© IURC|- 3 -|Today|Sunday|\f|-----|①|1.
"""
_FRAGMENTS = st.sampled_from(["", " ", *_LINES.strip("\n").replace("\n", "|").split("|")])


class TestArbitraryText:
    """What must hold for any text."""

    @settings(deadline=None)  # the first example loads the words
    @given(st.lists(_FRAGMENTS | st.text(st.characters(exclude_categories=["Cc", "Cs"]))))
    def test_nothing_raises_and_nothing_is_lost(self, lines: list[str]) -> None:
        """Each line has one role, ids are unique, and each record lies within the document."""
        text = "\n".join(["x", *lines])
        found = segments(text)
        assert len(found.roles) == len(found.document.lines)
        for line, role in zip(found.document.lines, found.roles, strict=True):
            assert (role.role == "blank") == (not line.text.strip())
        looks_like_calendar(found.document, calendars())
        events, items, days, findings = normalise_events(found, calendars())
        ids = [e.event_id for e in events]
        assert len(set(ids)) == len(ids)
        assert len({(i.event_id, i.list, i.position) for i in items}) == len(items)
        assert sum(d.events for d in days) == len(events)
        for record in (*events, *items, *days, *findings):
            assert record.where is not None
            assert 1 <= record.where.line_start <= record.where.line_end <= len(found.roles)
        for event in events:
            assert event.title
            assert (event.start_utc is None) == (event.timezone is None)
        icalendar.Calendar.from_ical(events_ics(events))
