"""What elements of a web page are: blocks, tags, rows of a table and of its column heads."""

from __future__ import annotations

import re
from typing import Any

from pipeline.textforms import display_width, ends_sentence

# Elements that begin and end lines, with the blank lines that set them apart from their
# neighbours. Those of 0 (and `div`) only break the line.
BLOCKS = {
    "address": 1, "article": 3, "aside": 2, "blockquote": 1, "body": 0, "caption": 0, "center": 0,
    "dd": 0, "details": 1, "dir": 1, "div": 0, "dl": 1, "dt": 0, "fieldset": 1, "figcaption": 0,
    "figure": 1, "footer": 2, "form": 0, "h1": 3, "h2": 2, "h3": 1, "h4": 1, "h5": 1, "h6": 1,
    "header": 1, "hgroup": 1, "hr": 2, "html": 0, "legend": 0, "li": 0, "main": 2, "menu": 1,
    "nav": 2, "ol": 1, "optgroup": 0, "p": 1, "pre": 1, "section": 2, "summary": 0, "table": 1,
    "tbody": 0, "tfoot": 0, "thead": 0, "tr": 0, "ul": 1,
}  # fmt: skip
CELLS = ("td", "th")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
INSIDE_CELLS = ("p", "div")
_BOLD = ("b", "strong")
_TAGS = ("span", "a", "em", "strong", "b", "i", "small", "label")
_TAG_ROWS = ("div", "section", "header", "aside", "article", "td", "p", "li", "dd")
_PAIR = 2
_MOST_TAGS = 40
_LONGEST_TAG = 60
PROSE_WIDTH = 60  # columns; a longer text is a paragraph, whatever element holds it
SENTENCE_WIDTH = 24
_LONGEST_ROW = 100
_STYLE_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)\b")
_STYLE_INLINE = re.compile(r"display\s*:\s*inline")

Kind = tuple[str, str]  # an element's tag and class


def prose_kinds(root: Any) -> frozenset[Kind]:
    """The classes of `div` that hold prose somewhere on the page: each of them is a paragraph."""
    return frozenset(
        (e.tag, e.get("class"))
        for e in root.iter("div")
        if e.get("class") and not len(e) and display_width(e.text or "") > 2 * PROSE_WIDTH
    )


def is_block(tag: str, style: str) -> bool:
    """Whether an element of a tag and a style (in lower case) begins and ends lines."""
    if _STYLE_BLOCK.search(style):
        return True
    return tag in BLOCKS and not _STYLE_INLINE.search(style)


def tags_in(element: Any) -> list[Any]:
    """The elements directly in one that are labels which a style sheet sets apart.

    They are short inline elements of one class in a row with only white space between them, and
    nothing but blocks beside the row, or a title in bold before it; or a figure and its label, each
    in a class of its own.
    """
    if element.tag not in _TAG_ROWS:
        return []
    found: list[Any] = []
    title = _title_of_row(element)
    run: list[Any] = []
    apart = not (element.text or "").strip()  # whether nothing stands before the run on its line
    for child in [*element[len(title) :], None]:
        kind = None if child is None else (child.tag, child.get("class"))
        if run and kind != (run[-1].tag, run[-1].get("class")):
            ends = child is None or child.tag in BLOCKS
            if len(run) > 1 and ends and not (run[-1].tail or "").strip():
                found += run if found else [*title, *run]
            apart = not (run[-1].tail or "").strip() and ends
            run = []
        if child is None:
            break
        short = child.tag in _TAGS and len("".join(child.itertext())) <= _LONGEST_TAG
        named = child.get("class") is not None or child.tag == "a"
        if run and (run[-1].tail or "").strip():
            run, apart = [], False
        if short and named and (run or apart):
            run.append(child)
        elif child.tag in BLOCKS:
            apart = not (child.tail or "").strip()
        else:
            apart = False
    return found[:_MOST_TAGS] or _figure_and_label(element)


def _title_of_row(element: Any) -> list[Any]:
    """The element in bold with which an element begins, if another kind stands right behind it."""
    first, second = [*element[:2], None, None][:2]
    if first is None or second is None or first.tag not in _BOLD:
        return []
    alike = (first.tag, first.get("class")) == (second.tag, second.get("class"))
    return [] if alike or (element.text or "").strip() or (first.tail or "").strip() else [first]


def _figure_and_label(element: Any) -> list[Any]:
    """The two elements of one that hold nothing but a figure and its label."""
    parts = list(element)
    if len(parts) != _PAIR or any(
        (t or "").strip() for t in (element.text, parts[0].tail, parts[1].tail)
    ):
        return []
    texts = ["".join(e.itertext()).strip() for e in parts]
    digits = [any(map(str.isdigit, t)) for t in texts]
    fit = all(e.tag in _TAGS and e.get("class") for e in parts) and all(
        0 < len(t) <= _LONGEST_TAG for t in texts
    )
    return parts if fit and digits.count(True) == 1 else []


def is_short_row(row: Any) -> bool:
    """Whether the cells of a table row are one line: a label and its value, or short data."""
    cells = [c for c in row if c.tag in CELLS]
    texts = [" ".join("".join(c.itertext()).split()) for c in cells]
    plain = all(
        e.tag in INSIDE_CELLS or e.tag in CELLS or (e.tag not in BLOCKS and e.tag != "br")
        for c in cells
        for e in c.iter()
    )
    if any(sum(e.tag in INSIDE_CELLS for e in c.iter()) > 1 for c in cells):
        return False
    if any(len(t) > SENTENCE_WIDTH and ends_sentence(t) for t in texts):
        return False
    field = [c.tag for c in cells] == ["th", "td"]
    digits = any(map(str.isdigit, "".join(texts)))
    return plain and (digits or field) and len(cells) > 1 and sum(map(len, texts)) <= _LONGEST_ROW


def _head_row(row: Any) -> Any | None:
    """The row of column heads above the only other row of a table, or None."""
    part = row.getparent()
    above = row.getprevious()
    if above is None and part is not None and part.getprevious() is not None:
        above = next(iter(part.getprevious()), None)  # in `thead`
    last = row.getnext() is None and (part is None or part.tag == "table" or part.getnext() is None)
    if above is None or above.tag != "tr" or above.getprevious() is not None or not last:
        return None
    cells = len(above) == len(row) > 1 and {c.tag for c in row} == {"td"}
    heads = cells and {c.tag for c in above} == {"th"}
    return above if heads and is_short_row(row) else None


def heads_of(row: Any) -> list[str]:
    """The heads of the columns for the one row below them; empty for any other row."""
    heads = _head_row(row)
    return [] if heads is None else ["".join(c.itertext()).strip() for c in heads]


def is_head_row(element: Any) -> bool:
    """Whether a row only heads the columns of one other row, where it is printed cell by cell."""
    below = element.getnext() if element.tag == "tr" else None
    if element.tag != "tr":
        return False
    if below is None and element.getparent().tag == "thead":
        body = element.getparent().getnext()
        below = next(iter(body), None) if body is not None else None
    return below is not None and below.tag == "tr" and _head_row(below) is element
