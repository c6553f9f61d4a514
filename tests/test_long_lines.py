"""A line may be of any length: the time to read it grows with that, and no faster."""

import time

import pytest

from tests.documents import read

HEAD = "Ghent\nBelgium\n\nPopulation: 270,473\nArea: 157.96 km²\n\nOverview\n\n"
# Made to make a rule look again and again through the rest of the line.
LINES = {
    "sentences": "Ghent is a port on the river. " * 10_000,
    "gap": "x" + " " * 60_000 + "x",
    "dots": "A" + "." * 60_000 + "A",
    "brackets": "(" * 60_000,
    "closing brackets": ")" * 600_000,
    "open notes": "(x " * 20_000,
    "digits": "1" * 30_000,
    "lines": ("Ghent is a port on the river. " * 100 + "\n") * 60,
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_long_line_takes_no_time(line):
    """Where time grew with the square of the length, some of these took minutes."""
    began = time.process_time()
    found = read(f"{HEAD}{line}\n".encode(), "e/x.txt")
    assert time.process_time() - began < 20
    assert [c.city_id for c in found.cities] == ["be-ghent"]
