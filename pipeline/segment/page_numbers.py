"""Page numbers that are printed against pages that were counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.model import Document, Finding, LineRole, Where

_NUMBERS = re.compile(r"\d{1,4}")
_FACING = 2  # pages on one sheet


class _Printed(NamedTuple):
    line: int
    page: int
    text: str
    numbers: tuple[int, ...]


def page_number_findings(document: Document, roles: Sequence[LineRole]) -> Iterator[Finding]:
    """A warning where printed page numbers run ahead of the counted pages of a text.

    Only a text whose form feeds were lost has counted pages. Where a page left nothing to count
    it by cannot be told from a few numbers, so that the pages stay as counted.
    """
    if not any(f.check == "pages_counted" for f in document.findings):
        return
    printed = list(_printed(document, roles))
    sizes = {len(p.numbers) for p in printed}
    if len(printed) < 2 or len(sizes) != 1:
        return
    first, size = printed[0], sizes.pop()
    ahead, behind = [], 0
    for number in printed[1:]:
        beyond = number.numbers[0] - first.numbers[0] - size * (number.page - first.page)
        missing, rest = divmod(beyond, size)
        if rest or missing < behind:
            return  # these are no numbers of pages in order
        if missing > behind:
            ahead.append((number, missing))
        behind = missing
    if not ahead:
        return
    told = ", ".join(f"by {missing} at `{n.text}` (counted as {n.page})" for n, missing in ahead)
    message = (
        f"printed page numbers run ahead of the counted pages: {told}; "
        "the lines of a row are right, its page may be too low"
    )
    line = ahead[0][0]
    yield Finding(
        "warning",
        "pages_missing",
        message,
        document.source.edition.edition,
        None,
        "sources",
        "pages",
        Where(document.source.source_id, line.page, line.line, line.line),
    )


def _printed(document: Document, roles: Sequence[LineRole]) -> Iterator[_Printed]:
    """The lines of page numbers: one number, or those of facing pages."""
    for line, role in zip(document.lines, roles, strict=True):
        if role.role != "page_number":
            continue
        numbers = tuple(map(int, _NUMBERS.findall(line.text)))
        facing = len(numbers) == _FACING and numbers[1] == numbers[0] + 1
        if len(numbers) == 1 or facing:
            yield _Printed(line.number, line.page, line.text.strip(), numbers)
