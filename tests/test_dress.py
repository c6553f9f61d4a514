"""A text in any dress is read as if it had been typed plainly."""

import textwrap

import pytest

from pipeline.knowledge.calendars import calendars
from pipeline.knowledge.layouts import layouts
from pipeline.knowledge.lexicon import lexicon
from pipeline.model import Edition, Source
from pipeline.normalise import normalise
from pipeline.parse import parse
from pipeline.segment import segment
from tests.documents import read, records

ENGLISH = [
    (
        ["Odense", "Denmark", "Population: 182,387", "Area: 304.3 km²"],
        ["Mobility and transport", "Circular economy"],
        {
            "City profile": [
                (
                    "Odense grew up around a cathedral and a canal, and for a century its shipyard "
                    "was the largest employer of the island. When it closed in 2012, the halls were "
                    "let to makers of robots and drones, who now employ more people than the yard."
                ),
                (
                    "A tramway of fourteen kilometres opened in 2022 between the hospital and the "
                    "university, and carried eight million passengers in its first full year."
                ),
            ],
            "Good practices": [
                (
                    "Students repair bicycles that nobody has claimed, and sell them to newcomers "
                    "at the price of the spare parts."
                ),
            ],
            "Cooperation priorities": [
                "Robots for small workshops are the matter on which the city most wants partners.",
                "It also asks how harbours that lost their yards have housed new people.",
            ],
        },
    ),
    (
        ["Gdynia", "Poland", "Population: 242,141", "Area: 135.1 km²"],
        ["Culture and tourism", "Digital transformation"],
        {
            "City profile": [
                (
                    "Gdynia was a village of fishermen until 1920 and a port of a hundred thousand "
                    "people twenty years later. Its white houses with rounded corners are the best "
                    "known of that time in the country."
                ),
            ],
            "Good practices": [
                (
                    "Trolleybuses run on batteries where there are no wires, charged by what the "
                    "brakes of others give back to the grid."
                ),
                (
                    "Every quarter has a house in which neighbours cook, sew and mend together; "
                    "the city pays for the rooms and for nothing else."
                ),
            ],
            "Cooperation priorities": [
                "The city looks for ports that supply ships with power from the land.",
            ],
        },
    ),
]
CHINESE = [
    (
        ["嘉定 Jiading", "中国", "人口：183.4万人", "面积：463.6平方公里"],
        ["交通与运输", "数字化转型"],
        {
            "城市概况": [
                (
                    "嘉定有八百年的历史，孔庙前的石狮姿态各异，没有两只是相同的。上世纪五十年代，一批研究所"
                    "迁到这里，后来的汽车城就在它们旁边建成，如今每五辆电动汽车就有一辆在这里试车。"
                ),
                "区内的轨道交通通到邻省，每天有近十万人跨省上班。",
            ],
            "良好实践": [
                "老厂房改成的公园由附近居民命名，树种也由他们投票选定，管理费来自停车场。"
            ],
            "重点合作领域": [
                "愿与德国的城市交换自动驾驶测试道路的经验，包括信号灯怎样与车辆通话、事故责任如何划分。",
                "希望合办汽车工程师的短期课程。",
            ],
        },
    ),
    (
        ["莱顿 Leiden", "荷兰", "人口：12.7万人", "面积：23.3平方公里"],
        ["文化旅游", "循环经济"],
        {
            "城市概况": [
                (
                    "莱顿以大学和运河闻名，城里的墙上写着一百多首各国的诗，其中有三首是中文。生命科学园里的"
                    "两百家企业大多由大学里的研究组创办。"
                )
            ],
            "良好实践": [
                "旧桥拆下来的砖石逐块编号，用在新的河岸上，既省钱又保留了城市的颜色。",
                "博物馆的门票可以用旧书来换。",
            ],
            "重点合作领域": [
                "与有运河的城市讨论怎样在不抽干河水的情况下修补堤岸，并互派工程师学习。"
            ],
        },
    ),
]
THEMES = {True: "合作主题", False: "Themes"}


def is_chinese(profile):
    """Whether a profile is in Chinese."""
    return not profile[0][0].isascii()


def wrapped(text, width=44):
    """The lines of a paragraph as they are typed."""
    if text.isascii():
        return textwrap.wrap(text, width)
    half = width // 2
    return [text[i : i + half] for i in range(0, len(text), half)]


def lines_of(profiles, *, mark="• ", wrap=wrapped, gap=""):
    """The lines of plain profiles: a blank line between what stands apart."""
    out = []
    for profile in profiles:
        head, themes, sections = profile
        out += [*head, gap]
        for heading, texts in sections.items():
            out += [heading, gap]
            for text in texts:
                out += [*wrap(text), gap]
        out += [THEMES[is_chinese(profile)], gap, *(f"{mark}{t}" for t in themes), gap, gap]
    return out


def told(found):
    """What is read of a document, without where it stands."""
    return (
        [(c.city_id, c.population, c.area_km2, c.country_code) for c in found.cities],
        [(t.city_id, t.label, t.theme) for t in found.city_themes],
        sorted((p.city_id, p.section, p.position, p.text) for p in found.paragraphs),
    )


def expected(profiles):
    """What the plain profiles say, by the labels and texts alone."""
    found = records("\n".join(lines_of(profiles)))
    assert [t.label for t in found.city_themes] == [t for p in profiles for t in p[1]]
    texts = [t for p in profiles for s in p[2].values() for t in s]
    assert sorted(p.text for p in found.paragraphs) == sorted(texts)
    return told(found)


def quoted(profiles):
    """As a mail program quotes it."""
    return [f"> {x}" for x in lines_of(profiles)]


def doubled(profiles):
    """A blank line after every line."""
    return [x for line in lines_of(profiles) for x in (line, "")]


def with_returns(profiles):
    """Two carriage returns at the end of each line."""
    return [f"{line}\r\r" for line in lines_of(profiles)]


def prose_doubled(profiles):
    """A blank line after each line of prose and none within a header."""
    out = []
    for line in lines_of(profiles):
        header = any(line in p[0] for p in profiles)
        out += [line] if header or not line else [line, ""]
    return out


def signs_alone(profiles):
    """Each sign of a list on a line of its own."""
    return [
        x for line in lines_of(profiles) for x in (("•", line[2:]) if line[:1] == "•" else (line,))
    ]


def tabbed_signs(profiles):
    """A tab behind the signs of lists."""
    return lines_of(profiles, mark="·\t")


def symbol_letters(profiles):
    """The letter that a symbol font shows as a bullet."""
    return lines_of(profiles, mark="l\t")


def in_wiki(profiles):
    """Headings as a wiki marks them."""
    heads = {h for p in profiles for h in (*p[2], THEMES[is_chinese(p)])}
    names = {p[0][0] for p in profiles}
    return [
        f"== {x} ==" if x in names else f"=== {x} ===" if x in heads else x
        for x in lines_of(profiles, wrap=lambda text: [text])
    ]


def underlined(profiles):
    """Rules below the headings."""
    heads = {h for p in profiles for h in (*p[2], THEMES[is_chinese(p)])}
    return [y for x in lines_of(profiles) for y in ((x, "-" * 12) if x in heads else (x,))]


def numbered(profiles):
    """Numbers before the headings."""
    out, number = [], 0
    heads = {h for p in profiles for h in (*p[2], THEMES[is_chinese(p)])}
    for line in lines_of(profiles):
        number = 0 if any(line == p[0][0] for p in profiles) else number + (line in heads)
        out.append(f"{number}. {line}" if line in heads else line)
    return out


def a_line_each(profiles):
    """Paragraphs on lines of their own, and no blank line within a profile."""
    lines = lines_of(profiles, wrap=lambda text: [text], gap=None)
    out = [x for x in lines if x is not None]
    for name in [p[0][0] for p in profiles[1:]]:
        out.insert(out.index(name), "")
    return out


def opened(profiles):
    """Each section opens on the line of its heading."""
    out = []
    for profile in profiles:
        head, themes, sections = profile
        colon = "：" if is_chinese(profile) else ": "
        out += head
        for heading, texts in sections.items():
            out += [f"{heading}{colon}{texts[0]}", *texts[1:]]
        comma = "、" if is_chinese(profile) else ", "
        out += [f"{THEMES[is_chinese(profile)]}{colon}{comma.join(themes)}", ""]
    return out


def ended(profiles):
    """A mark below the last line."""
    end = "（完）" if is_chinese(profiles[0]) else "*** END ***"
    return [*lines_of(profiles), end]


DRESSES = [
    quoted, doubled, with_returns, prose_doubled, signs_alone, tabbed_signs, symbol_letters, in_wiki,
    underlined, numbered, a_line_each, opened, ended,
]  # fmt: skip


@pytest.mark.parametrize("dress", DRESSES, ids=lambda f: f.__name__)
@pytest.mark.parametrize("profiles", [ENGLISH, CHINESE], ids=["english", "chinese"])
def test_a_dress_changes_nothing(dress, profiles):
    """Names, values, labels, sections and paragraphs are those of the plain text."""
    assert told(records("\n".join(dress(profiles)))) == expected(profiles)


@pytest.mark.parametrize("dress", DRESSES, ids=lambda f: f.__name__)
def test_every_line_keeps_its_text_and_has_a_role(dress):
    """The lines are those as read, and nothing that shows text is blank."""
    found = records("\n".join(dress(ENGLISH)))
    assert [x.text for x in found.lines] == "\n".join(dress(ENGLISH)).split("\n")
    assert all(x.role != "blank" for x in found.lines if x.text.strip())


def test_a_table_drawn_with_signs_is_its_rows():
    """Borders are no text, and an empty first cell goes on with the row above."""
    rule = "+------------+--------------------------+"
    text = f"""{rule}
| City       | Odense                   |
| Country    | Denmark                  |
{rule}
| Population | 182,387                  |
| Area       | 304.3 km²                |
| Themes     | Mobility and transport   |
|            | Circular economy         |
{rule}

City profile

Odense grew up around a cathedral and a canal.
"""
    found = records(text)
    (city,) = found.cities
    assert (city.city_id, city.population, city.area_km2) == ("dk-odense", 182387, 304.3)
    assert [t.label for t in found.city_themes] == ["Mobility and transport", "Circular economy"]


def beside(left, right, starts):
    """Two columns side by side; the lines of the right one begin at about the same place."""
    out = []
    for i in range(max(len(left), len(right))):
        a = left[i] if i < len(left) else ""
        b = right[i] if i < len(right) else ""
        at = starts[i % len(starts)]
        wide = sum(1 + (c > "\u2e80") for c in a)
        out.append(f"{a}{' ' * max(3, at - wide)}{b}" if b else a)
    return out


@pytest.mark.parametrize("starts", [(50,), (50, 51, 49), (48, 50, 50, 49)], ids=str)
@pytest.mark.parametrize("offset", [0, 2], ids=["level", "lower"])
@pytest.mark.parametrize("profiles", [ENGLISH, CHINESE], ids=["english", "chinese"])
def test_columns_that_begin_at_about_the_same_place(profiles, offset, starts):
    """The left column is read first, then the right one, with the parts above and below."""
    out = []
    for profile in profiles:
        head, themes, sections = profile
        columns = [[], [""] * offset]
        for i, (heading, texts) in enumerate(sections.items()):
            columns[i > 0] += [heading, *(x for t in texts for x in (*wrapped(t), ""))]
        out += [f"\f{head[0]}", *head[1:], "", *beside(*columns, starts), ""]
        out += [THEMES[is_chinese(profile)], *(f"• {t}" for t in themes), ""]
    assert told(records("\n".join(out))) == expected(profiles)


@pytest.mark.parametrize("profiles", [ENGLISH, CHINESE], ids=["english", "chinese"])
def test_a_side_bar_is_a_column(profiles):
    """Facts and labels beside the text are none of it."""
    out = []
    for profile in profiles:
        head, themes, sections = profile
        bar = [*head, "", THEMES[is_chinese(profile)], *themes]
        text = [
            x
            for h, ts in sections.items()
            for x in (h, *(y for t in ts for y in (*wrapped(t), "")))
        ]
        rows = beside(bar, text, (36,))
        out += [f"\f{rows[0]}", *rows[1:], ""]
    assert told(records("\n".join(out))) == expected(profiles)


def test_titles_beside_their_texts_are_read_row_by_row():
    """A left column of headings is no column of text."""
    out = []
    for head, themes, sections in ENGLISH:
        left, right = [], []
        for heading, texts in sections.items():
            body = [x for t in texts for x in (*wrapped(t), "")]
            left += [heading, *[""] * (len(body) - 1)]
            right += body
        out += [f"\f{head[0]}", *head[1:], "", *beside(left, right, (30,)), ""]
        out += ["Themes", *(f"• {t}" for t in themes), ""]
    assert told(records("\n".join(out))) == expected(ENGLISH)


def in_columns(facts, *, wishes=()):
    """Three profiles, each with a table of facts above two columns of text side by side."""
    out = []
    for name, country, people, area in facts:
        left = ["City profile", "", *wrapped(f"{name} lies on a river. " + "It is old. " * 12)]
        right = ["Good practices", "", *wrapped("Boats carry parcels into the old town. " * 4)]
        right += ["", "Cooperation priorities", "", *wishes]
        out += [f"\f{name}", country, "", f"Population           {people}"]
        out += [f"Surface area         {area}", f"Themes               {THEME_LINES[0]}"]
        out += [f"                     {label}" for label in THEME_LINES[1:]]
        out += ["", *beside(left, right, (56,)), ""]
    return "\n".join(out)


THEME_LINES = ["Mobility and transport", "Circular economy", "Culture and tourism"]
FACTS = [
    ("Odense", "Denmark", "182 387 inhabitants (census 2022)", "304.3 km²"),
    ("Gdynia", "Poland", "242 141 inhabitants", "13 510 ha"),
    ("Porto", "Portugal", "231 800", "41.4 km²"),
]


def test_a_table_of_facts_above_columns_is_read_row_by_row():
    """Labels on the left and what they say on the right are no columns of text."""
    found = records(in_columns(FACTS, wishes=["Partners are welcome at any time."]))
    assert [(c.name_en, c.population, c.area_km2) for c in found.cities] == [
        ("Odense", 182387, 304.3),
        ("Gdynia", 242141, 135.1),
        ("Porto", 231800, 41.4),
    ]
    assert [t.label for t in found.city_themes] == 3 * THEME_LINES


def test_entries_set_in_without_signs_stay_apart():
    """A list in the right column that lost its bullets, each entry on two lines."""
    wishes = [
        ("exchange of drivers between the two depots", "of the tramway"),
        ("gardens below the power lines of the", "eastern districts"),
    ]
    lines = [x for entry in wishes for x in (*(f"   {line}" for line in entry), "")]
    found = records(in_columns(FACTS[:1], wishes=lines))
    texts = [p.text for p in found.paragraphs if p.section == "priorities"]
    assert texts == [" ".join(entry) for entry in wishes]


def test_a_line_beside_the_page_numbers_of_a_text_is_no_text():
    """What is printed above the number on each page stands at the page's edge."""
    out = []
    for number, profile in enumerate([*CHINESE, *CHINESE[:1]], start=1):
        out += [*lines_of([profile]), "江海办　编", f"{number}\f"]
    found = records("\n".join(out))
    assert not any("江海办" in p.text for p in found.paragraphs)


def test_an_address_on_a_last_page_is_no_text():
    """One line with a number above an e-mail address, below a running title."""
    out = []
    for profile in [*ENGLISH, *ENGLISH[:1]]:
        out += [*lines_of([profile]), "\fRivers and Towns"]
    out += [
        "",
        "Rivers secretariat, Avenue des Arts 12, 1000 Brussels",
        "",
        "office@rivers.example",
    ]
    found = records("\n".join(out))
    assert not any("Brussels" in p.text for p in found.paragraphs)


def test_text_goes_on_with_the_section_that_breaks_off():
    """A text amid a sentence is no text of a section that is at its end."""
    head, themes, sections = ENGLISH[0]
    profile, practice, wishes = (v for v in sections.values())
    first, rest = wrapped(profile[0])[:3], wrapped(profile[0])[3:]
    lines = [
        *head, "", "City profile", *first, "", "Good practices", *wrapped(practice[0]), "",
        *rest, "", *wrapped(profile[1]), "", "Cooperation priorities",
        *(x for t in wishes for x in (*wrapped(t), "")), "Themes", *(f"• {t}" for t in themes),
    ]  # fmt: skip
    found = records("\n".join(lines))
    assert [p.text for p in found.paragraphs if p.section == "overview"] == profile
    assert [p.text for p in found.paragraphs if p.section == "good_practices"] == practice


def test_a_short_open_line_ends_an_entry_where_lines_are_full():
    """Entries of a list without signs and stops are paragraphs of their own."""
    head, _, sections = CHINESE[0]
    wishes = [
        "与欧洲的学校合办急诊医师进修班",
        "引进早期预警技术，并在学校试点",
        "共同编写一本手册",
    ]
    lines = [*head, "", "城市概况", *(x for t in sections["城市概况"] for x in wrapped(t)), ""]
    others = [*CHINESE[1][2]["城市概况"], *CHINESE[1][2]["重点合作领域"]]
    lines += ["良好实践", *(x for t in others for x in wrapped(t)), "", "重点合作领域", *wishes]
    found = records("\n".join(lines))
    assert [p.text for p in found.paragraphs if p.section == "priorities"] == wishes


def test_running_titles_of_a_text_without_pages_are_no_text():
    """They recur beside numbers that go up, on left pages and on right ones."""
    number, out = 4, []
    for line in lines_of(ENGLISH):
        out.append(line)
        if line in ("City profile", "Good practices", "Cooperation priorities"):
            title = f"{number}   Partner cities" if number % 2 else f"Fact sheets 2024   {number}"
            out[-1:-1] = [title, ""]
            number += 1
    assert number - 4 >= 6
    assert told(records("\n".join(out))) == expected(ENGLISH)


def test_an_imprint_below_the_last_profile_is_no_text_of_it():
    """What stands below the address to write to, on the last page, and the title above it."""
    end = [
        "",
        "联络方式",
        "",
        "江海城市网络秘书处",
        "电话：010-5555 0182",
        "",
        "本图册由江海基金资助",
    ]
    assert told(records("\n".join([*lines_of(CHINESE), *end]))) == expected(CHINESE)


def test_a_cover_that_reads_like_a_name_is_no_profile():
    """It has nothing of what all the others have."""
    cover = ["Rivers Region Profiles", "", "Contents", "", "Odense 2", "", "", ""]
    text = "\n".join([*cover, *lines_of([*ENGLISH, *ENGLISH[:1]])])
    assert "rivers" not in {c.name_en.split()[0].casefold() for c in records(text).cities}


def test_a_hyphen_before_a_ligature_goes():
    """A word divided before the letters fi is one word."""
    text = (
        "Odense\nDenmark\nPopulation: 182,387\n\nCity profile\n\nThe city is suf‐\nﬁciently large."
    )
    assert [p.text for p in records(text).paragraphs] == ["The city is sufficiently large."]


def test_a_province_beside_a_name_tells_the_country():
    """A part of a country is no country, but it is a part of one."""
    text = "长春 Changchun（吉林省）\n人口：906.54万人\n\n城市概况\n\n长春是汽车工业的发源地。"
    (city,) = records(text).cities
    assert (city.city_id, city.country_code, city.country_zh) == ("cn-changchun", "CN", None)


def web_page(body):
    """What is read of a page with this body."""
    about = Source("x/page.html", Edition("x"), "raw/x/page.html", "0" * 64, 1)
    data = f"<!DOCTYPE html><html><meta charset=utf-8><body>{body}</body></html>".encode()
    return normalise(segment(parse(data, about), layouts(), calendars()), lexicon())


HEAD = "<h2>Odense{}</h2><p>Denmark</p><p>Population: 182,387</p><p>Area: 304.3 km²</p>"
TEXT = "<h3>City profile{}</h3><p>Odense grew up around a cathedral and a canal.</p>"
MORE = "<h3>Good practices{}</h3><p>Students repair bicycles and sell them.</p>"


@pytest.mark.parametrize(
    "tags",
    [
        "<div><b>Themes</b>\n<a class=t>Mobility and transport</a>\n<a class=t>Circular economy</a></div>",
        "<div><h3>Themes</h3><a class=t>Mobility and transport</a><a class=t>Circular economy</a></div>",
        "<div><div>Themes</div><span class=t>Mobility and transport</span>\n<span class=t>Circular economy</span></div>",
        "<h3>Themes</h3><p><b class=t>Mobility and transport</b><b class=t>Circular economy</b></p>",
    ],
    ids=["bold title before", "links below a heading", "spans below a block", "in a paragraph"],
)
def test_tags_in_a_row_of_a_page_are_labels_each(tags):
    """Elements of one class side by side are set apart by the style sheet alone."""
    found = web_page(HEAD.format("") + TEXT.format("") + tags)
    assert [t.label for t in found.city_themes] == ["Mobility and transport", "Circular economy"]


def test_a_figure_and_its_label_side_by_side():
    """A number and what it says stand apart although nothing is between them."""
    facts = [("182,387", "Population"), ("304.3 km²", "Area")]
    body = "".join(f"<div><span class=n>{n}</span><span class=l>{w}</span></div>" for n, w in facts)
    found = web_page(f"<h2>Odense</h2><p>Denmark</p>{body}" + TEXT.format(""))
    assert [(c.population, c.area_km2) for c in found.cities] == [(182387, 304.3)]


@pytest.mark.parametrize(
    "control",
    ["<span>[<a href=#>edit</a>]</span>", "<a href=#x>¶</a>", " <a href=#x>#</a>", "<i>编辑</i>"],
)
def test_controls_in_headings_are_no_part_of_them(control):
    """What says the same in headings that say different things is a line of no profile."""
    found = web_page((HEAD + TEXT + MORE).replace("h2", "h3").replace("{}", control))
    assert [c.name_en for c in found.cities] == ["Odense"]
    assert [(s.section, s.heading) for s in found.sections] == [
        ("overview", "City profile"),
        ("good_practices", "Good practices"),
    ]


@pytest.mark.parametrize(
    ("profiles", "heading", "unheard"),
    [(ENGLISH, "Good practices", "Feathers in our cap"), (CHINESE, "良好实践", "锦上添花")],
    ids=["english", "chinese"],
)
def test_the_one_heading_left_over_is_of_the_one_section_left_over(profiles, heading, unheard):
    """An unheard wording in each profile heads what no other heading there does, with a warning."""
    third = ["Turku", "Finland", "Population: 201,863", "Area: 245.7 km²"]
    if is_chinese(profiles[0]):
        third = ["图尔库 Turku", "芬兰", "人口：20.2万人", "面积：245.7平方公里"]
    text = "\n".join(lines_of([*profiles, (third, *profiles[0][1:])]))
    found = records(text.replace(heading, unheard))
    kinds = {s.section for s in found.sections if s.heading == unheard}
    assert kinds == {"good_practices"}
    warned = [f.message for f in found.findings if f.check == "heading_understood"]
    assert [unheard in message for message in warned] == [True]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_table_of_facts_in_a_drawn_box(encoding):
    """Bars drawn with signs part a label from its value, in any encoding."""
    box = (
        "┌────┬────────┐\n"
        + "├────┼────────┤\n".join(
            f"│ {label} │ {value} │\n"
            for label, value in (
                ("城市", "里昂 Lyon"),
                ("国家", "法国"),
                ("人口", "52.2万人"),
                ("面积", "47.87平方公里"),
            )
        )
        + "└────┴────────┘\n"
    )
    text = f"{box}\n城市概况\n里昂位于法国东南部，是大区的首府，拥有两千多年的历史。\n\n"
    found = read((text + text.replace("里昂 Lyon", "南特 Nantes")).encode(encoding))
    told = [(c.city_id, c.population, c.area_km2) for c in found.cities]
    assert told == [("fr-lyon", 522_000, 47.87), ("fr-nantes", 522_000, 47.87)]
    assert not [f for f in found.findings if f.check == "columns_in_lines"]
