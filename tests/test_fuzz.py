"""Documents damaged at random: a small part of what `make fuzz` reads, the same in every run."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.executor import open_executor
from pipeline.executor.ahead import ahead
from tests.documents import Here
from tests.fuzz import kills
from tests.fuzz.checks import check
from tests.fuzz.mutations import Damaged, damaged

# The last: a line of characters that print nothing; a raised sign behind all letters of its line;
# a line without any width.
SEEDS = (*range(1, 41), 41188, 104351, 301895)


def test_no_damage_breaks_a_run():
    """No fault, no hang, all lines kept, tables made, no more profiles lost than were touched."""
    with open_executor(2) as (executor, _):
        reports = ahead(lambda seed: (seed, check(executor, damaged(seed))), SEEDS, 4)
        broken = [(seed, report.broken) for seed, report in reports if report.broken]
    assert not broken


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=600))
def test_any_text_is_read_and_no_line_is_lost(text):
    """Whatever characters it is made of; a text of white space alone is no document."""
    data = text.encode("utf-8", "surrogatepass")
    report = check(Here(), Damaged("page.txt", data))
    assert not report.broken


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
@pytest.mark.parametrize("name", ["page.txt", "page.html", "page.pdf"])
def test_any_bytes_are_read_or_refused(name, data):
    """Bytes that are no document give a reason."""
    head = b"%PDF-1.4\n" if name == "page.pdf" else b""
    assert not check(Here(), Damaged(name, head + data)).broken


def test_a_killed_run_leaves_whole_tables():
    """At any moment; a few kills here, many with `make fuzz`."""
    assert kills.main(3) == 0
