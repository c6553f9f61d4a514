"""Web pages become the lines that a browser shows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import SourceError
from pipeline.parse import parse
from tests.conftest import CALENDAR
from tests.documents import read, source
from tests.transcribed import as_text, divs, facts_of, fields, framed, page, semantic, table


def lines(html, place="body"):
    """The lines of a page that belong to a place; blank ones as empty texts."""
    found = parse(page(html).encode(), source("test/page.html"))
    return [x.text for x in found.lines if x.place == place]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One</p><p>Two</p>", ["One", "", "Two"]),
        ("<p>One\n  two\tthree </p>", ["One two three"]),
        ("<p>国务院支持\n    北京</p>", ["国务院支持北京"]),
        ("<p>北京\nBeijing</p>", ["北京 Beijing"]),
        ("<p>One<br>two<br/>three</p>", ["One", "two", "three"]),
        ("<p>One<br><br>two</p>", ["One", "", "two"]),
        ("<p>A <b>bold</b><i> word</i>.</p>", ["A bold word."]),
        ("<div>One<div>Two</div>Three</div>", ["One", "Two", "Three"]),
        ("<ul><li>One<li>Two</ul>", ["• One", "• Two"]),
        ("<ol start=3><li>One<li>Two</ol>", ["3. One", "4. Two"]),
        ("<ol type=a><li>One<li value=4>Two</ol>", ["a. One", "d. Two"]),
        ("<ul><li>One<ul><li>Two</ul></ul>", ["• One", "", "  • Two"]),
        ("<ul style='list-style: none'><li>One</ul>", ["One"]),
        ("<table><tr><td>人口<td>330,000人<tr><td>面积<td>116 km²</table>",
         ["人口\t330,000人", "面积\t116 km²"]),
        ("<table><tr><th>Population<th>Area<tr><td>330,000<td>116 km²</table>",
         ["Population\t330,000", "Area\t116 km²"]),
        ("<table><tr><td><p>循环经济</p><td><p>文化旅游</p></table>", ["循环经济", "", "文化旅游"]),
        ("<dl><dt>Area<dd>116 km²</dl>", ["Area", "116 km²"]),
        ("<pre>One\n  two\n\nthree</pre>", ["One", "  two", "", "three"]),
        ("<p>&lt;A&amp;B&gt; &#x4e2d;&eacute;&nbsp;x</p>", ["<A&B> 中é\u00a0x"]),
        ("<p><ruby>北<rp>(</rp><rt>bei</rt><rp>)</rp>京<rt>jing</rt></ruby></p>", ["北京"]),
        ("<p>116 km<sup>2</sup></p>", ["116 km²"]),
        ("<p>330,000<sup>1</sup> people</p>", ["330,000¹ people"]),
        ("<p>Seen</p><p hidden>No</p><p style='display: none'>No</p><p class=gone>No</p>", ["Seen"]),
        ("<p>Seen<span aria-hidden=true>•</span></p>", ["Seen"]),
        ("<p>Seen</p><!-- no --><script>no</script><style>no</style><template>no</template>", ["Seen"]),
        ("<p>Seen</p><noscript>no</noscript><select><option>no</select><textarea>no</textarea>", ["Seen"]),
        ("<div><span class=tag>循环经济</span> <span class=tag>文化旅游</span></div>", ["循环经济", "文化旅游"]),
        ("<div><span class=a>One</span> <span class=b>two</span></div>", ["One two"]),
        ("<p>One</p><div style='page-break-before:always'>Two</div>", ["One", "", "\fTwo"]),
        ("<span style='display:block'>One</span><span style='display:block'>Two</span>", ["One", "Two"]),
    ],
)  # fmt: skip
def test_lines_are_those_that_a_browser_shows(html, expected):
    """Blocks, lists, tables, white space, entities, and what is not shown."""
    assert lines(html) == expected


def test_what_surrounds_the_text_is_kept_beside_it():
    """Navigation, banner and footer are lines, but not of the text; pictures have captions."""
    html = "<nav>Home</nav><p>Text that is longer than that.</p><figure><img alt='A port'><figcaption>A view</figcaption></figure><footer>© 2022</footer>"
    assert [t for t in lines(html) if t] == ["Text that is longer than that."]
    assert [t for t in lines(html, "margin") if t] == ["Home", "© 2022"]
    assert [t for t in lines(html, "caption") if t] == ["A port", "A view"]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<div class='menu'>" + "The only text of this page. " * 9 + "</div>", True),
        ("<article><p>A city.</p><footer>Photo: X</footer></article>", True),
        ("<div class='calendar-nav'>2022</div><p>A city with a text.</p>", True),
        ("<main><p>A city with a text of its own.</p></main><div>Other news</div>", False),
        ("<p>A city with a text.</p><div id='cookieBanner'>Accept</div>", False),
        ("<p>A city with a text.</p><ul role='navigation'><li>Home</ul>", False),
    ],
)
def test_what_surrounds_the_text_is_told_by_its_element_and_name(html, text):
    """A class name counts only for a small part of the page, and not in a calendar."""
    assert bool([t for t in lines(html, "margin") if t]) is not text


@pytest.mark.parametrize("name", ["page.html", "page.HTM", "page.txt"])
@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "big5hkscs"]
)
def test_pages_in_any_encoding(name, codec):
    """A page is known by its content, and read by its mark, its declaration or its bytes."""
    html = (
        f"<!DOCTYPE html><html><head><meta charset='{codec}'></head><body><p>臺北是一座城市。</p>"
    )
    found = parse(html.encode(codec), source(f"test/{name}"))
    assert [x.text for x in found.lines] == ["臺北是一座城市。"]
    assert (found.media_type, found.reader) == ("text/html", "lxml")
    assert found.encoding == codec
    assert not found.findings


def test_a_wrong_declaration_is_a_finding():
    """Bytes that are UTF-8 throughout are UTF-8, whatever the page says."""
    html = "<html><meta charset=gb2312><p>社会经济概况</p></html>"
    found = parse(html.encode(), source("test/page.html"))
    assert [x.text for x in found.lines] == ["社会经济概况"]
    assert [(f.severity, f.check) for f in found.findings] == [("warning", "encoding_declared")]


def test_a_declared_encoding_survives_damage():
    """A broken byte costs its character and is a finding."""
    data = "<html><meta charset=gbk><p>社会经济概况，城市历史悠久。</p></html>".encode("gbk")
    at = data.index("城市".encode("gbk"))
    found = parse(data[:at] + b"\xff" + data[at + 2 :], source("test/page.html"))
    assert "\ufffd" in found.lines[0].text
    assert "历史悠久" in found.lines[0].text
    assert [f.check for f in found.findings] == ["encoding_damaged"]


def test_a_page_deeper_than_is_read():
    """Absurd nesting ends in an error or a finding, never in a crash."""
    deep = "<div>" * 5000 + "text" + "</div>" * 5000
    with pytest.raises(SourceError, match="nests"):
        parse(page(deep).encode(), source("test/page.html"))
    found = parse(page(f"<p>Seen</p>{deep}").encode(), source("test/page.html"))
    assert found.lines[0].text == "Seen"
    assert [(f.severity, f.check) for f in found.findings] == [("error", "page_cut")]


@pytest.mark.parametrize(
    "html", ["<html></html>", "<p> \n</p>", "<!DOCTYPE html><script>1</script>"]
)
def test_a_page_without_text_is_refused(html):
    """The message says what to do."""
    with pytest.raises(SourceError, match="shows no text") as error:
        parse(html.encode(), source("test/page.html"))
    assert error.value.hint


@pytest.mark.parametrize("text", ["< 2022 >\nMay 29", "a < b and b > c", "<3 Beijing"])
def test_text_with_angle_brackets_is_text(text):
    """Only a tag makes a page."""
    assert parse(text.encode(), source("test/page.html")).media_type == "text/plain"


@settings(max_examples=60)
@given(
    st.text(max_size=300),
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<table>",
                "<tr>",
                "<td>",
                "<li>",
                "<ol>",
                "</ol>",
                "<pre>",
                "<br>",
                "<sup>",
                "</sup>",
                "<div class=nav>",
                "</div>",
                "<![CDATA[",
                "<!--",
                "&#0;",
                "&bogus;",
            ]
        ),
        max_size=30,
    ),
)
def test_any_page_is_read_or_refused(text, tags):
    """Whatever the markup, there are lines or an error with a reason."""
    html = "<html>" + "".join(tag + text[i : i + 9] for i, tag in enumerate(tags)) + text
    try:
        found = parse(html.encode("utf-8", "replace"), source("test/page.html"))
    except SourceError:
        return
    assert [x.number for x in found.lines] == list(range(1, len(found.lines) + 1))
    assert not any("\n" in x.text for x in found.lines)


def test_a_saved_text_is_the_text(brochure):
    """A browser that shows a text file saves it inside `pre`."""
    text = "\n".join(x.text for x in brochure.lines)
    html = text.replace("&", "&amp;").replace("<", "&lt;")
    found = parse(page(f"<pre>{html}</pre>").encode(), source("test/page.html"))
    assert [x.page for x in found.lines] == [x.page for x in brochure.lines][: len(found.lines)]
    assert [x.text.rstrip() for x in found.lines] == [x.text.rstrip() for x in brochure.lines][
        : len(found.lines)
    ]


# ---------------------------------------------------------------- whole documents


def profiles(found):
    """What the tables say of the profiles of a document."""
    return (
        [
            (c.city_id, c.name_zh, c.name_en, c.country_zh, c.kind, c.population, c.area_km2)
            for c in found.cities
        ],
        [(t.city_id, t.label, t.theme) for t in found.city_themes],
        [(s.city_id, s.section, s.heading, s.text) for s in found.sections],
    )


@pytest.fixture(scope="module")
def edition(brochure):
    """The profiles of the real brochure, as facts and as text without columns."""
    facts = facts_of(read("\n".join(x.text for x in brochure.lines).encode()))
    return facts, read(as_text(facts).encode())


def test_paragraphs_on_lines_of_their_own_are_read_alike(edition, brochure):
    """The same edition without columns has the same profiles."""
    printed = read("\n".join(x.text for x in brochure.lines).encode())
    assert profiles(edition[1])[1:] == profiles(printed)[1:]


@pytest.mark.parametrize("style", [semantic, divs, table, fields])
@pytest.mark.parametrize("frame", [page, framed])
def test_profiles_on_pages_of_any_make(edition, style, frame):
    """Sections, nested blocks, tables and term lists give what the text gives."""
    facts, plain = edition
    found = read(frame("\n".join(map(style, facts))).encode(), "test/page.html")
    assert profiles(found) == profiles(plain)
    assert not [x.text for x in found.lines if x.role == "unassigned"]


@pytest.mark.parametrize("frame", [page, framed])
def test_a_page_of_one_profile(frame):
    """A small page: what surrounds it is no part of it; its themes stand at the end."""
    html = """<article><h1>巴里（意大利）</h1><p>Bari</p>
    <ul><li><strong>人口：</strong>330,000人</li><li><strong>面积：</strong>116 km<sup>2</sup></li></ul>
    <h2>社会经济概况</h2><p>巴里是意大利南部的港口城市。</p><p>该市有5所大学。</p>
    <h2>良好实践</h2><ul><li>绿色屋顶</li><li>雨水收集</li></ul>
    <ul class="themes"><li>循环经济</li><li>文化旅游</li></ul></article>"""
    found = read(frame(html).encode(), "test/page.html")
    cities, themes, sections = profiles(found)
    assert cities == [("it-bari", "巴里", "Bari", "意大利", "city", 330000, 116.0)]
    assert [t for _, _, t in themes] == ["circular-economy", "culture-tourism"]
    assert [text for _, _, _, text in sections] == [
        "巴里是意大利南部的港口城市。\n该市有5所大学。",
        "绿色屋顶\n雨水收集",
    ]


def event_html():
    """The event of the real calendar page as HTML, its lists as lists."""
    text = CALENDAR.read_text("utf-8")
    body = text[text.index("June 2, 2022") + 12 : text.index("  • 03")]
    html, entries = "", []
    for line in [*filter(None, map(str.strip, body.splitlines())), ""]:
        if line[:3] in ("1. ", "2. "):
            entries.append(f"<li>{line[3:]}</li>")
            if line.startswith("2. "):
                html += f"<ol>{''.join(entries)}</ol>"
                entries = []
        elif line.startswith("IURC"):
            html += f"<h3><a href='#'>{line.replace('&', '&amp;')}</a></h3>"
        elif line.startswith("09:00"):
            html += f"<div class=time><i class=icon aria-hidden=true></i>{line}</div>"
        else:
            html += f"<p>{line}</p>"
    return html


DAYS = ["May 29", "May 30", "May 31", "June 1", "June 2", "June 3", "June 4"]


def calendar_list():
    """The week as a list of days."""
    days = "".join(
        f"<li class=day><span>{day.split()[1]:0>2}</span><div>{day}, 2022</div>"
        + (event_html() if day == "June 2" else "<div class=none>No events</div>")
        + "</li>"
        for day in DAYS
    )
    return (
        "<div class=calendar><div class=calendar-nav><a>&lt;</a> 2022 <a>&gt;</a></div>"
        f"<div>May 29 - June 04</div><ul>{days}</ul></div>"
    )


def calendar_table():
    """The week as a table, a row for each day."""
    rows = "".join(
        f"<tr><th>{day}, 2022</th></tr><tr><td>{event_html() if day == 'June 2' else 'No events'}"
        "</td></tr>"
        for day in DAYS
    )
    return f"<table><caption>May 29 - June 04</caption>{rows}</table>"


@pytest.mark.parametrize("style", [calendar_list, calendar_table])
@pytest.mark.parametrize("frame", [page, framed])
def test_calendar_pages(style, frame):
    """The week as a page has the events, list entries and days of its text."""

    def told(found):
        events = [
            (e.event_id, e.language, e.date, e.title, e.time_text, e.start_utc, e.end_utc,
             e.timezone, e.translation_of, e.description) for e in found.events
        ]  # fmt: skip
        items = [(i.event_id, i.list, i.position, i.text) for i in found.event_items]
        return found.kind, events, items, [(d.date, d.events) for d in found.calendar_days]

    text = read(CALENDAR.read_bytes())
    assert told(read(frame(style()).encode(), "test/page.html")) == told(text)


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta http-equiv=Content-Type content="text/html; charset=gb2312">
<!--[if gte mso 9]><xml><o:p/></xml><![endif]--><style>p.MsoNormal{margin:0}</style></head>
<body lang=ZH-CN><div class=WordSection1>
<p class=MsoNormal><b><span style='font-size:18pt'>巴里（意大利）<span lang=EN-US><o:p></o:p></span></span></b></p>
<p class=MsoNormal><span lang=EN-US>Bari<o:p></o:p></span></p>
<p class=MsoNormal><span lang=EN-US>330,000</span><span>人</span></p>
<p class=MsoNormal><span lang=EN-US>116</span>平方公里</p>
<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>
<p class=MsoNormal><b>社会经济概况</b></p>
<p class=MsoNormal>巴里是意大利
南部的港口城市，<span lang=EN-US>2020</span>年有<span lang=EN-US>5</span>所大学。</p>
</div></body></html>"""


def test_a_page_saved_from_a_word_processor():
    """Its spans, breaks in the source and empty paragraphs leave no trace."""
    found = read(WORD.encode("gb18030"), "test/page.htm")
    (city,) = found.cities
    assert (city.city_id, city.population, city.area_km2) == ("it-bari", 330000, 116.0)
    assert [p.text for p in found.paragraphs] == ["巴里是意大利南部的港口城市，2020年有5所大学。"]
    assert found.encoding == "gb18030"
