"""The quantities of any text, passage by passage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from pipeline.knowledge.measures import grammar
from pipeline.language import set_up
from pipeline.normalise.quantities import read_quantities


def quantities_lines(passages: Iterable[str], cache: Path) -> Iterator[str]:
    """For each passage (a line; U+000A ends it and nothing else) a JSON array of its quantities.

    The elements have the columns `text start end kind value value_max unit comparator period
    object indicator`. `cache` is the folder in which jieba's parsed dictionary is kept.
    """
    set_up(cache)
    rules = grammar()
    for passage in passages:
        found = read_quantities(passage.removesuffix("\n"), rules)
        yield msgspec.json.encode([q._asdict() for q in found]).decode()
