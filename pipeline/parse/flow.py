"""Elements of a web page → lines of text, as a browser without style sheets would set them."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, NamedTuple

from pipeline.model import LinePlace
from pipeline.textforms import display_width, ends_sentence

# Elements that begin and end lines, with the blank lines that set them apart from their
# neighbours. Those of 0 (and `div`) only break the line.
_BLOCKS = {
    "address": 1, "article": 3, "aside": 2, "blockquote": 1, "body": 0, "caption": 0, "center": 0,
    "dd": 0, "details": 1, "dir": 1, "div": 0, "dl": 1, "dt": 0, "fieldset": 1, "figcaption": 0,
    "figure": 1, "footer": 2, "form": 0, "h1": 3, "h2": 2, "h3": 1, "h4": 1, "h5": 1, "h6": 1,
    "header": 1, "hgroup": 1, "hr": 2, "html": 0, "legend": 0, "li": 0, "main": 2, "menu": 1,
    "nav": 2, "ol": 1, "optgroup": 0, "p": 1, "pre": 1, "section": 2, "summary": 0, "table": 1,
    "tbody": 0, "tfoot": 0, "thead": 0, "tr": 0, "ul": 1,
}  # fmt: skip
_CELLS = ("td", "th")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LISTS = ("ul", "ol", "menu", "dir")
_NESTING = ("div", "center", "form", "fieldset", "header", "main", "body")
_INSIDE_CELLS = ("p", "div")
_BOLD = ("b", "strong")
_TAGS = ("span", "a", "em", "strong", "b", "i", "small", "label")
_TAG_ROWS = ("div", "section", "header", "aside", "article", "td", "p", "li", "dd")
_PAIR = 2
_MOST_TAGS = 40
_LONGEST_TAG = 60
_MAX_NESTED_GAP = 2
_PROSE_WIDTH = 60  # columns; a longer text is a paragraph, whatever element holds it
_SENTENCE_WIDTH = 24
_LONGEST_ROW = 100
_BULLET = "• "
_STYLE_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)\b")
_STYLE_INLINE = re.compile(r"display\s*:\s*inline")
_PAGE_BEFORE = re.compile(r"\bbreak-before\s*:\s*(?:always|page|left|right)")
_PAGE_AFTER = re.compile(r"\bbreak-after\s*:\s*(?:always|page|left|right)")
_NO_MARK = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b")
_FILE_NAME = re.compile(r"[\w.%-]+\.(?:jpe?g|png|gif|svg|webp|bmp|tiff?|avif)", re.IGNORECASE)
_INTEGER = re.compile(r"-?\d{1,6}")
_DIGITS = re.compile(r"\s*[0-9]{1,3}\s*")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WHITE = re.compile(r"[ \t\n\r]+")

# Signs for what must not collapse; the parser lets no control character of the page through.
_BREAK, _SPACE, _TAB, _CELL = "\x00", "\x01", "\x02", "\x03"
PAGE = "\ue00c"  # stands for a form feed, which the parser would take for damage
_PRESERVED = str.maketrans({"\n": _BREAK, " ": _SPACE, "\t": _TAB, PAGE: "\f"})
_RESTORED = str.maketrans({_SPACE: " ", _TAB: "\t"})


ShownLine = tuple[str, LinePlace, int]  # the text, its place, its rank as a heading
Kind = tuple[str, str]  # an element's tag and class


def prose_kinds(root: Any) -> frozenset[Kind]:
    """The classes of `div` that hold prose somewhere on the page: each of them is a paragraph."""
    return frozenset(
        (e.tag, e.get("class"))
        for e in root.iter("div")
        if e.get("class") and not len(e) and display_width(e.text or "") > 2 * _PROSE_WIDTH
    )


class _List(NamedTuple):
    """An open list: whether it counts, in which numerals, and whether its entries have marks."""

    ordered: bool
    numerals: str
    marked: bool


class Flow:
    """Collects the lines of a page while its elements are handed over in order."""

    def __init__(self, prose: frozenset[Kind] = frozenset()) -> None:
        self._prose = prose
        self._lines: list[ShownLine] = []
        self._run: list[str] = []  # the inline text since the last block began or ended
        self._captions: list[str] = []
        self._gap = 0  # blank lines that the next line needs above it
        self._opened = self._closed = 0  # nested blocks since the last line
        self._page = False
        self._pre = 0
        self._mark = ""
        self._raised: list[int] = []
        self._blocks: list[bool] = []
        self._places: list[LinePlace] = ["body"]
        self._lists: list[_List] = []
        self._numbers: list[int] = []
        self._rows: list[bool] = []  # for each open row: whether its cells share a line
        self._heads: list[list[str]] = []  # and the column heads that its cells still need
        self._ranks: list[int] = [0]  # for each open element: that of the heading it is in
        self._tags: list[list[Any]] = [[]]  # for each open element: those in it that are tags

    def lines(self) -> list[ShownLine]:
        """The lines so far, each with its place and rank."""
        return self._lines

    # ------------------------------------------------------------ elements

    def start(self, element: Any, place: LinePlace | None) -> None:
        """Begin an element; `place` is where its lines belong, None for where its parent's do."""
        tag, style = element.tag, (element.get("style") or "").lower()
        shared = bool(self._rows and self._rows[-1])
        tagged = any(element is one for one in self._tags[-1])
        self._tags.append(_tags_in(element) if tag in _TAG_ROWS else [])
        block = _is_block(tag, style) or tagged or place is not None
        block = block and not (shared and tag in _INSIDE_CELLS)
        self._blocks.append(block)
        if block:
            self._flush()
            self._space(tag)
            self._opened += tag in _NESTING
        self._places.append(place or self._places[-1])
        rank = _HEADINGS.index(tag) + 1 if tag in _HEADINGS else self._ranks[-1]
        self._ranks.append(rank)
        self._page = self._page or bool(_PAGE_BEFORE.search(style))
        if tag in ("pre", "listing", "xmp"):
            self._pre += 1
        elif tag in _LISTS:
            self._open_list(element, style)
        elif tag == "li":
            self._open_entry(element)
        elif tag == "tr":
            self._rows.append(_is_short_row(element))
            self._heads.append(_heads_of(element)[::-1])
        elif tag in _CELLS:
            self._open_cell(element, shared=shared)
        elif tag == "br":
            self._run.append(_BREAK)
        elif tag == "img":
            self._picture(element)
        elif tag == "sup":
            self._raised.append(len(self._run))

    def end(self, element: Any) -> None:
        """End an element."""
        tag, style = element.tag, (element.get("style") or "").lower()
        if tag == "sup":
            self._raise()
        self._tags.pop()
        if self._blocks.pop():
            emitted = self._flush(
                prose=(tag, element.get("class")) in self._prose,
            )
            self._space(tag, below=tag in _HEADINGS)
            self._closed += tag in _NESTING and not emitted
        elif tag in _CELLS and not (self._rows and self._rows[-1]):
            self._flush()
        self._places.pop()
        self._ranks.pop()
        if tag in ("pre", "listing", "xmp"):
            self._pre -= 1
        elif tag in _LISTS:
            self._lists.pop()
            self._numbers.pop()
        elif tag == "li":
            self._mark = ""
        elif tag == "tr":
            self._rows.pop()
            self._heads.pop()
        self._page = self._page or bool(_PAGE_AFTER.search(style))

    def text(self, text: str | None) -> None:
        """Add text at the current place."""
        if text and self._pre:
            self._run.append(text.translate(_PRESERVED))
        elif text:
            self._run.append(text.replace(PAGE, " "))

    def finish(self) -> None:
        """End the page."""
        self._flush()

    # ------------------------------------------------------------ parts

    def _open_list(self, element: Any, style: str) -> None:
        start = element.get("start") or ""
        marked = not _NO_MARK.search(style)
        self._lists.append(_List(element.tag == "ol", element.get("type") or "1", marked))
        self._numbers.append(int(start) if _INTEGER.fullmatch(start) else 1)

    def _open_entry(self, element: Any) -> None:
        if not self._lists:
            self._mark = _BULLET
            return
        here = self._lists[-1]
        value = element.get("value") or ""
        number = int(value) if _INTEGER.fullmatch(value) else self._numbers[-1]
        self._numbers[-1] = number + 1
        mark = f"{_numeral(number, here.numerals)}. " if here.ordered else _BULLET
        self._mark = "  " * (len(self._lists) - 1) + mark if here.marked else ""

    def _open_cell(self, element: Any, *, shared: bool) -> None:
        heads = self._heads[-1] if self._heads else []
        if heads or not shared:
            self._flush()
        elif element.getprevious() is not None:
            self._run.append(_CELL)
        if heads:
            self._run += [heads.pop(), _CELL]

    def _picture(self, element: Any) -> None:
        alt = " ".join((element.get("alt") or "").split())
        if any(map(str.isalnum, alt)) and not _FILE_NAME.fullmatch(alt):
            self._captions.append(alt)

    def _raise(self) -> None:
        """Print raised digits as such (km²), so that a footnote's do not join a number."""
        start = self._raised.pop()
        text = "".join(self._run[start:])
        if _DIGITS.fullmatch(text):
            self._run[start:] = [text.strip().translate(_SUPERSCRIPTS)]

    # ------------------------------------------------------------ lines

    def _space(self, tag: str, *, below: bool = False) -> None:
        """Keep the space around a block; below a heading it is that of a paragraph."""
        self._gap = max(self._gap, 1 if below else _BLOCKS.get(tag, 0))

    def _flush(self, *, prose: bool = False) -> bool:
        """Set the text so far as lines; whether there was any."""
        texts = _set_lines("".join(self._run))
        place = self._places[-1]
        level = self._ranks[-1] if place == "body" else 0
        self._run = []
        for caption in self._captions:
            self._lines.append((caption, "caption" if place == "body" else place, 0))
        self._captions = []
        if not texts:
            return False
        wide = sum(map(display_width, texts))
        least = _SENTENCE_WIDTH if ends_sentence(texts[-1]) else _PROSE_WIDTH
        paragraph = prose or wide > least
        nested = min(_MAX_NESTED_GAP, max(self._closed, self._opened - 1))
        if self._lines:
            blanks = max(self._gap, nested, paragraph)
            self._lines += [("", place, 0)] * blanks
        texts[0] = "\f" * self._page + self._mark + texts[0]
        self._lines += [(text, place, level) for text in texts]
        self._gap, self._opened, self._closed = int(paragraph), 0, 0
        self._page, self._mark = False, ""
        return True


def _is_block(tag: str, style: str) -> bool:
    if _STYLE_BLOCK.search(style):
        return True
    return tag in _BLOCKS and not _STYLE_INLINE.search(style)


def _tags_in(element: Any) -> list[Any]:
    """The elements directly in one that are labels which a style sheet sets apart.

    They are short inline elements of one class in a row with only white space between them, and
    nothing but blocks beside the row, or a title in bold before it; or a figure and its label, each
    in a class of its own.
    """
    found: list[Any] = []
    title = _title_of_row(element)
    run: list[Any] = []
    apart = not (element.text or "").strip()  # whether nothing stands before the run on its line
    for child in [*element[len(title) :], None]:
        kind = None if child is None else (child.tag, child.get("class"))
        if run and kind != (run[-1].tag, run[-1].get("class")):
            ends = child is None or child.tag in _BLOCKS
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
        elif child.tag in _BLOCKS:
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


def _is_short_row(row: Any) -> bool:
    """Whether the cells of a table row are one line: a label and its value, or short data."""
    cells = [c for c in row if c.tag in _CELLS]
    texts = [" ".join("".join(c.itertext()).split()) for c in cells]
    plain = all(
        e.tag in _INSIDE_CELLS or e.tag in _CELLS or (e.tag not in _BLOCKS and e.tag != "br")
        for c in cells
        for e in c.iter()
    )
    if any(sum(e.tag in _INSIDE_CELLS for e in c.iter()) > 1 for c in cells):
        return False
    if any(len(t) > _SENTENCE_WIDTH and ends_sentence(t) for t in texts):
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
    return above if heads and _is_short_row(row) else None


def _heads_of(row: Any) -> list[str]:
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


def _numeral(number: int, style: str) -> str:
    """The number of a list entry as `type` asks: 1, a, A, i or I."""
    if style in ("a", "A") and 1 <= number <= 26:
        return chr(ord(style) + number - 1)
    if style in ("i", "I") and 1 <= number < 40:
        tens, ones = divmod(number, 10)
        roman = "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ones]
        return roman if style == "i" else roman.upper()
    return str(number)


def _set_lines(run: str) -> list[str]:
    """The lines that an inline text makes: white space collapsed, broken where it says so.

    A line break in the source between two wide characters is none (CSS Text 3, 4.1.3).
    """
    text = _WHITE.sub(_collapse, run)
    text = re.sub(rf" ?([{_BREAK}{_CELL}]) ?", r"\1", text).replace(_CELL, "\t")
    lines = [line.strip(" \t").translate(_RESTORED) for line in text.split(_BREAK)]
    lines = [line if line.strip() else "" for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    first = next((i for i, line in enumerate(lines) if line), 0)
    return lines[first:]


def _collapse(found: re.Match[str]) -> str:
    text, start, end = found.string, found.start(), found.end()
    if "\n" in found.group() and start > 0 and end < len(text):
        sides = (text[start - 1], text[end])
        if all(unicodedata.east_asian_width(c) in "WF" for c in sides):
            return ""
    return " "
