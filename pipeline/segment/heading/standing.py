"""What stands around a line that may be a heading."""

from __future__ import annotations

import re

from pipeline.knowledge.layouts import Layouts
from pipeline.knowledge.titles import titles
from pipeline.model import Document, Line
from pipeline.segment.heading.styles import LineStyle, ink, style_of
from pipeline.segment.lines.bullets import bullet_mark
from pipeline.segment.lines.cells import header_cells
from pipeline.textforms import display_width, ends_sentence, indent, is_justified

_PROSE_WIDTH = 30
_SHORT_SENTENCE = 16
_PROSE_LINES = 2
_TITLE_WIDTH = 0.6  # of the line right below
_LOOK_BELOW = 6
_SET_IN = 2  # columns of the first line of a paragraph
_BETWEEN = re.compile(r"\s[|｜·•]\s")  # the labels of a line
_OPENING = 3  # lines, of which one is the prose that a heading opens


class Standing:
    """What stands around a line."""

    def __init__(self, document: Document, layouts: Layouts) -> None:
        self._lines = document.lines
        self._layouts = layouts

    def line(self, number: int) -> Line:
        """A line by its number."""
        return self._lines[number - 1]

    def apart(self, line: Line) -> bool:
        """Whether a line opens a page or has white space above it."""
        if line.number == 1:
            return True
        above = self._lines[line.number - 2]
        return not above.text.strip() or above.page != line.page

    def alone(self, first: Line, last: Line, *, again: bool) -> bool:
        """Whether lines set like prose stand for themselves: parted from text that is at an end.

        A wording that comes `again` from profile to profile may stand right below that text. What
        the page itself marks as a heading stands for itself.
        """
        if first.level:
            return True
        if not (again or self.apart(first) or self._between_paragraphs(first, last)):
            return False
        above = next((x for x in reversed(self._lines[: first.number - 1]) if x.text.strip()), None)
        if (
            above is not None
            and above.page == first.page
            and display_width(above.text.strip()) >= _PROSE_WIDTH
            and not ends_sentence(above.text)
            and not (again and self.apart(first))  # a text may break off at its column's end
            and not self._is_value(above.text)
            and not header_cells(above.text, self._layouts)
        ):
            return False
        below = self._lines[last.number] if last.number < len(self._lines) else None
        if below is None or not below.text.strip() or again:
            return True
        return display_width(last.text.strip()) < _TITLE_WIDTH * display_width(below.text.strip())

    def _between_paragraphs(self, first: Line, last: Line) -> bool:
        """Whether plain lines at the margin stand below the end of a text, above a line set in."""
        above, below = self._lines[first.number - 2], self._below(last)
        if below is None or first.box is not None:
            return False
        set_in = indent(below.text) - indent(last.text)
        return set_in >= _SET_IN and indent(first.text) == 0 and ends_sentence(above.text)

    def opens_text(self, line: Line, body: LineStyle) -> bool:
        """Whether prose or a list is below a line, at most below a title of its own."""
        below = [x for x in self._lines[line.number : line.number + _LOOK_BELOW] if x.text.strip()]
        return any(
            (x.box is None or ink(style_of(x)) == ink(body))
            and (_is_prose(x.text) or bullet_mark(x.text) > 0 or self._goes_on(x))
            and not (x.box is None and header_cells(x.text, self._layouts))
            for x in below[:_OPENING]
        )

    def _goes_on(self, line: Line) -> bool:
        """Whether a line that is short, beside an initial say, goes on with words in lower case."""
        below = self._lines[line.number] if line.number < len(self._lines) else None
        if below is None or not below.text.strip()[:1].islower() or ends_sentence(line.text):
            return False
        return display_width(line.text.strip()) + display_width(below.text.strip()) >= _PROSE_WIDTH

    def _below(self, line: Line) -> Line | None:
        return next((x for x in self._lines[line.number :] if x.text.strip()), None)

    def says_otherwise(self, line: Line) -> bool:
        """Whether a line is a value, a label, a country or the like by its words."""
        text, layouts = line.text, self._layouts
        return (
            self._is_value(text)
            or layouts.is_country(text)
            or layouts.is_credit(text)
            or layouts.is_contact(text)
            or layouts.value_label(text) is not None
            or layouts.is_further_fact(text)
            or titles().may_list_themes(text)
        )

    def above_labels(self, line: Line) -> bool:
        """Whether a label stands right below a line."""
        below = self._below(line)
        if below is None:
            return False
        text = below.text.strip()
        return bool(self._layouts.themes.match(text[bullet_mark(text) :]))

    def above_prose(self, line: Line) -> bool:
        """Whether the lines right below are prose."""
        below = self._below(line)
        if below is None:
            return False
        texts = []
        for x in self._lines[below.number - 1 : below.number - 1 + _PROSE_LINES]:
            if not x.text.strip():
                break
            texts.append(x.text.strip())
        wide = display_width(texts[0]) >= _PROSE_WIDTH * (1 if len(texts) > 1 else 2)
        if not wide or any(map(self._is_value, texts)) or len(_BETWEEN.findall(texts[0])) > 1:
            return False
        return any(p in t for t in texts for p in "，。, ") and any(map(str.isalpha, texts[0]))

    def _is_value(self, text: str) -> bool:
        layouts = self._layouts
        return (
            layouts.is_population(text)
            or layouts.is_area(text)
            or ("   " in text and not is_justified(text))
            or bool(layouts.themes.match(text))
            or bool(layouts.themes.listed(text, lambda _: True))
        )


def _is_prose(text: str) -> bool:
    """Whether a line is prose: long, or a short sentence."""
    width = display_width(text.strip())
    return width >= _PROSE_WIDTH or (width >= _SHORT_SENTENCE and text.rstrip().endswith("。"))
