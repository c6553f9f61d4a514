"""Build place_words.csv: Chinese names of cities that mean one place wherever they stand.

Run it with `python -m pipeline.knowledge.build_place_words` after places.csv was made anew.
A name is kept if jieba's dictionary knows it as a place name, all places of places.csv that bear
it lie in one country, and one of them is large.
"""

from __future__ import annotations

from collections import defaultdict
from importlib import resources

from pipeline.knowledge import load_csv
from pipeline.knowledge.places import COLUMNS

_LARGE = 300_000
_LENGTHS = range(2, 7)
# Place names that are also words for a kind of place, or places too small for the table.
_COMMON = frozenset([
    "东城", "北区", "花城", "新港", "新桥", "新城", "北江", "古南", "那大", "博城", "百城", "白城",
    "三城", "城南", "金海", "高阳", "富川",
])  # fmt: skip


def place_words() -> dict[str, str]:
    """The names, in order, each with the code of its country."""
    dictionary = resources.files("jieba").joinpath("dict.txt").read_text("utf-8")
    entries = (line.split(" ") for line in dictionary.splitlines())
    known = {word for word, _, tag in entries if tag.strip() == "ns"}
    countries: dict[str, set[str]] = defaultdict(set)
    largest: dict[str, int] = defaultdict(int)
    for cells in load_csv("places.csv", COLUMNS):
        row = dict(zip(COLUMNS, cells, strict=True))
        for name in filter(None, row["names_zh"].split("|")):
            countries[name].add(row["country"])
            largest[name] = max(largest[name], int(row["population"] or 0))
    return {
        name: min(found)
        for name, found in sorted(countries.items())
        if len(name) in _LENGTHS and len(found) == 1 and name in known - _COMMON
        if largest[name] >= _LARGE
    }


def main() -> None:
    """Write place_words.csv beside this file."""
    with resources.as_file(resources.files(__package__)) as folder:
        lines = ["name,country", *(f"{n},{country}" for n, country in place_words().items())]
        (folder / "place_words.csv").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
