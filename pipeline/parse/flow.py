"""Elements of a web page → lines of text, as a browser without style sheets would set them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, NamedTuple

from pipeline.model import LinePlace
from pipeline.parse.elements import (
    BLOCKS,
    CELLS,
    HEADINGS,
    INSIDE_CELLS,
    PROSE_WIDTH,
    SENTENCE_WIDTH,
    Kind,
    heads_of,
    is_block,
    is_short_row,
    tags_in,
)
from pipeline.textforms import display_width, ends_sentence

_LISTS = ("ul", "ol", "menu", "dir")
_NESTING = ("div", "center", "form", "fieldset", "header", "main", "body")
_MAX_NESTED_GAP = 2
_PREFORMATTED = ("pre", "listing", "xmp")
_STRONG = ("b", "strong")
_STRUCK, _STRIKE = ("del", "s", "strike"), "~~"  # what is struck out is told so, and no value
_WIDEST_BOLD = 60  # columns of a paragraph that stands for a heading
_BULLET = "• "
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


class _List(NamedTuple):
    """An open list: whether it counts, in which numerals, and whether its entries have marks."""

    ordered: bool
    numerals: str
    marked: bool


class PageFlow:
    """Collects the lines of a page while its elements are handed over in order."""

    def __init__(self, prose: frozenset[Kind] = frozenset()) -> None:
        self._prose = prose
        self._lines: list[ShownLine] = []
        self._struck = 0  # how deep what is struck out is nested
        self._run: list[str] = []  # the inline text since the last block began or ended
        self._captions: list[str] = []
        self._gap = 0  # blank lines that the next line needs above it
        self._opened = self._closed = 0  # nested blocks since the last line
        self._page = False
        self._pre = 0
        self._mark = ""
        self._raised: list[int] = []
        self._strong = 0  # open elements in which text is bold
        self._weight = [0, 0]  # how much of the run is bold, and is not
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
        self._tags.append(tags_in(element))
        block = is_block(tag, style) or tagged or place is not None
        block = block and not (shared and tag in INSIDE_CELLS)
        self._blocks.append(block)
        if block:
            self._flush()
            self._space(tag)
            self._opened += tag in _NESTING
        self._places.append(place or self._places[-1])
        rank = HEADINGS.index(tag) + 1 if tag in HEADINGS else self._ranks[-1]
        self._ranks.append(rank)
        self._page = self._page or bool(_PAGE_BEFORE.search(style))
        if tag in _PREFORMATTED:
            self._pre += 1
        elif tag in _LISTS:
            self._open_list(element, style)
        elif tag == "li":
            self._open_entry(element)
        elif tag == "tr":
            self._rows.append(is_short_row(element))
            self._heads.append(heads_of(element)[::-1])
        elif tag in CELLS:
            self._open_cell(element, shared=shared)
        elif tag == "br":
            self._run.append(_BREAK)
        elif tag == "img":
            self._picture(element)
        elif tag == "sup":
            self._raised.append(len(self._run))
        self._strike(tag, begins=True)
        self._strong += tag in _STRONG

    def end(self, element: Any) -> None:
        """End an element."""
        tag, style = element.tag, (element.get("style") or "").lower()
        if tag == "sup":
            self._raise()
        self._strike(tag, begins=False)
        self._strong -= tag in _STRONG
        self._tags.pop()
        if self._blocks.pop():
            emitted = self._flush(
                prose=(tag, element.get("class")) in self._prose,
            )
            self._space(tag, below=tag in HEADINGS)
            self._closed += tag in _NESTING and not emitted
        elif tag in CELLS and not (self._rows and self._rows[-1]):
            self._flush()
        self._places.pop()
        self._ranks.pop()
        if tag in _PREFORMATTED:
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
        self._weight[not self._strong] += len((text or "").strip())
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

    def _strike(self, tag: str, *, begins: bool) -> None:
        """Print where what is struck out begins or ends."""
        if tag in _STRUCK:
            self._struck += 1 if begins else -1
            if not begins and self._run == [_STRIKE]:
                self._run = []  # what it struck out has been set
            else:
                self._run.append(_STRIKE)

    def _raise(self) -> None:
        """Print raised digits as such (km²), so that a footnote's do not join a number."""
        start = self._raised.pop()
        text = "".join(self._run[start:])
        if _DIGITS.fullmatch(text):
            self._run[start:] = [text.strip().translate(_SUPERSCRIPTS)]

    # ------------------------------------------------------------ lines

    def _space(self, tag: str, *, below: bool = False) -> None:
        """Keep the space around a block; below a heading it is that of a paragraph."""
        self._gap = max(self._gap, 1 if below else BLOCKS.get(tag, 0))

    def _rank(self, texts: Sequence[str]) -> int:
        """The rank of a heading; a short paragraph that is all bold is one, of the last rank."""
        bold, other = self._weight
        inside = self._lists or self._rows or self._mark
        if self._ranks[-1] or not bold or other or inside or len(texts) != 1:
            return self._ranks[-1]
        alone = display_width(texts[0]) <= _WIDEST_BOLD and any(map(str.isalpha, texts[0]))
        return len(HEADINGS) if alone and not ends_sentence(texts[0]) else 0

    def _flush(self, *, prose: bool = False) -> bool:
        """Set the text so far as lines; whether there was any."""
        struck = [_STRIKE] if self._struck else []
        texts = [] if self._run == struck else _set_lines("".join([*self._run, *struck]))
        place = self._places[-1]
        level = self._rank(texts) if place == "body" else 0
        self._run, self._weight = struck, [0, 0]
        for caption in self._captions:
            self._lines.append((caption, "caption" if place == "body" else place, 0))
        self._captions = []
        if not texts:
            return False
        wide = sum(map(display_width, texts))
        least = SENTENCE_WIDTH if ends_sentence(texts[-1]) else PROSE_WIDTH
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
