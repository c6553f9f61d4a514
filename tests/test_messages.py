"""Messages of findings in Chinese: every one that the program makes has its wording."""

import csv
import re
from collections import Counter
from pathlib import Path

import lxml.html
import pyarrow.parquet as pq
import pytest

from pipeline.knowledge.catalogue import checks
from pipeline.knowledge.messages import check_names, in_chinese, meanings, patterns, todos
from pipeline.report.edition import edition_pages
from pipeline.report.messages import meaning, message, todo
from pipeline.report.strings import strings
from pipeline.report.whole import whole_pages
from tests.conftest import REPO
from tests.documents import edition as edition_of
from tests.documents import tables_of
from tests.test_segment import CHINESE

ATTACK = "<script>alert('x')</script><img src=x onerror=alert(1)>\"'&{{7*7}}{0}{text}"
with (Path(__file__).parent / "messages.csv").open(encoding="utf-8", newline="") as _file:
    CASES = [tuple(row) for row in csv.reader(_file)][1:]


def test_every_check_has_its_name_its_meaning_and_a_message():
    """Those of the catalogue and no others."""
    assert check_names().keys() == meanings().keys() == checks().keys()
    for check in checks():
        assert patterns()[check], check
        assert meaning(check, "x") != message(check, "x")


def test_every_warning_says_what_to_do():
    """In both languages; hints alone may ask for nothing. Read from the code that makes them."""
    made = "".join(p.read_text("utf-8") for p in (REPO / "pipeline").rglob("*.py"))
    asked = set(re.findall(r'"(?:error|warning)",\s+"(\w+)"', made)) & checks().keys()
    assert len(asked) > 20
    assert asked <= todos().keys() <= checks().keys()
    for check, said in todos().items():
        assert set(said) == {"en", "zh"}
        assert todo(check).striptags() == said["en"]
        assert f'data-zh="{said["zh"]}"' in todo(check)


def test_patterns_are_sound():
    """Each place is taken over or marked as left out, each group is there, and no two touch."""
    for group, own in patterns().items():
        assert len({(p.head, p.parts) for p in own}) == len(own), group
        for pattern in own:
            taken = {p.name for p in pattern.parts if not p.name.startswith("_")}
            assert taken == set(re.findall(r"\{(\w+)\}", pattern.zh))
            assert all(p.after for p in pattern.parts[:-1]), (group, pattern)
            assert {p.group for p in pattern.parts} - {None} <= patterns().keys()


@pytest.mark.parametrize(("group", "english", "chinese"), CASES)
def test_a_message_in_chinese(group, english, chinese):
    """What stands in its places is taken over as it is."""
    assert in_chinese(group, english) == chinese


@pytest.mark.parametrize(
    ("group", "text"),
    [
        ("unassigned_line", "something else"),
        ("no_such_check", "not understood: `x`"),
        ("page_not_read", "page 3: the page cannot be read: nobody knows"),
        ("several_values", "the profile prints more than one mayor: `a`, `b`; check that it is one place"),
    ],
)  # fmt: skip
def test_a_message_without_a_pattern_stays_in_english(group, text):
    """And says so."""
    assert in_chinese(group, text) is None
    assert str(message(group, text)).startswith('<span lang="en">')


def test_long_lists_and_many_separators_take_no_time():
    """A document may hold what a pattern looks for, a thousand times."""
    lines = "the profile prints more than one area: {}; check that it is one place"
    assert in_chinese("several_values", lines.format(", ".join(["`x`"] * 20)))
    in_chinese("several_values", lines.format(", ".join(["`x`"] * 5000)))
    assert in_chinese("header_contradicts_prose", f"the header prints `{'`, the prose `' * 5000}`")
    in_chinese("source_not_read", "x: y; " * 2000)


def test_every_finding_of_the_real_documents_is_in_chinese(output):
    """With all numbers of the English one."""
    rows = pq.read_table(output / "tables" / "findings.parquet").to_pylist()
    assert rows
    for row in rows:
        chinese = in_chinese(row["check"], row["message"])
        assert chinese, row["message"]
        assert sorted(re.findall(r"\d+", chinese)) == sorted(re.findall(r"\d+", row["message"]))


def test_text_of_documents_in_a_message_stays_text():
    """In both languages: an attribute holds the Chinese one, which a script sets as text."""
    rows = tables_of(edition_of("attack", CHINESE))
    about = {"severity": "warning", "check": "unassigned_line"}
    for row in rows["findings"]:
        row.update(about, message=f"not understood: `{ATTACK}`")
    hint = "save its text as a .txt file"
    error = f"the page cannot be taken apart ({ATTACK}); {hint}"
    rows["sources"][0].update(status="partial", error=error)
    made = edition_pages("attack", rows)
    shown = Counter()
    for path, page in [*made.pages, *whole_pages([made.facts], [], rows["themes"])]:
        if path.endswith(".html"):
            root = lxml.html.fromstring(page.decode())
            assert not root.xpath("//img | //main//script | //@onerror")
            shown.update((e.text, e.get("data-zh")) for e in root.xpath("//main//*[@data-zh]"))
    assert shown[f"not understood: `{ATTACK}`", f"未能识别：“{ATTACK}”"] >= 2
    assert shown[error, "网页无法解析；请把其中的文字存为 .txt 文件"] == 2


def test_the_chinese_readme_says_which_pages_are_in_english():
    """Each link to a page of the repository has a mark; the other README speaks for itself."""
    text = (REPO / "README.zh.md").read_text("utf-8")
    for target, after in re.findall(r"\]\(([^)\s]+)\)(.{0,3})", text):
        if not target.endswith((".png", ".zh.md")) and target != "README.md":
            assert re.match("[（，]英文", after), target


def test_chinese_texts_keep_to_one_set_of_words_and_signs():
    """No sign of code, no half-width mark beside an ideograph, one word for each thing."""
    says = [p.zh for own in patterns().values() for p in own]
    texts = [
        *says,
        *meanings().values(),
        *(t["zh"] for t in todos().values()),
        *(t["zh"] for t in strings().values()),
    ]
    # A place that is filled in may stand before or behind a mark as an ideograph does.
    wrong = re.compile(
        r"`|[\u4e00-\u9fff}][,;:!?()]|[,;!?()][\u4e00-\u9fff{]|[。，；：？！] |版本|宣传册|页头"
        # What only those who make such programs say.
        "|Jaccard|得分|提及|归类|郡县|未印"
    )
    assert [t for t in texts if wrong.search(t)] == []
