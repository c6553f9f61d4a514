"""The report in a real browser, opened from disk as its readers do."""

import csv
import os
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from pipeline.emit.files import FORMULA
from tests.documents import edition as edition_of
from tests.documents import tables_of
from tests.test_segment import CHINESE

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
if CHROMIUM is None:
    reason = (
        "no Chromium: `apt-get install chromium` makes the tests of the report in a browser run"
    )
    pytest.skip(reason, allow_module_level=True)

CITY = "check/iurc-china-2021/cn-xian.html"
ATTACK = "<script>document.title='x'</script><img src=x onerror=\"document.title='x'\">"


@pytest.fixture(scope="module")
def browser():
    """One browser for all tests."""
    with sync_api.sync_playwright() as playwright:
        # Root may not use Chromium's own sandbox; the pages are ours.
        arguments = [] if os.geteuid() else ["--no-sandbox"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    """A page that fails its test for an error, or a request to anywhere but the disk."""
    wrong = []
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith("file:") else wrong.append(r.url))
    page.on("requestfailed", lambda request: wrong.append(f"failed: {request.url}"))
    yield page
    context.close()
    assert wrong == []


@pytest.fixture
def report(output, page):
    """Opens a page of the report over the real documents."""

    def opened(path):
        page.goto(f"file://{output}/report/{path}")
        return page

    return opened


def shown(page):
    """The ids of the places that the table shows, in their order."""
    rows = page.locator("table.filtered tbody tr:visible th a")
    links = rows.evaluate_all("all => all.map(a => a.getAttribute('href'))")
    return [link.rpartition("/")[2].partition(".html")[0] for link in links]


def test_places_are_found_filtered_and_sorted(report):
    """In any script, by country and theme, by the head of a column; what is missing comes last."""
    page = report("explore.html")
    assert len(shown(page)) == 44
    search = page.get_by_label("Search")
    for typed in (
        "别尔斯科",
        "別爾斯科",
        "bielsko",
        "Bielsko-Biała",
        "BIELSKO BIALA",
        "pl-bielsko",
    ):
        search.fill(typed)
        assert shown(page) == ["pl-bielsko-biala"], typed
    assert page.locator(".shown").text_content() == "1 of 44 shown"
    search.fill("nowhere")
    assert page.get_by_text("Nothing fits").is_visible()
    page.get_by_role("button", name="Reset").click()
    page.get_by_label("Country").select_option("ES")
    spanish = shown(page)
    assert 1 < len(spanish) < 10
    assert all(city.startswith("es-") for city in spanish)
    page.get_by_label("Theme").select_option("circular-economy")
    assert "es-fuenlabrada" in shown(page)
    assert len(shown(page)) < len(spanish)
    page.get_by_label("all but this one").check()
    page.get_by_label("Country").select_option("CN")
    assert not any(city.startswith("cn-") for city in shown(page))
    page.get_by_label("Country").select_option("")
    assert "cn-kunming" in shown(page)  # all but none
    page.get_by_role("button", name="Reset").click()
    page.get_by_role("button", name="Place").click()
    assert shown(page)[:2] == ["es-autonomous-region-of-valencia", "ro-bacau-county"]
    page.get_by_role("button", name="Population").click()
    assert set(shown(page)[:2]) == {"cn-beijing", "cn-xian"}
    page.get_by_role("button", name="Population").click()
    assert shown(page)[-1] in ("cn-beijing", "cn-xian")
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"


def test_a_theme_of_the_overview_leads_to_its_places(report):
    """By the part of the address after the #."""
    page = report("index.html")
    page.locator(".matrix thead a").first.click()
    page.wait_for_url("**/explore.html#theme=*")
    assert 0 < len(shown(page)) < 44


def lit(page):
    """The anchors that are lit, and the characters that are lit in the lines."""
    ids = page.locator(".sheet li.lit").evaluate_all("all => all.map(e => e.id)")
    return ids, page.evaluate("[...(CSS.highlights.get('print') || [])].map(r => r.toString())")


def test_a_value_and_its_line_light_up_together(report):
    """By pointer and by keyboard, from the value and from the line."""
    page = report(CITY)
    page.locator("#q2").hover()
    assert lit(page) == (["l1081"], ["10,020.39亿元"])
    assert page.locator(".prose a.lit").text_content() == "10,020.39亿元"
    page.locator("#f-population").hover()
    assert lit(page) == (["l1106"], ["21,893,000人"])
    page.locator("#q7 a.where").focus()
    assert lit(page) == (["l1113"], ["242家"])
    page.locator("#l1106").hover()
    assert page.locator("#f-population.lit").count() == 1
    status = page.locator(".status")
    assert status.text_content().startswith("line 1106: population; values from this line: 1")
    page.locator(".sheet").focus()
    page.keyboard.press("ArrowDown")
    assert status.text_content().startswith("line 1078: heading")


def test_a_correction_line_is_filled_in_and_copied(report):
    """As a CSV line, whatever is typed."""
    page = report(CITY)
    finding = page.locator(".finding.warning").first
    fix = finding.locator(".fix", has_text="Correct it: Population")
    fix.locator("summary").click()
    fix.get_by_label("Right value").fill("12952907")
    fix.get_by_label("Reason").fill('misprint, "copied"')
    fix.get_by_role("button", name="Copy").click()
    finding.get_by_role("button", name="Copied").wait_for()
    expected = 'cn-xian,cities,population,12952907,"misprint, ""copied""","21,893,000人",,,'
    assert page.evaluate("navigator.clipboard.readText()") == expected


def test_the_language_goes_from_page_to_page(report):
    """By the address alone: nothing is stored."""
    page = report("index.html")
    assert page.title() == "City profiles"
    page.get_by_role("link", name="中文").click()
    page.wait_for_url("**/index.html?lang=zh")
    assert page.title() == "城市档案"
    assert page.locator("html").get_attribute("lang") == "zh"
    page.get_by_role("link", name="探索").click()
    page.wait_for_url("**/explore.html?lang=zh")
    assert page.locator("h1").text_content() == "地方"
    assert page.locator("option[value=PL]").text_content() == "波兰"
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


VIEWS = ("index.html", "explore.html", "check/index.html", CITY, "changes.html",
         "check/iurc-calendar-2022-w22/index.html", "check/iurc-china-2021/partners.html",
         "indicators/gdp.html")  # fmt: skip


@pytest.mark.parametrize("view", VIEWS)
def test_views_are_accessible_and_fit_a_phone(report, view):
    """No serious finding of axe, light and dark; no scrolling to the side at 390 pixels."""
    axe = Path(pytest.importorskip("axe_playwright_python").__file__).parent / "axe.min.js"
    page = report(view)
    page.evaluate(axe.read_text("utf-8"))  # a script tag would be against the page's policy
    page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    # A table's rows are alike.
    page.evaluate("for (const r of document.querySelectorAll('tr:nth-child(n+12)')) r.remove()")
    for scheme, rules in (("light", ""), ("dark", "runOnly: ['color-contrast'], ")):
        page.emulate_media(color_scheme=scheme)
        options = f"{{{rules}resultTypes: ['violations'], preload: false}}"
        found = page.evaluate(f"axe.run(document, {options})")
        serious = [
            (v["id"], v["nodes"][0]["html"][:200], v["nodes"][0]["failureSummary"][:300])
            for v in found["violations"]
            if v["impact"] in ("serious", "critical")
        ]
        assert serious == [], scheme
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_messages_and_meanings_are_chinese(report):
    """Nothing that the program says of a finding is left in English, and hints name themes."""
    for path in ("index.html", "check/index.html", CITY, "check/iurc-china-2021/index.html"):
        page = report(f"{path}?lang=zh")
        assert page.locator("[data-zh]").count()
        assert (
            page.locator("td > span[lang=en]:not(.latin), .message span[lang=en]").count() == 0
        ), path
    page = report(f"{CITY}?lang=zh")
    told = page.locator(".finding", has_text="人口面积与他处相同").locator(".message")
    assert "印出的人口（21,893,000人）和面积（16,411平方公里）与北京相同" in told.text_content()
    assert told.locator("[lang]").evaluate_all("all => all.map(e => e.lang)") == ["zh"] * 3
    told.get_by_role("link", name="北京").click()
    page.wait_for_url("**/cn-beijing.html?lang=zh")
    page = report("check/iurc-china-2021/partners.html?lang=zh")
    assert page.title() == "iurc-china-2021 – 合作伙伴"
    assert "工业5.0" in page.locator("tr .themes").first.text_content()
    page = report(f"{CITY}?lang=en")
    assert "printed with the same population" in page.locator("main").text_content()


def test_hints_are_listed_by_check(report):
    """Folded away until one is asked for; the overview leads there."""
    page = report("index.html?lang=zh")
    page.locator(".figures").get_by_role("link", name="75").click()
    page.wait_for_url("**/check/index.html?lang=zh#infos")
    listed = page.locator("details.infos")
    assert listed.locator("tbody tr").count() == 75
    assert listed.locator("table").first.is_hidden()
    listed.first.locator("summary").click()
    assert listed.first.locator("tbody tr").count() == 22
    assert listed.first.locator("table").is_visible()
    page = report("index.html")
    page.locator("tr.info td a").last.click()
    page.wait_for_url("**/check/index.html#info-*")
    assert page.locator("details.infos[open] tbody tr").count() == 1


def test_a_heading_is_not_said_twice(report):
    """The name of a section stands beside a printed heading that reads differently."""
    head = report(f"{CITY}?lang=zh").locator("#overview h4")
    assert head.inner_text().split() == ["社会经济概况", "22:1078–1113"]
    assert report(f"{CITY}?lang=en").locator("#overview h4").inner_text().split()[1] == "Overview"


def test_a_circle_without_room_for_its_name_shows_it_when_asked(report):
    """By pointer and by keyboard; the others have their names beside them."""
    page = report("index.html?lang=zh")
    pointed = page.locator(".map .pointed")
    tianjin = page.locator(".map a", has=page.locator("title", has_text="天津"))
    assert tianjin.locator("text").count() == 0
    tianjin.locator("circle").dispatch_event("pointerover")
    assert pointed.text_content() == "天津 Tianjin, 14,000,000"
    tianjin.locator("circle").dispatch_event("pointerout")
    assert pointed.text_content() == ""
    tianjin.focus()
    assert pointed.text_content().startswith("天津")
    page.locator(".map a", has=page.locator("text.zh-only", has_text="北京")).focus()
    assert pointed.text_content() == ""


def saved(page):
    """The file that the button saves: its name, and its rows without the head."""
    with page.expect_download() as download:
        page.locator("button.save").click()
    data = Path(download.value.path()).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")  # by which Excel knows UTF-8
    assert data.count(b"\n") == data.count(b"\r\n")
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines()))
    assert len({len(row) for row in rows}) == 1
    return download.value.suggested_filename, rows[1:]


def test_partners_of_a_place_are_listed_abroad_first_and_saved(report, output):
    """The nearest are shown until all are asked for; the file has all, shown or not."""
    page = report(f"{CITY}?lang=zh")
    section = page.locator("section.partners")
    assert section.locator("h4").all_inner_texts() == ["他国，共 18 处", "本国，共 21 处"]
    abroad = page.locator("#table-abroad tbody tr")
    first = [t.strip() for t in abroad.first.locator("td").all_inner_texts()]
    assert first[:2] == ["巴克乌郡 Bacau County", "罗马尼亚"]
    assert first[2:] == ["文化旅游；教育、就业和技能；工业5.0；技术4.0", "4", "0.4444"]
    assert page.locator("#table-abroad tbody tr:visible").count() == 8
    section.get_by_role("button", name="全部显示").first.click()
    assert page.locator("#table-abroad tbody tr:visible").count() == 18
    name, rows = saved(page)
    assert name == "iurc-china-2021-cn-xian-partners.csv"
    assert rows[0] == ["西安", "Xi’an", "他国", "巴克乌郡", "Bacau County", "罗马尼亚", *first[2:]]
    assert rows[18][2:6] == ["本国", "重庆两江新区", "Chongqing Liangjiang New Area", "中国"]
    with (output / "tables/similarities.csv").open(encoding="utf-8", newline="") as file:
        own = [r for r in csv.DictReader(file) if "cn-xian" in (r["city_a"], r["city_b"])]
    assert len(rows) == len(own) == 39


def test_partners_of_all_places_are_shown_and_saved(report, output):
    """With their themes; all of a list when asked; the file has those of the places that are found."""
    page = report("check/iurc-china-2021/partners.html")
    xian = page.locator("tr", has=page.locator("th a[href='cn-xian.html']"))
    abroad = xian.locator("ul[data-scope=abroad] li")
    assert abroad.count() == 5
    assert "Culture and tourism; Education, jobs and skills" in abroad.first.inner_text()
    before = abroad.all_inner_texts()
    xian.get_by_role("button", name="Show all 18").click()
    texts = [" ".join(t.split()) for t in abroad.all_inner_texts()]
    assert len(texts) == 18
    assert texts[:5] == [" ".join(t.split()) for t in before]
    assert abroad.last.locator("a").get_attribute("href").endswith(".html")
    with (output / "tables/similarities.csv").open(encoding="utf-8", newline="") as file:
        pairs = list(csv.DictReader(file))
    name, rows = saved(page)
    assert (name, len(rows)) == ("iurc-china-2021-partners.csv", 2 * len(pairs))
    page.get_by_label("Search").fill("西安")
    _, own = saved(page)
    assert own == [r for r in rows if r[1] == "Xi’an"]
    told = {(r[7], r[8]) for r in own}
    assert told == {
        (p["shared"], p["jaccard"].rstrip("0").rstrip("."))
        for p in pairs
        if "cn-xian" in p.values()
    }


def test_no_text_of_a_saved_list_is_a_formula(report):
    """Guarded as the tables are, by the same signs."""
    texts = ["=1+1", "-2", "+3", "@x", "＝1", " =1", "\t-1", "'=1", "''=1", "\u200b=1", "\u3000@",
             "a=1", "'x", "", "西安", "10"]  # fmt: skip
    guarded = pc.replace_substring_regex(pa.array(texts), FORMULA, r"'\1").to_pylist()
    assert report(CITY).evaluate("texts => texts.map(guarded)", texts) == guarded
    assert guarded[0] == "'=1+1"


def test_codes_behind_chinese_names_are_left_out(report):
    """Of kinds, countries, themes and mentions; readers of English have them beside the names."""
    codes = ("#f-kind code", "#f-country_code code", ".labels code", ".mentions code.en-only")
    for language, seen in (("en", True), ("zh", False)):
        page = report(f"{CITY}?lang={language}")
        assert [page.locator(c).first.is_visible() for c in codes] == [seen] * 4
    assert page.locator("#f-kind .value").text_content().startswith("城市")
    assert page.locator(".mentions tbody tr").first.locator("td").nth(2).inner_text() == "中国"


def test_numbers_are_written_for_readers_of_chinese(report):
    """By 万 and 亿, with units and currencies by their names."""
    page = report(f"{CITY}?lang=zh")
    assert "10,020.39 亿元" in page.locator("#q2").inner_text()
    page = report("indicators/gdp.html?lang=zh")
    assert "人民币（元）" in page.locator("h2").all_inner_texts()
    page = report("indicators/gdp.html")
    assert "CNY (Chinese yuan)" in page.locator("h2").all_inner_texts()


def test_script_in_a_document_stays_text(page, tmp_path):
    """It is shown, and does nothing."""
    from pipeline.report.edition import edition_pages
    from pipeline.report.whole import whole_pages

    rows = tables_of(edition_of("a|b", CHINESE))
    for table, column in {
        "lines": "text",
        "paragraphs": "text",
        "findings": "message",
        "cities": "name_zh",
    }.items():
        for row in rows[table]:
            row[column] = ATTACK
    rows["findings"][0].update(check="unassigned_line", message=f"not understood: `{ATTACK}`")
    made = edition_pages("a|b", rows)
    for path, data in [*made.pages, *whole_pages([made.facts], [], rows["themes"])]:
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    (city,) = (p for p, _ in made.pages if p.count("-") and "index" not in p)
    page.goto(f"file://{tmp_path}/{city}?lang=zh")
    assert "加到 raw/a|b/corrections.csv 的末尾" in page.locator("main").text_content()
    for path in (city, "index.html", "explore.html"):
        page.goto(f"file://{tmp_path}/{path}?lang=zh")
        assert ATTACK in page.locator("main").text_content()
        assert page.title() != "x"
