"""The report: pages that show what the tables say, and let no text of a document act."""

import csv
import datetime as dt
import io
import json
import re
import shutil
from concurrent.futures import Future
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import msgspec
import pyarrow.parquet as pq
import pytest

from pipeline import work
from pipeline.alignment import places, spans
from pipeline.executor.crew import TaskOutcome
from pipeline.flow import Flow, Given
from pipeline.headed import head_of
from pipeline.knowledge.catalogue import catalogue, checks
from pipeline.knowledge.messages import todos
from pipeline.model import Edition, Source
from pipeline.output import Output
from pipeline.report.amounts import amount, exact, number
from pipeline.report.bundle import Bundle, bundle
from pipeline.report.changes import change_page
from pipeline.report.charts import LogScale, Rect, day_ticks, label_width, placed
from pipeline.report.edition import edition_pages
from pipeline.report.facts import first_in_full, shortened
from pipeline.report.file_names import file_name
from pipeline.report.profile import HEADER_FIELDS
from pipeline.report.resources import text_of
from pipeline.report.rows import TABLES, rows_in
from pipeline.report.search import fold
from pipeline.report.strings import strings
from pipeline.report.whole import whole_pages
from pipeline.store.cache import Cache
from tests.conftest import BROCHURE
from tests.documents import Here, tables_of
from tests.documents import edition as edition_of
from tests.test_segment import CHINESE

BROCHURE_EDITION = "iurc-china-2021"
ATTACK = "<script>alert('x')</script><img src=x onerror=alert(1)>\"'&{{7*7}}"


@pytest.fixture(scope="module")
def rows(output):
    """The rows of every table of the real documents."""
    return {
        t.name: rows_in(pq.read_table(output / f"tables/{t.name}.parquet")) for t in catalogue()
    }


def of_edition(rows, name):
    """The rows of one edition."""
    ids = {s["source_id"] for s in rows["sources"] if s["edition"] == name}
    own = {}
    for table in TABLES:
        if table == "lines":
            own[table] = [r for r in rows[table] if r["source_id"] in ids]
        else:
            own[table] = [r for r in rows[table] if r.get("edition", name) == name]
    return own


@pytest.fixture(scope="module")
def made(rows):
    """The pages of the brochure."""
    return edition_pages(BROCHURE_EDITION, of_edition(rows, BROCHURE_EDITION))


def text_in(page):
    """All text of a page, white space joined."""
    return " ".join(lxml.html.fromstring(page.decode()).text_content().split())


def attacked(rows):
    """Rows in which every text that a document or a folder's name gives is an attack."""
    own = {table: [dict(r) for r in found] for table, found in rows.items()}
    for table, columns in {
        "lines": ("text",),
        "cities": ("name_zh", "name_en", "country_zh", "population_text", "area_text"),
        "sections": ("heading",),
        "paragraphs": ("text",),
        "city_themes": ("label",),
        "quantities": ("text", "object", "period", "unit"),
        "mentions": ("text", "code"),
        "findings": ("message",),
        "events": ("title", "description", "time_text", "timezone"),
        "event_items": ("text",),
        "sources": ("path", "error", "reader"),
    }.items():
        for row in own[table]:
            for column in columns:
                row[column] = ATTACK
    return own


# ---------------------------------------------------------------- pages and tables


def test_every_value_of_a_profile_is_on_its_page(rows, made):
    """Header, labels, sections, paragraphs, quantities, mentions; each printed text beside it."""
    pages = dict(made.pages)
    own = of_edition(rows, BROCHURE_EDITION)
    texts = {c["city_id"]: text_in(pages[page_of(c["city_id"])]) for c in own["cities"]}
    for city in own["cities"]:
        for field in ("name_zh", "name_en", "kind", "country_code", "subdivision_code",
                      "geonames_id", "population_text", "area_text"):  # fmt: skip
            assert city[field] is None or str(city[field]) in texts[city["city_id"]]
        for field in ("population", "area_km2", "density_per_km2"):
            assert number(city[field]) in texts[city["city_id"]]
    for table, columns in {
        "city_themes": ("label", "theme"),
        "sections": ("heading",),
        "paragraphs": ("text",),
        "quantities": ("text", "period", "object"),
        "mentions": ("text", "code"),
    }.items():
        for row in own[table]:
            for column in columns:
                value = " ".join((row[column] or "").split())
                assert value in texts[row["city_id"]], (table, row)
    for row in own["quantities"]:
        assert number(row["value"]) in texts[row["city_id"]]
        assert amount(row).striptags() in texts[row["city_id"]]


def page_of(city_id):
    """The path of a profile's page."""
    return f"check/{BROCHURE_EDITION}/{city_id}.html"


def test_every_written_line_of_a_profile_is_on_its_page(rows, made):
    """As read, white space included."""
    pages = {path: lxml.html.fromstring(page.decode()) for path, page in made.pages}
    for line in of_edition(rows, BROCHURE_EDITION)["lines"]:
        if line["city_id"] and line["role"] != "blank":
            (shown,) = pages[page_of(line["city_id"])].xpath(f"//li[@id='l{line['line']}']")
            assert shown.text == line["text"]
            assert shown.get("value") == str(line["line"])


def test_lines_of_no_profile_are_on_the_page_of_the_edition(rows, made):
    """What no profile has is not left out."""
    page = lxml.html.fromstring(dict(made.pages)[f"check/{BROCHURE_EDITION}/index.html"].decode())
    shown = {int(v) for v in page.xpath("//div[@class='sheet']//li/@value")}
    lines = of_edition(rows, BROCHURE_EDITION)["lines"]
    assert {r["line"] for r in lines if not r["city_id"] and r["role"] != "blank"} <= shown


def test_every_finding_is_on_a_page_in_its_place(rows, made):
    """With its message, under its id, and once."""
    pages = {path: lxml.html.fromstring(page.decode()) for path, page in made.pages}
    for finding in of_edition(rows, BROCHURE_EDITION)["findings"]:
        page = pages[page_of(finding["city_id"] or "index")]
        (shown,) = page.xpath(f"//*[@id='{finding['finding_id']}']")
        assert " ".join(finding["message"].split()) in " ".join(shown.text_content().split())


def test_findings_are_listed_by_severity(made):
    """On the page of the edition and beside a value: what may be wrong comes first."""
    pages = dict(made.pages)
    edition = lxml.html.fromstring(pages[f"check/{BROCHURE_EDITION}/index.html"].decode())
    profile = lxml.html.fromstring(pages[page_of("cn-xian")].decode())
    beside = profile.get_element_by_id("f-population").getnext()
    for part in (edition, beside):
        severities = [f.get("class").split()[1] for f in part.find_class("finding")]
        assert severities == ["warning", "info"]


def test_every_hint_is_listed_by_its_check(made, rows):
    """Over all editions, each with its place and edition; beyond what is listed, how many more."""
    many = msgspec.structs.replace(made.facts, edition="z", folder="z", infos=made.facts.infos[:3])
    page = dict(whole_pages([made.facts, many], [], rows["themes"]))["check/index.html"].decode()
    root = lxml.html.fromstring(page)
    found = of_edition(rows, BROCHURE_EDITION)["findings"]
    infos = [f for f in found if f["severity"] == "info"]
    for check in {f["check"] for f in infos}:
        own = [f for f in infos if f["check"] == check]
        (part,) = root.xpath(f"//details[@id='info-{check}']")
        links = part.xpath(".//tbody//td[1]/a/@href")
        assert [h for h in links if f"/{BROCHURE_EDITION}/" in h] == sorted(
            f"../{page_of(f['city_id'] or 'index')}#{f['finding_id']}" for f in own
        )
        more = 2 * len(own) - len(links)
        assert (f"Not listed: {more}" in part.text_content()) == (more > 0)


def test_a_value_leads_to_the_characters_that_print_it(made):
    """`data-at` names line and characters; white space inside is no difference."""
    page = lxml.html.fromstring(dict(made.pages)[page_of("cn-xian")].decode())
    lines = {li.get("id"): li.text for li in page.xpath("//div[@class='sheet']//li")}

    def printed(element):
        cuts = [re.fullmatch(r"(\w+):(\d+)-(\d+)", t) for t in element.get("data-at").split()]
        return "".join(lines[m[1]][int(m[2]) : int(m[3])] for m in cuts)

    marks = page.xpath("//section[@class='prose']//a[contains(@class, 'q')]")
    assert [m.text for m in marks][:3] == ["第九个", "10,020.39亿元", "第2大"]
    for mark in page.xpath("//section[@class='prose']//p/a"):
        assert printed(mark) == mark.text
    assert printed(page.get_element_by_id("f-population")) == "21,893,000人"
    assert printed(page.get_element_by_id("f-name_zh")).split() == ["西", "安"]


def test_pages_are_light(made):
    """A page of a profile is far below what a slow disk would make felt."""
    sizes = {path: len(page) for path, page in made.pages}
    assert max(size for path, size in sizes.items() if "partners" not in path) < 60_000
    assert max(sizes.values()) < 150_000


LABELS_ON_A_LINE = """\fCity of Mannheim, Germany

Inhabitants: 309 370
Surface area: 144,96 km²

Themes: Urban agenda, Quantum gastronomy, Climate change and energy transition

Overview

Mannheim is located in south-western Germany at the confluence of the
rivers Rhine and Neckar.
"""


def roots_of(text, rows=None):
    """The pages of an edition of one text, by their files, parsed."""
    made = edition_pages("e", rows or tables_of(edition_of("e", text)))
    return {p.rpartition("/")[2]: lxml.html.fromstring(d.decode()) for p, d in made.pages}


def test_a_finding_about_a_label_stands_beside_that_label():
    """Labels on one line are told apart by what the finding quotes, and so is the correction."""
    page = roots_of(LABELS_ON_A_LINE)["de-mannheim.html"]
    (finding,) = [d for d in page.find_class("finding") if "Quantum gastronomy" in d.text_content()]
    beside = next(finding.iterancestors("tr")).getprevious()
    assert beside.find("td").text == "Quantum gastronomy"
    (line,) = finding.xpath(".//p[@class='line']/code")
    assert "Quantum gastronomy" in line.text


def test_a_value_of_the_header_tells_the_page_that_prints_it(rows):
    """A header may go on over the end of a page."""
    own = of_edition(rows, BROCHURE_EDITION)
    own["lines"] = [{**r, "page": 23} if r["line"] == 1108 else r for r in own["lines"]]
    page = roots_of("", own)["cn-xian.html"]
    shown = {f: page.get_element_by_id(f"f-{f}").find_class("where") for f in
             ("population", "area_km2")}  # fmt: skip
    assert {f: links[0].text for f, links in shown.items()} == {
        "population": "22:1106",
        "area_km2": "23:1108",
    }


def test_a_finding_about_a_line_of_a_profile_leads_to_that_line():
    """The page of the edition does not show the line; that of the profile does."""
    text = f"{LABELS_ON_A_LINE}\nFranklin\n\nA new neighbourhood is being built.\n"
    rows = tables_of(edition_of("e", text))
    line = next(r for r in rows["lines"] if r["text"] == "Franklin")
    finding = {**rows["findings"][0], "city_id": None, "source_id": line["source_id"],
               "page": 1, "line_start": line["line"], "line_end": line["line"]}  # fmt: skip
    pages = roots_of("", {**rows, "findings": [finding]})
    (link,) = pages["index.html"].get_element_by_id(finding["finding_id"]).find_class("where")
    file, _, anchor = link.get("href").partition("#")
    assert pages[file].get_element_by_id(anchor).text == "Franklin"


def test_every_partner_is_on_the_page_of_a_place(made, rows):
    """Those of other countries first, each with its country, themes, their number and how alike."""
    own = of_edition(rows, BROCHURE_EDITION)
    pairs = [r for r in own["similarities"] if "cn-xian" in (r["city_a"], r["city_b"])]
    page = lxml.html.fromstring(dict(made.pages)[page_of("cn-xian")].decode())
    tables = page.xpath("//section[@class='partners']//table")
    assert [t.get("data-scope") for t in tables] == ["abroad", "home"]
    for table, abroad in zip(tables, (True, False), strict=True):
        known = {}
        for row in table.xpath("./tbody/tr"):
            cells = [c.text_content() for c in row.xpath("./td")]
            city = row.xpath("./td[1]/a/@href")[0].removesuffix(".html")
            (themes,) = row.xpath(".//@data-themes")
            known[city] = (themes, *cells[-2:])
            assert not abroad or not city.startswith("cn-")
            assert len(row.xpath(".//@data-country")) == abroad
        assert known == {
            r["city_a"] if r["city_b"] == "cn-xian" else r["city_b"]: (
                r["shared_themes"], str(r["shared"]), number(r["jaccard"]))
            for r in pairs if r["across_countries"] is abroad
        }  # fmt: skip
        alike = [float(r[2]) for r in known.values()]
        assert alike == sorted(alike, reverse=True)


def test_the_page_of_partners_holds_every_pair(made, rows):
    """The nearest in full, with their themes; all in a short form for the script."""
    page = dict(made.pages)[f"check/{BROCHURE_EDITION}/partners.html"].decode()
    root = lxml.html.fromstring(page)
    (table,) = root.xpath("//table[contains(@class, 'pairs')]")
    codes = table.get("data-themes").split()
    cities = [h.removesuffix(".html") for h in table.xpath("./tbody/tr/th/a/@href")]
    found = set()
    for city, row in zip(cities, table.xpath("./tbody/tr"), strict=True):
        for part in row.xpath(".//ul"):
            entries = [e.split(":") for e in part.get("data-all").split()]
            shown = [h.removesuffix(".html") for h in part.xpath("./li/a/@href")]
            assert shown == [cities[int(e[0])] for e in entries][: len(shown)]
            found |= {
                (city, cities[int(n)], " ".join(codes[int(t)] for t in themes.split(",")), alike)
                for n, themes, alike in entries
            }
    assert {f for f in found if f[0] < f[1]} == {
        (r["city_a"], r["city_b"], r["shared_themes"], exact(r["jaccard"]))
        for r in of_edition(rows, BROCHURE_EDITION)["similarities"]
    }
    assert "Education, jobs and skills; Industry 5.0" in text_in(page.encode())


def test_names_say_their_language(made):
    """So that a browser sets each in a font of its script."""
    page = lxml.html.fromstring(dict(made.pages)[page_of("cn-xian")].decode())
    assert [(e.text, e.get("lang")) for e in page.find("body").xpath(".//h1/span")] == [
        ("西安", "zh"),
        ("Xi’an", "en"),
    ]


def test_a_heading_in_the_words_of_a_page_is_shown_once():
    """To readers of the language in which both read the same."""
    page = roots_of(LABELS_ON_A_LINE)["de-mannheim.html"]
    (name,) = page.xpath("//section[@id='overview']/h4/small/span[1]")
    assert (name.get("class"), name.text_content()) == ("zh-only", "Overview")


def test_a_document_without_lines_of_no_profile_has_no_empty_sheet():
    """Blank lines alone are nothing to show."""
    page = roots_of(LABELS_ON_A_LINE)["index.html"]
    assert not page.find_class("sheet")
    assert not page.find_class("panes")


def test_a_warning_says_what_to_do_where_it_stands_and_where_it_is_listed(made, rows):
    """In the words of the file that `raw/README.zh.md` is held to; a hint asks for nothing."""
    profile = lxml.html.fromstring(dict(made.pages)[page_of("cn-xian")].decode())
    beside = profile.get_element_by_id("f-population").getnext()
    said = [bool(f.find_class("todo-is")) for f in beside.find_class("finding")]
    assert said == [True, False]
    whole = dict(whole_pages([made.facts], [], rows["themes"]))
    page = lxml.html.fromstring(whole["check/index.html"].decode())
    listed = {r.text_content() for r in page.xpath("//table[@class='todos']/tbody/tr/td[2]")}
    assert todos()["same_population_and_area"]["en"] in listed
    assert len(listed) == len({f.check for f in made.facts.findings})


# ---------------------------------------------------------------- nothing acts


@pytest.mark.parametrize("name", [BROCHURE_EDITION, "iurc-calendar-2022-w22"])
def test_text_of_a_document_stays_text(rows, name):
    """Markup in a line, a name, a value or a message is shown as it was printed."""
    found = edition_pages(f"x{ATTACK}/../é", attacked(of_edition(rows, name)))
    pages = [*found.pages, *whole_pages([found.facts], [], rows["themes"])]
    assert any(ATTACK in text_in(page) for path, page in pages if path.endswith("html"))
    for path, page in pages:
        assert re.fullmatch(r"[a-z0-9_./-]+", path)
        assert ".." not in path
        if not path.endswith(".html"):
            continue
        root = lxml.html.fromstring(page.decode())
        assert not root.xpath("//img | //iframe | //object | //style | //@style")
        assert not [a for a in root.xpath("//@*") if a.attrname.startswith("on")]
        assert all(s.get("src") and not s.text for s in root.iter("script"))
        assert not [h for h in root.xpath("//@href") if re.match(r"\w+:|//", h)]
        assert "49" not in root.xpath("//title")[0].text_content()


def test_templates_take_no_text_for_markup():
    """No template lifts the escaping, and one function alone makes markup of a string."""
    folder = Path(__file__).parent.parent / "pipeline" / "report"
    for path in (folder / "templates").iterdir():
        assert not re.search(r"\|\s*safe|autoescape", path.read_text("utf-8")), path
    script = "".join(p.read_text("utf-8") for p in (folder / "assets").glob("*.js"))
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script)
    markup = [p.name for p in folder.glob("*.py") if "return Markup(html)" in p.read_text("utf-8")]
    assert markup == ["pieces.py"]


def test_each_page_allows_its_own_files_alone(output):
    """A policy in each page: no address elsewhere, no script or style inside."""
    for path in (output / "report").rglob("*.html"):
        root = lxml.html.fromstring(path.read_text("utf-8"))
        (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in policy


def test_a_mark_that_turns_the_direction_of_text_is_seen_and_does_nothing():
    """A sign of one character stands for it, so that values still lead to their characters."""
    text = LABELS_ON_A_LINE.replace("Inhabitants: 309", "Inhabit\u202eants: 309")
    page = roots_of(text)["de-mannheim.html"]
    (line,) = [li for li in page.xpath("//div[@class='sheet']//li") if "309 370" in li.text]
    assert line.text == "Inhabit▯ants: 309 370"
    assert "\u202e" not in lxml.html.tostring(page, encoding="unicode")


# ---------------------------------------------------------------- files


def test_every_link_leads_somewhere(output):
    """To a file of the report and, after a #, to an element of it."""
    folder = output / "report"
    roots = {p: lxml.html.fromstring(p.read_text("utf-8")) for p in folder.rglob("*.html")}
    ids = {path: set(root.xpath("//@id")) for path, root in roots.items()}
    for path, root in roots.items():
        assert len(root.xpath("//@id")) == len(ids[path]), path
        for link in root.xpath("//@href | //@src"):
            if link.startswith("?lang="):
                continue
            file, _, anchor = unquote(link).partition("#")
            target = (path.parent / file).resolve() if file else path
            assert target.is_file(), (path, link)
            if anchor and not anchor.startswith("theme="):
                assert anchor in ids[target], (path, link)


def test_the_command_makes_the_same_pages_from_the_tables(output, tmp_path, run_pipeline):
    """Byte for byte what `extract` makes; and after it there is nothing to do."""
    copy = tmp_path / "output"
    shutil.copytree(output, copy)
    before = {p: p.read_bytes() for p in copy.rglob("*") if p.is_file()}
    shutil.rmtree(copy / "report")
    assert "report/index.html" in run_pipeline("report", "--output", copy, check=0).stderr
    assert {p: p.read_bytes() for p in copy.rglob("*") if p.is_file()} == before
    assert "nothing to do" in run_pipeline("extract", "--output", copy, check=0).stderr


def test_without_tables_there_is_no_report(tmp_path, run_pipeline):
    """The message says what to do, and nothing is left behind."""
    done = run_pipeline("report", "--output", tmp_path / "a" / "output", check=2)
    assert "hint: run `python -m pipeline extract` first" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_table_is_not_made_valid_by_a_new_report(output, tmp_path):
    """The report of a table that is not what `extract` wrote is refused, and all stays."""
    from pipeline.errors import PipelineError
    from pipeline.report_alone import report_alone

    copy = tmp_path / "output"
    shutil.copytree(output, copy)
    with (copy / "tables" / "cities.csv").open("a", encoding="utf-8") as file:
        file.write("x")
    with pytest.raises(PipelineError, match="damaged"):
        report_alone(copy)
    assert (copy / "report" / "index.html").is_file()


def test_tables_can_be_had_without_pages(tmp_path, run_pipeline):
    """And pages come and go with the option, though the tables stay the same."""
    folder = tmp_path / "output"
    run_pipeline("extract", "--output", folder, "--no-report", check=0)
    assert not (folder / "report").exists()
    assert "report" not in json.loads((folder / "datapackage.json").read_bytes())
    again = run_pipeline("extract", "--output", folder, "--no-report", check=0)
    assert "nothing to do" in again.stderr
    run_pipeline("extract", "--output", folder, check=0)
    assert (folder / "report" / "index.html").is_file()


def test_names_of_editions_become_safe_and_unique_file_names():
    """In any script, with signs, in upper case, long, or made to look like another's."""
    odd = ["a", "A", "á", "版本", "版本二", "..", ".", "a/b", "a b", "-a", "a.", "con", "nul.x",
           "index", "partners", "x" * 300, "x" * 301, "a\\b", "<b>", "a#b", "a?b", "a%2e", ""]  # fmt: skip
    odd.append(file_name("A"))
    made = [file_name(name) for name in odd]
    assert len({m.lower() for m in made}) == len(odd)
    assert all(re.fullmatch(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?", m) for m in made)
    assert all(len(m) <= 80 and ".." not in m for m in made)
    assert file_name("iurc-china-2021") == "iurc-china-2021"


def two_editions(executor, rounds=1):
    """An output of two editions by an executor, as often as asked for."""
    flow = Flow(executor, Cache(Path("/dev/null")))
    results = []
    for name in "ab":
        data = CHINESE.encode()
        source = Source(f"{name}/x.txt", Edition(name), f"raw/{name}/x.txt", name * 64, len(data))
        results.append(flow.source(Given(source, lambda data=data: data)))
    found = []
    for _ in range(rounds):
        output = Output(flow, (), (), lambda result: result)
        made, files = output.files(output.editions(results))
        found.append((made, {name: b"".join(pieces) for name, pieces in files}))
    return found


def test_pages_of_an_unchanged_edition_are_not_rendered_again():
    """They are kept with its tables, and copied."""

    class Counting(Here):
        def __init__(self):
            self.pages = 0

        def submit(self, *call):
            self.pages += isinstance(work.decoded(call[2]), work.Pages)
            return super().submit(*call)

    executor = Counting()
    (_, first), (_, second) = two_editions(executor, rounds=2)
    assert executor.pages == 2
    assert first == second
    assert "report/check/b/index.html" in first


def test_a_fault_in_the_pages_costs_no_table():
    """The edition has no pages, all else is there, and the summary says so."""

    class Faulty(Here):
        def submit(self, *call):
            task = work.decoded(call[2])
            if isinstance(task, work.Pages) and task.edition == "b":
                future = Future()
                future.set_result(msgspec.msgpack.encode(TaskOutcome((), "fault", "ValueError: x")))
                return future
            return super().submit(*call)

    ((made, files),) = two_editions(Faulty())
    assert "report/check/a/index.html" in files
    assert "report/check/b/index.html" not in files
    assert "report/index.html" in files
    assert "tables/cities.csv" in files
    assert made.faults == ["the report has no pages of b: the program failed (ValueError: x)"]


@pytest.mark.parametrize(
    ("profiles", "most", "first"),
    [
        ([], 10, 0),
        ([44], 10, 0),  # the last edition is shown, however large
        ([4, 4, 4], 12, 0),
        ([4, 4, 4], 11, 1),
        ([1, 9, 10], 10, 2),
        ([9, 0, 10], 10, 1),
    ],
)
def test_of_too_many_profiles_the_last_editions_are_listed(profiles, most, first):
    """No more than a page can hold."""
    assert first_in_full(profiles, most) == first


def test_pages_over_all_say_what_they_leave_out(made, rows):
    """An edition told in short is counted and linked, its profiles are not listed."""
    later = msgspec.structs.replace(made.facts, edition="z-later", folder="z-later")
    pages = dict(whole_pages([shortened(made.facts), later], [], rows["themes"]))
    places = len(made.facts.places)
    for name in ("index.html", "explore.html", "check/index.html"):
        page = pages[name].decode()
        assert f"{places} of 1 earlier editions" in page
        assert "check/z-later/" in page or 'href="z-later/' in page
    overview = pages["index.html"].decode()
    assert f"<dd>{2 * places}</dd>" in overview
    assert f'href="check/{made.facts.folder}/index.html"' in overview
    assert f'href="check/{made.facts.folder}/{made.facts.places[0].city_id}' not in overview
    explore = pages["explore.html"].decode()
    assert explore.count("<tr data-key") == places


def test_a_bundle_gives_its_pages_back():
    """Whole or not at all."""
    data = bundle([("a.html", b"x"), ("b.html", b"yz")], b"facts", 2)
    head = head_of(data, Bundle)
    assert [(f.path, f.end - f.start) for f in head.files] == [("a.html", 1), ("b.html", 2)]
    with pytest.raises(ValueError, match="damaged"):
        head_of(data[:9] + b"?" + data[10:], Bundle)
    with pytest.raises(ValueError, match="cut off"):
        head_of(b"1", Bundle)


# ---------------------------------------------------------------- corrections


def test_the_line_of_a_finding_can_be_used_as_it_is_copied(made, tmp_path, run_pipeline):
    """With a value and a reason it is applied, and settles its finding."""
    page = lxml.html.fromstring(dict(made.pages)[page_of("cn-xian")].decode())
    (finding,) = [d for d in page.find_class("finding") if "same population" in d.text_content()]
    fix, other = finding.find_class("fix")
    (line,) = csv.reader([fix.find_class("line")[0].find("code").text])
    head = fix.find_class("note")[0].find("code").text
    given = dict(zip(head.split(","), line, strict=True))
    assert given == {"city_id": "cn-xian", "table": "cities", "field": "population",
                     "value": "21893000", "reason": "", "printed": "21,893,000人",
                     "position": "", "section": "", "start": ""}  # fmt: skip
    assert text_in(lxml.html.tostring(fix.find("summary"))) == "Correct it: Population"
    (line,) = csv.reader([other.find_class("line")[0].find("code").text])
    assert line[2:6] == ["area_km2", "16411", "", "16,411平方公里"]
    folder = tmp_path / "raw" / BROCHURE_EDITION
    folder.mkdir(parents=True)
    shutil.copy(BROCHURE, folder)
    lines, out = [head], tmp_path / "output"
    for asked, value, left in ((fix, "12952907", ["Area, km²"]), (other, "10752", [])):
        lines.append(f"{asked.get('data-before')},{value},misprint,{asked.get('data-after')}")
        (folder / "corrections.csv").write_text("\n".join(lines), "utf-8")
        run_pipeline("extract", "--raw", tmp_path / "raw", "--output", out, check=0)
        with (out / "tables" / "corrections.csv").open(encoding="utf-8", newline="") as file:
            assert {row["status"] for row in csv.DictReader(file)} == {"applied"}
        page = (out / "report" / page_of("cn-xian")).read_bytes()
        found = [f for f in lxml.html.fromstring(page.decode()).find_class("finding")
                 if "same population" in f.text_content()]  # fmt: skip
        asks = [s.text_content() for f in found for s in f.iter("summary")]
        assert asks == [f"Correct it: {name}" for name in left]
    shown = text_in(page)
    assert (
        "correction applied. Population: 12952907. read from the page: 21893000. misprint" in shown
    )


def test_every_finding_about_a_value_has_a_line(rows, made):
    """A line for each value of `cities` or theme of a label that a finding is about."""
    correctable = {t.name: t.correctable for t in catalogue()}
    pages = {path: lxml.html.fromstring(page.decode()) for path, page in made.pages}
    told = 0
    for finding in of_edition(rows, BROCHURE_EDITION)["findings"]:
        if (
            finding["table"] in ("cities", "city_themes")
            and finding["field"] in correctable[finding["table"]]
        ):
            page = pages[page_of(finding["city_id"])]
            (shown,) = page.xpath(f"//*[@id='{finding['finding_id']}']")
            for code in shown.xpath(".//p[@class='line']/code"):
                assert len(next(csv.reader(io.StringIO(code.text)))) == 9
                told += 1
    assert told > 40


def test_a_line_that_was_refused_is_not_called_corrected():
    """The page of the edition tells what became of it, and of which profile it is."""
    rows = tables_of(edition_of("e", LABELS_ON_A_LINE))
    columns = {f.name for t in catalogue() if t.name == "corrections" for f in t.fields}
    given = {"edition": "e", "city_id": "xx-nowhere", "table": "cities", "field": "population",
             "value": "5", "status": "refused"}  # fmt: skip
    page = roots_of("", {**rows, "corrections": [dict.fromkeys(columns) | given]})["index.html"]
    (shown,) = page.find_class("corrected")
    told = " ".join(shown.text_content().split())
    assert told == "correction refused. xx-nowhere, Population: 5."


# ---------------------------------------------------------------- changes


def test_changes_are_shown_with_what_differs():
    """A page for each comparison; words and numbers that are the same are not marked."""
    row = {"series": "s", "edition_from": "s1", "edition_to": "s<2>", "city_id": "cn-x",
           "change": "changed", "field": "population", "item": None, "period": None,
           "difference": "value", "old": "1234500", "new": "1264500", "old_text": "1,234,500人",
           "new_text": None, "similarity": None, "note": None, "source_id_from": "s1/x",
           "line_from": 3, "source_id_to": "s2/x", "line_to": 5}  # fmt: skip
    short, (path, page) = change_page(("s", "s1", "s<2>"), [row], [])
    assert short.counts == {"value": 1, "spelling": 0, "language": 0}
    root = lxml.html.fromstring(page.decode())
    assert [e.text for e in root.xpath("//del | //ins")] == ["1,234,500", "1,264,500"]
    assert path == f"changes/{file_name(chr(31).join(('s', 's1', 's<2>')))}.html"
    assert root.xpath("//a[@class='where']/@href")[0] == "../check/s1/cn-x.html#f-population"
    assert "1,234,500" in text_in(page)


def test_two_editions_of_a_series_have_a_page(tmp_path, run_pipeline):
    """And each change leads to where the pages of both have the value, the theme, the section."""
    later = CHINESE.replace("1,234,500", "1,334,500").replace("绿色循环经济与", "")
    later = later.replace("务\n实合作", "深\n入合作")
    for year, text in ((2021, CHINESE), (2022, later)):
        folder = tmp_path / "raw" / f"s-{year}"
        folder.mkdir(parents=True)
        (folder / "page.txt").write_text(text, "utf-8")
        (folder / "edition.toml").write_text(f'series = "s"\nyear = {year}\n', "utf-8")
    out = tmp_path / "output"
    run_pipeline("extract", "--raw", tmp_path / "raw", "--output", out, check=0)
    root = lxml.html.fromstring((out / "report" / "changes.html").read_text("utf-8"))
    (link,) = root.xpath("//td/a/@href")
    page = (out / "report" / link).read_bytes()
    assert "s-2021 → s-2022" in text_in(page)
    links = lxml.html.fromstring(page.decode()).xpath("//a[@class='where']/@href")
    assert {h.partition("#")[2] for h in links} == {"f-population", "themes", "priorities"}
    test_every_link_leads_somewhere(out)


# ---------------------------------------------------------------- strings


def test_both_languages_say_everything():
    """Every text has both languages, with the same places to fill."""
    for key, texts in strings().items():
        assert set(texts) == {"en", "zh"}, key
        fill = [sorted(re.findall(r"\{\d\}", t)) for t in texts.values()]
        assert fill[0] == fill[1], key
        assert all(t.strip() for t in texts.values()), key


# Groups of texts that are for the codes of columns.
CODES = {
    "kind": [("cities", "kind")],
    "role": [("lines", "role")],
    "section": [("sections", "section")],
    "indicator": [("quantities", "indicator")],
    "quantity": [("quantities", "kind")],
    "mention": [("mentions", "type")],
    "severity": [("findings", "severity")],
    "source": [("sources", "kind")],
    "status": [("sources", "status"), ("corrections", "status")],
    "timezone": [("events", "timezone_source")],
    "list": [("event_items", "list")],
    "finding": [("findings", "check")],
}


def test_codes_of_the_tables_have_a_text():
    """Kinds, roles, indicators and the rest are shown in words; a text for a check is of one."""
    fields = {(t.name, f.name): f.enum for t in catalogue() for f in t.fields}
    for group, columns in CODES.items():
        for column in columns:
            assert {f"{group}.{code}" for code in fields[column] or ()} <= strings().keys()
    assert {f"column.{name}" for name in fields["changes", "field"]} <= strings().keys()
    known = {k.partition(".")[2] for k in strings() if k.startswith("finding.")}
    assert known <= checks().keys()
    for table in catalogue():
        assert {f"column.{c}" for c in table.correctable} <= strings().keys()


def test_every_key_of_a_template_has_a_text_and_is_used():
    """No page shows the key instead, and no text lies about."""
    folder = Path(__file__).parent.parent / "pipeline" / "report"
    used = set()
    for path in [*(folder / "templates").iterdir(), *(folder / "assets").glob("*.js")]:
        text = path.read_text("utf-8")
        used |= set(
            re.findall(
                r"""(?:t|text|done|data-t)[\[(=?] ?(?:[a-z"-]+, )?"([a-z]+\.[a-z_]+)\"""", text
            )
        )
        used |= set(re.findall(r"\"([a-z]+\.[a-z_]+)\"", text)) & strings().keys()
        assert not {k for k in used if k.partition(".")[0] != "assets"} - strings().keys(), path
    fields = {(t.name, f.name): f.enum for t in catalogue() for f in t.fields}
    named = {f"changes.{c}" for n in ("change", "difference") for c in fields["changes", n]}
    columns = {c for t in catalogue() for c in t.correctable} | {f for f, _ in HEADER_FIELDS}
    named |= {f"column.{c}" for c in columns | {*fields["changes", "field"]}}
    free = {"page", "overview", "explore", "check", "changes", "column"}
    left = strings().keys() - used - named
    assert sorted(k for k in left if k.partition(".")[0] in free) == []
    assert {k.partition(".")[0] for k in strings()} == free | CODES.keys()


# ---------------------------------------------------------------- parts


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Bielsko-Biała", "bielskobiala"),
        ("别尔斯科-比亚瓦", "别尔斯科比亚瓦"),
        ("別爾斯科-比亞瓦", "别尔斯科比亚瓦"),
        ("Xi’an", "xian"),
        ("ØRESUND Straße", "oresundstrasse"),
        ("Łódź", "lodz"),
        ("ＡＢＣ １", "abc1"),
        ("廣州", "广州"),
    ],
)
def test_a_name_is_found_in_any_spelling(text, key):
    """Accents, width, signs and traditional characters make no difference."""
    assert fold(text) == key


@pytest.mark.parametrize(
    ("text", "lines", "cut"),
    [
        ("西安是", ["  西 安", "是"], [(0, 2, 5), (1, 0, 1)]),
        ("innovation hub", ["innova-", "tion  hub"], [(0, 0, 6), (1, 0, 9)]),
        ("efficient", ["e\ufb03cient"], [(0, 0, 7)]),
        ("an\u00e9", ["xx", "yan\u00e9z"], [(1, 1, 4)]),
        ("lost", ["other"], []),
        ("second first", ["first", "second"], [(0, 0, 5), (1, 0, 6)]),
        ("", ["x"], []),
    ],
)
def test_rebuilt_text_is_found_in_its_lines(text, lines, cut):
    """Across breaks, hyphens and ligatures; what is not there has no place."""
    assert [tuple(s) for s in spans(places(text, lines))] == cut


def test_a_text_that_is_nowhere_is_given_up_soon():
    """A long difference costs no time that grows with its square."""
    assert places("ab" * 50_000, ["cd" * 50_000]) == [None] * 100_000


@pytest.mark.parametrize(
    ("value", "read", "written"),
    [
        (21893000, "21,893,000", "21893000"),
        (16411.0, "16,411", "16411"),
        (12573.8, "12,573.8", "12573.8"),
        (-0.5, "-0.5", "-0.5"),
        (0, "0", "0"),
        (None, "–", ""),
        (1.5e-7, "0.00000015", "0.00000015"),
        (float("inf"), "inf", "inf"),
    ],
)
def test_numbers(value, read, written):
    """Thousands apart for people, digits alone for corrections."""
    assert (number(value), exact(value)) == (read, written)


def test_labels_cover_neither_one_another_nor_a_point():
    """What has no room has no label."""
    frame = Rect(0, 0, 200, 100)
    spots = [(50.0, 50.0, 5.0), (60.0, 50.0, 5.0), (52.0, 53.0, 5.0), (199.0, 50.0, 2.0)]
    taken = [Rect(x - r, y - r, x + r, y + r) for x, y, r in spots]
    found = list(placed([(*s, label_width("Beijing")) for s in spots], taken, frame))
    assert [f.anchor if f else None for f in found] == ["middle", "start", "middle", "end"]
    assert list(placed([(5, 5, 3, 400)], [], frame)) == [None]


def test_ticks_are_few_and_inside():
    """Powers of ten for wide scales; days, weeks or months for short and long times."""
    assert LogScale.over([90, 110_000], 0, 100).ticks() == [100, 1_000, 10_000, 100_000]
    assert LogScale.over([1, 1], 0, 100)(1) == 50
    day = dt.date(2022, 5, 29)
    assert len(day_ticks(day, day + dt.timedelta(days=6))) == 7
    for span in (0, 30, 100, 400, 4_000, 400_000):
        ticks = day_ticks(day, day + dt.timedelta(days=span))
        assert 1 <= len(ticks) <= 14
        assert ticks == sorted(set(ticks))
    assert day_ticks(dt.date(9998, 1, 1), dt.date(9999, 12, 31))


def test_the_outline_of_the_land_is_slim_and_whole():
    """Each piece closes, and its box holds its start."""
    data = text_of("data/land.csv")
    assert len(data) < 60_000
    for line in data.splitlines():
        x0, y0, x1, y1, path = line.split(",", 4)
        x, y = map(int, re.match(r"M(-?\d+) (-?\d+)l", path).groups())
        assert int(x0) <= x <= int(x1)
        assert int(y0) <= y <= int(y1)
        assert path.endswith("z")
