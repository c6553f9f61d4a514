"""Headings that no list has are understood by their parts, where they stand like headings."""

from __future__ import annotations

import pytest

from pipeline.errors import KnowledgeError
from pipeline.knowledge import load_toml
from pipeline.knowledge.headings import headings
from pipeline.knowledge.layouts import Layouts, layouts
from pipeline.knowledge.themes import taxonomy
from pipeline.knowledge.units import units
from pipeline.model import Box, Document, Line
from pipeline.segment.heading.headlines import headlines
from tests.documents import records, source


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("走近江城", "overview"),
        ("城市名片", "overview"),
        ("Who we are", "overview"),
        ("Rivertown at a glance", "overview"),
        ("可供推广的经验", "good_practices"),
        ("Projects we are proud of", "good_practices"),
        ("What we have to offer", "good_practices"),
        ("我们引以为豪", "good_practices"),
        ("一眼看城", "overview"),
        ("今后合作重点", "priorities"),
        ("Where we work together", "priorities"),
        ("合作期待", "priorities"),
        ("想参与的主题", "preferred_themes"),
        ("Topics we would like to discuss", "preferred_themes"),
        ("Topics we want to explore together", "preferred_themes"),
        ("Further reading", "matter"),
        ("附：联络方式", "matter"),
        ("附件二：通讯录", "matter"),
        ("Appendix: how to join", "matter"),
        ("附录A   联系方式", "matter"),
        ("附件二 参与城市名单", "matter"),
        ("Annex 2 – List of partners", "matter"),
        ("What works: good practices", "good_practices"),
        ("Where two rivers meet: city profile", "overview"),
    ],
)
def test_a_heading_is_understood_by_its_parts(line, kind):
    """A new combination of known words needs no entry of its own."""
    meaning = headings().meaning(line)
    assert meaning is not None
    assert meaning.kind == kind


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Socio-economic overview", "overview"),
        ("社会经济概况", "overview"),
        ("Good practices:", "good_practices"),
        ("At a glance", "facts"),
    ],
)
def test_a_heading_of_the_lists(line, kind):
    """Those of layouts.toml are known as whole lines."""
    assert layouts().heading(line) == kind


@pytest.mark.parametrize(
    "line",
    [
        "四季的节庆",
        "Between two hills",
        "The city would like to work with",
        "希望开展合作。",
        "文化旅游",
        "City profile: good practices",
        "A harbour: cranes and containers",
        "office@practices.example",
        "www.best-practice.example",
    ],
)
def test_what_says_nothing_of_a_section_is_no_heading(line):
    """Nor is a sentence, or a line that breaks off in one."""
    assert headings().meaning(line) is None


def test_an_understood_heading_opens_its_section_with_a_finding():
    """The finding says which word told it, and what to add where it is wrong."""
    text = """Ghent
Belgium

Population: 263,614
Area: 157.77 km²

How the city lives

The port has grown for years, and so have its universities and its hospitals.

What the city does well

Every district has a house in which neighbours lend each other tools and time.
"""
    found = records(text)
    assert [p.section for p in found.paragraphs] == ["overview", "good_practices"]
    assert [f.check for f in found.findings].count("heading_understood") == 2


def test_whom_to_write_to_is_no_text_of_a_section():
    """An address below the last section is matter, with the title above it."""
    text = """Ghent
Belgium

Population: 263,614
Area: 157.77 km²

Overview

The port has grown for years, and so have its universities and its hospitals.

Subscriptions

Letters are welcome at office@example.org before the end of the year.
"""
    found = records(text)
    assert len(found.paragraphs) == 1


def test_an_address_is_matter_up_to_its_title():
    """Also where its street ends with a country, which stands as a fact of its own."""
    text = """Ghent
Belgium

Population: 263,614
Area: 157.77 km²

Overview

The port has grown for years, and so have its universities and its hospitals.
\fThe secretariat

12 Harbour Street, Ghent, Belgium
Tel. +32 9 555 01 62 · office@example.org
"""
    found = records(text)
    assert [p.text[:8] for p in found.paragraphs] == ["The port"]


def test_wishes_are_another_section_where_priorities_are_sure():
    """An edition that heads the one section in two ways means two."""

    def profile(name: str, country: str, heading: str) -> str:
        return (
            f"{name}\n{country}\n\nPopulation: 263,614\nArea: 157.77 km²\n\nCity profile\n\n"
            f"{name} is a port with two universities and many old houses.\n\n{heading}\n\n"
            f"{name} invites others to plan a ring of parks around the old town.\n\n\n"
        )

    sure, wish = "Cooperation priorities", "What we look for in a partner"
    both = [
        profile("Ghent", "Belgium", sure),
        profile("Lyon", "France", sure),
        profile("Porto", "Portugal", wish),
    ]
    kinds = {p.city_id: p.section for p in records("".join(both)).paragraphs}
    assert kinds == {
        "be-ghent": "priorities",
        "fr-lyon": "priorities",
        "pt-porto": "preferred_themes",
    }
    alone = records(profile("Porto", "Portugal", wish)).paragraphs
    assert [p.section for p in alone][1:] == ["priorities"]


def test_a_wording_that_another_list_has_is_named_with_that_list():
    """Where it means something else here, adding it to a second list would break the file."""
    text = """Ghent
Belgium

Population: 263,614
Area: 157.77 km²

At a glance

The port has grown for years, and so have its universities and its hospitals. It is a town of
many bridges, and of students who come from all over the country to live by the water.

Good practices

Every district has a house in which neighbours lend each other tools and time.
"""
    (told,) = [f.message for f in records(text).findings if f.check == "heading_understood"]
    assert told.endswith("layouts.toml, and take it out of `[boxes] facts` there")


def test_a_heading_is_one_in_the_colour_of_each_profile():
    """Where the lines below it are short, as beside an initial, those of other profiles tell."""
    long, short = "The port has grown for years, and so have its schools.", "The port has"
    lines: list[Line] = []
    for page, color in enumerate(("aa0000", "00aa00", "0000aa", "aa00aa"), start=1):
        texts = ["Portrait of the city", short if page == 1 else long, long, "Good practices", long]
        if page == 1:
            texts[2:2] = ["grown for years", "and so have its"]
        for text in texts:
            head = text in (texts[0], "Good practices")
            box = Box(50, 0, 300, 10, 11 if head else 10, color=color if head else "000000")
            lines.append(Line(len(lines) + 1, page, text, box))
    found = headlines(Document(source("test/page.pdf"), "", "", "", 4, tuple(lines)), layouts())
    kinds = [found[line.number].kind for line in lines if line.number in found]
    assert kinds == ["overview", "good_practices"] * 4


@pytest.mark.parametrize(
    ("kind", "name"),
    [("boxes", "facts"), ("matter", "labels"), ("headings", "priorities")],
)
def test_a_wording_in_two_lists_names_both(kind, name):
    """So that a reader of the message knows where to look."""
    data = load_toml("layouts.toml")
    (first, *_) = data["headings"]["overview"]
    data[kind][name].append(first)
    with pytest.raises(KnowledgeError, match="is in two lists") as told:
        Layouts(data, taxonomy(), units())
    assert f"`{first}`" in told.value.message
    assert f"`[{kind}] {name}`" in told.value.message
    assert "`[headings] overview`" in told.value.message


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("图：张三", True),
        ("图书馆", False),
        ("Photo: A. Nowak", True),
        ("张三　摄", True),
        ("Photography is taught here.", False),
        ("图1　扬州东关街夜景（扬州市外事办公室供图）", True),
        ("圖 2-1：舊港", True),
        ("图 3 是城市的两倍", False),
        ("图3所示的老城", False),
        ("Figure 2: The old harbour", True),
        ("Fig. 4. The old harbour", True),
        ("Figure 2 shows the old harbour", False),
        ("Photo 5  The old harbour at night", True),
        ("旧港夜景（摄影：J. Nowak）", True),
        ("The old harbour at night (Photo: J. Nowak)", True),
        ("外贸总额 120亿欧元（来源：市统计局）", False),
        ("图书馆（张三摄影）正在重建，已有二十年历史。", False),
    ],
)
def test_credits(line, credit):
    """A line that says who took a picture, by the words of layouts.toml."""
    assert layouts().is_credit(line) is credit
